"""Carrying a proposal over to a new text in force."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from resamend.amendment import NoChange, Proposal, apply, digest, propose
from resamend.conflict import ConflictKind
from resamend.consolidation import merge
from resamend.difference import TextEdit
from resamend.errors import NotApplicable
from resamend.model import Kind, Language, Resolution, walk
from resamend.rebase import NEW, Fate, carry
from resamend.rebase.seen_through import HalfAgreed
from resamend.reference import Reason
from resamend.words import key_of
from tests.build import proposal, resolution
from tests.oracle import accept
from tests.strategies import Draft, drafts, law

BASE = (
    "resolves",
    "1 to begin the work on the list of projects;",
    "2 to go on with the meetings of the group;",
    "3 to end the work after four years,",
    "requests",
    "1 to see resolves 2;",
)


def lines(text: Resolution) -> list[str]:
    return [f"{p.label} {p.text}".strip() for p in walk(text.provisions) if p.text]


def changed(base: tuple[str, ...], **words: str) -> tuple[str, ...]:
    """Return a text in which words are put in the place of others; ``_`` stands for a space."""
    made = []
    for line in base:
        for old, new in words.items():
            line = line.replace(old.replace("_", " "), new)
        made.append(line)
    return tuple(made)


def test_words_that_survive_take_the_edit_along() -> None:
    old = resolution(*BASE)
    new = resolution(*changed(BASE, begin="start", four="five"))
    asked = proposal(
        old, "RUS", *changed(BASE, projects="all projects", meetings="yearly meetings")
    )
    carried = carry(asked, old, new)
    assert [each.fate for each in carried.amended] == [Fate.KEPT, Fate.KEPT]
    assert lines(apply(new, carried.proposal)) == [
        "resolves",
        "1 to start the work on the list of all projects;",
        "2 to go on with the yearly meetings of the group;",
        "3 to end the work after five years,",
        "requests",
        "1 to see resolves 2;",
    ]
    assert (carried.proposal.id, carried.proposal.base_digest) == ("RUS/1/1", digest(new))


def test_what_goes_along_beside_a_change_of_the_new_text_is_told_so() -> None:
    old = resolution(*BASE)
    new = resolution(*changed(BASE, four_years="two sessions"))
    asked = proposal(old, "RUS", *changed(BASE, after="only after", list="whole list"))
    carried = carry(asked, old, new)
    assert [(each.fate, each.beside) for each in carried.amended] == [
        (Fate.KEPT, False),
        (Fate.KEPT, True),
    ]
    close = carry(proposal(old, "RUS", *changed(BASE, after="after some")), old, new)
    assert [(each.fate, each.beside) for each in close.amended] == [(Fate.KEPT, True)]


def test_the_same_words_are_met_whatever_else_is_changed_around_them() -> None:
    """A carried text once said "questionnaires, online consultations and online consultations"."""
    said = "that members are asked by letters and forms before the meetings, and that few answer;"
    more = said.replace("letters and forms", "letters, forms and online talks")
    old = resolution("noting", f"a) {said}")
    new = resolution("noting", f"a) {more.replace('few answer', 'a growing number answers')}")
    carried = carry(proposal(old, "RUS", "noting", f"a) {more}"), old, new)
    assert {each.fate for each in carried.amended} == {Fate.MET}


def test_what_the_new_text_says_already_is_met() -> None:
    old = resolution(*BASE)
    new = resolution(*changed(BASE, four="five", projects="all projects"))
    asked = proposal(old, "RUS", *changed(BASE, four="five"))
    carried = carry(asked, old, new)
    assert [each.fate for each in carried.amended] == [Fate.MET]
    assert carried.proposal.edits == ()


def test_what_the_new_text_says_otherwise_is_listed_and_not_carried() -> None:
    old = resolution(*BASE)
    new = resolution(*changed(BASE, four="five"))
    asked = proposal(old, "RUS", *changed(BASE, four="six", begin="start"))
    carried = carry(asked, old, new)
    (left,) = carried.fated(Fate.CONFLICTING)
    assert (left.asked.strip(), left.now.strip()) == ("six", "five")
    assert left.region.kinds == (ConflictKind.COMPETING_REPLACEMENT,)
    assert left.suggestion.startswith("resolves 3")
    assert apply(new, carried.proposal) == resolution(*changed(BASE, four="five", begin="start"))


def test_what_is_struck_in_the_new_text_is_listed_with_the_place_that_is_most_like_it() -> None:
    old = resolution(*BASE)
    like = "1 to see that the meetings of the group are open to those who ask for it in time;"
    new = resolution(BASE[0], BASE[1], BASE[3], "requests", like)
    asked = proposal(old, "RUS", *changed(BASE, meetings="yearly meetings"))
    (left,) = carry(asked, old, new).amended
    assert (left.fate, left.now) == (Fate.CONFLICTING, "")
    assert left.suggestion.startswith("requests 1: “") and "meetings" in left.suggestion


def test_an_addition_goes_along_beside_what_the_new_text_adds() -> None:
    old = resolution(*BASE)
    new = resolution(*BASE[:3], "2bis to publish the accounts;", *BASE[3:])
    asked = proposal(old, "RUS", *BASE[:3], "2bis to translate the reports;", *BASE[3:])
    carried = carry(asked, old, new)
    assert [each.fate for each in carried.amended] == [Fate.KEPT]
    assert lines(apply(new, carried.proposal))[3:5] == [
        "2bis to publish the accounts;",
        "2ter to translate the reports;",
    ]


def test_what_a_proposal_cites_is_cited_by_its_number_of_today() -> None:
    old = resolution(*BASE)
    new = resolution(
        "resolves", "1 to open;", "2 to begin the work on the list of projects;",
        "3 to go on with the meetings of the group;", "4 to end the work after four years,",
        "requests", "1 to see resolves 3;",
    )  # fmt: skip
    asked = proposal(old, "RUS", *BASE, "2 to report on resolves 3 above;")
    carried = carry(asked, old, new)
    assert lines(apply(new, carried.proposal))[-2:] == [
        "1 to see resolves 3;",
        "2 to report on resolves 4 above;",
    ]
    assert not carried.unresolved


def test_a_citation_of_what_is_gone_is_listed() -> None:
    old = resolution(*BASE)
    new = resolution(*BASE[:3], "requests", "1 to see resolves 2;")
    asked = proposal(old, "RUS", *BASE, "2 to report on resolves 3 above;")
    (unresolved,) = carry(asked, old, new).unresolved
    assert (unresolved.path, unresolved.reason) == ("requests 2", Reason.GONE)


def test_a_noc_goes_along_while_its_text_stays() -> None:
    old = resolution(*BASE)
    second, third = (p.id for p in walk(old.provisions) if p.label in "23" and "the" in p.text)
    asked = replace(proposal(old, "RUS", *BASE), keeps=(NoChange(second), NoChange(third)))
    carried = carry(asked, old, resolution(*changed(BASE, four="five")))
    assert [keep.target for keep in carried.proposal.keeps] == [second]
    (left,) = carried.amended
    assert (left.fate, left.region.kinds) == (Fate.CONFLICTING, (ConflictKind.NO_CHANGE_OR_NOT,))


def test_a_proposal_for_another_text_is_refused() -> None:
    old, other = resolution(*BASE), resolution("resolves", "1 to do otherwise;")
    asked = proposal(old, "RUS", *changed(BASE, four="five"))
    with pytest.raises(NotApplicable):
        carry(asked, other, old)
    with pytest.raises(NotApplicable):
        carry(asked, old, replace(old, language=Language.FR))


# -- laws -----------------------------------------------------------------------------------------


@law(drafts())
def test_carrying_over_to_the_same_text_is_the_identity(draft: Draft) -> None:
    for asked in draft.proposals:
        carried = carry(asked, draft.base, draft.base)
        assert replace(carried.proposal, base=asked.base) == asked
        assert all(each.fate is Fate.KEPT for each in carried.amended)


@law(drafts())
def test_who_gets_all_is_met(draft: Draft) -> None:
    for asked in draft.proposals:
        carried = carry(replace(asked, keeps=()), draft.base, apply(draft.base, asked))
        assert carried.proposal.edits == ()
        assert all(each.fate is Fate.MET for each in carried.amended)


@law(drafts())
def test_an_edit_never_lands_on_other_words(draft: Draft) -> None:
    """Where nothing meets, the result is what both sets of marks say, read by the oracle.

    In any case it applies.
    """
    for asked in draft.proposals:
        for winner in draft.proposals:
            new = apply(draft.base, winner)
            carried = carry(asked, draft.base, new)
            made = apply(new, carried.proposal)
            if all(each.fate is Fate.KEPT for each in carried.amended):
                own = propose(draft.base, new, NEW, proponents=())
                both = merge(draft.base, (asked, own))
                expected = accept(both, both.sources)
                # Brackets are nobody's words, and the oracle does not know that.
                if _noted(expected) and not HalfAgreed(draft.base, new).is_open:
                    assert _said(made) == _said(expected)


_CITED = re.compile(r"(?<=as paragraph ).*?(?= above says)")
"""What ``tests.quarrels`` lets a proposal cite."""


def _said(text: Resolution) -> tuple[list[object], list[object]]:
    """Return what a text says, and its footnotes; without labels, in which it may differ.

    Nor with the numbers that it cites, which follow those: the oracle leaves them as they were.
    """
    every = [(p.kind, key_of(_CITED.sub("", p.text))) for p in walk(text.provisions)]
    notes = sorted(told for told in every if told[0] is Kind.FOOTNOTE)
    return [told for told in every if told[0] is not Kind.FOOTNOTE], list(notes)


def _noted(text: Resolution) -> bool:
    """Tell whether each mark has its footnote: not where two put the same one at two places."""
    every = list(walk(text.provisions))
    marks = sum(mark.kind == "footnote" for p in every for mark in p.marks)
    return marks == sum(p.kind is Kind.FOOTNOTE for p in every)


@law(drafts())
def test_what_clashes_leaves_the_new_text_as_it_is(draft: Draft) -> None:
    for asked in draft.proposals:
        for winner in draft.proposals:
            new = apply(draft.base, winner)
            carried = carry(asked, draft.base, new)
            if not carried.fated(Fate.KEPT) and not _typography(asked):
                assert carried.proposal.edits == ()


def _typography(asked: Proposal) -> bool:
    return any(isinstance(edit, TextEdit) and edit.variants for edit in asked.edits)


def test_a_sum_that_the_new_text_changes_too_is_listed_and_not_carried() -> None:
    """Digit by digit 318 500 and 328 000 would have made 328 500."""
    old = resolution("resolves", "1 to grant 318 000 francs a year;")
    new = resolution("resolves", "1 to grant 328 000 francs a year;")
    asked = proposal(old, "RUS", "resolves", "1 to grant 318 500 francs a year;")
    carried = carry(asked, old, new)
    assert [each.fate for each in carried.amended] == [Fate.CONFLICTING]
    assert apply(new, carried.proposal) == new


@pytest.mark.parametrize(
    ("asked", "now", "carried"),
    [
        # What the proposal strikes stands in brackets in the new text.
        ("on with.", "on with [the meetings of the group];", "on with."),
        # It writes the end of the paragraph anew, whose stop alone the proposal changes.
        ("on with the meetings of the group.", "on with meetings at last", None),
    ],
)
def test_the_stop_of_a_paragraph_does_not_come_in_the_way(
    asked: str, now: str, carried: str | None
) -> None:
    base = resolution(*BASE)
    whole = "on with the meetings of the group;"
    one = proposal(base, "CHN/1/1", *[line.replace(whole, asked) for line in BASE])
    new = resolution(*[line.replace(whole, now) for line in BASE])
    assert f"2 to go {carried or now}" in lines(apply(new, carry(one, base, new).proposal))


def test_what_moves_out_of_a_section_that_stays_is_carried_over() -> None:
    last = "to send the report on the meetings of the group to all members of the council"
    lines_in_force = (*BASE[:5], f"1 {last};")
    base = resolution(*lines_in_force)
    one = proposal(base, "CHN/1/1", *BASE[:3], BASE[3].replace(",", ";"), f"4 {last},")
    new = resolution(*BASE[:4], "[requests", *lines_in_force[5:])
    text = lines(apply(new, carry(one, base, new).proposal))
    assert sum(last in part for part in text) == 1
