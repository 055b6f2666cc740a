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
from typing import TYPE_CHECKING

from resamend.model import Language
from resamend.page.builder import page_of
from resamend.page.options import Names, RenderOptions
from resamend.page.values import Page
from resamend.redlines import Redline, View
from resamend.renderers.lines import TextLine, broken, plain
from resamend.renderers.text_front_matter import foreword, summary
from resamend.renderers.text_layout import draft

if TYPE_CHECKING:
    from resamend.renderers.forms import Publication
    from resamend.tables import Comparison, Matrix


def render_text(
    redline: Redline,
    *,
    names: Names = Names.NAMES,
    ui: Language | None = None,
    width: int | None = None,
) -> str:
    """Return a draft as text: a banner, what it is, the draft itself, its summary.

    ``ui`` is the reader's language, the text's own if absent; ``width`` counts columns.
    """
    return plain(broken(whole(page_of(redline, names, ui), bar="|"), width))


def whole(page: Page, *, bar: str) -> Iterator[TextLine]:
    """Yield all lines of a draft."""
    yield from foreword(page)
    yield from draft(page, bar)
    if page.presentation.redline.view is not View.BASE:
        yield from summary(page)


def write_draft(draft: Publication, options: RenderOptions) -> str:
    """Write a draft, its lines broken where the options give a width."""
    names, ui = options.shown_names, options.ui
    return render_text(draft.redline, names=names, ui=ui, width=options.width)


def write_comparison(table: Comparison, options: RenderOptions) -> str:
    """Write a comparative table."""
    from resamend.renderers.text_tables import render_comparison_text

    return render_comparison_text(
        table,
        names=options.shown_names,
        ui=options.ui,
        width=options.width,
        side_by_side=options.columns,
    )


def write_matrix(table: Matrix, options: RenderOptions) -> str:
    """Write a matrix; the proposals two by two are for the chair alone."""
    from resamend.renderers.text_matrix import render_matrix_text

    names, ui = options.shown_names, options.ui
    return render_matrix_text(table, names=names, ui=ui, width=options.width, pairs=options.pairs)
