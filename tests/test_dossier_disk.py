"""The one way to disk: whole files or none, whatever fails."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import filelock
import pytest

from resamend.dossier import atomic_files
from resamend.errors import InputError, UsageError
from resamend.safe import raised
from tests.dossiers import tree

STEPS = ("open", "write", "fsync", "replace", "link", "unlink")


def changes(folder: Path) -> list[atomic_files.FileChange]:
    return [
        atomic_files.FileChange(folder / "deep/er/new.txt", b"new"),
        atomic_files.FileChange(folder / "old.txt", b"replaced"),
        atomic_files.FileChange(folder / "gone.txt", None),
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "old.txt").write_bytes(b"old")
    (tmp_path / "gone.txt").write_bytes(b"gone")
    (tmp_path / "old.txt").chmod(0o640)
    return tmp_path


def test_all_changes_are_made(folder: Path) -> None:
    atomic_files.commit(changes(folder))
    assert (folder / "deep/er/new.txt").read_bytes() == b"new"
    assert (folder / "old.txt").read_bytes() == b"replaced"
    assert sorted(tree(folder)) == ["deep", "deep/er", "deep/er/new.txt", "old.txt"]


def test_a_file_keeps_its_mode_and_a_new_one_gets_the_usual(folder: Path) -> None:
    atomic_files.commit(changes(folder))
    assert (folder / "old.txt").stat().st_mode & 0o777 == 0o640
    umask = os.umask(0)
    os.umask(umask)
    assert (folder / "deep/er/new.txt").stat().st_mode & 0o777 == 0o666 & ~umask


class Failing:
    """Fail the n-th time that some step is taken."""

    def __init__(self, step: Callable[..., Any], at: int) -> None:
        self.step, self.left = step, at

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        self.left -= 1
        if self.left == 0:
            raise OSError(28, "No space left on device")
        return self.step(*arguments, **named)


@pytest.mark.parametrize("step", STEPS)
def test_a_failure_at_any_step_leaves_everything_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = tree(folder)
    failed = 0
    for at in range(1, 20):
        failing = Failing(getattr(os, step), at)
        with monkeypatch.context() as patch:
            patch.setattr(os, step, failing)
            try:
                atomic_files.commit(changes(folder))
            except InputError as error:
                assert "as it was" in error.advice
                failed += 1
            else:
                break
        assert tree(folder) == before, (step, at)
    # a link that cannot be made, and a backup that cannot be removed, do no harm
    assert failed or step in ("link", "unlink")


KILLED = """
import os, sys
from pathlib import Path
from resamend.dossier import disk
step, at, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
real, left = getattr(os, step), at
def killed(*arguments, **named):
    global left
    left -= 1
    if left == 0:
        os._exit(9)
    return real(*arguments, **named)
setattr(os, step, killed)
disk.commit([disk.FileChange(folder / "old.txt", b"x" * 100_000)])
"""


@pytest.mark.parametrize("step", ["write", "fsync", "replace", "close"])
def test_a_kill_leaves_an_old_file_or_a_new_one(folder: Path, step: str) -> None:
    for at in (1, 2):
        (folder / "old.txt").write_bytes(b"old")
        command = [sys.executable, "-c", KILLED, step, str(at), str(folder)]
        subprocess.run(command, check=False)
        assert (folder / "old.txt").read_bytes() in (b"old", b"x" * 100_000)
        atomic_files.sweep([folder])
        assert sorted(tree(folder)) == ["gone.txt", "old.txt"]


def test_a_file_is_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_bytes(b"old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    atomic_files.write(tmp_path / "link.txt", b"new")
    assert (tmp_path / "real.txt").read_bytes() == b"new"
    assert (tmp_path / "link.txt").is_symlink()


def test_a_device_is_written_to_and_not_replaced() -> None:
    atomic_files.write(Path(os.devnull), b"nothing")
    assert Path(os.devnull).is_char_device()


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        atomic_files.read(tmp_path / "none.xml")
    with pytest.raises(UsageError, match="folder"):
        atomic_files.read(tmp_path)


def test_one_change_waits_for_another(tmp_path: Path) -> None:
    with (
        raised({"wait": 0}),
        atomic_files.locked(tmp_path),
        pytest.raises(InputError, match="somebody else"),
        atomic_files.locked(tmp_path),
    ):
        pass
    with atomic_files.locked(tmp_path):
        pass
    assert not tree(tmp_path)


def test_where_folders_cannot_be_locked_a_file_in_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert filelock.FileLock  # made while the system's locks are there
    monkeypatch.setitem(sys.modules, "fcntl", None)  # as on Windows
    with (
        raised({"wait": 0}),
        atomic_files.locked(tmp_path),
        pytest.raises(InputError, match="somebody else"),
        atomic_files.locked(tmp_path),
    ):
        pass
    with atomic_files.locked(tmp_path):
        pass


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EBADF])
def test_where_there_are_no_locks_nothing_is_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def none_here(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", none_here)
    with atomic_files.locked(tmp_path), atomic_files.locked(tmp_path):
        assert not tree(tmp_path)


def test_what_a_device_does_not_take_or_give_is_told() -> None:
    with pytest.raises(InputError, match="/dev/full: cannot write: No space"):
        atomic_files.write(Path("/dev/full"), b"x")
    with pytest.raises(InputError, match="/proc/self/mem: it cannot be read"):
        atomic_files.read(Path("/proc/self/mem"))


def test_a_folder_named_as_what_is_half_written_stays(tmp_path: Path) -> None:
    (tmp_path / ".resamend-1-1.tmp").mkdir()
    (tmp_path / ".resamend-1-2.tmp").write_bytes(b"half")
    atomic_files.sweep([tmp_path])
    assert sorted(tree(tmp_path)) == [".resamend-1-1.tmp"]
