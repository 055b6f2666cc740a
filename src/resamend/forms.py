"""The forms of text that bodies negotiate, and the words by which their parts are known.

`BRANCHES` are the parts that have a word and a number of their own ("Chapter II", "Статья 4",
"第三条"), with the name that delegates give them; the words are those of the languages' files
(``FormWords``). A text of no known form has the form of the
conference (headings with lettered or numbered items), or is an outline by its labels.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache, lru_cache

from msgspec import Struct

from resamend.languages import FormWords, codes, header, section
from resamend.model import Kind, Resolution, walk


class TextForm(StrEnum):
    """Name a form of text; ITU's is that of the conference, the default."""

    ITU = "itu"
    UN = "un"
    UNFCCC = "unfccc"
    TREATY = "treaty"
    EU = "eu"
    ISO = "iso"
    MOTION = "motion"
    BILL = "bill"

    @classmethod
    def of(cls, name: str) -> TextForm:
        """Return the form of a name; that of the conference for none, and for one not known."""
        return cls(name) if name in cls._value2member_map_ else cls.ITU

    @property
    def called(self) -> str:
        """Return what a person calls a text of this form."""
        return _CALLED[self]


_CALLED = {
    TextForm.ITU: "a text with headings and lettered or numbered items",
    TextForm.UN: "a United Nations resolution or decision",
    TextForm.UNFCCC: "a decision or negotiating text of the parties to a convention",
    TextForm.TREATY: "a treaty",
    TextForm.EU: "an act of the European Union",
    TextForm.ISO: "a standard in clauses",
    TextForm.MOTION: "a motion",
    TextForm.BILL: "a bill",
}


class PartWord(Struct, frozen=True):
    """Say of a part with a word of its own: its name, its rank (0 the outermost), its key."""

    name: str
    rank: int
    key: str


BRANCHES = (
    PartWord("Annex", -1, "annex"),
    PartWord("Schedule", -1, "schedule"),
    PartWord("Part", 0, "part"),
    PartWord("Title", 1, "title"),
    PartWord("Chapter", 2, "chapter"),
    PartWord("Section", 3, "section"),
    PartWord("Art.", 4, "article"),
    PartWord("clause", 4, "clause"),
)


@cache
def words_of(key: str, *, spaced: bool | None = None) -> str:
    """Return the words of a key of ``FormWords`` in every language, as alternatives of a pattern.

    Of languages whose words stand apart, or not, where ``spaced`` says so.
    """
    words = (
        getattr(own, key)
        for code in codes()
        if (own := section(code, FormWords)) and spaced in (None, header(code).spaced)
    )
    return "|".join(filter(None, words)) or "(?!)"


@cache
def pattern_of(key: str) -> re.Pattern[str]:
    """Return the pattern of a key of ``FormWords``: in every language, in any case."""
    return re.compile(words_of(key), re.IGNORECASE)


@cache
def option_label(*, spaced: bool) -> str:
    """Return the pattern of the label of one of several wordings: "Option 1:", "Option 2 Alt:"."""
    words = words_of("option", spaced=spaced)
    if not spaced:
        return rf"(?:{words})\s?[0-9A-Z一二三四五]{{1,2}}[:：]"
    alt = rf"(?:{words_of('alternative', spaced=True)})"
    return rf"(?:{alt}\s)?(?:{words})\s[0-9A-Z]{{1,2}}(?:\s{alt})?:"


def option_name(label: str) -> str:
    """Return what people call one of several wordings by its label; nothing for another label.

    >>> option_name("Option 2 Alt:"), option_name("Вариант 1:"), option_name("(a)")
    ('Option 2 Alt', 'Option 1', '')
    """
    if not any(re.fullmatch(option_label(spaced=spaced), label) for spaced in (True, False)):
        return ""
    alternative = re.search(rf"\b(?:{words_of('alternative')})\b", label) is not None
    plain = re.sub(rf"\b(?:{words_of('alternative')})\b", "", label)
    number = re.search(r"[0-9]+|[A-Z一二三四五]{1,2}(?=\s?[:：])", plain)
    return f"Option {number[0]}{' Alt' * alternative}" if number else ""


_LATIN = ("bis", "ter", "quater", "quinquies")
_INLINE = (
    r"(?:\s*(?:[—–:]|\.(?=\s)|\s-)\s*(?P<heading>\S.*)|\s*(?P<note>[(（][^()（）]{3,40}[)）]))?"
)
_LONGEST = 160


class Heading(Struct, frozen=True):
    """Hold the head of a part: what it is, its number, its own line, and a heading beside it."""

    branch: PartWord
    number: str
    line: str
    heading: str = ""

    @property
    def name(self) -> str:
        """Return what a delegate calls it: ``Art. 2 bis``, ``Annex I``."""
        return f"{self.branch.name} {self.number}".strip()


