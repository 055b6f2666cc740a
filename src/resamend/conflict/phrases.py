"""Which words of a text go together: the extents of a source's changes, and its phrases.

A change reaches as far as what a reader takes as one thing (a unit) does, in the text in force and
in the source's own text; that is its *extent*. Two extents are one *phrase* where what stands
between them weighs less than either change (they are torn from one rewording), or where a word
went from one to the other. What is stored stays word by word; all this is a view. Rules R1 to R4;
the constants come from some 170 points read in one English corpus.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from resamend.conflict.units import AROUND, Span, is_figure, is_numbering, no_units_near, units
from resamend.consolidation import AttributedHunk
from resamend.difference.content_words import word_rules
from resamend.difference.phrasing import is_torn, keeps_apart, weigh, weight
from resamend.difference.values import Hunk
from resamend.model import Language, Word

_FAR = 12
"""More kept words than this between two changes, and no word has moved from one to the other."""
_MOVED = 0.5
"""Share of the smaller change's content that the other must have for a word to have moved."""
_SHORTEST_MOVED = 4


class Extent(Struct, frozen=True, gc=False):
    """Hold some changes of one source and how far they reach, in doubled coordinates."""

    lo: int
    hi: int
    hunks: tuple[AttributedHunk, ...]

    @property
    def start(self) -> int:
        """Return the first base word in it."""
        return self.lo // 2

    @property
    def end(self) -> int:
        """Return the base word after it."""
        return (self.hi + 1) // 2

    def own(self, base: Sequence[Word]) -> tuple[Word, ...]:
        """Return its source's words for those of the base."""
        words: list[Word] = []
        at = self.start
        for hunk in self.hunks:
            words += base[at : hunk.start]
            words += hunk.words
            at = hunk.end
        return (*words, *base[at : self.end])


class Phrase(Struct, frozen=True, gc=False):
    """Hold how far a source's phrase reaches; it is ``weak`` where a figure replaces a figure."""

    lo: int
    hi: int
    weak: bool


def footprint(change: AttributedHunk | Hunk) -> tuple[int, int]:
    """Return the span of a change in doubled coordinates.

    >>> footprint(AttributedHunk(3, 3, (), ())), footprint(AttributedHunk(3, 5, (), ()))
    ((6, 6), (7, 9))
    """
    if change.start == change.end:
        return 2 * change.start, 2 * change.end
    return 2 * change.start + 1, 2 * change.end - 1


# -- extents --------------------------------------------------------------------------------------


def extents(
    base: Sequence[Word],
    base_units: Sequence[Span],
    hunks: Sequence[AttributedHunk],
    language: Language,
) -> list[Extent]:
    """Return the extents of one source's changes to a text; the changes come in order (R3)."""
    spans = [(*_widened(_span(base, hunk, language), base_units), (hunk,)) for hunk in hunks]
    joints = [(lo, hi, ()) for lo, hi in _own_units(base, hunks, spans, language)]
    merged: list[Extent] = []
    for lo, hi, members in sorted([*spans, *joints], key=lambda span: span[:2]):
        if merged and lo <= merged[-1].hi:
            last = merged[-1]
            merged[-1] = Extent(last.lo, max(last.hi, hi), last.hunks + members)
        else:
            merged.append(Extent(lo, hi, members))
    return [_open(base, extent) for extent in merged]


def _widened(span: Span, base_units: Sequence[Span]) -> Span:
    """Let a span reach over the units in force that it meets."""
    lo, hi = span
    for start, end in base_units:
        if 2 * start + 1 > hi:
            break
        if lo <= 2 * end - 1:
            lo, hi = min(lo, 2 * start + 1), max(hi, 2 * end - 1)
    return lo, hi


def _span(base: Sequence[Word], hunk: AttributedHunk, language: Language) -> Span:
    """Return the footprint of a change; what puts words in place of punctuation adds there."""
    if hunk.words and hunk.start < hunk.end:
        struck = base[hunk.start : hunk.end]
        if not weigh(struck, language) and weigh(hunk.words, language):
            return 2 * hunk.start, 2 * hunk.end
    return footprint(hunk)


def _own_units(
    base: Sequence[Word],
    hunks: Sequence[AttributedHunk],
    spans: Sequence[tuple[int, int, object]],
    language: Language,
) -> Iterator[Span]:
    """Yield what the units of the source's own text join: changes, and kept words beside them."""
    places = [(hunk.start, hunk.end) for hunk in hunks]
    new = [word for hunk in hunks for word in hunk.words]
    if no_units_near(base, places, new, language):
        return
    for words, origins in _own_windows(base, hunks):
        for start, end in units(words, language):
            kept = [origin for origin in origins[start:end] if origin >= 0]
            within = {-1 - origin for origin in origins[start:end] if origin < 0}
            if len(kept) > 1:
                within |= {
                    n for n, h in enumerate(hunks) if kept[0] < h.start and h.end <= kept[-1]
                }
            if len(within) > 1 or (within and kept):
                ends = [(2 * k + 1, 2 * k + 1) for k in kept] + [spans[n][:2] for n in within]
                yield min(lo for lo, _ in ends), max(hi for _, hi in ends)


