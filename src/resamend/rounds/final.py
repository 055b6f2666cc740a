"""A final text beside the text in force: what it has of which provision, and of which words."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from resamend.amendment.edit_references import references
from resamend.difference import Hunk, TextEdit, diff
from resamend.matching import ProvisionIndex, match
from resamend.model import Provision, Resolution, Word


class RegionWords(Struct, frozen=True):
    """Say what became of a stretch of the text in force: which words went, which came."""

    struck: frozenset[int]
    added: tuple[Word, ...]


class FinalText:
    """Know which provision of a text in force is which of a final text.

    ``ids_stand`` says that the final text was made from the other, and kept its ids; ``moves`` are
    provisions that somebody wants to move: where two have changed places, they did.
    """

    def __init__(
        self,
        base: ProvisionIndex,
        text: Resolution,
        *,
        ids_stand: bool,
        moves: frozenset[str] = frozenset(),
    ) -> None:
        self.base = base
        self.index = ProvisionIndex(text)
        self.matching = match(base, self.index, ids_stand=ids_stand)
        edits = diff(base.resolution, text, moves, ids_stand=ids_stand)
        self.moved = frozenset(references(edits))
        """The ids of what stands elsewhere than in the text in force."""
        self._hunks = {edit.target: edit.hunks for edit in edits if isinstance(edit, TextEdit)}
        joins = self.matching.joins.items()
        self._hosts = {base.nodes[q].id: base.nodes[b].id for b, joined in joins for q in joined}

    def node(self, target: str) -> int:
        """Return the node of a provision of the text in force; -1 where it is gone."""
        return self.matching.to_revised[self.base.at[target]] if target in self.base.at else -1

    def provision(self, target: str) -> Provision | None:
        """Return a provision of the text in force as it is in the final one."""
        node = self.node(target)
        return self.index.nodes[node] if node >= 0 else None

    def host(self, target: str) -> str:
        """Return the id of the provision to which another one is joined; else nothing."""
        return self._hosts.get(target, "")

    def has_words(self, target: str) -> bool:
        """Tell whether the words of a provision are there, by themselves or joined to others."""
        return self.node(target) >= 0 or target in self._hosts

    def added(self) -> Sequence[int]:
        """Return the nodes of the final text that are not in the text in force."""
        return [node for node, b in enumerate(self.matching.to_base) if b < 0]

    def hunks(self, target: str) -> tuple[Hunk, ...]:
        """Return how the words of a provision that is there differ from those in force."""
        return self._hunks.get(target, ())

    def words_at(self, target: str, lo: int, hi: int) -> RegionWords:
        """Return what became of the words at doubled coordinates of a provision that is there."""
        here = [h for h in self.hunks(target) if 2 * h.start <= hi + 1 and lo - 1 <= 2 * h.end]
        struck = frozenset(k for hunk in here for k in range(hunk.start, hunk.end))
        return RegionWords(struck, tuple(word for hunk in here for word in hunk.words))
