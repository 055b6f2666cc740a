"""Paragraphs of styled pieces, and how they are broken into lines of a given width.

A width counts columns of a terminal: a wide character (Chinese) takes two, a combining one none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from resamend.consolidation import Sources


class TextStyle(StrEnum):
    """Say what a piece of a line is; a renderer says how that looks."""

    PLAIN = "plain"
    BANNER = "banner"
    TITLE = "title"
    HEADING = "heading"
    SYMBOL = "symbol"
    LABEL = "label"
    INSERTED = "inserted"
    DELETED = "deleted"
    MARK = "mark"
    NAMES = "names"
    POINT = "point"
    BASE = "base"
    OPTION = "option"
    NOTE = "note"
    BAR = "bar"


class TextPiece(Struct, frozen=True):
    """Hold text of one style; ``sources`` colour it."""

    text: str
    style: TextStyle = TextStyle.PLAIN
    sources: Sources = ()


class StyledLine(Struct, frozen=True, kw_only=True):
    """Hold a paragraph: ``lead`` stands before it, ``rest`` before what does not fit on one line.

    ``gap`` asks for an empty line before it.
    """

    pieces: tuple[TextPiece, ...] = ()
    lead: tuple[TextPiece, ...] = ()
    rest: tuple[TextPiece, ...] = ()
    gap: bool = False


def columns(text: str) -> int:
    """Return how many columns a text takes.

    >>> columns("ab"), columns("息社"), columns("e\\u0301")
    (2, 4, 1)
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def plain(lines: Iterable[StyledLine]) -> str:
    """Return lines as text, one to a line, without white space at their ends."""
    texts: list[str] = []
    for line in lines:
        if line.gap and texts:
            texts.append("")
        texts.append("".join(piece.text for piece in (*line.lead, *line.pieces)).rstrip(" "))
    return "\n".join(texts) + "\n"


def broken(lines: Iterable[StyledLine], width: int | None) -> Iterator[StyledLine]:
    """Break lines that take more than ``width`` columns; none where it is ``None``."""
    for line in lines:
        if width is None or columns(_text((*line.lead, *line.pieces))) <= width:
            yield line
            continue
        rest, gap = line.lead, line.gap
        spans = _spans(_glued(line.pieces), width, columns(_text(line.lead)), _text(line.rest))
        for start, end in spans:
            yield StyledLine(lead=rest, pieces=_slice(line.pieces, start, end), gap=gap)
            rest, gap = line.rest, False


def _text(pieces: Sequence[TextPiece]) -> str:
    return "".join(piece.text for piece in pieces)


def _glued(pieces: Sequence[TextPiece]) -> str:
    """Return the text to be broken: short lists of names are kept on one line."""
    return "".join(
        piece.text.replace(" ", "\u00a0")
        if piece.style is TextStyle.NAMES and len(piece.text) <= _SHORT
        else piece.text
        for piece in pieces
    )


_SHORT = 24


_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_OPENING = r"(?:\[-|\{\+|[\u201c\u2018\u3008\u300a\u300c\u300e\u3014\uff08])"
"""No line ends with what opens a mark, a quotation or brackets."""
_CLOSING = "[\u3001\u3002\uff0c\uff1b\uff1a\uff09\u3009\u300b\u300d\u300f\u3015\u201d\u2019\u2026]"
"""None begins with what closes them, or with a comma or a full stop."""


@cache
def _chunk() -> re.Pattern[str]:
    """Compile what a line may be broken between; only a text with a width needs it."""
    word = f"(?:(?!{_OPENING}[{_WIDE}])[^ {_WIDE}])+"
    names = rf"(?:(?:\+\}}|-\])(?:\([^ )]{{,{_SHORT}}}\))?)?"
    return re.compile(f"{_OPENING}{{,3}}(?:[{_WIDE}]|{word}){_CLOSING}{{,3}}{names}{_CLOSING}?| +")


def _spans(text: str, width: int, first: int, rest: str) -> Iterator[tuple[int, int]]:
    """Return where each line begins and ends, filling each as far as it goes."""
    after = columns(rest)
    start, used, room = 0, 0, max(width - first, 10)
    for at, chunk in _chunks(text, max(width - max(first, after), 10)):
        if used and not chunk.isspace() and used + columns(chunk) > room:
            yield start, len(text[:at].rstrip(" "))
            start, used, room = at, 0, max(width - after, 10)
        used += columns(chunk)
    yield start, len(text.rstrip(" "))


def _chunks(text: str, most: int) -> Iterator[tuple[int, str]]:
    """Yield the stretches that are not broken, each with its place."""
    for match in _chunk().finditer(text):
        chunk = match.group()
        if columns(chunk) <= most:
            yield match.start(), chunk
            continue
        size = most if columns(chunk) <= len(chunk) else max(most // 2, 1)
        for at in range(0, len(chunk), size):
            yield match.start() + at, chunk[at : at + size]


def _slice(pieces: Sequence[TextPiece], start: int, end: int) -> tuple[TextPiece, ...]:
    cut, at = [], 0
    for piece in pieces:
        text = piece.text[max(start - at, 0) : max(end - at, 0)]
        if text:
            cut.append(replace(piece, text=text))
        at += len(piece.text)
    return tuple(cut)
