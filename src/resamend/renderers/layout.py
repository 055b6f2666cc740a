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
from resamend.redline import Block, Choice, OptionView, View
from resamend.renderers.edition import Edition
from resamend.renderers.inline import BRACKETS, Inline
from resamend.renderers.lines import Line, Piece, Style, columns
from resamend.renderers.places import Places, symbol
from resamend.renderers.remarks import option_line, point_line, remarks
from resamend.renderers.tidy import Role, Run, Shown, shown, shown_label, tidied, wholes

__all__ = ["Layout", "draft", "stack", "trimmed"]

SYMBOL = 5
"""Columns for the symbol of a provision."""
MARK = 2
"""Columns for its opening mark."""
LABEL = 6
"""Columns for its label; a longer one takes what it needs."""

_TITLES = frozenset({Kind.NUMBER, Kind.TITLE})
_HEADINGS = frozenset({Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX})
_LABELS = frozenset({Style.LABEL, Style.INSERTED, Style.DELETED})
_APART = _TITLES | _HEADINGS | {Kind.ENACTING}


def draft(edition: Edition, bar: str = "|") -> Iterator[Line]:
    """Yield the draft, provision by provision."""
    layout = Layout(edition, bar)
    for block in edition.redline.blocks:
        yield from layout.block(block)
    for choice in layout.places.left():
        yield from layout.stack(choice, layout.margin)


def stack(edition: Edition, choice: Choice, *, bar: str = "|", indent: int = 0) -> Iterator[Line]:
    """Yield one point: its kinds, the text in force, and each option as a whole."""
    yield from Layout(edition, bar).stack(choice, indent)


class Layout:
    """Turn blocks into lines."""

    def __init__(self, edition: Edition, bar: str) -> None:
        self.edition = edition
        self.bar = bar
        self.marked = edition.redline.view is View.REDLINE
        self.margin = SYMBOL + MARK if self.marked else 0
        self.places = Places(edition)
        self.inline = Inline(edition, self.places.footnotes)

    def block(self, block: Block) -> Iterator[Line]:
        indent = LABEL * max(block.depth - 1, 0)
        if block.choice:
            first, *rest = self.stack(block.choice, self.margin + indent)
            yield replace(first, gap=not block.depth)
            yield from rest
            return
        if block.kind not in (Kind.RESOLUTION, Kind.TABLE) or block.pieces:
            yield self.paragraph(block)
        inner = self.margin + indent + (0 if block.kind in _APART else LABEL)
        for remark in remarks(self.edition, self.places, block):
            yield self._barred([remark], inner)
        for choice in self._choices(block):
            yield from self.stack(choice, inner, base=len(block.pieces) > 1)
        for choice in self.places.due(block.id):
            yield from self.stack(choice, inner)

    def _choices(self, block: Block) -> list[Choice]:
        return [piece for piece in block.pieces if isinstance(piece, Choice) and not piece.again]

    # -- provisions ---------------------------------------------------------------------------

    def paragraph(self, block: Block) -> Line:
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
        return Line(
            lead=(*before, *self._label(block, sources)),
            pieces=(*text, *closing),
            rest=(Piece(" " * hang),),
            gap=block.kind in _APART,
        )

    def _marks(
        self, fates: Sequence[tuple[Role, Sources]], *, labelled: bool = True
    ) -> tuple[list[Piece], list[Piece]]:
        """Return the marks before and after a provision added or struck as a whole."""
        opening, closing = [], list[Piece]()
        for role, sources in fates:
            opening.append(Piece(BRACKETS[role][0], Style.MARK, sources))
            names = self.inline.names(sources) if labelled else []
            closing = [Piece(BRACKETS[role][1], Style.MARK, sources), *names, *closing]
        return opening, closing

    def _margin(self, block: Block, indent: int, opening: Sequence[Piece]) -> tuple[Piece, ...]:
        if not self.marked:
            return (Piece(" " * indent),)
        told = symbol(self.edition, self.places, block)
        width = columns("".join(piece.text for piece in opening))
        return (
            Piece(told.ljust(SYMBOL), Style.SYMBOL, opening[-1].sources if opening else ()),
            Piece(" " * (indent + max(MARK - width, 0))),
            *opening,
        )

    def _label(self, block: Block, sources: Sources, *, labelled: bool = True) -> tuple[Piece, ...]:
        if not block.label:
            return ()
        pieces = self.inline.pieces(shown_label(block), Style.LABEL, sources, labelled=labelled)
        if block.kind is Kind.FOOTNOTE:
            pieces = [
                replace(p, text=f"[^{p.text}]") if p.text and p.style in _LABELS else p
                for p in pieces
            ]
        width = columns("".join(piece.text for piece in pieces))
        return (*pieces, Piece(" " * max(LABEL - width, 1)))

    # -- what is said below -------------------------------------------------------------------

    def _barred(self, pieces: Iterable[Piece], indent: int, hang: int = 0) -> Line:
        before = (Piece(" " * indent), Piece(f"{self.bar} ", Style.BAR))
        return Line(pieces=tuple(pieces), lead=before, rest=(*before, Piece(" " * hang)))

    def stack(self, choice: Choice, indent: int, *, base: bool = False) -> Iterator[Line]:
        """Yield a point below the text that it is about."""
        if choice.again:
            return
        line = point_line(self.edition, choice.region)
        yield self._barred(line[:1] if choice.part else line, indent)
        if base and choice.base:
            told = self.edition.say.told(self.edition.say("text_in_force").capitalize(), "")
            words = self.inline.quoted(tidied(choice.base), Style.BASE)
            yield self._barred([Piece(told), *words], indent, 4)
        for option in choice.options:
            yield from self._option(choice, option, indent)
        for sentence in self.edition.both(choice.region):
            yield self._barred([Piece(self.edition.say.sentence(sentence), Style.NOTE)], indent)

    def _option(self, choice: Choice, option: OptionView, indent: int) -> Iterator[Line]:
        line = option_line(self.edition, self.places, choice, option)
        if option.spans:
            line += self.inline.quoted(tidied(option.spans), Style.OPTION, option.sources)
        yield self._barred(line, indent, 4)
        if self.places.unchanged(choice, option):
            return
        for block in option.blocks:
            if block.label or block.pieces:
                yield self._optional(block, option, indent)

    def _optional(self, block: Block, option: OptionView, indent: int) -> Line:
        """Lay out a provision as an option has it; in one that only adds, nothing is marked."""
        fates = () if option.deed is OptionKind.ADD else wholes(block)
        opening, closing = self._marks(fates, labelled=False)
        sources = fates[-1][1] if fates else option.sources
        label = self._label(block, sources, labelled=False)
        before = Piece(" " * (4 + LABEL * block.depth))
        width = columns("".join(piece.text for piece in (*opening, *label)))
        text = self.inline.pieces(shown(block), Style.OPTION, sources, labelled=False)
        line = [before, *opening, *label, *text, *closing]
        return self._barred(line, indent, len(before.text) + width)


def trimmed(pieces: tuple[Shown, ...]) -> tuple[Shown, ...]:
    """Drop the white space before a part that was cut off: a label stands there now."""
    first = pieces[0] if pieces else None
    return (
        (replace(first, text=first.text.lstrip()), *pieces[1:])
        if isinstance(first, Run)
        else pieces
    )


def _style(block: Block, role: Role) -> Style:
    if role is not Role.KEPT:
        return Style.INSERTED if role is Role.INSERTED else Style.DELETED
    if block.kind in _TITLES:
        return Style.TITLE
    return Style.HEADING if block.kind in _HEADINGS else Style.PLAIN
