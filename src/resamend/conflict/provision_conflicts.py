"""What is asked of provisions as a whole, before their regions are made.

A provision has a conflict when somebody strikes, moves or joins it; it says who takes part and how
they clash. A strike is a *gate*: whether the provision is suppressed is a question of its own, and
whoever changes something inside it asks that apart. So is an emphasised "no change". What another
moves or joins out of a provision that some suppress is asked at the place where it goes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from resamend.conflict.structural_changes import StructuralChanges
from resamend.conflict.values import ConflictKind
from resamend.difference import ListEdit
from resamend.model import Kind


class ProvisionConflict(Struct):
    """Hold who takes part in what happens to a provision, and how they clash.

    ``covers`` says that what others change inside it belongs to the same question; ``gate`` that it
    is asked whether it is suppressed, and ``partly`` that others only strike parts of it.
    """

    kinds: set[ConflictKind] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    covers: bool = False
    gate: bool = False
    partly: bool = False


class NoChangeConflict(Struct, frozen=True):
    """Hold who asks with reasons that a provision be kept, and who changes something in it."""

    asking: frozenset[str]
    changing: frozenset[str]


def planned(
    changes: StructuralChanges, keepers: Mapping[str, set[str]]
) -> dict[str, ProvisionConflict]:
    """Return the conflict of each provision that somebody strikes, moves or joins."""
    conflicts: dict[str, ProvisionConflict] = defaultdict(ProvisionConflict)
    _strikes(changes, keepers, conflicts)
    _moves(changes, conflicts)
    _joins(changes, conflicts)
    return conflicts


def _strikes(
    changes: StructuralChanges,
    keepers: Mapping[str, set[str]],
    conflicts: dict[str, ProvisionConflict],
) -> None:
    for id, strikers in changes.struck.items():
        others = set().union(*(changes.losing(id, striker) for striker in strikers)) - strikers
        keeping = _keeping(changes, id, keepers) - strikers
        if changes.known.nodes[changes.node(id)].kind is Kind.FOOTNOTE and not others | keeping:
            continue  # striking its mark says it
        conflict = conflicts[id]
        rivals = (changes.movers(id) | changes.joiners(id)) - strikers
        conflict.sources |= strikers | rivals
        conflict.gate = not rivals
        if others | keeping:
            kind = ConflictKind.MOVED_OUT if rivals else ConflictKind.SUPPRESS_OR_NOT
            conflict.kinds.add(kind)
            conflict.partly = not keeping and changes.only_strikes(id, others)


def _keeping(changes: StructuralChanges, id: str, keepers: Mapping[str, set[str]]) -> set[str]:
    """Return who asks with reasons that a provision, or something in it, be kept."""
    first, last = changes.span(id)
    inside: Iterable[set[str]] = (
        who for kept, who in keepers.items() if kept and first <= changes.node(kept) <= last
    )
    return set().union(*inside)


def _moves(changes: StructuralChanges, conflicts: dict[str, ProvisionConflict]) -> None:
    for id, places in changes.moved.items():
        conflict = conflicts[id]
        conflict.sources |= changes.movers(id)
        if len(places) > 1:
            conflict.kinds.add(ConflictKind.COMPETING_MOVE)
        falling = changes.absent(id) - changes.movers(id)
        if falling:
            conflict.kinds.add(ConflictKind.MOVED_OUT)
            conflict.sources |= falling


def _joins(changes: StructuralChanges, conflicts: dict[str, ProvisionConflict]) -> None:
    for id, hosts in changes.joined.items():
        joiners = changes.joiners(id)
        node = changes.node(id)
        builders = {
            source
            for source, edit in changes.edits.get(node, ())
            if isinstance(edit, ListEdit) and source not in joiners
        }
        others = (builders | changes.movers(id)) - joiners
        falling = changes.absent(id) - others - joiners
        kinds = {ConflictKind.COMPETING_JOIN} if len(hosts) > 1 else set()
        kinds |= {ConflictKind.JOIN_STRUCTURE} if others else set()
        kinds |= {ConflictKind.MOVED_OUT} if falling else set()
        if kinds:
            conflict = conflicts[id]
            conflict.kinds |= kinds
            conflict.sources |= joiners | falling | (changes.touching(id) if others else set())
            conflict.covers = bool(others)


def no_change_conflicts(
    changes: StructuralChanges, keepers: Mapping[str, set[str]]
) -> dict[str, NoChangeConflict]:
    """Return, per provision, who asks with reasons that it be kept while others change it."""
    conflicts = {}
    for id, keeping in keepers.items():
        others = changes.touching(id)
        asking = keeping - others  # who changes it too does not ask for the text in force
        if id:
            others |= changes.absent(id)
        if asking and others - asking:
            conflicts[id] = NoChangeConflict(frozenset(asking), frozenset(others - asking))
    return conflicts
