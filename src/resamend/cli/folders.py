"""``new``, ``add``, ``withdraw``: the commands that change a dossier."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import click

from resamend.cli import options

_FOLDER = click.argument("dossier", type=click.Path(path_type=Path))


@click.command("new")
@_FOLDER
@click.option(
    "--base", "bases", multiple=True, metavar="BASE", help="The base text; one a language."
)
@click.option("--new-resolution", is_flag=True, help="There is no base text yet.")
@options.metadata
@options.date("The day of this revision.")
@options.cover
def new_command(
    *,
    dossier: Path,
    bases: tuple[str, ...],
    new_resolution: bool,
    cover: dict[str, str],
    **said: Any,
) -> None:
    """Make a dossier: a folder with one base text and its proposals.

    \b
      resamend new res-140 --base base.en.xml --base base.fr.xml
      resamend new res-ai --new-resolution
    """
    if bool(bases) is new_resolution:
        raise click.UsageError("Give either --base BASE or --new-resolution.")
    from resamend.cli.inputs import metadata_of, note, received
    from resamend.dossier.changing import new

    notes = new(dossier, [received(name) for name in bases], metadata_of(said), cover)
    for message in notes:
        note(message)
    typed = shlex.quote(str(dossier))
    note(f"{dossier} is made; add proposals with: resamend add {typed} PROPOSAL…")


@click.command("add")
@_FOLDER
@click.argument("proposals", nargs=-1, metavar="PROPOSAL...")
@click.option("--amend", metavar="TEXT", help="Amendments in words, in place of a file.")
@options.language
@options.of_proposal
@click.option("--illustrative", default="", metavar="TEXT", help="Say that it is no official one.")
def add_command(
    *,
    dossier: Path,
    proposals: tuple[str, ...],
    amend: str | None,
    lang: str | None,
    redline_formatting: bool,
    **said: Any,
) -> None:
    """Add proposals, or new revisions of them, to a dossier.

    A PROPOSAL is a Word document in which a state tracked its changes, its whole revised text
    (.docx, .txt or .xml), which is compared with the base text, an extract of it, amendments
    in words, or one of ours (.xml); a folder stands for the files in it. What was received is kept
    in originals/, byte for byte.

    \b
      resamend add res-140 RUS-62.docx CHN-63-1.en.txt
      resamend add res-140 "Proposal of China.docx" --id CHN/63/1
    """
    if bool(proposals) is bool(amend):
        raise click.UsageError("Give files, or --amend TEXT.")
    from resamend.cli.inputs import note, received_all, request_of, spoken
    from resamend.dossier.changing import add
    from resamend.dossier.parsed_input import SENTENCES, Upload

    uploads = [Upload(SENTENCES, amend.encode())] if amend else received_all(proposals)
    if said["id"] and len(uploads) > 1:
        raise click.UsageError("--id names one proposal: give its file alone.")
    notes = add(
        dossier,
        uploads,
        language=spoken(lang),
        request=request_of(said),
        redline_formatting=redline_formatting,
    )
    for message in notes:
        note(message)


@click.command("withdraw")
@_FOLDER
@click.argument("source", metavar="PROPOSAL")
@click.option("--of", "state", default="", metavar="STATE", help="Only this state leaves it.")
@click.option("--yes", is_flag=True, help="Withdraw it though its last proponent leaves.")
@click.option("--taken-over-by", default="", metavar="STATE", help="Who stands behind it now.")
@options.date("The day of the withdrawal; by default today.")
def withdraw_command(
    *, dossier: Path, source: str, state: str, yes: bool, taken_over_by: str, date: str
) -> None:
    """Withdraw a proposal, in all its languages, from a dossier; or take one state out of it.

    PROPOSAL is its id, or a state with just one. A state that has others beside it leaves the
    proposal to them. What is withdrawn is kept in proposals/history/, and the numbers of the
    outstanding points stay as they were. Another state may take it over, with its points and
    records.

    \b
      resamend withdraw res-140 USA
      resamend withdraw res-140 ARG/CHL/MEX/URG/65/1 --taken-over-by NOR
    """
    from resamend.cli.inputs import note
    from resamend.dossier.changing import withdraw

    day = date or options.today()
    for message in withdraw(
        dossier, source, state=state, last_may_leave=yes, taken_over_by=taken_over_by, day=day
    ):
        note(message)


@click.command("join")
@_FOLDER
@click.argument("source", metavar="PROPOSAL")
@click.argument("states", nargs=-1, required=True, metavar="STATE...")
@options.date("The day on which they join; by default today.")
def join_command(*, dossier: Path, source: str, states: tuple[str, ...], date: str) -> None:
    """Let states join a proposal as its co-sponsors; a body may be given by its name.

    PROPOSAL is its id, or a state with just one. What it asks for stays, and so do its points and
    records. They leave by 'withdraw'.

    \b
      resamend join res-140 KEN/62/1 NOR "Women's Network" --date 2018-11-05
    """
    from resamend.cli.inputs import note
    from resamend.dossier.changing import join

    for message in join(dossier, source, states, date or options.today()):
        note(message)
