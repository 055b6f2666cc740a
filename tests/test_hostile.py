"""The hostile cases: ``tests/hostile/NN-name/case.toml`` says what is given and what must happen.

A case makes its files (``hostile_makers``) on a desk with a dossier, and runs commands: each has an
exit code, what is said on stderr (``says``) or printed (``out``), what is never in either, what the
files it makes hold or lack, and what changes in the folder: nothing, unless ``changes`` names it.
``seconds`` and ``megabytes`` bound what it takes; ``locked`` is a dossier that somebody else holds.
"""

from __future__ import annotations

import fcntl
import os
import shlex
import time
import tomllib
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.dossiers import Desk, Ran, sat_at, tree
from tests.hostile_makers import MAKERS

CASES = Path(__file__).parent / "hostile"
NAMES = sorted(path.name for path in CASES.iterdir())


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    found = sat_at(tmp_path, monkeypatch)
    found.done("import", "base.en.txt", "-o", "base.xml")
    found.done("import", "RUS.en.txt", "--base", "base.xml", "-o", "RUS.xml")
    found.dossier("RUS.en.txt", "CHN.en.txt")
    return found


@pytest.mark.parametrize("name", NAMES)
def test_hostile(desk: Desk, name: str) -> None:
    case = tomllib.loads((CASES / name / "case.toml").read_text(encoding="utf-8"))
    assert case["why"]
    if "maker" in case:
        MAKERS[case["maker"]](desk)
    for wanted in case["run"]:
        holds_to(desk, wanted)


def holds_to(desk: Desk, wanted: dict[str, Any]) -> None:
    before = tree(desk.path)
    arguments = [part for each in shlex.split(wanted["command"]) for part in globbed(desk, each)]
    start = time.monotonic()
    with measured(wanted.get("megabytes", 0)), held(desk, wanted.get("locked", "")):
        ran = desk.run(*arguments)
    assert time.monotonic() - start < wanted.get("seconds", 30)
    answers(desk, ran, wanted)
    after = tree(desk.path)
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    allowed = wanted.get("changes", [])
    assert {name for name in changed if not name.startswith(tuple(allowed))} == set()
    assert all(any(name.startswith(each) for name in changed) for each in allowed)


def answers(desk: Desk, ran: Ran, wanted: dict[str, Any]) -> None:
    assert ran.code == wanted["exit"], ran.out + ran.err
    assert "Traceback" not in ran.err
    assert "fault of resamend" not in ran.err
    for said in wanted["says"]:
        assert said in ran.err + (ran.out if "check" in wanted["command"] else ""), ran.err
    for said in wanted.get("out", []):
        assert said in ran.out, ran.out
    for said in wanted.get("never", []):
        assert said not in ran.out + ran.err
    for name, said in wanted.get("holds", {}).items():
        assert said in (desk.path / name).read_text("utf-8")
    for name, said in wanted.get("lacks", {}).items():
        assert said not in (desk.path / name).read_text("utf-8")


def globbed(desk: Desk, part: str) -> list[str]:
    if "*" not in part:
        return [part]
    return [str(path.relative_to(desk.path)) for path in sorted(desk.path.glob(part))]


@contextmanager
def measured(megabytes: int) -> Iterator[None]:
    """Bound what Python's objects take at most, the bytes that were read included."""
    if not megabytes:
        yield
        return
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < megabytes << 20
    finally:
        tracemalloc.stop()


@contextmanager
def held(desk: Desk, folder: str) -> Iterator[None]:
    """Hold a dossier's lock, as another program would."""
    if not folder:
        yield
        return
    handle = os.open(desk.path / folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
