"""Write the comparative table and the matrix for spreadsheets (RFC 4180, UTF-8 with its mark).

A cell that a spreadsheet would take for a formula gets an apostrophe before it, which makes it
text: one that begins with = + - @, a tab or a line end, or after white space or a full-width form
of them. The words are those of the text form, with its marks.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO

from resamend.model import Language
from resamend.renderers.edition import Edition, Names, edition
from resamend.renderers.escaping import visible
from resamend.renderers.summary import banner, kinds, named
from resamend.renderers.table_lines import CellLines, Words
from resamend.renderers.table_words import MARKS, Teller, fold_text, heads, pair_rows, reasons
from resamend.tables import Cell, Comparison, Fold, Matrix, Row

__all__ = ["render_comparison_csv", "render_matrix_csv", "safe_cell"]

_FORMULA = re.compile("[\\s\u200b\ufeff]*[=+\\-@＝＋－＠]|[\t\r\n]")


def render_comparison_csv(
    comparison: Comparison, *, names: Names = Names.NAMES, ui: Language | None = None
) -> str:
    """Return the comparative table as CSV: a row per provision, a column per source."""
    return _written(_comparison(edition(comparison.redline, names, ui), comparison))


def render_matrix_csv(
    matrix: Matrix,
    *,
    names: Names = Names.NAMES,
    ui: Language | None = None,
    pairs: bool = True,
) -> str:
    """Return the matrix as CSV; ``pairs`` adds the proposals two by two below it."""
    return _written(_matrix(edition(matrix.redline, names, ui), matrix, pairs=pairs))


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    >>> safe_cell("=1+1"), safe_cell(" -2"), safe_cell("2 - 1")
    ("'=1+1", "' -2", '2 - 1')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def _written(rows: Iterable[Iterable[str]]) -> str:
    made = StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe_cell(text) for text in row])
    return "\ufeff" + made.getvalue()


def _comparison(edition: Edition, comparison: Comparison) -> Iterator[list[str]]:
    say, teller = edition.say, Teller.of(edition, comparison.records)
    lines = CellLines(edition, comparison, teller)
    names = heads(edition, (c.source for c in comparison.columns), short=False)
    force = say("text_in_force").capitalize()
    yield [say("para"), force, *names, say("in_draft"), say("remarks"), *_warned(edition)]
    for row in comparison.rows:
        if isinstance(row, Fold):
            yield [fold_text(row), "", *[say("no_proposal")] * len(names), "", ""]
            continue
        yield [
            teller.title(row),
            _plain([lines.in_force(row)]),
            *(_cell(edition, lines, row, n) for n in range(len(names))),
            _plain(lines.drafted(row)),
            say.series(teller.remarks(row)),
        ]
    if told := reasons(edition, (column.source for column in comparison.columns)):
        yield [say("reasons"), "", *told, "", ""]


def _cell(edition: Edition, lines: CellLines, row: Row, number: int) -> str:
    cell = row.cells[number]
    if cell is None:
        return edition.say("no_proposal")
    words = _plain(lines.cell(cell, number))
    return edition.say.told(cell.sign, words) if words else cell.sign


def _plain(paragraphs: Iterable[Words]) -> str:
    return "\n".join("".join(piece.text for piece in words).strip() for words in paragraphs)


def _matrix(edition: Edition, matrix: Matrix, *, pairs: bool) -> Iterator[list[str]]:
    say, teller = edition.say, Teller.of(edition)
    names = heads(edition, matrix.sources, short=False)
    yield [say("para"), *names, say("points"), *_warned(edition)]
    for row in matrix.rows:
        points = (f"{named(edition, r)} · {kinds(edition, r)}" for r in row.points)
        yield [teller.title(row), *map(_sign, row.cells), say.series(points)]
    if pairs and matrix.pairs:
        yield []
        yield [say("two_by_two"), say("identical"), say("similar"), say("outstanding")]
        for name, pair in pair_rows(edition, matrix):
            yield [name, str(pair.same), str(pair.similar), str(pair.outstanding)]


def _sign(cell: Cell | None) -> str:
    return f"{cell.sign}{MARKS[cell.said]}" if cell else ""


def _warned(edition: Edition) -> list[str]:
    """Return the warning that a text is no official one, in the last column of the head."""
    return [visible(banner(edition))] if banner(edition) else []
