"""HTML: self-contained, safe, readable by eye and by ear, on a light and a dark ground."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from colorsys import rgb_to_hsv
from hashlib import sha256
from html.parser import HTMLParser
from itertools import product

import pytest
from hypothesis import given, settings
from lxml import etree

from resamend.conflict import find
from resamend.consolidation import merge
from resamend.model import Language
from resamend.page.options import Names, RenderOptions
from resamend.redlines import Redline, View, redline
from resamend.renderers.html import render_html
from resamend.renderers.palette import PALETTES, Ground, colour_indexes, contrast
from tests import strategies as ours
from tests.build import laid, resolution
from tests.effort import tries
from tests.strategies import Draft
from tests.test_render_text import hostile

VOID = {"meta", "br", "input", "wbr"}


class _Page(HTMLParser):
    """Read a page strictly: every element closed in turn."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    def attributes(self, name: str) -> list[str]:
        return [value for _, attrs in self.seen if (value := attrs.get(name))]

    def body(self) -> str:
        return "".join(data for tag, data in self.texts if tag not in ("style", "title", "script"))


def example(view: View = View.REDLINE) -> Redline:
    first, second, third = "1 that the review shall conclude soon;", "2 to meet;", "3 to write;"
    merged, found = laid(
        resolution("resolves", first, second, third),
        RUS=("resolves", "1 that the review shall end soon;", "2 to meet, twice;", third),
        CHN=("resolves", "1 that the review shall proceed soon;", second, third, "4 to report;"),
        USA=("resolves", first, second),
    )
    return redline(merged, found, view=view)


@given(ours.drafts())
@settings(max_examples=tries(60))
def test_any_draft_is_a_page_whose_links_lead_somewhere(drawn: Draft) -> None:
    merged = merge(drawn.base, drawn.proposals)
    found = find(merged)
    page = _Page(render_html(redline(merged, found)))
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    assert all(link.startswith("#") and link[1:] in ids for link in page.attributes("href"))
    points = {f"point-{n}" for n in range(1, len(found.outstanding) + 1)}
    assert points <= set(ids)


@given(ours.drafts())
@settings(max_examples=tries(60))
def test_every_word_in_force_is_on_the_page(drawn: Draft) -> None:
    merged = merge(drawn.base, drawn.proposals)
    lines = redline(merged, find(merged), view=View.BASE)
    body = re.sub(r"\s+", "", _Page(render_html(lines)).body())
    for top in drawn.base.provisions:
        for provision in top.children:
            assert re.sub(r"\s+", "", provision.text.replace("\ufffc", "")) in body or (
                "\ufffc" in provision.text
            )


HIDDEN = {"below", "added", "cut", "b", "i", "vh", "who", "margin"}
"""What the style sheet hides in the view of the text in force; ``ins`` too."""


INLINE = {"a", "b", "bdi", "del", "i", "ins", "span", "strong", "sub", "sup", "u", "wbr"}


def _in_force(page: str) -> list[str]:
    """Return the paragraphs of a page as its view of the text in force shows them."""
    main = etree.HTML(page).find(".//main")
    shown = (_shown(p) for p in main.findall("div"))
    return [" ".join(told.split()) for told in shown if told.strip()]


def _shown(element: etree._Element) -> str:
    if element.tag == "ins" or HIDDEN & set(element.get("class", "").split()):
        return ""
    inside = (_shown(child) + (child.tail or "") for child in element)
    gap = "" if element.tag in INLINE else " "
    return gap + (element.text or "") + "".join(inside)


@given(ours.drafts())
@settings(max_examples=tries(60))
def test_the_text_in_force_is_on_the_page_to_be_switched_to(drawn: Draft) -> None:
    merged = merge(drawn.base, drawn.proposals)
    found = find(merged)
    switched = _in_force(render_html(redline(merged, found)))
    alone = _in_force(render_html(redline(merged, found, view=View.BASE)))
    assert switched == alone


