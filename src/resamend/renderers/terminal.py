"""Write a draft for a screen: what ``text`` writes, wrapped and with styles.

Insertions are underlined, deletions struck and both coloured by source; since a terminal may show
none of that, the plain marks and the names stay. What several sources ask for has no colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from resamend.model import Language
from resamend.redline import Redline
from resamend.renderers.edition import Names, edition
from resamend.renderers.lines import Line, Piece, Style, broken, plain
from resamend.renderers.palette import PALETTES, Ground, colour_indexes
from resamend.renderers.text import whole
from resamend.renderers.tidy import expanded

__all__ = ["render_terminal", "styled"]

_LOOKS = {
    Style.BANNER: "bold reverse",
    Style.TITLE: "bold",
    Style.HEADING: "bold italic",
    Style.SYMBOL: "bold",
    Style.INSERTED: "underline",
    Style.DELETED: "strike",
    Style.POINT: "bold",
    Style.NOTE: "italic",
    Style.BAR: "dim",
}
_COLOURED = frozenset({Style.INSERTED, Style.DELETED, Style.NAMES, Style.MARK, Style.SYMBOL})


def render_terminal(
    redline: Redline,
    *,
    names: Names = Names.NAMES,
    ui: Language | None = None,
    width: int = 80,
    color: bool = True,
    ground: Ground = Ground.ANY,
    colours: Mapping[str, int] | None = None,
) -> str:
    """Return a draft for a terminal of ``width`` columns.

    ``colours`` gives sources the colours they have in their dossier, from 0. Without ``color``
    there is no escape sequence at all.
    """
    told = edition(expanded(redline), names, ui)
    lines = broken(whole(told, bar="│"), width)
    if not color:
        return plain(lines)
    known = colour_indexes([source.id for source in redline.sources], colours)
    return plain(styled(lines, known if told.named else {}, ground))


def styled(
    lines: Iterable[Line], colours: Mapping[str, int], ground: Ground = Ground.ANY
) -> Iterable[Line]:
    """Return lines whose text holds the escape sequences of their styles (ECMA-48 SGR)."""
    for line in lines:
        yield Line(
            lead=tuple(_styled(piece, colours, ground) for piece in line.lead),
            pieces=tuple(_styled(piece, colours, ground) for piece in line.pieces),
            gap=line.gap,
        )


def _styled(piece: Piece, colours: Mapping[str, int], ground: Ground) -> Piece:
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
    return Piece(f"{before}{piece.text}{after}", piece.style, piece.sources)


@cache
def _codes(look: str) -> tuple[str, str]:
    from rich.color import ColorSystem
    from rich.style import Style as Look

    told = Look.parse(look).render("\0", color_system=ColorSystem.TRUECOLOR)
    before, _, after = told.partition("\0")
    return before, after
