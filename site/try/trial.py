"""In the browser: files in memory, the command line as everywhere, the page or what is wrong."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from resamend.cli import run

SAMPLES = Path(__file__).parent / "resamend/resolutions/140/originals"


def sample() -> dict[str, bytes]:
    """Return the sample texts in English, by the names of their files."""
    return {path.name: path.read_bytes() for path in sorted(SAMPLES.glob("*.en.txt"))}


def consolidate(files: Iterable[Mapping[str, Any]], language: str) -> tuple[str, str]:
    """Return the draft as a page, which is empty where none could be made, and what is to be said.

    A file has a ``name``, its ``content``, whether it is the ``base``, and its ``source``.
    """
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        given = sorted(files, key=lambda file: not file["base"])
        names = [_put(home, file, number) for number, file in enumerate(given)]
        out = home / "draft.html"
        notes = io.StringIO()
        options = ["--lang", language] if language else []
        with contextlib.redirect_stderr(notes), contextlib.chdir(home):
            code = run(["consolidate", *names, *options, "-o", out.name])
        page = out.read_text(encoding="utf-8") if code == 0 else ""
        return page, notes.getvalue().replace("resamend: ", "")


def _put(home: Path, file: Mapping[str, Any], number: int) -> str:
    """Write a file, under a name that says whose it is where its first line may not."""
    name = PurePosixPath(file["name"]).name
    source = "" if file["base"] else file["source"]
    if source:
        name = f"{source.replace('/', '-')}{PurePosixPath(name).suffix.lower()}"
    if (home / name).exists():
        name = f"{number}-{name}"
    (home / name).write_bytes(bytes(file["content"]))
    return name
