"""The lexicon of amendments in sentences: which phrase is which sign, in each language.

The grammar (`grammar`) knows signs alone; the phrases are data of a language
(`languages.AmendmentWords`). What no phrase covers makes a sentence unreadable, and it is refused.
"""

from __future__ import annotations

import re
from functools import lru_cache

from resamend.languages import AmendmentWords, section
from resamend.model import Language

NUMBERED = r"(?:\(?(?:(?:OP|PP|ОП|ПП)\s?)?[0-9]|\(?[a-zа-я]{1,4}\))"
"""How begins what a number or a letter names: ``3``, ``OP3``, ``(b)``, ``b)``."""
QUOTE = "\ue000"
"""Stands for a quotation in a sentence, before its rank."""


@lru_cache(maxsize=8)
def lexicon_of(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...] | None:
    """Return the signs of a language with their patterns; ``None`` where it has no lexicon."""
    signs = signs_in(language)
    if signs is None:
        return None
    return tuple((sign, re.compile(phrase, re.IGNORECASE)) for sign, phrase in signs)


@lru_cache(maxsize=8)
def signs_in(language: Language) -> tuple[tuple[str, str], ...] | None:
    """Return the signs of a language with their patterns as they are written."""
    words = section(language, AmendmentWords)
    if words is None:
        return None
    counted = [
        (form, rank) for rank, forms in enumerate(words.ordinals, 1) for form in forms.split("|")
    ]
    counted += [(word, int(rank)) for word, rank in map(_pair, words.last)]
    ranks = sorted(counted, key=lambda pair: -len(pair[0]))
    ends = words.ordinal_endings
    ordinals = tuple((f"#{rank}", rf"{word}{ends}(?![\w-])") for word, rank in ranks)
    signs = tuple(
        (sign, rf"(?:{_at(phrase)})(?:(?<=')|(?![\w-]))")
        for sign, phrase in map(_pair, words.signs)
    )
    seconds = tuple(pair for pair in signs if pair[0] == "second")
    return (*seconds, *ordinals, *(pair for pair in signs if pair[0] != "second"))


def _pair(entry: str) -> tuple[str, str]:
    sign, _, phrase = entry.partition(" = ")
    return sign.strip(), phrase


def ordinals_of(language: Language) -> tuple[str, ...]:
    """Return the ordinals of a language in words, from the first; none where they are inflected."""
    words = section(language, AmendmentWords)
    if words is None or words.ordinal_endings:
        return ()
    return tuple(forms.split("|")[0] for forms in words.ordinals)


def _at(phrase: str) -> str:
    """Return a phrase in which ``Q`` ahead is a quotation, and ``N`` a number."""
    quoted = phrase.replace("(?=: Q)", rf"(?=\s*:?\s*{QUOTE})")
    quoted = quoted.replace("(?= Q)", rf"(?=\s*{QUOTE})")
    return quoted.replace("(?= N)", rf"(?=\s*{NUMBERED})")
