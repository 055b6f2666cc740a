"""How long the laws are tried, and what the examples held (pytest's hooks)."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.tally import SITUATIONS, TALLY

settings.register_profile(
    "default",
    max_examples=200,
    deadline=None,
    print_blob=True,
    phases=[phase for phase in Phase if phase is not Phase.explain],
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("ci", parent=settings.get_profile("default"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "default")

_together: Counter[str] = Counter()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over what this worker has counted."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["tally"] = dict(TALLY)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Take what a worker has counted."""
    _together.update(getattr(node, "workeroutput", {}).get("tally", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many examples held what, so that nobody trusts laws that were tried on nothing."""
    counted = _together + TALLY
    if not counted["drafts"]:
        return
    terminalreporter.section(f"not vacuous: of {counted['drafts']} drafts")
    for situation in SITUATIONS:
        terminalreporter.write_line(f"{counted[situation]:7}  {situation}")
