"""Show the words of a provision with all that is asked of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from resamend.conflict import Region, Standing, Stream
from resamend.consolidation import AttributedHunk, Sources, TextMarks
from resamend.matching import ProvisionIndex
from resamend.model import Word
from resamend.redlines.spans import (
    in_force,
    joined_spans,
    kept_words,
    outer_space,
    pure,
    rewritten,
    unspaced,
    well_placed,
    within,
)
from resamend.redlines.values import Choice, Span


class ProvisionWording(Struct, frozen=True, kw_only=True):
    """Know the marks and regions of all texts: ``regions`` by provision, ``whole`` by their id.

    ``see`` shows a point's options where it is met first.
    """

    index: ProvisionIndex
    texts: Mapping[str, TextMarks]
    regions: Mapping[str, Sequence[Region]]
    whole: Mapping[str, Region]
    numbers: Mapping[str, int]
    see: Callable[[Region], Choice]

    def text(self, node: int) -> Iterator[Span | Choice]:
        """Show the words of a provision with all that is asked of them."""
        provision = self.index.nodes[node]
        marks = self.texts.get(provision.id)
        if marks is None:
            yield from in_force(self.index, node)
            return
        words = self.index.words(node)
        at, space = 0, ""
        phrases = self._phrases(provision.id, words)
        limits = [phrase[0].lo // 2 for phrase in phrases[1:]] + [len(words)]
        for phrase, limit in zip(phrases, limits, strict=False):
            start, end = phrase[0].lo // 2, (phrase[-1].hi + 1) // 2
            yield from kept_words(words[at:start], at, marks, spaced=bool(space))
            space = ""
            whole = self.whole.get(phrase[0].id, phrase[0])
            if whole.standing is Standing.CONTESTED:
                base = joined_spans(words[start:end])
                if whole.stream is Stream.TEXT:
                    yield replace(self.see(whole), base=base)
                else:
                    yield Choice(
                        number=self.numbers.get(whole.id), region=whole, base=base, again=True
                    )
            elif len(phrase) > 1:
                yield from joined_spans(words[start:end], deleted=whole.sources)
                yield from joined_spans(rewritten(phrase, words, marks), inserted=whole.sources)
            else:
                change = pure(marks, phrase[0])
                placed = well_placed(change, words, limit) if change else None
                if placed:
                    yield from joined_spans(words[start : placed.start])
                    space = outer_space(placed, words, limit, marks) if placed is change else ""
                    yield from _placed(placed, words, whole.sources, space)
                    end = placed.end
                else:
                    yield from self._marked(marks, phrase[0], words)
            at = end
        yield from kept_words(words[at:], at, marks, spaced=bool(space))

    def with_joined(self, pieces: Iterable[Span | Choice]) -> Iterator[Span | Choice]:
        """Put in the text that is joined to this one, with all that is asked of it."""
        for piece in pieces:
            marks = piece.marks if isinstance(piece, Span) else ()
            joined = [mark.value for mark in marks if mark.kind == "join"]
            if not joined or isinstance(piece, Choice):
                yield piece
                continue
            for inner in self.with_joined(self.text(self.index.at[joined[0]])):
                arriving = _arriving(inner, piece.inserted)
                if arriving:
                    yield arriving

    def _phrases(self, id: str, words: Sequence[Word]) -> list[list[Region]]:
        """Group regions that read as one phrase: by the same sources, hardly a word between."""
        phrases: list[list[Region]] = []
        for region in sorted(self.regions.get(id, ()), key=lambda region: region.lo):
            if phrases and self._one_phrase(phrases[-1][-1], region, words):
                phrases[-1].append(region)
            else:
                phrases.append([region])
        return phrases

    def _one_phrase(self, one: Region, other: Region, words: Sequence[Word]) -> bool:
        """Tell whether two replacements with a shorter stretch between them read as one.

        The rule is the semantic clean-up of Fraser's diff (2006), for replacements of at most two
        words between: a lone insertion or deletion is never widened.
        """
        standing = {self.whole.get(r.id, r).standing for r in (one, other)}
        between = words[(one.hi + 1) // 2 : other.lo // 2]
        if Standing.CONTESTED in standing or one.sources != other.sources or len(between) > 2:
            return False
        length = len("".join(word.text for word in between))
        return all(
            r.base and r.options[0].text and length <= max(len(r.base), len(r.options[0].text))
            for r in (one, other)
        )

    def _marked(self, marks: TextMarks, region: Region, words: Sequence[Word]) -> Iterator[Span]:
        """Show a region on whose text all its sources are at one."""
        inside = [c for c in marks.changes if within(c, region)]
        sources = region.sources
        if len({(c.start, c.end, tuple(w.key for w in c.words)) for c in inside}) > 1:
            inside = [c for c in inside if c.sources[0] == inside[0].sources[0]]
        at, end = region.lo // 2, (region.hi + 1) // 2
        once = {(c.start, c.end): c for c in reversed(inside)}  # else in another typography
        for run in _as_read([once[place] for place in sorted(once)], words, marks):
            first, last = run[0], run[-1]
            yield from kept_words(words[at : first.start], at, marks)
            yield from joined_spans(words[first.start : last.end], deleted=sources)
            put = [*first.words]
            for before, change in pairwise(run):
                put += (*words[before.end : change.start], *change.words)
            yield from joined_spans(put, inserted=sources)
            at = last.end
        yield from kept_words(words[at:end], at, marks)


def _placed(
    change: AttributedHunk, words: Sequence[Word], sources: Sources, space: str
) -> Iterator[Span]:
    """Show an insertion or a deletion, after the ``space`` that stays before it."""
    struck, new = words[change.start : change.end], change.words
    if space:
        yield Span(space)
        struck, new = ((unspaced(w[0]), *w[1:]) if w else () for w in (struck, new))
    yield from joined_spans(struck, deleted=sources)
    yield from joined_spans(new, inserted=sources)


def _as_read(
    changes: Sequence[AttributedHunk], words: Sequence[Word], marks: TextMarks
) -> list[list[AttributedHunk]]:
    """Group the changes of a title as they are read: with less than both are between, as one.

    The rule is that of the comparative table: at most two words between, which nobody marks.
    """
    marked = {surface.at for surface in marks.surfaces}
    runs: list[list[AttributedHunk]] = []
    for change in changes:
        start = runs[-1][-1].end if runs else 0
        between = words[start : change.start]
        if (
            runs
            and len(between) <= 2
            and marked.isdisjoint(range(start, change.start))
            and not any(word.marks for word in between)
            and _letters(between) <= min(_size(runs[-1][-1], words), _size(change, words))
        ):
            runs[-1].append(change)
        else:
            runs.append([change])
    return runs


def _size(change: AttributedHunk, words: Sequence[Word]) -> int:
    return max(_letters(words[change.start : change.end]), _letters(change.words))


def _letters(words: Sequence[Word]) -> int:
    return sum(len(word.text) for word in words)


def _arriving(piece: Span | Choice, sources: Sources) -> Span | Choice | None:
    """Show a piece of a text in force where sources join it to another.

    What others strike in it comes along for those who join it and keep it, if there are any.
    """
    if isinstance(piece, Choice):
        return replace(piece, joined=piece.joined or sources)
    if piece.inserted:
        return piece
    stay = tuple(source for source in sources if source not in piece.deleted)
    return replace(piece, inserted=stay) if stay else None
