"""The bars that were set, and what was reached."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from bench.quality import Matched, summed
from bench.results import Results, Waited
from bench.waiting import CASES, FORMS, RESOLUTION, growths, of

OURS, COMPARE = "ours:consolidate", "ours:compare"


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
        *_waits(results),
        *_peers(results),
        *_limits(results),
        *_quality(results),
    )


def _waits(results: Results) -> Iterator[Bar]:
    """Yield what a person waits for, in processor seconds."""
    waited = results.waited
    others = [w for w in waited if w.size == RESOLUTION and w.name in FORMS]
    slowest = max(others, key=lambda w: w.seconds, default=None)
    name = f", the slowest: {slowest.name}" if slowest else ""
    yield _wait(f"{RESOLUTION}, any command but verify and pdf{name}", 0.25, 0.15, slowest)
    small, large = map(str, CASES)
    for what, size, bar, beyond in (
        ("verify", RESOLUTION, 0.4, 0.3),
        ("pdf", RESOLUTION, 1.2, 0.9),
        ("pdf", small, 4.0, 3.0),
        ("conflicts", large, 2.5, 1.5),
        ("html", large, 4.5, 2.5),
        ("show", large, 1.5, 0.8),
        ("docx", small, 0.6, 0.45),
        ("compare html", small, 0.7, 0.5),
        ("matrix html", small, 0.6, 0.4),
    ):
        yield _wait(f"{what}, {size}", bar, beyond, of(waited, what, size))
    conference = next((w for w in waited if w.name == "conference"), None)
    whole = conference.size if conference else "a conference"
    yield _wait(f"{whole} to html, two processes", 30, 15, conference)
    for size in (RESOLUTION, small):
        pdf, chromium = of(waited, "pdf", size), of(waited, "Chromium prints the page", size)
        yield Bar(
            what=f"pdf, {size}, against Chromium printing the page",
            bar=1.0,
            reached=pdf.seconds / chromium.seconds if pdf and chromium else None,
            unit="× Chromium",
        )
    exponents = growths(waited)
    steepest = max(exponents, key=lambda name: exponents[name], default="")
    yield Bar(
        what=f"growth of every command, {small} to {large}, the steepest: {steepest}",
        bar=1.15,
        beyond=1.05,
        reached=exponents.get(steepest),
        unit="exponent",
    )
    memories = [w for w in waited if w.size == large]
    hungriest = max(memories, key=lambda w: w.memory, default=None)
    yield Bar(
        what=f"memory of any command, {large}" + (f": {hungriest.name}" if hungriest else ""),
        bar=300,
        beyond=200,
        reached=hungriest.memory if hungriest else None,
        unit="MB",
    )


def _wait(what: str, bar: float, beyond: float, waited: Waited | None) -> Bar:
    reached = waited.seconds if waited else None
    return Bar(what=what, bar=bar, beyond=beyond, reached=reached, unit="s")


def _peers(results: Results) -> Iterator[Bar]:
    pair = next((m for m in results.pairs if m.case.provisions == 300), None)
    yield Bar(
        what="two texts of 300 provisions, against xmldiff with fast match on bare XML",
        bar=12,
        beyond=15,
        reached=pair.ratio("pairs:xmldiff-bare", COMPARE) if pair else None,
        unit="× faster",
        rising=True,
    )
    for unit, bar, beyond in (("words", 2.5, 5.0), ("lines", 0.6, 1.0)):
        yield Bar(
            what=f"{results.many.case}, against git merge-file on {unit}",
            bar=bar,
            beyond=beyond,
            reached=results.many.ratio(f"nway:git-{unit}", OURS),
            unit="× faster",
            rising=True,
        )


def _limits(results: Results) -> Iterator[Bar]:
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
