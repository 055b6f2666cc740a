"""What sources truly did: edits in normal form, gathered by place.

Made from the generator's deeds alone, without resamend's diff, so that it can be measured against
them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from bench.workload import IN_TEXT, Deed, Outline, Workload


class Place(Struct, frozen=True, order=True):
    """Name a place: the span of a text or a gap in doubled coordinates, or a whole provision.

    ``stream`` is text, gap or whole; ``owner`` the provision, or whose list the gap is in.
    """

    stream: str
    owner: int
    lo: int = 0
    hi: int = 0

    def meets(self, other: Place) -> bool:
        """Tell whether two places touch the same words."""
        same = self.stream == other.stream and self.owner == other.owner
        return same and self.lo <= other.hi and other.lo <= self.hi


class Edit(Struct, frozen=True):
    """Replace the words [start, end) of a provision: normal form, as minimal as can be."""

    start: int
    end: int
    words: tuple[str, ...]

    @property
    def span(self) -> tuple[int, int]:
        """Return what it touches, in doubled coordinates."""
        if self.start == self.end:
            return 2 * self.start, 2 * self.start
        return 2 * self.start + 1, 2 * self.end - 1


class Truth(Struct, frozen=True):
    """Hold, source by source, what was done, by provision."""

    outline: Outline
    texts: tuple[tuple[str, ...], ...]
    edits: dict[int, dict[str, tuple[Edit, ...]]]
    struck: dict[int, set[str]]
    moved: dict[int, dict[Place, set[str]]]
    added: dict[Place, dict[tuple[str, ...], set[str]]]


def truth(workload: Workload) -> Truth:
    """Put every source's deeds in normal form and gather them by place."""
    found = Truth(
        workload.outline,
        workload.texts,
        defaultdict(dict),
        defaultdict(set),
        defaultdict(lambda: defaultdict(set)),
        defaultdict(lambda: defaultdict(set)),
    )
    for name, deeds in zip(workload.names, workload.deeds, strict=True):
        _gather(found, name, deeds)
    return found


def _gather(found: Truth, name: str, deeds: Sequence[Deed]) -> None:
    gone = {d.provision for d in deeds if d.kind in ("strike", "move")}
    inside: dict[int, list[Deed]] = defaultdict(list)
    for deed in deeds:
        if deed.kind in IN_TEXT:
            inside[deed.provision].append(deed)
        elif deed.kind == "strike":
            found.struck[deed.provision].add(name)
        elif deed.kind == "move":
            found.moved[deed.provision][_gap(found.outline, deed.to, gone)].add(name)
        else:
            found.added[_gap(found.outline, deed.provision, gone)][deed.words].add(name)
    for provision, many in inside.items():
        edits = normal(found.texts[provision], many)
        if edits:
            found.edits[provision][name] = edits


def _gap(outline: Outline, after: int, gone: set[int]) -> Place:
    """Return the gap after a provision, behind those that the same source takes out there."""
    owner = outline.owners[after]
    siblings = outline.children(owner)
    at = outline.places[after] + 1
    while at < len(siblings) and siblings[at] in gone:
        at += 1
    return Place("gap", owner, 2 * at, 2 * at)


# -- normal form ----------------------------------------------------------------------------------


def normal(text: Sequence[str], deeds: Iterable[Deed]) -> tuple[Edit, ...]:
    """Return what some deeds change in a text: no word struck that stays, insertions to the left.

    >>> normal(["a", "b", "c"], [Deed(provision=0, kind="replace", end=2, words=("x", "b"))])
    (Edit(start=0, end=1, words=('x',)),)
    """
    done: list[Edit] = []
    for deed in sorted(deeds, key=lambda deed: deed.start):
        for edit in _minimal(text, deed):
            done.append(_slid(text, edit, done[-1].end + 1 if done else 0))
    return tuple(done)


def _minimal(text: Sequence[str], deed: Deed) -> Iterator[Edit]:
    """Yield the runs between the words that a deed strikes and writes again."""
    old, new = text[deed.start : deed.end], deed.words
    kept = [(-1, -1), *_common(old, new), (len(old), len(new))]
    for (x, y), (nx, ny) in pairwise(kept):
        if nx > x + 1 or ny > y + 1:
            yield Edit(deed.start + x + 1, deed.start + nx, tuple(new[y + 1 : ny]))


def _common(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return a longest common subsequence."""
    table = _table(old, new)
    pairs = []
    x = y = 0
    while x < len(old) and y < len(new):
        if old[x] == new[y] and table[x][y] == table[x + 1][y + 1] + 1:
            pairs.append((x, y))
            x, y = x + 1, y + 1
        elif table[x + 1][y] >= table[x][y + 1]:
            x += 1
        else:
            y += 1
    return pairs


def _table(old: Sequence[str], new: Sequence[str]) -> list[list[int]]:
    """Fill the textbook's table: how many words two endings have in common."""
    table = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for x in reversed(range(len(old))):
        for y in reversed(range(len(new))):
            same = table[x + 1][y + 1] + 1 if old[x] == new[y] else 0
            table[x][y] = max(same, table[x + 1][y], table[x][y + 1])
    return table


def one_reading(text: Sequence[str], deed: Deed) -> bool:
    """Tell whether there is one way only to say which of its struck words a deed writes again.

    >>> one_reading(["a", "b"], Deed(provision=0, kind="replace", end=2, words=("b", "a")))
    False
    """
    old, new = text[deed.start : deed.end], deed.words
    table = _table(old, new)
    ways = [[1] * (len(new) + 1) for _ in range(len(old) + 1)]
    for x in reversed(range(len(old))):
        for y in reversed(range(len(new))):
            here, both = table[x][y], table[x + 1][y + 1]
            ways[x][y] = (
                (ways[x + 1][y] if table[x + 1][y] == here else 0)
                + (ways[x][y + 1] if table[x][y + 1] == here else 0)
                - (ways[x + 1][y + 1] if both == here else 0)
                + (ways[x + 1][y + 1] if old[x] == new[y] and both + 1 == here else 0)
            )
    return ways[0][0] == 1


def _slid(text: Sequence[str], edit: Edit, floor: int) -> Edit:
    """Move a pure insertion or deletion as far left as it can go, one kept word after the last."""
    start, end, words = edit.start, edit.end, edit.words
    if words and start < end:
        return edit
    while start > floor and text[start - 1] == (words[-1] if words else text[end - 1]):
        start, end = start - 1, end - 1
        words = (text[start], *words[:-1]) if words else ()
    return Edit(start, end, words)
