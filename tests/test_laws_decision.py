"""Laws of the chair's records, on any draft."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from resamend.amendment import propose, revise
from resamend.conflict import (
    ConflictKind,
    Findings,
    Gate,
    Option,
    OptionKind,
    Region,
    Standing,
    find,
)
from resamend.consolidation import Consolidated, merge, project, without
from resamend.decision import (
    DecisionKind,
    DecisionRequest,
    Record,
    RecordedOption,
    Status,
    adopt,
    replay,
    settle,
)
from resamend.decision.fragments import assembled, cut_fragments
from resamend.decision.settling import Settler
from resamend.decision.values import TO_READ
from resamend.difference import ListEdit, ListHunk, TextEdit
from resamend.model import OBJECT, Kind, Language, Provision, Resolution, moved, walk
from resamend.numbering import eids
from resamend.redlines.records import recorded
from resamend.tables import compare
from resamend.words import key_of
from tests.build import proposal, resolution
from tests.strategies import Draft, drafts, law
from tests.wishes import decided, some_wishes, wish


def _said(provisions: tuple[Provision, ...]) -> list[object]:
    """Return what provisions say, without typography and labels: options are the same but for them.

    What is adopted is renumbered.
    """
    return [(p.kind, key_of(p.text), _said(p.children)) for p in provisions]


@given(drafts())
def test_a_proposal_cut_along_the_regions_is_whole_again(draft: Draft) -> None:
    merged = merge(draft.base, draft.proposals)
    cut = cut_fragments(merged, find(merged))
    for source in merged.sources:
        again = assembled(each.edit for each in cut if each.source == source)
        assert revise(draft.base, again) == project(merged, source)


@given(drafts())
def test_only_typography_belongs_to_no_region(draft: Draft) -> None:
    merged = merge(draft.base, draft.proposals)
    for each in cut_fragments(merged, find(merged)):
        assert each.element or (isinstance(each.edit, TextEdit) and not each.edit.hunks)


@given(drafts(), st.data())
def test_to_take_one_source_everywhere_gives_its_text(draft: Draft, data: st.DataObject) -> None:
    merged = merge(draft.base, draft.proposals)
    source = data.draw(st.sampled_from(merged.sources))
    assert _said(_taken(merged, source)) == _said(project(merged, source).provisions)


def _taken(merged: Consolidated, source: str) -> tuple[Provision, ...]:
    """Take what one source asks wherever it asks for something, and keep the rest as it is."""
    found = find(merged)
    wanted = tuple(
        (
            region,
            _of_source(region, source),
        )
        for region in found.regions
        if region.standing not in TO_READ
    )
    known = replay(merged, found, decided(merged, found, wanted))
    assert {each.status for each in known.records} <= {Status.EXACT, Status.LAPSED}
    settler = Settler(merged, found)
    taken = settler.decided(known.applied, known.lapsed)
    typography = [
        f.edit for f in cut_fragments(merged, found) if not f.element and f.source == source
    ]
    return revise(merged.base, assembled((*taken, *typography))).provisions


def _of_source(region: Region, source: str) -> DecisionRequest:
    """Return what one source asks for in a region; the text in force where it says nothing."""
    asks = source in region.sources
    if region.gate is Gate.SUPPRESS:
        return wish(DecisionKind.SUPPRESS if asks else DecisionKind.RETAIN)
    if region.gate:
        return wish(DecisionKind.NO_CHANGE if asks else DecisionKind.AMENDABLE)
    return wish(DecisionKind.TAKE, source) if asks else wish(DecisionKind.KEEP)


def test_an_addition_is_taken_with_what_its_own_source_moves_there() -> None:
    """RUS and CHN add the same paragraph, with another one moved below; RUS amends that too.

    ARM joins it elsewhere, so the move is a point of its own, and CHN's move is not RUS's.
    """
    said = "to hold ) [and ) a meeting every year"
    base = resolution("resolves", f"1 {said}", f"2 {said}", f"3 {said}")
    rest = (f"2 {said}", f"3 {said}")
    proposals = [
        proposal(base, "ARM", "resolves", f"2 {said} {said}", f"3 {said}"),
        proposal(base, "CHN", "resolves", "1bis ", f"  1 {said}", *rest),
        proposal(base, "RUS", "resolves", "1bis ", f"  1 {said.removeprefix('to hold ')}", *rest),
    ]
    merged = merge(base, proposals)
    for source in merged.sources:
        assert _said(_taken(merged, source)) == _said(project(merged, source).provisions)


@law(drafts(), st.data())
def test_what_is_decided_leaves_the_rest_as_it_was(draft: Draft, data: st.DataObject) -> None:
    merged = merge(draft.base, draft.proposals)
    found = find(merged)
    records = decided(merged, found, data.draw(some_wishes(merged, found)))
    known = replay(merged, found, data.draw(st.permutations(records)))
    assert {each.status for each in known.records} <= {Status.EXACT, Status.LAPSED}
    assert known == replay(merged, found, records)
    settled = settle(merged, found, known)
    open_ = {r.id for r in settled.findings.regions if r.standing is not Standing.RECORDED}
    open_ -= {region.id for region in known.put_together}  # which is no question of the draft's
    assert open_ <= {region.id for region in found.regions}
    left = merge(draft.base, [p for p in settled.consolidated.proposals if p.id in merged.sources])
    now = {region.id for region in find(left).regions}
    if not _entangled(merged, found):
        composed = {r.id for r in found.regions if r.standing in TO_READ}
        assert open_ - composed <= now
    adopted = adopt(merged, found, known)
    ids = [provision.id for provision in walk(adopted.text.provisions)]
    assert len(ids) == len(set(ids))
    assert {r.id for r in adopted.open} <= open_


def _entangled(merged: Consolidated, found: Findings) -> bool:
    """Tell whether one decision can change another question.

    So where things move, or are to be kept, and where one of two equal additions is the second.
    """
    options = [option for element in found.elements for option in element.options]
    return (
        any(proposal.keeps for proposal in merged.proposals)
        or any(addition.rank for marks in merged.lists for addition in marks.additions)
        or any(o.deed in (OptionKind.MOVE, OptionKind.JOIN) or OBJECT in o.text for o in options)
    )


@law(drafts(), st.data())
def test_records_replay_unchanged_on_an_unchanged_point(draft: Draft, data: st.DataObject) -> None:
    """Laws 8 and 5: who withdraws changes only the records about what it spoke to."""
    merged = merge(draft.base, draft.proposals)
    found = find(merged)
    records = decided(merged, found, data.draw(some_wishes(merged, found)))
    gone = data.draw(st.sampled_from(merged.sources))
    fewer = merge(draft.base, [p for p in draft.proposals if p.id != gone])
    now = find(fewer)
    withdrawn = without(merged, [gone])
    assert replay(withdrawn, find(withdrawn), records) == replay(fewer, now, records)
    asked = {region.id: _behind(region.options) for region in now.regions}
    for each in replay(fewer, now, records).records:
        same = asked.get(each.record.region) == _behind(each.record.options)
        if each.status is Status.LAPSED:
            continue  # with what is around it
        assert (each.status is Status.EXACT) is (same or _numbers(each.record, now, gone))
    back = merge(draft.base, draft.proposals)
    assert replay(back, find(back), records) == replay(merged, found, records)


def _behind(options: Iterable[Option | RecordedOption]) -> set[tuple[str, tuple[str, ...]]]:
    return {(option.id, option.sources) for option in options}


def _numbers(record: Record, now: Findings, gone: str) -> bool:
    """Tell whether a record is about a renumbered list, by the same sources as before."""
    there = {region.id for region in now.regions if not region.options}
    return record.region in there and gone not in record.options[0].sources


@given(drafts())
def test_a_record_is_read_back_as_it_was_written(draft: Draft) -> None:
    from resamend.dossier.log import Log, appended, read_log

    merged = merge(draft.base, draft.proposals)
    found = find(merged)
    wanted = tuple(
        (region, replace(wish(DecisionKind.BRACKET), reason="Не решено", reservations=("USA",)))
        for region in found.regions
    )
    records = decided(merged, found, wanted)
    log = appended(Log(), records)
    assert read_log(log.data, "decisions.jsonl") == log
    assert log.records == records


# -- found by the laws ----------------------------------------------------------------------------


def test_what_is_kept_although_what_is_below_it_moves_stands_once() -> None:
    below = ("  i) to count the rivers of the region;", "  ii) to name the lakes of the region;")
    said = ("resolves", "1 to meet every year;", "2 to ask the group:")
    base = resolution(*said, *below, "requests", "1 to send the report;")
    struck, host = "dvs_1__para_2", "dvs_2__para_1"
    asked = proposal(base, "RUS", *said[:2], "requests", "1 to send the report;", *below)
    put = [moved(f"{struck}__point_{k}") for k in ("i", "ii")]
    new = Provision(id="new_1", kind=Kind.ITEM, label="a)", text="also:", children=tuple(put))
    asked = replace(
        asked,
        edits=(
            ListEdit("dvs_1", (ListHunk(1, 2, (struck,), ()),)),
            ListEdit(host, (ListHunk(0, 0, (), (new,)),)),
        ),
    )
    strike = proposal(base, "CHN", *said, *below, "requests")
    merged = merge(base, [asked, strike])
    found = find(merged)
    gone = [r for r in found.regions if any(o.deed is OptionKind.SUPPRESS for o in r.options)]
    assert gone[0].path == "resolves 2"
    known = replay(merged, found, decided(merged, found, [(gone[0], wish(DecisionKind.KEEP))]))
    made = project(settle(merged, found, known).consolidated, "RUS/1/1")
    told = [f"{p.label} {p.text}" for p in walk(made.provisions) if p.kind is Kind.ITEM]
    assert told == [*said[1:], *map(str.strip, below), "1 to send the report;"]
    assert compare(merged, recorded(merged, found, known), near=None)


def test_what_is_added_without_what_stays_below_the_old_has_its_row() -> None:
    below = ("  i) to count the rivers of the region;", "  ii) to name the lakes of the region;")
    base = resolution("resolves", "1 to meet every year;", "2 to ask the group:", *below)
    old = "dvs_1__para_2"
    put = (moved(f"{old}__point_i"), moved(f"{old}__point_ii"))
    new = Provision(id="new_1", kind=Kind.ITEM, label="2", text="all:", children=put)
    edits = (ListEdit("dvs_1", (ListHunk(1, 2, (old,), (new,)),)),)
    struck = [proposal(base, who, "resolves", "1 to meet every year;") for who in ("CHN", "RUS")]
    merged = merge(base, [replace(each, edits=edits) for each in struck])
    found = find(merged)
    stays = [r for r in found.regions if r.target == f"{old}__point_ii"]
    known = replay(merged, found, decided(merged, found, [(stays[0], wish(DecisionKind.KEEP))]))
    made = compare(merged, recorded(merged, found, known), near=None)
    drafted = [block.id for row in made.spoken for block in row.draft.blocks]
    assert "new_1" in drafted and f"{old}__point_i" in drafted


def test_who_may_not_renumber_asks_for_no_number_of_its_own() -> None:
    """CHN's 2 came from its renumbering: once that is refused, it is no rival of RUS's 1bis."""
    base = resolution("resolves", "1 to meet every year;", "2 to report.")
    new = "to name the lakes of the region;"
    merged = merge(
        base,
        [
            proposal(
                base, "RUS", "resolves", "1 to meet every year;", f"1bis {new}", "2 to report."
            ),
            proposal(base, "CHN", "resolves", "1 to meet every year;", f"2 {new}", "3 to report."),
        ],
    )
    found = find(merged)
    anew = [r for r in found.regions if not r.options]
    known = replay(merged, found, decided(merged, found, [(anew[0], wish(DecisionKind.KEEP))]))
    left = find(settle(merged, found, known).consolidated)
    assert [(r.id, r.kinds) for r in left.regions] == [
        (r.id, ()) for r in found.regions if r is not anew[0]
    ]


def test_a_number_that_a_renumbering_gives_is_no_option() -> None:
    """RUS and USA number the same addition otherwise; what CHN's renumbering calls it stays out."""
    base = resolution("resolves", "1 to meet every year;", "2 to report.")
    new = "to name the lakes of the region;"
    said = ("resolves", "1 to meet every year;")
    merged = merge(
        base,
        [
            proposal(base, "RUS", *said, f"1bis {new}", "2 to report."),
            proposal(base, "USA", *said, f"1ter {new}", "2 to report."),
            proposal(base, "CHN", *said, f"2 {new}", "3 to report."),
        ],
    )
    found = find(merged)
    anew = [r for r in found.regions if not r.options]
    for act in (wish(DecisionKind.KEEP), wish(DecisionKind.TAKE, "CHN/1/1")):
        known = replay(merged, found, decided(merged, found, [(anew[0], act)]))
        settled = settle(merged, found, known).consolidated
        rest = merge(base, [p for p in settled.proposals if p.id in merged.sources])
        assert {r.id for r in found.outstanding} == {r.id for r in find(rest).outstanding}


