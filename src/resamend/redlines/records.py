"""Show a draft with what the group has decided in it.

What a record settles is shown as asked by ``SETTLED``: as a change that nobody contests. The record
itself stands with the provision that it is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from msgspec.structs import replace

from resamend.conflict import Findings, Region, Stream
from resamend.consolidation import Consolidated
from resamend.decision import SETTLED, Record, Replay, Replayed, settle
from resamend.errors import one_of
from resamend.redlines.blocks import redline
from resamend.redlines.values import Block, Redline, View
from resamend.redlines.views import viewed


def recorded(
    consolidated: Consolidated,
    findings: Findings,
    replayed: Replay,
    *,
    numbers: Mapping[str, int] | None = None,
    view: View = View.REDLINE,
    date: str = "",
) -> Redline:
    """Return what is shown of a draft of which some points are recorded.

    Without ``numbers`` the points are numbered as if nothing were recorded.
    """
    view = one_of(View, view, "view")
    if numbers is None:
        numbers = {region.id: n for n, region in enumerate(findings.outstanding, 1)}
    settled = settle(consolidated, findings, replayed)
    days = [p.date for p in consolidated.proposals] + [r.record.at[:10] for r in replayed.records]
    date = date or max(days, default="")
    shown = redline(settled.consolidated, settled.findings, numbers=numbers, date=date)
    blocks = _noted(shown.blocks, findings, settled.records, replayed)
    return replace(
        shown,
        sources=tuple(source for source in shown.sources if source.id != SETTLED),
        blocks=blocks if view is View.REDLINE else viewed(blocks, view),
        records=replayed.records,
        view=view,
        draft=consolidated,
    )


def _noted(
    blocks: tuple[Block, ...], findings: Findings, held: Mapping[str, Record], replay: Replay
) -> tuple[Block, ...]:
    """Put each record that holds, or holds no more, to the block that it is about."""
    regions = {region.id: region for region in findings.regions}
    ids = {block.id for block in blocks}

    def spot(record: Record, region: Region | None) -> str:
        return next((s for s in _spots(record, region) if s and s in ids), "")

    about: dict[str, list[Record]] = defaultdict(list)
    for id, record in sorted(held.items(), key=lambda pair: pair[1].number):
        about[spot(record, regions.get(id))].append(record)
    stale: dict[str, list[Replayed]] = defaultdict(list)
    for stale_record in (*replay.stale, *replay.noted):
        stale[spot(stale_record.record, None)].append(stale_record)
    return tuple(
        replace(
            block, records=tuple(about.pop(block.id, ())), unsettled=tuple(stale.pop(block.id, ()))
        )
        if block.id and (block.id in about or block.id in stale)
        else block
        for block in blocks
    )


def _spots(record: Record, region: Region | None) -> tuple[str, ...]:
    """Return where a record may be told, the best place first."""
    lead = record.places[0]
    if lead.stream is not Stream.GAP:
        return (lead.target,)
    meant = [
        provision.id
        for option in (region.options if region else ())
        if option.id in record.chosen or record.act.leaves
        for provision in option.provisions
    ]
    return (*meant, record.around[0], lead.target)
