"""Leave out of a text what is far from any change, so that a change is read in its phrase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from resamend.consolidation import Sources
from resamend.model import Mark
from resamend.redlines import Choice, Span
from resamend.tables.values import ELLIPSIS
from resamend.words import pieces as cut_words
from resamend.words import starts

NEAR = 42
"""Columns of unchanged text that are kept on each side of a change, to the next whole word."""

_BETWEEN = 2
"""Two replacements with at most so many words between them read as one phrase."""

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


def phrased(pieces: Pieces, *, loose: bool = False) -> tuple[Span | Choice, ...]:
    """Return a text in which two changes by one source, hardly a word between, are one phrase.

    The rule is the semantic clean-up of Fraser's diff (2006), for replacements with at most two
    words between, shorter than the smaller of them. Lone insertions and deletions stay unless
    ``loose``, for titles, which are read as wholes.

    >>> x = ("X/1",)
    >>> told = phrased((Span("acts", x), Span("plans", (), x), Span(" of"), Span(" Tunis", x),
    ...     Span(" Geneva", (), x)))
    >>> "".join(f"{'+' if span.inserted else '-'}{span.text}" for span in told)
    '-plans- of- Geneva+acts+ of+ Tunis'
    """
    phrases: list[Span | Choice] = []
    last = _SpanChange((), ())
    between: list[Span] = []
    for change, kept in _runs(pieces):
        if change and last.one_with(change, between, loose=loose):
            last, between = last.with_(between, change), []
        elif change:
            phrases += [*last.spans, *between]
            last, between = change, []
        if isinstance(kept, Choice):
            phrases += [*last.spans, *between, kept]
            last, between = _SpanChange((), ()), []
        if isinstance(kept, Span):
            between.append(kept)
    return (*phrases, *last.spans, *between)


class _SpanChange(NamedTuple):
    """Hold deletions and insertions that touch."""

    gone: tuple[Span, ...]
    new: tuple[Span, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        return (*self.gone, *self.new)

    def one_with(self, other: _SpanChange, between: Sequence[Span], *, loose: bool) -> bool:
        """Tell whether this reads as one phrase with the next change."""
        spans = (*self.spans, *other.spans)
        if not self.spans or not (loose or all((self.gone, self.new, other.gone, other.new))):
            return False
        sources = {span.inserted or span.deleted for span in spans}
        text = "".join(span.text for span in between)
        shorter = min(_length(self), _length(other))
        return len(sources) == 1 and len(cut_words(text)) <= _BETWEEN and len(text) <= shorter

    def with_(self, between: Sequence[Span], other: _SpanChange) -> _SpanChange:
        """Return both as one change: what stands between is struck and put in again."""
        sources = self.spans[0].inserted or self.spans[0].deleted
        gone = [replace(span, deleted=sources) for span in between]
        new = [replace(span, inserted=sources) for span in between]
        return _SpanChange((*self.gone, *gone, *other.gone), (*self.new, *new, *other.new))


def _length(change: _SpanChange) -> int:
    return max(sum(len(span.text) for span in spans) for spans in (change.gone, change.new))


def _runs(pieces: Pieces) -> Iterator[tuple[_SpanChange | None, Span | Choice | None]]:
    """Yield changes, each by the same sources, and what is kept after each."""
    gone: list[Span] = []
    new: list[Span] = []
    for piece in (*pieces, None):
        if isinstance(piece, Span) and (piece.inserted or piece.deleted):
            if _asking(piece) not in map(_asking, (*gone[:1], *new[:1], piece)[:1]):
                yield _SpanChange(tuple(gone), tuple(new)), None
                gone, new = [], []
            (new if piece.inserted else gone).append(piece)
            continue
        yield (_SpanChange(tuple(gone), tuple(new)) if gone or new else None), piece
        gone, new = [], []


def _asking(span: Span) -> tuple[Sources, bool]:
    """Return who asks for a change; what some insert and others strike stays apart."""
    return span.inserted or span.deleted, bool(span.inserted and span.deleted)


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
