"""Word's automatic numbering: the lists of numbering.xml, and the labels that they print."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from resamend.numbering import to_chinese
from resamend.ooxml.names import value_of, w
from resamend.ooxml.symbols import shown_symbol
from resamend.ooxml.values import List, NumberingLevel

if TYPE_CHECKING:
    from lxml import etree

_DEEPEST = 9


def read_lists(root: etree._Element | None) -> tuple[List, ...]:
    """Read numbering.xml."""
    if root is None:
        return ()
    families = {el.get(w("abstractNumId"), ""): el for el in root.iterchildren(w("abstractNum"))}
    links = ((value_of(el, "styleLink"), id) for id, el in families.items())
    styled = {link: id for link, id in links if link}
    return tuple(_list(el, families, styled) for el in root.iterchildren(w("num")))


def _list(
    element: etree._Element, families: dict[str, etree._Element], styled: dict[str, str]
) -> List:
    family = value_of(element, "abstractNumId")
    definition = families.get(family)
    linked = "" if definition is None else value_of(definition, "numStyleLink")
    if linked in styled:
        family = styled[linked]
        definition = families[family]
    levels = {} if definition is None else _levels(definition)
    anew = False
    for override in element.iterchildren(w("lvlOverride")):
        at = _number(override.get(w("ilvl")), 0)
        own = override.find(w("lvl"))
        if own is not None:
            levels[at] = _level(own)
        start = value_of(override, "startOverride")
        if start:
            anew = True
            levels[at] = replace(levels.get(at, NumberingLevel()), start=_number(start, 1))
    filled = tuple(levels.get(at, NumberingLevel(form="none")) for at in range(_DEEPEST))
    return List(element.get(w("numId"), ""), family, filled, anew)


def levels_of_styles(root: etree._Element | None) -> dict[tuple[str, str], int]:
    """Return the level that a list binds to a style, by the keys of both (``lvl/pStyle``)."""
    if root is None:
        return {}
    families = {el.get(w("abstractNumId"), ""): el for el in root.iterchildren(w("abstractNum"))}
    return {
        (number.get(w("numId"), ""), style): _number(level.get(w("ilvl")), 0)
        for number in root.iterchildren(w("num"))
        for level in families.get(value_of(number, "abstractNumId"), number).iterchildren(w("lvl"))
        if (style := value_of(level, "pStyle"))
    }


def _levels(definition: etree._Element) -> dict[int, NumberingLevel]:
    return {_number(el.get(w("ilvl")), 0): _level(el) for el in definition.iterchildren(w("lvl"))}


def _level(element: etree._Element) -> NumberingLevel:
    fonts = element.find(f"{w('rPr')}/{w('rFonts')}")
    font = "" if fonts is None else fonts.get(w("ascii"), "")
    return NumberingLevel(
        form=value_of(element, "numFmt") or "decimal",
        text=value_of(element, "lvlText"),
        start=_number(value_of(element, "start") or None, 1),
        restarts=value_of(element, "lvlRestart") != "0",
        font=font if font.casefold() in ("symbol", "wingdings") else "",
        legal=element.find(w("isLgl")) is not None,
    )


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < _DEEPEST else otherwise


class Counters:
    """Count through the paragraphs of one text, in their order."""

    def __init__(self, lists: Iterable[List]) -> None:
        self.lists = {numbering.key: numbering for numbering in lists}
        self.counts: dict[str, list[int | None]] = {}
        self.begun: set[str] = set()

    def label(self, key: str, level: int) -> str:
        """Return the label of the next paragraph of a list at a level; empty for none."""
        numbering = self.lists.get(key)
        if numbering is None:
            return ""
        counts = self.counts.setdefault(numbering.family, [None] * _DEEPEST)
        if numbering.starts_anew and key not in self.begun:
            counts[:] = [None] * _DEEPEST
        self.begun.add(key)
        last = counts[level]
        counts[level] = numbering.levels[level].start if last is None else last + 1
        for deeper in range(level + 1, _DEEPEST):
            if numbering.levels[deeper].restarts:
                counts[deeper] = None
        return _printed(numbering.levels, level, counts)


def _printed(levels: tuple[NumberingLevel, ...], level: int, counts: list[int | None]) -> str:
    this = levels[level]
    if this.form == "bullet":
        shown = "".join(shown_symbol(ord(sign), this.font) for sign in this.text)
        return {"o": "◦"}.get(shown, shown.strip()) or "•"
    text = this.text
    for at in range(level + 1):
        count = counts[at]
        number = levels[at].start if count is None else count
        form = "decimal" if this.legal and levels[at].form != "none" else levels[at].form
        text = text.replace(f"%{at + 1}", _spelt(form, number))
    return text.strip()


_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_ALPHA = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"


def _spelt(form: str, number: int) -> str:
    """Spell a number in one of Word's forms; in decimals where the form is not known.

    >>> [_spelt(form, 28) for form in ("lowerLetter", "upperRoman", "decimalZero", "ordinal")]
    ['bb', 'XXVIII', '28', '28']
    """
    spell = _FORMS.get(form)
    return spell(number) if spell else str(number)


def _doubled(letters: str) -> Callable[[int], str]:
    """Return the way that doubles letters after the last: aa, bb."""

    def spell(number: int) -> str:
        if number < 1:
            return str(number)
        times, at = divmod(number - 1, len(letters))
        return letters[at] * min(times + 1, _DEEPEST)

    return spell


_NUMERALS = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def _roman(number: int) -> str:
    if not 0 < number < 5000:
        return str(number)
    roman_text = ""
    for value, numeral in _NUMERALS:
        times, number = divmod(number, value)
        roman_text += numeral * times
    return roman_text


def _chinese(number: int) -> str:
    return to_chinese(number) if 0 < number < 100 else str(number)


_FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _doubled(_LATIN),
    "upperLetter": _doubled(_LATIN.upper()),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "russianLower": _doubled(_RUSSIAN),
    "russianUpper": _doubled(_RUSSIAN.upper()),
    "arabicAbjad": _doubled(_ABJAD),
    "arabicAlpha": _doubled(_ALPHA),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
}
