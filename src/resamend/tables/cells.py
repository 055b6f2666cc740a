"""Make the cell of one source, or of the draft, from the blocks that belong to a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from resamend.amendment import Symbol
from resamend.redlines import Block, Choice, Span
from resamend.redlines.contrasts import ComparedText, contrasts, mark_own, side, stays
from resamend.tables.excerpts import excerpt
from resamend.tables.values import ComparisonCell


def cell_of(blocks: Sequence[Block], *, added: bool, near: int | None) -> ComparisonCell:
    """Return what some blocks say of a row: of an addition, or of a provision in force."""
    if added:
        stubs = all(block.moved_from for block in blocks)
        shown = tuple(blocks)
        return ComparisonCell(symbol=Symbol.ADD, elsewhere=stubs, blocks=shown)
    if all(map(_says_nothing, blocks)):
        return ComparisonCell()
    choices = tuple(block for block in blocks if block.choice)
    gone = next((block for block in blocks if block.struck), None)
    stays = [block for block in blocks if not block.struck and not block.choice]
    if gone and not stays:
        return _left(gone, choices)
    body = _body(stays, near)
    blocks = (*body.blocks, *choices)
    if gone and _goes(gone):
        first = next(iter(body.blocks), _bare(stays[0]))
        goes = replace(first, moved_to=gone.moved_to, way=gone.way, struck=())
        blocks = (goes, *body.blocks[1:], *choices)
        return ComparisonCell(symbol=Symbol.SUP, elsewhere=True, blocks=blocks, movers=gone.struck)
    return replace(body, blocks=blocks)


def _says_nothing(block: Block) -> bool:
    """Tell at once that nobody touches a provision, as of most that a proposal leaves alone."""
    pieces = block.pieces
    plain = not pieces or (
        len(pieces) == 1
        and isinstance(pieces[0], Span)
        and not pieces[0].inserted
        and not pieces[0].deleted
    )
    touched = block.choice or block.struck or block.split or block.renumbered or block.kept
    return plain and not touched and not _label_changes(block)


def _left(gone: Block, choices: tuple[Block, ...]) -> ComparisonCell:
    """Return the cell of a provision that is suppressed, or joined to another."""
    return ComparisonCell(symbol=Symbol.SUP, elsewhere=_goes(gone), blocks=(_bare(gone), *choices))


def _goes(block: Block) -> bool:
    """Tell whether a provision moves, or is joined to another."""
    return bool(block.way or block.moved_to)


def _bare(block: Block) -> Block:
    """Return a block without words: what it would say, the text in force says."""
    return replace(block, label=(), pieces=(), moved_from="", added=())


def _body(stays: Sequence[Block], near: int | None) -> ComparisonCell:
    """Return the cell of a provision that stays, or comes from another place."""
    split = any(block.split for block in stays)
    words = split or any(map(_words_change, stays))
    rest = any(block.renumbered or _label_changes(block) for block in stays)
    kept = any(block.kept for block in stays)
    if not (words or rest or kept):
        return ComparisonCell()
    symbol = Symbol.MOD if words else Symbol.EDITORIAL if rest else Symbol.NOC
    shown = tuple(_shown(block, near, whole=split) for block in stays)
    return ComparisonCell(symbol=symbol, blocks=shown)


def _shown(block: Block, near: int | None, *, whole: bool) -> Block:
    """Return a block as a cell shows it: its changes, its label where that changes too."""
    words = whole or _words_change(block)
    pieces = block.pieces
    if len(pieces) == 1 and isinstance(pieces[0], Choice):
        pieces = (replace(pieces[0], base=()),)  # the text in force stands beside it
    return replace(
        block,
        label=block.label if block.split or _label_changes(block) else (),
        pieces=excerpt(pieces, near, whole=whole) if words else (),
        moved_from="",
        added=(),
    )


def _words_change(block: Block) -> bool:
    return any(isinstance(p, Choice) or p.inserted or p.deleted for p in block.pieces)


def _label_changes(block: Block) -> bool:
    return any(span.inserted or span.deleted for span in block.label)


def emphasised(cells: Sequence[ComparisonCell | None]) -> tuple[ComparisonCell | None, ...]:
    """Return the cells of a row with each one's own words marked.

    A word is own where it is inserted and no text that is much alike has it at its place.
    """
    sides = {n: side(_spans(cell)) for n, cell in enumerate(cells) if cell and cell.blocks}
    marked = list(cells)
    texts = contrasts([*sides.values()]) if len(sides) > 1 else ()
    for (number, mine), differing in zip(sides.items(), texts, strict=False):
        cell, own = cells[number], frozenset.intersection(*differing) if differing else None
        if cell and own:
            marked[number] = _marked(cell, mine, own)
    return tuple(marked)


def _spans(cell: ComparisonCell) -> Iterator[Span]:
    for block in cell.blocks:
        yield from (piece for piece in block.pieces if isinstance(piece, Span))


def _marked(cell: ComparisonCell, mine: ComparedText, own: frozenset[int]) -> ComparisonCell:
    at, blocks = 0, []
    for block in cell.blocks:
        spans = [piece for piece in block.pieces if isinstance(piece, Span)]
        marked = iter(list(mark_own(spans, mine, own, at)))
        pieces = tuple(next(marked) if isinstance(p, Span) else p for p in block.pieces)
        at += sum(len(span.text) for span in spans if stays(span))
        blocks.append(replace(block, pieces=pieces))
    return replace(cell, blocks=tuple(blocks))
