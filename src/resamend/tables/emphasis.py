"""Mark in the cells of a row the words that one source asks for and no other one does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from resamend.model import Mark, inline
from resamend.redlines import Choice, Span
from resamend.redlines.contrasts import ComparedText, contrasts, side, stays, stretches
from resamend.tables.values import OWN, ComparisonCell

Cells = Sequence[ComparisonCell | None]


def emphasised(cells: Cells) -> tuple[ComparisonCell | None, ...]:
    """Return the cells of a row with each one's own words marked.

    A word is own where it is inserted and no text that is much alike has it at its place.
    """
    sides = [side(_spans(cell) if cell else ()) for cell in cells]
    marked: list[ComparisonCell | None] = []
    for cell, mine, differing in zip(cells, sides, contrasts(sides), strict=True):
        own = frozenset.intersection(*differing) if differing else frozenset()
        marked.append(_marked(cell, mine, own) if cell and own else cell)
    return tuple(marked)


def _spans(cell: ComparisonCell) -> Iterator[Span]:
    for block in cell.blocks:
        yield from (piece for piece in block.pieces if isinstance(piece, Span))


def _marked(cell: ComparisonCell, mine: ComparedText, own: frozenset[int]) -> ComparisonCell:
    ranges = list(stretches(mine.words, own))
    at = 0
    blocks = []
    for block in cell.blocks:
        pieces: list[Span | Choice] = []
        for piece in block.pieces:
            if isinstance(piece, Span) and stays(piece):
                end = at + len(piece.text)
                pieces.append(_worn(piece, at, ranges))
                at = end
            else:
                pieces.append(piece)
        blocks.append(replace(block, pieces=tuple(pieces)))
    return replace(cell, blocks=tuple(blocks))


def _worn(span: Span, at: int, ranges: Sequence[tuple[int, int]]) -> Span:
    """Put the marks on a span that begins at ``at``."""
    end = at + len(span.text)
    here = [
        Mark(max(lo, at) - at, min(hi, end) - at, OWN) for lo, hi in ranges if lo < end and hi > at
    ]
    return replace(span, marks=inline((*span.marks, *here))) if here and span.inserted else span
