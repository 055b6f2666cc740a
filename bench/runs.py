"""Carry out the whole benchmark, and say on stderr what is being done."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from bench.clashes import clashes
from bench.generate import generate
from bench.harness import Figure, Limits, measure, product_of, start_up
from bench.inputs import Case, Inputs
from bench.judge import came_back, conflicts, lost_of_pair, lost_words, proposed
from bench.quality import quality, steadiness
from bench.registry import find_tool, group
from bench.results import Hostile, Loss, Machine, Measured, Results, StartUp, Waited
from bench.truth import truth
from bench.waiting import waits
from bench.word import reading
from bench.writing import written

FLOOR, STORED_FLOOR = "floors:floor", "floors:floor-stored"
OURS, STORED, COMPARE = "ours:consolidate", "ours:stored", "ours:compare"


class Plan(Struct, frozen=True, kw_only=True):
    """Say what is measured, and how often."""

    mode: str
    limits: Limits
    pairs: tuple[int, ...]
    many: Case
    sizes: tuple[Case, ...]
    seeds: int
    starts: int


FEW = Case(300, 3)
"""Enough to see whether order matters."""
_SIZES = (Case(30, 3), Case(300, 3), Case(300, 30), Case(300, 300), Case(3000, 30))

QUICK = Plan(
    mode="quick",
    limits=Limits(rounds=5, seconds=25, long=0.7),
    pairs=(30, 300),
    many=Case(300, 30),
    sizes=_SIZES,
    seeds=2,
    starts=7,
)
FULL = Plan(
    mode="full",
    limits=Limits(rounds=9, seconds=300),
    pairs=(30, 300, 3000),
    many=Case(300, 30),
    sizes=(*_SIZES, Case(100, 30), Case(1000, 30), Case(300, 100)),
    seeds=10,
    starts=21,
)


_BEGAN = time.monotonic()


def _say(what: str) -> None:
    print(f"bench {time.monotonic() - _BEGAN:4.0f} s: {what} …", file=sys.stderr, flush=True)


def carry_out(plan: Plan, folder: Path) -> Results:
    """Run everything in a folder for temporary files."""
    _say("writing workloads")
    small = written(Case(20, 2), folder / "small", forms=_forms("pairs", "nway")).folder
    pairs, pair_losses = _pairs(plan, folder, small)
    many, many_losses, true = _many(plan, folder, small)
    stages = measure([FLOOR, *_keys("stages")], folder / "many", small, plan.limits)
    sizes = tuple(_size(case, plan, folder, small) for case in sorted(plan.sizes))
    _say("quality and steadiness")
    workloads = [
        generate(plan.many.provisions, plan.many.sources, seed=seed + 1)
        for seed in range(plan.seeds)
    ]
    return Results(
        machine=_machine(),
        mode=plan.mode,
        limits=plan.limits,
        pairs=pairs,
        pair_losses=pair_losses,
        many=many,
        many_losses=many_losses,
        true_conflicts=true,
        sizes=sizes,
        qualities=tuple(map(quality, workloads)),
        quality_case=plan.many,
        steadiness=steadiness(workloads),
        hostile=_hostile(plan, folder),
        start_up=_start_up(plan, folder),
        word=reading(plan.limits.rounds),
        waited=_waits(plan, folder),
        stages=Measured(case=plan.many, figures=stages),
    )


def _waits(plan: Plan, folder: Path) -> tuple[Waited, ...]:
    _say("what people wait for")
    return waits(folder, plan.limits)


def scale(folder: Path) -> Measured:
    """Measure 3,000 × 300: about 440 MB of XML."""
    case = Case(3000, 300)
    _say(f"writing {case}, which takes minutes")
    inputs = written(case, folder / "scale")
    _say(f"measuring {case}")
    tools = [FLOOR, OURS, STORED_FLOOR, STORED]
    limits = Limits(rounds=1, seconds=1800)
    return Measured(case=case, figures=measure(tools, inputs.folder, None, limits))


def _forms(*groups: str) -> tuple[str, ...]:
    return tuple(sorted({form for name in groups for tool in group(name) for form in tool.forms}))


def _keys(name: str) -> list[str]:
    return [f"{name}:{tool.key}" for tool in group(name)]


# -- peers ----------------------------------------------------------------------------------------


def _pairs(plan: Plan, folder: Path, small: Path) -> tuple[tuple[Measured, ...], tuple[Loss, ...]]:
    tools = [FLOOR, COMPARE, *_keys("pairs")]
    measured = []
    losses: list[Loss] = []
    for provisions in plan.pairs:
        case = Case(provisions, 1)
        _say(f"two texts of {provisions} provisions")
        inputs = written(case, folder / f"pair-{provisions}", forms=_forms("pairs"))
        figures = measure(tools, inputs.folder, small, plan.limits)
        measured.append(Measured(case=case, figures=figures))
        if provisions == 300:
            losses = [_pair_loss(inputs, tool) for tool in tools[1:]]
    return tuple(measured), tuple(losses)


def _pair_loss(inputs: Inputs, tool: str) -> Loss:
    product = product_of(inputs.folder, tool)
    if not product:
        return Loss(tool=tool)
    if product.fault:
        return Loss(tool=tool, fault=product.fault)
    return Loss(tool=tool, lost=lost_of_pair(product), comes_back=came_back(product))


def _many(plan: Plan, folder: Path, small: Path) -> tuple[Measured, tuple[Loss, ...], int]:
    _say(f"{plan.many} by all that merge")
    peers = _keys("nway")
    tools = [FLOOR, STORED_FLOOR, OURS, STORED, *peers]
    inputs = written(plan.many, folder / "many", forms=_forms("nway"))
    figures = measure(tools, inputs.folder, small, plan.limits)
    few = written(FEW, folder / "few", forms=_forms("nway"))
    _say(f"{FEW}, arriving in two orders")
    once = replace(plan.limits, rounds=1)
    for order in ("given", "reversed"):
        measure([OURS, *peers], few.folder, small, once, order=order)
    known = truth(generate(plan.many.provisions, plan.many.sources, seed=plan.many.seed))
    passages = proposed(known)
    losses = tuple(_loss(inputs, few, tool, passages) for tool in [OURS, *peers])
    return Measured(case=plan.many, figures=figures), losses, len(clashes(known))


def _loss(inputs: Inputs, few: Inputs, tool: str, passages: Sequence[tuple[str, ...]]) -> Loss:
    matters = _order_matters(few, tool)
    product = product_of(inputs.folder, tool)
    if not product:
        return Loss(tool=tool, order_matters=matters)
    marked = conflicts(product.text) if tool.startswith("nway") and not product.asked else None
    return Loss(
        tool=tool,
        conflicts=marked[0] if marked else None,
        nested=marked[1] if marked else 0,
        asked=product.asked,
        refused=product.refused,
        lost=lost_words(product.text, passages),
        order_matters=matters,
    )


def _order_matters(few: Inputs, tool: str) -> bool | None:
    orders = [product_of(few.folder, tool, order=order) for order in ("given", "reversed")]
    made = [product.data for product in orders if product]
    return made[0] != made[1] if len(made) == 2 else None


# -- resamend -------------------------------------------------------------------------------------


def _size(case: Case, plan: Plan, folder: Path, small: Path) -> Measured:
    _say(f"{case} by resamend")
    inputs = written(case, folder / f"size-{case.provisions}-{case.sources}")
    tools = [FLOOR, OURS, STORED_FLOOR, STORED]
    return Measured(case=case, figures=measure(tools, inputs.folder, small, plan.limits))


def _hostile(plan: Plan, folder: Path) -> tuple[Hostile, ...]:
    found = []
    for tool in _keys("hostile"):
        name = find_tool(tool).name
        _say(f"hostile: {name}")
        figures: list[Figure] = []
        drafts = set()
        for seed in ("0", "1"):
            place = folder / f"hostile-{seed}"
            place.mkdir(exist_ok=True)
            os.environ["PYTHONHASHSEED"] = seed
            figures += measure([tool], place, None, replace(plan.limits, rounds=1))
            product = product_of(place, tool)
            drafts.add(product.data if product else b"")
        del os.environ["PYTHONHASHSEED"]
        worst = max(figures, key=lambda figure: figure.seconds)
        found.append(Hostile(name=name, figure=worst, same=len(drafts) == 1))
    return tuple(found)


def _start_up(plan: Plan, folder: Path) -> tuple[StartUp, ...]:
    _say("start-up")
    inputs = Inputs(folder / "size-30-3")
    python = sys.executable
    program = str(Path(sys.executable).parent / "resamend")
    base = str(inputs.base())
    stored, revised = ([*map(str, inputs.each(form))] for form in ("proposals", "revised"))
    commands = {
        "python -c pass": [python, "-c", "pass"],
        "import click": [python, "-c", "import click"],
        "import lxml.etree, rapidfuzz, click": [
            python,
            "-c",
            "import lxml.etree, rapidfuzz, click",
        ],
        "resamend --version": [program, "--version"],
        "consolidate proposals": [program, "consolidate", base, *stored, "-f", "text"],
        "consolidate revised texts": [program, "consolidate", base, *revised, "-f", "text"],
    }
    times = start_up(list(commands.values()), plan.starts)
    return tuple(
        StartUp(name=name, seconds=seconds) for name, seconds in zip(commands, times, strict=True)
    )


def _machine() -> Machine:
    packages = ("lxml", "xmldiff", "diff-match-patch", "redlines", "rapidfuzz")
    programs = (["git", "--version"], ["diff3", "--version"])
    told = [
        subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()[0]
        for command in programs
    ]
    return Machine(
        processor=f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}"
        f" (load {os.getloadavg()[0]:.0f})",
        python=f"{platform.python_implementation()} {platform.python_version()}",
        versions=(*(f"{name} {version(name)}" for name in packages), *told),
    )
