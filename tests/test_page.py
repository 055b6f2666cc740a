"""The page in a browser: its views, its keys, its widths; without scripts; on paper; by axe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import Struct

from resamend.conflict import find
from resamend.consolidation import Consolidated, merge
from resamend.dossier.reading import read_dossier
from resamend.model import Language
from resamend.page.options import RenderOptions
from resamend.redlines import Redline, View, redline
from resamend.renderers.html import render_html
from tests.browser import browser, violations
from tests.build import laid, resolution
from tests.effort import sample
from tests.test_render_text import hostile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
VIEWS = ("redline", "result", "base")


class Desk(Struct):
    """Open pages in one browser, and hold what they complained of."""

    browser: Browser
    folder: Path

    def open(self, text: str, *, width: int = 1200, anchor: str = "", **settings: Any) -> Page:
        """Open a page from a file, as a delegate does; any message of the browser is a fault."""
        file = self.folder / "draft.html"
        file.write_text(text, encoding="utf-8")
        context = self.browser.new_context(viewport={"width": width, "height": 800}, **settings)
        page = context.new_page()
        page.on("console", lambda message: pytest.fail(message.text))
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        page.goto(f"file://{file}{anchor}")
        return page


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with browser() as opened:
        yield Desk(opened, tmp_path_factory.mktemp("pages"))


def dossier(language: Language, view: View = View.REDLINE) -> Redline:
    """Return the draft of Resolution 140."""
    return _dossier(language, view)[0]


def published(language: Language) -> str:
    """Return the page of Resolution 140 with all its annexes."""
    lines, merged = _dossier(language, View.REDLINE)
    return render_html(lines, consolidated=merged)


def _dossier(language: Language, view: View) -> tuple[Redline, Consolidated]:
    found = read_dossier(ROOT / "resolutions" / "140", language)
    merged = merge(found.base, found.proposals)
    return redline(merged, find(merged), numbers=found.numbers, view=view), merged


def arabic(view: View = View.REDLINE) -> Redline:
    """Return a short draft in Arabic, written for this test."""
    first, second, third = (
        "1 أن يعقد اجتماعاً كل سنة؛",
        "2 أن يقدم تقريراً إلى المجلس؛",
        "3 أن ينشر النتائج،",
    )
    merged, found = laid(
        resolution("يقرر", first, second, third, language=Language.AR),
        RUS=("يقرر", "1 أن يعقد اجتماعاً كل سنتين؛", second + " مرتين", third),
        CHN=("يقرر", "1 أن يعقد اجتماعاً كل شهر؛", second, "3 أن يقدم النتائج،", "4 أن يتعاون،"),
        USA=("يقرر", first, third),
    )
    return redline(merged, found, view=view)


def chinese(view: View = View.REDLINE) -> Redline:
    """Return a short draft in Chinese, written for this test."""
    first, second, third = "1 每年举行一次会议；", "2 向理事会提交报告；", "3 公布会议结果，"
    merged, found = laid(
        resolution("做出决议", first, second, third, language=Language.ZH),
        RUS=("做出决议", "1 每两年举行一次会议；", "2 向理事会提交年度报告；", third),
        CHN=("做出决议", "1 每月举行一次会议；", second, "3 公布会议成果，", "4 开展合作，"),
        USA=("做出决议", first, third),
    )
    return redline(merged, found, view=view)


DRAFTS = {"en": lambda: dossier(Language.EN), "fr": lambda: dossier(Language.FR), "ar": arabic}
PAGES = {
    "en": lambda: published(Language.EN),
    "fr": lambda: published(Language.FR),
    "ar": lambda: render_html(arabic()),
}


def switch(page: Page, view: str) -> None:
    page.locator(f"#view-{view}").check()


def words(page: Page) -> str:
    """Return what of the draft can be seen."""
    return re.sub(r"\s+", " ", page.locator("main").inner_text()).strip()


# -- axe ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", sample(reversed(DRAFTS), spare=3))
def test_every_view_is_accessible(desk: Desk, language: str) -> None:
    page = desk.open(PAGES[language]())
    assert violations(page) == []
    for view in VIEWS[1:]:  # what a view changes stands in the sheet
        switch(page, view)
        assert violations(page, ".sheet") == []
    switch(page, "redline")
    page.locator("#with-names").uncheck()
    assert violations(page, ".sheet") == []


@pytest.mark.parametrize("language", sample(reversed(DRAFTS), spare=3))
def test_every_view_can_be_read_on_a_dark_ground(desk: Desk, language: str) -> None:
    page = desk.open(PAGES[language](), color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 25, 29)"
    for view in VIEWS:
        switch(page, view)
        assert violations(page, ".sheet", ["color-contrast"]) == []


@pytest.mark.parametrize("width", sample([320, 1400], spare=2))
def test_it_is_accessible_on_a_dark_ground_and_at_all_widths(desk: Desk, width: int) -> None:
    page = desk.open(published(Language.EN), width=width, color_scheme="dark")
    page.locator(".matrix > summary").click()
    assert violations(page) == []


@pytest.mark.parametrize("ui", sample(Language, spare=3))
def test_links_that_stand_close_can_be_hit_with_a_finger(desk: Desk, ui: Language) -> None:
    lines, merged = _dossier(Language.EN, View.REDLINE)
    page = desk.open(render_html(lines, RenderOptions(ui=ui), consolidated=merged), width=320)
    assert violations(page, ".contents", ["wcag22aa"]) == []


# -- views --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "scripts"), sample(DRAFTS, [True, False]))
def test_the_views_switch(desk: Desk, language: str, *, scripts: bool) -> None:
    lines = DRAFTS[language]()
    page = desk.open(render_html(lines), java_script_enabled=scripts)
    told = words(page)
    switch(page, "base")
    in_force = words(page)
    assert page.locator("main ins:visible, main .point:visible, main .who:visible").count() == 0
    switch(page, "result")
    assert page.locator("main > .p > .words > ins:visible .vh:visible").count() == 0
    assert page.locator("main .point:visible").count() == page.locator("main .point").count()
    switch(page, "redline")
    assert words(page) == told
    alone = {"en": dossier, "fr": dossier, "ar": lambda _language, view: arabic(view)}[language]
    base = desk.open(render_html(alone(Language(language), View.BASE)))
    assert in_force == words(base)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_proponents_come_and_go(desk: Desk, *, scripts: bool) -> None:
    page = desk.open(render_html(dossier(Language.EN)), java_script_enabled=scripts)
    assert page.locator("main .who:visible").count() > 50
    page.locator("#with-names").uncheck()
    assert page.locator("main .who:visible").count() == 0
    assert not re.search("deleted by [A-Z]", words(page))


# -- steps --------------------------------------------------------------------------------------


def test_no_name_is_left_where_proponents_are_off(desk: Desk) -> None:
    page = desk.open(render_html(dossier(Language.EN)))
    assert re.search("RUS is a proponent|split off from the paragraph before .RUS.", words(page))
    page.locator("#with-names").uncheck()
    assert "split off from the paragraph before" in words(page)
    assert not re.search(r"\b(ARM|BLR|CHN|KGZ|RUS|USA)\b", words(page))
    page.locator("#with-names").check()
    assert words(page).count("split off from the paragraph before") == 2


def test_a_text_keeps_its_direction_under_words_of_another(desk: Desk) -> None:
    page = desk.open(render_html(dossier(Language.EN), RenderOptions(ui=Language.AR)))
    gap = page.evaluate("""() => {
        const margin = document.querySelector("main .changed > .margin");
        const words = margin.parentElement.querySelector(".words");
        return [getComputedStyle(margin).borderRightWidth,
                words.getBoundingClientRect().left - margin.getBoundingClientRect().right];
    }""")
    assert gap[0] == "2px" and 0 < gap[1] < 20
    heading = page.locator("main h3.words").first
    assert heading.evaluate("each => getComputedStyle(each).fontStyle") == "italic"
    option = page.locator("#point-1 q").first
    assert option.evaluate("each => getComputedStyle(each).display") == "block"


def test_a_line_is_not_broken_where_struck_words_were(desk: Desk) -> None:
    page = desk.open(render_html(dossier(Language.EN)))
    switch(page, "result")
    broken = page.locator("main del + wbr")
    assert broken.count() > 10
    assert broken.evaluate_all(
        "all => all.every(each => getComputedStyle(each).display === 'none')"
    )


def test_keys_step_through_the_points(desk: Desk) -> None:
    page = desk.open(render_html(dossier(Language.EN)))
    count = page.locator("main .stop").count()
    seen = []
    for _ in range(count):
        page.keyboard.press("n")
        seen.append(page.evaluate("document.activeElement.id"))
    assert len(set(seen)) == count == 28
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.id") == seen[-1], "the last stays the last"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == seen[-2]
    assert page.url.endswith(f"#{seen[-2]}")


def test_keys_can_be_switched_off(desk: Desk) -> None:
    page = desk.open(render_html(dossier(Language.EN)))
    page.locator("#keys").uncheck()
    page.keyboard.press("n")
    assert "#" not in page.url


def test_buttons_step_through_the_points(desk: Desk) -> None:
    page = desk.open(render_html(dossier(Language.EN)))
    page.get_by_role("button", name="Next point").click()
    first = page.evaluate("document.activeElement.id")
    page.get_by_role("button", name="Next point").click()
    page.get_by_role("button", name="Previous point").click()
    assert page.evaluate("document.activeElement.id") == first == "point-1"


def test_without_scripts_nothing_is_offered_that_needs_them(desk: Desk) -> None:
    page = desk.open(render_html(dossier(Language.EN)), java_script_enabled=False)
    assert page.locator(".steps:visible").count() == 0


# -- links --------------------------------------------------------------------------------------


def test_links_lead_to_what_they_name(desk: Desk) -> None:
    page = desk.open(render_html(dossier(Language.EN)))
    page.get_by_role("link", name="Point 9", exact=True).first.click()
    assert page.url.endswith("#point-9")
    top = page.locator("#point-9").bounding_box()
    assert top and 0 <= top["y"] < 400


def test_a_link_to_a_point_shows_it_in_any_view(desk: Desk) -> None:
    page = desk.open(render_html(dossier(Language.EN)))
    switch(page, "base")
    page.locator(".points a").nth(3).click()
    page.locator("#point-4").wait_for()  # the view is switched by what follows the click
    assert page.locator("#view-redline").is_checked()
    assert page.locator("#point-4").is_visible()


def test_the_paragraph_at_the_top_stays_there(desk: Desk) -> None:
    page = desk.open(render_html(dossier(Language.EN)), anchor="#p-dvs_1__para_2")
    place = page.locator("#p-dvs_1__para_2 .words")
    radio = page.locator("#view-base").bounding_box()
    before = place.bounding_box()
    assert radio and 0 < radio["y"] < 60, "the bar is at the top of the window"
    page.mouse.click(radio["x"] + 8, radio["y"] + 8)  # check() would scroll by itself
    assert page.locator("#view-base").is_checked()
    after = place.bounding_box()
    assert before and after and abs(before["y"] - after["y"]) < 30


def test_it_is_small() -> None:
    assert len(published(Language.EN).encode()) < 600_000


def test_the_next_point_is_found_without_laying_out_what_is_far_away(desk: Desk) -> None:
    page = desk.open(published(Language.EN))
    asked = page.evaluate(
        """() => {
          let asked = 0;
          for (const name of ["getClientRects", "getBoundingClientRect"]) {
            const own = Element.prototype[name];
            Element.prototype[name] = function () {
              asked += this.classList.contains("stop");
              return own.call(this);
            };
          }
          document.dispatchEvent(new KeyboardEvent("keydown", { key: "n", bubbles: true }));
          return asked;
        }"""
    )
    assert page.evaluate("location.hash") == "#point-1"
    assert asked <= 2, "of all points only those at the edge of the window are asked themselves"


# -- widths, paper, hostile texts ---------------------------------------------------------------


@pytest.mark.parametrize(("language", "width"), sample(DRAFTS, [320, 400, 768, 1400]))
def test_nothing_is_wider_than_the_window(desk: Desk, language: str, width: int) -> None:
    page = desk.open(PAGES[language](), width=width)
    for view in VIEWS:
        switch(page, view)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", sample([320, 400, 1400], spare=2))
def test_labels_do_not_touch_the_words(desk: Desk, width: int) -> None:
    page = desk.open(published(Language.EN), width=width)
    gaps = page.evaluate("""[...document.querySelectorAll(".p > .label")].map(label => {
        const words = label.parentElement.querySelector(":scope > .words");
        return words.getBoundingClientRect().left - label.firstChild.getBoundingClientRect().right;
    })""")
    inside = page.locator(":is(.point, .listed) .p > .label").count()
    assert len(gaps) > inside > 0 and min(gaps) >= 4


@pytest.mark.parametrize("width", sample([800, 1400], spare=2))
def test_everything_ends_at_one_edge(desk: Desk, width: int) -> None:
    page = desk.open(published(Language.EN), width=width)
    ends = page.evaluate("""[...document.querySelectorAll(
        ".summary, main, main > .p.item > .words, main > .p.enacting > .words, main .point"
    )].map(each => Math.round(each.getBoundingClientRect().right))""")
    assert len(ends) > 50 and len(set(ends)) == 1


def test_old_and_new_words_stand_apart(desk: Desk) -> None:
    page = desk.open(render_html(dossier(Language.EN)))
    gaps = page.evaluate("""[...document.querySelectorAll("main del + wbr + ins")].map(each => {
        const old = [...each.previousElementSibling.previousElementSibling.getClientRects()].at(-1);
        const [words] = each.getClientRects();
        return words.top - old.top < 5 ? words.left - old.right : 2;
    })""")
    assert len(gaps) > 10 and min(gaps) >= 2


def test_a_long_word_is_broken_after_its_stroke(desk: Desk) -> None:
    page = desk.open(render_html(dossier(Language.EN)), width=320)
    words = page.locator("#p-recs_2__rec_a > .words")
    assert "telecommunications/information" in words.inner_text()
    assert "telecommunications/<wbr>information" in words.inner_html()


def test_the_head_of_the_comparative_table_stays_in_sight(desk: Desk) -> None:
    page = desk.open(published(Language.EN), width=1400, anchor="#annex-points")
    page.mouse.wheel(0, -1500)
    head = page.locator("table.side thead th").first
    page.wait_for_function(
        "document.querySelector('table.side thead th').getBoundingClientRect().top > -1"
    )
    where = head.bounding_box()
    assert where and abs(where["y"]) < 1


def test_the_first_column_of_a_table_that_is_scrolled_stays_in_sight(desk: Desk) -> None:
    page = desk.open(published(Language.EN), width=700)
    left = page.evaluate("""() => {
        const box = document.querySelector("table.side").parentElement;
        box.scrollLeft = 300;
        const row = box.querySelector("tbody th[scope=row]");
        return row.getBoundingClientRect().left - box.getBoundingClientRect().left;
    }""")
    assert abs(left) < 2


def test_every_heading_but_that_of_the_summary_is_seen(desk: Desk) -> None:
    page = desk.open(published(Language.EN))
    page.locator(".matrix > summary").click()
    unseen = page.locator("h2, h3, h4").evaluate_all(
        "all => all.filter(each => each.getBoundingClientRect().width < 2).map(each => each.id)"
    )
    assert unseen == ["summary"]
    assert page.locator(".pairs h3").is_visible()


def test_it_prints(desk: Desk) -> None:
    page = desk.open(render_html(dossier(Language.EN)))
    page.emulate_media(media="print")
    assert page.locator(".bar").is_hidden()
    assert page.pdf().startswith(b"%PDF")


def test_hostile_words_are_words(desk: Desk) -> None:
    page = desk.open(render_html(hostile()))
    for view in ("redline", "result"):
        switch(page, view)
        assert "<img onerror=alert(1)> </script> ⟨U+202E⟩gnp⟨U+202C⟩ ⟨U+001B⟩[8m" in words(page)
    assert page.locator("img").count() == 0
