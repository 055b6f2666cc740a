"""What mutants of the source once survived: each test kills those that ``mutants.toml`` names."""

from __future__ import annotations

from itertools import accumulate, permutations
from typing import Any

import pytest
from msgspec.structs import replace

from resamend import akn
from resamend.akn.draft_edits import GapPlaces, Marks, edits_of
from resamend.amendment import Proposal, apply, propose
from resamend.conflict import Stream, find
from resamend.consolidation import Consolidated, merge
from resamend.decision import DecisionKind, adopt, replay
from resamend.decision.replaying import around
from resamend.decision.values import Place
from resamend.difference import ListEdit, TextEdit, diff
from resamend.dossier.log import Log, appended, read_log
from resamend.dossier.points import numbered
from resamend.matching import index_of
from resamend.model import Kind, Language, Provision, Word, walk
from resamend.ooxml import paragraphs, read_document
from resamend.rebase import Fate, carry
from tests.build import laid, proposal, resolution
from tests.wishes import decided, wish
from tests.wordfiles import package

MEET = "1 to hold a meeting of all groups each year in Geneva or elsewhere;"
REPORT = "2 to report to the Council on the work that was done there;"
PUBLISH = "3 to publish its report in the six languages of the Union;"
BASE = resolution("resolves", MEET, REPORT, PUBLISH)


def _adopted(*proposals: Proposal) -> list[str]:
    """Return the paragraphs of the text adopted while all is open."""
    merged = merge(BASE, proposals)
    found = find(merged)
    text = adopt(merged, found, replay(merged, found, ())).text
    return [f"{p.label} {p.text}" for p in walk(text.provisions) if p.label]


def test_around_a_gap_stand_the_provisions_beside_it() -> None:
    known = index_of(BASE)
    one, two, three = (f"dvs_1__para_{n}" for n in (1, 2, 3))
    beside = [around(known, Place(Stream.GAP, "dvs_1", 2 * gap, 2 * gap)) for gap in range(4)]
    assert beside == [("", one), (one, two), (two, three), (three, "")]


def test_a_split_that_is_open_stands_in_brackets_in_the_adopted_text() -> None:
    halves = (
        MEET.replace(" each", "; each").partition(";")[0],
        "2 each year in Geneva or elsewhere;",
    )
    split = proposal(BASE, "RUS", "resolves", *halves, "3" + REPORT[1:], "4" + PUBLISH[1:])
    assert _adopted(split) == [MEET.replace(" each", " [¶] each"), REPORT, PUBLISH]


def test_a_join_that_is_open_stands_in_brackets_in_the_adopted_text() -> None:
    joined = proposal(BASE, "RUS", "resolves", MEET + REPORT[1:], "2" + PUBLISH[1:])
    adopted = _adopted(joined)
    assert adopted[0] == f"{MEET}[¶]"
    assert adopted[1:] == [REPORT, PUBLISH]


def test_a_point_keeps_its_number_when_its_stream_changes() -> None:
    """Asked of words before, it is asked of the whole provision now: it is the same question."""
    words = {who: ("resolves", MEET, REPORT.replace("work", what), PUBLISH)
             for who, what in (("RUS", "plans"), ("CHN", "deeds"))}  # fmt: skip
    before = laid(BASE, **words)[1]
    (old,) = before.outstanding
    new = replace(old, id="0" * 40, stream=Stream.PROVISION, lo=0, hi=0)
    after = replace(before, regions=(new,))
    known = {Language.EN: {old.id: 7}}
    numbers = numbered(known, {Language.EN: after.outstanding}, {Language.EN: before.outstanding})
    assert numbers[Language.EN][new.id] == 7


def test_a_log_that_lost_its_last_line_end_is_continued_on_a_line_of_its_own() -> None:
    merged, found = laid(BASE, RUS=("resolves", MEET, PUBLISH))
    records = decided(merged, found, [(found.regions[0], wish(DecisionKind.KEEP))] * 2)
    whole = appended(Log(), records)
    cut = read_log(appended(Log(), records[:1]).data.removesuffix(b"\n"), "log")
    assert appended(cut, records[1:]).data == whole.data
    assert read_log(whole.data, "log").records == records


def test_an_addition_that_the_new_text_has_under_another_number_has_been_met() -> None:
    added = "to send it to all members of the Union;"
    new = resolution("resolves", MEET, f"1ter {added}", REPORT, PUBLISH)
    asked = proposal(BASE, "RUS", "resolves", MEET, f"1bis {added}", REPORT, PUBLISH)
    carried = carry(asked, BASE, new)
    assert [each.fate for each in carried.amended] == [Fate.MET]


