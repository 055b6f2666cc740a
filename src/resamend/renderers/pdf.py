"""Write a draft as a PDF: the page of ``html``, laid out on paper by WeasyPrint.

The file is tagged (PDF/UA-1) and has bookmarks; nothing is fetched while it is made. The same
draft gives the same bytes on the same machine: fonts are those that the machine has.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from resamend.consolidation import Consolidated
from resamend.errors import UsageError
from resamend.page.options import USUAL, RenderOptions
from resamend.redlines import Redline
from resamend.renderers.html import page
from resamend.renderers.html_tables import render_comparison_html, render_matrix_html
from resamend.renderers.line_numbers import number_lines
from resamend.tables import Comparison, Matrix

if TYPE_CHECKING:
    from typing import Any


def render_pdf(
    redline: Redline,
    options: RenderOptions = USUAL,
    *,
    consolidated: Consolidated | None = None,
) -> bytes:
    """Return a draft as a PDF; with ``consolidated``, with its comparative table and matrix."""
    html = page(redline, options, consolidated, paper=True)
    return printed(html, line_numbers=options.line_numbers)


def printed(html: str, *, line_numbers: bool = False) -> bytes:
    """Return a page that is made for paper as a PDF; ``line_numbers`` counts its lines.

    Raises ``UsageError`` where WeasyPrint, or the library Pango that it draws with, is missing.
    """
    weasyprint = _weasyprint()
    document = weasyprint.HTML(string=html, url_fetcher=_refused).render()
    if line_numbers:
        number_lines(document)
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return pdf


def _weasyprint() -> Any:
    try:
        import weasyprint
    except ImportError as error:
        raise UsageError(
            "a PDF is made by WeasyPrint, which is not installed",
            advice="Install the extra: pip install 'resamend[pdf]'.",
        ) from error
    except OSError as error:
        raise UsageError(
            f"WeasyPrint does not find a library that it draws with: {error}",
            advice="Install Pango: on Debian, apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
            "libharfbuzz-subset0.",
        ) from error
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it tells of style sheets alone
    return weasyprint


def _refused(url: str, *_options: object, **_more: object) -> Any:
    """Fetch nothing."""
    raise ValueError(f"nothing is fetched: {url}")


def render_comparison_pdf(comparison: Comparison, options: RenderOptions = USUAL) -> bytes:
    """Return the comparative table as a PDF, its head repeated on every page."""
    return printed(render_comparison_html(comparison, options, paper=True))


def render_matrix_pdf(matrix: Matrix, options: RenderOptions = USUAL) -> bytes:
    """Return the matrix as a PDF."""
    return printed(render_matrix_html(matrix, options, paper=True))
