"""Records of several languages about one question: whether they say the same.

A question has one number in all languages. The group's own words cannot be compared across
languages; whether a text changes, and whose option is taken, can.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from resamend.decision.replaying import undone_by
from resamend.decision.values import DecisionKind, Record
from resamend.model import Language


def contradictions(records: Iterable[Record]) -> tuple[tuple[Record, Record], ...]:
    """Return the pairs of records, in two languages, that settle one question differently."""
    standing: dict[object, list[Record]] = defaultdict(list)
    for record in _standing(records):
        if record.act.settles:
            standing[_question(record)].append(record)
    return tuple(
        (one, other)
        for held in standing.values()
        for one, other in combinations(held, 2)
        if one.language is not other.language and _differ(one, other)
    )


def _standing(records: Iterable[Record]) -> Iterator[Record]:
    """Yield the last record about each place in each language that nobody took back."""
    by_language: dict[Language, list[Record]] = defaultdict(list)
    for record in records:
        by_language[record.language].append(record)
    for own in by_language.values():
        undone = undone_by(own)
        last = {
            record.places[0]: record
            for record in own
            if not record.act.withdraws and record.number not in undone
        }
        yield from sorted(last.values(), key=lambda record: record.number)


def _question(record: Record) -> object:
    """Return what is the same of a question in all languages: its number, or who asks what."""
    lead = record.places[0]
    asked = tuple(sorted((option.deed, option.sources) for option in record.options))
    return record.point or (lead.stream, lead.target, asked)


def _differ(one: Record, other: Record) -> bool:
    acts = {one.act, other.act}
    if DecisionKind.TEXT in acts:  # the words of an option may be given in words of the group's own
        return not acts <= {DecisionKind.TEXT, DecisionKind.TAKE, DecisionKind.BOTH}
    return len(acts) > 1 or _taken(one) != _taken(other)


def _taken(record: Record) -> list[tuple[str, ...]]:
    return [(option.deed.value, *option.sources) for option in record.taken]
