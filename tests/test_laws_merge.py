"""The laws of several sources (docs/architecture.md, laws 2 to 5, 7, 9 and 10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeGuard

import pytest
from hypothesis import assume
from hypothesis import strategies as st
from msgspec.structs import replace

from resamend.amendment import Proposal
from resamend.conflict import ConflictKind, Findings, Severity, Standing, find
from resamend.consolidation import Consolidated, merge, project, union, without
from resamend.errors import Contradiction, NotApplicable, UsageError
from resamend.model import Kind, Provision, walk
from resamend.redlines import Choice, Redline, Span, View, redline
from resamend.words import bare
from tests import oracle, tally
from tests import strategies as ours
from tests.build import proposal, resolution
from tests.strategies import Draft

STRUCTURAL = {
    ConflictKind.SUPPRESS_OR_NOT, ConflictKind.NO_CHANGE_OR_NOT, ConflictKind.MOVED_OUT,
    ConflictKind.COMPETING_MOVE,
    ConflictKind.MOVE_CYCLE,
    ConflictKind.JOIN_STRUCTURE, ConflictKind.COMPETING_JOIN,
}  # fmt: skip


def laid(draft: Draft) -> tuple[Consolidated, Findings]:
    """Merge a draft's proposals and find what is outstanding; count what there was."""
    merged = merge(draft.base, draft.proposals)
    found = find(merged)
    tally.note(merged, found)
    return merged, found


def everything(merged: Consolidated) -> tuple[object, ...]:
    """Return all that there is to see of a draft, marks, ids and order included."""
    found = find(merged)
    return (merged, merged.texts, merged.lists, merged.labels, found, redline(merged, found))


def reordered(draft: Draft, data: st.DataObject) -> list[Proposal]:
    """Draw an order of the proposals."""
    order = data.draw(st.permutations(range(len(draft.proposals))))
    return [draft.proposals[number] for number in order]


# -- 2: nothing is lost -------------------------------------------------------------------------


@ours.law(ours.drafts())
def test_every_source_gets_its_own_text_back(draft: Draft) -> None:
    merged, _ = laid(draft)
    assert project(merged, None) == draft.base
    for source, text in draft.texts.items():
        assert project(merged, source) == text


@ours.law(ours.drafts())
def test_the_marks_alone_give_every_text_back(draft: Draft) -> None:
    merged = merge(draft.base, draft.proposals)
    assert oracle.accept(merged, ()) == draft.base
    assume(not any(marks.cycles for marks in merged.lists))  # there the orders are the proposals'
    for source, text in draft.texts.items():
        assert oracle.accept(merged, [source]) == text


# -- 3: merge is a union ------------------------------------------------------------------------


@ours.law(ours.drafts(least=3))
def test_merge_is_commutative_associative_and_idempotent(draft: Draft) -> None:
    one, *rest = (merge(draft.base, [proposal]) for proposal in draft.proposals)
    two, three = rest[0], rest[1]
    together = everything(union(union(one, two), three))
    assert everything(union(one, union(two, three))) == together
    assert everything(union(three, union(two, one))) == together
    assert everything(union(union(one, one), union(union(two, three), two))) == together


@ours.law(ours.drafts())
def test_two_revisions_of_one_proposal_are_refused(draft: Draft) -> None:
    first = draft.proposals[0]
    later = replace(first, revision=1)
    with pytest.raises(Contradiction, match="given twice"):
        merge(draft.base, [*draft.proposals, later])
    with pytest.raises(Contradiction, match="given twice"):
        union(merge(draft.base, draft.proposals), merge(draft.base, [later]))
    assert merge(draft.base, [*draft.proposals, first]) == merge(draft.base, draft.proposals)


def test_another_base_and_an_unknown_source_are_refused() -> None:
    base = resolution("resolves", "1 to go on")
    other = resolution("resolves", "1 to go on", "2 to stop")
    merged = merge(base, [proposal(base, "RUS", "resolves", "1 to go on at once")])
    with pytest.raises(Contradiction, match="different texts in force"):
        union(merged, merge(other, []))
    with pytest.raises(NotApplicable, match="made for another text"):
        merge(other, merged.proposals)
    with pytest.raises(UsageError, match="no proposal 'XYZ'"):
        project(merged, "XYZ")


# -- 4: the same proposal from several ----------------------------------------------------------


