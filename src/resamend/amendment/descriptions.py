"""Say for a reader what a proposal asks for, provision by provision.

A description is read off the edits and never read back: two proposals may be described alike and
ask for different words.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from resamend.amendment.edit_applier import revise
from resamend.amendment.edit_references import references
from resamend.amendment.values import Amendment, Proposal, Symbol
from resamend.difference import LabelEdit, TextEdit
from resamend.matching import ProvisionIndex, index_of
from resamend.model import Kind, Provision, Resolution, walk
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
    """Return what a proposal asks for, provision by provision, in the order of the base.

    Raises ``NotApplicable`` for a proposal that was made for another text.
    """
    from resamend.amendment.fitness import check  # its messages say where a place is

    check(base, proposal)
    index = index_of(base)
    stays = set(references(proposal.edits))
    revised = {p.id: p.text for p in walk(revise(base, proposal.edits).provisions)}

    def described(symbol: Symbol, id: str, **parts: Any) -> Amendment:
        path = place(index, index.at.get(id, -1))
        return Amendment(source=proposal.id, symbol=symbol, target=id, **{"path": path, **parts})

    def text_of(id: str) -> str:
        return index.nodes[index.at[id]].text

    entries: list[Amendment] = []
    for edit in proposal.edits:
        id = edit.target
        if isinstance(edit, TextEdit):
            symbol = Symbol.MOD if edit.worded else Symbol.EDITORIAL
            entries.append(described(symbol, id, old=text_of(id), new=revised.get(id, "")))
        elif isinstance(edit, LabelEdit):
            entries.append(described(Symbol.EDITORIAL, id, old=edit.old, new=edit.label))
        else:
            children = index.children(index.at.get(id, -1))
            for hunk in edit.hunks:
                for gone in hunk.gone:
                    elsewhere = gone in stays
                    entries.append(
                        described(Symbol.SUP, gone, elsewhere=elsewhere, old=text_of(gone))
                    )
                before = children[hunk.end - 1] if hunk.end else index.at.get(id, -1)
                for added in hunk.items:
                    moves = added.kind is Kind.MOVED
                    new = text_of(added.text) if moves else added.text
                    path = place(index, before)
                    entries.append(
                        described(Symbol.ADD, added.id, path=path, elsewhere=moves, new=new)
                    )
    for keep in proposal.keeps:
        text = text_of(keep.target) if keep.target in index.at else ""
        entries.append(described(Symbol.NOC, keep.target, old=text, new=text))
    return tuple(entries)
