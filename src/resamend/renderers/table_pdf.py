"""Print the comparative table and the matrix: their HTML, laid out on landscape pages."""

from __future__ import annotations

from resamend.renderers.pdf import printed
from resamend.renderers.setting import Setting
from resamend.renderers.table_html import COLUMNS, render_comparison_html, render_matrix_html
from resamend.tables import Comparison, Matrix

__all__ = ["render_comparison_pdf", "render_matrix_pdf"]


def render_comparison_pdf(
    comparison: Comparison, setting: Setting | None = None, *, columns: int = COLUMNS
) -> bytes:
    """Return the comparative table as a PDF, its head repeated on every page."""
    return printed(render_comparison_html(comparison, setting, columns=columns, paper=True))


def render_matrix_pdf(matrix: Matrix, setting: Setting | None = None) -> bytes:
    """Return the matrix as a PDF."""
    return printed(render_matrix_html(matrix, setting, paper=True))
