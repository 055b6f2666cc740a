"""Write a listing for a screen, a plain file, a spreadsheet or a program.

On a screen it is a grid where its columns can be read beside one another; else, and in a file, each
row is a record: the first column, and below it the others by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from resamend.page.listing import Cell, Listing, ListingPart
from resamend.page.options import USUAL, RenderOptions
from resamend.renderers.csv import written as csv_written
from resamend.renderers.json import written as json_written
from resamend.renderers.lines import StyledLine, TextPiece, TextStyle, broken, columns, plain
from resamend.renderers.terminal import WIDTH, styled
from resamend.renderers.text_front_matter import banner_lines, titled

_NARROWEST = 14
"""Columns of a screen below which the words of a column are no longer read well."""
_LONGEST_WORD = 18
_GAP = 2


def render_listing_text(listing: Listing, options: RenderOptions = USUAL) -> str:
    """Return a listing as plain text."""
    return plain(_lines(listing, options.width))


def render_listing_terminal(listing: Listing, options: RenderOptions = USUAL) -> str:
    """Return a listing for a terminal."""
    lines = _lines(listing, options.width or WIDTH)
    return plain(styled(lines, {}) if options.color else lines)


def render_listing_csv(listing: Listing, _options: RenderOptions = USUAL) -> str:
    """Return a listing as CSV: each table with its head, an empty row between two."""
    return csv_written(_csv_rows(listing))


def render_listing_json(listing: Listing, _options: RenderOptions = USUAL) -> str:
    """Return a listing as JSON: each row an object, each cell a list of its paragraphs."""
    parts = [
        {
            "name": part.name,
            "columns": {column.key: column.head for column in part.columns},
            "rows": [
                {column.key: list(cell) for column, cell in zip(part.columns, row, strict=True)}
                for row in part.rows
            ],
        }
        for part in listing.parts
    ]
    return json_written(
        {
            "schema": "resamend/table/1",
            "table": listing.key,
            "name": listing.name,
            "language": listing.language,
            "illustrative": bool(listing.banner),
            "notes": list(listing.notes),
            "tables": parts,
        }
    )


def _csv_rows(listing: Listing) -> Iterator[list[str]]:
    for number, part in enumerate(listing.parts):
        if number:
            yield []
        warning = [listing.banner] if listing.banner else []
        yield [*(column.head for column in part.columns), *warning]
        yield from (["\n".join(cell) for cell in row] for row in part.rows)


# -- text -----------------------------------------------------------------------------------------


def _lines(listing: Listing, width: int | None) -> Iterator[StyledLine]:
    yield from broken(_head(listing), width)
    for part in listing.parts:
        if part.name:
            yield from broken([titled(part.name, TextStyle.HEADING, gap=True)], width)
        if not part.rows:
            yield from broken([titled(f"  {part.nothing}", TextStyle.NOTE)], width)
            continue
        widths = _widths(part, width) if width else ()
        yield from _grid(part, widths) if widths else _records(part, width)


def _head(listing: Listing) -> Iterator[StyledLine]:
    yield from banner_lines(listing.banner)
    yield titled(listing.name, TextStyle.TITLE)
    yield from (titled(text) for text in listing.title if text)
    yield from (titled(note, TextStyle.NOTE) for note in listing.notes)


def _records(part: ListingPart, width: int | None) -> Iterator[StyledLine]:
    first, *others = part.columns
    for row in part.rows:
        name = " · ".join(row[0]) or first.head
        yield from broken([titled(name, TextStyle.POINT, gap=True)], width)
        for column, cell in zip(others, row[1:], strict=True):
            lead: tuple[TextPiece, ...] = (TextPiece(f"  {column.head}: ", TextStyle.NOTE),)
            for text in cell:
                line = StyledLine(lead=lead, pieces=(TextPiece(text),), rest=(TextPiece("    "),))
                yield from broken([line], width)
                lead = (TextPiece("    "),)


def _widths(part: ListingPart, width: int) -> tuple[int, ...]:
    """Return how wide each column is, none where they cannot be read beside one another.

    A column takes what it needs; what is then missing those lack that have most for their share.
    """
    room = width - _GAP * (len(part.columns) - 1)
    needed = [
        max([columns(column.head), *(columns(text) for row in part.rows for text in row[n])])
        for n, column in enumerate(part.columns)
    ]
    widths = list(needed)
    least = [min(need, max(_word_widths(part, n))) for n, need in enumerate(needed)]
    while sum(widths) > room:
        wide = [n for n, at in enumerate(widths) if at > least[n]]
        if not wide:
            return ()
        widths[max(wide, key=lambda n: widths[n] / part.columns[n].share)] -= 1
    return tuple(widths)


def _word_widths(part: ListingPart, column: int) -> Iterator[int]:
    """Yield how wide the words of a column are; long ones, such as addresses, may be broken.

    What is more than a few words long is not read well in less than ``_NARROWEST`` columns.
    """
    cells = [text for row in part.rows for text in row[column]]
    for text in (part.columns[column].head, *cells):
        yield from (min(columns(word), _LONGEST_WORD) for word in text.split())
    yield min(max(map(columns, cells), default=0), _NARROWEST)


def _grid(part: ListingPart, widths: Sequence[int]) -> Iterator[StyledLine]:
    heads = [(column.head,) for column in part.columns]
    yield from _beside(heads, widths, TextStyle.NOTE, gap=False)
    yield titled("  ".join("─" * width for width in widths), TextStyle.BAR)
    long = any(columns(text) > at for row in part.rows for at, cell in zip(widths, row, strict=True)
               for text in cell)  # fmt: skip
    for number, row in enumerate(part.rows):
        yield from _beside(row, widths, TextStyle.PLAIN, gap=long and number > 0)


def _beside(
    cells: Sequence[Cell], widths: Sequence[int], style: TextStyle, *, gap: bool
) -> Iterator[StyledLine]:
    """Yield the lines of cells that stand side by side."""
    stacks = [
        list(broken((StyledLine(pieces=(TextPiece(text, style),)) for text in cell), width))
        for cell, width in zip(cells, widths, strict=True)
    ]
    for n, parts in enumerate(zip_longest(*stacks)):
        pieces: list[TextPiece] = []
        for part, width in zip(parts, widths, strict=True):
            used = sum(columns(piece.text) for piece in part.pieces) if part else 0
            pieces += [*(part.pieces if part else ()), TextPiece(" " * (width - used + _GAP))]
        yield StyledLine(pieces=tuple(pieces), gap=gap and n == 0)
