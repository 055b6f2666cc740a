"""Join the regions that are one question.

Of a question the options tell all that is asked in it, each thing once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resamend.conflict.options import flat
from resamend.conflict.structural_changes import StructuralChanges
from resamend.conflict.values import (
    ConflictKind,
    Option,
    OptionKind,
    Region,
    Standing,
    Stream,
    short_hash,
)
from resamend.model import OBJECT, walk
from resamend.words import split

_GRAVEST_FIRST = list(ConflictKind)


class PendingRegion(Struct):
    """A region while regions are being joined: where it stands, and in which subtree."""

    region: Region
    order: tuple[int, ...]
    node: int
    leader: int


class RegionGroups:
    """Join the regions that were found; each leads itself, or is led by another."""

    def __init__(self, found: Sequence[PendingRegion], fates: StructuralChanges) -> None:
        self.found = found
        self.fates = fates

    def join(self, one: int, other: int) -> None:
        """Make two regions one question, by their numbers."""
        self.found[self._leader(other)].leader = self._leader(one)

    def _leader(self, number: int) -> int:
        while self.found[number].leader != number:
            number = self.found[number].leader
        return number

    def merged(self) -> list[PendingRegion]:
        """Return the questions, each as one region."""
        groups: dict[int, list[PendingRegion]] = defaultdict(list)
        for number in range(len(self.found)):
            groups[self._leader(number)].append(self.found[number])
        return [
            self._one(members) if len(members) > 1 else _settled(members[0])
            for members in groups.values()
        ]

    def _one(self, members: list[PendingRegion]) -> PendingRegion:
        """Make one region of several that are one question."""
        members.sort(key=lambda found: found.order)
        first = members[0]
        parts = tuple(sorted(found.region.id for found in members))
        sources = every(found.region.sources for found in members)
        items = tuple(item for found in members for item in found.region.items)
        if all(found.region.conjunction for found in members):
            return replace_found(first, self._of_list([found.region for found in members]))
        members = _labelled(members)
        kinds = {kind for found in members for kind in found.region.kinds}
        asked = self._asked(members)
        placed = tuple(
            (option if found is asked[0] else _named(option, found.region.target), found.region)
            for found in asked
            for option in found.region.options
        )
        options = _told_apart(placed)
        options += tuple(self._goings(members, set(every(o.sources for o in options))))
        # A footnote and its mark are one gate: alone, its option leaves only "not suppressed".
        gate = asked[0].region.gate if len(options) == 1 else None
        return replace_found(
            first,
            replace(
                asked[0].region,
                id=short_hash(["joined", *parts]),
                standing=Standing.CONTESTED,
                kinds=tuple(sorted(kinds, key=_GRAVEST_FIRST.index)),
                options=options,
                sources=sources,
                parts=parts,
                items=items,
                gate=gate,
            ),
        )

    def _of_list(self, regions: Sequence[Region]) -> Region:
        """Ask of a list whether all of its items are needed, or any is enough: by all its ends."""
        ways: dict[tuple[str, ...], list[str]] = defaultdict(list)
        ends: dict[tuple[str, ...], str] = {}
        for source in every(region.sources for region in regions):
            asked = [_of(region, source) for region in regions]
            way = tuple(option.id if option else "" for option in asked)
            texts = [o.text if o else r.base for o, r in zip(asked, regions, strict=True)]
            ways[way].append(source)
            ends[way] = self._ends(regions, texts)
        contested = len(ways) > 1
        options = tuple(
            Option(
                id=short_hash(way),
                deed=OptionKind.WORDS,
                sources=tuple(who),
                text=ends[way],
                words=split(ends[way]) if contested else (),
            )
            for way, who in ways.items()
        )
        parts = tuple(sorted(region.id for region in regions))
        return replace(
            regions[0],
            id=short_hash(["joined", *parts]),
            standing=Standing.CONTESTED if contested else regions[0].standing,
            kinds=(ConflictKind.COMPETING_REPLACEMENT,) if contested else (),
            base=self._ends(regions, [region.base for region in regions]),
            options=options,
            sources=every(region.sources for region in regions),
            parts=parts,
        )

    def _ends(self, regions: Sequence[Region], texts: Sequence[str]) -> str:
        known = self.fates.known
        labels = [known.nodes[known.at[region.target]].label for region in regions]
        pairs = zip(labels, texts, strict=True)
        return "; ".join(f"{label} … {text.strip()}".strip() for label, text in pairs)

    def _asked(self, members: Sequence[PendingRegion]) -> list[PendingRegion]:
        """Return the regions whose options tell all that is asked in several, provisions first.

        What lies inside a provision that is asked about as a whole is told by its options. Of the
        rest, what clashes is told; and what does not, where nobody behind it is heard else, or
        where it says more than that something is joined or noted there.
        """
        covers = self._covers(members)
        outside = [f for f in members if not self._covered(f, covers)]
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
        behind = set(every(found.region.sources for found in clashing))
        rest = [
            f
            for f in outside
            if not f.region.kinds and (not behind >= set(f.region.sources) or _says_more(f.region))
        ]
        return sorted(clashing + rest, key=lambda f: f.region.stream is not Stream.PROVISION)

    def _covers(self, members: Sequence[PendingRegion]) -> list[tuple[PendingRegion, int]]:
        """Return the regions that ask about a provision as a whole, and the last node of each."""
        return [
            (found, self.fates.span(found.region.target)[1])
            for found in members
            if found.region.covers
        ]

    def _covered(self, found: PendingRegion, covers: Sequence[tuple[PendingRegion, int]]) -> bool:
        """Tell whether a region lies inside another that is asked about as a whole."""
        node = found.node
        for cover, last in covers:
            inside = cover.node <= node <= last and cover is not found
            if inside and not self.fates.saved(node, cover.node):
                return True
        return False

    def _goings(self, members: Sequence[PendingRegion], heard: set[str]) -> Iterator[Option]:
        """Yield where things go that are moved out of what is asked about as a whole.

        And what is to be kept in it, by those who are not ``heard`` else.
        """
        covers = self._covers(members)
        for found in members:
            if found.region.stream is not Stream.PROVISION or not self._covered(found, covers):
                continue
            for option in found.region.options:
                if option.deed in (OptionKind.MOVE, OptionKind.JOIN):
                    yield option
                elif option.deed is OptionKind.KEEP and not heard.issuperset(option.sources):
                    kept = replace(option, place=found.region.path)
                    yield _named(kept, found.region.target)


def _of(region: Region, source: str) -> Option | None:
    return next((option for option in region.options if source in option.sources), None)


def _labelled(members: list[PendingRegion]) -> list[PendingRegion]:
    """Tell the label that a provision gets where it moves with the move, not as a thing apart."""
    moves = {
        found.region.target: found
        for found in members
        if found.region.stream is Stream.PROVISION
        and any(option.deed is OptionKind.MOVE for option in found.region.options)
    }
    told: dict[str, PendingRegion] = {}
    left = []
    for found in members:
        region, move = found.region, moves.get(found.region.target)
        if move is None or region.stream is not Stream.LABEL or not region.options:
            left.append(found)
            continue
        labels = {source: o.text for o in region.options for source in o.sources}
        options = [_with_label(option, labels) for option in move.region.options]
        if all(options):
            made = tuple(filter(None, options))
            told[region.target] = replace_found(move, replace(move.region, options=made))
        else:
            left.append(found)
    return [told.get(f.region.target, f) if f is moves.get(f.region.target) else f for f in left]


def _with_label(option: Option, labels: Mapping[str, str]) -> Option | None:
    """Return an option with the label that its sources give; nothing where they do not agree."""
    given = {labels.get(source) for source in option.sources}
    if given == {None}:
        return option
    label = given.pop()
    if given or label is None or option.deed is not OptionKind.MOVE or not option.provisions:
        return None
    first, *rest = option.provisions
    made = (replace(first, label=label), *rest)
    return replace(option, provisions=made, text=flat(made))


def _named(option: Option, target: str) -> Option:
    """Tell apart options that strike or keep different provisions of one question."""
    if option.deed not in (OptionKind.SUPPRESS, OptionKind.KEEP):
        return option
    return replace(option, id=short_hash([option.id, target]))


def _told_apart(options: Sequence[tuple[Option, Region]]) -> tuple[Option, ...]:
    """Return options with ids that differ: equal texts at two places are two options."""
    ids: set[str] = set()
    apart = []
    for option, region in options:
        if option.id in ids:
            place = (region.target, region.stream, region.lo)
            option = replace(option, id=short_hash([option.id, *place]))
        ids.add(option.id)
        apart.append(option)
    return tuple(apart)


def _settled(found: PendingRegion) -> PendingRegion:
    """Return a region that is a question of its own, its kinds in order."""
    region = found.region
    if not region.kinds:
        return found
    kinds = tuple(sorted(region.kinds, key=_GRAVEST_FIRST.index))
    return replace_found(found, replace(region, kinds=kinds, standing=Standing.CONTESTED))


def replace_found(found: PendingRegion, region: Region) -> PendingRegion:
    """Return the same place with another region."""
    return PendingRegion(region, found.order, found.node, found.leader)


def _only_moves(region: Region, moved: set[tuple[str, str]]) -> bool:
    """Tell whether all that a region asks is told by additions into which something moves."""
    return region.stream is Stream.PROVISION and all(
        option.deed is OptionKind.MOVE and (region.target, source) in moved
        for option in region.options
        for source in option.sources
    )


def _says_more(region: Region) -> bool:
    """Tell whether a region has words besides the marks of footnotes and joined provisions."""
    said = (region.base, *(option.text for option in region.options))
    return region.stream is Stream.TEXT and any(text.replace(OBJECT, "").strip() for text in said)


def every(sources: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted({source for some in sources for source in some}))
