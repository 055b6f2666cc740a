"""Set the end punctuation of lists in which items came or went, as numbers are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from resamend.difference.unit_words import ENDS
from resamend.model import ROOT, Kind, Provision, Resolution, walk

_PLAIN = frozenset({Kind.ITEM, Kind.TEXT})


def with_ends(base: Resolution, made: Resolution, changed: set[str]) -> Resolution:
    """Return a text whose changed lists, named by their owners, end their items as in force.

    A list is regular in force if all its items but the last end alike. What ends with a colon, has
    items of its own or stands in brackets is left as it is.
    """
    regular = {
        owner: ends
        for owner, items in _lists(base)
        if owner in changed and (ends := _regular(items)) is not None
    }

    def ended(provision: Provision) -> Provision:
        children = tuple(map(ended, provision.children))
        return replace(provision, children=_ended(children, regular.get(provision.id)))

    top = tuple(map(ended, made.provisions))
    return replace(made, provisions=_ended(top, regular.get(ROOT))) if regular else made


def _lists(text: Resolution) -> list[tuple[str, tuple[Provision, ...]]]:
    return [(ROOT, text.provisions), *((p.id, p.children) for p in walk(text.provisions))]


def _regular(items: Sequence[Provision]) -> tuple[str, str] | None:
    """Return with what the items of a list end, and with what its last; nothing if it varies."""
    ends = [item.text[-1:] for item in items if _plain(item)]
    if len(ends) < 2 or not all(end in ENDS for end in ends) or "" in ends:
        return None
    (usual, times), *_ = Counter(ends[:-1]).most_common(1)
    return (usual, ends[-1]) if times == len(ends) - 1 else None


def _plain(item: Provision) -> bool:
    return item.kind in _PLAIN and not item.children and item.text[-1:] != ":"


def _ended(items: tuple[Provision, ...], ends: tuple[str, str] | None) -> tuple[Provision, ...]:
    if ends is None:
        return items
    last = max((k for k, item in enumerate(items) if item.kind in _PLAIN), default=-1)
    return tuple(
        replace(item, text=item.text[:-1] + ends[k == last])
        if _plain(item) and item.text[-1:] in ENDS and item.text[-1:]
        else item
        for k, item in enumerate(items)
    )
