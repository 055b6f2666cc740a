"""What became of each outstanding point from one draft to the next.

Every point of either draft has exactly one fate: it is one with a point of the other draft, it is
gone, or it is new. Two points are one where they are the same question (the same id), where the
dossier gave them one number, or where they are asked at the same words, or of the same provision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from resamend.conflict import Option, Region, Standing
from resamend.consolidation import Consolidated
from resamend.decision import ChairTable, Record
from resamend.decision.placing import places
from resamend.decision.replaying import undone_by
from resamend.matching import index_of
from resamend.words import key_of


class PointFate(StrEnum):
    """Say what became of a point."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    CLOSED = "closed"
    REOPENED = "reopened"
    OPENED = "opened"
    MERGED = "merged"
    UNDISPUTED = "undisputed"  # no competing proposal is left
    NOT_ASKED = "not-asked"


class OptionChange(Struct, frozen=True, kw_only=True):
    """Say how an option changed: ``before`` is absent for a new one, ``now`` for one that is gone.

    Where both are there and their texts differ it is worded otherwise, by who stood behind it.
    ``joined`` and ``left`` are proponents.
    """

    before: Option | None
    now: Option | None
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def reworded(self) -> bool:
        """Tell whether it says something else than it did."""
        return bool(self.before and self.now and self.before.id != self.now.id)


class FatedPoint(Struct, frozen=True, kw_only=True):
    """Say what became of a point: of the earlier draft ``before``, of the later one ``now``.

    ``record`` is what closed it, or with which it was reopened; ``into`` the point of the later
    draft in which a merged one is asked.
    """

    fate: PointFate
    before: Region | None = None
    now: Region | None = None
    number: int = 0
    record: Record | None = None
    into: Region | None = None
    options: tuple[OptionChange, ...] = ()


def fated_points(old: ChairTable, new: ChairTable) -> tuple[FatedPoint, ...]:
    """Return the fate of each point of two drafts, in the order of the later text, then the gone.

    The points of a draft are what is outstanding in it, or opposed, recorded or not.
    """
    return tuple(_FateFinder(old, new).fates())


