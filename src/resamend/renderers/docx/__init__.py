"""Write a draft as a Word document with real tracked changes."""

from __future__ import annotations

from resamend.model import Kind, Language
from resamend.ooxml.writing import Document, write_document
from resamend.redline import Redline
from resamend.renderers.docx.body import Body
from resamend.renderers.docx.told import CONSOLIDATION, Told
from resamend.renderers.edition import Audience, Names, edition
from resamend.renderers.escaping import visible
from resamend.renderers.tidy import expanded

__all__ = ["CONSOLIDATION", "render_docx"]


def render_docx(
    redline: Redline,
    *,
    names: Names = Names.NAMES,
    ui: Language | None = None,
    audience: Audience = Audience.CHAIR,
    hidden: bytes = b"",
) -> bytes:
    """Return a draft as the bytes of a .docx.

    ``ui`` is the reader's language, the text's own if absent; ``hidden`` is XML that the file takes
    along unseen: it is left out unless the file is for the chair.
    """
    told = Told(edition(expanded(redline), names, ui), audience)
    text = Body(told).text()
    document = Document(
        language=redline.base.language,
        text=text.blocks,
        notes=text.notes,
        comments=text.comments,
        title=_title(redline),
        date=redline.date,
    )
    return write_document(document, hidden if audience is Audience.CHAIR else b"")


def _title(redline: Redline) -> str:
    """Return the number line and title in force."""
    found = {Kind.NUMBER: "", Kind.TITLE: ""}
    for top in redline.base.provisions:
        for provision in (top, *top.children):
            if provision.kind in found and not found[provision.kind]:
                found[provision.kind] = visible(provision.text)
    return ". ".join(filter(None, found.values()))
