"""An act of the room made into what ``decide`` records: the same request, the same function."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from msgspec import Struct

from resamend.conflict import Findings
from resamend.decision import DecisionKind, DecisionRequest, Level, Record, Replay
from resamend.dossier.choosing import Bulk, chosen_records, chosen_regions
from resamend.dossier.deciding import NewRecord, Selection, decide, undo
from resamend.errors import UsageError, one_of
from resamend.room.hall import Hall

LONGEST = 20_000
"""Characters of what is typed in the room at most."""


class RoomAct(Struct, frozen=True, kw_only=True):
    """Hold what a page asks to be recorded: a point of a dossier, and the request."""

    dossier: str
    point: str
    request: DecisionRequest


def act_of(form: Mapping[str, str]) -> RoomAct:
    """Read what a page sent. Raises ``UsageError`` for what makes no act."""
    if any(len(value) > LONGEST for value in form.values()):
        raise UsageError(f"a field has more than {LONGEST} characters")
    field = {key: form.get(key, "").strip() for key in _FIELDS}
    names = tuple(filter(None, (name.strip() for name in field["names"].split(","))))
    kind = one_of(DecisionKind, field["act"], "act")
    if kind is DecisionKind.TAKE and len(names) > 1:
        kind = DecisionKind.BOTH
    return RoomAct(
        dossier=field["dossier"],
        point=field["point"],
        request=DecisionRequest(
            act=kind,
            names=names,
            text=form.get("text", "") if kind is DecisionKind.TEXT else "",
            by=field["by"],
            entered_by=field["entered_by"],
            at=field["at"] or _now(),
            reason=field["reason"],
            level=Level(one_of(Level, field["level"], "level")) if field["level"] else None,
            meeting=field["meeting"],
            symbol=field["symbol"],
            condition=field["condition"],
            reservations=tuple(filter(None, (s.strip() for s in field["reserve"].split(",")))),
            package=field["package"],
        ),
    )


_FIELDS = (
    *("dossier", "point", "act", "names", "by", "entered_by", "at", "reason", "level"),
    *("meeting", "symbol", "condition", "reserve", "package"),
)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def recorded_act(hall: Hall, act: RoomAct) -> NewRecord:
    """Record an act in its dossier, all of it or nothing. Raises as ``decide`` and ``undo``."""
    folder, wish = hall.folder(act.dossier), act.request
    if not act.point:
        raise UsageError("no point is named")
    state = hall.state(act.dossier)
    language = state.dossier.language
    if wish.act.withdraws:
        base = state.dossier.base
        return undo(
            folder,
            lambda replayed: chosen_records(replayed, act.point, base),
            wish,
            language,
            findings=state.findings,
            read=hall.read,
        )
    bulk = Bulk(
        base=state.dossier.base,
        takes=wish.act is DecisionKind.TAKE,
        positions=state.dossier.positions,
    )

    def choose(findings: Findings, numbers: Mapping[str, int], replayed: Replay) -> Selection:
        return chosen_regions(findings, numbers, replayed, act.point, bulk=bulk)

    return decide(folder, choose, wish, language, findings=state.findings, read=hall.read)


def as_read(record: Record) -> str:
    """Return the provision as it reads after a record."""
    return " ".join(" ".join(text.split()) for _, text in record.as_read)
