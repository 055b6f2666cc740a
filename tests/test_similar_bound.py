"""Two texts that could be similar are never set aside before they are compared."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from resamend.conflict.lexicon import bag
from resamend.conflict.similar import THRESHOLD, _may_be_similar, score

VOCABULARY = """
elaborate elaboration need requires required requirement help assist assistance plan plans plane
shall not 2019 the of report reports annual yearly année cost 信息 社会 a
"""
TEXTS = st.lists(st.sampled_from(VOCABULARY.split()), max_size=9).map(" ".join)


@given(TEXTS, TEXTS)
def test_what_is_seen_at_once_never_excludes_what_is_similar(one: str, other: str) -> None:
    if score(one, other) >= THRESHOLD:
        assert _may_be_similar(bag(one), bag(other))
