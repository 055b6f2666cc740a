"""Which paragraph of an edited draft was written as which line, and which are two lines in one.

Who refuses that a paragraph is cut in two, or accepts that two are joined, has one paragraph where
the draft was written with two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from resamend.ooxml import Paragraph
from resamend.ooxml.embedded import Shown, visible_line
from resamend.readers.draft_marks import split
from resamend.readers.settled_marks import END, parts_of

_LIKE = 0.4
"""Two paragraphs that are less like each other are not one and the same."""


def rejoined(written: Sequence[Shown], current: Sequence[Paragraph]) -> list[Shown]:
    """Return the lines of a draft, as one those between which the end of a paragraph is gone.

    So it is where the draft shows that end as inserted or deleted, and a paragraph has the words of
    both.
    """
    lines = list(written)
    places = paired([shown.text for shown in lines], current)
    k = len(lines) - 1
    while k > 0:
        k -= 1
        joined = _joined(lines[k], lines[k + 1])
        pair = [number for number, place in enumerate(places) if place in (k, k + 1)]
        if joined is None or len(pair) != 1:
            continue
        now = current[pair[0]].text
        if _likeness(joined.text, now) > _likeness(lines[places[pair[0]]].text, now):
            lines[k : k + 2] = [joined]
            places = [place - (place > k) for place in places]
            k = min(k + 1, len(lines) - 1)  # the one below may belong to it too
    return lines


def _joined(first: Shown, second: Shown) -> Shown | None:
    """Return two lines as one, the end of the first among its words, if it may go by itself."""
    if not parts_of(first.text)[0][-1:] or parts_of(first.text)[0][-1].text != END:
        return None
    sources = tuple(dict.fromkeys((*first.sources, *second.sources)))
    return replace(first, text=first.text + second.text, sources=sources)


def _likeness(line: str, text: str) -> float:
    from rapidfuzz.fuzz import ratio

    return max(ratio(reading, text) for reading in _readings(line))


def _readings(line: str) -> frozenset[str]:
    """Return the words of a line with its marks, with all of them refused, and with all accepted.

    Of a point in brackets little is left where it is refused.
    """
    stretches = [stretch for stretch in split(line)[0] if stretch.text != END]
    views = (
        stretches,
        [stretch for stretch in stretches if not stretch.inserted],
        [stretch for stretch in stretches if not stretch.deleted],
    )
    whole, *others = ("".join(stretch.text for stretch in some) for some in views)
    return frozenset((whole, *filter(str.strip, others)))  # a blank one may be any


def paired(lines: Sequence[str], current: Sequence[Paragraph]) -> list[int]:
    """Return which line each paragraph was written as; -1 for one that is new."""
    from rapidfuzz.distance import Levenshtein

    now = [visible_line(paragraph) for paragraph in current]
    places = [-1] * len(now)
    steps = Levenshtein.opcodes(list(lines), now)
    for same, some in groupby(steps, key=lambda step: step.tag == "equal"):
        block = list(some)
        old = range(block[0].src_start, block[-1].src_end)
        new = range(block[0].dest_start, block[-1].dest_end)
        pairs = zip(new, old, strict=True) if same else _likeliest(lines, current, old, new)
        for k, place in pairs:
            places[k] = place
    return places


def _likeliest(
    lines: Sequence[str], current: Sequence[Paragraph], old: range, new: range
) -> Iterator[tuple[int, int]]:
    """Pair paragraphs in their order so that they are most like each other."""
    from rapidfuzz.fuzz import ratio

    texts = {place: _readings(lines[place]) for place in old}
    best: list[list[float]] = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    like = {}
    for i, place in reversed([*enumerate(old)]):
        for j, k in reversed([*enumerate(new)]):
            now = current[k].text
            likeness = max(ratio(text, now) for text in texts[place]) / 100
            like[i, j] = likeness if likeness >= _LIKE or now in texts[place] else -1.0
            both = like[i, j] + best[i + 1][j + 1]
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(old) and j < len(new):
        if like[i, j] >= 0 and best[i][j] == like[i, j] + best[i + 1][j + 1]:
            yield new[j], old[i]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
