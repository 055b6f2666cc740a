"""Labels: read them, continue them, and make language-neutral ids from them.

A label is what stands before a provision: ``1``, ``1.1``, ``1bis``, ``a)``, ``aa)`` (after z the
letters double), ``(a)``, ``i)``, ``•``. Suffixes of inserted provisions are bis, ter, quat …
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from resamend.model import Kind, Language, Provision, Resolution

__all__ = [
    "Label",
    "Style",
    "eids",
    "inserted",
    "parse",
    "path",
    "renumbered",
    "spell",
]


class Style(StrEnum):
    """Say how a label counts."""

    DECIMAL = "1"
    LETTER = "a"
    CAPITAL = "A"
    ROMAN = "i"
    ABJAD = "أ"
    BULLET = "•"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Hold a label in parts: ``(`` + ``1.`` + 2 in its style + ``bis`` + ``)``."""

    style: Style
    number: int
    opening: str = ""
    before: str = ""
    suffix: int = 0
    closing: str = ""


_SUFFIXES = (
    "", "bis", "ter", "quat", "quinquies", "sexies", "septies", "octies", "nonies", "decies",
)  # fmt: skip
_SUFFIX_READ = {
    **{word: rank for rank, word in enumerate(_SUFFIXES)},
    "quater": 3,
    "quinq": 4,
    "之二": 1,
    "之三": 2,
    "مكررا": 1,
    "مكررًا": 1,
}
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_LOOK_ALIKES = str.maketrans("асеорхуіАСЕОРХ", "aceopxyiACEOPX")
_LABEL = re.compile(
    r"(?P<opening>\(?)(?P<before>(?:\d+\.)*)(?P<body>\d+|[a-z]{1,6}?|[A-Z]{1,2}|[أ-ي])"
    rf"\s?(?P<suffix>{'|'.join(filter(None, sorted(_SUFFIX_READ, key=len, reverse=True)))}|)"
    r"(?P<closing>[.)]?\)?)"
)
_BULLETS = frozenset("•–—-·▪◦*−")
_ROMAN = re.compile(r"(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_DIGITS = (("l", 50), ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))


@lru_cache(maxsize=4096)
def parse(label: str, *, roman: bool = True) -> Label | None:
    """Read a label; ``None`` where it is no label.

    ``i``, ``v`` and ``x`` are read as Roman numbers unless ``roman`` is false. Cyrillic letters
    that look like Latin ones are read as those (only in labels).

    >>> parse("1bis"), parse("aa)").number, parse("iv)").number, parse("that")
    (Label(style=<Style.DECIMAL: '1'>, number=1, opening='', before='', suffix=1, closing=''), 27, 4, None)
    """  # noqa: E501
    label = label.strip()
    if label in _BULLETS:
        return Label(style=Style.BULLET, number=1, opening=label)
    match = _LABEL.fullmatch(label.translate(_LOOK_ALIKES))
    if not match:
        return None
    style, number = _count(match["body"], roman)
    if not number:
        return None
    return Label(
        style=style,
        number=number,
        opening=match["opening"],
        before=match["before"],
        suffix=_SUFFIX_READ[match["suffix"]],
        closing=match["closing"],
    )


def _count(body: str, roman: bool) -> tuple[Style, int]:
    if body.isdecimal():
        return Style.DECIMAL, int(body)
    if body in _ABJAD:
        return Style.ABJAD, _ABJAD.index(body) + 1
    if roman and body.islower() and _ROMAN.fullmatch(body):
        return Style.ROMAN, _from_roman(body)
    style = Style.LETTER if body.islower() else Style.CAPITAL
    same = len(set(body)) == 1  # aa, bb: the second round of the alphabet
    return style, ord(body[0].lower()) - 96 + 26 * (len(body) - 1) if same else 0


def _from_roman(body: str) -> int:
    total = 0
    while body:
        digit, value = next((d, v) for d, v in _ROMAN_DIGITS if body.startswith(d))
        total += value
        body = body[len(digit) :]
    return total


def spell(label: Label) -> str:
    """Write a label.

    >>> spell(Label(style=Style.LETTER, number=28, closing=")")), spell(parse("3ter"))
    ('bb)', '3ter')
    """
    if label.style is Style.BULLET:
        return label.opening
    body = _body(label.style, label.number)
    return f"{label.opening}{label.before}{body}{_suffix(label.suffix)}{label.closing}"


def _suffix(rank: int) -> str:
    return _SUFFIXES[rank] if rank < len(_SUFFIXES) else f"-{rank + 1}"


def _body(style: Style, number: int) -> str:
    if style is Style.DECIMAL:
        return str(number)
    if style is Style.ABJAD:
        return _ABJAD[(number - 1) % len(_ABJAD)]
    if style is Style.ROMAN:
        return _to_roman(number)
    letter = chr(97 + (number - 1) % 26) * (1 + (number - 1) // 26)
    return letter.upper() if style is Style.CAPITAL else letter


def _to_roman(number: int) -> str:
    written = ""
    for digit, value in _ROMAN_DIGITS_DOWN:
        while number >= value:
            written += digit
            number -= value
    return written


_ROMAN_DIGITS_DOWN = tuple(sorted(_ROMAN_DIGITS, key=lambda pair: -pair[1]))


def renumbered(labels: Sequence[str]) -> tuple[str, ...]:
    """Number a list anew, in the style of its first label; what has no number keeps none.

    >>> renumbered(["1", "1bis", "2", "", "3"])
    ('1', '2', '3', '', '4')
    >>> renumbered(["a)", "c)", "i)"])
    ('a)', 'b)', 'c)')
    """
    return _renumbered(tuple(labels))


@lru_cache(maxsize=1 << 12)
def _renumbered(labels: tuple[str, ...]) -> tuple[str, ...]:
    first = next(filter(None, map(parse, labels)), None)
    if first is None or first.style is Style.BULLET:
        return labels
    number = 0
    written = []
    for label in labels:
        if label and parse(label):
            number += 1
            label = spell(replace(first, number=number, suffix=0))
        written.append(label)
    return tuple(written)


def inserted(before: str, taken: Sequence[str]) -> str:
    """Return the first free label for a provision inserted after ``before``.

    >>> inserted("1", ["1", "1bis", "2"]), inserted("b)", ["b)"])
    ('1ter', 'bbis)')
    """
    label = parse(before)
    if label is None or label.style is Style.BULLET:
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
}


def eids(resolution: Resolution) -> Resolution:
    """Give every provision a language-neutral id made from its place and label.

    The ids follow the naming convention of Akoma Ntoso: ``recs_1__rec_a``,
    ``dvs_2__para_3__point_ii``. A label that occurs twice gets an ordinal, so ids are unique.
    """
    return replace(resolution, provisions=_with_ids(resolution.provisions, "", None, 0))


def _with_ids(
    provisions: tuple[Provision, ...], stem: str, group: Kind | None, depth: int
) -> tuple[Provision, ...]:
    made = []
    taken: set[str] = set()
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
        )
        made.append(replace(provision, id=id, children=children))
    return tuple(made)


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
    if label is None or label.style is Style.BULLET:
        return f"{stem}_{counts[stem]}"
    style = Style.LETTER if label.style is Style.ABJAD else label.style
    before = label.before.replace(".", "-")
    return f"{stem}_{before}{_body(style, label.number)}{_suffix(label.suffix)}"


