"""Write the comparative table and the matrix as HTML: a file of its own, or a part of a page.

Nothing but a style sheet comes along; no script. Every word of a text goes through the same
``Writer`` as in the draft.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from hashlib import sha256

from markupsafe import Markup
from msgspec.structs import replace

from resamend.redline import Redline
from resamend.renderers import sheets
from resamend.renderers.edition import Audience, Edition, edition
from resamend.renderers.palette import colour_indexes
from resamend.renderers.running import cover_lines, running
from resamend.renderers.setting import Setting
from resamend.renderers.summary import banner, title
from resamend.renderers.table_cells import BARS, Cells
from resamend.renderers.table_words import MARKS, pair_rows
from resamend.tables import Comparison, Matrix, Said

__all__ = [
    "COLUMNS",
    "comparison_fragment",
    "matrix_fragment",
    "render_comparison_html",
    "render_matrix_html",
    "style",
]

COLUMNS = 4
"""Columns of sources that can be read beside one another on a landscape page."""


def render_comparison_html(
    comparison: Comparison,
    setting: Setting | None = None,
    *,
    columns: int = COLUMNS,
    paper: bool = False,
) -> str:
    """Return the comparative table as one HTML file, ``columns`` sources beside one another.

    ``paper`` asks for the page that a PDF is made of.
    """
    how = setting or Setting()
    told = edition(comparison.redline, how.told, how.ui)
    table = comparison_fragment(
        comparison, told, colours=how.colours, columns=columns, templates=how.templates
    )
    return _page(told, how, "comparison", table, paper=paper)


def render_matrix_html(
    matrix: Matrix, setting: Setting | None = None, *, paper: bool = False
) -> str:
    """Return the matrix as one HTML file, for the chair with the proposals two by two."""
    how = setting or Setting()
    told = edition(matrix.redline, how.told, how.ui)
    pairs = how.audience is Audience.CHAIR
    table = matrix_fragment(matrix, told, colours=how.colours, pairs=pairs, templates=how.templates)
    return _page(told, how, "table_of_proposals", table, paper=paper)


def comparison_fragment(
    comparison: Comparison,
    told: Edition,
    *,
    colours: Mapping[str, int] | None = None,
    columns: int = COLUMNS,
    linked: bool = False,
    templates: str = "",
) -> Markup:
    """Return the tables of a comparison, to stand in a page that has the ``style`` of tables.

    ``linked`` says that the page has the points, so that their names lead there.
    """
    cells = Cells(told, _colours(comparison.redline, colours), comparison.records)
    return Markup(
        _macro(
            told,
            templates,
            "comparison",
            parts=list(cells.parts(comparison, columns)),
            linked=linked,
        )
    )


def matrix_fragment(
    matrix: Matrix,
    told: Edition,
    *,
    colours: Mapping[str, int] | None = None,
    pairs: bool = False,
    linked: bool = False,
    templates: str = "",
) -> Markup:
    """Return the table of a matrix in the same way; ``pairs`` is for the chair's own use."""
    cells = Cells(told, _colours(matrix.redline, colours))
    there = {cell.said for row in matrix.rows for cell in row.cells if cell}
    marks = [(MARKS[said], key) for said, key in _LEGEND if said in there]
    return Markup(
        _macro(
            told,
            templates,
            "matrix",
            heads=cells.heads(),
            rows=list(cells.crossings(matrix)),
            marks=marks,
            bars=[(BARS[severity], severity) for severity in list(BARS)[:3]],
            pairs=pair_rows(told, matrix) if pairs else [],
            linked=linked,
        )
    )


_LEGEND = ((Said.RECORDED, "recorded"), (Said.SAME, "identical"), (Said.SIMILAR, "similar"))


def style(templates: str = "") -> str:
    """Return the style sheet of tables: without colours of sources, which the page has."""
    return sheets.style(templates, "tables.css")


def _macro(told: Edition, templates: str, name: str, **given: object) -> str:
    values = {"say": told.say, "text": told.redline.base.language}
    return sheets.macro(templates, "tables.html.j2", name, values, **given)


def _colours(redline: Redline, colours: Mapping[str, int] | None) -> dict[str, int]:
    return colour_indexes([source.id for source in redline.sources], colours)


def _page(told: Edition, how: Setting, name: str, table: Markup, *, paper: bool) -> str:
    sheet = sheets.style(how.templates, "paper.css" if paper else "draft.css")
    date = told.redline.date
    called = told.say(f"{name}_of", date=told.say.day(date)) if date else told.say(name)
    cover = replace(how.cover, number=how.cover.number or told.say(name))
    sheet += style(how.templates) + (running(told, cover) if paper else "")
    return sheets.filled(
        how.templates,
        "table.html.j2",
        say=told.say,
        text=told.redline.base.language,
        policy=base64.b64encode(sha256(sheet.encode()).digest()).decode(),
        style=sheet,
        banner=banner(told),
        cover=cover_lines(told, how.cover),
        name=called,
        title=title(told.redline),
        table=table,
        marked=name == "comparison",
    )
