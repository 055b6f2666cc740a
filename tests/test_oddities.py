"""What does not show, and what looks like something else, is told when a text arrives."""

from __future__ import annotations

from pathlib import Path

import pytest

import resamend
from resamend.dossier.oddities import mixed
from resamend.dossier.parsing import arrive
from tests.dossiers import BASE, RUS, Desk, sat_at

SAMPLES = Path(__file__).parent.parent / "resolutions"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return sat_at(tmp_path, monkeypatch)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("shall", ()),
        ("sh\u0430ll", ("sh\u0430ll",)),
        ("\u041c\u043e\u0441\u043a\u0432a", ("\u041c\u043e\u0441\u043a\u0432a",)),
        ("ITU-\u0422", ()),  # a letter by itself is a word of its own script
        ("5 \u041c\u0413\u0446, 3 MHz", ()),
        ("\u03b1 = 2, 10 k\u2126, e\u0301t\u00e9", ()),
        ("信息 ICT قرار", ()),
    ],
)
def test_words_of_mixed_scripts(text: str, words: tuple[str, ...]) -> None:
    assert mixed(text) == words


def test_a_letter_that_looks_like_another_is_told(desk: Desk) -> None:
    (desk.path / "odd.en.txt").write_text(RUS.replace("twice", "twi\u0441e"), encoding="utf-8")
    desk.dossier()
    ran = desk.run("add", "res-7", "odd.en.txt")
    assert ran.code == 0
    assert "resolves 1: the word “twi\u0441e” mixes letters that look alike" in ran.err
    assert "\u0441 is CYRILLIC SMALL LETTER ES" in ran.err


def test_a_character_that_hides_or_turns_words_is_told(desk: Desk) -> None:
    for char, name in (("\u202e", "RIGHT-TO-LEFT OVERRIDE"), ("\u200b", "ZERO WIDTH SPACE")):
        text = BASE.replace("every year", f"every {char}year")
        (desk.path / "odd.en.txt").write_text(text, encoding="utf-8")
        ran = desk.run("import", "odd.en.txt", "-o", f"odd-{ord(char)}.xml")
        assert ran.code == 0
        assert f"resolves 1: there is a character that does not show, {name}" in ran.err
        assert f"⟨U+{ord(char):04X}⟩" in ran.err
        assert char not in ran.err
        again = desk.run("consolidate", f"odd-{ord(char)}.xml", "RUS.en.txt")
        assert char not in again.out + again.err
        assert f"⟨U+{ord(char):04X}⟩" in again.out


def test_a_proposal_and_a_draft_are_looked_through_too(desk: Desk) -> None:
    (desk.path / "odd.en.txt").write_text(RUS.replace("observers", "observ\u0435rs"), "utf-8")
    desk.done("import", "base.en.txt", "-o", "base.xml")
    desk.done("import", "odd.en.txt", "--base", "base.xml", "-o", "odd.xml")
    desk.done("consolidate", "base.xml", "odd.xml", "-o", "draft.xml")
    for name in ("odd.xml", "draft.xml"):
        notes = arrive((desk.path / name).read_bytes(), name=name).notes
        assert [note for note in notes if "observ\u0435rs" in note]


def test_the_samples_have_nothing_odd() -> None:
    for path in sorted(SAMPLES.glob("*/originals/*.txt")):
        notes = arrive(path.read_bytes(), name=path.name).notes
        assert not [note for note in notes if "look alike" in note or "not show" in note]


@pytest.mark.parametrize(
    ("edited", "shown"),
    [
        ("buses [ and trams] run", "“and” → “ and”"),
        ("but [ and trams] run", "“and” → “ and”"),  # behind another change, not the seam of it
        ("buses [and trams ] run", "“]” → “ ]”"),
        ("buses and trams run", ""),  # the space comes with the bracket that is shown struck
        ("buses [and\nb) trams] run", ""),  # with the division
    ],
)
def test_space_at_the_edge_of_a_word_is_shown_or_comes_with_what_is(
    tmp_path: Path, edited: str, shown: str
) -> None:
    text = "On buses\nThe Assembly,\nconsidering\na) that buses [and trams] run,\n"
    (tmp_path / "base.en.txt").write_text(text)
    (tmp_path / "RUS-1-1.en.txt").write_text(text.replace("buses [and trams] run", edited))
    base = resamend.receive(tmp_path / "base.en.txt").resolution
    proposal = resamend.receive(tmp_path / "RUS-1-1.en.txt").proposal(base)
    draft = str(resamend.render(resamend.merge(base, [proposal]), "text"))
    editorial = draft.partition("\nEditorial\n")[2]
    assert editorial.strip() == (shown and f"considering a) (RUS): {shown}")
