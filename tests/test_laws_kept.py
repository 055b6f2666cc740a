"""Laws of what is kept from one act to the next: it is what would be made afresh."""

from __future__ import annotations

from hypothesis import event
from hypothesis import strategies as st

from resamend.conflict import Findings, find
from resamend.consolidation import Consolidated, merge, remerge, without
from resamend.decision import Record, adopt, replay, settle, settling
from resamend.errors import InputError
from resamend.redlines import Redline, memory, redline
from resamend.redlines.records import recorded
from tests.lists import Listed, Torn, listed, torn
from tests.sentences import Questioned, questioned
from tests.strategies import Draft, drafts, law
from tests.wishes import decided, some_wishes

ANY = st.one_of(drafts(), questioned(), listed(), torn())
Drawn = Draft | Questioned | Listed | Torn
Shown = tuple[Redline, object, object] | str


def shown(draft: Consolidated, found: Findings, records: tuple[Record, ...]) -> Shown:
    """Return what is shown and adopted after some records, or why it cannot be carried out."""
    known = replay(draft, found, records)
    try:
        lines = recorded(draft, found, known) if records else redline(draft, found)
        return lines, settle(draft, found, known), adopt(draft, found, known).text
    except InputError as error:
        return str(error)


def afresh(draft: Consolidated, found: Findings, records: tuple[Record, ...]) -> Shown:
    """Return the same where nothing is kept, and leave what is kept as it was."""
    kept, memory._last[:] = memory._last[:], []
    settlers, settling._last[:] = settling._last[:], []
    try:
        return shown(draft, found, records)
    finally:
        memory._last[:], settling._last[:] = kept, settlers


@law(ANY, st.data())
def test_what_is_shown_after_an_act_is_what_is_shown_afresh(
    drawn: Drawn, data: st.DataObject
) -> None:
    merged = merge(drawn.base, drawn.proposals)
    found = find(merged)
    records = decided(merged, found, data.draw(some_wishes(merged, found)))
    event(f"{min(len(records), 3)} records")
    for size in (*range(len(records) + 1), 0, len(records)):  # an undo takes back, too
        some = records[:size]
        assert shown(merged, found, some) == afresh(merged, found, some)


@law(ANY, st.data())
def test_what_is_merged_again_is_what_is_merged_afresh(drawn: Drawn, data: st.DataObject) -> None:
    whole = merge(drawn.base, drawn.proposals)
    few = without(whole, whole.sources[:1])
    records = decided(whole, found := find(whole), data.draw(some_wishes(whole, found)))
    try:
        left = settle(whole, found, replay(whole, found, records)).consolidated.proposals
    except InputError:
        left = whole.proposals[1:]
    for before in (whole, few):
        for proposals in (left, whole.proposals, few.proposals):
            again, anew = remerge(before, proposals), merge(drawn.base, proposals)
            assert (again, again.texts, again.lists, again.labels) == (
                anew,
                anew.texts,
                anew.lists,
                anew.labels,
            )
