"""The history of a point on one sheet, in a delegate's words, the oldest first."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from resamend.conflict import Region
from resamend.decision import Record
from resamend.decision.positions import Position
from resamend.escaping import visible
from resamend.model import Resolution
from resamend.page.changes import asked
from resamend.page.positions import position_text
from resamend.page.registers import RegisterEntry
from resamend.page.round_changes import LONGEST, record_text
from resamend.page.source_names import SourceNames


class AskedThen(Struct, frozen=True):
    """Hold a revision of a proposal, with what it asks or asked at a point.

    ``former`` is the text that it was made for, where that is in force no more.
    """

    entry: RegisterEntry
    regions: tuple[Region, ...]
    former: Resolution | None = None


class PointHistory(Struct, frozen=True, kw_only=True):
    """Hold all that ever was at a point: revisions, positions, records, also those taken back."""

    asked: tuple[AskedThen, ...]
    positions: tuple[Position, ...]
    records: tuple[Record, ...]


Event = tuple[str, str]
"""A day (ISO 8601, empty where it is not known), and what happened."""


def history_lines(
    history: PointHistory, base: Resolution, names: SourceNames, *, chair: bool
) -> tuple[str, ...]:
    """Return what happened at a point, a line an event; positions only for the ``chair``."""
    say = names.say
    asked_then = sorted(history.asked, key=_revision)
    events = [event for then in asked_then for event in _proposed(then, base, names)]
    if chair and names.named:
        events += [(position.at, position_text(say, position)) for position in history.positions]
    events += [(record.at[:10], _recorded(names, record)) for record in history.records]
    events = sorted(dict.fromkeys(events), key=lambda event: event[0])
    return tuple(say.told(say.day(day), text) if day else text for day, text in events)


def _revision(then: AskedThen) -> tuple[str, int]:
    return then.entry.proposal.id, then.entry.proposal.revision


def _proposed(then: AskedThen, base: Resolution, names: SourceNames) -> Iterator[Event]:
    """Yield when a revision came with what it asks, and who joined and left."""
    say, proposal = names.say, then.entry.proposal
    name = visible(proposal.id) if names.named else say("proposal")
    version = say("revision", n=proposal.revision) if proposal.revision else ""
    version = say("comma").join(filter(None, (name, version)))
    codes = [who.code for who in proposal.proponents if not who.joined]
    own = then.former or base
    words = (asked(say, r, own, option=r.options[0], most=LONGEST) for r in then.regions)
    text = say.told(version + say.aside(names.states(codes)), say.series(words))
    if then.former:
        text += say.aside(say("asked-of-former-text"))
    if then.entry.by is not None:
        status = say("register_replaced", revision=say("revision", n=then.entry.by))
        text = say.series((text, status))
    elif then.entry.gone and not then.entry.withdrawn:
        text = say.series((text, say("result_withdrawn")))
    yield proposal.date, text
    for key in ("joined", "left"):
        days: dict[str, list[str]] = {}
        for who in proposal.proponents:
            if day := getattr(who, key):
                days.setdefault(day, []).append(who.code)
        for day, states in days.items() if names.named else ():
            yield day, say.told(name, " ".join((names.states(states), say(f"sponsors_{key}"))))
    if then.entry.withdrawn:
        yield then.entry.withdrawn, say.told(name, say("result_withdrawn"))


def _recorded(names: SourceNames, record: Record) -> str:
    """Say what a record decided, in which meeting, by which document, and why."""
    text = record_text(names, record, dated=False)
    parts = [text, visible(record.meeting), visible(record.symbol)]
    parts += [names.say.quoted(visible(record.reason))] if record.reason and names.named else []
    return " · ".join(filter(None, parts))
