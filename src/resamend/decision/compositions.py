"""Provisions that records put together from several proposals, and whether they were read (R6).

Where no question is left in a text, what its changes make together is found without records
(`conflict.composing`). Where one is left, or was answered along with many others, only the records
say that the text is nobody's as a whole: it is a point then, until an act that shows it as a whole.
An act that names its point shows it; a decision about many at once shows nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import dropwhile, islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from resamend.amendment import place
from resamend.conflict import ConflictKind, Findings, Option, OptionKind, Region, Standing, Stream
from resamend.conflict.composing import divides, is_editorial
from resamend.conflict.values import short_hash
from resamend.consolidation import Consolidated
from resamend.decision.reading import UnreadProvision, bare, somebodys
from resamend.decision.values import DecisionKind, Record, Replayed
from resamend.matching import ProvisionIndex, index_of

if TYPE_CHECKING:
    from resamend.decision.replaying import Replay

_IN_FORCE = ""
"""Stands for the text in force among the sources of which a text is."""
_WORDS = frozenset(
    {DecisionKind.KEEP, DecisionKind.TAKE, DecisionKind.BOTH, DecisionKind.TEXT}
)  # fmt: skip
"""Acts that say how words read."""


def put_together(
    consolidated: Consolidated, findings: Findings, records: Iterable[Replayed]
) -> Iterator[Region]:
    """Yield, as points, the texts of which no source, nor the text in force, has all the records.

    Those that are points without records are left out.
    """
    known = index_of(consolidated.base)
    held = [each for each in records if each.applied and each.record.act in _WORDS]
    if not held:
        return
    points = {r.target for r in findings.regions if ConflictKind.COMPOSED in r.kinds}
    asked = _Asked(consolidated, findings)
    for target, decided in asked.by_text(held).items():
        if target in known.at and target not in points and asked.is_nobodys(target, decided):
            yield asked.point(known, target, decided)


class TextActs:
    """Know the records that say how each text reads, the last first.

    What was taken back at once is left out: then the text reads as it did before.
    """

    def __init__(self, records: Iterable[Replayed]) -> None:
        self.about: dict[str, list[Record]] = defaultdict(list)
        for record in (each.record for each in records if not each.status.offered):
            texts = (p for p in record.places if p.stream in (Stream.TEXT, Stream.PROVISION))
            for key in {record.region, *(text.target for text in texts)}:
                if not record.act.leaves:
                    self.about[key].append(record)

    def of(self, region: Region) -> Sequence[Record]:
        """Return those about a composed text."""
        keys = (region.target, region.id, *region.parts)
        about = {record.number: record for key in keys for record in self.about.get(key, ())}
        acts: list[Record] = []
        for _, record in sorted(about.items()):
            if record.act.withdraws and acts and acts[-1].number == record.undoes:
                acts.pop()
            else:
                acts.append(record)
        return acts[::-1]

    def show(self, region: Region) -> bool:
        """Tell whether the last of them showed a composed text as a whole."""
        acts = self.of(region)
        return bool(acts) and _shows(acts[0], region)

    def show_all(self, region: Region, held: Mapping[str, Record]) -> bool:
        """Tell the same of one that is a point without records: what its changes make together.

        ``held`` are the records that hold, by region.
        """
        acts = self.of(region)
        before = dropwhile(lambda r: r.act is DecisionKind.TAKE and r.region in region.parts, acts)
        if any(record.act is DecisionKind.ACKNOWLEDGE for record in islice(before, 1)):
            return True  # what was taken of it since is what was read
        decided = [held[id] for id in region.parts if id in held]
        if len(decided) < len(region.parts):
            return False
        taken = [set(record.sources) for record in decided if record.act is DecisionKind.TAKE]
        worded = any(record.act is DecisionKind.TEXT for record in decided)
        if not worded and (not taken or set.intersection(*taken)):
            return True  # what was taken of it is the text in force, or one proposal's
        return _shows(acts[0], region)


def _shows(record: Record, region: Region) -> bool:
    return record.act is DecisionKind.ACKNOWLEDGE or region.target in dict(record.as_read)


class _Asked:
    """Know what is asked of each text, and by whom."""

    def __init__(self, consolidated: Consolidated, findings: Findings) -> None:
        self.sources = frozenset(consolidated.sources)
        self.regions = {region.id: region for region in findings.regions}
        self.hosts: dict[str, str] = {}
        self.texts: dict[str, list[Region]] = defaultdict(list)
        self.whole = {id: region.id for id, region in findings.whole().items()}
        for element in findings.elements:
            if element.stream is Stream.TEXT and element.standing is not Standing.CONSEQUENTIAL:
                self.texts[element.target].append(element)

    def by_text(self, held: Iterable[Replayed]) -> Mapping[str, Sequence[Replayed]]:
        """Group records by the text that they are about; of a joined text, by its host's."""
        held = list(held)
        for each in held:
            for option in self._taken(each):
                if option.deed is OptionKind.JOIN:
                    self.hosts[each.record.places[0].target] = option.host
        by_text: dict[str, list[Replayed]] = defaultdict(list)
        for each in held:
            targets = {p.target for p in each.record.places if p.stream is Stream.TEXT}
            if each.record.act is DecisionKind.TEXT:
                targets.add(each.record.places[0].target)
            for target in {self.hosts.get(target, target) for target in targets}:
                by_text[target].append(each)
        return by_text

    def is_nobodys(self, target: str, decided: Iterable[Replayed]) -> bool:
        """Tell whether neither a source nor the text in force reads as records have a text read."""
        behind: list[frozenset[str]] = []
        worded = False
        for each in decided:
            elements = [e for e in self._elements(target) if self.whole[e.id] == each.region]
            if elements and all(map(is_editorial, elements)):
                continue
            worded |= not elements or not all(map(divides, elements))
            behind.append(self._behind(each))
        return worded and len(behind) > 1 and not frozenset.intersection(*behind)

    def _behind(self, replayed: Replayed) -> frozenset[str]:
        """Return whose words, with the text in force, are those that a record has stand."""
        record, region = replayed.record, self.regions.get(replayed.region)
        if record.act is DecisionKind.TEXT:
            return frozenset()
        if record.act is DecisionKind.KEEP:
            asking = {source for option in record.options for source in option.sources}
            return (self.sources | {_IN_FORCE}) - asking - set(region.sources if region else ())
        now = {option.id: option.sources for option in region.options} if region else {}
        groups = [{*option.sources, *now.get(option.id, ())} for option in record.taken]
        return frozenset(set.intersection(*groups)) if groups else frozenset()

    def _taken(self, replayed: Replayed) -> Iterator[Option]:
        """Yield the options that a record takes, as they stand now or stood then."""
        region = self.regions.get(replayed.region)
        now = {option.id: option for option in region.options} if region else {}
        for then in replayed.record.taken:
            as_then = Option(id=then.id, deed=then.deed, sources=then.sources, text=then.text)
            yield now.get(then.id, as_then)

    def _elements(self, target: str) -> Sequence[Region]:
        joined = [
            element
            for id, host in self.hosts.items()
            if host == target
            for element in self.texts[id]
        ]
        return [*self.texts[target], *joined]

    def point(self, known: ProvisionIndex, target: str, decided: Sequence[Replayed]) -> Region:
        """Return the point of a text; how it reads is told by what is adopted."""
        parts = [element for element in self._elements(target) if not is_editorial(element)]
        records = [each.record for each in decided]
        ids = {
            *(part.id for part in parts),
            *(r.region for r in records if r.region not in self.whole),
        }
        spans = [(p.lo, p.hi) for p in parts if p.target == target]
        spans += [(p.lo, p.hi) for r in records for p in r.places if p.target == target]
        options = [option for each in decided for option in self._taken(each)]
        return Region(
            id=short_hash(["composed", target, *sorted(ids)]),
            stream=Stream.TEXT,
            target=target,
            path=place(known, known.at[target]),
            lo=min((lo for lo, _ in spans), default=0),
            hi=max((hi for _, hi in spans), default=0),
            standing=Standing.COMPOSED,
            kinds=(ConflictKind.COMPOSED,),
            base=known.nodes[known.at[target]].text,
            options=tuple(options),
            sources=tuple(sorted({source for option in options for source in option.sources})),
            parts=tuple(sorted(ids)),
        )


