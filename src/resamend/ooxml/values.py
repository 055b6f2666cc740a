"""A Word document as a plain value."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple, TypeAlias

from msgspec import Struct


class TrackView(Enum):
    """Say which text is wanted: with all tracked changes accepted, or with all rejected."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


class TrackedChange(Struct, frozen=True):
    """Say who tracked a change and when (ISO 8601); the author is a program or a translator.

    ``moved`` marks one half of a move.
    """

    author: str = ""
    date: str = ""
    moved: bool = False


class Run(NamedTuple):
    """Hold a piece of text whose marks and changes are the same throughout.

    ``marks`` are letters: i, b, u, and ^ or _ for superscript and subscript; ``before`` are those
    that a tracked change of formatting replaced. ``note`` is the key of the footnote of which
    the text, one ``OBJECT``, is the mark. ``drawn`` is ``-`` where it is struck out by formatting,
    ``+`` where it is underlined or coloured.
    """

    text: str
    marks: str = ""
    before: str = ""
    inserted: TrackedChange | None = None
    deleted: TrackedChange | None = None
    note: str = ""
    drawn: str = ""


class Paragraph(Struct, frozen=True, kw_only=True):
    """Hold a paragraph; ``number`` counts the paragraphs of its part from 1.

    ``style`` is the folded name of its style and ``list`` its list and level, if it is numbered by
    Word; ``style_before`` and ``list_before`` are those that a tracked change of formatting
    replaced. ``inserted`` and ``deleted`` are changes of its mark, not of its text. ``label`` is
    what Word's numbering prints, known only once the changes are resolved. One that ``runs_in``
    ends in a style separator: the next goes on in its line.
    """

    number: int
    runs: tuple[Run, ...] = ()
    style: str = ""
    style_before: str = ""
    list: tuple[str, int] | None = None
    list_before: tuple[str, int] | None = None
    inserted: TrackedChange | None = None
    deleted: TrackedChange | None = None
    label: str = ""
    runs_in: bool = False

    @property
    def text(self) -> str:
        """Return the text of all runs, whatever their changes."""
        return "".join([run.text for run in self.runs])


class WordCell(Struct, frozen=True, kw_only=True):
    """Hold a cell of a table."""

    blocks: tuple[Block, ...]
    inserted: TrackedChange | None = None
    deleted: TrackedChange | None = None


class WordRow(Struct, frozen=True, kw_only=True):
    """Hold a row of a table."""

    cells: tuple[WordCell, ...]
    inserted: TrackedChange | None = None
    deleted: TrackedChange | None = None


class Table(Struct, frozen=True):
    """Hold a table."""

    rows: tuple[WordRow, ...]


Block: TypeAlias = Paragraph | Table


class Note(Struct, frozen=True):
    """Hold a footnote or endnote by the key that its mark has, and the sign it has for a number."""

    key: str
    blocks: tuple[Block, ...]
    sign: str = ""


class Aside(Struct, frozen=True):
    """Hold text that is none of the body, where it stands and why it is left out.

    ``struck`` are the words of it that a tracked change strikes.
    """

    where: str
    text: str
    why: str
    struck: str = ""


class WordDocument(Struct, frozen=True, kw_only=True):
    """Hold what a Word document says.

    ``asides`` is text that is not of the body; ``warnings`` what the file carries beside text, in
    words for a reader: links to other files, macros, pictures. ``reformatted`` are the numbers of
    the paragraphs with tracked changes of formatting only. ``levels`` are the lists of its
    automatic numbering.
    """

    name: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    asides: tuple[Aside, ...] = ()
    warnings: tuple[str, ...] = ()
    reformatted: tuple[int, ...] = ()
    lists: tuple[List, ...] = ()
    tracked: bool = False


class NumberingLevel(Struct, frozen=True):
    """Hold how one level of a list is numbered; ``text`` is such as ``%1.%2)``.

    One that is ``legal`` counts in decimals at all levels; ``font`` is that of a bullet.
    """

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restarts: bool = True
    legal: bool = False
    font: str = ""


class List(Struct, frozen=True):
    """Hold a list by its key; lists of one ``family`` count on from each other."""

    key: str
    family: str
    levels: tuple[NumberingLevel, ...]
    starts_anew: bool = False
