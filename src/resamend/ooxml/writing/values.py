"""What a Word document holds, as far as we write one: values, without any of Word's names.

A tracked change is said of a run, of a paragraph's mark (the end of the paragraph: where it goes,
two paragraphs become one) or of a row. Where several are said, the outermost is the first: words
that one inserts and another strikes are inserted, and in that struck.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from resamend.model import Language


class TrackKind(StrEnum):
    """Say what a tracked change does."""

    INSERT = "insert"
    DELETE = "delete"
    MOVE_FROM = "move from"
    MOVE_TO = "move to"


class Track(Struct, frozen=True):
    """Say that an author asks for a change."""

    act: TrackKind
    author: str


Tracks = tuple[Track, ...]


class Look(StrEnum):
    """Name how letters look."""

    ITALIC = "i"
    BOLD = "b"
    UNDERLINED = "u"
    LOWERED = "sub"
    RAISED = "sup"
    CROSSED = "strike"


class StyleName(StrEnum):
    """Name the styles of a paragraph: those that ITU's secretariat works with, and ours."""

    NORMAL = "Normal"
    NUMBER = "Res_No"
    TITLE = "Res_title"
    ENACTING = "Normal after title"
    HEADING = "Call"
    LEVEL_1 = "enumlev1"
    LEVEL_2 = "enumlev2"
    LEVEL_3 = "enumlev3"
    ANNEX_NUMBER = "Annex_No"
    ANNEX_TITLE = "Annex_title"
    FOOTNOTE = "footnote text"
    TABLE_TEXT = "Table_text"
    TABLE_HEAD = "Table_head"
    TABLE_SIDE = "Table_side"
    SOURCE = "Source"
    PROPOSAL = "Proposal"
    REASONS = "Reasons"
    FRONT_TITLE = "Title 1"
    FRONT_HEADING = "Headingb"
    BANNER = "Banner"
    OPTION = "Option"
    OPTION_1 = "Option1"
    OPTION_2 = "Option2"
    COMMENT = "annotation text"


class NewRun(Struct, frozen=True, kw_only=True):
    """Hold text that looks alike and has one fate; ``framing`` is what we say, not the text."""

    text: str
    tracks: Tracks = ()
    looks: frozenset[Look] = frozenset()
    framing: bool = False


class NoteMark(Struct, frozen=True):
    """Refer to a footnote by its place among the document's, from 0."""

    note: int
    tracks: Tracks = ()


class Anchor(Struct, frozen=True):
    """Begin or end what a comment is about; the comment by its place, from 0."""

    comment: int
    opens: bool


Content = NewRun | NoteMark | Anchor


class Move(Struct, frozen=True):
    """Name a move: the same name at the place it leaves and the place it reaches."""

    name: str
    track: Track


class NewParagraph(Struct, frozen=True, kw_only=True):
    """Hold a paragraph; ``mark`` is the fate of its end.

    The paragraphs of a move stand from one that ``opens`` it to one that ``closes`` it. ``keep``
    holds it on one page with the next, ``fresh`` begins a new one. ``origin`` is the id of the
    provision it shows; it is not written.
    """

    style: StyleName = StyleName.NORMAL
    content: tuple[Content, ...] = ()
    mark: Tracks = ()
    language: Language
    opens: Move | None = None
    closes: Move | None = None
    keep: bool = False
    fresh: bool = False
    origin: str = ""


class NewRow(Struct, frozen=True):
    """Hold the cells of a row, each of paragraphs, and the fate of the row.

    Where there are fewer than the table has columns, the last is as wide as the rest together. One
    that ``splits`` may go on on the next page.
    """

    cells: tuple[tuple[NewParagraph, ...], ...]
    tracks: Tracks = ()
    head: bool = False
    splits: bool = False


class NewTable(Struct, frozen=True, kw_only=True):
    """Hold rows; ``widths`` are shares of the width of the text, ``ruled`` draws its lines."""

    rows: tuple[NewRow, ...]
    widths: tuple[int, ...]
    language: Language
    ruled: bool = True


Block = NewParagraph | NewTable


class NewNote(Struct, frozen=True):
    """Hold a footnote; ``label`` is its mark where it is not its number in order."""

    paragraphs: tuple[NewParagraph, ...]
    label: str = ""


class Comment(Struct, frozen=True):
    """Hold a comment at a place of the text."""

    author: str
    paragraphs: tuple[NewParagraph, ...]


class NewDocument(Struct, frozen=True, kw_only=True):
    """Hold a document: ``front`` is a section of its own, before the text.

    ``date`` is that of all changes, ISO 8601; ``tracking`` asks Word to mark what is changed next,
    ``line_numbers`` to count the lines of each page of the text; ``landscape`` lays the pages so.
    ``identifier`` is the id of the proposal that it is, of which ``date`` is the day.
    """

    language: Language
    front: tuple[Block, ...] = ()
    text: tuple[Block, ...] = ()
    notes: tuple[NewNote, ...] = ()
    comments: tuple[Comment, ...] = ()
    title: str = ""
    header: str = ""
    date: str = ""
    identifier: str = ""
    tracking: bool = True
    line_numbers: bool = False
    landscape: bool = False


def paragraphs_of(document: NewDocument) -> Iterator[NewParagraph]:
    """Yield all paragraphs in the order in which they are read: the text, then the footnotes."""
    yield from _within(document.front)
    if document.front:
        yield NewParagraph(language=document.language)  # it ends the first section
    yield from _within(document.text)
    for note in document.notes:
        yield from note.paragraphs


def _within(blocks: Iterable[Block]) -> Iterator[NewParagraph]:
    for block in blocks:
        if isinstance(block, NewParagraph):
            yield block
        else:
            yield from (paragraph for row in block.rows for cell in row.cells for paragraph in cell)
