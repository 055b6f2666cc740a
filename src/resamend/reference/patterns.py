"""The patterns by which references are known, from the words of a language.

What differs between languages is in their files (`resamend.languages.References`); what is the
same in all is here: labels, quotation marks, where a word ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache

from resamend.languages import LanguageHeader, References, header
from resamend.model import Language
from resamend.reference.values import Scope, Tail

_SUFFIXES = "bis|ter|quat|quater|quinq|quinquies|sexies|septies|octies|nonies|decies"
_LATIN = "a-zасеорхуі"  # Cyrillic letters that look alike are typed for Latin ones
_QUOTE = r"[\"“”„«»]"
_APOSTROPHE = "['\u2019\u02bc]"


class ReferencePatterns:
    """Hold the regular expressions for one language and one set of headings.

    Each is compiled when a text first needs it: most texts have no more than a year or two.
    """

    def __init__(self, words: References, language: Language, headings: tuple[str, ...]) -> None:
        self.words = words
        self.headings = sorted(filter(None, headings), key=len, reverse=True)
        self.begin = {"".join(_BEGINNING(each)).lower() for each in self.headings}
        self.spaced = language.spaced
        self.space = r"(?:\s*[,،])?\s+" if language.spaced else r"(?:\s*[,，])?\s*"
        self.conjunctions = header(language).conjunctions
        self.left, self.right = _edges(language, words.attached)
        self.single, self.below = _label(header(language), self.right)
        one_below = rf"(?:\s*,)?\s+{self.below}{self.right}"
        self.labels = rf"{self.single}(?:{one_below})*"
        joints = f"(?:{words.joins}|{words.to})"
        self.chains = rf"{self.labels}(?:(?!{one_below}){joints}{self.labels})*"
        self.unit = rf"(?:\s*(?:{_any(words.unit)}))"
        self.one = rf"(?:{_any(words.part)})\s+|(?:{_any(words.sign)})\s*"
        self.tail_words = f"{_any(words.above)}|{_any(words.below)}"
        self.lead_words = f"{_any(words.above_before)}|{_any(words.below_before)}"
        self.tail = rf"(?P<tail>\s*[,،]?\s*{_QUOTE}?\s*(?:{self.tail_words}){self.right})?"

    @cached_property
    def own(self) -> re.Pattern[str] | None:
        spelled = "|".join([re.escape(h).replace(r"\ ", r"\s+") for h in self.headings])
        end = self.right if self.spaced else ""  # a label may follow at once
        return _compiled(rf"{self.left}(?:{spelled}){end}") if spelled else None

    def named_in(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the headings of the resolution where they stand in a text.

        Most texts have not even the beginning of one, which is seen without a pattern.
        """
        lower = text.lower() if text.isascii() else ""
        if lower and not any([begin in lower for begin in self.begin]):  # noqa: C419  # faster
            return iter(())
        return self.own.finditer(text) if self.own else iter(())

    @cached_property
    def behind(self) -> re.Pattern[str]:
        between = f"(?:{self.words.between})" if self.words.between else ""
        return _compiled(
            rf"{_QUOTE}?{self.space}{between}(?:{_any(self.words.part)}|{_any(self.words.sign)})?\s*"
            rf"(?P<chains>{self.chains}){self.unit}?{self.tail}"
        )

    @cached_property
    def before(self) -> re.Pattern[str]:
        of = self.words.of or "(?!)"
        return _compiled(
            rf"{self.lead}{self.left}(?:{self.one})(?P<chains>{self.chains})\s+(?:{of}){_QUOTE}?$"
        )

    @property
    def lead(self) -> str:
        return rf"(?P<lead>(?:{self.lead_words})\s*的?\s*)?"

    @cached_property
    def direction(self) -> re.Pattern[str]:
        return _compiled(f"{self.tail_words}|{self.lead_words}")

    @cached_property
    def around(self) -> re.Pattern[str]:
        unit = self.unit if self.words.unit else ""
        return _compiled(
            rf"{self.lead}{self.left}(?:{self.one})(?P<chains>{self.chains}){unit}{self.tail}"
        )

    @cached_property
    def _scoped(self) -> tuple[tuple[Scope, re.Pattern[str], str], ...]:
        """Return how labels are cited without a heading, and where to look for them then.

        Each with what stands before the labels: a text without that needs no pattern of labels,
        which are dear to compile.
        """
        words, chains = self.words, f"(?P<chains>{self.chains})"
        note = rf"(?:{_any(words.note)})\s*{{labels}}"
        return tuple(
            (scope, _opening(self.left, form), self.left + form.replace("{labels}", labels))
            for scope, form, labels in (
                (Scope.OPERATIVE, words.operative, chains),
                (Scope.PREAMBULAR, words.preambular, chains),
                (Scope.WHOLE, words.whole, chains),
                (Scope.NOTES, note, rf"(?P<chains>\d{{1,3}}{self.right})"),
            )
            if form
        )

    def scoped_in(self, text: str) -> Iterator[tuple[Scope, re.Match[str]]]:
        """Yield where a text cites labels without a heading, and where to look for them."""
        for scope, opening, form in self._scoped:
            if opening.search(text):
                for match in _compiled(form).finditer(text):
                    yield scope, match

    @cached_property
    def closed(self) -> re.Pattern[str]:
        closes = _any("|".join(filter(None, (self.words.closes, *self.conjunctions))))
        return _compiled(rf"\s*(?:$|[.,;:)\]，。；：、）،؛”»]|(?:{closes}){self.right})")

    @cached_property
    def tailing(self) -> re.Pattern[str]:
        return _compiled(_QUOTE + "?" + self.tail)

    @cached_property
    def leading(self) -> re.Pattern[str]:
        return _compiled(rf"(?:{self.lead_words})\s*的?\s*{_QUOTE}?$")

    @cached_property
    def chain(self) -> re.Pattern[str]:
        return _compiled(self.labels)

    @cached_property
    def label(self) -> re.Pattern[str]:
        return _compiled(rf"{self.single}|{self.below}")

    @cached_property
    def further(self) -> re.Pattern[str]:
        """Match labels behind a heading in one run of italics."""
        space = r"(?<!\s)\s+" if self.spaced else r"(?<!\s)\s*"
        return _compiled(rf"{space}{self.labels}")

    @cached_property
    def joint(self) -> re.Pattern[str]:
        return _compiled(rf"{self.words.to}|{self.words.joins}")

    @cached_property
    def other_behind(self) -> re.Pattern[str]:
        return _compiled(self._named(self.words.other_behind))

    @cached_property
    def other_before(self) -> re.Pattern[str]:
        return _compiled(rf"{self.left}(?:{self._named(self.words.other_before)})$")

    def tail_of(self, phrase: str) -> Tail:
        """Return in which direction a phrase points, by its last words or its first."""
        words = self.words
        for tail, behind, before in (
            (Tail.ABOVE, words.above, words.above_before),
            (Tail.BELOW, words.below, words.below_before),
        ):
            if _compiled(f"^(?:{_any(before)})|(?:{_any(behind)})$").search(phrase):
                return tail
        return Tail.NONE

    def _named(self, form: str) -> str:
        for name in ("of", "this", "others"):
            form = form.replace(f"{{{name}}}", getattr(self.words, name))
        return form


