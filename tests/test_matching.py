"""Defects that were found in matching, each with the text that showed it."""

from __future__ import annotations

from msgspec.structs import replace

from resamend.amendment import apply, propose
from resamend.difference import ListEdit, TextEdit
from resamend.model import OBJECT, Kind, Language, Mark, Provision, Resolution
from resamend.numbering import eids


def group(*items: tuple[str, str]) -> Provision:
    children = tuple(Provision(id="?", kind=Kind.ITEM, label=lb, text=text) for lb, text in items)
    return Provision(id="?", kind=Kind.OPERATIVE, text="resolves", children=children)


def resolution(*groups: Provision) -> Resolution:
    whole = Provision(id="?", kind=Kind.RESOLUTION, children=groups)
    return eids(Resolution(language=Language.EN, provisions=(whole,)))


def test_a_provision_is_joined_into_one_other_only() -> None:
    one, two = "to report to the Council each year,", "and to publish its report in six languages;"
    base = resolution(
        group(("a)", two), ("b)", one), ("c)", one)), group(("1", one), ("2", two), ("3", two))
    )
    revised = resolution(
        group(("b)", one), ("c)", one)), group(("1", f"{one} {two}"), ("3", f"{two} {two}"))
    )
    assert apply(base, propose(base, revised, "RUS/1/1")) == revised


WORK = "to set up national plans for emergencies of all kinds"
VIEW = "to review them every two years together with the agencies concerned"
PRINT = "to publish the results in all languages of the Union for everybody"


def kinds(base: Resolution, revised: Resolution) -> list[tuple[str, str]]:
    """Return what is done to each provision, and hold that it gives the revised text."""
    proposal = propose(base, revised, "RUS/1/1")
    assert apply(base, proposal) == revised
    words = [
        (base_id, mark.kind)
        for edit in proposal.edits
        if isinstance(edit, TextEdit)
        for base_id in [edit.target]
        for hunk in edit.hunks
        for word in hunk.words
        for mark in word.marks
    ]
    lists = [
        (id, "gone")
        for edit in proposal.edits
        if isinstance(edit, ListEdit)
        for hunk in edit.hunks
        for id in hunk.gone
    ]
    return words + lists


def test_three_provisions_are_joined_into_one() -> None:
    base = resolution(group(("1", f"{WORK};"), ("2", f"{VIEW};"), ("3", f"{PRINT}.")))
    for order in ((WORK, VIEW, PRINT), (f"{WORK} and more", VIEW, PRINT)):
        revised = resolution(group(("1", f"{order[0]}, {order[1]} and {order[2]}.")))
        found = kinds(base, revised)
        assert sorted(what for _, what in found) == ["gone", "gone", "join", "join"]


def test_one_provision_is_divided_into_three_whichever_keeps_its_number() -> None:
    base = resolution(group(("1", f"{WORK}, {VIEW}, and {PRINT};"), ("2", "to end.")))
    for labels in (("1", "1bis", "1ter", "2"), ("1", "2", "3", "4")):
        texts = (f"{WORK};", f"{VIEW};", f"{PRINT};", "to end.")
        revised = resolution(group(*zip(labels, texts, strict=True)))
        split = base.provisions[0].children[0].children[0].id
        assert kinds(base, revised) == [(split, "split"), (split, "split")]


def test_of_two_that_change_places_the_one_that_is_numbered_anew_has_moved() -> None:
    base = resolution(group(("1", WORK), ("2", VIEW), ("3", PRINT), ("4", "to end")))
    for wanted, gone in (
        ((("1", WORK), ("3", PRINT), ("3bis", VIEW), ("4", "to end")), "2"),
        ((("1", WORK), ("1bis", PRINT), ("2", VIEW), ("4", "to end")), "3"),
    ):
        found = kinds(base, resolution(group(*wanted)))
        assert found == [(f"dvs_1__para_{gone}", "gone")]


def test_a_label_in_other_brackets_is_the_same_label() -> None:
    base = resolution(group(("1", f"{WORK} and {VIEW};"), ("2", f"{PRINT}.")))
    revised = resolution(group(("(1)", "to set up national plans;"), ("2.", "to publish it.")))
    edits = propose(base, revised, "RUS/1/1").edits
    assert not any(isinstance(edit, ListEdit) and edit.hunks for edit in edits)
    assert kinds(base, revised) == []


def test_unrelated_paragraphs_are_two_whatever_small_words_they_share() -> None:
    """Function words carry no likeness, and no label is worth a whole paragraph."""
    old = "that it is for each region to see to the upkeep of gauges;"
    new = "that the Director has to report to Member States on printing;"
    base = resolution(group(("1", WORK), ("2", old), ("3", PRINT)))
    revised = resolution(group(("1", WORK), ("2", new), ("3", PRINT)))
    assert kinds(base, revised) == [("dvs_1__para_2", "gone")]


def test_what_is_rewritten_between_what_stays_is_one_paragraph() -> None:
    old = "to print the atlas of rivers in six languages and to send it to every library;"
    new = "to publish an atlas of rivers and lakes on the web, free of charge for each library;"
    base = resolution(group(("1", WORK), ("2", old), ("3", PRINT)))
    revised = resolution(group(("1", WORK), ("2", new), ("3", PRINT)))
    assert kinds(base, revised) == []


def test_paragraphs_that_get_numbers_are_the_same_ones() -> None:
    base = resolution(group(("", WORK), ("", VIEW)))
    revised = resolution(group(("1", WORK), ("2", f"{VIEW} and others")))
    assert kinds(base, revised) == []


def test_the_footnote_of_what_moved_and_was_edited_is_the_same_one() -> None:
    note = Provision(id="?", kind=Kind.FOOTNOTE, label="1", text="See the list of agencies.")
    mark = Mark(start=0, end=1, kind="footnote")

    def noted(text: str) -> Provision:
        marks = (replace(mark, start=text.index(OBJECT), end=text.index(OBJECT) + 1),)
        item = Provision(id="?", kind=Kind.ITEM, label="2", text=text, marks=marks)
        return replace(item, children=(note,))

    def placed(*groups: tuple[Provision, ...]) -> Resolution:
        return resolution(*(replace(group(), children=children) for children in groups))

    [one] = group(("1", f"{WORK};")).children
    base = placed((one,), (noted(f"{VIEW}{OBJECT};"),))
    edited = noted(f"{VIEW}{OBJECT};".removeprefix("to review them "))
    assert kinds(base, placed((edited, one), ())) == [("dvs_2__para_2", "gone")]


def test_a_short_paragraph_is_known_however_it_is_typed() -> None:
    old, new = "to arrange it", "to rearrange it"
    base = resolution(group(("1", WORK), ("", old), ("3", PRINT)))
    for text in (new, new.replace(" ", "\u00a0")):
        assert kinds(base, resolution(group(("1", WORK), ("", text), ("3", PRINT)))) == []
