"""What of a draft's own changes was accepted, and what refused, in a paragraph that was edited.

A paragraph is the line that was written with some of its changes settled, each as a whole; else it
was edited otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from msgspec import Struct

from resamend.readers.draft_marks import CONSOLIDATION, Marked, line_of, split

_MOST = 7
"""Changes of one paragraph that are tried together: 3⁷ ways."""
END = "¶"
"""The end of a paragraph among its words, where two become one or one two."""


class Resolved(Struct, frozen=True):
    """Say that one author's change in a paragraph was accepted, or refused."""

    author: str
    inserted: str
    deleted: str
    accepted: bool


class _Group(Struct, frozen=True):
    author: str
    first: int
    end: int


_Way = bool | None
"""Accepted, refused, or left open."""


def changes_of(line: str) -> tuple[Resolved, ...]:
    """Return the changes of a line that stand by themselves, as if all were accepted."""
    stretches, end = parts_of(line)
    return tuple(
        _settled(stretches, group, accepted=True) for group in _groups(stretches, end.author)
    )


def resolved(line: str, now: str) -> tuple[Resolved, ...] | None:
    """Return the changes that were accepted or refused, where nothing else was edited.

    ``now`` is the line of the paragraph without what is new in it. ``None`` where it is not made
    from the line by accepting and refusing whole changes.
    """
    stretches, end = parts_of(line)
    groups = list(_groups(stretches, end.author))
    for ways in _ways(groups):
        if any(way is not None for way in ways) and _line(stretches, end, groups, ways) == now:
            return tuple(
                _settled(stretches, group, accepted=way)
                for group, way in zip(groups, ways, strict=True)
                if way is not None
            )
    return None


def parts_of(line: str) -> tuple[tuple[Marked, ...], Marked]:
    """Part a line into its stretches; an end that does not go with all the words is the last.

    >>> parts_of("{+RUS: all}{+RUS: ¶}")[1]
    Marked(text='¶', inserted='RUS', deleted='')
    >>> parts_of("that{+RUS: ¶}")[0][-1]
    Marked(text='¶', inserted='RUS', deleted='')
    """
    stretches, end = split(line)
    fates = {bool(stretch.inserted if end.inserted else stretch.deleted) for stretch in stretches}
    return (stretches, end) if fates <= {bool(end.author)} else ((*stretches, end), Marked(END))


def _ways(groups: Sequence[_Group]) -> Iterator[tuple[_Way, ...]]:
    """Yield how changes may be settled: each by itself or, of many, those of an author alike."""
    some = range(len(groups)) if len(groups) <= _MOST else [group.author for group in groups]
    keys = list(dict.fromkeys(some))
    alike = [(way,) * len(keys) for way in (True, False)]
    for ways in product((None, True, False), repeat=len(keys)) if len(keys) <= _MOST else alike:
        way_of = dict(zip(keys, ways, strict=True))
        yield tuple(way_of[key] for key in some)


def _settled(stretches: Sequence[Marked], group: _Group, *, accepted: bool) -> Resolved:
    within = stretches[group.first : group.end]
    inserted = "".join(stretch.text for stretch in within if stretch.inserted)
    deleted = "".join(stretch.text for stretch in within if stretch.deleted)
    return Resolved(group.author, inserted, deleted, accepted)


def _groups(stretches: Sequence[Marked], whole: str) -> Iterator[_Group]:
    """Yield the stretches that one author changes, side by side; of a whole paragraph, all.

    The end of a paragraph ends them: what follows stood in another.
    """
    if whole:
        yield _Group(whole, 0, len(stretches))
        return
    first = 0
    while first < len(stretches):
        author, end = stretches[first].author, first + 1
        if author and author != CONSOLIDATION:
            while (
                end < len(stretches)
                and stretches[end - 1].text != END
                and author == stretches[end].author
            ):
                end += 1
            yield _Group(author, first, end)
        first = end


def _line(
    stretches: Sequence[Marked],
    end: Marked,
    groups: Sequence[_Group],
    ways: Sequence[_Way],
) -> str | None:
    """Return the line once some changes are accepted (true) or refused (false)."""
    way_of = {
        k: way
        for group, way in zip(groups, ways, strict=True)
        for k in range(group.first, group.end)
    }
    pieces: list[Marked] = []
    for k, stretch in enumerate(stretches):
        way = way_of.get(k)
        if way is None:
            pieces.append(stretch)
        elif not ((stretch.inserted and not way) or (stretch.deleted and way)):
            pieces.append(Marked(stretch.text))
    if stretches[-1:] and stretches[-1].text == END:  # without it, it would be one with the next
        return line_of(pieces[:-1], pieces[-1]) if pieces and pieces[-1].text == END else None
    settled = bool(end.author) and ways[0] is not None
    if settled and bool(end.inserted) is not ways[0]:
        return None  # the whole paragraph is gone
    return line_of(pieces, Marked(END) if settled else end)
