"""What a meeting did in a Word draft of a dossier: proposals from the floor, and decisions."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

    from resamend.dossier.deciding import Choose
    from resamend.dossier.floor import FromFloor
    from resamend.dossier.reading import DossierContent
    from resamend.dossier.word_records import WordDecision, WordDecisions
    from resamend.ooxml.embedded import EmbeddedFiles, Shown

_ALIKE = 0.5
"""So many of the paragraphs with changes, of those that a draft shows, stand in one of it."""


class Meeting(Struct, frozen=True, kw_only=True):
    """Say how to take what a meeting did.

    ``codes`` are the proponents of what nobody signed; with ``partial`` what cannot be taken is
    left; with ``records`` what was accepted and refused is decided, by ``by`` at a ``level``.
    """

    number: int = 0
    codes: tuple[str, ...] = ()
    partial: bool = False
    records: bool = False
    by: str = ""
    level: str = ""


def taken_from_floor(source: str, against: Path, meeting: Meeting, out: str) -> bool:
    """Write what a meeting changed in a draft, each change a proposal; false for no draft.

    A draft for the room takes nothing along: it is known by what the dossier's shows now.
    """
    if not source.endswith(".docx"):
        return False
    from resamend.cli.inputs import note, take
    from resamend.cli.outputs import write_proposals
    from resamend.dossier.floor import draft_language, from_floor
    from resamend.dossier.reading import read_dossier
    from resamend.ooxml.embedded import read_carried

    content = take(source)
    carried = read_carried(content, name=source)
    chairs = carried is not None
    if carried is not None:
        dossier = read_dossier(against, draft_language(content, source))
    else:
        recognised = _known(content, source, against)
        if recognised is None:
            return False
        dossier, carried = recognised
        note(f"{source}: it takes no proposals along; taken for the draft that {against} gives now")
    taken = from_floor(
        content, dossier, carried, name=source, codes=meeting.codes, meeting=meeting.number
    )
    decided = _decisions(taken, carried, dossier) if chairs else None
    _refuse_untaken(source, taken, decided, meeting)
    for message in taken.notes:
        note(message)

    def write() -> None:
        if taken.proposals:
            write_proposals(taken.proposals, dossier.base, out)

    if decided is not None:
        _name_records(decided, dossier, against)
    elif taken.floor.resolved or taken.floor.closed or taken.floor.gone:
        note("changes were accepted or refused in it: in the chair's file alone that decides")
    if decided is not None and decided.decisions and meeting.records:
        _record(decided.decisions, dossier, against, meeting, write)
    else:
        write()
    return True


def _refuse_untaken(
    source: str, taken: FromFloor, decided: WordDecisions | None, meeting: Meeting
) -> None:
    """Refuse a draft of which something is neither taken nor decided, unless that is wanted."""
    from resamend.cli.inputs import note
    from resamend.errors import Invalid

    untaken = [*taken.untaken, *(decided.left if decided else ())]
    if untaken and not meeting.partial:
        raise Invalid(
            f"not everything in it can be taken: {'; '.join(untaken)}",
            where=source,
            advice="Mend these places, or give --partial to take the others.",
        )
    for message in untaken:
        note(f"not taken: {message}")


def _decisions(taken: FromFloor, carried: EmbeddedFiles, dossier: DossierContent) -> WordDecisions:
    """Return what was decided in the chair's own file by accepting and refusing."""
    from resamend.cli.inputs import draft_of
    from resamend.conflict import find
    from resamend.dossier.word_records import word_decisions

    consolidated = draft_of(dossier).consolidated
    return word_decisions(taken.floor, carried.shown, consolidated, find(consolidated))


def _name_records(decided: WordDecisions, dossier: DossierContent, against: Path) -> None:
    """Name the records that accepting and refusing stand for."""
    from resamend.cli.inputs import note

    for decision in decided.decisions:
        which = f"--take {decision.option}" if decision.option else _AS_OPTION[decision.act.value]
        point = (dossier.numbers or {}).get(decision.region.id) or decision.region.id[:8]
        command = f"resamend decide {shlex.quote(str(against))} {point} {which}"
        where = decision.region.path
        note(f"{where}: accepted or refused in Word, to be recorded: {command}")


