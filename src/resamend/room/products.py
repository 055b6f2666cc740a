"""What the desk gives out: the draft, the tables, the adopted text, all texts, the proof."""

from __future__ import annotations

from typing import Any

from msgspec.json import encode
from msgspec.json import format as laid_out

from resamend.conflict import find
from resamend.consolidation import merge, project, without
from resamend.decision import ChairTable
from resamend.dossier.adoption import adopted
from resamend.dossier.embedded_files import files
from resamend.dossier.proving import prove
from resamend.errors import UsageError
from resamend.model import Resolution
from resamend.page.options import Cover, RenderOptions
from resamend.redlines import redline
from resamend.renderers.forms import Product, form_named
from resamend.room.hall import Hall
from resamend.room.states import RoomState
from resamend.tables import compare, matrix

PRODUCTS = {
    "draft.html": "view_redline", "draft.docx": "draft", "draft.pdf": "draft",
    "comparison.html": "comparison", "matrix.html": "table_of_proposals",
    "matrix.csv": "table_of_proposals", "adopted.docx": "numbers_new",
    "certificate.json": "certificate",
}  # fmt: skip
"""Names of files, and the phrases that say what they are."""
_TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def media_type(name: str) -> str:
    """Return the type of a file by its ending."""
    return _TYPES[name.rpartition(".")[2]]


def product_of(hall: Hall, dossier: str, name: str) -> str | bytes:
    """Return a file of a dossier. Raises ``UsageError`` for one that there is not."""
    state = hall.state(dossier)
    what, _, ending = name.rpartition(".")
    if name not in PRODUCTS:
        raise UsageError(f"there is no {name!r}")
    if what == "certificate":
        return laid_out(encode(prove(hall.folder(dossier))), indent=2)
    if what == "adopted":
        return _in_word(_adopted(state))
    return _rendered(state, Product(what), ending)


def _rendered(state: RoomState, product: Product, form: str) -> str | bytes:
    registered = form_named(form)
    assert registered is not None
    document = state.dossier.document
    options = RenderOptions(colours=state.dossier.colours, cover=Cover.of(document))
    write = registered.writer(product)
    if product is Product.DRAFT:
        beside: dict[str, Any] = {
            "consolidated": state.consolidated, "files": files(state.consolidated)
        }  # fmt: skip
        return write(state.redline, options, **{name: beside[name] for name in registered.takes})
    table = compare(state.consolidated, state.redline)
    return write(table if product is Product.COMPARISON else matrix(table), options)


def _adopted(state: RoomState) -> Resolution:
    table = ChairTable(
        consolidated=state.consolidated,
        findings=state.findings,
        replay=state.replay,
        numbers=state.numbers,
        records=state.dossier.records,
    )
    return adopted(table).text


def _in_word(text: Resolution) -> bytes:
    from resamend.renderers.docx import render_handed_in

    draft = merge(text, ())
    return render_handed_in(redline(draft, find(draft)), None)


def text_of(hall: Hall, dossier: str, source: str) -> bytes:
    """Return a state's text in Word, with what it changes tracked."""
    from resamend.renderers.docx import render_handed_in

    consolidated = hall.state(dossier).consolidated
    if source not in consolidated.sources:
        raise UsageError(f"there is no proposal {source!r}")
    alone = without(consolidated, set(consolidated.sources) - {source})
    lines = redline(alone, find(alone))
    return render_handed_in(lines, project(alone, source))
