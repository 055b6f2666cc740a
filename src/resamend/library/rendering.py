"""The one way to write anything in any form."""

from __future__ import annotations

from typing import Literal, overload

from msgspec.structs import replace

from resamend import akn
from resamend.amendment import Proposal
from resamend.amendment.typography import with_respellings_replaced
from resamend.conflict import Findings, Region, find
from resamend.consolidation import Consolidated, merge, project
from resamend.decision import Adopted, ChairTable, Record
from resamend.errors import UsageError
from resamend.library.draft_rendering import render_draft, unknown_form
from resamend.model import Resolution
from resamend.page.options import USUAL, RenderOptions
from resamend.redlines import Redline, redline
from resamend.renderers.forms import Product, form_named, forms_for
from resamend.tables import Comparison, Matrix

Renderable = (
    Resolution | Proposal | Consolidated | Redline | Comparison | Matrix | Findings | Adopted
    | ChairTable | Record
)  # fmt: skip
"""What can be written."""
CharacterForm = Literal["text", "terminal", "criticmarkup", "html", "svg", "csv", "json", "prose"]
"""Forms of characters, which give a ``str``."""
ByteForm = Literal["docx", "odt", "pdf", "xml"]
"""Forms of bytes."""


@overload
def render(
    shown: Renderable,
    form: CharacterForm = "text",
    options: RenderOptions = USUAL,
    *,
    base: Resolution | None = None,
    point: Region | None = None,
) -> str: ...


@overload
def render(
    shown: Renderable,
    form: ByteForm,
    options: RenderOptions = USUAL,
    *,
    base: Resolution | None = None,
    point: Region | None = None,
) -> bytes: ...


@overload
def render(
    shown: Renderable,
    form: str,
    options: RenderOptions = USUAL,
    *,
    base: Resolution | None = None,
    point: Region | None = None,
) -> str | bytes: ...


def render(
    shown: Renderable,
    form: str = "text",
    options: RenderOptions = USUAL,
    *,
    base: Resolution | None = None,
    point: Region | None = None,
) -> str | bytes:
    """Write a text, a proposal, a draft, a table, points or records in a form.

    ``form`` is ``text``, ``terminal``, ``criticmarkup``, ``html``, ``docx``, ``odt``, ``pdf``,
    ``xml``, ``json``, ``csv`` or ``svg``, as far as it can show that, or one that another package
    brings; of a proposal also ``prose``, its amendments in words. A proposal is written with the
    ``base`` that it was made for. ``point`` shows one point of findings or a redline, in text. What
    is written of a text, a proposal or a draft in ``xml`` or, for the chair, of a draft in ``docx``
    is read back by ``read``.

    Raises ``UsageError`` for a form that cannot show it, and for names that it cannot leave out.
    """
    if point is not None:
        return _point(shown, point, options)
    if isinstance(shown, Resolution | Adopted):
        return _text(shown if isinstance(shown, Resolution) else shown.text, form, options)
    if isinstance(shown, Proposal):
        return _proposal(shown, base, form, options)
    if isinstance(shown, Comparison | Matrix):
        product = Product.COMPARISON if isinstance(shown, Comparison) else Product.MATRIX
        registered = form_named(form)
        if registered is None or not getattr(registered, product):
            raise unknown_form(form, shown, [other.name for other in forms_for(product)])
        return registered.writer(product)(shown, options)
    if isinstance(shown, Findings | ChairTable | Record):
        return _listed(shown, form, options)
    return render_draft(_lines(shown), form, options)


def _lines(shown: Redline | Consolidated) -> Redline:
    return shown if isinstance(shown, Redline) else redline(shown, find(shown))


def _text(text: Resolution, form: str, options: RenderOptions) -> str | bytes:
    if form == "xml":
        return akn.write_resolution(text)
    if form == "text":
        from resamend.renderers.plain import written

        return written(text)
    lines = _lines(merge(text, ()))
    return _handed_in(lines, None, form) if form in _OFFICE else render_draft(lines, form, options)


def _proposal(
    proposal: Proposal, base: Resolution | None, form: str, options: RenderOptions
) -> str | bytes:
    if base is None:
        raise UsageError(
            "a proposal is written with the base text that it was made for",
            where=proposal.id,
            advice="Give that as `base=`.",
            code="base-wanted",
        )
    draft = merge(base, (proposal,))
    if form in ("xml", "prose", "docx"):
        options.check_named(f"a proposal in {form} is as its proponents hand it in")
    if form == "xml":
        return akn.write_proposal(proposal, base)
    if form == "prose":
        from resamend.readers.prose import as_sentences

        return as_sentences(base, proposal)
    if form in _OFFICE:  # there typography is tracked too
        tracked = merge(base, (with_respellings_replaced(base, proposal),))
        return _handed_in(_lines(tracked), project(draft, proposal.id), form)
    return render_draft(_lines(draft), form, options)


_OFFICE = ("docx", "odt")


def _handed_in(lines: Redline, wanted: Resolution | None, form: str) -> bytes:
    """Write Word as a state hands it in: nothing of ours in it, its changes tracked."""
    from resamend.renderers.docx import render_handed_in

    return render_handed_in(lines, wanted, form)


def _listed(
    shown: Findings | ChairTable | Record, form: str, options: RenderOptions
) -> str | bytes:
    if isinstance(shown, Record | ChairTable):
        options.check_named("records say who asked for what and who agreed")
    if isinstance(shown, Record):
        if form == "json":
            from resamend.dossier.record_form import written

            return written(shown)
        raise unknown_form(form, shown, ["json"])
    if form not in ("text", "json"):
        raise unknown_form(form, shown, ["text", "json"])
    if isinstance(shown, ChairTable):
        from resamend.renderers.status import render_status, status_json

        if form == "json":
            return status_json(shown)
        return render_status(shown, ui=options.ui, width=options.width)
    if form == "json":
        from resamend.renderers.json import conflicts_json

        return conflicts_json(_of(shown), options)
    from resamend.renderers.points import render_points

    return render_points(_of(shown), options, everything=True)


def _of(findings: Findings) -> Redline:
    if findings.draft is None:
        raise UsageError("these findings do not say of which draft they are", code="other-draft")
    return redline(findings.draft, findings)


def _point(shown: Renderable, point: Region, options: RenderOptions) -> str:
    from resamend.renderers.points import render_point

    if not isinstance(shown, Findings | Redline | Consolidated):
        raise UsageError(
            f"a {type(shown).__name__} has no points",
            advice="Give a draft, its findings, or a redline.",
            code="no-points",
        )
    lines = _of(shown) if isinstance(shown, Findings) else _lines(shown)
    return render_point(replace(lines, records=()), point, options)
