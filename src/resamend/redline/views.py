"""Show a redline without its marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from resamend.redline.values import Block, Choice, Span, View

__all__ = ["viewed"]


def viewed(block: Block, view: View) -> Iterator[Block]:
    """Show a block without marks: as in force, or as it is with what nobody contests."""
    if view is View.BASE:
        if block.added or block.choice:
            return
        flat = [s for p in block.pieces for s in ([p] if isinstance(p, Span) else p.base)]
        pieces = tuple(replace(span, deleted=()) for span in flat if not span.inserted)
        label = tuple(replace(s, deleted=()) for s in block.label if not s.inserted)
        yield replace(block, label=label, pieces=pieces, struck=(), moved_to="", kept=())
        return
    if block.struck:
        return
    shown = tuple(
        replace(p, inserted=()) if isinstance(p, Span) else p
        for p in block.pieces
        if isinstance(p, Choice) or not p.deleted
    )
    label = tuple(replace(s, inserted=()) for s in block.label if not s.deleted)
    yield replace(block, label=label, pieces=shown, added=(), moved_from="", kept=())
