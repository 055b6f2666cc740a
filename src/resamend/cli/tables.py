"""``compare``, ``matrix``: the commands that put proposals side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from resamend.cli import options
from resamend.cli.outputs import chosen, coloured, put, width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resamend.renderers.setting import Setting
    from resamend.tables import Comparison, Matrix

__all__ = ["compare_command", "matrix_command"]

_COMPARISONS = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".docx": "docx",
    ".pdf": "pdf",
}
_MATRICES = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".svg": "svg",
    ".csv": "csv",
    ".pdf": "pdf",
    ".json": "json",
}


@click.command("compare")
@options.input_argument
@options.form("terminal", *dict.fromkeys(_COMPARISONS.values()))
@options.output
@click.option(
    "--columns",
    type=click.IntRange(1),
    help="How many columns of text stand side by side; by default as many as can be read.",
)
@options.selection
@options.telling
@options.date("The day it bears; else the newest proposal's.")
@options.language
def compare_command(
    *, input: tuple[str, ...], form: str | None, out: str, columns: int | None, **said: Any
) -> None:
    """Put the proposals side by side, aligned by provision.

    Each change stands in its phrase, beside the text in force and what the draft makes of it.
    Where proposals differ, the words that only one of them has are emphasised. "(no proposal)"
    stands for silence; NOC appears only where it was proposed.

    \b
      resamend compare resolutions/140
      resamend compare base.xml RUS.xml CHN.xml --columns 3
    """
    product = chosen(form, out, _COMPARISONS)
    how, table = _compared(input, said)
    put(_comparison(table, product, how, columns, out), out)


@click.command("matrix")
@options.input_argument
@options.form("terminal", *dict.fromkeys(_MATRICES.values()))
@options.output
@options.selection
@options.telling
@options.date("The day it bears; else the newest proposal's.")
@options.language
def matrix_command(*, input: tuple[str, ...], form: str | None, out: str, **said: Any) -> None:
    """Show at a glance who asks for what: proposals by provision, with ADD, MOD, SUP and NOC.

    For the chair it ends with the proposals two by two; --audience room leaves that out.

    \b
      resamend matrix resolutions/140
      resamend matrix base.xml RUS.xml CHN.xml --audience room
    """
    from resamend.tables import matrix

    product = chosen(form, out, _MATRICES)
    how, table = _compared(input, said)
    put(_matrix(matrix(table), product, how, out), out)


def _compared(input: tuple[str, ...], said: Mapping[str, Any]) -> tuple[Setting, Comparison]:
    """Return a comparison, and how it is to be published."""
    from resamend.cli.inputs import draft, heard
    from resamend.cli.outputs import manner, shown
    from resamend.conflict import find
    from resamend.redline import View
    from resamend.tables import compare

    given = heard(draft(input, said["lang"]), said["only"], said["without"])
    lines = shown(given, find(given.consolidated), View.REDLINE, said["date"])
    how = replace(manner(said, given.document), colours=given.colours)
    return how, compare(given.consolidated, lines)


def _comparison(
    table: Comparison, form: str, how: Setting, columns: int | None, out: str
) -> str | bytes:
    """Render a comparison in a form."""
    from resamend.renderers import table_text

    if form in ("html", "pdf", "docx"):
        return _published(table, form, how, columns)
    if form == "csv":
        from resamend.renderers.table_csv import render_comparison_csv

        return render_comparison_csv(table, names=how.told, ui=how.ui)
    if form == "terminal":
        return table_text.render_comparison_terminal(
            table, side_by_side=columns, **_screen(how, out)
        )
    return table_text.render_comparison_text(
        table, names=how.told, ui=how.ui, width=width(out), side_by_side=columns
    )


def _published(table: Comparison, form: str, how: Setting, columns: int | None) -> str | bytes:
    """Render a comparison in a form that is printed: pages of columns."""
    from resamend.renderers.table_html import COLUMNS, render_comparison_html

    wanted = columns or COLUMNS
    if form == "html":
        return render_comparison_html(table, how, columns=wanted)
    if form == "docx":
        from resamend.renderers.table_docx import render_comparison_docx

        return render_comparison_docx(table, how, columns=wanted)
    from resamend.renderers.table_pdf import render_comparison_pdf

    return render_comparison_pdf(table, how, columns=wanted)


def _matrix(table: Matrix, form: str, how: Setting, out: str) -> str | bytes:
    """Render a matrix in a form; the proposals two by two are for the chair alone."""
    from resamend.renderers import table_grid
    from resamend.renderers.edition import Audience

    pairs = how.audience is Audience.CHAIR
    if form == "html":
        from resamend.renderers.table_html import render_matrix_html

        return render_matrix_html(table, how)
    if form == "pdf":
        from resamend.renderers.table_pdf import render_matrix_pdf

        return render_matrix_pdf(table, how)
    if form == "csv":
        from resamend.renderers.table_csv import render_matrix_csv

        return render_matrix_csv(table, names=how.told, ui=how.ui, pairs=pairs)
    if form == "json":
        from resamend.renderers.table_json import matrix_json

        return matrix_json(table, names=how.told, pairs=pairs)
    if form == "svg":
        from resamend.renderers.table_svg import render_matrix_svg

        return render_matrix_svg(table, names=how.told, ui=how.ui, colours=how.colours)
    if form == "terminal":
        return table_grid.render_matrix_terminal(table, pairs=pairs, **_screen(how, out))
    return table_grid.render_matrix_text(
        table, names=how.told, ui=how.ui, width=width(out), pairs=pairs
    )


def _screen(how: Setting, out: str) -> dict[str, Any]:
    """Return what a terminal is told."""
    return {
        "names": how.told,
        "ui": how.ui,
        "width": width(out) or 80,
        "color": coloured(),
        "colours": how.colours,
    }
