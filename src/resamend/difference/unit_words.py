"""The words by which figures, dates, citations, modals and conjunctions are known.

They stand in the files of the languages, under ``[units]``, and are part of the rule set by which
regions are found: a region's id depends on them. So a changed list is a new rule set, with a new
number. A text is read with the lists of its own language, lest "no service" be one thing in English
by a Spanish rule; months, nouns of citation and conjunctions are those of all languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from resamend.languages import UnitLists, codes, section
from resamend.model import Language

RULES = 2
"""The number of the rule set; 1 had neither units nor phrases."""


class UnitWords(Struct, frozen=True):
    """Hold the words of one language as they are looked up; ``UnitLists`` says what each is."""

    numerals: frozenset[str] = frozenset()
    multipliers: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    binding: frozenset[str] = frozenset()
    comparators: frozenset[tuple[str, ...]] = frozenset()
    negated: frozenset[str] = frozenset()
    negations: frozenset[tuple[str, ...]] = frozenset()
    before: frozenset[str] = frozenset()
    verbs: re.Pattern[str] | None = None
    pairs: frozenset[tuple[str, ...]] = frozenset()
    modals: frozenset[str] = frozenset()


def _phrases(phrases: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Split phrases into their words; of Chinese each character is one."""
    return frozenset(
        tuple(phrase) if "\u3041" <= phrase[0] <= "\u9fff" else tuple(phrase.split())
        for phrase in phrases
    )


def _looked_up(lists: UnitLists) -> UnitWords:
    return UnitWords(
        numerals=frozenset(lists.numerals.split()),
        multipliers=frozenset(lists.multipliers.split()),
        places=frozenset(lists.places.split()),
        binding=frozenset(lists.binding.split()),
        comparators=_phrases(lists.comparators),
        negated=frozenset(lists.negated.split()),
        negations=_phrases(lists.negations),
        before=frozenset(lists.before.split()),
        verbs=re.compile(lists.verbs) if lists.verbs else None,
        pairs=_phrases(lists.pairs),
        modals=frozenset(lists.modals.split()),
    )


_LISTS = {code: lists for code in codes() if (lists := section(code, UnitLists))}


def _of_all(name: str) -> frozenset[str]:
    """Return the words of one list, of all languages."""
    return frozenset(word for lists in _LISTS.values() for word in getattr(lists, name).split())


UNIT_WORDS: Mapping[str, UnitWords] = {code: _looked_up(lists) for code, lists in _LISTS.items()}
MONTHS = _of_all("months")
CITATION_NOUNS = _of_all("cited")
CONJUNCTIONS = _of_all("conjunctions")
CURRENCIES = _of_all("currencies")
SMALL_WORDS: Mapping[str, str] = {
    word: letter
    for name, letter in (
        ("joining", "&"),
        ("of", "o"),
        ("part_of", "p"),
        ("revised", "V"),
        ("per", "r"),
        ("hundred", "c"),
        ("year", "g"),
    )
    for word in sorted(_of_all(name))
}
"""The class letter of each small word of a figure, a date or a citation."""


def unit_words(language: Language) -> UnitWords:
    """Return the lists of a language; of one that has none no words go together but figures."""
    return UNIT_WORDS.get(language, UnitWords())
