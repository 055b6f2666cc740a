"""Show the words of a provision with all that is asked of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from resamend.amendment.edit_references import joins
from resamend.conflict import Region, Standing, Stream
from resamend.consolidation import Sources, TextMarks
from resamend.difference import Hunk
from resamend.difference.phrasing import as_read, replacement
from resamend.matching import ProvisionIndex
from resamend.model import Word
from resamend.redlines.memory import LayoutMemory, stands_alone
from resamend.redlines.spans import (
    divided,
    in_force,
    joined_spans,
    kept_words,
    outer_space,
    unspaced,
    within,
)
from resamend.redlines.values import Choice, Span

WordingPart = tuple[str, list[Span | Choice], Sources]
"""One part of a provision that sources split: its new label, its pieces, and who splits it."""


class ProvisionWording(Struct, frozen=True, kw_only=True):
    """Know the marks and regions of all texts: ``regions`` by provision, ``whole`` by their id.

    ``see`` shows a point's options where it is met first; those that were met are ``seen``.
    """

    index: ProvisionIndex
    texts: Mapping[str, TextMarks]
    regions: Mapping[str, Sequence[Region]]
    whole: Mapping[str, Region]
    numbers: Mapping[str, int]
    see: Callable[[Region], Choice]
    seen: Set[str]
    memory: LayoutMemory

    def parts(self, node: int) -> tuple[WordingPart, ...]:
        """Show the words of a provision with all that is asked of them, cut where it is split."""
        id = self.index.nodes[node].id
        stretches = self._stretches(id)
        contested = [self.whole.get(s[0].id, s[0]) for s in stretches if self._is_contested(s[0])]
        marks = self.texts.get(id)
        if marks is None or self._reaches_out(marks, contested):
            return tuple(divided(self._with_joined(self._text(node))))
        asked = [
            (region, self.numbers.get(region.id), region.id in self.seen) for region in contested
        ]
        parts = self.memory.kept(
            "words", id, (marks, stretches, asked), lambda: tuple(divided(self._text(node)))
        )
        for region in contested:  # it has been shown here, also where nothing was laid out
            self._choice(region, ())
        return parts

    def _reaches_out(self, marks: TextMarks, contested: Iterable[Region]) -> bool:
        """Tell whether what is shown depends on other provisions than this one."""
        joined = self.memory.kept(
            "joins", marks.target, marks, lambda: any(joins(c.words) for c in marks.changes)
        )
        return joined or not all(stands_alone(region.options) for region in contested)

    def _text(self, node: int) -> Iterator[Span | Choice]:
        """Show the words of a provision with all that is asked of them."""
        provision = self.index.nodes[node]
        marks = self.texts.get(provision.id)
        if marks is None:
            yield from in_force(self.index, node)
            return
        stretches = self._stretches(provision.id)
        words = self.index.words(node)
        at, space = 0, ""
        limits = [stretch[0].lo // 2 for stretch in stretches[1:]] + [len(words)]
        for stretch, limit in zip(stretches, limits, strict=False):
            whole = self.whole.get(stretch[0].id, stretch[0])
            if whole.standing is Standing.CONTESTED:
                start = stretch[0].lo // 2
                yield from kept_words(words[at:start], at, marks, spaced=bool(space))
                at, space = (stretch[0].hi + 1) // 2, ""
                yield self._choice(whole, joined_spans(words[start:at]))
                continue
            bounds = (at + bool(space), limit)  # the word whose space is shown stays as it is
            hunks = self._shown_hunks(stretch, words, marks, bounds, alone=len(stretches) == 1)
            ends = [*(hunk.start for hunk in hunks[1:]), limit]
            sources = _askers(stretch[0])
            for hunk, end in zip(hunks, ends, strict=True):
                yield from kept_words(words[at : hunk.start], at, marks, spaced=bool(space))
                space = outer_space(hunk, sources, words, end, marks)
                yield from _placed(hunk, words, sources, space)
                at = hunk.end
        yield from kept_words(words[at:], at, marks, spaced=bool(space))

    def _stretches(self, id: str) -> list[list[Region]]:
        """Group the regions of a text in order: a contested one alone, others by their sources."""
        regions = sorted(self.regions.get(id, ()), key=lambda region: region.lo)
        return [list(stretch) for _, stretch in groupby(regions, self._who_asks)]

    def _who_asks(self, region: Region) -> tuple[str, Sources]:
        return (region.id, ()) if self._is_contested(region) else ("", _askers(region))

    def _is_contested(self, region: Region) -> bool:
        return self.whole.get(region.id, region).standing is Standing.CONTESTED

    def _choice(self, whole: Region, base: tuple[Span, ...]) -> Choice:
        if whole.stream is Stream.TEXT:
            return replace(self.see(whole), base=base)
        return Choice(number=self.numbers.get(whole.id), region=whole, base=base, again=True)

    def _shown_hunks(
        self,
        stretch: Sequence[Region],
        words: Sequence[Word],
        marks: TextMarks,
        bounds: tuple[int, int],
        *,
        alone: bool,
    ) -> list[Hunk]:
        """Return the changes of a stretch as they are shown, as its first source makes them.

        All its sources say the same; others' ends of the text, which follow from what is beside it,
        may stand there too. ``bounds`` are the words that they may be shown to change; ``alone``
        says that nobody else changes the text.
        """
        who = _askers(stretch[0])[0]
        hunks = [
            Hunk(change.start, change.end, change.words)
            for region in stretch
            for change in marks.changes
            if who in change.sources and within(change, region)
        ]
        printed = {surface.at: surface.word for surface in marks.surfaces if who in surface.sources}
        language = self.index.resolution.language
        whole = replacement(words, hunks, language, printed) if alone else None
        return [whole] if whole else as_read(words, hunks, language, printed=printed, within=bounds)

    def _with_joined(self, pieces: Iterable[Span | Choice]) -> Iterator[Span | Choice]:
        """Put in the text that is joined to this one, with all that is asked of it."""
        for piece in pieces:
            marks = piece.marks if isinstance(piece, Span) else ()
            joined = [mark.value for mark in marks if mark.kind == "join"]
            if not joined or isinstance(piece, Choice):
                yield piece
                continue
            for inner in self._with_joined(self._text(self.index.at[joined[0]])):
                arriving = _arriving(inner, piece.inserted)
                if arriving:
                    yield arriving


def _askers(region: Region) -> Sources:
    """Return who ask for the words of a region; others' ends of a text may stand in it too."""
    return region.options[0].sources if region.options else region.sources


def _placed(hunk: Hunk, words: Sequence[Word], sources: Sources, space: str) -> Iterator[Span]:
    """Show what is struck and what is put in, after the ``space`` that stays before it."""
    struck, new = words[hunk.start : hunk.end], hunk.words
    if space:
        yield Span(space)
        struck, new = ((unspaced(w[0]), *w[1:]) if w else () for w in (struck, new))
    yield from joined_spans(struck, deleted=sources)
    yield from joined_spans(new, inserted=sources)


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
