"""What docs/room.md says is what happens: its commands are run, its keys are those there are.

Its pictures are made anew by RESAMEND_KEEP=1 and looked at.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest

from resamend.languages import phrases_of
from resamend.renderers.html_points import KEYS
from resamend.room.pages import ROOM_KEYS
from tests.browser import browser
from tests.dossiers import sat_at
from tests.roomserver import served

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "room.md").read_text(encoding="utf-8")
PICTURES = ("room-desk.png", "room-chair.png", "room-wall.png")


def commands() -> list[list[str]]:
    blocks = re.findall(r"^```bash\n(.*?)^```$", TEXT, flags=re.MULTILINE | re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines()]


def meeting(folder: Path) -> Path:
    shutil.copytree(ROOT / "resolutions" / "140", folder / "meeting" / "140")
    return folder / "meeting"


def test_its_commands_do_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = meeting(tmp_path)
    desk = sat_at(tmp_path, monkeypatch)
    assert len(commands()) == 4
    for program, command, *arguments in commands():
        assert program == "resamend"
        if command == "room":
            assert arguments == [folder.name]
            with served(folder) as room:
                assert sorted(room.links) == ["chair", "desk", "viewer"]
        else:
            desk.done(command, *arguments)
    assert (tmp_path / "points.html").is_file()


def test_it_names_every_key() -> None:
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \|$", TEXT, flags=re.MULTILINE)
    named = " ".join(rows)
    for keys, phrase in (*KEYS, *ROOM_KEYS):
        assert all(key in named for key in keys.split()), keys
        assert phrase in phrases_of("en")


def test_its_pictures_are_there() -> None:
    for name in PICTURES:
        assert f"]({name})" in TEXT
        assert (ROOT / "docs" / name).read_bytes().startswith(b"\x89PNG")


@pytest.mark.skipif(not os.environ.get("RESAMEND_KEEP"), reason="makes the pictures anew")
def test_the_pictures_are_made(tmp_path: Path) -> None:
    with served(meeting(tmp_path)) as room, browser() as opened:
        pages = {
            role: opened.new_context(viewport={"width": width, "height": height}).new_page()
            for role, width, height in (("desk", 1200, 640), ("chair", 1366, 768),
                                        ("viewer", 1920, 1080))
        }  # fmt: skip
        for role, page in pages.items():
            page.goto(room.links[role])
            page.locator("main").wait_for()
        chair, wall = pages["chair"], pages["viewer"]
        chair.locator("#terms").wait_for()
        chair.locator("[name=by]").fill("Chair")
        chair.locator("[name=level]").select_option("ad-hoc")
        chair.locator("h1").first.click()
        chair.evaluate("location.hash = '#point-16'")
        chair.keyboard.press("2")
        chair.keyboard.press(" ")
        wall.locator(".trialling").wait_for()
        for page, name in zip(pages.values(), PICTURES, strict=True):
            page.screenshot(path=ROOT / "docs" / name)
