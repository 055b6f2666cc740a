"""Single cases that once went wrong, here or elsewhere, or that settle what a rule means."""

from __future__ import annotations

import re
import time
from random import Random

import pytest
from msgspec.structs import replace

from resamend.amendment import NoChange, apply, place, propose
from resamend.conflict import ConflictKind, Findings, Gate, OptionKind, Standing, find
from resamend.consolidation import Consolidated, merge, project
from resamend.difference import hunks_of
from resamend.difference.words import hunks_between
from resamend.matching import footnotes, index_of
from resamend.model import Kind, Language, Provision, Resolution, walk
from resamend.numbering import eids
from resamend.page.builder import page_of
from resamend.redlines import Redline, Span, View, redline
from resamend.renderers.text import render_text
from resamend.words import pieces, split, starts
from tests import oracle
from tests.build import laid, proposal, resolution
from tests.texts import with_footnote

REPORT = "1 to report every year to the Council on the work that has been done;"
STUDY = "i) in which the results of the study groups are to be set out in full;"
DRAW = "1bis to draw the attention of administrations to this resolution;"
COOPERATE = "1ter to cooperate with the regional organizations;"
LAST = "2 to submit the results to the next conference"

Told = list[tuple[str, str, list[tuple[str, str]]]]


def told(found: Findings) -> Told:
    """Tell each region: where, how it stands, and who says what."""
    return [
        (
            region.path,
            " ".join(region.kinds) or str(region.standing),
            [
                (" ".join(source.split("/")[0] for source in o.sources), o.text.strip() or o.deed)
                for o in region.options
            ],
        )
        for region in found.regions
    ]


def result(merged: Consolidated, found: Findings) -> list[str]:
    """Return the paragraphs of the text with what nobody contests."""
    return _paragraphs(redline(merged, found, view=View.RESULT))


def _paragraphs(lines: Redline) -> list[str]:
    blocks = [(b.label, [p for p in b.pieces if isinstance(p, Span)]) for b in lines.blocks]
    return [" ".join("".join(s.text for s in spans).strip() for spans in b).strip() for b in blocks]


# -- what the laws mean -------------------------------------------------------------------------


def test_equal_text_from_other_hunks_is_identical_but_not_one_after_another() -> None:
    """Nobody is contested, and yet applying one proposal after the other gives another text."""
    base = resolution("resolves", "1 b a a a b a")
    merged, found = laid(base, RUS=("resolves", "1 a b"), CHN=("resolves", "1 b a b"))
    assert not found.standing(Standing.CONTESTED)
    assert [region.standing for region in found.regions].count(Standing.IDENTICAL) == 2
    assert result(merged, found)[-1] == "1 a b"
    assert oracle.InTurn(base, merged.proposals).meet()


def test_children_are_compared_one_by_one() -> None:
    """Two sources put the same addition, with a provision moved into it, into one gap."""
    base = resolution("resolves", REPORT, f"  {STUDY}")
    merged, found = laid(
        base,
        RUS=("resolves", REPORT, DRAW, f"  {STUDY}", COOPERATE),
        CHN=("resolves", COOPERATE, f"  {REPORT}", DRAW, f"  {STUDY}"),
    )
    both = "CHN RUS"
    assert (DRAW + "\n" + STUDY) in [
        text for _, _, o in told(found) for who, text in o if who == both
    ]
    text = oracle.accept(merged, merged.sources)
    ids = [p.id for p in walk(text.provisions)]
    assert [ids.count(p.id) for p in walk(base.provisions)] == [1] * 4


@pytest.mark.parametrize("order", [(DRAW, COOPERATE), (COOPERATE, DRAW)])
def test_one_adds_x_and_another_x_and_y(order: tuple[str, str]) -> None:
    base = resolution("resolves", REPORT, LAST)
    merged, found = laid(
        base, RUS=("resolves", REPORT, DRAW, LAST), CHN=("resolves", REPORT, *order, LAST)
    )
    assert not found.outstanding
    assert sorted(told(found)) == [
        ("resolves 1bis", "identical", [("CHN RUS", DRAW)]),
        ("resolves 1ter", "single", [("CHN", COOPERATE)]),
    ]
    assert result(merged, found)[-4:] == [REPORT, *order, LAST]


