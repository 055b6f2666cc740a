"""Write the comparative table and the matrix as HTML: a file of its own, or a part of a page.

Nothing but a style sheet comes along; no script. Every word of a text goes through the same
``HtmlRunWriter`` as in the draft.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from resamend.conflict import Severity
from resamend.decision import Record
from resamend.model import Kind
from resamend.page.alike import silent, speakers
from resamend.page.front import banner, first_lines, kinds, named
from resamend.page.options import USUAL, Audience, RenderOptions
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
from resamend.renderers import sheets
from resamend.renderers.html_runs import HtmlRunWriter, point_anchor
from resamend.renderers.palette import colour_indexes
from resamend.renderers.sheets import cover_lines
from resamend.tables import (
    Comparison,
    ComparisonCell,
    ComparisonRow,
    FoldedRows,
    Matrix,
    MatrixRow,
)

_GRAVE = {Severity.HARD: "hard", Severity.MEDIUM: "medium"}


def render_comparison_html(comparison: Comparison, options: RenderOptions = USUAL) -> str:
    """Return the comparative table as one HTML file."""
    presentation = present(comparison.redline, options.shown_names, options.ui)
    table = comparison_fragment(
        comparison,
        presentation,
        colours=options.colours,
        columns=options.columns,
        templates=options.templates,
    )
    return _page(presentation, options, "comparison", table)


def render_matrix_html(matrix: Matrix, options: RenderOptions = USUAL) -> str:
    """Return the matrix as one HTML file, for the chair with the proposals two by two."""
    presentation = present(matrix.redline, options.shown_names, options.ui)
    pairs = options.audience is Audience.CHAIR
    table = matrix_fragment(
        matrix, presentation, colours=options.colours, pairs=pairs, templates=options.templates
    )
    return _page(presentation, options, "table_of_proposals", table)


def comparison_fragment(
    comparison: Comparison,
    presentation: Presentation,
    *,
    colours: Mapping[str, int] | None = None,
    columns: int | None = None,
    linked: bool = False,
    templates: str = "",
) -> Markup:
    """Return the tables of a comparison, to stand in a page that has the ``style`` of tables.

    ``linked`` says that the page has the points, so that their names lead there. Without
    ``columns``, more sources than can be read beside one another are read one below the other.
    """
    writer = _TableWriter(presentation, comparison, colours, comparison.records)
    if columns is None and len(comparison.columns) > COLUMNS:
        return Markup(
            _macro(
                presentation,
                templates,
                "blocks",
                writer=writer,
                rows=comparison.rows,
                reasons=reasons(presentation, writer.sources),
                linked=linked,
            )
        )
    parts = list(writer.builder.parts(comparison, columns or COLUMNS))
    return Markup(
        _macro(presentation, templates, "comparison", writer=writer, parts=parts, linked=linked)
    )


def matrix_fragment(
    matrix: Matrix,
    presentation: Presentation,
    *,
    colours: Mapping[str, int] | None = None,
    pairs: bool = False,
    linked: bool = False,
    templates: str = "",
) -> Markup:
    """Return the table of a matrix in the same way; ``pairs`` is for the chair's own use."""
    standings = {cell.standing for row in matrix.rows for cell in row.cells if cell}
    writer = _TableWriter(presentation, matrix, colours)
    return Markup(
        _macro(
            presentation,
            templates,
            "matrix",
            writer=writer,
            signs=writer.builder.legend(matrix),
            rows=matrix.rows,
            marks=[(MARKS[standing], key) for standing, key in LEGEND if standing in standings],
            bars=[(BARS[severity], severity) for severity in list(BARS)[:3]],
            pairs=pair_rows(presentation, matrix) if pairs else [],
            linked=linked,
        )
    )


