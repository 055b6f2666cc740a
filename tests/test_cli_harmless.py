"""A command that would harm what is there changes nothing and says so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from resamend.dossier import log
from resamend.dossier.changing import add
from resamend.dossier.parsed_input import ProposalInfo, Upload
from resamend.errors import InputError
from tests.dossiers import Desk, sat_at, tree

DIGITS = "9" * 5001


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    found = sat_at(tmp_path, monkeypatch)
    found.done("import", "base.en.txt", "-o", "base.xml")
    found.done("import", "RUS.en.txt", "--base", "base.xml", "-o", "RUS.xml")
    found.dossier("RUS.en.txt")
    return found


# -- what is written is read back -----------------------------------------------------------------


@pytest.mark.parametrize("revision", ["201811051030", DIGITS, "-1"])
def test_a_revision_that_nothing_reads_is_refused(desk: Desk, revision: str) -> None:
    desk.refused(2, "add", "res-7", "CHN.en.txt", "--revision", revision)
    desk.done("consolidate", "res-7")


def test_a_proposal_that_would_not_be_read_back_is_not_written(desk: Desk) -> None:
    before = tree(desk.path)
    received = Upload("CHN.en.txt", (desk.path / "CHN.en.txt").read_bytes())
    with pytest.raises(InputError, match="could not be read back"):
        add(desk.path / "res-7", [received], request=ProposalInfo(revision=201811051030))
    assert tree(desk.path) == before


def test_records_that_would_not_be_read_back_are_not_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "read_log", lambda *_: log.Log())
    command = ("decide", "res-7", "uncontested", "--take", "1", "--level", "committee")
    message = desk.refused(3, *command, "--by", "Chair")
    assert "decisions.jsonl: what would be written could not be read back" in message
    monkeypatch.undo()


# -- no input is written over ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        ("consolidate", "base.xml", "RUS.xml", "-o", "base.xml"),
        ("consolidate", "base.xml", "RUS.xml", "-o", "RUS.xml"),
        ("consolidate", "base.xml", "RUS.xml", "-o", "./sub/../base.xml"),
        ("consolidate", "base.xml", "RUS.xml", "-o", "link.xml"),
        ("consolidate", "link.xml", "RUS.xml", "-o", "base.xml"),
        ("consolidate", "base.xml", "RUS.xml", "-o", "hard.xml"),
        ("consolidate", "--jobs", "2", "base.xml", "RUS.xml", "-o", "RUS.xml"),
        ("compare", "base.xml", "RUS.xml", "-f", "html", "-o", "RUS.xml"),
        ("diff", "base.xml", "RUS.en.txt", "-o", "RUS.en.txt"),
        ("apply", "base.xml", "RUS.xml", "-o", "base.xml"),
        ("apply", "base.xml", "RUS.xml", "-o", "RUS.xml"),
        ("import", "RUS.en.txt", "--base", "base.xml", "-o", "base.xml"),
        ("import", "base.en.txt", "-o", "base.en.txt"),
        ("rebase", "RUS.xml", "--from", "base.xml", "--onto", "next.xml", "-o", "RUS.xml"),
        ("rebase", "RUS.xml", "--from", "base.xml", "--onto", "next.xml", "-o", "next.xml"),
    ],
)
def test_an_input_is_not_written_over(desk: Desk, command: tuple[str, ...]) -> None:
    (desk.path / "sub").mkdir()
    (desk.path / "next.xml").write_bytes((desk.path / "base.xml").read_bytes())
    (desk.path / "link.xml").symlink_to("base.xml")
    os.link(desk.path / "base.xml", desk.path / "hard.xml")
    assert "is an input of the command" in desk.refused(2, *command)


def test_standard_input_is_not_written_over(tmp_path: Path, desk: Desk) -> None:
    code = "from resamend.cli import main; main()"
    command = [sys.executable, "-c", code, "consolidate", "base.xml", "-", "-o", "RUS.xml"]
    before = tree(tmp_path)
    with (tmp_path / "RUS.xml").open("rb") as file:
        done = subprocess.run(command, stdin=file, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 2 and b"is an input of the command" in done.stderr
    assert tree(tmp_path) == before


def test_a_template_is_not_written_over(desk: Desk) -> None:
    house = desk.path / "house"
    house.mkdir()
    (house / "draft.css").write_text("")
    command = (
        "consolidate",
        "res-7",
        "-f",
        "html",
        "--templates",
        "house",
        "-o",
        "house/draft.css",
    )
    assert "is an input of the command" in desk.refused(2, *command)


def test_another_file_is_still_written_over(desk: Desk) -> None:
    for _ in range(2):
        desk.done("consolidate", "base.xml", "RUS.xml", "-o", "draft.html")


# -- numbers of thousands of digits ---------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        ("show", "res-7", DIGITS),
        ("decide", "res-7", DIGITS, "--keep", "--level", "committee"),
        ("decide", "res-7", "single", "--take", DIGITS, "--level", "committee"),
        ("decide", "res-7", DIGITS, "--undo", "--by", "Chair"),
        ("import", "base.en.txt", "--against", "res-7", "--meeting", DIGITS, "-o", "out"),
        ("conflicts", "res-7", "--raise", f"size={DIGITS}"),
    ],
)
def test_a_number_of_thousands_of_digits_is_a_clear_error(
    desk: Desk, command: tuple[str, ...]
) -> None:
    message = desk.refused(2, *command)
    assert "fault of resamend" not in message


# -- as a module ----------------------------------------------------------------------------------


def test_it_runs_as_a_module() -> None:
    command = [sys.executable, "-m", "resamend", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("resamend ")
