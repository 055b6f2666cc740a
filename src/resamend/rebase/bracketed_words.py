"""The words of a paragraph with brackets: as written, as read, and what is asked in their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resamend.brackets import BracketLayer, SignKind, groups_of, sign_spans
from resamend.difference import TextEdit
from resamend.model import OBJECT, Provision, Word
from resamend.words import joined, pieces, split, starts


class OpenWords(Struct, frozen=True, kw_only=True):
    """Hold what brackets leave open in a paragraph, in words: of it as written, and its versions.

    ``parts`` are the words of its alternatives, without signs, each by their numbers.
    """

    start: int
    end: int
    parts: tuple[tuple[int, ...], ...]


class BracketedParagraph(Struct, frozen=True, kw_only=True):
    """Hold the words of a paragraph as written, what of them is read, and what is left open.

    ``read`` are the numbers of the words that are read; ``spans`` says for each group which of
    them, [x, y), are its own.
    """

    words: tuple[Word, ...]
    read: tuple[int, ...]
    groups: tuple[OpenWords, ...]
    spans: tuple[tuple[int, int], ...]

    @property
    def reading(self) -> tuple[Word, ...]:
        """Return the words that are read, each with the space before it."""
        chosen: list[Word] = []
        for k in self.read:
            word, before = self.words[k], k
            signs = ""
            while not word.text[:1].isspace() and before and before - 1 not in self.read:
                before -= 1
                signs = self.words[before].text
                if signs[:1].isspace():
                    break
            lead = signs[: len(signs) - len(signs.lstrip())] if signs else ""
            if word.text[:1].isspace():
                lead = word.text[: len(word.text) - len(word.text.lstrip())]
            chosen.append(_spaced(word, lead if chosen else ""))
        return tuple(chosen)

    def gap(self, at: int) -> int:
        """Return where in the words as written a gap of the reading is: outside of any bracket."""
        start = self.read[at - 1] + 1 if at else 0
        return next((g.end for g in self.groups if g.start < start < g.end), start)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the words as written that some of the reading are, with the brackets around."""
        first = self.read[start] if start < end else self.gap(start)
        last = self.read[end - 1] + 1 if start < end else first
        for group, (x, y) in zip(self.groups, self.spans, strict=True):
            if start <= x and y <= end and (x < y or start < x < end or start == end == x):
                first, last = min(first, group.start), max(last, group.end)
        return first, last

    def resolved(self, edit: TextEdit) -> tuple[Word, ...]:
        """Return the words as written, with what an edit of the reading asks where it asks it."""
        words = list(self.words)
        for variant in edit.variants:
            words[self.read[variant.at]] = variant.word
        for start, end, wanted in reversed(list(_wanted(self, edit))):
            first, last = self.span(start, end)
            words[first:last] = wanted
        return split(*joined(_apart(words)))


def read_paragraph(
    provision: Provision, words: tuple[Word, ...], layer: BracketLayer, old: Provision | None
) -> BracketedParagraph | None:
    """Read one paragraph beside the one before it.

    Returns nothing where it has no signs, or one in the middle of a word; and where the text before
    had brackets there too, which are then words of both.
    """
    spans = tuple(_spans(layer, provision))
    if not spans or (old and any(True for _ in sign_spans(old.text, 0))):
        return None
    at = starts(provision.text, provision.marks)
    signs = _signs(words, at, spans)
    if signs is None:
        return None
    groups = tuple(_groups(layer, provision, at, signs))
    chosen = _chosen(words, signs, groups, old)
    inside = {k for group in groups for k in range(group.start, group.end)}
    picked = {k for parts in chosen for k in parts}
    read = tuple(k for k in range(len(words)) if k in picked or k not in inside | signs)
    rank = {k: n for n, k in enumerate(read)}
    own = tuple(
        (rank[parts[0]], rank[parts[-1]] + 1)
        if parts
        else (count := sum(k < group.start for k in read), count)
        for group, parts in zip(groups, chosen, strict=True)
    )
    paragraph = BracketedParagraph(words=words, read=read, groups=groups, spans=own)
    text, marks = joined(paragraph.reading)
    alike = [word.key for word in split(text, marks)] == [words[k].key for k in read]
    return paragraph if alike else None


def _signs(
    words: Sequence[Word], at: Sequence[int], spans: Sequence[tuple[int, int]]
) -> set[int] | None:
    """Return the numbers of the words that are signs; nothing where a sign is a part of a word."""
    signs: set[int] = set()
    for k, word in enumerate(words):
        first = at[k] + len(word.text) - len(word.text.lstrip())
        last = at[k] + len(word.text.rstrip())
        if any(a <= first and last <= b for a, b in spans):
            signs.add(k)
        elif any(a < last and first < b for a, b in spans):
            return None
    return signs


