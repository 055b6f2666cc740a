"""Spans of words, and how they are joined and cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from resamend.conflict import Deed, Option, Region
from resamend.merge import Change, Sources, TextMarks
from resamend.model import Kind, Provision, Word
from resamend.redline.values import Choice, Span
from resamend.words import joined

__all__ = ["divided", "joined_spans", "kept_words", "label_text", "rewritten", "step", "within"]


def label_text(option: Option) -> tuple[Span, ...]:
    return (Span(option.text),) if option.deed is Deed.LABEL else ()


def step(provision: Provision) -> int:
    """Return how much deeper the children of a provision stand."""
    return 0 if provision.kind is Kind.RESOLUTION else 1


def rewritten(phrase: Sequence[Region], words: Sequence[Word]) -> list[Word]:
    """Return the words that stand in place of a phrase."""
    made: list[Word] = []
    at = phrase[0].lo // 2
    for region in phrase:
        made += words[at : region.lo // 2]
        made += region.options[0].words
        at = (region.hi + 1) // 2
    return made


def kept_words(words: Sequence[Word], at: int, marks: TextMarks) -> Iterator[Span]:
    """Show the kept words from ``at`` on.

    When words now stand before the first word of a text, the space between is theirs.
    """
    first = marks.surfaces[0] if marks.surfaces and not at and words else None
    if first and first.at == 0 and not words[0].text[:1].isspace():
        space = first.word.text[: len(first.word.text) - len(first.word.text.lstrip())]
        if space:
            yield Span(space, inserted=first.sources)
    yield from joined_spans(words)


def within(change: Change, region: Region) -> bool:
    lo = 2 * change.start if change.start == change.end else 2 * change.start + 1
    hi = 2 * change.end if change.start == change.end else 2 * change.end - 1
    return region.lo <= lo and hi <= region.hi


def joined_spans(
    words: Sequence[Word], *, inserted: Sources = (), deleted: Sources = ()
) -> tuple[Span, ...]:
    """Join words into one span; what splits a provision stays a span of its own."""
    made: list[Span] = []
    run: list[Word] = []
    for word in words:
        if any(mark.kind == "split" for mark in word.marks):
            made += _run(run, inserted, deleted)
            made.append(Span("", inserted, deleted, word.marks))
            run = []
        else:
            run.append(word)
    return (*made, *_run(run, inserted, deleted))


def _run(words: Sequence[Word], inserted: Sources, deleted: Sources) -> list[Span]:
    if not words:
        return []
    text, marks = joined(words)
    return [Span(text, inserted, deleted, marks)] if text else []


def divided(
    pieces: Iterable[Span | Choice],
) -> Iterator[tuple[str, list[Span | Choice], Sources]]:
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
