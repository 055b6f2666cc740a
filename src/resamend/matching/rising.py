"""The longest run of pairs that keeps its order on both sides."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise


def longest_rising(
    pairs: list[tuple[int, int]], sizes: Sequence[int] = ()
) -> list[tuple[int, int]]:
    """Return the longest run of pairs that rises on both sides, found the same way each time.

    The pairs come in rising order of their second member. Of runs of one length that wins whose
    ``sizes`` add up to most. So of two words that changed places the one that says more stays,
    whatever else is changed around them; and of two paragraphs the one that keeps its number.

    >>> longest_rising([(2, 0), (1, 1), (3, 2)], [3, 14, 5])
    [(1, 1), (3, 2)]
    """
    if all(one[0] < other[0] for one, other in pairwise(pairs)):
        return pairs
    ends: list[int] = []  # the first members with which the best runs so far end, rising,
    best: list[tuple[int, int]] = []  # how long and how large those runs are, rising too,
    tails: list[int] = []  # and the numbers of the pairs with which they end
    before: list[int] = []
    for number, (x, _) in enumerate(pairs):
        at = bisect_left(ends, x)
        length, size = best[at - 1] if at else (0, 0)
        now = (length + 1, size + (sizes[number] if sizes else 0))
        before.append(tails[at - 1] if at else -1)
        worse = at
        while worse < len(ends) and best[worse] <= now:
            worse += 1
        ends[at:worse], best[at:worse], tails[at:worse] = [x], [now], [number]
    run = []
    number = tails[-1] if tails else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]
