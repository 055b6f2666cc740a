"""Say for a reader what a proposal asks for, provision by provision."""

from __future__ import annotations

from collections.abc import Iterator

from resamend.amendment.edit_references import references
from resamend.amendment.values import Amendment, Proposal, Symbol
from resamend.difference import LabelEdit, ListEdit, TextEdit
from resamend.matching import ProvisionIndex, index_of
from resamend.model import Kind, Resolution
from resamend.naming import path

__all__ = ["amendments", "place"]


def place(known: ProvisionIndex, node: int) -> str:
    """Say where a base provision is, as delegates do."""
    if node not in known.places:
        known.places[node] = _place(known, node)
    return known.places[node]


def _place(known: ProvisionIndex, node: int) -> str:
    chain = []
    at = node
    while at >= 0:
        chain.append(known.nodes[at])
        at = known.parents[at]
    position = known.position(node) if node >= 0 else 0
    return path(chain[::-1], position, known.resolution.language)


def amendments(base: Resolution, proposal: Proposal) -> tuple[Amendment, ...]:
    """Return what a proposal asks for, provision by provision, in the order of the base."""
    known = index_of(base)
    stays = set(references(proposal.edits))
    found: list[Amendment] = []
    for edit in proposal.edits:
        node = known.at.get(edit.target, -1)
        if isinstance(edit, TextEdit):
            symbol = Symbol.MOD if edit.worded else Symbol.EDITORIAL
            found.append(Amendment(symbol=symbol, target=edit.target, path=place(known, node)))
        elif isinstance(edit, LabelEdit):
            found.append(
                Amendment(symbol=Symbol.EDITORIAL, target=edit.target, path=place(known, node))
            )
        else:
            found += _list_amendments(known, node, edit, stays)
    for keep in proposal.keeps:
        found.append(
            Amendment(
                symbol=Symbol.NOC,
                target=keep.target,
                path=place(known, known.at.get(keep.target, -1)),
            )
        )
    return tuple(found)


def _list_amendments(
    known: ProvisionIndex, node: int, edit: ListEdit, stays: set[str]
) -> Iterator[Amendment]:
    children = known.children(node)
    for hunk in edit.hunks:
        for id in hunk.gone:
            yield Amendment(
                symbol=Symbol.SUP, target=id, path=place(known, known.at[id]), elsewhere=id in stays
            )
        before = children[hunk.end - 1] if hunk.end else node
        for item in hunk.items:
            yield Amendment(
                symbol=Symbol.ADD,
                target=item.id,
                path=place(known, before),
                elsewhere=item.kind is Kind.MOVED,
                text=item.text if item.kind is not Kind.MOVED else "",
            )
