"""The one way to disk: several files whole, or everything as it was.

Each file is written beside its place, flushed to the disk and then put there in one step. What it
replaces is kept until all are in place, so a failure puts everything back. A reader therefore needs
no lock: it finds an old file or a new one, never half of one. That it holds after ``kill -9`` was
measured; it is not a proof against power loss.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from resamend.errors import InputError, UsageError
from resamend.safe import in_force, refuse_beyond

_PREFIX = ".resamend-"
_SUFFIX = ".tmp"
_PART = 1 << 20  # bytes that are read at a time
_counter = count()


class FileChange(Struct, frozen=True):
    """Put ``content`` at ``path``; ``None`` removes the file."""

    path: Path
    content: bytes | None


def read(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises ``UsageError`` where there is none to read, and ``Unreadable`` for one beyond all limits.
    """
    try:
        with path.open("rb") as file:
            return taken(file, str(path))
    except FileNotFoundError:
        raise UsageError("there is no such file", where=str(path)) from None
    except IsADirectoryError:
        raise UsageError("this is a folder, a file is wanted", where=str(path)) from None
    except PermissionError:
        raise UsageError("this file may not be read", where=str(path)) from None


def refuse_no_folder(folder: Path) -> None:
    """Refuse a dossier that is not there, or is no folder.

    Raises ``UsageError``.
    """
    if folder.is_dir():
        return
    there = folder.exists()
    raise UsageError(
        "this is a file, a dossier is wanted" if there else "there is no such folder",
        where=str(folder),
        advice="Give the dossier: the folder that 'resamend new DOSSIER --base BASE' makes.",
    )


def taken(file: BinaryIO, name: str) -> bytes:
    """Return what a file holds, but never more than the largest limit lets be read.

    Raises ``Unreadable`` for one that has more: a disk, an endless pipe.
    """
    limits = in_force()
    # What it is, XML or an archive, only its bytes tell: the larger limit holds till then.
    limit = "archive" if limits.archive > limits.size else "size"
    most: int = getattr(limits, limit)
    parts: list[bytes] = []
    left = most
    try:
        while left >= 0 and (part := file.read(_PART)):
            parts.append(part)
            left -= len(part)
    except OSError as error:
        raise InputError(f"it cannot be read: {error.strerror}", where=name) from error
    if left < 0:
        refuse_beyond(limit, f"it has more than {most} bytes", name, limits)
    return b"".join(parts)


def write(path: Path, content: bytes) -> None:
    """Write one file, whole or not at all; through a link, what it points to.

    A device or a pipe is written to directly.
    """
    target = Path(os.path.realpath(path))
    # A device or a pipe cannot be replaced by another file.
    if not target.exists() or target.is_file():
        commit([FileChange(target, content)])
        return
    try:
        target.write_bytes(content)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"cannot write: {error.strerror}", where=str(path)) from error


