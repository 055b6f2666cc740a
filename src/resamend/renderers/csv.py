"""Write the changes for programs, and tables for spreadsheets (RFC 4180, UTF-8 with its mark).

A cell that a spreadsheet would take for a formula gets an apostrophe before it, which makes it
text: one that begins with = + - @, a tab or a line end, or after white space or a full-width form
of them. The words are those of the text form, with its marks.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO

from msgspec.structs import astuple, replace

from resamend.escaping import visible
from resamend.page.front import banner
from resamend.page.options import USUAL, Names, RenderOptions
from resamend.page.presentation import Presentation, present
from resamend.page.tables import MARKS, TableBuilder, fold_text, heads, pair_rows, reasons
from resamend.page.vocabulary import Phrases
from resamend.redlines import Redline
from resamend.renderers.text_tables import CellLines, Words
from resamend.tables import (
    ChangeRow,
    Comparison,
    ComparisonCell,
    FoldedRows,
    Matrix,
    changes,
)

_FORMULA = re.compile("[\\s\u200b\ufeff]*[=+\\-@＝＋－＠]|[\t\r\n]")


def render_comparison_csv(comparison: Comparison, options: RenderOptions = USUAL) -> str:
    """Return the comparative table as CSV: a row per provision, a column per source."""
    presentation = present(comparison.redline, options.shown_names, options.ui)
    return written(_comparison(presentation, comparison))


def render_matrix_csv(matrix: Matrix, options: RenderOptions = USUAL) -> str:
    """Return the matrix as CSV, for the chair with the proposals two by two below it."""
    presentation = present(matrix.redline, options.shown_names, options.ui)
    return written(_matrix(presentation, matrix, pairs=options.pairs))


def render_changes_csv(redline: Redline, options: RenderOptions = USUAL) -> str:
    """Return one table for programs: a row a change, the same columns in every language.

    Where names may not be told, an option is one row, with the number of its proponents or none.
    There is no mark before it; what a spreadsheet would take for a formula has an apostrophe.
    """
    rows = changes(redline)
    if options.shown_names is not Names.NAMES:
        rows = _nameless(rows, redline, options.shown_names)
    sheet = StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(ChangeRow.__struct_fields__)
    for row in rows:
        cells = ("" if cell is None else str(cell) for cell in astuple(row))
        writer.writerow([safe_cell("\n".join(map(visible, c.split("\n")))) for c in cells])
    return sheet.getvalue()


def _nameless(rows: Iterable[ChangeRow], redline: Redline, names: Names) -> tuple[ChangeRow, ...]:
    """Return one row for each option, without those who ask for it."""
    sources: dict[ChangeRow, list[str]] = {}
    for row in rows:
        sources.setdefault(replace(row, source="", proponents=""), []).append(row.source)
    if names is Names.NONE:
        return tuple(sources)
    return tuple(
        replace(row, proponents=str(len(redline.names(behind)))) for row, behind in sources.items()
    )


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    >>> safe_cell("=1+1"), safe_cell(" -2"), safe_cell("2 - 1")
    ("'=1+1", "' -2", '2 - 1')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def written(rows: Iterable[Iterable[str]]) -> str:
    """Return rows of cells as CSV (RFC 4180), none of which a spreadsheet takes for a formula."""
    sheet = StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe_cell(text) for text in row])
    return "\ufeff" + sheet.getvalue()


def _comparison(presentation: Presentation, comparison: Comparison) -> Iterator[list[str]]:
    say, builder = presentation.say, TableBuilder(presentation, comparison, comparison.records)
    lines, sources = CellLines(builder), [column.source for column in comparison.columns]
    names = heads(presentation, sources, short=False)
    force = say("text_in_force").capitalize()
    yield [say("para"), force, *names, say("in_draft"), say("remarks"), *_warned(presentation)]
    for row in comparison.rows:
        if isinstance(row, FoldedRows):
            yield [fold_text(row), "", *[say("no_proposal")] * len(names), "", ""]
            continue
        yield [
            builder.title(row),
            _plain([lines.in_force(row)]),
            *(_cell(say, lines, cell, number) for number, cell in enumerate(row.cells)),
            _plain(lines.draft(row)),
            say.series(builder.remarks(row)),
        ]
    if why := reasons(presentation, sources):
        yield [say("reasons"), "", *why, "", ""]


def _cell(say: Phrases, lines: CellLines, cell: ComparisonCell | None, number: int) -> str:
    if cell is None:
        return say("no_proposal")
    words = _plain(lines.source(cell, number))
    sign = say.sign(cell.sign)
    return say.told(sign, words) if words else sign


def _plain(paragraphs: Iterable[Words]) -> str:
    return "\n".join("".join(piece.text for piece in words).strip() for words in paragraphs)


def _matrix(presentation: Presentation, matrix: Matrix, *, pairs: bool) -> Iterator[list[str]]:
    say, builder = presentation.say, TableBuilder(presentation, matrix)
    names = heads(presentation, matrix.sources, short=False)
    yield [say("para"), *names, say("points"), *_warned(presentation)]
    for row in matrix.rows:
        yield [
            builder.title(row),
            *(_sign(say, cell) for cell in row.cells),
            builder.point_names(row),
        ]
    if pairs and matrix.pairs:
        yield []
        yield [say("two_by_two"), say("identical"), say("similar"), say("outstanding")]
        for name, pair in pair_rows(presentation, matrix):
            yield [name, str(pair.same), str(pair.similar), str(pair.outstanding)]


def _sign(say: Phrases, cell: ComparisonCell | None) -> str:
    return f"{say.sign(cell.sign)}{MARKS[cell.standing]}" if cell else ""


def _warned(presentation: Presentation) -> list[str]:
    """Return the warning that a text is no official one, in the last column of the head."""
    return [visible(banner(presentation))] if banner(presentation) else []
