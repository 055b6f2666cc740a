"""Show a redline without its marks."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from resamend.redlines.values import Block, Choice, Span, View


def viewed(blocks: Iterable[Block], view: View) -> tuple[Block, ...]:
    """Show blocks without marks: as in force, or as they are with what nobody contests."""
    if view is View.BASE:
        return _in_force(blocks)
    return tuple(_result(block) for block in blocks if not block.struck)


def _in_force(blocks: Iterable[Block]) -> tuple[Block, ...]:
    shown: list[Block] = []
    for block in blocks:
        if block.added or block.choice:
            continue
        pieces = tuple(
            replace(span, deleted=())
            for piece in block.pieces
            for span in ([piece] if isinstance(piece, Span) else piece.base)
            if not (span.inserted if isinstance(piece, Span) else piece.joined)
        )
        if block.split:
            whole = max(k for k, before in enumerate(shown) if before.depth == block.depth)
            shown[whole] = replace(shown[whole], pieces=shown[whole].pieces + pieces)
            continue
        label = tuple(replace(s, deleted=()) for s in block.label if not s.inserted)
        shown.append(
            replace(
                block,
                label=label,
                pieces=pieces,
                struck=(),
                moved_to="",
                way=None,
                along=False,
                kept=(),
                renumbered=(),
            )
        )
    return tuple(shown)


def _result(block: Block) -> Block:
    shown = tuple(
        replace(p, inserted=()) if isinstance(p, Span) else p
        for p in block.pieces
        if isinstance(p, Choice) or not p.deleted
    )
    label = tuple(replace(s, inserted=()) for s in block.label if not s.deleted)
    return replace(
        block, label=label, pieces=shown, added=(), split=(), renumbered=(), moved_from="", kept=()
    )
