"""The bars that were set, and what was reached."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from bench.quality import Matched, summed
from bench.results import Results

FLOOR, STORED_FLOOR = "floors:floor", "floors:floor-stored"
OURS, STORED, COMPARE = "ours:consolidate", "ours:stored", "ours:compare"


class Bar(Struct, frozen=True, kw_only=True):
    """Hold what was to be reached and what was; ``reached`` is ``None`` where not measured.

    ``rising`` says that more is better; ``unit`` stands behind the figures. ``beyond`` is the
    further aim, where there is one.
    """

    what: str
    bar: float
    beyond: float | None = None
    reached: float | None
    unit: str = "× floor"
    rising: bool = False

    @property
    def met(self) -> bool | None:
        """Tell whether the bar was reached; ``None`` where not measured."""
        return None if self.reached is None else self._reaches(self.bar)

    @property
    def exceeded(self) -> bool:
        """Tell whether the further aim was reached too."""
        return self.beyond is not None and self._reaches(self.beyond)

    def _reaches(self, aim: float) -> bool:
        if self.reached is None:
            return False
        return self.reached >= aim if self.rising else self.reached <= aim


def bars(results: Results) -> tuple[Bar, ...]:
    """Compare what was measured with every bar."""
    return (
        *_speed(results),
        *_growth(results),
        *_peers(results),
        *_starts(results),
        *_limits(results),
        *_quality(results),
    )


def _speed(results: Results) -> Iterator[Bar]:
    for provisions in (300, 3000):
        size = results.size(provisions, 30)
        yield Bar(
            what=f"revised texts to a draft, {provisions} × 30",
            bar=5.0,
            beyond=2.5,
            reached=size.ratio(OURS) if size else None,
        )
    for provisions in (300, 3000):
        size = results.size(provisions, 30)
        yield Bar(
            what=f"stored proposals to a draft, {provisions} × 30",
            bar=2.5,
            beyond=1.5,
            reached=size.ratio(STORED, STORED_FLOOR) if size else None,
            unit="× floor of reading those",
        )


def _growth(results: Results) -> Iterator[Bar]:
    for by, span in (("sources", "300 × 3 to 300 × 300"), ("provisions", "300 × 30 to 3000 × 30")):
        yield Bar(
            what=f"growth with {by}, {span}",
            bar=1.1,
            beyond=1.0,
            reached=results.growth(by, OURS),
            unit="exponent",
        )


def _peers(results: Results) -> Iterator[Bar]:
    pair = next((m for m in results.pairs if m.case.provisions == 300), None)
    yield Bar(
        what="two texts of 300 provisions, against xmldiff with fast match",
        bar=40,
        beyond=150,
        reached=pair.ratio("pairs:xmldiff-fast", COMPARE) if pair else None,
        unit="× faster",
        rising=True,
    )
    yield Bar(
        what=f"{results.many.case}, against git merge-file on words",
        bar=3,
        beyond=8,
        reached=results.many.ratio("nway:git-words", OURS),
        unit="× faster",
        rising=True,
    )


def _starts(results: Results) -> Iterator[Bar]:
    yield _start(results, "consolidate proposals", "import lxml.etree, rapidfuzz, click", 1.6, 1.2)
    yield _start(results, "resamend --version", "import click", 1.3, None)


def _start(results: Results, name: str, to: str, bar: float, beyond: float | None) -> Bar:
    ours, other = results.started(name), results.started(to)
    return Bar(
        what=f"cold start: {name}",
        bar=bar,
        beyond=beyond,
        reached=ours / other if ours and other else None,
        unit=f'× `python -c "{to}"`',
    )


def _limits(results: Results) -> Iterator[Bar]:
    size = results.size(3000, 30)
    yield Bar(
        what="memory, 3000 × 30",
        bar=150,
        beyond=100,
        reached=size.of(OURS).memory if size else None,
        unit="MB",
    )
    for hostile in results.hostile:
        same = "same draft" if hostile.same else "DIFFERENT drafts"
        yield Bar(
            what=f"{hostile.name} ({same} under two hash seeds)",
            bar=2.0,
            reached=hostile.figure.seconds if hostile.same else None,
            unit="s",
        )


def _quality(results: Results) -> Iterator[Bar]:
    conflicts = summed([each.conflicts for each in results.qualities])
    identical = summed([each.identical for each in results.qualities])
    moves = summed([each.moves for each in results.qualities])
    yield _share("conflicts found, of the true ones", 1.0, conflicts.recall)
    yield _share("conflicts true, of those reported", 0.95, conflicts.precision)
    yield _share("identical edits recognised as co-sponsored", 0.999, identical.recall)
    yield _share("moves recognised as moves", None, _worst(moves))
    steady = results.steadiness
    yield _share("runs in which order changes nothing", 1.0, steady.same_in_any_order / steady.runs)
    yield _share("runs from which every text comes back", 1.0, steady.recovered / steady.runs)


def _worst(matched: Matched) -> float:
    return min(matched.recall, matched.precision)


def _share(what: str, bar: float | None, reached: float) -> Bar:
    return Bar(what=what, bar=bar or 0.0, reached=reached, unit="", rising=True)
