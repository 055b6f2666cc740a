"""Styles: their names, what they are based on, and the marks and lists that they give.

An id is localised and arbitrary (``Titre1``, ``a3``); the name is what the template calls it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from resamend.numbering import whole_number
from resamend.ooxml.names import value_of, w

if TYPE_CHECKING:
    from lxml import etree

_ODD = re.compile(r"[\W_]+")
_DEEPEST = 20  # styles based on each other


def folded(name: str) -> str:
    """Return a style's name without case, spaces and underscores.

    >>> folded("Res_No") == folded("ResNo") == folded("res no")
    True
    """
    return _ODD.sub("", name).casefold()


class WordStyle(Struct, frozen=True, kw_only=True):
    """Hold the folded name of a style and what it gives; ``marks`` are of its characters."""

    name: str
    marks: str = ""
    list: tuple[str, int] | None = None
    hidden: bool = False


class Styles(Struct, frozen=True):
    """Hold all styles by id, and the usual one of a paragraph."""

    styles: dict[str, WordStyle]
    usual: WordStyle

    def bound(self, levels: Mapping[tuple[str, str], int]) -> Styles:
        """Return the styles, those at their levels that a list binds to one (``lvl/pStyle``)."""
        styles = {
            id: replace(style, list=(style.list[0], levels.get((style.list[0], id), style.list[1])))
            if style.list
            else style
            for id, style in self.styles.items()
        }
        return Styles(
            styles, next((s for s in styles.values() if s.name == self.usual.name), self.usual)
        )

    def of(self, id: str) -> WordStyle:
        """Return a style; one that is not defined is known by its id."""
        if not id:
            return self.usual
        style = self.styles.get(id)
        return style if style else replace(self.usual, name=folded(id))


def read_styles(root: etree._Element | None) -> Styles:
    """Read styles.xml; without one, every style is known by its id."""
    usual = WordStyle(name="normal")
    if root is None:
        return Styles({}, usual)
    elements = {el.get(w("styleId"), ""): el for el in root.iterchildren(w("style"))}
    styles = {id: _style(id, elements) for id in elements}
    for id, element in elements.items():
        if element.get(w("type")) == "paragraph" and element.get(w("default")) in _TRUE:
            usual = styles[id]
    return Styles(styles, usual)


_TRUE = ("1", "true", "on")


def _style(id: str, elements: dict[str, etree._Element]) -> WordStyle:
    """Gather a style from those that it is based on, the nearest deciding."""
    name = value_of(elements[id], "name") or id
    marks, list_, hidden = "", None, False
    chain: list[etree._Element] = []
    while id in elements and elements[id] not in chain and len(chain) < _DEEPEST:
        chain.append(elements[id])
        id = value_of(elements[id], "basedOn")
    for element in reversed(chain):
        properties = element.find(w("rPr"))
        if properties is not None:
            marks, hidden = marks_of(properties, marks, hidden=hidden)
        paragraph = element.find(w("pPr"))
        if paragraph is not None:
            list_ = list_of(paragraph, list_)
    return WordStyle(name=folded(name), marks=marks, list=list_, hidden=hidden)


_VAL = w("val")
_TOGGLES = {w("i"): "i", w("b"): "b", w("vanish"): "v"}
_UNDERLINE, _ALIGNED = w("u"), w("vertAlign")
_ALIGNMENTS = {"superscript": "^", "subscript": "_"}
MARKING = frozenset((*_TOGGLES, _UNDERLINE, _ALIGNED))
"""The properties that mark or hide text."""
_OFF = ("0", "false", "off", "none")
_STRUCK, _COLOUR = frozenset((w("strike"), w("dstrike"))), w("color")
DRAWN = frozenset((*_STRUCK, _COLOUR))
"""The properties with which changes are drawn by hand, beside the underline."""
_NO_COLOUR = (*_OFF, "auto", "000000")


def drawn_as(properties: etree._Element) -> str:
    """Return how a run is drawn by its own properties: ``-`` struck out, ``+`` underlined or
    coloured, as changes are marked by hand."""
    drawn = ""
    for child in properties:
        value = child.get(_VAL)
        if child.tag in _STRUCK and value not in _OFF:
            return "-"
        underlined = child.tag == _UNDERLINE and (value or "none") not in _OFF
        if underlined or (child.tag == _COLOUR and (value or "auto") not in _NO_COLOUR):
            drawn = "+"
    return drawn


def marks_of(
    properties: etree._Element, marks: str = "", *, hidden: bool = False
) -> tuple[str, bool]:
    """Return the marks that properties give to text that has others by its style, and whether
    they hide it."""
    elements = set(marks)
    for child in properties:
        tag = child.tag
        letter = _TOGGLES.get(tag)
        if letter:
            on = child.get(_VAL, "1") not in _OFF
            if letter == "v":
                hidden = on
            else:
                elements = elements | {letter} if on else elements - {letter}
        elif tag == _UNDERLINE:
            on = child.get(_VAL, "none") not in _OFF
            elements = elements | {"u"} if on else elements - {"u"}
        elif tag == _ALIGNED:
            elements = elements - {"^", "_"} | {*_ALIGNMENTS.get(child.get(_VAL, ""), "")}
    return "".join(sorted(elements)), hidden


def list_of(
    properties: etree._Element, inherited: tuple[str, int] | None = None
) -> tuple[str, int] | None:
    """Return the list and level that a paragraph's properties give; list 0 takes it out of any."""
    elements = properties.find(w("numPr"))
    if elements is None:
        return inherited
    key = value_of(elements, "numId") or (inherited[0] if inherited else "")
    level = value_of(elements, "ilvl") or (str(inherited[1]) if inherited else "0")
    if not key or key == "0":
        return None
    return key, min(whole_number(level) or 0, 8)
