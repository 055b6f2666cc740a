"""Proposals and amendments: values.

A proposal is kept with the sha256 of its base and not with the base: it travels as a small file and
is refused by any other text. Two are equal when all they say is, revision and reasons too.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from resamend.difference import Edit
from resamend.guarding import fit_fields
from resamend.model import Language, Proponent


class Symbol(StrEnum):
    """Name what a proposal asks of a provision, as conferences write it in every language."""

    ADD = "ADD"
    MOD = "MOD"
    EDITORIAL = "(MOD)"
    SUP = "SUP"
    NOC = "NOC"


class NoChange(Struct, frozen=True, gc=False):
    """Say NOC of ``target``; emphasised, it asks that the text be kept and gives reasons."""

    target: str
    emphasised: bool = True
    reasons: str = ""

    def __post_init__(self) -> None:
        fit_fields(self)  # else the reasons, given second, would count as a bool


class Unmarked(Struct, frozen=True, gc=False):
    """Hold a difference from the base that the source did not mark as its change.

    At ``target`` the base says ``expected`` and the source's file ``found``; one of them may be
    empty. It is for a query to the proponent: a slip, or a change that was meant.
    """

    target: str
    expected: str
    found: str


class FormerAmendment(Struct, frozen=True, gc=False, kw_only=True):
    """Hold what a source asked of a former text in force, and what the text that followed is not.

    It clashed with that text, and stays until somebody settles it. ``question`` is the id of the
    question that it was part of and ``path`` where that stood; ``deed`` says what it does, as
    options name it, ``old`` the words of the former text, ``asked`` those that are asked for,
    ``place`` where something was to go. ``target`` is the provision where it belongs now, ``now``
    what the text says there: its words [``start``, ``end``), the whole provision without them.
    """

    question: str
    path: str
    deed: str
    old: str = ""
    asked: str = ""
    place: str = ""
    target: str = ""
    now: str = ""
    start: int = -1
    end: int = -1


class Proposal(Struct, frozen=True, gc=False, kw_only=True):
    """Hold all that one source asks of one base.

    ``id`` is such as ``RUS/62A1/1``; ``revision`` counts its revisions from 0; ``base_digest`` is
    the sha256 of the content it was made for, ``base`` that text's address. ``date`` is ISO 8601.
    The edits give the whole text that the source sent; ``unmarked`` are those differences from the
    base which it did not mark as changes, where it marked any. ``reading`` is how somebody said
    that the text that was sent is to be read, as an ``extract`` or as the ``whole``, and
    ``reading_by`` who; both are empty where the text says it itself. ``former`` is what it asked of
    a former text in force, which could not be carried over to this one.
    """

    id: str
    language: Language
    base_digest: str
    revision: int = 0
    proponents: tuple[Proponent, ...] = ()
    date: str = ""
    base: str = ""
    edits: tuple[Edit, ...] = ()
    keeps: tuple[NoChange, ...] = ()
    reasons: str = ""
    illustrative: str = ""
    unmarked: tuple[Unmarked, ...] = ()
    reading: str = ""
    reading_by: str = ""
    former: tuple[FormerAmendment, ...] = ()

    def __repr__(self) -> str:
        revision = f", revision {self.revision}" if self.revision else ""
        return f"<Proposal {self.id} ({self.language}){revision}, {len(self.edits)} edits>"


class Amendment(Struct, frozen=True, gc=False, kw_only=True):
    """Say, for a reader, what the proposal ``source`` does to one provision.

    ``elsewhere`` marks text that comes from or goes to another place (ADD*, SUP*). ``old`` is the
    text in force, and ``new`` what it is to read; where only the label changes, they are labels.
    """

    source: str
    symbol: Symbol
    target: str
    path: str
    elsewhere: bool = False
    old: str = ""
    new: str = ""


def proponents(id: str) -> tuple[Proponent, ...]:
    """Read the proponents from a proposal's id, parsed from the right.

    >>> [who.code for who in proponents("ARM/BLR/KGZ/RUS/62A1/1")]
    ['ARM', 'BLR', 'KGZ', 'RUS']
    """
    return tuple(Proponent(code) for code in sorted(id.split("/")[:-2]))
