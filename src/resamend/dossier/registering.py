"""Which proposals a dossier has had: those that count, those replaced, those withdrawn."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from msgspec.structs import replace

from resamend.amendment import Proposal
from resamend.dossier.reading import proposals_ever
from resamend.model import Language, Proponent
from resamend.page.registers import RegisterEntry


def register_entries(folder: Path, language: Language | None = None) -> tuple[RegisterEntry, ...]:
    """Return each revision of each proposal of a dossier, by symbol, the latest first.

    With a ``language`` they are those in it.
    """
    languages: dict[tuple[str, int], list[Language]] = defaultdict(list)
    revisions: dict[tuple[str, int], Proposal] = {}
    left: dict[tuple[str, int], set[Proponent]] = defaultdict(set)
    current: dict[str, int] = {}
    for proposal, counts in proposals_ever(folder):
        if language not in (None, proposal.language):
            continue
        key = (proposal.id, proposal.revision)
        revisions.setdefault(key, proposal)
        if proposal.language not in languages[key]:
            languages[key].append(proposal.language)
        left[key].update(who for who in proposal.proponents if who.left)
        if counts:
            current[proposal.id] = max(proposal.revision, current.get(proposal.id, 0))
    numbers: dict[str, list[int]] = defaultdict(list)
    for id, revision in sorted(revisions):
        numbers[id].append(revision)
    return tuple(
        _entry(
            _with_those_who_left(revisions[id, revision], left[id, revision]),
            languages=tuple(code for code in Language if code in languages[id, revision]),
            gone=current.get(id) != revision,
            by=next((later for later in numbers[id] if later > revision), None),
        )
        for id in sorted(numbers)
        for revision in reversed(numbers[id])
    )


def _entry(
    proposal: Proposal, *, languages: tuple[Language, ...], gone: bool, by: int | None
) -> RegisterEntry:
    """Return a revision; where the last who were behind it left, it was withdrawn that day."""
    days = [who.left for who in proposal.proponents]
    day = max(days, default="") if gone and by is None and all(days) else ""
    behind = [replace(who, left="") if who.left == day else who for who in proposal.proponents]
    return RegisterEntry(
        proposal=replace(proposal, proponents=tuple(behind)),
        languages=languages,
        gone=gone,
        by=by,
        withdrawn=day,
    )


def _with_those_who_left(proposal: Proposal, left: set[Proponent]) -> Proposal:
    """Return a revision with all who were behind it: the history knows the days of leaving."""
    gone = {(who.code, who.joined) for who in left}
    stays = [who for who in proposal.proponents if (who.code, who.joined) not in gone]
    return replace(proposal, proponents=tuple(sorted({*stays, *left})))