def _fresh(name: str, taken: set[str], stem: str) -> str:
    id, rank = f"{stem}{name}", 1
    while id in taken:
        rank += 1
        id = f"{stem}{name}_{rank}"
    taken.add(id)
    return id


_NAMES = {
    Kind.NUMBER: ("number line", "numéro", "número", "номер", "编号", "رقم القرار"),
    Kind.TITLE: ("title", "titre", "título", "название", "标题", "العنوان"),
    Kind.ENACTING: (
        "enacting clause",
        "formule introductive",
        "fórmula introductoria",
        "вступительная формула",
        "起首语",
        "الصيغة الافتتاحية",
    ),
    Kind.RESOLUTION: ("resolution", "résolution", "resolución", "резолюция", "决议", "القرار"),
    Kind.FOOTNOTE: ("footnote", "note", "nota", "сноска", "脚注", "حاشية"),
    Kind.TABLE: ("table", "tableau", "cuadro", "таблица", "表", "جدول"),
}
_ORDER = tuple(Language)


def path(chain: Sequence[Provision], position: int, language: Language) -> str:
    """Say where a provision is in the words that delegates use: ``resolves 2``, ``noting c)``.

    ``chain`` leads from the outermost provision down to the one named; ``position`` counts it
    among its siblings, from 0, and is said where it has no label.
    """
    return " ".join(_steps(chain, position, language)) or _named(Kind.RESOLUTION, language)


def _steps(chain: Sequence[Provision], position: int, language: Language) -> Iterator[str]:
    for provision in chain:
        last = provision is chain[-1]
        if provision.kind is Kind.RESOLUTION:
            continue
        if provision.kind in (Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX):
            yield provision.text.strip().rstrip(",:")
        elif provision.label:
            yield provision.label
        elif provision.kind is Kind.FOOTNOTE:
            yield f"{_named(provision.kind, language)} {position + 1}"
        elif provision.kind in _NAMES:
            yield _named(provision.kind, language)
        elif last and position:
            yield f"§{position + 1}"


def _named(kind: Kind, language: Language) -> str:
    return _NAMES[kind][_ORDER.index(language)]
