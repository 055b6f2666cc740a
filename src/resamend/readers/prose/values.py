"""What a sentence asks for, whatever its language: one closed set of instructions."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Order(StrEnum):
    """Name what an instruction does."""

    REPLACE_WORDS = "replace words"
    INSERT_WORDS = "insert words"
    REPLACE = "replace"
    DELETE = "delete"
    ADD = "add"
    MOVE = "move"
    SPLIT = "split"
    JOIN = "join"
    RENUMBER = "renumber"
    DELETE_SENTENCE = "delete sentence"


class PlaceSide(StrEnum):
    """Say on which side of something."""

    BEFORE = "before"
    AFTER = "after"
    START = "start"
    END = "end"


class Instruction(Struct, frozen=True, kw_only=True):
    """Hold one instruction, its places as ids of provisions in force.

    ``old`` are words in force and ``new`` those that take their place ("" to delete them);
    ``anchor`` and ``until`` are words beside which something is done, ``beside`` is a provision;
    ``everywhere`` says that words are meant wherever they stand in the places, of which
    ``regions`` are whole parts of the text; ``sentence`` counts from 1, from the end with -1;
    ``alone`` says that the points below a place are not meant.
    """

    order: Order
    words: str
    places: tuple[str, ...] = ()
    old: str = ""
    new: str = ""
    anchor: str = ""
    until: str = ""
    beside: str = ""
    side: PlaceSide = PlaceSide.AFTER
    label: str = ""
    everywhere: bool = False
    sentence: int = 0
    alone: bool = False
