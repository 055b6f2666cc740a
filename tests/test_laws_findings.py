"""The laws of regions and of the points made from them (docs/architecture.md)."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import assume
from hypothesis import strategies as st
from msgspec.structs import replace

from resamend.amendment import propose
from resamend.conflict import ConflictKind, Findings, Gate, Region, Standing, Stream, find
from resamend.conflict.ends import parted
from resamend.consolidation import AttributedHunk, Consolidated, merge, without
from resamend.matching import index_of
from resamend.model import WHOLE, Kind, Provision, Resolution, walk
from resamend.words import bare
from tests import strategies as ours
from tests import tally
from tests.deeds import typed
from tests.oracle import Base, FromMarks
from tests.strategies import Draft

COUNTED = {Standing.SINGLE, Standing.IDENTICAL, Standing.CONTESTED, Standing.CONSEQUENTIAL}


def laid(draft: Draft) -> tuple[Consolidated, Findings]:
    merged = merge(draft.base, draft.proposals)
    found = find(merged)
    tally.note(merged, found)
    return merged, found


def footprint(change: AttributedHunk) -> tuple[int, int]:
    """Return what a change covers: word k is 2k+1, the gap before it 2k."""
    pure = change.start == change.end
    return 2 * change.start + (not pure), 2 * change.end - (not pure)


def texts(found: Findings) -> dict[str, list[Region]]:
    """Return the regions of words, by the provision they are in."""
    made: dict[str, list[Region]] = {}
    for region in found.elements:
        if region.stream is Stream.TEXT:
            made.setdefault(region.target, []).append(region)
    return made


# -- regions ------------------------------------------------------------------------------------


@ours.law(ours.drafts())
def test_regions_of_a_text_are_ordered_disjoint_and_closed(draft: Draft) -> None:
    merged, found = laid(draft)
    by_text = texts(found)
    assert list(by_text) == [marks.target for marks in merged.texts if marks.changes]
    for marks in merged.texts:
        marks = parted(index_of(draft.base), marks)
        spans = [(region.lo, region.hi) for region in by_text.get(marks.target, ())]
        assert all(lo <= hi for lo, hi in spans)
        assert all(one[1] < two[0] for one, two in pairwise(spans))
        for change in marks.changes:
            first, last = footprint(change)
            inside = [s for s in spans if s[0] <= first and last <= s[1]]
            outside = [s for s in spans if s[1] < first or last < s[0]]
            assert len(inside) == 1
            assert len(inside) + len(outside) == len(spans)


@ours.law(ours.drafts())
def test_each_text_is_composed_of_what_is_kept_and_of_ones_own_options(draft: Draft) -> None:
    merged, found = laid(draft)
    kept = {p.id: p for p in walk(draft.base.provisions)}
    for target, regions in texts(found).items():
        base = [word.key for word in Base(draft.base).words(target)]
        for source in merged.sources:
            made: list[str] = []
            at = 0
            for region in regions:
                start, end = region.lo // 2, (region.hi + 1) // 2
                own = [option for option in region.options if source in option.sources]
                assert len(own) <= 1
                made += base[at:start]
                made += [w.key for w in own[0].words] if own else base[start:end]
                at = end
            made += base[at:]
            assert made == [w.key for w in FromMarks(merged, [source]).words(target)]
        assert target in kept


@ours.law(ours.drafts())
def test_every_change_is_of_exactly_one_class(draft: Draft) -> None:
    _, found = laid(draft)
    ids = [region.id for region in found.regions]
    assert len(ids) == len(set(ids)), "two points have one id"
    counted = [region for region in found.regions if region.standing in COUNTED]
    covered = [part for region in counted for part in region.parts or (region.id,)]
    assert sorted(covered) == sorted(region.id for region in found.elements)
    for region in found.regions:
        contested = region.standing is Standing.CONTESTED
        if contested:
            assert region.kinds
            assert region.gate or len(region.options) > 1, "a point without a choice"
        if region.standing in (Standing.SINGLE, Standing.IDENTICAL) and region.options:
            assert (len(region.sources) > 1) == (region.standing is Standing.IDENTICAL)
        assert set(region.sources) == {s for o in region.options for s in o.sources} or (
            region.parts or not region.options
        )


@ours.law(ours.drafts())
def test_options_differ_and_say_who_is_behind_them(draft: Draft) -> None:
    _, found = laid(draft)
    for region in (*found.elements, *found.regions):
        if region.standing is Standing.COMPOSED:
            continue  # its options are those of its parts
        assert len({option.id for option in region.options}) == len(region.options)
    for region in found.elements:
        behind = [source for option in region.options for source in option.sources]
        assert len(behind) == len(set(behind)), "a source is behind two options of one region"
        assert list(region.options) == sorted(region.options, key=lambda option: option.sources)
        if region.stream is Stream.TEXT and len(region.options) > 1:
            keys = {tuple(word.key for word in option.words) for option in region.options}
            assert len(keys) == len(region.options)


# -- conflicts ----------------------------------------------------------------------------------


@ours.law(ours.drafts())
def test_a_common_source_excludes_a_textual_conflict(draft: Draft) -> None:
    merged, _ = laid(draft)
    whole = {p.id for p in walk(draft.base.provisions) if p.kind in WHOLE}
    for marks in merged.texts:
        if marks.target in whole:
            continue
        for one, other in combinations(marks.changes, 2):
            if set(one.sources) & set(other.sources):
                (a, b), (c, d) = footprint(one), footprint(other)
                assert b < c or d < a


def contested(found: Findings) -> set[tuple[str, Stream, int]]:
    """Return the places, word by word, that are contested."""
    whole = found.whole()
    return {
        (region.target, region.stream, spot)
        for region in found.elements
        if whole[region.id].standing is Standing.CONTESTED
        for spot in range(region.lo, region.hi + 1)
    }


@ours.law(ours.drafts(least=3))
def test_more_proposals_never_make_less_contested(draft: Draft) -> None:
    merged, found = laid(draft)
    for source in merged.sources:
        assert contested(find(without(merged, [source]))) <= contested(found)


@ours.law(ours.drafts(), st.data())
def test_who_does_not_touch_a_point_does_not_change_it(draft: Draft, data: st.DataObject) -> None:
    merged, found = laid(draft)
    joining = data.draw(st.sampled_from(merged.sources))
    # A footnote goes with its mark: that is a question of its own only beside who amends it.
    notes = {p.id for p in walk(merged.base.provisions) if p.kind is Kind.FOOTNOTE}
    untouched = {
        r.id
        for r in found.regions
        if joining not in r.sources
        and r.gate is not Gate.NO_CHANGE
        and not (r.gate and r.target in notes)
    }
    before = find(without(merged, [joining]))
    assert untouched <= {region.id for region in before.regions}


@ours.law(ours.drafts(least=2, most=2))
def test_ids_do_not_depend_on_names(draft: Draft) -> None:
    _, found = laid(draft)
    one, other = draft.proposals
    swapped = [
        propose(draft.base, draft.texts[one.id], other.id, keeps=one.keeps),
        propose(draft.base, draft.texts[other.id], one.id, keeps=other.keeps),
    ]
    again = find(merge(draft.base, swapped))
    assert {region.id for region in again.regions} == {region.id for region in found.regions}


# -- typography ---------------------------------------------------------------------------------


def retyped(text: Resolution) -> Resolution:
    """Type a text otherwise: what has marks is left alone, and footnotes."""

    def one(provision: Provision) -> Provision:
        alone = provision.marks or provision.kind is Kind.FOOTNOTE
        said = provision.text if alone else typed(provision.text)
        return replace(provision, text=said, children=tuple(map(one, provision.children)))

    return replace(text, provisions=tuple(map(one, text.provisions)))


@ours.law(ours.drafts())
def test_another_typography_changes_nothing(draft: Draft) -> None:
    _, found = laid(draft)
    typist = propose(draft.base, retyped(draft.base), "ZWE/9/1")
    alone = find(merge(draft.base, [typist]))
    assert not alone.regions
    again = find(merge(draft.base, [*draft.proposals, typist]))
    assert again.regions == found.regions


@ours.law(ours.drafts())
def test_who_types_otherwise_asks_for_the_same(draft: Draft) -> None:
    first = draft.proposals[0]
    for text in (draft.base, draft.texts[first.id]):
        said = [p.text for p in walk(text.provisions) if p.kind in (Kind.ITEM, Kind.TEXT)]
        assume(len(said) == len(set(map(bare, said))))  # which of two is meant nobody can tell
    other = propose(draft.base, retyped(draft.texts[first.id]), "ZWE/9/1", keeps=first.keeps)
    found = find(merge(draft.base, [first, other]))
    assert not [r for r in found.regions if ConflictKind.COMPOSED not in r.kinds and r.outstanding]
    assert all(region.sources == (first.id, "ZWE/9/1") for region in found.regions)
