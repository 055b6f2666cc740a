"""Say which blocks are one move: what leaves a place and reaches another.

Word pairs the two by a name. A provision that moves inside another that moves, and a footnote, are
struck and inserted instead: Word has no move within a move.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from resamend.model import Kind
from resamend.ooxml.writing import TrackKind, Tracks
from resamend.redlines import Block, Span

_STAY = frozenset({Kind.FOOTNOTE, Kind.TABLE, Kind.ROW, Kind.CELL})


class Stretch(Struct, frozen=True):
    """Hold the blocks [first, last] of one side of the move ``name``."""

    name: str
    first: int
    last: int
    arrives: bool


def stretches(blocks: Sequence[Block]) -> dict[int, Stretch]:
    """Map each block that moves, at its old place and its new one, to the stretch it is in."""
    leaving = {
        block.id: place
        for place, block in reversed(list(enumerate(blocks)))
        if block.struck and block.moved_to and not block.added and block.kind not in _STAY
    }
    by_place: dict[int, Stretch] = {}
    for place, block in enumerate(blocks):
        if not (block.moved_from and block.added) or block.id not in leaving:
            continue
        old, new = below(blocks, leaving[block.id]), below(blocks, place)
        if any(k in by_place for k in (*old, *new)) or set(old) & set(new):
            continue
        del leaving[block.id]
        name = f"move{place}"
        for some, arrives in ((old, False), (new, True)):
            stretch = Stretch(name, some[0], some[-1], arrives)
            by_place |= dict.fromkeys(some, stretch)
    return by_place


def below(blocks: Sequence[Block], place: int) -> range:
    """Return the places of a block and of all that stands below it."""
    end = place + 1
    while end < len(blocks) and blocks[end].depth > blocks[place].depth:
        end += 1
    return range(place, end)


def is_new(block: Block) -> bool:
    """Tell whether an added block is new, and does not come from elsewhere."""
    spans = [span for span in (*block.label, *block.pieces) if isinstance(span, Span)]
    return not block.moved_from and all(span.inserted == block.added for span in spans)


def grid(blocks: Sequence[Block], place: int) -> dict[int, Sequence[int]]:
    """Map the place of each row of a table to those of its cells.

    Nothing where it is no plain table: an empty one, or one with a choice or other text in it.
    """
    inside = below(blocks, place)[1:]
    rows: dict[int, Sequence[int]] = {
        k: below(blocks, k)[1:] for k in inside if blocks[k].kind is Kind.ROW
    }
    cells = [k for some in rows.values() for k in some]
    plain = all(blocks[k].kind is Kind.CELL and not blocks[k].choice for k in cells)
    whole = len(rows) + len(cells) == len(inside) and all(rows.values())
    return rows if plain and whole and not blocks[place].pieces else {}


def lasting(fate: Tracks) -> Tracks:
    """Return a fate without moves: a row is struck and inserted."""
    acts = {TrackKind.MOVE_FROM: TrackKind.DELETE, TrackKind.MOVE_TO: TrackKind.INSERT}
    return tuple(replace(track, act=acts.get(track.act, track.act)) for track in fate)
