"""Texts of every form are read as their own people read them: their outline is what it should be.

The texts in ``tests/forms`` are written for this project; ``NAME.LANG.outline`` beside each is its
outline, looked at by a person. Look at what changes before you keep it:
RESAMEND_KEEP=1 pytest tests/test_forms.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from resamend import akn
from resamend.added_places import AddedPlaceNamer
from resamend.amendment.descriptions import named_anew
from resamend.dossier.parsing import arrive
from resamend.forms import TextForm, branch_of
from resamend.matching import index_of
from resamend.model import Kind, Language, Provision, Resolution
from resamend.outlines import lines_of_outline
from resamend.place_words import said
from resamend.places import names_of
from resamend.readers.numbered_lines import paragraphs_of
from resamend.renderers.plain import written

TEXTS = sorted((Path(__file__).parent / "forms").glob("*.txt"))


def text_of(path: Path) -> Resolution:
    language = Language(path.name.split(".")[1])
    value = arrive(path.read_bytes(), name=path.name, language=language).value
    assert isinstance(value, Resolution)
    return value


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_is_read_as_its_people_read_it(path: Path) -> None:
    outline = "".join(f"{line}\n" for line in lines_of_outline(text_of(path)))
    expected = path.with_suffix(".outline")
    if os.environ.get("RESAMEND_KEEP"):
        expected.write_text(outline, encoding="utf-8")
    assert outline == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_list_shows_two_places_of_one_name(path: Path) -> None:
    text = text_of(path)
    names = [name for name in names_of(text).values() if name]
    plain = [name for name in names if name not in ("front", "end", "formula")]
    assert len(plain) == len(set(plain))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_what_is_added_is_named_as_if_it_stood_in_the_text(path: Path) -> None:
    """A name follows from what stands before it: the text need not be named anew for each."""
    text = text_of(path)
    if not text.metadata.form:
        return
    index, namer = index_of(text), AddedPlaceNamer(text)
    tried = 0
    for owner, held in enumerate(index.nodes):
        if held.kind is Kind.ROW:  # its cells are named by their columns
            continue
        for gap in range(len(held.children) + 1):
            for kind, label in ADDED:
                added = Provision(id="+", kind=kind, label=label, text="resolves to meet;")
                name = namer.name_in(held, gap, added)
                if name is not None:
                    assert name == named_anew(index, owner, gap, added), (held.id, gap, kind)
                    tried += 1
    assert tried


ADDED = (
    (Kind.ITEM, "3"),
    (Kind.ITEM, "(a)"),
    (Kind.ITEM, "1 bis."),
    (Kind.TEXT, ""),
    (Kind.OPERATIVE, ""),
    (Kind.PREAMBULAR, ""),
    (Kind.TITLE, ""),
    (Kind.FOOTNOTE, ""),
    (Kind.ANNEX, "Annex"),
)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_what_is_written_is_read_back_with_its_form(path: Path) -> None:
    text = text_of(path)
    again = akn.read(akn.write_resolution(text)).value
    assert isinstance(again, Resolution)
    assert (again, again.metadata.form) == (text, text.metadata.form)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_plain_text_of_a_form_is_read_back(path: Path) -> None:
    text = text_of(path)
    again = arrive(written(text).encode(), language=text.language, form=text.metadata.form)
    assert again.value == text


def test_a_form_that_is_said_is_not_guessed() -> None:
    data = b"The Board,\nNoting the rain,\n1.\tDecides to wait.\n"
    said_so = arrive(data, language=Language("en"), form="itu").value
    assert isinstance(said_so, Resolution)
    assert said_so.metadata.form == ""


def test_line_numbers_are_no_words_and_years_no_line_numbers() -> None:
    assert paragraphs_of(["1 We ask", "2 for a bench.", "", "3 Now."]) == (
        (1, "We ask"),
        (2, "for a bench."),
        (4, "Now."),
    )
    assert paragraphs_of(["1 We met in", "1999 and", "3 times"]) is None


def test_names_are_said_in_the_language_of_a_text() -> None:
    assert said("annex section A", "fr") == "annexe section A"
    assert said("OP3(a)", "ru") == "OP3(a)"


def test_a_sentence_that_begins_like_a_part_is_none() -> None:
    assert branch_of("Part of the work was done") is None
    assert branch_of("Article 5 applies.") is None


@pytest.mark.parametrize(
    ("items", "told"),
    [
        ("9\tto go; 10 to maintain the list,\n", "the label 10 may stand inside resolves 9"),
        (
            "9\tto go, instructs the Directors of the Bureaux\n",
            "a heading may stand inside resolves 9: “instructs the Directors of the Bureaux”",
        ),
        ("9\tto go;\n11\tto stay,\n", "the numbering goes from resolves 9 to resolves 11"),
        ("9\tto go;\n9\tto stay,\n", "label 9 stands twice"),
    ],
)
def test_a_secretariat_hears_what_is_odd_in_a_text(items: str, told: str) -> None:
    front = "RESOLUTION 7 (KESSEL, 2030)\nClocks\nThe Conference (Kessel, 2030),\nresolves\n"
    parsed = arrive(f"{front}{items}".encode(), language=Language("en"))
    assert parsed.balance
    assert any(told in notice for notice in parsed.balance.notices)


@pytest.mark.parametrize("form", TextForm)
@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_text_of_a_line_or_two_is_read_in_every_form(form: TextForm, length: int) -> None:
    """A single sentence that amends is first looked at as a text of the form of its base."""
    lines = ["Delete the last bullet point.", "1 to meet;", "• to report"][:length]
    read = arrive("\n".join(lines).encode(), name="motion.en.txt", form=form.value)
    assert read.balance and not read.balance.words_left_out


TREATY = """Convention on Lamps
The States Parties,
Recalling the Charter,
Have agreed as follows:
Article 1
A lamp is as in Annex I to this Convention.
Article 3
Oil burns as in Annex II to this Convention.
Article 3
It shines.
Annex I
Lamps are lit.
Annex III
Oil is burnt.
"""


def test_articles_and_annexes_that_are_missing_or_stand_twice_are_told() -> None:
    arrival = arrive(TREATY.encode(), name="t.en.txt", language=Language.EN)
    assert arrival.balance is not None
    assert arrival.balance.notices == (
        "line 8: Annex II is announced and absent",
        "Art. 3 stands twice",
        "the numbering goes from Art. 1 to Art. 3: something may be missing between them",
        "the numbering goes from Annex I to Annex III: something may be missing between them",
    )
    whole = TREATY.replace("Article 3\nOil", "Article 2\nOil").replace("Annex III", "Annex II")
    arrival = arrive(whole.encode(), name="t.en.txt", language=Language.EN)
    assert arrival.balance is not None and arrival.balance.notices == ()