def _own_windows(
    base: Sequence[Word], hunks: Sequence[AttributedHunk]
) -> Iterator[tuple[list[Word], list[int]]]:
    """Yield stretches of a source's own text around its changes, and where each word is from.

    That is the number of a base word, or -1 - n for a word of the n-th change.
    """
    words: list[Word] = []
    origins: list[int] = []
    at = max(hunks[0].start - AROUND, 0)
    for n, hunk in enumerate(hunks):
        if hunk.start - at > 2 * AROUND:
            origins += range(at, at + AROUND)
            yield [*words, *base[at : at + AROUND]], origins
            words, origins, at = [], [], hunk.start - AROUND
        origins += [*range(at, hunk.start), *[-1 - n] * len(hunk.words)]
        words += [*base[at : hunk.start], *hunk.words]
        at = hunk.end
    end = min(at + AROUND, len(base))
    yield [*words, *base[at:end]], [*origins, *range(at, end)]


def _open(base: Sequence[Word], extent: Extent) -> Extent:
    """Let an extent at whose edge its source only adds reach the gap there."""
    grows = sum([len(hunk.words) - hunk.end + hunk.start for hunk in extent.hunks])
    if grows > 0 and extent.start < extent.end:
        old = [word.key for word in base[extent.start : extent.end]]
        new = [word.key for word in extent.own(base)]
        if new[: len(old)] == old:
            return Extent(extent.lo, max(extent.hi, 2 * extent.end), extent.hunks)
        if new[-len(old) :] == old:
            return Extent(min(extent.lo, 2 * extent.start), extent.hi, extent.hunks)
    return extent


# -- phrases --------------------------------------------------------------------------------------


def phrases(base: Sequence[Word], parts: Sequence[Extent], language: Language) -> Iterator[Phrase]:
    """Yield the phrases that a source's extents are parts of (R4): longest runs of links."""
    if len(parts) < 2:
        return
    links = _links(base, parts, language)
    for weak, enough in ((False, _STRONG), (True, _WEAK)):
        first = 0
        while first < len(links):
            last = first
            while last < len(links) and links[last] >= enough:
                last += 1
            if last > first and (not weak or _WEAK in links[first:last]):
                yield Phrase(parts[first].lo, parts[last].hi, weak)
            first = max(last, first + 1)


_NONE, _WEAK, _STRONG = range(3)


def _links(base: Sequence[Word], parts: Sequence[Extent], language: Language) -> list[int]:
    """Return how strong the link between each extent and the next is."""
    weights = [_change_weight(base, part, language) for part in parts]
    figures = [
        is_figure(base[part.start : part.end], language) and is_figure(part.own(base), language)
        for part in parts
    ]
    links = [_NONE] * (len(parts) - 1)
    for n in range(len(links)):
        between = base[parts[n].end : parts[n + 1].start]
        if is_torn(between, min(weights[n], weights[n + 1]), language):
            links[n] = _WEAK if figures[n] or figures[n + 1] else _STRONG
    for first, last in _moved_words(base, parts, language):
        links[first:last] = [_STRONG] * (last - first)
    return links


def _change_weight(base: Sequence[Word], part: Extent, language: Language) -> int:
    """Return the weight of what is struck or of what is put in, whichever is more."""
    struck = [word for hunk in part.hunks for word in base[hunk.start : hunk.end]]
    put = [word for hunk in part.hunks for word in hunk.words]
    return max(_total(struck, language), _total(put, language))


def _total(words: Sequence[Word], language: Language) -> int:
    """Return the weight of some words, of which a unit weighs 1 altogether."""
    spans = units(words, language)
    inside = {k for start, end in spans for k in range(start, end)}
    loose = [word.key for k, word in enumerate(words) if k not in inside]
    return len(spans) + sum([weight(key, language) for key in loose])


def _moved_words(
    base: Sequence[Word], parts: Sequence[Extent], language: Language
) -> Iterator[tuple[int, int]]:
    """Yield the numbers of two extents of which one puts in what the other strikes."""
    struck = [
        _roots([w for h in part.hunks for w in base[h.start : h.end]], language) for part in parts
    ]
    put = [_roots([w for h in part.hunks for w in h.words], language) for part in parts]
    for one in range(len(parts)):
        for other in range(one + 1, len(parts)):
            between = base[parts[one].end : parts[other].start]
            if len(between) > _FAR or keeps_apart(between):
                break
            there = (struck[one] & put[other]) - put[one] - struck[other]
            back = (struck[other] & put[one]) - put[other] - struck[one]
            share = max(
                len(there) / max(1, min(len(struck[one]), len(put[other]))),
                len(back) / max(1, min(len(struck[other]), len(put[one]))),
            )
            if share >= _MOVED:
                yield one, other


def _roots(words: Sequence[Word], language: Language) -> set[str]:
    """Return the roots of words with content that can be told again elsewhere."""
    small = [
        word.key.casefold()
        for word in words
        if weight(word.key, language) and not is_numbering(word.key, language)
    ]
    rules = word_rules(language)
    return {
        rules.root(word)
        for word in small
        if len(word) >= _SHORTEST_MOVED and not rules.decides(word)
    }
