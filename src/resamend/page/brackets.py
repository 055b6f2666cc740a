"""The brackets around what is in dispute as a whole: a provision, a list, an addition.

Words in dispute stand in brackets among the words around them. A whole provision does not: its
question (is it suppressed, does it move, may it change) is about it and all that is below it, so
the brackets open on a line of their own before it, and close after its last words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from resamend.conflict import OptionKind, Region, Standing, Stream
from resamend.model import Kind
from resamend.redlines import Block, Choice, Redline, View

_SYMBOLS = {OptionKind.SUPPRESS: "SUP", OptionKind.MOVE: "SUP*", OptionKind.JOIN: "SUP*"}


class WholeBracket(Struct, frozen=True):
    """Open the brackets of a point; ``symbol`` is that of what is asked of the whole."""

    region: Region
    symbol: str


class Brackets(Struct, frozen=True):
    """Say at which blocks brackets open, how many close there, and which stand in any."""

    opens: Mapping[int, Sequence[WholeBracket]]
    closes: Mapping[int, int]
    inside: frozenset[int]


def brackets_of(redline: Redline) -> Brackets:
    """Return the brackets around whole provisions and additions, by the places of their blocks."""
    opens: dict[int, list[WholeBracket]] = defaultdict(list)
    closes: dict[int, int] = defaultdict(int)
    inside: set[int] = set()
    for start, end, bracket in sorted(_extents(redline), key=lambda one: (one[0], -one[1])):
        opens[start].append(bracket)
        closes[end] += 1
        inside |= set(range(start, end + 1))
    return Brackets(opens, closes, frozenset(inside))


def _extents(redline: Redline) -> Iterator[tuple[int, int, WholeBracket]]:
    """Yield where brackets open and close, the outermost first at each place."""
    blocks = redline.blocks
    places = _places(blocks)
    for place, block in enumerate(blocks):
        if _is_addition(block):
            assert block.choice is not None
            yield place, place, WholeBracket(block.choice.region, "ADD")
    pieces = (piece for block in blocks for piece in block.pieces)
    among = {p.region.id for p in pieces if isinstance(p, Choice) and not p.again}
    for region in redline.findings.outstanding if redline.view is not View.BASE else ():
        whole = region.standing is Standing.CONTESTED and region.stream is Stream.PROVISION
        if whole and region.id not in among and region.target in places:
            start = places[region.target]
            yield start, _last(blocks, start, region), WholeBracket(region, _symbol(region))


def _places(blocks: Sequence[Block]) -> dict[str, int]:
    """Map each provision in force to its own place, not to one where somebody moves it."""
    own = (k for k, b in enumerate(blocks) if b.id and not (b.choice or b.moved_from or b.split))
    places: dict[str, int] = {}
    for place in own:
        places.setdefault(blocks[place].id, place)
    return places


def _is_addition(block: Block) -> bool:
    choice = block.choice
    return bool(
        choice and choice.region.stream is Stream.GAP and not (choice.part or choice.laid_out)
    )


def _last(blocks: Sequence[Block], start: int, region: Region) -> int:
    """Return the place of the last block of a provision that has words."""
    last, depth = start, blocks[start].depth
    whole = blocks[start].kind is Kind.RESOLUTION  # what is in it is not set in
    for place in range(start + 1, len(blocks)):
        block = blocks[place]
        if block.choice and block.choice.region.id == region.id:
            break
        if block.depth <= depth and not (whole or (block.split and not block.added)):
            break
        if _is_addition(block) or (not block.choice and (block.pieces or block.label)):
            last = place
    return last


def _symbol(region: Region) -> str:
    """Return the symbol of what is asked of a whole provision, the gravest first."""
    asked = {option.deed for option in region.options if option.sources}
    symbols = [symbol for deed, symbol in _SYMBOLS.items() if deed in asked]
    return symbols[0] if symbols else "NOC" if region.gate else "MOD"
