"""How well conflicts, co-sponsors and moves are told, against the generator's truth."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from bench.clashes import Clash, Shared, clashes, differ, shared
from bench.drafts import draft
from bench.truth import Place, truth
from bench.workload import Workload
from resamend.akn import read
from resamend.amendment import Proposal, propose
from resamend.conflict import Findings, Region, Standing, Stream, find
from resamend.consolidation import Consolidated, merge, project
from resamend.difference import ListEdit
from resamend.model import Kind, Resolution, walk


class Matched(Struct, frozen=True):
    """Count things that ought to be told and things told, and how many of each fit."""

    true: int
    found: int
    reported: int
    right: int

    @property
    def recall(self) -> float:
        """Return the share of the true ones that were told; 1 where there was none."""
        return self.found / self.true if self.true else 1.0

    @property
    def precision(self) -> float:
        """Return the share of those told that are true; 1 where none was told."""
        return self.right / self.reported if self.reported else 1.0


class Told(Struct, frozen=True):
    """Hold one conflict as a tool reports it: the places that it covers."""

    id: str
    places: frozenset[Place]


class Quality(Struct, frozen=True, kw_only=True):
    """Hold what was told of one workload; ``to_the_word`` counts conflicts with equal places."""

    conflicts: Matched
    to_the_word: int
    identical: Matched
    moves: Matched


def summed(many: Sequence[Matched]) -> Matched:
    """Count several workloads as one."""
    columns = [(each.true, each.found, each.reported, each.right) for each in many]
    return Matched(*map(sum, zip(*columns, strict=True)))


def quality(workload: Workload) -> Quality:
    """Merge what all sources ask for, and compare what is found with what they did."""
    proposals = [
        propose(workload.base, text, name)
        for text, name in zip(workload.revised, workload.names, strict=True)
    ]
    merged = merge(workload.base, proposals)
    known = truth(workload)
    true, reported = clashes(known), told(workload, find(merged))
    places = {one.places for one in reported}
    wider = sum(
        not _met([one.places], (clash.places for clash in true))
        and any(differ(known, place) for place in one.places)
        for one in reported
    )
    conflicts = matched(true, reported)
    return Quality(
        conflicts=Matched(
            conflicts.true, conflicts.found, conflicts.reported, conflicts.right + wider
        ),
        to_the_word=sum(clash.places in places for clash in true),
        identical=_identical(workload, merged, shared(known)),
        moves=_moves(workload, proposals),
    )


def matched(true: Sequence[Clash], reported: Sequence[Told]) -> Matched:
    """Match conflicts by the base words that they touch."""
    return Matched(
        true=len(true),
        found=_met((c.places for c in true), (r.places for r in reported)),
        reported=len(reported),
        right=_met((r.places for r in reported), (c.places for c in true)),
    )


def _met(some: Iterable[frozenset[Place]], others: Iterable[frozenset[Place]]) -> int:
    """Count those of some that meet any of the others."""
    by_owner: dict[tuple[str, int], list[Place]] = defaultdict(list)
    for places in others:
        for place in places:
            by_owner[place.stream, place.owner].append(place)
    return sum(
        any(place.meets(o) for place in places for o in by_owner[place.stream, place.owner])
        for places in some
    )


# -- what resamend tells --------------------------------------------------------------------------


def told(workload: Workload, findings: Findings) -> tuple[Told, ...]:
    """Return the contested points, each with the places of all that was joined into it."""
    numbers = _numbers(workload)
    elements = {element.id: element for element in findings.elements}
    return tuple(
        Told(region.id, frozenset(_places(numbers, region, elements)))
        for region in findings.standing(Standing.CONTESTED)
    )


def _numbers(workload: Workload) -> dict[str, int]:
    return {
        **{id: number for number, id in enumerate(workload.ids)},
        **{id: ~number for number, id in enumerate(workload.heading_ids)},
    }


_STREAMS = {Stream.TEXT: "text", Stream.GAP: "gap", Stream.PROVISION: "whole"}


def _places(
    numbers: dict[str, int], region: Region, elements: dict[str, Region]
) -> Iterator[Place]:
    for each in [elements[part] for part in region.parts] or [region]:
        if each.stream in _STREAMS and each.target in numbers:
            yield Place(_STREAMS[each.stream], numbers[each.target], each.lo, each.hi)


def _identical(workload: Workload, merged: Consolidated, groups: Sequence[Shared]) -> Matched:
    """Count, in each group of sources that ask for the same, those who share the first's mark."""
    marks = _marks(workload, merged)
    true = found = 0
    for group in groups:
        first, *others = group.sources
        stream = "gap" if group.kind == "add" else f"{group.place.stream}:{group.kind}"
        here = [
            sources
            for place, sources in marks[stream, group.place.owner]
            if place.meets(group.place) and first in sources
        ]
        true += len(others)
        found += sum(any(other in sources for sources in here) for other in others)
    return Matched(true, found, true, found)


