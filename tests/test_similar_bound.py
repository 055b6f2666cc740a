"""Two texts that could be similar are never set aside before they are compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resamend.conflict import likely
from resamend.conflict.content_words import alike, bag, root, stem
from resamend.conflict.likely import LikelyPairs
from resamend.conflict.similar import THRESHOLD, score

VOCABULARY = """
elaborate elaboration need requires required requirement help assist assistance plan plans plane
shall not 2019 the of report reports annual yearly année cost 信息 社会 a supply aid
"""
WORDS = st.sampled_from(VOCABULARY.split())
TEXTS = st.lists(WORDS, max_size=9).map(" ".join)


@given(WORDS, WORDS)
def test_forms_of_one_word_have_one_root(one: str, other: str) -> None:
    assert root(stem(one)) == root(one)
    if alike(one, other):
        assert root(one) == root(other)


@given(st.lists(TEXTS, max_size=12), st.sampled_from([1, 2, 3, 60]))
def test_no_pair_that_is_similar_is_left_out(texts: list[str], common: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(likely, "COMMON", common)
        found = LikelyPairs([bag(text) for text in texts], THRESHOLD).found()
    similar = [(x, y) for x, y in found if score(texts[x], texts[y]) >= THRESHOLD]
    assert similar == every_similar_pair(texts, common)


def every_similar_pair(texts: Sequence[str], common: int) -> list[tuple[int, int]]:
    """Compare each pair that shares two words, or two in a row, that are not too common."""
    by_feature: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        words = tuple(map(stem, bag(text).words))
        for feature in {*((word,) for word in words), *pairwise(words)}:
            by_feature[feature].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in by_feature.values():
        if len(numbers) <= common:
            shared.update(combinations(numbers, 2))
    pairs = sorted(pair for pair, features in shared.items() if features > 1)
    return [(x, y) for x, y in pairs if score(texts[x], texts[y]) >= THRESHOLD]
