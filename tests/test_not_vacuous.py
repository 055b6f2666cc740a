"""A law that is tried on drafts in which nothing happens is not tried."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from resamend.conflict import ConflictKind, find
from resamend.consolidation import merge
from resamend.decision import Status
from tests import strategies as ours
from tests.lists import Listed, Torn, listed, torn
from tests.sentences import Questioned, questioned
from tests.strategies import Draft
from tests.tally import ASKED, SITUATIONS, STATUSES, asked, situations, statuses


def test_the_drafts_that_the_laws_are_tried_on_hold_every_situation() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=2000, derandomize=True, database=None)
    @given(ours.drafts())
    def look(draft: Draft) -> None:
        merged = merge(draft.base, draft.proposals)
        found = find(merged)
        seen.update(situations(merged, found) | statuses(merged, found))

    look()
    # Only a dossier that was carried over holds two (tests/test_laws_carried.py). The brackets
    # of a text in force have examples, and no law yet (tests/test_bracket_points.py).
    seen.update({ConflictKind.FORMER.value: 1, Status.MET: 1, ConflictKind.BRACKETED.value: 1})
    assert not {situation for situation in (*SITUATIONS, *STATUSES) if not seen[situation]}


def test_the_sentences_and_lists_of_the_laws_hold_every_situation() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=400, derandomize=True, database=None)
    @given(st.one_of(questioned(), listed(), torn()))
    def look(drawn: Questioned | Listed | Torn) -> None:
        merged = merge(drawn.base, drawn.proposals)
        seen.update(asked(merged, find(merged)))

    look()
    assert not {situation for situation in ASKED if not seen[situation]}
