"""Leave out of a text what is far from any change, so that a change is read in its phrase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from resamend.model import Mark
from resamend.redlines import Choice, Span
from resamend.tables.values import ELLIPSIS
from resamend.words import starts

NEAR = 42
"""Columns of unchanged text that are kept on each side of a change, to the next whole word."""

Pieces = Sequence[Span | Choice]


def excerpt(
    pieces: Pieces, near: int | None = NEAR, *, whole: bool = False
) -> tuple[Span | Choice, ...]:
    """Return the changes of a text, each with the words around it; all of it for ``None``.

    ``whole`` says that the edges of the text are changes too: it was cut off from another.
    Nothing is left out where hardly more than the sign for it would be saved.
    """
    if near is None or not (whole or any(map(_changes, pieces))):
        return tuple(pieces)
    pieces_kept: list[Span | Choice] = []
    run: list[Span] = []
    for piece in pieces:
        if isinstance(piece, Span) and not _changes(piece):
            run.append(piece)
            continue
        pieces_kept += _shortened(run, near, head=whole or bool(pieces_kept), tail=True)
        pieces_kept.append(piece)
        run = []
    return (*pieces_kept, *_shortened(run, near, head=True, tail=whole))


def _changes(piece: Span | Choice) -> bool:
    if isinstance(piece, Choice) or piece.inserted or piece.deleted:
        return True
    return any(mark.kind in ("split", "join") for mark in piece.marks)


def _shortened(run: Sequence[Span], near: int, *, head: bool, tail: bool) -> Iterator[Span]:
    """Keep the beginning of unchanged text after a change, and its end before one."""
    text = "".join(span.text for span in run)
    offsets = starts(text)
    first = _forward(text, offsets, near) if head else 0
    last = _backward(text, offsets, near) if tail else len(text)
    if _width(text[first:last]) <= near // 2:
        yield from run
        return
    yield from cut(run, 0, first)
    before, after = " " if first else "", " " if last < len(text) else ""
    if text[last : last + 1].isspace():
        after = ""
    sign = f"{before}…{after}"
    yield Span(sign, marks=(Mark(len(before), len(before) + 1, ELLIPSIS),))
    yield from cut(run, last, len(text))


def _forward(text: str, offsets: Sequence[int], near: int) -> int:
    return next((at for at in offsets if _width(text[:at]) >= near), len(text))


def _backward(text: str, offsets: Sequence[int], near: int) -> int:
    return next((at for at in reversed(offsets) if _width(text[at:]) >= near), 0)


def _width(text: str) -> int:
    """Return about how many columns a text takes."""
    return len(text) if text.isascii() else sum(2 if "\u2e80" <= c < "\ufb00" else 1 for c in text)


def cut(spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """Yield what of some spans stands at [start, end) of their text.

    >>> [span.text for span in cut([Span("to meet"), Span(" every year")], 3, 13)]
    ['meet', ' every']
    """
    at = 0
    for span in spans:
        lo, hi = max(start - at, 0), min(end - at, len(span.text))
        at += len(span.text)
        if lo < hi:
            marks = tuple(
                replace(m, start=max(m.start - lo, 0), end=min(m.end, hi) - lo)
                for m in span.marks
                if m.start < hi and m.end > lo
            )
            yield replace(span, text=span.text[lo:hi], marks=marks)