@ours.law(ours.drafts(least=1, most=1))
def test_the_same_from_several_is_one_set_of_marks_and_no_conflict(draft: Draft) -> None:
    (first,) = draft.proposals
    names = ("BRA/7/1", first.id)
    merged = merge(draft.base, [first, replace(first, id=names[0])])
    alone = merge(draft.base, [first])
    assert [m.changes for m in merged.texts] == [
        tuple(replace(change, sources=names) for change in marks.changes) for marks in alone.texts
    ]
    assert all(a.sources == names for marks in merged.lists for a in marks.additions)
    assert len([a for m in merged.lists for a in m.additions]) == len(
        [a for m in alone.lists for a in m.additions]
    )
    found = find(merged)
    assert not found.outstanding
    assert all(region.sources == names for region in found.regions)
    by_one = find(alone)
    assert [region.id for region in found.regions] == [region.id for region in by_one.regions]


# -- 5: never heard -----------------------------------------------------------------------------


@ours.law(ours.drafts(), st.data())
def test_withdrawing_equals_never_having_heard(draft: Draft, data: st.DataObject) -> None:
    merged = merge(draft.base, draft.proposals)
    gone = data.draw(st.sampled_from(merged.sources))
    rest = [proposal for proposal in draft.proposals if proposal.id != gone]
    assert everything(without(merged, [gone])) == everything(merge(draft.base, rest))
    assert everything(union(without(merged, [gone]), merged)) == everything(merged)


# -- 7: order never matters ---------------------------------------------------------------------


@ours.law(ours.drafts(least=3), st.data())
def test_order_never_matters(draft: Draft, data: st.DataObject) -> None:
    other = reordered(draft, data)
    assert everything(merge(draft.base, other)) == everything(merge(draft.base, draft.proposals))


# -- 9: one after another -----------------------------------------------------------------------


def shown(lines: Redline) -> list[tuple[str, int, str]]:
    """Return the paragraphs of a redline without marks: kind, depth and text."""
    return [
        (block.kind, block.depth, bare("".join(p.text for p in block.pieces if spans(p))))
        for block in lines.blocks
    ]


def spans(piece: Span | Choice) -> TypeGuard[Span]:
    return isinstance(piece, Span)


def paragraphs(provisions: Iterable[Provision], depth: int = 0) -> Iterator[object]:
    """Return the same of provisions."""
    for provision in provisions:
        yield provision.kind, depth, bare(provision.text)
        below = depth + (provision.kind is not Kind.RESOLUTION)
        yield from paragraphs(provision.children, below)


@ours.law(ours.drafts(), st.data())
def test_where_nothing_meets_all_at_once_is_one_after_another(
    draft: Draft, data: st.DataObject
) -> None:
    merged, found = laid(draft)
    turns = oracle.InTurn(draft.base, draft.proposals)
    assume(not turns.meet())
    # Equal additions that may stand together are one (R8); one after another they are two.
    assume(not any(marks.shared for marks in merged.lists))
    assume(not any(STRUCTURAL.intersection(region.kinds) for region in found.regions))
    combined = oracle.accept(merged, merged.sources)
    for _ in range(2):
        order = oracle.InTurn(draft.base, reordered(draft, data))
        assert oracle.read(draft.base, order) == combined
    if not found.standing(Standing.CONTESTED):
        result = redline(merged, found, view=View.RESULT)
        assert shown(result) == list(paragraphs(combined.provisions))


# -- 10: everything accepted is a tree ----------------------------------------------------------


@ours.law(ours.drafts())
def test_everything_accepted_is_a_tree(draft: Draft) -> None:
    merged, found = laid(draft)
    grave = [r for r in found.regions if r.severity is Severity.HARD]
    assume(not any(STRUCTURAL.intersection(region.kinds) for region in grave))
    known = {provision.id for provision in walk(draft.base.provisions)}
    combined = oracle.accept(merged, merged.sources)
    ids = [p.id for p in walk(combined.provisions) if p.id in known]
    assert len(ids) == len(set(ids)), "a provision stands at two places"
    gone = oracle.joined_ids(merged)
    for source in merged.sources:
        theirs = oracle.accept(merged, [source])
        gone |= known - {provision.id for provision in walk(theirs.provisions)}
    assert known - set(ids) <= gone, "a provision is lost that nobody struck"
    added = [a for marks in merged.lists for a in marks.additions]
    texts = {bare(p.text) for p in walk(combined.provisions)}
    new = [p for a in added for p in walk((a.provision,)) if p.kind is not Kind.MOVED]
    assert texts.issuperset(bare(p.text) for p in new)
