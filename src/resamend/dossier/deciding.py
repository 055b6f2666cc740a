"""Record what the group decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count, takewhile
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from resamend.conflict import Findings, Region, Stream, find
from resamend.consolidation import Consolidated, merge
from resamend.decision import (
    DecisionKind,
    DecisionRequest,
    Record,
    Replay,
    renewed,
    replay,
    settle,
)
from resamend.decision.adopting import readings_of
from resamend.decision.compositions import asked_now
from resamend.decision.positions import opposed_regions
from resamend.decision.recording import attributed, record_by, signed
from resamend.decision.settling import settler_of
from resamend.decision.values import Place
from resamend.dossier.log import FILE, appended
from resamend.dossier.points import numbered
from resamend.dossier.reading import ReadFiles
from resamend.dossier.transactions import Transaction, transaction
from resamend.errors import InputError, UsageError
from resamend.matching import index_of
from resamend.model import Language


class Selection(Struct, frozen=True, kw_only=True):
    """Hold what a decision is about, of what is asked.

    Where nobody asks for anything any more it is the record that was about it. ``conditions`` maps
    a region to that on which it is decided. ``named`` are those that were named one by one, and so
    are shown as they then read. ``notes`` is what to tell the reader.
    """

    about: Sequence[Region | Record]
    conditions: Mapping[str, str] = {}
    named: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


Choose = Callable[[Findings, Mapping[str, int], Replay], Selection]
"""Says which regions a decision is about, of those there are, with their numbers."""


class NewRecord(Struct, frozen=True):
    """Hold the records that were made, and what to tell the reader of the dossier."""

    records: tuple[Record, ...]
    notes: tuple[str, ...]


def decide(
    folder: Path,
    choose: Choose,
    wish: DecisionRequest,
    language: Language | None = None,
    *,
    findings: Findings | None = None,
    read: ReadFiles | None = None,
) -> NewRecord:
    """Record one decision about some regions, all of them or none.

    ``findings`` are those that the caller has already; they count where they are of this draft.
    ``read`` keeps what files say from one decision to the next.

    Raises ``UsageError`` for what cannot be carried out together with what is recorded: no record
    makes a dossier unreadable.
    """
    return decide_together(folder, [(choose, wish)], language, findings=findings, read=read)


def decide_together(
    folder: Path,
    decisions: Iterable[tuple[Choose, DecisionRequest]],
    language: Language | None = None,
    *,
    findings: Findings | None = None,
    before_writing: Callable[[], None] = lambda: None,
    read: ReadFiles | None = None,
) -> NewRecord:
    """Record several decisions one after another, all of them or none.

    ``before_writing`` is done once all can be made; where it fails, none is. Raises ``UsageError``
    as ``decide`` does.
    """
    records: list[Record] = []
    notes: list[str] = []
    with transaction(folder, read) as work:
        merged = merged_draft(work, language, findings)
        if findings is not None and findings.draft == merged:
            merged = findings.draft
        else:
            findings = find(merged)
        for choose, wish in decisions:
            held = replay(merged, findings, work.log.records)
            asked = asked_now(findings, held)
            selection = choose(asked, point_numbers(work, merged, asked), held)
            new_records = _recorded(work, merged, (findings, asked), selection, wish)
            records += new_records
            notes += (*selection.notes, *_replaced(held, new_records))
        _number_compositions(work, merged, findings)
        before_writing()
    return NewRecord(tuple(records), (*work.notes, *notes))


def _recorded(
    work: Transaction,
    merged: Consolidated,
    found_and_asked: tuple[Findings, Findings],
    selection: Selection,
    wish: DecisionRequest,
) -> tuple[Record, ...]:
    """Append the records of one decision, as the text then reads."""
    findings, asked = found_and_asked
    numbers = point_numbers(work, merged, asked)
    inputs = _inputs(work, merged.base.language)
    settler = settler_of(merged, asked)
    records = [
        renewed(about, wish, number)
        if isinstance(about, Record)
        else record_by(
            merged,
            findings,
            about,
            _on_terms(wish, selection.conditions.get(about.id, "")),
            number=number,
            point=numbers.get(about.id, 0),
            inputs=inputs,
            settler=settler,
        )
        for number, about in enumerate(selection.about, len(work.log.records) + 1)
    ]
    texts = dict(_readings(merged, findings, (*work.log.records, *records)))
    new_records = tuple(
        _read(r, merged, texts) if r.region in selection.named else r for r in records
    )
    _append(work, new_records)
    return new_records


def _number_compositions(work: Transaction, merged: Consolidated, findings: Findings) -> None:
    """Give what records put together, and nobody has read, its numbers among the points."""
    asked = asked_now(findings, replay(merged, findings, work.log.records))
    if asked is not findings:
        language = merged.base.language
        points = {**work.index.points, language: point_numbers(work, merged, asked)}
        work.index = replace(work.index, points=points)


def _replaced(held: Replay, new_records: Iterable[Record]) -> Iterator[str]:
    """Say which decisions are replaced although the group has not reopened them."""
    decided = {
        replayed.record.region: replayed.record.number
        for replayed in held.records
        if replayed.applied
        and not (replayed.record.act.withdraws or replayed.record.act.leaves)
        and replayed.record.act is not DecisionKind.ACKNOWLEDGE
    }
    for new in new_records:
        if new.region in decided:
            earlier = decided[new.region]
            yield (
                f"record {new.number} replaces record {earlier}, which the group has not reopened; "
                f"if that is not meant, give `act=undo`"
            )


def _on_terms(wish: DecisionRequest, condition: str) -> DecisionRequest:
    """Return a decision on the condition given, after its own."""
    terms = "; ".join(filter(None, (wish.condition, condition)))
    return replace(wish, condition=terms)


def _readings(
    merged: Consolidated, findings: Findings, records: Sequence[Record]
) -> tuple[tuple[str, str], ...]:
    """Return each provision as it then reads, or refuse the last records."""
    try:
        replayed = replay(merged, findings, records)
        settle(merged, findings, replayed)
        return readings_of(merged, findings, replayed)
    except (InputError, LookupError, ValueError) as error:
        raise UsageError(
            f"this cannot be carried out together with what is recorded: {error}",
            advice="Give `act=text` with the group's own words, or decide first where it stands.",
        ) from error


def _read(record: Record, merged: Consolidated, texts: Mapping[str, str]) -> Record:
    """Return a record with the provisions that it is about, as they then read."""
    if record.as_read:
        return record  # it says itself what was read
    ids = {id for place in record.places for id in _provisions_at(place, record, merged, texts)}
    return replace(record, as_read=tuple((id, texts[id]) for id in sorted(ids) if id in texts))


def _provisions_at(
    place: Place, record: Record, merged: Consolidated, texts: Mapping[str, str]
) -> Iterator[str]:
    """Yield the ids of what a record is about at a place, in the text as it then reads.

    Of a gap that is what is added there, not the heading of its list; of a paragraph that is
    divided, its other parts as well.
    """
    if place.stream is not Stream.GAP:
        yield place.target
        in_force = index_of(merged.base).at
        parts = (f"{place.target}-{rank}" for rank in count(2))
        yield from takewhile(lambda id: id in texts and id not in in_force, parts)
        return
    takers = {source for option in record.taken for source in option.sources}
    for marks in merged.lists:
        if marks.target == place.target:
            for addition in marks.additions:
                if addition.gap == place.lo // 2 and takers.intersection(addition.sources):
                    yield addition.provision.id


def undo(
    folder: Path,
    choose: Callable[[Replay], Sequence[int]],
    wish: DecisionRequest,
    language: Language | None = None,
    *,
    findings: Findings | None = None,
    read: ReadFiles | None = None,
) -> NewRecord:
    """Take records back, by new records that say so; ``findings`` and ``read`` as in ``decide``.

    Raises ``UsageError`` for a point without a record, or where nobody says so.
    """
    signed(wish)
    if wish.act is DecisionKind.REOPEN and not wish.reason.strip():
        raise UsageError(
            "what the group has agreed is reopened for a reason", advice="Give it as `reason=`."
        )
    with transaction(folder, read) as work:
        merged = merged_draft(work, language, findings)
        if findings is None or findings.draft is not merged:
            findings = find(merged)
        replayed = replay(merged, findings, work.log.records)
        first = len(work.log.records) + 1
        new_records = tuple(
            _undoing(replayed.of(undone).record, wish, number)
            for number, undone in enumerate(choose(replayed), first)
        )
        _append(work, new_records)
        _number_compositions(work, merged, findings)
    return NewRecord(new_records, tuple(work.notes))


def _undoing(undone: Record, wish: DecisionRequest, number: int) -> Record:
    bare = replace(
        undone,
        number=number,
        act=wish.act,
        undoes=undone.number,
        chosen=(),
        as_read=(),
        edits=None,
    )
    return replace(attributed(bare, wish), text="", condition="", reservations=(), package="")


def _append(work: Transaction, new_records: tuple[Record, ...]) -> None:
    work.log = appended(work.log, new_records)
    work.fresh[FILE] = work.log.data


def merged_draft(
    work: Transaction, language: Language | None, findings: Findings | None = None
) -> Consolidated:
    """Return the draft of a dossier in a language, by default the first that is there.

    What was merged of the very same values, as that of some ``findings``, counts.
    """
    chosen = language or next(language for language in Language if language in work.bases)
    if chosen not in work.bases:
        raise UsageError(
            f"there is no {chosen} here, only {', '.join(work.bases)}", where=str(work.folder)
        )
    stored = (stored.proposal for stored in work.stored.values())
    proposals = [proposal for proposal in stored if proposal.language is chosen]
    draft = findings.draft if findings else None
    if (
        draft
        and draft.base is work.bases[chosen]
        and {*map(id, proposals)} == {*map(id, draft.proposals)}
    ):
        return draft
    return merge(work.bases[chosen], proposals)


def point_numbers(work: Transaction, merged: Consolidated, findings: Findings) -> Mapping[str, int]:
    """Return the numbers of the points of a draft, with those that are new."""
    language = merged.base.language
    opposed = opposed_regions(findings, work.positions.records, language)
    return numbered(work.index.points, {language: (*findings.outstanding, *opposed)})[language]


def _inputs(work: Transaction, language: Language) -> dict[str, str]:
    """Map each source to the sha256 of its proposal's file."""
    return {
        id: work.index.files[stored.file]
        for (id, spoken), stored in work.stored.items()
        if spoken is language and stored.file in work.index.files
    }
