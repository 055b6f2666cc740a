"""Which provisions are split in two, and which are joined into one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from resamend.matching.pairs import Pairs, similarity
from resamend.matching.provision_index import ProvisionIndex
from resamend.model import Kind

WHOLE_SIMILAR = 0.75
"""Share of words in common between a provision and the two that it is split into."""
_SHORTEST = 3
"""Fewer words than this are no part of a text that was divided."""
_Node = tuple[ProvisionIndex, int]
DIVISIBLE = frozenset({Kind.ITEM, Kind.TEXT})


def find_splits(pairs: Pairs, left: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Find provisions whose text goes on in new provisions right after them."""
    splits: dict[int, tuple[int, ...]] = {}
    for t in left:
        provision = pairs.revised.nodes[t]
        if pairs.to_base[t] >= 0 or provision.kind not in DIVISIBLE or provision.children:
            continue
        for head, rest in ((_beside(pairs, t, -1), t), (t, _beside(pairs, t, 1))):
            b = max(pairs.to_base[head], pairs.to_base[rest]) if min(head, rest) >= 0 else -1
            if b >= 0 and b not in splits and _divided_into(pairs, b, head, rest):
                pairs.to_base[rest] = -1
                pairs.pair(b, head)
                splits[b] = (rest,)
                break
        else:
            _split_in_three(pairs, t, splits)
    _further_splits(pairs, left, splits)
    return splits


def _split_in_three(pairs: Pairs, t: int, splits: dict[int, tuple[int, ...]]) -> None:
    """Find what is divided into three, of which no two are most of it."""
    side = pairs.revised
    siblings = side.children(side.parents[t])
    for window in _windows(side, siblings, side.position(t), pairs.to_base):
        kept = next(node for node in window if pairs.to_base[node] >= 0)
        b = pairs.to_base[kept]
        if kept != window[0] and side.nodes[kept].children:
            continue  # what goes on from another has nothing below it
        if b not in splits and _all_of((pairs.base, b), [(side, node) for node in window]):
            pairs.to_base[kept] = -1
            pairs.pair(b, window[0])
            splits[b] = tuple(window[1:])
            return


def _windows(
    side: ProvisionIndex, siblings: list[int], at: int, other: list[int]
) -> Iterator[list[int]]:
    """Yield the threes of siblings around a place that may be one text: just one has a partner."""
    for start in range(max(at - 2, 0), at + 1):
        window = siblings[start : start + 3]
        free = [node for node in window if other[node] < 0]
        plain = all(not side.nodes[node].children for node in free)
        kinds = {side.nodes[node].kind for node in window}
        if len(window) == 3 and len(free) == 2 and plain and len(kinds) == 1:
            yield window


def _all_of(whole: _Node, parts: Sequence[_Node]) -> bool:
    """Tell whether a text consists of all of several others, and needs each of them."""
    size, sizes = whole[0].size(whole[1]), [side.size(node) for side, node in parts]
    shorter, longer = sorted((size, sum(sizes)))
    if min(sizes) < _SHORTEST or 2 * shorter < WHOLE_SIMILAR * (shorter + longer):
        return False
    words, bags = whole[0].bag(whole[1]), [side.bag(node) for side, node in parts]
    together = sum(bags, Counter[str]())
    score = similarity(words, together)
    return score >= WHOLE_SIMILAR and all(
        score >= similarity(words, together - bag) + 0.1 for bag in bags
    )


def _further_splits(pairs: Pairs, left: Sequence[int], splits: dict[int, tuple[int, ...]]) -> None:
    """Let a text that was split have a third part, and so on, before or after those found."""
    edges = {node: b for b, rests in splits.items() for node in (pairs.to_revised[b], rests[-1])}
    for t in (*left, *reversed(left)) if edges else ():
        provision = pairs.revised.nodes[t]
        if pairs.to_base[t] >= 0 or provision.kind not in DIVISIBLE or provision.children:
            continue
        for step in (-1, 1):
            b = edges.get(_beside(pairs, t, step), -1)
            if b < 0 or t in splits[b]:
                continue
            parts = [pairs.to_revised[b], *splits[b]]
            beside = parts[0 if step > 0 else -1]
            if _beside(pairs, t, step) != beside:
                continue
            if step > 0 and pairs.revised.nodes[beside].children:
                continue
            if _consists((pairs.base, b), [(pairs.revised, node) for node in (*parts, t)]):
                head, *rest = [t, *parts] if step > 0 else [*parts, t]
                pairs.to_base[parts[0]] = -1
                pairs.pair(b, head)
                splits[b] = tuple(rest)
                edges[t] = b
                break


