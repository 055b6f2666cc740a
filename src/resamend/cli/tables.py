"""``compare``, ``matrix``: the commands that put proposals side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from resamend.cli import options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resamend.cli.inputs import Draft
    from resamend.renderers.edition import Names
    from resamend.renderers.setting import Setting
    from resamend.tables import Comparison, Matrix

__all__ = ["compare_command", "matrix_command"]

_COMPARISONS = {".txt": "text", ".html": "html", ".htm": "html", ".csv": "csv"}
_MATRICES = {".txt": "text", ".html": "html", ".htm": "html", ".svg": "svg", ".csv": "csv"}


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
@options.date("Its day; else the newest proposal's.")
@options.language
def compare_command(
    *, input: tuple[str, ...], form: str | None, out: str, columns: int | None, **said: Any
) -> None:
    """Put the proposals side by side, aligned by provision.

    Each change stands in its phrase, beside the text in force and what the draft makes of it.
    Where proposals differ, the words that only one of them has are emphasised. "(no proposal)"
    stands for silence; NOC only where it was said.

    \b
      resamend compare resolutions/140
      resamend compare base.xml RUS.xml CHN.xml --columns 3
    """
    from resamend.cli.outputs import chosen, manner, put

    product = chosen(form, out, _COMPARISONS)
    draft, table = _compared(input, said)
    how = manner(said, draft.document)
    put(_comparison(draft, table, product, how, columns, out), out)


@click.command("matrix")
@options.input_argument
@options.form("terminal", *dict.fromkeys(_MATRICES.values()))
@options.output
@options.selection
@options.telling
@options.date("Its day; else the newest proposal's.")
@options.language
def matrix_command(*, input: tuple[str, ...], form: str | None, out: str, **said: Any) -> None:
    """Show at a glance who asks for what: proposals by provision, with ADD, MOD, SUP and NOC.

    For the chair it ends with the proposals two by two; --audience room leaves that out.

    \b
      resamend matrix resolutions/140
      resamend matrix base.xml RUS.xml CHN.xml --audience room
    """
    from resamend.cli.outputs import chosen, manner, put
    from resamend.tables import matrix

    product = chosen(form, out, _MATRICES)
    draft, table = _compared(input, said)
    how = manner(said, draft.document)
    put(_matrix(draft, matrix(table), product, how, out), out)


def _compared(input: tuple[str, ...], said: Mapping[str, Any]) -> tuple[Draft, Comparison]:
    from resamend.cli.inputs import draft, heard
    from resamend.cli.outputs import shown
    from resamend.conflict import find
    from resamend.redline import View
    from resamend.tables import compare

    given = heard(draft(input, said["lang"]), said["only"], said["without"])
    lines = shown(given, find(given.consolidated), View.REDLINE, said["date"])
    return given, compare(given.consolidated, lines)


def _comparison(
    draft: Draft, table: Comparison, form: str, how: Setting, columns: int | None, out: str
) -> str | bytes:
    """Render a comparison in a form."""
    from resamend.cli.outputs import coloured, width
    from resamend.renderers.table_text import render_comparison_terminal, render_comparison_text

    names = _named(how)
    if form == "csv":
        from resamend.renderers.table_csv import render_comparison_csv

        return render_comparison_csv(table, names=names, ui=how.ui)
    if form == "html":
        from resamend.renderers.table_html import COLUMNS, render_comparison_html

        return render_comparison_html(
            table, names=names, ui=how.ui, colours=draft.colours, columns=columns or COLUMNS
        )
    if form == "terminal":
        return render_comparison_terminal(
            table,
            names=names,
            ui=how.ui,
            width=width(out) or 80,
            side_by_side=columns,
            color=coloured(),
            colours=draft.colours,
        )
    return render_comparison_text(
        table, names=names, ui=how.ui, width=width(out), side_by_side=columns
    )


def _matrix(draft: Draft, table: Matrix, form: str, how: Setting, out: str) -> str | bytes:
    """Render a matrix in a form; the proposals two by two are for the chair alone."""
    from resamend.cli.outputs import coloured, width
    from resamend.renderers.edition import Audience
    from resamend.renderers.table_grid import render_matrix_terminal, render_matrix_text

    names, pairs = _named(how), how.audience is Audience.CHAIR
    if form == "csv":
        from resamend.renderers.table_csv import render_matrix_csv

        return render_matrix_csv(table, names=names, ui=how.ui, pairs=pairs)
    if form == "svg":
        from resamend.renderers.table_svg import render_matrix_svg

        return render_matrix_svg(table, names=names, ui=how.ui, colours=draft.colours)
    if form == "html":
        from resamend.renderers.table_html import render_matrix_html

        return render_matrix_html(table, names=names, ui=how.ui, colours=draft.colours, pairs=pairs)
    if form == "terminal":
        return render_matrix_terminal(
            table,
            names=names,
            ui=how.ui,
            width=width(out) or 80,
            pairs=pairs,
            color=coloured(),
            colours=draft.colours,
        )
    return render_matrix_text(table, names=names, ui=how.ui, width=width(out), pairs=pairs)


def _named(how: Setting) -> Names:
    """Return what may be said of the proponents: nothing to the public."""
    from resamend.renderers.edition import Audience, Names

    public = how.audience is Audience.PUBLIC and how.names is Names.NAMES
    return Names.NONE if public else how.names