def _spans(layer: BracketLayer, provision: Provision) -> Iterator[tuple[int, int]]:
    """Yield where the signs of brackets that close are in a paragraph as written."""
    id = provision.id
    own = [b for b in layer.brackets if id in (b.opens.provision, b.closes.provision)]
    spots = (spot for b in own for spot in (b.opens, b.closes))
    edges = {spot.at for spot in spots if spot.provision == id}
    inside = [(b.opens.at, b.closes.at) for b in own if not b.crosses]
    for start, stop, kind in sign_spans(provision.text, 1):
        if kind in (SignKind.OPENS, SignKind.CLOSES):
            if start in edges:
                yield start, stop
        elif any(first < start and stop <= last for first, last in inside):
            yield start, stop


def _groups(
    layer: BracketLayer, provision: Provision, at: Sequence[int], signs: set[int]
) -> Iterator[OpenWords]:
    def words_of(start: int, end: int) -> tuple[int, ...]:
        inside = (k for k in range(len(at) - 1) if at[k + 1] > start and at[k] < end)
        return tuple(k for k in inside if k not in signs)

    for group in groups_of(layer, provision):
        covered = [k for k in range(len(at) - 1) if at[k + 1] > group.start and at[k] < group.end]
        yield OpenWords(
            start=covered[0],
            end=covered[-1] + 1,
            parts=tuple(words_of(*part) for part in group.parts),
        )


def _apart(words: Sequence[Word]) -> Iterator[Word]:
    """Yield words with a space where two, one beside the other, would be read as one."""
    before = ""
    for word in words:
        if not before:
            yield _spaced(word, "")
        elif len(pieces(f"{before}{word.text}")) < 2:
            yield _spaced(word, " ")
        else:
            yield word
        before = word.text.strip()


def _spaced(word: Word, lead: str) -> Word:
    """Return a word with other white space before it."""
    grows = len(lead) + len(word.text.lstrip()) - len(word.text)
    marks = (
        replace(mark, start=max(0, mark.start + grows), end=max(0, mark.end + grows))
        for mark in word.marks
    )
    return replace(word, text=f"{lead}{word.text.lstrip()}", marks=tuple(marks))


def _chosen(
    words: Sequence[Word], signs: set[int], groups: Sequence[OpenWords], old: Provision | None
) -> list[tuple[int, ...]]:
    """Return, of each group, the words that the text before has there; the first, if it has none.

    Without a text before nothing shows what was added, and the first alternative stands.
    """
    from rapidfuzz.distance import Indel

    chosen = [group.parts[0] if group.parts else () for group in groups]
    if old is None:
        return chosen
    before = list(map(_compared, split(old.text, old.marks)))
    inside = {k for group in groups for k in range(group.start, group.end)}

    def distance(rank: int, part: tuple[int, ...]) -> int:
        picked = {k for n, p in enumerate(chosen) for k in (part if n == rank else p)}
        keys = [
            _compared(word)
            for k, word in enumerate(words)
            if k in picked or (k not in inside and k not in signs)
        ]
        return Indel.distance(before, keys)

    for rank, group in enumerate(groups):
        versions = [*group.parts, ()]
        chosen[rank] = min(versions, key=lambda part: distance(rank, part))
    return chosen


def _compared(word: Word) -> str:
    """Return a word's key; of a footnote's mark that which all have, whichever note it is."""
    return OBJECT if OBJECT in word.text else word.key


def _wanted(
    paragraph: BracketedParagraph, edit: TextEdit
) -> Iterator[tuple[int, int, tuple[Word, ...]]]:
    """Yield stretches of the reading with what is asked there, each with the brackets in it."""
    reading = paragraph.reading
    spans: list[tuple[int, int]] = []
    for hunk in edit.hunks:
        start, end = hunk.start, hunk.end
        for x, y in paragraph.spans:
            if x < y and ((start < y and x < end) or (start == end and x < start < y)):
                start, end = min(start, x), max(end, y)
        if spans and start <= spans[-1][1]:
            start, end = spans[-1][0], max(end, spans.pop()[1])
        spans.append((start, end))
    for start, end in spans:
        words: list[Word] = []
        at = start
        for hunk in edit.hunks:
            if start <= hunk.start and hunk.end <= end:
                words += [*reading[at : hunk.start], *hunk.words]
                at = hunk.end
        yield start, end, (*words, *reading[at:end])
