"""Tell which footnotes can stand in a text, at their marks."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

from resamend.model import OBJECT, Kind, Mark, Provision


def inline_notes(provision: Provision) -> tuple[int, ...]:
    """Return where the footnotes stand in a text that can be written there, in order.

    The n-th mark belongs to the n-th footnote; so the first children must be footnotes, and their
    marks must each stand on one character of their own. The rest stand below the text.
    """
    marks = [mark for mark in provision.marks if mark.kind == "footnote"]
    # Two notes at one character would have no order that their elements could keep.
    if not marks or len({mark.start for mark in marks}) < len(marks):
        return ()
    notes = list(takewhile(lambda child: child.kind is Kind.FOOTNOTE, provision.children))
    marks = marks[: len(notes)]
    plain = all(
        provision.text[mark.start : mark.end] == OBJECT and not mark.value for mark in marks
    )
    return tuple(mark.start for mark in marks) if plain else ()


def noted(notes: dict[int, str]) -> Callable[[Mark], str | None]:
    """Return what to write for a mark: the footnote that stands there, if it is one's mark."""
    return lambda mark: notes.get(mark.start) if mark.kind == "footnote" else None
