"""Laws of records: what is recorded is what is adopted, and no record locks anybody out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import assume, event
from hypothesis import strategies as st
from msgspec.structs import replace

from resamend.amendment import Proposal, propose
from resamend.conflict import Findings, Gate, OptionKind, Region, Stream, find
from resamend.consolidation import Consolidated, merge, project, without
from resamend.decision import (
    DecisionKind,
    DecisionRequest,
    Record,
    adopt,
    record,
    replay,
    settle,
)
from resamend.decision.values import TO_READ, Place
from resamend.decision.wording import spaced
from resamend.difference import ListEdit, content
from resamend.errors import InputError, UsageError
from resamend.matching import index_of
from resamend.model import Provision, Resolution, walk
from resamend.redlines import redline
from resamend.redlines.records import recorded
from resamend.tables import compare
from resamend.words import key_of
from tests.lists import Listed, Torn, listed, torn
from tests.sentences import Questioned, proposal, questioned, resolution
from tests.strategies import law
from tests.tally import note_asked
from tests.wishes import decided, wish

# -- take one source everywhere -------------------------------------------------------------------


@law(st.one_of(questioned(), listed(), torn()), st.data())
def test_to_take_one_source_everywhere_adopts_its_text(
    drawn: Questioned | Listed | Torn, data: st.DataObject
) -> None:
    """But for the ends of items, which follow (R9), and numbers."""
    merged = merge(drawn.base, drawn.proposals)
    found = find(merged)
    note_asked(merged, found)
    source = data.draw(st.sampled_from(merged.sources))
    wishes = [(r, _of_source(r, source)) for r in found.regions if r.standing not in TO_READ]
    known = replay(merged, found, decided(merged, found, wishes))
    adopted = adopt(merged, found, known)
    assert not adopted.open
    assert _said(adopted.text.provisions) == _said(project(merged, source).provisions)


def _of_source(region: Region, source: str) -> DecisionRequest:
    asks = source in region.sources
    if region.gate is Gate.SUPPRESS:
        return wish(DecisionKind.SUPPRESS if asks else DecisionKind.RETAIN)
    if region.gate:
        return wish(DecisionKind.NO_CHANGE if asks else DecisionKind.AMENDABLE)
    return wish(DecisionKind.TAKE, source) if asks else wish(DecisionKind.KEEP)


def _said(provisions: Sequence[Provision]) -> list[object]:
    return [(p.kind, _unended(p.text), _said(p.children)) for p in provisions]


def _unended(text: str) -> list[str]:
    keys = list(key_of(text))
    while keys and keys[-1] in (*";.,", "and", "or"):
        keys.pop()
    return keys


@law(st.one_of(questioned(), listed(), torn()), st.data())
def test_what_was_taken_stands_whoever_withdraws(
    drawn: Questioned | Listed | Torn, data: st.DataObject
) -> None:
    """What is moved, joined or annotated too: agreed text is the group's."""
    merged = merge(drawn.base, drawn.proposals)
    found = find(merged)
    # Of equal additions of one proposal nobody can tell which is meant when another adds one.
    assume(not any(_twice(each) for each in merged.proposals))
    source = data.draw(st.sampled_from(merged.sources))
    wishes = [(r, _of_source(r, source)) for r in found.regions if r.standing not in TO_READ]
    records = decided(merged, found, wishes)
    before = adopt(merged, found, replay(merged, found, records))
    fewer = without(merged, data.draw(st.sampled_from([[source], list(merged.sources)])))
    left = find(fewer)
    known = replay(fewer, left, records)
    assert not known.stale
    after = adopt(fewer, left, known)
    assert _any_order(_said(after.text.provisions)) == _any_order(_said(before.text.provisions))


def _twice(own: Proposal) -> bool:
    """Tell whether a proposal adds the same twice."""
    hunks = [hunk for e in own.edits for hunk in (e.hunks if isinstance(e, ListEdit) else ())]
    added = [content(item) for hunk in hunks for item in hunk.items]
    return len(added) > len(set(added))


def _any_order(said: list[object]) -> list[str]:
    """Write provisions in one order: nobody's proposal says any more which of several is first."""
    return sorted(repr((kind, text, _any_order(below))) for kind, text, below in said)  # type: ignore[misc]


# -- law 19: nothing is lost by a lapse -----------------------------------------------------------


