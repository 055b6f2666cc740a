"""``consolidate``, ``conflicts``, ``show``: the commands that show a draft."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from resamend.cli import options
from resamend.renderers.forms import Product

if TYPE_CHECKING:
    from resamend.conflict import Region
    from resamend.decision import ChairTable
    from resamend.page.options import RenderOptions


def is_conference(name: str) -> bool:
    """Tell whether a name is that of a folder that is no dossier and holds some."""
    if not Path(name).is_dir():
        return False
    from resamend.dossier.checking import dossiers

    return dossiers(Path(name)) not in ((), (Path(name),))


def drafts_of(name: str, out: str, publishing: dict[str, Any], scheduler: str) -> int:
    """Write the drafts of all dossiers of a folder; return the exit code."""
    from resamend.cli.conference import drafted_folder
    from resamend.cli.frame import JOBS

    if not publishing["form"]:
        raise click.UsageError("This is a folder of dossiers: say with -f in which form.")
    jobs = click.get_current_context().meta.get(JOBS, 1)
    return drafted_folder(Path(name), Path(out), publishing, jobs, scheduler)


@click.command("consolidate")
@options.input_argument
@options.form(Product.DRAFT)
@options.output
@options.selection
@click.option(
    "--view",
    type=click.Choice(("redline", "result", "base", "points")),
    default="redline",
    show_default=True,
    help="All marks; the text with the changes that have no competing proposal; the base text; "
    "the outstanding points one at a time, for a screen in a meeting room (html).",
)
@options.telling
@options.date("The day it bears; else the newest proposal's.")
@options.language
@options.exit_code
@click.option(
    "--scheduler",
    default="",
    metavar="URL",
    help="Draft the dossiers of a folder by a dask cluster (extra: cluster).",
)
def consolidate_command(
    *,
    input: tuple[str, ...],
    form: str | None,
    out: str,
    only: tuple[str, ...],
    without: tuple[str, ...],
    view: str,
    date: str,
    lang: str | None,
    tell: bool,
    scheduler: str,
    **said: Any,
) -> int:
    """Consolidate proposals with the base text: one draft, each change with its proponents.

    INPUT is a dossier, a draft of ours, or a base text and its proposals; '-' stands for no
    base text. A proposal may also be a state's whole revised text. Of a folder of dossiers
    each is drafted, into the folder OUT, by --jobs processes or by a cluster.

    \b
      resamend consolidate resolutions/140
      resamend consolidate base.xml RUS.xml CHN.xml -o draft.html
      resamend consolidate resolutions/140 -o draft.pdf --cover number=DL/4
      resamend consolidate base.en.txt RUS-62-1.en.txt --view result
      resamend consolidate resolutions/140 --view points -o points.html
      resamend consolidate resolutions -f html -o drafts --jobs 4
    """
    if len(input) == 1 and out != "-" and is_conference(input[0]):
        publishing = {**said, "lang": lang, "only": only, "without": without, "view": view}
        publishing |= {"date": date, "form": form}
        return drafts_of(input[0], out, publishing, scheduler)
    if scheduler:
        raise click.UsageError(
            "--scheduler is for a folder of dossiers, with -o FOLDER and -f FORM."
        )
    from resamend.cli.inputs import draft, heard
    from resamend.cli.outputs import chosen, manner, put, rendered, shown
    from resamend.conflict import find
    from resamend.redlines import View

    product = Product.POINTS if view == "points" else Product.DRAFT
    written_as = chosen(form, out, product)
    whole = draft(input, lang)
    selection = heard(whole, only, without)
    findings = find(selection.consolidated)
    if selection is not whole:
        from resamend.cli.whatif import tell_what_if

        tell_what_if(whole, selection, findings)
    wanted = View.REDLINE if product is Product.POINTS else View(view)
    redline = shown(selection, findings, wanted, date)
    options = manner(said, selection.document)
    put(rendered(selection, redline, written_as, options, out, product), out)
    return 1 if tell and redline.findings.outstanding else 0


@click.command("conflicts")
@options.input_argument
@click.option("--json", "as_json", is_flag=True, help="For programs; docs/json.md describes it.")
@click.option(
    "--all", "everything", is_flag=True, help="Also the changes that have no competing proposal."
)
@options.selection
@options.names
@options.ui
@options.language
@options.exit_code
@options.output
def conflicts_command(
    *,
    input: tuple[str, ...],
    as_json: bool,
    everything: bool,
    only: tuple[str, ...],
    without: tuple[str, ...],
    names: str,
    ui: str | None,
    lang: str | None,
    tell: bool,
    out: str,
) -> int:
    """List the outstanding points: where, of what kind, and who proposes which option.

    \b
      resamend conflicts resolutions/140
      resamend conflicts base.xml RUS.xml CHN.xml --json
    """
    from resamend.cli.inputs import draft, heard, note, spoken
    from resamend.cli.outputs import put, shown, to_screen, width
    from resamend.conflict import find
    from resamend.page.options import Names, RenderOptions
    from resamend.redlines import View

    whole = draft(input, lang)
    selection = heard(whole, only, without)
    findings = find(selection.consolidated)
    if selection is not whole:
        from resamend.cli.whatif import tell_what_if

        tell_what_if(whole, selection, findings)
    redline = shown(selection, findings, View.REDLINE)
    if as_json:
        from resamend.renderers.json import conflicts_json

        put(conflicts_json(redline, RenderOptions(names=Names(names))), out)
    else:
        from msgspec.structs import replace

        from resamend.decision.positions import opposed_regions
        from resamend.renderers.points import render_points

        language = selection.consolidated.base.language
        opposed = opposed_regions(redline.findings, selection.positions, language)
        if opposed and selection.numbers:
            redline = replace(redline, numbers=selection.numbers)
        options = RenderOptions(
            names=Names(names), width=width(out), ui=spoken(ui), colours=selection.colours
        )
        screen = to_screen(out)
        listed = render_points(
            redline, options, everything=everything, opposed=opposed, styled=screen
        )
        put(listed, out)
        if screen and redline.findings.outstanding:
            note(f"next: resamend show {shlex.join(input)} POINT")
    return 1 if tell and redline.findings.outstanding else 0


@click.command("show")
@click.argument("input", nargs=-1, metavar="INPUT...")
@click.argument("point")
@options.selection
@options.names
@options.audience
@options.ui
@options.language
def show_command(
    *,
    input: tuple[str, ...],
    point: str,
    only: tuple[str, ...],
    without: tuple[str, ...],
    names: str,
    audience: str,
    ui: str | None,
    lang: str | None,
) -> None:
    """Show one point: the base text, the options, what is recorded, the reasons, its history.

    Of a dossier the history is all that happened at the point: what was proposed, replaced and
    withdrawn, the positions (for the chair), and the records with meeting, level and conditions.

    POINT is its number, its place (OP21, 'resolves 2'), its id, or the first characters of its id,
    four or more.

    \b
      resamend show resolutions/140 7
    """
    if not input:
        raise click.UsageError("Give INPUT, then POINT: the number of the point to be shown.")
    from msgspec.structs import replace

    from resamend.cli.inputs import chair_table, draft, heard, note, spoken
    from resamend.cli.outputs import put, shown, to_screen, width
    from resamend.decision.compositions import asked_now
    from resamend.dossier.histories import closed_point
    from resamend.dossier.point_names import point_of
    from resamend.page.options import Audience, Names, RenderOptions
    from resamend.redlines import View
    from resamend.renderers.points import render_closed_point, render_point

    whole = heard(draft(input, lang), only, without)
    table = chair_table(whole)
    findings = asked_now(table.findings, table.replay)
    redline = shown(replace(whole, records=()), findings, View.REDLINE)
    if audience == "chair" and whole.numbers is not None:
        redline = replace(redline, numbers=whole.numbers)
    options = RenderOptions(
        names=Names(names),
        audience=Audience(audience),
        width=width(),
        ui=spoken(ui),
        colours=whole.colours,
    )
    screen, folder = to_screen(), Path(input[0])
    kept = whole.numbers is not None and folder.is_dir()
    if kept and (closed := closed_point(folder, table, point)):
        history = _history(folder, table, closed, options)
        put(render_closed_point(closed, history, options, styled=screen), "-")
        return
    numbers = redline.numbers if whole.numbers is None else whole.numbers
    region = point_of(findings, numbers, point, table.consolidated.base)
    shown_point = render_point(
        redline,
        region,
        options,
        records=table.replay.records if whole.records else (),
        opposed=region.id in table.opposed and audience == "chair",
        history=_history(folder, table, region, options) if kept else (),
        styled=screen,
    )
    put(shown_point, "-")
    if screen and whole.numbers is not None:
        about = f"{shlex.join(input)} {shlex.quote(point)}"
        note(f"next: resamend decide {about} --take OPTION --by NAME")


def _history(
    folder: Path, table: ChairTable, region: Region, options: RenderOptions
) -> tuple[str, ...]:
    """Return the lines of what happened at a point of a dossier."""
    from resamend.dossier.histories import point_history
    from resamend.page.histories import history_lines
    from resamend.page.options import Audience
    from resamend.page.source_names import source_names
    from resamend.page.vocabulary import phrases_for

    draft = table.consolidated
    names = source_names(phrases_for(draft.base, options.ui), options.shown_names, draft)
    chair = options.audience is Audience.CHAIR
    return history_lines(point_history(folder, table, region), draft.base, names, chair=chair)