def test_hostile_text_is_words() -> None:
    told = render_html(hostile())
    page = _Page(told)
    assert "<img onerror=alert(1)> </script> ⟨U+202E⟩gnp⟨U+202C⟩ ⟨U+001B⟩[8m" in page.body()
    tags = [tag for tag, _ in page.seen]
    assert not {"img", "b>"} & set(tags) and tags.count("script") <= 1
    assert "\u202e" not in told and "\x1b" not in told
    assert told.count("</style>") == 1


def test_nothing_is_fetched_and_nothing_foreign_runs() -> None:
    told = render_html(example())
    assert "url(" not in told and "@import" not in told and "://" not in told
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', told)
    assert policy
    allowed = {
        tag: base64.b64encode(sha256(text.encode()).digest()).decode()
        for tag in ("style", "script")
        for text in re.findall(rf"<{tag}>(.*?)</{tag}>", told, re.DOTALL)
    }
    assert policy.group(1) == (
        f"default-src 'none'; style-src 'sha256-{allowed['style']}'; "
        f"script-src 'sha256-{allowed['script']}'; base-uri 'none'; form-action 'none'"
    )
    assert not _Page(told).attributes("style") and not _Page(told).attributes("onclick")


@pytest.mark.parametrize("view", [View.RESULT, View.BASE])
def test_a_view_asked_for_alone_holds_nothing_else(view: View) -> None:
    told = render_html(example(view))
    assert "<script" not in told and 'id="view-base"' not in told


def test_a_change_is_told_to_eye_and_ear() -> None:
    told = render_html(example())
    assert (
        '<ins class="s1"><span class="vh by">inserted by RUS: </span>, twice'
        '<span class="vh"> end of insertion </span></ins>'
        '<bdi dir="ltr" class="who s1" aria-hidden="true">RUS</bdi>'
    ) in told


def test_a_source_keeps_its_colour() -> None:
    told = render_html(example(), RenderOptions(colours={"RUS/1/1": 11}))
    assert '<ins class="s3 l1"><span class="vh by">inserted by RUS' in told


def test_text_and_page_each_have_their_language() -> None:
    told = render_html(example(), RenderOptions(ui=Language.FR))
    assert '<html lang="fr" dir="ltr">' in told
    assert '<main id="draft" lang="en" dir="ltr">' in told
    assert '<span class="vh by" lang="fr">inséré par RUS: </span>' in told


def test_a_number_is_told_with_what_it_stands_under() -> None:
    first, second = "1 to meet:", "  a) every year;"
    merged, found = laid(
        resolution("resolves", first, second),
        RUS=("resolves", first, second, "  b) in Geneva;", "2 to write:", "  a) a report;"),
    )
    rows = etree.HTML(render_html(redline(merged, found))).findall(".//table[@class='numbers']//tr")
    told = [["".join(cell.itertext()) for cell in row] for row in rows[1:]]
    assert [(where, number) for where, _, number in told] == [
        ("resolves 1", "b) (RUS)"),
        ("resolves", "2 (RUS)"),
        ("resolves 2", "a) (RUS)"),
    ]


def test_an_arabic_text_runs_from_right_to_left() -> None:
    base = resolution("يقرر", "1 أن يعقد اجتماعاً؛", language=Language.AR)
    merged = laid(base)[0]
    told = render_html(redline(merged, find(merged)))
    assert '<html lang="ar" dir="rtl">' in told and '<bdi dir="rtl">1</bdi>' in told


def test_places_of_a_latin_text_keep_their_order_among_arabic_words() -> None:
    base = resolution(
        "noting", "a) that the Council reports;", "resolves", "1 to act as noting a) says;"
    )
    merged, found = laid(
        base,
        RUS=("noting", "resolves", "1 to act as noting a) says;"),
        USA=(
            "noting",
            "a) that the Council reports;",
            "abis) that the Union should report on the outcomes of the Summit each year;",
            "resolves",
            "1 to act as noting a) says;",
        ),
        CHN=(
            "noting",
            "a) that the Council reports;",
            "resolves",
            "1 to act as noting a) says;",
            "2 that the Union shall report on the outcomes of the Summit each year;",
        ),
    )
    shown = redline(merged, found)
    told = _Page(render_html(shown, RenderOptions(ui=Language.AR))).body()
    assert found.warnings and found.similar
    for place in ("noting a)", "noting abis)", "resolves 1", "resolves 2"):
        assert f"\u2068{place}\u2069" in told
    assert re.search("[(]\u2068CHN[^ ]*، RUS[^ ]*، USA[^ ]*\u2069[)]", told)
    assert "\u2068" not in _Page(render_html(shown)).body()


