"""Write the matrix as text, for a screen or a plain file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from resamend.model import Language
from resamend.renderers.apparatus import titled
from resamend.renderers.edition import Edition, Names, edition
from resamend.renderers.escaping import visible
from resamend.renderers.lines import Line, Piece, Style, broken, columns, plain
from resamend.renderers.palette import Ground, colour_indexes
from resamend.renderers.summary import banner, kinds, named
from resamend.renderers.table_words import MARKS, MEANINGS, Teller, heads, pair_rows
from resamend.renderers.terminal import styled
from resamend.tables import Cell, Crossing, Matrix, Said

__all__ = ["render_matrix_terminal", "render_matrix_text"]

_COUNTED = (Said.SAME, Said.SIMILAR, Said.OUTSTANDING)
_SILENT = "·"
_CELL = 6
"""Columns for a symbol with its mark."""
_PARA = 17
_POINTS = 19


def render_matrix_text(
    matrix: Matrix,
    *,
    names: Names = Names.NAMES,
    ui: Language | None = None,
    width: int | None = None,
    pairs: bool = True,
) -> str:
    """Return the matrix as plain text; ``pairs`` adds the proposals two by two."""
    told = edition(matrix.redline, names, ui)
    return plain(_lines(told, matrix, width or 80, pairs=pairs))


def render_matrix_terminal(
    matrix: Matrix,
    *,
    names: Names = Names.NAMES,
    ui: Language | None = None,
    width: int = 80,
    pairs: bool = True,
    color: bool = True,
    ground: Ground = Ground.ANY,
    colours: Mapping[str, int] | None = None,
) -> str:
    """Return the matrix for a terminal, its symbols coloured by source where ``color`` is true."""
    told = edition(matrix.redline, names, ui)
    lines = _lines(told, matrix, width, pairs=pairs)
    if not color:
        return plain(lines)
    known = colour_indexes([source.id for source in matrix.sources], colours)
    return plain(styled(lines, known if told.named else {}, ground))


def _lines(edition: Edition, matrix: Matrix, width: int, *, pairs: bool) -> Iterator[Line]:
    grid = _Grid(edition, matrix, width)
    yield from broken(grid.head(), width)
    for start in range(0, max(len(matrix.sources), 1), grid.most):
        wanted = range(start, min(start + grid.most, len(matrix.sources)))
        yield from grid.names(wanted)
        section = ""
        for row in matrix.rows:
            if len(wanted) < len(row.cells) and not any(row.cells[k] for k in wanted):
                continue
            if row.section != section and row.section:
                yield from broken([titled(visible(row.section), Style.HEADING, gap=True)], width)
            section = row.section
            yield from grid.row(row, wanted)
    if pairs and len(matrix.sources) > 1:
        yield from broken(grid.pairs(), width)


class _Grid:
    """Lay a matrix out in columns."""

    def __init__(self, edition: Edition, matrix: Matrix, width: int) -> None:
        self.edition = edition
        self.matrix = matrix
        self.teller = Teller.of(edition)
        self.heads = heads(edition, matrix.sources)
        self.numbers = [str(n) for n in range(1, len(self.heads) + 1)]
        longest = max((columns(head) for head in self.heads), default=0) + 2
        named = longest * len(self.heads) <= width - _PARA - 2 - _POINTS
        self.cell = max(longest, _CELL) if named else _CELL
        self.called = self.heads if named else self.numbers
        self.width = width
        self.most = max((width - 2 - _PARA - _POINTS) // self.cell, 1)

    def head(self) -> Iterator[Line]:
        say, redline = self.edition.say, self.matrix.redline
        if warning := banner(self.edition):
            yield titled(f"*** {warning} ***", Style.BANNER)
        dated = redline.date and say("table_of_proposals_of", date=say.day(redline.date))
        yield titled(dated or say("table_of_proposals"), Style.TITLE)
        for number, name, source in zip(self.numbers, self.heads, self.matrix.sources, strict=True):
            lead = f"  {number}  " if self.called is self.numbers else "  "
            id = "" if not self.edition.named or source.id == name else f" · {visible(source.id)}"
            yield titled(f"{lead}{name}{id}{f' · {source.date}' if source.date else ''}")
        there = {cell.said for row in self.matrix.rows for cell in row.cells if cell}
        told = (f"{MARKS[said]} {say(key)}" for said, key in MEANINGS.items() if said in there)
        marks = "  ".join(told)
        yield titled(f"{marks}  {_SILENT} {say('no_proposal')}", Style.NOTE)

    def names(self, wanted: Sequence[int]) -> Iterator[Line]:
        """Yield the heads of the columns of some sources."""
        pieces = [Piece(" " * (2 + _PARA))]
        for k in wanted:
            name = _fit(self.called[k], self.cell)
            pieces.append(Piece(name, Style.NAMES, (self.matrix.sources[k].id,)))
        yield Line(pieces=tuple(pieces), gap=True)

    def row(self, row: Crossing, wanted: Sequence[int]) -> Iterator[Line]:
        """Yield a row: where, a symbol per source, and the points there."""
        points = self.edition.say.series(
            f"{named(self.edition, r)} · {kinds(self.edition, r)}" for r in row.points
        )
        lead = (
            Piece(f"  {_fit(self.teller.title(row, full=False), _PARA)}"),
            *self._cells(row.cells, wanted),
        )
        rest = (Piece(" " * (2 + _PARA + self.cell * len(wanted))),)
        yield from broken(
            [Line(lead=lead, pieces=(Piece(points, Style.NOTE),), rest=rest)], self.width
        )

    def _cells(self, cells: Sequence[Cell | None], wanted: Sequence[int]) -> Iterator[Piece]:
        for k in wanted:
            cell = cells[k]
            told = f"{cell.sign}{MARKS[cell.said]}" if cell else _SILENT
            style = Style.SYMBOL if cell else Style.BAR
            yield Piece(told, style, (self.matrix.sources[k].id,))
            yield Piece(" " * max(self.cell - columns(told), 1))

    def pairs(self) -> Iterator[Line]:
        """Yield the proposals two by two."""
        say = self.edition.say
        yield titled(say("two_by_two"), Style.TITLE, gap=True)
        yield titled(say("two_by_two_means"), Style.NOTE, indent=2)
        yield Line()
        rows = pair_rows(self.edition, self.matrix)
        longest = max((columns(name) for name, _ in rows), default=0)
        margin = min(longest, self.width // 2) + 2
        marks = "".join(MARKS[said].rjust(_CELL) for said in _COUNTED)
        yield Line(pieces=(Piece(" " * (margin + 2)), Piece(marks, Style.NOTE)))
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
