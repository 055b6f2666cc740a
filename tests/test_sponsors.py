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
