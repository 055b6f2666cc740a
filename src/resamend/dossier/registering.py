"""Which proposals a dossier has had: those that count, those replaced, those withdrawn."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from resamend.amendment import Proposal
from resamend.dossier.reading import proposals_ever
from resamend.model import Language
from resamend.page.registers import RegisterEntry


def register_entries(folder: Path) -> tuple[RegisterEntry, ...]:
    """Return each revision of each proposal of a dossier, by symbol, the latest first."""
    languages: dict[tuple[str, int], list[Language]] = defaultdict(list)
    revisions: dict[tuple[str, int], Proposal] = {}
    current: dict[str, int] = {}
    for proposal, counts in proposals_ever(folder):
        key = (proposal.id, proposal.revision)
        revisions.setdefault(key, proposal)
        if proposal.language not in languages[key]:
            languages[key].append(proposal.language)
        if counts:
            current[proposal.id] = max(proposal.revision, current.get(proposal.id, 0))
    numbers: dict[str, list[int]] = defaultdict(list)
    for id, revision in sorted(revisions):
        numbers[id].append(revision)
    return tuple(
        RegisterEntry(
            proposal=revisions[id, revision],
            languages=tuple(code for code in Language if code in languages[id, revision]),
            gone=current.get(id) != revision,
            by=next((later for later in numbers[id] if later > revision), None),
        )
        for id in sorted(numbers)
        for revision in reversed(numbers[id])
    )
