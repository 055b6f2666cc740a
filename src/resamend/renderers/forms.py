"""The forms in which drafts and tables are written: one line each in ``FORMS``.

A line names for each product that the form can show what writes it: a module of this package and
its function, which takes a ``Redline``, a ``Comparison``, a ``Matrix`` or a ``Listing``, and
``RenderOptions``, and returns text or bytes. The command line offers whatever stands in the table.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from importlib import import_module

from msgspec import Struct


class Product(StrEnum):
    """Name what is written."""

    DRAFT = "draft"
    COMPARISON = "comparison"
    MATRIX = "matrix"
    LISTING = "listing"
    POINTS = "points"
    METER = "meter"


class OutputForm(Struct, frozen=True, kw_only=True):
    """Register a form: its name, the endings of its files, and what writes which product.

    ``takes`` names what a draft's function is given beside it: the draft ``consolidated``, or the
    ``files`` that it can take along unseen.
    """

    name: str
    endings: tuple[str, ...] = ()
    draft: str = ""
    comparison: str = ""
    matrix: str = ""
    listing: str = ""
    points: str = ""
    meter: str = ""
    takes: tuple[str, ...] = ()

    def writer(self, product: Product) -> Callable[..., str | bytes]:
        """Return what writes a product in this form; only then is its module loaded."""
        module, _, function = getattr(self, product).partition(":")
        write: Callable[..., str | bytes]
        write = getattr(import_module(f"resamend.renderers.{module}"), function)
        return write


FORMS: tuple[OutputForm, ...] = (
    OutputForm(
        name="terminal",
        draft="terminal:render_terminal",
        comparison="text_tables:render_comparison_terminal",
        matrix="text_matrix:render_matrix_terminal",
        listing="listings:render_listing_terminal",
        meter="listings:render_listing_terminal",
    ),
    OutputForm(
        name="text",
        endings=(".txt",),
        draft="text:render_text",
        comparison="text_tables:render_comparison_text",
        matrix="text_matrix:render_matrix_text",
        listing="listings:render_listing_text",
        meter="listings:render_listing_text",
    ),
    OutputForm(name="criticmarkup", endings=(".md",), draft="criticmarkup:render_criticmarkup"),
    OutputForm(
        name="html",
        endings=(".html", ".htm"),
        draft="html:render_html",
        comparison="html_tables:render_comparison_html",
        matrix="html_tables:render_matrix_html",
        listing="html_listings:render_listing_html",
        meter="html_listings:render_listing_html",
        points="html_points:render_points_html",
        takes=("consolidated",),
    ),
    OutputForm(
        name="svg",
        endings=(".svg",),
        matrix="svg:render_matrix_svg",
        meter="curves:render_curves_svg",
    ),
    OutputForm(
        name="csv",
        endings=(".csv",),
        draft="csv:render_changes_csv",
        comparison="csv:render_comparison_csv",
        matrix="csv:render_matrix_csv",
        listing="listings:render_listing_csv",
        meter="listings:render_listing_csv",
    ),
    OutputForm(
        name="pdf",
        endings=(".pdf",),
        draft="pdf:render_pdf",
        comparison="pdf:render_comparison_pdf",
        matrix="pdf:render_matrix_pdf",
        listing="pdf.listings:render_listing_pdf",
        meter="pdf.listings:render_listing_pdf",
        takes=("consolidated",),
    ),
    OutputForm(
        name="docx",
        endings=(".docx",),
        draft="docx:render_docx",
        comparison="docx.comparison:render_comparison_docx",
        listing="docx.listing:render_listing_docx",
        meter="docx.listing:render_listing_docx",
        takes=("files",),
    ),
    OutputForm(
        name="odt",
        endings=(".odt",),
        draft="docx:render_odt",
        comparison="docx.comparison:render_comparison_odt",
        listing="docx.listing:render_listing_odt",
        meter="docx.listing:render_listing_odt",
        takes=("files",),
    ),
    OutputForm(name="xml", endings=(".xml",), draft="xml:render_xml", takes=("consolidated",)),
    OutputForm(
        name="json",
        endings=(".json",),
        draft="json:render_json",
        matrix="json:matrix_json",
        listing="listings:render_listing_json",
        meter="listings:render_listing_json",
    ),
)
"""All forms, in the order in which they are offered."""


def forms_for(product: Product) -> tuple[OutputForm, ...]:
    """Return the forms that can show a product."""
    return tuple(form for form in FORMS if getattr(form, product))


def form_named(name: str) -> OutputForm | None:
    """Return the form of a name, if it is one of ours."""
    return next((form for form in FORMS if form.name == name), None)
