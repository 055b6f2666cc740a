"""The logs of records and of positions: append-only, each line chained to the one before.

A line is one entry as canonical JSON; it holds the sha256 of the line before in ``previous`` and
its own, of all the rest of it, in ``sha256``. A last line that was not written to its end is set
aside and told; a line that does not follow the one before stops the reading, with its place. That
lines are missing at the end only the head that ``dossier.json`` keeps can show.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from msgspec import Struct, convert, to_builtins

from resamend.decision import Record
from resamend.decision.positions import Position
from resamend.dossier import record_form
from resamend.dossier.index import refuse_later
from resamend.errors import InputError, Invalid

FILE = "decisions.jsonl"
POSITIONS_FILE = "positions.jsonl"
LOGS = (FILE, POSITIONS_FILE)

Entry = TypeVar("Entry", bound=Record | Position)


class Log(Struct, Generic[Entry], frozen=True):
    """Hold the records, or the positions, of a dossier.

    ``head`` is the sha256 of the last line, ``hashes`` those of all; ``data`` the lines that count,
    ``torn`` what stands after them and was not written to its end.
    """

    records: tuple[Entry, ...] = ()
    hashes: tuple[str, ...] = ()
    data: bytes = b""
    torn: bytes = b""

    @property
    def head(self) -> str:
        """Return the sha256 of the last entry; empty where there is none."""
        return self.hashes[-1] if self.hashes else ""


class LogForm(Struct, Generic[Entry], frozen=True):
    """Read and write the logs of one kind of entries, by their ``schema`` and their ``name``."""

    schema: str
    name: str
    to_json: Callable[[Entry], dict[str, Any]]
    from_json: Callable[[dict[str, Any]], Entry]

    def read(self, content: bytes, where: str) -> Log[Entry]:
        """Read a log.

        Raises ``Invalid`` where a line is no entry, was changed, or does not follow the one before.
        """
        records: list[Entry] = []
        hashes = [""]
        at = 0
        for number, line in enumerate(content.splitlines(keepends=True), 1):
            try:
                record, own = self._read(line, hashes[-1], number, f"{where}, line {number}")
            except InputError:
                # Only a last line without its end can be one that was being written.
                if line.endswith(b"\n") or at + len(line) < len(content):
                    raise
                return Log(tuple(records), tuple(hashes[1:]), content[:at], line)
            records.append(record)
            hashes.append(own)
            at += len(line)
        ended = content if content.endswith(b"\n") or not content else content + b"\n"
        return Log(tuple(records), tuple(hashes[1:]), ended)

    def appended(self, log: Log[Entry], records: tuple[Entry, ...]) -> Log[Entry]:
        """Return a log with more entries at its end; what was torn is left out.

        Raises ``Invalid`` for one that would not be read back.
        """
        lines, hashes = [log.data], list(log.hashes)
        for record in records:
            before = hashes[-1] if hashes else ""
            line, own = self._spelled(record, before)
            # What could not be read back would lock the group out of its own log.
            if self._read(line, before, record.number, f"the new {self.name}")[0] != record:
                raise Invalid(f"the {self.name} would not be read back as it is", where=record.path)
            lines.append(line)
            hashes.append(own)
        return Log((*log.records, *records), tuple(hashes), b"".join(lines))

    def _spelled(self, record: Entry, previous: str) -> tuple[bytes, str]:
        fields = {**self.to_json(record), "previous": previous}
        own = _sum(fields)
        return _canonical({**fields, "sha256": own}) + b"\n", own

    def _read(self, line: bytes, previous: str, number: int, where: str) -> tuple[Entry, str]:
        from resamend import safe

        fields: Any = safe.parse_json(line, name=where)
        this = f"this {self.name}"
        if not isinstance(fields, dict):
            raise Invalid(f"this is no {self.name}", where=where, advice=_ADVICE)
        own = fields.pop("sha256", None)
        if own != _sum(fields):
            raise Invalid(f"{this} was changed after it was made", where=where, advice=_ADVICE)
        refuse_later(fields.get("schema"), self.schema, where)
        if fields.pop("previous", None) != previous:
            raise Invalid(f"{this} does not follow the one before", where=where, advice=_ADVICE)
        try:
            record = self.from_json(fields)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise Invalid(f"a part of {this} is missing or wrong: {error}", where=where) from error
        if record.number != number:
            raise Invalid(f"this is {self.name} {record.number}, and {number} is due", where=where)
        return record, str(own)


_ADVICE = "Put the file back as resamend wrote it; nothing was applied."
_SCHEMA = "resamend/position/1"


def _written(position: Position) -> dict[str, Any]:
    return {"schema": _SCHEMA, **to_builtins(position)}


def _position(fields: dict[str, Any]) -> Position:
    if fields.pop("schema", None) != _SCHEMA:
        raise ValueError(f"its schema is not {_SCHEMA!r}")
    position = convert(fields, Position)
    if not position.places:
        raise ValueError("it is about no place")
    return position


RECORDS: LogForm[Record] = LogForm(
    record_form.SCHEMA, "record", record_form.to_json, record_form.from_json
)
POSITIONS: LogForm[Position] = LogForm(_SCHEMA, "position", _written, _position)
read_log = RECORDS.read
appended = RECORDS.appended


def _sum(fields: dict[str, Any]) -> str:
    return hashlib.sha256(_canonical(fields)).hexdigest()


def _canonical(fields: dict[str, Any]) -> bytes:
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()
