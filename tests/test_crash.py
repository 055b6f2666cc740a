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
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from resamend.dossier.certificate import LogProof, TextProof
from resamend.dossier.proving import prove
from resamend.dossier.reading import is_dossier
from tests.dossiers import RUS, Desk, Ran, sat_at, tree
from tests.effort import sample

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
    "carry": ("rebase", "res-7", "--onto", "base.en.txt", "-o", "carried"),
}
"""Every way to write, on a dossier with two proposals that clash."""
PRODUCTS = (
    "consolidate res-7 -o out.docx", "compare res-7 -o out.csv", "compare res-7 -o out.html",
    "matrix res-7 -o out.svg", "matrix res-7 -o out.pdf", "extract res-7 --as RUS -o out.txt",
    "extract res-7 --base -o out.xml", "adopt res-7 -o out.xml", "import base.en.txt -o out.xml",
    "import RUS.en.txt --against res-7 -o out.xml", "apply base.en.txt RUS.en.txt -o out.xml",
    "diff base.en.txt RUS.en.txt -o out.xml", "import RUS.en.txt --against res-7 -o carried",
    "rebase RUS.en.txt --from base.en.txt --onto base.en.txt -o out.xml",
)  # fmt: skip
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


Said = tuple[tuple[TextProof, ...], LogProof | None]
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


@pytest.mark.parametrize(("command", "step"), sample(COMMANDS, STEPS))
def test_a_failure_leaves_everything_as_it_was(desk: Desk, command: str, step: str) -> None:
    """Where a failure does not matter, all is done."""
    before, after, _, _ = states(desk, COMMANDS[command])
    for at in range(1, MOST):
        ran, failed = failing(desk, COMMANDS[command], step, at)
        if not failed:
            break
        assert ran.code in (0, 2, 3), (step, at, ran.err)
        assert "Traceback" not in ran.err
        assert "fault of resamend" not in ran.err, (step, at, ran.err)
        assert whole(desk.path) == (before if ran.code else after), (step, at)
        assert prove(desk.path / "res-7").holds
        if ran.code == 0:
            restore(desk)
    assert ran.code == 0
    assert not failed


def failing(desk: Desk, arguments: Sequence[str], step: str, at: int) -> tuple[Ran, bool]:
    """Run a command of which a step fails; tell whether it came to that."""
    failed: list[str] = []

    def fail(_real: object, *given: Any, **_named: Any) -> Any:
        failed.append(step)
        code = ERRORS[at % len(ERRORS)]
        raise OSError(code, os.strerror(code), *given[:1])

    with desk.monkeypatch.context() as patch:
        patch.setattr(os, step, at_step(step, at, fail))
        ran = desk.run(*arguments)
    return ran, bool(failed)


@pytest.mark.parametrize("command", sample(PRODUCTS, spare=4))
def test_every_product_is_put_in_its_place_in_one_step(desk: Desk, command: str) -> None:
    out = desk.path / command.rpartition(" ")[2]
    old = out if out.suffix else out / "RUS-62-1.en.xml"
    old.parent.mkdir(exist_ok=True)
    old.write_text("the old one")
    before = tree(desk.path)
    for step in ("write", "fsync", "replace"):
        ran, failed = failing(desk, command.split(), step, 1)
        assert failed
        assert ran.code == 3
        assert tree(desk.path) == before
    desk.done(*command.split())
    after = tree(desk.path)
    assert {name for name in after if after[name] != before.get(name)} == {
        old.relative_to(desk.path).as_posix()
    }


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


@pytest.mark.parametrize(("command", "step"), sample(COMMANDS, [*STEPS, "half a write"]))
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
        if command == "carry":  # each file of several is there, or not yet
            assert before.items() <= whole(desk.path).items() <= after.items()
        assert desk.run(*arguments).code in (0, 2, 3)  # done already, or done now
        assert prove(desk.path / "res-7").holds
        if command in ("add", "revise", "write", "carry"):
            assert whole(desk.path) == after, (step, at)
            assert not list((desk.path / "res-7").rglob(".resamend-*"))
        restore(desk)
    assert at < MOST - 1
