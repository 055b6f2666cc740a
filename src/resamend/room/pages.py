"""The pages of the room and their parts, made of the same templates as the page of points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from resamend.conflict import Standing
from resamend.decision import Record, furthest_first
from resamend.escaping import visible
from resamend.model import Language
from resamend.page.options import Names, RenderOptions
from resamend.page.points import TYPED, PointShow, PointStep, point_show
from resamend.page.progress import PointStatus
from resamend.page.records import decided, level
from resamend.page.vocabulary import Phrases, phrases
from resamend.renderers import sheets
from resamend.renderers.html_points import HtmlCard, HtmlSlide, html_slides, page_values
from resamend.room.hall import Hall, Sent
from resamend.room.states import RoomState

_SLIDE, _PAGE, _WALL = "slide.html.j2", "points.html.j2", "wall.html.j2"
ROOM_KEYS = (
    ("↵", "key_record"), ("␣", "key_send"), ("T", "key_type"), ("B", "key_bracket"),
    ("D", "key_defer"), ("R", "key_reserve"), ("C", "key_condition"), ("U", "key_undo"),
)  # fmt: skip


class RoomPage(Struct, frozen=True, kw_only=True):
    """Hold what a page of the chair has beside the points: who it is, and what may be done."""

    dossier: str
    token: str
    page: str
    acts: bool
    dossiers: tuple[str, ...]
    orders: Mapping[str, str]
    ui: str = ""


def options_for(state: RoomState, names: Names, ui: Language | None) -> RenderOptions:
    """Return how the points of a dossier are written."""
    return RenderOptions(names=names, ui=ui, colours=state.dossier.colours)


def chair_page(hall: Hall, room: RoomPage, ui: Language | None) -> str:
    """Return the page of the chair: all points, and what can be done about them."""
    state = hall.state(room.dossier)
    options = options_for(state, Names.NAMES, ui)
    show = point_show(state.redline, options)
    return sheets.filled("", _PAGE, **_chair_values(state, show, options, room))


def _chair_values(
    state: RoomState, show: PointShow, options: RenderOptions, room: RoomPage
) -> dict[str, object]:
    from msgspec.structs import replace

    values = page_values(show, options)
    say = show.presentation.say
    shown = [step for step in show.steps if any(s.step is step for s in show.slides)]
    room = replace(room, orders=_orders(state, say, shown), ui=options.ui or "")
    keys = [(key, say(phrase)) for key, phrase in ROOM_KEYS] if room.acts else []
    return values | {
        "room": room,
        "keys": [*values["keys"], *keys],  # type: ignore[misc]
        "style": "",
        "script": "",
        "policy": "",
        "allowed": "",
    }


def _orders(state: RoomState, say: Phrases, steps: Iterable[PointStep]) -> dict[str, str]:
    """Say of each point in which order the options are furthest from the text in force."""
    orders = {}
    for step in steps:
        region = step.region
        orders[step.id] = ""
        if region is None or region.standing is not Standing.CONTESTED or region.gate:
            continue
        ids = [option.id for option in region.options]
        ranked = furthest_first(state.consolidated, region)
        numbers = say("comma").join(str(ids.index(option.id) + 1) for option in ranked)
        orders[step.id] = say("suggested", list=numbers)
    return orders


def changed_parts(
    hall: Hall, before: RoomState, room: RoomPage, point: str, ui: Language | None
) -> str | None:
    """Return the point that was acted on, and beside it all else that an act changed.

    ``None`` where points came that the page does not have: it has to be read again.
    """
    after = hall.state(room.dossier)
    options = options_for(after, Names.NAMES, ui)
    old = {s.id: s for s in point_show(before.redline, options, ()).steps}
    steps = {s.id: s for s in point_show(after.redline, options, ()).steps}
    acted = old.get(point) or next((s for s in old.values() if str(s.number) == point), None)
    if acted is None or acted.id not in steps or not steps.keys() <= old.keys():
        return None
    wanted = {id for id, step in steps.items() if id == acted.id or _differs(old[id], step, acted)}
    show = point_show(after.redline, options, wanted)
    values = _chair_values(after, show, options, room)
    gone = [old[id].anchor for id in old.keys() - steps.keys()]
    slides: tuple[HtmlSlide, ...] = values["slides"]  # type: ignore[assignment]
    ordered = sorted(slides, key=lambda slide: slide.slide.step.id != acted.id)
    return sheets.macro("", _SLIDE, "changed", values, slides=ordered, gone=gone)


def _differs(old: PointStep, new: PointStep, acted: PointStep) -> bool:
    """Tell whether a point may look otherwise after an act on another one."""
    if (old.status, old.record) != (new.status, new.record):
        return True
    target = acted.region.target if acted.region else ""
    places = acted.record.places if acted.record else ()
    targets = {target, *(place.target for place in places)}
    return bool(new.region and new.region.target in targets)


# -- the wall -------------------------------------------------------------------------------------


def wall_names(hall: Hall, wanted: Names) -> Names:
    """Return what a viewer is told of proponents: their names, or nothing; never more than all."""
    both = (hall.names, wanted)
    return Names.NAMES if all(names is Names.NAMES for names in both) else Names.NONE


def wall_page(hall: Hall, names: Names, ui: Language | None, query: str) -> str:
    """Return the page that is projected."""
    say = _say(hall, ui)
    return sheets.filled("", _WALL, say=say, query=query, content=wall_part(hall, names, ui))


def _say(hall: Hall, ui: Language | None) -> Phrases:
    first = hall.state(next(iter(hall.folders))) if hall.folders else None
    return phrases(ui or (first.dossier.language if first else Language.EN))


def wall_part(hall: Hall, names: Names, ui: Language | None) -> str:
    """Return what was sent to the wall, and nothing else: no order, no remark, no count."""
    sent = hall.sent
    if sent is None or sent.dossier not in hall.folders:
        say = _say(hall, ui)
        return sheets.macro("", "wallpart.html.j2", "waiting", {"say": say})
    state = hall.state(sent.dossier)
    options = options_for(state, wall_names(hall, names), ui)
    show = point_show(state.redline, options, {sent.point}, sent.text)
    values = page_values(show, options) | {"room": None}
    slides = html_slides(show, options)
    if not slides:
        return sheets.macro("", "wallpart.html.j2", "rest", values)
    (slide,) = slides
    say = show.presentation.say
    chosen = _chosen(slide, sent)
    return sheets.macro(
        "",
        "wallpart.html.j2",
        "wall",
        values,
        each=slide,
        chosen=chosen,
        heading=_heading(say, slide, sent, chosen),
        speaker=_speaker(say, sent, options),
    )


def _chosen(slide: HtmlSlide, sent: Sent) -> tuple[HtmlCard, ...]:
    """Return the options that are tried; none where the point has been recorded since."""
    if slide.slide.step.status is PointStatus.RECORDED:
        return ()
    keys = (TYPED,) if sent.text else sent.keys
    return tuple(card for card in slide.cards if card.card.key in keys)


def _heading(say: Phrases, slide: HtmlSlide, sent: Sent, chosen: tuple[HtmlCard, ...]) -> str:
    record = slide.slide.step.record
    if chosen:
        return say("trial_heading")
    return _outcome(say, record) if record else ""


def _outcome(say: Phrases, record: Record) -> str:
    """Say what was recorded, without whose words they were."""
    words = decided(say, record, named=False)
    if record.level and not record.act.leaves:
        return say("agreed_as", level=level(say, record.level), text=words)
    return say("recorded_as", text=words)


def _speaker(say: Phrases, sent: Sent, options: RenderOptions) -> str:
    if not (sent.text and sent.speaker) or options.shown_names is not Names.NAMES:
        return ""
    who = visible(sent.speaker)
    return who if sent.confirmed else say("orally", who=who)


class WallParts:
    """Make what the wall shows once for all who read it alike, however many they are."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self._parts: dict[tuple[int, Names, str], str] = {}

    def part(self, names: Names, ui: Language | None) -> str:
        """Return what the wall shows now."""
        hall = self.hall
        with hall.lock:
            if hall.sent and hall.sent.dossier in hall.folders:
                hall.state(hall.sent.dossier)  # what changed on disk is a new version
            key = (hall.version, names, ui or "")
            if key not in self._parts:
                kept = {k: v for k, v in self._parts.items() if k[0] == key[0]}
                self._parts = kept | {key: wall_part(hall, names, ui)}
            return self._parts[key]
