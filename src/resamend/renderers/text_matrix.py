"""Write the matrix as text, for a screen or a plain file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from resamend.escaping import visible
from resamend.page.front import banner
from resamend.page.options import USUAL, RenderOptions
from resamend.page.presentation import Presentation, present
from resamend.page.tables import MARKS, MEANINGS, TableBuilder, heads, pair_rows
from resamend.renderers.lines import StyledLine, TextPiece, TextStyle, broken, columns, plain
from resamend.renderers.palette import Ground
from resamend.renderers.terminal import WIDTH, coloured
from resamend.renderers.text_front_matter import titled
from resamend.tables import CellStanding, ComparisonCell, Matrix, MatrixRow

_COUNTED = (CellStanding.SAME, CellStanding.SIMILAR, CellStanding.OUTSTANDING)
_SILENT = "·"
_CELL = 6
"""Columns for a symbol with its mark."""
_PARA = 17
_POINTS = 19


def render_matrix_text(matrix: Matrix, options: RenderOptions = USUAL) -> str:
    """Return the matrix as plain text, for the chair with the proposals two by two."""
    presentation = present(matrix.redline, options.shown_names, options.ui)
    return plain(_lines(presentation, matrix, options.width or WIDTH, pairs=options.pairs))


def render_matrix_terminal(
    matrix: Matrix, options: RenderOptions = USUAL, *, ground: Ground = Ground.ANY
) -> str:
    """Return the matrix for a terminal, its symbols coloured by source."""
    presentation = present(matrix.redline, options.shown_names, options.ui)
    lines = _lines(presentation, matrix, options.width or WIDTH, pairs=options.pairs)
    return plain(coloured(lines, presentation, options, ground))


def _lines(
    presentation: Presentation, matrix: Matrix, width: int, *, pairs: bool
) -> Iterator[StyledLine]:
    grid = _MatrixGrid(presentation, matrix, width)
    yield from broken(grid.head(), width)
    for start in range(0, max(len(matrix.sources), 1), grid.most):
        wanted = range(start, min(start + grid.most, len(matrix.sources)))
        yield from grid.names(wanted)
        section = ""
        for row in matrix.rows:
            if len(wanted) < len(row.cells) and not any(row.cells[k] for k in wanted):
                continue
            if row.section != section and row.section:
                yield from broken(
                    [titled(visible(row.section), TextStyle.HEADING, gap=True)], width
                )
            section = row.section
            yield from grid.row(row, wanted)
    if pairs and len(matrix.sources) > 1:
        yield from broken(grid.pairs(), width)


class _MatrixGrid:
    """Lay a matrix out in columns."""

    def __init__(self, presentation: Presentation, matrix: Matrix, width: int) -> None:
        self.presentation = presentation
        self.matrix = matrix
        self.builder = TableBuilder(presentation, matrix)
        self.heads = heads(presentation, matrix.sources)
        self.numbers = [str(n) for n in range(1, len(self.heads) + 1)]
        longest = max((columns(head) for head in self.heads), default=0) + 2
        named = longest * len(self.heads) <= width - _PARA - 2 - _POINTS
        cell = max(_CELL, *(columns(sign) + 2 for sign in presentation.say.signs), 0)
        self.cell = max(longest, cell) if named else cell
        self.called = self.heads if named else self.numbers
        self.width = width
        self.most = max((width - 2 - _PARA - _POINTS) // self.cell, 1)

    def head(self) -> Iterator[StyledLine]:
        say = self.presentation.say
        if warning := banner(self.presentation):
            yield titled(f"*** {warning} ***", TextStyle.BANNER)
        name = self.presentation.dated("table_of_proposals_of", "table_of_proposals")
        yield titled(name, TextStyle.TITLE)
        for number, name, source in zip(self.numbers, self.heads, self.matrix.sources, strict=True):
            lead = f"  {number}  " if self.called is self.numbers else "  "
            id = (
                ""
                if not self.presentation.named or source.id == name
                else f" · {visible(source.id)}"
            )
            day = f" · {say.day(source.date)}" if source.date else ""
            yield titled(f"{lead}{name}{id}{day}")
        there = {cell.standing for row in self.matrix.rows for cell in row.cells if cell}
        legend = (
            f"{MARKS[standing]} {say(key)}"
            for standing, key in MEANINGS.items()
            if standing in there
        )
        signs = (f"{sign} {means}" for sign, means in self.builder.legend(self.matrix))
        yield titled(self.presentation.say.series(signs), TextStyle.NOTE)
        marks = "  ".join(legend)
        yield titled(f"{marks}  {_SILENT} {say('no_proposal')}", TextStyle.NOTE)

    def names(self, wanted: Sequence[int]) -> Iterator[StyledLine]:
        """Yield the heads of the columns of some sources."""
        pieces = [TextPiece(" " * (2 + _PARA))]
        for k in wanted:
            name = _fit(self.called[k], self.cell)
            pieces.append(TextPiece(name, TextStyle.NAMES, (self.matrix.sources[k].id,)))
        yield StyledLine(pieces=tuple(pieces), gap=True)

    def row(self, row: MatrixRow, wanted: Sequence[int]) -> Iterator[StyledLine]:
        """Yield a row: where, a symbol per source, and the points there."""
        points = self.builder.point_names(row)
        lead = (
            TextPiece(f"  {_fit(self.builder.title(row, full=False), _PARA)}"),
            *self._cells(row.cells, wanted),
        )
        rest = (TextPiece(" " * (2 + _PARA + self.cell * len(wanted))),)
        yield from broken(
            [StyledLine(lead=lead, pieces=(TextPiece(points, TextStyle.NOTE),), rest=rest)],
            self.width,
        )

    def _cells(
        self, cells: Sequence[ComparisonCell | None], wanted: Sequence[int]
    ) -> Iterator[TextPiece]:
        say = self.presentation.say
        for k in wanted:
            cell = cells[k]
            sign = f"{say.sign(cell.sign)}{MARKS[cell.standing]}" if cell else _SILENT
            style = TextStyle.SYMBOL if cell else TextStyle.BAR
            yield TextPiece(sign, style, (self.matrix.sources[k].id,))
            yield TextPiece(" " * max(self.cell - columns(sign), 1))

    def pairs(self) -> Iterator[StyledLine]:
        """Yield the proposals two by two."""
        say = self.presentation.say
        yield titled(say("two_by_two"), TextStyle.TITLE, gap=True)
        yield titled(say("two_by_two_means"), TextStyle.NOTE, indent=2)
        yield StyledLine()
        rows = pair_rows(self.presentation, self.matrix)
        longest = max((columns(name) for name, _ in rows), default=0)
        margin = min(longest, self.width // 2) + 2
        marks = "".join(MARKS[standing].rjust(_CELL) for standing in _COUNTED)
        yield StyledLine(pieces=(TextPiece(" " * (margin + 2)), TextPiece(marks, TextStyle.NOTE)))
        for row, pair in rows:
            numbers = (pair.same, pair.similar, pair.outstanding)
            cells = "".join(str(n or _SILENT).rjust(_CELL) for n in numbers)
            yield titled(f"{_fit(row, margin)}{cells}", indent=2)


def _fit(text: str, width: int) -> str:
    """Cut a text to a column, and pad it."""
    if columns(text) >= width:
        cut = text
        while cut and columns(cut) > width - 2:
            cut = cut[:-1]
        text = f"{cut}…"
    return text + " " * max(width - columns(text), 0)
