"""The orders that marks alone do not tell: of a source's edits, and of what it puts into a gap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from resamend.consolidation import Addition, Consolidated, name_of
from resamend.difference import Edit, LabelEdit, ListEdit
from resamend.matching import ProvisionIndex
from resamend.model import Provision


def canonical_rank(base: ProvisionIndex) -> Callable[[Edit], tuple[int, int, int]]:
    """Return what sorts edits as a comparison gives them: a text, its list, the labels in it."""

    def rank(edit: Edit) -> tuple[int, int, int]:
        node = base.at.get(edit.target, -1)
        if isinstance(edit, LabelEdit):
            return base.parents[node], 2, node
        return node, isinstance(edit, ListEdit), 0

    return rank


def added_by(consolidated: Consolidated) -> Mapping[tuple[str, str, int], Sequence[Provision]]:
    """Return what each source puts into each gap of each list, in its own order."""
    lists = {marks.target: marks for marks in consolidated.lists}
    added: dict[tuple[str, str, int], list[Provision]] = defaultdict(list)
    for proposal in consolidated.proposals:
        for edit in proposal.edits:
            for hunk in edit.hunks if isinstance(edit, ListEdit) else ():
                for gap, provision in zip(
                    lists[edit.target].gaps_of(hunk), hunk.items, strict=True
                ):
                    added[proposal.id, edit.target, gap].append(provision)
    return added


def order_of(
    items: Sequence[Provision], here: Sequence[Addition], source: str, *, straight: bool
) -> list[int]:
    """Return which of the additions in a gap each of a source's items is.

    ``straight`` says that no source contradicts the order in which they are given.
    """
    mine = [n for n, addition in enumerate(here) if source in addition.sources]
    # The draft's own order is then that of the source; comparing contents would cost more.
    if straight or len(mine) < 2:
        return mine
    names = [name_of(here[n].provision) for n in mine]
    order = []
    for provision in items:
        k = names.index(name_of(provision))
        order.append(mine.pop(k))
        del names[k]
    return order
