"""Keep what states say of points without a text, and take it back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from resamend.conflict import find
from resamend.decision.offering import offers
from resamend.decision.placing import places
from resamend.decision.positions import (
    NO_CHANGE,
    Position,
    PositionRequest,
    Stance,
    in_force,
    positions_by_region,
)
from resamend.decision.recording import DAY, named_option
from resamend.dossier.deciding import merged_draft, point_numbers
from resamend.dossier.log import POSITIONS, POSITIONS_FILE
from resamend.dossier.names import checked_name
from resamend.dossier.point_names import point_of
from resamend.dossier.transactions import transaction
from resamend.errors import UsageError
from resamend.model import Language


class NewPosition(Struct, frozen=True):
    """Hold the position that was kept, the number of its point (0: none), and what to tell."""

    position: Position
    point: int
    notes: tuple[str, ...]


def take_position(
    folder: Path, point: str, request: PositionRequest, language: Language | None = None
) -> NewPosition:
    """Keep a position on a point; with ``Stance.UNDO`` take back the last one on it.

    No text, option or record changes. Raises ``UsageError`` for a point, an option or a position
    that is not there.
    """
    if not DAY.match(request.at):
        raise UsageError(f"{request.at!r} is no day", advice="Write it as 2018-11-05.")
    with transaction(folder) as work:
        draft = merged_draft(work, language)
        findings = find(draft)
        numbers = point_numbers(work, draft, findings)
        region = point_of(findings, numbers, point, draft.base)
        here = positions_by_region(findings, in_force(work.positions.records), draft.base.language)
        number = len(work.positions.records) + 1
        if request.stance is Stance.UNDO:
            position = _undoing(here.get(region.id, ()), request, number, point)
        else:
            names = {p.id: tuple(who.code for who in p.proponents) for p in draft.proposals}
            options = offers(region, names)
            option = ""
            if request.option:
                last = request.option == str(len(options) + 1)
                option = NO_CHANGE if last else named_option(region, options, request.option)[0]
            position = Position(
                number=number,
                region=region.id,
                path=region.path,
                places=places(region, {element.id: element for element in findings.elements}),
                language=draft.base.language,
                stance=request.stance,
                at=request.at,
                of="" if request.informal else checked_name(request.of.strip()),
                option=option,
                about=next((o.text for o in options if o.id == option), ""),
                remark=request.remark.strip(),
                meeting=request.meeting.strip(),
            )
        work.positions = POSITIONS.appended(work.positions, (position,))
        work.fresh[POSITIONS_FILE] = work.positions.data
        number = point_numbers(work, draft, findings).get(region.id, 0)
    return NewPosition(position, number, tuple(work.notes))


def _undoing(
    here: Iterable[Position], request: PositionRequest, number: int, point: str
) -> Position:
    """Return what takes back the last position on a point, of one state if it is named."""
    held = [p for p in here if not request.of.strip() or p.of == request.of.strip()]
    if not held:
        raise UsageError(f"there is no position on {point!r} to take back")
    undone = held[-1]
    return Position(
        number=number,
        region=undone.region,
        path=undone.path,
        places=undone.places,
        language=undone.language,
        stance=Stance.UNDO,
        at=request.at,
        of=undone.of,
        remark=request.remark.strip(),
        meeting=request.meeting.strip(),
        undoes=undone.number,
    )
