"""Which provisions of a text may be the likest to another, without a look at most of them."""

from __future__ import annotations

from collections import Counter, defaultdict

from resamend.matching.provision_index import ProvisionIndex
from resamend.model import Kind, Provision
from resamend.words import key_of


class ProvisionsByWord:
    """Know the provisions of a new text by their words, the rarest of which tell the likest."""

    def __init__(self, new: ProvisionIndex) -> None:
        self.new = new
        self.holders: dict[tuple[Kind, str], list[int]] = defaultdict(list)
        for t, provision in enumerate(new.nodes):
            for key in set(map(str.casefold, key_of(provision.text))):
                self.holders[provision.kind, key].append(t)

    def likely(self, was: Provision) -> list[int]:
        """Return the provisions that have most of the rarest words in common, a few."""
        words = {(was.kind, key) for key in map(str.casefold, key_of(was.text))}
        held = sorted((self.holders[word] for word in words if word in self.holders), key=len)
        together = Counter(t for holders in held[:_RAREST] for t in holders[:_HOLDERS])
        return [t for t, _ in together.most_common(_SCORED)]


_RAREST, _HOLDERS, _SCORED = 20, 60, 8
"""Of how many words, and of how many provisions with each, the likest are scored."""
