"""What a decision about many changes at once may take, and what it leaves to be taken by name.

That no competing proposal was made is no agreement: delegations without a paper speak from the
floor. So nobody suppresses a provision, or changes what binds or what is paid, in passing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from resamend.conflict import OptionKind, Region, Standing, Stream
from resamend.difference.unit_words import CONJUNCTIONS, CURRENCIES, MONTHS, unit_words
from resamend.model import Language
from resamend.words import key_of


class BulkClass(StrEnum):
    """Name what a decision about many changes takes only where it is told to."""

    SUPPRESSIONS = "suppressions"
    MODALS = "modals"
    FIGURES = "figures"


def bulk_class(region: Region, language: Language) -> BulkClass | None:
    """Return the class for which a change is not taken in passing; mostly none."""
    if any(option.deed is OptionKind.SUPPRESS for option in region.options):
        return BulkClass.SUPPRESSIONS
    if region.stream is not Stream.TEXT or region.standing is not Standing.SINGLE:
        return None
    if region.conjunction:
        return BulkClass.MODALS
    words = unit_words(language)
    changed = set(_changed(region))
    bare = {word for word in changed if any(map(str.isalnum, word))}
    if changed & words.modals or (bare and bare <= CONJUNCTIONS):  # "and" in a clause is none
        return BulkClass.MODALS
    figures = words.numerals | words.multipliers | MONTHS | CURRENCIES
    if changed & figures or any(word[0].isdigit() for word in changed):
        return BulkClass.FIGURES
    return None


def _changed(region: Region) -> Iterable[str]:
    """Return the words, in small letters, that stand on one side only."""
    old = _small(key_of(region.base))
    for option in region.options:
        new = _small(word.key for word in option.words if word.key)
        yield from old ^ new


def _small(keys: Iterable[str]) -> set[str]:
    return {key.casefold() for key in keys}


def without_prejudice(gates: Sequence[str], numbers: Sequence[int]) -> str:
    """Return the condition on which something is decided inside gates that are not answered."""
    if not gates:
        return ""
    names = [
        str(number) if number else gate[:8] for gate, number in zip(gates, numbers, strict=True)
    ]
    return f"without prejudice to point{'s' if len(names) > 1 else ''} {', '.join(names)}"
