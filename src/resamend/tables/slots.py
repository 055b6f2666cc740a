"""The rows of a table, and what of a draft belongs into which.

A row is a provision in force with all that is split off from it, or what is added at one place
and belongs together: the same provision by several, or different ones of which only one can stand.
A provision that moves has its words in the row of its old place, beside what others ask of it; at
its new place a row says where it comes from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from resamend.amendment import place, place_of_added
from resamend.conflict import Findings, Region, Stream
from resamend.conflict.structural_changes import additions_of, components
from resamend.consolidation import Addition, Consolidated, ListMarks, name_of
from resamend.decision import SETTLED
from resamend.difference import unranked
from resamend.matching import ProvisionIndex, index_of
from resamend.model import ROOT, Kind, walk
from resamend.redlines import Block

if TYPE_CHECKING:
    from resamend.decision import Settled

HEADINGS = frozenset({Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX})
"""Kinds that head a section."""


class Slot(Struct, frozen=True, kw_only=True):
    """Hold a row to be: a provision in force (``node``), or additions to the list ``id``."""

    id: str
    node: int = -1
    path: str = ""
    section: str = ""
    depth: int = 0
    heading: bool = False
    after: str | None = None
    additions: tuple[Addition, ...] = ()
    region: str = ""

    @property
    def para(self) -> str:
        """Return the place below the heading."""
        rest = self.path.removeprefix(self.section)
        return self.path if rest == self.path else rest.strip()


class _SlotKey(NamedTuple):
    """Name an addition: list, gap, content, and which of several equal ones."""

    target: str
    gap: int
    name: str
    rank: int


class Slots:
    """Lay out the rows of a draft in the order of its text.

    What was decided has no rows of its own, but where it adds what nobody asks for any more.
    """

    def __init__(
        self, consolidated: Consolidated, findings: Findings, settled: Settled | None = None
    ) -> None:
        self.index: ProvisionIndex = index_of(consolidated.base)
        self._lists = {marks.target: marks for marks in consolidated.lists}
        self._labels = {marks.target: marks.labels for marks in consolidated.labels}
        self._gaps: dict[tuple[str, int], list[Region]] = defaultdict(list)
        for region in findings.elements:
            if region.stream is Stream.GAP:
                self._gaps[region.target, region.lo // 2].append(region)
        self.rows: list[Slot] = []
        self._names: set[str] = set()  # of additions
        self._at: dict[str, int] = {}
        self._of_addition: dict[_SlotKey, int] = {}
        self._of_rest: dict[tuple[str, int, str], int] = {}
        self._of_region: dict[str, int] = {}
        self._arrivals: dict[str, list[int]] = defaultdict(list)
        self._own: dict[tuple[str, int], list[Addition]] = defaultdict(list)
        self._homes: dict[tuple[str, int], str] = {}
        if settled:
            self._know(settled)
        self._add(Slot(id=ROOT, path=place(self.index, -1)))
        self._walk(ROOT, 0)

    def _know(self, settled: Settled) -> None:
        """Note what is added as it stands now, and the point about each gap that was decided."""
        for marks in settled.consolidated.lists:
            for addition in marks.additions:
                self._own[marks.target, addition.gap].append(addition)
        for id, record in settled.records.items():
            lead = record.places[0]
            if lead.stream is Stream.GAP and record.act.settles:
                self._homes.setdefault((lead.target, lead.lo // 2), id)

    # -- rows ---------------------------------------------------------------------------------

    def _add(self, slot: Slot) -> int:
        self.rows.append(slot)
        number = len(self.rows) - 1
        if slot.additions:
            self._of_region[slot.region] = number
        else:
            self._at[slot.id] = number
        return number

    def _walk(self, id: str, depth: int) -> None:
        """Lay out the children of a provision, and what is added among them."""
        children = self.index.children(self.index.at[id] if id else -1)
        marks = self._lists.get(id)
        gaps = additions_of(marks) if marks else {}
        for k in range(len(children) + 1):
            if marks and k in gaps:
                self._gap(marks, k, gaps[k], depth)
            for addition in self._own.get((id, k), ()):
                self._decided(id, addition, depth)
            if k < len(children):
                self._provision(children[k], depth)

    def _provision(self, node: int, depth: int) -> None:
        provision = self.index.nodes[node]
        self._add(
            Slot(
                id=provision.id,
                node=node,
                path=place(self.index, node),
                section=self._section(node),
                depth=depth,
                heading=provision.kind in HEADINGS,
            )
        )
        self._walk(provision.id, depth + (provision.kind is not Kind.RESOLUTION))

    def _gap(self, marks: ListMarks, gap: int, additions: Sequence[Addition], depth: int) -> None:
        """Lay out what is added in one gap: what competes stands in one row."""
        groups = self._groups(marks, gap, additions)
        rows: dict[int, int] = {}
        for addition in additions:
            number, group, region = next(
                (n, some, region)
                for n, (some, region) in enumerate(groups)
                if any(member is addition for member in some)
            )
            if number not in rows:
                rows[number] = self._add(self._added(marks.target, gap, group, region, depth))
            if addition.provision.kind is Kind.MOVED:
                self._arrivals[addition.provision.id].append(rows[number])
            self._of_addition[_key(marks.target, addition)] = rows[number]
            self._of_rest.setdefault((marks.target, gap, addition.provision.id), rows[number])

    def _decided(self, target: str, addition: Addition, depth: int) -> None:
        """Give what was decided to be added the row of its point; one of its own without any.

        Of what is asked, and then decided in part, the rest stays in its row: it keeps its id.
        """
        key = _key(target, addition)
        if key not in self._of_addition:
            row = self._of_rest.get((target, addition.gap, addition.provision.id))
            if row is None:
                row = self._of_region.get(self._homes.get((target, addition.gap), ""))
            if row is None:
                region = f"{SETTLED} {target} {addition.gap} {addition.name}"
                row = self._add(self._added(target, addition.gap, [addition], region, depth))
            self._of_addition[key] = row

    def _groups(
        self, marks: ListMarks, gap: int, additions: Sequence[Addition]
    ) -> list[tuple[Sequence[Addition], str]]:
        """Group the additions of a gap as the findings do; each group with its region's id."""
        regions = self._gaps[marks.target, gap]
        if gap in marks.cycles:
            return [(additions, regions[0].id)]
        new = [a for a in additions if a.provision.kind not in (Kind.MOVED, Kind.FOOTNOTE)]
        groups: list[tuple[Sequence[Addition], str]] = [
            (group, region.id) for group, region in zip(components(new), regions, strict=True)
        ]
        rest = [a for a in additions if a.provision.kind in (Kind.MOVED, Kind.FOOTNOTE)]
        return groups + [([a], f"{marks.target} {gap} {n}") for n, a in enumerate(rest)]

    def _added(
        self, target: str, gap: int, group: Sequence[Addition], region: str, depth: int
    ) -> Slot:
        owner = self.index.at[target] if target else -1
        first = group[0].provision
        if first.kind is Kind.MOVED:
            moved = self.index.nodes[self.index.at[first.id]]
            first = replace(moved, label=self._new_label(group[0]))
        added = place_of_added(self.index, owner, gap, first, self._names)
        self._names.add(added.name)
        return Slot(
            id=target,
            path=added.name,
            section=self._section(owner),
            depth=depth,
            after=added.after,
            additions=tuple(group),
            region=region,
        )

    def _new_label(self, addition: Addition) -> str:
        """Return the label that a moved provision gets at its new place, if it gets one."""
        labels = self._labels.get(addition.provision.id, ())
        return next((label for label, who in labels if set(who) & set(addition.sources)), "")

    def _section(self, node: int) -> str:
        """Return the path of the heading that a provision stands under, or is."""
        while node >= 0 and self.index.nodes[node].kind not in HEADINGS:
            node = self.index.parents[node]
        return place(self.index, node) if node >= 0 else ""

    # -- what belongs where -------------------------------------------------------------------

    def of_region(self, region: Region) -> list[int]:
        """Return the rows of a region that is one of the findings' elements.

        What is asked of a provision as a whole also concerns the places to which it moves.
        """
        if region.stream is Stream.GAP:
            rows = [self._of_region.get(region.id)]
        else:
            rows = [self._at.get(region.target)]
        if region.stream is Stream.PROVISION:
            rows += self._arrivals.get(region.target, [])
        return [at for at in rows if at is not None]

    def of_provision(self, id: str) -> int:
        """Return the row of a provision in force."""
        return self._at[id]

    def above(self, number: int) -> Iterator[int]:
        """Yield the rows of the provisions in force above one, the nearest first."""
        slot = self.rows[number]
        node = self.index.parents[slot.node] if slot.node >= 0 else -1
        while node >= 0:
            yield self._at[self.index.nodes[node].id]
            node = self.index.parents[node]

    def placed(self, blocks: Iterable[Block], shown: Consolidated) -> dict[int, list[Block]]:
        """Put the blocks of a redline into rows; ``shown`` is what it is the redline of."""
        arrivals, added = self._additions(shown)
        rows: dict[int, list[Block]] = defaultdict(list)
        for block in blocks:
            if block.choice:
                at = self.of_choice(block.choice.region)
                if at is not None:
                    rows[at].append(block)
            elif block.split:
                rows[self._at[block.id.rpartition("-")[0]]].append(block)
            elif block.id in self._at:
                rows[self._at[block.id]].append(block)
                if block.moved_from:
                    rows[arrivals[block.id]].append(replace(block, label=(), pieces=()))
            else:
                rows[_taken(added[unranked(block.id)], block)].append(block)
        return rows

    def of_choice(self, region: Region) -> int | None:
        """Return the row of a region that may be joined of several: that of its first part."""
        for id in (region.id, *region.parts):
            if id in self._of_region:
                return self._of_region[id]
        return self._at.get(region.target)

    def _additions(
        self, shown: Consolidated
    ) -> tuple[dict[str, int], dict[str, list[tuple[str, int]]]]:
        """Return in which rows moved provisions arrive and added ones stand, by id."""
        arrivals: dict[str, int] = {}
        added: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for marks in shown.lists:
            for addition in marks.additions:
                row = self._of_addition[_key(marks.target, addition)]
                for provision in walk((addition.provision,)):
                    if provision.kind is Kind.MOVED:
                        arrivals[provision.id] = row
                    else:
                        added[unranked(provision.id)].append((provision.text, row))
        return arrivals, added


def _key(target: str, addition: Addition) -> _SlotKey:
    return _SlotKey(target, addition.gap, name_of(addition.provision), addition.rank)


def _taken(left: list[tuple[str, int]], block: Block) -> int:
    """Return the row of an added provision; two may say the same."""
    text = "".join(piece.text for piece in block.pieces if hasattr(piece, "text"))
    entry_of = next((entry for entry in left if entry[0] == text), left[0])
    if len(left) > 1:
        left.remove(entry_of)
    return entry_of[1]
