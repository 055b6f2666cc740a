"""``compare``, ``matrix``: the commands that put proposals side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from resamend.cli import options
from resamend.cli.outputs import chosen, on_screen, put
from resamend.renderers.forms import Product, form_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resamend.page.options import RenderOptions
    from resamend.tables import Comparison, Matrix


@click.command("compare")
@options.input_argument
@options.form(Product.COMPARISON)
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

    Each change stands in its phrase, beside the base text and what the draft makes of it.
    Where proposals differ, the words that only one of them has are emphasised. "(no proposal)"
    stands for silence; NOC appears only where it was proposed.

    \b
      resamend compare resolutions/140
      resamend compare base.xml RUS.xml CHN.xml --columns 3
    """
    form = chosen(form, out, Product.COMPARISON)
    publishing, table = _compared(input, said)
    _write(Product.COMPARISON, table, form, replace(publishing, columns=columns), out)


@click.command("matrix")
@options.input_argument
@options.form(Product.MATRIX)
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

    form = chosen(form, out, Product.MATRIX)
    publishing, table = _compared(input, said)
    _write(Product.MATRIX, matrix(table), form, publishing, out)


def _compared(
    input: tuple[str, ...], options: Mapping[str, Any]
) -> tuple[RenderOptions, Comparison]:
    """Return a comparison, and how it is to be published."""
    from resamend.cli.inputs import draft, heard
    from resamend.cli.outputs import manner, shown
    from resamend.conflict import find
    from resamend.redlines import View
    from resamend.tables import compare

    selection = heard(draft(input, options["lang"]), options["only"], options["without"])
    lines = shown(selection, find(selection.consolidated), View.REDLINE, options["date"])
    publishing = replace(manner(options, selection.document), colours=selection.colours)
    return publishing, compare(selection.consolidated, lines)


def _write(
    product: Product, table: Comparison | Matrix, form: str, publishing: RenderOptions, out: str
) -> None:
    """Write a table in a form."""
    registered = form_named(form)
    assert registered is not None
    put(registered.writer(product)(table, on_screen(publishing, out)), out)
