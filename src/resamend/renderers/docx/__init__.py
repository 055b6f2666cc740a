"""Write a draft as a Word document, or an OpenDocument text, with real tracked changes."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from resamend.escaping import visible
from resamend.model import Resolution
from resamend.ooxml.embedded import EmbeddedFiles, File, Shown, besides, visible_lines
from resamend.ooxml.writing import (
    NewDocument,
    NewParagraph,
    beside_text,
    paragraphs_of,
    write_document,
    written_lines,
)
from resamend.page.builder import page_of
from resamend.page.options import USUAL, Audience, Names, RenderOptions
from resamend.redlines import Redline
from resamend.renderers.docx.authors import CONSOLIDATION, TrackAuthors
from resamend.renderers.docx.body import Body
from resamend.renderers.docx.front import FrontSection
from resamend.renderers.docx.origins import BlockOrigin, origins
from resamend.renderers.docx.proposals import after, before, footnote_signs, relabelled

__all__ = ["CONSOLIDATION", "render_docx", "render_handed_in", "render_odt", "shown_in_docx"]


def render_docx(
    redline: Redline, options: RenderOptions = USUAL, *, files: Sequence[File] = ()
) -> bytes:
    """Return a draft as the bytes of a .docx.

    ``files`` is what the document takes along unseen, unless it is not for the chair or names may
    not be told.
    """
    document = _document(redline, options)
    if not _carries(files, options):
        return write_document(document)
    shown, beside = _shown(document, redline), beside_text(document)
    return write_document(document, _hidden(redline, files, shown, beside))


def render_odt(
    redline: Redline, options: RenderOptions = USUAL, *, files: Sequence[File] = ()
) -> bytes:
    """Return a draft as the bytes of a .odt; it takes along what its .docx does."""
    from resamend.odf import read_odt, write_odt

    document = _document(redline, options)
    content = write_odt(document)
    if not _carries(files, options):
        return content
    seen = read_odt(content)  # as OpenDocument has it: without moves, and with a row's own fate
    flowing = replace(document, front=(), text=(*document.front, *document.text))
    shown = _with_origins(visible_lines(seen), tuple(paragraphs_of(flowing)), redline)
    return write_odt(document, _hidden(redline, files, shown, besides(seen)))


def _carries(files: Sequence[File], options: RenderOptions) -> bool:
    chairs = options.audience is Audience.CHAIR and options.shown_names is Names.NAMES
    return bool(files) and chairs


def _hidden(
    redline: Redline, files: Sequence[File], shown: tuple[Shown, ...], beside: tuple[str, ...]
) -> EmbeddedFiles:
    return EmbeddedFiles(files=tuple(files), numbers=redline.numbers, shown=shown, beside=beside)


def shown_in_docx(redline: Redline, options: RenderOptions) -> tuple[Shown, ...]:
    """Return the paragraphs that a draft's .docx shows, each with what it is about."""
    return _shown(_document(redline, options), redline)


def _document(redline: Redline, options: RenderOptions) -> NewDocument:
    page = page_of(redline, options.shown_names, options.ui)
    authors = TrackAuthors(page.presentation, options.audience, names_on_paper=True)
    text = Body(page, authors).text()
    return NewDocument(
        language=redline.base.language,
        front=FrontSection(page, authors, options.cover).blocks(),
        text=text.blocks,
        notes=text.notes,
        comments=text.comments,
        title=visible(options.cover.title) or ". ".join(filter(None, page.front.title)),
        header=visible(options.cover.number),
        date=redline.date,
        line_numbers=options.line_numbers,
    )


def render_handed_in(
    redline: Redline, wanted: Resolution | None = None, form: str = "docx"
) -> bytes:
    """Return a text, or one proposal with its changes tracked, as a state hands it in.

    ``wanted`` is the text that the proposal asks for, ``form`` is ``docx`` or ``odt``. Nothing of
    ours is in the file, no summary, no comments, nothing unseen: so it is read back as what it is.
    """
    page = page_of(relabelled(redline, wanted) if wanted else redline)
    if wanted:  # its new footnotes are numbered as it numbers them: Word counts
        page = replace(page, footnotes=footnote_signs(redline))
    text = Body(page, TrackAuthors(page.presentation, Audience.ROOM)).text()
    document = NewDocument(
        language=redline.base.language,
        text=(*before(redline), *text.blocks[:-1], *after(redline), text.blocks[-1]),
        notes=text.notes,
        title=". ".join(filter(None, page.front.title)),
        date=redline.date,
        identifier=redline.sources[0].id if len(redline.sources) == 1 else "",
    )
    if form == "odt":
        from resamend.odf import write_odt

        return write_odt(document)
    return write_document(document)


def _shown(document: NewDocument, redline: Redline) -> tuple[Shown, ...]:
    """Return what a document shows to who reads it."""
    return _with_origins(written_lines(document), tuple(paragraphs_of(document)), redline)


def _with_origins(
    lines: Sequence[str], written: Sequence[NewParagraph], redline: Redline
) -> tuple[Shown, ...]:
    """Say of each line what it is about; of none where they are not the paragraphs, one by one."""
    if len(lines) != len(written):
        return tuple(map(Shown, lines))
    by_id = origins(redline)
    return tuple(
        Shown(line, *_about(by_id.get(paragraph.origin)))
        for line, paragraph in zip(lines, written, strict=True)
    )


def _about(origin: BlockOrigin | None) -> tuple[str, tuple[str, ...]]:
    return (origin.path, origin.sources) if origin else ("", ())
