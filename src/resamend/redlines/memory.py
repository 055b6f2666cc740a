"""What was laid out of a text in force last time: after an act most of it is the same.

How the words of a provision are shown follows from its marks and from what is asked of them, and
an option from itself. What is equal to what it followed from is not laid out again; nothing has to
be told what changed, and nothing can be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec import Struct, field

from resamend.amendment import Proposal
from resamend.amendment.edit_applier import EditApplier
from resamend.amendment.edit_references import joins
from resamend.conflict import Option, OptionKind
from resamend.matching import ProvisionIndex
from resamend.model import Kind, walk
from resamend.redlines.values import Block

_T = TypeVar("_T")


class LayoutMemory(Struct):
    """Keep what was laid out of one text in force, each with all that it followed from."""

    index: ProvisionIndex
    parts: dict[tuple[str, str], tuple[object, object]] = field(default_factory=dict)
    untouched: dict[tuple[int, int], tuple[Block, ...]] = field(default_factory=dict)
    """What nobody touches, with all below it, by node and depth."""
    revisers: dict[str, tuple[Proposal, EditApplier]] = field(default_factory=dict)

    def kept(self, kind: str, id: str, causes: object, make: Callable[[], _T]) -> _T:
        """Return what follows from some causes: what followed last time, if they are equal."""
        before = self.parts.get((kind, id))
        if before is not None and before[0] == causes:
            return before[1]  # type: ignore[return-value]
        part = make()
        self.parts[kind, id] = (causes, part)
        return part

    def reviser(self, proposal: Proposal) -> EditApplier:
        """Return what makes the text of a proposal."""
        before = self.revisers.get(proposal.id)
        if before is None or before[0] is not proposal:
            before = (proposal, EditApplier(self.index, proposal.edits))
            self.revisers[proposal.id] = before
        return before[1]


_last: list[LayoutMemory] = []
"""That of the text in force that was shown last: in a session it is the same."""


def layout_memory(index: ProvisionIndex) -> LayoutMemory:
    """Return what was laid out of a text in force; nothing of one that was not shown last."""
    for memory in _last:
        if memory.index is index:
            return memory
    _last[:] = [LayoutMemory(index)]
    return _last[0]


def stands_alone(options: Sequence[Option]) -> bool:
    """Tell whether options are shown by what they say themselves.

    What is joined to a text, or moved, is shown as its source or the draft has it elsewhere.
    """
    return not any(
        option.deed in (OptionKind.JOIN, OptionKind.MOVE)
        or joins(option.words)
        or any(inner.kind is Kind.MOVED for inner in walk(option.provisions))
        for option in options
    )