@law(questioned(), st.booleans())
def test_nothing_is_lost_by_a_lapse(drawn: Questioned, both: bool) -> None:
    """Law 19: what goes into what is suppressed stays; what is taken out of it stands elsewhere."""
    merged = merge(drawn.base, drawn.proposals)
    found = find(merged)
    note_asked(merged, found)
    sections = [r for r in found.regions if r.gate is Gate.SUPPRESS and r.base.count("\n")]
    struck = sections if both else sections[:1]
    moves = [(r, o) for r in found.regions if not r.gate for o in r.options if _moves(o.deed)]
    taken = {region.id: (region, option) for region, option in moves}
    wishes = [
        *((region, wish(DecisionKind.SUPPRESS)) for region in struck),
        *((region, wish(DecisionKind.TAKE, option.id)) for region, option in taken.values()),
    ]
    known = replay(merged, found, decided(merged, found, wishes))
    parents = _parents(adopt(merged, found, known).text)
    base, gone = _parents(drawn.base), {region.target for region in struck}
    for region, option in taken.values():
        if region.stream is Stream.PROVISION:
            home = base[region.target]
            there = home if option.host in gone else option.host
            assert parents.get(region.target, "") == ("" if there in gone else there)
            event(f"lapse: {option.host in gone}, {home in gone}")


def _moves(deed: OptionKind) -> bool:
    return deed is OptionKind.MOVE


def _parents(text: Resolution) -> dict[str, str]:
    return {child.id: p.id for p in walk(text.provisions) for child in p.children}


# -- no record makes a dossier unreadable ---------------------------------------------------------


@law(torn(), st.data())
def test_no_record_locks_anybody_out(drawn: Torn, data: st.DataObject) -> None:
    """What can be recorded, in any order, can be shown, compared and adopted."""
    merged = merge(drawn.base, drawn.proposals)
    found = find(merged)
    note_asked(merged, found)
    records: list[Record] = []
    points = [region for region in found.regions if region.standing not in TO_READ]
    for region in data.draw(st.permutations(points)):
        act, names = data.draw(_acts(region))
        try:
            new = record(merged, found, region, wish(act, *names), number=len(records) + 1)
            _carried_out(merged, found, [*records, new])
        except UsageError:
            continue  # it makes no sense there
        except InputError as error:
            event(f"refused: {type(error).__name__}")
            continue  # as `dossier.deciding` does, which writes nothing then
        records.append(new)
        known = replay(merged, found, records)
        settled = settle(merged, found, known)
        redline(settled.consolidated, settled.findings)
        compare(merged, recorded(merged, found, known), near=None)
        find(settled.consolidated)


def _carried_out(merged: Consolidated, found: Findings, records: list[Record]) -> None:
    known = replay(merged, found, records)
    settle(merged, found, known)
    text = adopt(merged, found, known).text
    index_of(text)


def _acts(region: Region) -> st.SearchStrategy[tuple[DecisionKind, tuple[str, ...]]]:
    if region.gate:
        acts = (DecisionKind.SUPPRESS, DecisionKind.RETAIN)
        if region.gate is Gate.NO_CHANGE:
            acts = (DecisionKind.NO_CHANGE, DecisionKind.AMENDABLE)
        return st.sampled_from([(act, ()) for act in (*acts, DecisionKind.BRACKET)])
    takes = [(DecisionKind.TAKE, (option.id,)) for option in region.options]
    return st.sampled_from(
        [*takes, (DecisionKind.KEEP, ()), (DecisionKind.KEEP, ()), (DecisionKind.BRACKET, ())]
    )


@pytest.mark.parametrize("act", [DecisionKind.TAKE, DecisionKind.KEEP])
def test_one_answer_at_several_places_stands_at_each_when_nobody_joins_them(
    act: DecisionKind,
) -> None:
    """AAA joins 2 into 1, BBB joins another text there and moves 2; then AAA withdraws."""
    floods, meet = "the report of the Director on floods", "to meet on the first Monday of autumn"
    lend, noting = "to lend boats to the islands", ("noting", "a) the thanks of every village;")
    base = resolution(
        "considering", f"a) {floods};", *noting, "resolves", f"1 {meet};", f"2 {lend}"
    )
    proposals = (
        proposal(
            base, "AAA", "considering", f"a) {floods};", *noting, "resolves", f"1 {meet} {lend}"
        ),
        proposal(base, "BBB", *noting, "resolves", f"1 {lend};", f"2 {meet} {floods};"),
    )
    merged = merge(base, proposals)
    found = find(merged)
    [point] = [region for region in found.regions if len(region.parts) > 1]
    names = _of_source(point, "AAA/1/1").names if act is DecisionKind.TAKE else ()
    records = (record(merged, found, point, wish(act, *names), number=1),)
    [text] = [p.text for p in _adopted(merged, records) if p.text.startswith(meet)]
    fewer = without(merged, ["AAA/1/1"])
    assert text in [p.text for p in _adopted(fewer, records)]
    assert text == (f"{meet} {lend}" if act is DecisionKind.TAKE else f"{meet};")


