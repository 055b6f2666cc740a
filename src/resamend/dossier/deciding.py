"""Record what the group decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from resamend.conflict import Findings, Region, find
from resamend.consolidation import Consolidated, merge
from resamend.decision import DecisionKind, DecisionRequest, Record, Replay, record, renewed, replay
from resamend.decision.recording import attributed, signed
from resamend.dossier.log import FILE, appended
from resamend.dossier.points import numbered
from resamend.dossier.transactions import Transaction, transaction
from resamend.errors import UsageError
from resamend.model import Language

__all__ = ["Choose", "NewRecord", "decide", "undo"]

Choose = Callable[[Findings, Mapping[str, int], Replay], Sequence[Region | Record]]
"""Says which regions a decision is about, of those there are, with their numbers.

Where nobody asks for anything any more it says which record was about it.
"""


class NewRecord(Struct, frozen=True):
    """Hold the records that were made, and what to tell the reader of the dossier."""

    records: tuple[Record, ...]
    notes: tuple[str, ...]


def decide(
    folder: Path, choose: Choose, wish: DecisionRequest, language: Language | None = None
) -> NewRecord:
    """Record one decision about some regions, all of them or none."""
    with transaction(folder) as work:
        merged = _merged(work, language)
        findings = find(merged)
        numbers = _numbers(work, merged, findings)
        known = replay(merged, findings, work.log.records)
        first = len(work.log.records) + 1
        inputs = _inputs(work, merged.base.language)
        made = tuple(
            renewed(about, wish, number)
            if isinstance(about, Record)
            else record(
                merged,
                findings,
                about,
                wish,
                number=number,
                point=numbers.get(about.id, 0),
                inputs=inputs,
            )
            for number, about in enumerate(choose(findings, numbers, known), first)
        )
        _append(work, made)
    return NewRecord(made, tuple(work.notes))


def undo(
    folder: Path,
    choose: Callable[[Replay], Sequence[int]],
    wish: DecisionRequest,
    language: Language | None = None,
) -> NewRecord:
    """Take records back, by new records that say so.

    Raises ``UsageError`` for a point without a record, or where nobody says so.
    """
    signed(wish)
    with transaction(folder) as work:
        merged = _merged(work, language)
        known = replay(merged, find(merged), work.log.records)
        first = len(work.log.records) + 1
        made = tuple(
            _undoing(known.of(undone).record, wish, number)
            for number, undone in enumerate(choose(known), first)
        )
        _append(work, made)
    return NewRecord(made, tuple(work.notes))


def _undoing(undone: Record, wish: DecisionRequest, number: int) -> Record:
    made = replace(undone, number=number, act=DecisionKind.UNDO, undoes=undone.number, chosen=())
    return replace(attributed(made, wish), text="", condition="", reservations=())


def _append(work: Transaction, made: tuple[Record, ...]) -> None:
    work.log = appended(work.log, made)
    work.fresh[FILE] = work.log.data


def _merged(work: Transaction, language: Language | None) -> Consolidated:
    chosen = language or next(language for language in Language if language in work.bases)
    if chosen not in work.bases:
        raise UsageError(
            f"there is no {chosen} here, only {', '.join(work.bases)}", where=str(work.folder)
        )
    proposals = (stored.proposal for stored in work.stored.values())
    return merge(work.bases[chosen], (p for p in proposals if p.language is chosen))


def _numbers(work: Transaction, merged: Consolidated, findings: Findings) -> Mapping[str, int]:
    language = merged.base.language
    return numbered(work.index.points, {language: findings})[language]


def _inputs(work: Transaction, language: Language) -> dict[str, str]:
    """Map each source to the sha256 of its proposal's file."""
    return {
        id: work.index.files[stored.file]
        for (id, spoken), stored in work.stored.items()
        if spoken is language and stored.file in work.index.files
    }
