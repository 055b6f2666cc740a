"""Tables of plain words: a list that a secretariat keeps by hand, in every form.

Whoever makes one names its columns and fills its rows; how it looks, the writers say.
"""

from __future__ import annotations

from msgspec import Struct

from resamend.model import Language
from resamend.page.vocabulary import Phrases

Cell = tuple[str, ...]
"""The paragraphs of a cell, made fit to be shown (``escaping.visible``)."""


class ListingColumn(Struct, frozen=True):
    """Head a column: ``key`` names it for programs, ``share`` is its part of the width."""

    key: str
    head: str
    share: int = 1


class ListingPart(Struct, frozen=True, kw_only=True):
    """Hold a table; ``nothing`` is what stands there where it has no row."""

    columns: tuple[ListingColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    name: str = ""
    nothing: str = ""


class Curve(Struct, frozen=True, kw_only=True):
    """Hold values to be drawn in their order; ``places`` name what each is of."""

    name: str
    places: tuple[str, ...]
    values: tuple[int, ...]


class Listing(Struct, frozen=True, kw_only=True):
    """Hold tables under one name.

    ``key`` names them for programs; ``title`` is the number line and the title of the text, in
    its ``language``; ``banner`` warns that it is no official one. ``notes`` stand below the name;
    ``curves`` are drawn where a form can draw.
    """

    key: str
    name: str
    say: Phrases
    language: Language
    parts: tuple[ListingPart, ...]
    title: tuple[str, str] = ("", "")
    banner: str = ""
    notes: tuple[str, ...] = ()
    curves: tuple[Curve, ...] = ()
