"""One file a language: whole, read as TOML reads it, and enough for every public verb."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from msgspec.structs import replace

from resamend import Standing, apply, find, merge, propose
from resamend.errors import Invalid
from resamend.languages import (
    Dates,
    Headings,
    Places,
    References,
    codes,
    files,
    header,
    phrases_of,
    section,
)
from resamend.model import Language
from resamend.numbering import eids
from resamend.readers.text import read_text
from resamend.words import bare, joined, key_of, split

FOLDER = Path(files.__file__).parent
SOURCE = FOLDER.parent
MADE_UP = "eo"
"""The code of a language that the program does not have: Esperanto."""


def own_text(code: str) -> str:
    return (FOLDER / f"{code}.toml").read_text(encoding="utf-8")


# -- the files ------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", codes())
def test_a_file_is_read_at_a_glance_as_toml_reads_it(code: str) -> None:
    whole = tomllib.loads(own_text(code))
    for name, body in files._parts(code).items():
        expected = whole[name] if name else {k: v for k, v in whole.items() if type(v) is not dict}
        assert files._parsed(body, code) == expected
    odd = 'odd = """\nmore \\\nthan a line"""\nplain = "x"\n'
    assert files._parsed(odd, code) == tomllib.loads(odd)


@pytest.mark.parametrize("code", codes())
def test_a_file_has_every_section_or_says_why_not(code: str) -> None:
    lacks = header(code).lacks
    for kind, name in files._SECTIONS.items():
        assert (section(code, kind) is None) == (name in lacks)
    assert all(len(reason) > 10 for reason in lacks.values())
    dates = section(code, Dates)
    assert dates is None or len(set(dates.months)) == 12


@pytest.mark.parametrize("code", codes())
def test_each_language_fills_the_blanks_of_a_phrase(code: str) -> None:
    blanks = re.compile(r"\{(\w+)\}")
    english = phrases_of("en")
    for key, phrase in phrases_of(code).items():
        assert set(blanks.findall(phrase)) == set(blanks.findall(english[key])), key


def test_no_language_ever_says_agreed() -> None:
    # but of a record that says at which level the group agreed
    said = (
        text
        for code in codes()
        for key, text in phrases_of(code).items()
        if key not in ("agreed_as", "agreed_at")
    )
    phrases = " ".join(said).lower()
    assert not re.search(r"agreed|approuvé|convenu|acordado|согласован|商定|متفق", phrases)


def test_the_languages_are_those_that_have_a_file() -> None:
    assert [*Language] == [*codes()] == ["en", "fr", "es", "ru", "zh", "ar"]
    assert [Language.of(header(code).iso3) for code in codes()] == [*Language]


# -- spellings ------------------------------------------------------------------------------------

ONLY_TYPED_OTHERWISE = [
    ("fr", "au cœur de l'Œuvre", "au coeur de l’OEuvre"),
    ("ru", "ещё Её отчёт", "еще Ее отчет"),
    ("ru", "ещё", "еще\u0308"),
    ("ru", "ещё", "еще\u00ad\u0308"),
    ("zh", "信息，社会：（一）；「二」、三。", "信息,社会:(一);｢二｣､三｡"),
    ("ar", "إذ يذكّرُ بقرارٍ ٧١", "إذ يذكر بقرار 71"),
    ("en", "the plan of work", "the\u2800plan \u3164of\u3164\u2800 work\u2800"),
]


@pytest.mark.parametrize(("code", "one", "other"), ONLY_TYPED_OTHERWISE)
def test_what_is_only_typed_otherwise_is_editorial(code: str, one: str, other: str) -> None:
    assert key_of(one) == key_of(other) and bare(one) == bare(other)
    for text in (one, other):
        assert joined(split(text)) == (text, ())
    base, revised = (
        read_text(f"1\t{text}\n2\tABC\n".encode(), Language(code)).resolution
        for text in (one, other)
    )
    draft = merge(base, [propose(base, revised, "RUS/1/1")])
    findings = find(draft)
    assert findings.editorial and not findings.outstanding
    assert apply(base, draft.proposals[0]) == revised


@pytest.mark.parametrize(
    "pair", ["m² m2", "ﬁn fin", "Ａ A", "１ 1", "й и", "é e", "أ ا", "ى ي", "。 .", "、 ,", "æ ae"]
)
def test_nothing_else_is_only_typed_otherwise(pair: str) -> None:
    one, other = pair.split()
    assert key_of(one) != key_of(other)


# -- files that are wrong -------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Read the files of languages from a copy of their folder, each anew."""
    copied = tmp_path / "languages"
    shutil.copytree(FOLDER, copied)
    monkeypatch.setattr(files, "_FOLDER", copied)
    cached = (files.header, files._section, files.phrases_of, files._parts)
    for function in cached:
        function.cache_clear()
    return copied


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('iso3 = "fra"\n', "", "iso3"),
        ('iso3 = "fra"\n', 'iso3 = "fra"\nisos = "fra"\n', "isos"),
        ("spaced = true", 'spaced = "yes"', "spaced"),
        ('"œ oe"', '"œu eu"', "spellings"),
        ("[headings]\n", "[heads]\n", r"\[headings\]"),
        ("[lacks]\n", '[lacks]\nweather = "rain"\n', "weather"),
        ("[lacks]\n", '[lacks]\nplaces = "none is needed"\n', r"\[places\]"),
        ('reasons = ["', 'raisons = ["', "reasons|raisons"),
        ("\n[places]\n", '\n[places]\nroom = "salle"\n', "places: .*room"),
        ('\ntitle = "', '\ntitre = "', "places: .*tit(l|r)e"),
        ('\npoint = "', '\npoints_of = "', "phrases: the key 'point"),
        ("[dates]\n", "[dates]\nmonths = [\n", "TOML|value|array|overwrite|expected"),
    ],
)
def test_a_missing_or_unknown_key_is_an_error_of_the_file(
    folder: Path, old: str, new: str, problem: str
) -> None:
    text = own_text("fr")
    assert old in text
    (folder / "fr.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Invalid, match=problem) as caught:
        header("fr")
        for kind in (Headings, Places, Dates, References):
            section("fr", kind)
        phrases_of("fr")
    assert caught.value.where == "languages/fr.toml"


# -- the session in the clause --------------------------------------------------------------------


@pytest.mark.parametrize("code", codes())
def test_another_place_and_year_are_consequential(code: str) -> None:
    """Whichever stands first, and whichever brackets stand around them."""
    words = section(code, Headings)
    assert words
    then, now = ("（2014年，釜山）", "（2018年，迪拜）") if code == "zh" else (
        "(Busan, 2014)", "(Dubai, 2018)"
    )  # fmt: skip
    text = a_text(words, "to aa bb").replace(
        f"{words.enacting[0]},", f"{words.enacting[0]} {then},"
    )
    base, other = (
        eids(read_text(each.encode(), Language(code)).resolution)
        for each in (text, text.replace(then, now))
    )
    findings = find(merge(base, [propose(base, other, id="RUS/1/1")]))
    assert len(findings.regions) in (1, 2)
    assert {region.standing for region in findings.regions} == {Standing.CONSEQUENTIAL}


# -- every public verb ----------------------------------------------------------------------------

SCRIPT = """
import json, sys
from resamend.cli import run
for arguments, wanted in json.load(sys.stdin):
    print("$", *arguments, file=sys.stderr)
    code = run(arguments)
    if code not in wanted:
        sys.exit(f"{arguments} ended with {code}")
"""
FORMS = {
    "consolidate": "terminal text criticmarkup html docx xml json",
    "compare": "terminal text html csv docx",
    "matrix": "terminal text html svg csv json",
}


def a_text(words: Headings, second: str) -> str:
    """Write a resolution in the headings of a language; its words are nobody's."""
    return (
        f"{words.resolution[0].upper()} 7 (XX, 2014)\n\nXyz xyz\n\n{words.enacting[0]},\n\n"
        f"{words.preambular[0]},\na)\tabc def;\nb)\tghi jkl,\n\n"
        f"{words.operative[0]}\n1\tmno pqr stu;\n2\t{second};\n3\tvwx yza.\n\n"
        f"{words.annex[0].upper()} 1\n\nOne two three.\n"
    )


def every_verb(code: str) -> list[tuple[list[str], list[int]]]:
    """Return a run of each command of the program, with the exit codes that it may have."""
    rus, chn = f"RUS-62-1.{code}.txt", f"CHN-63-1.{code}.txt"
    base, draft = f"base.{code}.txt", "draft.xml"
    done, noted = [0], [0, 1]
    runs = [
        ["import", base, "--lang", code, "-o", "base.xml"],
        ["import", rus, "--lang", code, "--base", "base.xml", "-o", "rus.xml"],
        ["consolidate", base, rus, chn, "--lang", code, "-o", draft],
        ["verify", draft],
        ["extract", draft, "--as", "RUS", "-o", "own.xml"],
        ["diff", base, rus, "--lang", code, "-o", "rus-again.xml"],
        ["apply", base, "rus-again.xml", "-o", "applied.xml"],
        ["new", "d", "--base", base],
        ["add", "d", rus, chn, "--lang", code],
        ["conflicts", "d"],
        ["conflicts", "d", "--all"],
        ["show", "d", "1"],
        *(
            [verb, "d", "-f", form, "--ui", code, *_to(verb, form)]
            for verb, forms in FORMS.items()
            for form in forms.split()
        ),
        ["position", "d", "1", "--of", "USA", "--oppose", "--remark", "x"],
        ["position", "d", "--list", "--ui", code],
        ["join", "d", "RUS/62/1", "NOR"],
        ["show", "d", "1", "--ui", code],
        ["meter", base, "d", "--ui", code],
        ["meter", base, "d", "-f", "svg", "--ui", code],
        ["decide", "d", "1", "--take", "RUS", "--by", "Chair"],
        ["decide", "d", "uncontested", "--agreed", "--by", "Chair"],
        ["status", "d"],
        ["adopt", "d", "-o", "adopted.xml"],
        ["adopt", "d", "--numbers"],
        ["rebase", "d", "--onto", "adopted.xml", "-o", "carried"],
        ["inspect", base],
        ["outline", base],
        ["print", "rus.xml"],
        ["merge", base, "applied.xml", "adopted.xml"],
        ["withdraw", "d", "CHN"],
        ["verify", "d"],
        ["changes", f"base.{code}.txt", "d"],
        ["changes", f"base.{code}.txt", "d", "--paragraphs", "-f", "html", "--ui", code],
        ["outcome", "d", "--adopted", f"base.{code}.txt", "--ui", code],
        ["origin", f"base.{code}.txt", "d", "--ui", code],
        ["readout", "d", "--ui", code],
        ["register", "d", "--ui", code],
        ["concord", "d", "--ui", code],
        ["actions", f"base.{code}.txt", "--ui", code],
        ["check", "d"],
        ["limits"],
    ]
    return [(run, noted if run[0] in ("rebase", "merge") else done) for run in runs]


def _to(verb: str, form: str) -> list[str]:
    """Have a form that is no text written to a file."""
    return ["-o", f"{verb}.{form}"] if form in ("docx", "pdf") else []


def ran(code: str, words: Headings, folder: Path, package: Path) -> str:
    """Run each command in a folder, by the package as it is at a path; return what was said."""
    for name, second in (("base", "to aa bb"), ("RUS-62-1", "to aa cc"), ("CHN-63-1", "to aa dd")):
        text = a_text(words, second).replace("vwx", "vwx uvw" if name[0] == "R" else "vwx")
        (folder / f"{name}.{code}.txt").write_text(text, encoding="utf-8")
    process = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input=json.dumps(every_verb(code)),
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(package), "PYTHONUTF8": "1"},
    )
    assert process.returncode == 0, process.stderr
    return process.stdout + process.stderr


