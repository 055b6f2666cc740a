"""Find the words in which texts that are laid side by side differ from one another.

Only texts that are much alike are held against each other, and always both: marks on nearly every
word would hide what a text says, and marks on one of two texts would say that the other has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from msgspec.structs import replace

from resamend.difference import hunks_of
from resamend.difference.phrasing import SHORT
from resamend.model import Mark, Word, inline
from resamend.redlines.values import Choice, OptionView, Redline, Span
from resamend.words import split

OWN = "own"
"""The kind of mark on words that another option, or no other source, has."""
_MOST = 8
"""Options beyond which no words are marked: each would differ from some other almost everywhere."""
_ALIKE = 0.4
"""The part of what two texts ask for, in letters, that has to be the same in both (Dice)."""


class ComparedText(NamedTuple):
    """Hold a text by its words; ``asked`` are the places of those that it asks for."""

    words: tuple[Word, ...]
    asked: frozenset[int]


def side(spans: Iterable[Span]) -> ComparedText:
    """Take what spans say without what they strike.

    What is asked for is what is inserted; where nothing is marked at all, it is the whole text.
    """
    spans = tuple(spans)
    plain = not any(span.inserted or span.deleted for span in spans)
    words = split("".join(span.text for span in spans if stays(span)))
    ends = [0]
    for word in words:
        ends.append(ends[-1] + len(word.text))
    asked: set[int] = set()
    at = 0
    for span in filter(stays, spans):
        if plain or span.inserted:
            lo, hi = at, at + len(span.text)
            asked |= {k for k in range(len(words)) if ends[k] < hi and lo < ends[k + 1]}
        at += len(span.text)
    return ComparedText(words, frozenset(k for k in asked if _letters(words[k])))


def stays(span: Span) -> bool:
    """Tell whether a span is part of the text that is asked for."""
    return bool(span.inserted) or not span.deleted


def contrasts(sides: Sequence[ComparedText]) -> list[list[frozenset[int]]]:
    """Return for each text, and each other that is alike, which words asked for it does not have.

    Two texts that say the same, and two that share hardly anything, are not held together.

    >>> texts = [side([Span(each)]) for each in ("to meet each year", "to meet twice")]
    >>> [[sorted(words) for words in found] for found in contrasts(texts)]
    [[[2, 3]], [[2]]]
    """
    differing: dict[ComparedText, list[frozenset[int]]] = {text: [] for text in sides}
    for (one, ones), (other, others) in combinations(differing.items(), 2):
        mine, theirs = _differing(one, other)
        if (mine or theirs) and _alike(one, mine, other, theirs):
            ones.append(mine)
            others.append(theirs)
    return [differing[text] for text in sides]


def stretches(words: Sequence[Word], places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield where words stand, in code points, a run of words as one stretch.

    The white space before a run is left out.

    >>> list(stretches(split("to meet twice a year"), {1, 2, 4}))
    [(3, 13), (16, 20)]
    """
    wanted = set(places)
    at = 0
    start: int | None = None
    for place, word in enumerate(words):
        if place in wanted and start is None:
            start = at + len(word.text) - len(word.text.lstrip())
        at += len(word.text)
        if start is not None and place + 1 not in wanted:
            yield start, at
            start = None


def _alike(
    one: ComparedText, own: frozenset[int], other: ComparedText, others: frozenset[int]
) -> bool:
    total = _length(one, one.asked) + _length(other, other.asked)
    return total - _length(one, own) - _length(other, others) >= _ALIKE * total > 0


def _length(text: ComparedText, places: frozenset[int]) -> int:
    return sum(len(text.words[k].key) for k in places)


def _letters(word: Word) -> bool:
    return any(map(str.isalnum, word.key))


def _differing(one: ComparedText, other: ComparedText) -> tuple[frozenset[int], frozenset[int]]:
    """Return the places of the words that each of two texts asks for and the other has not."""
    mine: list[int] = []
    theirs: list[int] = []
    shift = 0
    for hunk in hunks_of(one.words, other.words)[0]:
        mine += range(hunk.start, hunk.end)
        first = hunk.start + shift
        theirs += range(first, first + len(hunk.words))
        shift += len(hunk.words) - (hunk.end - hunk.start)
    return one.asked.intersection(mine), other.asked.intersection(theirs)


def mark_own(
    spans: Iterable[Span],
    mine: ComparedText,
    own: Iterable[int],
    at: int = 0,
    *,
    plain: bool = False,
) -> Iterator[Span]:
    """Mark a text's ``own`` words in the spans, the first of which begins at ``at`` in it.

    Struck text does not count; only what is inserted is marked, or, in a ``plain`` text, all.
    """
    ranges = list(stretches(mine.words, own))
    for span in spans:
        if not stays(span):
            yield span
            continue
        end = at + len(span.text)
        here = tuple(
            Mark(max(lo, at) - at, min(hi, end) - at, OWN)
            for lo, hi in ranges
            if lo < end and hi > at and (plain or span.inserted)
        )
        yield replace(span, marks=inline((*span.marks, *here))) if here else span
        at = end


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
        _emphasised(option, mine, _bridged(frozenset[int]().union(*differing), mine.asked))
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
    closed = {at for lo, hi in gaps if hi - lo <= SHORT + 1 for at in range(lo, hi)}
    return own if asked <= own | closed else own | closed


def _emphasised(option: OptionView, mine: ComparedText, own: frozenset[int]) -> OptionView:
    if not own:
        return option
    spans = _spans(option)
    plain = not any(span.inserted or span.deleted for span in spans)
    spans = tuple(mark_own(spans, mine, own, plain=plain))
    if option.spans:
        return replace(option, spans=spans)
    return replace(option, blocks=(replace(option.blocks[0], pieces=spans),))
