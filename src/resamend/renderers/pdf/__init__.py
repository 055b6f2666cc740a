"""Write drafts and tables as PDFs, printed by Typst: tagged (PDF/UA-1), with bookmarks.

What is printed is the page (``page``); how it looks is ``templates/draft.typ``.
"""

from __future__ import annotations

from resamend.consolidation import Consolidated, check_draft
from resamend.page.options import USUAL, RenderOptions
from resamend.redlines import Redline
from resamend.tables import Comparison, Matrix


def render_pdf(
    redline: Redline,
    options: RenderOptions = USUAL,
    *,
    consolidated: Consolidated | None = None,
) -> bytes:
    """Return a draft as a PDF; with ``consolidated``, with its comparative table and matrix.

    Raises ``UsageError`` where Typst or a font is missing, ``InputError`` for a broken look.
    """
    from resamend.renderers.pdf.draft import DraftPages

    if consolidated is not None:
        check_draft(consolidated, redline.draft, "this is a redline")
    return DraftPages(redline, options, consolidated).pdf()


def render_comparison_pdf(comparison: Comparison, options: RenderOptions = USUAL) -> bytes:
    """Return the comparative table as a PDF, its head repeated on every page."""
    from resamend.renderers.pdf.tables import comparison_pdf

    return comparison_pdf(comparison, options)


def render_matrix_pdf(matrix: Matrix, options: RenderOptions = USUAL) -> bytes:
    """Return the matrix as a PDF, for the chair with the proposals two by two."""
    from resamend.renderers.pdf.tables import matrix_pdf

    return matrix_pdf(matrix, options)