@lru_cache(maxsize=1 << 12)
def branch_of(text: str) -> Heading | None:
    """Read the line of a part that has a word and a number; ``None`` for any other line.

    >>> branch_of("Article 2 bis").name, branch_of("PART 1 — Fees").heading, branch_of("Part of it")
    ('Art. 2 bis', 'Fees', None)
    """
    text = text.strip().strip("*[]").rstrip(".")
    if len(text) > _LONGEST:
        return None
    for branch, pattern in _patterns():
        match = pattern.fullmatch(text)
        if match and not (branch.rank >= 0 and not match["number"]):
            number = match["number"] or ""
            number = "1" if pattern_of("first").fullmatch(number) else _arabic(number)
            suffix = (match["suffix"] or "").strip(" -")
            shown = f"{number} {_suffixes().get(suffix.casefold(), suffix)}".strip()
            heading = match["heading"] or ""
            line = text[: match.start("heading")].strip(" \t—–:-.") if heading else text
            return Heading(branch, shown, line, heading)
    return None


_HAN = "一二三四五六七八九"


def _arabic(number: str) -> str:
    """Return a Chinese number up to 99 in digits; any other as it is.

    >>> [_arabic(number) for number in ("三", "十", "十二", "二十", "四十五", "IV")]
    ['3', '10', '12', '20', '45', 'IV']
    """
    tens, ten, ones = number.rpartition("十")
    if not number or any(c not in f"{_HAN}十" for c in number) or len(tens) > 1 or len(ones) > 1:
        return number
    high = (_HAN.index(tens) + 1 if tens else 1) if ten else 0
    return str(10 * high + (_HAN.index(ones) + 1 if ones else 0))


@cache
def _suffixes() -> dict[str, str]:
    """Return what each language writes for *bis*, *ter* … with the Latin of it."""
    names = ("bis", "ter", "quat", "quinquies", "sexies")
    return {
        word: name
        for code in codes()
        for name, words in zip(names, header(code).suffixes, strict=False)
        for word in words.split("|")
    }


@cache
def _patterns() -> tuple[tuple[PartWord, re.Pattern[str]], ...]:
    suffixes = "|".join((*_LATIN, *sorted(_suffixes(), key=len, reverse=True)))
    number = (
        r"(?P<number>[IVXLC]{1,7}(?![^\W\d_])|[0-9]{1,3}(?:er|o|re|[A-Za-z]{1,2})?|[A-ZА-Я]|"
        rf"{words_of('first')})(?P<suffix>[\s-]?(?:{suffixes}))?"
    )
    han = r"(?P<number>[一二三四五六七八九十百0-9]{1,4}|[A-Z])?"
    tail = (
        rf"(?P<suffix>{suffixes})?"
        r"(?:\s*(?P<note>[(（][^()（）]{3,40}[)）])|[\s：:]+(?P<heading>\S.*))?"
    )
    pairs = []
    for branch in BRANCHES:
        spaced, joined = words_of(branch.key, spaced=True), words_of(branch.key, spaced=False)
        numbered = rf"(?:{joined})\s*{han}"
        if branch.rank >= 0:
            numbered = rf"(?:{words_of('before')}){han}(?:{joined})"
        alone = rf"(?:{spaced})(?:[\s\u00a0]+{number})?{_INLINE}"
        pairs += [(branch, re.compile(form, re.I)) for form in (alone, numbered + tail)]
    return tuple(pairs)


class TextStatus(StrEnum):
    """Say what the text is that proposals amend; any other status is a document's symbol."""

    IN_FORCE = "in-force"
    DRAFT = "draft"
    CHAIR = "chair"
    NOT_AGREED = "not-agreed"


_DRAFTED = (TextForm.UN, TextForm.UNFCCC, TextForm.MOTION, TextForm.BILL)
"""Forms of texts that are amended while they are drafts."""
_ADOPTED = re.compile(r"(?:\w+\s)?[0-9]{1,3}/[0-9]{1,3}\.?")
_BRACKET = re.compile(r"\[(?!\^)[^\[\]]*[^\W\d_][^\[\]]*\s[^\[\]]*(?:\]|$)")
"""Words in square brackets, two or more: not ``[sic]``, ``[…]`` or ``[SEN-1]``."""


def status_of(base: Resolution) -> str:
    """Return what a base is: as was stated, or as its brackets, its number line and form say.

    Brackets stand for words that nobody has agreed to, so that a text with some is not in force.
    """
    if base.metadata.status:
        return base.metadata.status
    if has_brackets(base):
        return TextStatus.NOT_AGREED
    titles = (p for p in walk(base.provisions) if p.kind in (Kind.NUMBER, Kind.TITLE))
    lines = [title.text.strip() for title in titles]
    spaced, joined = words_of("draft", spaced=True), words_of("draft", spaced=False)
    draft = re.compile(rf"(?:{spaced})(?!\w)|.*(?:{joined})", re.IGNORECASE)
    if any(map(draft.match, lines)):
        return TextStatus.DRAFT
    adopted = any(map(_ADOPTED.fullmatch, lines))
    drafted = TextForm.of(base.metadata.form) in _DRAFTED and not adopted
    return TextStatus.DRAFT if drafted else TextStatus.IN_FORCE


def has_brackets(base: Resolution) -> bool:
    """Tell whether words of a text stand in square brackets, so that they are not agreed."""
    return any("[" in p.text and _BRACKET.search(p.text) for p in walk(base.provisions))