_FOREIGN = {
    Language.ZH: r"[\u4e00-\u9fff][:;(.]|[:;] ?[\u4e00-\u9fff]|\) ?[\u4e00-\u9fff]",
    Language.AR: r"[\u0600-\u06ff]\)?;|[\u0600-\u06ff], [\u0600-\u06ff]",
    Language.FR: r"\w [:;]|[“”«»]",
}
"""What the punctuation of a language does not look like."""


@pytest.mark.parametrize("ui", _FOREIGN)
def test_each_language_has_its_own_punctuation(ui: Language) -> None:
    told = [
        data
        for tag, data in _Page(render_html(example(), RenderOptions(ui=ui))).texts
        if tag not in ("style", "script")
    ]
    assert len(told) > 100
    found = [each for each in told if re.search(_FOREIGN[ui], each)]
    assert found == []


@pytest.mark.parametrize("names", [Names.NUMBER, Names.NONE])
def test_names_are_left_out_where_asked(names: Names) -> None:
    told = render_html(example(), RenderOptions(names=names))
    assert not re.search("RUS|CHN|USA", told)
    assert ("1 proponent" in told) is (names is Names.NUMBER)
    assert not re.search(r'class="(who )?s\d', told)


# -- colours ------------------------------------------------------------------------------------


def _variables(style: str) -> Iterator[dict[str, str]]:
    """Yield the colours of the light and of the dark look."""
    for block in re.findall(r":root \{([^}]*)\}", style):
        yield dict(re.findall(r"--([a-z0-9]+):\s*(#[0-9a-f]{6})", block))


def test_everything_can_be_read_on_its_ground() -> None:
    style = re.search(r"<style>(.*?)</style>", render_html(example()), re.DOTALL)
    assert style
    looks = [look for look in _variables(style.group(1)) if "ground" in look]
    assert len(looks) == 2
    for look in looks:
        inks = ["ink", "soft", "link", "note", *(f"s{n}" for n in range(8))]
        for ink in inks:
            assert contrast(look[ink], look["ground"]) >= 4.5, ink
        for ink in ("ink", "soft"):  # the head of a point
            assert contrast(look[ink], look["tint"]) >= 4.5, ink


def test_the_palettes_hold_on_their_grounds() -> None:
    for ground, papers in {
        Ground.LIGHT: ["#ffffff"],
        Ground.DARK: ["#000000", "#1e1e1e", "#2a2a2a"],
        Ground.ANY: ["#ffffff", "#000000"],
    }.items():
        assert len(set(PALETTES[ground])) == 8
        for colour, paper in product(PALETTES[ground], papers):
            assert contrast(colour, paper) >= 4.5, (colour, paper)


def test_a_source_has_nearly_its_hue_on_a_dark_ground_too() -> None:
    def hue(colour: str) -> float:
        channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return 360 * rgb_to_hsv(*channels)[0]

    apart = [
        abs((hue(light) - hue(dark) + 180) % 360 - 180)
        for light, dark in zip(PALETTES[Ground.LIGHT], PALETTES[Ground.DARK], strict=True)
    ]
    assert sum(degrees <= 60 for degrees in apart) >= 6 and max(apart[:4]) <= 60


def test_new_sources_take_the_colours_that_are_free() -> None:
    assert colour_indexes(["A", "B", "C"], {"B": 0, "gone": 1}) == {"A": 1, "B": 0, "C": 2}
