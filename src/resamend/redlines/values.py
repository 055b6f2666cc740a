"""What is shown: values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct, field

from resamend.amendment import NoChange
from resamend.conflict import Findings, MovePosition, OptionKind, Region
from resamend.consolidation import Consolidated, Sources
from resamend.decision import Record, Replayed
from resamend.model import Kind, Language, Mark, Resolution

Relabelled = tuple[tuple[str, str], ...]
"""Old and new labels of provisions of one list."""


class View(StrEnum):
    """Choose what of a draft is shown.

    ``RESULT`` is the text with all that nobody contests; contested text stays in brackets.
    """

    REDLINE = "redline"
    RESULT = "result"
    BASE = "base"


class Span(Struct, frozen=True):
    """Show a stretch of text, inserted by some sources or deleted by some, or by neither."""

    text: str
    inserted: Sources = ()
    deleted: Sources = ()
    marks: tuple[Mark, ...] = ()


class OptionView(Struct, frozen=True, kw_only=True):
    """Show one option of a point: words in ``spans``, whole provisions in ``blocks``.

    ``number`` counts from 1; the option of nobody, to change nothing, is the last and has no
    sources. ``place`` is the path by which a provision moves, and ``way`` how it stands to it, or
    the path of the one into which it is joined. ``moves`` is the path of that provision where the
    options of a point move different ones: who moves what is not told by the place of the point.
    """

    number: int
    deed: OptionKind
    sources: Sources = ()
    spans: tuple[Span, ...] = ()
    blocks: tuple[Block, ...] = ()
    place: str = ""
    way: MovePosition | None = None
    moves: str = ""


class Choice(Struct, frozen=True, kw_only=True):
    """Show the options of an outstanding point; ``number`` is the point's, if it has one.

    ``base`` is the text in force that the options are for, where that is words. ``again`` says
    that the options stand elsewhere, where the point is shown first. ``joined`` names who joins
    the text in force that it is asked of to the one where it is shown. ``laid_out`` says that the
    options stand beside each other in the blocks after it, each of which is a ``part`` of it.
    """

    number: int | None
    region: Region
    base: tuple[Span, ...] = ()
    options: tuple[OptionView, ...] = ()
    joined: Sources = ()
    again: bool = False
    laid_out: bool = False
    part: bool = False


class Block(Struct, frozen=True, kw_only=True):
    """Show a provision: one paragraph, its label first; or only a choice between options.

    ``depth`` counts from 0. ``added``, ``struck`` name who adds or strikes it as a whole, ``split``
    who cuts it off from the paragraph before. ``moved_to`` and ``moved_from`` say, as paths, where
    a moved or joined one goes or comes from, and ``way`` how a moved one will stand to the first;
    ``along`` that it goes with what is around it;
    the spans of one that came from elsewhere carry only what is changed in it besides.
    ``renumbered`` says who number what stands below it anew, each change as old and new label;
    ``kept`` holds the NOCs said of it, ``records`` what the group has decided about it, and
    ``unsettled`` the records about it that hold no more.
    """

    kind: Kind
    depth: int = 0
    id: str = ""
    label: tuple[Span, ...] = ()
    pieces: tuple[Span | Choice, ...] = ()
    added: Sources = ()
    struck: Sources = ()
    split: Sources = ()
    renumbered: tuple[tuple[Relabelled, Sources], ...] = ()
    moved_to: str = ""
    way: MovePosition | None = None
    along: bool = False
    moved_from: str = ""
    kept: tuple[tuple[str, NoChange], ...] = ()
    records: tuple[Record, ...] = ()
    unsettled: tuple[Replayed, ...] = ()
    choice: Choice | None = None


class ShownSource(Struct, frozen=True, kw_only=True):
    """Name a proposal that was heard: ``names`` are its proponents' codes.

    ``reading`` and ``reading_by`` are those of the `Proposal`.
    """

    id: str
    names: tuple[str, ...]
    revision: int = 0
    date: str = ""
    reasons: str = ""
    illustrative: str = ""
    reading: str = ""
    reading_by: str = ""


class Redline(Struct, frozen=True, kw_only=True):
    """Hold all that a renderer shows.

    ``numbers`` maps the id of each outstanding point to its number; ``date`` is the newest of the
    proposals' dates, ISO 8601, unless another was given. ``records`` are all that were replayed.
    ``absent`` are the ids of proposals that are there in other languages only, with those;
    ``draft`` is what it shows.
    """

    base: Resolution
    sources: tuple[ShownSource, ...]
    blocks: tuple[Block, ...]
    findings: Findings
    numbers: Mapping[str, int] = field(default_factory=dict)
    date: str = ""
    view: View = View.REDLINE
    records: tuple[Replayed, ...] = ()
    absent: tuple[tuple[str, tuple[Language, ...]], ...] = ()
    draft: Consolidated | None = None

    def names(self, sources: Iterable[str]) -> tuple[str, ...]:
        """Return the proponents behind some sources, sorted, each once."""
        wanted = set(sources)
        return tuple(sorted({n for s in self.sources if s.id in wanted for n in s.names}))

    def __repr__(self) -> str:
        return f"<Redline, {self.view}, {len(self.blocks)} blocks, {len(self.sources)} sources>"