def _edges(language: Language, attached: str) -> tuple[str, str]:
    """Return what holds before a word and behind one, where words stand apart."""
    if not language.spaced:
        return "", "(?![0-9A-Za-z])"
    return rf"(?<![^\W{attached}])", r"(?!\w)"


def _label(facts: LanguageHeader, right: str) -> tuple[str, str]:
    """Return what a label is, and what one is that may stand below another: ``a)``."""
    suffixes = "|".join((_SUFFIXES, *facts.suffixes))
    suffix = rf"(?:\s?(?:{suffixes}))?"
    letters = (
        rf"(?:[{_LATIN}]{{1,8}}|[{facts.letters}ا]{{1,3}}ـ?)"
        if facts.letters
        else (rf"[{_LATIN}]{{1,8}}")
    )
    below = rf"(?>[(（]?{letters}{suffix}\s?[)）])"
    number = rf"\d{{1,3}}(?:\.\d{{1,3}})*{suffix}[)）]?(?![%°]){right}"
    return rf"(?>{number}|{below}{right})", below


def _opening(left: str, form: str) -> re.Pattern[str]:
    """Return what stands before the labels of a form; a pattern of all if they are in a group."""
    try:
        return _compiled(left + form.partition("{labels}")[0])
    except re.error:
        return _compiled("")


def begins(text: str, words: References) -> bool:
    """Tell whether a text begins as headings do."""
    return _first(words.first).match(text) is not None


@cache
def _first(beginnings: str) -> re.Pattern[str]:
    return _compiled(beginnings)


def _any(words: str) -> str:
    """Return a part of a pattern; one that never matches where a language has no such words."""
    return words or "(?!)"


_BEGINNING = re.compile("^[A-Za-z0-9]*").findall
"""Letters of which a pattern that minds no case matches, in ASCII, what ``lower`` makes equal."""


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern; white space, which nothing begins with that follows it, is taken whole.

    Given back space by space, a run of it would be tried in the square of its length.
    """
    pattern = pattern.replace(r"\s+", r"\s++").replace(r"\s*", r"\s*+")
    return re.compile(re.sub("['\u2019]", _APOSTROPHE, pattern), re.IGNORECASE)


patterns = lru_cache(maxsize=64)(ReferencePatterns)
