"""Whether a record still answers the question that is asked now.

Replay is a pure function of the draft and the records: each record gets exactly one status, the
same question gets the same answer, and the order in which records are looked at does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resamend.conflict import (
    RULES,
    ConflictKind,
    Findings,
    Gate,
    Region,
    Standing,
    Stream,
)
from resamend.consolidation import Consolidated, check_draft
from resamend.decision.compositions import (
    TextActs,
    as_it_reads,
    put_together,
)
from resamend.decision.lapsing import find_lapsed, suppresses
from resamend.decision.meeting import adds_same, both_add, meets, stands_elsewhere
from resamend.decision.offering import offers, worded
from resamend.decision.placing import around, in_force, places
from resamend.decision.restating import says_itself
from resamend.decision.values import (
    TO_READ,
    DecisionKind,
    Record,
    RecordedOption,
    Replayed,
    Status,
)
from resamend.errors import InputError
from resamend.matching import ProvisionIndex, index_of
from resamend.words import key_of


class Replay(Struct, frozen=True):
    """Hold all records with their statuses, in the order in which they were made.

    ``lapsed`` maps each region that has no effect to the number of the record that says so: it is
    inside what is suppressed, or kept as it is.
    """

    records: tuple[Replayed, ...]
    lapsed: Mapping[str, int] = {}
    draft: Consolidated | None = None
    """The draft they are of."""
    composed: tuple[Region, ...] = ()
    """The provisions that several proposals make together, of those that are asked about."""
    put_together: tuple[Region, ...] = ()
    """Those that the records make, though a question is left in them or was answered in passing."""

    @property
    def read(self) -> frozenset[str]:
        """Return the ids of the composed provisions that the group has read as they stand.

        They were acknowledged, or shown with the last of their changes that was decided.
        """
        acts, held = TextActs(self.records), self.applied
        read = frozenset(r.id for r in self.composed if acts.show_all(r, held))
        return read.union(r.id for r in self.put_together if acts.show(r))

    @property
    def applied(self) -> Mapping[str, Record]:
        """Map each region, or the recorded one where none is left, to the record that holds."""
        held: dict[str, Record] = {}
        for each in self.records:
            if each.applied:
                held[each.region or each.record.region] = each.record
        for each in self.records:
            if each.applied and each.beyond:
                held = dict.fromkeys(each.beyond, each.record) | held
                if each.record not in held.values():
                    held[each.record.region] = each.record
        return held

    def of(self, number: int) -> Replayed:
        """Return what became of a record."""
        return next(each for each in self.records if each.record.number == number)

    @property
    def stale(self) -> tuple[Replayed, ...]:
        """Return the records that cannot be applied and are offered again."""
        return tuple(each for each in self.records if each.status.offered)

    @property
    def noted(self) -> tuple[Replayed, ...]:
        """Return the records that hold although something has come or gone since."""
        return tuple(each for each in self.records if each.noted)

    def __repr__(self) -> str:
        return f"<Replay, {len(self.records)} records, {len(self.applied)} in force>"


def replay(consolidated: Consolidated, findings: Findings, records: Iterable[Record]) -> Replay:
    """Give each record of the draft's language its status.

    Raises ``UsageError`` for the findings of another draft.
    """
    check_draft(consolidated, findings.draft, "these are findings")
    language = consolidated.base.language
    recorded = sorted((r for r in records if r.language is language), key=lambda r: r.number)
    known = _Known(consolidated, findings)
    from resamend.decision.settling import carried_out  # it needs this module

    while True:
        replayed = _replayed(consolidated, known, recorded)
        restated = [e.record.number for e in replayed.records if e.restated and e.applied]
        if not restated or carried_out(consolidated, findings, replayed):
            return _with_compositions(consolidated, known, recorded, replayed)
        known.refused.add(restated[-1])  # the last of them, until all hold together


def _with_compositions(
    consolidated: Consolidated, known: _Known, recorded: Sequence[Record], replayed: Replay
) -> Replay:
    """Add what the records put together, and how those stand that say that it was read."""
    from resamend.decision.adopting import adopt  # it needs this module

    made = [*put_together(consolidated, known.findings, replayed.records)]
    acknowledged = {r.region for r in recorded if r.act is DecisionKind.ACKNOWLEDGE}
    acts = TextActs(replayed.records)
    made = [r for r in made if r.id in acknowledged or not acts.show(r)]
    if made:
        try:
            readings = dict(adopt(consolidated, known.findings, replayed).readings)
        except InputError:  # records contradict each other: who adopts is told so
            return replayed
        points = as_it_reads(made, consolidated, readings)
        known.regions |= {region.id: region for region in points}
        known.made = {region.id for region in points}
        replayed = replace(_replayed(consolidated, known, recorded), put_together=points)
    return _without_outdated(replayed, acts) if acknowledged else replayed


def _without_outdated(replayed: Replay, acts: TextActs) -> Replay:
    """Let no record say that a text was read that reads otherwise since."""
    read = replayed.read
    points = {r.id: r for r in (*replayed.composed, *replayed.put_together) if r.id not in read}

    def outdated(each: Replayed) -> Replayed:
        region = points.get(each.region)
        if region is None or not each.applied or each.record.act is not DecisionKind.ACKNOWLEDGE:
            return each
        return Replayed(record=each.record, status=Status.MOOT, by=acts.of(region)[0].number)

    return replace(replayed, records=tuple(map(outdated, replayed.records)))


def _replayed(consolidated: Consolidated, known: _Known, recorded: Sequence[Record]) -> Replay:
    findings = known.findings
    undone = undone_by(recorded)
    replayed = [known.replayed(record, undone.get(record.number, 0)) for record in recorded]
    # What is undone was a mistake, and what it replaced holds again. What is reopened is not: the
    # group asks the question anew, and an older answer to it comes back by itself no more.
    reopened = {
        record.undoes
        for record in recorded
        if record.act is DecisionKind.REOPEN and record.number not in undone
    }
    standing = [
        each
        for each in replayed
        if not each.record.act.withdraws and (not each.by or each.record.number in reopened)
    ]
    by_question = _by_question(standing)
    settled = [_unless_replaced(each, by_question) for each in replayed]
    lapsed = find_lapsed(index_of(consolidated.base), findings, settled)
    composed = tuple(r for r in findings.regions if ConflictKind.COMPOSED in r.kinds)
    return Replay(
        tuple(_unless_lapsed(each, lapsed) for each in settled), lapsed, consolidated, composed
    )


def _by_question(standing: Iterable[Replayed]) -> Mapping[str, Sequence[Replayed]]:
    """Map each region, as it was recorded or is asked now, to the records about it."""
    by_question: dict[str, list[Replayed]] = defaultdict(list)
    for each in standing:
        for id in {each.record.region, each.region} - {""}:
            by_question[id].append(each)
    return by_question


def _unless_replaced(each: Replayed, by_question: Mapping[str, Sequence[Replayed]]) -> Replayed:
    """Return a record as it stands, or as replaced by a later one about the same question."""
    record = each.record
    if each.by or record.act.withdraws:
        return each
    later = [
        other.record.number
        for id in (record.region, each.region)
        for other in by_question.get(id, ())
        if other.record.number > record.number and _same_question(each, other)
    ]
    return Replayed(record=record, status=Status.MOOT, by=max(later)) if later else each


def _same_question(each: Replayed, later: Replayed) -> bool:
    """Tell whether a later record answers what an earlier one does."""
    one, other = each.record, later.record
    if one.region == other.region:
        return True
    same = bool(each.region) and each.region == later.region and later.applied
    return (
        same
        and one.act.answers_gate is other.act.answers_gate
        and (any(p.meets(q) for p in one.places for q in other.places))
    )


def _unless_lapsed(each: Replayed, lapsed: Mapping[str, int]) -> Replayed:
    # What holds by its own edits lapses by where these go, not by what is asked there now.
    own = each.restated or not each.region
    by = lapsed.get(each.record.region if own else each.region, 0)
    if not by or not each.applied:
        return each
    return Replayed(record=each.record, status=Status.LAPSED, region=each.region, by=by)


def undone_by(records: Iterable[Record]) -> dict[int, int]:
    """Map each record that is taken back to the one that does; an undone undo does nothing."""
    undone: dict[int, int] = {}
    for record in sorted(records, key=lambda r: -r.number):
        if record.act.withdraws and record.number not in undone:
            undone[record.undoes] = record.number
    return undone


class _Known:
    """Know what is asked now."""

    def __init__(self, consolidated: Consolidated, findings: Findings) -> None:
        self.known: ProvisionIndex = index_of(consolidated.base)
        self.findings = findings
        self.regions = {region.id: region for region in findings.regions}
        self.elements = {region.id: region for region in findings.elements}
        self.made: set[str] = set()
        """Ids of what records put together."""
        self.refused: set[int] = set()
        """Records that do not hold by themselves together with the others."""
        self.names = {p.id: tuple(w.code for w in p.proponents) for p in consolidated.proposals}

    def replayed(self, record: Record, undone: int) -> Replayed:
        """Return the status of one record, as if it were the only one about its region."""
        if undone:
            return Replayed(record=record, status=Status.MOOT, by=undone)
        if record.number in self.refused:
            record = replace(record, edits=None)
        if record.act.withdraws:
            return Replayed(record=record, status=Status.EXACT)
        if record.former:
            here = record.region if record.region in self.regions else ""
            return Replayed(record=record, status=record.former, region=here)
        if not self._base_stands(record):
            return Replayed(record=record, status=Status.BASE_CHANGED)
        same = self.regions.get(record.region)
        if same and same.is_bracketed and (met := self._within(record, same)):
            asked = {option.id for id in met for option in self.regions[id].options}
            return Replayed(
                record=record,
                status=Status.NEW_OPTION,
                region=same.id,
                beyond=met,
                added=tuple(sorted(asked)),
            )
        if same:
            now = offers(same, self.names)
            # Whose words a text is put together of, records say: it reads as it was read.
            alike = same.id in self.made or _behind(now) == _behind(record.options)
            status = Status.EXACT if alike else Status.AUTHORS_CHANGED
            return Replayed(record=record, status=status, region=same.id)
        return self._other(record)

    def _within(self, record: Record, bracket: Region) -> tuple[str, ...]:
        """Return what proposals ask about words in brackets that a record has taken out.

        The record stands, and what came there since is settled by it, with a note.
        """
        if not record.act.settles or not self._base_stands(record):
            return ()
        texts = record.edits.texts if record.edits else ()
        hunks = [hunk for edit in texts for hunk in edit.hunks]
        gone = [(2 * hunk.start + 1, 2 * hunk.end - 1) for hunk in hunks]
        if record.act is DecisionKind.TEXT:
            words = len(self.known.words(self.known.at[bracket.target]))
            whole = bracket.stream is Stream.PROVISION
            gone = [(1, 2 * words - 1) if whole else (bracket.lo, bracket.hi)]
        return tuple(
            region.id
            for region in self.findings.regions
            if (region.stream, region.target) == (Stream.TEXT, bracket.target)
            and not region.is_unmarked
            and region.standing not in TO_READ
            and any(region.lo <= hi and lo <= region.hi for lo, hi in gone)
        )

    def _base_stands(self, record: Record) -> bool:
        lead = record.places[0]
        if lead.target and lead.target not in self.known.at:
            return False
        now = in_force(self.known, lead)
        return key_of(now) == key_of(record.base) and around(self.known, lead) == record.around

    def _other(self, record: Record) -> Replayed:
        """Return the status of a record whose question is not asked any more as it was."""
        if record.rules != RULES and not record.act.leaves:
            return self._by_earlier_rules(record)
        if record.places[0].stream is Stream.PROVISION and record.act.answers_gate:
            stands = record.act in (DecisionKind.SUPPRESS, DecisionKind.NO_CHANGE)
            return Replayed(record=record, status=Status.NOT_ASKED if stands else Status.MOOT)
        region = self._at(record)
        if region is None:
            status = self._unasked(record)
            return Replayed(record=record, status=status, restated=self._by_edits(record))
        now = {option.id for option in region.options}
        then = {option.id for option in record.options}
        moved = places(region, self.elements)[0] != record.places[0]
        if record.act is DecisionKind.TEXT and not worded(region):
            status = Status.SUPERSEDED
        elif set(record.chosen) - now or moved:
            status = Status.PLACE_CHANGED if moved else Status.NOT_ASKED
            status = status if self._restates(record) else Status.SUPERSEDED
        else:
            status = Status.NEW_OPTION if now - then else Status.NARROWED
        beyond = self._meeting(record) if self._holds_beyond(record, status) else ()
        now = now.union(*({o.id for o in self.regions[id].options} for id in beyond))
        return Replayed(
            record=record,
            status=status,
            region=region.id,
            beyond=beyond,
            added=tuple(sorted(now - then)),
            lost=tuple(sorted(then - now)),
            restated=self._by_edits(record),
        )

    def _holds_beyond(self, record: Record, status: Status) -> bool:
        """Tell whether a record holds for all that is asked now where it decided something.

        What was one question at several places is several as soon as nobody joins them any more.
        """
        if record.places[0].stream is Stream.GAP or status is Status.PLACE_CHANGED:
            return True
        return len(record.places) > 1 and (not record.chosen or self._by_edits(record))

    def _by_earlier_rules(self, record: Record) -> Replayed:
        """Return the status of a record whose region was found by an earlier rule set.

        Whether a provision is suppressed was one question with what was asked inside it.
        """
        lead = record.places[0]
        gates = [
            region.id
            for region in self.findings.regions
            if region.gate is Gate.SUPPRESS
            and lead.stream is Stream.PROVISION
            and region.target == lead.target
        ]
        if gates and (record.act is DecisionKind.KEEP or suppresses(record)):
            return Replayed(record=record, status=Status.NARROWED, region=gates[0])
        return Replayed(record=record, status=Status.SUPERSEDED)

    def _restates(self, record: Record) -> bool:
        """Tell whether a record says by itself what the text is to be."""
        return self._by_edits(record) or says_itself(record)

    def _by_edits(self, record: Record) -> bool:
        """Tell whether a record holds the edits that it decided on this text in force."""
        return bool(record.edits and record.edits.base == self.known.digest)

    def _unasked(self, record: Record) -> Status:
        """Return the status of a record about which nobody asks anything any more."""
        if record.chosen:
            return Status.NOT_ASKED if self._restates(record) else Status.SUPERSEDED
        return Status.NOT_ASKED if record.act is DecisionKind.TEXT else Status.MOOT

    def _meeting(self, record: Record) -> tuple[str, ...]:
        """Return the ids of the regions that meet the place of a record."""
        return tuple(
            region.id
            for region in self.findings.regions
            if region.standing not in TO_READ
            and not region.is_unmarked
            and (adds_same(region, record) or not both_add(region, record))
            and any(
                meets(one, other, record)
                for one in places(region, self.elements)
                for other in record.places
            )
        )

    def _at(self, record: Record) -> Region | None:
        """Return the region that now asks about what a record is about: the likest one."""
        beside = record.act is DecisionKind.ACKNOWLEDGE
        then = {option.id for option in record.options}

        def likeness(region: Region) -> tuple[bool, int, bool]:
            lead = places(region, self.elements)[0] == record.places[0]
            same = sum(option.id in then for option in region.options)
            return lead, same, region.standing is Standing.CONTESTED

        found = [
            region
            for region in self.findings.regions
            if (region.standing in TO_READ) is beside
            and not region.is_unmarked
            and (adds_same(region, record) or not both_add(region, record))
            and any(
                meets(one, other, record)
                for one in places(region, self.elements)
                for other in record.places
            )
        ]
        found = found or [r for r in self.findings.regions if stands_elsewhere(r, record)]
        return max(found, key=likeness, default=None)


def _behind(options: Iterable[RecordedOption]) -> set[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return {(option.id, option.sources, option.proponents) for option in options}
