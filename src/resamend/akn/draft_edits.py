"""Make a source's edits from its marks on a draft.

Struck words that no kept word parts are one run; what the source puts at the end of a run, and
into any gap of a run of provisions, replaces it, and is a pure insertion anywhere else, and where
it is said to stand apart. So marks and edits are one to one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise

from msgspec import Struct, field

from resamend.akn.draft_order import canonical_rank
from resamend.akn.phrases import InlineSpan
from resamend.difference import Edit, Hunk, LabelEdit, ListEdit, ListHunk, Respelling, TextEdit
from resamend.errors import Invalid
from resamend.matching import ProvisionIndex
from resamend.model import ROOT, Provision, Word


class Marks(Struct):
    """Hold what one source does, by the id of the provision it does it to.

    Text places are in code points of the text in force, list places are gaps and positions.
    """

    struck: defaultdict[str, list[tuple[int, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    put: defaultdict[str, list[tuple[int, tuple[Word, ...]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    variants: defaultdict[str, list[tuple[int, Word]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    taken: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    items: dict[str, dict[int, list[Provision]]] = field(default_factory=dict)
    orders: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    apart: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    renumbered: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)

    def change(self, id: str, span: InlineSpan) -> None:
        """Take note of words that are struck or put into a text."""
        if span.words is None:
            self.struck[id].append((span.start, span.end))
        else:
            self.put[id].append((span.start, span.words))

    def add(self, list_: str, gap: int, provision: Provision) -> None:
        """Take note of a provision that is put into a gap of a list."""
        self.items.setdefault(list_, {}).setdefault(gap, []).append(provision)

    def take(self, id: str, position: int) -> None:
        """Take note of a child that is taken out of a list."""
        self.taken[id].append(position)


class GapPlaces:
    """Find the words of a base by where they begin, in code points."""

    def __init__(self, base: ProvisionIndex, name: str) -> None:
        self.base = base
        self.name = name
        self.gaps_by_start: dict[int, dict[int, int]] = {}

    def node(self, id: str) -> int:
        """Return the node of a provision.

        Raises ``Invalid`` where the text has none of that id.
        """
        if id not in self.base.at:
            raise Invalid(f"a mark is on {id!r}, which is not in the text", where=self.name)
        return self.base.at[id]

    def list_node(self, id: str) -> int:
        """Return the node of a list; -1 for what stands below the super-root."""
        return -1 if id == ROOT else self.node(id)

    def word(self, node: int, place: int) -> int:
        """Return the gap at a place of a text.

        Raises ``Invalid`` inside a word.
        """
        if node not in self.gaps_by_start:
            lengths = (len(word.text) for word in self.base.words(node))
            starts = accumulate(lengths, initial=0)
            self.gaps_by_start[node] = {start: gap for gap, start in enumerate(starts)}
        gap = self.gaps_by_start[node].get(place)
        if gap is None:
            raise Invalid("a mark cuts a word in two", where=f"{self.name}, {place}")
        return gap


def edits_of(places: GapPlaces, marks: Marks) -> list[Edit]:
    """Return the edits that marks stand for, in canonical order."""
    texts = {*marks.struck, *marks.put, *marks.variants}
    lists = {*marks.taken, *marks.items, *marks.renumbered}
    edits: list[Edit] = [
        *(_text(places, id, marks) for id in texts),
        *(_list(places, id, marks) for id in lists),
        *(_label(places, id, label) for id, label in marks.labels.items()),
    ]
    return sorted(edits, key=canonical_rank(places.base))


def _label(places: GapPlaces, id: str, label: str) -> LabelEdit:
    return LabelEdit(id, label, places.base.nodes[places.node(id)].label)


def _text(places: GapPlaces, id: str, marks: Marks) -> TextEdit:
    node = places.node(id)
    text = places.base.nodes[node].text
    put = {places.word(node, place): new for place, new in marks.put.get(id, ())}
    hunks = []
    for first, last in _joined(marks.struck.get(id, ())):
        start, end = places.word(node, first), places.word(node, last)
        # Popped: what stands at the end of a run replaces it and is no insertion of its own.
        hunks.append(Hunk(start, end, put.pop(end, ()), text[first:last]))
    hunks += [Hunk(gap, gap, new) for gap, new in put.items()]
    hunks.sort(key=lambda hunk: (hunk.start, hunk.end))
    variants = sorted(marks.variants.get(id, ()), key=lambda pair: pair[0])
    return TextEdit(id, tuple(hunks), tuple(Respelling(at, word) for at, word in variants))


def _joined(ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join ranges that touch."""
    done: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if done and start <= done[-1][1]:
            done[-1] = (done[-1][0], max(end, done[-1][1]))
        else:
            done.append((start, end))
    return iter(done)


def _list(places: GapPlaces, id: str, marks: Marks) -> ListEdit:
    base = places.base
    children = base.children(places.list_node(id))
    put = {gap: _ordered(items, marks, id, gap) for gap, items in marks.items.get(id, {}).items()}
    hunks = []
    alone = {gap: put.pop(gap) for gap in marks.apart.get(id, ()) if gap in put}
    for first, last in _joined((k, k + 1) for k in marks.taken.get(id, ())):
        borders = sorted({first, last, *(gap for gap in alone if first < gap < last)})
        for start, end in pairwise(borders):
            gone = tuple(base.nodes[child].id for child in children[start:end])
            # What several add may stand before the end of what one of them strikes.
            items = tuple(new for gap in range(start, end + 1) for new in put.pop(gap, ()))
            hunks.append(ListHunk(start, end, gone, items))
    hunks += [ListHunk(gap, gap, (), items) for gap, items in (*put.items(), *alone.items())]
    hunks.sort(key=lambda hunk: (hunk.start + hunk.end, hunk.start))
    return ListEdit(id, tuple(hunks), id in marks.renumbered)


def _ordered(items: list[Provision], marks: Marks, id: str, gap: int) -> tuple[Provision, ...]:
    """Put what a source adds in a gap into its own order, where that is not the draft's."""
    order = marks.orders.get((id, gap))
    if order is None:
        return tuple(items)
    ranks = {n: k for k, n in enumerate(sorted(order))}
    # Else a provision that is added would be left out, or stand twice.
    if len(ranks) != len(items) or len(order) != len(items):
        raise Invalid("an order does not name what is added", where=f"{id}, gap {gap}")
    return tuple(items[ranks[n]] for n in order)
