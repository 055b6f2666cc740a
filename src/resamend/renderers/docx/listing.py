"""Write a listing as a Word document: landscape, the head of each table on every page."""

from __future__ import annotations

from collections.abc import Iterator

from resamend.escaping import visible
from resamend.model import Language
from resamend.ooxml.writing import (
    Block,
    Look,
    NewDocument,
    NewParagraph,
    NewRow,
    NewRun,
    NewTable,
    StyleName,
    write_document,
)
from resamend.page.listing import Cell, Listing, ListingPart
from resamend.page.options import USUAL, RenderOptions

_TALL = 600
"""Code points of a row beyond which it may go on on the next page."""


def render_listing_docx(listing: Listing, options: RenderOptions = USUAL) -> bytes:
    """Return a listing as the bytes of a .docx."""
    return write_document(_document(listing, options))


def render_listing_odt(listing: Listing, options: RenderOptions = USUAL) -> bytes:
    """Return a listing as the bytes of a .odt."""
    from resamend.odf import write_odt

    return write_odt(_document(listing, options))


def _document(listing: Listing, options: RenderOptions) -> NewDocument:
    return NewDocument(
        language=listing.language,
        text=tuple(_blocks(listing)),
        title=visible(options.cover.title) or listing.name,
        header=visible(options.cover.number),
        date=options.cover.date,
        tracking=False,
        landscape=True,
    )


def _blocks(listing: Listing) -> Iterator[Block]:
    own, text = listing.say.language, listing.language
    if listing.banner:
        yield _paragraph(listing.banner, StyleName.BANNER, own)
    yield _paragraph(listing.name, StyleName.SOURCE, own)
    for words, style in zip(listing.title, (StyleName.NUMBER, StyleName.TITLE), strict=True):
        if words:
            yield _paragraph(words, style, text)
    yield from (_paragraph(note, StyleName.TABLE_TEXT, own) for note in listing.notes)
    for part in listing.parts:
        if part.name:
            yield _paragraph(part.name, StyleName.FRONT_HEADING, own)
        if part.rows:
            yield _table(part, own)
        elif part.nothing:
            yield _paragraph(part.nothing, StyleName.TABLE_TEXT, own)


def _table(part: ListingPart, language: Language) -> NewTable:
    heads = tuple(
        (_paragraph(column.head, StyleName.TABLE_SIDE, language, Look.BOLD),)
        for column in part.columns
    )
    return NewTable(
        rows=(NewRow(heads, head=True), *(_row(row, language) for row in part.rows)),
        widths=tuple(column.share for column in part.columns),
        language=language,
    )


def _row(row: tuple[Cell, ...], language: Language) -> NewRow:
    cells = tuple(
        tuple(_paragraph(text, StyleName.TABLE_SIDE, language) for text in cell or ("",))
        for cell in row
    )
    return NewRow(cells, splits=any(sum(map(len, cell)) > _TALL for cell in row))


def _paragraph(text: str, style: StyleName, language: Language, *looks: Look) -> NewParagraph:
    runs = (NewRun(text=text, looks=frozenset(looks)),) if text else ()
    return NewParagraph(style=style, content=runs, language=language)
