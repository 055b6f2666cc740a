"""What the text in force leaves open in brackets is a point, whoever wants which alternative."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Never

import pytest

from resamend.conflict import find
from resamend.conflict.bracketed import questions_in_brackets
from resamend.consolidation import merge
from resamend.dossier.reading import read_dossier
from resamend.page.options import RenderOptions
from resamend.page.points import ShownReading, point_show
from resamend.page.runs import WordRun
from resamend.redlines import redline
from tests.build import resolution
from tests.dossiers import Desk, sat_at

CHAIR = ("--by", "Chair", "--at", "2018-11-05")
LINES = {
    "a": "a) that the [annual] report is read;",
    "1": "1 to [help / sustain] the [RUS: small][KEN: big] library;",
    "2": "2 to meet in […] days;",
    "3": "3 [to burn the maps;]",
    "4": "4 to report [to the Council / {no text}] in spring.",
}


def base(**changed: str) -> str:
    lines = {**LINES, **changed}
    head = "RESOLUTION 9 (Geneva, 2018)\n\nOn the atlas\n\nThe Conference,\n\nconsidering\n\n"
    resolves = "\n\n".join(lines[key] for key in "1234")
    return f"{head}{lines['a']}\n\nresolves\n\n{resolves}\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = sat_at(tmp_path, monkeypatch)
    (desk.path / "half.txt").write_text(base(), encoding="utf-8")
    desk.run("new", "d", "--base", "half.txt")
    return desk


def add(desk: Desk, state: str, **changed: str) -> None:
    (desk.path / f"{state}.txt").write_text(base(**changed), encoding="utf-8")
    desk.run("add", "d", f"{state}.txt", "--id", f"{state}/1/1", "--proponent", state)


def decide(desk: Desk, point: int, *act: str) -> str:
    return desk.run("decide", "d", str(point), *act, *CHAIR).err


def adopt(desk: Desk) -> str:
    return desk.run("adopt", "d", "-o", "out.txt").err


def adopted(desk: Desk) -> str:
    adopt(desk)
    return (desk.path / "out.txt").read_text(encoding="utf-8")


def test_each_bracket_is_a_point_with_its_alternatives_as_they_stand(desk: Desk) -> None:
    listed = desk.run("conflicts", "d").out
    assert "Outstanding points: 6" in listed
    assert "Option 2 (no proponent): \u201csustain\u201d" in listed
    assert "Option 1 (RUS): \u201csmall\u201d" in listed
    assert "no change" not in listed  # the text in force is what is open
    points = json.loads(desk.run("conflicts", "d", "--json").out)["conflicts"]
    assert {point["kind"] for point in points} == {"in-brackets"}
    named = [option.get("names") for option in points[2]["alternatives"]]
    assert named == [["RUS"], ["KEN"], None]
    assert "6 points: 6 open" in desk.run("status", "d").out


def test_no_bracket_is_passed_over_when_the_text_is_adopted(desk: Desk) -> None:
    told = adopt(desk)
    assert "nothing is open" not in told
    assert "point 4, resolves 2: in brackets in the text before, and still open" in told


def test_a_bracket_is_decided_by_its_number_and_nothing_else_changes(desk: Desk) -> None:
    for point, act in {1: "1", 2: "2", 3: "2", 5: "2", 6: "1"}.items():
        decide(desk, point, "--take", act)
    decide(desk, 4, "--text", "ten")
    assert "nothing is open" in adopt(desk)
    text = adopted(desk)
    for line in (
        "that the annual report is read;",
        "to sustain the big library;",
        "to meet in ten days;",
        "to report to the Council in spring.",
    ):
        assert f"\t{line}\n" in text
    assert "burn" not in text and "[" not in text
    assert "6 exact" in desk.run("verify", "d").out


def test_a_text_in_force_that_is_open_cannot_be_kept(desk: Desk) -> None:
    for act in (("--keep",), ("--take", "3")):
        message = desk.refused(2, "decide", "d", "1", *act, *CHAIR)
        assert "which is what is open" in message


def test_a_proposal_that_changes_words_in_a_bracket_leaves_the_bracket_open(desk: Desk) -> None:
    add(desk, "USA", a=LINES["a"].replace("annual", "yearly"))
    decide(desk, 1, "--take", "1")
    desk.run("decide", "d", "single", "--agreed", *CHAIR)
    assert "\tthat the yearly report is read;\n" in adopted(desk)


def test_a_proposal_about_the_whole_bracket_answers_it(desk: Desk) -> None:
    add(desk, "USA", a=LINES["a"].replace("[annual]", "monthly"))
    desk.run("decide", "d", "single", "--agreed", *CHAIR)
    assert "considering a)" not in adopt(desk)
    assert "\tthat the monthly report is read;\n" in adopted(desk)


def test_what_comes_to_words_that_are_gone_leaves_the_record_standing(desk: Desk) -> None:
    decide(desk, 1, "--take", "2")
    add(desk, "USA", a=LINES["a"].replace("annual", "yearly"))
    status = desk.run("status", "d").out
    assert "new on a settled point" in status and "yearly" in status
    assert "\tthat the report is read;\n" in adopted(desk)


def test_the_points_page_tries_each_alternative_in_its_paragraph(desk: Desk) -> None:
    base_text = read_dossier(desk.path / "d").base
    merged = merge(base_text, ())
    show = point_show(redline(merged, find(merged)), RenderOptions())
    tried = {slide.step.where: [_said(card.trial) for card in slide.cards] for slide in show.slides}
    assert tried["considering a)"] == [
        "that the annual report is read;",
        "that the report is read;",
    ]
    assert tried["resolves 3"] == ["to burn the maps;", ""]
    assert [card.key for card in show.slides[-1].cards] == [1, 2]


def test_a_text_without_brackets_is_not_searched_for_their_signs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each draft is asked, and of most paragraphs one look is enough."""

    def searched(text: str, depth: int) -> Never:
        raise AssertionError(f"{text!r} was searched at depth {depth}")

    monkeypatch.setattr("resamend.brackets.sign_spans", searched)
    assert not questions_in_brackets(resolution("resolves", "1 to meet / to read", "2 to report"))
    with pytest.raises(AssertionError):
        questions_in_brackets(resolution("resolves", "1 to meet [every] year"))


def _said(reading: ShownReading) -> str:
    runs = (run for block in reading.blocks for run in block.words)
    return "".join(run.text for run in runs if isinstance(run, WordRun))
