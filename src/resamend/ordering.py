"""In which order stands what several sources add at one place."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush
from itertools import islice

from msgspec import Struct

from resamend.model import Kind, Provision
from resamend.words import key_of, stem_of


class AdditionKey(Struct, frozen=True, gc=False):
    """Identify what is added in one gap: its content, and which of several equal ones it is."""

    content: str
    rank: int


def merged_order(
    orders: Sequence[Sequence[AdditionKey]], items: Mapping[AdditionKey, Provision]
) -> tuple[list[AdditionKey], bool]:
    """Put what is added in an order that agrees with all the given ones, if there is one.

    Among several that could come next the one given first in ``items`` does; so too where the
    orders contradict each other, and then the second value is false.
    """
    alike = _alike(orders, items)
    met: dict[AdditionKey, list[AdditionKey]] = defaultdict(list)
    for key in items:
        met[alike.get(key, key)].append(key)
    told = [[alike.get(key, key) for key in order] for order in orders]
    heads, straight = _sorted(told, list(met))
    return [key for head in heads for key in met[head]], straight


def _alike(
    orders: Sequence[Sequence[AdditionKey]], items: Mapping[AdditionKey, Provision]
) -> dict[AdditionKey, AdditionKey]:
    """Map what differs from another addition in typography or its end alone to that one.

    They are one addition to who reads them, and have one place; not where one source adds both.
    """
    if len(orders) < 2 or len(items) < 2:
        return {}
    said = {key: stated(item) for key, item in items.items()}
    twice = {
        name
        for order in orders
        for name, times in Counter(said[key] for key in order).items()
        if times > 1
    }
    heads: dict[object, AdditionKey] = {}
    return {key: heads.setdefault(name, key) for key, name in said.items() if name not in twice}


def stated(provision: Provision) -> object:
    """Return what an addition says, without its own label, typography and end punctuation (R9)."""
    if provision.kind is Kind.MOVED:
        return provision.id
    below = tuple((child.label, stated(child)) for child in provision.children)
    return provision.kind, stated_words(provision.kind, provision.text), below


def stated_words(kind: Kind, text: str) -> tuple[str, ...]:
    """Return the keys of what a text of a kind says; an item ends with a semicolon, however typed.

    >>> ends = [stated_words(Kind.ITEM, f"to meet{end}") for end in (";", ".", " ，", "")]
    >>> ends[0], len(set(ends))
    (('to', 'meet', ';'), 1)
    """
    return (*stem_of(text), ";") if kind in (Kind.ITEM, Kind.TEXT) else key_of(text)


def _sorted(
    orders: Sequence[Sequence[AdditionKey]], keys: Sequence[AdditionKey]
) -> tuple[list[AdditionKey], bool]:
    """Put keys in order: one can come next where it is the first left in every order that has it.

    ``keys`` says which of several comes first.
    """
    rank = {key: k for k, key in enumerate(keys)}
    queues = [deque(rank[key] for key in order) for order in orders]
    behind = Counter(k for queue in queues for k in islice(queue, 1, None))
    heads: dict[int, list[deque[int]]] = defaultdict(list)
    for queue in queues:
        heads[queue[0]].append(queue)
    ready = [k for k in range(len(keys)) if not behind[k]]
    done: dict[int, None] = {}
    left = iter(range(len(keys)))
    straight = True
    while len(done) < len(keys):
        if not ready:
            straight = False
            ready.append(next(k for k in left if k not in done))
        done[last := heappop(ready)] = None
        for queue in heads[last]:
            while queue and queue[0] in done:
                queue.popleft()
            if queue:
                heads[queue[0]].append(queue)
                behind[queue[0]] -= 1
                if not behind[queue[0]]:
                    heappush(ready, queue[0])
    return [keys[k] for k in done], straight
