"""Which adopted provisions nobody proposed as they stand, and the group has not read.

The oracle knows no regions: a provision is somebody's if it reads as in force, as in one proposal,
or as a record says that it was read. What follows by itself is set aside: numbers, references, end
punctuation, capitals and white space.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from msgspec import Struct

from resamend.amendment import place
from resamend.conflict import Region
from resamend.consolidation import Consolidated, project
from resamend.decision.values import DecisionKind, Record, Replayed, Status
from resamend.difference.unit_words import ENDS
from resamend.matching import index_of
from resamend.model import OBJECT, Kind, Resolution, walk
from resamend.words import key_of


class UnreadProvision(Struct, frozen=True):
    """Hold a provision put together from several proposals, and not read as a whole."""

    id: str
    path: str
    text: str


ReadTexts = Mapping[str, Set[tuple[str, ...]]]
"""The words of each provision as the group has read them."""


def read_texts(records: Iterable[Replayed]) -> ReadTexts:
    """Map each provision to its words as records show that they were read.

    A record whose question nobody asks any more shows it still.
    """
    read: dict[str, set[tuple[str, ...]]] = {}
    for each in records:
        shows = each.applied or (each.status is Status.MOOT and not each.by)
        for id, text in each.record.as_read if shows else ():
            read.setdefault(id, set()).add(_bare(text))
    return read


def was_read(region: Region, held: Mapping[str, Record], texts: ReadTexts) -> bool:
    """Tell whether the group has read a composed provision as it stands.

    ``held`` are the records that hold, by region.
    """
    if region.id in held:
        return held[region.id].act is DecisionKind.ACKNOWLEDGE
    records = [held[id] for id in region.parts if id in held]
    if len(records) < len(region.parts):
        return False
    taken = [set(record.sources) for record in records if record.act is DecisionKind.TAKE]
    worded = any(record.act is DecisionKind.TEXT for record in records)
    if not worded and (not taken or set.intersection(*taken)):
        return True  # what was taken of it is the text in force, or one proposal's
    beside = {id: record for id, record in held.items() if id not in region.parts}
    if (
        len(taken) == len(records)
        and _bare(region.composed) in texts.get(region.target, ())
        and not any(_changes(record, region.target) for record in beside.values())
    ):
        return True  # it was read while more was asked there
    last = max(records, key=lambda record: record.number)
    return region.target in dict(last.as_read)


def _changes(record: Record, target: str) -> bool:
    places = (place.target for place in record.places)
    return record.act is not DecisionKind.KEEP and target in places


def find_unread(
    consolidated: Consolidated, adopted: Resolution, records: Iterable[Replayed], open_: set[str]
) -> Iterator[UnreadProvision]:
    """Yield the provisions of an adopted text that are nobody's as a whole.

    Those in ``open_`` stand in brackets: there is a question left in them.
    """
    read: dict[str, set[tuple[str, ...]]] = {}
    texts = [consolidated.base, *(project(consolidated, s) for s in consolidated.sources)]
    said = [(p.id, p.text) for text in texts for p in walk(text.provisions)]
    for id, text in said:
        read.setdefault(id, set()).add(_bare(text))
    for id, bare_texts in read_texts(records).items():
        read.setdefault(id, set()).update(bare_texts)
    known = index_of(adopted)
    for node, provision in enumerate(known.nodes):
        if provision.kind in (Kind.NUMBER, Kind.ENACTING) or provision.id in open_:
            continue
        if provision.id in read and _bare(provision.text) not in read[provision.id]:
            yield UnreadProvision(provision.id, place(known, node), provision.text)


def _bare(text: str) -> tuple[str, ...]:
    """Return the words of a text without what follows by itself."""
    keys = [key.casefold() for key in key_of(text.replace(OBJECT, ""))]
    while keys and keys[-1] in ENDS:
        keys.pop()
    return tuple(keys)
