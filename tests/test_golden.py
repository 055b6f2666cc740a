"""The drafts of Resolution 140 and its French version, as somebody has looked at them.

When one changes, look at it before you keep it: RESAMEND_KEEP=1 scripts/test -k golden
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"


def consolidated(*options: str) -> bytes:
    return subprocess.run(
        [Path(sys.executable).parent / "resamend", "consolidate", "resolutions/140", *options],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "80"},
        capture_output=True,
        check=True,
    ).stdout


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("form", ["terminal", "text", "html"])
def test_golden(form: str, language: str) -> None:
    kept = GOLDEN / f"140.{language}.{form}"
    shown = consolidated("-f", form, "--lang", language)
    if os.environ.get("RESAMEND_KEEP"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(shown)
    assert shown.decode() == kept.read_bytes().decode()
