"""Where a region or a record is in the text in force, and what stands there and around it."""

from __future__ import annotations

from collections.abc import Mapping

from resamend.conflict import Region, Stream, flat
from resamend.decision.values import Place
from resamend.matching import ProvisionIndex


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
    if place.stream is Stream.PROVISION and node < 0:
        return flat([known.nodes[top] for top in known.top])
    if place.stream is Stream.TEXT:
        words = known.words(node)[place.lo // 2 : (place.hi + 1) // 2]
        return "".join(word.text for word in words)
    if place.stream is Stream.PROVISION:
        return flat([known.nodes[node]])
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
