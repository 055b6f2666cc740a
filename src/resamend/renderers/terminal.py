"""Write a draft for a screen: what ``text`` writes, wrapped and with styles.

Insertions are underlined, deletions struck and both coloured by source; since a terminal may show
none of that, the plain marks and the names stay. What several sources ask for has no colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from resamend.model import Language
from resamend.page.builder import page_of
from resamend.page.options import Names, RenderOptions
from resamend.redlines import Redline
from resamend.renderers.lines import TextLine, TextPiece, TextStyle, broken, plain
from resamend.renderers.palette import PALETTES, Ground, colour_indexes
from resamend.renderers.text import whole

if TYPE_CHECKING:
    from resamend.renderers.forms import Publication
    from resamend.tables import Comparison, Matrix

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
_COLOURED = frozenset(
    {TextStyle.INSERTED, TextStyle.DELETED, TextStyle.NAMES, TextStyle.MARK, TextStyle.SYMBOL}
)


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
    page = page_of(redline, names, ui)
    lines = broken(whole(page, bar="│"), width)
    if not color:
        return plain(lines)
    numbers = colour_indexes([source.id for source in redline.sources], colours)
    return plain(styled(lines, numbers if page.presentation.named else {}, ground))


def styled(
    lines: Iterable[TextLine], colours: Mapping[str, int], ground: Ground = Ground.ANY
) -> Iterable[TextLine]:
    """Return lines whose text holds the escape sequences of their styles (ECMA-48 SGR)."""
    for line in lines:
        yield TextLine(
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


def write_draft(draft: Publication, options: RenderOptions) -> str:
    """Write a draft."""
    return render_terminal(draft.redline, **_screen(options))


def write_comparison(table: Comparison, options: RenderOptions) -> str:
    """Write a comparative table."""
    from resamend.renderers.text_tables import render_comparison_terminal

    return render_comparison_terminal(table, side_by_side=options.columns, **_screen(options))


def write_matrix(table: Matrix, options: RenderOptions) -> str:
    """Write a matrix; the proposals two by two are for the chair alone."""
    from resamend.renderers.text_matrix import render_matrix_terminal

    return render_matrix_terminal(table, pairs=options.pairs, **_screen(options))


def _screen(options: RenderOptions) -> dict[str, Any]:
    """Return what a screen is told."""
    return {
        "names": options.shown_names,
        "ui": options.ui,
        "width": options.width or 80,
        "color": options.color,
        "colours": options.colours,
    }
