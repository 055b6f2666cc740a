"""Say for a reader what a proposal asks for, provision by provision."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from resamend.amendment.edit_references import references
from resamend.amendment.values import Amendment, Proposal, Symbol
from resamend.difference import LabelEdit, ListEdit, TextEdit
from resamend.matching import ProvisionIndex, index_of
from resamend.model import Kind, Provision, Resolution
from resamend.naming import path
from resamend.places import names_of

__all__ = ["amendments", "place", "place_of_added"]


def place(known: ProvisionIndex, node: int) -> str:
    """Say where a base provision is, as delegates do."""
    if node not in known.places:
        if known.resolution.metadata.form and not known.places:
            names = names_of(known.resolution, known.resolution.language)
            known.places.update((known.at[id], name) for id, name in names.items() if name)
        known.places.setdefault(node, _place(known, node))
    return known.places[node]


def _place(known: ProvisionIndex, node: int) -> str:
    chain = []
    at = node
    while at >= 0:
        chain.append(known.nodes[at])
        at = known.parents[at]
    position = known.position(node) if node >= 0 else 0
    return path(chain[::-1], position, known.resolution.language)


def place_of_added(known: ProvisionIndex, owner: int, gap: int, provision: Provision) -> str:
    """Say what a provision is called that is added in a gap of the list of another."""
    children = [known.nodes[child] for child in known.children(owner)]
    children.insert(gap, provision)
    while owner >= 0:
        held = replace(known.nodes[owner], children=tuple(children))
        above = known.parents[owner]
        children = [held if n == owner else known.nodes[n] for n in known.children(above)]
        owner = above
    text = replace(known.resolution, provisions=tuple(children))
    return names_of(text, text.language)[provision.id]


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
