"""Write a draft as a Word document with real tracked changes."""

from __future__ import annotations

from resamend.model import Kind, Language
from resamend.ooxml.writing import Document, write_document
from resamend.redline import Redline
from resamend.renderers.cover import Cover
from resamend.renderers.docx.body import Body
from resamend.renderers.docx.front import Front
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
    cover: Cover | None = None,
    hidden: bytes = b"",
) -> bytes:
    """Return a draft as the bytes of a .docx.

    ``ui`` is the reader's language, the text's own if absent; ``hidden`` is XML that the file takes
    along unseen: it is left out unless the file is for the chair and names may be told.
    """
    told = Told(edition(expanded(redline), names, ui), audience)
    title = _title(redline)
    cover = cover or Cover()
    text = Body(told).text()
    document = Document(
        language=redline.base.language,
        front=Front(told, cover, title).blocks(),
        text=text.blocks,
        notes=text.notes,
        comments=text.comments,
        title=visible(cover.title) or ". ".join(filter(None, title)),
        header=visible(cover.number),
        date=redline.date,
    )
    carried = audience is Audience.CHAIR and told.edition.named
    return write_document(document, hidden if carried else b"")


def _title(redline: Redline) -> tuple[str, str]:
    """Return the number line and title in force."""
    found = {Kind.NUMBER: "", Kind.TITLE: ""}
    for top in redline.base.provisions:
        for provision in (top, *top.children):
            if provision.kind in found and not found[provision.kind]:
                found[provision.kind] = visible(provision.text)
    return found[Kind.NUMBER], found[Kind.TITLE]
