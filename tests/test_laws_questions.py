"""Laws of what is asked: regions, phrases, gates, composed texts, records that stand."""

from __future__ import annotations

from itertools import pairwise
from unittest.mock import patch

from hypothesis import event
from hypothesis import strategies as st
from msgspec.structs import replace

from resamend.amendment import Proposal, propose
from resamend.conflict import Findings, Gate, OptionKind, Region, Standing, Stream, find
from resamend.conflict.ends import parted
from resamend.conflict.phrases import extents, footprint, phrases
from resamend.conflict.units import units
from resamend.consolidation import AttributedHunk, Consolidated, merge, project, without
from resamend.decision import DecisionKind, Record, Status, adopt, replay, settle
from resamend.decision.compositions import asked_now
from resamend.decision.lapsing import gates_around
from resamend.decision.values import TO_READ
from resamend.difference import TextEdit
from resamend.difference.unit_words import CITATION_NOUNS
from resamend.matching import index_of
from resamend.model import Resolution, walk
from resamend.words import ENDS, key_of
from tests import tally
from tests.build import proposal, resolution
from tests.sentences import Questioned, questioned, shared_sentence
from tests.strategies import law
from tests.wishes import decided, some_wishes, wish


def laid(drawn: Questioned) -> tuple[Consolidated, Findings]:
    merged = merge(drawn.base, drawn.proposals)
    found = find(merged)
    tally.note_asked(merged, found)
    return merged, found


def texts_of(found: Findings, target: str) -> list[Region]:
    regions = [r for r in found.elements if r.stream is Stream.TEXT and r.target == target]
    return sorted(regions, key=lambda region: region.lo)


@law(questioned())
def test_regions_are_disjoint_and_coarser_and_recompose(drawn: Questioned) -> None:
    """Law 11."""
    merged, found = laid(drawn)
    known = index_of(drawn.base)
    for marks in merged.texts:
        marks = parted(known, marks)
        regions = texts_of(found, marks.target)
        assert all(one.hi < other.lo for one, other in pairwise(regions))
        for change in marks.changes:
            lo, hi = footprint(change)
            assert sum(region.lo <= lo and hi <= region.hi for region in regions) == 1
        base = known.words(known.at[marks.target])
        for source in {s for change in marks.changes for s in change.sources}:
            own = {p.id: p.text for p in walk(project(merged, source).provisions)}
            if marks.target in own:
                assert _recomposed(base, regions, source) == tuple(key_of(own[marks.target]))
        event(f"fused: {any(_hunks_in(marks.changes, r) > 1 for r in regions)}")


