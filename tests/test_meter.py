"""The bracket meter: brackets, options and words in dispute, draft beside draft."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from resamend.rounds.brackets import count_brackets
from tests.build import resolution
from tests.dossiers import Desk, sat_at


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = sat_at(tmp_path, monkeypatch)
    desk.dossier("RUS.en.txt", "CHN.en.txt", "JOINT.en.txt")
    desk.done("decide", "res-7", "1", "--take", "CHN", "--by", "Chair", "--at", "2018-11-05")
    return desk


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("1 publish the [annual] report", 1),
        ("1 publish [the annual / a final] report", 2),
        ("1 publish [the [annual / final] / a] report", 4),
        ("1 publish [the][a] report", 2),
        ("1 publish [and/or print] it", 1),
        ("1 publish and / or print it", None),
    ],
)
def test_options_are_parted_by_strokes(line: str, options: int | None) -> None:
    counts = count_brackets(resolution("resolves", line))
    assert [count.options for count in counts] == ([options] if options else [])


def test_drafts_are_counted_heading_by_heading(desk: Desk) -> None:
    half = (desk.path / "base.en.txt").read_text(encoding="utf-8").replace("every year", "[each")
    (desk.path / "half.en.txt").write_text(half, encoding="utf-8")
    names = ("half.en.txt", "res-7@2018-11-04", "res-7")
    rows = desk.done("meter", *names, "-f", "csv").splitlines()
    brackets, options, words = (
        rows.index(row) for row in rows if row.startswith(("\ufeffBr", "Op", "Words"))
    )
    assert rows[brackets + 1 : options] == [
        "instructs the Secretary-General,0,2,2",
        "resolves,1,1,0",
        "Total,1,3,2",
        "",
    ]
    assert rows[options + 2] == "resolves,1,3,0"
    assert "Draft,Where\r\nhalf.en.txt,resolves 1" in "\r\n".join(rows[words:])


@pytest.mark.parametrize("form", ["terminal", "text", "html", "csv", "pdf", "docx", "json"])
def test_the_meter_is_written_in_each_form(desk: Desk, form: str) -> None:
    desk.done("meter", "base.en.txt", "res-7", "-f", form, "-o", "meter.out")
    assert (desk.path / "meter.out").stat().st_size > 200
    if form == "json":
        tables = json.loads((desk.path / "meter.out").read_text(encoding="utf-8"))["tables"]
        assert [table["rows"][-1]["draft_2"] for table in tables] == [["2"], ["2"], ["6"]]


def test_the_curve_is_a_picture_of_the_totals(desk: Desk) -> None:
    svg = desk.done("meter", "base.en.txt", "res-7@2018-11-04", "res-7", "-f", "svg")
    root = ElementTree.fromstring(svg)
    assert len(root.findall("{*}polyline")) == 3
    words = [text.text for text in root.findall("{*}text")]
    assert words[:5] == ["Bracket meter", "Brackets", "0", "base.en.txt", "3"]
    assert "<polyline" in desk.done("meter", "base.en.txt", "res-7", "-f", "html")
