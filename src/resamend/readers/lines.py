"""A line of a text: its label and body apart, and what its look says."""

from __future__ import annotations

import re
from enum import Enum

from msgspec import Struct

from resamend.model import Mark, Provision
from resamend.numbering import LabelStyle, parse


class Hint(Enum):
    """Say what a line is by the look that its writer gave it."""

    NUMBER = "number"
    TITLE = "title"
    ENACTING = "enacting"
    HEADING = "heading"
    ANNEX = "annex"
    TEXT = "text"


class Rich(Struct, frozen=True, kw_only=True):
    """Hold what a line has beside its words, where it does not come from plain text.

    ``marks`` are in the ``whole`` line; ``notes`` the bodies of its footnotes, in the order of
    their marks; ``hint`` what its look says; ``outline`` the rank of its heading style, 1 the
    outermost, 0 for none; ``block`` a table that stands in its place.
    """

    marks: tuple[Mark, ...] = ()
    notes: tuple[TextLine, ...] = ()
    hint: Hint | None = None
    outline: int = 0
    block: Provision | None = None


class TextLine(Struct, frozen=True, kw_only=True):
    """Hold a line: its number from 1, its ``whole`` text, and label and ``body`` apart.

    ``weak`` marks a number without a TAB: it may belong to its sentence. ``level`` is that of the
    list in which Word numbers it, from 0.
    """

    number: int
    whole: str
    label: str = ""
    body: str = ""
    weak: bool = False
    level: int = 0
    rich: Rich | None = None

    @property
    def hint(self) -> Hint | None:
        """Return what its look says that it is."""
        return self.rich.hint if self.rich else None

    @property
    def outline(self) -> int:
        """Return the rank of its heading style; 0 where it has none."""
        return self.rich.outline if self.rich else 0


STARS = re.compile(r"\*(?:\s?\*)+")
"""Asterisks alone are a mark of omission, and no bullet."""
_HEAD = re.compile(
    r"([（(]?[十一二三四五六七八九]{1,3}[、)）]|\S{1,24}(?: [)）]| [-–](?=\s))?)"
    r"(?:\s+|$|(?<=[、）]))(.*)",
    re.DOTALL,
)
_TABBED = re.compile(r"([^\t]{1,24}?)\s*\t\s*(.*)", re.DOTALL)
_OPEN = ("", ".", "-", "–", " -", " –", "/", "°", "º")
"""What may stand after a number in a sentence too."""
_ALONE = re.compile(r"\S*[)）、]|[0-9.]+(?:[a-z]{3,12}|-| [-–]|[°º/])?", re.DOTALL)


def line_of(number: int, text: str, rich: Rich | None = None) -> TextLine:
    """Part a line into label and body.

    After a label without a TAB the line could be prose ("A la suite", "M. Smith"): then it must
    close with a bracket, or be a number or a bullet.

    >>> [line_of(1, text).label for text in ("a)\\tthat", "1bis that", "A la suite", "• the")]
    ['a)', '1bis', '', '•']
    """
    whole = text.strip()
    if STARS.fullmatch(whole):
        return TextLine(number=number, whole=whole, rich=rich)
    tabbed = _TABBED.match(whole)
    if tabbed and parse(tabbed[1]):
        return TextLine(number=number, whole=whole, label=tabbed[1], body=tabbed[2], rich=rich)
    head = _HEAD.match(whole)
    label = parse(head[1]) if head else None
    if not head or not label:
        return TextLine(number=number, whole=whole, rich=rich)
    if label.style is not LabelStyle.BULLET and not _ALONE.fullmatch(head[1]):
        return TextLine(number=number, whole=whole, rich=rich)
    weak = label.style is LabelStyle.DECIMAL and label.closing in _OPEN and not label.suffix
    return TextLine(number=number, whole=whole, label=head[1], body=head[2], weak=weak, rich=rich)
