"""Which pairs of texts could say nearly the same, without a look at most of them.

Words that are forms of one, or verbs as good as each other, have one *root*. Two texts that reach
the threshold have at least so many roots in common that, of each text's roots in one order for all,
those beyond the first few would not be enough: both have one of the first few in common. The
rarest roots come first, so that few texts have one. No pair that could reach the threshold is left
out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, combinations
from math import ceil

from resamend.conflict.lexicon import Bag, root

__all__ = ["COMMON", "LikelyPairs"]

COMMON = 60
"""A word, or two in a row, in more texts than this says nothing about any two of them."""

_Feature = tuple[str, ...]


class LikelyPairs:
    """Find pairs that share two features, a word or two in a row, and could reach a threshold.

    ``threshold`` is of the share of words that two texts have in common; of two in Chinese, that of
    pairs of words in a row counts as much.
    """

    def __init__(self, bags: Sequence[Bag], threshold: float) -> None:
        self.bags = bags
        self.threshold = threshold
        self.texts_with = Counter(chain.from_iterable([bag.kinds for bag in bags]))
        """In how many texts each root is."""
        rarest = sorted(self.texts_with.items(), key=lambda item: (item[1], item[0]))
        self.rank = {root: number for number, (root, _) in enumerate(rarest)}

    def found(self) -> list[tuple[int, int]]:
        """Return the pairs, each the lesser number first, in order."""
        holders: dict[str, list[int]] = defaultdict(list)
        for number, bag in enumerate(self.bags):
            for first in self._first(bag):
                holders[first].append(number)
        pairs: set[tuple[int, int]] = set()
        crowd: set[int] = set()
        for numbers in holders.values():
            if len(numbers) > COMMON:
                crowd.update(numbers)
            elif len(numbers) > 1:
                pairs.update(combinations(numbers, 2))
        likely = [pair for pair in self._large_enough(pairs) if self._share(*pair)]
        return sorted({*likely, *self._large_enough(self._in_crowd(crowd))})

    def _large_enough(self, pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the pairs that have enough roots in common, as far as is seen at once."""
        bags, both, one_or_none = self.bags, *self._shares
        found = []
        for x, y in pairs:
            one, other = bags[x], bags[y]
            here, there = len(one.roots), len(other.roots)
            share = both if one.cjk and other.cjk else one_or_none
            wanted = share * (here + there) / 2 - 1e-9
            if wanted <= here and wanted <= there and wanted <= one.shared_at_most(other):
                found.append((x, y))
        return found

    @property
    def _shares(self) -> tuple[float, float]:
        """Return the shares of words that two texts must have in common, both in Chinese or not."""
        return max(2 * self.threshold - 1, 0.0), self.threshold

    def _first(self, bag: Bag) -> set[str]:
        """Return the rarest roots of a text, of which a text like it has one among its own."""
        size = len(bag.roots)
        if size < 2:
            return set()  # it shares no two features with any
        least = self._shares[0 if bag.cjk else 1]
        needed = ceil(least * size / (2 - least) - 1e-9)
        rarest = sorted(bag.roots, key=self.rank.__getitem__)
        return set(rarest[: size - needed + 1])

    # -- features -------------------------------------------------------------------------

    def _share(self, x: int, y: int) -> bool:
        """Tell whether two texts share two features that are not too common."""
        shared = self.bags[x].features & self.bags[y].features
        doubtful = [feature for feature in shared if not self._is_rare(feature)]
        sure = len(shared) - len(doubtful)
        return sure > 1 or (
            len(shared) > 1 and sure + sum([self._times(each) <= COMMON for each in doubtful]) > 1
        )

    def _is_rare(self, feature: _Feature) -> bool:
        """Tell at once whether a feature is rare: it is in no more texts than its roots."""
        return min([self.texts_with[root(word)] for word in feature]) <= COMMON

    def _times(self, feature: _Feature) -> int:
        return sum([feature in bag.features for bag in self.bags])

    def _in_crowd(self, crowd: set[int]) -> set[tuple[int, int]]:
        """Return the pairs that share features among texts whose rarest roots are common."""
        holders: dict[_Feature, list[int]] = defaultdict(list)
        for number, bag in enumerate(self.bags if crowd else ()):
            for feature in bag.features:
                holders[feature].append(number)
        shared: Counter[tuple[int, int]] = Counter()
        for numbers in holders.values():
            if len(numbers) <= COMMON:
                shared.update(combinations([n for n in numbers if n in crowd], 2))
        return {pair for pair, times in shared.items() if times > 1}
