"""What the cells of the comparative table say, as pieces of text with plain marks."""

from __future__ import annotations

from collections.abc import Iterator

from resamend.model import Kind
from resamend.page.front import named
from resamend.page.presentation import Presentation
from resamend.page.runs import label_runs, runs_of
from resamend.page.tables import Teller, starred
from resamend.redlines import Block, Choice
from resamend.renderers.lines import TextPiece, TextStyle
from resamend.renderers.text_layout import trimmed
from resamend.renderers.text_runs import TextRunWriter
from resamend.tables import Comparison, ComparisonCell, ComparisonRow

Words = tuple[TextPiece, ...]
"""A paragraph of a cell."""


class CellLines:
    """Turn cells into paragraphs."""

    def __init__(self, presentation: Presentation, comparison: Comparison, teller: Teller) -> None:
        self.presentation = presentation
        self.teller = teller
        columns = comparison.columns
        self._inlines = [TextRunWriter(presentation, column.footnotes) for column in columns]
        notes = {id: label for column in columns for id, label in column.footnotes.items()}
        self._draft = TextRunWriter(presentation, {**notes, **teller.footnotes})

    def in_force(self, row: ComparisonRow) -> Words:
        """Return the text in force."""
        return tuple(self._draft.pieces(runs_of(row.base), TextStyle.PLAIN))

    def cell(self, cell: ComparisonCell, number: int) -> Iterator[Words]:
        """Yield what a cell says, the one of the column ``number``."""
        inline = self._inlines[number]
        for block in cell.blocks:
            words = self._words(cell.blocks[0].depth, block, inline)
            if words:
                yield words
            for told in self.teller.block(cell, block, labelled=False):
                yield (TextPiece(told, TextStyle.NOTE),)
        if cell.editorial:
            yield (TextPiece(self.presentation.say("typography"), TextStyle.NOTE),)

    def _words(
        self, depth: int, block: Block, inline: TextRunWriter, *, labelled: bool = False
    ) -> Words:
        """Return a paragraph; what is added as a whole is not marked in it."""
        label = inline.pieces(label_runs(block), TextStyle.LABEL, labelled=labelled)
        if label and block.kind is Kind.FOOTNOTE:
            label = [TextPiece("[^"), *label, TextPiece("]")]
        pieces = block.pieces if labelled else starred(block.pieces)
        shown = runs_of(pieces, block.added)
        text = inline.pieces(
            trimmed(shown) if block.split else shown, TextStyle.PLAIN, labelled=labelled
        )
        indent = TextPiece("  " * max(block.depth - depth, 0))
        if not (label or text):
            return ()
        space = [TextPiece(" ")] if label and text else []
        return (*([indent] if indent.text else []), *label, *space, *text)

    def drafted(self, row: ComparisonRow) -> Iterator[Words]:
        """Yield what the draft has here: its words with their proponents, and its points."""
        told: list[Words] = []
        for block in row.draft.blocks:
            if block.choice:
                told.append((self._point(block.choice),))
                continue
            words = self._words(row.draft.blocks[0].depth, block, self._draft, labelled=True)
            asked = block.added if row.draft.sign == "ADD" else block.struck
            if row.draft.sign and asked and not (block.way or block.moved_to or block.moved_from):
                sign = () if words else (TextPiece(row.draft.sign, TextStyle.SYMBOL),)
                words = (*sign, *words, TextPiece(" "), *self._draft.names(asked))
            if words:
                told.append(words)
            remarks = self.teller.block(row.draft, block, labelled=True)
            told += [(TextPiece(remark, TextStyle.NOTE),) for remark in remarks]
        points = self.teller.points_of(row)
        if not told and points:
            told.append((TextPiece(points, TextStyle.POINT),))
        yield from told or [(TextPiece(self.teller.untouched(row), TextStyle.NOTE),)]

    def _point(self, choice: Choice) -> TextPiece:
        return TextPiece(f"[{named(self.presentation, choice.region)}]", TextStyle.POINT)
