"""Find where proposals meet, and say how each change stands.

First the regions of every text and gap, and what happens to each provision; then what belongs to
one question is joined into one region: a provision that some strike and all that others change in
it, additions that bear the same number, moves that together would turn in a circle.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from resamend.amendment import place
from resamend.conflict.broken import broken_references
from resamend.conflict.options import Versions, flat, gap_options, orders
from resamend.conflict.plans import Plan, planned
from resamend.conflict.similar import similar
from resamend.conflict.structure import (
    Fates,
    additions_of,
    alike,
    components,
    cycles,
    fates,
)
from resamend.conflict.text import adjacent, standing_of, text_regions, tied
from resamend.conflict.values import (
    Clash,
    Deed,
    Editorial,
    Findings,
    Option,
    Region,
    Standing,
    Stream,
    short_hash,
)
from resamend.matching import Tree, tree
from resamend.merge import Addition, Consolidated, ListMarks
from resamend.model import OBJECT, Kind, Provision, Word, walk
from resamend.numbering import Style, parse

__all__ = ["find", "flat"]

_GRAVEST_FIRST = list(Clash)


def find(consolidated: Consolidated) -> Findings:
    """Return every region of a consolidated draft, and which proposals say nearly the same."""
    finder = _Finder(consolidated)
    regions = finder.find()
    return Findings(
        regions=regions,
        elements=tuple(found.region for found in finder.found),
        similar=similar(regions),
        editorial=tuple(_editorial(consolidated)),
        warnings=broken_references(consolidated, finder.fates, finder.versions),
    )


def _editorial(consolidated: Consolidated) -> Iterator[Editorial]:
    known = tree(consolidated.base)
    for marks in consolidated.texts:
        node = known.at[marks.target]
        words = known.words(node) if marks.surfaces else ()
        for surface in marks.surfaces:
            if _edge(words[surface.at], surface.word):
                continue
            yield Editorial(
                target=marks.target,
                path=place(known, node),
                base=words[surface.at],
                word=surface.word,
                sources=surface.sources,
            )


def _edge(one: Word, other: Word) -> bool:
    """Tell whether words differ only in the space before them that a split or join makes."""
    bare = {word.text.strip(" ") for word in (one, other)}
    return len(bare) == 1 and one.marks == other.marks and "" in {
        word.text[: len(word.text) - len(word.text.lstrip(" "))] for word in (one, other)
    }  # fmt: skip


@dataclass(slots=True)
class _Found:
    """A region while regions are being joined: where it stands, and in which subtree."""

    region: Region
    order: tuple[int, ...]
    node: int
    leader: int


class _Finder:
    def __init__(self, consolidated: Consolidated) -> None:
        self.draft = consolidated
        self.known: Tree = tree(consolidated.base)
        self.fates: Fates = fates(consolidated)
        self.found: list[_Found] = []
        self.versions = Versions(consolidated, self.fates)

    def find(self) -> tuple[Region, ...]:
        self._texts()
        self._gaps()
        self._labels()
        made = self._provisions()
        self._circles()
        self._gather_all(made)
        merged = self._merged()
        beside = self._adjacent(merged)
        return tuple(f.region for f in sorted(merged + beside, key=lambda f: f.order))

    def _node(self, id: str) -> int:
        return self.known.at[id] if id else -1

    def _add(self, region: Region, order: tuple[int, ...]) -> int:
        number = len(self.found)
        self.found.append(_Found(region, order, self._node(region.target), number))
        return number

    def _join(self, one: int, other: int) -> None:
        self.found[self._leader(other)].leader = self._leader(one)

    def _leader(self, number: int) -> int:
        while self.found[number].leader != number:
            number = self.found[number].leader
        return number

    # -- what there is ------------------------------------------------------------------------

    def _texts(self) -> None:
        for marks in self.draft.texts:
            node = self._node(marks.target)
            kind = self.known.nodes[node].kind
            where = place(self.known, node)
            regions = text_regions(marks, self.known.words(node), kind, where)
            for region in regions:
                self._add(region, (node, 1, region.lo))

    def _gaps(self) -> None:
        for marks in self.draft.lists:
            numbers: list[tuple[int, Addition]] = []
            for gap, additions in additions_of(marks).items():
                new = [a for a in additions if a.provision.kind not in (Kind.MOVED, Kind.FOOTNOTE)]
                groups = [additions] if gap in marks.cycles else components(new)
                for group in groups:
                    number = self._gap(marks, gap, group, turns=gap in marks.cycles)
                    numbers += [(number, addition) for addition in group]
            self._collisions(marks, numbers)
            if marks.renumbered:
                self._renumbering(marks)

    def _gap(self, marks: ListMarks, gap: int, group: Sequence[Addition], *, turns: bool) -> int:
        owner = self._node(marks.target)
        order = orders(self.fates, owner, gap) if turns else None
        options = gap_options(self.known, group, order)
        kinds = {Clash.ORDER_IN_GAP} if turns else set()
        if len(options) > 1 and any(a.provision.kind is not Kind.MOVED for a in group):
            kinds |= set() if turns else {Clash.COMPETING_ADDITION}
        if any(len(_numbers(addition, marks)) > 1 for addition in group):
            kinds.add(Clash.LABEL_COLLISION)
            options = gap_options(self.known, group, order, numbered=True)
        contested = len(options) > 1
        sources = _every(option.sources for option in options)
        ranks = sorted({addition.rank for addition in group})  # equal ones at one place are two
        region = Region(
            id=short_hash([marks.target, Stream.GAP, gap, ranks, sorted(o.id for o in options)]),
            stream=Stream.GAP,
            target=marks.target,
            path=" ".join(filter(None, (place(self.known, owner), group[0].provision.label))),
            lo=2 * gap,
            hi=2 * gap,
            standing=Standing.CONTESTED if contested else standing_of(sources),
            kinds=tuple(kinds),
            options=options,
            sources=sources,
            items=tuple(addition.name for addition in group),
        )
        return self._add(region, self._gap_order(owner, gap))

    def _gap_order(self, owner: int, gap: int) -> tuple[int, ...]:
        """Return where a gap stands in the order of the text: after all of the child before it."""
        children = self.known.children(owner)
        last = self.fates.last(children[gap - 1]) if gap else owner
        return (last, 3, -owner, gap)

    def _collisions(self, marks: ListMarks, numbers: Sequence[tuple[int, Addition]]) -> None:
        """Join additions of different sources that bear the same number in one list."""
        by_label: dict[str, list[tuple[int, Addition, set[str]]]] = defaultdict(list)
        for number, addition in numbers:
            for label, sources in _numbers(addition, marks):
                by_label[label].append((number, addition, sources))
        for same in by_label.values():
            if _collide(same):
                for number, _, _ in same:
                    self._join(same[0][0], number)
                    self._note(number, Clash.LABEL_COLLISION)

    def _note(self, number: int, clash: Clash) -> None:
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
                Option(id=short_hash([Deed.LABEL, label]), deed=Deed.LABEL, sources=who, text=label)
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
                    kinds=(Clash.COMPETING_TITLE,) if contested else (),
                    base=self.known.nodes[node].label,
                    options=options,
                    sources=_every(who for _, who in marks.labels),
                ),
                (node, 2, 1),
            )

    # -- provisions as a whole ----------------------------------------------------------------

    def _provisions(self) -> list[tuple[int, str]]:
        plans = planned(self.fates, self.versions.keepers)
        return [(self._provision(id, plans[id]), id) for id in sorted(plans, key=self._node)]

    def _provision(self, id: str, plan: Plan) -> int:
        node = self._node(id)
        options = self.versions.of(id, sorted(plan.sources), whole=plan.covers)
        contested = bool(plan.kinds) and len(options) > 1
        provision = self.known.nodes[node] if node >= 0 else None
        base = flat([provision]) if provision else ""
        sources = tuple(sorted(plan.sources))
        return self._add(
            Region(
                id=short_hash([id, Stream.PROVISION, base, sorted(o.id for o in options)]),
                stream=Stream.PROVISION,
                target=id,
                path=place(self.known, node),
                standing=Standing.CONTESTED if contested else standing_of(sources),
                kinds=tuple(plan.kinds) if contested else (),
                base=base,
                options=options,
                sources=sources,
                covers=plan.covers and contested,
            ),
            (node, 0, 0),
        )

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
                    for _, other in _at(arrivals, *self._span(id)):
                        self._join(number, other)  # it moves into what is contested
                        self._gather_label(other, spots)
        for number, found in enumerate(self.found):
            if found.region.stream is Stream.GAP and found.region.kinds:
                for item in _added(found.region):
                    if item.kind is Kind.MOVED:
                        self._join(number, moving[item.id])

    def _span(self, id: str) -> tuple[int, int]:
        """Return the first and the last node of a provision with all below it."""
        node = self._node(id)
        return node, self.fates.last(node) if id else len(self.known.nodes)

    def _gather(self, number: int, id: str, spots: Sequence[tuple[int, int]]) -> None:
        """Join to a contested provision what others ask for inside it, or in its joined text."""
        node, last = self._span(id)
        if self.found[number].region.covers:
            for at, other in _at(spots, node, last):
                if not self._saved(at, node):
                    self._join(number, other)
        self._gather_label(number, spots)
        for host in self._hosts(id):
            for _, other in _at(spots, host, host):
                region = self.found[other].region
                if region.stream is Stream.TEXT and id in tied(region, self.known.words(host)):
                    self._join(number, other)

    def _gather_label(self, number: int, spots: Sequence[tuple[int, int]]) -> None:
        """Join to a contested provision the label that it gets where it goes."""
        found = self.found[number]
        for _, other in _at(spots, found.node, found.node):
            label = self.found[other].region
            named = label.stream is Stream.LABEL and label.options
            if named and set(found.region.sources) >= set(label.sources):
                self._join(number, other)

    def _hosts(self, id: str) -> list[int]:
        """Return the nodes whose text holds a provision: those it is joined to, or its mark."""
        hosts = [self._node(host) for host in self.fates.joined.get(id, ())]
        node = self._node(id)
        if node >= 0 and self.known.nodes[node].kind is Kind.FOOTNOTE:
            hosts.append(self.known.parents[node])
        return hosts

    def _saved(self, node: int, top: int) -> bool:
        """Tell whether who strikes a provision takes something below it away before."""
        strikers = self.fates.struck.get(self.known.nodes[top].id, ()) if top >= 0 else ()
        while strikers and node > top:
            if any(self.fates.takes(striker, node) for striker in strikers):
                return True
            node = self.known.parents[node]
        return False

    def _circles(self) -> None:
        """Join moves that, all made, would put a provision below itself."""
        for circle in cycles(self.fates):
            numbers = [
                number
                for number, found in enumerate(self.found)
                if found.region.stream is Stream.PROVISION and found.region.target in circle
            ]
            for number in numbers:
                self._join(numbers[0], number)
                self._note(number, Clash.MOVE_CYCLE)

    # -- what belongs together ----------------------------------------------------------------

    def _merged(self) -> list[_Found]:
        groups: dict[int, list[_Found]] = defaultdict(list)
        for number in range(len(self.found)):
            groups[self._leader(number)].append(self.found[number])
        return [self._one(members) for members in groups.values()]

    def _one(self, members: list[_Found]) -> _Found:
        """Make one region of several that are one question."""
        if len(members) == 1:
            return _settled(members[0])
        members.sort(key=lambda found: found.order)
        first = members[0]
        kinds = {kind for found in members for kind in found.region.kinds}
        parts = tuple(sorted(found.region.id for found in members))
        asked = self._asked(members)
        options = tuple(
            option if found is asked[0] else _named(option, found.region.target)
            for found in asked
            for option in found.region.options
        )
        options += tuple(self._goings(members))
        return replace_found(
            first,
            replace(
                asked[0].region,
                id=short_hash(["joined", *parts]),
                standing=Standing.CONTESTED,
                kinds=tuple(sorted(kinds, key=_GRAVEST_FIRST.index)),
                options=options,
                sources=_every(found.region.sources for found in members),
                parts=parts,
                items=tuple(item for found in members for item in found.region.items),
            ),
        )

    def _asked(self, members: Sequence[_Found]) -> list[_Found]:
        """Return the regions whose options tell all that is asked in several, provisions first.

        What lies inside a provision that is asked about as a whole is told by its options. Of the
        rest, what clashes is told; and what does not, where nobody behind it is heard else, or
        where it says more than that something is joined or noted there.
        """
        outside = [f for f in members if not self._covered(f, members)]
        moved = {
            (item.id, source)
            for found in outside
            if found.region.stream is Stream.GAP and found.region.kinds
            for option in found.region.options
            for item in walk(option.provisions)
            for source in option.sources
        }
        outside = [f for f in outside if not _only_moves(f.region, moved)]
        clashing = [found for found in outside if found.region.kinds]
        behind = set(_every(found.region.sources for found in clashing))
        rest = [
            f
            for f in outside
            if not f.region.kinds and (not behind >= set(f.region.sources) or _says_more(f.region))
        ]
        return sorted(clashing + rest, key=lambda f: f.region.stream is not Stream.PROVISION)

    def _covered(self, found: _Found, members: Sequence[_Found]) -> bool:
        """Tell whether a region lies inside another that is asked about as a whole."""
        return any(
            cover is not found
            and cover.node <= found.node <= self._span(cover.region.target)[1]
            and not self._saved(found.node, cover.node)
            for cover in members
            if cover.region.covers
        )

    def _goings(self, members: Sequence[_Found]) -> Iterator[Option]:
        """Yield where things go that are moved out of what is asked about as a whole."""
        for found in members:
            if found.region.stream is Stream.PROVISION and self._covered(found, members):
                yield from (o for o in found.region.options if o.deed in (Deed.MOVE, Deed.JOIN))

    def _adjacent(self, merged: Sequence[_Found]) -> list[_Found]:
        """Return the changes that compose but must be read together."""
        by_text: dict[str, list[_Found]] = defaultdict(list)
        for found in sorted(merged, key=lambda f: f.order):
            if found.region.stream is Stream.TEXT and not found.region.parts:
                by_text[found.region.target].append(found)
        made = []
        for members in by_text.values():
            spots = {found.region.id: found for found in members}
            regions = [found.region for found in members]
            pairs: list[tuple[Clash, tuple[Region, ...]]] = [
                (Clash.ADJACENT, pair) for pair in adjacent(regions)
            ]
            splits = tuple(region for region in regions if _splits(region))
            if len(splits) > 1:
                pairs.append((Clash.COMPETING_SPLIT, splits))
            for clash, together in pairs:
                last = spots[together[-1].id]
                made.append(_Found(_beside(clash, together), (*last.order, 1), last.node, -1))
        return made


def _named(option: Option, target: str) -> Option:
    """Tell apart options that strike or keep different provisions of one question."""
    if option.deed not in (Deed.SUPPRESS, Deed.KEEP):
        return option
    return replace(option, id=short_hash([option.id, target]))


def _settled(found: _Found) -> _Found:
    """Return a region that is a question of its own, its kinds in order."""
    region = found.region
    if not region.kinds:
        return found
    kinds = tuple(sorted(region.kinds, key=_GRAVEST_FIRST.index))
    return replace_found(found, replace(region, kinds=kinds, standing=Standing.CONTESTED))


def replace_found(found: _Found, region: Region) -> _Found:
    """Return the same place with another region."""
    return _Found(region, found.order, found.node, found.leader)


def _beside(clash: Clash, together: Sequence[Region]) -> Region:
    first = together[0]
    return Region(
        id=short_hash([clash, *(region.id for region in together)]),
        stream=Stream.TEXT,
        target=first.target,
        path=first.path,
        lo=first.lo,
        hi=together[-1].hi,
        standing=Standing.ADJACENT,
        kinds=(clash,),
        base=first.base,
        options=tuple(option for region in together for option in region.options),
        sources=_every(region.sources for region in together),
        parts=tuple(region.id for region in together),
    )


def _every(sources: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted({source for some in sources for source in some}))


def _at(spots: Sequence[tuple[int, int]], first: int, last: int) -> Sequence[tuple[int, int]]:
    """Return the spots at nodes ``first`` to ``last``, of spots sorted by node."""
    return spots[bisect_left(spots, (first,)) : bisect_left(spots, (last + 1,))]


def _added(region: Region) -> Iterator[Provision]:
    """Yield all that the options of a region add."""
    return walk(tuple(provision for option in region.options for provision in option.provisions))


def _only_moves(region: Region, moved: set[tuple[str, str]]) -> bool:
    """Tell whether all that a region asks is told by additions into which something moves."""
    return region.stream is Stream.PROVISION and all(
        option.deed is Deed.MOVE and (region.target, source) in moved
        for option in region.options
        for source in option.sources
    )


def _says_more(region: Region) -> bool:
    """Tell whether a region has words besides the marks of footnotes and joined provisions."""
    said = (region.base, *(option.text for option in region.options))
    return region.stream is Stream.TEXT and any(text.replace(OBJECT, "").strip() for text in said)


def _splits(region: Region) -> bool:
    return any(
        mark.kind == "split"
        for option in region.options
        for word in option.words
        for mark in word.marks
    )


def _collide(same: Iterable[tuple[int, Addition, set[str]]]) -> bool:
    """Tell whether of additions with one number two are different ones, of different sources."""
    who: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for _, addition, sources in same:
        who[alike(addition.provision)] |= sources
    return any(one - other and other - one for one, other in combinations(who.values(), 2))


def _numbers(addition: Addition, marks: ListMarks) -> list[tuple[str, set[str]]]:
    """Return the numbers that an addition is given, by sources who do not number the list anew."""
    found = []
    for label, who in addition.labels:
        number = parse(label)
        sources = set(who) - set(marks.renumbered)
        if sources and number and number.style is not Style.BULLET:
            found.append((label, sources))
    return found
