"""Positions on points, for the chair: the list by meeting, the tally, and the line of a point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from resamend.decision import ChairTable
from resamend.decision.positions import NO_CHANGE, Position, Stance, in_force, positions_by_region
from resamend.escaping import visible
from resamend.model import Language
from resamend.page.front import first_lines
from resamend.page.listing import Cell, Listing, ListingColumn, ListingPart
from resamend.page.options import USUAL, RenderOptions
from resamend.page.records import quoted
from resamend.page.vocabulary import Phrases, phrases_for


def position_text(say: Phrases, position: Position) -> str:
    """Say who stands where, on which option, with which remark, in which meeting."""
    parts = [say.told(holder(say, position), stance(say, position))]
    parts += (say("position_former"),) if position.former else ()
    parts += (option(say, position), remark(say, position), visible(position.meeting))
    return " · ".join(filter(None, parts))


def holder(say: Phrases, position: Position) -> str:
    """Say whose a position is; an informal one is nobody's."""
    name = say.theirs(visible(position.of), Language.EN)
    return name or say("position_informal")


def stance(say: Phrases, position: Position) -> str:
    """Say where somebody stands."""
    return say(f"position_{position.stance}", n=position.undoes)


def option(say: Phrases, position: Position) -> str:
    """Quote the option that a position is on; nothing where it is on the point."""
    if position.option == NO_CHANGE:
        return say("no_change")
    return quoted(say, position.about, position.language) if position.option else ""


def remark(say: Phrases, position: Position) -> str:
    """Quote what was said."""
    return say.quoted(visible(position.remark)) if position.remark else ""


def positions_listing(table: ChairTable, options: RenderOptions = USUAL) -> Listing:
    """Return how positions stand, point by point, and all of them, meeting by meeting."""
    base = table.consolidated.base
    say = phrases_for(base, options.ui)
    return Listing(
        key="positions",
        name=say("positions"),
        say=say,
        language=base.language,
        title=first_lines(base),
        banner=say("illustrative") if base.metadata.illustrative else "",
        parts=(_tally(table, say), _log(table, say)),
    )


def _tally(table: ChairTable, say: Phrases) -> ListingPart:
    """Return who stands where on what is asked now."""
    language = table.consolidated.base.language
    about = positions_by_region(table.findings, in_force(table.positions), language)
    rows = [
        ((_name(table, region.id),), (say.theirs(visible(region.path), language),), counted)
        for region in table.findings.regions
        if (counted := tuple(_counted(say, about.get(region.id, ()))))
    ]
    return ListingPart(
        columns=(
            ListingColumn("point", say("number"), 8),
            ListingColumn("where", say("where"), 22),
            ListingColumn("positions", say("positions"), 70),
        ),
        rows=tuple(rows),
        nothing=say("position_none"),
    )


def _counted(say: Phrases, positions: Iterable[Position]) -> Iterator[str]:
    """Yield each stance on each option with its number, and who takes it."""
    groups: dict[tuple[Stance, str], list[Position]] = {}
    for position in positions:
        groups.setdefault((position.stance, position.option), []).append(position)
    for alike in groups.values():
        on = option(say, alike[0])
        text = say.told(stance(say, alike[0]), len(alike))
        text += say.aside(say.commas(holder(say, position) for position in alike))
        yield " · ".join(filter(None, (text, on)))


def _log(table: ChairTable, say: Phrases) -> ListingPart:
    """Return all that was said, meeting by meeting, with what was taken back."""
    meetings = list(dict.fromkeys(position.meeting for position in table.positions))
    return ListingPart(
        name=say("positions"),
        columns=(
            ListingColumn("meeting", say("meeting"), 16),
            ListingColumn("number", "#", 6),
            ListingColumn("point", say("number"), 10),
            ListingColumn("where", say("where"), 18),
            ListingColumn("of", say("position_of"), 18),
            ListingColumn("position", say("position"), 18),
            ListingColumn("option", say("which_options"), 18),
            ListingColumn("remark", say("position_remark"), 20),
            ListingColumn("date", say("register_received"), 14),
        ),
        rows=tuple(
            _row(table, say, position)
            for position in sorted(table.positions, key=lambda p: meetings.index(p.meeting))
        ),
    )


def _row(table: ChairTable, say: Phrases, position: Position) -> tuple[Cell, ...]:
    cells = (
        visible(position.meeting) or say("meeting_none"),
        str(position.number),
        _name(table, position.region),
        say.theirs(visible(position.path), position.language),
        holder(say, position),
        stance(say, position),
        option(say, position),
        visible(position.remark),
        say.day(position.at),
    )
    return tuple((cell,) if cell else () for cell in cells)


def _name(table: ChairTable, region: str) -> str:
    number = table.numbers.get(region, 0)
    return str(number) if number else region[:8]
