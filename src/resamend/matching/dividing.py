"""Which provisions are split in two, and which are joined into one."""

from __future__ import annotations

from collections.abc import Sequence

from resamend.matching.pairs import Pairs, similarity
from resamend.matching.tree import Tree
from resamend.model import Kind

__all__ = ["DIVISIBLE", "find_joins", "find_splits"]

WHOLE_SIMILAR = 0.75
"""Share of words in common between a provision and the two that it is split into."""
DIVISIBLE = frozenset({Kind.ITEM, Kind.TEXT})


def find_splits(pairs: Pairs, left: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Find provisions whose text goes on in new provisions right after them."""
    found: dict[int, tuple[int, ...]] = {}
    for t in left:
        provision = pairs.revised.nodes[t]
        if pairs.to_base[t] >= 0 or provision.kind not in DIVISIBLE or provision.children:
            continue
        for head, rest in ((_beside(pairs, t, -1), t), (t, _beside(pairs, t, 1))):
            b = max(pairs.to_base[head], pairs.to_base[rest]) if min(head, rest) >= 0 else -1
            if b >= 0 and b not in found and _divided_into(pairs, b, head, rest):
                pairs.to_base[rest] = -1
                pairs.pair(b, head)
                found[b] = (rest,)
                break
    return found


def _divided_into(pairs: Pairs, b: int, head: int, rest: int) -> bool:
    """Tell whether a base text goes on from one revised provision into the next."""
    if pairs.revised.nodes[rest].children:
        return False
    kept, other = (head, rest) if pairs.to_base[rest] < 0 else (rest, head)
    return _divides((pairs.base, b), (pairs.revised, kept), (pairs.revised, other))


def _beside(pairs: Pairs, t: int, step: int) -> int:
    """Return the sibling of its kind right before or after a revised node, or -1."""
    siblings = pairs.revised.children(pairs.revised.parents[t])
    at = siblings.index(t) + step
    other = siblings[at] if 0 <= at < len(siblings) else -1
    same = other >= 0 and pairs.revised.nodes[other].kind is pairs.revised.nodes[t].kind
    return other if same else -1


_Node = tuple[Tree, int]


def _divides(whole: _Node, head: _Node, rest: _Node) -> bool:
    """Tell whether a text consists of two others, and not of the first alone."""
    if _text(whole) == _text(head):
        return False
    size, *sizes = (side.size(node) for side, node in (whole, head, rest))
    shorter, longer = sorted((size, sum(sizes)))
    if min(sizes) < 3 or 2 * shorter < WHOLE_SIMILAR * (shorter + longer):
        return False
    words, first, second = (side.bag(node) for side, node in (whole, head, rest))
    together = similarity(words, first + second)
    return together >= WHOLE_SIMILAR and together >= similarity(words, first) + 0.1


def _text(node: _Node) -> str:
    return node[0].nodes[node[1]].text


def find_joins(pairs: Pairs, splits: dict[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    """Find provisions into which a neighbour's text has gone."""
    found: dict[int, tuple[int, ...]] = {}
    taken = set(splits)
    for q, provision in enumerate(pairs.base.nodes):
        if pairs.to_revised[q] >= 0 or provision.kind not in DIVISIBLE or provision.children:
            continue
        for b in _neighbours(pairs, q):
            t = pairs.to_revised[b]
            if not taken & {b, q} and _divides(
                (pairs.revised, t), (pairs.base, b), (pairs.base, q)
            ):
                host, gone = (q, b) if _named_after(pairs, t, q, b) else (b, q)
                pairs.to_revised[gone] = -1
                pairs.pair(host, t)
                found[host] = (gone,)
                taken |= {host, gone}
                break
    return found


def _named_after(pairs: Pairs, t: int, q: int, b: int) -> bool:
    """Tell whether a joined provision bears the label of ``q``, not that of ``b``."""
    label = pairs.revised.nodes[t].label
    mine, other = pairs.base.nodes[q].label, pairs.base.nodes[b]
    return bool(label) and mine == label != other.label and not other.children


def _neighbours(pairs: Pairs, q: int) -> list[int]:
    """Return the provisions right before and right after ``q`` that are still there."""
    siblings = pairs.base.children(pairs.base.parents[q])
    at = pairs.base.positions[q]
    near = siblings[max(at - 1, 0) : at] + siblings[at + 1 : at + 2]
    return [
        b
        for b in near
        if pairs.to_revised[b] >= 0 and pairs.base.nodes[b].kind is pairs.base.nodes[q].kind
    ]
