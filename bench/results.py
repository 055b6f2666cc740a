"""All that one run of the benchmark finds out: values, and what follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from msgspec import Struct

from bench.harness import Figure, Limits
from bench.inputs import Case
from bench.quality import Quality, Steadiness


class Measured(Struct, frozen=True, kw_only=True):
    """Hold the figures of some tools on one workload."""

    case: Case
    figures: tuple[Figure, ...]

    def of(self, tool: str) -> Figure:
        """Return the figure of one tool."""
        return next(figure for figure in self.figures if figure.tool == tool)

    def ratio(self, tool: str, to: str = "floors:floor") -> float:
        """Return how many times longer one tool takes than another."""
        return self.of(tool).seconds / self.of(to).seconds


class Loss(Struct, frozen=True, kw_only=True):
    """Hold what became of the proposals in one tool's result; ``None`` is not known.

    ``conflicts`` are those it reports, ``nested`` those of them inside others; ``lost`` counts
    proposed words that are not in the result, ``refused`` edits of ``asked``.
    """

    tool: str
    conflicts: int | None = None
    nested: int = 0
    asked: int = 0
    refused: int = 0
    lost: int | None = None
    fault: str = ""
    order_matters: bool | None = None
    comes_back: bool = False


class StartUp(Struct, frozen=True, kw_only=True):
    """Hold one command's processor time in seconds, with the commands compared to it."""

    name: str
    seconds: float


class Hostile(Struct, frozen=True, kw_only=True):
    """Hold the figure of one hostile text, and whether hash seeds changed its draft."""

    name: str
    figure: Figure
    same: bool


class Waited(Struct, frozen=True, kw_only=True):
    """Hold what a command took, on which size, in seconds and megabytes."""

    name: str
    size: str
    seconds: float
    memory: float


class Machine(Struct, frozen=True, kw_only=True):
    """Say what the figures were measured with."""

    processor: str
    python: str
    versions: tuple[str, ...]


class Results(Struct, frozen=True, kw_only=True):
    """Hold everything that one run measured."""

    machine: Machine
    mode: str
    limits: Limits
    pairs: tuple[Measured, ...]
    pair_losses: tuple[Loss, ...]
    many: Measured
    many_losses: tuple[Loss, ...]
    true_conflicts: int
    sizes: tuple[Measured, ...]
    qualities: tuple[Quality, ...]
    quality_case: Case
    steadiness: Steadiness
    hostile: tuple[Hostile, ...]
    start_up: tuple[StartUp, ...]
    word: tuple[StartUp, ...] = ()
    stages: Measured | None = None
    waited: tuple[Waited, ...] = ()

    def size(self, provisions: int, sources: int) -> Measured | None:
        """Return what was measured at one size."""
        wanted = (provisions, sources)
        return next((m for m in self.sizes if (m.case.provisions, m.case.sources) == wanted), None)

    def started(self, name: str) -> float | None:
        """Return the processor time of a command, if it was run."""
        return next((each.seconds for each in self.start_up if each.name == name), None)

    def growth(self, by: str, tool: str) -> float:
        """Return the exponent by which a tool's time grows with ``provisions`` or ``sources``."""
        if by == "provisions":
            line = [m for m in self.sizes if m.case.sources == 30 and m.case.provisions >= 300]
            points = [(m.case.provisions, m.of(tool).seconds) for m in line]
        else:
            line = [m for m in self.sizes if m.case.provisions == 300]
            points = [(m.case.sources, m.of(tool).seconds) for m in line]
        return exponent(points)


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """Fit e in y = c·x^e by least squares of the logarithms.

    >>> round(exponent([(1, 2), (10, 20), (100, 200)]), 6)
    1.0
    """
    xs, ys = [log(x) for x, _ in points], [log(y) for _, y in points]
    middle_x, middle_y = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((x - middle_x) * (y - middle_y) for x, y in zip(xs, ys, strict=True))
    return above / sum((x - middle_x) ** 2 for x in xs)
