"""Every view of the room, in six languages, on every screen: axe, and nothing that overflows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from msgspec import Struct

from resamend.model import Language
from tests.browser import browser, violations
from tests.effort import sample
from tests.roomserver import Served, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
SCREENS = {"projector": 1920, "laptop": 1366, "tablet": 820, "telephone": 390}
VIEWS = {"keys": "chair", "chair": "chair", "room": "viewer", "": "desk"}
LOOKS = ({}, {"color_scheme": "dark"}, {"forced_colors": "active"})


class Open(Struct):
    """A room that is served, and a browser."""

    room: Served
    chromium: Browser


@pytest.fixture(scope="module")
def open_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    folder = tmp_path_factory.mktemp("views") / "140"
    shutil.copytree(ROOT / "resolutions" / "140", folder)
    with served(folder) as room, browser() as chromium:
        sent_to_wall(room)
        yield Open(room, chromium)


def sent_to_wall(room: Served) -> None:
    """Send a point with an option tried to the wall."""
    cookie = {"Cookie": f"resamend_chair={room.links['chair'].rpartition('/')[2]}"}
    with urlopen(Request(f"{room.address}/keys", headers=cookie)) as answer:
        page = answer.read().decode()
    token = page.partition('"X-Room-Token":"')[2].partition('"')[0]
    point = page.partition('id="point-16"')[2].partition('data-id="')[2].partition('"')[0]
    form = urlencode({"dossier": "140", "point": point, "names": "2"}).encode()
    headers = {**cookie, "Origin": room.address, "X-Room-Token": token}
    urlopen(Request(f"{room.address}/send", form, headers)).close()


CASES = [
    pytest.param(
        view, ui, screen, LOOKS[n % 3], id=f"{view or 'desk'}-{ui}-{screen}", marks=parameters.marks
    )
    for n, parameters in enumerate(sample(VIEWS, Language, SCREENS))
    for view, ui, screen in [parameters.values]
]
"""Every view, language and screen; the looks (light, dark, forced colours) by turns."""


@pytest.mark.parametrize(("view", "ui", "screen", "look"), CASES)
def test_every_view_is_accessible_and_fits(
    open_room: Open, view: str, ui: Language, screen: str, look: dict[str, str]
) -> None:
    width = SCREENS[screen]
    context = open_room.chromium.new_context(
        viewport={"width": width, "height": 1080 if width == 1920 else 800},
        bypass_csp=True,  # axe is put in by its test
        **look,
    )
    page = context.new_page()
    page.goto(open_room.room.links[VIEWS[view]])
    page.wait_for_url(lambda address: "/enter/" not in address)
    page.goto(f"{open_room.room.address}/{view}?ui={ui}")
    page.locator("main").wait_for()
    if view in ("keys", "chair"):
        page.keyboard.press("1")
    assert page.evaluate("document.dir") == ui.direction
    found = violations(page)
    overflow = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert found == []
    assert overflow <= width
