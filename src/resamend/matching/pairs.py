"""The provisions of a base and of a revised text, while they are being paired."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from resamend.matching.provision_index import ProvisionIndex

SAME_LABEL = 0.1
"""What one label adds to the likeness of two texts."""


class Matching(Struct, frozen=True):
    """Say what each provision of a revised text is in the base.

    ``to_base`` and ``to_revised`` hold the node on the other side, or -1. ``splits`` maps a base
    node to the revised nodes that carry on its text; ``joins`` maps a base node to the base nodes
    whose words now follow its own, in the same revised provision.
    """

    to_base: list[int]
    to_revised: list[int]
    splits: dict[int, tuple[int, ...]]
    joins: dict[int, tuple[int, ...]]


class Pairs:
    """Hold which provision is which so far: the node on the other side, or -1."""

    def __init__(self, base: ProvisionIndex, revised: ProvisionIndex) -> None:
        self.base = base
        self.revised = revised
        self.to_base = [-1] * len(revised.nodes)
        self.to_revised = [-1] * len(base.nodes)

    def pair(self, b: int, t: int) -> None:
        """Take a base node and a revised one for the same provision."""
        self.to_base[t] = b
        self.to_revised[b] = t

    def free(self, b: int, t: int) -> bool:
        """Tell whether two nodes of one kind have no partner yet."""
        return (
            self.to_revised[b] < 0
            and self.to_base[t] < 0
            and self.base.nodes[b].kind is self.revised.nodes[t].kind
        )

    def likeness(self, b: int, t: int, least: float) -> float:
        """Return the share of weight that two texts have in common, more with one label.

        It is 0 where their sizes alone say that it is less than ``least``.
        """
        shorter, longer = sorted((self.base.size(b), self.revised.size(t)))
        if 3 * shorter < least * (shorter + longer):
            return 0.0
        old, new = self.base.nodes[b], self.revised.nodes[t]
        same_label = bool(old.label) and old.label == new.label
        return self.base.weights.likeness(old.text, new.text) + SAME_LABEL * same_label

    def parent_of(self, t: int) -> int:
        """Return the base node that the parent of a revised node is; -2 where it is none."""
        parent = self.revised.parents[t]
        if parent < 0:
            return -1
        return self.to_base[parent] if self.to_base[parent] >= 0 else -2


def similarity(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of words that two texts have in common, from 0 to 1."""
    total = sum(one.values()) + sum(other.values())
    if not total:
        return 1.0
    common = sum([min(one[word], other[word]) for word in one.keys() & other.keys()])
    return 2 * common / total
