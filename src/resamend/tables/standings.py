"""Say how what stands in a cell goes with what the others ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from msgspec.structs import replace

from resamend.conflict import Findings, Region, Severity, Similar, Standing
from resamend.decision import Record
from resamend.tables.slots import Slots
from resamend.tables.values import CellStanding, ComparisonCell

_GRAVEST_FIRST = list(Severity)


class Standings:
    """Index the findings by row."""

    def __init__(self, slots: Slots, findings: Findings, records: Mapping[str, Record]) -> None:
        self.settled = {id for id, record in records.items() if record.act.closes}
        self.slots = slots
        self._whole = findings.whole()
        self._rows: dict[int, list[tuple[Region, Region]]] = defaultdict(list)
        self._spans: dict[str, set[int]] = defaultdict(set)
        for element in findings.elements:
            for at in slots.of_region(element):
                self._note(at, element, self._whole[element.id])
        for region in findings.regions:
            if region.standing is Standing.COMPOSED:
                row = slots.of_choice(region)
                if row is not None:
                    self._note(row, region, region)
        self._similar: dict[int, list[Similar]] = defaultdict(list)
        for pair in findings.similar:
            for at in sorted(self._spans[pair.one] | self._spans[pair.other]):
                self._similar[at].append(pair)

    def _note(self, at: int, element: Region, region: Region) -> None:
        self._rows[at].append((element, region))
        self._spans[region.id].add(at)

    def regions(self, number: int) -> tuple[Region, ...]:
        """Return the regions of a row, each once; points that cover it from above do not count."""
        return tuple({region.id: region for _, region in self._rows[number]}.values())

    def similar(self, number: int) -> tuple[Similar, ...]:
        """Return the pairs of similar wording of which one is in a row."""
        return tuple(self._similar[number])

    def judged(self, number: int, source: str, cell: ComparisonCell) -> ComparisonCell:
        """Return a cell with how it stands."""
        here = self._of(number, source)
        points = [r for r in here if r.outstanding and r.id not in self.settled]
        if not points and any(region.outstanding for region in here):
            return replace(cell, standing=CellStanding.RECORDED)
        if points:
            gravest = min((r.severity for r in points if r.severity), key=_GRAVEST_FIRST.index)
            return replace(cell, standing=CellStanding.OUTSTANDING, severity=gravest)
        standings = {region.standing for region in here}
        if Standing.IDENTICAL in standings:
            return replace(cell, standing=CellStanding.SAME)
        if any(source in (*s.one_sources, *s.other_sources) for s in self._similar[number]):
            return replace(cell, standing=CellStanding.SIMILAR)
        only = standings == {Standing.CONSEQUENTIAL}
        return replace(cell, standing=CellStanding.CONSEQUENTIAL if only else CellStanding.ALONE)

    def _of(self, number: int, source: str) -> list[Region]:
        """Return the regions in which a source takes part; what goes with those above is theirs."""
        for at in (number, *self.slots.above(number)):
            regions = [whole for element, whole in self._rows[at] if source in element.sources]
            if regions:
                return regions
        return []
