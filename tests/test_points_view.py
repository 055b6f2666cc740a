"""The points one at a time in a browser: keys of every keyboard, touch, no scripts, axe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from resamend.model import Language
from resamend.page.options import Names, RenderOptions
from resamend.redlines import Redline, redline
from resamend.renderers.html_points import render_points_html
from tests.browser import violations
from tests.build import laid, resolution
from tests.dossiers import sat_at
from tests.effort import sample
from tests.test_page import Desk, arabic, chinese, desk, dossier
from tests.test_render_text import hostile

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["desk"]  # a fixture

TEXTS = {"en": lambda: dossier(Language.EN), "fr": lambda: dossier(Language.FR), "ar": arabic,
         "zh": chinese}  # fmt: skip
SCREENS = {"projector": 1920, "laptop": 1366, "tablet": 820, "telephone": 390}
KEYBOARDS = {
    # what the keys write that stand where N, P, G, M and the digits 1 to 3 are on an English one
    "qwerty": {"n": "n", "p": "p", "m": "m", "1": "1", "0": "0"},
    "caps lock": {"n": "N", "p": "P", "m": "M", "1": "1", "0": "0"},
    "azerty": {"n": "n", "p": "p", "m": ("m", "Semicolon"), "1": "&", "0": "à"},
    "qwertz": {"n": "n", "p": "p", "m": "m", "1": "1", "0": "0"},
    "йцукен": {"n": "т", "p": "з", "m": "ь", "1": "1", "0": "0"},
    "arabic": {"n": "ى", "p": "ح", "m": "ة", "1": "١", "0": "٠"},
}


def press(page: Page, key: str, code: str = "", *, shift: bool = False) -> None:
    """Press a key as a keyboard does that writes ``key`` where ``code`` stands."""
    page.evaluate(
        "([key, code, shiftKey]) => document.body.dispatchEvent("
        "new KeyboardEvent('keydown', {key, code, shiftKey, bubbles: true, cancelable: true}))",
        [key, code, shift],
    )


def struck(page: Page, keyboard: str, key: str) -> None:
    """Press the key of a keyboard that does what ``key`` stands for."""
    written = KEYBOARDS[keyboard][key]
    usual = f"Digit{key}" if key.isdigit() else f"Key{key.upper()}"
    written, code = (written, usual) if isinstance(written, str) else written
    press(page, written, code)


def shown(page: Page) -> str:
    """Return the anchor of the one point that is shown."""
    (anchor,) = page.locator(".slide:visible").evaluate_all("all => all.map(each => each.id)")
    return str(anchor)


def reading(page: Page) -> str:
    """Return the provision as it is shown."""
    return " ".join(page.locator(".slide:visible .reading:visible").inner_text().split())


def tried(page: Page) -> list[str]:
    words = page.locator(".slide:visible .reading:visible ins.tried").all_inner_texts()
    return [" ".join(each.split()) for each in words]


def gap() -> Redline:
    """Return a draft of which the one point is a place where two add something."""
    merged, findings = laid(
        resolution("resolves", "1 to meet in Geneva;"),
        RUS=("resolves", "1 to meet in Geneva in spring;"),
        CHN=("resolves", "1 to meet in Geneva every year;"),
    )
    return redline(merged, findings)


def many(count: int) -> Redline:
    """Return a draft of which one point has very many options."""
    texts = {f"S{n:02}": ("resolves", f"1 to meet {n} times;") for n in range(2, 2 + count)}
    merged, findings = laid(resolution("resolves", "1 to meet once;"), **texts)
    return redline(merged, findings)


# -- one at a time ------------------------------------------------------------------------------


def test_one_point_is_shown_with_its_whole_sentence(desk: Desk) -> None:
    page = desk.open(render_points_html(dossier(Language.EN)), width=1920)
    assert shown(page) == "point-1"
    page = desk.open(render_points_html(dossier(Language.EN)), width=1920, anchor="#point-16")
    assert shown(page) == "point-16"
    assert reading(page).startswith("2 that ITU should carry on") and "on request" in reading(page)
    size = page.locator(".reading:visible .line").first.evaluate(
        "each => getComputedStyle(each).fontSize"
    )
    assert float(size.removesuffix("px")) == pytest.approx(28 * 96 / 72, abs=0.1)


def test_an_option_is_tried_in_its_place_and_the_sentence_stays_in_sight(desk: Desk) -> None:
    page = desk.open(render_points_html(dossier(Language.EN)), width=1366, anchor="#point-16")
    page.keyboard.press("2")
    assert "in support of the Sustainable Development Goals" in tried(page)[0]
    assert "on request" in reading(page)
    assert page.locator(".says").inner_text() == "Trial reading, nothing recorded: Option 2"
    box = page.locator(".slide:visible .reading:visible").bounding_box()
    assert box and box["y"] > 0 and box["y"] + box["height"] < 800
    page.keyboard.press("0")
    assert tried(page) == [] and "[" not in reading(page)
    page.keyboard.press("Escape")
    assert "[Point 16" in reading(page)


@pytest.mark.parametrize("keyboard", KEYBOARDS)
def test_the_keys_work_on_every_keyboard(desk: Desk, keyboard: str) -> None:
    page = desk.open(render_points_html(dossier(Language.EN)), anchor="#point-2")
    struck(page, keyboard, "n")
    assert shown(page) == "point-3"
    struck(page, keyboard, "1")
    assert len(tried(page)) == 1
    struck(page, keyboard, "0")
    assert tried(page) == []
    struck(page, keyboard, "m")
    assert page.locator("body").get_attribute("data-names") == "1"
    assert page.locator(".slide:visible .count:visible").first.inner_text() == "1 proponent"
    struck(page, keyboard, "p")
    assert shown(page) == "point-2"


def test_signs_go_by_what_they_write(desk: Desk) -> None:
    page = desk.open(render_points_html(dossier(Language.EN)))
    size = "Number(document.documentElement.style.getPropertyValue('--scale'))"
    press(page, "+", "BracketRight")  # where it stands on a German keyboard
    assert page.evaluate(size) == 1.1
    press(page, "-", "Slash")
    press(page, "-", "Digit6")  # where it stands on a French one, and there is no sixth option
    assert page.evaluate(size) == 0.9
    press(page, "?", "Comma", shift=True)
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#help").is_hidden()


def test_a_presenter_steps_through_the_points(desk: Desk) -> None:
    page = desk.open(render_points_html(dossier(Language.EN)))
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    page.keyboard.press("PageUp")
    assert shown(page) == "point-2"


def test_what_stands_at_one_place_can_be_combined(desk: Desk) -> None:
    page = desk.open(render_points_html(gap()))
    page.keyboard.press("2")
    press(page, "!", "Digit1", shift=True)
    words = " ".join(tried(page))
    assert words.index("spring") < words.index("every year"), "in the order in which they came"
    assert page.locator(".card.pressed").count() == 2
    page.locator(".add").first.click()
    assert page.locator(".card.pressed").count() == 1


def test_one_goes_to_a_point_by_its_number(desk: Desk) -> None:
    page = desk.open(render_points_html(dossier(Language.EN)))
    page.keyboard.press("g")
    page.locator("#go-to").fill("12")
    page.keyboard.press("Enter")
    assert shown(page) == "point-12"
    page.locator(".sq").nth(4).click()
    assert shown(page) == "point-5"


def test_the_neighbouring_paragraphs_come_on_demand(desk: Desk) -> None:
    page = desk.open(render_points_html(dossier(Language.EN)), anchor="#point-15")
    assert page.locator(".near:visible").count() == 0
    page.get_by_role("button", name="Neighbouring paragraphs").click()
    assert page.locator(".near:visible").count() == 2


def test_everything_is_a_button_too(desk: Desk) -> None:
    page = desk.open(render_points_html(dossier(Language.EN)), width=390, has_touch=True)
    page.get_by_role("button", name="Next open point").tap()
    assert shown(page) == "point-2"
    page.locator(".slide:visible .card").nth(1).tap(position={"x": 20, "y": 20})
    assert len(tried(page)) == 1
    page.get_by_role("button", name="Larger").tap()
    page.get_by_role("button", name="Previous open point").tap()
    assert shown(page) == "point-1"


def test_the_keys_can_be_hidden(desk: Desk) -> None:
    page = desk.open(render_points_html(dossier(Language.EN)))
    page.get_by_role("button", name="Hide the keys").click()
    assert page.locator(".buttons").is_hidden() and page.locator(".says").is_visible()


# -- what is said -------------------------------------------------------------------------------


def test_the_order_is_said_to_mean_nothing_and_cards_are_in_it(desk: Desk) -> None:
    page = desk.open(render_points_html(dossier(Language.EN)), anchor="#point-7")
    assert "the order means nothing" in page.locator(".slide:visible .order").inner_text()
    symbols = page.locator(".slide:visible .symbols").all_inner_texts()
    assert symbols == sorted(symbols) and len(symbols) == 3


@pytest.mark.parametrize("count", [4, 7, 12])
def test_many_options_stand_in_rows_then_in_a_list(desk: Desk, count: int) -> None:
    page = desk.open(render_points_html(many(count)), width=1366)
    tops = page.locator(".card").evaluate_all(
        "all => all.map(each => Math.round(each.getBoundingClientRect().top))"
    )
    assert len(tops) == count + 1
    assert len(set(tops)) == {4: 1, 7: 2, 12: 13}[count]


def test_names_are_not_in_the_file_where_they_are_not_wanted() -> None:
    text = render_points_html(dossier(Language.EN), RenderOptions(names=Names.NONE))
    assert "RUS" not in text and "CHN" not in text


# -- every reader -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", TEXTS)
def test_without_scripts_it_is_a_list_of_all_points(desk: Desk, language: str) -> None:
    lines = TEXTS[language]()
    page = desk.open(render_points_html(lines), java_script_enabled=False)
    assert page.locator(".slide:visible").count() == len(lines.findings.outstanding)
    assert page.locator("button:visible:enabled").count() == 0
    assert page.locator(".keys:visible, .trial:visible").count() == 0


@pytest.mark.parametrize(("language", "screen"), sample(TEXTS, SCREENS))
def test_it_is_accessible_and_never_wider_than_the_screen(
    desk: Desk, language: str, screen: str
) -> None:
    page = desk.open(render_points_html(TEXTS[language]()), width=SCREENS[screen])
    page.keyboard.press("1")
    assert violations(page) == []
    for _ in range(3):
        assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen]
        page.keyboard.press("n")


@pytest.mark.parametrize("ui", Language)
def test_it_speaks_six_languages(desk: Desk, ui: Language) -> None:
    page = desk.open(render_points_html(dossier(Language.EN), RenderOptions(ui=ui)), width=1366)
    assert page.evaluate("document.dir") == ui.direction
    page.keyboard.press("1")
    assert violations(page, "main", ["color-contrast"]) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366


@pytest.mark.parametrize("settings", [{"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_it_can_be_read_on_every_ground(desk: Desk, settings: dict[str, str]) -> None:
    page = desk.open(render_points_html(dossier(Language.EN)), **settings)
    page.keyboard.press("1")
    assert violations(page, None, ["color-contrast"]) == []


def test_hostile_words_are_words(desk: Desk) -> None:
    page = desk.open(render_points_html(hostile()))
    assert page.locator("img").count() == 0


def test_the_command_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = sat_at(tmp_path, monkeypatch)
    given = ("consolidate", "base.en.txt", "RUS.en.txt", "CHN.en.txt", "--view", "points")
    assert 'class="slide"' in commands.done(*given, "-f", "html")
    commands.done(*given, "-o", "points.html")
    assert "-o points.html" in commands.refused(2, *given)
