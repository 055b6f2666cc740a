"""Run the benchmark: ``python -m bench [--quick] [--scale] [--no-write]``.

The page goes to stdout and, with its drawing, to ``docs/``; what is being done goes to stderr.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from bench.harness import ROOT
from bench.plot import plot
from bench.report import report, scale_report
from bench.runs import FULL, QUICK, carry_out, scale

DOCS = ROOT / "docs"


def main() -> None:
    """Read the options, measure, print and write."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measure resamend.")
    parser.add_argument("--quick", action="store_true", help="under two minutes, fewer rounds")
    parser.add_argument("--scale", action="store_true", help="only 3,000 × 300: 440 MB of XML")
    parser.add_argument("--no-write", action="store_true", help="print only, leave docs/ alone")
    asked = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="resamend-bench-") as name:
        if asked.scale:
            page = scale_report(scale(Path(name)))
            print(page, end="")
            if not asked.no_write:
                (DOCS / "benchmarks-scale.md").write_text(page)
        else:
            _measure(asked, Path(name))
    print(f"bench: done in {time.monotonic() - began:.0f} s", file=sys.stderr)


def _measure(asked: argparse.Namespace, folder: Path) -> None:
    results = carry_out(QUICK if asked.quick else FULL, folder)
    page = report(results, option=" --quick" if asked.quick else "")
    print(page, end="")
    if not asked.no_write:
        (DOCS / "benchmarks.md").write_text(page)
        (DOCS / "benchmarks.svg").write_text(plot(results))


if __name__ == "__main__":
    main()
