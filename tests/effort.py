"""How much is tried: a sample of everything, everything, or new examples for some time.

``scripts/test`` sets RESAMEND_EFFORT. The first two draw the same examples everywhere, each time.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import Phase, settings


class Effort(StrEnum):
    """Say how much is tried; ``EXPLORE`` draws other examples each time."""

    QUICK = "quick"
    ALL = "all"
    EXPLORE = "explore"


EFFORT = Effort(os.environ.get("RESAMEND_EFFORT") or "quick")
MORE = 5
"""How many times as many examples a law is tried on where everything is."""
MINUTES = float(os.environ.get("RESAMEND_MINUTES") or 1)
"""How long is explored."""
_ENDLESS = 10**7

long = pytest.mark.long
"""Mark what is tried with ``scripts/test --all`` only."""


def tries(quick: int) -> int:
    """Return how often a law is tried, of which ``quick`` examples are a sample."""
    many = int(os.environ.get("RESAMEND_TRIES") or quick * MORE)
    return {Effort.QUICK: quick, Effort.ALL: many, Effort.EXPLORE: _ENDLESS}[EFFORT]


def lives(quick: int) -> int:
    """Return how many lives of a dossier are tried; when exploring, as many more as minutes."""
    return int(quick * max(MINUTES, 1)) if EFFORT is Effort.EXPLORE else tries(quick)


def laws_settings() -> settings:
    """Return the settings of all laws: no database, and the same examples unless exploring."""
    return settings(
        max_examples=tries(200),
        deadline=None,
        print_blob=True,
        database=None,
        derandomize=EFFORT is not Effort.EXPLORE,
        phases=[phase for phase in Phase if phase is not Phase.explain],
    )


def sample(*axes: Iterable[Any], spare: int = 1) -> list[Any]:
    """Return the combinations of some axes; all but each value of each axis once are ``long``.

    Of a single axis, every ``spare``-th value is tried each time.

    >>> [len(combination.marks) for combination in sample("ab", "xyz")]
    [0, 1, 0, 1, 0, 1]
    """
    values = [list(axis) for axis in axes]
    chosen = {tuple(axis[n % len(axis)] for axis in values) for n in range(max(map(len, values)))}
    if len(values) == 1:
        chosen = {(value,) for value in values[0][::spare]}
    return [
        pytest.param(*each, marks=[] if each in chosen else [long]) for each in _product(values)
    ]


def _product(axes: Sequence[list[Any]]) -> Iterable[tuple[Any, ...]]:
    if not axes:
        return [()]
    return [(value, *rest) for value in axes[0] for rest in _product(axes[1:])]


class Share:
    """Count the examples of each law, and end one whose share of the time is used up.

    A law of which an example has failed goes on until that example is as small as it gets.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self.examples: Counter[str] = Counter()
        self._until: dict[str, float] = {}
        self._failed: set[str] = set()
        self.ended: set[str] = set()

    def begin(self, law: str) -> None:
        """Begin an example; skip what is left of the law where its share is used up."""
        until = self._until.setdefault(law, time.monotonic() + self.seconds)
        if time.monotonic() > until and law not in self._failed:
            self.ended.add(law)
            pytest.skip("explored")
        self.examples[law] += 1

    def counted(self, law: str, test: Callable[..., Any]) -> Callable[..., Any]:
        """Return what a law tries on each example, counted."""

        def tried(*arguments: Any, **named: Any) -> Any:
            self.begin(law)
            try:
                return test(*arguments, **named)
            except Exception as error:
                if type(error).__module__.split(".")[0] != "hypothesis":
                    self._failed.add(law)
                raise

        return tried


SHARE = Share()
"""The examples of this process."""
