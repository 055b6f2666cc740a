"""Turn a page into paragraphs and points as the templates of HTML place them.

One file holds all views: each element says in which it stands, the style sheet hides the others.
What somebody adds is not in the text in force; what somebody strikes is not in the result.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from resamend.conflict import Stream
from resamend.escaping import visible
from resamend.page.front import named
from resamend.page.grids import GridRow, PageGrid, column_lines, grid_at, row_symbol
from resamend.page.runs import RunRole, block_runs, words_in_force
from resamend.page.values import (
    HEADINGS,
    OpenBracket,
    Page,
    PageBlock,
    PageOption,
    PagePoint,
    Remark,
    RemarkKind,
    look_of,
    relabelled_by,
)
from resamend.redlines import Block, Choice, View
from resamend.renderers.html_runs import HtmlRunWriter, label_direction, point_anchor

_NOTHING = Markup("")


class HtmlOption(Struct, frozen=True, kw_only=True):
    """Hold an option of a point as it is printed."""

    name: str
    who: Markup
    told: str
    words: Markup
    paragraphs: tuple[HtmlParagraph, ...]


class HtmlPoint(Struct, frozen=True, kw_only=True):
    """Hold an outstanding point as it is printed; ``level`` is that of its heading."""

    anchor: str
    name: str
    where: str
    level: int
    kind: str
    who: str
    base: Markup
    options: tuple[HtmlOption, ...]
    readings: tuple[HtmlOption, ...]
    both: tuple[str, ...]


class HtmlRow(Struct, frozen=True, kw_only=True):
    """Hold a row of a table: its symbol, in which views it stands, its cells with the same."""

    symbol: str
    fates: tuple[str, ...]
    opening: Markup
    cells: tuple[tuple[tuple[str, ...], Markup], ...]


class HtmlParagraph(Struct, frozen=True, kw_only=True):
    """Hold a provision as it is printed; ``kind`` is one of few classes.

    ``fates`` are the classes that say in which views it stands; ``barred`` puts a bar beside it.
    ``tail`` are words that in force are the end of it, and which somebody cuts off. ``due`` are
    the anchors and names of the points that are about the provision as a whole and which no
    brackets name, to be named beside it.
    """

    anchor: str = ""
    kind: str = "item"
    depth: int = 0
    fates: tuple[str, ...] = ()
    symbol: str = ""
    barred: bool = False
    who: Markup = _NOTHING
    label: Markup = _NOTHING
    direction: str = "ltr"
    text: Markup = _NOTHING
    tail: Markup = _NOTHING
    due: tuple[tuple[str, str], ...] = ()
    rows: tuple[HtmlRow, ...] = ()
    remarks: tuple[Remark, ...] = ()
    points: tuple[HtmlPoint, ...] = ()

    @property
    def classes(self) -> str:
        """Return the classes of the paragraph."""
        changed = " changed" if self.barred else ""
        return " ".join(("p", self.kind, f"d{min(self.depth, 4)}", *self.fates)) + changed

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to print."""
        return not (self.label or self.text or self.rows or self.remarks or self.points)


