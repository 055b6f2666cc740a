"""Ask the validator of the Open XML SDK, of the format's own makers, what it thinks of a file."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.programs import program


def schema_faults(folder: Path, files: Iterable[bytes]) -> list[str]:
    """Return what is wrong with some Word files, two at a time: each start takes a second."""
    paths = []
    for number, data in enumerate(files):
        paths.append(folder / f"checked-{number}.docx")
        paths[-1].write_bytes(data)
    with ThreadPoolExecutor(2) as pool:
        return [fault for faults in pool.map(_faults, paths) for fault in faults]


def _faults(path: Path) -> list[str]:
    run = subprocess.run(
        [program("ooxml-validator"), path], capture_output=True, timeout=120, check=False
    )
    answer = json.loads(run.stdout)
    return [f"{path.name}: {json.dumps(error)}" for error in answer["errors"]]
