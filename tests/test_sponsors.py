"""Who stands behind a proposal: states leave it, and others take it over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.dossiers import Desk, sat_at


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = sat_at(tmp_path, monkeypatch)
    desk.done("new", "res-7", "--base", "base.en.txt")
    desk.done("add", "res-7", "JOINT.en.txt", "CHN.en.txt")
    return desk


def points(desk: Desk) -> object:
    return json.loads((desk.path / "res-7/dossier.json").read_text(encoding="utf-8"))["points"]


def test_a_state_leaves_a_proposal_to_the_others(desk: Desk) -> None:
    before = points(desk)
    ran = desk.run("withdraw", "res-7", "BLR")
    assert "BLR withdraws from BLR/RUS/64/1; it stays to RUS" in ran.err
    out = desk.done("consolidate", "res-7", "-f", "text")
    assert "at all times+}(RUS)" in out
    assert points(desk) == before
    refused = desk.refused(2, "withdraw", "res-7", "RUS")
    assert "RUS is the last proponent of BLR/RUS/64/1" in refused
    desk.done("withdraw", "res-7", "RUS", "--yes")
    assert "at all times" not in desk.done("consolidate", "res-7", "-f", "text")
    assert desk.run("verify", "res-7").code == 0


def test_a_state_takes_a_proposal_over_with_its_record(desk: Desk) -> None:
    desk.done("decide", "res-7", "single", "--agreed", "--by", "Chair", "--at", "2018-11-05")
    desk.done("withdraw", "res-7", "BLR/RUS/64/1", "--taken-over-by", "NOR")
    status = desk.done("status", "res-7")
    assert "authors changed" in status
    assert "NOR" in desk.done("register", "res-7", "-f", "csv")
    assert "at all times" in desk.done("adopt", "res-7", "-o", "adopted.txt") + (
        desk.path / "adopted.txt"
    ).read_text(encoding="utf-8")
    assert desk.run("verify", "res-7").code == 0


def test_states_join_and_leave_on_days(desk: Desk) -> None:
    before = points(desk)
    joining = ("join", "res-7", "CHN/63/1", "NOR", "Women's Network")
    assert "joined by NOR, Women's Network" in desk.run(*joining, "--date", "2018-11-04").err
    desk.done("withdraw", "res-7", "CHN/63/1", "--of", "NOR", "--date", "2018-11-05")
    rows = desk.done("register", "res-7", "-f", "csv")
    assert (
        "NOR (joined: 4 November 2018; left: 5 November 2018)\n"
        "Women's Network (joined: 4 November 2018)"
    ) in rows
    assert "(CHN, Women's Network)" in desk.done("consolidate", "res-7", "-f", "text")
    assert "NOR is no proponent" in desk.refused(2, "withdraw", "res-7", "CHN/63/1", "--of", "NOR")
    assert "CHN is a proponent" in desk.run("join", "res-7", "CHN/63/1", "CHN").err
    desk.done("withdraw", "res-7", "CHN/63/1", "--date", "2018-11-06")
    assert "en,withdrawn (6 November 2018)" in desk.done("register", "res-7", "-f", "csv")
    assert points(desk) == before
    assert desk.run("verify", "res-7").code == 0


def test_a_revision_stays_with_those_who_are_behind_the_proposal(desk: Desk) -> None:
    desk.done("withdraw", "res-7", "BLR", "--date", "2018-11-04")
    desk.done("join", "res-7", "BLR/RUS/64/1", "NOR", "--date", "2018-11-04")
    text = (desk.path / "JOINT.en.txt").read_text(encoding="utf-8")
    again = text.replace("BLR/RUS/64/1", "BLR/RUS/64(Rev.1)/1").replace("all times", "any time")
    (desk.path / "again.txt").write_text(again, encoding="utf-8")
    assert (
        "stays with those who stand behind it now: NOR, RUS"
        in desk.run("add", "res-7", "again.txt").err
    )
    assert "at any time+}(NOR, RUS)" in desk.done("consolidate", "res-7", "-f", "text")
    assert desk.run("verify", "res-7").code == 0


def test_a_symbol_says_its_revision_wherever_it_stands(desk: Desk) -> None:
    text = (desk.path / "CHN.en.txt").read_text(encoding="utf-8")
    body = text.partition("\n")[2]
    (desk.path / "x.txt").write_text(body.replace("spring", "autumn"), encoding="utf-8")
    (desk.path / "CHN-63(Rev.2)-1.txt").write_text(body.replace("spring", "May"), encoding="utf-8")
    desk.done("add", "res-7", "x.txt", "--id", "CHN/63(Rev.1)/1")
    desk.done("add", "res-7", "CHN-63(Rev.2)-1.txt")
    rows = desk.done("register", "res-7", "-f", "csv").splitlines()
    assert [row for row in rows if row.startswith("CHN")] == [
        "CHN/63/1,CHN,,,en,current,revision 1",
        "CHN/63/1,CHN,,,en,replaced by revision 2,revision 0",
        "CHN/63/1,CHN,,,en,replaced by revision 1,",
    ]


def test_a_further_proposal_of_a_state_is_said(desk: Desk) -> None:
    text = (desk.path / "CHN.en.txt").read_text(encoding="utf-8").replace("63/1", "63/2")
    (desk.path / "more.txt").write_text(text.replace("spring", "autumn"), encoding="utf-8")
    told = desk.run("add", "res-7", "more.txt").err
    assert "CHN/63/2 is a further proposal of CHN, beside CHN/63/1" in told
