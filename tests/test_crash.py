"""Killed or failing at any step of a change, a command leaves the old files or the new ones, whole.

Each step that touches the disk is made to fail, or to be the last thing the program ever does.
What is left is the old dossier or the new one, ``verify`` proves it, and the command done again
gives what it would have given.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from resamend.dossier.certificate import Chain, Text
from resamend.dossier.proving import prove
from resamend.dossier.reading import is_dossier
from tests.dossiers import RUS, Desk, sat_at, tree

STEPS = ("open", "write", "fsync", "replace", "link", "unlink", "mkdir", "close", "chmod")
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
AT = "2018-10-05T10:00:00Z"
COMMANDS = {
    "new": ("new", "other", "--base", "base.en.txt", "--base", "base.fr.txt"),
    "add": ("add", "res-7", "JOINT.en.txt", "USA.en.txt"),
    "revise": ("add", "res-7", "later.en.txt", "--revision", "1"),
    "withdraw": ("withdraw", "res-7", "RUS"),
    "decide": ("decide", "res-7", "1", "--keep", "--by", "the chair", "--at", AT),
    "write": ("consolidate", "res-7", "-o", "draft.html"),
}
"""Every command that writes, on a dossier with two proposals that clash."""
MOST = 60


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    (tmp_path / "desk").mkdir()
    found = sat_at(tmp_path / "desk", monkeypatch)
    found.dossier("RUS.en.txt", "CHN.en.txt")
    (found.path / "later.en.txt").write_text(RUS.replace("twice", "thrice"))
    (found.path / "draft.html").write_text("an old draft")
    return found


def at_step(step: str, at: int, deed: Callable[..., Any]) -> Callable[..., Any]:
    """Return the step, which the ``at``-th time is ``deed`` instead."""
    real, left = getattr(os, step), at

    def taken(*given: Any, **named: Any) -> Any:
        nonlocal left
        left -= 1
        return deed(real, *given, **named) if left == 0 else real(*given, **named)

    return taken


def whole(folder: Path) -> dict[str, str]:
    """Return what is in a folder, without what was left half-written."""
    return {name: sum for name, sum in tree(folder).items() if ".resamend-" not in name}


Said = tuple[tuple[Text, ...], Chain | None]
Files = dict[str, str]


def states(desk: Desk, arguments: tuple[str, ...]) -> tuple[Files, Files, Said, Said]:
    """Return what is in the folder, and what the dossier says, before a command and after it.

    It is left as it was.
    """
    before, old = tree(desk.path), said(desk)
    shutil.copytree(desk.path, desk.path.parent / "kept")
    desk.done(*arguments)
    after, new = tree(desk.path), said(desk)
    restore(desk)
    return before, after, old, new


def said(desk: Desk) -> Said:
    """Return what the dossier says, proved."""
    proved = prove(desk.path / "res-7")
    assert proved.holds, proved.faults
    return proved.texts, proved.chain


def restore(desk: Desk) -> None:
    for path in desk.path.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(desk.path.parent / "kept", desk.path, dirs_exist_ok=True)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_failure_leaves_everything_as_it_was(desk: Desk, command: str, step: str) -> None:
    before = tree(desk.path)
    for at in range(1, MOST):
        number = ERRORS[at % len(ERRORS)]

        def fail(_real: object, *given: Any, code: int = number, **_named: Any) -> Any:
            raise OSError(code, os.strerror(code), *given[:1])

        with desk.monkeypatch.context() as patch:
            patch.setattr(os, step, at_step(step, at, fail))
            ran = desk.run(*COMMANDS[command])
        if ran.code == 0:
            break
        assert ran.code in (2, 3), (step, at, ran.err)
        assert "Traceback" not in ran.err
        assert "fault of resamend" not in ran.err, (step, at, ran.err)
        assert whole(desk.path) == before, (step, at)
        assert prove(desk.path / "res-7").holds
    assert ran.code == 0


def killed(desk: Desk, arguments: tuple[str, ...], step: str, at: int, *, half: bool) -> bool:
    """Run a command in a process of its own, which is killed at a step; tell whether it was."""
    child = os.fork()
    if child == 0:  # pragma: no cover

        def last(real: Callable[..., Any], *given: Any, **named: Any) -> None:
            if half and step == "write":
                real(given[0], bytes(given[1])[: len(given[1]) // 2])
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(os, step, at_step(step, at, last))
        desk.run(*arguments)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.parametrize("step", [*STEPS, "half a write"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_kill_leaves_the_old_or_the_new(desk: Desk, command: str, step: str) -> None:
    arguments = COMMANDS[command]
    before, after, old, new = states(desk, arguments)
    name = "write" if step == "half a write" else step
    for at in range(1, MOST):
        if not killed(desk, arguments, name, at, half=step != name):
            break
        assert said(desk) in (old, new), (step, at)
        if is_dossier(desk.path / "other") and (desk.path / "other/dossier.json").is_file():
            assert prove(desk.path / "other").holds, (step, at)
        if command == "write":
            assert whole(desk.path) in (before, after)
        assert desk.run(*arguments).code in (0, 2, 3)  # done already, or done now
        assert prove(desk.path / "res-7").holds
        if command in ("add", "revise", "write"):
            assert whole(desk.path) == after, (step, at)
            assert not list((desk.path / "res-7").rglob(".resamend-*"))
        restore(desk)
    assert at < MOST - 1
