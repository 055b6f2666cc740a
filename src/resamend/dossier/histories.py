"""The history of a point: who asked for what there and when, who stood where, what was recorded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from resamend.amendment import Proposal, digest
from resamend.conflict import Region, find, find_regions
from resamend.consolidation import Consolidated, merge
from resamend.decision import ChairTable, Record
from resamend.decision.placing import places
from resamend.decision.positions import Position
from resamend.decision.values import Place
from resamend.dossier.reading import former_texts, proposals_ever, withdrawn_proposals
from resamend.dossier.registering import register_entries
from resamend.matching import ProvisionIndex, index_of
from resamend.model import ROOT
from resamend.page.histories import AskedThen, PointHistory
from resamend.page.registers import RegisterEntry


def point_history(folder: Path, table: ChairTable, region: Region) -> PointHistory:
    """Return the history of a point of a dossier, in the language of the table."""
    base = table.consolidated.base
    elements = {element.id: element for element in table.findings.elements}
    where = places(region, elements)

    def is_about(entry: Record | Position) -> bool:
        same = entry.language is base.language
        meets = any(p.meets(q) for p in entry.places for q in where)
        return same and (entry.region == region.id or meets)

    return PointHistory(
        asked=tuple(
            AskedThen(entry, regions)
            for entry in register_entries(folder, base.language)
            if (regions := tuple(_asked_at(entry.proposal, table.consolidated, where)))
        )
        + tuple(_formerly(folder, table, region)),
        positions=tuple(filter(is_about, table.positions)),
        records=tuple(filter(is_about, table.records)),
    )


def _formerly(folder: Path, table: ChairTable, region: Region) -> Iterator[AskedThen]:
    """Yield what was asked at a point, by its number, while former texts were in force."""
    number = table.numbers.get(region.id)
    ids = {id for id, its in table.numbers.items() if number and its == number}
    language = table.consolidated.base.language
    ever = [p for p, _ in proposals_ever(folder) if p.language is language] if number else []
    for base in former_texts(folder, language) if number else ():
        asked = [p for p in ever if p.base_digest == digest(base)]
        last = {p.id: p for p in sorted(asked, key=lambda p: p.revision)}
        draft = merge(base, last.values())
        findings = find(draft)
        elements = {element.id: element for element in findings.elements}
        where = tuple(p for r in findings.regions if r.id in ids for p in places(r, elements))
        for proposal in asked:
            if regions := tuple(_asked_at(proposal, draft, where)):
                entry = RegisterEntry(proposal=proposal, languages=(language,), gone=False, by=None)
                yield AskedThen(entry, regions, base)


def _asked_at(
    proposal: Proposal, draft: Consolidated, where: tuple[Place, ...]
) -> Iterator[Region]:
    """Yield what a proposal asks by itself at some places of the text in force."""
    index = index_of(draft.base)
    # Who strikes a provision, or moves it, amends the list that it is in.
    targets = {target for place in where for target in _upwards(index, place.target)}
    if proposal.base_digest != digest(draft.base):
        return
    if not any(edit.target in targets for edit in proposal.edits):
        return
    alone = find_regions(merge(draft.base, (proposal,)))
    elements = {element.id: element for element in alone.elements}
    for region in alone.regions:
        here = places(region, elements)
        if region.options and not region.ends and any(p.meets(q) for p in here for q in where):
            yield region


def _upwards(index: ProvisionIndex, target: str) -> Iterator[str]:
    """Yield the id of a provision, and of all around it."""
    yield from (target, ROOT)
    node = index.at.get(target, -1)
    while node >= 0:
        yield index.nodes[node].id
        node = index.parents[node]


def closed_point(folder: Path, table: ChairTable, name: str) -> Region | None:
    """Return a point that nobody asks any more, by its number: as withdrawn proposals asked it."""
    ids = {id for id, number in table.numbers.items() if str(number) == name.strip()}
    draft = table.consolidated
    asked = {region.id for region in table.findings.regions}
    gone = withdrawn_proposals(folder, draft.base) if ids and not ids & asked else ()
    before = find(merge(draft.base, (*draft.proposals, *gone))).regions if gone else ()
    return next((region for region in before if region.id in ids), None)
