"""What is printed of a draft: values that every writer walks.

A writer decides how something looks in its form; what is said, where it stands and in which words
is decided before, once, in ``page.builder``.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from resamend.consolidation import Sources
from resamend.model import Kind
from resamend.page.front import Front
from resamend.page.presentation import Presentation
from resamend.page.runs import RunGroup, RunRole
from resamend.redlines import Block, Choice, OptionView

HEADINGS = frozenset({Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX})
"""Kinds of provisions that head a section."""

_APART = frozenset({Kind.NUMBER, Kind.TITLE, Kind.ENACTING})

Runs = tuple[RunGroup, ...]
"""Words as they are printed."""


class RemarkKind(StrEnum):
    """Name what a remark below a provision is about."""

    MOVED = "moved"
    ARRIVED = "arrived"
    SPLIT = "split"
    RENUMBERED = "renumbered"
    NO_CHANGE = "no-change"
    REFERENCE = "reference"
    RECORD = "record"


class Remark(Struct, frozen=True, kw_only=True):
    """Say something of a provision: in full, ``bare`` without names, and its ``core`` alone."""

    kind: RemarkKind
    text: str
    bare: str
    core: str = ""
    sources: Sources = ()


class PageOption(Struct, frozen=True, kw_only=True):
    """Print an option of a point; ``does`` says what it does where its words do not say it.

    Its ``blocks`` stand ``elsewhere`` where they are in force above, or laid out below.
    """

    option: OptionView
    name: str
    who: str
    does: str
    words: Runs
    blocks: tuple[PageBlock, ...]
    elsewhere: bool


class PagePoint(Struct, frozen=True, kw_only=True):
    """Print an outstanding point: its ``title`` is name, kinds, and ``who`` if it has no options.

    ``base`` are the words in force that the options are for, where they are to be repeated.
    ``readings`` are of one without options: how its provision reads to those who divide it.
    """

    choice: Choice
    name: str
    kinds: str
    who: str
    title: str
    options: tuple[PageOption, ...]
    both: tuple[str, ...]
    base: Runs = ()
    readings: tuple[PageOption, ...] = ()


class OpenBracket(Struct, frozen=True, kw_only=True):
    """Open the brackets around a whole provision: the point's ``name``, its id, and a symbol."""

    id: str
    name: str
    symbol: str


class PageBlock(Struct, frozen=True, kw_only=True):
    """Print a provision, or, where its ``block`` is only a choice, the one point in ``points``.

    ``wholes`` is what happens to it as a whole, the outermost first. ``points`` stand among its
    words, those in ``due`` are about it and stand nowhere else. Before it open the brackets of
    what is in dispute as a whole, and so many close after its words; ``bracketed`` is all within.
    """

    block: Block
    symbol: str = ""
    label: Runs = ()
    words: Runs = ()
    wholes: tuple[tuple[RunRole, Sources], ...] = ()
    remarks: tuple[Remark, ...] = ()
    points: tuple[PagePoint, ...] = ()
    due: tuple[PagePoint, ...] = ()
    opens: tuple[OpenBracket, ...] = ()
    closes: int = 0
    bracketed: bool = False


class Page(Struct, frozen=True, kw_only=True):
    """Print a draft: ``blocks`` go with those of the redline, ``left`` are points without a place.

    ``footnotes`` maps the id of each footnote to its label. ``decided`` is what is recorded, in
    full, each with its place: below the provisions only a mark says so.
    """

    presentation: Presentation
    front: Front
    blocks: tuple[PageBlock, ...]
    left: tuple[PagePoint, ...]
    footnotes: Mapping[str, str]
    decided: tuple[tuple[str, Remark], ...] = ()


def look_of(block: Block) -> str:
    """Return the word for how a provision is set."""
    if block.kind in _APART:
        return block.kind.value
    if block.kind in HEADINGS:
        return "heading"
    if block.kind is Kind.FOOTNOTE:
        return "footnote"
    return "item" if block.label else "text"


def relabelled_by(block: Block) -> Sources:
    """Return who gives a provision another label."""
    spans = ((*span.inserted, *span.deleted) for span in block.label)
    return tuple(sorted({id for sources in spans for id in sources}))
