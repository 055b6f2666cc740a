"""The cells of the comparative table and the matrix, made ready for their templates to place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup, escape
from msgspec import Struct

from resamend.conflict import Region, Severity
from resamend.decision import Record
from resamend.model import Kind
from resamend.page.front import kinds, named
from resamend.page.presentation import Presentation
from resamend.page.runs import label_runs, runs_of
from resamend.page.tables import MARKS, MEANINGS, Teller, fold_text, heads, pages, reasons
from resamend.redlines import Block
from resamend.renderers.html_runs import HtmlRunWriter, point_anchor
from resamend.renderers.text_layout import trimmed
from resamend.tables import Comparison, ComparisonCell, ComparisonRow, FoldedRows, Matrix

NOTHING = Markup("")

BARS: Mapping[Severity, str] = {
    Severity.HARD: "▮▮▮",
    Severity.MEDIUM: "▮▮",
    Severity.SOFT: "▮",
    Severity.WARNING: "▮",
    Severity.INFO: "▮",
}
"""How grave an outstanding point is, told beside its colour."""
_GRAVE = {Severity.HARD: "hard", Severity.MEDIUM: "medium"}


class Head(Struct, frozen=True, kw_only=True):
    """Hold the head of a column; ``colour`` is the class of its colour."""

    name: str
    id: str
    date: str
    colour: str


class Paragraph(Struct, frozen=True, kw_only=True):
    """Hold a paragraph of a cell, who asks for it, and what is said of it."""

    words: Markup
    depth: int = 0
    who: Markup = NOTHING
    remarks: tuple[str, ...] = ()


class Entry(Struct, frozen=True, kw_only=True):
    """Hold a cell; ``told`` is what stands there instead of words."""

    sign: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    told: str = ""


class Point(Struct, frozen=True, kw_only=True):
    """Hold the name of an outstanding point and its kinds; ``first`` where it is named first.

    One that is ``open`` is among the points of the draft.
    """

    anchor: str
    name: str
    kind: str
    first: bool = False
    open: bool = True


class Line(Struct, frozen=True, kw_only=True):
    """Hold a row; for provisions of which nobody speaks only ``folded``.

    ``section`` is the heading, where it is not that of the row before; ``why`` marks the row of
    reasons.
    """

    section: str = ""
    folded: str = ""
    para: str = ""
    base: Markup = NOTHING
    entries: tuple[Entry | None, ...] = ()
    draft: Entry | None = None
    points: tuple[Point, ...] = ()
    remarks: tuple[str, ...] = ()
    why: bool = False


class Part(Struct, frozen=True, kw_only=True):
    """Hold as many columns as can be read beside one another, and the rows that concern them."""

    name: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]


class Sign(Struct, frozen=True, kw_only=True):
    """Hold a sign of the matrix, the class of its heat, and what it means in words."""

    sign: str
    mark: str = ""
    bars: str = ""
    heat: str = ""
    meaning: str = ""


class Signs(Struct, frozen=True, kw_only=True):
    """Hold a row of the matrix; ``section`` is the heading, where it is a new one."""

    section: str
    para: str
    signs: tuple[Sign, ...]
    points: tuple[Point, ...]


class Cells:
    """Turn tables into what their templates place."""

    def __init__(
        self,
        presentation: Presentation,
        colours: Mapping[str, int],
        records: Mapping[str, Record] | None = None,
    ) -> None:
        self.presentation = presentation
        self.teller = Teller.of(presentation, records)
        self.colours = colours
        self.named: set[str] = set()
        self.open = {region.id for region in presentation.redline.findings.outstanding}

    def heads(self) -> tuple[Head, ...]:
        """Return the heads of the columns."""
        writer = HtmlRunWriter(self.presentation, self.colours, {})
        sources = self.presentation.redline.sources
        return tuple(
            Head(
                name=name,
                id=source.id if self.presentation.named and source.id != name else "",
                date=source.date,
                colour=writer.colour((source.id,)),
            )
            for name, source in zip(heads(self.presentation, sources), sources, strict=True)
        )

    # -- the comparison -----------------------------------------------------------------------

    def parts(self, table: Comparison, columns: int) -> Iterator[Part]:
        """Yield the columns of sources, so many at a time; of several parts each has its rows."""
        heads, say = self.heads(), self.presentation.say
        found = pages(table, columns)
        for number, (wanted, rows) in enumerate(found, 1):
            yield Part(
                name=say("part", n=number, m=len(found)) if len(found) > 1 else "",
                heads=tuple(heads[k] for k in wanted),
                lines=tuple(self._lines(table, rows, wanted)),
            )

    def _lines(
        self, table: Comparison, rows: Sequence[ComparisonRow | FoldedRows], wanted: Sequence[int]
    ) -> Iterator[Line]:
        notes = {id: label for column in table.columns for id, label in column.footnotes.items()}
        draft = HtmlRunWriter(self.presentation, self.colours, {**notes, **self.teller.footnotes})
        writers = [
            HtmlRunWriter(self.presentation, self.colours, c.footnotes) for c in table.columns
        ]
        section = ""
        for row in rows:
            new = row.section if row.section != section else ""
            section = row.section
            if isinstance(row, FoldedRows):
                yield Line(section=new, folded=fold_text(row, full=False))
                continue
            yield Line(
                section=new,
                para=self.teller.title(row, full=False),
                base=draft.pieces(runs_of(row.base)),
                entries=tuple(self._entry(row.cells[k], writers[k]) for k in wanted),
                draft=self._draft(row, draft),
                points=tuple(self._point(region) for region in row.points),
                remarks=tuple(self.teller.remarks(row, points=False)),
            )
        yield from self._reasons(table, wanted)

    def _reasons(self, table: Comparison, wanted: Sequence[int]) -> Iterator[Line]:
        """Yield the last row: what each source says for the whole of its proposal."""
        told = reasons(self.presentation, (table.columns[k].source for k in wanted))
        if told:
            entries = tuple(Entry(paragraphs=(Paragraph(words=escape(why)),)) for why in told)
            yield Line(
                para=self.presentation.say("reasons"), entries=entries, draft=Entry(), why=True
            )

    def _entry(self, cell: ComparisonCell | None, writer: HtmlRunWriter) -> Entry | None:
        if cell is None:
            return None
        told = self.presentation.say("typography") if cell.editorial else ""
        paragraphs = (self._paragraph(cell, block, writer) for block in cell.blocks)
        return Entry(sign=cell.sign, paragraphs=tuple(paragraphs), told=told)

    def _paragraph(
        self, cell: ComparisonCell, block: Block, writer: HtmlRunWriter, *, labelled: bool = False
    ) -> Paragraph:
        shown = runs_of(block.pieces, block.added)
        words = writer.pieces(trimmed(shown) if block.split else shown, labelled=labelled)
        label = writer.pieces(label_runs(block), labelled=labelled)
        if label and block.kind is Kind.FOOTNOTE:
            label = Markup('<sup class="fn">{}</sup>').format(label)
        remarks = tuple(self.teller.block(cell, block, labelled=labelled))
        asked = block.added or (() if cell.movers or block.way or block.moved_to else block.struck)
        named = labelled and not block.moved_from
        return Paragraph(
            words=Markup(" ").join(filter(None, (label, words))),
            depth=min(max(block.depth - cell.blocks[0].depth, 0), 3),
            who=writer.names(asked, spoken=True) if named else NOTHING,
            remarks=remarks,
        )

    def _draft(self, row: ComparisonRow, writer: HtmlRunWriter) -> Entry:
        """Return what the draft has here; where that is only a point, the remarks name it."""
        cell = row.draft
        blocks = [block for block in cell.blocks if not block.choice]
        paragraphs = [self._paragraph(cell, block, writer, labelled=True) for block in blocks]
        made = tuple(p for p in paragraphs if p and (p.words or p.who or p.remarks))
        told = self.teller.points_of(row) if not made or len(blocks) < len(cell.blocks) else ""
        told = told or ("" if made else self.teller.untouched(row))
        sign = cell.sign if made and cell.sign in ("ADD", "SUP", "SUP*", "ADD*") else ""
        return Entry(sign=sign, paragraphs=made, told=told)

    def _point(self, region: Region) -> Point:
        first = region.id not in self.named
        self.named.add(region.id)
        return Point(
            anchor=point_anchor(self.presentation, region.id),
            name=named(self.presentation, region),
            kind=kinds(self.presentation, region),
            first=first,
            open=region.id in self.open,
        )

    # -- the matrix ---------------------------------------------------------------------------

    def crossings(self, table: Matrix) -> Iterator[Signs]:
        """Yield the rows of the matrix."""
        section = ""
        for row in table.rows:
            new = row.section if row.section != section else ""
            section = row.section
            yield Signs(
                section=new,
                para=self.teller.title(row, full=False),
                signs=tuple(self.sign(cell) for cell in row.cells),
                points=tuple(self._point(region) for region in row.points),
            )

    def sign(self, cell: ComparisonCell | None) -> Sign:
        """Return the sign of a cell."""
        say = self.presentation.say
        if cell is None:
            return Sign(sign="", meaning=say("no_proposal"))
        heat, grave = "", ""
        if cell.severity:
            heat = _GRAVE.get(cell.severity, "soft")
            grave = say.told("", say(heat))
        meaning = f"{say(MEANINGS[cell.standing])}{grave}" if cell.standing in MEANINGS else ""
        bars = BARS[cell.severity] if cell.severity else ""
        return Sign(
            sign=cell.sign,
            mark="" if bars else MARKS[cell.standing],
            bars=bars,
            heat=heat,
            meaning=meaning,
        )
