"""Many files: read one after another or by several processes, with the same answer."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from resamend.akn import write_proposal, write_resolution
from resamend.amendment import Proposal
from resamend.cli import many, run
from resamend.cli.many import AsSent
from resamend.errors import Unreadable
from tests import build

BASE = build.resolution("resolves", "1 to meet every year;", "2 to report")
WANTED = {
    "RUS": ("resolves", "1 to meet each year;", "2 to report"),
    "CHN": ("resolves", "1 to meet twice a year;", "2 to report"),
    "BRA": ("resolves", "1 to meet every year;", "2 to report in full"),
}


def _take(name: str) -> bytes:
    return Path(name).read_bytes()


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    (tmp_path / "base.xml").write_bytes(write_resolution(BASE))
    for state, lines in WANTED.items():
        revised = write_resolution(build.resolution(*lines))
        (tmp_path / f"{state}-1-1.xml").write_bytes(revised)
    stored = write_proposal(build.proposal(BASE, "USA", *WANTED["RUS"]), BASE)
    (tmp_path / "USA-1-1.xml").write_bytes(stored)
    return [str(tmp_path / f"{name}.xml") for name in ("base", *(f"{s}-1-1" for s in WANTED))] + [
        str(tmp_path / "USA-1-1.xml")
    ]


def test_several_processes_read_what_one_does(
    files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = many.proposals_in(files[1:], _take, BASE, AsSent(), 1, print)
    monkeypatch.setattr(many, "MUCH", 0)
    assert many.proposals_in(files[1:], _take, BASE, AsSent(), 2, print) == one
    assert [proposal.id for proposal in one] == ["RUS/1/1", "CHN/1/1", "BRA/1/1", "USA/1/1"]


def test_what_a_process_refuses_is_refused(
    files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(files[2]).write_bytes(b"<broken")
    monkeypatch.setattr(many, "MUCH", 0)
    with pytest.raises(Unreadable, match="CHN-1-1") as caught:
        many.proposals_in(files[1:], _take, BASE, AsSent(), 2, print)
    assert caught.value.advice


def test_the_option_changes_no_draft(
    files: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "MUCH", 0)
    assert run(["consolidate", *files, "-f", "xml"]) == 0
    one = capsys.readouterr()
    assert run(["consolidate", *files, "-f", "xml", "--jobs", "2"]) == 0
    assert capsys.readouterr() == one
    assert one.err.count("is taken from the name of its file") == len(WANTED)
    assert run(["consolidate", *files, "--jobs", "0"]) == 2


class _Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_who_waits_at_a_screen_is_told_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly() -> Iterator[tuple[list[Proposal], list[str]]]:
        for _ in range(3):
            clock.append(clock[-1] + 0.6)
            yield [], []

    clock = [0.0]
    screen = _Screen()
    monkeypatch.setattr(many.time, "monotonic", lambda: clock[-1])
    monkeypatch.setattr(many.sys, "stderr", screen)
    assert len(list(many._shown(slowly(), 3))) == 3
    told = screen.getvalue()
    assert "1 of 3" not in told
    assert "2 of 3 files read" in told
    assert told.endswith("\r\x1b[K")


def test_a_pipe_is_told_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    list(many._shown([([], [])] * 3, 3))
    assert capsys.readouterr().err == ""