def _recomposed(base, regions: list[Region], source: str) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    words, at = [], 0
    for region in regions:
        chosen = [o.words for o in region.options if source in o.sources]
        if chosen:
            words += [*base[at : region.lo // 2], *chosen[0]]
            at = (region.hi + 1) // 2
    return tuple(word.key for word in (*words, *base[at:]))


def _hunks_in(changes: tuple[AttributedHunk, ...], region: Region) -> int:
    spans = {footprint(change) for change in changes}
    return sum(region.lo <= lo and hi <= region.hi for lo, hi in spans)


@law(questioned())
def test_no_unit_is_cut_where_somebody_changes_it(drawn: Questioned) -> None:
    """Law 12."""
    merged, found = laid(drawn)
    known, language = index_of(drawn.base), drawn.base.language
    for marks in merged.texts:
        base = known.words(known.at[marks.target])
        for a, b in units(base, language):
            lo, hi = 2 * a + 1, 2 * b - 1
            for region in texts_of(found, marks.target):
                assert region.hi < lo or hi < region.lo or (region.lo <= lo and hi <= region.hi)


@law(questioned())
def test_own_units_are_read_wherever_there_can_be_one(drawn: Questioned) -> None:
    """Nothing is asked otherwise where the quick look that spares reading them is left out."""
    merged, found = laid(drawn)
    with patch("resamend.conflict.phrases.no_units_near", return_value=False):
        assert find(merged).regions == found.regions


@law(questioned())
def test_a_phrase_is_not_torn(drawn: Questioned) -> None:
    """Law 13: what is taken of one or the other in a phrase is one's, or the other's, text."""
    merged, found = laid(drawn)
    known, language = index_of(drawn.base), drawn.base.language
    for marks in merged.texts:
        marks = parted(known, marks)
        base = known.words(known.at[marks.target])
        regions = texts_of(found, marks.target)
        hunks = {
            s: sorted((c for c in marks.changes if s in c.sources), key=lambda c: (c.start, c.end))
            for s in {s for c in marks.changes for s in c.sources}
        }
        for source, own in hunks.items():
            parts = extents(base, units(base, language), own, language)
            for phrase in phrases(base, parts, language):
                met = [r for r in regions if r.lo <= phrase.hi and phrase.lo <= r.hi]
                for other in hunks.keys() - {source}:
                    apart = [
                        r
                        for r in met
                        if {source, other} <= set(r.sources)
                        and not any({source, other} <= set(o.sources) for o in r.options)
                    ]
                    assert len(apart) < 2


@law(questioned(), st.data())
def test_order_does_not_matter_and_the_contested_area_grows(
    drawn: Questioned, data: st.DataObject
) -> None:
    """Law 14."""
    _, found = laid(drawn)
    shuffled = data.draw(st.permutations(drawn.proposals))
    assert find(merge(drawn.base, shuffled)) == found
    fewer = find(merge(drawn.base, drawn.proposals[:-1]))
    for region in fewer.elements:
        if region.stream is Stream.TEXT and region.standing is Standing.CONTESTED:
            wider = [
                r for r in texts_of(found, region.target) if r.lo <= region.hi and region.lo <= r.hi
            ]
            assert any(r.standing is Standing.CONTESTED for r in wider)


@law(questioned(moves=False), st.sampled_from(["recs_1", "dvs_1", "dvs_1__para_1", ""]))
def test_a_suppression_that_arrives_changes_nothing_inside(drawn: Questioned, id: str) -> None:
    """Law 17: no id, option or kind within it."""
    _, found = laid(drawn)
    struck = propose(drawn.base, _without(drawn.base, id), "ZZZ/1/1")
    after = find(merge(drawn.base, [*drawn.proposals, struck]))
    now = {region.id: region for region in after.regions}
    for region in found.regions:
        if region.gate or any(o.deed is OptionKind.SUPPRESS for o in region.options):
            assert region.id in now  # more may stand behind it
        elif region.standing is not Standing.CONSEQUENTIAL:
            assert now[region.id] == region
    event(f"nested: {any(len(around) > 1 for around in _around(drawn.base, after).values())}")


def _around(base: Resolution, found: Findings) -> dict[str, tuple[str, ...]]:
    return gates_around(index_of(base), found.regions)


def _without(base: Resolution, id: str) -> Resolution:
    def left(provisions):  # type: ignore[no-untyped-def]
        return tuple(replace(p, children=left(p.children)) for p in provisions if p.id != id and id)

    return replace(base, provisions=left(base.provisions))


@law(questioned(), st.data())
def test_to_undo_a_gate_gives_back_the_very_replay(drawn: Questioned, data: st.DataObject) -> None:
    """Law 18."""
    merged, found = laid(drawn)
    records = list(decided(merged, found, data.draw(some_wishes(merged, found))))
    gates = [r for r in found.regions if r.gate and r.id not in {x.region for x in records}]
    if not gates:
        return
    gate = data.draw(st.sampled_from(gates))
    act = DecisionKind.SUPPRESS if gate.gate is Gate.SUPPRESS else DecisionKind.NO_CHANGE
    (answer,) = decided(merged, found, [(gate, wish(act))])
    answer = replace(answer, number=len(records) + 1)
    undo = replace(
        answer, number=answer.number + 1, act=DecisionKind.UNDO, undoes=answer.number, chosen=()
    )
    before = replay(merged, found, records)
    with_gate = replay(merged, found, [*records, answer])
    after = replay(merged, found, [*records, answer, undo])
    assert after.records[: len(records)] == before.records
    assert after.lapsed == before.lapsed
    assert settle(merged, found, after).consolidated == settle(merged, found, before).consolidated
    adopt(merged, found, with_gate)
    lapsed = any(each.status is Status.LAPSED for each in with_gate.records)
    event(f"lapsed: {lapsed}")


@law(questioned(), st.data())
def test_nobodys_text_is_adopted_unseen(drawn: Questioned, data: st.DataObject) -> None:
    """Law 16: the oracle compares adopted texts with those of the sources, without regions."""
    merged, found = laid(drawn)
    wishes = [
        (region, data.draw(_answers(region)))
        for region in found.regions
        if region.standing not in TO_READ and not region.ends
    ]
    known = replay(merged, found, decided(merged, found, wishes))
    adopted = adopt(merged, found, known)
    somebodys = {
        (p.id, _bare(p.text))
        for text in (drawn.base, *(project(merged, s) for s in merged.sources))
        for p in walk(text.provisions)
    }
    listed = {each.id for each in adopted.unread}
    ids = {id for id, _ in somebodys}
    open_ = {r.target for r in adopted.open}
    nobodys = {
        p.id
        for p in walk(adopted.text.provisions)
        if p.id in ids and (p.id, _bare(p.text)) not in somebodys
    }
    assert nobodys - open_ <= listed
    event(f"composed: {bool(nobodys)}")


@law(st.one_of(questioned(), shared_sentence()), st.data())
def test_what_records_put_together_is_a_point_even_beside_a_question(
    drawn: Questioned, data: st.DataObject
) -> None:
    """R6: nobody has all that was taken of a text, and nobody was shown it; nor was a part of it.

    The oracle knows no regions: it compares the words that records strike and insert with those
    that each source does.
    """
    merged, found = laid(drawn)
    wishes = [
        (region, data.draw(_answers(region)))
        for region in found.regions
        if region.standing not in TO_READ and not region.ends and data.draw(st.booleans())
    ]
    known = replay(merged, found, decided(merged, found, wishes))
    settled = settle(merged, found, known).consolidated.proposals
    mine = next((_changed_words(p) for p in settled if p.id == "✓"), {})
    theirs = [_changed_words(p) for p in merged.proposals]
    nobodys = {id for id in mine if not any(mine[id] <= words.get(id, set()) for words in theirs)}
    points = {r.target for r in asked_now(found, known).outstanding if r.composed}
    assert nobodys <= points
    open_ = {r.target for r in adopt(merged, found, known).open}
    event(f"put together beside a question: {bool(nobodys & open_)}")


def _changed_words(proposal: Proposal) -> dict[str, set[tuple[object, ...]]]:
    """Map each text to the words that a proposal strikes and inserts, but for what follows."""
    changed: dict[str, set[tuple[object, ...]]] = {}
    for edit in proposal.edits:
        if isinstance(edit, TextEdit):
            words = changed.setdefault(edit.target, set())
            for hunk in edit.hunks:
                struck = zip(range(hunk.start, hunk.end), key_of(hunk.old), strict=False)
                keys = [(at, key.casefold()) for at, key in struck]
                keys += [(-1, word.key.casefold()) for word in hunk.words]
                words |= {pair for pair in keys if pair[1] not in ENDS | CITATION_NOUNS}
    return changed


def _answers(region: Region):  # type: ignore[no-untyped-def]
    if region.gate is Gate.SUPPRESS:
        return st.sampled_from([wish(DecisionKind.SUPPRESS), wish(DecisionKind.RETAIN)])
    if region.gate:
        return st.sampled_from([wish(DecisionKind.NO_CHANGE), wish(DecisionKind.AMENDABLE)])
    takes = [wish(DecisionKind.TAKE, option.id) for option in region.options]
    return st.sampled_from([wish(DecisionKind.KEEP), *takes])


def _bare(text: str) -> tuple[str, ...]:
    return tuple(key for key in map(str.casefold, key_of(text)) if key not in ";,.")


@law(questioned(), st.data())
def test_a_record_stands_whoever_withdraws(drawn: Questioned, data: st.DataObject) -> None:
    """What the group took of words stands when its author withdraws, and reads as it read."""
    merged, found = laid(drawn)
    words = [
        r
        for r in found.regions
        if r.stream is Stream.TEXT and r.standing not in TO_READ and r.options and not r.parts
    ]
    if not words:
        return
    region = data.draw(st.sampled_from(words))
    option = data.draw(st.sampled_from(region.options))
    records = decided(merged, found, [(region, wish(DecisionKind.TAKE, option.id))])
    gone = data.draw(st.sampled_from(option.sources))
    fewer = without(merged, [gone])
    (each,) = replay(fewer, find(fewer), records).records
    assert each.applied or each.status is Status.MOOT
    settled = settle(fewer, find(fewer), replay(fewer, find(fewer), records))
    own = _words(settled.consolidated, records[0], option.words)
    assert own


def _words(settled: Consolidated, record: Record, words) -> bool:  # type: ignore[no-untyped-def]
    own = next((p for p in settled.proposals if p.id == "✓"), None)
    if own is None:
        return False
    text = {p.id: p.text for p in walk(project(settled, "✓").provisions)}
    said = " ".join(key_of(text[record.places[0].target]))
    return " ".join(word.key for word in words) in said


# -- law 19: nothing is lost by a lapse -----------------------------------------------------------

RUST, REPORT = "that gauges left in the open rust within a year", "to report to the Council"
WORK = "that the gauges work"
BASE = (
    "considering",
    "a) that the gauges work",
    f"b) {RUST}",
    "resolves",
    "1 to meet",
    f"2 {REPORT}",
)


def _answered(merged: Consolidated, **acts: DecisionKind | str) -> list[str]:
    """Return what is adopted where the points at some places, by their last word, are answered."""
    found = find(merged)
    wishes = []
    for region in found.regions:
        act = acts.get(region.path.split()[-1].strip(")"))
        if isinstance(act, DecisionKind) and region.gate:
            wishes.append((region, wish(act)))
        elif isinstance(act, str) and region.stream is Stream.PROVISION and not region.gate:
            wishes.append((region, wish(DecisionKind.TAKE, act)))
    known = replay(merged, found, decided(merged, found, wishes))
    return [p.text for p in walk(adopt(merged, found, known).text.provisions)]


def test_what_is_moved_out_of_what_is_suppressed_stands_where_it_goes() -> None:
    base = resolution(*BASE)
    merged = merge(
        base,
        [
            proposal(base, "SSS", *BASE[3:]),
            proposal(base, "AAA", *BASE[:2], *BASE[3:], f"3 {RUST}"),
        ],
    )
    suppress = DecisionKind.SUPPRESS
    assert _answered(merged, considering=suppress, b="AAA/1/1") == [
        "", "resolves", "to meet", REPORT, RUST,
    ]  # fmt: skip
    assert _answered(merged, considering=suppress, b="SSS/1/1") == [
        "",
        "resolves",
        "to meet",
        REPORT,
    ]
    texts = _answered(merged, considering=DecisionKind.RETAIN, b="AAA/1/1")
    assert texts == ["", "considering", WORK, "resolves", "to meet", REPORT, RUST]
    open_ = _answered(merged, considering=suppress)
    assert open_ == ["", "resolves", "to meet", REPORT, f"[{RUST}]"]


def test_what_is_moved_into_what_is_suppressed_stays_where_it_was() -> None:
    base = resolution(*BASE)
    merged = merge(
        base,
        [
            proposal(base, "SSS", *BASE[3:]),
            proposal(base, "AAA", *BASE[:3], f"c) {REPORT}", *BASE[3:5]),
        ],
    )
    for acts in ({"2": "AAA/1/1"}, {}):
        texts = _answered(merged, considering=DecisionKind.SUPPRESS, **acts)
        assert texts == ["", "resolves", "to meet", REPORT]
    texts = _answered(merged, considering=DecisionKind.RETAIN, **{"2": "AAA/1/1"})
    assert texts[-3:] == [REPORT, "resolves", "to meet"]
