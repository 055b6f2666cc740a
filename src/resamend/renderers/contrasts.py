"""Mark in the options of a point the words in which they differ from one another.

What an option changes in the text in force is marked as inserted or struck; beside that a reader
asks what tells one option from the next. Where hardly anything is the same, nothing is marked:
the options are then read as wholes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from resamend.diff import hunks_of
from resamend.model import Mark, Word, inline
from resamend.redline import Choice, OptionView, Redline, Span
from resamend.words import split

__all__ = ["OWN", "contrasted"]

OWN = "own"
"""The kind of mark on words that another option does not have."""
_MOST = 8
"""Options beyond which no words are marked: each would differ from some other almost everywhere."""
_SHARE = 0.6
"""The part of what an option asks for that may be marked."""
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
    words = [_words(option) for option in choice.options]
    speaking = [each for each in words if each]
    if not 2 <= len(speaking) <= _MOST:
        return choice
    options = (
        _marked(option, mine, [other for other in speaking if other is not mine])
        for option, mine in zip(choice.options, words, strict=True)
    )
    return replace(choice, options=tuple(options))


def _spans(option: OptionView) -> tuple[Span, ...]:
    """Return the spans in which an option is told: its words, or its one paragraph."""
    if option.spans or len(option.blocks) != 1:
        return option.spans
    return tuple(piece for piece in option.blocks[0].pieces if isinstance(piece, Span))


def _words(option: OptionView) -> tuple[Word, ...]:
    return split("".join(span.text for span in _spans(option) if _stays(span)))


def _stays(span: Span) -> bool:
    return bool(span.inserted) or not span.deleted


def _marked(
    option: OptionView, mine: Sequence[Word], others: Iterable[Sequence[Word]]
) -> OptionView:
    own = {at for other in others for at in _differing(other, mine)}
    own = {at for at in own if any(map(str.isalnum, mine[at].text))}
    ranges = list(_ranges(mine, _bridged(own)))
    asked = [len(s.text) for s in _spans(option) if _asked(s, option)]
    spans = tuple(_worn(option, ranges))
    own_length = sum(m.end - m.start for span in spans for m in span.marks if m.kind == OWN)
    if not 0 < own_length <= _SHARE * sum(asked):
        return option
    if option.spans:
        return replace(option, spans=spans)
    return replace(option, blocks=(replace(option.blocks[0], pieces=spans),))


def _asked(span: Span, option: OptionView) -> bool:
    """Tell whether a span is what an option asks for: inserted, or, shown plainly, all of it."""
    plain = not any(each.inserted or each.deleted for each in _spans(option))
    return plain or bool(span.inserted)


def _bridged(own: set[int]) -> set[int]:
    """Close short gaps between marked words."""
    gaps = pairwise(sorted(own))
    return own | {at for lo, hi in gaps if hi - lo <= _BETWEEN + 1 for at in range(lo, hi)}


def _differing(other: Sequence[Word], mine: Sequence[Word]) -> Iterator[int]:
    """Yield the places of the words of one text that another does not have there."""
    shift = 0
    for hunk in hunks_of(other, mine)[0]:
        first = hunk.start + shift
        shift += len(hunk.words) - (hunk.end - hunk.start)
        yield from range(first, first + len(hunk.words))


def _ranges(words: Sequence[Word], own: set[int]) -> Iterator[tuple[int, int]]:
    """Yield where the words stand, in code points, without the white space before the first.

    >>> list(_ranges(split("to meet twice a year"), {1, 2, 4}))
    [(3, 13), (16, 20)]
    """
    offsets = [0]
    for word in words:
        offsets.append(offsets[-1] + len(word.text))
    runs = sorted(at for at in own if at - 1 not in own)
    for first in runs:
        last = next(at for at in range(first, len(words) + 1) if at not in own)
        space = len(words[first].text) - len(words[first].text.lstrip())
        if offsets[first] + space < offsets[last]:
            yield offsets[first] + space, offsets[last]


def _worn(option: OptionView, ranges: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Put the marks on the spans that an option asks for; struck text does not count."""
    at = 0
    for span in _spans(option):
        if not _stays(span):
            yield span
            continue
        end = at + len(span.text)
        here = [(max(lo, at) - at, min(hi, end) - at) for lo, hi in ranges if lo < end and hi > at]
        here = here if _asked(span, option) else []
        marks = inline((*span.marks, *(Mark(lo, hi, OWN) for lo, hi in here)))
        yield replace(span, marks=marks)
        at = end
