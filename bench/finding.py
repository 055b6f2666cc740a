"""What it takes to find the points of a draft: ``python -m bench.finding [PROVISIONS SOURCES]``.

Printed are the milliseconds of the processor: the first time in a process, and the least of some.
Each time the text in force is read anew, so that nothing is left of the time before; a version that
keeps beside it what was made of each provision would else be measured looking that up. To measure
another version on the same files, run this file with that version first on PYTHONPATH:
``PYTHONPATH=OTHER:OTHER/src python bench/finding.py FOLDER``.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.inputs import Case, Inputs
from bench.stages import TOOLS
from bench.writing import written

TRIES = 6


def milliseconds(inputs: Inputs) -> float:
    """Find once, in a text in force that was just read; return the processor's milliseconds."""
    finding = next(tool for tool in TOOLS if tool.key == "find")
    draft = finding.prepare(inputs)
    began = time.process_time()
    finding.run(inputs, draft)
    return 1000 * (time.process_time() - began)


def _print(inputs: Inputs) -> None:
    first, *later = [milliseconds(inputs) for _ in range(TRIES)]
    print(f"find: {first:.0f} ms the first time, then {min(later):.0f} ms at least")


def main(arguments: Sequence[str]) -> None:
    """Measure on a folder of inputs, or on some that are made: 300 provisions, 30 sources."""
    if len(arguments) == 1:
        _print(Inputs(Path(arguments[0])))
        return
    with TemporaryDirectory() as folder:
        _print(written(Case(*map(int, arguments or ("300", "30"))), Path(folder)))


if __name__ == "__main__":
    main(sys.argv[1:])
