"""A draft is not called a text in force, and a body is not spoken to in another one's words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from resamend import akn
from resamend.forms import TextStatus, status_of
from resamend.languages import Wordings, codes, section
from resamend.model import Kind, Language, Metadata, Provision, Resolution
from resamend.page.vocabulary import SYMBOLS, phrases, phrases_for
from tests.dossiers import Desk

LANGUAGES = [Language(code) for code in codes()]
UN = "The Assembly,\nNoting the rain,\nNoting the wind,\n1.\tDecides to wait;\n2.\tDecides to go.\n"
CHANGED = UN.replace("to wait", "to wait a day").replace("Noting the wind,\n", "")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch)


def text(words: str = "Decides to wait.", **metadata: str) -> Resolution:
    provision = Provision(id="p1", kind=Kind.ITEM, label="1.", text=words)
    number = Provision(id="n", kind=Kind.NUMBER, text=metadata.pop("line", "RESOLUTION 1"))
    return Resolution(
        language=Language.EN, provisions=(number, provision), metadata=Metadata(**metadata)
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", ["draft", "chair", "not-agreed", "A/76/L.4/Rev.1"])
@pytest.mark.parametrize("form", ["", "un"])
def test_no_phrase_calls_a_text_in_force_that_is_none(
    language: Language, status: str, form: str
) -> None:
    say = phrases_for(text(status=status, form=form), language)
    wordings = section(language, Wordings)
    assert wordings
    forms = re.compile("|".join(wordings.in_force), re.IGNORECASE)
    shown = {key: phrase for key, phrase in say._said.items() if forms.search(phrase)}
    assert shown == {}
    keys = [key for key, phrase in phrases(language)._said.items() if forms.search(phrase)]
    assert len(keys) > 10  # else the law holds of nothing


@pytest.mark.parametrize("language", LANGUAGES)
def test_symbols_of_itu_stand_in_no_phrase_of_another_body(language: Language) -> None:
    say = phrases_for(text(form="un"), language)
    symbols = re.compile(r"\b(?:ADD|MOD|SUP|NOC)\b")
    assert [key for key, phrase in say._said.items() if symbols.search(phrase)] == []
    assert not {*say.signs} & {*SYMBOLS}
    assert any(symbols.search(phrase) for phrase in phrases(language)._said.values())
    assert say("no_change") != phrases(language)("no_change")


def test_every_phrase_of_another_body_is_one_that_there_is() -> None:
    for language in LANGUAGES:
        wordings = section(language, Wordings)
        assert wordings
        keys = [entry.partition(" = ")[0] for entry in wordings.elsewhere]
        assert {*keys} <= phrases(language)._said.keys()
        lists = (wordings.in_force, wordings.draft, wordings.chair, wordings.other)
        assert len({len(forms) for forms in (*lists, wordings.not_agreed)}) == 1


@pytest.mark.parametrize(
    ("base", "status"),
    [
        (text(), TextStatus.IN_FORCE),
        (text(form="un"), TextStatus.DRAFT),
        (text(form="un", line="76/12"), TextStatus.IN_FORCE),
        (text(line="Draft new Resolution 5"), TextStatus.DRAFT),
        (text("Decides [to wait] [to go]."), TextStatus.NOT_AGREED),
        (text("Decides to wait [sic] for [SEN-1] […]."), TextStatus.IN_FORCE),
        (text("Decides [to wait].", status="chair"), TextStatus.CHAIR),
    ],
)
def test_a_text_is_what_its_form_and_brackets_say(base: Resolution, status: str) -> None:
    assert status_of(base) == status


def test_what_was_stated_is_stored_in_the_text() -> None:
    base = replace(text(form="un"), metadata=Metadata(form="un", status="A/76/L.4"))
    again = akn.read(akn.write_resolution(base)).value
    assert isinstance(again, Resolution)
    assert again.metadata.status == "A/76/L.4"


def test_a_dossier_speaks_of_the_text_that_it_has(desk: Desk) -> None:
    desk.path.joinpath("base.en.txt").write_text(UN)
    desk.path.joinpath("AAA-1-1.en.txt").write_text(CHANGED)
    desk.done("new", "d", "--base", "base.en.txt", "--status", "Rev.1")
    desk.done("add", "d", "AAA-1-1.en.txt", "--whole")
    draft = desk.done("consolidate", "d")
    assert "consolidated with the text of Rev.1" in draft
    assert "amend " in draft and "delete" in draft
    assert "in force" not in draft
    assert not re.search(r"\b(?:ADD|MOD|SUP|NOC)\b", draft)
    table = desk.done("matrix", "d")
    assert "amend" in table and "MOD" not in table


def test_brackets_are_never_in_force(desk: Desk) -> None:
    bracketed = UN.replace("to wait", "[to wait] [not to wait]")
    desk.path.joinpath("base.en.txt").write_text(bracketed)
    refused = desk.refused(2, "new", "d", "--base", "base.en.txt", "--status", "in-force")
    assert "not agreed" in refused
    assert not (desk.path / "d").exists()
    desk.done("new", "d", "--base", "base.en.txt")
    assert "text not agreed" in desk.done("consolidate", "d").lower()


def test_lists_and_messages_speak_the_words_of_the_body_too(desk: Desk) -> None:
    (desk.path / "base.txt").write_text(f"Draft resolution 1\nRain\n{UN}")
    (desk.path / "BRA.txt").write_text(f"MOD\tBRA/1\nDraft resolution 1\nRain\n{CHANGED}")
    (desk.path / "next.txt").write_text(f"Draft resolution 1\nRain\n{UN.replace('rain', 'snow')}")
    desk.done("new", "rain", "--base", "base.txt")
    desk.done("add", "rain", "BRA.txt")
    desk.done("new", "none", "--base", "base.txt")
    chair = ("--by", "Chair")
    said = desk.run("decide", "rain", "PP2", "--defer", *chair).err
    assert "deferred: delete (BRA)" in said
    carried = desk.run("rebase", "rain", "--onto", "next.txt", "-o", "rev-1").err
    shown = (
        said + carried,
        desk.done("outcome", "rain", "--for", "BRA"),
        desk.done("changes", "none", "rain"),
        desk.done("concord", "rain"),
        desk.run("decide", "rain", "OP1", "--keep", *chair).err,
    )
    for told in shown:
        assert not re.search(r"\b(?:SUP|ADD|MOD)\b|text in force", told)


def test_who_reads_a_clause_as_a_whole_has_agreed_to_nothing_in_it(desk: Desk) -> None:
    (desk.path / "base.txt").write_text(f"Draft resolution 1\nRain\n{UN}")
    for state, words in (("BRA", "Decides soon to wait"), ("KEN", "Decides to wait here")):
        text = UN.replace("Decides to wait", words)
        (desk.path / f"{state}.txt").write_text(f"MOD\t{state}/1\nDraft resolution 1\nRain\n{text}")
    desk.done("new", "rain", "--base", "base.txt")
    desk.done("add", "rain", "BRA.txt", "KEN.txt")
    said = desk.run("decide", "rain", "1", "--acknowledge", "--by", "Chair").err
    assert "OP1 was read as: Decides soon to wait here;" in said and "now reads" not in said


def test_a_message_about_arabic_words_shows_no_signs_of_direction(desk: Desk) -> None:
    text = "مشروع قرار 1\nالمياه\nإن الجمعية العامة،\n1 - تطلب إعداد تقرير كل سنتين؛\n"
    (desk.path / "base.ar.txt").write_text(text, encoding="utf-8")
    for state, words in (("EGY/1", "كل سنة"), ("OMN/1", "كل شهر")):
        sent = f"MOD\t{state}\n{text.replace('كل سنتين', words)}"
        (desk.path / f"{state[:3]}.ar.txt").write_text(sent, encoding="utf-8")
    desk.done("new", "water", "--base", "base.ar.txt")
    desk.done("add", "water", "EGY.ar.txt", "OMN.ar.txt")
    said = desk.run("decide", "water", "1", "--take", "EGY", "--by", "Chair").err
    assert "سنة" in said and "U+20" not in said
    said = desk.run("position", "water", "1", "--of", "USA", "--oppose", "--option", "1").err
    assert "USA opposes · “سنة”" in said