def _consists(whole: _Node, parts: Sequence[_Node]) -> bool:
    """Tell whether a text consists of several others, and not of all but the last."""
    *most, last = (side.bag(node) for side, node in parts)
    if last.total() < _SHORTEST:
        return False
    words = whole[0].bag(whole[1])
    together = sum(most, Counter[str]())
    without = similarity(words, together)
    return similarity(words, together + last) >= max(WHOLE_SIMILAR, without + 0.1)


def _divided_into(pairs: Pairs, b: int, head: int, rest: int) -> bool:
    """Tell whether a base text goes on from one revised provision into the next."""
    if pairs.revised.nodes[rest].children:
        return False
    kept, other = (head, rest) if pairs.to_base[rest] < 0 else (rest, head)
    return _divides((pairs.base, b), (pairs.revised, kept), (pairs.revised, other))


def _beside(pairs: Pairs, t: int, step: int) -> int:
    """Return the sibling of its kind right before or after a revised node, or -1."""
    siblings = pairs.revised.children(pairs.revised.parents[t])
    at = pairs.revised.position(t) + step
    other = siblings[at] if 0 <= at < len(siblings) else -1
    same = other >= 0 and pairs.revised.nodes[other].kind is pairs.revised.nodes[t].kind
    return other if same else -1


def _divides(whole: _Node, head: _Node, rest: _Node) -> bool:
    """Tell whether a text consists of two others, and not of the first alone."""
    if _text(whole) == _text(head):
        return False
    size, *sizes = (side.size(node) for side, node in (whole, head, rest))
    shorter, longer = sorted((size, sum(sizes)))
    if min(sizes) < _SHORTEST or 2 * shorter < WHOLE_SIMILAR * (shorter + longer):
        return False
    words, first, second = (side.bag(node) for side, node in (whole, head, rest))
    together = similarity(words, first + second)
    return together >= WHOLE_SIMILAR and together >= similarity(words, first) + 0.1


def _text(node: _Node) -> str:
    return node[0].nodes[node[1]].text


def find_joins(pairs: Pairs, splits: dict[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    """Find provisions into which a neighbour's text has gone."""
    joins: dict[int, tuple[int, ...]] = {}
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
                joins[host] = (gone,)
                taken |= {host, gone}
                break
        else:
            if q not in taken:
                taken |= _join_of_three(pairs, q, taken, joins)
    _further_joins(pairs, joins)
    return joins


def _join_of_three(
    pairs: Pairs, q: int, taken: set[int], joins: dict[int, tuple[int, ...]]
) -> set[int]:
    """Find three that are joined, of which no two are most of it; return which they are."""
    side = pairs.base
    siblings = side.children(side.parents[q])
    for window in _windows(side, siblings, side.position(q), pairs.to_revised):
        host = next(node for node in window if pairs.to_revised[node] >= 0)
        whole = (pairs.revised, pairs.to_revised[host])
        if not taken & {*window} and _all_of(whole, [(side, node) for node in window]):
            joins[host] = tuple(node for node in window if node != host)
            return {*window}
    return set()


def _further_joins(pairs: Pairs, joins: dict[int, tuple[int, ...]]) -> None:
    """Let a third provision, and so on, join two that were joined: in the order of the base."""
    hosts = {node: host for host, gone in joins.items() for node in (host, *gone)}
    for q, provision in enumerate(pairs.base.nodes) if joins else ():
        if pairs.to_revised[q] >= 0 or q in hosts or provision.kind not in DIVISIBLE:
            continue
        siblings, at = pairs.base.children(pairs.base.parents[q]), pairs.base.position(q)
        before = siblings[at - 1] if at else -1
        host = hosts.get(before, -1)
        if host < 0 or provision.children or provision.kind is not pairs.base.nodes[host].kind:
            continue
        group = sorted({host, *joins[host]})
        parts = [(pairs.base, node) for node in (*group, q)]
        if group[-1] == before and _consists((pairs.revised, pairs.to_revised[host]), parts):
            joins[host] = (*joins[host], q)
            hosts[q] = host


def _named_after(pairs: Pairs, t: int, q: int, b: int) -> bool:
    """Tell whether a joined provision bears the label of ``q``, not that of ``b``."""
    label = pairs.revised.nodes[t].label
    mine, other = pairs.base.nodes[q].label, pairs.base.nodes[b]
    return bool(label) and mine == label != other.label and not other.children


def _neighbours(pairs: Pairs, q: int) -> list[int]:
    """Return the provisions right before and right after ``q`` that are still there."""
    siblings = pairs.base.children(pairs.base.parents[q])
    at = pairs.base.position(q)
    near = siblings[max(at - 1, 0) : at] + siblings[at + 1 : at + 2]
    return [
        b
        for b in near
        if pairs.to_revised[b] >= 0 and pairs.base.nodes[b].kind is pairs.base.nodes[q].kind
    ]
