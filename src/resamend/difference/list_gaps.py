"""At which gap of what is struck around it an addition stands.

A text alone does not tell: in place of 4 stands something else, before or after it as one likes,
and it is taken to stand after (R8). Two things tell more: a label with a suffix, for ``3 bis`` is
before 4 whoever keeps that, and a sentence that names the place. What so stands before something
struck is a hunk of its own, and what touches it puts nothing in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby

from msgspec import Struct

from resamend.difference.values import ListHunk
from resamend.model import Provision
from resamend.numbering import readings


class ListPlace(Struct, frozen=True):
    """Say after which provision of the base something was put; "" for the first in its list.

    ``provision`` is the id of one that moves, or the ``content`` of one that is added.
    """

    provision: str
    after: str


def precedes(sibling: str, label: str) -> bool | None:
    """Tell whether a label of a list stands before another; nothing where they do not compare."""
    for own in readings(sibling):
        for new in readings(label):
            if (own.style, own.before) == (new.style, new.before):
                return (own.number, own.suffix) < (new.number, new.suffix)
    return None


def gap_by_label(label: str, struck: Sequence[Provision]) -> int:
    """Return before which of what is struck a label with a suffix stands; else after all."""
    if any(own.suffix for own in readings(label)):
        for rank, provision in enumerate(struck):
            if precedes(label, provision.label):
                return rank
    return len(struck)


def hunks_at(
    start: int, gone: Sequence[str], items: Sequence[Provision], gaps: Sequence[int]
) -> Iterator[ListHunk]:
    """Yield the hunks that strike children from ``start`` on, and put each item in at its gap.

    One where all stand at the end. What comes before another item stands no later.
    """
    end = start + len(gone)
    places = list(accumulate(reversed(gaps), min, initial=end))[:0:-1]
    if all(place == end for place in places):
        yield ListHunk(start, end, tuple(gone), tuple(items))
        return
    at = start
    for gap, here in groupby(zip(places, items, strict=True), key=lambda pair: pair[0]):
        if gap > at:
            yield ListHunk(at, gap, tuple(gone[at - start : gap - start]), ())
        yield ListHunk(gap, gap, (), tuple(provision for _, provision in here))
        at = gap
    if end > at:
        yield ListHunk(at, end, tuple(gone[at - start :]), ())


def joined_hunks(parts: Iterable[ListHunk]) -> tuple[ListHunk, ...]:
    """Join hunks that touch; what is put in before something struck stays apart.

    What is put into one gap stands in the order given.
    """
    runs: list[list[ListHunk]] = []
    for hunk in sorted(parts, key=lambda h: (h.start + h.end, h.start)):
        if runs and hunk.start <= runs[-1][-1].end:
            runs[-1].append(hunk)
        else:
            runs.append([hunk])
    return tuple(joined for run in runs for joined in _joined(run))


def _joined(run: Sequence[ListHunk]) -> Iterator[ListHunk]:
    gone = [id for hunk in run for id in hunk.gone]
    items = [provision for hunk in run for provision in hunk.items]
    gaps = [hunk.end for hunk in run for _ in hunk.items]
    yield from hunks_at(run[0].start, gone, items, gaps)


def apart(hunks: Sequence[ListHunk]) -> Iterator[int]:
    """Yield the gaps of what is put in by itself though it touches what the same source strikes."""
    ends = {place for hunk in hunks if hunk.gone for place in (hunk.start, hunk.end)}
    return (hunk.start for hunk in hunks if not hunk.gone and hunk.start in ends)
