"""Write a draft for a screen: what ``text`` writes, wrapped and with styles.

Insertions are underlined, deletions struck and both coloured by source; since a terminal may show
none of that, the plain marks and the names stay. What several sources ask for has no colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from resamend.page.builder import page_of
from resamend.page.options import USUAL, RenderOptions
from resamend.page.presentation import Presentation
from resamend.redlines import Redline
from resamend.renderers.lines import StyledLine, TextPiece, TextStyle, broken, plain
from resamend.renderers.palette import PALETTES, Ground, colour_indexes
from resamend.renderers.text import whole

_LOOKS = {
    TextStyle.BANNER: "bold reverse",
    TextStyle.TITLE: "bold",
    TextStyle.HEADING: "bold italic",
    TextStyle.SYMBOL: "bold",
    TextStyle.INSERTED: "underline",
    TextStyle.DELETED: "strike",
    TextStyle.POINT: "bold",
    TextStyle.NOTE: "italic",
    TextStyle.BAR: "dim",
}
WIDTH = 80
"""Columns of a terminal that does not say how wide it is."""
_COLOURED = frozenset(
    {TextStyle.INSERTED, TextStyle.DELETED, TextStyle.NAMES, TextStyle.MARK, TextStyle.SYMBOL}
)


def render_terminal(
    redline: Redline, options: RenderOptions = USUAL, *, ground: Ground = Ground.ANY
) -> str:
    """Return a draft for a terminal."""
    page = page_of(redline, options.shown_names, options.ui)
    width = options.width or WIDTH
    lines = broken(whole(page, bar="│", width=width), width)
    return plain(coloured(lines, page.presentation, options, ground))


def coloured(
    lines: Iterable[StyledLine],
    presentation: Presentation,
    options: RenderOptions,
    ground: Ground = Ground.ANY,
) -> Iterable[StyledLine]:
    """Return lines with the escape sequences of their styles, if those are wanted."""
    if not options.color:
        return lines
    sources = [source.id for source in presentation.redline.sources]
    numbers = colour_indexes(sources, options.colours)
    return styled(lines, numbers if presentation.named else {}, ground)


def styled(
    lines: Iterable[StyledLine], colours: Mapping[str, int], ground: Ground = Ground.ANY
) -> Iterable[StyledLine]:
    """Return lines whose text holds the escape sequences of their styles (ECMA-48 SGR)."""
    for line in lines:
        yield StyledLine(
            lead=tuple(_styled(piece, colours, ground) for piece in line.lead),
            pieces=tuple(_styled(piece, colours, ground) for piece in line.pieces),
            gap=line.gap,
        )


def _styled(piece: TextPiece, colours: Mapping[str, int], ground: Ground) -> TextPiece:
    look = _LOOKS.get(piece.style, "")
    if piece.style in _COLOURED and len(piece.sources) == 1 and piece.sources[0] in colours:
        number = colours[piece.sources[0]]
        palette = PALETTES[ground]
        look = f"{look} {palette[number % len(palette)]}"
        if number >= len(palette):
            look = look.replace("underline", "underline2")
    if not look or not piece.text.strip():
        return piece
    before, after = _codes(look)
    return TextPiece(f"{before}{piece.text}{after}", piece.style, piece.sources)


@cache
def _codes(look: str) -> tuple[str, str]:
    from rich.color import ColorSystem
    from rich.style import Style as Look

    escaped = Look.parse(look).render("\0", color_system=ColorSystem.TRUECOLOR)
    before, _, after = escaped.partition("\0")
    return before, after
