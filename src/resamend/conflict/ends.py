"""End punctuation: what follows when items of a list come or go (R9).

"a) …, b) …." becomes "a) …, b) …; c) …." when an item is added: nobody asks for that semicolon. A
change of nothing but the punctuation with which a text ends is no question, whatever others want
there, does not count as amending the provision, and is set when the text is adopted, like numbers.

So is it with the list's own conjunction, the one before its last item, where it goes to another
item because items come or go. Any other conjunction is a word: with "or" for "and", or with "or"
where none was, cumulative conditions would become alternative.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from resamend.conflict.values import Region, Stream
from resamend.consolidation import AttributedHunk, Consolidated, TextMarks
from resamend.difference import Hunk, ListEdit, TextEdit
from resamend.difference.unit_words import CONJUNCTIONS
from resamend.matching import ProvisionIndex, index_of
from resamend.model import Kind, Word
from resamend.words import ENDS, split

_ITEMS = frozenset({Kind.ITEM, Kind.TEXT, Kind.PREAMBULAR})


class EndChanges:
    """Know which changes are only of the end of a text, and follow from what is beside it."""

    def __init__(self, consolidated: Consolidated) -> None:
        self.known: ProvisionIndex = index_of(consolidated.base)
        self.lists = {
            (proposal.id, edit.target): edit
            for proposal in consolidated.proposals
            for edit in proposal.edits
            if isinstance(edit, ListEdit)
        }
        self.own: dict[int, str] = {}
        """The own conjunction of each list, by its owner's node; empty where it has none."""
        self.items: dict[int, list[int]] = {}
        self.distances: dict[tuple[str, int], dict[str, int]] = {}

    def only_ends(self, edit: TextEdit, source: str) -> bool:
        """Tell whether all that a source changes in a text is its end."""
        node = self.known.at[edit.target]
        return bool(edit.hunks) and all(
            self._near_end(node, hunk) and self._is_end(edit.target, hunk, source)
            for hunk in edit.hunks
        )

    def words_of(self, target: str, changes: Sequence[AttributedHunk]) -> Sequence[AttributedHunk]:
        """Return the changes of a text that are not of its end alone, and who asks for them."""
        node = self.known.at[target]
        left = []
        for change in changes:
            if not self._near_end(node, change):  # most changes are within
                left.append(change)
                continue
            own = [s for s in change.sources if not self._is_end(target, change, s)]
            if len(own) == len(change.sources):
                left.append(change)
            elif own:
                left.append(replace(change, sources=tuple(own)))
        return left

    def _near_end(self, node: int, hunk: Hunk | AttributedHunk) -> bool:
        """Tell at once whether a change could be of the end of an item's text."""
        if self.known.nodes[node].kind not in _ITEMS or not hunk.start:
            return False
        words = self.known.words(node)
        return hunk.end >= len(words) or _may_end(words[hunk.end])

    def _is_end(self, target: str, hunk: Hunk | AttributedHunk, source: str) -> bool:
        node = self.known.at[target]
        words = self.known.words(node)
        old, rest = words[hunk.start : hunk.end], words[hunk.end :]
        if _is_tail((*old, *hunk.words, *rest), ""):
            return True
        return any(
            _is_tail((*old, *hunk.words, *rest), own)
            and _holds(hunk.words, own) - _holds(old, own) == (now == 1) - (before == 1)
            for own, before, now in self._lists_of(node, source)
        )

    def _lists_of(self, node: int, source: str) -> Iterator[tuple[str, int, int]]:
        """Yield, of each list whose item a text ends, its own conjunction and the item's distance
        from the end of the list: in force, and for a source.
        """
        while node >= 0 and self.known.nodes[node].kind in _ITEMS:
            parent = self.known.parents[node]
            if own := self._own(parent):
                id = self.known.nodes[node].id
                theirs = self._distances(source, parent)
                yield own, self._distances("", parent)[id], theirs.get(id, -1)
            if self._items(parent)[-1:] != [node]:
                return
            node = parent

    def _distances(self, source: str, parent: int) -> dict[str, int]:
        """Map the items of a list, as in force or as a source has it, to how far its end is."""
        if (source, parent) not in self.distances:
            owner = self.known.nodes[parent].id if parent >= 0 else ""
            edit = self.lists.get((source, owner))
            children = [self.known.nodes[child].id for child in self.known.children(parent)]
            items = {self.known.nodes[child].id for child in self._items(parent)}
            others = set(children) - items
            for hunk in reversed(edit.hunks) if edit else ():
                children[hunk.start : hunk.end] = [
                    item.id for item in hunk.items if item.kind in _ITEMS or item.kind is Kind.MOVED
                ]
            left = [id for id in children if id not in others]
            self.distances[source, parent] = {id: n for n, id in enumerate(reversed(left))}
        return self.distances[source, parent]

    def _items(self, parent: int) -> list[int]:
        """Return the items of a list in force."""
        if parent not in self.items:
            children = self.known.children(parent)
            self.items[parent] = [c for c in children if self.known.nodes[c].kind in _ITEMS]
        return self.items[parent]

    def _last(self, node: int) -> int:
        """Return the provision with whose text an item ends: its own, or the last below it."""
        while below := self._items(node):
            node = below[-1]
        return node

    def _own(self, parent: int) -> str:
        """Return the own conjunction of a list in force: of its last item but one, and no other."""
        if parent not in self.own:
            items = self._items(parent)
            ends = [conjunction_of(self.known.words(self._last(item))) for item in items]
            alone = len(ends) > 1 and sum(map(bool, ends)) == 1
            self.own[parent] = ends[-2] if alone else ""
        return self.own[parent]