def commit(changes: Iterable[FileChange]) -> None:
    """Make all changes, in their order, or none.

    The order is what a reader sees who looks in between, or after the program was killed.
    """
    changes = tuple(changes)
    folders = _make_folders(
        {change.path.parent for change in changes if change.content is not None}
    )
    staged: dict[Path, Path] = {}
    undo: list[tuple[Path, Path | None]] = []
    try:
        for change in changes:
            if change.content is not None:
                _stage(change.path, change.content, staged)
        for change in changes:
            _put(change.path, staged, undo)
        _flush_folders({change.path.parent for change in changes})
    # Also when it is interrupted: half of the files would be no dossier.
    except BaseException as error:
        _roll_back(undo, staged, folders)
        if isinstance(error, OSError):
            raise _unwritable(error, changes) from error
        raise
    for _, backup in undo:
        with suppress(OSError):  # all is in its place: a left-over is swept with the next change
            if backup:
                backup.unlink()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the right to change a folder; wait for whoever else holds it.

    The lock is the folder's own, so it leaves no file behind. Windows locks no folders: there it is
    a file in it. Where a drive has no locks at all (some network drives) nothing is locked.
    """
    try:
        import fcntl
    except ImportError:
        with _locked_by_file(folder):
            yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        until = time.monotonic() + in_force().wait
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if error.errno in _NO_LOCK:
                    break
                if not isinstance(error, BlockingIOError):
                    raise
                if time.monotonic() > until:
                    raise _busy(folder) from None
                time.sleep(0.02)
        yield
    finally:
        with suppress(OSError):  # it was only read
            os.close(handle)


@contextmanager
def _locked_by_file(folder: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    # In the folder, so that two machines that share the drive see one lock.
    lock = FileLock(folder / f"{_PREFIX}lock")
    try:
        lock.acquire(timeout=in_force().wait, poll_interval=0.02)
    except Timeout:
        raise _busy(folder) from None
    try:
        yield
    finally:
        lock.release()


def sweep(folders: Sequence[Path]) -> None:
    """Remove what a killed program left half-written; only under the lock."""
    for folder in folders:
        for stray in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            with suppress(OSError):  # a folder of this name is none of ours
                stray.unlink()


def _busy(folder: Path) -> InputError:
    return InputError(
        f"somebody else has been changing this dossier for {in_force().wait} seconds",
        where=str(folder),
        advice="Try again later, or wait longer with --raise wait=600.",
    )


def _unwritable(error: OSError, changes: Sequence[FileChange]) -> InputError:
    place = error.filename or (changes[0].path if changes else "")
    # A person knows nothing of the file beside theirs.
    if str(place).endswith(_SUFFIX):
        place = Path(place).parent
    return InputError(
        f"cannot write: {error.strerror or error}",
        where=str(place),
        advice="Everything is as it was before.",
    )


def _name(folder: Path) -> Path:
    return folder / f"{_PREFIX}{os.getpid()}-{next(_counter)}{_SUFFIX}"


def _stage(path: Path, content: bytes, staged: dict[Path, Path]) -> None:
    """Write data beside its place, with the mode of what it will replace."""
    temporary = _name(path.parent)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _AS_IS, 0o666)
    staged[path] = temporary
    try:
        # Nothing is replaced where there is no file: then the mode is the usual one.
        with suppress(FileNotFoundError):
            temporary.chmod(path.stat().st_mode & 0o7777)
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _put(path: Path, staged: dict[Path, Path], undo: list[tuple[Path, Path | None]]) -> None:
    """Put a staged file in its place, or remove what is there; note how to undo it."""
    backup = _kept(path)
    undo.append((path, backup))
    if path in staged:
        staged[path].replace(path)
        del staged[path]
    elif backup:
        path.unlink()


def _kept(path: Path) -> Path | None:
    """Keep what stands at a place under another name beside it."""
    if not path.exists():
        return None
    backup = _name(path.parent)
    try:
        os.link(path, backup)
    except OSError:  # a file system without hard links
        backup.write_bytes(path.read_bytes())
        backup.chmod(path.stat().st_mode & 0o7777)
    return backup


def _roll_back(
    undo: Sequence[tuple[Path, Path | None]], staged: dict[Path, Path], folders: Sequence[Path]
) -> None:
    for path, backup in reversed(undo):
        with suppress(OSError):
            if backup is None:
                path.unlink(missing_ok=True)
            # It had not been replaced yet: the backup is another name for it.
            elif path.exists() and path.samefile(backup):
                backup.unlink()
            else:
                backup.rename(path)
    for temporary in staged.values():
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    for folder in reversed(folders):
        with suppress(OSError):
            folder.rmdir()


def _make_folders(wanted: Iterable[Path]) -> list[Path]:
    """Make missing folders; return them, the outer ones first."""
    created: list[Path] = []
    for folder in sorted(wanted):
        for parent in reversed([folder, *folder.parents]):
            if not parent.exists():
                _make_folder(parent, created)
    return created


def _make_folder(folder: Path, created: list[Path]) -> None:
    try:
        folder.mkdir()
    except FileExistsError:
        pass
    except OSError as error:
        _roll_back([], {}, created)
        raise _unwritable(error, ()) from error
    else:
        created.append(folder)


def _flush_folders(folders: Iterable[Path]) -> None:
    if os.name != "posix":
        return
    for folder in sorted(folders):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in _NO_FLUSH:
                raise
        finally:
            with suppress(OSError):  # it was only read
                os.close(handle)


_AS_IS = getattr(os, "O_BINARY", 0)
"""Windows would write CR LF for each LF."""
_NO_LOCK = frozenset({errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP})
"""What a drive without locks for folders answers; one over NFS says EBADF."""
_NO_FLUSH = frozenset({errno.EINVAL, errno.EOPNOTSUPP})
"""What a file system on which folders cannot be flushed answers."""
