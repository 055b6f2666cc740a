"""What tests need besides Python: there, or the test is skipped (or fails, where all must run)."""

from __future__ import annotations

import os
import shutil

import pytest

REQUIRE = "RESAMEND_REQUIRE_PROGRAMS"


def program(*names: str) -> str:
    """Return the path of the first of some programs that is installed.

    Without any the test is skipped; it fails where ``RESAMEND_REQUIRE_PROGRAMS`` is set, so that
    a check cannot pass because its tool is missing.
    """
    found = next(filter(None, map(shutil.which, names)), None)
    if found:
        return found
    message = f"none of these programs is installed: {', '.join(names)}"
    if os.environ.get(REQUIRE):
        pytest.fail(message)
    pytest.skip(message)