def test_a_like_addition_elsewhere_hides_no_clash_of_numbers() -> None:
    """RUS calls two additions 1bis, of which CHN adds one elsewhere: the other clashes with it."""
    kept = ("1 to meet every year;", "2 to report.", "3 to ask the group;")
    lakes, rivers = "1bis to name the lakes of the region;", "1bis to count the rivers there;"
    base = resolution("resolves", *kept)
    merged = merge(
        base,
        [
            proposal(base, "RUS", "resolves", *kept[:2], lakes, rivers, kept[2]),
            proposal(base, "CHN", "resolves", kept[0], lakes, *kept[1:]),
        ],
    )
    found = find(merged)
    assert [r.kinds for r in found.outstanding] == [(ConflictKind.LABEL_COLLISION,)]
    assert len(found.regions) == 1


def test_options_that_say_the_same_at_two_places_of_one_point_are_two() -> None:
    """RUS joins 3 into 2, CHN 2 into 3, ARM moves 3 under 2; the texts are equal."""
    said = "to hold a meeting every year"
    base = resolution("resolves", f"1 {said}", f"2 {said}", f"3 {said}")
    proposals = [
        proposal(base, "RUS", "resolves", f"1 {said}", f"2 {said} {said}"),
        proposal(base, "CHN", "resolves", f"1 {said}", f"3 {said} {said}"),
        proposal(base, "ARM", "resolves", f"1 {said}", f"2 {said}", f"  3 {said}"),
    ]
    merged = merge(base, proposals)
    for source in merged.sources:
        assert _said(_taken(merged, source)) == _said(project(merged, source).provisions)


