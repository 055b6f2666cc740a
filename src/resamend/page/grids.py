"""The tables of a text: their rows and cells as they stand beside one another.

What is asked of a row or a cell as a whole, and the points about them, are said below the table: in
a cell there is room for words only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from resamend.conflict import OptionKind
from resamend.consolidation import Sources
from resamend.model import Kind
from resamend.page.presentation import Presentation
from resamend.page.values import PageBlock, PagePoint, Remark
from resamend.redlines import Span


class GridRow(Struct, frozen=True):
    """Hold a row, and what stands in its cells: words, or the place of an addition in dispute."""

    row: PageBlock
    cells: tuple[PageBlock, ...]

    @property
    def symbol(self) -> str:
        """Return the symbol of what is asked of the row as a whole, or of what becomes of it."""
        return next((bracket.symbol for bracket in self.row.opens), self.row.symbol)

    @property
    def changes(self) -> bool:
        """Tell whether something is asked of a cell, but nothing of the row."""
        return not self.symbol and any(cell.symbol or cell.opens for cell in self.cells)


class PageGrid(Struct, frozen=True, kw_only=True):
    """Hold a table: ``size`` is how many blocks stand in it, ``columns`` who adds which column."""

    rows: tuple[GridRow, ...]
    size: int
    points: tuple[PagePoint, ...]
    remarks: tuple[Remark, ...]
    columns: tuple[tuple[str, Sources], ...]

    @property
    def width(self) -> int:
        """Return how many columns it has."""
        return max(len(row.cells) for row in self.rows)


def grid_at(blocks: Sequence[PageBlock], place: int) -> PageGrid | None:
    """Return the table that begins at a place; nothing where it is more than rows of cells."""
    table = blocks[place].block
    if table.kind is not Kind.TABLE or table.choice or table.pieces:
        return None
    inside = tuple(_inside(blocks, place))
    kinds = {printed.block.kind for printed in inside if not printed.block.choice}
    if not kinds or not kinds <= {Kind.ROW, Kind.CELL} or inside[0].block.kind is not Kind.ROW:
        return None
    rows = tuple(_rows(inside))
    return PageGrid(
        rows=rows,
        size=len(inside),
        points=tuple(p for b in (blocks[place], *inside) for p in (*b.points, *b.due)),
        remarks=tuple(remark for b in (blocks[place], *inside) for remark in b.remarks),
        columns=tuple(_columns(rows)),
    )


def _inside(blocks: Sequence[PageBlock], place: int) -> Iterator[PageBlock]:
    depth = blocks[place].block.depth
    for printed in blocks[place + 1 :]:
        if printed.block.depth <= depth:
            return
        yield printed


def _rows(inside: Sequence[PageBlock]) -> Iterator[GridRow]:
    """Yield the rows; a choice among the cells of one is a cell, one about a row is none."""
    depth = inside[0].block.depth
    starts = [k for k, printed in enumerate(inside) if printed.block.kind is Kind.ROW]
    for start, end in zip(starts, [*starts[1:], len(inside)], strict=True):
        cells = (p for p in inside[start + 1 : end] if p.block.depth > depth)
        row = inside[start]
        yield GridRow(row, tuple(c for c in cells if not c.block.choice or c.opens))


def _columns(rows: Sequence[GridRow]) -> Iterator[tuple[str, Sources]]:
    """Yield the columns that some add: one more cell in each row that is there already."""
    old = [row for row in rows if not (row.row.block.added or row.row.block.struck)]
    askers = dict.fromkeys(
        sources for row in old for cell in row.cells for sources in _adders(cell)
    )
    for sources in askers:
        adds = [any(set(sources) <= set(s) for c in row.cells for s in _adders(c)) for row in old]
        if all(adds) and len(adds) > 1:
            first = next(c for row in old for c in row.cells if sources in _adders(c))
            pieces = (piece for piece in first.block.pieces if isinstance(piece, Span))
            yield "".join(piece.text for piece in pieces).strip(), sources


def _adders(cell: PageBlock) -> Iterator[Sources]:
    """Yield who adds a cell: those who do, or each of those whose additions compete."""
    if cell.block.added:
        yield cell.block.added
    for option in cell.block.choice.options if cell.block.choice else ():
        if option.deed is OptionKind.ADD and option.sources:
            yield option.sources


def row_symbol(presentation: Presentation, row: GridRow) -> str:
    """Return the symbol in the margin of a row: MOD where only its cells change."""
    return presentation.say.sign("MOD") if row.changes else row.symbol


def column_lines(presentation: Presentation, grid: PageGrid) -> Iterator[tuple[str, str]]:
    """Say which columns are new, and without names."""
    say = presentation.say
    for name, sources in grid.columns:
        bare = say("new_column", text=say.quoted(presentation.theirs(name)))
        yield bare + say.aside(presentation.who(sources)), bare
