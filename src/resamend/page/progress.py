"""How far the group has come: how many points there are, and how each stands.

These are the words for it everywhere: a *point* is a question to the group; it is *recorded*, or
outstanding, and then *in brackets* or *deferred* by a record, or *open*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from resamend.decision import DecisionKind, Record
from resamend.page.vocabulary import Phrases
from resamend.redlines import Redline


class PointStatus(StrEnum):
    """Say how far the group has come with a point."""

    RECORDED = "recorded"
    BRACKETED = "bracketed"
    DEFERRED = "deferred"
    OPEN = "open"


def status_of(left_open: Record | None) -> PointStatus:
    """Return how an outstanding point stands, with the record that leaves it open, if any does."""
    if left_open is None:
        return PointStatus.OPEN
    deferred = left_open.act is DecisionKind.DEFER
    return PointStatus.DEFERRED if deferred else PointStatus.BRACKETED


def left_open(redline: Redline) -> dict[str, Record]:
    """Map each point that the group left open on purpose to the record that says so."""
    return {r.region: r.record for r in redline.records if r.applied and r.record.act.leaves}


def held(redline: Redline) -> dict[int, Record]:
    """Map the number of each point that is recorded to the record that holds."""
    shown = {redline.numbers.get(region.id) for region in redline.findings.outstanding}
    records = {r.record.point: r.record for r in redline.records if r.settles}
    return {number: record for number, record in records.items() if number and number not in shown}


def point_statuses(redline: Redline) -> list[PointStatus]:
    """Return how each point stands."""
    left = left_open(redline)
    outstanding = [status_of(left.get(region.id)) for region in redline.findings.outstanding]
    return [*outstanding, *(PointStatus.RECORDED for _ in held(redline))]


def progress(say: Phrases, statuses: Sequence[PointStatus]) -> str:
    """Say how far the group has come: how many points, and how many of them are settled."""
    counted = Counter(statuses)
    parts = [say(f"count_{s}", n=counted[s]) for s in PointStatus if counted[s]]
    key = "progress_1" if len(statuses) == 1 else "progress_n"
    return say(key, n=len(statuses), list=say("comma").join(parts)) if statuses else ""
