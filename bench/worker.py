"""Run one tool once, in a process of its own: ``python -m bench.worker`` and six arguments.

TOOL and FOLDER say what is run on which workload. SMALL is a small workload that is run before the
clock starts, so that imports are not measured; it may be empty. OUT is where the product goes,
ORDER (given or reversed) how the texts arrive, LIMIT the seconds of processor time that it may
take. The figures go to stdout as JSON. Every tool has its garbage collector set as the command line
of resamend sets it.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from pathlib import Path

from msgspec.structs import asdict

from bench.inputs import Inputs
from bench.registry import find_tool

GARBAGE = 50_000
"""Objects made between two searches for garbage: as many as in ``resamend.cli.frame``."""


def main(name: str, folder: str, small: str, out: str, order: str, limit: str) -> None:
    """Measure a tool on a workload."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit) + 1))
    gc.set_threshold(GARBAGE)
    tool = find_tool(name)
    if small:
        warm = Inputs(Path(small))
        tool.run(warm, tool.prepare(warm))
    inputs = Inputs(Path(folder), order)
    prepared = tool.prepare(inputs)
    busy, clock = _processor(), time.perf_counter()
    made = tool.run(inputs, prepared)
    seconds, wall = _processor() - busy, time.perf_counter() - clock
    memory = _memory()
    product = tool.product(inputs, made)
    Path(out).write_text(json.dumps({**asdict(product), "data": product.data.hex()}))
    print(json.dumps({"seconds": seconds, "wall": wall, "memory": memory}))


def _processor() -> float:
    """Return the seconds of processor time of this process and of those it ran."""
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in spent)


def _memory() -> float:
    """Return the most megabytes that this process or one it ran held at a time."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(_own_memory(), children * _UNIT) / 1e6


_UNIT = 1 if sys.platform == "darwin" else 1024


def _own_memory() -> int:
    """Return the high-water mark in bytes; Linux's ``ru_maxrss`` would count the parent's too."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT
    return next(int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line) * 1024


if __name__ == "__main__":
    main(*sys.argv[1:7])
