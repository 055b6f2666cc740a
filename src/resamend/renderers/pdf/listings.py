"""Write a listing for print."""

from __future__ import annotations

from collections.abc import Iterator

from resamend.escaping import visible
from resamend.page.listing import Cell, Listing, ListingPart
from resamend.page.options import COVER_KEYS, USUAL, RenderOptions
from resamend.renderers.pdf.markup import NOTHING, TypstMarkup, call, code, joined, phrase
from resamend.renderers.pdf.printing import opened, printed


def render_listing_pdf(listing: Listing, options: RenderOptions = USUAL) -> bytes:
    """Return a listing as a PDF, the heads of its tables repeated on every page."""
    say = listing.say
    cover = [(say(f"cover_{key}"), visible(getattr(options.cover, key))) for key in COVER_KEYS]
    cover = [(term, value) for term, value in cover if value]
    parts = [
        opened(say, options, listing.name, landscape=True),
        call("banner", listing.banner) if listing.banner else NOTHING,
        call("cover", cover) if cover else NOTHING,
        call("headline", *listing.title) if any(listing.title) else NOTHING,
        call("section", listing.name),
        *(call("heard", phrase(note)) for note in listing.notes),
        *map(_table, listing.parts),
    ]
    return printed(joined(parts), say, listing.language, options)


def _table(part: ListingPart) -> TypstMarkup:
    shares = [column.share for column in part.columns]
    heads = [phrase(column.head) for column in part.columns]
    cells = ", ".join(_cells(part)) or f"table.cell(colspan: {len(shares)}, {code(part.nothing)})"
    return TypstMarkup(f"#named-listing({code(part.name)}, {code(shares)}, {code(heads)}, {cells})")


def _cells(part: ListingPart) -> Iterator[str]:
    for row in part.rows:
        yield from map(_cell, row)


def _cell(paragraphs: Cell) -> str:
    return code(TypstMarkup("#parbreak()".join(map(phrase, paragraphs))))
