"""What tables say beside the words of the texts: the same in every form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resamend.conflict import Region, Standing
from resamend.decision import Record
from resamend.escaping import visible
from resamend.model import Mark
from resamend.page.builder import PageBuilder
from resamend.page.front import kinds, named
from resamend.page.presentation import Presentation
from resamend.page.records import record_line
from resamend.page.remarks import spot
from resamend.redlines import Block, Choice, ShownSource, Span
from resamend.tables import (
    CellStanding,
    Comparison,
    ComparisonCell,
    ComparisonRow,
    FoldedRows,
    Matrix,
    MatrixRow,
    ProposalPair,
)
from resamend.tables.values import OWN

MARKS: Mapping[CellStanding, str] = {
    CellStanding.OUTSTANDING: "!",
    CellStanding.RECORDED: "✓",
    CellStanding.SAME: "=",
    CellStanding.SIMILAR: "~",
    CellStanding.ALONE: "",
    CellStanding.CONSEQUENTIAL: "",
}
"""What stands after a symbol: how far the change goes with those of others."""

MEANINGS: Mapping[CellStanding, str] = {
    CellStanding.OUTSTANDING: "outstanding",
    CellStanding.RECORDED: "recorded",
    CellStanding.SAME: "identical",
    CellStanding.SIMILAR: "similar",
}
"""The phrases that explain these signs."""

PARAGRAPH = "¶"
"""Stands for a heading itself, or the only paragraph under it."""

_SHORT = 3
"""Names in the head of a column; of more, the others are counted."""


def heads(
    presentation: Presentation, sources: Iterable[ShownSource], *, short: bool = True
) -> tuple[str, ...]:
    """Return how each source is called at the head of its column.

    That is its proponents; its id, where several sources have the same ones; and where nobody may
    be named, which proposal it is.
    """
    sources = tuple(sources)
    if not presentation.named:
        return tuple(_unnamed(presentation, n, source) for n, source in enumerate(sources, 1))
    told = Counter(source.names for source in sources)
    return tuple(
        visible(_listed(source.names, short=short) if told[source.names] == 1 else source.id)
        for source in sources
    )


def _unnamed(presentation: Presentation, number: int, source: ShownSource) -> str:
    told = presentation.say("proposal_n", n=number)
    return told + presentation.say.aside(presentation.who((source.id,)))


def _listed(names: tuple[str, ...], *, short: bool) -> str:
    if not short or len(names) <= _SHORT + 1:
        return ", ".join(names)
    return f"{', '.join(names[:_SHORT])} +{len(names) - _SHORT}"


def fold_text(fold: FoldedRows, *, full: bool = True) -> str:
    """Say which provisions a fold stands for, in full or below their heading: ``resolves 4–9``."""
    same = len(fold.labels) == 2 and fold.labels[0] == fold.labels[1]
    labels = f"{fold.labels[0]} ({fold.count})" if same else "–".join(fold.labels)
    place = fold.place if full or not labels else fold.place.removeprefix(fold.section).strip()
    return visible(" ".join(filter(None, (place, labels))))


class Teller(Struct, frozen=True):
    """Say in words what cells and rows hold beside their texts."""

    presentation: Presentation
    footnotes: Mapping[str, str]
    records: Mapping[str, Record]

    @classmethod
    def of(cls, presentation: Presentation, records: Mapping[str, Record] | None = None) -> Teller:
        """Make one for a reader; ``records`` are those that hold, by the id of their point."""
        return cls(presentation, PageBuilder(presentation).footnotes, records or {})

    def title(self, row: ComparisonRow | MatrixRow, *, full: bool = True) -> str:
        """Say which provision a row is about, in full or as it stands below its heading."""
        if row.after == "":
            return self.presentation.say("at_beginning")
        if row.after:
            after = row.after if full else row.after.removeprefix(row.section).strip()
            return self.presentation.say("after", place=visible(after or row.after))
        return visible(row.path) if full else visible(row.para) or PARAGRAPH

    def remarks(self, row: ComparisonRow, *, points: bool = True) -> Iterator[str]:
        """Say of a row which points are outstanding there, what is recorded, the same or similar.

        What nobody contests may be recorded too.
        """
        for region in sorted(row.regions, key=lambda region: not region.outstanding):
            if region.outstanding and points:
                yield f"{named(self.presentation, region)} · {kinds(self.presentation, region)}"
            if region.outstanding:
                yield from self.presentation.both(region)
            if region.id in self.records:
                yield record_line(
                    self.presentation, self.records[region.id], named=self.presentation.named
                )
        yield from dict.fromkeys(filter(None, map(self._standing, row.regions)))
        yield from self._similar(row)

    def _standing(self, region: Region) -> str:
        say = self.presentation.say
        if region.standing is Standing.CONSEQUENTIAL:
            return say("consequential")
        if region.standing is not Standing.IDENTICAL:
            return ""
        who = self.presentation.who(region.sources) if self.presentation.named else ""
        told = say("same_text", n=len(self.presentation.people(region.sources)))
        return told + say.aside(who)

    def _similar(self, row: ComparisonRow) -> Iterator[str]:
        """Say with what the texts here are similar: with some that stand elsewhere, or here."""
        say = self.presentation.say
        here: dict[str, None] = {}
        elsewhere: dict[str, None] = {}
        for pair in row.similar:
            sides = [(pair.one_path, pair.one_sources), (pair.other_path, pair.other_sources)]
            apart = [side for side in sides if side[0] != row.path]
            told = (
                self.presentation.theirs(path) + say.aside(self.presentation.who(who))
                for path, who in apart or sides
            )
            (elsewhere if apart else here).update(dict.fromkeys(told))
        for places in filter(None, (elsewhere, here)):
            yield say("similar_to", where=say.series(places))

    def block(self, cell: ComparisonCell, block: Block, *, labelled: bool) -> Iterator[str]:
        """Say of a paragraph where it goes or comes from, and which NOC is said of it.

        ``labelled`` adds who asks for it: in the draft's column, not in a source's own.
        """
        say = self.presentation.say
        if block.way or block.moved_to:
            told = say(
                f"moved_{block.way}" if block.way else "joined_to",
                place=spot(self.presentation, block.moved_to),
            )
            yield self._by(told, block.struck or cell.movers, labelled=labelled)
        if block.moved_from:
            told = say("moved_from", place=self.presentation.theirs(block.moved_from))
            yield self._by(told, block.added, labelled=labelled)
        if block.split:
            yield self._by(say("split_off"), block.split, labelled=labelled)
        for pairs, sources in block.renumbered:
            numbers = say("comma").join(
                say.becomes(visible(old), visible(new)) for old, new in pairs
            )
            told = say("renumbered_below", numbers=numbers)
            yield self._by(told, sources, labelled=labelled)
        for source, keep in block.kept:
            told = say("noc_kept" if keep.emphasised else "noc")
            told = self._by(told, (source,), labelled=labelled)
            reasons = visible(keep.reasons.strip()) if self.presentation.named else ""
            yield say.told(told, reasons) if reasons and not labelled else told

    def _by(self, told: str, sources: tuple[str, ...], *, labelled: bool) -> str:
        return told + self.presentation.say.aside(
            self.presentation.who(sources) if labelled else ""
        )

    def points_of(self, row: ComparisonRow) -> str:
        """Return the names of the open points of a row, in brackets, as they stand in the draft."""
        return " ".join(f"[{named(self.presentation, region)}]" for region in self._open(row))

    def _open(self, row: ComparisonRow) -> Iterator[Region]:
        closed = {id for id, record in self.records.items() if record.act.closes}
        return (region for region in row.points if region.id not in closed)

    def untouched(self, row: ComparisonRow) -> str:
        """Say what the draft has where it takes nothing over of what is asked."""
        return self.presentation.say("text_in_force" if row.base or row.heading else "left_out")


def starred(pieces: Iterable[Span | Choice]) -> tuple[Span | Choice, ...]:
    """Put asterisks around a source's own words, for forms that have no other emphasis."""
    return tuple(_starred(p) if isinstance(p, Span) else p for p in pieces)


