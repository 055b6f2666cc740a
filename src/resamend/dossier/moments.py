"""A dossier as it stood at the end of a day: what had come, was not yet withdrawn, was recorded."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from msgspec.structs import replace

from resamend.amendment import Proposal, digest
from resamend.dossier.reading import DossierContent
from resamend.dossier.registering import register_entries
from resamend.page.registers import RegisterEntry


def content_on(dossier: DossierContent, day: str) -> DossierContent:
    """Return what a dossier held at the end of a day (ISO 8601), as far as its dates say.

    A proposal counts from its own date on, and until it was replaced or withdrawn; one without a
    date counts from the beginning, and that is told. The numbers of points are those of now.
    """
    wanted = digest(dossier.base)
    entries = [
        entry
        for entry in register_entries(dossier.folder, dossier.language)
        if entry.proposal.base_digest == wanted
    ]
    proposals, undated = [], []
    for id, versions in groupby(entries, key=lambda entry: entry.proposal.id):
        there = next(_on(versions, day), None)
        proposals += [there] if there else []
        undated += [id] if there and not there.date else []
    notes = f"as if there from the beginning, for they have no date: {', '.join(undated)}"
    return replace(
        dossier,
        proposals=tuple(sorted(proposals, key=lambda proposal: proposal.id)),
        records=tuple(record for record in dossier.records if record.at[:10] <= day),
        positions=tuple(position for position in dossier.positions if position.at[:10] <= day),
        notes=(*dossier.notes, *([f"{day}: {notes}"] if undated else [])),
    )


def _on(versions: Iterator[RegisterEntry], day: str) -> Iterator[Proposal]:
    """Yield the revisions that had come by a day, the latest first; none once it was withdrawn."""
    for entry in versions:
        proposal = entry.proposal
        # Of one that was withdrawn on a day that nobody kept nothing is known.
        if entry.gone and entry.by is None and entry.withdrawn <= day:
            return
        if proposal.date <= day:
            behind = [
                replace(who, left="")
                for who in proposal.proponents
                if who.joined <= day and not ("" < who.left <= day)
            ]
            yield replace(proposal, proponents=tuple(behind))