def _adopted(draft: Consolidated, records: Sequence[Record]) -> list[Provision]:
    found = find(draft)
    return list(walk(adopt(draft, found, replay(draft, found, records)).text.provisions))


def test_words_taken_in_the_place_of_punctuation_keep_their_space_whoever_withdraws() -> None:
    """BBB joins two texts with words where the first one's semicolon is, and withdraws."""
    base = resolution("considering", "1 the report of floods;", "2 the thanks of villages;")
    joined = "1 the thanks of villages that rain has grown the report of floods;"
    merged = merge(base, [proposal(base, "BBB", "considering", joined)])
    found = find(merged)
    wishes = [(r, wish(DecisionKind.TAKE, "BBB/1/1")) for r in found.regions]
    records = decided(merged, found, wishes)
    assert any(not r.edits and r.places[0].stream is Stream.TEXT for r in records)
    for draft in (merged, without(merged, ["BBB/1/1"])):
        assert joined[2:] in [p.text for p in _adopted(draft, records)]


def test_own_words_in_the_place_of_punctuation_stand_apart_from_the_word_before() -> None:
    base = resolution("considering", "1 the thanks of villages; and")
    place = Place(Stream.TEXT, "recs_1__rec_1", 8, 9)
    known = index_of(base)
    assert spaced(known, place, "that grew;", "") == " that grew;"
    assert spaced(known, place, ", that grew;", "") == ", that grew;"


def test_what_is_joined_into_what_leaves_a_suppressed_section_leaves_with_it() -> None:
    """AAA and BBB strike the section; AAA moves its 1 out of it, and joins its 2 to that."""
    rain, rust = "that rain has grown in all valleys", "that gauges left in the open rust"
    noting = ("noting", "1 the report of the Director on floods;")
    base = resolution("considering", f"1 {rain};", f"2 {rust};", *noting)
    proposals = [
        proposal(base, "AAA", *noting, f"2 {rain} {rust};"),
        proposal(base, "BBB", *noting),
    ]
    merged = merge(base, proposals)
    found = find(merged)
    wishes = [(r, _of_source(r, "AAA/1/1")) for r in found.regions if r.standing not in TO_READ]
    records = decided(merged, found, wishes)
    for draft in (merged, without(merged, ["AAA/1/1"])):
        texts = [p.text for p in _adopted(draft, records)]
        assert f"{rain} {rust};" in texts


def test_what_was_not_taken_is_not_by_who_is_left_behind_what_was() -> None:
    """BBB and CCC add a text, CCC one more of its number; BBB's is taken, and BBB withdraws."""
    kept, last, lakes = "1 to meet;", "2 to report.", "to name all lakes of the region"
    base = resolution("resolves", kept, last)
    proposals = [
        proposal(base, "AAA", "resolves", kept, "1bis to plant willows;", last),
        proposal(base, "BBB", "resolves", kept, f"1bis {lakes}."),
        proposal(base, "CCC", "resolves", kept, f"1bis {lakes};", f"1bis {lakes}."),
    ]
    merged = merge(base, proposals)
    found = find(merged)
    records = decided(merged, found, [(r, _of_source(r, "BBB/1/1")) for r in found.regions])
    for draft in (merged, without(merged, ["BBB/1/1"])):
        texts = [p.text for p in _adopted(draft, records)]
        assert sum(text.startswith(lakes) for text in texts) == 1


@pytest.mark.parametrize("joined", [("to ring", "to keep"), ("to keep", "to ring")])
def test_the_move_of_what_others_are_joined_to_can_be_taken_by_itself(
    joined: tuple[str, str],
) -> None:
    """RUS strikes the heading, moves 2 out of it, and joins 1 to that."""
    texts = {"to ring": "to ring the old bell of the tower in fog"}
    texts["to keep"] = "to keep the boats of the harbour ready and the lamps of the lake lit"
    base = resolution("resolves", f"1 {texts['to ring']}", f"2 {texts['to keep']}")
    revised = resolution("resolves", "2 " + " ".join(texts[first] for first in joined))
    [top] = revised.provisions
    bare = replace(top, children=(replace(top.children[0], text=""),))
    merged = merge(base, [propose(base, replace(revised, provisions=(bare,)), "RUS/1/1")])
    found = find(merged)
    [move] = [r for r in found.regions if any(o.deed is OptionKind.MOVE for o in r.options)]
    records = decided(merged, found, [(move, wish(DecisionKind.TAKE, "RUS/1/1"))])
    replayed = replay(merged, found, records)
    assert settle(merged, found, replayed).records.keys() == {move.id}
    whole = " ".join(texts[first] for first in joined)
    assert [p.text for p in _adopted(merged, records)].count(whole) == 1
