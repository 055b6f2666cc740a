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
from resamend.model import Language
from resamend.renderers.apparatus import titled
from resamend.renderers.edition import Edition, Names, edition
from resamend.renderers.escaping import visible
from resamend.renderers.lines import Line, Piece, Style, broken, columns, plain
from resamend.renderers.palette import Ground, colour_indexes
from resamend.renderers.summary import banner
from resamend.renderers.table_lines import CellLines
from resamend.renderers.table_words import Teller, fold_text, heads, reasons, same_as
from resamend.renderers.terminal import styled
from resamend.tables import Cell, Comparison, Fold, Row

__all__ = ["render_comparison_terminal", "render_comparison_text"]

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
    told = edition(comparison.redline, names, ui)
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
    told = edition(comparison.redline, names, ui)
    lines = _lines(told, comparison, width, side_by_side)
    if not color:
        return plain(lines)
    known = colour_indexes([c.source.id for c in comparison.columns], colours)
    return plain(styled(lines, known if told.named else {}, ground))


def _lines(
    edition: Edition, comparison: Comparison, width: int | None, wanted: int | None
) -> Iterator[Line]:
    table = _Table(edition, comparison, width, wanted)
    yield from broken(table.head(), width)
    for row in comparison.rows:
        yield from table.fold(row) if isinstance(row, Fold) else table.row(row)
    yield from broken(table.foot(), width)


class _Said(Struct, frozen=True):
    """Hold what one column says of a row: its head, its sign, its paragraphs."""

    head: Piece
    sign: str
    paragraphs: tuple[tuple[Piece, ...], ...]


