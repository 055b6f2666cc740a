"""What is added in the gaps of a list, and where additions bear the same number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from msgspec import Struct

from resamend.amendment import path_of_added
from resamend.conflict.options import gap_options, orders
from resamend.conflict.region_groups import every
from resamend.conflict.structural_changes import StructuralChanges, additions_of, alike, components
from resamend.conflict.text_regions import standing_of
from resamend.conflict.values import ConflictKind, Json, Region, Standing, Stream, short_hash
from resamend.consolidation import Addition, ListMarks
from resamend.matching import ProvisionIndex
from resamend.model import Kind
from resamend.numbering import LabelStyle, parse

Freed = defaultdict[str, set[str]]
"""Who does not ask for a number, by the number."""


class Gaps(Struct, frozen=True):
    """Hold the regions of a list's gaps; and which of them, by number, bear one number."""

    regions: tuple[Region, ...]
    collisions: tuple[tuple[int, ...], ...]


def gaps_of(known: ProvisionIndex, fates: StructuralChanges, marks: ListMarks) -> Gaps:
    """Return what sources add in the gaps of a list."""
    regions: list[Region] = []
    numbers: list[tuple[int, Addition]] = []
    freed = _freed(known, marks)
    for gap, additions in additions_of(marks).items():
        new = [a for a in additions if a.provision.kind not in (Kind.MOVED, Kind.FOOTNOTE)]
        turns = gap in marks.cycles
        for group in [additions] if turns else components(new):
            numbers += [(len(regions), addition) for addition in group]
            regions.append(_gap(known, fates, marks, gap, group, freed, turns=turns))
    return Gaps(tuple(regions), tuple(_collisions(freed, numbers)))


def _gap(
    known: ProvisionIndex,
    fates: StructuralChanges,
    marks: ListMarks,
    gap: int,
    group: Sequence[Addition],
    freed: Freed,
    *,
    turns: bool,
) -> Region:
    owner = known.at[marks.target] if marks.target else -1
    order = orders(fates, owner, gap) if turns else None
    options = gap_options(known, group, order)
    kinds = {ConflictKind.ORDER_IN_GAP} if turns else set()
    if len(options) > 1 and any(a.provision.kind is not Kind.MOVED for a in group):
        kinds |= set() if turns else {ConflictKind.COMPETING_ADDITION}
    if any(len(_numbers(addition, freed)) > 1 for addition in group):
        kinds.add(ConflictKind.LABEL_COLLISION)
        numbered = {who for a in group for _, sources in _numbers(a, freed) for who in sources}
        options = gap_options(known, group, order, numbered=numbered)
    contested = len(options) > 1
    sources = every(option.sources for option in options)
    ranks = sorted({addition.rank for addition in group})  # equal ones at one place are two
    return Region(
        id=short_hash([marks.target, Stream.GAP, gap, ranks, sorted(o.id for o in options)]),
        stream=Stream.GAP,
        target=marks.target,
        path=path_of_added(known, owner, gap, group[0].provision),
        lo=2 * gap,
        hi=2 * gap,
        standing=Standing.CONTESTED if contested else standing_of(sources),
        kinds=tuple(kinds),
        options=options,
        sources=sources,
        items=tuple(addition.name for addition in group),
    )


def _collisions(freed: Freed, numbers: Sequence[tuple[int, Addition]]) -> Iterable[tuple[int, ...]]:
    """Yield the regions with additions of different sources that bear the same number."""
    by_label: dict[str, list[tuple[int, Addition, set[str]]]] = defaultdict(list)
    for number, addition in numbers:
        for label, sources in _numbers(addition, freed):
            by_label[label].append((number, addition, sources))
    for same in by_label.values():
        if len(same) > 1 and _collide(same):
            yield tuple([number for number, _, _ in same])


def _collide(same: Iterable[tuple[int, Addition, set[str]]]) -> bool:
    """Tell whether of additions with one number two are different ones, of different sources.

    Each region counts by itself: who adds the same elsewhere too may see that decided apart.
    """
    who: dict[tuple[int, Json], set[str]] = defaultdict(set)
    for number, addition, sources in same:
        who[number, alike(addition.provision)] |= sources
    return any(
        one != other and who[a, one] - who[b, other] and who[b, other] - who[a, one]
        for (a, one), (b, other) in combinations(who, 2)
    )


def _freed(known: ProvisionIndex, marks: ListMarks) -> Freed:
    """Map each number of a list to those for whom it says nothing.

    They number the list anew, or take out what bears it: what they put in its place has it then.
    """
    freed: Freed = defaultdict(lambda: set(marks.renumbered))
    children = known.children(known.at[marks.target] if marks.target else -1)
    for k, sources in marks.gone:
        freed[known.nodes[children[k]].label].update(sources)
    return freed


def _numbers(addition: Addition, freed: Freed) -> list[tuple[str, set[str]]]:
    """Return the numbers that an addition is given, by sources who ask for this one."""
    found = []
    for label, who in addition.labels:
        sources = set(who) - freed[label]
        number = parse(label) if sources else None
        if number and number.style is not LabelStyle.BULLET:
            found.append((label, sources))
    return found
