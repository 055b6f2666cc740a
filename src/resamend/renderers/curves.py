"""Draw the curves of a listing as SVG: one panel a curve, each on its own scale, from zero.

Every word is text in the picture, escaped; there is no script and no style from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from resamend.page.listing import Curve, Listing
from resamend.page.options import USUAL, RenderOptions
from resamend.renderers.svg import FONT, INK, LINE, SOFT, number, words_at

_EDGE, _PANEL, _PLOT, _STEP, _NARROWEST = 20, 130, 76, 110, 360
"""Pixels: the margin, the heights of a panel and of its curve, between two drafts, the width."""
_LONGEST = 16
"""Characters of a draft's name below its place."""


def render_curves_svg(listing: Listing, _options: RenderOptions = USUAL) -> str:
    """Return the curves of a listing as an SVG file."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawn_curves(listing, alone=True)}'


def drawn_curves(listing: Listing, *, alone: bool) -> Markup:
    """Return the curves of a listing as an SVG element, with its name if it stands ``alone``."""
    most = max((len(curve.values) for curve in listing.curves), default=0)
    width = max(_NARROWEST, 2 * _EDGE + _STEP * most)
    height = 2 * _EDGE + 20 + _PANEL * len(listing.curves)
    warning = [words_at(_EDGE, 38, listing.banner, fill="#6b2d00")] if listing.banner else []
    title = [words_at(_EDGE, 20, listing.name, size=15, bold=True)] if alone else []
    body = [*title, *(warning if alone else [])]
    for rank, curve in enumerate(listing.curves):
        body += _panel(curve, _EDGE + 40 + rank * _PANEL)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" '
        'role="img" aria-label="{2}" lang="{3}" {4} font-size="12">\n'
        '<rect width="{0}" height="{1}" fill="#ffffff"/>\n{5}</svg>\n'
    ).format(width, height, listing.name, listing.say.language, Markup(FONT), Markup("").join(body))


def _panel(curve: Curve, top: float) -> Iterator[Markup]:
    """Yield a curve with its name above, its values, and what they are of below."""
    yield words_at(_EDGE, top, curve.name, bold=True)
    floor = top + 12 + _PLOT
    most = max(curve.values, default=0) or 1
    spots = [
        (_EDGE + _STEP * (n + 0.5), floor - (_PLOT - 16) * value / most)
        for n, value in enumerate(curve.values)
    ]
    yield Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}"/>\n').format(
        _EDGE, number(floor), _EDGE + _STEP * len(spots), number(floor), LINE
    )
    path = " ".join(f"{number(x)},{number(y)}" for x, y in spots)
    yield Markup('<polyline points="{}" fill="none" stroke="{}" stroke-width="2"/>\n').format(
        path, INK
    )
    for (x, y), value, name in zip(spots, curve.values, curve.places, strict=True):
        yield Markup('<circle cx="{}" cy="{}" r="3" fill="{}"/>\n').format(
            number(x), number(y), INK
        )
        yield words_at(x + 6, y - 5, str(value))
        short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
        yield words_at(x - _STEP / 2 + 4, floor + 15, short, fill=SOFT, size=11)
