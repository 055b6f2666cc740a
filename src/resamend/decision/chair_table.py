"""What lies on the chair's table: the draft, the records, and what is still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from resamend.conflict import Findings, Option, OptionKind, Region, Standing, Stream
from resamend.consolidation import Consolidated
from resamend.decision.compositions import asked_now
from resamend.decision.expressions import contradictions
from resamend.decision.lapsing import answered
from resamend.decision.positions import Position, opposed_regions
from resamend.decision.reading import UnreadProvision
from resamend.decision.replaying import Replay, undone_by
from resamend.decision.values import Level, Record, Replayed, Status
from resamend.difference import hunks_of
from resamend.matching import ProvisionIndex, index_of
from resamend.model import Language
from resamend.words import key_of, split


class ChairTable(Struct, frozen=True, kw_only=True):
    """Hold a draft with its findings, its records replayed, and the numbers of its points.

    ``records`` are those of all languages; ``positions`` what states said of points without a text.
    """

    consolidated: Consolidated
    findings: Findings
    replay: Replay
    numbers: Mapping[str, int]
    records: tuple[Record, ...] = ()
    positions: tuple[Position, ...] = ()

    def __repr__(self) -> str:
        return f"<ChairTable {self.consolidated!r}, {self.replay!r}>"

    @property
    def settled(self) -> tuple[Replayed, ...]:
        """Return the records that hold and say what the text is to be, or that it was read."""
        return tuple(each for each in self.replay.records if each.settles)

    @property
    def put_off(self) -> tuple[Replayed, ...]:
        """Return the records that leave a point open on purpose."""
        return tuple(r for r in self.replay.records if r.applied and not r.settles)

    @property
    def opposed(self) -> frozenset[str]:
        """Return the ids of what has no competing proposal and somebody opposes."""
        language = self.consolidated.base.language
        return frozenset(r.id for r in opposed_regions(self.findings, self.positions, language))

    @property
    def points(self) -> tuple[Region, ...]:
        """Return all points: what is outstanding, then what somebody opposes, recorded or not."""
        opposed = self.opposed
        rest = (region for region in self.findings.regions if region.id in opposed)
        return (*self.findings.outstanding, *rest)

    @property
    def open(self) -> tuple[Region, ...]:
        """Return what has no record that holds: points, then what has no competing proposal.

        What somebody opposes is a point.
        """
        findings = asked_now(self.findings, self.replay)
        asked = answered(index_of(self.consolidated.base), findings, self.replay)
        settled = {*self.replay.applied, *self.replay.read}
        left = [r for r in asked.regions if r.id not in settled and not r.ends]
        opposed = self.opposed
        return tuple(sorted(left, key=lambda r: not (r.outstanding or r.id in opposed)))

    def unread(self) -> tuple[UnreadProvision, ...]:
        """Return the provisions that, adopted now, read as in no one proposal and were not read."""
        if not self.replay.records:
            return ()
        from resamend.decision.adopting import adopt

        return adopt(self.consolidated, self.findings, self.replay).unread

    @property
    def levels(self) -> tuple[tuple[Level | None, int], ...]:
        """Return how many records hold at each level, the highest last."""
        counted = Counter(each.record.level for each in self.settled)
        return tuple((level, counted[level]) for level in (None, *Level) if counted[level])

    def pending(self) -> tuple[Record, ...]:
        """Return the records made in other languages that have none here yet, by provision.

        Of several about one place the last counts.
        """
        here = self.consolidated.base.language
        known = {(p.stream, p.target) for r in self._standing(here) for p in r.places}
        return tuple(
            record
            for language in Language
            if language is not here
            for record in self._standing(language)
            if not record.act.withdraws
            and not known & {(place.stream, place.target) for place in record.places}
        )

    @property
    def contradicted(self) -> tuple[tuple[Record, Record], ...]:
        """Return the pairs of records, in two languages, that settle one question differently."""
        return contradictions(self.records)

    def _standing(self, language: Language) -> list[Record]:
        said = [r for r in self.records if r.language is language]
        undone = undone_by(said)
        last = {
            record.places[0]: record
            for record in said
            if not record.act.withdraws and record.number not in undone
        }
        return sorted(last.values(), key=lambda record: record.number)


def broken_packages(replayed: Replay) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the packages of which a record does not hold, or has a note, with those records."""
    names = dict.fromkeys(each.record.package for each in replayed.records if each.record.package)
    for name in names:
        members = [each for each in replayed.records if each.record.package == name]
        broken = [r.record.number for r in members if r.status is not Status.EXACT]
        if broken:
            yield name, tuple(broken)


def furthest_first(consolidated: Consolidated, region: Region) -> tuple[Option, ...]:
    """Return the options of a point, those furthest from the text in force first.

    Rules of procedure put them to the vote in that order; here it is only suggested. Distance is
    counted in words struck and inserted; to suppress a provision is the furthest.
    """
    if region.standing is not Standing.CONTESTED:
        return region.options
    known = index_of(consolidated.base)
    return tuple(sorted(region.options, key=lambda option: -_distance(known, region, option)))


def _distance(known: ProvisionIndex, region: Region, option: Option) -> float:
    if option.deed is OptionKind.SUPPRESS:
        return float("inf")
    if option.deed is OptionKind.KEEP:
        return 0
    if region.stream is Stream.TEXT and option.deed is OptionKind.WORDS:
        words = known.words(known.at[region.target])[region.lo // 2 : (region.hi + 1) // 2]
        hunks, _ = hunks_of(words, option.words)
        return sum(max(hunk.end - hunk.start, len(hunk.words)) for hunk in hunks)
    if option.deed is OptionKind.VERSION:
        hunks, _ = hunks_of(split(region.base), split(option.text))
        return sum(max(hunk.end - hunk.start, len(hunk.words)) for hunk in hunks)
    return len(key_of(option.text))
