"""Write the comparative table as text, for a screen or a plain file.

Where the width allows, what is said of a provision stands side by side, in bands of as many
columns as can be read; else line by line, the sources one below the other. Who says nothing is
named at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from msgspec import Struct

from resamend.decision import SETTLED
from resamend.escaping import visible
from resamend.model import Kind
from resamend.page.alike import same_as
from resamend.page.front import banner
from resamend.page.options import USUAL, RenderOptions
from resamend.page.presentation import Presentation, present
from resamend.page.tables import (
    CellParagraph,
    TableBuilder,
    TableCell,
    fold_text,
    heads,
    reasons,
)
from resamend.renderers.lines import StyledLine, TextPiece, TextStyle, broken, columns, plain
from resamend.renderers.palette import Ground
from resamend.renderers.terminal import WIDTH, coloured
from resamend.renderers.text_front_matter import banner_lines, titled
from resamend.renderers.text_runs import TextRunWriter
from resamend.tables import Comparison, ComparisonCell, ComparisonRow, FoldedRows

Words = tuple[TextPiece, ...]
"""A paragraph of a cell."""

NARROWEST = 34
"""Columns of a screen below which text in a column is no longer read well."""
_FEWEST = 3
"""Fewer columns than this side by side are worse than none."""
_GAP = 2
_NAMES = 22
"""Columns for the names before a line, where there are no columns."""


def render_comparison_text(comparison: Comparison, options: RenderOptions = USUAL) -> str:
    """Return the comparative table as plain text."""
    presentation = present(comparison.redline, options.shown_names, options.ui)
    return plain(_lines(presentation, comparison, options.width, options.columns))


def render_comparison_terminal(
    comparison: Comparison, options: RenderOptions = USUAL, *, ground: Ground = Ground.ANY
) -> str:
    """Return the comparative table for a terminal, coloured by source."""
    presentation = present(comparison.redline, options.shown_names, options.ui)
    lines = _lines(presentation, comparison, options.width or WIDTH, options.columns)
    return plain(coloured(lines, presentation, options, ground))


def _lines(
    presentation: Presentation, comparison: Comparison, width: int | None, wanted: int | None
) -> Iterator[StyledLine]:
    table = _ComparisonLayout(presentation, comparison, width, wanted)
    yield from broken(table.head(), width)
    for row in comparison.rows:
        yield from table.fold(row) if isinstance(row, FoldedRows) else table.row(row)
    yield from broken(table.foot(), width)


class CellLines:
    """Turn the cells of a comparison into paragraphs of pieces with plain marks."""

    def __init__(self, builder: TableBuilder) -> None:
        self.builder = builder
        presentation = builder.presentation
        self._sources = [TextRunWriter(presentation, notes) for notes in builder.columns]
        self._draft = TextRunWriter(presentation, builder.footnotes)

    def in_force(self, row: ComparisonRow) -> Words:
        """Return the text in force."""
        return tuple(self._draft.pieces(self.builder.base(row), TextStyle.PLAIN))

    def source(self, cell: ComparisonCell, number: int) -> Iterator[Words]:
        """Yield what a cell says, the one of the column ``number``."""
        printed = self.builder.cell(cell, number, star=True)
        yield from self._cell(printed, self._sources[number])
        if printed.note:
            yield (TextPiece(printed.note, TextStyle.NOTE),)

    def draft(self, row: ComparisonRow) -> Iterator[Words]:
        """Yield what the draft has here: its words with their proponents, and its points."""
        printed = self.builder.draft(row)
        yield from self._cell(printed, self._draft, sign=self.builder.say.sign(row.draft.sign))
        if not printed.paragraphs:
            style = TextStyle.POINT if printed.note.startswith("[") else TextStyle.NOTE
            yield (TextPiece(printed.note, style),)

    def _cell(self, cell: TableCell, writer: TextRunWriter, sign: str = "") -> Iterator[Words]:
        for paragraph in cell.paragraphs:
            words = self._words(cell, paragraph, writer)
            if paragraph.point:
                words = (TextPiece(paragraph.point, TextStyle.POINT),)
            if paragraph.asked:
                alone = () if words else (TextPiece(sign, TextStyle.SYMBOL),)
                words = (*alone, *words, TextPiece(" "), *writer.names(paragraph.asked))
            if words:
                yield words
            for remark in paragraph.remarks:
                yield (TextPiece(remark, TextStyle.NOTE),)

    def _words(self, cell: TableCell, paragraph: CellParagraph, writer: TextRunWriter) -> Words:
        """Return a paragraph; what is added as a whole is not marked in it."""
        label = writer.pieces(paragraph.label, TextStyle.LABEL, labelled=cell.labelled)
        if label and paragraph.block.kind is Kind.FOOTNOTE:
            label = [TextPiece("[^"), *label, TextPiece("]")]
        text = writer.pieces(paragraph.words, TextStyle.PLAIN, labelled=cell.labelled)
        if not (label or text):
            return ()
        indent = [TextPiece("  " * paragraph.depth)] if paragraph.depth else []
        space = [TextPiece(" ")] if label and text else []
        return (*indent, *label, *space, *text)


class _ColumnText(Struct, frozen=True):
    """Hold what one column says of a row: its head, its sign, its paragraphs."""

    head: TextPiece
    sign: str
    paragraphs: tuple[Words, ...]


class _ComparisonLayout:
    """Lay out the rows of a comparison as lines."""

    def __init__(
        self,
        presentation: Presentation,
        comparison: Comparison,
        width: int | None,
        wanted: int | None,
    ) -> None:
        self.presentation = presentation
        self.say = presentation.say
        self.comparison = comparison
        self.sources = [column.source for column in comparison.columns]
        self.builder = TableBuilder(presentation, comparison, comparison.records)
        self.heads = heads(presentation, self.sources)
        self.width = width
        self.band = 1 if width is None else wanted or _fitting(width)
        self.lines = CellLines(self.builder)

    # -- before and after ---------------------------------------------------------------------

    def head(self) -> Iterator[StyledLine]:
        say = self.say
        yield from banner_lines(banner(self.presentation))
        yield titled(self.presentation.dated("comparison_of", "comparison"), TextStyle.TITLE)
        for name, source in zip(self.heads, self.sources, strict=True):
            other = self.presentation.named and source.id != name
            id = f" · {visible(source.id)}" if other else ""
            yield titled(f"  {name}{id}" + (f" · {say.day(source.date)}" if source.date else ""))
        recorded = f"  ({SETTLED}) {say('recorded')}" if self.comparison.records else ""
        marks = f"{{+{say('inserted')}+}}  [-{say('struck')}-]  "
        legend = say.told(say("how_to_read"), marks) + f"*…* {say('own_words')}{recorded}"
        yield titled(legend, TextStyle.NOTE)

    def foot(self) -> Iterator[StyledLine]:
        why = reasons(self.presentation, self.sources)
        for source, text in zip(self.sources, why, strict=False):
            if text:
                lead = self.say.told(self.say("reasons") + self.say.aside(visible(source.id)), "")
                pieces = (TextPiece(lead, TextStyle.HEADING), TextPiece(text))
                yield StyledLine(pieces=pieces, rest=(TextPiece("  "),), gap=True)

    # -- rows ---------------------------------------------------------------------------------

    def fold(self, fold: FoldedRows) -> Iterator[StyledLine]:
        text = self.say.told(fold_text(fold), self.say("no_proposal"))
        yield from broken([titled(text, TextStyle.BAR, gap=True)], self.width)

    def row(self, row: ComparisonRow) -> Iterator[StyledLine]:
        heading = titled(self.builder.title(row), TextStyle.HEADING, gap=True)
        yield from broken([heading], self.width)
        for remark in self.builder.remarks(row):
            line = StyledLine(
                lead=(TextPiece("  | ", TextStyle.BAR),),
                pieces=(TextPiece(remark, TextStyle.NOTE),),
                rest=(TextPiece("  |   ", TextStyle.BAR),),
            )
            yield from broken([line], self.width)
        texts = list(self._columns(row))
        if self.band < 2 or self.width is None:
            yield from self._stacked(texts)
        else:
            yield from self._banded(texts, self.width)
        yield from self._silent(row)

    def _columns(self, row: ComparisonRow) -> Iterator[_ColumnText]:
        """Yield the text in force, each source that speaks, and the draft."""
        say = self.say
        if row.base:
            force = TextPiece(say("text_in_force").capitalize(), TextStyle.NOTE)
            yield _ColumnText(force, "", (self.lines.in_force(row),))
        for n, (cell, again) in enumerate(zip(row.cells, same_as(row.cells), strict=True)):
            if cell:
                name = TextPiece(self.heads[n], TextStyle.NAMES, (self.sources[n].id,))
                yield _ColumnText(name, self.say.sign(cell.sign), tuple(self._cell(cell, n, again)))
        draft = TextPiece(say("in_draft"), TextStyle.NOTE)
        yield _ColumnText(draft, "", tuple(self.lines.draft(row)))

    def _silent(self, row: ComparisonRow) -> Iterator[StyledLine]:
        who = [head for head, cell in zip(self.heads, row.cells, strict=True) if not cell]
        if who:
            text = "  " + self.say.told(self.say("no_proposal"), self.say.series(who))
            pieces = (TextPiece(text, TextStyle.BAR),)
            yield from broken([StyledLine(pieces=pieces, rest=(TextPiece("    "),))], self.width)

    def _cell(self, cell: ComparisonCell, number: int, again: int | None) -> Iterator[Words]:
        """Yield what a cell says; what another one said before it is not said again."""
        if again is None:
            yield from self.lines.source(cell, number)
        else:
            same = self.say("same_as", who=self.heads[again])
            yield (TextPiece(same, TextStyle.NOTE),)

    # -- one below the other ------------------------------------------------------------------

    def _stacked(self, texts: Iterable[_ColumnText]) -> Iterator[StyledLine]:
        margin = min(max((columns(text.head.text) for text in texts), default=0), _NAMES) + 2
        for text in texts:
            yield from broken(self._entry(text, margin), self.width)

    def _entry(self, text: _ColumnText, margin: int) -> Iterator[StyledLine]:
        """Yield the lines of one column: its name before the first."""
        wide = max(6, *(columns(sign) + 2 for sign in self.say.signs), 0)
        indent = (TextPiece(" " * (margin + 2 + wide)),)
        gap = " " * max(margin - columns(text.head.text), 1)
        lead: tuple[TextPiece, ...] = (
            TextPiece("  "),
            text.head,
            TextPiece(gap),
            TextPiece(f"{text.sign}{' ' * (wide - columns(text.sign))}", TextStyle.SYMBOL),
        )
        for words in text.paragraphs or ((),):
            yield StyledLine(lead=lead, pieces=words, rest=indent)
            lead = indent

    # -- side by side -------------------------------------------------------------------------

    def _banded(self, texts: Sequence[_ColumnText], width: int) -> Iterator[StyledLine]:
        share = (width - _GAP * self.band) // self.band
        for start in range(0, len(texts), self.band):
            stacks = [list(self._stack(text, share)) for text in texts[start : start + self.band]]
            for n, parts in enumerate(zip_longest(*stacks)):
                pieces: list[TextPiece] = []
                for part in parts:
                    pieces += [TextPiece(" " * _GAP), *_padded(part, share)]
                yield StyledLine(pieces=tuple(pieces), gap=n == 0 and start > 0)

    def _stack(self, text: _ColumnText, width: int) -> Iterator[StyledLine]:
        sign = (TextPiece(" "), TextPiece(text.sign, TextStyle.SYMBOL)) if text.sign else ()
        head = TextPiece(text.head.text, TextStyle.POINT, text.head.sources)
        lines = [StyledLine(pieces=(head, *sign))]
        lines += [StyledLine(pieces=words, rest=()) for words in text.paragraphs]
        yield from broken(lines, width)


def _padded(line: StyledLine | None, width: int) -> list[TextPiece]:
    pieces = [*line.lead, *line.pieces] if line else []
    used = sum(columns(piece.text) for piece in pieces)
    return [*pieces, TextPiece(" " * max(width - used, 0))]


def _fitting(width: int) -> int:
    """Return how many columns of text can be read side by side; 1 where that is hardly any."""
    most = width // (NARROWEST + _GAP)
    return most if most >= _FEWEST else 1
