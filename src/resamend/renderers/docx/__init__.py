"""Write a draft as a Word document with real tracked changes."""

from __future__ import annotations

from collections.abc import Sequence

from resamend.model import Resolution
from resamend.ooxml.embedded import EmbeddedFiles, File, Shown
from resamend.ooxml.writing import (
    NewDocument,
    beside_text,
    paragraphs_of,
    write_document,
    written_lines,
)
from resamend.redline import Redline
from resamend.renderers.docx.body import Body
from resamend.renderers.docx.front import Front
from resamend.renderers.docx.handed import after, before, relabelled
from resamend.renderers.docx.origins import Origin, origins
from resamend.renderers.docx.told import CONSOLIDATION, Told
from resamend.renderers.edition import Audience, Names, edition
from resamend.renderers.escaping import visible
from resamend.renderers.setting import Setting
from resamend.renderers.summary import title
from resamend.renderers.tidy import expanded

__all__ = ["CONSOLIDATION", "render_docx", "render_handed_in", "shown_in_docx"]


def render_docx(
    redline: Redline, how: Setting | None = None, *, files: Sequence[File] = ()
) -> bytes:
    """Return a draft as the bytes of a .docx.

    ``files`` is what the document takes along unseen, unless it is not for the chair or names may
    not be told.
    """
    how = how or Setting()
    document = _document(redline, how)
    if not (files and how.audience is Audience.CHAIR and how.told is Names.NAMES):
        return write_document(document)
    hidden = EmbeddedFiles(
        files=tuple(files),
        numbers=redline.numbers,
        shown=_shown(document, redline),
        beside=beside_text(document),
    )
    return write_document(document, hidden)


def shown_in_docx(redline: Redline, how: Setting) -> tuple[Shown, ...]:
    """Return the paragraphs that a draft's .docx shows, each with what it is about."""
    return _shown(_document(redline, how), redline)


def _document(redline: Redline, how: Setting) -> NewDocument:
    told = Told(edition(expanded(redline), how.told, how.ui), how.audience)
    names = title(redline)
    text = Body(told).text()
    return NewDocument(
        language=redline.base.language,
        front=Front(told, how.cover, names).blocks(),
        text=text.blocks,
        notes=text.notes,
        comments=text.comments,
        title=visible(how.cover.title) or ". ".join(filter(None, names)),
        header=visible(how.cover.number),
        date=redline.date,
        line_numbers=how.line_numbers,
    )


def render_handed_in(redline: Redline, wanted: Resolution | None = None) -> bytes:
    """Return a text, or one proposal with its changes tracked, as a state hands it in.

    ``wanted`` is the text that the proposal asks for. Nothing of ours is in the file, no summary,
    no comments, nothing unseen: so it is read back as what it is.
    """
    shown = relabelled(redline, wanted) if wanted else redline
    told = Told(edition(expanded(shown)), Audience.ROOM)
    text = Body(told).text()
    document = NewDocument(
        language=redline.base.language,
        text=(*before(redline), *text.blocks[:-1], *after(redline), text.blocks[-1]),
        notes=text.notes,
        title=". ".join(filter(None, title(redline))),
        date=redline.date,
    )
    return write_document(document)


def _shown(document: NewDocument, redline: Redline) -> tuple[Shown, ...]:
    """Return what a document shows to who reads it."""
    known = origins(redline)
    lines = written_lines(document)
    return tuple(
        Shown(line, *_about(known.get(paragraph.origin)))
        for line, paragraph in zip(lines, paragraphs_of(document), strict=True)
    )


def _about(origin: Origin | None) -> tuple[str, tuple[str, ...]]:
    return (origin.path, origin.sources) if origin else ("", ())
