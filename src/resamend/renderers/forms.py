"""The forms in which drafts and tables are written: one line each in ``FORMS``.

A form is a module of this package of the same name, with a function for each product that it can
show: ``write_draft`` takes a ``Publication``, ``write_comparison`` a ``Comparison``,
``write_matrix`` a ``Matrix``, each with ``RenderOptions``, and returns text or bytes. The command
line offers whatever stands in the table.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from resamend.consolidation import Consolidated
    from resamend.ooxml.embedded import File
    from resamend.redlines import Redline

__all__ = ["FORMS", "OutputForm", "Product", "Publication", "form_named", "forms_for"]


class Product(StrEnum):
    """Name what is written."""

    DRAFT = "draft"
    COMPARISON = "comparison"
    MATRIX = "matrix"


class Publication(Struct, frozen=True, kw_only=True):
    """Hold a draft that is to be written; ``files`` is what a form takes along unseen."""

    redline: Redline
    consolidated: Consolidated
    files: tuple[File, ...] = ()


class OutputForm(Struct, frozen=True, kw_only=True):
    """Register a form: its name, the endings of its files, and what it can show.

    ``takes_files`` says that it can take the proposals along unseen.
    """

    name: str
    endings: tuple[str, ...] = ()
    shows: frozenset[Product] = frozenset(Product)
    takes_files: bool = False

    def writer(self, product: Product) -> Callable[[Any, Any], str | bytes]:
        """Return what writes a product in this form; only then is its module loaded."""
        module = import_module(f"resamend.renderers.{self.name}")
        write: Callable[[Any, Any], str | bytes] = getattr(module, f"write_{product}")
        return write


_DRAFT = frozenset({Product.DRAFT})
_MATRIX = frozenset({Product.MATRIX})
_TABLES = frozenset({Product.COMPARISON, Product.MATRIX})

FORMS: tuple[OutputForm, ...] = (
    OutputForm(name="terminal"),
    OutputForm(name="text", endings=(".txt",)),
    OutputForm(name="criticmarkup", endings=(".md",), shows=_DRAFT),
    OutputForm(name="html", endings=(".html", ".htm")),
    OutputForm(name="svg", endings=(".svg",), shows=_MATRIX),
    OutputForm(name="csv", endings=(".csv",), shows=_TABLES),
    OutputForm(name="pdf", endings=(".pdf",)),
    OutputForm(
        name="docx",
        endings=(".docx",),
        shows=frozenset({Product.DRAFT, Product.COMPARISON}),
        takes_files=True,
    ),
    OutputForm(name="xml", endings=(".xml",), shows=_DRAFT),
    OutputForm(name="json", endings=(".json",), shows=_DRAFT | _MATRIX),
)
"""All forms, in the order in which they are offered."""


def forms_for(product: Product) -> tuple[OutputForm, ...]:
    """Return the forms that can show a product."""
    return tuple(form for form in FORMS if product in form.shows)


def form_named(name: str) -> OutputForm | None:
    """Return the form of a name, if it is one of ours."""
    return next((form for form in FORMS if form.name == name), None)
