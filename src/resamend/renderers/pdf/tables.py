"""Write the comparative table and the matrix for print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from resamend.conflict import Region, Severity
from resamend.decision import Record
from resamend.escaping import visible
from resamend.model import Kind
from resamend.page.alike import silent, speakers
from resamend.page.front import banner, first_lines, kinds, named
from resamend.page.options import Audience, RenderOptions
from resamend.page.presentation import Presentation, present
from resamend.page.tables import (
    BARS,
    COLUMNS,
    LEGEND,
    MARKS,
    MEANINGS,
    CellParagraph,
    TableBuilder,
    TableCell,
    TablePart,
    fold_text,
    heads,
    pair_rows,
    reasons,
)
from resamend.page.vocabulary import begun
from resamend.renderers.palette import colour_indexes
from resamend.renderers.pdf.markup import NOTHING, TypstMarkup, call, code, joined, phrase
from resamend.renderers.pdf.printing import opened, printed
from resamend.renderers.pdf.runs import TypstRunWriter
from resamend.renderers.sheets import cover_lines
from resamend.tables import Comparison, ComparisonCell, ComparisonRow, FoldedRows, Matrix

_HEATS = {Severity.HARD: "hard", Severity.MEDIUM: "medium"}


def comparison_pdf(comparison: Comparison, options: RenderOptions) -> bytes:
    """Return the comparative table as a PDF."""
    presentation = present(comparison.redline, options.shown_names, options.ui)
    tables = TypstTables(presentation, comparison, options, comparison.records)
    return tables.pdf("comparison", tables.comparison(comparison))


def matrix_pdf(matrix: Matrix, options: RenderOptions) -> bytes:
    """Return the matrix as a PDF."""
    presentation = present(matrix.redline, options.shown_names, options.ui)
    tables = TypstTables(presentation, matrix, options)
    pairs = options.audience is Audience.CHAIR
    return tables.pdf("table_of_proposals", tables.matrix(matrix, pairs=pairs))


class TypstTables:
    """Write tables; ``anchors`` are those of the points that are on the same pages."""

    def __init__(
        self,
        presentation: Presentation,
        table: Comparison | Matrix,
        options: RenderOptions,
        records: Mapping[str, Record] | None = None,
        *,
        anchors: frozenset[str] = frozenset(),
    ) -> None:
        self.presentation = presentation
        self.options = options
        self.builder = TableBuilder(presentation, table, records)
        self.sources = presentation.redline.sources
        self.colours = colour_indexes([source.id for source in self.sources], options.colours)
        self.anchors = anchors
        self.writer = self._writer(self.builder.footnotes)

    def _writer(self, footnotes: Mapping[str, str]) -> TypstRunWriter:
        writer = TypstRunWriter(self.presentation, self.colours, footnotes)
        writer.anchors = self.anchors
        return writer

    def pdf(self, key: str, table: TypstMarkup) -> bytes:
        """Return a table as a PDF of its own."""
        presentation, options = self.presentation, self.options
        say = presentation.say
        name, titles = presentation.dated(f"{key}_of", key), first_lines(presentation.redline.base)
        cover = cover_lines(presentation, options.cover)
        head = replace(
            options, cover=replace(options.cover, number=options.cover.number or say(key))
        )
        warning = banner(presentation)
        whole = say.told(name, titles[0]) if titles[0] else name
        parts = [
            opened(say, head, whole, landscape=True, date=say.day(presentation.redline.date)),
            call("banner", warning) if warning else NOTHING,
            call("cover", [(term, self.writer.own(value)) for term, value in cover])
            if cover
            else NOTHING,
            call("headline", *titles) if any(titles) else NOTHING,
            call("section", name),
            table,
        ]
        return printed(joined(parts), say, presentation.redline.base.language, options)

    # -- the comparison -----------------------------------------------------------------------

    def comparison(self, comparison: Comparison) -> TypstMarkup:
        """Return the comparative table, in as many parts as its columns take."""
        if self.options.columns is None and len(comparison.columns) > COLUMNS:
            return self._one_below_the_other(comparison)
        parts = self.builder.parts(comparison, self.options.columns or COLUMNS)
        return TypstMarkup("#pagebreak()".join(map(self._part, parts)))

    def _part(self, part: TablePart) -> TypstMarkup:
        say = self.presentation.say
        all_heads = self._heads()
        row_heads = [
            phrase(say("para")),
            phrase(begun(say("text_in_force"))),
            *(all_heads[k] for k in part.columns),
            phrase(say("in_draft")),
            phrase(say("remarks")),
        ]
        caption = f"{part.name} · {say('part_rows')}" if part.name else None
        rows = ", ".join((*self._rows(part), *self._reasons(part)))
        return TypstMarkup(
            f"#side({len(part.columns)}, {code(caption)}, {code(row_heads)}, {rows})"
        )

    def _one_below_the_other(self, comparison: Comparison) -> TypstMarkup:
        """Return one block a provision, with those only who speak of it."""
        say = self.presentation.say
        row_heads = [phrase(begun(say(key))) for key in ("proposed_by", "proposal")]
        cells: list[str] = []
        for row in comparison.rows:
            if isinstance(row, FoldedRows):
                text = say.told(self.presentation.theirs(fold_text(row)), self._nothing())
                cells.append(f"across(2, {code(text)})")
            else:
                cells += self._block(row)
        names = heads(self.presentation, self.sources)
        for name, why in zip(names, reasons(self.presentation, self.sources), strict=False):
            if why:
                cells += [code(call("strong", phrase(say("reasons") + say.aside(name)))),
                          code(phrase(why))]  # fmt: skip
        return TypstMarkup(f"#blocks({code(row_heads)}, {', '.join(cells)})")

    def _block(self, row: ComparisonRow) -> Iterator[str]:
        """Yield the place and the points of a row, then what each says, the same once."""
        say, names = self.presentation.say, heads(self.presentation, self.sources)
        place = call("strong", self.writer.own(self.builder.title(row)))
        remarks = [call("of-row", phrase(t)) for t in self.builder.remarks(row, points=False)]
        points = map(self._point, self.builder.points(row))
        yield f"across(2, {code(joined((place, *points, *remarks)))})"
        base = self.writer.pieces(self.builder.base(row))
        rows = [(phrase(begun(say("text_in_force"))), call("entry", None, [(0, base, [])], None))]
        rows = rows if base else []
        for first, numbers in speakers(row):
            who = say("comma").join(names[number] for number in numbers)
            colour = self.colours[self.sources[first].id] if len(numbers) == 1 else None
            rows.append((call("head", colour, who), self._cell(row.cells[first], first)))
        rows.append((phrase(say("in_draft")), self._entry(self.builder.draft(row))))
        if others := say.series(names[number] for number in silent(row)):
            rows.append((phrase(say("no_proposal")), call("silent", others)))
        for name, entry in rows:
            yield from (code(call("strong", name)), code(entry))

    def _heads(self) -> list[TypstMarkup]:
        named = self.presentation.named
        rows = zip(heads(self.presentation, self.sources), self.sources, strict=True)
        return [
            call(
                "head",
                self.writer.colour((source.id,)),
                name,
                *filter(
                    None, (visible(source.id) * (named and source.id != name), visible(source.date))
                ),
            )
            for name, source in rows
        ]

    def _rows(self, part: TablePart) -> Iterator[str]:
        """Yield the cells of all rows, as code."""
        section, width = "", len(part.columns) + 4
        for row in part.rows:
            fold = fold_text(row, full=False) if isinstance(row, FoldedRows) else ""
            if row.section and row.section != section and fold != row.section:
                yield f"section-row({width}, {code(visible(row.section))})"
            section = row.section
            if isinstance(row, FoldedRows):
                text = self.presentation.theirs(fold)
                text = self.presentation.say.told(text, self._nothing())
                yield f"across({width}, {code(text)})"
                continue
            yield code(call("strong", self.writer.own(self.builder.title(row, full=False))))
            yield code(
                call("entry", None, [(0, self.writer.pieces(self.builder.base(row)), [])], None)
            )
            for number in part.columns:
                yield code(self._cell(row.cells[number], number))
            yield code(self._entry(self.builder.draft(row)))
            remarks = [
                call("of-row", phrase(text)) for text in self.builder.remarks(row, points=False)
            ]
            yield code(joined((*map(self._point, self.builder.points(row)), *remarks)))

    def _nothing(self) -> str:
        return self.presentation.say("no_proposal")

    def _cell(self, cell: ComparisonCell | None, number: int) -> TypstMarkup:
        if cell is None:
            return call("silent", self._nothing())
        return self._entry(self.builder.cell(cell, number))

    def _entry(self, cell: TableCell) -> TypstMarkup:
        paragraphs = [self._paragraph(cell, paragraph) for paragraph in cell.provisions]
        return call("entry", self.writer.own(cell.sign) or None, paragraphs, cell.note or None)

    def _paragraph(
        self, cell: TableCell, paragraph: CellParagraph
    ) -> tuple[int, TypstMarkup | None, tuple[str, ...]]:
        writer = self._writer(cell.footnotes)
        label = writer.pieces(paragraph.label, labelled=cell.labelled)
        if label and paragraph.block.kind is Kind.FOOTNOTE:
            label = call("super", label)
        text = writer.pieces(paragraph.words, labelled=cell.labelled)
        parts = [part for part in (label, text, writer.names(paragraph.asked, "who")) if part]
        spaced = joined(f'{part}#" "' for part in parts)
        return paragraph.depth, spaced or None, paragraph.remarks

    def _point(self, region: Region) -> TypstMarkup:
        name = self.writer.point(region.id, named(self.presentation, region))
        kind = phrase(f" · {kinds(self.presentation, region)}")
        return call("of-row", joined((name, kind)))

    def _reasons(self, part: TablePart) -> Iterator[str]:
        """Yield the last row: what the sources say for the whole of their proposals."""
        texts = reasons(self.presentation, (self.sources[k] for k in part.columns))
        if texts:
            yield code(call("strong", phrase(self.presentation.say("reasons"))))
            cells = [call("entry", None, [(0, phrase(text), [])], None) for text in texts]
            yield from map(code, (NOTHING, *cells, NOTHING, NOTHING))

    # -- the matrix ---------------------------------------------------------------------------

    def matrix(self, matrix: Matrix, *, pairs: bool) -> TypstMarkup:
        """Return the matrix with its key; with ``pairs``, then the proposals two by two."""
        say = self.presentation.say
        standings = {cell.standing for row in matrix.rows for cell in row.cells if cell}
        key: list[tuple[str, str]] = self.builder.legend(matrix)
        key += [
            (BARS[heat], say.told(say("outstanding"), say(heat.value))) for heat in list(BARS)[:3]
        ]
        key += [(MARKS[standing], say(name)) for standing, name in LEGEND if standing in standings]
        key.append(("·", self._nothing()))
        row_heads = [phrase(say("para")), *self._heads(), phrase(say("points"))]
        rows = ", ".join(self._matrix_rows(matrix))
        table = TypstMarkup(f"#matrix({len(self.sources)}, {code(row_heads)}, {rows})")
        return joined((call("key", key), table, *(self._pairs(matrix) if pairs else ())))

    def _matrix_rows(self, matrix: Matrix) -> Iterator[str]:
        section = ""
        for row in matrix.rows:
            if row.section and row.section != section:
                yield f"section-row({len(self.sources) + 2}, {code(visible(row.section))})"
            section = row.section
            yield code(call("strong", self.writer.own(self.builder.title(row, full=False))))
            yield from map(self._heated, row.cells)
            yield code(joined(map(self._point, self.builder.points(row))))

    def _heated(self, cell: ComparisonCell | None) -> str:
        """Return a cell that shows how grave its points are, and says so aloud."""
        if cell is None or not cell.sign:
            return code(call("silent", "·"))
        say, heat = self.presentation.say, ""
        if cell.severity:
            heat = _HEATS.get(cell.severity, "soft")
        bars = BARS[cell.severity] if cell.severity else MARKS[cell.standing]
        meaning = say(MEANINGS[cell.standing]) if cell.standing in MEANINGS else ""
        meaning = say.told(meaning, say(heat)) if meaning and heat else meaning
        values = (heat, self.writer.own(say.sign(cell.sign)), bars, meaning)
        return f"heated({', '.join(map(code, values))})"

    def _pairs(self, matrix: Matrix) -> Iterator[TypstMarkup]:
        rows = pair_rows(self.presentation, matrix)
        if not rows:
            return
        say = self.presentation.say
        yield call("subsection", say("two_by_two"))
        yield call("heard", say("two_by_two_means"))
        keys = ("sources", "identical", "similar", "outstanding")
        cells = [
            code(str(value or "·"))
            for name, pair in rows
            for value in (name, pair.same, pair.similar, pair.outstanding)
        ]
        heads = [begun(say(key)) for key in keys]
        widths = "(auto, auto, auto, auto)"
        yield TypstMarkup(f"#listing({widths}, {code(heads)}, {', '.join(cells)})")
