"""Lay a page out as lines of text, for a screen or a plain file.

The left margin says what happens to a provision, in the symbols that conferences use: ADD, SUP,
MOD, NOC; ``ADD*`` and ``SUP*`` where the text comes from or goes to another place. The columns
after it hold the opening mark of a provision added or struck as a whole, then its label. What is
said about a provision stands below it behind a bar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from msgspec.structs import replace

from resamend.consolidation import Sources
from resamend.model import Kind
from resamend.page.grids import GridRow, PageGrid, column_lines, grid_at, row_symbol
from resamend.page.presentation import Presentation
from resamend.page.runs import RunGroup, RunRole, WordRun, trimmed
from resamend.page.values import HEADINGS, OpenBracket, Page, PageBlock, PageOption, PagePoint
from resamend.redlines import View
from resamend.renderers.lines import StyledLine, TextPiece, TextStyle, broken, columns
from resamend.renderers.text_runs import BRACKETS, TextRunWriter

SYMBOL = 5
"""Columns for the symbol of a provision, unless the words of a body are longer."""
MARK = 2
"""Columns for its opening mark."""
LABEL = 6
"""Columns for its label; a longer one takes what it needs."""

_TITLES = frozenset({Kind.NUMBER, Kind.TITLE})
_LABELS = frozenset({TextStyle.LABEL, TextStyle.INSERTED, TextStyle.DELETED})
_APART = _TITLES | HEADINGS | {Kind.ENACTING}


def draft(page: Page, bar: str = "|", width: int | None = None) -> Iterator[StyledLine]:
    """Yield the draft, provision by provision; a table row by row, for a screen in columns."""
    layout = TextLayout(page.presentation, page.footnotes, bar)
    inside = 0
    for place, printed in enumerate(page.blocks):
        if inside:
            inside -= 1
        elif grid := grid_at(page.blocks, place):
            inside = grid.size
            yield from TextGrid(layout, grid, width).lines(printed)
        else:
            yield from layout.block(printed)
    for point in page.left:
        yield from layout.stack(point, layout.margin)


class TextGrid:
    """Lay the rows of a table out: cells beside one another, a bar between them."""

    def __init__(self, layout: TextLayout, grid: PageGrid, width: int | None) -> None:
        self.layout = layout
        self.grid = grid
        self.width = width

    def lines(self, table: PageBlock) -> Iterator[StyledLine]:
        """Yield the rows, then what is said of the table, and its points."""
        layout, indent = self.layout, LABEL * max(table.block.depth - 1, 0)
        cells = [[self._cell(row, cell) for cell in row.cells] for row in self.grid.rows]
        widths = self._widths(cells, indent) if self.width else []
        for row, texts in zip(self.grid.rows, cells, strict=True):
            yield from self._row(row, texts, indent, widths)
        inner = layout.margin + indent
        for text, _ in column_lines(layout.presentation, self.grid):
            yield layout.barred([TextPiece(text, TextStyle.NOTE)], inner)
        for remark in self.grid.remarks:
            yield layout.barred([TextPiece(remark.text, TextStyle.NOTE, remark.sources)], inner)
        for point in self.grid.points:
            yield from layout.stack(point, inner)

    def _cell(self, row: GridRow, cell: PageBlock) -> list[TextPiece]:
        if cell.block.choice:
            names = (TextPiece(f"[{bracket.name}]", TextStyle.POINT) for bracket in cell.opens)
            return [*names, TextPiece("]" * (cell.closes - len(cell.opens)))]
        wholes = [whole for whole in cell.wholes if whole not in row.row.wholes]
        opening, closing = self.layout.marks(wholes)
        role, sources = (row.row.wholes or cell.wholes or ((RunRole.KEPT, ()),))[-1]
        style = _style(cell.block.kind, role)
        text = self.layout.runs.pieces(cell.words, style, sources)
        before = [TextPiece(f"[{bracket.name}: ") for bracket in cell.opens]
        return [*before, *opening, *text, *closing, TextPiece("]" * cell.closes)]

    def _widths(self, cells: Sequence[Sequence[list[TextPiece]]], indent: int) -> list[int]:
        """Return how wide each column is: as its cells need, or a fair share of what there is."""
        assert self.width is not None
        number = self.grid.width
        room = self.width - self.layout.margin - indent - 3 * (number - 1) - 24
        wanted = [max((_width(row[k]) for row in cells if k < len(row)), default=1)
                  for k in range(number)]  # fmt: skip
        return _shared(wanted, max(room, 8 * number))

    def _row(
        self, row: GridRow, cells: Sequence[list[TextPiece]], indent: int, widths: Sequence[int]
    ) -> Iterator[StyledLine]:
        layout = self.layout
        opening, closing = layout.marks(row.row.wholes)
        brackets = [TextPiece(f"[{bracket.name}: ") for bracket in row.row.opens]
        symbol = row_symbol(layout.presentation, row)
        lead = (*layout.margin_of(symbol, indent, opening), *brackets)
        rest = (TextPiece(" " * (layout.margin + indent)),)
        if not widths:
            pieces = [p for k, cell in enumerate(cells) for p in ([_BETWEEN] * (k > 0) + cell)]
            yield StyledLine(lead=lead, pieces=(*pieces, *closing), rest=rest)
            return
        columns_of = [
            list(broken([StyledLine(pieces=tuple(cell))], width))
            for cell, width in zip(cells, widths, strict=False)
        ]
        for number, parts in enumerate(zip_longest(*columns_of)):
            last = number + 1 == max(map(len, columns_of))
            pieces = [
                piece
                for k, (part, width) in enumerate(zip(parts, widths, strict=False))
                for piece in ([_BETWEEN] * (k > 0) + _padded(part, width))
            ]
            yield StyledLine(
                lead=rest if number else lead,
                pieces=(*pieces, *(closing if last else ())),
                rest=rest,
            )


def _shared(wanted: Sequence[int], room: int) -> list[int]:
    """Share what room there is: a column takes what it needs, those that need most the rest.

    >>> _shared([5, 40, 60], 65)
    [5, 30, 30]
    """
    widths = [0] * len(wanted)
    for left, k in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        widths[k] = min(wanted[k], (room - sum(widths)) // (len(wanted) - left))
    return widths


_BETWEEN = TextPiece(" | ", TextStyle.BAR)
"""Stands between two cells."""


def _padded(line: StyledLine | None, width: int) -> list[TextPiece]:
    pieces = list(line.pieces) if line else []
    return [*pieces, TextPiece(" " * max(width - _width(pieces), 0))]


class TextLayout:
    """Turn what a page prints into lines."""

    def __init__(
        self, presentation: Presentation, footnotes: Mapping[str, str], bar: str = "|"
    ) -> None:
        self.presentation = presentation
        self.say = presentation.say
        self.bar = bar
        self.marked = presentation.redline.view is View.REDLINE
        self.symbol = max(SYMBOL, *(columns(sign) + 2 for sign in self.say.signs), 0)
        self.margin = self.symbol + MARK if self.marked else 0
        self.runs = TextRunWriter(presentation, footnotes)

    def block(self, printed: PageBlock) -> Iterator[StyledLine]:
        """Yield a provision, and below it what is said of it and its points."""
        block = printed.block
        indent = LABEL * max(block.depth - 1, 0)
        for bracket in printed.opens:
            yield self._opening(printed, bracket, indent)
        if block.choice:
            first, *rest = self.stack(printed.points[0], self.margin + indent)
            yield replace(first, gap=not (block.depth or printed.opens))
            yield from (*rest, *self._remarks(printed, self.margin + indent))
            return
        if block.kind not in (Kind.RESOLUTION, Kind.TABLE) or block.pieces:
            yield self.paragraph(printed)
        inner = self.margin + indent + (0 if block.kind in _APART else LABEL)
        yield from self._remarks(printed, inner)
        for point in (*printed.points, *printed.due):
            yield from self.stack(point, inner)

    # -- provisions ---------------------------------------------------------------------------

    def _opening(self, printed: PageBlock, bracket: OpenBracket, indent: int) -> StyledLine:
        """Open the brackets around a whole; those around an addition hold nothing in force."""
        empty = printed.block.choice is not None
        inside = "]" * printed.closes if empty else self.say("colon").rstrip()
        first = bracket is printed.opens[0]
        return StyledLine(
            lead=self.margin_of(bracket.symbol, indent, ()),
            pieces=(
                TextPiece("["),
                TextPiece(bracket.name, TextStyle.POINT),
                TextPiece(inside),
            ),
            gap=first and (printed.block.kind in _APART or not printed.block.depth),
        )

    def paragraph(self, printed: PageBlock) -> StyledLine:
        """Return a provision with all its marks as one line."""
        block = printed.block
        indent = LABEL * max(block.depth - 1, 0)
        silent = block.kind is Kind.ROW and not block.pieces  # its cells bear the marks
        opening, closing = self.marks(() if silent else printed.wholes)
        closing += [TextPiece("]" * printed.closes)] if printed.closes else []
        role, sources = printed.wholes[-1] if printed.wholes else (RunRole.KEPT, ())
        runs = trimmed(printed.words) if block.split else printed.words
        text = self.runs.pieces(runs, _style(block.kind, role), sources)
        if text and not block.label and text[0].text.startswith(self.bar):
            text[0] = replace(text[0], text=f"\\{text[0].text}")
        if printed.bracketed and text:
            text[-1] = _literal_end(text[-1], runs[-1])
        hang = self.margin + indent + (LABEL if block.label else 0)
        return StyledLine(
            lead=(*self.margin_of(printed.symbol, indent, opening), *self._label(printed, sources)),
            pieces=(*text, *closing),
            rest=(TextPiece(" " * hang),),
            gap=block.kind in _APART and not printed.opens,
        )

    def marks(
        self, wholes: Sequence[tuple[RunRole, Sources]], *, labelled: bool = True
    ) -> tuple[list[TextPiece], list[TextPiece]]:
        """Return the marks before and after a provision added or struck as a whole."""
        opening, closing = [], list[TextPiece]()
        for role, sources in wholes:
            opening.append(TextPiece(BRACKETS[role][0], TextStyle.MARK, sources))
            names = self.runs.names(sources) if labelled else []
            closing = [TextPiece(BRACKETS[role][1], TextStyle.MARK, sources), *names, *closing]
        return opening, closing

    def margin_of(
        self, symbol: str, indent: int, opening: Sequence[TextPiece]
    ) -> tuple[TextPiece, ...]:
        if not self.marked:
            return (TextPiece(" " * indent),)
        sources = opening[-1].sources if opening else ()
        gap = " " * (self.symbol - columns(symbol))
        return (
            TextPiece(f"{symbol}{gap}", TextStyle.SYMBOL, sources),
            TextPiece(" " * (indent + max(MARK - _width(opening), 0))),
            *opening,
        )

    def _label(
        self, printed: PageBlock, sources: Sources, *, labelled: bool = True
    ) -> tuple[TextPiece, ...]:
        if not printed.block.label:
            return ()
        pieces = self.runs.pieces(printed.label, TextStyle.LABEL, sources, labelled=labelled)
        if printed.block.kind is Kind.FOOTNOTE:
            pieces = [
                replace(p, text=f"[^{p.text}]") if p.text and p.style in _LABELS else p
                for p in pieces
            ]
        return (*pieces, TextPiece(" " * max(LABEL - _width(pieces), 1)))

    # -- what is said below -------------------------------------------------------------------

    def _remarks(self, printed: PageBlock, indent: int) -> Iterator[StyledLine]:
        for remark in printed.remarks:
            yield self.barred([TextPiece(remark.text, TextStyle.NOTE, remark.sources)], indent)

    def barred(self, pieces: Iterable[TextPiece], indent: int, hang: int = 0) -> StyledLine:
        before = (TextPiece(" " * indent), TextPiece(f"{self.bar} ", TextStyle.BAR))
        return StyledLine(pieces=tuple(pieces), lead=before, rest=(*before, TextPiece(" " * hang)))

    def stack(self, point: PagePoint, indent: int) -> Iterator[StyledLine]:
        """Yield a point below the text that it is about: its kinds, each option as a whole."""
        opening = [TextPiece(point.name, TextStyle.POINT)]
        if not point.choice.part:
            opening.append(TextPiece(f" · {point.kinds}", TextStyle.NOTE))
            names = self.say.aside(point.who)
            opening += [TextPiece(names, TextStyle.NAMES)] if names else []
        yield self.barred(opening, indent)
        if point.base:
            lead = self.say.told(self.say("text_in_force").capitalize(), "")
            words = self.runs.quoted(point.base, TextStyle.BASE)
            yield self.barred([TextPiece(lead), *words], indent, 4)
        for option in (*point.options, *point.readings):
            yield from self._option(option, indent)
        for sentence in point.both:
            yield self.barred([TextPiece(self.say.sentence(sentence), TextStyle.NOTE)], indent)

    def _option(self, printed: PageOption, indent: int) -> Iterator[StyledLine]:
        option, behind = printed.option, self.say.aside(printed.who)
        line = [
            TextPiece(printed.name, TextStyle.POINT),
            *([TextPiece(behind, TextStyle.NAMES, option.sources)] if behind else []),
            TextPiece(self.say("colon")),
            *([TextPiece(printed.does)] if printed.does else []),
        ]
        if option.spans:
            line += self.runs.quoted(printed.words, TextStyle.OPTION, option.sources)
        yield self.barred(line, indent, 4)
        for inner in () if printed.elsewhere else printed.blocks:
            if inner.block.label or inner.block.pieces:
                yield self._optional(inner, option.sources, indent)

    def _optional(self, printed: PageBlock, behind: Sources, indent: int) -> StyledLine:
        """Lay out a provision as an option has it."""
        opening, closing = self.marks(printed.wholes, labelled=False)
        sources = printed.wholes[-1][1] if printed.wholes else behind
        label = self._label(printed, sources, labelled=False)
        before = TextPiece(" " * (4 + LABEL * printed.block.depth))
        text = self.runs.pieces(printed.words, TextStyle.OPTION, sources, labelled=False)
        line = [before, *opening, *label, *text, *closing]
        return self.barred(line, indent, len(before.text) + _width((*opening, *label)))


def _literal_end(piece: TextPiece, last: RunGroup) -> TextPiece:
    """Guard a bracket that is the text's own where brackets of a whole may close after it."""
    own = isinstance(last, WordRun) and piece.text.endswith("]")
    return replace(piece, text=f"{piece.text[:-1]}\\]") if own else piece


def _width(pieces: Iterable[TextPiece]) -> int:
    return columns("".join(piece.text for piece in pieces))


def _style(kind: Kind, role: RunRole) -> TextStyle:
    if role is not RunRole.KEPT:
        return TextStyle.INSERTED if role is RunRole.INSERTED else TextStyle.DELETED
    if kind in _TITLES:
        return TextStyle.TITLE
    return TextStyle.HEADING if kind in HEADINGS else TextStyle.PLAIN