class _Table:
    """Lay out the rows of a comparison as lines."""

    def __init__(
        self, edition: Edition, comparison: Comparison, width: int | None, wanted: int | None
    ) -> None:
        self.edition = edition
        self.comparison = comparison
        self.teller = Teller.of(edition, comparison.records)
        self.heads = heads(edition, (column.source for column in comparison.columns))
        self.width = width
        self.band = 1 if width is None else wanted or _fitting(width)
        self.lines = CellLines(edition, comparison, self.teller)

    # -- before and after ---------------------------------------------------------------------

    def head(self) -> Iterator[Line]:
        say, redline = self.edition.say, self.comparison.redline
        if warning := banner(self.edition):
            yield titled(f"*** {warning} ***", Style.BANNER)
        dated = (
            say("comparison_of", date=say.day(redline.date)) if redline.date else say("comparison")
        )
        yield titled(dated, Style.TITLE)
        for name, column in zip(self.heads, self.comparison.columns, strict=True):
            told = f"  {name}"
            if self.edition.named and column.source.id != name:
                told += f" · {visible(column.source.id)}"
            yield titled(told + (f" · {column.source.date}" if column.source.date else ""))
        recorded = f"  ({SETTLED}) {say('recorded')}" if self.comparison.records else ""
        yield titled(
            say.told(say("how_to_read"), f"{{+{say('inserted')}+}}  [-{say('struck')}-]  ")
            + f"*…* {say('own_words')}{recorded}",
            Style.NOTE,
        )

    def foot(self) -> Iterator[Line]:
        say, sources = self.edition.say, [column.source for column in self.comparison.columns]
        for source, told in zip(sources, reasons(self.edition, sources), strict=False):
            if told:
                lead = say.told(say("reasons") + say.aside(visible(source.id)), "")
                pieces = (Piece(lead, Style.HEADING), Piece(told))
                yield Line(pieces=pieces, rest=(Piece("  "),), gap=True)

    # -- rows ---------------------------------------------------------------------------------

    def fold(self, fold: Fold) -> Iterator[Line]:
        told = self.edition.say.told(fold_text(fold), self.edition.say("no_proposal"))
        yield from broken([Line(pieces=(Piece(told, Style.BAR),), gap=True)], self.width)

    def row(self, row: Row) -> Iterator[Line]:
        yield from broken([self._title(row)], self.width)
        for remark in self.teller.remarks(row):
            line = Line(
                lead=(Piece("  | ", Style.BAR),),
                pieces=(Piece(remark, Style.NOTE),),
                rest=(Piece("  |   ", Style.BAR),),
            )
            yield from broken([line], self.width)
        said = list(self._said(row))
        if self.band < 2 or self.width is None:
            yield from self._stacked(said)
        else:
            yield from self._banded(said)
        yield from self._silent(row)

    def _title(self, row: Row) -> Line:
        return Line(pieces=(Piece(self.teller.title(row), Style.HEADING),), gap=True)

    def _said(self, row: Row) -> Iterator[_Said]:
        """Yield the text in force, each source that speaks, and the draft."""
        say = self.edition.say
        if row.base:
            words = self.lines.in_force(row)
            yield _Said(Piece(say("text_in_force").capitalize(), Style.NOTE), "", (words,))
        for n, (cell, again) in enumerate(zip(row.cells, same_as(row.cells), strict=True)):
            if cell:
                name = Piece(self.heads[n], Style.NAMES, (self.comparison.columns[n].source.id,))
                yield _Said(name, cell.sign, tuple(self._cell(cell, n, again)))
        yield _Said(Piece(say("in_draft"), Style.NOTE), "", tuple(self.lines.drafted(row)))

    def _silent(self, row: Row) -> Iterator[Line]:
        who = [head for head, cell in zip(self.heads, row.cells, strict=True) if not cell]
        if who:
            say = self.edition.say
            told = Piece("  " + say.told(say("no_proposal"), say.series(who)), Style.BAR)
            yield from broken([Line(pieces=(told,), rest=(Piece("    "),))], self.width)

    def _cell(self, cell: Cell, number: int, again: int | None) -> Iterator[tuple[Piece, ...]]:
        """Yield what a cell says; what another one said before it is not said again."""
        if again is None:
            yield from self.lines.cell(cell, number)
        else:
            yield (Piece(self.edition.say("same_as", who=self.heads[again]), Style.NOTE),)

    # -- one below the other ------------------------------------------------------------------

    def _stacked(self, said: Iterable[_Said]) -> Iterator[Line]:
        margin = min(max((columns(s.head.text) for s in said), default=0), _NAMES) + 2
        for each in said:
            yield from broken(self._entry(each, margin), self.width)

    def _entry(self, said: _Said, margin: int) -> Iterator[Line]:
        """Yield the lines of one column: its name before the first."""
        indent = (Piece(" " * (margin + 2 + 6)),)
        gap = " " * max(margin - columns(said.head.text), 1)
        lead: tuple[Piece, ...] = (
            Piece("  "), said.head, Piece(gap), Piece(said.sign.ljust(6), Style.SYMBOL)
        )  # fmt: skip
        for words in said.paragraphs or ((),):
            yield Line(lead=lead, pieces=words, rest=indent)
            lead = indent

    # -- side by side -------------------------------------------------------------------------

    def _banded(self, said: Sequence[_Said]) -> Iterator[Line]:
        assert self.width is not None
        each = (self.width - _GAP * self.band) // self.band
        for start in range(0, len(said), self.band):
            stacks = [list(self._stack(s, each)) for s in said[start : start + self.band]]
            for n, parts in enumerate(zip_longest(*stacks)):
                pieces: list[Piece] = []
                for part in parts:
                    pieces += [Piece(" " * _GAP), *_padded(part, each)]
                yield Line(pieces=tuple(pieces), gap=n == 0 and start > 0)

    def _stack(self, said: _Said, width: int) -> Iterator[Line]:
        sign = (Piece(" "), Piece(said.sign, Style.SYMBOL)) if said.sign else ()
        head = Piece(said.head.text, Style.POINT, said.head.sources)
        lines = [Line(pieces=(head, *sign))]
        lines += [Line(pieces=words, rest=()) for words in said.paragraphs]
        yield from broken(lines, width)


def _padded(line: Line | None, width: int) -> list[Piece]:
    pieces = [*line.lead, *line.pieces] if line else []
    used = sum(columns(piece.text) for piece in pieces)
    return [*pieces, Piece(" " * max(width - used, 0))]


def _fitting(width: int) -> int:
    """Return how many columns of text can be read side by side; 1 where that is hardly any."""
    most = width // (NARROWEST + _GAP)
    return most if most >= _FEWEST else 1
