"""Write the provisions and points of a page as Typst."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from resamend.conflict import Stream
from resamend.model import Kind
from resamend.page.front import named
from resamend.page.grids import column_lines, grid_at
from resamend.page.runs import ChangeRuns, WordRun, trimmed
from resamend.page.values import (
    HEADINGS,
    OpenBracket,
    Page,
    PageBlock,
    PageOption,
    PagePoint,
    Runs,
    look_of,
    relabelled_by,
)
from resamend.page.vocabulary import begun
from resamend.redlines import Block, Choice, View
from resamend.renderers.html_runs import label_direction, point_anchor
from resamend.renderers.pdf.markup import NOTHING, TypstMarkup, call, joined, words
from resamend.renderers.pdf.runs import TypstRunWriter, Wholes


class TypstBlocks:
    """Write the draft; footnotes go to the foot of the page on which they are first cited."""

    def __init__(self, page: Page, colours: Mapping[str, int], *, numbered: bool) -> None:
        self.page = page
        self.presentation = page.presentation
        self.numbered = numbered
        self.writer = TypstRunWriter(page.presentation, colours, page.footnotes)
        self.due = _due(page)
        points = [p for printed in page.blocks for p in (*printed.points, *printed.due)]
        self.waiting = {self.anchor(point) for point in (*points, *page.left)}
        self.writer.anchors = frozenset(self.waiting)
        self.level = 1

    def anchor(self, point: PagePoint) -> str:
        """Return the anchor of a point."""
        return point_anchor(self.presentation, point.choice.region.id)

    def draft(self) -> TypstMarkup:
        """Return the provisions of the draft with all that is said below them."""
        cited = set(_cited(self.page))
        apart = {
            printed.block.id
            for printed in self.page.blocks
            if printed.block.kind is Kind.FOOTNOTE
            and printed.block.id in cited
            and not (printed.remarks or printed.points or printed.due)
        }
        self.writer.notes = {
            printed.block.id: printed for printed in self.page.blocks if printed.block.id in apart
        }
        rest = [point for left in self.page.left for point in (self.point(left),)]
        return joined((*self._provisions(apart), *rest))

    def _provisions(self, apart: set[str]) -> Iterator[TypstMarkup]:
        blocks = [printed.block for printed in self.page.blocks]
        inside: set[int] = set()
        yield from self._opening(blocks)
        for place, printed in enumerate(self.page.blocks):
            if place in inside or printed.block.id in apart:
                continue
            table = self._inside(place) if printed.block.kind is Kind.TABLE else ()
            yield from (self._opening_bracket(printed, bracket) for bracket in printed.opens)
            if table:
                inside.update(range(place, table[-1] + 1))
                yield self._table(table)
                grid = grid_at(self.page.blocks, place)
                new = column_lines(self.presentation, grid) if grid else ()
                remarks = joined(call("remark", text) for text, _ in new)
                yield (
                    call("below", max(printed.block.depth - 1, 0), remarks) if remarks else NOTHING
                )
                yield from (self._below(self.page.blocks[k]) for k in (place, *table))
            else:
                yield self._provision(printed)
                yield self._below(printed)

    def _opening_bracket(self, printed: PageBlock, bracket: OpenBracket) -> TypstMarkup:
        """Open the brackets around a whole; those around an addition close at once."""
        name = self.writer.point(bracket.id, bracket.name)
        closing = words("]" * printed.closes if printed.block.choice else "")
        return call(
            "provision",
            "text",
            max(printed.block.depth - 1, 0),
            joined((words("["), name, closing)),
            margin=call("beside", self.writer.own(bracket.symbol) or None, [], []),
            changed=True,
        )

    def _inside(self, place: int) -> tuple[int, ...]:
        """Return the places of what is in a table; nothing where that is more than cells."""
        blocks, last = self.page.blocks, place + 1
        depth = blocks[place].block.depth
        while last < len(blocks) and blocks[last].block.depth > depth:
            last += 1
        inside = tuple(range(place + 1, last))
        kinds = {blocks[k].block.kind for k in inside if not blocks[k].block.choice}
        plain = kinds == {Kind.ROW, Kind.CELL} and not blocks[place].block.pieces
        return inside if plain and blocks[inside[0]].block.kind is Kind.ROW else ()

    def _opening(self, blocks: list[Block]) -> Iterator[TypstMarkup]:
        """Head the draft where no title of its own does: headings need one above them."""
        heads = (b.kind for b in blocks if b.choice or b.kind in HEADINGS or b.kind is Kind.TITLE)
        if next(heads, None) is not Kind.TITLE:
            self.level = 2
            yield call("section", self.presentation.say("draft"))

    def _provision(self, printed: PageBlock) -> TypstMarkup:
        block = printed.block
        label, text = self._label(printed), self._text(printed)
        text = joined((text, words("]" * printed.closes))) if printed.closes else text
        if block.choice or not (label or text):
            return NOTHING
        return call(
            "provision",
            look_of(block),
            max(block.depth - 1, 0),
            text,
            label=label or None,
            margin=self._margin(printed),
            changed=bool(printed.symbol) or printed.bracketed,
            level=self._heading(block),
            numbered=self.numbered,
        )

    def _heading(self, block: Block) -> int | None:
        """Return the level of a provision that is a heading, and remember it for its points."""
        if block.kind is Kind.TITLE:
            level, self.level = self.level if self.level == 1 else 2, max(self.level, 2)
            return level
        if block.kind not in HEADINGS:
            return None
        self.level = 3
        return 2

    def _label(self, printed: PageBlock) -> TypstMarkup:
        label = self.writer.pieces(printed.label, wholes=printed.wholes, labelled=False)
        if not label:
            return NOTHING
        if self.presentation.rtl:  # a label is read in its own direction
            text = "".join(span.text for span in printed.block.label)
            direction = label_direction(text, self.presentation.redline.base.language.direction)
            opening = "\u2067" if direction == "rtl" else "\u2066"
            label = joined((TypstMarkup(f'#"{opening}"'), label, TypstMarkup('#"\u2069"')))
        return call("super", label) if printed.block.kind is Kind.FOOTNOTE else label

    def _text(self, printed: PageBlock, *, labelled: bool = True) -> TypstMarkup:
        runs = trimmed(printed.words) if printed.block.split else printed.words
        return self.writer.pieces(runs, wholes=printed.wholes, labelled=labelled)

    def _margin(self, printed: PageBlock) -> TypstMarkup | None:
        askers = [sources for _, sources in printed.wholes] or [relabelled_by(printed.block)]
        who = filter(None, (self.writer.names(sources) for sources in dict.fromkeys(askers)))
        due = [self.writer.point(*point) for point in self.due.pop(printed.block.id, ())]
        names = list(who)
        if not (printed.symbol or names or due):
            return None
        return call("beside", self.writer.own(printed.symbol) or None, names, due)

    def _below(self, printed: PageBlock) -> TypstMarkup:
        """Return the remarks and points below a provision."""
        remarks = [call("remark", remark.text) for remark in printed.remarks]
        points = [self.point(point) for point in (*printed.points, *printed.due)]
        written = joined((*remarks, *points))
        return call("below", max(printed.block.depth - 1, 0), written) if written else NOTHING

    def _table(self, inside: tuple[int, ...]) -> TypstMarkup:
        """Return a table, row by row; a point about its rows or cells stands below it."""
        rows: list[list[TypstMarkup]] = []
        row: PageBlock | None = None
        for printed in (self.page.blocks[k] for k in inside):
            if printed.block.choice:  # an addition in dispute: its options stand below the table
                brackets = joined((self._opened(printed), words("]" * printed.closes)))
                rows[-1][-1:] = [joined((*rows[-1][-1:], brackets))]
            elif printed.block.kind is Kind.ROW:
                row = printed
                rows.append([])
            else:
                opened = self._opened(row) if row and not rows[-1] else NOTHING
                cell = self._cell(printed, row.wholes if row else ())
                rows[-1].append(
                    joined((opened, self._opened(printed), cell, words("]" * printed.closes)))
                )
        width = max(map(len, rows))
        filled = ([*row, *[NOTHING] * (width - len(row))] for row in rows)
        return call("cells", width, *(cell for row in filled for cell in row))

    def _opened(self, printed: PageBlock) -> TypstMarkup:
        """Open the brackets around a row or a cell, or what is added there."""
        return joined(
            joined((words("["), self.writer.point(bracket.id, bracket.name), words(" ")))
            for bracket in printed.opens
        )

    def _cell(self, printed: PageBlock, row: Wholes) -> TypstMarkup:
        wholes = tuple(dict.fromkeys((*row, *printed.wholes)))
        names = (self.writer.names(sources) for _, sources in wholes)
        return joined((self.writer.pieces(printed.words, wholes=wholes), *names))

    # -- points -------------------------------------------------------------------------------

    def point(self, point: PagePoint) -> TypstMarkup:
        """Return a point with its options, its anchor where it is printed first."""
        anchor = self.anchor(point)
        label = anchor if anchor in self.waiting else None
        self.waiting.discard(anchor)
        if not (point.options or point.readings):
            who = self.presentation.say.aside(point.who)
            return call("aside", point.name, point.kinds + who, anchor=label)
        rows, both = self.options(point)
        return call(
            "point",
            point.name,
            point.kinds,
            rows,
            both,
            level=max(self.level, 2),
            anchor=label,
        )

    def options(self, point: PagePoint) -> tuple[list[tuple[TypstMarkup, TypstMarkup]], list[str]]:
        """Return the options of a point, and who stands behind several."""
        say = self.presentation.say
        rows = [self._option(option) for option in point.options or point.readings]
        if point.base:
            quoted = call("quoted", self.writer.pieces(trimmed(point.base)))
            rows.insert(0, (call("in-force", begun(say("text_in_force"))), quoted))
        return rows, [say.sentence(sentence) for sentence in point.both]

    def _option(self, option: PageOption) -> tuple[TypstMarkup, TypstMarkup]:
        names = self.writer.names(option.option.sources, "who")
        parts = [call("deed", option.does)] if option.does else []
        text = self.writer.pieces(trimmed(option.words), labelled=False)
        parts += [call("quoted", text)] if text else []
        parts = [joined((words(" ") if k else NOTHING, part)) for k, part in enumerate(parts)]
        for inner in () if option.elsewhere else option.blocks:
            if inner.block.label or inner.block.pieces:
                label, body = self._label(inner), self._text(inner, labelled=False)
                depth = inner.block.depth if label else 0
                parts.append(
                    call("option-provision", look_of(inner.block), depth, label or None, body)
                )
        return call("option-name", option.name, names or None), joined(parts)


def _due(page: Page) -> dict[str, list[tuple[str, str]]]:
    """Return, per provision, the points about it that no brackets name."""
    presentation, redline = page.presentation, page.presentation.redline
    pieces = (piece for block in redline.blocks for piece in block.pieces)
    among = {piece.region.id for piece in pieces if isinstance(piece, Choice)}
    among |= {bracket.id for printed in page.blocks for bracket in printed.opens}
    due: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for region in redline.findings.outstanding if redline.view is not View.BASE else ():
        if region.id not in among and region.stream is not Stream.GAP:
            due[region.target].append((region.id, named(presentation, region)))
    return due


def _cited(page: Page) -> Iterator[str]:
    """Yield the footnotes that the words of the draft cite, where they are printed."""
    for printed in page.blocks:
        if printed.block.kind is not Kind.FOOTNOTE and not printed.block.choice:
            yield from (
                mark.value
                for run in _runs(printed.words)
                for mark in run.marks
                if mark.kind == "footnote"
            )


def _runs(groups: Runs) -> Iterator[WordRun]:
    for group in groups:
        if isinstance(group, WordRun):
            yield group
        else:
            yield from group.runs if isinstance(group, ChangeRuns) else group.base
