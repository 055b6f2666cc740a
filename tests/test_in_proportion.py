"""Time in proportion to size, whatever a text repeats: two sizes are compared, no clock decides."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from resamend import words
from resamend.akn import layout, phrases
from resamend.conflict import find
from resamend.consolidation import merge
from resamend.decision.wording import notes_in
from resamend.dossier.citing import _cited
from resamend.model import Kind, Language, Mark, Provision, Resolution
from resamend.readers.named_words import NAMED
from resamend.readers.proposal_header import is_symbol
from resamend.redlines import redline
from resamend.reference import mentions
from resamend.renderers.html import render_html

TIMES = 8
"""How much more the larger text has; in its square, it would take 64 times as long."""
MOST = 30


def references(text: str) -> object:
    return mentions(text, (), ("resolves",), Language.EN)


def in_italics(text: str) -> object:
    return mentions(text, (Mark(0, len(text), "i"),), ("resolves",), Language.EN)


def number_line(text: str) -> object:
    return layout._NUMBER_LINE.fullmatch(text)


def line_breaks(text: str) -> object:
    return list(phrases._BREAK.finditer(text))


def citations(text: str) -> object:
    """Look for citations as each language writes them."""
    return [list(_cited(text, "140", language)) for language in Language]


def in_each_language(text: str) -> object:
    """Look for references as each language writes them."""
    headings = ("resolves", "décide", "resuelve", "решает", "做出决议", "يقرر")
    return [mentions(text, (), headings, language) for language in Language]


def typed(text: str) -> object:
    return list(NAMED.finditer(text))


def in_html(text: str) -> object:
    """Render a text of which every third character is in italics."""
    marks = tuple(Mark(k, k + 1, "i") for k in range(0, len(text), 3))
    provision = Provision(kind=Kind.TEXT, id="p_1", text=text, marks=marks)
    base = Resolution(language=Language.EN, provisions=(provision,))
    consolidated = merge(base, ())
    return render_html(redline(consolidated, find(consolidated)))


READERS: list[tuple[Callable[[str], object], str, str, str]] = [
    (words.pieces, "a", " ", ""),
    (words.pieces, "é", " \u00a0", ""),
    (words.key_of, "é", " ", ""),
    (references, "resolves 1", " ", "x"),
    (references, "resolves", " ", "x 1"),
    (references, "", "resolves 1, ", ""),
    (references, "point 1", ", a)", " x, as above"),
    (references, "point 1", ", abis)", " x, as above"),
    (references, "resolves 1 of", " ", "x"),
    (in_italics, "resolves", " 1", "\nx"),
    (in_italics, "resolves", " ", "x 1"),
    (in_each_language, "", "пункт 2 решает ", "x"),
    (in_each_language, "пункты 1", ", a)", " x, выше"),
    (in_each_language, "", "puntos 1 y 2 del ", "resuelve"),
    (in_each_language, "resuelve 1", " y 2", " x"),
    (in_each_language, "上述", "第1段和", "x"),
    (in_each_language, "做出决议1", "和2", "x"),
    (in_each_language, "", "做出决议1", ""),
    (in_each_language, "", "الفقرة 1 و", "2 من يقرر"),
    (in_each_language, "operative paragraphs 1", " and 2", " x"),
    (in_each_language, "1", " أعلاه", ""),
    (in_each_language, "做出决议1", " ", "x"),
    (number_line, "R 1", "1", "#"),
    (line_breaks, "x", " ", "x"),
    (notes_in, "", "[^", ""),
    (citations, "", "بال", ""),
    (citations, "", "لل", ""),
    (citations, "", "резолюции", ""),
    (citations, "", "第1、", ""),
    (typed, "[RUS:", " ", "x"),
    (in_html, "", "i, " * 100, ""),
    (is_symbol, "MOD a", "/a", " x"),
]


def seconds(
    read: Callable[[str], object], before: str, unit: str, pieces: int, after: str
) -> float:
    """Return the least of three; the texts differ, since what was read may be remembered."""
    taken = []
    for more in range(3):
        text = f"{before}{unit * (pieces + more)}{after}"
        began = time.process_time()
        read(text)
        taken.append(time.process_time() - began)
    return min(taken)


@pytest.mark.parametrize(("read", "before", "unit", "after"), READERS)
def test_a_text_that_repeats_takes_time_in_proportion(
    read: Callable[[str], object], before: str, unit: str, after: str
) -> None:
    """From twenty on, so that what doubles with each piece shows at once."""
    pieces = 20
    while (small := seconds(read, before, unit, pieces, after)) < 0.001 and pieces < 20_000:
        pieces *= 2
    large = seconds(read, before, unit, pieces * TIMES, after)
    assert large < MOST * max(small, 0.001), f"{pieces} pieces: {small:.4f} s, then {large:.4f} s"


def test_white_space_at_the_end_of_a_paragraph_belongs_to_its_last_word() -> None:
    assert words.pieces("the plan   ") == ["the", " plan   "]
