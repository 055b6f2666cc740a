"""The work grows as the text does: what is done to four times as much is counted, not timed."""

from __future__ import annotations

import cProfile
import math
import pstats
import time
from collections.abc import Callable

import pytest

from tests.curves import CURVES
from tests.effort import EFFORT, Effort

Curve = Callable[[int], Callable[[], object]]
SIZE, LARGE = 200, 500
"""Provisions in the smaller text; and where everything is tried."""
TIMES = 4
EXPONENT = 1.15
"""What the calls may grow by: with the size to this power."""
LOOPS = 1.6
"""What the time may: loops without a call count too, and clocks of a busy machine are coarse."""


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: str(curve.__name__))
def test_work_is_in_proportion(curve: Curve) -> None:
    size = LARGE if EFFORT is Effort.ALL else SIZE
    curve(TIMES)()  # what is made once for all is no part of it
    small, large = calls(curve(size)), calls(curve(size * TIMES))
    assert math.log(large / small, TIMES) <= EXPONENT, f"{small} calls, then {large}"


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: str(curve.__name__))
def test_time_is_not_that_of_a_square(curve: Curve) -> None:
    size = LARGE if EFFORT is Effort.ALL else SIZE
    curve(TIMES)()
    small, large = seconds(curve, size), seconds(curve, size * TIMES)
    assert math.log(large / max(small, 0.05), TIMES) <= LOOPS, f"{small:.3f} s, then {large:.3f} s"


def calls(work: Callable[[], object]) -> int:
    profile = cProfile.Profile()
    profile.runcall(work)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


def seconds(curve: Curve, size: int) -> float:
    """Return the lesser of two; the second text is another one, since texts are remembered."""
    taken = []
    for more in range(2):
        work = curve(size + more)
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)
