"""Say for a reader what a proposal asks for, provision by provision.

A description is read off the edits and never read back: two proposals may be described alike and
ask for different words.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from resamend.amendment.edit_references import references
from resamend.amendment.values import Amendment, Proposal, Symbol
from resamend.difference import LabelEdit, ListEdit, TextEdit
from resamend.matching import ProvisionIndex, index_of
from resamend.model import Kind, Provision, Resolution
from resamend.naming import path


def place(index: ProvisionIndex, node: int) -> str:
    """Say where a base provision is, as delegates do."""
    # Asked for again with every region and every message about a provision.
    if node not in index.places:
        if index.resolution.metadata.form and not index.places:
            from resamend.places import names_of

            names = names_of(index.resolution, index.resolution.language)
            index.places.update((index.at[id], name) for id, name in names.items() if name)
        index.places.setdefault(node, _place(index, node))
    return index.places[node]


def _place(index: ProvisionIndex, node: int) -> str:
    chain = []
    at = node
    while at >= 0:
        chain.append(index.nodes[at])
        at = index.parents[at]
    position = index.position(node) if node >= 0 else 0
    return path(chain[::-1], position, index.resolution.language)


def place_of_added(index: ProvisionIndex, owner: int, gap: int, provision: Provision) -> str:
    """Say what a provision is called that is added in a gap of the list of another."""
    children = [index.nodes[child] for child in index.children(owner)]
    children.insert(gap, provision)
    while owner >= 0:
        held = replace(index.nodes[owner], children=tuple(children))
        above = index.parents[owner]
        children = [held if n == owner else index.nodes[n] for n in index.children(above)]
        owner = above
    from resamend.places import names_of

    text = replace(index.resolution, provisions=tuple(children))
    return names_of(text, text.language)[provision.id]


def amendments(base: Resolution, proposal: Proposal) -> tuple[Amendment, ...]:
    """Return what a proposal asks for, provision by provision, in the order of the base."""
    index = index_of(base)
    stays = set(references(proposal.edits))
    entries: list[Amendment] = []
    for edit in proposal.edits:
        node = index.at.get(edit.target, -1)
        if isinstance(edit, TextEdit):
            symbol = Symbol.MOD if edit.worded else Symbol.EDITORIAL
            entries.append(Amendment(symbol=symbol, target=edit.target, path=place(index, node)))
        elif isinstance(edit, LabelEdit):
            entries.append(
                Amendment(symbol=Symbol.EDITORIAL, target=edit.target, path=place(index, node))
            )
        else:
            entries += _list_amendments(index, node, edit, stays)
    for keep in proposal.keeps:
        entries.append(
            Amendment(
                symbol=Symbol.NOC,
                target=keep.target,
                path=place(index, index.at.get(keep.target, -1)),
            )
        )
    return tuple(entries)


def _list_amendments(
    index: ProvisionIndex, node: int, edit: ListEdit, stays: set[str]
) -> Iterator[Amendment]:
    children = index.children(node)
    for hunk in edit.hunks:
        for id in hunk.gone:
            yield Amendment(
                symbol=Symbol.SUP, target=id, path=place(index, index.at[id]), elsewhere=id in stays
            )
        before = children[hunk.end - 1] if hunk.end else node
        for provision in hunk.items:
            yield Amendment(
                symbol=Symbol.ADD,
                target=provision.id,
                path=place(index, before),
                elsewhere=provision.kind is Kind.MOVED,
                text=provision.text if provision.kind is not Kind.MOVED else "",
            )
