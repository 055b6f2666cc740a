"""Spans of words, and how they are joined and cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from resamend.conflict import Option, OptionKind, Region
from resamend.consolidation import AttributedHunk, Sources, TextMarks
from resamend.difference import Hunk
from resamend.matching import ProvisionIndex
from resamend.model import Kind, Provision, Word
from resamend.redlines.values import Choice, Span
from resamend.words import joined


def label_text(option: Option) -> tuple[Span, ...]:
    return (Span(option.text),) if option.deed is OptionKind.LABEL else ()


def step(provision: Provision) -> int:
    """Return how much deeper the children of a provision stand."""
    return 0 if provision.kind is Kind.RESOLUTION else 1


def kept_words(
    words: Sequence[Word], at: int, marks: TextMarks, *, spaced: bool = False
) -> Iterator[Span]:
    """Show the kept words from ``at`` on; ``spaced`` says that the space before them is shown.

    Where other words now stand before the first of them, the space between may be theirs.
    """
    if spaced:
        yield from joined_spans([unspaced(words[0]), *words[1:]])
        return
    first = next((s for s in marks.surfaces if s.at == at), None) if words else None
    if first and not words[0].text[:1].isspace() and space_of(first.word):
        yield Span(space_of(first.word), inserted=first.sources)
    yield from joined_spans(words)


def outer_space(
    hunk: Hunk, sources: Sources, words: Sequence[Word], limit: int, marks: TextMarks
) -> str:
    """Return the white space that stays before what is only inserted or only struck, if it does.

    White space belongs to the word after it. Where "[" is put before a word, or struck there, that
    word loses the space to it, or gets it: the space itself stays where it is.
    """
    if hunk.end >= limit or (hunk.words and hunk.start < hunk.end):
        return ""
    mine = [s for s in marks.surfaces if s.at == hunk.end and {*sources} <= {*s.sources}]
    spaces = [space_of(words[hunk.end]), *(space_of(surface.word) for surface in mine)]
    head = (hunk.words or words[hunk.start : hunk.end])[0]
    before, after = ("", space_of(head)) if hunk.start < hunk.end else (space_of(head), "")
    return space_of(head) if spaces == [before, after] else ""


def space_of(word: Word) -> str:
    """Return the white space that a word begins with."""
    return word.text[: len(word.text) - len(word.text.lstrip())]


def unspaced(word: Word) -> Word:
    """Return a word without the white space before it."""
    cut = len(space_of(word))
    marks = tuple(
        replace(m, start=max(m.start - cut, 0), end=m.end - cut) for m in word.marks if m.end > cut
    )
    return Word(word.key, word.text[cut:], marks)


def without_space(pieces: Sequence[Span | Choice]) -> Sequence[Span | Choice]:
    """Drop a space inserted before all words: it parts a text from the one it is joined to."""
    first = pieces[0] if pieces else None
    alone = isinstance(first, Span) and first.inserted and first.text.isspace()
    return pieces[1:] if alone else pieces


def within(change: AttributedHunk, region: Region) -> bool:
    lo = 2 * change.start if change.start == change.end else 2 * change.start + 1
    hi = 2 * change.end if change.start == change.end else 2 * change.end - 1
    return region.lo <= lo and hi <= region.hi


def joined_spans(
    words: Sequence[Word], *, inserted: Sources = (), deleted: Sources = ()
) -> tuple[Span, ...]:
    """Join words into one span; what splits or joins provisions stays a span of its own."""
    spans: list[Span] = []
    run: list[Word] = []
    for word in words:
        if word.marks and any(mark.kind in ("split", "join") for mark in word.marks):
            spans += _run(run, inserted, deleted)
            spans.append(Span("", inserted, deleted, word.marks))
            run = []
        else:
            run.append(word)
    return (*spans, *_run(run, inserted, deleted))


def in_force(index: ProvisionIndex, node: int) -> tuple[Span, ...]:
    """Show the words of a provision as they are: a text without marks is not cut into words."""
    provision = index.nodes[node]
    if provision.marks:
        return joined_spans(index.words(node))
    return (Span(provision.text),) if provision.text else ()


def _run(words: Sequence[Word], inserted: Sources, deleted: Sources) -> list[Span]:
    if not words:
        return []
    text, marks = joined(words)
    return [Span(text, inserted, deleted, marks)] if text else []


def divided(pieces: Iterable[Span | Choice]) -> Iterator[tuple[str, list[Span | Choice], Sources]]:
    """Cut pieces where sources split the provision; each part with its new label and who splits."""
    label, sources, part = "", Sources(), list[Span | Choice]()
    for piece in pieces:
        cut = (
            next((m for m in piece.marks if m.kind == "split"), None)
            if isinstance(piece, Span)
            else None
        )
        if cut and isinstance(piece, Span):
            yield label, part, sources
            label, sources, part = cut.value, piece.inserted, list[Span | Choice]()
        else:
            part.append(piece)
    yield label, part, sources
