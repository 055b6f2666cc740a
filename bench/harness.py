"""Run tools in processes of their own, in turns, and keep the medians.

Times are processor time, of the process and of those it runs: on a machine that does other things
too it is what the work costs. A tool that is still busy after the time limit is stopped, and one
that takes long is run once only.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from msgspec import Struct

from bench.tool import Product

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 5
"""How many times its limit a tool may take on the clock, on a machine that is busy otherwise."""


class Limits(Struct, frozen=True, kw_only=True):
    """Say how often tools are run, and after how many seconds one is stopped.

    A tool that takes more than ``long`` seconds is run once only.
    """

    rounds: int
    seconds: float
    long: float = 4.0


class Figure(Struct, frozen=True, kw_only=True):
    """Hold what was measured of one tool: medians, in seconds and megabytes.

    ``runs`` is 0 for a tool that was stopped; ``seconds`` is then the limit.
    """

    tool: str
    seconds: float
    wall: float
    memory: float
    runs: int

    @property
    def stopped(self) -> bool:
        """Tell whether the tool did not finish in time."""
        return not self.runs


def measure(
    tools: Sequence[str], folder: Path, small: Path | None, limits: Limits, *, order: str = "given"
) -> tuple[Figure, ...]:
    """Run each tool on a workload, in turns, for some rounds.

    The product of its last run is kept, to be had by ``product_of``.
    """
    (folder / "products").mkdir(exist_ok=True)
    runs: dict[str, list[tuple[float, float, float]]] = {tool: [] for tool in tools}
    stopped: set[str] = set()
    for number in range(limits.rounds):
        for tool in tools:
            if tool in stopped or (number and runs[tool][0][0] > limits.long):
                continue
            run = _run(tool, folder, small, limits.seconds, order)
            if run:
                runs[tool].append(run)
            else:
                stopped.add(tool)
    return tuple(_figure(tool, runs[tool], limits) for tool in tools)


def _figure(tool: str, runs: Sequence[tuple[float, float, float]], limits: Limits) -> Figure:
    if not runs:
        return Figure(tool=tool, seconds=limits.seconds, wall=limits.seconds, memory=0, runs=0)
    seconds, wall, memory = (median(column) for column in zip(*runs, strict=True))
    return Figure(tool=tool, seconds=seconds, wall=wall, memory=memory, runs=len(runs))


def _run(
    tool: str, folder: Path, small: Path | None, limit: float, order: str
) -> tuple[float, float, float] | None:
    """Run a tool once; ``None`` if it was stopped. Raises ``RuntimeError`` where it fails."""
    out = _product_path(folder, tool, order)
    given = [tool, str(folder), str(small or ""), str(out), order, f"{limit:.0f}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.worker", *given],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": _python_path()},
    )
    try:
        told, complaint = process.communicate(timeout=PATIENCE * limit)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return None
    if process.returncode == -signal.SIGXCPU:
        return None
    if process.returncode:
        raise RuntimeError(f"{tool} failed:\n{complaint.decode()}")
    figures = json.loads(told.splitlines()[-1])
    return figures["seconds"], figures["wall"], figures["memory"]


def _python_path() -> str:
    return os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))


def _product_path(folder: Path, tool: str, order: str) -> Path:
    return folder / "products" / f"{tool.replace(':', '-')}.{order}.json"


def product_of(folder: Path, tool: str, *, order: str = "given") -> Product | None:
    """Return what a tool made; ``None`` if it was stopped."""
    path = _product_path(folder, tool, order)
    if not path.exists():
        return None
    told = json.loads(path.read_text())
    return Product(**{**told, "data": bytes.fromhex(told["data"])})


def start_up(commands: Sequence[Sequence[str]], rounds: int) -> tuple[float, ...]:
    """Return the median processor time of some commands, run in turns.

    Modules are compiled once before, as they are where a package is installed.
    """
    times: list[list[float]] = [[] for _ in commands]
    with tempfile.TemporaryDirectory(prefix="resamend-bench-compiled-") as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for round in range(-1, rounds):
            for command, spent in zip(commands, times, strict=True):
                seconds = _spent(command, environment)
                if round >= 0:
                    spent.append(seconds)
    return tuple(median(spent) for spent in times)


def _spent(command: Sequence[str], environment: Mapping[str, str]) -> float:
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime
