"""What happens to provisions: struck, moved, joined, added, kept.

A source that takes a provision out of its list either moves it, joins its text into another, or
strikes it. That is its *fate* for this source; what lies below a struck provision, and is not
moved away, goes with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter

from msgspec import Struct, field

from resamend.amendment.edit_references import joins
from resamend.conflict.ends import EndChanges
from resamend.conflict.values import Json, listed, quoted
from resamend.consolidation import Addition, Consolidated, ListMarks
from resamend.difference import Edit, LabelEdit, ListEdit, TextEdit
from resamend.matching import ProvisionIndex, index_of
from resamend.model import Kind, Provision
from resamend.ordering import stated_words
from resamend.words import LONG

Place = tuple[str, int, tuple[str, ...]]
"""Where a provision moves: list, gap, and the contents of the added provisions around it."""


class StructuralChanges(Struct):
    """Hold, per base provision, who does what to it; and who touches which node at all."""

    known: ProvisionIndex
    struck: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    moved: dict[str, dict[Place, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    joined: dict[str, dict[str, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    edits: dict[int, list[tuple[str, Edit]]] = field(default_factory=lambda: defaultdict(list))

    def node(self, id: str) -> int:
        """Return the node of a provision; -1 for the super-root."""
        return self.known.at[id] if id else -1

    def span(self, id: str) -> tuple[int, int]:
        """Return the first and the last node of a provision with all below it."""
        node = self.node(id)
        return node, self.last(node) if id else len(self.known.nodes)

    def saved(self, node: int, top: int) -> bool:
        """Tell whether everybody who strikes a provision takes something below it away before."""
        strikers = self.struck.get(self.known.nodes[top].id, set()) if top >= 0 else set()
        path = []
        while strikers and node > top:
            path.append(node)
            node = self.known.parents[node]
        return bool(path) and all(any(self.takes(s, n) for n in path) for s in strikers)

    def last(self, node: int) -> int:
        """Return the last node of a subtree; nodes are numbered in the order of the text."""
        children = self.known.children(node)
        while children:
            node = children[-1]
            children = self.known.children(node)
        return node

    def movers(self, id: str) -> set[str]:
        """Return who moves a provision."""
        return set().union(*self.moved[id].values()) if id in self.moved else set()

    def joiners(self, id: str) -> set[str]:
        """Return who joins a provision's text into another."""
        return set().union(*self.joined[id].values()) if id in self.joined else set()

    def touching(self, id: str) -> set[str]:
        """Return who changes, moves, joins or strikes a provision or anything below it."""
        found = {source for source, _ in self.inside(id)}
        return found | self.movers(id) | self.joiners(id) | self.struck.get(id, set())

    def losing(self, id: str, striker: str) -> set[str]:
        """Return who changes a provision, or what goes with it, that a source strikes.

        What the source moves or joins away from below it does not go with it.
        """
        found = self.movers(id) | self.joiners(id) | self.struck.get(id, set())
        stack = [self.known.at[id]]
        while stack:
            node = stack.pop()
            found |= {source for source, _ in self.edits.get(node, ())}
            stack += [
                child for child in self.known.children(node) if not self.takes(striker, child)
            ]
        return found - {striker}

    def takes(self, source: str, node: int) -> bool:
        """Tell whether a source moves a provision or joins it to another."""
        id = self.known.nodes[node].id
        return source in self.movers(id) or source in self.joiners(id)

    def inside(self, id: str) -> Iterator[tuple[str, Edit]]:
        """Yield the edits to a provision and to all below it, each with its source."""
        node = self.known.at[id] if id else -1
        last = self.last(node) if id else len(self.known.nodes) - 1
        for at in range(node, last + 1):
            yield from self.edits.get(at, ())

    def only_strikes(self, id: str, sources: set[str]) -> bool:
        """Tell whether all that some sources do to a provision is to strike parts of it."""
        return not sources & (self.movers(id) | self.joiners(id)) and all(
            isinstance(edit, ListEdit)
            and not edit.renumbered
            and all(
                not hunk.items and all(source in self.struck.get(gone, ()) for gone in hunk.gone)
                for hunk in edit.hunks
            )
            for source, edit in self.inside(id)
            if source in sources
        )

    def absent(self, id: str) -> set[str]:
        """Return for whom a provision is struck, alone or with what is around it."""
        found: set[str] = set()
        node = self.known.at[id]
        stay: set[str] = set()
        while node >= 0:
            here = self.known.nodes[node].id
            found |= self.struck.get(here, set()) - stay
            stay |= self.movers(here) | self.joiners(here)
            node = self.known.parents[node]
        return found


def fates(consolidated: Consolidated, ends: EndChanges) -> StructuralChanges:
    """Read who strikes, moves and joins what, and who edits which node."""
    known = index_of(consolidated.base)
    found = StructuralChanges(known)
    for marks in consolidated.lists:
        for addition in marks.additions:
            for id, around in _references(addition.provision, ()):
                place = (marks.target, addition.gap, around)
                found.moved[id][place].update(addition.sources)
    for text in consolidated.texts:
        for change in text.changes:
            if any([word.marks for word in change.words]):  # noqa: C419  # a list is faster here
                for id in joins(change.words):
                    found.joined[id][text.target].update(change.sources)
    for marks in consolidated.lists:
        children = known.children(known.at[marks.target] if marks.target else -1)
        for k, sources in marks.gone:
            id = known.nodes[children[k]].id
            struck = set(sources) - found.movers(id) - found.joiners(id)
            if struck:
                found.struck[id] |= struck
    for proposal in consolidated.proposals:
        for edit in proposal.edits:
            node = known.at[edit.target] if edit.target else -1
            if isinstance(edit, TextEdit) and ends.only_ends(edit, proposal.id):
                continue  # it follows from what comes or goes beside it
            if isinstance(edit, LabelEdit) or edit.hunks:  # typography asks for nothing
                found.edits[node].append((proposal.id, edit))
    return found


def _references(
    provision: Provision, around: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the base provisions moved to here, with the added provisions around each."""
    if provision.kind is Kind.MOVED:
        yield provision.id, around
        return
    if provision.children:
        inside = (*around, alike(provision).hash)
        for child in provision.children:
            yield from _references(child, inside)


def alike(provision: Provision) -> Json:
    """Return what a provision says, without its label, typography and end: equal for equal texts.

    With which punctuation an item ends follows from where it stands, and is set at adoption (R9).
    """
    text = provision.text
    words = (_words if len(text) <= LONG else _words.__wrapped__)(text, provision.kind)
    below = [f"[{quoted(p.label)},{alike(p).text}]" for p in provision.children]
    return Json(f'["{provision.kind.value}",{words},[{",".join(below)}]]')


@lru_cache(maxsize=1 << 10)
def _words(text: str, kind: Kind) -> str:
    """Write the words of a text as they are hashed: versions of one provision share most texts."""
    return listed(stated_words(kind, text)).text


def components(additions: Sequence[Addition]) -> list[list[Addition]]:
    """Group the additions of one gap into those that compete, each group in the order of the gap.

    Two compete when each has a source that the other lacks; what some source adds beside the
    other is a further addition, not a rival. Footnotes stand where their marks do, and moved
    provisions are judged by where they go.
    """
    groups: list[list[Addition]] = []
    merged: dict[tuple[Json, int], tuple[list[tuple[int, Addition]], set[str]]] = {}
    for number, addition in enumerate(additions):
        same = merged.setdefault((alike(addition.provision), addition.rank), ([], set()))
        same[0].append((number, addition))
        same[1].update(addition.sources)
    left = list(merged.values())
    while left:
        group, queue = [left[0]], [left.pop(0)]
        while queue:
            _, sources = queue.pop()
            rivals = [other for other in left if sources - other[1] and other[1] - sources]
            left = [other for other in left if other not in rivals]
            group += rivals
            queue += rivals
        competing = [numbered for same, _ in group for numbered in same]
        groups.append([addition for _, addition in sorted(competing, key=itemgetter(0))])
    return groups


def cycles(found: StructuralChanges, contested: set[str]) -> list[tuple[str, ...]]:
    """Return the moved provisions that, if all moves were made, would lie below themselves.

    Those that are ``contested`` may also stay where they are.
    """
    parents: dict[str, set[str]] = {}
    for id, places in found.moved.items():
        parents[id] = {place[0] for place in places}
        node = found.known.parents[found.node(id)]
        if id in contested and node >= 0:
            parents[id].add(found.known.nodes[node].id)
    for id, hosts in found.joined.items():
        parents.setdefault(id, set()).update(hosts)

    def above(id: str) -> set[str]:
        if id in parents:
            return parents[id]
        node = found.known.at.get(id, -1)
        parent = found.known.parents[node] if node >= 0 else -1
        return {found.known.nodes[parent].id} if parent >= 0 else set()

    reach = {id: _reached(id, above) for id in parents}
    groups: list[tuple[str, ...]] = []
    for id in sorted(parents):
        if id in reach[id] and not any(id in group for group in groups):
            groups.append(
                tuple(
                    sorted(
                        other
                        for other in parents
                        if other in reach[id] and id in reach[other] and other in reach[other]
                    )
                )
            )
    return groups


def _reached(id: str, above: Callable[[str], set[str]]) -> set[str]:
    reached: set[str] = set()
    stack = list(above(id))
    while stack:
        other = stack.pop()
        if other not in reached:
            reached.add(other)
            stack += above(other)
    return reached


def additions_of(marks: ListMarks) -> dict[int, list[Addition]]:
    """Group the additions of a list by gap."""
    gaps: dict[int, list[Addition]] = defaultdict(list)
    for addition in marks.additions:
        gaps[addition.gap].append(addition)
    return gaps
