"""Carry records over to a new text in force.

A record stands where the text that it is about is the same, at whatever place it now is. What the
new text says as it was decided is *met*: the record holds, and nothing of it is left to be done.
Where the new text says something else, what was decided cannot be applied, and is offered again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial

from msgspec.structs import replace

from resamend.amendment import Proposal
from resamend.conflict import Findings, Region, Stream
from resamend.conflict.phrases import footprint
from resamend.decision import SETTLED, ChairTable, DecisionKind, Place, Record, Replayed, Status
from resamend.decision.fragments import assembled
from resamend.decision.placing import around, in_force, places
from resamend.decision.restating import recorded_edits
from resamend.decision.settling import Settler
from resamend.decision.values import RecordedEdits
from resamend.model import Kind, walk
from resamend.rebase.carrying import Carrier
from resamend.rebase.former import region_place
from resamend.rebase.values import Amended, Fate
from resamend.words import key_of


class RecordCarrier:
    """Carry the records of a table; ``questions`` maps its regions to those of ``findings``."""

    def __init__(
        self,
        table: ChairTable,
        carrier: Carrier,
        findings: Findings,
        questions: Mapping[str, str],
    ) -> None:
        self.table = table
        self.carrier = carrier
        self.places = carrier.places
        self.questions = questions
        self.regions = {region.id: region for region in findings.regions}
        self.elements = {region.id: region for region in findings.elements}
        self.replayed = {r.record.number: r for r in table.replay.records}

    @cached_property
    def decided(self) -> tuple[Amended, ...]:
        """Return what becomes of all that the records that hold decide."""
        settler = Settler(self.table.consolidated, self.table.findings)
        edits = settler.decided(self.table.replay.applied, self.table.replay.lapsed)
        return self.carrier.carry(self._own(assembled(edits))).amended

    def _own(self, edits: tuple) -> Proposal:  # type: ignore[type-arg]
        index = self.places.old
        language = index.resolution.language
        return Proposal(id=SETTLED, language=language, base_digest=index.digest, edits=edits)

    def carry(self, record: Record) -> Record:
        """Return a record as it stands with the new text."""
        replayed = self.replayed.get(record.number)
        if replayed is None or record.act.withdraws:
            return record
        if record.former:
            return self._again(record)
        question = replayed.region or record.region
        region = self.regions.get(self.questions.get(question, ""))
        former = self._status(record, replayed, region)
        if former is Status.MET:
            record = self._in_words(record)
        if former:
            return replace(record, region=question, former=former, edits=None)
        moved = self._moved(record, question, region)
        if moved.edits and not all(map(partial(_is_at, moved.places), _touched(moved.edits))):
            # Elsewhere the proposals would still ask for what the record does there already.
            return replace(record, region=question, former=Status.BASE_CHANGED, edits=None)
        return moved

    def _in_words(self, record: Record) -> Record:
        """Return a record with the words of the new text that say what it decided, if any do."""
        moved = [self.places.of(place) for place in record.places]
        where = tuple(place for place in moved if place and place.stream is Stream.TEXT)
        if len(where) < len(moved):
            return record
        new = self.places.new
        return replace(
            record, places=where, base=in_force(new, where[0]), around=around(new, where[0])
        )

    def _again(self, record: Record) -> Record:
        """Return a record of a text before the last: what that said may have gone again."""
        lead = record.places[0]
        worded = lead.stream is Stream.TEXT and lead.target in self.places.old.at
        if record.former is not Status.MET or not worded:
            return record
        if key_of(in_force(self.places.old, lead)) != key_of(record.base):
            return record
        if self._same_text(record):
            return self._in_words(record)
        return replace(record, former=Status.BASE_CHANGED)

    def _status(self, record: Record, replayed: Replayed, region: Region | None) -> Status | None:
        """Say how a record stands that cannot be made one of the new text; mostly it can."""
        lost = Status.BASE_CHANGED if replayed.status.offered else Status.MOOT
        if replayed.status.offered or replayed.by:
            if self._is_met(record):
                return Status.MET
            stands = not replayed.status.offered and all(map(self.places.of, record.places))
            return None if stands and self._same_text(record) else lost
        fates = self._fates(record) if replayed.applied and record.act.settles else set()
        if fates:
            met = Status.MET if fates == {Fate.MET} else Status.BASE_CHANGED
            # in a question that clashed, words that went along alone are not what was decided
            held = not (region and region.is_former) or self._same_text(record)
            return None if fates == {Fate.KEPT} and self._mapped(record) and held else met
        if record.act.leaves or record.act is DecisionKind.ACKNOWLEDGE:
            return None if region else Status.MOOT
        if self._same_text(record):
            return None
        if record.act in _STAYS and record.places[0].target in self.places.ids:
            return Status.MET  # it is there still, however it reads by now
        return Status.BASE_CHANGED if region else Status.MOOT

    def _fates(self, record: Record) -> set[Fate]:
        """Return what became of what a record decided, by the place of each change."""
        whole = record.act is DecisionKind.TEXT
        return {
            amended.fate
            for amended in self.decided
            for place in record.places
            if _hits(region_place(amended.region), place, whole=whole)
        }

    def _is_met(self, record: Record) -> bool:
        """Tell whether the new text does all that a record decided, which does not hold now."""
        edits = record.edits
        if not edits or edits.base != self.places.old.digest:
            return False
        amended = self.carrier.carry(self._own(edits.edits)).amended
        return bool(amended) and all(one.fate is Fate.MET for one in amended)

    def _mapped(self, record: Record) -> bool:
        return all(self.places.of(place) is not None for place in record.places)

    def _same_text(self, record: Record) -> bool:
        """Tell whether the new text says, where a record is about, what the former one did."""
        lead = record.places[0]
        there = self.places.of(lead)
        if there is None or not self._mapped(record):
            return False
        if lead.target in self.places.old.at and not lead.lo and not lead.hi:
            return self._words_of(lead, old=True) == self._words_of(there, old=False)
        old, new = in_force(self.places.old, lead), in_force(self.places.new, there)
        return key_of(old) == key_of(new)

    def _words_of(self, place: Place, *, old: bool) -> list[object]:
        """Return the words of a whole provision, without its numbers."""
        index = self.places.old if old else self.places.new
        provision = index.nodes[index.at[place.target]]
        return [(p.kind, key_of(p.text)) for p in walk((provision,))]

    def _moved(self, record: Record, question: str, region: Region | None) -> Record:
        """Return a record of the new text, about the same as it was of the former one."""
        options = {option.id for option in record.options}
        same = region and (region.gate or options == {option.id for option in region.options})
        if region and same:
            where, id, path = places(region, self.elements), region.id, region.path
        else:
            moved = (self.places.of(place) for place in record.places)
            where, id, path = tuple(p for p in moved if p), question, record.path
        where = where or ((region_place(region),) if region else record.places)
        return replace(
            record,
            region=id,
            path=path,
            places=where,
            base=in_force(self.places.new, where[0]),
            around=around(self.places.new, where[0]),
            as_read=tuple((self.places.ids.get(id, id), text) for id, text in record.as_read),
            edits=self._edits(record),
        )

    def _edits(self, record: Record) -> RecordedEdits | None:
        """Return what a record decided, as edits of the new text."""
        if not record.edits or record.edits.base != self.places.old.digest:
            return None
        carried = self.carrier.carry(self._own(record.edits.edits))
        if any(amended.fate is not Fate.KEPT for amended in carried.amended):
            return None
        return recorded_edits(self.places.new.digest, carried.proposal.edits)


_STAYS = frozenset({DecisionKind.RETAIN, DecisionKind.AMENDABLE})


def _touched(edits: RecordedEdits) -> Iterator[Place]:
    """Yield where edits change words or provisions; numbers go along with these."""
    for edit in edits.texts:
        for hunk in edit.hunks:
            yield Place(Stream.TEXT, edit.target, *footprint(hunk))
    for target, change in ((edit.target, hunk) for edit in edits.lists for hunk in edit.hunks):
        yield from (Place(Stream.PROVISION, id) for id in change.gone)
        moved = [p.id for p in walk(change.items) if p.kind is Kind.MOVED]
        yield from (Place(Stream.PROVISION, id) for id in moved)
        if change.items and not moved:
            yield Place(Stream.GAP, target, 2 * change.end, 2 * change.end)


def _is_at(places: Sequence[Place], place: Place) -> bool:
    whole = (other.target for other in places if other.stream is Stream.PROVISION)
    return place.target in whole or any(map(place.meets, places))


def _hits(changed: Place, decided: Place, *, whole: bool) -> bool:
    """Tell whether a change is of what was decided; own words stand for a whole provision's."""
    words = whole and changed.target == decided.target and changed.stream is not decided.stream
    return words or changed.meets(decided)
