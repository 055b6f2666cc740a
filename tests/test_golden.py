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


def printed(command: str, *options: str, columns: int = 80) -> bytes:
    return subprocess.run(
        [Path(sys.executable).parent / "resamend", command, "resolutions/140", *options],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": str(columns)},
        capture_output=True,
        check=True,
    ).stdout


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("form", ["terminal", "text", "html"])
def test_golden(form: str, language: str) -> None:
    held(f"140.{language}.{form}", printed("consolidate", "-f", form, "--lang", language))


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("command", ["compare", "matrix"])
def test_golden_tables(command: str, language: str, columns: int) -> None:
    shown = printed(command, "-f", "text", "--lang", language, columns=columns)
    held(f"140.{command}.{language}.{columns}.text", shown)


def held(name: str, shown: bytes) -> None:
    """Compare with what somebody has looked at; keep it, where that is asked for."""
    kept = GOLDEN / name
    if os.environ.get("RESAMEND_KEEP"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(shown)
    assert shown.decode() == kept.read_bytes().decode()
