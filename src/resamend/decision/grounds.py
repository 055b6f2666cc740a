"""See to it that no move is made by half.

What goes somewhere is taken out where it was; what comes from somewhere, and was decided to stay
there, does not come.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from resamend.amendment.edit_references import references
from resamend.decision.fragments import taken_out
from resamend.difference import Edit, ListEdit
from resamend.matching import ProvisionIndex
from resamend.model import Kind, Provision, walk


class Mover(Protocol):
    """Know what sources move, and what of it was decided otherwise."""

    known: ProvisionIndex
    goes: dict[str, set[str]]

    def refused(self, source: str) -> set[str]:
        """Return what a source moves although it was decided otherwise."""
        ...


class DecidedEdit(Struct, frozen=True):
    """Hold an edit that was decided, whose it was, and where it comes among others in a gap."""

    edit: Edit
    source: str = ""
    order: int = -1


class Grounds:
    """See to it that no move is made by half.

    What goes somewhere is taken out where it was; what comes from somewhere, and was decided to
    stay there, does not come.
    """

    def __init__(self, settler: Mover, found: Sequence[DecidedEdit]) -> None:
        self.settler = settler
        self.found = [replace(each, edit=self._allowed(each)) for each in found]
        self.put = set(references(each.edit for each in self.found))

    def edits(self) -> list[Edit]:
        goes = self.settler.goes
        made = []
        for each in self.found:
            moved = [id for id in gone_of(each.edit) if id in goes.get(each.source, ())]
            if self.put.issuperset(moved) and not is_empty(each.edit):
                made.append(each.edit)
        return [*made, *taken_out(self.settler.known, made)]

    def _allowed(self, each: DecidedEdit) -> Edit:
        """Return an edit without what others were chosen to move, or nobody."""
        return staying(each.edit, self.settler.refused(each.source))


def is_empty(edit: Edit) -> bool:
    """Tell whether an edit of a list asks for nothing."""
    return (
        isinstance(edit, ListEdit)
        and not edit.renumbered
        and not any(hunk.gone or hunk.items for hunk in edit.hunks)
    )


def staying(edit: Edit, stay: set[str]) -> Edit:
    """Return an edit without references to provisions that do not move there."""
    moved = {item.id for item in walk(items_of(edit)) if item.kind is Kind.MOVED}
    if not isinstance(edit, ListEdit) or not moved & stay:
        return edit
    hunks = tuple(replace(hunk, items=_without(hunk.items, stay)) for hunk in edit.hunks)
    return replace(edit, hunks=hunks)


def _without(items: Iterable[Provision], stay: set[str]) -> tuple[Provision, ...]:
    return tuple(
        replace(item, children=_without(item.children, stay))
        for item in items
        if item.kind is not Kind.MOVED or item.id not in stay
    )


def gone_of(edit: Edit) -> tuple[str, ...]:
    """Return the ids of what an edit takes out of a list."""
    return (
        tuple(id for hunk in edit.hunks for id in hunk.gone) if isinstance(edit, ListEdit) else ()
    )


def items_of(edit: Edit) -> tuple[Provision, ...]:
    """Return what an edit puts into a list."""
    if not isinstance(edit, ListEdit):
        return ()
    return tuple(item for hunk in edit.hunks for item in hunk.items)


def unnumbered(edit: Edit, anew: set[str]) -> Edit:
    """Return an edit without the numbers of what it adds to lists that it no longer numbers anew.

    They came from the renumbering, which has been decided: kept, they would be numbers that its
    source asks for, and would clash with those that others ask for.
    """
    if not isinstance(edit, ListEdit) or edit.target not in anew:
        return edit
    hunks = tuple(
        replace(hunk, items=tuple(replace(item, label="") for item in hunk.items))
        for hunk in edit.hunks
    )
    return replace(edit, hunks=hunks)