_AS_OPTION = {"take": "--agreed", "keep": "--keep"}


def _record(
    decisions: tuple[WordDecision, ...],
    dossier: DossierContent,
    against: Path,
    meeting: Meeting,
    write: Callable[[], None],
) -> None:
    """Make all the records or none; ``write`` writes what was proposed, if they can be made."""
    from datetime import UTC, datetime

    from resamend.cli.inputs import note
    from resamend.decision import DecisionRequest, Level
    from resamend.dossier.deciding import decide_together

    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    requests = []
    for act, option in sorted({(decision.act, decision.option) for decision in decisions}):
        ids = {d.region.id for d in decisions if (d.act, d.option) == (act, option)}
        request = DecisionRequest(
            act=act,
            names=(option,) if option else (),
            by=meeting.by,
            at=now,
            level=Level(meeting.level) if meeting.level else None,
            meeting=str(meeting.number or ""),
        )
        requests.append((_choose(ids), request))
    decide_together(against, requests, dossier.base.language, before_writing=write)
    note(f"{len(decisions)} decision{'s' * (len(decisions) > 1)} recorded")


def _choose(ids: set[str]) -> Choose:
    """Return what picks the regions with these ids."""
    from resamend.dossier.deciding import Selection

    return lambda findings, _numbers, _known: Selection(
        about=[r for r in findings.regions if r.id in ids], named=frozenset(ids)
    )


def _known(
    content: bytes, source: str, against: Path
) -> tuple[DossierContent, EmbeddedFiles] | None:
    """Return the dossier, and what its draft showed, for a draft that takes nothing along.

    Nothing for a file that is no draft: a state's own.
    """
    from resamend.dossier.reading import read_dossier
    from resamend.ooxml import read_document
    from resamend.ooxml.embedded import EmbeddedFiles, visible_lines
    from resamend.readers.draft_marks import unsigned
    from resamend.readers.proposal_header import is_symbol

    seen = set(map(unsigned, visible_lines(read_document(content, name=source))))
    if any(map(is_symbol, seen)):
        return None
    best: tuple[float, DossierContent, tuple[Shown, ...]] | None = None
    for language in read_dossier(against).languages:
        dossier = read_dossier(against, language)
        for shown in _drafts(dossier):
            likeness = max(_likeness(shown, seen), _likeness_of_front(shown, seen))
            if likeness >= _ALIKE and (best is None or likeness > best[0]):
                best = likeness, dossier, shown
    return (best[1], EmbeddedFiles(files=(), shown=best[2])) if best else None


def _likeness(shown: tuple[Shown, ...], seen: set[str]) -> float:
    """Return how many of the paragraphs with changes are there, whoever is named in them."""
    from resamend.readers.draft_marks import unsigned

    marked = {
        unsigned(message.text) for message in shown if "{+" in message.text or "{-" in message.text
    }
    return len(marked & seen) / max(len(marked), 1)


def _likeness_of_front(shown: tuple[Shown, ...], seen: set[str]) -> float:
    """Return how much of the cover and summary is there: they stay when all is refused."""
    front = {message.text for message in shown if not message.where and message.text.strip()}
    return len(front & seen) / max(len(front), 1)


def _drafts(dossier: DossierContent) -> list[tuple[Shown, ...]]:
    """Return what the drafts of a dossier show that take nothing along."""
    from resamend.cli.inputs import draft_of
    from resamend.cli.outputs import shown
    from resamend.conflict import find
    from resamend.page.options import Audience, Names, RenderOptions
    from resamend.redlines import View
    from resamend.renderers.docx import shown_in_docx

    draft = draft_of(dossier)
    redline = shown(draft, find(draft.consolidated), View.REDLINE)
    ways = [(Audience.ROOM, names) for names in Names] + [(Audience.PUBLIC, Names.NONE)]
    return [shown_in_docx(redline, RenderOptions(audience=who, names=names)) for who, names in ways]
