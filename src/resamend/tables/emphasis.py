"""Mark in the cells of a row the words that one source asks for and no other one does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from resamend.diff import hunks_of
from resamend.model import Mark, Word, inline
from resamend.redline import Span
from resamend.tables.values import OWN, Cell
from resamend.words import split

__all__ = ["emphasised"]

Cells = Sequence[Cell | None]


def emphasised(cells: Cells) -> tuple[Cell | None, ...]:
    """Return the cells of a row with each one's own words marked.

    A word is own where it is inserted and no other text has it at its place. An option that shares
    no more than half of what it inserts with any other is different as a whole: marks would hide
    what it says.
    """
    texts = [_text(cell) for cell in cells]
    made: list[Cell | None] = []
    for cell, mine in zip(cells, texts, strict=True):
        others = {tuple(w.key for w in t): t for t in texts if t}
        others.pop(tuple(w.key for w in mine), None)
        made.append(_marked(cell, mine, list(others.values())) if cell and others else cell)
    return tuple(made)


def _spans(cell: Cell) -> Iterator[Span]:
    """Yield what stands in a cell, without what is struck."""
    for block in cell.blocks:
        for piece in block.pieces:
            if isinstance(piece, Span) and not piece.deleted:
                yield piece


def _text(cell: Cell | None) -> tuple[Word, ...]:
    return split("".join(span.text for span in _spans(cell))) if cell else ()


def _marked(cell: Cell, mine: Sequence[Word], others: Sequence[Sequence[Word]]) -> Cell:
    own = set(range(len(mine)))
    for other in others:
        own &= set(_differing(other, mine))
    new = {at for at in _inserted(cell, mine) if _letters(mine[at])}
    own &= new
    if not own or 2 * len(own) > len(new):
        return cell
    ranges = list(_ranges(mine, own))
    at = 0
    blocks = []
    for block in cell.blocks:
        pieces: list[Span] = []
        for piece in block.pieces:
            if not isinstance(piece, Span) or piece.deleted:
                pieces.append(piece)  # type: ignore[arg-type]
                continue
            pieces += _worn(piece, at, ranges)
            at += len(piece.text)
        blocks.append(replace(block, pieces=tuple(pieces)))
    return replace(cell, blocks=tuple(blocks))


def _letters(word: Word) -> bool:
    return any(map(str.isalnum, word.key))


def _inserted(cell: Cell, words: Sequence[Word]) -> set[int]:
    """Return which words are inserted: those of which any part is."""
    ends: list[tuple[int, int]] = []
    at = 0
    for span in _spans(cell):
        if span.inserted:
            ends.append((at, at + len(span.text)))
        at += len(span.text)
    found, at = set(), 0
    for number, word in enumerate(words):
        end = at + len(word.text)
        if any(lo < end and at < hi for lo, hi in ends):
            found.add(number)
        at = end
    return found


def _differing(other: Sequence[Word], mine: Sequence[Word]) -> Iterator[int]:
    """Yield the places of the words of one text that another does not have there."""
    shift = 0
    for hunk in hunks_of(other, mine)[0]:
        first = hunk.start + shift
        shift += len(hunk.words) - (hunk.end - hunk.start)
        yield from range(first, first + len(hunk.words))


def _ranges(words: Sequence[Word], own: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield where words stand, in code points, without the white space before them."""
    wanted = set(own)
    at = 0
    for number, word in enumerate(words):
        space = len(word.text) - len(word.text.lstrip())
        if number in wanted and word.text.strip():
            # between two words of a run the space is marked too, so that they are one
            yield at + (0 if number - 1 in wanted else space), at + len(word.text)
        at += len(word.text)


def _worn(span: Span, at: int, ranges: Iterable[tuple[int, int]]) -> Iterator[Span]:
    """Put the marks on a span that begins at ``at``."""
    end = at + len(span.text)
    here = [
        Mark(max(lo, at) - at, min(hi, end) - at, OWN) for lo, hi in ranges if lo < end and hi > at
    ]
    yield replace(span, marks=inline((*span.marks, *here))) if here and span.inserted else span
