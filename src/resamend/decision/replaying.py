"""Whether a record still answers the question that is asked now.

Replay is a pure function of the draft and the records: each record gets exactly one status, the
same question gets the same answer, and the order in which records are looked at does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from resamend.conflict import Findings, Option, OptionKind, Region, Standing, Stream, flat
from resamend.consolidation import Consolidated, check_draft
from resamend.decision.values import (
    COMPOSED,
    DecisionKind,
    Place,
    Record,
    RecordedOption,
    Replayed,
    Status,
)
from resamend.matching import ProvisionIndex, index_of
from resamend.model import NOTE, OBJECT
from resamend.words import key_of

__all__ = [
    "Replay",
    "around",
    "offers",
    "places",
    "replay",
    "undone_by",
    "worded",
]


class Replay(Struct, frozen=True):
    """Hold all records with their statuses, in the order made, and the ``draft`` they are of."""

    records: tuple[Replayed, ...]
    draft: Consolidated | None = None

    @property
    def applied(self) -> Mapping[str, Record]:
        """Map each region, or the recorded one where none is left, to the record that holds."""
        held = (each for each in self.records if each.applied)
        return {each.region or each.record.region: each.record for each in held}

    def of(self, number: int) -> Replayed:
        """Return what became of a record."""
        return next(each for each in self.records if each.record.number == number)

    @property
    def stale(self) -> tuple[Replayed, ...]:
        """Return the records that are not applied and offered again."""
        return tuple(
            each
            for each in self.records
            if not each.status.applied and each.status is not Status.MOOT
        )


def replay(consolidated: Consolidated, findings: Findings, records: Iterable[Record]) -> Replay:
    """Give each record of the draft's language its status.

    Raises ``UsageError`` for the findings of another draft.
    """
    check_draft(consolidated, findings.draft, "these are findings")
    language = consolidated.base.language
    told = sorted((r for r in records if r.language is language), key=lambda r: r.number)
    known = _Known(consolidated, findings)
    undone = undone_by(told)
    made = [known.replayed(record, undone.get(record.number, 0)) for record in told]
    standing = [each for each in made if not each.by and each.record.act is not DecisionKind.UNDO]
    asked = {each.record.region: each.record.number for each in standing}
    holding = {e.region: e.record.number for e in standing if e.applied and e.region}
    return Replay(tuple(_unless_replaced(each, asked, holding) for each in made), consolidated)


def _unless_replaced(
    each: Replayed, asked: Mapping[str, int], holding: Mapping[str, int]
) -> Replayed:
    """Return a record as it stands, or as replaced by a later one about the same region."""
    record = each.record
    if each.by or record.act is DecisionKind.UNDO:
        return each
    later = max(asked[record.region], holding.get(each.region, 0))
    if later <= record.number:
        return each
    return Replayed(record=record, status=Status.MOOT, by=later)


def undone_by(records: Iterable[Record]) -> dict[int, int]:
    """Map each record that is taken back to the one that does; an undone undo does nothing."""
    undone: dict[int, int] = {}
    for record in sorted(records, key=lambda r: -r.number):
        if record.act is DecisionKind.UNDO and record.number not in undone:
            undone[record.undoes] = record.number
    return undone


class _Known:
    """Know what is asked now."""

    def __init__(self, consolidated: Consolidated, findings: Findings) -> None:
        self.known: ProvisionIndex = index_of(consolidated.base)
        self.findings = findings
        self.regions = {region.id: region for region in findings.regions}
        self.elements = {region.id: region for region in findings.elements}
        self.names = {p.id: tuple(w.code for w in p.proponents) for p in consolidated.proposals}

    def replayed(self, record: Record, undone: int) -> Replayed:
        """Return the status of one record, as if it were the only one about its region."""
        if undone:
            return Replayed(record=record, status=Status.MOOT, by=undone)
        if record.act is DecisionKind.UNDO:
            return Replayed(record=record, status=Status.EXACT)
        if not self._base_stands(record):
            return Replayed(record=record, status=Status.BASE_CHANGED)
        same = self.regions.get(record.region)
        if same:
            now = offers(same, self.names)
            alike = _behind(now) == _behind(record.options)
            status = Status.EXACT if alike else Status.AUTHORS_CHANGED
            return Replayed(record=record, status=status, region=same.id)
        return self._other(record)

    def _base_stands(self, record: Record) -> bool:
        lead = record.places[0]
        if lead.target and lead.target not in self.known.at:
            return False
        now = in_force(self.known, lead)
        return key_of(now) == key_of(record.base) and around(self.known, lead) == record.around

    def _other(self, record: Record) -> Replayed:
        """Return the status of a record whose question is not asked any more as it was."""
        region = self._at(record)
        if region is None:
            return Replayed(record=record, status=_unasked(record))
        now = {option.id for option in region.options}
        then = {option.id for option in record.options}
        added, lost = tuple(sorted(now - then)), tuple(sorted(then - now))
        moved = places(region, self.elements)[0] != record.places[0]
        wordless = record.act is DecisionKind.TEXT and not worded(region)
        if moved or wordless or not (added or lost):
            status = Status.SUPERSEDED
        elif set(record.chosen) - now:
            status = Status.CHOSEN_WITHDRAWN
        else:
            status = Status.REOPENED if added else Status.NARROWED
        return Replayed(record=record, status=status, region=region.id, added=added, lost=lost)

    def _at(self, record: Record) -> Region | None:
        """Return the region that now asks about what a record is about: the likest one."""
        beside = record.act is DecisionKind.ACKNOWLEDGE
        then = {option.id for option in record.options}

        def likeness(region: Region) -> tuple[bool, int, bool]:
            lead = places(region, self.elements)[0] == record.places[0]
            same = sum(option.id in then for option in region.options)
            return lead, same, region.standing is Standing.CONTESTED

        found = [
            region
            for region in self.findings.regions
            if (region.standing in COMPOSED) is beside
            and any(
                _meet(one, other, record)
                for one in places(region, self.elements)
                for other in record.places
            )
        ]
        return max(found, key=likeness, default=None)


def _meet(now: Place, then: Place, record: Record) -> bool:
    """Tell whether what is asked now meets what a record is about.

    The group's own words for a provision stand for all of its words.
    """
    whole = record.act is DecisionKind.TEXT and then.stream is Stream.PROVISION
    words = now.stream is Stream.TEXT and now.target == then.target
    return now.meets(then) or (whole and words)


def worded(region: Region) -> bool:
    """Tell whether a region asks what a text says, and not only where a provision stands."""
    return (
        region.stream is not Stream.PROVISION
        or region.covers
        or not any(option.deed in (OptionKind.MOVE, OptionKind.JOIN) for option in region.options)
    )


def _unasked(record: Record) -> Status:
    """Return the status of a record about which nobody asks anything any more."""
    if record.chosen:
        return Status.CHOSEN_WITHDRAWN
    return Status.NARROWED if record.act is DecisionKind.TEXT else Status.MOOT


def _behind(options: Iterable[RecordedOption]) -> set[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return {(option.id, option.sources, option.proponents) for option in options}


def offers(region: Region, names: Mapping[str, tuple[str, ...]]) -> tuple[RecordedOption, ...]:
    """Return the options of a region as a record keeps them; ``names`` maps sources to states.

    Numbering a list anew is an option too, though it has no text.
    """
    if not region.options:
        numbering = Option(id=region.id, deed=OptionKind.LABEL, sources=region.sources)
        return (_offer(numbering, names),)
    return tuple(_offer(option, names) for option in region.options)


def _offer(option: Option, names: Mapping[str, tuple[str, ...]]) -> RecordedOption:
    return RecordedOption(
        id=option.id,
        deed=option.deed,
        text=_told(option),
        place=option.place,
        way=option.way,
        sources=option.sources,
        proponents=tuple(sorted({n for source in option.sources for n in names.get(source, ())})),
    )


def _told(option: Option) -> str:
    """Return an option's text, with a sign where it puts a footnote."""
    return (
        "".join(
            word.text.replace(
                OBJECT, NOTE if any(m.kind == "footnote" for m in word.marks) else OBJECT
            )
            for word in option.words
        )
        or option.text
    )


