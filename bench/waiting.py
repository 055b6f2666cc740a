"""Measure what a person waits for: each command as a process of its own, on three sizes.

Times are processor time of the whole process and of those it starts, byte code present, the median
of some rounds; what takes long is run once.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from bench.harness import ROOT, Limits
from bench.inputs import Case, Inputs
from bench.results import Waited, exponent
from bench.writing import written

PROGRAM = (sys.executable, "-m", "resamend")
FORMS: Mapping[str, tuple[str, ...]] = {
    "text": ("consolidate", "-f", "text"),
    "xml": ("consolidate", "-f", "xml"),
    "json": ("consolidate", "-f", "json"),
    "html": ("consolidate", "-f", "html"),
    "docx": ("consolidate", "-f", "docx"),
    "conflicts": ("conflicts",),
    "compare": ("compare", "-f", "text"),
    "compare html": ("compare", "-f", "html"),
    "matrix": ("matrix", "-f", "text"),
    "matrix html": ("matrix", "-f", "html"),
    "show": ("show",),
}
"""The commands, by the names under which they are reported."""
CASES = (Case(300, 30), Case(3000, 30))
RESOLUTION = "Resolution 140"
CONFERENCE = (64, Case(100, 60))
_DISTINCT = 4
"""Dossiers of the conference that are made; the others are copies."""
_SHOWN = "5"


def waits(folder: Path, limits: Limits) -> tuple[Waited, ...]:
    """Measure all commands in a folder for temporary files."""
    dossier = str(ROOT / "resolutions" / "140")
    sizes = {RESOLUTION: [dossier]}
    for case in CASES:
        place = folder / f"size-{case.provisions}-{case.sources}"
        inputs = Inputs(place) if place.is_dir() else written(case, place)
        sizes[str(case)] = [str(inputs.base()), *map(str, inputs.each("proposals"))]
    measured = [
        _waited(name, size, _command(form, given), limits)
        for size, given in sizes.items()
        for name, form in FORMS.items()
    ]
    measured.append(_waited("verify", RESOLUTION, [*PROGRAM, "verify", dossier], limits))
    for size in (RESOLUTION, str(CASES[0])):
        out = folder / "waited.pdf"
        command = [*PROGRAM, "consolidate", *sizes[size], "-o", str(out)]
        measured.append(_waited("pdf", size, command, limits))
        measured += _chromium(folder, size, sizes[size], limits)
    measured.append(_conference(folder))
    return tuple(measured)


def _command(form: Sequence[str], given: Sequence[str]) -> list[str]:
    point = [_SHOWN] if form == ("show",) else []
    return [*PROGRAM, form[0], *given, *point, *form[1:]]


def _waited(name: str, size: str, command: Sequence[str], limits: Limits) -> Waited:
    """Run a command once before, so that byte code is there; then some rounds, or one."""
    runs = [_run(command)]
    rounds = 1 if runs[0][0] > limits.long * 2 else limits.rounds
    runs = [_run(command) for _ in range(rounds)]
    return Waited(
        name=name,
        size=size,
        seconds=median(seconds for seconds, _ in runs),
        memory=median(memory for _, memory in runs),
    )


_LAUNCH = """
import resource, subprocess, sys
quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
code = subprocess.run(sys.argv[1:], **quiet).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""
"""Runs a command from a small process: a large one would lend it the memory it had at the fork."""


def _run(command: Sequence[str]) -> tuple[float, float]:
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    launched = [sys.executable, "-c", _LAUNCH, *command]
    launcher = subprocess.run(launched, env=environment, check=True, capture_output=True, text=True)
    code, seconds, memory = launcher.stdout.split()
    if int(code):
        raise RuntimeError(f"{' '.join(command)[:200]} ended with {code}")
    return float(seconds), float(memory)


def _chromium(folder: Path, size: str, given: Sequence[str], limits: Limits) -> list[Waited]:
    """Measure Chromium printing the page of the same draft, where there is one."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        return []
    page = folder / "printed.html"
    _run([*PROGRAM, "consolidate", *given, "-o", str(page)])
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={folder}/page.pdf"]
    return [_waited("Chromium prints the page", size, [program, *options, page.as_uri()], limits)]


def _conference(folder: Path) -> Waited:
    """Measure the drafts of a conference by two processes."""
    number, case = CONFERENCE
    place = folder / "conference"
    for k in range(number):
        dossier = place / f"res-{k:02}"
        if k >= _DISTINCT:
            shutil.copytree(place / f"res-{k % _DISTINCT:02}", dossier)
            continue
        inputs = written(Case(case.provisions, case.sources, k + 1), folder / f"dossier-{k}")
        base = dossier / "base.en.xml"
        base.parent.mkdir(parents=True)
        shutil.copy(inputs.base(), base)
        (dossier / "proposals").mkdir()
        for file in inputs.each("proposals"):
            shutil.copy(file, dossier / "proposals" / f"{file.stem}.en.xml")
    out = str(folder / "drafts")
    command = [*PROGRAM, "consolidate", str(place), "-f", "html", "-o", out, "--jobs", "2"]
    seconds, memory = _run(command)
    size = f"{number} resolutions × {case.sources} proposals"
    return Waited(name="conference", size=size, seconds=seconds, memory=memory)


def of(measured: Sequence[Waited], name: str, size: str) -> Waited | None:
    """Return what a command took on a size, if it was measured."""
    return next((w for w in measured if (w.name, w.size) == (name, size)), None)


def growths(measured: Sequence[Waited]) -> dict[str, float]:
    """Return the exponent by which each command's time grows from the smaller size to the larger.

    What a start takes is in both, so the figure is of what a person waits for.
    """
    small, large = CASES
    times = {
        name: (of(measured, name, str(small)), of(measured, name, str(large))) for name in FORMS
    }
    return {
        name: exponent([(small.provisions, one.seconds), (large.provisions, other.seconds)])
        for name, (one, other) in times.items()
        if one and other
    }
