"""How much each word of a text says about which provision it is: rare and long words say most.

No list of words is needed, so it is the same in all languages: what stands in many provisions of
the text in force says little about any of them, and words of few letters mostly bind others. Only
the text in force is asked, never a revised one, so that all proposals are measured alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from math import log

from resamend.words import key_of

_STEM = 5
"""Letters that forms of one word have in common; a word of so many has its full weight."""
_LEAST = 0.08
"""The weight of a word of one or two letters."""
_FIGURE = 0.8
_REMEMBERED = 1 << 13


class WordWeights:
    """Weigh words by how few provisions of a text they stand in."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(texts)
        self._weights: dict[str, float] = {}
        self._bags: dict[str, tuple[Mapping[str, float], float]] = {}

    @cached_property
    def _frequency(self) -> tuple[Counter[str], int]:
        """Count in how many texts each stem stands, and the texts."""
        frequency: Counter[str] = Counter()
        for text in self._texts:
            if text.isascii():  # in small letters at once: word by word it takes a third of it
                frequency.update({key[:_STEM] for key in key_of(text.lower())})
            else:
                frequency.update({key.casefold()[:_STEM] for key in key_of(text)})
        return frequency, max(sum(map(bool, self._texts)), 1)

    def weight(self, stem: str) -> float:
        """Return the weight of a stem in small letters, from 0 to 1."""
        weight = self._weights.get(stem)
        if weight is None:
            frequency, texts = self._frequency
            rarity = log(1 + texts / max(frequency[stem], 1)) / log(1 + texts)
            weight = self._weights[stem] = _length(stem) * rarity
        return weight

    def _bag(self, text: str) -> tuple[Mapping[str, float], float]:
        """Return the weight of each stem, as often as it stands in a text, and their sum."""
        bag = self._bags.get(text)
        if bag is None:
            if len(self._bags) >= _REMEMBERED:
                self._bags.clear()
            stems = Counter([key.casefold()[:_STEM] for key in key_of(text)])
            weights = {stem: times * self.weight(stem) for stem, times in stems.items()}
            bag = self._bags[text] = weights, sum(weights.values())
        return bag

    def likeness(self, old: str, new: str) -> float:
        """Return the share of their weight that two texts have in common, from 0 to 1."""
        (one, weight), (other, other_weight) = self._bag(old), self._bag(new)
        if not weight + other_weight:
            return 1.0
        if len(other) < len(one):
            one, other = other, one
        common = sum([min(own, other[stem]) for stem, own in one.items() if stem in other])
        return 2 * common / (weight + other_weight)


def _length(stem: str) -> float:
    """Rate a word by its letters: punctuation counts nothing, a Chinese character in full."""
    if not any(map(str.isalnum, stem)):
        return 0.0
    if stem.isascii() and not stem.isalpha():
        return _FIGURE
    if "\u3041" <= stem[0] <= "\u9fff":
        return 1.0
    return min(max((len(stem) - 2) / (_STEM - 2), _LEAST), 1.0)
