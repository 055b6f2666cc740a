"""What the tracked changes of a Word document say of each paragraph: what stays, goes and comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from resamend.amendment import Tracked
from resamend.ooxml import Paragraph, Run, WordDocument, paragraphs
from resamend.readers.lines import TextLine


def tracked_in(
    document: WordDocument, before: Sequence[TextLine], after: Sequence[TextLine]
) -> Iterator[Tracked]:
    """Yield each paragraph, and each footnote of one, in which words are both kept and changed.

    One that was split or joined is left out: its text is not one paragraph's.
    """
    old, new = _by_number(before), _by_number(after)
    last: Paragraph | None = None
    for paragraph in paragraphs(document.blocks):
        alone = _is_whole(paragraph) and (last is None or not _runs_on(last))
        last = paragraph
        a, b = old.get(paragraph.number), new.get(paragraph.number)
        if alone and a and b and a.whole != b.whole:
            yield _tracked(paragraph, a.body or a.whole, b.body or b.whole)
    earlier, later = _notes(before), _notes(after)
    for note in document.notes:
        inside = [*paragraphs(note.blocks)]
        was, is_ = earlier.get(note.key, ""), later.get(note.key, "")
        if len(inside) == 1 and was and is_ and was != is_:
            yield _tracked(inside[0], was, is_)


def moved_in(document: WordDocument, before: Sequence[TextLine]) -> Iterator[str]:
    """Yield the text of each paragraph that was moved away as a whole, without its label."""
    old = _by_number(before)
    for paragraph in paragraphs(document.blocks):
        mark = paragraph.deleted
        if mark and mark.moved and (line := old.get(paragraph.number)):
            yield line.body or line.whole


def _notes(lines: Sequence[TextLine]) -> dict[str, str]:
    """Return the bodies of footnotes by their keys."""
    return {note.whole: note.body for line in lines if line.rich for note in line.rich.notes}


def _by_number(lines: Sequence[TextLine]) -> dict[int, TextLine]:
    return {line.number: line for line in lines}


def _is_whole(paragraph: Paragraph) -> bool:
    return paragraph.inserted is None and paragraph.deleted is None


def _runs_on(paragraph: Paragraph) -> bool:
    """Tell whether, with all accepted or all rejected, words stay whose paragraph has no end."""
    return any(
        (paragraph.deleted and not run.deleted) or (paragraph.inserted and not run.inserted)
        for run in paragraph.runs
    )


def _tracked(paragraph: Paragraph, before: str, after: str) -> Tracked:
    """Return what stays of the texts behind the labels, which end as the paragraph's do."""
    kept: list[tuple[int, int, int]] = []
    x = y = 0
    for run in paragraph.runs:
        length = len(run.text)
        stays = run.inserted is None and run.deleted is None
        if stays and length:
            kept.append((x, y, length))
        x += length * (run.inserted is None)
        y += length * (run.deleted is None)
    left = x - _blank([run for run in paragraph.runs if run.inserted is None]) - len(before)
    right = y - _blank([run for run in paragraph.runs if run.deleted is None]) - len(after)
    return Tracked(before, after, tuple(_moved(kept, left, right)))


def _blank(runs: Sequence[Run]) -> int:
    """Return how much white space stands at the end."""
    count = 0
    for run in reversed(runs):
        count += len(run.text) - len(run.text.rstrip())
        if not run.text.isspace():
            break
    return count


def _moved(
    kept: list[tuple[int, int, int]], left: int, right: int
) -> Iterator[tuple[int, int, int]]:
    """Yield what is kept, counted from where the texts begin."""
    for x, y, length in kept:
        cut = max(left - x, right - y, 0)
        if cut < length:
            yield x + cut - left, y + cut - right, length - cut
