"""``position``: what states say of points without a text."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from resamend.cli import options
from resamend.cli.listings import write_listing
from resamend.renderers.forms import Product

if TYPE_CHECKING:
    from resamend.decision.positions import Stance


@click.command("position")
@click.argument("dossier", type=click.Path(path_type=Path))
@click.argument("point", required=False, default="", metavar="[POINT]")
@click.option("--of", default="", metavar="STATE", help="Whose: a state, or a body by its name.")
@click.option("--support", is_flag=True, help="It supports what is proposed.")
@click.option("--oppose", is_flag=True, help="It opposes it: the change against no change.")
@click.option("--reserve", is_flag=True, help="It reserves its position.")
@click.option("--undo", is_flag=True, help="Take back the last position on the point.")
@click.option("--option", default="", metavar="OPTION", help="On one option: its number, RUS, …")
@click.option("--remark", default="", metavar="TEXT", help="What was said.")
@click.option("--meeting", default="", help="In which meeting.")
@click.option("--informal", is_flag=True, help="Keep what was said without the name.")
@click.option("--list", "listed", is_flag=True, help="List the positions, by meeting.")
@options.date("The day on which it was said; by default today.")
@options.language
@options.form(Product.LISTING)
@options.ui
@options.output
def position_command(
    *,
    dossier: Path,
    point: str,
    listed: bool,
    lang: str | None,
    form: str | None,
    out: str,
    **said: Any,
) -> None:
    """Keep what a state says of a point without a text: it supports, opposes, reserves.

    No text changes. What somebody opposes becomes a point, the change against no change: no
    decision about many takes it. Positions are the chair's: they are in no draft, only in 'show'
    and in --list.

    \b
      resamend position res-140 7 --of BRA --oppose --meeting "Third meeting"
      resamend position res-140 7 --of "Women's Network" --support --option 2
      resamend position res-140 7 --informal --reserve --remark "more time"
      resamend position res-140 --list
    """
    stances = [name for name in ("support", "oppose", "reserve", "undo") if said[name]]
    if listed:
        if point or stances:
            raise click.UsageError("--list lists them all: give it without a POINT.")
        _write_list(dossier, lang, form, out, said["ui"])
        return
    if not point or len(stances) != 1:
        raise click.UsageError(
            "Give a POINT with one of --support, --oppose, --reserve, --undo; or --list."
        )
    from resamend.cli.inputs import note, spoken, unparted
    from resamend.decision.positions import PositionRequest, Stance
    from resamend.dossier.positions import take_position
    from resamend.library.dossiers import Dossier
    from resamend.model import Language
    from resamend.page.positions import option
    from resamend.page.vocabulary import phrases_for

    request = PositionRequest(
        stance=Stance(stances[0]),
        at=said["date"] or options.today(),
        of=said["of"],
        option=said["option"].strip(),
        remark=said["remark"],
        meeting=said["meeting"],
        informal=said["informal"],
    )
    taken = take_position(dossier, point, request, spoken(lang))
    for message in taken.notes:
        note(message)
    position = taken.position
    say = phrases_for(Dossier(dossier, spoken(lang)).base, Language.EN)
    on = unparted(option(say, position))
    what = _done(position.stance, position.of, position.undoes) + (on and f" · {on}")
    number = f"point {taken.point}" if taken.point else position.region[:8]
    note(f"position {position.number}: {number}, {position.path}: {what}")
    note(f"next: resamend show {shlex.quote(str(dossier))} {taken.point or position.region[:8]}")


def _done(stance: Stance, of: str, undoes: int) -> str:
    verbs = {"support": "supports", "oppose": "opposes", "reserve": "reserves its position"}
    if stance.value == "undo":
        return f"position {undoes} is taken back"
    return f"{of or 'somebody (not attributed)'} {verbs[stance.value]}"


def _write_list(
    dossier: Path, lang: str | None, form: str | None, out: str, ui: str | None
) -> None:
    from resamend.cli.inputs import table
    from resamend.page.positions import positions_listing

    chair = table(dossier, lang)
    write_listing(lambda reader: positions_listing(chair, reader), form, {"ui": ui}, {}, out)