@pytest.mark.parametrize("written", ["to meet", " to meet", "to meet ", " to meet "])
def test_white_space_at_the_ends_of_a_run_is_not_kept_where_word_does_not(written: str) -> None:
    body = f"<w:p><w:r><w:t>{written}</w:t></w:r></w:p>"
    (read,) = paragraphs(read_document(package(body), name="x.docx").blocks)
    assert read.text == "to meet"


def test_what_is_added_to_the_first_provision_names_it_as_its_host() -> None:
    revised = resolution("noting", "a) the work done,", "resolves", MEET, REPORT, PUBLISH)
    edits = diff(BASE, revised)
    assert [edit.target for edit in edits if isinstance(edit, ListEdit)] == [BASE.provisions[0].id]
    assert apply(BASE, propose(BASE, revised, "RUS/1/1")) == revised


# -- what is sorted is sorted ---------------------------------------------------------------------

SEVEN = ("ARM", "BLR", "CHN", "KAZ", "RUS", "USA", "UZB")
"""So many that a set of them is hardly ever in order by chance."""


def _crowd() -> Consolidated:
    """Lay over a base what seven states change in all its parts, the last of it first.

    They share an addition, a suppression and a renumbering; each amends 1 with words of its own.
    """
    meet = dict(zip(SEVEN, ("g", "f", "e", "d", "c", "b", "a"), strict=True))
    base = resolution("noting", "a) the work;", "resolves", MEET, REPORT, PUBLISH, "requests")
    return merge(
        base,
        [
            proposal(
                base, who, "noting", "a) the good work;", "resolves",
                MEET.replace("meeting", f"{word} meeting"),
                "2" + PUBLISH[1:].replace("six", "official"), "3 to open it to all observers;",
                "requests", "1 to send it;",
            )
            for who, word in meet.items()
        ],
    )  # fmt: skip


def _in_order(values: list[Any]) -> bool:
    return values == sorted(values)


def test_the_marks_of_a_draft_stand_in_the_order_of_the_text() -> None:
    draft = _crowd()
    known = index_of(draft.base)
    for marks in (draft.texts, draft.lists, draft.labels):
        assert _in_order([known.at[mark.target] for mark in marks])
    assert len(draft.texts) > 2 and len(draft.lists) > 1
    for texts in draft.texts:
        assert _in_order([(change.start, change.sources) for change in texts.changes])
        assert all(_in_order([*change.sources]) for change in texts.changes)
    for lists in draft.lists:
        assert _in_order([addition.gap for addition in lists.additions])
        assert _in_order([k for k, _ in lists.gone])
        whose = [who for _, who in lists.gone] + [a.sources for a in lists.additions]
        whose += [lists.renumbered, *(who for a in lists.additions for _, who in a.labels)]
        assert all(_in_order([*who]) for who in whose)
    assert any(len(who) == len(SEVEN) for lists in draft.lists for _, who in lists.gone)
    assert any(len(lists.renumbered) == len(SEVEN) for lists in draft.lists)


def test_texts_and_lists_stand_in_order_whoever_comes_first() -> None:
    """ARM amends and adds at the end of a text, RUS at its beginning."""
    base = resolution("resolves", MEET, REPORT, "requests", PUBLISH.replace("3", "1"))
    end = PUBLISH.replace("3", "1")
    begun = ("resolves", MEET.replace("meeting", "forum"), REPORT, "3 to begin;", "requests", end)
    ended = ("resolves", MEET, REPORT, "requests", end.replace("six", "ten"), "2 to end;")
    draft, _ = laid(base, RUS=begun, ARM=ended)
    assert draft.sources == ("ARM/1/1", "RUS/1/1")
    assert [marks.target for marks in draft.texts] == ["dvs_1__para_1", "dvs_2__para_1"]
    assert [marks.target for marks in draft.lists] == ["dvs_1", "dvs_2"]


def test_gaps_and_strikes_stand_in_order_whoever_comes_first() -> None:
    """ARM changes the end of a list and RUS its beginning; then their labels, likewise."""
    first = ("resolves", "-", "1bis to begin;", REPORT, PUBLISH)
    last = ("resolves", MEET, REPORT, "4 to end;")
    draft, _ = laid(BASE, ARM=last, RUS=("resolves", *first[2:]))
    (lists,) = draft.lists
    assert _in_order([addition.gap for addition in lists.additions])
    assert [k for k, _ in lists.gone] == [0, 2]
    told = ("resolves", MEET, REPORT, "9" + PUBLISH[1:])
    draft, _ = laid(BASE, ARM=told, RUS=("resolves", "8" + MEET[1:], REPORT, PUBLISH))
    assert [mark.target for mark in draft.labels] == ["dvs_1__para_1", "dvs_1__para_3"]


