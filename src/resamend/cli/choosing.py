"""Find the points and the records that a person means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from resamend.cli.points import point_of
from resamend.conflict import Findings, Region, Standing
from resamend.decision import DecisionKind, Record, Replay
from resamend.errors import UsageError
from resamend.numbering import whole_number

__all__ = ["chosen_records", "chosen_regions"]

_CLASSES = {
    "same": (Standing.IDENTICAL,),
    "single": (Standing.SINGLE,),
    "consequential": (Standing.CONSEQUENTIAL,),
    "uncontested": (Standing.IDENTICAL, Standing.SINGLE, Standing.CONSEQUENTIAL),
    "open": (
        Standing.IDENTICAL,
        Standing.SINGLE,
        Standing.CONSEQUENTIAL,
        Standing.CONTESTED,
    ),
}
"""Words that stand for many changes at once: those of these classes without a record."""


def chosen_regions(
    findings: Findings, numbers: Mapping[str, int], replayed: Replay, names: str
) -> Sequence[Region | Record]:
    """Return what POINT stands for, each once, in the order given.

    Where nothing is asked any more, it is the record that says what was decided there. Raises
    ``UsageError`` for a point that is not there, and where a word stands for nothing.
    """
    chosen: dict[str, Region | Record] = {}
    for name in filter(None, (part.strip() for part in names.split(","))):
        if name in _CLASSES:
            chosen |= {r.id: r for r in _unrecorded(findings, replayed, name)}
            continue
        try:
            region = point_of(findings, numbers, name)
            chosen[region.id] = region
        except UsageError:
            unasked = [
                r.record for r in replayed.records if not r.region and _named(r.record, name)
            ]
            if not unasked:
                raise
            chosen[unasked[-1].region] = unasked[-1]
    return tuple(chosen.values())


def _named(record: Record, name: str) -> bool:
    """Tell whether a record is about what a number, or the beginning of an id, stands for."""
    if record.act is DecisionKind.UNDO:
        return False
    by_id = len(name) >= _SHORTEST and record.region.startswith(name.lower())
    return by_id or record.point == whole_number(name)


def _unrecorded(findings: Findings, replayed: Replay, name: str) -> tuple[Region, ...]:
    regions = tuple(
        region
        for region in findings.regions
        if region.standing in _CLASSES[name] and region.id not in replayed.applied
    )
    if not regions:
        raise UsageError(f"nothing is left of {name!r} that has no record")
    return regions


def chosen_records(replayed: Replay, names: str) -> Sequence[int]:
    """Return the numbers of the records in force about the points that POINT names.

    Raises ``UsageError`` for a point without a record.
    """
    standing = [
        r.record for r in replayed.records if not r.by and r.record.act is not DecisionKind.UNDO
    ]
    chosen: list[int] = []
    for name in filter(None, (part.strip() for part in names.split(","))):
        about = [record.number for record in standing if _named(record, name)]
        if not about:
            raise UsageError(
                f"there is no record about {name!r} to take back",
                advice="What was taken back is recorded anew, with --take, --keep or another.",
            )
        # Several may be about one point: the last is meant.
        chosen.append(max(about))
    return tuple(dict.fromkeys(chosen))


_SHORTEST = 4
