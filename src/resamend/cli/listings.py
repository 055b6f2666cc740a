"""Write a listing in the form that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from resamend.renderers.forms import Product, form_named

if TYPE_CHECKING:
    from resamend.page.listing import Listing
    from resamend.page.options import RenderOptions


def write_listing(
    make: Callable[[RenderOptions], Listing],
    form: str | None,
    answers: Mapping[str, Any],
    document: Mapping[str, str],
    out: str,
    product: Product = Product.LISTING,
) -> None:
    """Write what ``make`` makes for a reader; ``document`` is what a dossier says of its cover."""
    from resamend.cli.outputs import chosen, manner, on_screen, put

    registered = form_named(chosen(form, out, product))
    assert registered is not None
    publishing = on_screen(manner(answers, document), out)
    put(registered.writer(product)(make(publishing), publishing), out)
