"""The work grows as the text does: what is done to four times as much is counted, not timed."""

from __future__ import annotations

import math

import pytest

from tests.curves import CURVES, LEAST, Curve, calls
from tests.effort import EFFORT, Effort

SIZE, LARGE = 200, 500
"""Provisions in the smaller text; and where everything is tried."""
TIMES = 4
EXPONENT = 1.15
"""What the calls may grow by: with the size to this power."""


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: str(curve.__name__))
def test_work_is_in_proportion(curve: Curve) -> None:
    size = max(LARGE if EFFORT is Effort.ALL else SIZE, LEAST.get(curve, 0))
    curve(TIMES)()  # what is made once for all is no part of it
    small, large = calls(curve(size)), calls(curve(size * TIMES))
    assert math.log(large / small, TIMES) <= EXPONENT, f"{small} calls, then {large}"
