"""How the work grows with the text: ``python -m bench.curves [SIZE …]``.

Of each thing that is done, and of texts of each size in provisions: the calls, the seconds of the
processor, and the exponents of both from the size before (1 is in proportion, 2 a square). The
tests hold the exponent of the calls; loops without a call show in the seconds alone, which a busy
machine changes.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Sequence

from tests.curves import CURVES, Curve, calls

SIZES = (200, 400, 800, 1600)


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds of the processor that some work takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def lines(curve: Curve, sizes: Sequence[int]) -> list[str]:
    """Return a line for each size."""
    curve(4)()  # what is made once for all is no part of it
    rows = [(size, calls(curve(size)), seconds(curve(size + 1))) for size in sizes]
    printed = []
    for before, (size, called, taken) in zip([None, *rows], rows, strict=False):
        line = f"{curve.__name__:12} {size:6} {called:11,} calls {taken:8.3f} s"
        if before:
            growth = math.log(size / before[0])
            exponents = [
                math.log(now / max(then, 1e-3)) / growth
                for then, now in ((before[1], called), (before[2], max(taken, 1e-3)))
            ]
            line += " {:6.2f} {:6.2f}".format(*exponents)
        printed.append(line)
    return printed


def main(sizes: Sequence[int]) -> None:
    """Print the curve of each thing that is done."""
    print(f"{'what':12} {'size':>6} {'calls':>17} {'seconds':>10} {'exponents':>13}")
    for curve in CURVES:
        print(*lines(curve, sizes), sep="\n", flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
