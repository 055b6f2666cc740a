"""Laws of two drafts beside each other, and cases of them that can be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from resamend.conflict import find
from resamend.consolidation import Consolidated, merge
from resamend.decision import ChairTable, Record, replay
from resamend.errors import Invalid
from resamend.rounds.causes import Cause, CauseKind, differences
from resamend.rounds.fates import PointFate, fated_points
from resamend.rounds.standing import standing_text
from tests.strategies import Draft, drafts
from tests.wishes import decided, some_wishes


def table_of(draft: Consolidated, records: Iterable[Record] = ()) -> ChairTable:
    findings = find(draft)
    known = replay(draft, findings, records)
    numbers = {region.id: n for n, region in enumerate(findings.outstanding, 1)}
    return ChairTable(
        consolidated=draft, findings=findings, replay=known, numbers=numbers, records=tuple(records)
    )


@given(drafts(), st.data())
def test_every_point_of_both_drafts_has_one_fate(draft: Draft, data: st.DataObject) -> None:
    some = data.draw(st.sets(st.sampled_from([p.id for p in draft.proposals])))
    old = table_of(merge(draft.base, [p for p in draft.proposals if p.id in some]))
    merged = merge(draft.base, draft.proposals)
    new = table_of(
        merged, decided(merged, find(merged), data.draw(some_wishes(merged, find(merged))))
    )
    fates = fated_points(old, new)
    before = Counter(fated.before.id for fated in fates if fated.before)
    now = Counter(fated.now.id for fated in fates if fated.now)
    assert before == Counter(region.id for region in old.findings.outstanding)
    assert now == Counter(region.id for region in new.findings.outstanding)


@given(drafts(), st.data())
def test_a_word_differs_only_by_the_proposals_that_came(draft: Draft, data: st.DataObject) -> None:
    came = data.draw(st.sampled_from([p.id for p in draft.proposals]))
    old = standing_text(table_of(merge(draft.base, [p for p in draft.proposals if p.id != came])))
    new = standing_text(table_of(merge(draft.base, draft.proposals)))
    changes = differences(old, new).changes
    for change in changes:
        assert _names(change.cause, came, old.table), change
    back = differences(new, old).changes
    assert bool(back) is bool(changes)
    assert {change.cause.kind for change in back}.isdisjoint({CauseKind.NONE, CauseKind.RECORD})


def _names(cause: Cause, came: str, before: ChairTable) -> bool:
    """Tell whether a cause is a proposal that came, or a point that it opened or changed."""
    if cause.kind is CauseKind.NUMBERING:
        return True
    if cause.kind is CauseKind.DISPUTED and cause.region:
        return cause.region.id not in {region.id for region in before.findings.outstanding}
    return came in cause.sources


@given(drafts(), st.data())
def test_a_word_that_was_decided_differs_by_its_record(draft: Draft, data: st.DataObject) -> None:
    merged = merge(draft.base, draft.proposals)
    records = decided(merged, find(merged), data.draw(some_wishes(merged, find(merged))))
    try:
        new = standing_text(table_of(merged, records))
    except Invalid:  # what was decided contradicts itself
        return
    for change in differences(standing_text(table_of(merged)), new).changes:
        kind = change.cause.kind
        assert kind in (CauseKind.RECORD, CauseKind.NUMBERING, CauseKind.PROPOSED), change


@given(drafts())
def test_a_draft_differs_from_itself_in_nothing(draft: Draft) -> None:
    table = table_of(merge(draft.base, draft.proposals))
    text = standing_text(table)
    assert differences(text, text).changes == ()
    assert {fated.fate for fated in fated_points(table, table)} <= {PointFate.UNCHANGED}
