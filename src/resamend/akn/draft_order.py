"""The orders that marks alone do not tell: of a source's edits, and of what it puts into a gap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from resamend.amendment import Proposal
from resamend.diff import Edit, LabelEdit, ListEdit, TextEdit, content
from resamend.matching import tree
from resamend.merge import Addition
from resamend.model import Kind, Provision, Resolution

__all__ = ["added_by", "canonical_rank", "order_of"]


def canonical_rank(base: Resolution) -> Callable[[Edit], tuple[int, int]]:
    """Return what sorts edits in the order of the base: a text, its list, then its label."""
    at = tree(base).at
    kinds = {TextEdit: 0, ListEdit: 1, LabelEdit: 2}
    return lambda edit: (at.get(edit.target, -1), kinds[type(edit)])


def added_by(
    proposals: Iterable[Proposal],
) -> dict[tuple[str, str, int], tuple[Provision, ...]]:
    """Return what each source puts into each gap of each list, in its own order."""
    return {
        (proposal.id, edit.target, hunk.end): hunk.items
        for proposal in proposals
        for edit in proposal.edits
        if isinstance(edit, ListEdit)
        for hunk in edit.hunks
        if hunk.items
    }


def order_of(items: Sequence[Provision], here: Sequence[Addition], source: str) -> list[int]:
    """Return which of the additions in a gap each of a source's items is."""
    mine = [n for n, addition in enumerate(here) if source in addition.sources]
    if len(mine) < 2:
        return mine
    names = [_name(here[n].provision) for n in mine]
    order = []
    for item in items:
        k = names.index(_name(item))
        order.append(mine.pop(k))
        del names[k]
    return order


def _name(item: Provision) -> str:
    return item.id if item.kind is Kind.MOVED else content(item)
