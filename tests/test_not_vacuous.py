"""A law that is tried on drafts in which nothing happens is not tried."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings

from resamend.conflict import find
from resamend.consolidation import merge
from tests import strategies as ours
from tests.strategies import Draft
from tests.tally import SITUATIONS, STATUSES, situations, statuses


def test_the_drafts_that_the_laws_are_tried_on_hold_every_situation() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=2000, derandomize=True, database=None)
    @given(ours.drafts())
    def look(draft: Draft) -> None:
        merged = merge(draft.base, draft.proposals)
        found = find(merged)
        seen.update(situations(merged, found) | statuses(merged, found))

    look()
    assert not {situation for situation in (*SITUATIONS, *STATUSES) if not seen[situation]}
