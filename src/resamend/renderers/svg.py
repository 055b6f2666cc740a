"""Draw the matrix as SVG: one picture that needs nothing else, for a slide or a page.

Heat says how grave an outstanding point is, and bars say it too. Every word is text in the picture,
escaped; there is no script, no style from elsewhere and no address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from markupsafe import Markup
from msgspec import Struct

from resamend.conflict import Severity
from resamend.escaping import visible
from resamend.page.front import banner, named
from resamend.page.options import USUAL, RenderOptions
from resamend.page.presentation import Presentation, present
from resamend.page.tables import BARS, MARKS, TableBuilder, heads
from resamend.renderers.lines import columns
from resamend.renderers.palette import PALETTES, Ground, colour_indexes
from resamend.tables import CellStanding, ComparisonCell, Matrix

_ROW, _LABEL, _CELL, _POINTS, _EDGE = 22, 210, 92, 130, 16
"""Pixels: height of a row, widths of the labels, a source, the points; the margin."""
_LETTER = 7.0
"""About the width of a letter of 12 pixels."""
_HEAT: Mapping[Severity, str] = {
    Severity.HARD: "#f6c5b4",
    Severity.MEDIUM: "#fae3ad",
    Severity.SOFT: "#e4ecd0",
}
INK, SOFT, LINE = "#1a1a1a", "#56585c", "#c9c7c1"
FONT = "font-family=\"'Noto Sans','Liberation Sans',Arial,sans-serif\""


def render_matrix_svg(matrix: Matrix, options: RenderOptions = USUAL) -> str:
    """Return the matrix as an SVG file; never with the proposals two by two."""
    presentation = present(matrix.redline, options.shown_names, options.ui)
    numbers = colour_indexes([source.id for source in matrix.sources], options.colours)
    return str(_Drawing(presentation, matrix, numbers).drawn())


class _Drawing(Struct):
    """Draw from the top downwards; ``y`` is the base line of the next row."""

    presentation: Presentation
    matrix: Matrix
    colours: Mapping[str, int]
    y: float = 0

    def drawn(self) -> Markup:
        self.y = _EDGE + 14
        body = [*self._head(), *self._legend(), *self._names(), *self._rows()]
        height = self.y + _EDGE
        name = self._name()
        return Markup(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" '
            'height="{1}" role="img" aria-labelledby="t" lang="{2}" {3} font-size="12">\n'
            '<title id="t">{4}</title>\n'
            '<rect width="{0}" height="{1}" fill="#ffffff"/>\n{5}</svg>\n'
        ).format(
            number(self.width),
            number(height),
            self.presentation.say.language,
            Markup(FONT),
            name,
            Markup("").join(body),
        )

    @property
    def width(self) -> float:
        return 2 * _EDGE + _LABEL + _CELL * len(self.matrix.sources) + _POINTS

    def _name(self) -> str:
        return self.presentation.dated("table_of_proposals_of", "table_of_proposals")

    def _head(self) -> Iterator[Markup]:
        yield words_at(_EDGE, self.y, self._name(), size=15, bold=True)
        self.y += _ROW
        if warning := banner(self.presentation):
            yield words_at(_EDGE, self.y, warning, fill="#6b2d00", bold=True)
            self.y += _ROW

    def _legend(self) -> Iterator[Markup]:
        """Explain heat, bars and marks."""
        say = self.presentation.say
        x = float(_EDGE)
        for severity, heat in _HEAT.items():
            text = say.told(say("outstanding"), say(severity.value))
            width = 58 + columns(text) * _LETTER * 0.92
            if x > _EDGE and x + width > self.width:
                x, self.y = float(_EDGE), self.y + _ROW
            yield _rect(x, self.y - 12, 34, 16, heat)
            yield words_at(x + 5, self.y, BARS[severity], size=9)
            yield words_at(x + 40, self.y, text, fill=SOFT, size=11)
            x += width
        self.y += _ROW
        x = float(_EDGE)
        marks = ((MARKS[CellStanding.SAME], "identical"), (MARKS[CellStanding.SIMILAR], "similar"))
        for mark, key in (*marks, ("·", "no_proposal")):
            text = f"{mark} {say(key)}"
            width = 24 + columns(text) * _LETTER
            if x > _EDGE and x + width > self.width:
                x, self.y = float(_EDGE), self.y + _ROW
            yield words_at(x, self.y, text, fill=SOFT, size=11)
            x += width
        self.y += _ROW

    def _names(self) -> Iterator[Markup]:
        """Head the columns, each name on as many lines as it needs."""
        names = heads(self.presentation, self.matrix.sources)
        stacks = [_broken(name, int((_CELL - 8) / _LETTER)) for name in names]
        deep = max(map(len, stacks), default=1)
        for k, (stack, source) in enumerate(zip(stacks, self.matrix.sources, strict=True)):
            palette = PALETTES[Ground.LIGHT]
            colour = palette[self.colours[source.id] % len(palette)]
            fill = colour if self.presentation.named else INK
            for n, line in enumerate(stack):
                y = self.y + (deep - len(stack) + n) * 15
                yield words_at(self._x(k) + 6, y, line, fill=fill, bold=True)
        self.y += deep * 15 - 6

    def _x(self, number: int) -> float:
        return _EDGE + _LABEL + _CELL * number

    def _rows(self) -> Iterator[Markup]:
        builder, section = TableBuilder(self.presentation, self.matrix), ""
        for row in self.matrix.rows:
            if row.section and row.section != section:
                self.y += 24
                yield words_at(_EDGE, self.y - 4, visible(row.section), italic=True, size=13)
            section = row.section
            yield _line(self.y, self._x(len(self.matrix.sources)) + _POINTS)
            label = _cut(builder.title(row, full=False), int(_LABEL / _LETTER))
            yield words_at(_EDGE + 4, self.y + 15, label, bold=True)
            for k, cell in enumerate(row.cells):
                yield from self._cell(k, cell)
            points = " ".join(named(self.presentation, region) for region in builder.points(row))
            x = self._x(len(row.cells)) + 8
            yield words_at(x, self.y + 15, _cut(points, int(_POINTS / _LETTER)), fill=SOFT, size=11)
            self.y += _ROW
        yield _line(self.y, self._x(len(self.matrix.sources)) + _POINTS)

    def _cell(self, number: int, cell: ComparisonCell | None) -> Iterator[Markup]:
        x = self._x(number)
        if cell is None:
            yield words_at(x + 6, self.y + 15, "·", fill=SOFT)
            return
        if cell.severity:
            yield _rect(x, self.y, _CELL - 2, _ROW, _HEAT.get(cell.severity, "#e4ecd0"))
        bars = BARS[cell.severity] if cell.severity else ""
        yield words_at(x + 6, self.y + 15, self.presentation.say.sign(cell.sign), bold=True)
        if bars or MARKS[cell.standing]:
            size = 8 if bars else 12
            yield words_at(
                x + _CELL - 10, self.y + 15, bars or MARKS[cell.standing], size=size, end=True
            )


def words_at(
    x: float,
    y: float,
    text: str,
    *,
    fill: str = INK,
    size: int = 12,
    bold: bool = False,
    italic: bool = False,
    end: bool = False,
) -> Markup:
    """Return words at a place, by the base line of their first letter."""
    look = ' text-anchor="end"' if end else ""
    look += (' font-weight="700"' if bold else "") + (' font-style="italic"' if italic else "")
    return Markup('<text x="{}" y="{}" font-size="{}" fill="{}"{}>{}</text>\n').format(
        number(x), number(y), size, fill, Markup(look), text
    )


def _rect(x: float, y: float, width: float, height: float, fill: str) -> Markup:
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>\n').format(
        number(x), number(y), number(width), number(height), fill
    )


def _line(y: float, end: float) -> Markup:
    return Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}"/>\n').format(
        _EDGE, number(y), number(end), number(y), LINE
    )


def number(value: float) -> str:
    """Return a coordinate in pixels, short."""
    return f"{value:.1f}".removesuffix(".0")


def _broken(text: str, width: int) -> list[str]:
    """Break a name at its spaces, and after the comma of Chinese, which none follows."""
    lines = [""]
    for word in re.findall(" ?[^ 、]+、?", text):
        if lines[-1] and columns(lines[-1] + word) > width:
            lines.append("")
        lines[-1] = (lines[-1] + word).strip()
    return [_cut(line, width + 2) for line in lines]


def _cut(text: str, width: int) -> str:
    while columns(text) > width:
        text = f"{text[:-2]}…" if text.endswith("…") else f"{text[:-1]}…"
    return text
