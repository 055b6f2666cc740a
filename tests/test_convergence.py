"""Similar wording: found where texts say nearly the same, and what differs is always shown."""

from __future__ import annotations

import pytest
from bench.convergence import ASIDE, LANGUAGES, judged, pairs

from resamend.conflict import Similar, score
from resamend.difference.content_words import word_rules
from resamend.model import Language
from resamend.redlines import redline
from resamend.renderers.text import render_text
from resamend.words import key_of
from tests.build import laid, resolution

LEAST = {"en": 0.95, "fr": 0.95, "es": 0.95, "ru": 0.85, "zh": 0.9, "ar": 0.85}
"""The recall of each language that the page says."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_labelled_pairs_of_each_sort(language: Language) -> None:
    known = pairs(language)
    assert len(known) >= 40 and len(pairs(language, ASIDE)) >= 12
    assert len({(pair.one, pair.other) for pair in known}) == len(known)
    for label, least in (("near", 15), ("critical", 6), ("formula", 14), ("unrelated", 8)):
        assert sum(pair.label == label for pair in known) >= least


@pytest.mark.parametrize("language", LANGUAGES)
def test_precision_and_recall_are_what_the_page_says(language: Language) -> None:
    """No over-claims, and few that are missed; also on the pairs that were left aside."""
    for known in (pairs(language), pairs(language, ASIDE)):
        found = judged(known)
        assert found.precision == 1
        assert found.recall >= LEAST[language]


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        (pair.one, pair.other, language)
        for language in LANGUAGES
        for pair in (*pairs(language), *pairs(language, ASIDE))
        if pair.label == "critical"
    ],
)
def test_a_modal_a_negation_a_figure_or_a_date_is_always_shown(
    one: str, other: str, language: Language
) -> None:
    (found,) = similar(one, other, language)
    changed = {
        w.casefold()
        for w in set(key_of(one)) ^ set(key_of(other))
        if word_rules(language).decides(w)
    }
    shown = {w.casefold() for pair in found.differences for text in pair for w in key_of(text)}
    assert changed
    assert changed <= shown


def similar(one: str, other: str, language: Language = Language.EN) -> tuple[Similar, ...]:
    """Return what is alike where one source adds a text to one list and another to another."""
    base = ("considering", "a) x", "resolves", "1 y")
    _, found = laid(
        resolution(*base, language=language),
        RUS=(*base[:2], f"b) {one}", *base[2:]),
        USA=(*base, f"2 {other}"),
    )
    return found.similar


def test_across_headings_and_labels_the_same_is_found() -> None:
    (found,) = similar(
        "that the Forum should be held every year by the regional offices",
        "that the regional offices should hold the Forum each year",
    )
    assert (found.one_path, found.other_path) == ("considering b)", "resolves 2")
    assert 0.7 <= found.score <= 1


def test_the_same_formula_about_something_else_is_not() -> None:
    assert not similar(
        "that the cost of devices is the first reason why people do not use the Internet",
        "that the age of devices is the first reason why people do not use the Internet",
    )


def test_who_says_the_same_elsewhere_is_told_so() -> None:
    base = ("considering", "a) x", "resolves", "1 y")
    said = "that the Forum should be held every year by the regional offices"
    draft, found = laid(
        resolution(*base), RUS=(*base[:2], f"b) {said}", *base[2:]), USA=(*base, f"2 {said}")
    )
    (pair,) = found.similar
    assert (pair.differences, pair.score) == ((), 1.0)
    told = render_text(redline(draft, found))
    assert "Both have the same wording" in told
    assert "They differ in" not in told


def test_what_only_decides_is_compared_word_by_word() -> None:
    assert score("shall not", "shall not", Language.EN) == 1
    assert score("shall not", "should", Language.EN) == 0


def test_the_score_does_not_depend_on_who_comes_first() -> None:
    for language in LANGUAGES:
        for pair in pairs(language):
            there, back = ((pair.one, pair.other), (pair.other, pair.one))
            assert score(*there, language) == pytest.approx(score(*back, language))
