"""Write a listing as HTML."""

from __future__ import annotations

import base64
from hashlib import sha256

from markupsafe import Markup

from resamend.escaping import visible
from resamend.page.listing import Listing
from resamend.page.options import COVER_KEYS, USUAL, RenderOptions
from resamend.renderers import sheets
from resamend.renderers.curves import drawn_curves


def render_listing_html(listing: Listing, options: RenderOptions = USUAL) -> str:
    """Return a listing as one HTML file."""
    say = listing.say
    sheet = sheets.style(options.templates, "draft.css")
    sheet += sheets.style(options.templates, "tables.css")
    shared = {"say": say, "text": listing.language}
    table = sheets.macro(options.templates, "tables.html.j2", "listing", shared, listing=listing)
    picture = drawn_curves(listing, alone=False) if listing.curves else Markup("")
    values = ((say(f"cover_{key}"), getattr(options.cover, key)) for key in COVER_KEYS)
    return sheets.filled(
        options.templates,
        "table.html.j2",
        say=say,
        text=listing.language,
        policy=base64.b64encode(sha256(sheet.encode()).digest()).decode(),
        style=sheet,
        banner=listing.banner,
        cover=tuple((term, visible(value)) for term, value in values if value),
        name=listing.name,
        title=listing.title,
        table=picture + Markup(table),
        marked=False,
    )