def test_the_labels_of_an_addition_and_of_a_provision_stand_in_order() -> None:
    texts = {
        who: ("resolves", MEET, f"{label} to open it;", f"{own}{REPORT[1:]}", PUBLISH)
        for who, label, own in (("ARM", "1ter", "9"), ("RUS", "1bis", "8"))
    }
    draft, found = laid(BASE, **texts)
    assert [label for label, _ in draft.lists[0].additions[0].labels] == ["1bis", "1ter"]
    (labels,) = draft.labels
    assert [label for label, _ in labels.labels] == ["8", "9"]
    options = [r.options for r in found.regions if r.target == labels.target]
    assert [[o.sources[0] for o in some] for some in options] == [["ARM/1/1", "RUS/1/1"]]


def test_what_is_found_stands_in_the_order_of_the_text() -> None:
    draft = _crowd()
    found = find(draft)
    known = index_of(draft.base)
    assert _in_order([known.at[region.target] for region in found.regions if region.lo == 0])
    assert all(_in_order([*region.sources]) for region in found.regions)
    _, found = laid(
        BASE,
        ARM=("resolves", MEET, REPORT),
        RUS=("resolves", "1" + REPORT[1:], f"  {MEET}", "2" + PUBLISH[1:]),
    )
    targets = [e.target for e in found.elements if e.stream is Stream.PROVISION]
    assert targets == ["dvs_1__para_1", "dvs_1__para_3"]


def test_a_point_has_one_id_whoever_asks_for_what() -> None:
    """The options come by their sources' names, and the id of the point does not."""
    asked = (
        ("resolves", MEET, REPORT),
        ("resolves", MEET, REPORT, PUBLISH, "  i) in print;"),
        ("resolves", MEET, PUBLISH, REPORT),
    )
    labels = tuple(("resolves", MEET, f"{n}{REPORT[1:]}", PUBLISH) for n in (7, 8, 9))
    for wanted in (asked, labels):
        ids = {
            tuple(r.id for r in laid(BASE, **dict(zip(names, wanted, strict=True)))[1].outstanding)
            for names in permutations(("ARM", "RUS", "USA"))
        }
        assert len(ids) == 1


def test_a_draft_that_is_read_back_holds_the_same_proposals() -> None:
    draft = _crowd()
    again = akn.read(akn.write_consolidated(draft), name="draft.xml").value
    assert isinstance(again, Consolidated)
    for one, other in zip(draft.proposals, again.proposals, strict=True):
        assert one.edits == other.edits


def test_additions_whose_orders_contradict_each_other_stand_by_their_content() -> None:
    """So the order does not depend on which of the two is whose."""
    one, other = "1bis to open it;", "1ter to close it early;"
    texts = ("resolves", MEET, one, other, REPORT), ("resolves", MEET, other, one, REPORT)
    base = resolution("resolves", MEET, REPORT)
    stand = set()
    for arm, rus in (texts, texts[::-1]):
        draft, _ = laid(base, ARM=arm, RUS=rus)
        assert draft.lists[0].cycles == (1,)
        stand.add(tuple(a.name for a in draft.lists[0].additions))
    assert len(stand) == 1


def test_marks_that_are_read_in_any_order_make_the_same_edits() -> None:
    """An order names what a source adds by where the draft has it."""
    target, words = "dvs_1__para_1", index_of(BASE).words(index_of(BASE).at["dvs_1__para_1"])
    starts = [*accumulate((len(word.text) for word in words), initial=0)]
    items = [Provision(id=f"new_{n}", kind=Kind.ITEM, text=f"to add {n}") for n in range(3)]
    made = []
    for k in (1, -1):
        marks = Marks()
        marks.struck[target] = [(starts[n], starts[n + 1]) for n in (1, 2, 5)][::k]
        spaced = [(n, Word(words[n].key, words[n].text + " ")) for n in (7, 8)]
        marks.variants[target] = spaced[::k]
        marks.items["dvs_1"] = {3: items}
        marks.orders["dvs_1", 3] = [2, 0, 1]
        made.append(edits_of(GapPlaces(index_of(BASE), "x"), marks))
    assert made[0] == made[1]
    (list_, text) = made[0]
    assert isinstance(text, TextEdit) and isinstance(list_, ListEdit)
    assert [(hunk.start, hunk.end) for hunk in text.hunks] == [(1, 3), (5, 6)]
    assert [variant.at for variant in text.variants] == [7, 8]
    assert [item.id for item in list_.hunks[0].items] == ["new_2", "new_0", "new_1"]
