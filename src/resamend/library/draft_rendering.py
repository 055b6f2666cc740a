"""Write what is shown of a draft in any form there is."""

from __future__ import annotations

from typing import Any

from resamend.errors import UsageError
from resamend.page.options import RenderOptions
from resamend.redlines import Redline
from resamend.renderers.forms import Product, form_named, forms_for


def render_draft(lines: Redline, form: str, options: RenderOptions) -> str | bytes:
    """Write what is shown of a draft in a form of ours, or one that another package brings."""
    registered = form_named(form)
    if registered is None:
        from resamend.plugins import renderer

        write = renderer(form)
        if write is None:
            raise unknown_form(form, lines, [other.name for other in forms_for(Product.DRAFT)])
        return write(lines, options)
    if not registered.draft:
        raise unknown_form(form, lines, [other.name for other in forms_for(Product.DRAFT)])
    beside: dict[str, Any] = {}
    if "consolidated" in registered.takes:
        beside["consolidated"] = lines.draft
    if "files" in registered.takes and lines.draft is not None:
        from resamend.dossier.embedded_files import files

        beside["files"] = files(lines.draft)
    return registered.writer(Product.DRAFT)(lines, options, **beside)


def unknown_form(form: str, shown: object, forms: list[str]) -> UsageError:
    """Return what refuses a form that cannot show something; ``forms`` are those that can."""
    return UsageError(
        f"the form {form!r} cannot show a {type(shown).__name__}",
        advice=f"Use one of {', '.join(forms)}.",
        code="unknown-form",
    )
