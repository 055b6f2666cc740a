"""A headless browser for tests: Debian's chromium, driven by Playwright, checked by axe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.programs import module, program

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def browser() -> Iterator[Browser]:
    """Open a browser; the test is skipped without one, or fails where all must run."""
    chromium = program("chromium", "chromium-browser", "google-chrome")
    module("playwright")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        try:
            yield opened
        finally:
            opened.close()


def violations(page: Page, part: str | None = None, rules: Iterable[str] = RULES) -> list[str]:
    """Return what axe finds wrong with a page, or a part of it, by WCAG 2.2 AA and good practice.

    It is at fault itself where it found nothing to look at.
    """
    from axe_playwright_python.sync_playwright import Axe

    options: dict[str, Any] = {"runOnly": list(rules), "resultTypes": ["violations"]}
    told = Axe().run(page, context=part, options=options).response
    assert told["passes"], "axe has looked at nothing"
    found = told["violations"]
    return [
        f"{each['id']}: {node['target']} {node.get('failureSummary', '')}"
        for each in found
        for node in each["nodes"]
    ]
