"""Tables on a page: what stands in each cell of a comparison, and beside the words of the texts.

It is the same in every form; a writer says how the words of a cell are marked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resamend.conflict import Region, Severity, Standing
from resamend.consolidation import Sources
from resamend.decision import Record
from resamend.escaping import visible
from resamend.model import Mark
from resamend.page.builder import PageBuilder
from resamend.page.footnotes import numbered
from resamend.page.front import kinds, named
from resamend.page.presentation import Presentation, grouped
from resamend.page.remarks import remarks
from resamend.page.runs import WordRun, label_runs, runs_of, trimmed
from resamend.page.values import Runs
from resamend.page.vocabulary import Phrases
from resamend.redlines import Block, Choice, ShownSource, Span
from resamend.redlines.contrasts import OWN
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

LEGEND = (
    (CellStanding.RECORDED, "recorded"),
    (CellStanding.SAME, "identical"),
    (CellStanding.SIMILAR, "similar"),
)
"""The signs that the key of a matrix explains."""

BARS: Mapping[Severity, str] = {
    Severity.HARD: "▮▮▮",
    Severity.MEDIUM: "▮▮",
    Severity.SOFT: "▮",
    Severity.WARNING: "▮",
    Severity.INFO: "▮",
}
"""How grave an outstanding point is, told beside its colour."""

COLUMNS = 4
"""Columns of sources that can be read beside one another on a landscape page.

