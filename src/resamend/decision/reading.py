"""Which adopted provisions nobody proposed as they stand, and the group has not read.

The oracle knows no regions: a provision is somebody's if it reads as in force, as in one proposal,
or as a record says that it was read. What follows by itself is set aside: numbers, references, end
punctuation, capitals and white space.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from resamend.amendment import place
from resamend.consolidation import Consolidated, project
from resamend.decision.values import Replayed, Status
from resamend.matching import index_of
from resamend.model import OBJECT, Kind, Resolution, walk
from resamend.words import ENDS, key_of


class UnreadProvision(Struct, frozen=True):
    """Hold a provision put together from several proposals, and not read as a whole."""

    id: str
    path: str
    text: str


def find_unread(
    consolidated: Consolidated, adopted: Resolution, records: Iterable[Replayed], open_: set[str]
) -> Iterator[UnreadProvision]:
    """Yield the provisions of an adopted text that are nobody's as a whole.

    Those in ``open_`` stand in brackets: there is a question left in them.
    """
    read = somebodys(consolidated)
    for each in records:
        # a record whose question nobody asks any more shows its reading still
        shows = each.applied or (each.status is Status.MOOT and not each.by)
        for id, text in each.record.as_read if shows else ():
            read.setdefault(id, set()).add(bare(text))
    known = index_of(adopted)
    for node, provision in enumerate(known.nodes):
        if provision.kind in (Kind.NUMBER, Kind.ENACTING) or provision.id in open_:
            continue
        if provision.id in read and bare(provision.text) not in read[provision.id]:
            yield UnreadProvision(provision.id, place(known, node), provision.text)


def somebodys(consolidated: Consolidated) -> dict[str, set[tuple[str, ...]]]:
    """Map each provision to the bare texts that it has in force and in each proposal."""
    texts = [consolidated.base, *(project(consolidated, s) for s in consolidated.sources)]
    read: dict[str, set[tuple[str, ...]]] = {}
    for text in texts:
        for provision in walk(text.provisions):
            read.setdefault(provision.id, set()).add(bare(provision.text))
    return read


def bare(text: str) -> tuple[str, ...]:
    """Return the words of a text without what follows by itself."""
    keys = [key.casefold() for key in key_of(text.replace(OBJECT, ""))]
    while keys and keys[-1] in ENDS:
        keys.pop()
    return tuple(keys)
