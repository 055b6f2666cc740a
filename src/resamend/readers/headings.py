"""The words by which a plain text shows its parts: headings, number line, annex, reasons.

They are data of each language (``languages``); a conference that writes otherwise gives a table
of its own. Words are compared without case, accents, punctuation and typography.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

from msgspec import Struct
from msgspec.structs import asdict, replace

from resamend.languages import Headings, Similarity, header, section
from resamend.model import Kind, Language
from resamend.words import key_of


class HeadingWords(Headings, frozen=True, kw_only=True):
    """Hold the words of one language, as its file has them."""

    language: Language
    form: str = ""
    """The form in which a text is to be read, where it is not to be recognised (`forms.Form`)."""


class HeadingTable(Struct, frozen=True):
    """Hold a vocabulary for each language that can be read."""

    vocabularies: tuple[HeadingWords, ...]

    def of(self, language: Language) -> HeadingWords:
        """Return the words of a language; none where the table does not have it."""
        for vocabulary in self.vocabularies:
            if vocabulary.language is language:
                return vocabulary
        words = dict.fromkeys(Headings.__struct_fields__, ())
        return HeadingWords(language=language, **words)  # type: ignore[arg-type]  # not the form

    def as_form(self, form: str) -> HeadingTable:
        """Return the table for texts of a form that is known; of any, where it is empty."""
        return HeadingTable(
            tuple(replace(vocabulary, form=form) for vocabulary in self.vocabularies)
        )


class HeadingMatch(Struct, frozen=True):
    """Say that a line is, or begins with, a heading of a kind."""

    kind: Kind
    exact: bool


class NumberLine(Struct, frozen=True):
    """Hold the parts of a number line: ``140`` and ``REV. BUSAN, 2014``."""

    number: str
    revision: str = ""


# -- the table ------------------------------------------------------------------------------------


@cache
def shipped_headings() -> HeadingTable:
    """Return the table that comes with resamend: of each language that has headings."""
    shipped = ((language, section(language, Headings)) for language in Language)
    return HeadingTable(
        tuple(HeadingWords(language=code, **asdict(words)) for code, words in shipped if words)
    )


# -- comparing ------------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 12)
def _bare(text: str) -> tuple[str, ...]:
    """Return the words of a text without case, accents and punctuation.

    >>> _bare("ayant à l’esprit,"), _bare("إذ يذكّر") == _bare("إذ يذكر")
    (('ayant', 'a', 'l', 'esprit'), True)
    """
    keys = (key if key.isascii() else _unaccented(key) for key in key_of(text))
    return tuple(key.casefold() for key in keys if any(map(str.isalnum, key)))


def _unaccented(key: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", key) if unicodedata.category(c) != "Mn")


@lru_cache(maxsize=64)
def _phrases(phrases: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the bare words of each phrase, the longest first."""
    return tuple(sorted(filter(None, map(_bare, phrases)), key=len, reverse=True))


@lru_cache(maxsize=64)
def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    """Map the first word of each phrase to those that begin with it, the longest first."""
    begun: dict[str, list[tuple[str, ...]]] = {}
    for phrase in _phrases(phrases):
        begun.setdefault(phrase[0], []).append(phrase)
    return begun


def _beginning(words: tuple[str, ...], phrases: tuple[str, ...]) -> int:
    """Return how many words at the beginning are one of the phrases; 0 for none."""
    begun = _by_first_word(phrases).get(words[0], ()) if words else ()
    return next((len(phrase) for phrase in begun if words[: len(phrase)] == phrase), 0)


def known_heading(line: str, vocabulary: HeadingWords) -> HeadingMatch | None:
    """Return the kind of heading that a line is or begins with, if any.

    Words beside it ("further", Arabic و "and") are read over; the longest phrase decides.
    """
    words = _bare(line[:1000])
    if not words:
        return None
    variants = [words]
    if words[0].startswith("و") and len(words[0]) > 1:
        variants.append((words[0][1:], *words[1:]))
    best: tuple[int, HeadingMatch] | None = None
    for variant in variants:
        recognised = _known(variant, vocabulary)
        if recognised and (best is None or recognised[0] > best[0]):
            best = recognised
    return best[1] if best else None


