"""Lay a page out as lines of text, for a screen or a plain file.

The left margin says what happens to a provision, in the symbols that conferences use: ADD, SUP,
MOD, NOC; ``ADD*`` and ``SUP*`` where the text comes from or goes to another place. The columns
after it hold the opening mark of a provision added or struck as a whole, then its label. What is
said about a provision stands below it behind a bar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from resamend.consolidation import Sources
from resamend.model import Kind
from resamend.page.presentation import Presentation
from resamend.page.runs import RunGroup, RunRole, WordRun, trimmed
from resamend.page.values import HEADINGS, OpenBracket, Page, PageBlock, PageOption, PagePoint
from resamend.redlines import View
from resamend.renderers.lines import StyledLine, TextPiece, TextStyle, columns
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


def draft(page: Page, bar: str = "|") -> Iterator[StyledLine]:
    """Yield the draft, provision by provision."""
    layout = TextLayout(page.presentation, page.footnotes, bar)
    for printed in page.blocks:
        yield from layout.block(printed)
    for point in page.left:
        yield from layout.stack(point, layout.margin)


class TextLayout:
    """Turn what a page prints into lines."""

    def __init__(
        self, presentation: Presentation, footnotes: Mapping[str, str], bar: str = "|"
    ) -> None:
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
            lead=self._margin(bracket.symbol, indent, ()),
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
        opening, closing = self._marks(() if silent else printed.wholes)
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
            lead=(*self._margin(printed.symbol, indent, opening), *self._label(printed, sources)),
            pieces=(*text, *closing),
            rest=(TextPiece(" " * hang),),
            gap=block.kind in _APART and not printed.opens,
        )

    def _marks(
        self, wholes: Sequence[tuple[RunRole, Sources]], *, labelled: bool = True
    ) -> tuple[list[TextPiece], list[TextPiece]]:
        """Return the marks before and after a provision added or struck as a whole."""
        opening, closing = [], list[TextPiece]()
        for role, sources in wholes:
            opening.append(TextPiece(BRACKETS[role][0], TextStyle.MARK, sources))
            names = self.runs.names(sources) if labelled else []
            closing = [TextPiece(BRACKETS[role][1], TextStyle.MARK, sources), *names, *closing]
        return opening, closing

    def _margin(
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
            yield self._barred([TextPiece(remark.text, TextStyle.NOTE, remark.sources)], indent)

    def _barred(self, pieces: Iterable[TextPiece], indent: int, hang: int = 0) -> StyledLine:
        before = (TextPiece(" " * indent), TextPiece(f"{self.bar} ", TextStyle.BAR))
        return StyledLine(pieces=tuple(pieces), lead=before, rest=(*before, TextPiece(" " * hang)))

    def stack(self, point: PagePoint, indent: int) -> Iterator[StyledLine]:
        """Yield a point below the text that it is about: its kinds, each option as a whole."""
        opening = [TextPiece(point.name, TextStyle.POINT)]
        if not point.choice.part:
            opening.append(TextPiece(f" · {point.kinds}", TextStyle.NOTE))
            names = self.say.aside(point.who)
            opening += [TextPiece(names, TextStyle.NAMES)] if names else []
        yield self._barred(opening, indent)
        if point.base:
            lead = self.say.told(self.say("text_in_force").capitalize(), "")
            words = self.runs.quoted(point.base, TextStyle.BASE)
            yield self._barred([TextPiece(lead), *words], indent, 4)
        for option in (*point.options, *point.readings):
            yield from self._option(option, indent)
        for sentence in point.both:
            yield self._barred([TextPiece(self.say.sentence(sentence), TextStyle.NOTE)], indent)

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
        yield self._barred(line, indent, 4)
        for inner in () if printed.elsewhere else printed.blocks:
            if inner.block.label or inner.block.pieces:
                yield self._optional(inner, option.sources, indent)

    def _optional(self, printed: PageBlock, behind: Sources, indent: int) -> StyledLine:
        """Lay out a provision as an option has it."""
        opening, closing = self._marks(printed.wholes, labelled=False)
        sources = printed.wholes[-1][1] if printed.wholes else behind
        label = self._label(printed, sources, labelled=False)
        before = TextPiece(" " * (4 + LABEL * printed.block.depth))
        text = self.runs.pieces(printed.words, TextStyle.OPTION, sources, labelled=False)
        line = [before, *opening, *label, *text, *closing]
        return self._barred(line, indent, len(before.text) + _width((*opening, *label)))


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
