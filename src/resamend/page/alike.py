"""Which cells of a row say the same, and who is silent there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from resamend.redlines import Block, Span
from resamend.tables import ComparisonCell, ComparisonRow


def same_as(cells: Sequence[ComparisonCell | None]) -> tuple[int | None, ...]:
    """Return for each cell the first one before it that says exactly the same, if any."""
    seen: dict[object, int] = {}
    firsts: list[int | None] = []
    for number, cell in enumerate(cells):
        first = seen.setdefault(_content(cell), number) if cell and cell.blocks else number
        firsts.append(first if first != number else None)
    return tuple(firsts)


def speakers(row: ComparisonRow) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield the columns that speak of a row, those that say the same as one: the first, and all."""
    firsts = same_as(row.cells)
    for number, cell in enumerate(row.cells):
        if cell and firsts[number] is None:
            same = (k for k, first in enumerate(firsts) if first == number)
            yield number, (number, *same)


def silent(row: ComparisonRow) -> tuple[int, ...]:
    """Return the columns that do not speak of a row."""
    return tuple(number for number, cell in enumerate(row.cells) if not cell)


def _content(cell: ComparisonCell) -> object:
    """Return all that a cell says, without whose it is."""
    return (cell.sign, cell.editorial, tuple(map(_block_content, cell.blocks)))


def _block_content(block: Block) -> object:
    spans = (*block.label, *(p for p in block.pieces if isinstance(p, Span)))
    words = [(s.text, bool(s.inserted), bool(s.deleted), s.marks) for s in spans]
    kept = [keep for _, keep in block.kept]
    fates = (block.way, block.moved_to, block.moved_from, bool(block.split))
    numbers = tuple(pairs for pairs, _ in block.renumbered)
    return (block.depth, tuple(words), fates, numbers, tuple(kept))
