"""The stored form of a record: schema ``resamend/decision/1`` (docs/decisions.schema.json)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from msgspec import convert, to_builtins

from resamend.conflict import MovePosition, OptionKind, Stream
from resamend.decision import DecisionKind, Level, Place, Record, RecordedOption, Status
from resamend.decision.values import RecordedEdits
from resamend.errors import Invalid
from resamend.model import Language

SCHEMA = "resamend/decision/1"


def to_json(record: Record) -> dict[str, Any]:
    """Return a record as JSON; what is empty is left out."""
    told: dict[str, Any] = {
        "schema": SCHEMA,
        "id": record.number,
        "point": record.point,
        "region": record.region,
        "path": record.path,
        "places": [_place(place) for place in record.places],
        "base": record.base,
        "around": list(record.around),
        "options": [_offer(option) for option in record.options],
        "language": record.language.value,
        "decision": record.act.value,
        "chosen": list(record.chosen),
        "text": record.text,
        "by": record.by,
        "at": record.at,
        "reason": record.reason,
        "level": record.level.value if record.level else "",
        "meeting": record.meeting,
        "symbol": record.symbol,
        "condition": record.condition,
        "reservations": list(record.reservations),
        "inputs": dict(record.inputs),
        "undoes": record.undoes,
        "entered_by": record.entered_by,
        "as_read": dict(record.as_read),
        "package": record.package,
        "rules": record.rules,
        "edits": to_builtins(record.edits) if record.edits else {},
        "former": record.former.value if record.former else "",
    }
    return {key: value for key, value in told.items() if value or key in _ALWAYS}


_ALWAYS = frozenset({"base", "around", "options"})


def written(record: Record) -> str:
    """Return a record as a line of JSON."""
    return json.dumps(to_json(record), ensure_ascii=False, sort_keys=True) + "\n"


def read_record(content: bytes, name: str) -> Record:
    """Read one record that ``written`` wrote. Raises ``Unreadable`` or ``Invalid``."""
    from resamend.safe import parse_json

    try:
        return from_json(parse_json(content, name=name or "record"))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Invalid(f"a part of this record is missing or wrong: {error}", where=name) from error


def _place(place: Place) -> dict[str, Any]:
    return {"stream": place.stream.value, "target": place.target, "lo": place.lo, "hi": place.hi}


def _offer(offer: RecordedOption) -> dict[str, Any]:
    told = {
        "id": offer.id,
        "deed": offer.deed.value,
        "text": offer.text,
        "sources": list(offer.sources),
        "proponents": list(offer.proponents),
    }
    told |= {"place": offer.place} if offer.place else {}
    return {**told, "way": offer.way.value} if offer.way else told


def from_json(told: Mapping[str, Any]) -> Record:
    """Read a record.

    Raises ``KeyError``, ``TypeError`` or ``ValueError`` where a part is missing or wrong.
    """
    if told["schema"] != SCHEMA:
        raise ValueError(f"its schema is {told['schema']!r}, not {SCHEMA!r}")
    unknown = set(told) - _KEYS
    if unknown:
        raise ValueError(f"nothing is known of {', '.join(sorted(unknown))}")
    before, after = _strings(told["around"])
    if not told["places"]:
        raise ValueError("it names no place")
    return Record(
        number=_number(told["id"]),
        point=_number(told.get("point", 0)),
        region=_string(told["region"]),
        path=_string(told.get("path", "")),
        places=tuple(map(_to_place, told["places"])),
        base=_string(told["base"]),
        around=(before, after),
        options=tuple(map(_to_offer, told["options"])),
        language=Language(told["language"]),
        act=DecisionKind(told["decision"]),
        chosen=_strings(told.get("chosen", [])),
        text=_string(told.get("text", "")),
        by=_string(told["by"]),
        at=_string(told["at"]),
        reason=_string(told.get("reason", "")),
        level=Level(told["level"]) if told.get("level") else None,
        meeting=_string(told.get("meeting", "")),
        symbol=_string(told.get("symbol", "")),
        condition=_string(told.get("condition", "")),
        reservations=_strings(told.get("reservations", [])),
        inputs=tuple(sorted((k, _string(v)) for k, v in told.get("inputs", {}).items())),
        undoes=_number(told.get("undoes", 0)),
        entered_by=_string(told.get("entered_by", "")),
        as_read=tuple((k, _string(v)) for k, v in told.get("as_read", {}).items()),
        package=_string(told.get("package", "")),
        rules=_number(told.get("rules", 1)),
        edits=convert(told["edits"], RecordedEdits) if "edits" in told else None,
        former=Status(told["former"]) if told.get("former") else None,
    )


_KEYS = frozenset(
    (
        *("schema", "id", "point", "region", "path", "places", "base", "around", "options"),
        *("language", "decision", "chosen", "text", "by", "at", "reason", "level", "meeting"),
        *("symbol", "condition", "reservations", "inputs", "undoes", "entered_by", "as_read"),
        *("package", "rules", "edits", "former"),
    )
)


def _to_place(told: Mapping[str, Any]) -> Place:
    return Place(
        Stream(told["stream"]), _string(told["target"]), _number(told["lo"]), _number(told["hi"])
    )


def _to_offer(told: Mapping[str, Any]) -> RecordedOption:
    return RecordedOption(
        id=_string(told["id"]),
        deed=OptionKind(told["deed"]),
        text=_string(told["text"]),
        sources=_strings(told["sources"]),
        proponents=_strings(told["proponents"]),
        place=_string(told.get("place", "")),
        way=MovePosition(told["way"]) if "way" in told else None,
    )


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a text is wanted, not {value!r}")
    return value


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(f"a list is wanted, not {value!r}")
    return tuple(map(_string, value))


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(f"a number from 0 is wanted, not {value!r}")
    return value
