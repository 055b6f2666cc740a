"""Labels: read them, continue them, and make language-neutral ids from them.

A label is what stands before a provision: ``1``, ``1.1``, ``1bis``, ``a)``, ``aa)`` (after z the
letters double), ``(a)``, ``i)``, ``أ)``, ``'1'``, ``•``. Suffixes of inserted provisions are bis,
ter, quat … A label alone can be read in two ways (``v)`` is 5 or the letter after ``u)``):
`readings` gives them all, and its list decides.

Reading forgives what spelling does not write: look-alike letters of another alphabet, the digits
and presentation forms of Arabic, invisible marks of direction. A provision keeps its label as it
was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache, lru_cache

from msgspec import Struct
from msgspec.structs import replace

from resamend.languages import codes, header
from resamend.model import Kind, Provision, Resolution


class LabelStyle(StrEnum):
    """Say how a label counts."""

    DECIMAL = "1"
    LETTER = "a"
    CAPITAL = "A"
    ROMAN = "i"
    CAPITAL_ROMAN = "I"
    ABJAD = "أ"
    CHINESE = "一"
    BULLET = "•"


class Label(Struct, frozen=True, kw_only=True):
    """Hold a label in parts: ``(`` + ``1.`` + 2 in its style + ``bis`` + ``)``.

    ``letters`` is the alphabet in which it counts, where that is not the Latin one.
    """

    style: LabelStyle
    number: int
    opening: str = ""
    before: str = ""
    suffix: int = 0
    closing: str = ""
    letters: str = ""


_SUFFIXES = (
    "", "bis", "ter", "quat", "quinquies", "sexies", "septies", "octies", "nonies", "decies",
)  # fmt: skip


@cache
def _suffix_ranks() -> dict[str, int]:
    """Return the rank of each suffix, as it is read in any language."""
    ranks = {**{word: rank for rank, word in enumerate(_SUFFIXES)}, "quater": 3, "quinq": 4}
    for code in codes():
        for rank, words in enumerate(header(code).suffixes, 1):
            ranks |= dict.fromkeys(words.translate(_alike()).split("|"), rank)
    return ranks


@cache
def _alphabets() -> tuple[str, ...]:
    """Return the letters in which lists count, besides the Latin ones."""
    return tuple(filter(None, (header(code).letters for code in codes())))


@cache
def _label() -> re.Pattern[str]:
    """Compile what a label is."""
    suffixes = "|".join(sorted(filter(None, _suffix_ranks()), key=len, reverse=True))
    letters = "".join(rf"|[{alphabet}]{{1,3}}" for alphabet in _alphabets())
    return re.compile(
        r"(?P<opening>[(\[（'‘]?)(?P<before>(?:[0-9]{1,4}\.)*)"
        rf"(?P<body>[0-9]{{1,6}}|[a-z]{{1,8}}?|[A-Z]{{1,8}}?|[十{_CHINESE}]{{1,3}}{letters})"
        rf"(?:[\s-]?(?P<suffix>{suffixes}|-(?:1[1-9]|[2-9][0-9])))?"
        r"(?:(?P<sign>\.-| ?[-–—/]|[°º、．])|\s?(?P<closing>\.?[)\]）'’]?))"
    )


_BULLETS = frozenset("•–—-·▪◦*−●○■□▫◻◆◇❖➢➔➲✓✗✦★❑❒☐☑☒⇨→")
_CHINESE = "一二三四五六七八九"
_ROMAN = re.compile(r"(?=.)c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_DIGITS = (
    ("c", 100), ("xc", 90), ("l", 50), ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4),
    ("i", 1),
)  # fmt: skip
_LONGEST = 24  # code points; no label is longer


_DIGITS = 9
"""Digits of the longest number that anything here bears."""


def whole_number(text: str) -> int | None:
    """Return the number that a text is; ``None`` where it is none, or of more than nine digits.

    >>> whole_number("27"), whole_number("٢"), whole_number("-1"), whole_number("9" * 5001)
    (27, 2, None, None)
    """
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else None


def parse(label: str, *, roman: bool = True) -> Label | None:
    """Read a label by itself; ``None`` where it is no label.

    ``i``, ``v``, ``x`` and whatever is no letter of a list are read as Roman numbers unless
    ``roman`` is false.

    >>> [parse(label).number for label in ("1bis", "aa)", "iv)", "l)", "ﻫ )")], parse("that")
    ([1, 27, 4, 12, 5], None)
    """
    options = readings(label)
    if not roman:
        options = tuple(
            r for r in options if r.style not in (LabelStyle.ROMAN, LabelStyle.CAPITAL_ROMAN)
        )
    return options[0] if options else None


def unbracketed(label: str) -> str:
    """Return a label without its brackets and full stop, in which two hands differ.

    >>> {unbracketed(label) for label in ("a)", "(a)", "a.")}, unbracketed("1.1.")
    ({'a'}, '1.1')
    """
    return label.strip(" .()[]（）'’‘") or label


@cache
def _alike() -> dict[int, str | None]:
    """Return what is read as something else, or as nothing; none of it is ASCII."""
    return {
        **{base + digit: str(digit) for base in (0x660, 0x6F0, 0xFF10) for digit in range(10)},
        **{
            code: unicodedata.normalize("NFKC", chr(code))
            for code in range(0xFE80, 0xFEF5)  # Arabic letters as they look at an edge of a word
        },
        **dict.fromkeys(map(ord, "\u0640\u200c\u200d\u200e\u200f\u061c\ufeff"), None),
        **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], None),
        **{0x3220 + rank: f"({digit})" for rank, digit in enumerate(_CHINESE + "十")},
        ord("ا"): "أ",
    }


_LOOK_ALIKES = dict(zip(map(ord, "асеорхуіАСЕОРХІ"), "aceopxyiACEOPXI", strict=True))
"""Cyrillic letters in labels that are Latin, and the other way round: the list decides."""


@lru_cache(maxsize=1 << 12)
def readings(label: str) -> tuple[Label, ...]:
    """Return every way to read a label, the likeliest by itself first.

    >>> [(label.style.name, label.number) for label in readings("v)")]
    [('ROMAN', 5), ('LETTER', 22)]
    """
    label = label.strip()
    if label in _BULLETS:
        return (Label(style=LabelStyle.BULLET, number=1, opening=label),)
    if len(label) > _LONGEST:
        return ()
    if label.isascii():
        return tuple(_read(label))
    folded = label.translate(_alike())
    latin = folded.translate(_LOOK_ALIKES)
    return tuple(dict.fromkeys((*_read(latin), *(_read(folded) if folded != latin else ()))))


def _read(label: str) -> Iterator[Label]:
    match = _label().fullmatch(label)
    if not match:
        return
    for style, number in _counts(match["body"]):
        yield Label(
            style=style,
            number=number,
            opening=match["opening"],
            before=match["before"],
            suffix=_rank(match["suffix"] or ""),
            closing=match["sign"] or match["closing"],
            letters=_alphabet(match["body"]) if style is LabelStyle.ABJAD else "",
        )


def _rank(suffix: str) -> int:
    return int(suffix[1:]) - 1 if suffix.startswith("-") else _suffix_ranks()[suffix]


def _counts(body: str) -> Iterator[tuple[LabelStyle, int]]:
    """Yield the style and number of each reading; a single c or l is a letter first."""
    if body.isdecimal():
        yield LabelStyle.DECIMAL, int(body)
        return
    letters = set(body)
    lower = body.lower()
    small = body == lower
    numeral = bool(_ROMAN.fullmatch(lower))
    roman = (
        LabelStyle.ROMAN if small else LabelStyle.CAPITAL_ROMAN,
        _from_roman(lower) if numeral else 0,
    )
    if body[0] == "十" or body[0] in _CHINESE:
        if chinese := _from_chinese(body):
            yield LabelStyle.CHINESE, chinese
    elif alphabet := _alphabet(body):
        if len(letters) == 1:
            yield LabelStyle.ABJAD, alphabet.index(body[0]) + 1 + len(alphabet) * (len(body) - 1)
    elif len(letters) > 1:  # aa, bb is the second round of the alphabet, ab is no label
        if numeral:
            yield roman
    else:
        first = lower[0] in "ivx"
        if numeral and first:
            yield roman
        yield (
            LabelStyle.LETTER if small else LabelStyle.CAPITAL,
            ord(lower[0]) - 96 + 26 * (len(body) - 1),
        )
        if numeral and not first:
            yield roman


def _alphabet(body: str) -> str:
    """Return the alphabet of a label's letters, where that is not the Latin one."""
    return next((letters for letters in _alphabets() if body[0] in letters), "")


