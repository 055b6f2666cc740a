"""Measure the page: how large it is, how long it takes to make, to paint, to switch and to scroll.

``python -m bench.page`` prints the table and writes ``docs/benchmarks-page.md``. A headless
chromium opens each page from a file, without a cache; the best of some rounds counts.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct

from bench.harness import ROOT
from bench.inputs import Case
from bench.writing import written

ROUNDS = 3
_PAINTED = "performance.getEntriesByName('first-contentful-paint').length"
_READY = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return [paint.startTime, page.loadEventEnd];
}"""
_NEXT = """() => new Promise(done => {
  const began = performance.now();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "n", bubbles: true }));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
})"""
_SWITCH = """() => new Promise(done => {
  const began = performance.now();
  document.getElementById("view-base").click();
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
})"""
_SCROLL = """() => new Promise(done => {
  const times = [], step = document.documentElement.scrollHeight / 60;
  let last = performance.now();
  const next = () => {
    const now = performance.now();
    times.push(now - last);
    last = now;
    if (times.length > 60) return done(times.sort((a, b) => a - b)[57]);
    scrollBy({ top: step, behavior: "instant" });
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})"""


class Figures(Struct, frozen=True, kw_only=True):
    """Hold what was measured of one page; times in milliseconds."""

    name: str
    size: int
    made: float
    paint: float
    ready: float
    next: float
    switch: float
    scroll: float


def main() -> None:
    """Measure, print and write."""
    with tempfile.TemporaryDirectory(prefix="resamend-page-") as name:
        folder = Path(name)
        found = [_measured("Resolution 140", [ROOT / "resolutions" / "140"], folder)]
        for case in (Case(300, 30), Case(3000, 30)):
            inputs = written(case, folder / f"{case.provisions}")
            found.append(_measured(str(case), [inputs.base(), *inputs.each("proposals")], folder))
    told = _report(found)
    print(told, end="")
    (ROOT / "docs" / "benchmarks-page.md").write_text(told)


def _measured(name: str, given: Iterable[Path], folder: Path) -> Figures:
    print(f"bench: {name}", file=sys.stderr)
    out = folder / "draft.html"
    command = [Path(sys.executable).with_name("resamend"), "consolidate", *given, "-o", out]
    began = time.perf_counter()
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    made = time.perf_counter() - began
    rounds = [_opened(out) for _ in range(ROUNDS)]
    paint, ready, first, switch, scroll = (min(times) for times in zip(*rounds, strict=True))
    return Figures(
        name=name,
        size=out.stat().st_size,
        made=1000 * made,
        paint=paint,
        ready=ready,
        next=first,
        switch=switch,
        scroll=scroll,
    )


def _opened(page: Path) -> tuple[float, float, float, float, float]:
    """Open a page; return its times: first paint, ready, the first ``n``, to switch, to scroll."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1280, "height": 900})
        tab.goto(f"file://{page}", timeout=120_000)
        while not tab.evaluate(_PAINTED):
            tab.wait_for_timeout(20)
        paint, ready = _numbers(tab.evaluate(_READY))
        first = float(tab.evaluate(_NEXT))
        scroll, switch = float(tab.evaluate(_SCROLL)), float(tab.evaluate(_SWITCH))
        browser.close()
    return paint, ready, first, switch, scroll


def _numbers(found: Any) -> tuple[float, float]:
    return float(found[0]), float(found[1])


def _report(found: Iterable[Figures]) -> str:
    rows = "".join(
        f"| {f.name} | {f.size / 1e6:.2f} MB | {f.made / 1000:.1f} s | {f.paint:.0f} ms "
        f"| {f.ready:.0f} ms | {f.next:.0f} ms | {f.switch:.0f} ms | {f.scroll:.0f} ms |\n"
        for f in found
    )
    return (
        "# The page in a browser\n\n"
        "Made by `python -m bench.page`; headless Chromium on the machine of "
        "[the other benchmarks](benchmarks.md), best of "
        f"{ROUNDS}. *Made* is the whole command; *first paint* and *ready* (the load event) count "
        "from the opening of the file; *first n* is the key to the next point, pressed for the "
        "first time, until it is drawn (0.2 s wanted, and 7 MB, at 3,000 × 30); *switch* is from "
        "all marks to the text in force, until it "
        "is drawn; *scroll* is the slowest frame but three of sixty, from one end to the other.\n\n"
        "| draft | size | made | first paint | ready | first n | switch | scroll |\n"
        "|---|---:|---:|---:|---:|---:|---:|---:|\n" + rows
    )


if __name__ == "__main__":
    main()
