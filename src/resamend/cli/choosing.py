"""Find the points and the records that a person means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from resamend.cli.points import point_of
from resamend.conflict import Findings, Region, Standing
from resamend.decision import Act, Replay
from resamend.errors import UsageError

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
    findings: Findings, numbers: Mapping[str, int], known: Replay, said: str
) -> Sequence[Region]:
    """Return the regions that POINT stands for, each once, in the order given.

    Raises ``UsageError`` for a point that is not there, and where a word stands for nothing.
    """
    found: dict[str, Region] = {}
    for name in filter(None, (part.strip() for part in said.split(","))):
        if name in _CLASSES:
            found |= {r.id: r for r in _unrecorded(findings, known, name)}
        else:
            region = point_of(findings, numbers, name)
            found[region.id] = region
    return tuple(found.values())


def _unrecorded(findings: Findings, known: Replay, name: str) -> tuple[Region, ...]:
    regions = tuple(
        region
        for region in findings.regions
        if region.standing in _CLASSES[name] and region.id not in known.applied
    )
    if not regions:
        raise UsageError(f"nothing is left of {name!r} that has no record")
    return regions


def chosen_records(known: Replay, said: str) -> Sequence[int]:
    """Return the numbers of the records in force about the points that POINT names.

    Raises ``UsageError`` for a point without a record.
    """
    standing = [r.record for r in known.records if not r.by and r.record.act is not Act.UNDO]
    found: list[int] = []
    for name in filter(None, (part.strip() for part in said.split(","))):
        about = [
            r.number
            for r in standing
            if (name.isdecimal() and r.point == int(name))
            or (len(name) >= _SHORTEST and r.region.startswith(name.lower()))
        ]
        if not about:
            raise UsageError(f"there is no record about {name!r} to take back")
        found.append(max(about))
    return tuple(dict.fromkeys(found))


_SHORTEST = 4
