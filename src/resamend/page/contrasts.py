"""Mark in the options of a point the words in which they differ from one another.

What an option changes in the text in force is marked as inserted or struck; beside that a reader
asks what tells one option from the next. Where hardly anything is the same, nothing is marked:
the options are then read as wholes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from resamend.model import Mark, inline
from resamend.redlines import Choice, OptionView, Redline, Span
from resamend.redlines.contrasts import ComparedText, contrasts, side, stays, stretches

OWN = "own"
"""The kind of mark on words that another option does not have."""
_MOST = 8
"""Options beyond which no words are marked: each would differ from some other almost everywhere."""
_BETWEEN = 2
"""Two marks with at most so many words between them are read as one phrase."""


def contrasted(redline: Redline) -> Redline:
    """Return a redline in whose options the words are marked that other options do not have."""
    blocks = (
        replace(
            block,
            choice=_choice(block.choice) if block.choice else None,
            pieces=tuple(_choice(p) if isinstance(p, Choice) else p for p in block.pieces),
        )
        for block in redline.blocks
    )
    return replace(redline, blocks=tuple(blocks))


def _choice(choice: Choice) -> Choice:
    sides = [side(_spans(option)) for option in choice.options]
    if sum(bool(text.words) for text in sides) > _MOST:
        return choice
    options = (
        _marked(option, mine, _bridged(frozenset().union(*differing), mine.asked))
        for option, mine, differing in zip(choice.options, sides, contrasts(sides), strict=True)
    )
    return replace(choice, options=tuple(options))


def _spans(option: OptionView) -> tuple[Span, ...]:
    """Return the spans in which an option is told: its words, or its one paragraph."""
    if option.spans or len(option.blocks) != 1:
        return option.spans
    return tuple(piece for piece in option.blocks[0].pieces if isinstance(piece, Span))


def _bridged(own: frozenset[int], asked: frozenset[int]) -> frozenset[int]:
    """Close short gaps between marked words, unless nothing would be left unmarked."""
    gaps = pairwise(sorted(own))
    closed = {at for lo, hi in gaps if hi - lo <= _BETWEEN + 1 for at in range(lo, hi)}
    return own if asked <= own | closed else own | closed


def _marked(option: OptionView, mine: ComparedText, own: Iterable[int]) -> OptionView:
    ranges = list(stretches(mine.words, own))
    if not ranges:
        return option
    spans = tuple(_worn(_spans(option), ranges))
    if option.spans:
        return replace(option, spans=spans)
    return replace(option, blocks=(replace(option.blocks[0], pieces=spans),))


def _worn(spans: Sequence[Span], ranges: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Put the marks on the spans that an option asks for; struck text does not count."""
    plain = not any(span.inserted or span.deleted for span in spans)
    at = 0
    for span in spans:
        if not stays(span):
            yield span
            continue
        end = at + len(span.text)
        here = [(max(lo, at) - at, min(hi, end) - at) for lo, hi in ranges if lo < end and hi > at]
        here = here if plain or span.inserted else []
        marks = inline((*span.marks, *(Mark(lo, hi, OWN) for lo, hi in here)))
        yield replace(span, marks=marks)
        at = end
