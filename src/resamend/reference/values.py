"""References: values."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

Span = tuple[int, int]
"""The code points [start, end) of a text."""


class Reason(StrEnum):
    """Say why a reference could not be bound, or no longer holds."""

    NO_HEADING = "no-heading"  # no heading is called so
    NO_PROVISION = "no-provision"  # no provision under it has this label
    SEVERAL = "several"  # more than one could be meant
    NO_FOOTNOTE = "no-footnote"
    GONE = "gone"  # what it cited is not in the text any more
    APART = "apart"  # what it cited together now stands under different headings


class Tail(StrEnum):
    """Say in which direction a reference points, where it says so ("above", "ci-dessous")."""

    NONE = ""
    ABOVE = "above"
    BELOW = "below"


class Scope(StrEnum):
    """Say in which lists the labels of a reference without a heading are to be found."""

    AROUND = "around"  # "paragraph 2 above": in the list around it
    OPERATIVE = "operative"  # "operative paragraph 2"
    PREAMBULAR = "preambular"
    WHOLE = "whole"  # "paragraph 2 of this resolution"
    NOTES = "notes"  # a footnote, by its number


class Mention(Struct, frozen=True, kw_only=True):
    """Hold the words of a reference before it is bound.

    [start, end) is the whole phrase. ``heading`` is where its heading stands, ``None`` where its
    ``scope`` alone says where to look. Each chain is a label with those below it (``6 i)``).
    """

    start: int
    end: int
    heading: Span | None
    chains: tuple[tuple[Span, ...], ...]
    tail: Tail = Tail.NONE
    scope: Scope = Scope.AROUND


class Reference(Struct, frozen=True, kw_only=True):
    """Hold one label chain that cites a provision, in the text of the provision ``at``.

    ``phrase`` are the words around it, at [start, end); ``rank`` tells apart the references of one
    text that read the same. ``target`` is the id of the provision cited, empty where there is a
    ``reason`` that it could not be bound; ``chain`` are the ids bound to each label of ``labels``.
    """

    at: str
    start: int
    end: int
    phrase: str
    rank: int
    heading: Span | None
    labels: tuple[Span, ...]
    label_text: str
    chain: tuple[str, ...] = ()
    target: str = ""
    reason: Reason | None = None


class NewLabel(Struct, frozen=True):
    """Say that the provision ``id`` is to bear another label."""

    id: str
    label: str


class Unresolved(Struct, frozen=True, kw_only=True):
    """List a reference that was kept as it is written, with where it stands and why."""

    at: str
    path: str
    phrase: str
    label: str
    reason: Reason
