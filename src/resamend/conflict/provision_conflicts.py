"""What is known of provisions as a whole, before their regions are made.

A provision gets a plan when somebody strikes, moves or joins it, or asks with reasons that it be
kept while others change it. The plan says who takes part and how they clash.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from msgspec import Struct, field

from resamend.conflict.structural_changes import StructuralChanges
from resamend.conflict.values import ConflictKind
from resamend.difference import ListEdit
from resamend.model import Kind

__all__ = ["ProvisionConflict", "planned"]


class ProvisionConflict(Struct):
    """Hold who takes part in what happens to a provision, and how they clash.

    ``covers`` says that what others change inside it belongs to the same question.
    """

    kinds: set[ConflictKind] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    covers: bool = False


def planned(
    found: StructuralChanges, keepers: Mapping[str, set[str]]
) -> dict[str, ProvisionConflict]:
    """Return the plan of each provision that has one."""
    plans: dict[str, ProvisionConflict] = defaultdict(ProvisionConflict)
    _strikes(found, plans)
    _moves(found, plans)
    _joins(found, plans)
    _keeps(found, keepers, plans)
    return plans


def _strikes(found: StructuralChanges, plans: dict[str, ProvisionConflict]) -> None:
    for id, strikers in found.struck.items():
        others = set().union(*(found.losing(id, striker) for striker in strikers)) - strikers
        if found.known.nodes[found.node(id)].kind is Kind.FOOTNOTE and not others:
            continue  # striking its mark says it
        plan = plans[id]
        plan.sources |= strikers | others
        if others:
            only = found.only_strikes(id, others)
            plan.kinds.add(
                ConflictKind.OVERLAPPING_DELETION if only else ConflictKind.DELETE_MODIFY
            )
            plan.covers = True


def _moves(found: StructuralChanges, plans: dict[str, ProvisionConflict]) -> None:
    for id, places in found.moved.items():
        plans[id].sources |= found.movers(id)
        if len(places) > 1:
            plans[id].kinds.add(ConflictKind.COMPETING_MOVE)
        lost = found.absent(id) - found.movers(id)
        if lost:
            plans[id].kinds.add(ConflictKind.DELETE_MODIFY)
            plans[id].sources |= lost | found.touching(id)
            plans[id].covers = True


def _joins(found: StructuralChanges, plans: dict[str, ProvisionConflict]) -> None:
    for id, hosts in found.joined.items():
        joiners = found.joiners(id)
        node = found.node(id)
        builders = {
            source
            for source, edit in found.edits.get(node, ())
            if isinstance(edit, ListEdit) and source not in joiners
        }
        others = (builders | found.movers(id) | found.struck.get(id, set())) - joiners
        lost = found.absent(id) - others - joiners
        kinds = {ConflictKind.COMPETING_JOIN} if len(hosts) > 1 else set()
        kinds |= {ConflictKind.JOIN_STRUCTURE} if others else set()
        kinds |= {ConflictKind.DELETE_MODIFY} if lost else set()
        if kinds:
            plans[id].kinds |= kinds
            plans[id].sources |= joiners | lost | (found.touching(id) if others | lost else set())
            plans[id].covers = bool(others | lost)


def _keeps(
    found: StructuralChanges, keepers: Mapping[str, set[str]], plans: dict[str, ProvisionConflict]
) -> None:
    for id, said in keepers.items():
        others = found.touching(id)
        asking = said - others  # who changes it too does not ask for the text in force
        if id:
            others |= found.absent(id)
        others -= asking
        if asking and others:
            plans[id].kinds.add(ConflictKind.KEPT_CHANGED)
            plans[id].sources |= asking | others
            plans[id].covers = True
