"""The text of a draft as it stands, and the changes that make it.

What is disputed stands as in force. A change without a competing proposal is taken as if it were
recorded, by the same means, so that what is shown here and what ``adopt`` does cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from resamend.amendment import revise
from resamend.conflict import Gate, Region, Standing
from resamend.consolidation import Sources
from resamend.decision import ChairTable, DecisionKind, DecisionRequest, Record, record, replay
from resamend.decision.adopting import distinct_ids
from resamend.decision.fragments import assembled
from resamend.decision.lapsing import gates_around
from resamend.decision.settling import Settler
from resamend.decision.values import Place
from resamend.matching import index_of
from resamend.model import Provision, Resolution

_UNCONTESTED = (Standing.SINGLE, Standing.IDENTICAL, Standing.CONSEQUENTIAL)
_NOBODY = DecisionRequest(act=DecisionKind.TAKE, by="-", at="0001-01-01")


class StandingChange(Struct, frozen=True):
    """Hold a change that a draft's text has: by a ``record``, or (``recorded`` not) as proposed."""

    record: Record
    recorded: bool

    @property
    def content(self) -> tuple[Place, tuple[str, ...], tuple[str, ...], str]:
        """Return what it does and where, whoever asks for it."""
        taken = self.record.taken
        deeds = tuple(option.deed.value for option in taken) or (self.record.act.value,)
        return self.record.places[0], deeds, tuple(o.id for o in taken), self.record.text

    @property
    def sources(self) -> Sources:
        """Return the proposals that ask for it."""
        return self.record.sources


class StandingText(Struct, frozen=True, kw_only=True):
    """Hold a draft, its text as it stands, and the changes of the text in force that are in it."""

    table: ChairTable
    text: Resolution
    changes: tuple[StandingChange, ...]


def standing_text(table: ChairTable, *, recorded_only: bool = False) -> StandingText:
    """Return the text of a draft as it stands, or (``recorded_only``) as it is recorded.

    Raises ``Invalid`` where what is recorded contradicts itself.
    """
    draft, findings = table.consolidated, table.findings
    proposed = () if recorded_only else tuple(_as_proposed(table))
    replayed = replay(draft, findings, (*table.records, *proposed))
    applied = replayed.applied
    edits = Settler(draft, findings).decided(applied, replayed.lapsed)
    assumed = {taken.number for taken in proposed}
    by_number = {held.number: held for held in applied.values() if held.act.settles}
    return StandingText(
        table=table,
        text=_placed(draft.base, revise(draft.base, assembled(edits))) if edits else draft.base,
        changes=tuple(
            StandingChange(by_number[number], number not in assumed) for number in sorted(by_number)
        ),
    )


def _placed(base: Resolution, text: Resolution) -> Resolution:
    """Return a text in which the id of what is added says in which list it is.

    What two proposals add alike in two lists bears one id, and would else be taken for a move.
    """
    in_force = index_of(base).at

    def named(provision: Provision, above: str) -> Provision:
        # What is split off bears the id of its paragraph, with a number.
        own = provision.id in in_force or provision.id.rpartition("-")[0] in in_force
        id = provision.id if own else f"{above}__{provision.id}"
        children = tuple(named(child, id) for child in provision.children)
        return replace(provision, id=id, children=children)

    return distinct_ids(replace(text, provisions=tuple(named(top, "") for top in text.provisions)))


def _as_proposed(table: ChairTable) -> Iterator[Record]:
    """Yield what would be recorded if each change without a competing proposal were taken."""
    held = {*table.replay.applied, *table.replay.lapsed}
    number = max((entry.number for entry in table.records), default=0)
    for region in _uncontested(table):
        if region.id not in held:
            number += 1
            yield record(table.consolidated, table.findings, region, _wish(region), number=number)


def _uncontested(table: ChairTable) -> Iterator[Region]:
    """Yield the changes without a competing proposal, unless somebody opposes any there."""
    regions = table.findings.regions
    kept = {region.id for region in regions if region.gate is Gate.NO_CHANGE}
    around = gates_around(index_of(table.consolidated.base), regions)
    for region in regions:
        opposed = region.gate is Gate.NO_CHANGE or kept.intersection(around.get(region.id, ()))
        if region.standing in _UNCONTESTED and not opposed and not region.ends:
            yield region


def _wish(region: Region) -> DecisionRequest:
    return replace(_NOBODY, act=DecisionKind.SUPPRESS) if region.gate else _NOBODY