class _TableWriter:
    """Write what the templates of tables place."""

    def __init__(
        self,
        presentation: Presentation,
        table: Comparison | Matrix,
        colours: Mapping[str, int] | None,
        records: Mapping[str, Record] | None = None,
    ) -> None:
        self.presentation = presentation
        self.builder = TableBuilder(presentation, table, records)
        self.comparison = table if isinstance(table, Comparison) else None
        self.sources = presentation.redline.sources
        numbers = colour_indexes([source.id for source in self.sources], colours)
        self.writer = HtmlRunWriter(presentation, numbers, self.builder.footnotes)
        self.numbers = numbers
        self.names = heads(presentation, self.sources)
        self.named: set[str] = set()
        self.open = {region.id for region in presentation.redline.findings.outstanding}

    def heads(self) -> list[dict[str, str]]:
        """Return the heads of the columns: name, id, date and the class of the colour."""
        named = self.presentation.named
        return [
            {
                "name": name,
                "id": source.id if named and source.id != name else "",
                "date": self.presentation.say.day(source.date),
                "colour": self.writer.colour((source.id,)),
            }
            for name, source in zip(self.names, self.sources, strict=True)
        ]

    def fold(self, row: ComparisonRow | FoldedRows) -> str:
        """Return what a row stands for, where nobody speaks of it."""
        return fold_text(row, full=False) if isinstance(row, FoldedRows) else ""

    def title(self, row: ComparisonRow | MatrixRow) -> str:
        """Return the place of a row below its heading."""
        return self.builder.title(row, full=False)

    def base(self, row: ComparisonRow) -> Markup:
        """Return the text in force."""
        return self.writer.pieces(self.builder.base(row))

    def cell(self, row: ComparisonRow, number: int) -> TableCell | None:
        """Return what a source asks for."""
        cell = row.cells[number]
        return self.builder.cell(cell, number) if cell else None

    def speakers(self, row: ComparisonRow) -> list[tuple[tuple[int, ...], TableCell | None]]:
        """Return who speaks of a row, those who say the same together, and what they ask for."""
        return [(numbers, self.cell(row, first)) for first, numbers in speakers(row)]

    def silent(self, row: ComparisonRow) -> str:
        """Name those who do not speak of a row."""
        return self.presentation.say.series(self.names[number] for number in silent(row))

    def words(self, cell: TableCell, paragraph: CellParagraph) -> Markup:
        """Return the words of a paragraph of a cell, its label before them."""
        writer = HtmlRunWriter(self.presentation, self.numbers, cell.footnotes)
        words = writer.pieces(paragraph.words, labelled=cell.labelled)
        label = writer.pieces(paragraph.label, labelled=cell.labelled)
        if label and paragraph.block.kind is Kind.FOOTNOTE:
            label = Markup(f'<sup class="fn">{label}</sup>')
        return Markup(" ").join(filter(None, (label, words)))

    def asked(self, paragraph: CellParagraph) -> Markup:
        """Return who asks for a paragraph as a whole."""
        return self.writer.names(paragraph.asked, spoken=True)

    def remarks(self, row: ComparisonRow) -> list[str]:
        """Return what is said of a row beside its points."""
        return list(self.builder.remarks(row, points=False))

    def reasons(self, part: TablePart) -> tuple[str, ...]:
        """Return what the sources of a part say for the whole of their proposals."""
        return reasons(self.presentation, (self.sources[k] for k in part.columns))

    def points(self, row: ComparisonRow | MatrixRow) -> Iterator[dict[str, object]]:
        """Yield the points of a row; ``first`` where one is named first, ``open`` if it is open."""
        for region in self.builder.points(row):
            first = region.id not in self.named
            self.named.add(region.id)
            yield {
                "anchor": point_anchor(self.presentation, region.id),
                "name": named(self.presentation, region),
                "kind": kinds(self.presentation, region),
                "first": first,
                "open": region.id in self.open,
            }

    def bars(self, cell: ComparisonCell) -> str:
        """Return how grave the points of a cell are, or else how far it goes with others."""
        return BARS[cell.severity] if cell.severity else MARKS[cell.standing]

    def heat(self, cell: ComparisonCell) -> str:
        """Return the class of how grave the points of a cell are."""
        return _GRAVE.get(cell.severity, "soft") if cell.severity else ""

    def meaning(self, cell: ComparisonCell) -> str:
        """Say what the sign of a cell means."""
        say, heat = self.presentation.say, self.heat(cell)
        grave = say.told("", say(heat)) if heat else ""
        return f"{say(MEANINGS[cell.standing])}{grave}" if cell.standing in MEANINGS else ""


def style(templates: str = "") -> str:
    """Return the style sheet of tables: without colours of sources, which the page has."""
    return sheets.style(templates, "tables.css")


def _macro(presentation: Presentation, templates: str, name: str, **values: object) -> str:
    shared = {"say": presentation.say, "text": presentation.redline.base.language}
    return sheets.macro(templates, "tables.html.j2", name, shared, **values)


def _page(presentation: Presentation, options: RenderOptions, key: str, table: Markup) -> str:
    say, redline = presentation.say, presentation.redline
    sheet = sheets.style(options.templates) + style(options.templates)
    return sheets.filled(
        options.templates,
        "table.html.j2",
        say=say,
        text=redline.base.language,
        policy=sheets.digest_of(sheet),
        style=sheet,
        banner=banner(presentation),
        cover=cover_lines(presentation, options.cover),
        name=presentation.dated(f"{key}_of", key),
        title=first_lines(redline.base),
        table=table,
        marked=key == "comparison",
    )
