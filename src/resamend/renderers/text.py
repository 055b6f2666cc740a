"""Write a draft as plain text, with marks.

A provision is one line, however long, so that two drafts can be compared with ``git diff``; a
``width`` breaks the lines for a screen. The left margin holds the symbol of what happens to the
provision (ADD, SUP, MOD, NOC; ``ADD*`` and ``SUP*`` for text from or to another place); a line
that begins with a bar says something about the provision above it: an outstanding point with its
options, a move, a NOC. How words are marked, and how the marks are read back, is told in
``inline``.
"""

from __future__ import annotations

from collections.abc import Iterator

from resamend.page.builder import page_of
from resamend.page.options import USUAL, RenderOptions
from resamend.page.values import Page
from resamend.redlines import Redline, View
from resamend.renderers.lines import StyledLine, broken, plain
from resamend.renderers.text_front_matter import foreword, summary
from resamend.renderers.text_layout import draft


def render_text(redline: Redline, options: RenderOptions = USUAL) -> str:
    """Return a draft as text: a banner, what it is, the draft itself, its summary."""
    page = page_of(redline, options.shown_names, options.ui)
    return plain(broken(whole(page, bar="|", width=options.width), options.width))


def whole(page: Page, *, bar: str, width: int | None) -> Iterator[StyledLine]:
    """Yield all lines of a draft; ``width`` is that of a screen, on which tables have columns."""
    yield from foreword(page)
    yield from draft(page, bar, width)
    if page.presentation.redline.view is not View.BASE:
        yield from summary(page)