class _FateFinder:
    """Find which point of one draft is which of another."""

    def __init__(self, old: ChairTable, new: ChairTable) -> None:
        self.old, self.new = old, new
        self.places = [
            {
                region.id: places(region, {e.id: e for e in table.findings.elements})
                for region in table.findings.regions
            }
            for table in (old, new)
        ]
        digests = [index_of(table.consolidated.base).digest for table in (old, new)]
        self.same = digests[0] == digests[1]
        self.pairs = self._paired()

    def fates(self) -> Iterator[FatedPoint]:
        """Yield each point once."""
        before = {now.id: point for point, now in self.pairs}
        for now in self.new.points:
            yield self._stays(before[now.id], now) if now.id in before else self._opened(now)
        paired = {point.id for point, _ in self.pairs}
        for point in self.old.points:
            if point.id not in paired:
                yield self._gone(point)

    # -- which is which -----------------------------------------------------------------------

    def _paired(self) -> list[tuple[Region, Region]]:
        """Pair points, each at most once: the surest ways first."""
        old, new = list(self.old.points), list(self.new.points)
        pairs: list[tuple[Region, Region]] = []
        for alike in (self._same_question, self._same_number, self._same_options, self._same_place):
            for point in tuple(old):
                now = next((other for other in new if alike(point, other)), None)
                if now:
                    pairs.append((point, now))
                    old.remove(point)
                    new.remove(now)
        return pairs

    def _same_question(self, point: Region, now: Region) -> bool:
        return self.same and point.id == now.id

    def _same_number(self, point: Region, now: Region) -> bool:
        number = self.old.numbers.get(point.id, 0)
        same = number and number == self.new.numbers.get(now.id, 0)
        return bool(same and point.target == now.target and self._asked_alike(point, now))

    def _same_options(self, point: Region, now: Region) -> bool:
        """Tell whether some option is in both: in another text in force places do not say it."""
        texts = [{key_of(o.text) for o in region.options if o.text} for region in (point, now)]
        return self._asked_alike(point, now) and bool(texts[0] & texts[1])

    def _same_place(self, point: Region, now: Region) -> bool:
        return self._asked_alike(point, now) and self._meet(point, now)

    def _asked_alike(self, point: Region, now: Region) -> bool:
        """Tell whether two points may be one: a gate is answered by itself, and so is a reading."""
        same = (point.target, point.gate) == (now.target, now.gate)
        return same and (point.standing is now.standing)

    def _meet(self, point: Region, now: Region) -> bool:
        if not self.same:
            return point.stream is now.stream and point.target == now.target
        before, after = self.places[0][point.id], self.places[1][now.id]
        return any(p.meets(q) for p in before for q in after)

    # -- what became of it --------------------------------------------------------------------

    def _stays(self, point: Region, now: Region) -> FatedPoint:
        """Return the fate of a point that is asked in both drafts."""
        then, record = self._settling(self.old, point), self._settling(self.new, now)
        options = tuple(_option_changes(self.old, self.new, point, now))
        same = not options and point.composed == now.composed
        fate = PointFate.UNCHANGED if same else PointFate.CHANGED
        if record and not then:
            fate = PointFate.CLOSED
        elif then and not record:
            fate, record = PointFate.REOPENED, self._withdrawing(then)
        return FatedPoint(
            fate=fate, before=point, now=now, number=self._number(now, point),
            record=record, options=options,
        )  # fmt: skip

    def _opened(self, now: Region) -> FatedPoint:
        return FatedPoint(
            fate=PointFate.OPENED, now=now, number=self._number(now),
            record=self._settling(self.new, now),
            options=tuple(OptionChange(before=None, now=option) for option in _options(now)),
        )  # fmt: skip

    def _gone(self, point: Region) -> FatedPoint:
        """Return the fate of a point that the later draft does not ask any more."""
        number = self.old.numbers.get(point.id, 0)
        record = self._record_about(point)
        meeting = list(self._later_regions(point))
        into = next((region for region in meeting if region.outstanding), None)
        if record and not self._settling(self.old, point):
            fate = PointFate.CLOSED
        elif into:
            fate = PointFate.MERGED
        else:
            fate = PointFate.UNDISPUTED if meeting else PointFate.NOT_ASKED
        return FatedPoint(
            fate=fate, before=point, number=number, record=record,
            into=into or next(iter(meeting), None),
            options=tuple(OptionChange(before=option, now=None) for option in _options(point)),
        )  # fmt: skip

    def _later_regions(self, point: Region) -> Iterator[Region]:
        for region in self.new.findings.regions:
            if region.target == point.target and self._meet(point, region):
                yield region

    def _number(self, now: Region, point: Region | None = None) -> int:
        before = self.old.numbers.get(point.id, 0) if point else 0
        return self.new.numbers.get(now.id, 0) or before

    def _settling(self, table: ChairTable, region: Region) -> Record | None:
        """Return the record that settles a point of a draft, if one holds."""
        record = table.replay.applied.get(region.id)
        return record if record and record.act.closes else None

    def _withdrawing(self, record: Record) -> Record | None:
        """Return the record of the later draft that took another one back."""
        number = undone_by(self.new.records).get(record.number, 0)
        return next((later for later in self.new.records if later.number == number), None)

    def _record_about(self, point: Region) -> Record | None:
        """Return the record of the later draft that holds where a point was asked."""
        if not self.same:
            return None
        where = self.places[0][point.id]
        about = (
            held
            for held in self.new.replay.applied.values()
            if held.act.closes
            and (held.region == point.id or any(p.meets(q) for p in held.places for q in where))
        )
        return next(about, None)


def _option_changes(
    old: ChairTable, new: ChairTable, point: Region, now: Region
) -> Iterator[OptionChange]:
    """Yield how the options of a point changed; what stayed as it was is left out."""
    left = list(_options(point))
    fresh = []
    for option in _options(now):
        same = next((o for o in left if _says(o) == _says(option)), None)
        if same is None:
            fresh.append(option)
            continue
        left.remove(same)
        before, after = _people(old.consolidated, same), _people(new.consolidated, option)
        if before != after:
            yield OptionChange(
                before=same, now=same, joined=_less(after, before), left=_less(before, after)
            )
    for option in fresh:
        was = next((o for o in left if set(o.sources) & set(option.sources)), None)
        if was:
            left.remove(was)
        yield OptionChange(before=was, now=option)
    for option in left:
        yield OptionChange(before=option, now=None)


def _options(region: Region) -> tuple[Option, ...]:
    """Return what excludes one another: of what is to be read as a whole, nothing does."""
    return region.options if region.standing is Standing.CONTESTED else ()


def _says(option: Option) -> tuple[object, ...]:
    return option.deed, key_of(option.text), option.place


def _people(draft: Consolidated, option: Option) -> tuple[str, ...]:
    """Return those behind an option; a proposal without proponents by its id."""
    behind = {p.id: tuple(who.code for who in p.proponents) or (p.id,) for p in draft.proposals}
    return tuple(sorted({name for id in option.sources for name in behind.get(id, (id,))}))


def _less(some: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in some if name not in others)