def test_who_replaces_a_word_and_who_adds_it_after_make_two_marks() -> None:
    base = resolution("resolves", "1 to report on the plan in good time")
    merged, found = laid(
        base,
        RUS=("resolves", "1 to report on the outcome in good time"),
        CHN=("resolves", "1 to report on the plan outcome in good time"),
    )
    assert told(found) == [
        ("resolves 1", "single", [("RUS", "outcome")]),
        ("resolves 1", "single", [("CHN", "outcome")]),
        ("resolves 1", "composed", [("RUS", "outcome"), ("CHN", "outcome")]),
    ]
    assert result(merged, found)[-1] == "1 to report on the outcome outcome in good time"


def test_what_is_inserted_inside_struck_words_meets_them_and_at_their_edge_touches_them() -> None:
    base = resolution("resolves", "1 to report on the work and the plan in good time")
    merged, found = laid(
        base,
        RUS=("resolves", "1 to report on the work in good time"),
        CHN=("resolves", "1 to report on the work and also the plan in good time"),
        USA=("resolves", "1 to report on the work and the plan or outcome in good time"),
    )
    assert [region.kinds for region in found.regions if region.kinds] == [
        (ConflictKind.DELETE_MODIFY,),
    ]
    assert len(merged.texts[0].changes) == 3


def test_the_same_insertion_is_the_same_mark_whatever_else_a_source_changes() -> None:
    """Plain longest common subsequences scatter 5.6 % of these over equal function words."""
    random = Random(2003)
    small = ["the", "of", "and", "to", "in", "a", "on", "for", "with", "by"]
    large = [f"w{n}" for n in range(400)]
    missed = 0
    for _ in range(300):
        words = [random.choice(random.choice((small, large))) for _ in range(60)]
        at, far = random.randrange(5, 25), random.randrange(35, 55)
        new = [random.choice(random.choice((small, large))) for _ in range(4)]
        alone = words[:at] + new + words[at:]
        more = [*alone[: far + 4], random.choice(small), *alone[far + 5 :]]
        base = split(" ".join(words))
        one, other = (set(hunks_of(base, split(" ".join(text)))[0]) for text in (alone, more))
        missed += not one <= other
    assert missed <= 3


def test_taken_out_by_three_for_three_reasons_is_one_point() -> None:
    more = ("3 to invite the regional organizations;", "4 to go on with the studies;")
    base = resolution("resolves", REPORT, LAST, *more)
    _, found = laid(
        base,
        RUS=("resolves", REPORT, *more),
        CHN=("resolves", REPORT, *more, LAST),
        USA=("resolves", f"{REPORT} {LAST[2:]}", *more),
    )
    (point,) = found.outstanding
    assert point.kinds == (ConflictKind.MOVED_OUT, ConflictKind.JOIN_STRUCTURE)
    assert [(o.deed, o.sources[0][:3]) for o in point.options] == [
        (OptionKind.MOVE, "CHN"),
        (OptionKind.SUPPRESS, "RUS"),
        (OptionKind.JOIN, "USA"),
    ]


def test_who_strikes_a_provision_but_moves_a_part_of_it_away_does_not_strike_that_part() -> None:
    base = resolution("resolves", REPORT, f"  {STUDY}", LAST)
    wanted = ("resolves", LAST, f"  {STUDY}")
    changed = ("resolves", REPORT, f"  {STUDY.replace('in full', 'in brief')}", LAST)
    merged, found = laid(base, RUS=wanted, CHN=changed)
    assert not found.outstanding
    assert result(merged, found)[-2:] == [LAST, STUDY.replace("in full", "in brief")]
    _, found = laid(base, RUS=wanted, CHN=("resolves", REPORT.replace("every", "each"), LAST))
    assert [(r.path, r.kinds) for r in found.outstanding] == [
        ("resolves 1", (ConflictKind.SUPPRESS_OR_NOT,)),
        ("resolves 1 i)", (ConflictKind.MOVED_OUT,)),
    ]


def test_joining_a_provision_under_which_another_puts_something_is_a_point() -> None:
    base = resolution("resolves", REPORT, LAST, "3 to go on with the studies of this question;")
    _, found = laid(
        base,
        RUS=("resolves", f"{REPORT} {LAST[2:]}", "3 to go on with the studies of this question;"),
        CHN=("resolves", REPORT, LAST, "  3 to go on with the studies of this question;"),
    )
    (point,) = found.outstanding
    assert point.kinds == (ConflictKind.JOIN_STRUCTURE,)