def _marks(
    workload: Workload, merged: Consolidated
) -> dict[tuple[str, int], list[tuple[Place, tuple[str, ...]]]]:
    """Return all marks of a draft by stream and owner."""
    numbers = _numbers(workload)
    marks: dict[tuple[str, int], list[tuple[Place, tuple[str, ...]]]] = defaultdict(list)
    for text in merged.texts:
        owner = numbers.get(text.target, -1)
        for change in text.changes:
            lo, hi = 2 * change.start, 2 * change.end
            span = (lo, hi) if lo == hi else (lo + 1, hi - 1)
            marks["text:edit", owner].append((Place("text", owner, *span), change.sources))
    for edits in merged.lists:
        if edits.target not in numbers:
            continue
        owner = numbers[edits.target]
        children = workload.outline.children(owner)
        for at, sources in edits.gone:
            place = Place("whole", children[at])
            marks["whole:strike", children[at]].append((place, sources))
        for addition in edits.additions:
            gap = Place("gap", owner, 2 * addition.gap, 2 * addition.gap)
            marks["gap", owner].append((gap, addition.sources))
            if addition.provision.kind is Kind.MOVED:
                number = numbers[addition.provision.id]
                place = Place("whole", number)
                marks["whole:move", number].append((place, addition.sources))
    return marks


def _moves(workload: Workload, proposals: Sequence[Proposal]) -> Matched:
    true = found = reported = right = 0
    for deeds, proposal in zip(workload.deeds, proposals, strict=True):
        meant = {workload.ids[deed.provision] for deed in deeds if deed.kind == "move"}
        moved = _moved(proposal)
        true, found = true + len(meant), found + len(meant & moved)
        reported, right = reported + len(moved), right + len(moved & meant)
    return Matched(true, found, reported, right)


def _moved(proposal: Proposal) -> set[str]:
    items = (
        item
        for edit in proposal.edits
        if isinstance(edit, ListEdit)
        for hunk in edit.hunks
        for item in walk(hunk.items)
    )
    return {item.id for item in items if item.kind is Kind.MOVED}


# -- what must hold every time --------------------------------------------------------------------


class Steadiness(Struct, frozen=True, kw_only=True):
    """Count runs, and those in which order changed nothing and every text came back."""

    runs: int
    same_in_any_order: int
    recovered: int


def steadiness(workloads: Sequence[Workload], *, orders: int = 3) -> Steadiness:
    """Write drafts of each workload in several orders of arrival, and take every text out again."""
    same = recovered = 0
    for number, workload in enumerate(workloads):
        texts = dict(zip(workload.names, workload.revised, strict=True))
        proposals = [propose(workload.base, text, name) for name, text in texts.items()]
        first = draft(workload.base, proposals)
        chance = random.Random(number)
        for _ in range(orders):
            shuffled = chance.sample(proposals, len(proposals))
            other = draft(workload.base, shuffled)
            same += other == first
            recovered += _all_back(other, workload.base, texts)
    runs = len(workloads) * orders
    return Steadiness(runs=runs, same_in_any_order=same, recovered=recovered)


def _all_back(data: bytes, base: Resolution, texts: Mapping[str, Resolution]) -> bool:
    """Tell whether every text comes back, exactly, from the bytes of a draft."""
    value = read(data).value
    return (
        isinstance(value, Consolidated)
        and project(value, None) == base
        and all(project(value, name) == text for name, text in texts.items())
    )