def parted(known: ProvisionIndex, marks: TextMarks) -> TextMarks:
    """Return the marks of a text with each change of its end apart from that of the words before.

    "at noon." becomes "at noon daily;" by one change, of which only the word is asked for.
    """
    node = known.at[marks.target]
    words = known.words(node)
    end = _tail_start(words)
    if known.nodes[node].kind not in _ITEMS or not 0 < end < len(words):
        return marks
    last = [c for c in marks.changes if c.start <= end and c.end == len(words)]
    if all(len(_parts(change, end)) == 1 for change in last):
        return marks
    sources: dict[tuple[int, int, tuple[Word, ...]], list[str]] = {}
    for change in marks.changes:
        for start, stop, new in _parts(change, end) if change in last else (_place(change),):
            sources.setdefault((start, stop, new), []).extend(change.sources)
    changes = [AttributedHunk(*place, tuple(sorted(who))) for place, who in sources.items()]
    changes.sort(key=lambda c: (c.start + c.end, c.start, c.sources))
    return replace(marks, changes=tuple(changes))


_Part = tuple[int, int, tuple[Word, ...]]


def _place(change: AttributedHunk | Hunk) -> _Part:
    return change.start, change.end, change.words


def _parts(change: AttributedHunk | Hunk, end: int) -> tuple[_Part, ...]:
    """Part a change to the end of a text, whose end punctuation begins at ``end``."""
    new = _tail_start(change.words)
    if new == len(change.words) or (not new and change.start == end):
        return (_place(change),)
    return (change.start, end, change.words[:new]), (end, change.end, change.words[new:])


def parted_hunks(known: ProvisionIndex, edit: TextEdit) -> Iterator[Hunk]:
    """Yield the hunks of an edit as ``parted`` marks have them."""
    node = known.at[edit.target]
    words = known.words(node)
    end = _tail_start(words) if known.nodes[node].kind in _ITEMS else 0
    for hunk in edit.hunks:
        if not 0 < end < len(words) or hunk.start > end or hunk.end < len(words):
            yield hunk
            continue
        for start, stop, new in _parts(hunk, end):
            yield Hunk(start, stop, new, "".join(word.text for word in words[start:stop]))


def _tail_start(words: Sequence[Word]) -> int:
    """Return where the punctuation with which words end begins, and the conjunction after it."""
    at = len(words) - bool(conjunction_of(words))
    while at and words[at - 1].key in ENDS and not words[at - 1].marks:
        at -= 1
    return at


def conjunction_of(words: Sequence[Word]) -> str:
    """Return the conjunction with which a text ends, after its punctuation; mostly none."""
    last = words[-1].key.casefold() if len(words) > 1 else ""
    return last if last in CONJUNCTIONS and words[-2].key in ENDS else ""


def changes_conjunction(region: Region, after: Iterable[Word]) -> bool:
    """Tell whether all that is asked of some words is with which conjunction a text ends.

    ``after`` are the words in force that stand behind them.
    """
    sides = [split(region.base), *(option.words for option in region.options)]
    keys = [word.key.casefold() for side in sides for word in side]
    return (
        region.stream is Stream.TEXT
        and not region.ends
        and all(map(_may_end, after))
        and not CONJUNCTIONS.isdisjoint(keys)
        and all(key in ENDS or key in CONJUNCTIONS for key in keys)
    )


def _may_end(word: Word) -> bool:
    return word.key in ENDS or word.key.casefold() in CONJUNCTIONS


def _is_tail(words: Iterable[Word], own: str) -> bool:
    return all(
        (word.key in ENDS or word.key.casefold() == own) and not word.marks for word in words
    )


def _holds(words: Iterable[Word], own: str) -> bool:
    return any(word.key.casefold() == own for word in words)
