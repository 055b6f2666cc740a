"""Labels are read, continued and written; ids are language-neutral and unique."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resamend.languages import header
from resamend.model import Kind, Language, Provision, Resolution, walk
from resamend.naming import path
from resamend.numbering import (
    Label,
    LabelStyle,
    eids,
    inserted,
    parse,
    readings,
    renumbered,
    spell,
)

COUNTED = [style for style in LabelStyle if style is not LabelStyle.BULLET]
BRACKETS = [("", ""), ("", ")"), ("(", ")"), ("", "."), ("（", "）"), ("'", "'"), ("[", "")]


@st.composite
def labels(draw: st.DrawFn) -> Label:
    style = draw(st.sampled_from(COUNTED))
    opening, closing = draw(st.sampled_from(BRACKETS))
    before = draw(st.sampled_from(["", "", "1.", "12.3."])) if style is LabelStyle.DECIMAL else ""
    return Label(
        style=style,
        number=draw(st.integers(1, 78)),
        opening=opening,
        before=before,
        suffix=draw(st.sampled_from([0, 0, 0, 1, 2, 3, 9, 10, 25])),
        closing=closing,
        letters=header("ar").letters if style is LabelStyle.ABJAD else "",
    )


@given(labels())
def test_a_label_that_is_written_can_be_read(label: Label) -> None:
    assert label in readings(spell(label))


@given(st.text(max_size=30))
def test_whatever_is_read_as_a_label_is_written_alike_ever_after(text: str) -> None:
    for label in readings(text):
        assert label in readings(spell(label))


@pytest.mark.parametrize(
    ("text", "style", "number"),
    [
        ("1", LabelStyle.DECIMAL, 1),
        ("9.1", LabelStyle.DECIMAL, 1),
        ("2bis", LabelStyle.DECIMAL, 2),
        ("a)", LabelStyle.LETTER, 1),
        ("l)", LabelStyle.LETTER, 12),
        ("bb)", LabelStyle.LETTER, 28),
        ("bbis)", LabelStyle.LETTER, 2),
        ("iv)", LabelStyle.ROMAN, 4),
        ("xxxviii)", LabelStyle.ROMAN, 38),
        ("A", LabelStyle.CAPITAL, 1),
        ("IV.", LabelStyle.CAPITAL_ROMAN, 4),
        ("с)", LabelStyle.LETTER, 3),  # Cyrillic
        ("ه)", LabelStyle.ABJAD, 5),
        ("ﻫ )", LabelStyle.ABJAD, 5),  # the form in which Word files have it
        ("هـ)", LabelStyle.ABJAD, 5),
        ("\u200f1", LabelStyle.DECIMAL, 1),
        ("٣", LabelStyle.DECIMAL, 3),
        ("a）", LabelStyle.LETTER, 1),
        ("–", LabelStyle.BULLET, 1),
    ],
)
def test_labels_are_read(text: str, style: LabelStyle, number: int) -> None:
    label = parse(text)
    assert label is not None
    assert (label.style, label.number) == (style, number)


@pytest.mark.parametrize("text", ["", "that", "ter", "Note", "70/1", "1 2", "ة)", "9" * 5000])
def test_other_words_are_no_labels(text: str) -> None:
    assert parse(text) is None


def test_a_doubtful_label_has_two_readings() -> None:
    assert [(r.style, r.number) for r in readings("v)")] == [
        (LabelStyle.ROMAN, 5),
        (LabelStyle.LETTER, 22),
    ]
    assert [(r.style, r.number) for r in readings("c)")] == [
        (LabelStyle.LETTER, 3),
        (LabelStyle.ROMAN, 100),
    ]


def test_without_roman_numbers_a_label_is_a_letter() -> None:
    label = parse("i)", roman=False)
    assert label is not None
    assert (label.style, label.number) == (LabelStyle.LETTER, 9)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["1", "1bis", "3"], ["1", "2", "3"]),
        (["1", "•", "", "3"], ["1", "•", "", "2"]),  # a bullet is not counted
        (["•", "•"], ["•", "•"]),
        (["i)", "ii)", "iibis)"], ["i)", "ii)", "iii)"]),
        (["a)", "abis)", "b)"], ["a)", "b)", "c)"]),
        (["2.1", "2.3"], ["2.1", "2.2"]),
        (["أ)", "ج)"], ["أ)", "ب)"]),
        ([""], [""]),
        ([], []),
    ],
)
def test_a_list_is_numbered_anew(before: list[str], after: list[str]) -> None:
    assert list(renumbered(before)) == after


@given(st.sampled_from(COUNTED), st.integers(1, 60))
def test_a_list_in_order_keeps_its_labels(style: LabelStyle, length: int) -> None:
    made = [spell(Label(style=style, number=n, closing=")")) for n in range(1, length + 1)]
    assert list(renumbered(made)) == made


def test_inserted_labels_are_free() -> None:
    taken = ["1", "1bis", "1ter"]
    assert inserted("1", taken) == "1quat"
    assert inserted("•", []) == "•"
    taken = ["1"]
    for _ in range(15):
        taken.append(inserted("1", taken))
        label = parse(taken[-1])
        assert label is not None
        assert label.suffix == len(taken) - 1


def item(label: str, *children: Provision, kind: Kind = Kind.ITEM, text: str = "") -> Provision:
    return Provision(id="", kind=kind, label=label, text=text, children=children)


def test_ids_say_the_place_in_no_language() -> None:
    groups = (
        item("", item("a)"), item("i)"), kind=Kind.PREAMBULAR),
        item("", item("9.1"), item("9.1"), item("2", item("ii)"), item("•")), kind=Kind.OPERATIVE),
        item("", item("أ)"), item("ه)"), kind=Kind.PREAMBULAR),
    )
    whole = item("", *groups, kind=Kind.RESOLUTION)
    made = eids(Resolution(language=Language.EN, provisions=(whole,)))
    assert [p.id for p in walk(made.provisions)] == [
        "resolution",
        "recs_1",
        "recs_1__rec_a",
        "recs_1__rec_i",
        "dvs_1",
        "dvs_1__para_9-1",
        "dvs_1__para_9-1_2",
        "dvs_1__para_2",
        "dvs_1__para_2__point_ii",
        "dvs_1__para_2__point_2",
        "recs_2",
        "recs_2__rec_a",
        "recs_2__rec_e",
    ]


@given(st.lists(st.sampled_from(["1", "1", "1bis", "i)", "a)", "•", "", "9.1"]), max_size=30))
def test_ids_are_unique(told: list[str]) -> None:
    items = tuple(item(label, item("1"), item("1")) for label in told)
    made = eids(Resolution(language=Language.EN, provisions=items))
    ids = [provision.id for provision in walk(made.provisions)]
    assert len(ids) == len(set(ids))


def test_a_path_is_what_delegates_say() -> None:
    whole = item("", kind=Kind.RESOLUTION)
    resolves = item("", kind=Kind.OPERATIVE, text="resolves,")
    note = item("3", kind=Kind.FOOTNOTE)
    assert path([whole, resolves, item("6"), item("i)")], 0, Language.EN) == "resolves 6 i)"
    assert path([whole, resolves, item("9"), note], 0, Language.EN) == "resolves 9 footnote 3"
    assert path([whole], 0, Language.FR) == "résolution"
    assert path([whole, item("", kind=Kind.PREAMBULAR, text="顾及，")], 0, Language.ZH) == "顾及"


@pytest.mark.parametrize("label", ["3-бис.", "3 бис.", "3-bis.", "3 bis.", "3bis."])
def test_a_suffix_stands_apart_by_a_space_or_a_hyphen(label: str) -> None:
    assert [(read.number, read.suffix) for read in readings(label)] == [(3, 1)]
