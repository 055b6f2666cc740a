"""Uncontested changes as they are shown: those that are read as one phrase together.

What is found and recorded stays word by word. A page shows two changes of one source as one phrase
where one reads on into the other (``difference.phrasing``); whoever lists or counts changes does so
by the phrases that the page shows, so that its reader finds each again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from resamend.conflict import OptionKind, Region, Standing, Stream
from resamend.conflict.ends import parted
from resamend.consolidation import Consolidated, Sources, TextMarks
from resamend.difference import Hunk
from resamend.difference.phrasing import as_one, reads_on, replacement
from resamend.matching import ProvisionIndex, index_of
from resamend.redlines.spans import within


class ShownPhrase(Struct, frozen=True):
    """Hold a change as it is shown, and the changes that are stored of it, in their order."""

    region: Region
    parts: tuple[Region, ...]


def shown_phrases(consolidated: Consolidated, regions: Iterable[Region]) -> tuple[ShownPhrase, ...]:
    """Return uncontested changes as they are shown, in the order of the first part of each."""
    regions = tuple(regions)
    index = index_of(consolidated.base)
    texts: dict[str, list[Region]] = defaultdict(list)
    for region in regions:
        if region.stream is Stream.TEXT and region.options:
            texts[region.target].append(region)
    marks = {m.target: m for m in consolidated.texts if len(texts.get(m.target, ())) > 1}
    joined: dict[str, ShownPhrase] = {}
    for target, text_marks in marks.items():
        ordered = sorted(texts[target], key=lambda region: region.lo)
        text = _Text(index, parted(index, text_marks))
        for phrase in text.phrases(ordered):
            joined |= {part.id: phrase for part in phrase.parts}
    phrases = (joined.get(region.id) or ShownPhrase(region, (region,)) for region in regions)
    return tuple({phrase.region.id: phrase for phrase in phrases}.values())


class _Text:
    """Join the changes of one text."""

    def __init__(self, index: ProvisionIndex, marks: TextMarks) -> None:
        self.marks = marks
        self.words = index.words(index.at[marks.target])
        self.language = index.resolution.language

    def phrases(self, regions: list[Region]) -> Iterator[ShownPhrase]:
        groups = [[regions[0]]]
        whole = self._replaces(regions)
        for one, other in pairwise(regions):
            same = _may_join(one, other) and (whole or self._read_on(one, other))
            if same:
                groups[-1].append(other)
            else:
                groups.append([other])
        yield from (ShownPhrase(self._joined(group), tuple(group)) for group in groups)

    def _replaces(self, regions: list[Region]) -> bool:
        """Tell whether the text is shown as replaced by one group of proponents."""
        if any(not _may_join(one, other) for one, other in pairwise(regions)):
            return False
        who = _asker(regions[0])
        alone = all(who in change.sources for change in self.marks.changes)
        hunks = [hunk for region in regions for hunk in self._hunks(region)]
        return alone and replacement(self.words, hunks, self.language, {}) is not None

    def _read_on(self, one: Region, other: Region) -> bool:
        before, after = self._hunks(one), self._hunks(other)
        return bool(before and after) and reads_on(self.words, before[-1], after[0], self.language)

    def _hunks(self, region: Region) -> list[Hunk]:
        who = _asker(region)
        return [
            Hunk(change.start, change.end, change.words)
            for change in self.marks.changes
            if who in change.sources and within(change, region)
        ]

    def _joined(self, regions: list[Region]) -> Region:
        """Return the one change that some are together."""
        first, last = regions[0], regions[-1]
        hunks = [hunk for region in regions for hunk in self._hunks(region)]
        if len(regions) == 1 or not hunks:
            return first
        hunk = as_one(self.words, hunks, {})
        words = "".join(word.text for word in hunk.words)
        option = replace(first.options[0], text=words, words=hunk.words)
        base = "".join(word.text for word in self.words[hunk.start : hunk.end])
        return replace(first, hi=last.hi, base=base, options=(option,))


def _may_join(one: Region, other: Region) -> bool:
    alike = one.standing is other.standing is not Standing.CONTESTED
    words = all(region.options[0].deed is OptionKind.WORDS for region in (one, other))
    return alike and words and _askers(one) == _askers(other)


def _askers(region: Region) -> Sources:
    return region.options[0].sources


def _asker(region: Region) -> str:
    return next(iter(_askers(region)), "")