def test_every_command_is_tried() -> None:
    from resamend.cli.frame import resamend

    context = resamend.make_context("resamend", ["limits"], resilient_parsing=True)
    # The room runs until it is stopped (tests/test_room_served.py), and the demo speaks English.
    apart = {"room", "demo"}
    assert {run[0] for run, _ in every_verb("en")} | apart == set(resamend.list_commands(context))


@pytest.mark.parametrize("code", codes())
def test_every_verb_runs_in_each_language(code: str, tmp_path: Path) -> None:
    words = section(code, Headings)
    assert words
    ran(code, words, tmp_path, SOURCE.parent)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Make a copy of the program and write one file into it: a seventh language."""
    copied = tmp_path / "package"
    shutil.copytree(SOURCE, copied / "resamend", ignore=shutil.ignore_patterns("__pycache__"))
    text = own_text("en")
    for old, new in (
        ('name = "English"', 'name = "Esperanto"'),
        ('iso3 = "eng"', 'iso3 = "epo"'),
        ("rank = 1", "rank = 7"),
        ('locale = "en-GB"', 'locale = "eo"'),
        ('"recalling", ', '"konsiderante", '),
        ('"resolves", ', '"decidas", '),
        ('points = "Outstanding points"', 'points = "Malfermitaj punktoj"'),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    sections = re.split(r"\n(?=\[)", text)
    kept = [part for part in sections if not re.match(r"\[(references|similarity)\]", part)]
    lacks = [
        "references = 'nobody has written down how Esperanto cites'",
        "similarity = 'nobody has written down which words bind in Esperanto'",
    ]
    named = ["[lacks]\n" + "\n".join(lacks) if p.startswith("[lacks]") else p for p in kept]
    made = copied / "resamend/languages" / f"{MADE_UP}.toml"
    made.write_text("\n\n".join(part.strip() for part in named) + "\n", encoding="utf-8")
    return copied


def test_a_seventh_language_is_one_file(tmp_path: Path, package: Path) -> None:
    """CONTRIBUTING, "How to add a language": nothing else is written."""
    desk = tmp_path / "desk"
    desk.mkdir()
    text = tmp_path / "text.py"
    text.write_text(
        "from resamend.model import Language\n"
        "from resamend.languages import header\n"
        "assert Language.of('epo') is Language('eo') and [*Language][-1] == 'eo'\n"
        "assert 'references' in header('eo').lacks\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(package)}
    subprocess.run([sys.executable, str(text)], check=True, env=environment)
    english = section("en", Headings)
    assert english
    words = replace(english, preambular=("konsiderante",), operative=("decidas",))
    told = ran(MADE_UP, words, desk, package)
    assert "Malfermitaj punktoj" in told
    assert told.count("cross-references are not read in this language") == 3, (
        "adopt, and rebase of two"
    )
    assert "in Esperanto, similar wording is found by equal words only" in told
    assert "in Esperanto, cross-references are not read: check each by hand" in told
    assert (desk / "d/base.eo.xml").is_file()
    assert 'language="epo"' in (desk / "adopted.xml").read_text(encoding="utf-8")
