"""Proposals carried over: values."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from resamend.amendment import Proposal
from resamend.conflict import Option, Region
from resamend.reference import Unresolved

NEW = " new text"
"""The id under which the new text is laid over the old one: before that of any proposal."""


class Fate(StrEnum):
    """Say what became of an amendment."""

    KEPT = "kept"  # its words survived: it goes along
    MET = "met"  # the new text says it already
    CONFLICTING = "conflicting"  # the new text says something else there


class Amended(Struct, frozen=True, kw_only=True):
    """Say what became of one amendment; ``region`` tells it, with the new text as another source.

    ``option`` is what the proposal asks for there (``None``: to number a list anew), ``now`` what
    the new text has; ``suggestion`` says where it might go: the path of a provision of the new
    text, and the words found there. ``beside`` tells that what goes along now touches words that
    the new text changes: the two compose, but somebody has to read them together. ``in_brackets``
    tells that the new text says it in square brackets: it is met, and still open, so the proposal
    goes on asking that the brackets go. ``record`` is that which settles a conflict, if one does.
    """

    fate: Fate
    region: Region
    option: Option | None
    now: str
    suggestion: str = ""
    beside: bool = False
    in_brackets: bool = False
    record: int = 0

    @property
    def asked(self) -> str:
        """Return the words that the proposal asks for."""
        return self.option.text if self.option else ""


class Carried(Struct, frozen=True, kw_only=True):
    """Hold a proposal as carried over, and what became of each of its amendments.

    ``unresolved`` are references in its own words that lead nowhere in the new text.
    """

    proposal: Proposal
    amended: tuple[Amended, ...]
    unresolved: tuple[Unresolved, ...] = ()

    def fated(self, fate: Fate) -> tuple[Amended, ...]:
        """Return the amendments of one fate, in the order of the old text."""
        return tuple(amended for amended in self.amended if amended.fate is fate)
