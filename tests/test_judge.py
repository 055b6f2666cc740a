"""The independent check: regions, options and classes, judged from the rules alone.

On every case folder and on random drafts the product finds what the judge finds.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import event, given

from resamend.conflict import ConflictKind, Findings, Region, Stream, find
from resamend.conflict.ends import EndChanges
from resamend.consolidation import Consolidated, merge
from resamend.difference import TextEdit
from tests.judge import (
    Told,
    added_against_each_other,
    moved_apart,
    struck_and_changed,
    text_regions,
)
from tests.strategies import Draft, drafts
from tests.test_cases import CASES, _proposal, _read

STRIKES = {
    ConflictKind.SUPPRESS_OR_NOT,
    ConflictKind.MOVED_OUT,
    ConflictKind.JOIN_STRUCTURE,
}


def of_case(case: Path) -> Consolidated:
    base = _read(case / "base.txt")
    return merge(base, [_proposal(base, path) for path in sorted(case.glob("???.txt"))])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_judge_agrees_on_every_case(case: Path) -> None:
    agree(of_case(case))


@given(drafts())
def test_the_judge_agrees_on_random_drafts(draft: Draft) -> None:
    told = agree(merge(draft.base, draft.proposals))
    event(f"contested texts: {sum(t.standing == 'contested' for t in told) > 0}")


def agree(draft: Consolidated) -> list[Told]:
    found = find(draft)
    spans: dict[str, list[tuple[int, int]]] = {}
    for each in found.elements:
        if each.stream is Stream.TEXT:
            spans.setdefault(each.target, []).append((each.lo, each.hi))
    told = text_regions(draft, spans)
    words = [region for region in found.elements if region.stream is Stream.TEXT]
    ends = {(region.target, region.lo, region.hi) for region in words if region.ends}
    claimed = {_told(region) for region in words if not region.ends}
    assert claimed == {each for each in told if (each.target, each.lo, each.hi) not in ends}
    whole = found.whole()
    following = EndChanges(draft)
    ends = {
        edit.target
        for proposal in draft.proposals
        for edit in proposal.edits
        if isinstance(edit, TextEdit) and following.only_ends(edit, proposal.id)
    }
    for id in struck_and_changed(draft) - ends:  # what only follows amends nothing
        region = whole[_about(found, id).id]
        assert STRIKES & set(region.kinds), (id, region)
    moved = {
        each.target
        for each in found.elements
        if each.stream is Stream.PROVISION and ConflictKind.COMPETING_MOVE in each.kinds
    }
    assert moved == moved_apart(draft)
    competing = {
        (each.target, each.lo // 2)
        for each in found.elements
        if each.stream is Stream.GAP and ConflictKind.COMPETING_ADDITION in each.kinds
    }
    turning = {(m.target, gap) for m in draft.lists for gap in m.cycles}
    assert competing - turning == added_against_each_other(draft) - turning
    return told


def _about(found: Findings, id: str) -> Region:
    """Return what is found about a provision as a whole."""
    return next(e for e in found.elements if e.stream is Stream.PROVISION and e.target == id)


def _told(region: Region) -> Told:
    kind = next(iter(region.kinds), "")
    options = frozenset(
        (tuple(word.key for word in option.words), frozenset(option.sources))
        for option in region.options
    )
    standing = region.standing.value
    return Told(region.target, region.lo, region.hi, standing, str(kind), options)
