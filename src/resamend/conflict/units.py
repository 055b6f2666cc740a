"""Units: stretches of words that a reader takes as one thing, a sum or a date or a citation.

Each word gets a class letter, ``_`` before it where white space precedes; a unit is a match of a
small grammar over these letters, or a listed group: a modal with its negation, a comparator with
its number. A pure function of the words and the language; regular expressions over the text
itself took thirteen times as long.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from resamend.difference.unit_words import (
    CITATION_NOUNS,
    CURRENCIES,
    MONTHS,
    SMALL_WORDS,
    UNIT_WORDS,
    UnitWords,
    unit_words,
)
from resamend.model import Language, Word
from resamend.words import fold

Span = tuple[int, int]
"""Words [start, end)."""

_DIGITS = {1: "n", 2: "n", 3: "T", 4: "Y"}
_SINGLES = {
    **dict.fromkeys("-‐‑", "H"),
    **dict.fromkeys("–—‒", "D"),
    **dict.fromkeys("%‰٪", "%"),
    **dict.fromkeys("(（", "("),
    **dict.fromkeys(")）", ")"),
    **dict.fromkeys("一二三四五六七八九十百千万亿零两〇", "6"),
    **dict(zip("/.,،年月日第号§№", "SPCC12345LL", strict=True)),
}
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|er|re|e|º|ª|го|й|я|е)")
_NUMBER = re.compile(r"[\d.,]+")
_ROMAN = re.compile("[IVXLC]+")
_LONGEST_SYMBOL = 9

_DIGIT = "[nTYN]"
_WORDED = "[WB](?:H[Wwb])*(?:_[WB]|HW)*"
_COUNT = f"(?:[nT](?:_T)+|{_DIGIT}6*|O|{_WORDED})(?:_B)*"
_PERCENT = "(?:_?%|_r_[cW]|_c)"
_SUM = f"(?:A?U_?)?{_COUNT}(?:{_PERCENT}|(?:_p)?(?:_?U)+)?"
_DAYS = "[nO](?:(?:_?[HD]_?|_&_)[nO])?"
_DATE = (
    f"(?:(?:{_DAYS}(?:_p)?_)?M(?:_&_M|SM)?(?:_nC)?(?:(?:_p)?_Y)?(?:_gP?)?|Y1(?:n2)?(?:n3)?|n2n3)"
)
_BRACKETED = "(?:_?[(][^()]{1,60}[)])"
_CITED = f"K(?:_AH[AwN])?_{_DIGIT}(?:S{_DIGIT})?(?:_[AR](?![a-z]))?{_BRACKETED}?(?:_[op]_{_DATE})?"
_NUMBERED = f"{_DIGIT}S{_DIGIT}(?:_[AR](?:_&_[AR])?(?=_|$|C))?(?:_[op]_{_DATE})?"
_SYMBOL = f"[AR](?:[(]{_DIGIT}[)])?(?:S[ARbw]?{_DIGIT}?(?:P[nTNYAR])?(?:[(]{_DIGIT}[)])?)+"
_REVISED = "[(]?VP?_?(?:n|w(?:C?_Y)?)[)]?"
_LOCATED = f"L(?:_?P)?_?[nTNYR](?:P{_DIGIT})*(?:_?[(]?[b&R][)])*"
_CHINESE = f"4{_DIGIT}(?:S{_DIGIT})?5(?:zz)?{_BRACKETED}?|[46]{{2,}}"
_ROMAN_PART = f"RP(?:{_DIGIT}|[AR](?![a-z]))"
_RANGE = f"{_DIGIT}_?[HD]_?{_DIGIT}"
_COMPOUND = "[nTNYOMWBKLVARUwbpor&cg](?:H[nTNYOMWBKLVARUwbpor&cg])+"
_GRAMMAR = [
    re.compile(rule)
    for rule in (
        f"{_CITED}|{_CHINESE}|{_NUMBERED}|{_SYMBOL}|{_REVISED}|{_LOCATED}|{_ROMAN_PART}|{_DATE}",
        f"{_RANGE}|{_COMPOUND}",
        _SUM,
    )
]
_FIGURES = _GRAMMAR[-1]
_HEADS = {
    language: words.negated | words.before | {pair[0] for pair in words.pairs}
    for language, words in UNIT_WORDS.items()
}
"""The words with which a group of a modal and a negation begins."""
AROUND = 24
"""Words on either side of a change in which its units are looked for."""
_LONGEST_GROUP = 4
"""Words of a modal with its negation: "n'est plus" has four."""
_ANY = re.compile("[nTYNOWBHDRMU1-6]")
"""A letter without which nothing of the grammar matches."""


def units(words: Sequence[Word], language: Language) -> tuple[Span, ...]:
    """Return the units of some words, disjoint and in order, each of two words or more."""
    return _units(tuple([word.text for word in words]), language)


def no_units_near(
    words: Sequence[Word], places: Sequence[Span], new: Sequence[Word], language: Language
) -> bool:
    """Tell at once that no unit has what is put in at some places, or stands on both sides there.

    Most texts say no figure where they are changed; then their own units need not be read.
    """
    if any([_begins_unit(word.text, language) for word in new]):  # noqa: C419  # a list is faster
        return False
    figures, heads = _beginnings(tuple([word.text for word in words]), language)
    return not any(
        _any_within(figures, start - AROUND, end + AROUND)
        or _any_within(heads, start - _LONGEST_GROUP, end)
        for start, end in places
    )


def _any_within(places: Sequence[int], start: int, end: int) -> bool:
    return bisect_left(places, start) < bisect_left(places, end)


def is_figure(words: Sequence[Word], language: Language) -> bool:
    """Tell whether words are exactly one figure, date, numeral or symbol."""
    if len(words) == 1:
        return _letter(words[0].key, language) in "nTYNOWBMR6%"
    return len(words) > 1 and units(words, language) == ((0, len(words)),)


def is_numbering(key: str, language: Language) -> bool:
    """Tell whether a word is a figure, a month, or a noun that a number follows."""
    return _letter(key, language) in "nTYNOWBMKLR6"


@lru_cache(maxsize=1 << 15)
def _beginnings(texts: tuple[str, ...], language: Language) -> tuple[list[int], list[int]]:
    """Return the places of the words without which nothing of the grammar matches; of heads."""
    heads = _HEADS.get(language, frozenset())
    coded = [_coded(text, language) for text in texts]
    return (
        [k for k, (letters, _) in enumerate(coded) if _ANY.search(letters)],
        [k for k, (_, small) in enumerate(coded) if small in heads],
    )


@lru_cache(maxsize=1 << 16)
def _begins_unit(text: str, language: Language) -> bool:
    return any(_beginnings((text,), language))


@lru_cache(maxsize=1 << 15)
def _units(texts: tuple[str, ...], language: Language) -> tuple[Span, ...]:
    lists = unit_words(language)
    coded = [_coded(text, language) for text in texts]
    small = [word for _, word in coded]
    spans = list(_matched([letters for letters, _ in coded]))
    if spans:
        spans += _compared(spans, small, lists)
    heads = _HEADS.get(language, frozenset())
    if not heads.isdisjoint(small):
        for k, word in enumerate(small[:-1]):
            if word in heads:
                spans += _modal_group(small, k, lists)
    return _united(spans) if spans else ()


@lru_cache(maxsize=1 << 16)
def _coded(text: str, language: Language) -> tuple[str, str]:
    """Return the class letter of a word, after ``_`` for white space, and its small letters."""
    key = fold(text.strip())
    return "_" * text[:1].isspace() + _letter(key, language), key.casefold()


def _united(spans: list[Span]) -> tuple[Span, ...]:
    """Unite overlapping spans, and leave out those of one word."""
    united: list[Span] = []
    for start, end in sorted(spans):
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], end))
        else:
            united.append((start, end))
    return tuple([(start, end) for start, end in united if end - start > 1])


def _matched(coded: Sequence[str]) -> Iterator[Span]:
    """Yield what the grammar matches, single figures too."""
    text = "".join(coded)
    if not _ANY.search(text):
        return
    word_of = [k for k, letters in enumerate(coded) for _ in letters]
    for rule in _GRAMMAR:
        for match in rule.finditer(text):
            first, last = match.start(), match.end() - 1
            if last > first or rule is _FIGURES:
                yield word_of[first], word_of[last] + 1


def _compared(spans: Sequence[Span], small: Sequence[str], lists: UnitWords) -> list[Span]:
    """Return figures with the comparators that stand before them."""
    compared = []
    for start, end in spans:
        if small[start][:1].isdigit() or small[start] in lists.numerals:
            before = small[max(start - 4, 0) : start]
            for size in range(len(before), 0, -1):
                if tuple(before[-size:]) in lists.comparators:
                    compared.append((start - size, end))
                    break
    return compared


def _modal_group(small: Sequence[str], k: int, lists: UnitWords) -> list[Span]:
    """Return the group of modal and negation that begins at a word, if one does."""
    word = small[k]
    if word in lists.negated:
        sizes = {
            len(tail) for tail in lists.negations if tuple(small[k + 1 :][: len(tail)]) == tail
        }
        return [(k, k + 1 + max(sizes))] if sizes else []
    if word in lists.before:
        if lists.verbs:
            return [(k, k + 2)] if lists.verbs.match(small[k + 1]) else []
        verb = k + 2 if small[k + 1] == "'" else k + 1
        closed = verb + 1 < len(small) and (small[verb + 1],) in lists.negations
        return [(k, verb + 2)] if closed else []
    return [(k, k + 2)] if lists.pairs and (word, small[k + 1]) in lists.pairs else []


@lru_cache(maxsize=1 << 16)
def _letter(key: str, language: Language) -> str:
    """Return the class letter of a word."""
    if not key:
        return "w"
    if key.isdigit():
        return _DIGITS.get(len(key), "N")
    if key[0].isdigit():
        return "N" if _NUMBER.fullmatch(key) else "O" if _ORDINAL.fullmatch(key) else "w"
    if key in _SINGLES:
        return _SINGLES[key]
    return _letter_of_word(key, unit_words(language))


def _letter_of_word(key: str, lists: UnitWords) -> str:
    small = key.casefold()
    for letter, words in (
        ("U", CURRENCIES),
        ("K", CITATION_NOUNS),
        ("L", lists.places),
        ("W", lists.numerals),
        ("B", lists.multipliers),
    ):
        if small in words:
            return letter
    if small in MONTHS and (key[0].isupper() or not key.isascii() or small not in _WORDS_TOO):
        return "M"
    if small in SMALL_WORDS and key != "A":
        return SMALL_WORDS[small]
    if small.startswith("процент"):
        return "c"
    if _ROMAN.fullmatch(key):
        return "R"
    if key.isascii() and key.isupper() and key.isalpha() and len(key) <= _LONGEST_SYMBOL:
        return "A"
    if len(key) > 1:
        return "w"
    return "z" if "\u3041" <= key <= "\u9fff" else "b" if key.isalnum() else "x"


_WORDS_TOO = frozenset({"may", "march"})
"""Months only with a capital letter."""
