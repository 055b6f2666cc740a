"""Find the points and the records that a person means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from resamend.conflict import Findings, Gate, Region, Standing
from resamend.decision import Record, Replay, Status
from resamend.decision.bulk import BulkClass, bulk_class, without_prejudice
from resamend.decision.lapsing import gates_around
from resamend.decision.positions import Position, opposed_regions
from resamend.dossier.deciding import Selection
from resamend.dossier.point_names import paths_called, point_of
from resamend.errors import UsageError
from resamend.matching import index_of
from resamend.model import Language, Resolution
from resamend.numbering import whole_number
from resamend.page.changes import asked
from resamend.page.vocabulary import phrases_for
from resamend.places import folded

_INSIDE = "inside "
_QUOTED = 60
"""Code points of a change that is quoted."""


class Bulk(Struct, frozen=True, kw_only=True):
    """Say what a decision about many changes does: whether it takes them, and which kinds.

    ``positions`` are those of the dossier: what somebody opposes is decided by itself.
    """

    base: Resolution
    takes: bool
    allowed: frozenset[BulkClass] = frozenset()
    positions: tuple[Position, ...] = ()


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
    findings: Findings,
    numbers: Mapping[str, int],
    replayed: Replay,
    names: str,
    *,
    bulk: Bulk,
) -> Selection:
    """Return what POINT stands for, each once, in the order given.

    Raises ``UsageError`` for a point that is not there, and where a word stands for nothing.
    """
    about: dict[str, Region | Record] = {}
    named: set[str] = set()
    notes: list[str] = []
    around = gates_around(index_of(bulk.base), findings.regions)
    for name in filter(None, (part.strip() for part in names.split(","))):
        if name in _CLASSES or name.startswith(_INSIDE):
            regions = _unrecorded(findings, numbers, replayed, name, around, bulk.base)
            about |= {r.id: r for r in _allowed(regions, bulk, notes, findings, around, numbers)}
            continue
        region = _asked(findings, numbers, replayed, name, bulk.base)
        about[region.region if isinstance(region, Record) else region.id] = region
        named.update([region.region if isinstance(region, Record) else region.id])
    gates = {region.id for region in findings.regions if region.gate} - set(replayed.applied)
    conditions = {
        id: without_prejudice(open_, [numbers.get(gate, 0) for gate in open_])
        for id in about
        if id not in named and (open_ := [g for g in around.get(id, ()) if g in gates])
    }
    return Selection(
        about=tuple(about.values()),
        conditions=conditions,
        named=frozenset(named),
        notes=tuple(notes),
    )


def _asked(
    findings: Findings,
    numbers: Mapping[str, int],
    replayed: Replay,
    name: str,
    base: Resolution,
) -> Region | Record:
    """Return the point of a name; where nothing is asked any more, what was decided there."""
    try:
        return point_of(findings, numbers, name, base)
    except UsageError:
        unasked = [
            r.record for r in replayed.records if not r.region and _named(r.record, name, base)
        ]
        if not unasked:
            raise
        return unasked[-1]


def _allowed(
    regions: Sequence[Region],
    bulk: Bulk,
    notes: list[str],
    findings: Findings,
    around: Mapping[str, Sequence[str]],
    numbers: Mapping[str, int],
) -> Iterator[Region]:
    """Yield what may be decided in passing; note what is left to be taken by name."""
    language = bulk.base.language
    kept = {region.id for region in findings.regions if region.gate is Gate.NO_CHANGE}
    by_position = {r.id for r in opposed_regions(findings, bulk.positions, language)}
    say = phrases_for(bulk.base, Language.EN)
    for region in regions:
        if region.id in by_position:
            number = numbers.get(region.id, 0)
            notes.append(f"left: point {number}, {region.path}: it is opposed; decide it by itself")
            continue
        opposed = bool(kept.intersection(around.get(region.id, ())))
        what = bulk_class(region, language) if bulk.takes else None
        if not opposed and (what is None or what in bulk.allowed):
            yield region
            continue
        words = asked(say, region, bulk.base, most=_QUOTED)
        why = "a proposal asks to keep this provision as it is; decide it by its id"
        notes.append(
            f"left: {region.id[:8]}, {region.path} ({', '.join(region.sources)}): {words}; "
            + (why if opposed else f"take it by its id, or give `allowed={what}`")
        )


def _named(record: Record, name: str, base: Resolution) -> bool:
    """Tell whether a record is about what a number, or the beginning of an id, stands for."""
    if record.act.withdraws:
        return False
    by_id = len(name) >= _SHORTEST and record.region.startswith(name.lower())
    if by_id or (record.point and record.point == whole_number(name)):
        return True
    return folded(record.path) in {folded(name), *map(folded, paths_called(base, name))}


def _unrecorded(
    findings: Findings,
    numbers: Mapping[str, int],
    replayed: Replay,
    name: str,
    around: Mapping[str, Sequence[str]],
    base: Resolution,
) -> tuple[Region, ...]:
    """Return the changes of a class, or inside a point, that have no record; no gate is one."""
    if name.startswith(_INSIDE):
        gate = point_of(findings, numbers, name.removeprefix(_INSIDE), base)
        inside = {id for id, gates in around.items() if gate.id in gates}
        classes = _CLASSES["open"]
    else:
        inside, classes = None, _CLASSES[name]
    regions = tuple(
        region
        for region in findings.regions
        if region.standing in classes
        and (inside is None or region.id in inside)
        and not region.gate
        and not region.ends
        and region.id not in replayed.applied
        and region.id not in replayed.lapsed
    )
    if not regions:
        raise UsageError(f"nothing is left of {name!r} that has no record")
    return regions


def chosen_records(replayed: Replay, names: str, base: Resolution) -> Sequence[int]:
    """Return the numbers of the records in force about the points that POINT names.

    Raises ``UsageError`` for a point without a record.
    """
    standing = [
        r.record
        for r in replayed.records
        if (not r.by or r.status is Status.LAPSED) and not r.record.act.withdraws
    ]
    chosen: list[int] = []
    for name in filter(None, (part.strip() for part in names.split(","))):
        about = [record.number for record in standing if _named(record, name, base)]
        if not about:
            raise UsageError(
                f"there is no record about {name!r} to take back",
                advice="What was withdrawn is recorded again: `act=take`, `act=keep` or another.",
            )
        # Several may be about one point: the last is meant.
        chosen.append(max(about))
    return tuple(dict.fromkeys(chosen))


_SHORTEST = 4