def test_a_paragraph_that_some_strike_only_with_what_is_around_it_is_struck_when_taken() -> None:
    """KEN strikes a), AUS the heading with it, CHN moves a) away; KEN's option is taken."""
    grown, report = "that broadband has grown in all regions", "the report of the Director"
    last = ("resolves", "1 to go")
    base = resolution("considering", f"a) {grown}", "noting", f"a) {report}", *last)
    proposals = [
        proposal(base, "KEN", "considering", "noting", f"a) {report}", *last),
        proposal(base, "AUS", "noting", f"a) {report}", *last),
        proposal(
            base,
            "CHN",
            "considering",
            "noting",
            f"a) {report}",
            f"b) {grown}",
            "resolves",
            "1 to go",
        ),
    ]
    merged = merge(base, proposals)
    found = find(merged)
    for source in merged.sources:
        assert _said(_taken(merged, source)) == _said(project(merged, source).provisions)
    point = next(r for r in found.outstanding if "KEN/1/1" in r.sources)
    keep = [
        (r, wish(DecisionKind.TAKE, "KEN/1/1") if r is point else _of_source(r, ""))
        for r in found.regions
        if r.standing not in TO_READ
    ]
    known = replay(merged, found, decided(merged, found, keep))
    assert not [p for p in walk(adopt(merged, found, known).text.provisions) if grown in p.text]


