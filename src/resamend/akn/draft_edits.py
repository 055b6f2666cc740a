"""Make a source's edits from its marks on a draft.

Struck words that no kept word parts are one run; what the source puts at the end of a run replaces
it, and is a pure insertion anywhere else. So marks and edits are one to one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TypeVar

from resamend.akn.phrases import Span
from resamend.diff import Edit, Hunk, LabelEdit, ListEdit, ListHunk, TextEdit, Variant
from resamend.errors import Invalid
from resamend.matching import Tree
from resamend.model import Provision, Word

__all__ = ["Marks", "edits_of"]

_T = TypeVar("_T")


def _lists() -> defaultdict[_T, list]:  # type: ignore[type-arg]
    return defaultdict(list)


@dataclass(slots=True)
class Marks:
    """Hold what one source does, by the id of the provision it does it to.

    Text places are in code points of the text in force, list places are gaps and positions.
    """

    struck: defaultdict[str, list[tuple[int, int]]] = field(default_factory=_lists)
    put: defaultdict[str, list[tuple[int, tuple[Word, ...]]]] = field(default_factory=_lists)
    variants: defaultdict[str, list[tuple[int, Word]]] = field(default_factory=_lists)
    taken: defaultdict[str, list[int]] = field(default_factory=_lists)
    items: defaultdict[tuple[str, int], list[Provision]] = field(default_factory=_lists)
    orders: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    renumbered: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)

    def change(self, id: str, span: Span) -> None:
        """Take note of words that are struck or put into a text."""
        if span.words is None:
            self.struck[id].append((span.start, span.end))
        else:
            self.put[id].append((span.start, span.words))

    def take(self, id: str, position: int) -> None:
        """Take note of a child that is taken out of a list."""
        self.taken[id].append(position)


def edits_of(base: Tree, marks: Marks, name: str) -> list[Edit]:
    """Return the edits that marks stand for, in canonical order."""
    texts = {*marks.struck, *marks.put, *marks.variants}
    lists = {*marks.taken, *(id for id, _ in marks.items), *marks.renumbered}
    found: list[tuple[int, int, Edit]] = []
    for id in texts:
        found.append((_node(base, id, name), 0, _text(base, id, marks, name)))
    for id in lists:
        found.append((_node(base, id, name), 1, _list(base, id, marks)))
    for id, label in marks.labels.items():
        node = _node(base, id, name)
        found.append((node, 2, LabelEdit(id, label, base.nodes[node].label)))
    return [edit for _, _, edit in sorted(found, key=lambda each: each[:2])]


def _node(base: Tree, id: str, name: str) -> int:
    if id and id not in base.at:
        raise Invalid(f"a mark is on {id!r}, which is not in the text", where=name)
    return base.at[id] if id else -1


def _text(base: Tree, id: str, marks: Marks, name: str) -> TextEdit:
    words = base.words(base.at[id])
    starts = list(accumulate((len(word.text) for word in words), initial=0))

    def word_at(place: int) -> int:
        k = bisect_left(starts, place)
        if k == len(starts) or starts[k] != place:
            raise Invalid("a mark cuts a word in two", where=f"{name}, {id}")
        return k

    put = {word_at(place): new for place, new in marks.put[id]}
    hunks = []
    for first, last in _joined(marks.struck[id]):
        start, end = word_at(first), word_at(last)
        old = base.nodes[base.at[id]].text[first:last]
        hunks.append(Hunk(start, end, put.pop(end, ()), old))
    hunks += [Hunk(gap, gap, new) for gap, new in put.items()]
    hunks.sort(key=lambda hunk: (hunk.start, hunk.end))
    variants = sorted(marks.variants[id], key=lambda pair: pair[0])
    return TextEdit(id, tuple(hunks), tuple(Variant(at, word) for at, word in variants))


def _joined(ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join ranges that touch."""
    done: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if done and start <= done[-1][1]:
            done[-1] = (done[-1][0], max(end, done[-1][1]))
        else:
            done.append((start, end))
    return iter(done)


def _list(base: Tree, id: str, marks: Marks) -> ListEdit:
    children = [base.nodes[child].id for child in base.children(base.at.get(id, -1))]
    put = {gap: _ordered(items, marks, id, gap) for (at, gap), items in marks.items.items() if at == id}
    hunks = []
    for start, end in _joined((k, k + 1) for k in marks.taken[id]):
        hunks.append(ListHunk(start, end, tuple(children[start:end]), put.pop(end, ())))
    hunks += [ListHunk(gap, gap, (), items) for gap, items in put.items()]
    hunks.sort(key=lambda hunk: (hunk.start, hunk.end))
    return ListEdit(id, tuple(hunks), id in marks.renumbered)


def _ordered(items: list[Provision], marks: Marks, id: str, gap: int) -> tuple[Provision, ...]:
    """Put what a source adds in a gap into its own order, where that is not the draft's."""
    order = marks.orders.get((id, gap))
    if order is None:
        return tuple(items)
    ranks = {n: k for k, n in enumerate(sorted(order))}
    return tuple(items[ranks[n]] for n in order)
