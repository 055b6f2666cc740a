"""The brackets of half-agreed texts: signs beside the words, written back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resamend.amendment import apply, propose
from resamend.brackets import (
    SignKind,
    groups_of,
    is_placeholder,
    read_brackets,
    read_signs,
)
from resamend.model import Language, Resolution, walk
from resamend.readers.text import read_text
from resamend.rebase import Amended, Fate, carry
from tests.build import proposal, resolution

# Paragraphs, and the words of each when all signs are taken away; written for these tests.
BALANCED = {
    "to publish the [annual] report;": "to publish the annual report;",
    "that members [shall][should] answer within [three] months;": (
        "that members shallshould answer within three months;"
    ),
    "[to [prepare / draft] and [to] print the atlas,] in [two] parts": (
        "to preparedraft and to print the atlas, in two parts"
    ),
    "to meet [once / twice / {no text}] a year and/or by video;": (
        "to meet oncetwice a year and/or by video;"
    ),
    "to give [RUS: all / KEN, BRA: some] of it [EU: before the session]": (
        "to give allsome of it before the session"
    ),
    "[Option 1: to keep the list] [Option 2: to close it]": "to keep the list to close it",
    "to spend [TBD] Swiss francs by […], [ ] at the latest": (
        "to spend TBD Swiss francs by …,   at the latest"
    ),
    "[[[to go on]]]": "to go on",
    "à publier le rapport [annuel / biennal] du groupe[ , en six langues];": (
        "à publier le rapport annuelbiennal du groupe , en six langues;"
    ),
    "que les membres [devraient][doivent] répondre, [FRA : sans délai]": (
        "que les membres devraientdoivent répondre, sans délai"
    ),
    "[Variante 2. d'aider [tous] les pays {pas de texte}]": "d'aider tous les pays ",
    "a publicar el informe [anual / bienal] del grupo;": (
        "a publicar el informe anualbienal del grupo;"
    ),
    "que los miembros [deberían [, en lo posible,]] responder": (
        "que los miembros deberían , en lo posible, responder"
    ),
    "[Opción 1: {sin texto} / Opción 2: a ayudar al grupo[ARG: y a sus miembros]]": (
        "a ayudar al grupoy a sus miembros"
    ),
}
CROSSING = """\
RESOLUTION 7
Meetings of the group

