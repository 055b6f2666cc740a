"""Turn the words of a block into runs, each with its fate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from resamend.consolidation import Sources
from resamend.ooxml.writing import Content, Look, NewParagraph, NewRun, TrackKind, Tracks
from resamend.page.runs import ChangeRuns, PointRuns, RunGroup, RunRole, WordRun
from resamend.page.values import PageBlock
from resamend.renderers.docx.authors import TrackAuthors

Notes = Callable[[str, Tracks, frozenset[Look]], Iterable[Content]]
"""Gives, for the id of a footnote, what refers to it, with its fate and its looks."""

_LOOKS = {
    "i": Look.ITALIC,
    "b": Look.BOLD,
    "u": Look.UNDERLINED,
    "sub": Look.LOWERED,
    "sup": Look.RAISED,
}
_NO_LOOKS: frozenset[Look] = frozenset()


class TrackedRunWriter:
    """Write words as runs; ``notes`` gives what refers to a footnote."""

    def __init__(self, authors: TrackAuthors, notes: Notes) -> None:
        self.authors = authors
        self.notes = notes

    def runs(
        self, shown: Sequence[RunGroup], fate: Tracks, looks: frozenset[Look] = _NO_LOOKS
    ) -> Iterator[Content]:
        """Yield what is shown of a text without points; ``fate`` is that of its whole block."""
        for piece in shown:
            if isinstance(piece, WordRun):
                yield from self.words(piece, fate, looks)
            elif isinstance(piece, ChangeRuns):
                yield from self._change(piece, fate, looks)

    def signed(self, shown: Sequence[RunGroup], fate: Tracks) -> Iterator[Content]:
        """Yield the same, behind what each asks for the names of those who do."""
        for piece in shown:
            if isinstance(piece, ChangeRuns):
                yield from self._change(piece, fate, _NO_LOOKS, signed=True)
            else:
                yield from self.runs((piece,), fate)

    def names(self, shown: Sequence[RunGroup]) -> Iterator[Content]:
        """Yield the names of those who ask for the changes in some runs."""
        for piece in shown:
            if isinstance(piece, ChangeRuns):
                yield from self.authors.names(*_asking(piece.runs))

    def ended(self, paragraph: NewParagraph, printed: PageBlock) -> NewParagraph:
        """Return a paragraph with the names of those who add it, strike it, or move it."""
        block = printed.block
        names = self.authors.names(block.added, block.struck, sign=printed.symbol)
        return replace(paragraph, content=(*paragraph.content, *names))

    def _change(
        self, change: ChangeRuns, fate: Tracks, looks: frozenset[Look], *, signed: bool = False
    ) -> Iterator[Content]:
        """Yield a change; white space before it goes with it where nothing else is left."""
        space = fate if not change.lone else self.tracks(change.runs[0], fate)
        if change.space:
            yield NewRun(text=change.space, tracks=space, looks=looks)
        for _, share in change.shares():
            written = [part for run in share for part in self.words(run, fate, looks)]
            yield from written
            if signed and written:
                yield from self.authors.names(*_asking(share))

    def tracks(self, run: WordRun, fate: Tracks) -> Tracks:
        """Return the fate of a run inside a block with a fate of its own."""
        if run.role is RunRole.DELETED:
            return (*fate, self.authors.track(TrackKind.DELETE, run.sources))
        if run.role is RunRole.INSERTED:
            struck = (self.authors.track(TrackKind.DELETE, run.struck),) if run.struck else ()
            return (self.authors.track(TrackKind.INSERT, run.sources), *struck)
        return fate

    def words(
        self, run: WordRun, fate: Tracks, looks: frozenset[Look] = _NO_LOOKS
    ) -> Iterator[Content]:
        """Yield the stretches of a run, cut where its formatting changes."""
        tracks = self.tracks(run, fate)
        if _their_own(tracks) and not any(mark.kind == "footnote" for mark in run.marks):
            return
        for text, kinds, note in run.stretches():
            if note is not None:
                yield from self.notes(note, tracks, looks)
                continue
            own = {_LOOKS[kind] for kind in kinds if kind in _LOOKS}
            yield NewRun(text=text, tracks=tracks, looks=looks | own)

    def offered(self, shown: Sequence[RunGroup]) -> Iterator[Content]:
        """Yield an option's words; what it strikes is crossed out, what it inserts underlined."""
        ours = (self.authors.ours(),)
        for piece in shown:
            if isinstance(piece, PointRuns):
                continue
            if isinstance(piece, ChangeRuns) and piece.space:
                yield NewRun(text=piece.space, tracks=ours)
            for run in piece.runs if isinstance(piece, ChangeRuns) else (piece,):
                look = _OFFERED.get(run.role)
                plain = WordRun(run.text, marks=run.marks)
                yield from self.words(plain, ours, frozenset([look]) if look else _NO_LOOKS)


def _asking(runs: Iterable[WordRun]) -> Iterator[Sources]:
    """Yield who asks for each part of a change."""
    for run in runs:
        if run.role in (RunRole.DELETED, RunRole.INSERTED):
            yield run.sources
            yield run.struck


def _their_own(tracks: Tracks) -> bool:
    """Tell whether somebody strikes what they put there themselves: nobody need see it there."""
    *around, last = tracks or (None,)
    return (
        last is not None
        and last.act is TrackKind.DELETE
        and any(track is not None and track.author == last.author for track in around)
    )


_OFFERED = {RunRole.DELETED: Look.CROSSED, RunRole.INSERTED: Look.UNDERLINED}
