"""Find proposed texts that say nearly the same in other words.

Two texts are compared when they come from different sources and are long enough to say something;
the score is the token-sort ratio (for Chinese and Japanese, Dice's coefficient of character
pairs). It settles nothing: the group is told where to look, and in which words they differ.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from resamend.conflict.values import Clash, Deed, Option, Region, Similar, Standing
from resamend.diff import hunks_of
from resamend.model import WHOLE, Kind, Provision
from resamend.words import key_of, split

__all__ = ["THRESHOLD", "score", "similar"]

THRESHOLD = 0.8
"""The least score at which two texts are shown as similar wording."""
SHORTEST = 5
"""Fewer words than this say too little to be compared."""
COMMON = 60
"""A run of two words in more texts than this says nothing about any two of them."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    region: Region
    option: Option
    text: str
    path: str
    keys: tuple[str, ...]


def similar(regions: Sequence[Region]) -> tuple[Similar, ...]:
    """Return the pairs of proposed texts that say nearly the same, in the order of the text."""
    candidates = [
        candidate
        for region in regions
        if region.standing is not Standing.ADJACENT
        for candidate in _candidates(region)
    ]
    return tuple(
        _similar(candidates[x], candidates[y], value)
        for x, y in _pairs(candidates)
        if (value := score(candidates[x].text, candidates[y].text)) >= THRESHOLD
    )


def _pairs(candidates: Sequence[_Candidate]) -> list[tuple[int, int]]:
    """Return the pairs worth comparing: those that share a run of two words, or more than one."""
    by_run: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, candidate in enumerate(candidates):
        for run in set(pairwise(candidate.keys)):
            by_run[run].append(number)
    shared = Counter(
        pair
        for numbers in by_run.values()
        if len(numbers) <= COMMON
        for pair in combinations(numbers, 2)
    )
    return sorted(
        (x, y)
        for (x, y), runs in shared.items()
        if runs > 1 and _comparable(candidates[x], candidates[y])
    )


def _candidates(region: Region) -> Iterator[_Candidate]:
    """Yield the new texts of a region: what is inserted, put in place of other words or added."""
    for option in region.options:
        if option.deed is Deed.WORDS:
            texts = [(option.text, region.path)]
        elif option.deed is Deed.ADD:
            texts = [pair for p in option.provisions for pair in _inside((p,), region)]
        else:
            continue
        for text, where in texts:
            keys = key_of(text)
            if len(keys) >= SHORTEST:
                yield _Candidate(region, option, text.strip(), where, keys)


def _inside(chain: tuple[Provision, ...], region: Region) -> Iterator[tuple[str, str]]:
    """Yield the text of an added provision and of all in it, each with where it is."""
    *_, last = chain
    where = region.path
    if len(chain) > 1:
        steps = [p.text if p.kind in WHOLE else p.label for p in chain[1:]]
        where = " ".join(filter(None, [where, *steps]))
    if last.kind is not Kind.MOVED:
        yield last.text, where
    for child in last.children:
        yield from _inside((*chain, child), region)


def _comparable(one: _Candidate, other: _Candidate) -> bool:
    """Tell whether two texts are by different sources, and not of too different size."""
    if set(one.option.sources) & set(other.option.sources):
        return False
    if one.keys == other.keys and Clash.ORDER_IN_GAP in one.region.kinds:
        return False
    short, long_ = sorted((len(one.keys), len(other.keys)))
    return short >= THRESHOLD / 2 * long_


def score(one: str, other: str) -> float:
    """Return how much two texts say the same, from 0 to 1.

    >>> round(score("to report to the Council each year", "to report each year to the Council"), 2)
    1.0
    """
    if _is_cjk(one) and _is_cjk(other):
        left, right = _bigrams(one), _bigrams(other)
        return 2 * (left & right).total() / max(left.total() + right.total(), 1)
    from rapidfuzz.fuzz import token_sort_ratio  # only where two texts are to be compared

    return token_sort_ratio(" ".join(key_of(one)), " ".join(key_of(other))) / 100


def _is_cjk(text: str) -> bool:
    return not text.isascii() and bool(re.search("[\u3041-\u30ff\u3400-\u9fff]", text))


def _bigrams(text: str) -> Counter[str]:
    return Counter(a + b for a, b in pairwise("".join(key_of(text))))


def _similar(one: _Candidate, other: _Candidate, value: float) -> Similar:
    hunks, _ = hunks_of(split(one.text), split(other.text))
    return Similar(
        one=one.region.id,
        other=other.region.id,
        one_text=one.text,
        other_text=other.text,
        one_sources=one.option.sources,
        other_sources=other.option.sources,
        one_path=one.path,
        other_path=other.path,
        score=round(value, 2),
        differences=tuple(
            (hunk.old.strip(), "".join(word.text for word in hunk.words).strip()) for hunk in hunks
        ),
    )