resolves
1\tto meet [in public,
2\tto publish its papers, [and]
3\tto invite] observers;
4\tto end in [May / June];
"""


@pytest.mark.parametrize("text", BALANCED)
def test_a_balanced_paragraph_is_written_back_exactly_and_its_words_are_told_apart(
    text: str,
) -> None:
    signed = read_signs(text)
    assert signed.written == text
    assert signed.words == BALANCED[text]
    assert read_brackets(resolution("resolves", f"1 {text}")).unbalanced == ()


@given(st.text(alphabet="ab []/{}:^1 RUS…\n", max_size=60))
def test_any_text_at_all_is_written_back_exactly(text: str) -> None:
    assert read_signs(text).written == text
    assert "[" not in read_signs(text).words.replace("[^", "")


def test_what_a_sign_does_is_known() -> None:
    signs = read_signs("[RUS: once / Option 2: {no text}] or/and [^1] both / more").signs
    assert [sign.kind for sign in signs] == [
        SignKind.OPENS, SignKind.NAMES, SignKind.PARTS, SignKind.NUMBERS, SignKind.NO_TEXT,
        SignKind.CLOSES,
    ]  # fmt: skip


def test_brackets_nest_touch_and_say_who_wants_what() -> None:
    text = resolution("resolves", "1 [RUS, KEN: to [go / stay]] or [shall][should] [may] end;")
    layer = read_brackets(text)
    assert [(b.depth, b.names, len(b.parts)) for b in layer.brackets] == [
        (0, ("RUS", "KEN"), 1), (1, (), 2), (0, (), 1), (0, (), 1), (0, (), 1),
    ]  # fmt: skip
    item = next(p for p in walk(text.provisions) if p.label == "1")
    parts = [
        [item.text[start:end] for start, end in group.parts] for group in groups_of(layer, item)
    ]
    assert parts == [["to [go / stay]"], ["shall", "should"], ["may"]]


def test_brackets_cross_paragraphs_and_nest_across_them() -> None:
    text = read_text(CROSSING.encode(), Language.EN).resolution
    layer = read_brackets(text)
    assert [(b.crosses, b.depth) for b in layer.brackets] == [(True, 0), (False, 1), (False, 0)]
    assert layer.unbalanced == ()
    for provision in walk(text.provisions):
        assert read_signs(provision.text, 1).written == provision.text


@pytest.mark.parametrize(
    ("lines", "stray"),
    [
        (("1 to go];", "2 to stay;"), [("]", "resolves 1", 5)]),
        (("1 to [go;", "2 to [stay];"), [("[", "resolves 1", 3)]),
        (("1 to [[go];", "2 à ] rester;", "3 ] a quedar;"), [("]", "resolves 3", 0)]),
    ],
)
def test_what_is_unbalanced_is_named_with_its_place(
    lines: tuple[str, ...], stray: list[tuple[str, str, int]]
) -> None:
    layer = read_brackets(resolution("resolves", *lines))
    assert [(b.sign, b.path, b.spot.at) for b in layer.unbalanced] == stray


def test_a_place_for_what_is_to_come_is_no_alternative() -> None:
    assert is_placeholder(["…"]) and is_placeholder(["TBC", "."])
    assert not is_placeholder(["annual"])


# -- seen through ---------------------------------------------------------------------------------

OLD = ("resolves", "1 to publish the report;", "2 to need help in time;", "3 to go;")


def carried(new: tuple[str, ...], asked: tuple[str, ...]) -> tuple[list[Amended], list[str]]:
    """Return what becomes of a proposal, and the text that it then asks for."""
    old, text = resolution(*OLD), resolution(*new)
    one = carry(proposal(old, "KEN/1/1", *asked), old, text)
    return list(one.amended), _lines(apply(text, one.proposal))


def _lines(text: Resolution) -> list[str]:
    return [f"{p.label} {p.text}".strip() for p in walk(text.provisions) if p.text]


def _changed(lines: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    return tuple(line.replace(old, new) for line in lines)


ANNUAL = _changed(OLD, "the report", "the annual report")
OPEN = _changed(OLD, "the report", "the [annual] report")


def test_what_stands_in_brackets_as_it_was_asked_for_is_met_and_still_open() -> None:
    (amended,), asks = carried(OPEN, ANNUAL)
    assert (amended.fate, amended.in_brackets) == (Fate.MET, True)
    assert asks == list(ANNUAL)  # that the brackets go


def test_who_asked_for_nothing_there_leaves_the_brackets() -> None:
    (amended,), asks = carried(OPEN, _changed(OLD, "3 to go", "3 to go soon"))
    assert amended.fate is Fate.KEPT
    assert asks == list(_changed(OPEN, "3 to go", "3 to go soon"))


def test_who_asked_for_something_else_there_asks_for_it_in_their_place() -> None:
    (amended,), asks = carried(OPEN, _changed(OLD, "the report", "the quarterly report"))
    assert (amended.fate, amended.in_brackets) == (Fate.KEPT, False)
    assert asks == list(_changed(OLD, "the report", "the quarterly report"))


@pytest.mark.parametrize("brackets", ["[help / lasting support]", "[help][lasting support]"])
def test_an_alternative_is_met_and_still_open(brackets: str) -> None:
    new = _changed(OLD, "help", brackets)
    (amended,), asks = carried(new, _changed(OLD, "help", "lasting support"))
    assert (amended.fate, amended.in_brackets) == (Fate.MET, True)
    assert asks == list(_changed(OLD, "help", "lasting support"))


def test_a_suppression_of_what_stands_in_brackets_is_carried_over() -> None:
    new = _changed(OLD, "2 to need help in time;", "2 [to need help [as soon as may be] in time;]")
    amended, asks = carried(new, (OLD[0], OLD[1], OLD[3].replace("3 ", "2 ")))
    assert Fate.CONFLICTING not in {one.fate for one in amended}
    assert asks == ["resolves", "1 to publish the report;", "2 to go;"]


def test_an_addition_that_stands_in_brackets_is_met_and_still_open() -> None:
    new = (*OLD[:3], "3 [to sing;]", "4 to go;")
    amended, asks = carried(new, (*OLD[:3], "3 to sing;", "4 to go;"))
    assert any(one.fate is Fate.MET and one.in_brackets for one in amended)
    assert Fate.CONFLICTING not in {one.fate for one in amended}
    assert asks == [*OLD[:3], "3 to sing;", "4 to go;"]


def test_a_bracket_may_open_before_the_number() -> None:
    text = "RESOLUTION 7\nMeetings\n\nresolves\n1\tto go;\n"
    old = read_text(f"{text}2\tto end.\n".encode(), Language.EN).resolution
    new = read_text(f"{text}[2\tto sing;]\n3\tto end.\n".encode(), Language.EN).resolution
    wish = read_text(f"{text}2\tto sing;\n3\tto end.\n".encode(), Language.EN).resolution
    assert read_brackets(new).unbalanced == ()
    one = carry(propose(old, wish, "KEN/1/1"), old, new)
    assert {a.fate for a in one.amended} <= {Fate.MET, Fate.KEPT}
    assert _lines(apply(new, one.proposal)) == _lines(wish)


def test_what_the_text_before_had_in_brackets_already_is_words_of_both() -> None:
    old = resolution(*OPEN)
    new = resolution(*_changed(OPEN, "to go", "to go on"))
    one = carry(proposal(old, "KEN/1/1", *ANNUAL), old, new)
    assert {a.fate for a in one.amended} == {Fate.KEPT}
    assert "1 to publish the annual report;" in _lines(apply(new, one.proposal))


def test_brackets_that_a_source_wrote_itself_are_met_as_they_stand() -> None:
    (amended,), asks = carried(OPEN, OPEN)
    assert (amended.fate, amended.in_brackets) == (Fate.MET, False)
    assert asks == list(OPEN)


def test_brackets_that_do_not_close_are_words_like_others() -> None:
    new = _changed(OLD, "the report", "the [annual report")
    (amended,), asks = carried(new, ANNUAL)
    assert amended.fate is Fate.CONFLICTING
    assert asks == list(new)
