"""Which changes of one text are one question (R5).

The extents of all sources that meet make the raw regions. A phrase of a source is *disputed* if
another source differs from it in at least two of the regions that it meets, and takes part there:
then these are one question, for to choose in each of them apart could give a sentence that nobody
asked for. The regions are the least fixpoint of this, so no order of fusing matters. What all that
take part say alike at either end of a fused region is split off again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from resamend.amendment.edit_references import joins
from resamend.conflict.phrases import Extent, Phrase, extents, footprint, phrases
from resamend.conflict.units import units
from resamend.consolidation import AttributedHunk
from resamend.model import Language, Word


class TextSpan(Struct, frozen=True, gc=False):
    """Hold one question of a text: its doubled coordinates, and the changes in it."""

    lo: int
    hi: int
    changes: tuple[AttributedHunk, ...]


class _Reading(Struct, frozen=True):
    """Hold what some sources that amend a text in the same way ask: of it, and of each region."""

    phrases: tuple[Phrase, ...]
    texts: dict[int, tuple[str, ...]]
    """Their words in each raw region in which they change something."""


def fused(
    base: Sequence[Word], changes: Sequence[AttributedHunk], language: Language
) -> list[TextSpan]:
    """Return the questions of one text, disjoint and in order."""
    base_units = units(base, language)
    parts = [extents(base, base_units, hunks, language) for hunks in _by_reading(changes)]
    raw = _joined_once(_raw([extent for reading in parts for extent in reading], changes))
    if len(parts) < 2 or len(raw) < 2:
        return raw
    phrases_ = [tuple(phrases(base, extents_, language)) for extents_ in parts]
    if not any(phrases_):
        return raw  # nothing joins one of them to another
    readings = [_reading(base, *both, raw) for both in zip(parts, phrases_, strict=True)]
    in_force = [_keys(base[span.lo // 2 : (span.hi + 1) // 2]) for span in raw]
    groups = _Fusion(raw, readings, in_force).groups()
    return [
        TextSpan(
            raw[group[0]].lo, raw[group[-1]].hi, tuple([c for n in group for c in raw[n].changes])
        )
        for group in groups
    ]


def _by_reading(changes: Sequence[AttributedHunk]) -> list[list[AttributedHunk]]:
    """Return the changes of each source, once for sources with the same ones."""
    by_source: dict[str, list[int]] = defaultdict(list)
    for number, change in enumerate(changes):
        for source in change.sources:
            by_source[source].append(number)
    distinct = {tuple(numbers) for numbers in by_source.values()}
    return [
        sorted([changes[n] for n in numbers], key=lambda change: (change.start, change.end))
        for numbers in sorted(distinct)
    ]


def _raw(parts: Sequence[Extent], changes: Sequence[AttributedHunk]) -> list[TextSpan]:
    """Sweep the extents of all once: what meets belongs together."""
    spans: list[tuple[int, int]] = []
    for lo, hi in sorted([(part.lo, part.hi) for part in parts]):
        if spans and lo <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], hi))
        else:
            spans.append((lo, hi))
    members: list[list[AttributedHunk]] = [[] for _ in spans]
    ends = [hi for _, hi in spans]
    for change in changes:
        members[bisect_left(ends, footprint(change)[0])].append(change)
    return [TextSpan(lo, hi, tuple(some)) for (lo, hi), some in zip(spans, members, strict=True)]


def _joined_once(raw: list[TextSpan]) -> list[TextSpan]:
    """Make one question of all spans at which one provision is joined to the text.

    It can stand at one of them only: who puts it elsewhere asks for another text all between.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for number, span in enumerate(raw):
        for id in {id for change in span.changes for id in joins(change.words)}:
            places[id].append(number)
    merged = raw
    for numbers in places.values():
        lo, hi = raw[numbers[0]].lo, raw[numbers[-1]].hi
        inside = [span for span in merged if lo <= span.hi and span.lo <= hi]
        if len(inside) > 1:
            changes = tuple(change for span in inside for change in span.changes)
            whole = TextSpan(inside[0].lo, inside[-1].hi, changes)
            at = merged.index(inside[0])
            merged = [*merged[:at], whole, *merged[at + len(inside) :]]
    return merged


def _reading(
    base: Sequence[Word],
    parts: Sequence[Extent],
    phrases_: tuple[Phrase, ...],
    raw: Sequence[TextSpan],
) -> _Reading:
    """Return what one way of amending a text asks in each raw region."""
    ends = [span.hi for span in raw]
    within: dict[int, tuple[AttributedHunk, ...]] = defaultdict(tuple)
    for part in parts:
        within[bisect_left(ends, part.lo)] += part.hunks
    texts = {n: _keys(Extent(raw[n].lo, raw[n].hi, hunks).own(base)) for n, hunks in within.items()}
    return _Reading(phrases_, texts)


def _keys(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple([word.key for word in words])


class _Fusion:
    """Fuse raw regions, named by their numbers, until no disputed phrase is divided."""

    def __init__(
        self,
        raw: Sequence[TextSpan],
        readings: Sequence[_Reading],
        in_force: Sequence[tuple[str, ...]],
    ) -> None:
        self.raw = raw
        self.readings = readings
        self.in_force = in_force

    def groups(self) -> list[list[int]]:
        """Return the numbers of the raw regions of each question."""
        groups = [[n] for n in range(len(self.raw))]
        waiting = [(phrase, who) for who in self.readings for phrase in who.phrases]
        size = -1
        while waiting and len(waiting) != size:
            size = len(waiting)
            left = []
            for phrase, who in waiting:
                met = [g for g, group in enumerate(groups) if self._meets(group, phrase)]
                numbers = [n for g in met for n in groups[g]]
                if self._disputed(phrase, who, numbers):
                    groups[met[0] : met[-1] + 1] = [numbers]
                else:
                    left.append((phrase, who))
            waiting = left
        return [part for group in groups for part in self._peeled(group)]

    def _meets(self, group: Sequence[int], phrase: Phrase) -> bool:
        return self.raw[group[0]].lo <= phrase.hi and phrase.lo <= self.raw[group[-1]].hi

    def _disputed(self, phrase: Phrase, who: _Reading, numbers: Sequence[int]) -> bool:
        """Tell whether another source asks for something else in two of some regions at least."""
        if len(numbers) < 2:
            return False
        for other in self.readings:
            taking = [n for n in numbers if n in other.texts]
            if other is who or not taking:
                continue
            apart = [n for n in numbers if self._text(who, n) != self._text(other, n)]
            if phrase.weak:
                apart = [n for n in apart if n in other.texts and n in who.texts]
            if len(apart) > 1 and any(n in other.texts for n in apart):
                return True
        return False

    def _text(self, who: _Reading, number: int) -> tuple[str, ...]:
        return who.texts.get(number, self.in_force[number])

    def _peeled(self, group: list[int]) -> list[list[int]]:
        """Split off, at either end, what all that take part in the rest say alike."""
        head: list[list[int]] = []
        tail: list[list[int]] = []
        while len(group) > 1:
            if self._at_one(group, group[0]):
                head.append([group[0]])
                group = group[1:]
            elif self._at_one(group, group[-1]):
                tail.insert(0, [group[-1]])
                group = group[:-1]
            else:
                break
        return [*head, group, *tail]

    def _at_one(self, group: Sequence[int], number: int) -> bool:
        taking = [who for who in self.readings if any(n in who.texts for n in group)]
        return len({who.texts.get(number) for who in taking}) == 1
