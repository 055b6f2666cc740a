"""Say for a reader what a proposal asks for, provision by provision.

A description is read off the edits and never read back: two proposals may be described alike and
ask for different words.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from resamend.amendment.edit_applier import revise
from resamend.amendment.edit_references import references
from resamend.amendment.values import Amendment, Proposal, Symbol
from resamend.difference import LabelEdit, TextEdit
from resamend.languages import phrases_of
from resamend.matching import ProvisionIndex, index_of
from resamend.model import WHOLE, Kind, Provision, Resolution, walk
from resamend.naming import numbered_apart, path

if TYPE_CHECKING:
    from resamend.added_places import AddedPlaceNamer


def place(index: ProvisionIndex, node: int) -> str:
    """Say where a base provision is, as delegates do; no two of a text are called alike."""
    # Asked for again with every region and every message about a provision.
    if not index.places:
        index.places.update(_places(index))
    return index.places[node]


def _names(index: ProvisionIndex) -> set[str]:
    """Return what the provisions of a base are called: asked for with each that is added."""
    if not index.names:
        index.names.update([place(index, node) for node in range(len(index.nodes))])
    return index.names


def _places(index: ProvisionIndex) -> Iterator[tuple[int, str]]:
    resolution = index.resolution
    yield -1, path((), 0, resolution.language)
    names: dict[str, str] = {}
    if resolution.metadata.form:
        from resamend.places import names_of

        names = names_of(resolution, resolution.language)
    taken: set[str] = set()
    for node, provision in enumerate(index.nodes):
        name = names.get(provision.id) or _path(index, node)
        above = index.parents[node]
        if above >= 0 and not provision.label and name == _path(index, above):
            name = f"{name} ¶1"  # the only paragraph below a heading
        name = numbered_apart(name, taken)
        taken.add(name)
        yield node, name


def _path(index: ProvisionIndex, node: int) -> str:
    chain = []
    at = node
    while at >= 0:
        chain.append(index.nodes[at])
        at = index.parents[at]
    return path(chain[::-1], index.position(node), index.resolution.language)


class AddedPlace(Struct, frozen=True):
    """Say where a provision is added: by its own name, or ``after`` the place before it.

    ``after`` is empty at the beginning of the list of ``name``.
    """

    name: str
    after: str | None = None


def place_of_added(
    index: ProvisionIndex, owner: int, gap: int, provision: Provision, taken: Container[str] = ()
) -> AddedPlace:
    """Say what a provision is called that is added in a gap of the list of another.

    One that has no label, or the name of a provision in force or of one ``taken``, has none of
    its own.
    """
    if provision.label or provision.kind in (Kind.RESOLUTION, Kind.FOOTNOTE, *WHOLE):
        name = _named_in(index, owner, gap, provision)
        if name not in _names(index) and name not in taken:
            return AddedPlace(name)
    if not gap:
        return AddedPlace(place(index, owner), "")
    before = place(index, index.children(owner)[gap - 1])
    return AddedPlace(place(index, owner), before)


def path_of_added(index: ProvisionIndex, owner: int, gap: int, provision: Provision) -> str:
    """Say the same in one line, in the language of the text."""
    added = place_of_added(index, owner, gap, provision)
    phrases = phrases_of(index.resolution.language)
    if added.after:
        return phrases["after"].format(place=added.after)
    if added.after is None:
        return added.name
    beginning = phrases["at_beginning"]
    return f"{added.name}{phrases['colon']}{beginning}" if owner >= 0 else beginning


def _named_in(index: ProvisionIndex, owner: int, gap: int, provision: Provision) -> str:
    provision = replace(provision, id="+", children=())
    if not index.resolution.metadata.form:
        chain = [provision]
        while owner >= 0:
            chain.append(index.nodes[owner])
            owner = index.parents[owner]
        return path(chain[::-1], gap, index.resolution.language)
    if owner >= 0:
        name = _namer(index).name_in(index.nodes[owner], gap, provision)
        if name is not None:
            return name
    return named_anew(index, owner, gap, provision)


def named_anew(index: ProvisionIndex, owner: int, gap: int, provision: Provision) -> str:
    """Return what an added provision is called in the text that has it."""
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


@lru_cache(maxsize=4)
def _namer(index: ProvisionIndex) -> AddedPlaceNamer:
    from resamend.added_places import AddedPlaceNamer  # for a text with a form alone

    return AddedPlaceNamer(index.resolution)


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