def test_what_two_move_to_one_place_in_other_company_is_shown_once() -> None:
    third = "3 to go on with the studies of this question;"
    base = resolution("resolves", REPORT, LAST, third)
    merged, found = laid(
        base,
        RUS=("resolves", LAST, third, REPORT, DRAW),
        CHN=("resolves", LAST, third, COOPERATE, REPORT),
    )
    lines = redline(merged, found)
    assert [b.id for b in lines.blocks if b.moved_from] == ["dvs_1__para_1"]
    assert [b.id for b in lines.blocks if b.moved_to] == ["dvs_1__para_1"]
    text = oracle.accept(merged, merged.sources)
    assert [p.id for p in walk(text.provisions)].count("dvs_1__para_1") == 1


def test_the_place_of_a_move_into_an_addition_is_inside_it() -> None:
    base = resolution("resolves", REPORT, LAST)
    _, found = laid(
        base,
        RUS=("resolves", DRAW, f"  {REPORT}", LAST),
        CHN=("resolves", COOPERATE, f"  {REPORT}", LAST),
    )
    assert ConflictKind.COMPETING_MOVE in {
        kind for region in found.outstanding for kind in region.kinds
    }


# -- hostile texts ------------------------------------------------------------------------------

MANY = 50_000
DIFFERENT = [f"word{n}" for n in range(2 * MANY)]
HOSTILE = {
    "the same word, some more": (["the"] * MANY, ["the"] * (MANY - 7)),
    "the same word, others among": (["the"] * MANY, ["the", "plan"] * (MANY // 2)),
    "all different, all replaced": (DIFFERENT, [f"other{n}" for n in range(2 * MANY)]),
    "all different, every second replaced": (
        DIFFERENT,
        [word if n % 2 else "plan" for n, word in enumerate(DIFFERENT)],
    ),
    "all different, the other way round": (DIFFERENT, DIFFERENT[::-1]),
    "two words at random": (Random(1).choices("ab", k=MANY), Random(2).choices("ab", k=MANY)),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_text_is_compared_in_reasonable_time(case: str) -> None:
    """The bound is generous: what is meant is that nothing is quadratic."""
    old, new = (" ".join(words) for words in HOSTILE[case])
    begun = time.process_time()
    words = split(old)
    hunks, _ = hunks_between(old, new, pieces(old), starts(old))
    assert time.process_time() - begun < 10
    made = [word.key for word in words]
    for hunk in reversed(hunks):
        made[hunk.start : hunk.end] = [word.key for word in hunk.words]
    assert made == HOSTILE[case][1]


# -- what once went wrong -----------------------------------------------------------------------


def _noted(plain: Resolution) -> Resolution:
    """Put a footnote into the first item of a resolution."""
    (whole,) = plain.provisions
    group, *groups = whole.children
    item, *items = group.children
    group = replace(group, children=(with_footnote(item, 10, "See Resolution 75."), *items))
    return eids(replace(plain, provisions=(replace(whole, children=(group, *groups)),)))


def test_a_footnote_is_struck_with_its_mark() -> None:
    plain = resolution("resolves", REPORT)
    base = _noted(plain)
    merged = merge(base, [propose(base, plain, "RUS/1/1")])
    found = find(merged)
    assert len(found.regions) == 1
    (shown,) = [block for block in redline(merged, found).blocks if block.kind is Kind.FOOTNOTE]
    assert shown.struck == ("RUS/1/1",)
    assert result(merged, found)[-1] == REPORT


def test_two_equal_additions_of_one_source_are_both_shown() -> None:
    base = resolution("resolves", REPORT, LAST)
    line = "– …"
    merged, found = laid(base, RUS=("resolves", REPORT, line, line, LAST))
    assert len(found.regions) == len({region.id for region in found.regions}) == 2
    assert result(merged, found)[-4:] == [REPORT, line, line, LAST]


def test_additions_that_differ_in_typography_are_both_shown_where_one_source_has_both() -> None:
    base = resolution("resolves", REPORT, LAST)
    lines = ("- l'UIT", "- l’UIT")
    merged, found = laid(base, RUS=("resolves", REPORT, *lines, LAST))
    assert len(result(merged, found)) == 6
    assert project(merged, "RUS/1/1") == resolution("resolves", REPORT, *lines, LAST)


def test_the_same_addition_under_two_numbers_is_one_text_with_a_question_of_its_number() -> None:
    base = resolution("resolves", REPORT, LAST)
    other = DRAW.replace("1bis", "3")
    _, found = laid(
        base, RUS=("resolves", REPORT, DRAW, LAST), CHN=("resolves", REPORT, other, LAST)
    )
    assert told(found) == [("resolves 1bis", "label-collision", [("CHN", other), ("RUS", DRAW)])]


def test_one_who_types_otherwise_does_not_contest_a_strike() -> None:
    base = resolution("resolves", "1 to keep l'UIT informed of what is done;", LAST)
    _, found = laid(
        base,
        RUS=("resolves", LAST),
        CHN=("resolves", "1 to keep l’UIT informed of what is done;", LAST),
    )
    assert not found.outstanding
    assert len(found.editorial) == 1


def test_who_asks_to_keep_what_it_changes_does_not_ask_to_keep_it() -> None:
    base = resolution("resolves", REPORT)
    changed = REPORT.replace("every year", "each year")
    both = [
        proposal(base, "RUS", "resolves", changed, keeps=(NoChange("dvs_1"),)),
        proposal(base, "CHN", "resolves", changed),
    ]
    found = find(merge(base, both))
    assert told(found) == [("resolves 1", "identical", [("CHN RUS", "each")])]


def test_a_joined_text_is_shown_where_it_goes_with_what_others_change_in_it() -> None:
    base = resolution("resolves", REPORT, LAST)
    changed = LAST.replace("next", "coming")
    merged, found = laid(
        base,
        RUS=("resolves", f"{REPORT} {LAST[2:]}"),
        CHN=("resolves", REPORT, changed),
    )
    assert not found.standing(Standing.CONTESTED)
    lines = redline(merged, found)
    (struck,) = [block for block in lines.blocks if block.struck]
    assert (struck.id, struck.moved_to) == ("dvs_1__para_2", "resolves 1")
    both = [p.text for p in struck.pieces if isinstance(p, Span) and len(p.deleted) == 2]
    assert both == [" next"]
    assert result(merged, found)[-1] == f"{REPORT} {changed[2:]}"


def test_who_joins_a_text_unchanged_is_shown_with_what_another_who_joins_it_strikes() -> None:
    base = resolution("resolves", REPORT, LAST)
    merged, found = laid(
        base,
        RUS=("resolves", f"{REPORT} {LAST[2:]}"),
        CHN=("resolves", f"{REPORT} {LAST[2:].replace(' next', '')}"),
    )
    assert not found.standing(Standing.CONTESTED)
    lines = redline(merged, found)
    host = next(block for block in lines.blocks if block.id == "dvs_1__para_1")
    (next_,) = [p for p in host.pieces if isinstance(p, Span) and p.text == " next"]
    assert (next_.inserted, next_.deleted) == (("RUS/1/1",), ("CHN/1/1",))
    assert "{+[-next-](CHN)+}(RUS)" in render_text(lines)
    assert result(merged, found)[-1] == f"{REPORT} {LAST[2:].replace(' next', '')}"


def test_two_paragraphs_each_joined_to_the_other_are_a_point() -> None:
    base = resolution("resolves", REPORT, LAST)
    both = f"{REPORT[2:]} {LAST[2:]}"
    merged, found = laid(base, RUS=("resolves", f"1 {both}"), CHN=("resolves", f"2 {both}"))
    (point,) = found.outstanding
    assert point.kinds == (ConflictKind.COMPETING_JOIN,)
    assert {(o.deed, o.place, o.sources) for o in point.options} == {
        (OptionKind.JOIN, "resolves 1", ("RUS/1/1",)),
        (OptionKind.JOIN, "resolves 2", ("CHN/1/1",)),
    }
    lines = redline(merged, found)
    assert not [block for block in lines.blocks if block.struck]
    in_force = _paragraphs(redline(merged, found, view=View.BASE))
    assert list(filter(None, result(merged, found))) == list(filter(None, in_force))
    assert "[see Point 1] to submit" in render_text(lines), "no space that somebody asks for"


def test_equal_footnotes_at_several_places_are_each_named_by_their_own_number() -> None:
    base = resolution("resolves", REPORT, LAST)
    marks = {"1": ("1", "2"), "2": ("3",)}

    def noted(item: Provision) -> Provision:
        for number in marks.get(item.label, ()):
            item = with_footnote(item, len(item.text) if number == "2" else 9, "As agreed.")
            last = replace(footnotes(item)[-1], label=number)
            item = replace(item, children=(*item.children[:-1], last))
        return item

    (whole,) = base.provisions
    (group,) = whole.children
    group = replace(group, children=tuple(map(noted, group.children)))
    revised = replace(base, provisions=(replace(whole, children=(group,)),))
    merged = merge(base, [propose(base, revised, "RUS/1/1")])
    told = render_text(redline(merged, find(merged)))
    assert re.findall(r"\[\^.\]", told) == [f"[^{n}]" for n in "121233"], told


def test_the_space_before_a_bracket_that_is_put_in_or_struck_stays_where_it_is() -> None:
    base = resolution("resolves", "1 to meet [twice] a year;")
    merged, found = laid(
        base,
        RUS=("resolves", "1 to meet twice a year;"),
        CHN=("resolves", "1 to meet [twice] [a year];"),
    )
    lines = redline(merged, found)
    pieces = [p for p in lines.blocks[-1].pieces if isinstance(p, Span)]
    assert "".join(p.text for p in pieces if not p.inserted) == "to meet [twice] a year;"
    assert "".join(p.text for p in pieces if not p.deleted) == "to meet twice [a year];"
    assert "to meet [-\\[-](RUS) twice[-]-](RUS) {+\\[+}(CHN) a year{+]+}(CHN);" in render_text(
        lines
    )


def test_an_option_says_its_words_as_its_source_spaces_them() -> None:
    """The space before "States" is one it has only since other words stand before it."""
    base = resolution("States", "a) the plan")
    _, found = laid(base, RUS=("Members and States", "a) the plan"), CHN=("All", "a) the plan"))
    (point,) = found.outstanding
    assert [option.text for option in point.options] == ["All", "Members and States"]


def test_a_move_into_an_addition_that_is_contested_waits_for_it() -> None:
    base = resolution("resolves", REPORT, LAST)
    merged, found = laid(
        base,
        RUS=("resolves", DRAW, f"  {REPORT}", LAST),
        CHN=("resolves", REPORT.replace("every", "each"), COOPERATE, LAST),
    )
    (point,) = found.outstanding
    assert [o.text for o in point.options] == [COOPERATE, f"{DRAW}\n{REPORT}"]
    lines = redline(merged, found)
    assert not [block for block in lines.blocks if block.struck]
    assert "each" in "".join(_paragraphs(lines))
    assert point.severity == "medium"


def test_typography_does_not_make_another_place() -> None:
    """Two move one provision into the same addition, typed in two ways."""
    base = resolution("resolves", REPORT, LAST)
    curly, straight = "1bis l’UIT is asked to go on;", "1bis l'UIT is asked to go on;"
    _, found = laid(
        base,
        RUS=("resolves", curly, f"  {REPORT}", LAST),
        CHN=("resolves", straight, f"  {REPORT}", LAST),
    )
    assert not found.outstanding


def test_typography_does_not_make_another_number_collide() -> None:
    """Two add the same two paragraphs under one number, typed in two ways."""
    base = resolution("resolves", REPORT, LAST)
    _, found = laid(
        base,
        RUS=("resolves", REPORT, "1bis to go on;", "1bis l’UIT;", LAST),
        CHN=("resolves", REPORT, "1bis to\u00a0go on;", "1bis l'UIT;", LAST),
    )
    assert not found.outstanding


def test_what_is_changed_in_a_text_that_two_join_to_different_ones_is_shown() -> None:
    results, last = STUDY.replace("i)", "2"), LAST.replace("2", "3")
    base = resolution("resolves", REPORT, results, last)
    merged, found = laid(
        base,
        RUS=("resolves", f"{REPORT} {results[2:]}", last),
        CHN=("resolves", REPORT, f"3 widely {results[2:]} {last[2:]}"),
    )
    assert [point.kinds[0] for point in found.outstanding] == ["competing-join"]
    assert "widely" in "".join(_paragraphs(redline(merged, found)))


def test_two_equal_additions_at_one_place_are_both_shown() -> None:
    base = resolution("resolves", REPORT, LAST)
    merged, found = laid(
        base,
        RUS=("resolves", REPORT, DRAW.replace("1bis", "1ter"), DRAW, LAST),
        CHN=("resolves", DRAW, REPORT, DRAW.replace("1bis", "1ter"), LAST),
    )
    shown = redline(merged, found).blocks
    assert sum("CHN/1/1" in block.added for block in shown) == 2


def test_what_is_split_off_comes_after_what_stands_below() -> None:
    text = "1 to report every year to the Council, and to tell the regional organizations of it;"
    base = resolution("resolves", text, f"  {STUDY}", LAST)
    merged, found = laid(
        base,
        RUS=(
            "resolves",
            text[:37],
            f"  {STUDY}",
            "1bis and to tell the regional organizations of it;",
            LAST,
        ),
    )
    revised = [p.text.strip() for p in walk(project(merged, "RUS/1/1").provisions)]
    assert [line.partition(" ")[2] for line in result(merged, found)[2:]] == revised[2:]


def test_a_trailing_space_is_no_word() -> None:
    old, new = "the plan and the plan ", "the plan "
    edits = hunks_between(old, new, pieces(old), starts(old))
    assert edits == hunks_of(split(old), split(new))
    assert all(word.key for hunk in edits[0] for word in hunk.words)


def test_what_each_source_adds_is_listed_with_its_own_order() -> None:
    base = resolution("resolves", REPORT, LAST)
    _, found = laid(
        base,
        RUS=("resolves", REPORT, DRAW, COOPERATE, LAST),
        CHN=("resolves", REPORT, COOPERATE, DRAW, LAST),
    )
    assert told(found) == [
        (
            "resolves 1bis",
            "order-in-gap",
            [("CHN", f"{COOPERATE}\n{DRAW}"), ("RUS", f"{DRAW}\n{COOPERATE}")],
        )
    ]


def test_a_proposal_that_does_not_fit_is_not_applied() -> None:
    base = resolution("resolves", REPORT)
    asked = proposal(base, "RUS", "resolves", REPORT.replace("year", "month"))
    assert apply(base, asked) == resolution("resolves", REPORT.replace("year", "month"))


def test_rival_texts_of_a_new_resolution_stand_beside_each_other() -> None:
    """What both say is shown once, as theirs; what differs is a part of the one point."""
    nothing = Resolution(language=Language.EN)
    grows, part, sector = (
        "a) that the digital economy grows;",
        "b) that ITU has a part in it;",
        "b) that every sector has a part in it;",
    )
    texts = {
        "CHN": ("considering", grows, sector, "resolves", "1 to study it;", "2 to promote it"),
        "RUS": ("considering", grows, part, "resolves", "1 to study it;"),
    }
    merged, found = laid(nothing, **texts)
    blocks = redline(merged, found).blocks
    assert [point.kinds[0] for point in found.outstanding] == ["competing-addition"]
    both = [b for b in blocks if b.added == ("CHN/1/1", "RUS/1/1") and b.pieces]
    assert _paragraphs(replace(redline(merged, found), blocks=tuple(both))) == [
        "considering",
        grows,
        "resolves",
        "1 to study it;",
    ]
    parts = [b.choice for b in blocks if b.choice and b.choice.part]
    assert [
        [_paragraphs(replace(redline(merged, found), blocks=o.blocks)) for o in part.options]
        for part in parts
    ] == [[[sector], [part]], [["2 to promote it"], []]]


# -- who strikes what others save ---------------------------------------------------------------


def test_a_change_stays_contested_whoever_else_saves_the_paragraph() -> None:
    """Found by the law that more proposals never make less contested.

    One strikes paragraph 1 with all below; another amends b) there. That a third strikes
    paragraph 1 too, but saves a) and joins b) to it, settles nothing between the first two: it is
    asked whether paragraph 1 is suppressed, and the change of b) keeps its id.
    """
    offices = "a) with all of the regional offices of the Union;"
    geneva = "in the {} of Geneva, at a time to be found;"
    meeting = "1 to hold a meeting every year:"
    city, town = geneva.format("city"), geneva.format("town")
    base = resolution("resolves", meeting, f"  {offices}", f"  b) {city}", "2 to report to all")
    struck = ("resolves", "1 to report to all")
    amended = ("resolves", meeting, f"  {offices}", f"  b) {town}", "2 to report to all")
    saved = ("resolves", "1 to report to all:", f"  {offices} {city}")
    ids = set()
    for wanted in ({"ARM": struck, "BLR": amended}, {"ARM": struck, "BLR": amended, "CHN": saved}):
        _, found = laid(base, **wanted)
        assert [r.path for r in found.outstanding if r.gate] == ["resolves 1"]
        ids |= {r.id for r in found.regions if "point_b" in r.target and r.options[0].words}
    assert len(ids) == 1


def test_who_strikes_a_paragraph_is_against_who_saves_what_was_in_it() -> None:
    """To strike a paragraph with all below is to strike what another joins out of it."""
    first, second = "a) with all of the regional offices", "in the city of Geneva, at a good time"
    meeting = "1 to hold a meeting every year:"
    base = resolution("resolves", meeting, f"  {first}", f"  b) {second}", "2 to report to all")
    _, found = laid(
        base,
        ARM=("resolves", "1 to report to all"),
        CHN=("resolves", "1 to report to all:", f"  {first} {second}"),
    )
    joined = next(e for e in found.elements if e.target.endswith("point_b"))
    assert joined.kinds == (ConflictKind.MOVED_OUT,)
    assert joined.sources == ("ARM/1/1", "CHN/1/1")


# -- what is shown of what is struck or contested -------------------------------------------------


def shown(merged: Consolidated, found: Findings) -> list[tuple[str, str, str]]:
    """Return each block's label, who strikes it, and the number of the point told after it."""
    return [
        ("".join(s.text for s in b.label), " ".join(b.struck), str(b.choice and b.choice.number))
        for b in redline(merged, found).blocks
        if b.choice or b.label
    ]


NEST = ("resolves", f"1 {REPORT[2:]}", f"  {STUDY}", f"2 {DRAW[5:]}", f"3 {LAST[2:]}")


def test_what_two_save_to_two_places_from_what_they_strike_is_a_point_of_its_own() -> None:
    study = STUDY[3:]
    base = resolution(*NEST)
    merged, found = laid(
        base,
        AAA=("resolves", f"2 {DRAW[5:]}", f"2bis {study}", f"3 {LAST[2:]}"),
        BBB=("resolves", f"2 {DRAW[5:]}", f"3 {LAST[2:]}", f"4 {study}"),
    )
    assert [region.kinds for region in found.outstanding] == [(ConflictKind.COMPETING_MOVE,)]
    assert shown(merged, found)[:3] == [
        ("1", "AAA/1/1 BBB/1/1", "None"),
        ("i)", "", "None"),  # it stays until the group has decided
        ("", "", "1"),
    ]


def test_to_keep_a_part_of_what_is_struck_as_a_whole_is_a_question_inside_it() -> None:
    base = resolution(*NEST)
    kept = base.provisions[0].children[0].children[1]
    proposals = [
        proposal(base, "AAA", *NEST, keeps=(NoChange(kept.id, reasons="It works."),)),
        propose(base, replace(base, provisions=()), "BBB/1/1"),
        proposal(base, "CCC", *NEST[:2], *NEST[3:]),
    ]
    merged = merge(base, proposals)
    suppressed, kept = find(merged).outstanding
    assert [(r.gate, r.path, r.sources) for r in (suppressed, kept)] == [
        (Gate.SUPPRESS, "resolution", ("BBB/1/1",)),
        (Gate.NO_CHANGE, "resolves 2", ("AAA/1/1",)),
    ]
    choices = [b.choice for b in redline(merged, find(merged)).blocks if b.choice]
    assert sorted(choice.options[-1].deed for choice in choices) == [
        OptionKind.AMENDABLE,
        OptionKind.RETAIN,
    ]


def test_what_goes_with_a_moved_paragraph_is_not_struck() -> None:
    base = resolution(*NEST)
    merged, found = laid(base, AAA=("resolves", *NEST[3:], f"4 {REPORT[2:]}", f"  {STUDY}"))
    printed = page_of(redline(merged, found)).blocks
    symbols = [(p.symbol, "".join(span.text for span in p.block.label)) for p in printed]
    assert ("SUP*", "i)") in symbols and "SUP" not in dict(symbols)


def test_what_is_asked_inside_what_one_saves_is_shown() -> None:
    """S saves 2 from 1, which it strikes, into 3, which T strikes; U asks for something below 2."""
    base = resolution("resolves", "1 to begin;", f"  i) {DRAW[5:]}", f"2 {LAST[2:]}", "3 to end.")
    one, two, three = base.provisions[0].children[0].children
    inner = one.children[0]
    moved_in = replace(two, children=(inner,))
    wanted = {
        "S/1/1": (moved_in, three),
        "T/1/1": (one, three),
        "U/1/1": (
            replace(one, children=(replace(inner, text=inner.text + " and all"),)),
            two,
            three,
        ),
    }
    group = base.provisions[0].children[0]
    proposals = [
        propose(
            base,
            replace(
                base,
                provisions=(
                    replace(base.provisions[0], children=(replace(group, children=items),)),
                ),
            ),
            source,
        )
        for source, items in wanted.items()
    ]
    merged = merge(base, proposals)
    spans = [
        s for b in redline(merged, find(merged)).blocks for s in b.pieces if isinstance(s, Span)
    ]
    assert any(s.inserted == ("U/1/1",) and "and all" in s.text for s in spans)


def test_places_in_a_table_have_names() -> None:
    cells = [
        Provision(id="?", kind=Kind.CELL, text=text)
        for text in ("Region", "Offices", "Africa", "4")
    ]
    rows = tuple(Provision(id="?", kind=Kind.ROW, children=tuple(cells[k : k + 2])) for k in (0, 2))
    table = Provision(id="?", kind=Kind.TABLE, children=rows)
    annex = Provision(id="?", kind=Kind.ANNEX, text="ANNEX", children=(table,))
    base = eids(Resolution(language=Language.EN, provisions=(annex,)))
    last = base.provisions[0].children[0].children[1].children[1]
    known = index_of(base)
    assert place(known, known.at[last.id]) == "ANNEX table row 2 column 2"


def test_who_joins_a_text_is_not_shown_with_what_another_changes_in_its_host() -> None:
    """A and B join 2 to 1, and A amends 1 besides; C puts something below 2."""
    one, two = "to hold a meeting of all groups each year", "to publish its report in Arabic"
    base = resolution("resolves", f"1 {one};", f"2 {two};", "3 to end.")
    merged, found = laid(
        base,
        A=("resolves", f"1 {one.replace('meeting', 'session')}; {two};", "3 to end."),
        B=("resolves", f"1 {one}; {two};", "3 to end."),
        C=("resolves", f"1 {one};", f"2 {two};", "  i) in time;", "3 to end."),
    )
    options = [
        option
        for block in redline(merged, found).blocks
        if block.choice
        for option in block.choice.options
    ]
    (joint,) = [o for o in options if o.deed is OptionKind.JOIN]
    assert joint.sources == ("A/1/1", "B/1/1")
    said = "".join(s.text for b in joint.blocks for s in b.pieces if isinstance(s, Span))
    assert "meeting" in said and two in said and "session" not in said


def test_one_who_divides_a_paragraph_twice_does_not_divide_it_differently() -> None:
    parts = ("to meet in Geneva every year", "to report to the Council", "to print all in Arabic")
    base = resolution("resolves", f"1 {', '.join(parts)};")
    thrice = ("resolves", f"1 {parts[0]};", f"2 {parts[1]};", f"3 {parts[2]};")
    _, found = laid(base, RUS=thrice, CHN=thrice)
    assert found.outstanding == ()
    twice = ("resolves", f"1 {parts[0]}, {parts[1]};", f"2 {parts[2]};")
    _, found = laid(base, RUS=thrice, CHN=twice)
    assert ConflictKind.COMPETING_SPLIT in {
        kind for region in found.outstanding for kind in region.kinds
    }
