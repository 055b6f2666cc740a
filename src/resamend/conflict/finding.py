"""Find where proposals meet, and say how each change stands.

First the regions of every text and gap, and what happens to each provision; then what belongs to
one question is joined into one region: additions that bear the same number, moves that together
would turn in a circle, a joined provision that another restructures. Whether a provision is
suppressed, or may change at all, is a question of its own, a *gate*; what is asked inside it keeps
its own. Last, what several proposals make of one text together is found, to be read as a whole.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from resamend.amendment import place
from resamend.conflict.bracketed import bracket_questions
from resamend.conflict.broken_references import broken_references
from resamend.conflict.composing import find_composed, find_splits
from resamend.conflict.editorial import find_editorial
from resamend.conflict.ends import EndChanges, changes_conjunction
from resamend.conflict.former_questions import former_questions
from resamend.conflict.gaps import gaps_of
from resamend.conflict.options import SourceVersions, flat
from resamend.conflict.provision_conflicts import ProvisionConflict, no_change_conflicts, planned
from resamend.conflict.region_groups import PendingRegion, RegionGroups, every
from resamend.conflict.similar import find_similar
from resamend.conflict.structural_changes import StructuralChanges, cycles, fates
from resamend.conflict.text_regions import standing_of, text_regions, tied
from resamend.conflict.values import (
    ConflictKind,
    Findings,
    Gate,
    Option,
    OptionKind,
    Region,
    Severity,
    Standing,
    Stream,
    listed,
    short_hash,
)
from resamend.consolidation import Consolidated, ListMarks
from resamend.matching import ProvisionIndex, index_of
from resamend.model import Kind, Provision, walk
from resamend.words import key_of


def find(consolidated: Consolidated) -> Findings:
    """Return every region of a consolidated draft, and which proposals say nearly the same."""
    finder = _Finder(consolidated)
    regions = finder.find()
    return Findings(
        regions=(*regions, *bracket_questions(consolidated), *former_questions(consolidated)),
        elements=tuple(found.region for found in finder.found),
        similar=find_similar(regions, consolidated.base.language),
        editorial=tuple(find_editorial(consolidated)),
        warnings=broken_references(consolidated, finder.fates, finder.versions),
        draft=consolidated,
    )


def find_regions(consolidated: Consolidated) -> Findings:
    """Return the regions of a draft alone, without what is only to be known beside them.

    That is what decides, and what a draft of one proposal has: wordings that are alike, typography
    and references that lead nowhere are looked for by ``find``.
    """
    finder = _Finder(consolidated)
    regions = finder.find()
    elements = tuple(pending.region for pending in finder.found)
    return Findings(regions=regions, elements=elements, similar=(), draft=consolidated)


class _Finder:
    def __init__(self, consolidated: Consolidated) -> None:
        self.draft = consolidated
        self.known: ProvisionIndex = index_of(consolidated.base)
        self.ends = EndChanges(consolidated)
        self.fates: StructuralChanges = fates(consolidated, self.ends)
        self.found: list[PendingRegion] = []
        self.questions = RegionGroups(self.found, self.fates)
        self.versions = SourceVersions(consolidated, self.fates)

    def find(self) -> tuple[Region, ...]:
        self._texts()
        self._gaps()
        self._labels()
        made = self._provisions()
        self._no_changes()
        self._circles(made)
        self._gather_all(made)
        merged = self.questions.merged()
        questions = sorted(merged, key=lambda f: f.order)
        return self._with_composed(questions)

    def _with_composed(self, questions: Sequence[PendingRegion]) -> tuple[Region, ...]:
        """Return the questions, and after the last of a text what it says with all its changes."""
        regions = [found.region for found in questions]
        leads = {id: region for region in regions for id in (region.id, *region.parts)}
        texts = sorted(self.found, key=lambda f: f.order)
        elements = [found.region for found in texts]
        beside: dict[str, list[Region]] = defaultdict(list)
        for region in find_splits(regions):
            beside[leads[region.parts[-1]].id].append(region)
        for region in find_composed(self.fates, elements, lambda element: leads[element.id]):
            beside[leads[region.parts[-1]].id].append(region)
        return tuple(region for lead in regions for region in (lead, *beside.get(lead.id, ())))

    def _node(self, id: str) -> int:
        return self.known.at[id] if id else -1

    def _add(self, region: Region, order: tuple[int, ...]) -> int:
        number = len(self.found)
        self.found.append(PendingRegion(region, order, self._node(region.target), number))
        return number

    # -- what there is ------------------------------------------------------------------------

    def _texts(self) -> None:
        for marks in self.draft.texts:
            node = self._node(marks.target)
            for region in text_regions(marks, self.known, node, self.ends):
                self._add(region, (node, 1, region.lo))
        self._conjunctions()

    def _conjunctions(self) -> None:
        """Join what changes the conjunctions of one list: whether all are needed, or any (R9)."""
        lists: dict[int, list[int]] = defaultdict(list)
        for number, found in enumerate(self.found):
            after = (found.region.hi + 1) // 2
            near = after + 2 >= len(self.known.texts(found.node))
            if near and changes_conjunction(found.region, self.known.words(found.node)[after:]):
                found.region = replace(found.region, conjunction=True)
                lists[self.known.parents[found.node]].append(number)
        for numbers in lists.values():
            for number in numbers[1:]:
                self.questions.join(numbers[0], number)

    def _gaps(self) -> None:
        for marks in self.draft.lists:
            gaps = gaps_of(self.known, self.fates, marks)
            first, owner = len(self.found), self._node(marks.target)
            for region in gaps.regions:
                self._add(region, self._gap_order(owner, region.lo // 2))
            for same in gaps.collisions:
                for number in same:
                    self.questions.join(first + same[0], first + number)
                    self._note(first + number, ConflictKind.LABEL_COLLISION)
            if marks.renumbered:
                self._renumbering(marks)

    def _gap_order(self, owner: int, gap: int) -> tuple[int, ...]:
        """Return where a gap stands in the order of the text: after all of the child before it."""
        children = self.known.children(owner)
        last = self.fates.last(children[gap - 1]) if gap else owner
        return (last, 3, -owner, gap)

    def _note(self, number: int, clash: ConflictKind) -> None:
        found = self.found[number]
        if clash not in found.region.kinds:
            found.region = replace(found.region, kinds=(*found.region.kinds, clash))

    def _renumbering(self, marks: ListMarks) -> None:
        node = self._node(marks.target)
        self._add(
            Region(
                id=short_hash([marks.target, Stream.LABEL, "renumbered"]),
                stream=Stream.LABEL,
                target=marks.target,
                path=place(self.known, node),
                standing=Standing.CONSEQUENTIAL,
                sources=marks.renumbered,
            ),
            (node, 2, 0),
        )

    def _labels(self) -> None:
        for marks in self.draft.labels:
            node = self._node(marks.target)
            options = tuple(
                Option(
                    id=short_hash([OptionKind.LABEL, label]),
                    deed=OptionKind.LABEL,
                    sources=who,
                    text=label,
                )
                for label, who in sorted(marks.labels, key=lambda pair: pair[1])
            )
            contested = len(options) > 1
            self._add(
                Region(
                    id=short_hash([marks.target, Stream.LABEL, sorted(o.id for o in options)]),
                    stream=Stream.LABEL,
                    target=marks.target,
                    path=place(self.known, node),
                    standing=Standing.CONTESTED if contested else Standing.CONSEQUENTIAL,
                    kinds=(ConflictKind.COMPETING_TITLE,) if contested else (),
                    base=self.known.nodes[node].label,
                    options=options,
                    sources=every(who for _, who in marks.labels),
                ),
                (node, 2, 1),
            )

    # -- provisions as a whole ----------------------------------------------------------------

    def _provisions(self) -> list[tuple[int, str]]:
        plans = planned(self.fates, self.versions.keepers)
        return [(self._provision(id, plans[id]), id) for id in sorted(plans, key=self._node)]

    def _provision(self, id: str, plan: ProvisionConflict) -> int:
        """Add the region of a provision; it follows from what those that take part propose."""
        sources = tuple(sorted(plan.sources))
        node = self._node(id)
        options = self.versions.of(id, sources, whole=plan.covers)
        contested = bool(plan.kinds) and (plan.gate or len(options) > 1)
        base = self._base(id)
        region = Region(
            id=(
                _gate_id(Gate.SUPPRESS, id, base)
                if plan.gate
                else short_hash([id, Stream.PROVISION, base, sorted(self._asked(id, options))])
            ),
            stream=Stream.PROVISION,
            target=id,
            path=place(self.known, node),
            standing=Standing.CONTESTED if contested else standing_of(sources),
            kinds=tuple(plan.kinds) if contested else (),
            base=base,
            options=options,
            sources=sources,
            covers=plan.covers and contested,
            gate=Gate.SUPPRESS if plan.gate and contested else None,
            grade=Severity.MEDIUM if plan.partly and contested else None,
        )
        return self._add(region, (node, 0, 0))

    def _base(self, id: str) -> str:
        node = self._node(id)
        tops = [self.known.nodes[top] for top in self.known.top] if node < 0 else ()
        return flat(tops or [self.known.nodes[node]])

    def _asked(self, id: str, options: Sequence[Option]) -> list[str]:
        """Return the ids of options that somebody asks of a provision itself.

        That it falls with one around it is implied: it leaves the question as it is.
        """
        own = self.fates.struck.get(id, set())
        return [o.id for o in options if o.deed is not OptionKind.SUPPRESS or own & {*o.sources}]

    def _no_changes(self) -> None:
        """Add, for each provision that some would keep and others change, whether it may change."""
        for id, conflict in no_change_conflicts(self.fates, self.versions.keepers).items():
            node, base = self._node(id), self._base(id)
            asking = tuple(sorted(conflict.asking))
            keep = Option(id=short_hash([OptionKind.KEEP]), deed=OptionKind.KEEP, sources=asking)
            region = Region(
                id=_gate_id(Gate.NO_CHANGE, id, base),
                stream=Stream.PROVISION,
                target=id,
                path=place(self.known, node),
                standing=Standing.CONTESTED,
                kinds=(ConflictKind.NO_CHANGE_OR_NOT,),
                base=base,
                options=(keep,),
                sources=asking,
                gate=Gate.NO_CHANGE,
            )
            self._add(region, (node, 0, 1))

    def _gather_all(self, made: Sequence[tuple[int, str]]) -> None:
        spots = sorted((found.node, number) for number, found in enumerate(self.found))
        moving = {id: number for number, id in made}
        arrivals = sorted(
            (self._node(owner), moving[id])
            for id, places in self.fates.moved.items()
            for owner, _, _ in places
        )
        for number, id in made:
            if self.found[number].region.kinds:
                self._gather(number, id, spots)
                if self.found[number].region.covers:
                    for _, other in _at(arrivals, *self.fates.span(id)):
                        self.questions.join(number, other)  # it moves into what is contested
                        self._gather_label(other, spots)
        for number, found in enumerate(self.found):
            if found.region.stream is Stream.GAP and found.region.kinds:
                for item in _added(found.region):
                    if item.kind is Kind.MOVED:
                        self.questions.join(number, moving[item.id])

    def _gather(self, number: int, id: str, spots: Sequence[tuple[int, int]]) -> None:
        """Join to a contested provision what others ask for inside it, or in its joined text."""
        node, last = self.fates.span(id)
        if self.found[number].region.covers:
            for at, other in _at(spots, node, last):
                if not self.fates.saved(at, node):
                    self.questions.join(number, other)
        self._gather_label(number, spots)
        for host in self._hosts(id):
            for _, other in _at(spots, host, host):
                region = self.found[other].region
                if region.stream is Stream.TEXT and id in tied(region, self.known.words(host)):
                    self.questions.join(number, other)

    def _gather_label(self, number: int, spots: Sequence[tuple[int, int]]) -> None:
        """Join to a contested provision the label that it gets where it goes."""
        found = self.found[number]
        for _, other in _at(spots, found.node, found.node):
            label = self.found[other].region
            named = label.stream is Stream.LABEL and label.options
            if named and set(found.region.sources) >= set(label.sources):
                self.questions.join(number, other)

    def _hosts(self, id: str) -> list[int]:
        """Return the nodes whose text holds a provision: those it is joined to, or its mark."""
        hosts = [self._node(host) for host in self.fates.joined.get(id, ())]
        node = self._node(id)
        if node >= 0 and self.known.nodes[node].kind is Kind.FOOTNOTE:
            hosts.append(self.known.parents[node])
        return hosts

    def _circles(self, made: list[tuple[int, str]]) -> None:
        """Join moves and joins that, all made, would put a provision below or into itself.

        A join that clashes with nothing else had no region of its own: it gets one.
        """
        numbers = {id: number for number, id in made}
        contested = {id for id, number in numbers.items() if self.found[number].region.kinds}
        for circle in cycles(self.fates, contested):
            for id in circle:
                if id not in numbers:
                    numbers[id] = self._provision(
                        id, ProvisionConflict(sources=self.fates.joiners(id))
                    )
                    made.append((numbers[id], id))
                self.questions.join(numbers[circle[0]], numbers[id])
                moves = id in self.fates.moved
                self._note(
                    numbers[id], ConflictKind.MOVE_CYCLE if moves else ConflictKind.COMPETING_JOIN
                )


def _gate_id(gate: Gate, id: str, base: str) -> str:
    """Return the id of a gate: neither options nor authors nor edits inside it change it."""
    return short_hash(["gate", gate, id, listed(key_of(base))])


def _at(spots: Sequence[tuple[int, int]], first: int, last: int) -> Sequence[tuple[int, int]]:
    """Return the spots at nodes ``first`` to ``last``, of spots sorted by node."""
    return spots[bisect_left(spots, (first,)) : bisect_left(spots, (last + 1,))]


def _added(region: Region) -> Iterator[Provision]:
    """Yield all that the options of a region add."""
    return walk(tuple(provision for option in region.options for provision in option.provisions))
