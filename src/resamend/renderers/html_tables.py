"""Write the comparative table and the matrix as HTML: a file of its own, or a part of a page.

Nothing but a style sheet comes along; no script. Every word of a text goes through the same
``Writer`` as in the draft.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING

from markupsafe import Markup
from msgspec.structs import replace

from resamend.page.front import banner, title
from resamend.page.options import Audience, RenderOptions
from resamend.page.presentation import Presentation, present
from resamend.page.tables import MARKS, pair_rows
from resamend.redlines import Redline
from resamend.renderers import sheets
from resamend.renderers.html_cells import BARS, Cells
from resamend.renderers.palette import colour_indexes
from resamend.renderers.running import cover_lines, running
from resamend.tables import CellStanding, Comparison, Matrix

if TYPE_CHECKING:
    from jinja2.environment import TemplateModule

COLUMNS = 4
"""Columns of sources that can be read beside one another on a landscape page."""


def render_comparison_html(
    comparison: Comparison,
    options: RenderOptions | None = None,
    *,
    columns: int = COLUMNS,
    paper: bool = False,
) -> str:
    """Return the comparative table as one HTML file, ``columns`` sources beside one another.

    ``paper`` asks for the page that a PDF is made of.
    """
    options = options or RenderOptions()
    told = present(comparison.redline, options.shown_names, options.ui)
    table = comparison_fragment(
        comparison, told, colours=options.colours, columns=columns, templates=options.templates
    )
    return _page(told, options, "comparison", table, paper=paper)


def render_matrix_html(
    matrix: Matrix, options: RenderOptions | None = None, *, paper: bool = False
) -> str:
    """Return the matrix as one HTML file, for the chair with the proposals two by two."""
    options = options or RenderOptions()
    told = present(matrix.redline, options.shown_names, options.ui)
    pairs = options.audience is Audience.CHAIR
    table = matrix_fragment(
        matrix, told, colours=options.colours, pairs=pairs, templates=options.templates
    )
    return _page(told, options, "table_of_proposals", table, paper=paper)


def comparison_fragment(
    comparison: Comparison,
    told: Presentation,
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
        _macros(told, templates).comparison(  # type: ignore[attr-defined]
            parts=list(cells.parts(comparison, columns)),
            linked=linked,
        )
    )


def matrix_fragment(
    matrix: Matrix,
    told: Presentation,
    *,
    colours: Mapping[str, int] | None = None,
    pairs: bool = False,
    linked: bool = False,
    templates: str = "",
) -> Markup:
    """Return the table of a matrix in the same way; ``pairs`` is for the chair's own use."""
    cells = Cells(told, _colours(matrix.redline, colours))
    there = {cell.standing for row in matrix.rows for cell in row.cells if cell}
    marks = [(MARKS[said], key) for said, key in _LEGEND if said in there]
    return Markup(
        _macros(told, templates).matrix(  # type: ignore[attr-defined]
            heads=cells.heads(),
            rows=list(cells.crossings(matrix)),
            marks=marks,
            bars=[(BARS[severity], severity) for severity in list(BARS)[:3]],
            pairs=pair_rows(told, matrix) if pairs else [],
            linked=linked,
        )
    )


_LEGEND = (
    (CellStanding.RECORDED, "recorded"),
    (CellStanding.SAME, "identical"),
    (CellStanding.SIMILAR, "similar"),
)


def style(templates: str = "") -> str:
    """Return the style sheet of tables: without colours of sources, which the page has."""
    return sheets.style(templates, "tables.css")


def _macros(told: Presentation, templates: str) -> TemplateModule:
    found = sheets.template(templates, "tables.html.j2")
    return found.make_module({"say": told.say, "text": told.redline.base.language})


def _colours(redline: Redline, colours: Mapping[str, int] | None) -> dict[str, int]:
    return colour_indexes([source.id for source in redline.sources], colours)


def _page(
    told: Presentation, options: RenderOptions, name: str, table: Markup, *, paper: bool
) -> str:
    sheet = sheets.style(options.templates, "paper.css" if paper else "draft.css")
    date = told.redline.date
    called = told.say(f"{name}_of", date=told.say.day(date)) if date else told.say(name)
    cover = replace(options.cover, number=options.cover.number or told.say(name))
    sheet += style(options.templates) + (running(told, cover) if paper else "")
    return sheets.filled(
        options.templates,
        "table.html.j2",
        say=told.say,
        text=told.redline.base.language,
        policy=base64.b64encode(sha256(sheet.encode()).digest()).decode(),
        style=sheet,
        banner=banner(told),
        cover=cover_lines(told, options.cover),
        name=called,
        title=title(told.redline),
        table=table,
        marked=name == "comparison",
    )
