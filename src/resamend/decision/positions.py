"""What states say of a point without a text: that they support, oppose, or reserve their position.

A position changes no text and no option. Where somebody opposes a change that has no competing
proposal, the change against no change is a point: nobody may take it in passing. Positions are the
chair's: no draft, table or page for others is made from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct

from resamend.conflict import Findings, Region, Standing
from resamend.decision.placing import places
from resamend.decision.values import Place
from resamend.errors import UsageError
from resamend.model import Language

NO_CHANGE = "no-change"
"""What stands in the place of an option's id for the text in force, the option listed last."""
_WITHOUT_COMPETITION = (Standing.SINGLE, Standing.IDENTICAL, Standing.CONSEQUENTIAL)


class Stance(StrEnum):
    """Say where somebody stands; ``UNDO`` takes an earlier position back."""

    SUPPORT = "support"
    OPPOSE = "oppose"
    RESERVE = "reserve"
    UNDO = "undo"


class Position(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Hold what somebody said of a point, or of one ``option`` of it, by the option's id.

    ``number`` counts the positions of a dossier from 1; ``region``, ``path`` and ``places`` are as
    in a record; ``about`` are the words of the option as they were then. ``of``
    is a state or body, empty where it was said informally and is not attributed. ``at`` is a day
    (ISO 8601), ``undoes`` the number of the position that this one takes back.
    ``former`` is one about a former text in force, of which this one has no such place.
    """

    number: int
    region: str
    path: str
    places: tuple[Place, ...]
    language: Language
    stance: Stance
    at: str
    of: str = ""
    option: str = ""
    about: str = ""
    remark: str = ""
    meeting: str = ""
    undoes: int = 0
    former: bool = False

    @property
    def opposes(self) -> bool:
        """Tell whether it is against what is proposed; whoever supports no change is."""
        against = Stance.SUPPORT if self.option == NO_CHANGE else Stance.OPPOSE
        return self.stance is against


class PositionRequest(Struct, frozen=True, kw_only=True):
    """Say what position is to be kept: whose, on which option (its number or a proposal), when.

    An ``informal`` one is kept without the name. Raises ``UsageError`` where nobody holds it.
    """

    stance: Stance
    at: str
    of: str = ""
    option: str = ""
    remark: str = ""
    meeting: str = ""
    informal: bool = False

    def __post_init__(self) -> None:
        if self.stance is not Stance.UNDO and not (self.of.strip() or self.informal):
            raise UsageError(
                "a position is somebody's",
                advice="Name the state or body with `of=`, or give `informal=True`.",
            )


def in_force(positions: Iterable[Position]) -> tuple[Position, ...]:
    """Return the positions that hold: not taken back, and the last of each state on each option."""
    positions = tuple(positions)
    undone = {position.undoes for position in positions}
    last = {
        (position.of or position.number, position.places[0], position.option): position
        for position in positions
        if position.number not in undone and position.stance is not Stance.UNDO
    }
    return tuple(sorted(last.values(), key=lambda position: position.number))


def positions_by_region(
    findings: Findings, positions: Iterable[Position], language: Language
) -> Mapping[str, tuple[Position, ...]]:
    """Map each region to the positions about it, by its id.

    A position follows its question: where that is another one now, it is about what meets its
    place; in another language, about what is asked of the same provision.
    """
    elements = {element.id: element for element in findings.elements}
    where = {region.id: places(region, elements) for region in findings.regions}
    by_region: dict[str, tuple[Position, ...]] = {}
    for position in positions:
        ids = [position.region] if position.region in where else [
            id for id, here in where.items() if _meets(position, here, language)
        ]  # fmt: skip
        for id in ids:
            by_region[id] = (*by_region.get(id, ()), position)
    return by_region


def _meets(position: Position, here: Iterable[Place], language: Language) -> bool:
    if position.former:
        return False
    if position.language is language:
        return any(one.meets(other) for one in here for other in position.places)
    streams = {(place.stream, place.target) for place in here}
    return any((place.stream, place.target) in streams for place in position.places)


def opposed_regions(
    findings: Findings, positions: Iterable[Position], language: Language
) -> tuple[Region, ...]:
    """Return what somebody opposes and has no competing proposal: it is a point all the same."""
    about = positions_by_region(findings, in_force(positions), language)
    return tuple(
        region
        for region in findings.regions
        if region.standing in _WITHOUT_COMPETITION
        and not region.ends
        and any(position.opposes for position in about.get(region.id, ()))
    )