class HtmlBlocks:
    """Turn what a page prints into paragraphs."""

    def __init__(self, page: Page, colours: Mapping[str, int]) -> None:
        self.page = page
        self.presentation = page.presentation
        self.writer = HtmlRunWriter(page.presentation, colours, page.footnotes)
        self.anchors: set[str] = set()
        self.options: dict[int, tuple[HtmlOption, ...]] = {}
        self.level = 3

    def paragraphs(self) -> tuple[HtmlParagraph, ...]:
        """Return the paragraphs of the draft."""
        paragraphs: list[HtmlParagraph] = []
        due = self._due()
        last: dict[int, int] = {}
        inside = 0
        for place, printed in enumerate(self.page.blocks):
            block = printed.block
            if inside:
                inside -= 1
                continue
            if grid := grid_at(self.page.blocks, place):
                inside = grid.size
                paragraphs.append(self._grid(printed, grid))
                continue
            if block.kind in HEADINGS:
                self.level = 4
            paragraphs += (self._opening(printed, bracket) for bracket in printed.opens)
            if block.split and not block.added:
                whole = last[block.depth]
                kept = replace(block, pieces=words_in_force(block), split=())
                tail = paragraphs[whole].tail + self.writer.pieces(block_runs(kept))
                paragraphs[whole] = replace(paragraphs[whole], tail=tail)
            elif not block.added and not block.choice:
                last[block.depth] = len(paragraphs)
            paragraphs.append(self._paragraph(printed, due))
            paragraphs += self._closing_apart(printed)
        if self.page.left:
            left = tuple(map(self.point, self.page.left))
            paragraphs.append(HtmlParagraph(kind="only", fates=("added",), points=left))
        return tuple(paragraph for paragraph in paragraphs if not paragraph.empty)

    def _paragraph(
        self, printed: PageBlock, due: dict[str, list[tuple[str, str]]]
    ) -> HtmlParagraph:
        block = printed.block
        points = tuple(self.point(point) for point in (*printed.points, *printed.due))
        if block.choice:
            depth = max(block.depth - 1, 0)
            return HtmlParagraph(
                kind="only",
                depth=depth,
                fates=("added",),
                remarks=printed.remarks,
                points=points,
            )
        askers = [sources for _, sources in printed.wholes] or [relabelled_by(block)]
        return replace(
            self._words(printed),
            anchor=self._anchor(block.id),
            depth=max(block.depth - 1, 0),
            who=Markup("").join(map(self.writer.names, dict.fromkeys(askers))),
            fates=tuple(_fates(block)),
            symbol=printed.symbol,
            barred=bool(printed.symbol) or printed.bracketed,
            due=tuple(due.pop(block.id, ())),
            remarks=printed.remarks,
            points=points,
        )

    def _words(self, printed: PageBlock, *, labelled: bool = True) -> HtmlParagraph:
        """Lay out label and words."""
        label = self.writer.pieces(printed.label, labelled=False)
        text = self.writer.pieces(printed.words, labelled=labelled)
        closing = self.writer.closing(0 if printed.block.struck else printed.closes)
        for role, sources in reversed(printed.wholes):
            text = self.writer.changed(role, sources, text) if text else text
            label = self._label(label, role, sources) if label else label
        block = printed.block
        text_direction = self.presentation.redline.base.language.direction
        return HtmlParagraph(
            kind=look_of(block),
            depth=block.depth,
            label=label,
            direction=label_direction(label, text_direction),
            text=text + closing,
        )

    def _label(self, label: Markup, role: RunRole, sources: tuple[str, ...]) -> Markup:
        element = "del" if role is RunRole.DELETED else "ins"
        return Markup(f'<{element} class="{self.writer.colour(sources)}">{label}</{element}>')

    def _anchor(self, id: str) -> str:
        """Return an anchor that occurs once; a provision that moved stands at two places."""
        name = "p-" + re.sub(r"[^A-Za-z0-9_.-]", "-", id)
        anchor, rank = name, 1
        while anchor in self.anchors:
            rank += 1
            anchor = f"{name}-{rank}"
        self.anchors.add(anchor)
        return anchor

    def _grid(self, table: PageBlock, grid: PageGrid) -> HtmlParagraph:
        """Return a table, and below it which columns are new, what is said of it, its points."""
        new = (
            Remark(kind=RemarkKind.ARRIVED, text=text, bare=bare)
            for text, bare in column_lines(self.presentation, grid)
        )
        return HtmlParagraph(
            anchor=self._anchor(table.block.id),
            kind="grid",
            depth=max(table.block.depth - 1, 0),
            rows=tuple(map(self._row, grid.rows)),
            remarks=(*new, *grid.remarks),
            points=tuple(map(self.point, grid.points)),
        )

    def _row(self, row: GridRow) -> HtmlRow:
        opened = Markup("").join(map(self.writer.opening, row.row.opens))
        return HtmlRow(
            symbol=row_symbol(self.presentation, row),
            fates=tuple(_fates(row.row.block)),
            opening=opened,
            cells=tuple((tuple(_fates(c.block)), self._cell(row, c)) for c in row.cells),
        )

    def _cell(self, row: GridRow, cell: PageBlock) -> Markup:
        """Return the words of a cell, with who asks for it, unless that is said of its row."""
        opened = Markup("").join(map(self.writer.opening, cell.opens))
        closing = self.writer.closing(cell.closes)
        if cell.block.choice:
            return opened + closing
        words = self.writer.pieces(cell.words)
        for role, sources in reversed(cell.wholes or row.row.wholes):
            words = self.writer.changed(role, sources, words) + self.writer.names(sources)
        return opened + words + closing

    def _opening(self, printed: PageBlock, bracket: OpenBracket) -> HtmlParagraph:
        """Open the brackets around a whole; those around an addition close at once."""
        closes = printed.closes if printed.block.choice else 0
        return HtmlParagraph(
            kind="bracket",
            depth=max(printed.block.depth - 1, 0),
            fates=("added",),
            symbol=bracket.symbol,
            barred=True,
            text=self.writer.opening(bracket) + self.writer.closing(closes),
        )

    def _closing_apart(self, printed: PageBlock) -> Iterator[HtmlParagraph]:
        """Close brackets below a struck provision, which some views do not show."""
        if printed.block.struck and printed.closes:
            depth = max(printed.block.depth - 1, 0)
            text = self.writer.closing(printed.closes)
            yield HtmlParagraph(
                kind="bracket", depth=depth, fates=("added",), barred=True, text=text
            )

    # -- points -------------------------------------------------------------------------------

    def _due(self) -> dict[str, list[tuple[str, str]]]:
        """Return, per provision, the points about it that no brackets name."""
        redline = self.presentation.redline
        pieces = (piece for block in redline.blocks for piece in block.pieces)
        among = {piece.region.id for piece in pieces if isinstance(piece, Choice)}
        among |= {bracket.id for printed in self.page.blocks for bracket in printed.opens}
        due: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for region in redline.findings.outstanding if redline.view is not View.BASE else ():
            if region.id not in among and region.stream is not Stream.GAP:
                anchor = point_anchor(self.presentation, region.id)
                due[region.target].append((anchor, named(self.presentation, region)))
        return due

    def point(self, point: PagePoint) -> HtmlPoint:
        """Return a point; its options, which an annex has too, are written once."""
        key = id(point.choice)
        if key not in self.options:
            self.options[key] = tuple(map(self._option, point.options))
        return HtmlPoint(
            anchor=point_anchor(self.presentation, point.choice.region.id),
            name=point.name,
            where=visible(point.choice.region.path),
            level=self.level,
            kind=point.kinds,
            who=point.who,
            base=self.writer.pieces(point.base),
            options=self.options[key],
            readings=tuple(map(self._option, point.readings)),
            both=point.both,
        )

    def _option(self, printed: PageOption) -> HtmlOption:
        return HtmlOption(
            name=printed.name,
            who=self.writer.names(printed.option.sources, spoken=True),
            told=printed.does,
            words=self.writer.pieces(printed.words, labelled=False),
            paragraphs=tuple(
                self._words(inner, labelled=False)
                for inner in (() if printed.elsewhere else printed.blocks)
                if inner.block.label or inner.block.pieces
            ),
        )


def _fates(block: Block) -> Iterator[str]:
    """Yield the classes that say in which views a block stands."""
    if block.added:
        yield "added"
    if block.struck:
        yield "struck"
    if block.split and not block.added:
        yield "cut"
