"""``decide``, ``status``, ``adopt``: the commands of the chair."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from resamend.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resamend.decision import Adopted, ChairTable, DecisionKind, DecisionRequest, Record
    from resamend.decision.bulk import BulkClass
    from resamend.page.vocabulary import Phrases

_FOLDER = click.argument("dossier", type=click.Path(path_type=Path))
_FLAGS = (
    *("keep", "agreed", "suppress", "retain", "no_change", "amendable"),
    *("bracket", "defer", "acknowledge", "undo", "reopen"),
)


@click.command("decide")
@_FOLDER
@click.argument("points", metavar="POINT")
@click.option("--keep", is_flag=True, help="Keep the base text.")
@click.option("--take", metavar="OPTION", help="Take one: its number, RUS, RUS/62/1, or its id.")
@click.option("--both", metavar="OPTIONS", help="Take several, in this order: RUS,CHN.")
@click.option("--text", metavar="TEXT", help="The group's own words for it.")
@click.option("--agreed", is_flag=True, help="Agree to what has no competing proposal.")
@click.option("--suppress", is_flag=True, help="The provision is suppressed.")
@click.option("--retain", is_flag=True, help="It is not; what is asked inside stays open.")
@click.option("--no-change", is_flag=True, help="The provision stays as it is in force.")
@click.option("--amendable", is_flag=True, help="It may change; what is asked inside stays open.")
@click.option("--bracket", is_flag=True, help="Leave it open, in square brackets.")
@click.option("--defer", is_flag=True, help="Defer it.")
@click.option("--acknowledge", is_flag=True, help="A composed text was read as a whole.")
@click.option("--undo", is_flag=True, help="Take back a record made by mistake.")
@click.option("--reopen", is_flag=True, help="The group reopens it; give the --reason.")
@click.option(
    "--with",
    "allowed",
    default="",
    metavar="KINDS",
    help="Of many changes take also: suppressions,modals,figures.",
)
@click.option("--by", required=True, metavar="NAME", help="Who decided it.")
@click.option("--entered-by", default="", metavar="NAME", help="Who wrote it down, if another.")
@click.option("--package", default="", metavar="NAME", help="It holds only with others so named.")
@click.option("--at", metavar="TIME", help="When it was decided; by default now.")
@click.option("--reason", default="", help="Why.")
@click.option(
    "--level",
    type=click.Choice(("ad-hoc", "committee", "editorial", "plenary")),
    help="Who has agreed; an ad hoc group agrees ad referendum.",
)
@click.option("--meeting", default="", help="In which meeting.")
@click.option("--symbol", default="", help="The document that says so, such as DT/12.")
@click.option("--condition", default="", help="Such as 'subject to resolves 3'.")
@click.option("--reserve", multiple=True, metavar="STATE", help="Who has reserved its position.")
@options.language
def decide_command(
    *,
    dossier: Path,
    points: str,
    lang: str | None,
    **said: Any,
) -> None:
    """Record what the group has decided about a point; nothing else records agreement.

    POINT is a number, a place (OP21, 'resolves 2'), an id or its beginning; several with commas
    between, or 'same', 'single',
    'consequential' (changes of that class, without a competing proposal), 'uncontested' (all of
    them), 'open' (all that has no record yet), 'inside 10' (all inside point 10). Of many at once
    no suppression is taken, nor one proponent's change of a modal, a figure or a date: these are
    taken by name, or with --with.

    \b
      resamend decide res-140 7 --take RUS --by Chair --level ad-hoc
      resamend decide res-140 3 --text "and sustainable development" --by Chair
      resamend decide res-140 same --agreed --by Chair
      resamend decide res-140 10 --retain --by Chair
      resamend decide res-140 7 --undo --by Chair --reason "more time"
    """
    from resamend.cli.inputs import note, spoken
    from resamend.library.dossiers import Dossier
    from resamend.model import Language
    from resamend.page.vocabulary import phrases_for

    folder = Dossier(dossier, spoken(lang))
    made = folder.decide(points, _wish(said), _allowed(said["allowed"]))
    say = phrases_for(folder.base, Language.EN)
    for told in (*made.notes, *(_told(say, record) for record in made.records)):
        note(told)
    for record in made.records:
        if record.as_read:
            # who reads a clause as a whole has agreed to none of its changes
            read = "was read as" if record.act == "acknowledge" else "now reads"
            note(f"{record.path} {read}: {_reading(record)}")


def _reading(record: Record) -> str:
    """Return what a record is about as it then reads; several additions in the order taken."""
    taken = "\n".join(option.text for option in record.taken)
    texts = sorted((text for _, text in record.as_read), key=taken.find)
    return " ¶ ".join(" ".join(text.split()) for text in texts)


def _allowed(said: str) -> frozenset[BulkClass]:
    """Return the kinds of change that are taken in passing all the same."""
    from resamend.decision.bulk import BulkClass

    try:
        return frozenset(BulkClass(name.strip()) for name in said.split(",") if name.strip())
    except ValueError as error:
        raise click.BadParameter(
            f"{error}; the kinds are {', '.join(BulkClass)}", param_hint="--with"
        ) from None


def _wish(said: dict[str, Any]) -> DecisionRequest:
    from resamend.decision import DecisionRequest, Level

    act, names = _act(said)
    return DecisionRequest(
        act=act,
        names=names,
        text=said["text"] or "",
        by=said["by"].strip(),
        at=_time(said["at"]),
        reason=said["reason"],
        level=Level(said["level"]) if said["level"] else None,
        meeting=said["meeting"],
        symbol=said["symbol"],
        condition=said["condition"],
        reservations=said["reserve"],
        entered_by=said["entered_by"].strip(),
        package=said["package"].strip(),
    )


def _act(said: dict[str, Any]) -> tuple[DecisionKind, tuple[str, ...]]:
    """Return the one decision that the options name, and the options that it takes."""
    from resamend.decision import DecisionKind

    given = [name for name in _FLAGS if said[name]]
    given += [name for name in ("take", "both", "text") if said[name] is not None]
    if len(given) != 1:
        raise click.UsageError(
            "Give one of --keep, --take, --both, --text, --agreed, --suppress, --retain, "
            "--no-change, --amendable, --bracket, --defer, --acknowledge, --undo, --reopen."
        )
    (act,) = given
    if act == "agreed":
        return DecisionKind.TAKE, ()
    if act == "take":
        return DecisionKind.TAKE, (said["take"].strip(),)
    if act == "both":
        return DecisionKind.BOTH, tuple(name.strip() for name in said["both"].split(","))
    return DecisionKind(act.replace("_", "-")), ()


def _time(given: str | None) -> str:
    """Return a moment as ISO 8601: the one given, or now."""
    from datetime import UTC, datetime

    if given is None:
        return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    try:
        datetime.fromisoformat(given)
    except ValueError:
        raise click.BadParameter(
            f"{given!r} is no time such as 2018-11-05 or 2018-11-05T16:30", param_hint="--at"
        ) from None
    return given


def _told(say: Phrases, record: Record) -> str:
    from resamend.cli.inputs import unparted
    from resamend.page.records import decided

    told = unparted(decided(say, record))
    return f"record {record.number}: {_about(record)}: {told}"


def _about(record: Record) -> str:
    point = f"point {record.point}" if record.point else record.region[:8]
    return f"{point}, {record.path}"


@click.command("status")
@_FOLDER
@click.option("--json", "as_json", is_flag=True, help="For programs; docs/json.md describes it.")
@options.ui
@options.language
@options.exit_code
@options.output
def status_command(
    *, dossier: Path, as_json: bool, ui: str | None, lang: str | None, tell: bool, out: str
) -> int:
    """Show what is recorded, what is open, and what is new on settled points.

    \b
      resamend status res-140
    """
    from resamend.cli.inputs import note, spoken, table
    from resamend.cli.outputs import put, to_screen, width
    from resamend.renderers.status import render_status, status_json

    told = table(dossier, lang)
    if as_json:
        put(status_json(told), out)
        return 1 if tell and (told.open or told.replay.stale) else 0
    screen = to_screen(out)
    put(render_status(told, ui=spoken(ui), width=width(out), looks=screen), out)
    if screen and any(region.outstanding for region in told.open):
        note(f"next: resamend show {shlex.quote(str(dossier))} POINT")
    return 1 if tell and (told.open or told.replay.stale) else 0


@click.command("adopt")
@_FOLDER
@click.option(
    "--numbers", is_flag=True, help="The renumbering table: in force, as proposed, adopted."
)
@options.date("The day of adoption; else that of the last record.")
@click.option("--revision-name", default="", metavar="NAME", help="Such as 'Rev. Dubai, 2018'.")
@click.option(
    "--pending",
    is_flag=True,
    help="Adopt although two languages contradict each other, or what was asked of the former text "
    "is not settled.",
)
@options.language
@options.output
def adopt_command(
    *,
    dossier: Path,
    numbers: bool,
    date: str,
    revision_name: str,
    pending: bool,
    lang: str | None,
    out: str,
) -> None:
    """Write the text as decided: clean, renumbered, what is still open in square brackets.

    It is a new revision of the same resolution, to be the base text of the next round. Where
    records of two languages settle one question differently, or what was asked of the former text
    is not settled, nothing is adopted until that is mended; --pending adopts it all the same.

    \b
      resamend adopt res-140 -o adopted.xml
      resamend adopt res-140 --numbers
    """
    from resamend.cli.inputs import note, table
    from resamend.cli.outputs import put, width, write_text
    from resamend.dossier.adoption import adopted
    from resamend.renderers.status import render_numbers

    told = table(dossier, lang)
    decided = adopted(told, date=date, revision=revision_name, pending=pending)
    if numbers:
        put(render_numbers(decided.numbers, told, width=width(out)), out)
        return
    write_text(decided.text, out)
    for line in _notes(told, decided):
        note(line)


def _waiting(record: Record) -> str:
    """Say that a record of another language has none in this one."""
    return f"pending: {_about(record)}: recorded in {record.language} only (record {record.number})"


def _former_notes(table: ChairTable, adopted: Adopted) -> Iterator[str]:
    for region in adopted.former:
        point = table.numbers.get(region.id)
        name = f"point {point}" if point else region.id[:8]
        who = ", ".join(region.sources)
        yield f"{name}, {region.path}: asked of the former text ({who}), and not settled"


def _bracket_notes(table: ChairTable, adopted: Adopted) -> Iterator[str]:
    """Yield what the text in force had in brackets and still has, and what does not close."""
    from resamend.brackets import read_brackets

    bracketed = [region for region in adopted.open if region.is_bracketed]
    for region in bracketed:
        point = table.numbers.get(region.id)
        name = f"point {point}" if point else region.id[:8]
        text = " ".join(region.base.split())
        yield f"{name}, {region.path}: in brackets in the text before, and still open: {text}"
    layer = read_brackets(adopted.text)
    for stray in layer.unbalanced:
        yield f"{stray.path}: the bracket “{stray.sign}” has no counterpart"
    if layer.brackets and not adopted.open:
        yield f"brackets that stand in the text: {len(layer.brackets)}"


def _notes(table: ChairTable, adopted: Adopted) -> Iterator[str]:
    """Yield what has to be known beside an adopted text."""
    from resamend.decision.chair_table import broken_packages
    from resamend.model import Language
    from resamend.page.records import terms
    from resamend.page.vocabulary import phrases_for
    from resamend.reference import unread_reason

    say = phrases_for(table.consolidated.base, Language.EN)
    reason = unread_reason(adopted.text.language)
    if reason:
        yield f"cross-references are not read in this language, so check each by hand ({reason})"
    for each in adopted.unresolved:
        yield f"{each.path}: “{each.phrase}” is kept as it is written ({each.reason})"
    for change in table.findings.editorial:
        word, who = change.base.text.strip(), ", ".join(change.sources)
        yield f"{change.path}: how “{word}” is typed stays as it is ({who} types it otherwise)"
    for held in table.settled:
        for term in terms(say, held.record):
            yield f"{_about(held.record)}: {term}"
    if table.consolidated.base.provisions and not adopted.text.provisions:
        yield "the resolution is suppressed: no text of it is left"
    for unread in adopted.unread:
        text = " ".join(unread.text.split())
        yield f"{unread.path} reads as in no one proposal and was not read as a whole: {text}"
    for noted in table.replay.noted:
        yield f"{_about(noted.record)}: {say(f'now_{noted.status}')} (record {noted.record.number})"
    for stale in table.replay.stale:
        yield f"{_about(stale.record)}: record {stale.record.number} cannot be applied"
    for name, numbers in broken_packages(table.replay):
        records = ", ".join(map(str, numbers))
        yield say("package_broken", name=name, list=records)
    yield from map(_waiting, table.pending())
    count = sum(not region.is_bracketed for region in adopted.open)
    brackets = list(_bracket_notes(table, adopted))
    yield from brackets
    still = "change is still open and stands" if count == 1 else "changes are still open and stand"
    yield from _former_notes(table, adopted)
    doubts = (*brackets, *adopted.unread, *table.replay.stale, *table.replay.noted, *adopted.former)
    unsettled = doubts or table.pending()
    if count or not unsettled:
        yield f"{count} {still} in brackets" if count else "nothing is open"
