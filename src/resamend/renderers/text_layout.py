"""Lay a draft out as lines of text, for a screen or a plain file.

The left margin says what happens to a provision, in the symbols that conferences use: ADD, SUP,
MOD, NOC; ``ADD*`` and ``SUP*`` where the text comes from or goes to another place. The columns
after it hold the opening mark of a provision added or struck as a whole, then its label. What is
said about a provision stands below it behind a bar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from resamend.conflict import OptionKind
from resamend.consolidation import Sources
from resamend.model import Kind
from resamend.page.places import Places, symbol
from resamend.page.presentation import Presentation
from resamend.page.remarks import option_line, point_line, remarks
from resamend.page.runs import Role, Run, RunGroup, label_runs, runs_of, shown, wholes
from resamend.redlines import Block, Choice, OptionView, View
from resamend.renderers.lines import TextLine, TextPiece, TextStyle, columns
from resamend.renderers.text_runs import BRACKETS, TextRunWriter

SYMBOL = 5
"""Columns for the symbol of a provision."""
MARK = 2
"""Columns for its opening mark."""
LABEL = 6
"""Columns for its label; a longer one takes what it needs."""

_TITLES = frozenset({Kind.NUMBER, Kind.TITLE})
_HEADINGS = frozenset({Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX})
_LABELS = frozenset({TextStyle.LABEL, TextStyle.INSERTED, TextStyle.DELETED})
_APART = _TITLES | _HEADINGS | {Kind.ENACTING}


def draft(presentation: Presentation, bar: str = "|") -> Iterator[TextLine]:
    """Yield the draft, provision by provision."""
    layout = TextLayout(presentation, bar)
    for block in presentation.redline.blocks:
        yield from layout.block(block)
    for choice in layout.places.left():
        yield from layout.stack(choice, layout.margin)


def stack(
    presentation: Presentation, choice: Choice, *, bar: str = "|", indent: int = 0
) -> Iterator[TextLine]:
    """Yield one point: its kinds, the text in force, and each option as a whole."""
    yield from TextLayout(presentation, bar).stack(choice, indent)


class TextLayout:
    """Turn blocks into lines."""

    def __init__(self, presentation: Presentation, bar: str) -> None:
        self.presentation = presentation
        self.bar = bar
        self.marked = presentation.redline.view is View.REDLINE
        self.margin = SYMBOL + MARK if self.marked else 0
        self.places = Places(presentation)
        self.inline = TextRunWriter(presentation, self.places.footnotes)

    def block(self, block: Block) -> Iterator[TextLine]:
        indent = LABEL * max(block.depth - 1, 0)
        if block.choice:
            first, *rest = self.stack(block.choice, self.margin + indent)
            yield replace(first, gap=not block.depth)
            yield from rest
            return
        if block.kind not in (Kind.RESOLUTION, Kind.TABLE) or block.pieces:
            yield self.paragraph(block)
        inner = self.margin + indent + (0 if block.kind in _APART else LABEL)
        for remark in remarks(self.presentation, self.places, block):
            yield self._barred([remark], inner)
        for choice in self._choices(block):
            yield from self.stack(choice, inner, base=len(block.pieces) > 1)
        for choice in self.places.due(block.id):
            yield from self.stack(choice, inner)

    def _choices(self, block: Block) -> list[Choice]:
        return [piece for piece in block.pieces if isinstance(piece, Choice) and not piece.again]

    # -- provisions ---------------------------------------------------------------------------

    def paragraph(self, block: Block) -> TextLine:
        """Return a provision with all its marks as one line."""
        indent = LABEL * max(block.depth - 1, 0)
        fates = wholes(block)
        silent = block.kind is Kind.ROW and not block.pieces  # its cells bear the marks
        opening, closing = self._marks(() if silent else fates)
        role, sources = fates[-1] if fates else (Role.KEPT, ())
        pieces = trimmed(shown(block)) if block.split else shown(block)
        text = self.inline.pieces(pieces, _style(block, role), sources)
        if text and not block.label and text[0].text.startswith(self.bar):
            text[0] = replace(text[0], text=f"\\{text[0].text}")
        before = self._margin(block, indent, opening)
        hang = self.margin + indent + (LABEL if block.label else 0)
        return TextLine(
            lead=(*before, *self._label(block, sources)),
            pieces=(*text, *closing),
            rest=(TextPiece(" " * hang),),
            gap=block.kind in _APART,
        )

    def _marks(
        self, fates: Sequence[tuple[Role, Sources]], *, labelled: bool = True
    ) -> tuple[list[TextPiece], list[TextPiece]]:
        """Return the marks before and after a provision added or struck as a whole."""
        opening, closing = [], list[TextPiece]()
        for role, sources in fates:
            opening.append(TextPiece(BRACKETS[role][0], TextStyle.MARK, sources))
            names = self.inline.names(sources) if labelled else []
            closing = [TextPiece(BRACKETS[role][1], TextStyle.MARK, sources), *names, *closing]
        return opening, closing

    def _margin(
        self, block: Block, indent: int, opening: Sequence[TextPiece]
    ) -> tuple[TextPiece, ...]:
        if not self.marked:
            return (TextPiece(" " * indent),)
        told = symbol(self.presentation, self.places, block)
        width = columns("".join(piece.text for piece in opening))
        return (
            TextPiece(told.ljust(SYMBOL), TextStyle.SYMBOL, opening[-1].sources if opening else ()),
            TextPiece(" " * (indent + max(MARK - width, 0))),
            *opening,
        )

    def _label(
        self, block: Block, sources: Sources, *, labelled: bool = True
    ) -> tuple[TextPiece, ...]:
        if not block.label:
            return ()
        pieces = self.inline.pieces(label_runs(block), TextStyle.LABEL, sources, labelled=labelled)
        if block.kind is Kind.FOOTNOTE:
            pieces = [
                replace(p, text=f"[^{p.text}]") if p.text and p.style in _LABELS else p
                for p in pieces
            ]
        width = columns("".join(piece.text for piece in pieces))
        return (*pieces, TextPiece(" " * max(LABEL - width, 1)))

    # -- what is said below -------------------------------------------------------------------

    def _barred(self, pieces: Iterable[TextPiece], indent: int, hang: int = 0) -> TextLine:
        before = (TextPiece(" " * indent), TextPiece(f"{self.bar} ", TextStyle.BAR))
        return TextLine(pieces=tuple(pieces), lead=before, rest=(*before, TextPiece(" " * hang)))

    def stack(self, choice: Choice, indent: int, *, base: bool = False) -> Iterator[TextLine]:
        """Yield a point below the text that it is about."""
        if choice.again:
            return
        line = point_line(self.presentation, choice.region)
        yield self._barred(line[:1] if choice.part else line, indent)
        if base and choice.base:
            told = self.presentation.say.told(
                self.presentation.say("text_in_force").capitalize(), ""
            )
            words = self.inline.quoted(runs_of(choice.base), TextStyle.BASE)
            yield self._barred([TextPiece(told), *words], indent, 4)
        for option in choice.options:
            yield from self._option(choice, option, indent)
        for sentence in self.presentation.both(choice.region):
            yield self._barred(
                [TextPiece(self.presentation.say.sentence(sentence), TextStyle.NOTE)], indent
            )

    def _option(self, choice: Choice, option: OptionView, indent: int) -> Iterator[TextLine]:
        line = option_line(self.presentation, self.places, choice, option)
        if option.spans:
            line += self.inline.quoted(runs_of(option.spans), TextStyle.OPTION, option.sources)
        yield self._barred(line, indent, 4)
        if self.places.unchanged(choice, option):
            return
        for block in option.blocks:
            if block.label or block.pieces:
                yield self._optional(block, option, indent)

    def _optional(self, block: Block, option: OptionView, indent: int) -> TextLine:
        """Lay out a provision as an option has it; in one that only adds, nothing is marked."""
        fates = () if option.deed is OptionKind.ADD else wholes(block)
        opening, closing = self._marks(fates, labelled=False)
        sources = fates[-1][1] if fates else option.sources
        label = self._label(block, sources, labelled=False)
        before = TextPiece(" " * (4 + LABEL * block.depth))
        width = columns("".join(piece.text for piece in (*opening, *label)))
        text = self.inline.pieces(shown(block), TextStyle.OPTION, sources, labelled=False)
        line = [before, *opening, *label, *text, *closing]
        return self._barred(line, indent, len(before.text) + width)


def trimmed(pieces: tuple[RunGroup, ...]) -> tuple[RunGroup, ...]:
    """Drop the white space before a part that was cut off: a label stands there now."""
    first = pieces[0] if pieces else None
    return (
        (replace(first, text=first.text.lstrip()), *pieces[1:])
        if isinstance(first, Run)
        else pieces
    )


def _style(block: Block, role: Role) -> TextStyle:
    if role is not Role.KEPT:
        return TextStyle.INSERTED if role is Role.INSERTED else TextStyle.DELETED
    if block.kind in _TITLES:
        return TextStyle.TITLE
    return TextStyle.HEADING if block.kind in _HEADINGS else TextStyle.PLAIN
