"""Two texts that could be similar are never set aside before they are compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resamend.conflict import likely
from resamend.conflict.likely import LikelyPairs
from resamend.conflict.similar import THRESHOLD, score
from resamend.difference.content_words import content_words, word_rules
from resamend.model import Language

VOCABULARY = """
elaborate elaboration need requires required requirement help assist assistance plan plans plane
отчет отчета представить направить informe informes examinar القرار قرار الدول دول
shall not 2019 the of report reports annual yearly année cost 信息 社会 a supply aid
"""
WORDS = st.sampled_from(VOCABULARY.split())
TEXTS = st.lists(WORDS, max_size=9).map(" ".join)


@given(st.sampled_from(Language), WORDS, WORDS)
def test_forms_of_one_word_have_one_root(language: Language, one: str, other: str) -> None:
    rules = word_rules(language)
    assert rules.root_of_stem(rules.stem(one)) == rules.root(one)
    if rules.alike(one, other):
        assert rules.root(one) == rules.root(other)


@given(st.lists(TEXTS, max_size=12), st.sampled_from([1, 2, 3, 60]), st.sampled_from(Language))
def test_no_pair_that_is_similar_is_left_out(
    texts: list[str], common: int, language: Language
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(likely, "COMMON", common)
        found = LikelyPairs([content_words(text, language) for text in texts], THRESHOLD).pairs()
    similar = [(x, y) for x, y in found if score(texts[x], texts[y], language) >= THRESHOLD]
    assert similar == every_similar_pair(texts, common, language)


def every_similar_pair(
    texts: Sequence[str], common: int, language: Language
) -> list[tuple[int, int]]:
    """Compare each pair that shares two words, or two in a row, that are not too common."""
    by_feature: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        words = tuple(map(word_rules(language).stem, content_words(text, language).words))
        for feature in {*((word,) for word in words), *pairwise(words)}:
            by_feature[feature].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in by_feature.values():
        if len(numbers) <= common:
            shared.update(combinations(numbers, 2))
    pairs = sorted(pair for pair, features in shared.items() if features > 1)
    return [(x, y) for x, y in pairs if score(texts[x], texts[y], language) >= THRESHOLD]
