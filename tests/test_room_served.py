"""The room in a browser: the chair at the keys, a wall that follows."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from resamend.dossier.reading import read_dossier
from tests.browser import browser, violations
from tests.roomserver import Served, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "140"
    shutil.copytree(ROOT / "resolutions" / "140", folder)
    return folder


@contextmanager
def seated(chromium: Browser, room: Served) -> Iterator[Callable[..., Page]]:
    """Give what opens the link of a role; any message of a browser is a fault."""
    contexts, messages = [], []

    def opened(role: str, width: int = 1366) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 800})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.goto(room.links[role])
        page.wait_for_url(f"{room.address}/{PAGES[role]}")
        page.wait_for_function("window.htmx")
        return page

    try:
        yield opened
    finally:
        for context in contexts:
            context.close()
    assert messages == []


PAGES = {"chair": "keys", "desk": "", "viewer": "room"}


def test_the_chair_records_and_the_wall_follows(chromium: Browser, folder: Path) -> None:
    with served(folder) as room, seated(chromium, room) as opened:
        chair = opened("chair")
        wall = opened("viewer", 1920)
        other = opened("viewer", 390)
        chair.locator("[name=by]").fill("Chair")
        chair.locator("[name=level]").select_option("ad-hoc")
        chair.locator("h1").first.click()
        chair.evaluate("location.hash = '#point-7'")
        chair.keyboard.press("2")
        assert "Nothing has been sent" in wall.locator("main").inner_text(), (
            "looking is not sending"
        )
        chair.keyboard.press(" ")
        wall.locator(".trialling").wait_for()
        assert "adopted the outcome document of" in wall.locator(".reading").inner_text()
        chair.keyboard.press("Enter")
        assert chair.locator("#ask").is_visible(), "Enter asks"
        assert read_dossier(folder).records == ()
        chair.keyboard.press("Enter")
        chair.locator("#point-7[data-status=recorded]").wait_for()
        assert len(read_dossier(folder).records) == 1, "Enter records"
        for page in (wall, other):
            page.get_by_text("Agreed (ad hoc").wait_for()
        assert chair.locator(".slide:visible").count() == 1
        assert "1 recorded" in chair.locator("#strip").inner_text()
        chair.keyboard.press("u")
        chair.keyboard.press("Enter")
        chair.locator("#point-7[data-status=open]").wait_for()
        wall.locator(".at").wait_for()
        assert [r.act.value for r in read_dossier(folder).records] == ["take", "undo"]
        assert violations(wall) == []
        assert violations(chair) == []


def test_words_from_the_floor_are_seen_in_the_sentence(chromium: Browser, folder: Path) -> None:
    with served(folder) as room, seated(chromium, room) as opened:
        chair, wall = opened("chair"), opened("viewer")
        chair.locator("[name=by]").fill("Chair")
        chair.locator("h1").first.click()
        chair.evaluate("location.hash = '#point-7'")
        chair.keyboard.press("t")
        chair.keyboard.type("shall sing")
        sentence = chair.locator(".slide:visible .reading:visible")
        assert "General Assembly shall sing" in " ".join(sentence.inner_text().split())
        chair.locator("#type").get_by_role("button", name="Send to the wall").click()
        wall.get_by_text("shall sing").wait_for()
        chair.get_by_role("button", name="Record as the group's words").click()
        chair.keyboard.press("Enter")
        chair.locator("#point-7[data-status=recorded]").wait_for()
        (record,) = read_dossier(folder).records
        assert (record.act.value, record.text) == ("text", "shall sing")


def test_a_gate_is_answered_and_taken_back_and_the_terms_are_kept(
    chromium: Browser, folder: Path
) -> None:
    with served(folder) as room, seated(chromium, room) as opened:
        chair = opened("chair")
        chair.locator("[name=by]").fill("Chair")
        chair.locator("[name=meeting]").fill("COM5/3")
        chair.locator("h1").first.click()
        chair.evaluate("location.hash = '#point-11'")
        chair.keyboard.press("1")  # the text in force stays: what is asked inside lapses
        chair.keyboard.press("Enter")
        chair.keyboard.press("Enter")
        chair.locator("#point-11[data-status=recorded]").wait_for()
        chair.keyboard.press("u")
        chair.keyboard.press("Enter")
        chair.locator("#point-11[data-status=open]").wait_for()
        chair.reload()
        assert chair.locator("[name=meeting]").input_value() == "COM5/3"
        acts = [(r.act.value, r.meeting) for r in read_dossier(folder).records]
        assert acts == [("no-change", "COM5/3"), ("undo", "COM5/3")]


def test_two_chairs_see_what_the_other_did(chromium: Browser, folder: Path) -> None:
    with served(folder) as room, seated(chromium, room) as opened:
        one, other = opened("chair"), opened("chair")
        one.locator("[name=by]").fill("Chair")
        one.locator("h1").first.click()
        one.evaluate("location.hash = '#point-3'")
        one.keyboard.press("b")
        one.keyboard.press("Enter")
        one.locator("#point-3[data-status=bracketed]").wait_for()
        other.locator("#point-3[data-status=bracketed]").wait_for(state="attached")


def test_the_desk_revokes_links_and_confirms_words(chromium: Browser, folder: Path) -> None:
    with served(folder) as room, seated(chromium, room) as opened:
        desk, chair, wall = opened("desk"), opened("chair"), opened("viewer")
        chair.locator("h1").first.click()
        chair.keyboard.press("t")
        chair.keyboard.type("to sing")
        chair.locator("[name=speaker]").fill("BRA")
        chair.locator("#type").get_by_role("button", name="Send to the wall").click()
        wall.get_by_text("BRA (orally, to be confirmed)").wait_for()
        desk.get_by_role("button", name="confirmed").click()
        wall.get_by_text("BRA (orally").wait_for(state="detached")
        desk.get_by_role("button", name="Revoke the links").click()
        desk.get_by_text("/enter/").wait_for()
        assert desk.locator(".revoked").inner_text() != room.links["viewer"]
        wall.locator(".slide").wait_for(state="detached")


def test_thirty_viewers_follow(folder: Path) -> None:
    import socket
    import time
    from concurrent.futures import ThreadPoolExecutor
    from urllib.request import Request, urlopen

    with served(folder) as room:
        host, _, port = room.address.removeprefix("http://").partition(":")
        token = room.links["viewer"].rpartition("/")[2]
        asked = (
            f"GET /events/wall HTTP/1.1\r\nHost: {host}:{port}\r\n"
            f"Cookie: resamend_viewer={token}\r\n\r\n"
        ).encode()
        lines = [socket.create_connection((host, int(port))) for _ in range(30)]
        for line in lines:
            line.sendall(asked)
            line.settimeout(30)
            while b"event: wall" not in line.recv(65536):
                pass
        chair = room.links["chair"].rpartition("/")[2]
        cookie = {"Cookie": f"resamend_chair={chair}"}
        with urlopen(Request(f"{room.address}/keys", headers=cookie)) as answer:
            page = answer.read().decode()
        form = page.partition('"X-Room-Token":"')[2].partition('"')[0]
        headers = {**cookie, "Origin": room.address, "X-Room-Token": form}
        point = page.partition('data-id="')[2].partition('"')[0]
        data = f"dossier=140&point={point}".encode()

        def heard(line: socket.socket) -> float:
            received = b""
            while point.encode() not in received:
                received += line.recv(65536)
            return time.monotonic()

        with ThreadPoolExecutor(31) as pool:
            waiting = [pool.submit(heard, line) for line in lines]
            began = time.monotonic()
            with urlopen(Request(f"{room.address}/send", data, headers)) as answer:
                assert answer.status == 204
            last = max(future.result() for future in waiting)
        for line in lines:
            line.close()
        assert last - began < 5, "a second on a machine that does nothing else (bench.room)"


# -- a whole session ------------------------------------------------------------------------------


def word_files(folder: Path) -> dict[str, Path]:
    """Make the Word files of a text in force and of two proposals, and a revision of one."""
    from msgspec.structs import replace

    from resamend.conflict import find
    from resamend.consolidation import merge, project
    from resamend.redlines import redline
    from resamend.renderers.docx import render_handed_in
    from tests.build import proposal, resolution

    lines = ("1 to meet each year in Geneva;", "2 to report to the Council;", "3 to publish it,")
    base = resolution("resolves", *lines)
    texts = {
        "RUS": ("1 to meet every second year in Geneva;", *lines[1:]),
        "CHN": ("1 to meet monthly in Geneva;", lines[1], "3 to print it,"),
        "RUS-2": ("1 to meet every second year in Geneva;", lines[1], "3 to sing it,"),
    }
    empty = merge(base, ())
    contents = {"base": render_handed_in(redline(empty, find(empty)), None)}
    for name, wanted in texts.items():
        made = proposal(base, name.partition("-")[0], "resolves", *wanted)
        made = replace(made, revision=1 if name.endswith("2") else 0)
        merged = merge(base, [made])
        lines_of = redline(merged, find(merged))
        contents[name] = render_handed_in(lines_of, project(merged, made.id))
    for name, content in contents.items():
        (folder / f"{name}.docx").write_bytes(content)
    return {name: folder / f"{name}.docx" for name in contents}


def handed_in(desk: Page, *files: Path) -> None:
    """Drop files on the first dossier, and add all that can be added.

    Nobody drops files while the page is still being put together: what is dropped then is lost.
    """
    desk.wait_for_load_state("load")
    desk.wait_for_function("!document.querySelector('.htmx-settling, .htmx-swapping')")
    desk.locator(".dossier input[type=file]").first.set_input_files(list(files))
    for _ in files:
        button = desk.locator(".looked:not(.done) button:not([type=button])").first
        button.wait_for()
        done = desk.locator(".looked.done").count()
        button.click()
        desk.locator(".looked.done").nth(done).wait_for()


def test_from_three_word_files_to_the_adopted_text(chromium: Browser, tmp_path: Path) -> None:
    files = word_files(tmp_path)
    home = tmp_path / "meeting"
    home.mkdir()
    with served(home) as room, seated(chromium, room) as opened:
        desk = opened("desk")
        desk.locator("input[name=name]").fill("res-1")
        desk.locator("input[type=file]").last.set_input_files(str(files["base"]))
        desk.locator(".dossier button").last.click()
        desk.locator("#dossier-1").wait_for()
        handed_in(desk, files["RUS"], files["CHN"])
        assert [p.id for p in read_dossier(home / "res-1").proposals] == ["CHN/1/1", "RUS/1/1"]

        chair, wall, delegate = opened("chair"), opened("viewer", 1920), opened("viewer", 390)
        delegate.goto(f"{room.address}/room?ui=fr&names=none")
        chair.locator("[name=by]").fill("Chair")
        chair.locator("[name=level]").select_option("committee")
        chair.locator("h1").first.click()
        chair.keyboard.press("1")
        chair.keyboard.press(" ")
        wall.locator(".trialling").wait_for()
        delegate.get_by_text("Lecture d'essai").wait_for()
        chair.keyboard.press("Enter")
        chair.keyboard.press("Enter")
        wall.get_by_text("Agreed (committee)").wait_for()
        delegate.get_by_text("Convenu").wait_for()
        chair.keyboard.press("u")
        chair.keyboard.press("Enter")
        wall.locator(".at").wait_for()

        # a new revision brings a second point; which revision it is has to be said
        desk.locator(".dossier input[type=file]").first.set_input_files(str(files["RUS-2"]))
        desk.get_by_text("If it is a new revision, give").wait_for()
        desk.locator(".looked input[name=revision]").last.fill("1")
        desk.get_by_role("button", name="Look again").last.click()
        desk.locator(".looked button:not([type=button]):enabled").last.click()
        desk.get_by_text("replaces").first.wait_for()
        chair.locator(".slide").nth(1).wait_for(state="attached")
        assert "2 points" in chair.locator("#strip").inner_text()
        for rank, key in enumerate(("2", "0")):
            before = len(read_dossier(home / "res-1").records)
            chair.keyboard.press(key)
            chair.keyboard.press("Enter")
            chair.keyboard.press("Enter")
            chair.locator(".sq.recorded").nth(rank).wait_for()
            assert len(read_dossier(home / "res-1").records) == before + 1
            chair.keyboard.press("n")
        assert "2 recorded" in chair.locator("#strip").inner_text()

        desk.reload()
        with desk.expect_download() as download:
            desk.locator("a[href$='adopted.docx']").click()
        content = Path(download.value.path()).read_bytes()
        chair.screenshot(path=tmp_path / "chair.png")
        wall.screenshot(path=tmp_path / "wall.png")
        desk.screenshot(path=tmp_path / "desk.png")
        assert violations(desk) == []
    words = words_of(content)
    assert "to meet every second year in Geneva" in words
    assert "to publish it" in words and "[" not in words


def words_of(content: bytes) -> str:
    """Return the words of a Word file, read as any reader does."""
    import io

    from docx import Document

    return " ".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)
