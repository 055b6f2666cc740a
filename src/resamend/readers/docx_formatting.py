"""A redline drawn by hand: words struck out by formatting, others underlined or coloured.

Many delegations mark their changes so, without tracking. Nothing in the file says that they are
changes: they are reported, and read as such only where a person asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from resamend.ooxml import Block, Paragraph, Run, Table, TrackedChange, WordDocument, paragraphs
from resamend.readers.proposal_header import short

_BY_HAND = TrackedChange("(formatting)")
_MOST = 12
"""Places that are named one by one."""


def drawn_places(document: WordDocument) -> tuple[str, ...]:
    """Say where words are struck out by formatting, and which are underlined or coloured there."""
    blocks = (document.blocks, *(note.blocks for note in document.notes))
    places = [_place(p) for some in blocks for p in paragraphs(some) if _is_drawn(p)]
    more = [f"and {len(places) - _MOST} more paragraphs"] if len(places) > _MOST else []
    return (*places[:_MOST], *more)


def _is_drawn(paragraph: Paragraph) -> bool:
    return "-" in {run.drawn for run in paragraph.runs if _counts(run)}


def _counts(run: Run) -> bool:
    return bool(run.text.strip()) and not (run.inserted or run.deleted)


def _place(paragraph: Paragraph) -> str:
    struck, added = (
        short(" ".join(run.text.strip() for run in paragraph.runs if run.drawn == sign))
        for sign in "-+"
    )
    beside = f" beside “{added}”" if added else ""
    return f"paragraph {paragraph.number}: “{struck}” is struck out{beside}"


def as_tracked(document: WordDocument) -> WordDocument:
    """Return a document in which what is struck out by formatting is deleted, and what is
    underlined or coloured inserted, as if it had been tracked."""
    notes = tuple(replace(note, blocks=tuple(_blocks(note.blocks))) for note in document.notes)
    return replace(document, blocks=tuple(_blocks(document.blocks)), notes=notes, tracked=True)


def _blocks(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Table):
            rows = (
                replace(
                    row,
                    cells=tuple(replace(c, blocks=tuple(_blocks(c.blocks))) for c in row.cells),
                )
                for row in block.rows
            )
            yield Table(tuple(rows))
        else:
            yield _paragraph(block)


def _paragraph(paragraph: Paragraph) -> Paragraph:
    """Return a paragraph with its changes tracked; one that is all one change goes as a whole."""
    signs = {run.drawn for run in paragraph.runs if run.text.strip()}
    return replace(
        paragraph,
        runs=tuple(map(_run, paragraph.runs)),
        inserted=paragraph.inserted or (_BY_HAND if signs == {"+"} else None),
        deleted=paragraph.deleted or (_BY_HAND if signs == {"-"} else None),
    )


def _run(run: Run) -> Run:
    if run.inserted or run.deleted or not run.drawn:
        return run
    if run.drawn == "-":
        return run._replace(deleted=_BY_HAND)
    plain = run.marks.replace("u", "")  # the line under it is the mark of the change
    return run._replace(inserted=_BY_HAND, marks=plain, before=plain)
