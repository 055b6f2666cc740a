"""The page on which a delegate tries resamend: Python in the browser, nothing sent anywhere."""

from __future__ import annotations

import functools
import http.server
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser import browser, violations
from tests.effort import long
from tests.programs import program

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "resolutions/140/originals"
PATIENCE = 180_000
"""Milliseconds: other tests may run at the same time. Nothing is asserted of how long it takes."""

pytestmark = long


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serve files, and say nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    program("npm")
    target = tmp_path_factory.mktemp("site") / "try"
    subprocess.run([sys.executable, ROOT / "site/try/build.py", target], check=True)
    return target


@pytest.fixture
def page(folder: Path) -> Iterator[Page]:
    """Open the page from a server that has nothing else; no other address may be asked."""
    serve = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server, browser() as opened:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        home = f"http://127.0.0.1:{server.server_port}/"
        shown = opened.new_page()
        asked: list[str] = []
        shown.on("request", lambda request: asked.append(request.url))
        shown.goto(f"{home}index.html")
        yield shown
        assert all(url.startswith((home, f"blob:{home}")) for url in asked), asked
        server.shutdown()


def drafted(page: Page) -> str:
    """Return what stands in the draft when it has been made."""
    page.locator("#status", has_text="The draft is below").wait_for(timeout=PATIENCE)
    return page.frame_locator("#draft").locator("main").inner_text(timeout=PATIENCE)


def test_three_dropped_texts_become_one_draft(page: Page) -> None:
    page.locator("#status", has_text="Ready").wait_for(timeout=PATIENCE)
    assert not violations(page)
    names = ("base.en.txt", "RUS-sample-1.en.txt", "CHN-sample-1.en.txt")
    page.set_input_files("#files", [SAMPLES / name for name in names])
    page.click("#go")
    draft = drafted(page)
    assert "inserted by RUS" in draft
    assert "inserted by CHN" in draft
    assert "by USA" not in draft


def test_a_text_that_does_not_say_whose_it_is_is_asked_about(page: Page, tmp_path: Path) -> None:
    whole = (SAMPLES / "RUS-sample-1.en.txt").read_text(encoding="utf-8")
    nameless = tmp_path / "new wording.txt"
    nameless.write_text(whole.partition("\n")[2], encoding="utf-8")
    page.locator("#status", has_text="Ready").wait_for(timeout=PATIENCE)
    page.set_input_files("#files", [SAMPLES / "base.en.txt", nameless])
    page.click("#go")
    page.locator("#status", has_text="No draft was made").wait_for(timeout=PATIENCE)
    assert "does not say whose proposal it is" in page.inner_text("#notes")
    page.fill("input[placeholder]:visible", "KEN/7/1")
    page.click("#go")
    assert "inserted by KEN" in drafted(page)


def test_it_is_small_enough_to_be_sent(folder: Path, tmp_path: Path) -> None:
    packed = tmp_path / "try.tar.gz"
    with tarfile.open(packed, "w:gz") as archive:
        archive.add(folder)
    assert packed.stat().st_size <= 10_000_000
