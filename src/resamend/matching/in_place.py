"""Pair what was rewritten between two siblings that stay: in one order, where it fits best."""

from __future__ import annotations

from collections.abc import Sequence

from resamend.matching.pairs import Pairs
from resamend.matching.rising import longest_rising

IN_PLACE = 0.3
"""Least likeness of two texts at one place: between the same siblings, in the same order."""
SHORT_IN_PLACE = 0.5
"""The same for two texts of fewer words than ``_FEW``."""
_FEW = 8


def pair_in_place(pairs: Pairs, bs: Sequence[int], ts: Sequence[int]) -> None:
    """Pair the free provisions of two lists that stand between the same neighbours."""
    place = {b: number for number, b in enumerate(bs)}
    to_base = pairs.to_base
    matched = [(place[to_base[t]], y) for y, t in enumerate(ts) if to_base[t] in place]
    x = y = 0
    for next_x, next_y in [*longest_rising(matched), (len(bs), len(ts))]:
        olds = [b for b in bs[x:next_x] if pairs.to_revised[b] < 0]
        news = [t for t in ts[y:next_y] if to_base[t] < 0]
        if olds and news:
            _assign(pairs, olds, news)
        x, y = next_x + 1, next_y + 1


def _assign(pairs: Pairs, olds: Sequence[int], news: Sequence[int]) -> None:
    """Pair two lists in order so that their likeness in all is greatest."""
    gains = {
        (x, y): likeness
        for x, b in enumerate(olds)
        for y, t in enumerate(news)
        if pairs.free(b, t) and (likeness := pairs.likeness(b, t, IN_PLACE)) >= _least(pairs, b, t)
    }
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    for x in reversed(range(len(olds))):
        for y in reversed(range(len(news))):
            both = gains[x, y] + best[x + 1][y + 1] if (x, y) in gains else 0.0
            best[x][y] = max(best[x + 1][y], best[x][y + 1], both)
    x = y = 0
    while x < len(olds) and y < len(news):
        if (x, y) in gains and best[x][y] == gains[x, y] + best[x + 1][y + 1]:
            pairs.pair(olds[x], news[y])
            x, y = x + 1, y + 1
        elif best[x][y] == best[x + 1][y]:
            x += 1
        else:
            y += 1


def _least(pairs: Pairs, b: int, t: int) -> float:
    """Return the least likeness of two texts at one place: of few words one in common is much."""
    longer = max(pairs.base.size(b), pairs.revised.size(t))
    return IN_PLACE if longer >= _FEW else SHORT_IN_PLACE


def count_crossed(pairs: Pairs, b: int, t: int) -> int:
    """Count the siblings that would lie crosswise if two provisions were paired."""
    siblings = {*pairs.base.children(pairs.base.parents[b])}
    kin = pairs.revised.children(pairs.revised.parents[t])
    both = [(pairs.to_base[other], other) for other in kin if pairs.to_base[other] in siblings]
    return sum((old < b) != (new < t) for old, new in both)
