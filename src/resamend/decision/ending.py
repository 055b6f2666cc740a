"""Set the ends of the items of lists in which some came or went, as numbers are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from resamend.conflict.ends import conjunction_of
from resamend.model import ROOT, Kind, Provision, Resolution, walk
from resamend.words import ENDS, split

_PLAIN = frozenset({Kind.ITEM, Kind.TEXT})


class _ListEnds(Struct, frozen=True):
    """Say how a list ends its items in force: all but the last, and the last.

    ``conjunction`` stands at the end of ``bearer``, its last item but one; empty where none does.
    """

    usual: str
    last: str
    conjunction: str = ""
    bearer: str = ""


def with_ends(base: Resolution, made: Resolution, changed: set[str]) -> Resolution:
    """Return a text whose changed lists, named by their owners, end their items as in force.

    A list is regular in force if all its items but the last end alike. What ends with a colon, has
    items of its own or stands in brackets is left as it is. The list's own conjunction goes to the
    item that now is the last but one; where it was decided to be another, that other one.
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


def _regular(items: Sequence[Provision]) -> _ListEnds | None:
    """Return how a list ends its items; nothing if it varies."""
    plain = [item for item in items if _plain(item)]
    parted = [_parted(item.text) for item in plain]
    ends = [stem[-1:] for stem, _ in parted]
    if len(ends) < 2 or not all(end in ENDS for end in ends) or "" in ends:
        return None
    (usual, times), *_ = Counter(ends[:-1]).most_common(1)
    joins = [word for _, word in parted]
    if times < len(ends) - 1 or any((*joins[:-2], joins[-1])):
        return None
    return _ListEnds(usual, ends[-1], joins[-2], plain[-2].id if joins[-2] else "")


def _plain(item: Provision) -> bool:
    return item.kind in _PLAIN and not item.children and item.text[-1:] != ":"


def _parted(text: str) -> tuple[str, str]:
    """Part a text into what stands before the conjunction at its end, and that.

    >>> _parted("the Council agrees; and"), _parted("funds permit.")
    (('the Council agrees;', ' and'), ('funds permit.', ''))
    """
    words = split(text)
    if not conjunction_of(words):
        return text, ""
    return text[: len(text) - len(words[-1].text)], words[-1].text


def _ended(items: tuple[Provision, ...], ends: _ListEnds | None) -> tuple[Provision, ...]:
    if ends is None:
        return items
    last = max((k for k, item in enumerate(items) if item.kind in _PLAIN), default=-1)
    parted = {k: _parted(item.text) for k, item in enumerate(items) if _plain(item)}
    joins = {k: word for k, (_, word) in parted.items() if word}
    own = next((joins[k] for k in joins if items[k].id == ends.bearer), ends.conjunction)
    # One word at several items was asked for so; else it is the list's own, and moves with its end.
    moves = bool(ends.conjunction) and set(joins.values()) <= {own, ends.conjunction}
    moves = moves and (own == ends.conjunction or list(joins.values()).count(own) == 1)
    before = max((k for k in range(last) if items[k].kind in _PLAIN), default=-1)
    made = list(items)
    for k, (stem, word) in parted.items():
        if stem[-1:] in ENDS and stem[-1:]:
            after = (own if k == before else "") if moves else word
            text = stem[:-1] + (ends.last if k == last else ends.usual) + after
            made[k] = replace(items[k], text=text)
    return tuple(made)
