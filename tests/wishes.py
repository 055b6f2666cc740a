"""What a group may decide about a draft, to be recorded."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

from resamend.conflict import Findings, Gate, Region, Stream
from resamend.consolidation import Consolidated
from resamend.decision import DecisionKind, DecisionRequest, Record, record
from resamend.decision.recording import WORDED
from resamend.decision.replaying import worded
from resamend.decision.values import TO_READ
from resamend.model import Kind, walk

Decision = tuple[Region, DecisionRequest]


def wish(act: DecisionKind, *names: str, text: str = "") -> DecisionRequest:
    return DecisionRequest(act=act, by="Chair", at="2018-11-05T10:00:00Z", names=names, text=text)


def decided(
    draft: Consolidated, found: Findings, decisions: Iterable[Decision]
) -> tuple[Record, ...]:
    """Record some decisions, numbered from 1."""
    return tuple(
        record(draft, found, region, what, number=number)
        for number, (region, what) in enumerate(decisions, 1)
    )


@st.composite
def some_wishes(draw: st.DrawFn, draft: Consolidated, found: Findings) -> tuple[Decision, ...]:
    """Draw decisions about some regions: an option, the text in force, or the group's own words."""
    made = []
    kinds = {provision.id: provision.kind for provision in walk(draft.base.provisions)}
    for region in found.regions:
        if region.standing in TO_READ or not draw(st.booleans()):
            continue
        made.append((region, draw(_wishes(region, kinds.get(region.target)))))
    return tuple(made)


def _wishes(region: Region, kind: Kind | None) -> st.SearchStrategy[DecisionRequest]:
    kinds = [st.just(wish(DecisionKind.KEEP))]
    if region.gate:
        acts = [DecisionKind.SUPPRESS, DecisionKind.RETAIN]
        if region.gate is Gate.NO_CHANGE:
            acts = [DecisionKind.NO_CHANGE, DecisionKind.AMENDABLE]
        kinds = [st.sampled_from([wish(act) for act in acts])]
    elif region.options:
        kinds.append(
            st.sampled_from([wish(DecisionKind.TAKE, option.id) for option in region.options])
        )
    if worded(region) and (region.stream is not Stream.PROVISION or kind in WORDED):
        kinds.append(st.just(wish(DecisionKind.TEXT, text="9\tto draw the plan of all")))
    return st.one_of(kinds)
