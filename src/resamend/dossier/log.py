"""The log of records, ``decisions.jsonl``: append-only, each line chained to the one before.

A line is one record as canonical JSON; it holds the sha256 of the line before in ``previous`` and
its own, of all the rest of it, in ``sha256``. A last line that was not written to its end is set
aside and told; a line that does not follow the one before stops the reading, with its place. That
lines are missing at the end only the head that ``dossier.json`` keeps can show.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from msgspec import Struct

from resamend.decision import Record
from resamend.dossier.index import refuse_later
from resamend.dossier.record_form import SCHEMA, from_json, to_json
from resamend.errors import InputError, Invalid

FILE = "decisions.jsonl"


class Log(Struct, frozen=True):
    """Hold the records of a dossier.

    ``head`` is the sha256 of the last line, ``hashes`` those of all; ``data`` the lines that count,
    ``torn`` what stands after them and was not written to its end.
    """

    records: tuple[Record, ...] = ()
    hashes: tuple[str, ...] = ()
    data: bytes = b""
    torn: bytes = b""

    @property
    def head(self) -> str:
        """Return the sha256 of the last record; empty where there is none."""
        return self.hashes[-1] if self.hashes else ""


def read_log(content: bytes, where: str) -> Log:
    """Read a log.

    Raises ``Invalid`` where a line is no record, was changed, or does not follow the one before.
    """
    records: list[Record] = []
    hashes = [""]
    at = 0
    for number, line in enumerate(content.splitlines(keepends=True), 1):
        try:
            record, own = _read(line, hashes[-1], number, f"{where}, line {number}")
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


def appended(log: Log, records: tuple[Record, ...]) -> Log:
    """Return a log with more records at its end; what was torn is left out.

    Raises ``Invalid`` for a record that would not be read back.
    """
    lines, hashes = [log.data], list(log.hashes)
    for record in records:
        before = hashes[-1] if hashes else ""
        line, own = _spelled(record, before)
        # What could not be read back would lock the group out of its own log.
        if _read(line, before, record.number, "the new record")[0] != record:
            raise Invalid("the record would not be read back as it is", where=record.path)
        lines.append(line)
        hashes.append(own)
    return Log((*log.records, *records), tuple(hashes), b"".join(lines))


def _spelled(record: Record, previous: str) -> tuple[bytes, str]:
    fields = {**to_json(record), "previous": previous}
    own = _sum(fields)
    return _canonical({**fields, "sha256": own}) + b"\n", own


def _read(line: bytes, previous: str, number: int, where: str) -> tuple[Record, str]:
    from resamend import safe

    fields: Any = safe.parse_json(line, name=where)
    if not isinstance(fields, dict):
        raise Invalid("this is no record", where=where, advice=_ADVICE)
    own = fields.pop("sha256", None)
    if own != _sum(fields):
        raise Invalid("this record was changed after it was made", where=where, advice=_ADVICE)
    refuse_later(fields.get("schema"), SCHEMA, where)
    if fields.pop("previous", None) != previous:
        raise Invalid("this record does not follow the one before", where=where, advice=_ADVICE)
    try:
        record = from_json(fields)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Invalid(f"a part of this record is missing or wrong: {error}", where=where) from error
    if record.number != number:
        raise Invalid(f"this is record {record.number}, and {number} is due", where=where)
    return record, str(own)


_ADVICE = "Put the file back as resamend wrote it; nothing was applied."


def _sum(fields: dict[str, Any]) -> str:
    return hashlib.sha256(_canonical(fields)).hexdigest()


def _canonical(fields: dict[str, Any]) -> bytes:
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()
