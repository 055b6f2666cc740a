"""``compare``, ``matrix``: any order, any form, for whom."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest

from tests.dossiers import BASE, Desk, sat_at

ALL = ("RUS.en.txt", "CHN.en.txt", "JOINT.en.txt")
FORMS = {
    "compare": ("terminal", "text", "html", "csv"),
    "matrix": ("terminal", "text", "html", "csv", "svg", "json"),
}
BOTH = [(command, form) for command, forms in FORMS.items() for form in forms]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return sat_at(tmp_path, monkeypatch)


@pytest.mark.parametrize(("command", "form"), BOTH)
def test_any_order_gives_the_same_bytes(desk: Desk, command: str, form: str) -> None:
    made = {desk.done(command, "base.en.txt", *order, "-f", form) for order in permutations(ALL)}
    assert len(made) == 1


@pytest.mark.parametrize(("command", "form"), BOTH)
def test_names_are_not_told_to_the_public(desk: Desk, command: str, form: str) -> None:
    out = desk.done(command, "base.en.txt", *ALL, "--audience", "public", "-f", form)
    assert "BLR" not in out and "CHN" not in out
    assert "BLR" in desk.done(command, "base.en.txt", *ALL, "-f", form)


@pytest.mark.parametrize("form", ["text", "html", "csv", "json"])
def test_the_proposals_two_by_two_are_for_the_chair(desk: Desk, form: str) -> None:
    given = ("matrix", "base.en.txt", *ALL, "-f", form)
    sign = '"pairs"' if form == "json" else "two by two"
    assert sign in desk.done(*given)
    for audience in ("room", "public"):
        assert sign not in desk.done(*given, "--audience", audience)


def test_leaving_one_out_equals_never_having_had_it(desk: Desk) -> None:
    never = desk.done("compare", "base.en.txt", "RUS.en.txt", "JOINT.en.txt")
    assert desk.done("compare", "base.en.txt", *ALL, "--without", "CHN") == never


@pytest.mark.parametrize("ending", ["txt", "html", "csv"])
def test_a_form_goes_with_an_ending(desk: Desk, ending: str) -> None:
    assert desk.done("compare", "base.en.txt", *ALL, "-o", f"out.{ending}") == ""
    assert (desk.path / f"out.{ending}").stat().st_size


def test_a_word_file_is_written(desk: Desk) -> None:
    desk.done("compare", "base.en.txt", *ALL, "-o", "out.docx")
    assert (desk.path / "out.docx").read_bytes().startswith(b"PK")


def test_the_json_names_its_schema(desk: Desk) -> None:
    told = json.loads(desk.done("matrix", "base.en.txt", *ALL, "-f", "json"))
    assert told["schema"] == "resamend/matrix/1"
    assert told["proposals"] == len(told["sources"]) == 3
    assert all(len(row["cells"]) == 3 for row in told["rows"])
    symbols = {cell["symbol"] for row in told["rows"] for cell in row["cells"] if cell}
    assert symbols <= {"ADD", "ADD*", "MOD", "(MOD)", "SUP", "SUP*", "NOC"}


def test_what_is_recorded_is_told(desk: Desk) -> None:
    desk.dossier(*ALL)
    before = desk.done("matrix", "res-7")
    assert "MOD!" in before and "✓" not in before
    desk.done("decide", "res-7", "1", "--keep", "--by", "chair", "--at", "2018-10-05T10:00:00Z")
    assert "MOD✓" in desk.done("matrix", "res-7")
    assert "Point 1: recorded" in desk.done("compare", "res-7")
    assert "Point 1: recorded" in desk.done("consolidate", "res-7", "-f", "html")


def test_what_is_recorded_of_an_addition_is_told(desk: Desk) -> None:
    for name, words in (("X", "to meet in spring"), ("Y", "to meet in Geneva in May")):
        text = BASE.replace("2\tto publish its report.", f"2\tto publish its report;\n3\t{words}.")
        (desk.path / f"{name}.en.txt").write_text(f"MOD\t{name * 3}/9/1\n{text}")
    desk.dossier("X.en.txt", "Y.en.txt")
    by = ("--by", "chair", "--at", "2018-10-05T10:00:00Z")
    desk.done("decide", "res-7", "1", "--take", "XXX", *by)
    assert "ADD✓" in desk.done("matrix", "res-7")
    assert "ADD" in desk.done("consolidate", "res-7", "-f", "html")


def test_a_column_bears_its_state_s_name_where_that_fits(desk: Desk) -> None:
    told = desk.done("matrix", "base.en.txt", "RUS.en.txt", "CHN.en.txt", COLUMNS="80")
    assert any(line.split() == ["CHN", "RUS"] for line in told.splitlines())
