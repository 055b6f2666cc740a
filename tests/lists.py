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
