"""What edits refer to: the provisions they add, move and join.

A provision that moves is struck at one place and referred to by its id at another; one that is
joined is referred to by a mark among words. Both are found by looking at what edits *put*, never
at what they strike, which is the same for a move, a join and a suppression.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from resamend.difference import Edit, ListEdit, TextEdit
from resamend.model import Kind, Provision, Word, walk


def lists(edits: Iterable[Edit]) -> Iterator[ListEdit]:
    return (edit for edit in edits if isinstance(edit, ListEdit))


def references(edits: Iterable[Edit]) -> Iterator[str]:
    """Yield the id of each base provision that is moved or joined."""
    return (id for id, _ in places(edits))


def places(edits: Iterable[Edit]) -> Iterator[tuple[str, str]]:
    """Yield each base provision that is moved or joined, and the base provision it goes into."""
    for edit in edits:
        if isinstance(edit, ListEdit):
            yield from ((p.id, edit.target) for p in _items(edit) if p.kind is Kind.MOVED)
        elif isinstance(edit, TextEdit):
            for hunk in edit.hunks:
                for id in joins(hunk.words):
                    yield id, edit.target


def additions(edits: Iterable[Edit]) -> Iterator[str]:
    """Yield the id of each added provision."""
    for edit in lists(edits):
        yield from (p.id for p in _items(edit) if p.kind is not Kind.MOVED)


def _items(edit: ListEdit) -> Iterator[Provision]:
    """Yield what a list edit puts into a list, and all below."""
    return walk(tuple(provision for hunk in edit.hunks for provision in hunk.items))


def joins(words: Iterable[Word]) -> list[str]:
    """Return the id of each provision whose words some words stand for."""
    marked = [word.marks for word in words if word.marks]
    return [mark.value for marks in marked for mark in marks if mark.kind == "join"]
