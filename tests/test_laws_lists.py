"""Laws of what is asked of lists: equal additions, ends that follow; and of places far away."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import event
from hypothesis import strategies as st

from resamend.conflict import Region, Standing, Stream, find
from resamend.conflict.ends import parted
from resamend.conflict.phrases import extents, phrases
from resamend.conflict.units import units
from resamend.consolidation import AttributedHunk, Consolidated, merge, project
from resamend.decision import DecisionKind, adopt, replay
from resamend.difference import ListEdit, ListHunk
from resamend.matching import index_of
from resamend.model import Kind, Provision, walk
from resamend.ordering import stated
from resamend.words import key_of
from tests import tally
from tests.build import proposal, resolution
from tests.lists import Listed, listed
from tests.sentences import Questioned, questioned
from tests.strategies import law
from tests.wishes import decided, wish

# -- law 15: locality -----------------------------------------------------------------------------


@law(questioned(moves=False))
def test_who_arrives_changes_nothing_far_away(drawn: Questioned) -> None:
    """Law 15: outside the closure of its extents under phrases and regions, all ids stay."""
    *fewer, joining = drawn.proposals
    before, after = (merge(drawn.base, some) for some in (fewer, drawn.proposals))
    then, now = find(before).elements, find(after).elements
    far = 0
    for marks in before.texts:
        near = _closure(
            after, marks.target, joining.id, [*_of(then, marks.target), *_of(now, marks.target)]
        )
        ids = {region.id for region in _of(now, marks.target)}
        for region in _of(then, marks.target):
            if not any(lo <= region.hi and region.lo <= hi for lo, hi in near):
                assert region.id in ids
                far += 1
    event(f"far: {bool(far)}")


def _of(elements: tuple[Region, ...], target: str) -> list[Region]:
    return [r for r in elements if r.stream is Stream.TEXT and r.target == target]


def _closure(
    draft: Consolidated, target: str, source: str, regions: list[Region]
) -> set[tuple[int, int]]:
    """Return what a source's extents in a text reach, over the phrases of all and the regions."""
    known, language = index_of(draft.base), draft.base.language
    (marks,) = (parted(known, m) for m in draft.texts if m.target == target)
    base = known.words(known.at[target])
    spans = {(region.lo, region.hi) for region in regions}
    reached: set[tuple[int, int]] = set()
    for who in {s for change in marks.changes for s in change.sources}:
        own = _hunks_of(marks.changes, who)
        parts = extents(base, units(base, language), own, language)
        reached |= {(part.lo, part.hi) for part in parts if who == source}
        spans |= {(phrase.lo, phrase.hi) for phrase in phrases(base, parts, language)}
    while more := {
        (lo, hi) for lo, hi in spans - reached if any(a <= hi and lo <= b for a, b in reached)
    }:
        reached |= more
    return reached


def _hunks_of(changes: tuple[AttributedHunk, ...], who: str) -> list[AttributedHunk]:
    return sorted((c for c in changes if who in c.sources), key=lambda c: (c.start, c.end))


# -- law 20: equal additions ----------------------------------------------------------------------


@law(listed())
def test_equal_additions_that_may_stand_together_are_one(drawn: Listed) -> None:
    """Law 20: one mark where all their intervals share a gap, unless an order forbids it."""
    merged = merge(drawn.base, drawn.proposals)
    (marks,) = merged.lists or (None,)
    if marks is None:
        return
    places: dict[str, set[int]] = defaultdict(set)
    for addition in marks.additions:
        places[_name(addition.provision)].add(addition.gap)
    asked = _asked(drawn)
    found = find(merged)
    tally.note_asked(merged, found)
    for name, hunks in asked.items():
        assert len(places[name]) <= sum(_name(i) == name for hunk in hunks for i in hunk.items)
        lo, hi = max(hunk.start for hunk in hunks), min(hunk.end for hunk in hunks)
        free = all(_name(hunk.items[0]) == name and _once(hunk, name) for hunk in hunks)
        if lo <= hi and free and not marks.cycles:
            assert len(places[name]) == 1
            ways = {i.text for hunk in hunks for i in hunk.items if _name(i) == name}
            asking = [r for r in found.elements if any(_name(p) == name for p in _added(r))]
            assert len(asking) == 1
            event(f"one of several gaps: {len({hunk.end for hunk in hunks}) > 1}")
            event(f"ended otherwise: {len(ways) > 1}")
    for each in drawn.proposals:
        assert project(merged, each.id) == project(merge(drawn.base, [each]), each.id)
    assert merge(drawn.base, drawn.proposals[::-1]).lists == merged.lists