def as_it_reads(
    regions: Iterable[Region], consolidated: Consolidated, readings: Mapping[str, str]
) -> tuple[Region, ...]:
    """Return points with the text that records make; what reads as somebody's is none."""
    read = somebodys(consolidated)
    return tuple(
        replace(region, composed=readings[region.target])
        for region in regions
        if region.target in readings and bare(readings[region.target]) not in read[region.target]
    )


def asked_now(findings: Findings, replayed: Replay) -> Findings:
    """Return the findings with the points that records made, each after what is asked of its text.

    These are no input of a replay: they follow from one.
    """
    read = replayed.read if replayed.put_together else frozenset()
    unread = [region for region in replayed.put_together if region.id not in read]
    if not unread:
        return findings
    whole = findings.whole()
    last = {region.id: number for number, region in enumerate(findings.regions)}
    after: dict[int, list[Region]] = defaultdict(list)
    for region in unread:
        numbers = [last[whole[id].id] for id in region.parts if id in whole]
        after[max(numbers, default=len(last) - 1)].append(region)
    regions = [
        region
        for number, asked in enumerate(findings.regions)
        for region in (asked, *after[number])
    ]
    return replace(findings, regions=(*regions, *after[-1]))


def unread_beside(replayed: Replay, open_: Set[str]) -> Iterator[UnreadProvision]:
    """Yield what records put together beside a question that is still open, and nobody has read."""
    read = replayed.read
    for region in replayed.put_together:
        if region.target in open_ and region.id not in read:
            yield UnreadProvision(region.target, region.path, region.composed)
