"""Resolve tracked changes, as Word does when all are accepted, or all rejected.

A change of a paragraph's mark is not one of its text: without its mark a paragraph runs on into the
next. The joined paragraph is what its first piece with text was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from resamend.model import OBJECT
from resamend.ooxml.fields import FIELD_CODE
from resamend.ooxml.lists import Counters
from resamend.ooxml.values import (
    Block,
    Paragraph,
    Run,
    Table,
    TrackedChange,
    TrackView,
    WordCell,
    WordDocument,
    WordRow,
)


def view(document: WordDocument, wanted: TrackView) -> WordDocument:
    """Return a document without tracked changes, each paragraph with its automatic label."""
    counters = Counters(document.lists)
    resolver = _Resolver(wanted is TrackView.ACCEPTED, counters)
    blocks = resolver.blocks(document.blocks)
    used = {run.note for passage in paragraphs(blocks) for run in passage.runs if run.note}
    notes = tuple(
        replace(note, blocks=resolver.blocks(note.blocks))
        for note in document.notes
        if note.key in used
    )
    return replace(document, blocks=blocks, notes=notes, reformatted=(), tracked=False)


def paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """Yield all paragraphs, those of tables among them, in the order of the text."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs(cell.blocks)


def all_texts(document: WordDocument) -> Iterator[str]:
    """Yield every text that a document was read to hold, whatever becomes of it.

    What a field is told to do is none.
    """
    for blocks in (document.blocks, *(note.blocks for note in document.notes)):
        for paragraph in paragraphs(blocks):
            yield paragraph.text.replace(OBJECT, "")
    for aside in document.asides:
        if not aside.why.startswith(FIELD_CODE):
            yield from (aside.text, aside.struck)


class _Pending(Struct):
    """Gather paragraphs that have lost their marks."""

    pieces: list[Paragraph] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def closed(self, last: Paragraph | None, runs: list[Run]) -> Paragraph | None:
        """Return the joined paragraph, ended by the mark of ``last``; none where nothing is."""
        pieces, before = self.pieces, self.runs
        self.pieces, self.runs = [], []
        if last is None and not before:
            return None
        if before:
            first = pieces[0]
            return replace(first, runs=tuple(before + runs), inserted=None, deleted=None)
        assert last is not None
        return replace(last, runs=tuple(runs), inserted=None, deleted=None)


def _spaced(runs: list[Run]) -> list[Run]:
    """Return runs with a space at their end, which the style separator stands for."""
    apart = not runs or runs[-1].text[-1:].isspace()
    return runs if apart else [*runs, Run(" ")]


class _Resolver(Struct, frozen=True):
    accept: bool
    counters: Counters

    def blocks(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        resolved: list[Block] = []
        pending = _Pending()
        for block in blocks:
            if isinstance(block, Table):
                self._put(resolved, pending.closed(None, []))
                rows = self._rows(block.rows)
                if rows:
                    resolved.append(Table(rows))
                continue
            runs = self._runs(block.runs)
            if block.runs_in:
                pending.pieces.append(block)
                pending.runs += _spaced(runs)
            elif self._stays(block.inserted, block.deleted):
                self._put(resolved, pending.closed(block, runs))
            elif runs:
                pending.pieces.append(block)
                pending.runs += runs
        self._put(resolved, pending.closed(None, []))
        return tuple(resolved)

    def _put(self, resolved: list[Block], paragraph: Paragraph | None) -> None:
        if paragraph is None:
            return
        style = paragraph.style if self.accept else paragraph.style_before
        numbered = paragraph.list if self.accept else paragraph.list_before
        label = self.counters.label(*numbered) if numbered else ""
        resolved.append(
            Paragraph(
                number=paragraph.number,
                runs=paragraph.runs,
                style=style,
                style_before=style,
                list=numbered,
                list_before=numbered,
                label=label,
            )
        )

    def _runs(self, runs: tuple[Run, ...]) -> list[Run]:
        resolved = []
        for run in runs:
            text, marks, before, inserted, deleted, note, _ = run
            if inserted is None and deleted is None and marks == before:
                resolved.append(run)
            elif self._stays(inserted, deleted):
                shown = marks if self.accept else before
                resolved.append(Run(text, shown, shown, None, None, note))
        return resolved

    def _stays(self, inserted: TrackedChange | None, deleted: TrackedChange | None) -> bool:
        return deleted is None if self.accept else inserted is None

    def _rows(self, rows: tuple[WordRow, ...]) -> tuple[WordRow, ...]:
        resolved = []
        for row in rows:
            if self._stays(row.inserted, row.deleted):
                cells = tuple(
                    WordCell(blocks=self.blocks(cell.blocks))
                    for cell in row.cells
                    if self._stays(cell.inserted, cell.deleted)
                )
                if cells:
                    resolved.append(WordRow(cells=cells))
        return tuple(resolved)
