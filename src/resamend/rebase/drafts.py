"""Carry a whole draft over to a new text in force: its proposals, its points and its records.

A point is the same one where the same is asked at the same place, or where what was asked of the
former text stays in the proposals until it is settled; it keeps its number. No number is given to
another point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from resamend.conflict import Findings, Region, Standing, Stream, find
from resamend.consolidation import Consolidated, merge
from resamend.decision import ChairTable, Place, Record, replay
from resamend.decision.placing import places
from resamend.decision.positions import Position
from resamend.model import Resolution
from resamend.rebase.carrying import Carrier
from resamend.rebase.former import region_place
from resamend.rebase.new_places import NewPlaces
from resamend.rebase.records import RecordCarrier
from resamend.rebase.values import Carried, Fate


class CarriedDraft(Struct, frozen=True, kw_only=True):
    """Hold a draft as carried over: ``carried`` its proposals, each with what became of it.

    ``numbers`` maps the id of each point, of before and of now, to its number; ``draft`` and
    ``findings`` are those of the new text; ``positions`` follow the points that they are about.
    """

    carried: tuple[Carried, ...]
    draft: Consolidated
    findings: Findings
    numbers: Mapping[str, int]
    records: tuple[Record, ...]
    positions: tuple[Position, ...] = ()


def carry_draft(table: ChairTable, new: Resolution) -> CarriedDraft:
    """Carry what lies on the chair's table over to a new text in force.

    Records of other languages stay as they are. Raises ``NotApplicable`` for a text in another
    language.
    """
    carrier = Carrier(table.consolidated.base, new)
    asked = _Questions(table.findings)
    carried = tuple(
        carrier.carry(proposal, partial(asked.of, proposal.id))
        for proposal in table.consolidated.proposals
    )
    draft = merge(new, (one.proposal for one in carried))
    findings = find(draft)
    questions = _same_questions(table.findings, findings, carrier.places)
    carrying = RecordCarrier(table, carrier, findings, questions)
    records = tuple(map(carrying.carry, table.records))
    held = replay(draft, findings, records).applied
    return CarriedDraft(
        carried=tuple(_settled(one, held) for one in carried),
        draft=draft,
        findings=findings,
        numbers={
            **table.numbers,
            **{questions[id]: n for id, n in table.numbers.items() if id in questions},
        },
        records=records,
        positions=tuple(
            _carried_position(position, carrier, findings, questions)
            for position in table.positions
        ),
    )


def _carried_position(
    position: Position, carrier: Carrier, findings: Findings, questions: Mapping[str, str]
) -> Position:
    """Return a position about the same question, or place, of a new text; else a former one.

    Those in other languages stay as they are.
    """
    if position.language is not carrier.places.new.resolution.language or position.former:
        return position
    same = questions.get(position.region)
    region = next((region for region in findings.regions if region.id == same), None)
    if region:
        elements = {element.id: element for element in findings.elements}
        where = places(region, elements)
        return replace(position, region=region.id, path=region.path, places=where)
    there = tuple(map(carrier.places.of, position.places))
    if not all(there):
        return replace(position, former=True)
    return replace(position, places=tuple(place for place in there if place))


def _settled(carried: Carried, held: Mapping[str, Record]) -> Carried:
    """Say of what clashes which record settles it."""
    amended = tuple(
        replace(one, record=held[one.region.id].number)
        if one.fate is Fate.CONFLICTING and one.region.id in held
        else one
        for one in carried.amended
    )
    return replace(carried, amended=amended)


# -- what was one question ------------------------------------------------------------------------


class _Questions:
    """Know in which question of the former draft each change of a source was asked."""

    def __init__(self, findings: Findings) -> None:
        whole = findings.whole()
        self.places: dict[str, list[tuple[Place, Region]]] = defaultdict(list)
        for element in findings.elements:
            region = whole[element.id]
            for source in element.sources:
                self.places[source].append((region_place(element), region))

    def of(self, source: str, region: Region) -> Region | None:
        """Return the question of which a change was a part; nothing where it was none of its own.

        Several things are added at one place, and apart: there it is the one that adds the same.
        """
        asked = {option.id for option in region.options if source in option.sources}
        lead = region_place(region)

        def likeness(other: Region) -> tuple[bool, bool]:
            return other.gate is region.gate, bool(asked & {option.id for option in other.options})

        meeting = [other for place, other in self.places[source] if place.meets(lead)]
        return max(meeting, key=likeness, default=None)


# -- which point is which -------------------------------------------------------------------------


def _same_questions(old: Findings, new: Findings, places: NewPlaces) -> dict[str, str]:
    """Map each region of the former draft to the one that asks the same of the new text."""
    former = {region.id for region in new.regions if region.is_former}
    there: dict[tuple[object, ...], list[Region]] = defaultdict(list)
    for region in new.regions:
        if not region.is_former:
            there[_sort(region, region.target)].append(region)
    same: dict[str, str] = {}
    for exactly in (True, False):
        for region in old.regions:
            lead = places.of(region_place(region))
            if region.id in same:
                continue
            candidates = there[_sort(region, lead.target)] if lead else []
            match = next((r for r in candidates if lead and _asks(region, r, lead, exactly)), None)
            if match and (exactly or region.id not in former):
                candidates.remove(match)
                same[region.id] = match.id
            elif region.id in former:
                same[region.id] = region.id
    return same


def _sort(region: Region, target: str) -> tuple[object, ...]:
    return region.stream, target, region.gate, region.standing is Standing.COMPOSED, region.ends


def _asks(old: Region, new: Region, lead: Place, exactly: bool) -> bool:  # noqa: FBT001
    """Tell whether a region asks the same at the same place, or at least something of it."""
    if not exactly:
        return bool({*old.sources} & {*new.sources}) and region_place(new).meets(lead)
    alike = {option.id for option in old.options} == {option.id for option in new.options}
    placed = old.stream is Stream.PROVISION or region_place(new) == lead
    return alike and placed
