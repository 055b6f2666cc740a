"""Draft all dossiers of a folder, each a task by itself: by processes, or by a cluster that exists.

A task takes a dossier and gives the bytes of its draft, the same wherever it is carried out. One
that fails is named, and the others are done. Nothing here distributes work: processes are Python's,
a cluster is dask's.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from msgspec import Struct
from msgspec.structs import asdict, replace

from resamend.errors import ResamendError, UsageError


class DraftTask(Struct, frozen=True, kw_only=True):
    """Hold what is to be drafted: a dossier's folder, or its ``files``, and how."""

    name: str
    folder: Path
    options: Mapping[str, Any]
    limits: Mapping[str, int]
    files: Mapping[str, bytes] | None = None


class DraftOutcome(Struct, frozen=True, kw_only=True):
    """Hold the draft of a dossier, or why there is none."""

    name: str
    content: bytes = b""
    failure: str = ""
    notes: tuple[str, ...] = ()


def carry_out(task: DraftTask) -> DraftOutcome:
    """Draft one dossier; what is wrong with it is its outcome."""
    with ExitStack() as life:
        if task.files is not None:
            folder = Path(life.enter_context(TemporaryDirectory(prefix="resamend-")), "dossier")
            for name, content in task.files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(content)
            task = replace(task, folder=folder)
        context = life.enter_context(click.Context(click.Command("consolidate")))
        from resamend.cli.frame import NOTES
        from resamend.safe.limits import raised

        life.enter_context(raised(dict(task.limits)))
        try:
            content = _drafted(task)
        except ResamendError as error:
            place = error.where.replace(str(task.folder), task.name)
            failure = ": ".join(filter(None, (place, error.what)))
            return DraftOutcome(name=task.name, failure=failure)
        notes = tuple(context.meta.get(NOTES, ()))
        return DraftOutcome(name=task.name, content=content, notes=notes)


def _drafted(task: DraftTask) -> bytes:
    from resamend.cli.inputs import draft, heard
    from resamend.cli.outputs import manner, rendered, shown
    from resamend.conflict import find
    from resamend.redlines import View

    options = task.options
    selection = heard(
        draft([str(task.folder)], options["lang"]), options["only"], options["without"]
    )
    findings = find(selection.consolidated)
    redline = shown(selection, findings, View(options["view"]), options["date"])
    publishing = manner(options, selection.document)
    product = rendered(selection, redline, options["form"], publishing, task.name)
    return product.encode() if isinstance(product, str) else product


def drafted_folder(
    folder: Path, out: Path, options: Mapping[str, Any], jobs: int, scheduler: str
) -> int:
    """Write the drafts of all dossiers of a folder into another; return the exit code.

    Raises ``UsageError`` for a folder without dossiers, and where there is no such cluster.
    """
    from resamend.cli.inputs import note
    from resamend.cli.outputs import into_folder
    from resamend.dossier.checking import dossiers
    from resamend.renderers.forms import form_named
    from resamend.safe import in_force

    registered = form_named(options["form"])
    ending = next(iter(registered.endings if registered else ()), f".{options['form']}")
    limits = asdict(in_force())
    tasks = [
        DraftTask(name=_name(path, folder), folder=path, options=options, limits=limits)
        for path in dossiers(folder)
    ]
    if not tasks:
        raise UsageError("there is no dossier in this folder", where=str(folder))
    outcomes = _by_cluster(tasks, scheduler) if scheduler else _by_processes(tasks, jobs)
    failures: dict[str, str] = {}
    written: dict[str, tuple[str, ...]] = {}
    for outcome in _counted(outcomes, len(tasks)):
        if outcome.failure:
            failures[outcome.name] = outcome.failure
        else:
            into_folder(out, {outcome.name + ending: outcome.content})
            written[outcome.name] = outcome.notes
    for name in sorted(written):
        for message in written[name]:
            note(f"{name}: {message}")
    for name in sorted(failures):
        click.echo(f"resamend: {name} failed: {failures[name]}", err=True)
    note(f"{len(written)} of {len(tasks)} drafts written to {out}")
    return 3 if failures else 0


def _name(path: Path, folder: Path) -> str:
    """Return the name of a dossier's draft: the way to it, in one word."""
    return "-".join(path.relative_to(folder).parts) or path.resolve().name


def _counted(outcomes: Iterable[DraftOutcome], total: int) -> Iterator[DraftOutcome]:
    """Tell a person at a screen how many are done."""
    seen = sys.stderr.isatty()
    for number, outcome in enumerate(outcomes, 1):
        if seen:
            print(f"\rresamend: {number} of {total} dossiers", end="", file=sys.stderr, flush=True)
        yield outcome
    if seen:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


# -- by processes ---------------------------------------------------------------------------------


def _by_processes(tasks: list[DraftTask], jobs: int) -> Iterator[DraftOutcome]:
    """Yield what becomes of each task, as it is done."""
    if jobs == 1 or len(tasks) == 1:
        yield from map(_unfailing, tasks)
        return
    lost: list[DraftTask] = []
    with ProcessPoolExecutor(min(jobs, len(tasks))) as pool:
        futures = {pool.submit(_unfailing, task): task for task in tasks}
        for future in as_completed(futures):
            if isinstance(future.exception(), BrokenProcessPool):
                lost.append(futures[future])
            else:
                yield future.result()
    for task in lost:  # a process was killed, and nobody says over which of them
        with ProcessPoolExecutor(1) as pool:
            try:
                yield pool.submit(_unfailing, task).result()
            except BrokenProcessPool:
                yield DraftOutcome(name=task.name, failure="its process was killed")


def _unfailing(task: DraftTask) -> DraftOutcome:
    """Carry out a task; a fault of ours is named like any other failure."""
    try:
        return carry_out(task)
    except Exception as error:
        return DraftOutcome(name=task.name, failure=f"{type(error).__name__}: {error}")


# -- by a cluster ---------------------------------------------------------------------------------


def _by_cluster(tasks: list[DraftTask], scheduler: str) -> Iterator[DraftOutcome]:
    """Yield what becomes of each task; its files go along, for a cluster has its own disks."""
    try:
        from distributed import Client
        from distributed import as_completed as completed
    except ImportError as error:
        raise UsageError(
            "a cluster is reached by dask, which is not installed",
            advice="Install the extra: pip install 'resamend[cluster]'.",
        ) from error
    try:
        client: Any = Client(scheduler, timeout=10)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise UsageError(
            f"no scheduler answers: {str(error)[:200]}",
            where=scheduler,
            advice="Give the address that 'dask scheduler' prints, such as tcp://10.0.0.1:8786.",
        ) from error
    with client:
        futures = {client.submit(_unfailing, _packed(task), pure=False): task for task in tasks}
        for future in completed(list(futures)):  # type: ignore[no-untyped-call]
            failed = future.exception()
            if failed is None:
                yield future.result()
            else:
                yield DraftOutcome(name=futures[future].name, failure=str(failed))
            future.release()


def _packed(task: DraftTask) -> DraftTask:
    """Return a task with the files of its dossier."""
    files = {
        path.relative_to(task.folder).as_posix(): path.read_bytes()
        for path in sorted(task.folder.rglob("*"))
        if path.is_file()
    }
    return replace(task, files=files)
