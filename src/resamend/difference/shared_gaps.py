"""At which gaps stands what several add, where some of them strike what is around it (R8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from hashlib import sha256

from resamend.difference.values import ListEdit, ListHunk
from resamend.model import Kind, Provision
from resamend.ordering import stated


def shared_gaps(edits: Sequence[ListEdit]) -> dict[str, list[int]]:
    """Map what several add to the fewest gaps at which each of them has it: the first of those.

    What stands between is struck by who adds it, so it may stand in any gap of its hunk (R8). Each
    gap is the end of somebody's hunk: what is left of proposals after a decision shares it still.
    """
    hunks = [hunk for edit in edits for hunk in edit.hunks if hunk.items]
    if len(edits) < 2 or all(hunk.start == hunk.end for hunk in hunks):
        return {}
    ranges: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for hunk in hunks:
        for provision in hunk.items:
            if provision.kind not in _FIXED:
                ranges[_name(provision)].add((hunk.end, hunk.start))
    shared: dict[str, list[int]] = {}
    for name, ends in ranges.items():
        gaps = shared[name] = []
        for end, start in sorted(ends):
            if not gaps or gaps[-1] < start:
                gaps.append(end)
    return {name: gaps for name, gaps in shared.items() if len(ranges[name]) > 1}


def _name(provision: Provision) -> str:
    return sha256(repr(stated(provision)).encode()).hexdigest()[:12]


_FIXED = frozenset({Kind.MOVED, Kind.FOOTNOTE})
"""What goes to one place: a moved provision, and a footnote, which stands where its mark does."""


def gaps_of(hunk: ListHunk, shared: Mapping[str, Sequence[int]]) -> list[int]:
    """Return the gaps at which the items of a hunk stand, in its order.

    At the end of what it strikes: there a replacement and a pure addition meet. What others add
    too may stand before, as ``shared`` says, but not before what its own source has before it.
    """
    if hunk.start == hunk.end or not shared:
        return [hunk.end] * len(hunk.items)
    places: list[int] = []
    for provision in hunk.items:
        gaps = shared.get(_name(provision), ()) if provision.kind not in _FIXED else ()
        place = next((gap for gap in gaps if hunk.start <= gap <= hunk.end), hunk.end)
        places.append(max(place, places[-1]) if places else place)
    return places