def _from_chinese(body: str) -> int:
    """Read a number up to 99; 0 where it is none.

    >>> [_from_chinese(body) for body in ("三", "十", "十二", "二十", "九十九", "二三")]
    [3, 10, 12, 20, 99, 0]
    """
    tens, ten, ones = body.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return 0
    tenfold = _CHINESE.find(tens) + 1 if tens else len(ten)
    return 10 * tenfold + (_CHINESE.find(ones) + 1 if ones else 0)


def to_chinese(number: int) -> str:
    """Spell a number from 1 to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_CHINESE[tens - 1]}十"
    return head + (_CHINESE[ones - 1] if ones else "")


def _from_roman(body: str) -> int:
    total = 0
    while body:
        digit, value = next((d, v) for d, v in _ROMAN_READ if body.startswith(d))
        total += value
        body = body[len(digit) :]
    return total


_ROMAN_READ = sorted(_ROMAN_DIGITS, key=lambda pair: -len(pair[0]))


def spell(label: Label) -> str:
    """Write a label.

    >>> spell(Label(style=LabelStyle.LETTER, number=28, closing=")")), spell(parse("3ter"))
    ('bb)', '3ter')
    """
    if label.style is LabelStyle.BULLET:
        return label.opening
    body = _body(label.style, label.number, label.letters)
    return f"{label.opening}{label.before}{body}{_suffix(label.suffix)}{label.closing}"


def _suffix(rank: int) -> str:
    return _SUFFIXES[rank] if rank < len(_SUFFIXES) else f"-{rank + 1}"


def _body(style: LabelStyle, number: int, letters: str = "") -> str:
    if style is LabelStyle.DECIMAL:
        return str(number)
    if style is LabelStyle.CHINESE:
        return to_chinese(number) if number < 100 else str(number)
    if style in (LabelStyle.ROMAN, LabelStyle.CAPITAL_ROMAN):
        body = _to_roman(number)
    else:
        alphabet = letters or "abcdefghijklmnopqrstuvwxyz"
        rounds, at = divmod(number - 1, len(alphabet))
        body = alphabet[at] * (rounds + 1)
    return body.upper() if style in (LabelStyle.CAPITAL, LabelStyle.CAPITAL_ROMAN) else body


def _to_roman(number: int) -> str:
    written = ""
    for digit, value in _ROMAN_DIGITS:
        while number >= value:
            written += digit
            number -= value
    return written


def renumbered(labels: Sequence[str]) -> tuple[str, ...]:
    """Number a list anew, in the style of its first label; what has no number keeps none.

    >>> renumbered(["1", "1bis", "2", "", "3"])
    ('1', '2', '3', '', '4')
    >>> renumbered(["a)", "c)", "i)"]), renumbered(["i)", "j)"])
    (('a)', 'b)', 'c)'), ('a)', 'b)'))
    """
    return _renumbered(tuple(labels))


def list_renumbered(provisions: Sequence[Provision], labels: Sequence[str]) -> tuple[str, ...]:
    """Number a list of provisions, which bear these labels, anew.

    Its footnotes keep theirs: they are numbered through the whole text.
    """
    notes = {k for k, provision in enumerate(provisions) if provision.kind is Kind.FOOTNOTE}
    if not notes:
        return renumbered(labels)
    written = renumbered(["" if k in notes else label for k, label in enumerate(labels)])
    return tuple(labels[k] if k in notes else label for k, label in enumerate(written))


@lru_cache(maxsize=1 << 12)
def _renumbered(labels: tuple[str, ...]) -> tuple[str, ...]:
    by_label = [
        [r for r in readings(label) if r.style is not LabelStyle.BULLET] for label in labels
    ]
    counted = [options for options in by_label if options]
    if not counted:
        return labels
    first = counted[0][0]
    if len(counted[0]) > 1:
        first = max(counted[0], key=lambda r: (_likeness(r, counted), spell(r) in labels))
    number = 0
    written = []
    for label, options in zip(labels, by_label, strict=True):
        number += bool(options)
        written.append(spell(replace(first, number=number, suffix=0)) if options else label)
    return tuple(written)


def _likeness(first: Label, counted: list[list[Label]]) -> int:
    """Return how many labels of a list can be read in the style of one reading of the first."""
    return sum(any(r.style is first.style for r in options) for options in counted)


def inserted(before: str, taken: Sequence[str]) -> str:
    """Return the first free label for a provision inserted after ``before``.

    >>> inserted("1", ["1", "1bis", "2"]), inserted("b)", ["b)"])
    ('1ter', 'bbis)')
    """
    label = parse(before)
    if label is None or label.style is LabelStyle.BULLET:
        return before
    rank = label.suffix + 1
    while (written := spell(replace(label, suffix=rank))) in taken:
        rank += 1
    return written


_ABBREVIATIONS = {
    Kind.PREAMBULAR: "recs",
    Kind.OPERATIVE: "dvs",
    Kind.ANNEX: "att",
    Kind.TEXT: "p",
    Kind.FOOTNOTE: "ftn",
    Kind.TABLE: "table",
    Kind.ROW: "tr",
    Kind.CELL: "td",
    Kind.NUMBER: "number",
    Kind.TITLE: "title",
    Kind.ENACTING: "formula",
    Kind.RESOLUTION: "resolution",
    Kind.MOVED: "moved",
}


def eids(resolution: Resolution) -> Resolution:
    """Give every provision a language-neutral id made from its place and label.

    The ids follow the naming convention of Akoma Ntoso: ``recs_1__rec_a``,
    ``dvs_2__para_3__point_ii``. A label that occurs twice gets an ordinal, so ids are unique.
    """
    return replace(resolution, provisions=_with_ids(resolution.provisions, "", None, 0, {}))


def _with_ids(
    provisions: tuple[Provision, ...],
    stem: str,
    group: Kind | None,
    depth: int,
    taken: dict[str, int],
) -> tuple[Provision, ...]:
    named = []
    counts: dict[str, int] = {}
    for provision in provisions:
        id = _fresh(_name(provision, group, depth, counts), taken, stem)
        flat = provision.kind is Kind.RESOLUTION
        inner = provision.kind if provision.kind is not Kind.ITEM else group
        children = _with_ids(
            provision.children,
            "" if flat else f"{id}__",
            inner,
            depth + 1 if provision.kind is Kind.ITEM else 0,
            taken,
        )
        named.append(replace(provision, id=id, children=children))
    return tuple(named)


def _name(provision: Provision, group: Kind | None, depth: int, counts: dict[str, int]) -> str:
    if provision.kind is not Kind.ITEM:
        stem = _ABBREVIATIONS[provision.kind]
        counts[stem] = counts.get(stem, 0) + 1
        if provision.kind in (Kind.NUMBER, Kind.TITLE, Kind.RESOLUTION) and counts[stem] == 1:
            return stem
        return f"{stem}_{counts[stem]}"
    top = "rec" if group is Kind.PREAMBULAR else "para"
    stem = (top, "point", "indent")[min(depth, 2)]
    counts[stem] = counts.get(stem, 0) + 1
    label = parse(provision.label)
    if label is None or label.style is LabelStyle.BULLET:
        return f"{stem}_{counts[stem]}"
    style = _NEUTRAL.get(label.style, label.style)
    before = label.before.replace(".", "-")
    return f"{stem}_{before}{_body(style, label.number)}{_suffix(label.suffix)}"


_NEUTRAL = {LabelStyle.ABJAD: LabelStyle.LETTER, LabelStyle.CHINESE: LabelStyle.DECIMAL}
"""How the labels of one language count in an id, which all share."""


def _fresh(name: str, taken: dict[str, int], stem: str) -> str:
    """Return an id that none before has; ``taken`` counts how often each was asked for."""
    first = id = f"{stem}{name}"
    while id in taken:
        taken[first] += 1
        id = f"{first}_{taken[first]}"
    taken[id] = 1
    return id
