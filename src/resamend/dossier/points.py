"""Give the outstanding points of a dossier their numbers, once and for ever."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping

from resamend.conflict import Region
from resamend.model import Language

Numbers = Mapping[Language, Mapping[str, int]]
AskedPoints = tuple[Region, ...]
"""What is outstanding, then what has no competing proposal and somebody opposes."""


def numbered(
    known: Numbers,
    found: Mapping[Language, AskedPoints],
    before: Mapping[Language, AskedPoints] | None = None,
) -> Numbers:
    """Return the known numbers, and one for each outstanding point that had none.

    A point whose options changed keeps its number: it is the same question where its words meet
    those of a point that was outstanding ``before`` and is no longer. Other new points are
    numbered in the order of the text. One point has one number in all languages: it is the same
    where the same sources ask for as many options at the same place.
    """
    numbers = {language: dict(known.get(language, {})) for language in {*known, *found}}
    for language in found:
        earlier = before.get(language) if before else None
        if earlier:
            _inherit(numbers[language], earlier, found[language])
    taken = {n for ids in numbers.values() for n in ids.values()}
    last = max(taken, default=0)
    shared = _shared(numbers, found)
    for language in sorted(found, key=list(Language).index):
        here = numbers[language]
        for place, region in _places(found[language]):
            if region.id in here:
                continue
            number = shared.get(place, 0)
            if not number or number in here.values():
                last += 1
                number = shared[place] = last
            here[region.id] = number
    return numbers


def _inherit(numbers: dict[str, int], before: AskedPoints, found: AskedPoints) -> None:
    """Give a point that changed the number of the one that it was."""
    now = {region.id for region in found}
    lost = [r for r in before if r.id in numbers and r.id not in now]
    for region in found:
        if region.id not in numbers:
            old = next((other for other in lost if _meet(other, region)), None)
            if old:
                lost.remove(old)
                numbers[region.id] = numbers[old.id]


def _meet(one: Region, other: Region) -> bool:
    """Tell whether two regions are about the same words, or the same provision."""
    if one.target != other.target:
        return False
    apart = one.hi < other.lo or other.hi < one.lo
    return one.stream is not other.stream or not apart


def _shared(numbers: Numbers, found: Mapping[Language, AskedPoints]) -> dict[Hashable, int]:
    """Map each place at which there is a point with a number to that number."""
    return {
        place: numbers[language][region.id]
        for language in sorted(found, key=list(Language).index, reverse=True)
        for place, region in _places(found[language])
        if region.id in numbers[language]
    }


def _places(asked: AskedPoints) -> Iterator[tuple[Hashable, Region]]:
    """Yield each outstanding point with what is the same for it in every language."""
    ranks: Counter[Hashable] = Counter()
    for region in asked:
        place = (
            region.target,
            region.stream,
            region.kinds[0] if region.kinds else None,
            tuple(sorted(option.sources for option in region.options)),
        )
        yield (*place, ranks[place]), region
        ranks[place] += 1