def _known(words: tuple[str, ...], vocabulary: HeadingWords) -> tuple[int, HeadingMatch] | None:
    skipped = _over(words, 0, vocabulary)
    rest = words[skipped:]
    lengths = [
        (_beginning(rest, vocabulary.preambular), Kind.PREAMBULAR),
        (_beginning(rest, vocabulary.operative), Kind.OPERATIVE),
    ]
    length, kind = max(lengths, key=lambda pair: pair[0])
    if not length:
        return None
    return length, HeadingMatch(
        kind, exact=_over(words, skipped + length, vocabulary) == len(words)
    )


def _over(words: tuple[str, ...], at: int, vocabulary: HeadingWords) -> int:
    """Return where the qualifiers that begin at a word end."""
    while step := _beginning(words[at:], vocabulary.qualifiers):
        at += step
    return at


def is_enacting(line: str, vocabulary: HeadingWords) -> bool:
    """Tell whether a line begins as an enacting clause does."""
    return _beginning(_bare(line[:1000]), vocabulary.enacting) > 0


def reasons_in(line: str, vocabulary: HeadingWords) -> str | None:
    """Return what follows ``Reasons:`` where a line begins so."""
    head, colon, rest = line[:60].partition(":" if ":" in line[:60] else "：")
    if not colon or _bare(head) not in _phrases(vocabulary.reasons):
        return None
    return (rest + line[60:]).strip()


# -- number lines ---------------------------------------------------------------------------------

_PIECE = "[A-ZА-Яa-z0-9./-]{0,15}"
_NUMBER = rf"(?P<number>(?:\w{{2,3}}-[RTDРТД]\s+)?(?:\[[^\]]{{1,20}}\]|{_PIECE}[0-9]{_PIECE}))"
_REVISION = r"\s*(?:[(（](?P<revision>.*)[)）])?"
_LONGEST = 200  # code points of a number line or an annex line


def number_line(line: str, vocabulary: HeadingWords) -> NumberLine | None:
    """Read a line such as RESOLUTION 140 (REV. BUSAN, 2014), or 第140号决议（…）.

    A draft's words before it are allowed ("PROJET DE RÉVISION DE LA …"), none after it.
    """
    if len(line) > _LONGEST or not vocabulary.resolution:
        return None
    for pattern in _number_lines(vocabulary.resolution):
        match = pattern.fullmatch(line.replace("*", "").strip())
        if match:
            return NumberLine(match["number"], match["revision"] or "")
    return None