def _asked(drawn: Listed) -> dict[str, list[ListHunk]]:
    """Return, per content, the hunks in which it is added."""
    asked: dict[str, list[ListHunk]] = {}
    for each in drawn.proposals:
        for edit in each.edits:
            for hunk in edit.hunks if isinstance(edit, ListEdit) else ():
                for name in {_name(i) for i in hunk.items if i.kind is not Kind.MOVED}:
                    asked.setdefault(name, []).append(hunk)
    return asked


def _once(hunk: ListHunk, name: str) -> bool:
    return sum(_name(item) == name for item in hunk.items) == 1


def _name(provision: Provision) -> str:
    """Return what an addition says, however it is typed and ended."""
    return repr(stated(provision))


def _added(region: Region) -> list[Provision]:
    return [provision for option in region.options for provision in option.provisions]


# -- law 21: ends ---------------------------------------------------------------------------------


@law(listed())
def test_an_end_that_follows_is_no_point(drawn: Listed) -> None:
    """Law 21: whoever ends items as the list then stands makes no point of it."""
    typed, plain = (find(merge(drawn.base, some)) for some in (drawn.proposals, drawn.plain))
    assert len(typed.outstanding) == len(plain.outstanding)
    event(f"follows: {any(region.ends for region in typed.regions)}")


@law(listed(), st.data())
def test_an_adopted_list_ends_as_a_list_does(drawn: Listed, data: st.DataObject) -> None:
    """What is taken of one or the other ends with one conjunction, one stop, where they belong."""
    merged = merge(drawn.base, drawn.plain)
    found = find(merged)
    source = data.draw(st.sampled_from(merged.sources))
    wishes = [
        (r, wish(DecisionKind.TAKE, source) if source in r.sources else wish(DecisionKind.KEEP))
        for r in found.regions
        if not r.gate and r.standing not in (Standing.COMPOSED, Standing.WARNING)
    ]
    gates = [
        (r, wish(DecisionKind.SUPPRESS if source in r.sources else DecisionKind.RETAIN))
        for r in found.regions
        if r.gate
    ]
    known = replay(merged, found, decided(merged, found, [*wishes, *gates]))
    text = adopt(merged, found, known).text
    (wanted,) = (p for p in drawn.proposals if p.id == source)
    said = [key_of(p.text) for p in walk(text.provisions)]
    own = project(merge(drawn.base, [wanted]), source)
    assert said == [key_of(p.text) for p in walk(own.provisions)]


def test_the_conjunction_of_a_list_follows_its_end() -> None:
    lines = ("1 the Council agrees;", "2 the boats are ready; and", "3 funds permit.")
    base = resolution("resolves", *lines)
    more = ("2 the boats are ready;", "3 funds permit; and", "4 the need is urgent.")
    any_of = (lines[0], "2 the boats are ready; or", lines[2])
    merged = merge(
        base,
        [
            proposal(base, "RUS", "resolves", lines[0], *more),
            proposal(base, "CHN", "resolves", *any_of),
        ],
    )
    found = find(merged)
    assert not found.outstanding
    taken = [(r, wish(DecisionKind.TAKE)) for r in found.regions if r.options and not r.ends]
    known = replay(merged, found, decided(merged, found, taken))
    texts = [p.text for p in walk(adopt(merged, found, known).text.provisions) if p.label]
    assert texts == [
        "the Council agrees;", "the boats are ready;", "funds permit; or", "the need is urgent.",
    ]  # fmt: skip
