"""``demo``: what a newcomer types first after an installation."""

from __future__ import annotations

import filecmp
from pathlib import Path

import pytest

from resamend.cli import run

ROOT = Path(__file__).parent.parent


def test_the_samples_are_put_here_and_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["demo"]) == 0
    first = capsys.readouterr().out
    same = filecmp.dircmp(ROOT / "resolutions", tmp_path / "resolutions")
    assert not same.left_only
    assert not same.right_only
    assert not same.diff_files
    assert first.index("RUS") < first.index("What to type next")
    dossier = tmp_path / "resolutions/140/dossier.json"
    before = dossier.stat()
    assert run(["demo"]) == 0
    assert capsys.readouterr().out == first
    assert dossier.stat().st_mtime_ns == before.st_mtime_ns


def test_nothing_that_is_there_is_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "resolutions").mkdir()
    assert run(["demo"]) == 3
    assert "something else has this name" in capsys.readouterr().err
    assert not [*(tmp_path / "resolutions").iterdir()]