@lru_cache(maxsize=64)
def _number_lines(words: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    word = "|".join(map(re.escape, words))
    return (
        re.compile(rf"(?:[^\W\d]+['’]?\s+){{0,6}}(?:{word})\s*{_NUMBER}{_REVISION}", re.IGNORECASE),
        re.compile(rf"[^\W\d]*?第?\s*{_NUMBER}\s*号?(?:{word}){_REVISION}", re.IGNORECASE),
    )


def annex_number(line: str, vocabulary: HeadingWords) -> str | None:
    """Return the number of an annex from its line, ``""`` without one, ``None`` for no annex.

    The line is the word alone, with a number, or with the resolution that it belongs to; a
    sentence that begins with the word is none.
    """
    if len(line) > _LONGEST or line.endswith((".", ";", ",", ":")):
        return None
    for word in vocabulary.annex:
        if word not in line and word.upper() not in line:
            continue
        for pattern in _annex_lines(word, vocabulary.resolution):
            match = pattern.fullmatch(line.replace("*", "").strip())
            if match:
                return match["number"] or ""
    return None


@lru_cache(maxsize=128)
def _annex_lines(word: str, resolution: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    number = r"(?:\s*(?P<number>[0-9]{1,3}|[A-ZА-Я]|[IVX]{1,5}))?"
    of = "|".join(map(re.escape, resolution)) or r"(?!)"
    title = rf"(?:{re.escape(word)}|{re.escape(word.upper())})"
    return (
        re.compile(rf"{title}{number}"),
        re.compile(rf"{title}{number}\s+(?:\S+\s+){{0,5}}?\S?(?i:{of})\b.*"),
        re.compile(rf".{{0,20}}(?:{of}){_REVISION}的?{title}{number}"),
    )


def announced_annexes(text: str, vocabulary: HeadingWords) -> Iterable[str]:
    """Yield the number of each annex that a text speaks of as its own, ``""`` without one."""
    for pattern in vocabulary.announced:
        for match in re.finditer(pattern, text.replace("\u00a0", " "), re.IGNORECASE):
            yield match.groupdict().get("number") or ""


# -- guessing -------------------------------------------------------------------------------------


@cache
def _scripts() -> tuple[tuple[Language, re.Pattern[str]], ...]:
    """Return the letters of each language that writes in letters of its own."""
    scripts = ((language, header(language).script) for language in Language)
    return tuple((language, re.compile(f"[{script}]")) for language, script in scripts if script)


_SHARE = 3  # one letter in so many of a script decides: Latin names stand in every text


def guess_language(lines: Iterable[str], table: HeadingTable) -> Language | None:
    """Return the language in which the lines have headings; ``None`` without evidence.

    A script that only one of the languages has decides by itself.
    """
    lines = tuple(line for line in lines if line.strip())
    text = "\n".join(lines)
    letters = sum(map(str.isalpha, text))
    for language, script in _scripts():
        if letters and len(script.findall(text)) * _SHARE > letters:
            return language
    openings = _openings(table)
    opened = tuple(line for line in lines if _opens(line, openings))
    firsts = (word for line in lines for word in line.replace("*", "").split(None, 1)[:1])
    counts = Counter(map(str.casefold, firsts))
    scores = sorted(
        (
            (_evidence(lines, opened, own) + counts[next(iter(own.resolution), "")], own.language)
            for own in table.vocabularies
        ),
        reverse=True,
    )
    usual = _by_small_words(text)
    if not scores or not scores[0][0] or (len(scores) > 1 and scores[0][0] == scores[1][0]):
        return usual
    return usual if scores[0][0] < _SURE and usual else scores[0][1]


_SURE = 6
"""So much evidence of headings is not outweighed by articles and prepositions."""
_ENOUGH = 8
"""So many small words tell a language, if no other has half as many."""


@cache
def _small_words() -> tuple[tuple[Language, frozenset[str]], ...]:
    """Return the articles and prepositions that only one language has."""
    sections = {code: section(code, Similarity) for code in Language}
    words = {
        code: set(own.binding.split()) for code, own in sections.items() if own and own.binding
    }
    return tuple(
        (code, frozenset(own.difference(*(more for c, more in words.items() if c is not code))))
        for code, own in words.items()
    )


def _by_small_words(text: str) -> Language | None:
    """Return the language whose articles and prepositions a text has, where that is plain."""
    words = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    counts = sorted(
        ((sum(words[word] for word in small), lang) for lang, small in _small_words()),
        reverse=True,
    )
    plain = len(counts) > 1 and counts[0][0] >= _ENOUGH and counts[0][0] > 2 * counts[1][0]
    return counts[0][1] if plain else None


@lru_cache(maxsize=8)
def _openings(table: HeadingTable) -> frozenset[str]:
    """Return the words with which a heading or an enacting clause of any language begins."""
    return frozenset(
        word
        for own in table.vocabularies
        for phrases in (own.preambular, own.operative, own.qualifiers, own.enacting)
        for word in _by_first_word(phrases)
    )


def _opens(line: str, openings: frozenset[str]) -> bool:
    """Tell whether a line may be a heading or an enacting clause: few of a text are."""
    first = next(iter(_bare(line[:80])), "")
    return first in openings or first.removeprefix("و") in openings


def _evidence(lines: tuple[str, ...], opened: tuple[str, ...], vocabulary: HeadingWords) -> int:
    """Count what speaks for a language: two for a heading, one for another word of its table."""
    score = 0
    for line in opened:
        heading = known_heading(line, vocabulary) if len(line) <= _LONGEST else None
        score += 2 * bool(heading and heading.exact) + bool(heading)
        score += is_enacting(line, vocabulary)
    for line in lines:
        score += reasons_in(line, vocabulary) is not None
        score += annex_number(line, vocabulary) is not None
    return score
