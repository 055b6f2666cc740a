"""How much is tried, what the examples held, and what was not tried (pytest's hooks)."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from hypothesis.vendor.pretty import RepresentationPrinter
from msgspec import Struct

from resamend.amendment import Proposal
from resamend.model import Provision, Resolution
from tests.effort import EFFORT, MINUTES, SHARE, Effort, laws_settings
from tests.programs import not_tried
from tests.tally import ASKED, SITUATIONS, TALLY

settings.register_profile(
    "resamend", parent=laws_settings(), suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("resamend")
if EFFORT is not Effort.EXPLORE:
    # Hypothesis draws from the constants of the modules that happen to be loaded: the examples
    # would be others with each change of a file, and with each way to share tests among processes.
    providers._get_local_constants = lambda: providers._local_constants  # none yet


def _in_full(value: Struct, printer: RepresentationPrinter, _cycle: bool) -> None:
    printer.text(Struct.__repr__(value))


for value_type in (
    Resolution,
    Provision,
    Proposal,
):  # their own repr is short, and an example is to be seen
    setattr(value_type, "_repr_pretty_", _in_full)  # noqa: B010

FOUND = Path(__file__).parents[1] / ".explored.txt"
"""Where the examples are kept that fell while exploring."""
_together: Counter[str] = Counter()
_explored: Counter[str] = Counter()


def pytest_configure(config: pytest.Config) -> None:
    """Name the mark of what takes long."""
    config.addinivalue_line("markers", "long: tried with scripts/test --all only")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes long; when exploring, all but the laws, which share the time."""
    if EFFORT is Effort.ALL:
        return
    keep = _is_law if EFFORT is Effort.EXPLORE else _is_quick
    config.hook.pytest_deselected(items=[item for item in items if not keep(item)])
    items[:] = [item for item in items if keep(item)]
    if EFFORT is Effort.EXPLORE and items:
        workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
        SHARE.seconds = 60 * MINUTES * workers / len(items)


def _is_quick(item: pytest.Item) -> bool:
    return item.get_closest_marker("long") is None


def _is_law(item: pytest.Item) -> bool:
    return getattr(getattr(item, "obj", None), "is_hypothesis_test", False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Any:
    """Count the examples of a law that is explored."""
    held = getattr(getattr(item, "obj", None), "hypothesis", None)
    if EFFORT is not Effort.EXPLORE or held is None:
        return (yield)
    test = held.inner_test
    held.inner_test = SHARE.counted(item.nodeid, test)
    try:
        return (yield)
    except Exception:
        if item.nodeid in SHARE.ended:  # Hypothesis does not like it when a test ends early
            pytest.skip("explored")
        raise
    finally:
        held.inner_test = test


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Write what is found at once when exploring: a run that is stopped must not lose it."""
    if EFFORT is Effort.EXPLORE and report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        with FOUND.open("a", encoding="utf-8") as file:
            file.write(f"{report.nodeid}\n{report.longreprtext}\n")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over what this worker has counted."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["tally"] = dict(TALLY)
        session.config.workeroutput["explored"] = dict(SHARE.examples)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Take what a worker has counted."""
    output = getattr(node, "workeroutput", {})
    _together.update(output.get("tally", {}))
    _explored.update(output.get("explored", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was tried on what, so that nobody trusts laws that were tried on nothing."""
    explored = _explored + SHARE.examples
    if explored:
        _tell_explored(terminalreporter, explored)
    counted = _together + TALLY
    for drafts, situations in (("drafts", SITUATIONS), ("asked", ASKED)):
        if counted[drafts]:
            terminalreporter.section(f"not vacuous: of {counted[drafts]} drafts")
            for situation in situations:
                terminalreporter.write_line(f"{counted[situation]:7}  {situation}")
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    line = not_tried(reason.partition("Skipped: ")[2].rstrip("')") for reason in skipped)
    if line:
        terminalreporter.section("not tried")
        terminalreporter.write_line(line)


def _tell_explored(terminalreporter: pytest.TerminalReporter, explored: Counter[str]) -> None:
    terminalreporter.section(f"explored: {explored.total()} examples")
    for law, examples in sorted(explored.items()):
        terminalreporter.write_line(f"{examples:7}  {law}")
    if terminalreporter.stats.get("failed"):
        terminalreporter.section("how to pin what was found")
        terminalreporter.write_line(PIN)


PIN = """\
All of it is kept in .explored.txt, also when the run is stopped.
1. Put the line @reproduce_failure(…) that is printed above on the law: scripts/test -k LAW then
   fails the same way each time. (It holds for this version of Hypothesis only, so it is not kept.)
2. Write the example as a test of its own, below the law: the texts with tests/build.py, with words
   that can be read, and one line that says what went wrong. Values that can be written down in one
   line go on the law instead: @example(…).
3. Mend the cause. Take the line away, and see the test fail without the mend and pass with it."""
