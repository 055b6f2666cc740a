"""What tests need besides Python: there, or the test says what it needs, or fails.

RESAMEND_REQUIRE_PROGRAMS, the switch of ``.ci/run``, lets it fail, so that no check can pass
because its tool is missing. RESAMEND_WITHOUT names what is done without even so.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import pytest

REQUIRE = "RESAMEND_REQUIRE_PROGRAMS"
WITHOUT = "RESAMEND_WITHOUT"
NEEDS = "needs "
SAMPLES = Path(os.environ.get("RESAMEND_SHARED", Path(__file__).parents[2] / "shared"))
"""A folder of real files that are not the project's, to try it on where it is there."""


def program(*names: str) -> str:
    """Return the path of the first of some programs that is installed."""
    path = next(filter(None, map(shutil.which, names)), None)
    return path or _lacking(names[0])


def module(name: str) -> None:
    """Need a Python module that is no part of the tests' own extra everywhere."""
    if importlib.util.find_spec(name) is None:
        _lacking(name)


def folder(name: str) -> Path:
    """Return a file or folder of the real files."""
    path = SAMPLES / name
    return path if path.exists() else _lacking("the folder of real files")


def _lacking(what: str) -> NoReturn:
    if os.environ.get(REQUIRE) and what not in os.environ.get(WITHOUT, "").split(","):
        pytest.fail(f"{NEEDS}{what}, which is not here")
    pytest.skip(f"{NEEDS}{what}")


def not_tried(reasons: Iterable[str]) -> str:
    """Say in one line what was not tried, of the reasons for which tests were skipped.

    >>> not_tried(["needs soffice", "needs soffice", "needs chromium", "explored"])
    'Not tried, for lack of: chromium (1 test), soffice (2 tests).'
    """
    lacks = Counter(r.partition(NEEDS)[2] for r in reasons if NEEDS in r)
    each = (f"{what} ({n} test{'s' * (n > 1)})" for what, n in sorted(lacks.items()))
    return f"Not tried, for lack of: {', '.join(each)}." if lacks else ""
