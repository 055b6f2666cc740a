"""How well similar wording is told from the same formula about something else.

``python -m bench.convergence`` prints precision and recall for each language, on pairs of texts
written for this (bench/alike): texts that say nearly the same in other words (``near``), that
differ in a modal, a negation, a figure or a date (``critical``), that share a formula but are about
something else (``formula``), and unrelated ones. The first two are to be found. Words and threshold
were chosen on ``<language>.tsv``; ``<language>.aside.tsv`` was written afterwards
(docs/convergence.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from resamend.conflict.similar import THRESHOLD, score
from resamend.model import Language

LANGUAGES = tuple(Language)
ASIDE = ".aside"
SAME = frozenset({"near", "critical"})
_FOLDER = Path(__file__).parent / "alike"


class Pair(Struct, frozen=True):
    """Hold two texts, and how they are to each other."""

    label: str
    one: str
    other: str
    language: Language

    @property
    def same(self) -> bool:
        """Tell whether they say nearly the same."""
        return self.label in SAME


class Judged(Struct, frozen=True):
    """Count what was found rightly, found wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Return the share of what was found that is so."""
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        """Return the share of what is so that was found."""
        return self.right / max(self.right + self.missed, 1)


def pairs(language: Language, aside: str = "") -> tuple[Pair, ...]:
    """Read the labelled pairs of a language; ``.aside`` are those left aside."""
    lines = (_FOLDER / f"{language}{aside}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(Pair(*line.split("\t"), language) for line in lines)


def judged(known: Iterable[Pair], threshold: float = THRESHOLD) -> Judged:
    """Compare what the score says of some pairs with what they are."""
    told = [(pair.same, score(pair.one, pair.other, pair.language) >= threshold) for pair in known]
    return Judged(
        right=sum(same and found for same, found in told),
        wrong=sum(found and not same for same, found in told),
        missed=sum(same and not found for same, found in told),
    )


def _row(name: str, known: Sequence[Pair], threshold: float) -> str:
    result = judged(known, threshold)
    told = (name, len(known), *(f"{v:.2f}" for v in (threshold, result.precision, result.recall)))
    return f"| {' | '.join(map(str, told))} |"


def table() -> str:
    """Return precision and recall as a table: of all pairs, and of those left aside."""
    lines = [
        "| pairs | number | threshold | precision | recall |",
        "| --- | --- | --- | --- | --- |",
    ]
    for language in LANGUAGES:
        lines.append(_row(f"{language}, chosen on", pairs(language), THRESHOLD))
        lines.append(_row(f"{language}, left aside", pairs(language, ASIDE), THRESHOLD))
    everything = [pair for language in LANGUAGES for pair in pairs(language)]
    steps = (step / 100 for step in range(56, 93, 4))
    return "\n".join([*lines, *(_row("all, chosen on", everything, step) for step in steps)])


def main() -> None:
    """Print the table, and the pairs that are judged wrongly."""
    print(table())
    for language in LANGUAGES:
        for pair in (*pairs(language), *pairs(language, ASIDE)):
            value = score(pair.one, pair.other, pair.language)
            if (value >= THRESHOLD) is not pair.same:
                print(f"\n{language} {pair.label} {value:.2f}\n  {pair.one}\n  {pair.other}")


if __name__ == "__main__":
    main()
