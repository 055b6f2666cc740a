"""What the cells of the comparative table say, as pieces of text with plain marks."""

from __future__ import annotations

from collections.abc import Iterator

from resamend.model import Kind
from resamend.redline import Block, Choice
from resamend.renderers.edition import Edition
from resamend.renderers.inline import Inline
from resamend.renderers.layout import trimmed
from resamend.renderers.lines import Piece, Style
from resamend.renderers.summary import named
from resamend.renderers.table_words import Teller, starred
from resamend.renderers.tidy import shown_label, tidied
from resamend.tables import Cell, Comparison, Row

__all__ = ["CellLines", "Words"]

Words = tuple[Piece, ...]
"""A paragraph of a cell."""


class CellLines:
    """Turn cells into paragraphs."""

    def __init__(self, edition: Edition, comparison: Comparison, teller: Teller) -> None:
        self.edition = edition
        self.teller = teller
        columns = comparison.columns
        self._inlines = [Inline(edition, column.footnotes) for column in columns]
        notes = {id: label for column in columns for id, label in column.footnotes.items()}
        self._draft = Inline(edition, {**notes, **teller.places.footnotes})

    def in_force(self, row: Row) -> Words:
        """Return the text in force."""
        return tuple(self._draft.pieces(tidied(row.base), Style.PLAIN))

    def cell(self, cell: Cell, number: int) -> Iterator[Words]:
        """Yield what a cell says, the one of the column ``number``."""
        inline = self._inlines[number]
        for block in cell.blocks:
            words = self._words(cell.blocks[0].depth, block, inline)
            if words:
                yield words
            for told in self.teller.block(cell, block, labelled=False):
                yield (Piece(told, Style.NOTE),)
        if cell.editorial:
            yield (Piece(self.edition.say("typography"), Style.NOTE),)

    def _words(self, depth: int, block: Block, inline: Inline, *, labelled: bool = False) -> Words:
        """Return a paragraph; what is added as a whole is not marked in it."""
        label = inline.pieces(shown_label(block), Style.LABEL, labelled=labelled)
        if label and block.kind is Kind.FOOTNOTE:
            label = [Piece("[^"), *label, Piece("]")]
        pieces = block.pieces if labelled else starred(block.pieces)
        shown = tidied(pieces, block.added)
        text = inline.pieces(
            trimmed(shown) if block.split else shown, Style.PLAIN, labelled=labelled
        )
        indent = Piece("  " * max(block.depth - depth, 0))
        if not (label or text):
            return ()
        space = [Piece(" ")] if label and text else []
        return (*([indent] if indent.text else []), *label, *space, *text)

    def drafted(self, row: Row) -> Iterator[Words]:
        """Yield what the draft has here: its words with their proponents, and its points."""
        told: list[Words] = []
        for block in row.draft.blocks:
            if block.choice:
                told.append((self._point(block.choice),))
                continue
            words = self._words(row.draft.blocks[0].depth, block, self._draft, labelled=True)
            asked = block.added if row.draft.sign == "ADD" else block.struck
            if row.draft.sign and asked and not (block.way or block.moved_to or block.moved_from):
                sign = () if words else (Piece(row.draft.sign, Style.SYMBOL),)
                words = (*sign, *words, Piece(" "), *self._draft.names(asked))
            if words:
                told.append(words)
            remarks = self.teller.block(row.draft, block, labelled=True)
            told += [(Piece(remark, Style.NOTE),) for remark in remarks]
        points = self.teller.points_of(row)
        if not told and points:
            told.append((Piece(points, Style.POINT),))
        yield from told or [(Piece(self.teller.untouched(row), Style.NOTE),)]

    def _point(self, choice: Choice) -> Piece:
        return Piece(f"[{named(self.edition, choice.region)}]", Style.POINT)