def test_equal_additions_of_one_proposal_keep_their_order() -> None:
    base = resolution("resolves", "1 to meet;")
    said = ("1 to meet;", "2 [to be completed];", "3 to invite all;", "4 [to be completed];")
    merged = merge(base, [proposal(base, "KEN", "resolves", *said)])
    found = find(merged)
    known = replay(
        merged, found, decided(merged, found, [(r, wish(DecisionKind.TAKE)) for r in found.regions])
    )
    texts = [p.text for p in walk(adopt(merged, found, known).text.provisions) if p.label]
    assert texts == [line[2:] for line in said]


def test_what_is_put_before_a_text_leaves_the_space_after_it() -> None:
    """Adopted was once "distributedto close"."""
    base = resolution("resolves", "1 to close the list;")
    proposals = [
        proposal(base, "KEN", "resolves", "1 distributed to close the list;"),
        proposal(base, "AUS", "resolves", "1 printed to close the list;"),
    ]
    merged = merge(base, proposals)
    found = find(merged)
    (point,) = found.outstanding
    for request, text in (
        (wish(DecisionKind.TAKE, "KEN/1/1"), "distributed to close the list;"),
        (
            wish(DecisionKind.BOTH, "KEN", "AUS"),
            "distributed printed to close the list;",
        ),
    ):
        known = replay(merged, found, decided(merged, found, [(point, request)]))
        assert text in [p.text for p in walk(adopt(merged, found, known).text.provisions)]


def test_what_is_asked_outside_too_does_not_lapse_with_the_inside() -> None:
    """CHN and RUS put another paragraph in the place of 1, and one of them what stood in it.

    That both strike 1 is recorded; which of their paragraphs follows it is still to be answered.
    """
    base = _nested("1", "")
    revised = {"CHN/1/1": _nested("1", "plan"), "RUS/1/1": _nested("1bis", "plan")}
    merged = merge(base, [propose(base, text, source) for source, text in revised.items()])
    for source in merged.sources:
        assert _said(_taken(merged, source)) == _said(project(merged, source).provisions)


def _nested(label: str, text: str) -> Resolution:
    inner = Provision(id="?", kind=Kind.ITEM, label="i)", text="Geneva 10")
    middle = Provision(id="?", kind=Kind.ITEM, label="i)", text="", children=(inner,))
    item = Provision(id="?", kind=Kind.ITEM, label=label, text=text, children=(middle,))
    heading = Provision(id="?", kind=Kind.OPERATIVE, text="noting", children=(item,))
    whole = Provision(id="?", kind=Kind.RESOLUTION, children=(heading,))
    return eids(Resolution(language=Language.EN, provisions=(whole,)))