def _starred(span: Span) -> Span:
    text, marks = span.text, [mark for mark in span.marks if mark.kind != OWN]
    for own in sorted((m for m in span.marks if m.kind == OWN), reverse=True):
        text = f"{text[: own.start]}*{text[own.start : own.end]}*{text[own.end :]}"
        marks = [_after(_after(mark, own.end), own.start) for mark in marks]
    return replace(span, text=text, marks=tuple(marks))


def _after(mark: Mark, at: int) -> Mark:
    """Move a mark on where a sign is put in at ``at``."""
    return replace(mark, start=mark.start + (mark.start >= at), end=mark.end + (mark.end > at))


def pair_rows(presentation: Presentation, matrix: Matrix) -> list[tuple[str, ProposalPair]]:
    """Return the sources two by two, each pair with its name, where there is anything to count."""
    names = dict(
        zip((s.id for s in matrix.sources), heads(presentation, matrix.sources), strict=True)
    )
    return [
        (f"{names[pair.one]} – {names[pair.other]}", pair)
        for pair in matrix.pairs
        if pair.same or pair.similar or pair.outstanding
    ]


def pages(
    comparison: Comparison, columns: int
) -> list[tuple[Sequence[int], Sequence[ComparisonRow | FoldedRows]]]:
    """Divide a table where it has more columns of sources than are read beside one another.

    Each page has as many as the others, and the rows of which one of its sources speaks.
    """
    total = len(comparison.columns)
    count = -(-total // columns) or 1
    each = -(-total // count)
    starts = range(0, total, each) if total else [0]
    made: list[tuple[Sequence[int], Sequence[ComparisonRow | FoldedRows]]] = []
    for start in starts:
        wanted = range(start, min(start + each, total))
        rows = [row for row in comparison.rows if count == 1 or _concerns(row, wanted)]
        made.append((wanted, rows))
    return made


def _concerns(row: ComparisonRow | FoldedRows, wanted: Sequence[int]) -> bool:
    """Tell whether any of some sources speaks of a row."""
    return isinstance(row, ComparisonRow) and any(row.cells[k] for k in wanted)


def same_as(cells: Sequence[ComparisonCell | None]) -> tuple[int | None, ...]:
    """Return for each cell the first one before it that says exactly the same, if any."""
    seen: dict[object, int] = {}
    found: list[int | None] = []
    for number, cell in enumerate(cells):
        first = seen.setdefault(_content(cell), number) if cell and cell.blocks else number
        found.append(first if first != number else None)
    return tuple(found)


def _content(cell: ComparisonCell) -> object:
    """Return all that a cell says, without whose it is."""
    return (cell.sign, cell.editorial, tuple(map(_told, cell.blocks)))


def _told(block: Block) -> object:
    spans = (*block.label, *(p for p in block.pieces if isinstance(p, Span)))
    told = [(s.text, bool(s.inserted), bool(s.deleted), s.marks) for s in spans]
    kept = [keep for _, keep in block.kept]
    fates = (block.way, block.moved_to, block.moved_from, bool(block.split))
    numbers = tuple(pairs for pairs, _ in block.renumbered)
    return (block.depth, tuple(told), fates, numbers, tuple(kept))


def reasons(presentation: Presentation, sources: Iterable[ShownSource]) -> tuple[str, ...]:
    """Return the reasons that sources give for the whole of their proposals, ``""`` for none.

    There are none at all where nobody gives any, or where nobody may be named.
    """
    told = tuple(visible(" ".join(source.reasons.split())) for source in sources)
    return told if presentation.named and any(told) else ()