def places(region: Region, elements: Mapping[str, Region]) -> tuple[Place, ...]:
    """Return where a region is: first the place that leads it, then those of all its parts."""
    lead = _place(region)
    parts = {_place(elements[id]) for id in region.parts if id in elements}
    return (lead, *sorted(parts - {lead}))


def _place(region: Region) -> Place:
    return Place(region.stream, region.target, region.lo, region.hi)


def in_force(known: ProvisionIndex, place: Place) -> str:
    """Return the text in force at a place."""
    node = known.at.get(place.target, -1)
    if place.stream is Stream.TEXT:
        words = known.words(node)[place.lo // 2 : (place.hi + 1) // 2]
        return "".join(word.text for word in words)
    if place.stream is Stream.PROVISION:
        return flat([known.nodes[node]]) if node >= 0 else ""
    return known.nodes[node].label if place.stream is Stream.LABEL and node >= 0 else ""


def around(known: ProvisionIndex, place: Place) -> tuple[str, str]:
    """Return what stands before and after a place: the words, or the ids of the provisions."""
    node = known.at.get(place.target, -1)
    if place.stream is Stream.TEXT:
        beside = [word.key for word in known.words(node)]
        start, end = place.lo // 2, (place.hi + 1) // 2
    elif place.stream is Stream.GAP:
        beside = [known.nodes[child].id for child in known.children(node)]
        start = end = place.lo // 2
    else:
        return "", ""
    return (
        beside[start - 1] if 0 < start <= len(beside) else "",
        beside[end] if end < len(beside) else "",
    )
