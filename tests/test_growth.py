"""Every command takes in proportion to what it is given: calls are counted, not time."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import pytest
from bench.inputs import Case, Inputs
from bench.writing import written

from tests.dossiers import Desk
from tests.effort import sample

SMALL, LARGE = Case(100, 12), Case(800, 12)
MOST = 1.15
"""The exponent of growth with the provisions, as in docs/benchmarks.md."""
COMMANDS = {
    "text": "consolidate BASE PROPOSALS -f text",
    "markdown": "consolidate BASE PROPOSALS -f criticmarkup",
    "xml": "consolidate BASE PROPOSALS -f xml",
    "json": "consolidate BASE PROPOSALS -f json",
    "html": "consolidate BASE PROPOSALS -f html",
    "docx": "consolidate BASE PROPOSALS -o out.docx",
    "pdf": "consolidate BASE PROPOSALS -o out.pdf",
    "result": "consolidate BASE PROPOSALS --view result -f html",
    "points": "consolidate BASE PROPOSALS --view points -f html",
    "revised": "consolidate BASE REVISED -f text",
    "conflicts": "conflicts BASE PROPOSALS",
    "all changes": "conflicts BASE PROPOSALS --all",
    "show": "show BASE PROPOSALS 1",
    "compare": "compare BASE PROPOSALS -f text",
    "compare html": "compare BASE PROPOSALS -f html",
    "matrix": "matrix BASE PROPOSALS -f text",
    "matrix html": "matrix BASE PROPOSALS -f html",
    "diff": "diff BASE FIRST --id AAA/1/1",
    "apply": "apply BASE PROPOSAL",
    "extract": "extract DRAFT --as AAA",
    "verify": "verify DRAFT",
    "check": "check BASE",
    "outline": "outline BASE",
}


@pytest.fixture(scope="module")
def workloads(tmp_path_factory: pytest.TempPathFactory) -> dict[Case, Inputs]:
    folder = tmp_path_factory.mktemp("growth")
    return {case: written(case, folder / str(case.provisions)) for case in (SMALL, LARGE)}


def arguments(command: str, inputs: Inputs) -> list[str]:
    """Return the words of a command on a workload."""
    files = {
        "BASE": [inputs.base()],
        "PROPOSALS": inputs.each("proposals"),
        "PROPOSAL": inputs.each("proposals")[:1],
        "REVISED": inputs.each(),
        "FIRST": inputs.each()[:1],
        "DRAFT": [inputs.draft],
    }
    return [str(word) for name in command.split() for word in files.get(name, [name])]


def calls(desk: Desk, words: list[str]) -> int:
    """Count the calls that a command makes, of Python's functions and of C's."""
    count = 0

    def called(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        ran = desk.run(*words)
    finally:
        sys.setprofile(before)
    assert ran.code == 0, ran.err
    return count


@pytest.mark.parametrize("name", sample(COMMANDS, spare=4))
def test_a_command_grows_with_its_input(
    name: str, workloads: dict[Case, Inputs], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, monkeypatch)
    desk.run(*arguments(COMMANDS[name], workloads[SMALL]))  # what is made once is made before
    small, large = (
        calls(desk, arguments(COMMANDS[name], workloads[case])) for case in (SMALL, LARGE)
    )
    growth = math.log(large / small) / math.log(LARGE.provisions / SMALL.provisions)
    assert growth <= MOST, f"{small:,} calls become {large:,}: exponent {growth:.2f}"
