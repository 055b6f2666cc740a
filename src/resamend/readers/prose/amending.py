"""Amend a text by sentences, by a table or by lines that name places: all of them, or none."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from resamend.difference import ListPlace
from resamend.errors import Invalid
from resamend.model import Resolution
from resamend.readers.prose.carrying_out import AmendmentWork
from resamend.readers.prose.instructions import (
    ReadSentences,
    amending_lines,
    instructions_in,
    says_amendments,
)
from resamend.readers.prose.signs import PlaceBook
from resamend.readers.prose.tables import (
    instructions_in_rows,
    instructions_in_table,
    placed_instructions,
    table_of,
)

_SHOWN = 100
"""Characters that are shown of a sentence that asks for nothing."""


class AmendedText(Struct, frozen=True):
    """Hold the text that instructions make, what they move and where, and how each reads now."""

    text: Resolution
    moved: frozenset[str]
    places: tuple[ListPlace, ...]
    told: tuple[str, ...]


def amended_by(base: Resolution, sentences: str, *, name: str = "") -> AmendedText:
    """Return a text as amendments in sentences would have it.

    Raises ``Invalid`` for a sentence that cannot be read or carried out: then none of them is.
    """
    book = PlaceBook(base)
    return _carried_out(book, lambda: instructions_in(sentences, book), name)


def is_prose(base: Resolution, sentences: str) -> bool:
    """Tell whether sentences are amendments of a text, and not words that are wanted in it."""
    return says_amendments(sentences, PlaceBook(base))


def amending_lines_of(base: Resolution, sentences: str) -> tuple[str, ...]:
    """Return the lines that amend a text, also where they stand in a letter."""
    return amending_lines(sentences, PlaceBook(base))


def amended_in_words(
    base: Resolution, text: Resolution, sentences: str, *, name: str = ""
) -> AmendedText | None:
    """Return what a submission makes of a text where it is amendments: sentences, or a table.

    Nothing where it is a text. Raises as `amended_by` does.
    """
    book = PlaceBook(base)
    table = table_of(text)
    if table is not None:
        return _carried_out(book, lambda: ReadSentences(instructions_in_table(table, book)), name)
    lines = [line for line in sentences.split("\n") if line.strip()]
    placed = instructions_in_rows(lines, book) or placed_instructions(lines, book)
    if placed:
        return _carried_out(book, lambda: ReadSentences(placed), name)
    if not says_amendments(sentences, book):
        return None
    return _carried_out(book, lambda: instructions_in(sentences, book), name)


def _carried_out(book: PlaceBook, read: Callable[[], ReadSentences], name: str) -> AmendedText:
    try:
        sentences = read()
        if not sentences.instructions:
            raise Invalid("there is no amendment in it", advice="Write a sentence for each.")
        work = AmendmentWork(book)
        for instruction in sentences.instructions:
            work.carry_out(instruction)
        left = (f"no instruction, and left alone: “{words[:_SHOWN]}”" for words in sentences.left)
        return AmendedText(
            work.text(), frozenset(work.moves), tuple(work.places()), (*work.told, *left)
        )
    except Invalid as refusal:
        raise Invalid(refusal.what, where=name or refusal.where, advice=refusal.advice) from refusal
