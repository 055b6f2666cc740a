"""Which pairs of texts could say nearly the same, without a look at most of them.

Words that are forms of one, or verbs as good as each other, have one *root*. Two texts that reach
the threshold have at least so many roots in common that, of each text's roots in one order for all,
those beyond the first few would not be enough: both have two of the first few in common. The
rarest roots come first, so that few texts have one. No pair that could reach the threshold is left
out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, combinations, islice
from math import ceil

from resamend.difference.content_words import ContentWords

COMMON = 60
"""A word, or two in a row, in more texts than this says nothing about any two of them."""

_Feature = tuple[str, ...]


class LikelyPairs:
    """Find pairs that share two features, a word or two in a row, and could reach a threshold.

    ``threshold`` is of the share of words that two texts have in common; of two in Chinese, that of
    pairs of words in a row counts as much.
    """

    def __init__(self, bags: Sequence[ContentWords], threshold: float) -> None:
        self.bags = bags
        self.threshold = threshold
        self.root_of = bags[0].rules.root_of_stem if bags else str
        self.texts_with = Counter(chain.from_iterable([bag.kinds for bag in bags]))
        """In how many texts each root is."""
        rarest = sorted(self.texts_with, key=self.texts_with.__getitem__)  # any order would do
        self.rank = {root: number for number, root in enumerate(rarest)}
        self.common: dict[_Feature, bool] = {}
        """Whether a feature is in too many texts, once that was asked."""

    def pairs(self) -> list[tuple[int, int]]:
        """Return the pairs, each the lesser number first, in order."""
        firsts = list(map(self._first, self.bags))
        texts_with = Counter(chain.from_iterable(firsts))
        crowded = {first for first, times in texts_with.items() if times > COMMON}
        holders: dict[str, list[int]] = {first: [] for first in texts_with}
        pairs: set[tuple[int, int]] = set()
        crowd: list[int] = []
        for number, first in enumerate(firsts):
            here = [holders[root] for root in first if root not in crowded]
            together = Counter(chain.from_iterable(here))
            pairs.update([(other, number) for other, times in together.items() if times > 1])
            for others in here:
                others.append(number)
            if len(here) < len(first):
                crowd.append(number)
        pairs |= self._in_crowd(crowd)
        return sorted(pair for pair in self._large_enough(pairs) if self._share(*pair))

    def _large_enough(self, pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the pairs that have enough roots in common, as far as is seen at once."""
        bags, both, one_or_none = self.bags, *self._shares
        pairs_enough = []
        for x, y in pairs:
            one, other = bags[x], bags[y]
            here, there = len(one.roots), len(other.roots)
            share = both if one.cjk and other.cjk else one_or_none
            wanted = share * (here + there) / 2 - 1e-9
            if wanted <= here and wanted <= there and wanted <= one.shared_at_most(other):
                pairs_enough.append((x, y))
        return pairs_enough

    @property
    def _shares(self) -> tuple[float, float]:
        """Return the shares of words that two texts must have in common, both in Chinese or not."""
        return max(2 * self.threshold - 1, 0.0), self.threshold

    def _first(self, bag: ContentWords) -> Sequence[str]:
        """Return the rarest roots of a text, of which a text like it has two among its own.

        Two that share two features have at least two roots in common. A root that comes twice is
        two roots.
        """
        size = len(bag.roots)
        if size < 2:
            return ()  # it shares no two features with any
        least = self._shares[0 if bag.cjk else 1]
        needed = ceil(least * size / (2 - least) - 1e-9)
        rarest = sorted(bag.roots, key=self.rank.__getitem__)[: size - needed + 2]
        if len(bag.kinds) == size:
            return rarest
        times: Counter[str] = Counter()
        apart = []
        for root in rarest:
            apart.append(f"{root} {times[root]}" if times[root] else root)
            times[root] += 1
        return apart

    # -- features -------------------------------------------------------------------------

    def _share(self, x: int, y: int) -> bool:
        """Tell whether two texts share two features that are not too common."""
        shared = self.bags[x].features & self.bags[y].features
        doubtful = [feature for feature in shared if not self._is_rare(feature)]
        sure = len(shared) - len(doubtful)
        return sure > 1 or (
            len(shared) > 1 and len(shared) - sum(map(self._is_common, doubtful)) > 1
        )

    def _is_rare(self, feature: _Feature) -> bool:
        """Tell at once whether a feature is rare: it is in no more texts than its roots."""
        return min([self.texts_with[self.root_of(word)] for word in feature]) <= COMMON

    def _is_common(self, feature: _Feature) -> bool:
        """Tell whether a feature is in too many texts; of one that is, the first few tell."""
        is_common = self.common.get(feature)
        if is_common is None:
            roots = frozenset(map(self.root_of, feature))
            holders = (bag for bag in self.bags if roots <= bag.kinds and feature in bag.features)
            is_common = self.common[feature] = next(islice(holders, COMMON, None), None) is not None
        return is_common

    def _in_crowd(self, crowd: Sequence[int]) -> set[tuple[int, int]]:
        """Return the pairs that may share two features among texts with a root that is common."""
        holders: dict[_Feature, list[int]] = defaultdict(list)
        for number in crowd:
            for feature in self.bags[number].features:
                holders[feature].append(number)
        shared: Counter[tuple[int, int]] = Counter()
        for numbers in holders.values():
            if len(numbers) <= COMMON:
                shared.update(combinations(numbers, 2))
        return {pair for pair, times in shared.items() if times > 1}
