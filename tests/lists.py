"""Draw lists in which several states strike items and add equal ones, each with its own ends."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st
from msgspec import Struct

from resamend.amendment import Proposal
from resamend.model import Resolution
from tests.build import proposal, resolution

ITEMS = (
    "to paint every boat blue", "to mend the nets of old fishermen", "to sell smoked fish at noon",
    "to count waves from towers", "to teach swimming in winter",
)  # fmt: skip
ADDED = (
    "to name all lakes of the region", "to plant willows beside canals", "to print maps on silk",
)  # fmt: skip
WORDED = (" quickly", " together", "")
SOURCES = ("AAA", "BBB", "CCC", "DDD")


class Listed(Struct, frozen=True, kw_only=True):
    """Hold a list in force, and the proposals for it: ``plain`` ones leave the ends in force."""

    base: Resolution
    proposals: tuple[Proposal, ...]
    plain: tuple[Proposal, ...]
    lines: dict[str, tuple[str, ...]]

    def __repr__(self) -> str:
        return "\n".join(["", *(f"{who}: {' | '.join(said)}" for who, said in self.lines.items())])


@st.composite
def listed(draw: st.DrawFn) -> Listed:
    """Draw a list of three to five items, and two to four proposals that change which there are."""
    size = draw(st.integers(3, len(ITEMS)))
    own = draw(st.sampled_from(["", " and", " or"]))
    texts = [f"{n} {text}" for n, text in enumerate(ITEMS[:size], 1)]
    in_force = _ended(texts, own)
    base = resolution("resolves", *in_force)
    lines = {"base": tuple(in_force)}
    typed, plain = [], []
    for who in SOURCES[: draw(st.integers(2, 4))]:
        items = _wanted(draw, size)
        ended = _ended(items, own)
        lines[who] = tuple(ended)
        typed.append(proposal(base, who, "resolves", *ended))
        kept = [_as_in_force(*each, in_force) for each in zip(items, ended, strict=True)]
        plain.append(proposal(base, who, "resolves", *kept))
    return Listed(base=base, proposals=tuple(typed), plain=tuple(plain), lines=lines)


def _wanted(draw: st.DrawFn, size: int) -> list[str]:
    """Draw the items that a state wants, those of the base by their numbers."""
    struck = draw(st.frozensets(st.integers(1, size), max_size=size - 1))
    added = draw(st.lists(st.tuples(st.integers(0, size), st.sampled_from(ADDED)), max_size=3))
    worded = draw(st.sampled_from([0, 0, *range(1, size + 1)]))
    items = []
    for n in range(size + 1):
        if n and n not in struck:
            word = draw(st.sampled_from(WORDED)) if n == worded else ""
            items.append(f"{n} {ITEMS[n - 1]}{word}")
        items += [f"{n}bis {text}" for gap, text in added if gap == n]
    return items


def _ended(items: Sequence[str], own: str) -> list[str]:
    """End the last item with a full stop, and the one before it with the conjunction."""
    last = len(items) - 1
    return [
        f"{item}{'.' if n == last else f';{own}' if n == last - 1 else ';'}"
        for n, item in enumerate(items)
    ]


def _as_in_force(item: str, ended: str, in_force: Sequence[str]) -> str:
    """End an item as it ends in force; what is added, as its state does."""
    number, _, _ = item.partition(" ")
    if not number.isdigit():
        return ended
    was = in_force[int(number) - 1]
    return item + was.removeprefix(f"{number} {ITEMS[int(number) - 1]}")


# -- headings struck, items moved out, joined and divided ----------------------------------------

SECTIONS = {
    "considering": ("that rain has grown in all valleys", "that gauges left in the open rust"),
    "noting": ("the report of the Director on floods", "the thanks of every mountain village"),
    "resolves": ("to meet on the first Monday of autumn", "to lend boats to the islands"),
}


class Torn(Struct, frozen=True, kw_only=True):
    """Hold a text of three lists, and proposals that strike, move, join and divide in them."""

    base: Resolution
    proposals: tuple[Proposal, ...]
    lines: dict[str, tuple[str, ...]]

    def __repr__(self) -> str:
        return "\n".join(["", *(f"{who}: {' | '.join(said)}" for who, said in self.lines.items())])


@st.composite
def torn(draw: st.DrawFn) -> Torn:
    """Draw two to four states, of whom each does up to three things to the same few items."""
    held = {heading: list(items) for heading, items in SECTIONS.items()}
    lines = {"base": _laid(held)}
    base = resolution(*lines["base"])
    for who in SOURCES[: draw(st.integers(2, 4))]:
        wanted = {heading: list(items) for heading, items in SECTIONS.items()}
        for _ in range(draw(st.integers(1, 3))):
            draw(st.sampled_from(_DEEDS))(draw, wanted)
        lines[who] = _laid(wanted)
    proposals = tuple(proposal(base, who, *lines[who]) for who in lines if who != "base")
    return Torn(base=base, proposals=proposals, lines=lines)


def _laid(lists: dict[str, list[str]]) -> tuple[str, ...]:
    return tuple(
        line
        for heading, items in lists.items()
        for line in (heading, *(f"{n} {text};" for n, text in enumerate(items, 1)))
    )


_Lists = dict[str, list[str]]


def _item(draw: st.DrawFn, lists: _Lists) -> tuple[list[str], int] | None:
    full = [items for items in lists.values() if items]
    if not full:
        return None
    items = draw(st.sampled_from(full))
    return items, draw(st.integers(0, len(items) - 1))


def _strike_heading(draw: st.DrawFn, lists: _Lists) -> None:
    if len(lists) > 1:
        del lists[draw(st.sampled_from(list(lists)[:-1]))]


def _strike(draw: st.DrawFn, lists: _Lists) -> None:
    if at := _item(draw, lists):
        del at[0][at[1]]


def _move(draw: st.DrawFn, lists: _Lists) -> None:
    if at := _item(draw, lists):
        text = at[0].pop(at[1])
        host = lists[draw(st.sampled_from(list(lists)))]
        host.insert(draw(st.integers(0, len(host))), text)


def _move_and_strike(draw: st.DrawFn, lists: _Lists) -> None:
    """Save one item of a list, and strike the list."""
    heading = draw(st.sampled_from(list(lists)))
    if lists[heading] and len(lists) > 1:
        saved = lists.pop(heading)[0]
        lists[draw(st.sampled_from(list(lists)))].append(saved)


def _join(draw: st.DrawFn, lists: _Lists) -> None:
    """Join an item to another, of its own list or of the next."""
    one = _item(draw, lists)
    if one is None:
        return
    text = one[0].pop(one[1])
    if other := _item(draw, lists):
        items, at = other
        items[at] = f"{items[at]} {text}" if draw(st.booleans()) else f"{text} {items[at]}"


def _divide(draw: st.DrawFn, lists: _Lists) -> None:
    if at := _item(draw, lists):
        items, n = at
        words = items[n].split()
        half = len(words) // 2
        items[n : n + 1] = [" ".join(words[:half]), " ".join(words[half:])]


def _reword(draw: st.DrawFn, lists: _Lists) -> None:
    if at := _item(draw, lists):
        items, n = at
        word = draw(st.sampled_from(["well", "soon"]))
        items[n] = draw(st.sampled_from([f"{items[n]} {word}", f"{word} {items[n]}"]))


def _add(draw: st.DrawFn, lists: _Lists) -> None:
    host = lists[draw(st.sampled_from(list(lists)))]
    host.insert(draw(st.integers(0, len(host))), draw(st.sampled_from(ADDED)))


_DEEDS = (
    _strike_heading, _strike, _move, _move, _move_and_strike, _join, _join, _divide, _reword, _add,
)  # fmt: skip
