"""A meeting's own tool, with its own store: conflicts and decisions, no dossier of ours."""

from __future__ import annotations

from collections.abc import Sequence

from resamend import (
    Consolidated,
    DecisionKind,
    DecisionRequest,
    Record,
    adopt,
    find,
    read,
    record,
    render,
    replay,
)
from resamend.types import ConflictKind


class Meeting:
    """Keep the lines of the records that a group makes about a draft."""

    def __init__(self, lines: Sequence[str] = ()) -> None:
        self.lines: list[str] = [*lines]

    @property
    def records(self) -> list[Record]:
        """Return the records, read one by one."""
        return [read(line, Record) for line in self.lines]

    def agenda(self, draft: Consolidated) -> list[tuple[str, ConflictKind, int]]:
        """Return what is asked: where, of what kind, with how many options."""
        return [(p.path, p.kinds[0], len(p.options)) for p in find(draft).outstanding]

    def take(self, draft: Consolidated, place: str, whose: str, by: str, at: str) -> Record:
        """Record that the group takes somebody's option at a place."""
        findings = find(draft)
        point = next(p for p in findings.outstanding if p.path == place)
        request = DecisionRequest(act=DecisionKind.TAKE, names=(whose,), by=by, at=at)
        made = record(draft, findings, point, request, number=len(self.lines) + 1)
        self.lines.append(render(made, "json"))
        return made

    def outcome(self, draft: Consolidated) -> str:
        """Return the text as decided, what is open in brackets."""
        findings = find(draft)
        return render(adopt(draft, findings, replay(draft, findings, self.records)), "text")