From the fifth on the comparative table has one block a provision, with those only who speak.
"""

SIGNS = (
    ("ADD", "add_means"),
    ("MOD", "mod_means"),
    ("(MOD)", "editorial"),
    ("SUP", "sup_means"),
    ("NOC", "noc_means"),
    ("ADD* SUP*", "star_means"),
)
"""The symbols of amendments and the phrases that explain them."""

MOST_CELLS = 6000
"""Cells of a table of provisions and sources beyond which a draft leaves it to ``compare``."""

PARAGRAPH = "¶"
"""Stands for a heading itself, or the only paragraph under it."""

_SHORT = 3
"""Names in the head of a column; of more, the others are counted."""


class CellParagraph(Struct, frozen=True, kw_only=True):
    """Print a paragraph of a cell; where its ``block`` is only a choice, the name of its ``point``.

    ``depth`` counts from that of the cell; ``asked`` are those who ask for it as a whole, where
    that is to be said, and ``remarks`` what is said of it.
    """

    block: Block
    point: str = ""
    label: Runs = ()
    words: Runs = ()
    depth: int = 0
    asked: Sources = ()
    remarks: tuple[str, ...] = ()


class TableCell(Struct, frozen=True, kw_only=True):
    """Print a cell; ``note`` is what stands there beside, or instead of, words.

    ``labelled`` says that changes are followed by who asks for them: in the draft's column, not in
    a source's own. ``footnotes`` maps the ids of the footnotes in it to their labels.
    """

    sign: str = ""
    paragraphs: tuple[CellParagraph, ...] = ()
    note: str = ""
    labelled: bool = False
    footnotes: Mapping[str, str]

    @property
    def provisions(self) -> tuple[CellParagraph, ...]:
        """Return the paragraphs that are more than the name of a point."""
        return tuple(paragraph for paragraph in self.paragraphs if not paragraph.point)


class TablePart(Struct, frozen=True, kw_only=True):
    """Print as many columns as can be read beside one another, and the rows that concern them."""

    name: str
    columns: Sequence[int]
    rows: Sequence[ComparisonRow | FoldedRows]


class TableBuilder:
    """Build what is printed of a comparison or a matrix; ``records`` hold, by their point's id."""

    def __init__(
        self,
        presentation: Presentation,
        table: Comparison | Matrix,
        records: Mapping[str, Record] | None = None,
    ) -> None:
        self.presentation = presentation
        self.say = presentation.say
        self.records = records or {}
        columns = table.columns if isinstance(table, Comparison) else ()
        self.columns = [column.footnotes for column in columns]
        notes = {id: label for column in self.columns for id, label in column.items()}
        self.footnotes = {**notes, **PageBuilder(presentation).footnotes}

    # -- cells --------------------------------------------------------------------------------

    def base(self, row: ComparisonRow) -> Runs:
        """Return the text in force."""
        return runs_of(row.base)

    def cell(self, cell: ComparisonCell, number: int, *, star: bool = False) -> TableCell:
        """Return what the source of the column ``number`` asks for.

        ``star`` puts asterisks around its own words, for forms that have no other emphasis.
        """
        return TableCell(
            sign=self.say.sign(cell.sign),
            paragraphs=tuple(self._paragraph(cell, block, star=star) for block in cell.blocks),
            note=self.say("typography") if cell.editorial else "",
            footnotes=self.columns[number],
        )

    def draft(self, row: ComparisonRow) -> TableCell:
        """Return what the draft has here; where that is only a point, the note names it."""
        cell = row.draft
        paragraphs = [self._paragraph(cell, block, labelled=True) for block in cell.blocks]
        kept = tuple(p for p in paragraphs if p.point or _runs(p) or p.asked or p.remarks)
        printed = any(not paragraph.point for paragraph in kept)
        points = " ".join(f"[{named(self.presentation, region)}]" for region in self._open(row))
        some = not printed or any(block.choice for block in cell.blocks)
        untouched = self.say("text_in_force" if row.base or row.heading else "left_out")
        return TableCell(
            sign=self.say.sign(cell.sign)
            if printed and cell.sign in ("ADD", "SUP", "SUP*", "ADD*")
            else "",
            paragraphs=kept,
            note=(points if some else "") or ("" if printed else untouched),
            labelled=True,
            footnotes=self.footnotes,
        )

    def _open(self, row: ComparisonRow) -> Iterator[Region]:
        closed = {id for id, record in self.records.items() if record.act.closes}
        return (region for region in self.points(row) if region.id not in closed)

    def _paragraph(
        self, cell: ComparisonCell, block: Block, *, labelled: bool = False, star: bool = False
    ) -> CellParagraph:
        if block.choice and labelled:
            name = named(self.presentation, block.choice.region)
            return CellParagraph(block=block, point=f"[{name}]")
        block = numbered(block, self.footnotes) if labelled else block
        words = runs_of(starred(block.pieces) if star else block.pieces, block.added)
        gone = cell.movers or block.way or block.moved_to
        asked = block.added or (() if gone else block.struck)
        return CellParagraph(
            block=block,
            label=label_runs(block),
            words=trimmed(words) if block.split else words,
            depth=max(block.depth - cell.blocks[0].depth, 0),
            asked=asked if labelled and not block.moved_from else (),
            remarks=tuple(self._remarks(cell, block, labelled=labelled)),
        )

    def _remarks(self, cell: ComparisonCell, block: Block, *, labelled: bool) -> Iterator[str]:
        """Say of a paragraph where it goes or comes from, and which NOC is said of it."""
        alone = replace(
            block, struck=block.struck or cell.movers, kept=(), records=(), unsettled=()
        )
        for remark in remarks(self.presentation, alone):
            yield self._by(remark.core, remark.sources, labelled=labelled)
        for source, keep in block.kept:
            core = self.say("noc_kept" if keep.emphasised else "noc")
            text = self._by(core, (source,), labelled=labelled)
            reasons = visible(keep.reasons.strip()) if self.presentation.named else ""
            yield self.say.told(text, reasons) if reasons and not labelled else text

    def _by(self, text: str, sources: Sources, *, labelled: bool) -> str:
        return text + self.say.aside(self.presentation.who(sources) if labelled else "")

    # -- rows ---------------------------------------------------------------------------------

    def parts(self, table: Comparison, columns: int) -> Iterator[TablePart]:
        """Divide a table with more columns of sources than are read beside one another.

        Each part has as many as the others, and the rows of which one of its sources speaks.
        """
        total = len(table.columns)
        count = -(-total // columns) or 1
        size = -(-total // count)
        for number, start in enumerate(range(0, total, size) if total else [0], 1):
            wanted = range(start, min(start + size, total))
            yield TablePart(
                name=self.say("part", n=number, m=count) if count > 1 else "",
                columns=wanted,
                rows=[row for row in table.rows if count == 1 or _concerns(row, wanted)],
            )

    def points(self, row: ComparisonRow | MatrixRow) -> list[Region]:
        """Return the outstanding points of a row, by number."""
        numbers = self.presentation.redline.numbers
        return sorted(row.points, key=lambda point: numbers.get(point.id, len(numbers) + 1))

    def point_names(self, row: ComparisonRow | MatrixRow) -> str:
        """Name the outstanding points of a row, each with its kinds."""
        return self.say.series(map(self._point_name, self.points(row)))

    def _point_name(self, region: Region) -> str:
        return f"{named(self.presentation, region)} · {kinds(self.presentation, region)}"

    def legend(self, matrix: Matrix) -> list[tuple[str, str]]:
        """Return the symbols that stand in a matrix, and what each means."""
        signs = {cell.sign for row in matrix.rows for cell in row.cells if cell}
        return [
            (" ".join(self.say.sign(sign) for sign in shown), self.say(means))
            for symbols, means in SIGNS
            if (shown := [sign for sign in symbols.split() if sign in signs])
        ]

    def title(self, row: ComparisonRow | MatrixRow, *, full: bool = True) -> str:
        """Say which provision a row is about, in full or as it stands below its heading."""
        if row.after == "":
            beginning = self.say("at_beginning")
            return self.say.told(visible(row.path), beginning) if row.id else beginning
        if row.after:
            after = row.after if full else row.after.removeprefix(row.section).strip()
            return self.say("after", place=visible(after or row.after))
        return visible(row.path) if full else visible(row.para) or PARAGRAPH

    def remarks(self, row: ComparisonRow, *, points: bool = True) -> Iterator[str]:
        """Say of a row which points are outstanding there, what is recorded, the same or similar.

        What nobody contests may be recorded too.
        """
        others = [region for region in row.regions if not region.outstanding]
        for region in (*self.points(row), *others):
            if region.outstanding and points:
                yield self._point_name(region)
            if region.outstanding:
                yield from self.presentation.both(region)
            if region.id in self.records:
                from resamend.page.records import record_line

                yield record_line(
                    self.presentation, self.records[region.id], named=self.presentation.named
                )
        yield from dict.fromkeys(filter(None, map(self._standing, row.regions)))
        yield from self._similar(row)

    def _standing(self, region: Region) -> str:
        say = self.say
        if region.standing is Standing.CONSEQUENTIAL:
            return say("consequential")
        if region.standing is not Standing.IDENTICAL:
            return ""
        who = self.presentation.who(region.sources) if self.presentation.named else ""
        stands = say("same_text", n=len(self.presentation.people(region.sources)))
        return stands + say.aside(who)

    def _similar(self, row: ComparisonRow) -> Iterator[str]:
        """Say with what the texts here are similar: with some that stand elsewhere, or here."""
        say = self.say
        here: dict[str, None] = {}
        elsewhere: dict[str, None] = {}
        for pair in row.similar:
            sides = [(pair.one_path, pair.one_sources), (pair.other_path, pair.other_sources)]
            apart = [side for side in sides if side[0] != row.path]
            texts = (
                self.presentation.theirs(path) + say.aside(self.presentation.who(who))
                for path, who in apart or sides
            )
            (elsewhere if apart else here).update(dict.fromkeys(texts))
        for places in filter(None, (elsewhere, here)):
            yield say("similar_to", where=say.series(places))


def _runs(paragraph: CellParagraph) -> bool:
    """Tell whether a paragraph has a label or words."""
    return any(
        run.text if isinstance(run, WordRun) else run
        for run in (*paragraph.label, *paragraph.words)
    )


def _concerns(row: ComparisonRow | FoldedRows, wanted: Sequence[int]) -> bool:
    """Tell whether any of some sources speaks of a row."""
    return isinstance(row, ComparisonRow) and any(row.cells[k] for k in wanted)


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
    bearers = Counter(source.names for source in sources)
    return tuple(
        visible(
            _listed(presentation.say, _named(source, short=short), short=short)
            if bearers[source.names] == 1
            else source.id
        )
        for source in sources
    )


def _unnamed(presentation: Presentation, number: int, source: ShownSource) -> str:
    name = presentation.say("proposal_n", n=number)
    return name + presentation.say.aside(presentation.who((source.id,)))


def _named(source: ShownSource, *, short: bool) -> tuple[str, ...]:
    """Return the proponents of a source; a group's code where they are very many."""
    return grouped(source.id, source.names) if short else source.names


def _listed(say: Phrases, names: tuple[str, ...], *, short: bool) -> str:
    if not short or len(names) <= _SHORT + 1:
        return say.commas(names)
    return f"{say.commas(names[:_SHORT])} +{len(names) - _SHORT}"


def fold_text(fold: FoldedRows, *, full: bool = True) -> str:
    """Say which provisions a fold stands for, in full or below their heading: ``resolves 4–9``."""
    same = len(fold.labels) == 2 and fold.labels[0] == fold.labels[1]
    labels = f"{fold.labels[0]} ({fold.count})" if same else "–".join(fold.labels)
    place = fold.place if full or not labels else fold.place.removeprefix(fold.section).strip()
    joint = "" if labels.startswith("(") and place.startswith("OP") else " "
    return visible(joint.join(filter(None, (place, labels))))


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


def reasons(presentation: Presentation, sources: Iterable[ShownSource]) -> tuple[str, ...]:
    """Return the reasons that sources give for the whole of their proposals, ``""`` for none.

    There are none at all where nobody gives any, or where nobody may be named.
    """
    texts = tuple(visible(" ".join(source.reasons.split())) for source in sources)
    return texts if presentation.named and any(texts) else ()
