"""Write the comparative table as text, for a screen or a plain file.

Where the width allows, what is said of a provision stands side by side, in bands of as many
columns as can be read; else line by line, the sources one below the other. Who says nothing is
named at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from msgspec import Struct

from resamend.decision import SETTLED
from resamend.escaping import visible
from resamend.model import Language
from resamend.page.front import banner
from resamend.page.options import Names
from resamend.page.presentation import Presentation, present
from resamend.page.tables import Teller, fold_text, heads, reasons, same_as
from resamend.renderers.lines import TextLine, TextPiece, TextStyle, broken, columns, plain
from resamend.renderers.palette import Ground, colour_indexes
from resamend.renderers.terminal import styled
from resamend.renderers.text_cells import CellLines
from resamend.renderers.text_front_matter import titled
from resamend.tables import Comparison, ComparisonCell, ComparisonRow, FoldedRows

NARROWEST = 34
"""Columns of a screen below which text in a column is no longer read well."""
_FEWEST = 3
"""Fewer columns than this side by side are worse than none."""
_GAP = 2
_NAMES = 22
"""Columns for the names before a line, where there are no columns."""


def render_comparison_text(
    comparison: Comparison,
    *,
    names: Names = Names.NAMES,
    ui: Language | None = None,
    width: int | None = None,
    side_by_side: int | None = None,
) -> str:
    """Return the comparative table as plain text of ``width`` columns; unbroken for ``None``.

    ``side_by_side`` says how many columns of text stand beside one another.
    """
    told = present(comparison.redline, names, ui)
    return plain(_lines(told, comparison, width, side_by_side))


def render_comparison_terminal(
    comparison: Comparison,
    *,
    names: Names = Names.NAMES,
    ui: Language | None = None,
    width: int = 80,
    side_by_side: int | None = None,
    color: bool = True,
    ground: Ground = Ground.ANY,
    colours: Mapping[str, int] | None = None,
) -> str:
    """Return the comparative table for a terminal, coloured by source where ``color`` is true."""
    told = present(comparison.redline, names, ui)
    lines = _lines(told, comparison, width, side_by_side)
    if not color:
        return plain(lines)
    known = colour_indexes([c.source.id for c in comparison.columns], colours)
    return plain(styled(lines, known if told.named else {}, ground))


def _lines(
    presentation: Presentation, comparison: Comparison, width: int | None, wanted: int | None
) -> Iterator[TextLine]:
    table = _Table(presentation, comparison, width, wanted)
    yield from broken(table.head(), width)
    for row in comparison.rows:
        yield from table.fold(row) if isinstance(row, FoldedRows) else table.row(row)
    yield from broken(table.foot(), width)


class _ColumnText(Struct, frozen=True):
    """Hold what one column says of a row: its head, its sign, its paragraphs."""

    head: TextPiece
    sign: str
    paragraphs: tuple[tuple[TextPiece, ...], ...]


class _Table:
    """Lay out the rows of a comparison as lines."""

    def __init__(
        self,
        presentation: Presentation,
        comparison: Comparison,
        width: int | None,
        wanted: int | None,
    ) -> None:
        self.presentation = presentation
        self.comparison = comparison
        self.teller = Teller.of(presentation, comparison.records)
        self.heads = heads(presentation, (column.source for column in comparison.columns))
        self.width = width
        self.band = 1 if width is None else wanted or _fitting(width)
        self.lines = CellLines(presentation, comparison, self.teller)

    # -- before and after ---------------------------------------------------------------------

    def head(self) -> Iterator[TextLine]:
        say, redline = self.presentation.say, self.comparison.redline
        if warning := banner(self.presentation):
            yield titled(f"*** {warning} ***", TextStyle.BANNER)
        dated = (
            say("comparison_of", date=say.day(redline.date)) if redline.date else say("comparison")
        )
        yield titled(dated, TextStyle.TITLE)
        for name, column in zip(self.heads, self.comparison.columns, strict=True):
            told = f"  {name}"
            if self.presentation.named and column.source.id != name:
                told += f" · {visible(column.source.id)}"
            yield titled(told + (f" · {column.source.date}" if column.source.date else ""))
        recorded = f"  ({SETTLED}) {say('recorded')}" if self.comparison.records else ""
        yield titled(
            say.told(say("how_to_read"), f"{{+{say('inserted')}+}}  [-{say('struck')}-]  ")
            + f"*…* {say('own_words')}{recorded}",
            TextStyle.NOTE,
        )

    def foot(self) -> Iterator[TextLine]:
        say, sources = self.presentation.say, [column.source for column in self.comparison.columns]
        for source, told in zip(sources, reasons(self.presentation, sources), strict=False):
            if told:
                lead = say.told(say("reasons") + say.aside(visible(source.id)), "")
                pieces = (TextPiece(lead, TextStyle.HEADING), TextPiece(told))
                yield TextLine(pieces=pieces, rest=(TextPiece("  "),), gap=True)

    # -- rows ---------------------------------------------------------------------------------

    def fold(self, fold: FoldedRows) -> Iterator[TextLine]:
        told = self.presentation.say.told(fold_text(fold), self.presentation.say("no_proposal"))
        yield from broken(
            [TextLine(pieces=(TextPiece(told, TextStyle.BAR),), gap=True)], self.width
        )

    def row(self, row: ComparisonRow) -> Iterator[TextLine]:
        yield from broken([self._title(row)], self.width)
        for remark in self.teller.remarks(row):
            line = TextLine(
                lead=(TextPiece("  | ", TextStyle.BAR),),
                pieces=(TextPiece(remark, TextStyle.NOTE),),
                rest=(TextPiece("  |   ", TextStyle.BAR),),
            )
            yield from broken([line], self.width)
        said = list(self._said(row))
        if self.band < 2 or self.width is None:
            yield from self._stacked(said)
        else:
            yield from self._banded(said)
        yield from self._silent(row)

    def _title(self, row: ComparisonRow) -> TextLine:
        return TextLine(pieces=(TextPiece(self.teller.title(row), TextStyle.HEADING),), gap=True)

    def _said(self, row: ComparisonRow) -> Iterator[_ColumnText]:
        """Yield the text in force, each source that speaks, and the draft."""
        say = self.presentation.say
        if row.base:
            words = self.lines.in_force(row)
            yield _ColumnText(
                TextPiece(say("text_in_force").capitalize(), TextStyle.NOTE), "", (words,)
            )
        for n, (cell, again) in enumerate(zip(row.cells, same_as(row.cells), strict=True)):
            if cell:
                name = TextPiece(
                    self.heads[n], TextStyle.NAMES, (self.comparison.columns[n].source.id,)
                )
                yield _ColumnText(name, cell.sign, tuple(self._cell(cell, n, again)))
        yield _ColumnText(
            TextPiece(say("in_draft"), TextStyle.NOTE), "", tuple(self.lines.drafted(row))
        )

    def _silent(self, row: ComparisonRow) -> Iterator[TextLine]:
        who = [head for head, cell in zip(self.heads, row.cells, strict=True) if not cell]
        if who:
            say = self.presentation.say
            told = TextPiece("  " + say.told(say("no_proposal"), say.series(who)), TextStyle.BAR)
            yield from broken([TextLine(pieces=(told,), rest=(TextPiece("    "),))], self.width)

    def _cell(
        self, cell: ComparisonCell, number: int, again: int | None
    ) -> Iterator[tuple[TextPiece, ...]]:
        """Yield what a cell says; what another one said before it is not said again."""
        if again is None:
            yield from self.lines.cell(cell, number)
        else:
            yield (
                TextPiece(self.presentation.say("same_as", who=self.heads[again]), TextStyle.NOTE),
            )

    # -- one below the other ------------------------------------------------------------------

    def _stacked(self, said: Iterable[_ColumnText]) -> Iterator[TextLine]:
        margin = min(max((columns(s.head.text) for s in said), default=0), _NAMES) + 2
        for each in said:
            yield from broken(self._entry(each, margin), self.width)

    def _entry(self, said: _ColumnText, margin: int) -> Iterator[TextLine]:
        """Yield the lines of one column: its name before the first."""
        indent = (TextPiece(" " * (margin + 2 + 6)),)
        gap = " " * max(margin - columns(said.head.text), 1)
        lead: tuple[TextPiece, ...] = (
            TextPiece("  "),
            said.head,
            TextPiece(gap),
            TextPiece(said.sign.ljust(6), TextStyle.SYMBOL),
        )
        for words in said.paragraphs or ((),):
            yield TextLine(lead=lead, pieces=words, rest=indent)
            lead = indent

    # -- side by side -------------------------------------------------------------------------

    def _banded(self, said: Sequence[_ColumnText]) -> Iterator[TextLine]:
        assert self.width is not None
        each = (self.width - _GAP * self.band) // self.band
        for start in range(0, len(said), self.band):
            stacks = [list(self._stack(s, each)) for s in said[start : start + self.band]]
            for n, parts in enumerate(zip_longest(*stacks)):
                pieces: list[TextPiece] = []
                for part in parts:
                    pieces += [TextPiece(" " * _GAP), *_padded(part, each)]
                yield TextLine(pieces=tuple(pieces), gap=n == 0 and start > 0)

    def _stack(self, said: _ColumnText, width: int) -> Iterator[TextLine]:
        sign = (TextPiece(" "), TextPiece(said.sign, TextStyle.SYMBOL)) if said.sign else ()
        head = TextPiece(said.head.text, TextStyle.POINT, said.head.sources)
        lines = [TextLine(pieces=(head, *sign))]
        lines += [TextLine(pieces=words, rest=()) for words in said.paragraphs]
        yield from broken(lines, width)


def _padded(line: TextLine | None, width: int) -> list[TextPiece]:
    pieces = [*line.lead, *line.pieces] if line else []
    used = sum(columns(piece.text) for piece in pieces)
    return [*pieces, TextPiece(" " * max(width - used, 0))]


def _fitting(width: int) -> int:
    """Return how many columns of text can be read side by side; 1 where that is hardly any."""
    most = width // (NARROWEST + _GAP)
    return most if most >= _FEWEST else 1
