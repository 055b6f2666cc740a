"""Hearing a proposal anew: what is remembered of the others changes nothing but the time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from resamend.akn import point_elements, write_consolidated
from resamend.amendment import Proposal
from resamend.conflict import find
from resamend.consolidation import merge
from resamend.difference import Edit, ListEdit
from resamend.model import Kind, Provision, Resolution, walk
from tests import build
from tests import strategies as ours
from tests.strategies import Draft


def drafted(base: Resolution, proposals: list[Proposal]) -> bytes:
    """Merge proposals, find what is outstanding, and write both."""
    draft = merge(base, proposals)
    findings = find(draft)
    numbers = {region.id: n for n, region in enumerate(findings.outstanding, 1)}
    points = point_elements(findings, numbers, draft.sources)
    similar = (f"<rs:similar>{findings.similar!r}{findings.elements!r}</rs:similar>",)
    return write_consolidated(draft, findings=points) + repr(similar).encode()


@given(ours.drafts(), st.data())
def test_a_draft_made_again_is_the_same_as_one_made_afresh(
    draft: Draft, data: st.DataObject
) -> None:
    names = [proposal.id for proposal in draft.proposals]
    said = [*draft.proposals, *map(under_other_ids, draft.proposals)]
    for _ in range(3):
        heard = [
            replace(data.draw(st.sampled_from(said)), id=name)
            for name in data.draw(st.permutations(names))[: data.draw(st.integers(1, len(names)))]
        ]
        afresh = drafted(replace(draft.base), [replace(proposal) for proposal in heard])
        assert drafted(draft.base, heard) == afresh


def under_other_ids(proposal: Proposal) -> Proposal:
    """Return a proposal that is equal, but calls what it adds otherwise."""
    return replace(proposal, edits=tuple(map(_edit, proposal.edits)))


def _edit(edit: Edit) -> Edit:
    if not isinstance(edit, ListEdit):
        return edit
    added = [p for hunk in edit.hunks for p in walk(hunk.items)]
    if any(p.kind is Kind.FOOTNOTE for p in added):
        return edit  # their marks name them
    hunks = [replace(hunk, items=tuple(map(_item, hunk.items))) for hunk in edit.hunks]
    return replace(edit, hunks=tuple(hunks))


def _item(item: Provision) -> Provision:
    if item.kind is Kind.MOVED:
        return item
    return replace(item, id=f"{item.id}-x", children=tuple(map(_item, item.children)))


def test_only_what_a_new_proposal_touches_is_found_otherwise() -> None:
    base = build.resolution("resolves", "1 to meet;", "2 to report at once;", "3 to publish it")
    rus = build.proposal(
        base,
        "RUS",
        "resolves",
        "1 to meet twice;",
        "2 to report at once;",
        "3 to stop to publish it",
    )
    old = build.proposal(
        base, "CHN", "resolves", "1 to meet;", "2 to tell it at once;", "3 to publish it"
    )
    new = build.proposal(
        base, "CHN", "resolves", "1 to meet;", "2 to say it at once;", "3 to publish it"
    )
    before = {region.path: region for region in find(merge(base, [rus, old])).elements}
    after = {region.path: region for region in find(merge(base, [rus, new])).elements}
    assert after["resolves 1"] == before["resolves 1"]
    assert after["resolves 2"] != before["resolves 2"]
