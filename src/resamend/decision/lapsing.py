"""What has no effect while a provision is suppressed, or kept as it is.

A record about what is inside it is kept and lapses; with the answer taken back it holds again, and
nothing is decided twice. What is moved out of a suppressed provision is a question of its own, and
lives at its new place once that is recorded; what is moved into it stays where it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import TYPE_CHECKING

from msgspec.structs import replace

from resamend.amendment import edit_references as references
from resamend.conflict import (
    ConflictKind,
    Findings,
    Gate,
    Option,
    OptionKind,
    Region,
    Standing,
    Stream,
)
from resamend.decision.values import DecisionKind, Place, Record, Replayed
from resamend.matching import ProvisionIndex

if TYPE_CHECKING:
    from resamend.decision.replaying import Replay


def suppresses(record: Record) -> bool:
    """Tell whether a record takes a whole provision out of the text."""
    if record.places[0].stream is not Stream.PROVISION:
        return False
    taken = any(option.deed is OptionKind.SUPPRESS for option in record.taken)
    return record.act is DecisionKind.SUPPRESS or (record.act is DecisionKind.TAKE and taken)


def _closes(record: Record) -> bool:
    """Tell whether a record leaves nothing to be asked inside a provision."""
    if record.act is DecisionKind.NO_CHANGE or suppresses(record):
        return True
    whole = record.places[0].stream is Stream.PROVISION
    return whole and record.act is DecisionKind.TEXT


def find_lapsed(
    known: ProvisionIndex, findings: Findings, records: Iterable[Replayed]
) -> dict[str, int]:
    """Map each region that lapses to the number of the record with which it does."""
    held = [each for each in records if each.applied]
    # What was suppressed in a former text is not in this one: nothing is left to lapse with it.
    closing = [each for each in held if _closes(each.record) and not each.record.former]
    worded = dict(_unbracketed(findings, held))
    if not closing:
        return worded
    answers = {each.region: each.record for each in held if each.region}
    lapsed = worded
    for each in closing:
        span = _span(known, each.record.places[0].target)
        for region in findings.regions:
            if region.id != each.region and _goes_into(known, region, span, answers):
                lapsed[region.id] = each.record.number
    for each in closing:
        inside = _Inside(known, findings, each.record)
        if suppresses(each.record):
            inside.let_leave(findings.regions, answers, lapsed, held)
        for other in held:
            if other.restated and inside.takes_in(other.record):
                lapsed[other.record.region] = each.record.number
        for region in findings.regions:
            if region.id != each.region and region.id not in lapsed and inside.holds(region):
                lapsed[region.id] = each.record.number
    return lapsed


def _unbracketed(findings: Findings, held: Iterable[Replayed]) -> Iterator[tuple[str, int]]:
    """Yield what stood in brackets and is worded otherwise, signs and all, by what was decided."""
    worded = [
        each.record
        for each in held
        if each.record.act in (DecisionKind.TAKE, DecisionKind.BOTH, DecisionKind.TEXT)
    ]
    for region in findings.regions if worded else ():
        for record in worded if region.is_bracketed else ():
            if record.region != region.id and any(
                _covers(place, region) for place in record.places
            ):
                yield region.id, record.number


def _covers(place: Place, region: Region) -> bool:
    same = (place.stream, place.target) == (Stream.TEXT, region.target)
    return same and region.stream is Stream.TEXT and place.lo <= region.lo and region.hi <= place.hi


def _span(known: ProvisionIndex, id: str) -> range:
    """Return the nodes of a provision with all below it."""
    node = known.at.get(id, -1)
    return range(node, node + known.spans[node]) if node >= 0 else range(-1, len(known.nodes))


def _goes_into(
    known: ProvisionIndex, region: Region, span: range, answers: Mapping[str, Record]
) -> bool:
    """Tell whether all that a region asks, or what was taken of it, is to go into a provision."""
    if region.stream is not Stream.PROVISION or known.at.get(region.target, -1) in span:
        return False
    going = [option for option in region.options if _goes(option)]
    record = answers.get(region.id)
    if record and record.taken:
        chosen = {option.id for option in record.taken}
        going = [option for option in going if option.id in chosen]
    return bool(going) and all(known.at.get(option.host, -1) in span for option in going)


def _places(record: Record) -> Iterable[tuple[str, str]]:
    """Return what a record moves or joins by its own edits, with where it goes."""
    return references.places(record.edits.edits) if record.edits else ()


def _goes(option: Option) -> bool:
    return option.deed in (OptionKind.MOVE, OptionKind.JOIN)


class _Inside:
    """Know what is inside a provision whose question is closed by a record."""

    def __init__(self, known: ProvisionIndex, findings: Findings, record: Record) -> None:
        self.known = known
        self.elements = {element.id: element for element in findings.elements}
        self.record = record
        self.top = known.at.get(record.places[0].target, -1)
        self.span = _span(known, record.places[0].target)
        self.leaving: set[int] = set()

    def let_leave(
        self,
        regions: Sequence[Region],
        answers: Mapping[str, Record],
        lapsed: Mapping[str, int],
        held: Sequence[Replayed],
    ) -> None:
        """Note what goes elsewhere; what is joined into what leaves does so too."""
        moves = [r for r in regions if r.stream is Stream.PROVISION and r.id not in lapsed]
        records = [each.record for each in held if each.restated]
        count = -1
        while count < len(self.leaving):
            count = len(self.leaving)
            asked = [r.target for r in moves if self._leaves(r, answers.get(r.id))]
            restated = [
                id for r in records for id, host in _places(r) if self._is_out(self._node(host))
            ]
            self.leaving |= {self.known.at[id] for id in (*asked, *restated) if id in self.known.at}

    def takes_in(self, record: Record) -> bool:
        """Tell whether a record, which nobody asks for any more, puts all it moves in here."""
        hosts = [self._node(host) for _, host in _places(record)]
        return bool(hosts) and not any(map(self._is_out, hosts))

    def _node(self, id: str) -> int:
        return self.known.at.get(id, -1)

    def _leaves(self, region: Region, record: Record | None) -> bool:
        """Tell whether what a region is about goes elsewhere, out of here, or may."""
        going = {
            option.id
            for option in region.options
            if _goes(option) and self._is_out(self._node(option.host))
        }
        if record is None or not record.act.settles:
            return bool(going)
        return bool(going.intersection(record.chosen))

    def holds(self, region: Region) -> bool:
        """Tell whether a region is inside with all its parts, and does not leave it.

        A question that is asked outside too is not answered by what is decided about the inside.
        """
        node = self.known.at.get(region.target, -1)
        if node not in self.span or region.standing is Standing.WARNING:
            return False
        parts = [self.elements[id] for id in region.parts if id in self.elements]
        if any(self.known.at.get(part.target, -1) not in self.span for part in parts):
            return False
        if region.stream is Stream.PROVISION and node == self.top:
            return region.gate is Gate.NO_CHANGE and self.record.act is not DecisionKind.NO_CHANGE
        return not self._is_out(node)

    def _is_out(self, node: int) -> bool:
        """Tell whether a provision is not inside, or leaves it by itself or with what is above."""
        if node not in self.span:
            return True
        while node > self.top:
            if node in self.leaving:
                return True
            node = self.known.parents[node]
        return False


def answered(known: ProvisionIndex, findings: Findings, replayed: Replay) -> Findings:
    """Return the findings as the gates that were answered leave them.

    What lapsed is not asked; and a move out of what is not suppressed is a move like any other.
    """
    retained = {
        each.region
        for each in replayed.records
        if each.applied and each.record.act is DecisionKind.RETAIN
    }
    if not retained and not replayed.lapsed:
        return findings
    around = gates_around(known, findings.regions)
    gates = {region.id: region for region in findings.regions if region.gate is Gate.SUPPRESS}
    return replace(
        findings,
        regions=tuple(
            _ordinary(
                region, [gates[id] for id in around.get(region.id, ()) if id in gates], retained
            )
            for region in findings.regions
            if region.id not in replayed.lapsed
        ),
    )


def _ordinary(region: Region, gates: Sequence[Region], retained: Set[str]) -> Region:
    """Return a move out of what is not suppressed as one that nobody opposes."""
    if ConflictKind.MOVED_OUT not in region.kinds or any(g.id not in retained for g in gates):
        return region
    strikers = {source for gate in gates for source in gate.options[0].sources}
    options = tuple(
        option
        for option in region.options
        if option.deed is not OptionKind.SUPPRESS or not strikers.issuperset(option.sources)
    )
    kinds = tuple(kind for kind in region.kinds if kind is not ConflictKind.MOVED_OUT)
    if kinds or len(options) != 1:
        return region
    sources = options[0].sources
    standing = Standing.IDENTICAL if len(sources) > 1 else Standing.SINGLE
    return replace(region, standing=standing, kinds=(), options=options, sources=sources)


def gates_around(known: ProvisionIndex, regions: Sequence[Region]) -> dict[str, tuple[str, ...]]:
    """Map each region inside gates to their ids, the outermost first."""
    gates: dict[str, list[Region]] = {}
    for region in regions:
        if region.gate:
            gates.setdefault(region.target, []).append(region)
    return {
        region.id: around
        for region in regions
        if gates and (around := tuple(_around(known, region, gates)))
    }


def _around(
    known: ProvisionIndex, region: Region, gates: Mapping[str, Sequence[Region]]
) -> Iterator[str]:
    node = known.at.get(region.target, -1)
    path = [known.nodes[outer].id for outer in known.above(node)]
    for id in ("", *reversed(path), *([region.target] if node >= 0 else ())):
        for gate in sorted(gates.get(id, ()), key=lambda gate: gate.gate is Gate.NO_CHANGE):
            own = region.stream is Stream.PROVISION and id == region.target
            outer = region.gate is Gate.NO_CHANGE and gate.gate is Gate.SUPPRESS
            if gate.id != region.id and (not own or outer):
                yield gate.id
