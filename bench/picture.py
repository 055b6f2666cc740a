"""Photograph the draft of Resolution 140 in headless Chromium: ``python -m bench.picture FILE``.

The picture in the README is made so (``scripts/picture``), whenever the page has changed. It needs
Chromium on the machine, and the ``dev`` extra.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from resamend.cli import run

ROOT = Path(__file__).parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FIRST = "#p-recs_3"
"""The provision at the top: two points, a footnote and a lone change stand below it."""
ABOVE = 70
"""Pixels left for the bar above the page, which stays where it is."""
WIDTH, HEIGHT, SCALE = 1040, 1112, 1.25


def photograph(file: Path, language: str = "en") -> None:
    """Write the picture of the draft. Raises ``SystemExit`` where there is no browser."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit("There is no Chromium on this machine: install it, and try again.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "draft.html"
        run(
            ["consolidate", str(ROOT / "resolutions/140"), "--lang", language, "-o", str(page_file)]
        )
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        size = {"width": WIDTH, "height": HEIGHT}
        page = chromium.new_page(viewport=size, device_scale_factor=SCALE)  # type: ignore[arg-type]
        page.goto(page_file.as_uri())
        top = f"window.scrollTo(0, document.querySelector({FIRST!r}).offsetTop - {ABOVE})"
        page.evaluate(top)
        page.screenshot(path=file)
        chromium.close()


if __name__ == "__main__":
    photograph(Path(sys.argv[1]))
