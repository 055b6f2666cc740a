"""Styles and lists of an OpenDocument text: what they are called, and the marks they give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from resamend.odf.names import q
from resamend.ooxml.styles import WordStyle, folded
from resamend.ooxml.values import List, NumberingLevel

if TYPE_CHECKING:
    from lxml import etree

_DEEPEST = 20  # styles based on each other
_LEVELS = 9
_FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "": "none",
}  # fmt: skip
_OUTLINE = "\x00outline"
"""The key of the numbering of headings."""


class OdfStyles(Struct):
    """Hold styles by name, and the lists; a list in the text gets a key of its own.

    ``properties`` are what a style says of letters, the nearest last. Of a paragraph's style only
    what is automatic counts: what its named one looks like is no mark of a word.
    """

    styles: dict[str, WordStyle]
    properties: dict[str, tuple[etree._Element, ...]]
    levels: dict[str, tuple[NumberingLevel, ...]]
    lists: dict[str, List]

    def of(self, name: str | None, outer: WordStyle | None = None) -> WordStyle:
        """Return a style, or what letters of it look like within another."""
        own = self.styles.get(name or "") or WordStyle(name=folded(name or "normal"))
        marks = set(outer.marks) if outer else set()
        hidden = outer.hidden if outer else False
        for properties in self.properties.get(name or "", ()):
            marks = _marks(properties, marks)
            hidden = properties.get(q("text:display"), "none" if hidden else "true") == "none"
        return replace(outer or own, marks="".join(sorted(marks)), hidden=hidden)

    def begun(self, style: str, level: int, start: int | None = None) -> str:
        """Return the key of a list that begins, at a level, with a number of its own or not."""
        key = f"{style} {len(self.lists)}"
        levels = list(self.levels.get(style, ()))
        if start is not None and level < len(levels):
            levels[level] = _starting(levels[level], start)
        none = NumberingLevel(form="none")
        filled = (*levels, *[none] * (_LEVELS - len(levels)))
        self.lists[key] = List(key, key, filled)
        return key

    @property
    def outline(self) -> str:
        """Return the key of the numbering of headings, which all of them share."""
        if _OUTLINE not in self.lists:
            self.lists[_OUTLINE] = List(_OUTLINE, _OUTLINE, self.levels.get(_OUTLINE, ()))
        return _OUTLINE


def _starting(level: NumberingLevel, start: int) -> NumberingLevel:
    return replace(level, start=start)


def read_odf_styles(parts: Iterable[etree._Element]) -> OdfStyles:
    """Read the styles of all parts; an automatic one is known by the named one it is based on."""
    elements: dict[str, etree._Element] = {}
    levels: dict[str, tuple[NumberingLevel, ...]] = {}
    for part in parts:
        for style in part.iter(q("style:style")):
            if style.get(q("style:family")) in ("paragraph", "text"):
                elements[style.get(q("style:name"), "")] = style
        for style in part.iter(q("text:list-style")):
            levels[style.get(q("style:name"), "")] = tuple(_levels(style))
        for style in part.iter(q("text:outline-style")):
            levels[_OUTLINE] = tuple(_levels(style))
    chains = {name: _chain(name, elements) for name in elements}
    return OdfStyles(
        {name: _style(chain) for name, chain in chains.items()},
        {name: tuple(_properties(chain)) for name, chain in chains.items()},
        levels,
        {},
    )


def _chain(name: str, elements: Mapping[str, etree._Element]) -> list[etree._Element]:
    """Return a style and those that it is based on, the nearest first."""
    chain: list[etree._Element] = []
    while name in elements and elements[name] not in chain and len(chain) < _DEEPEST:
        chain.append(elements[name])
        name = elements[name].get(q("style:parent-style-name"), "")
    return chain


def _style(chain: Sequence[etree._Element]) -> WordStyle:
    """Return how a style is called: an automatic one as the first named one that it is based on."""
    named = next((e for e in chain if not _is_automatic(e)), chain[0])
    plain = folded(named.get(q("style:display-name"), "") or named.get(q("style:name"), ""))
    listed = (e.get(q("style:list-style-name")) for e in chain)
    key = next((name for name in listed if name is not None), "")
    return WordStyle(name=_NAMES.get(plain, plain), list=(key, 0) if key else None)


def _is_automatic(style: etree._Element) -> bool:
    above = style.getparent()
    return above is not None and above.tag == q("office:automatic-styles")


def _properties(chain: Sequence[etree._Element]) -> Iterator[etree._Element]:
    for element in reversed(chain):
        of_letters = element.get(q("style:family")) == "text" or _is_automatic(element)
        properties = element.find(q("style:text-properties"))
        if of_letters and properties is not None:
            yield properties


_NAMES = {"standard": "normal", "footnote": "footnotetext"}


def _marks(properties: etree._Element, marks: set[str]) -> set[str]:
    """Return the marks that properties give to text that has others by its style."""
    for name, letter, plain in _TOGGLES:
        value = properties.get(q(name))
        if value is not None:
            marks = marks - {letter} if value in plain else marks | {letter}
    where = properties.get(q("style:text-position"), "")
    if where:
        low = where.startswith(("sub", "-"))
        base = where.split()[0] in ("0%", "baseline")
        marks = marks - {"^", "_"} | (set() if base else {"_" if low else "^"})
    return marks


_TOGGLES = (
    ("fo:font-style", "i", ("normal",)),
    ("fo:font-weight", "b", ("normal", "100", "200", "300", "400", "500")),
    ("style:text-underline-style", "u", ("none",)),
)


def _levels(style: etree._Element) -> Iterable[NumberingLevel]:
    """Yield the levels of a list: a number between what stands before and after, or a bullet."""
    for depth, level in enumerate(list(style)[:_LEVELS]):
        form = _FORMS.get(level.get(q("style:num-format"), ""), "decimal")
        start = level.get(q("text:start-value"), "1")
        shown = level.get(q("text:display-levels"), "1")
        if level.tag == q("text:list-level-style-bullet"):
            yield NumberingLevel(form="bullet", text=level.get(q("text:bullet-char"), "•"))
            continue
        first = max(depth + 1 - (int(shown) if shown.isdecimal() else 1), 0)
        places = ".".join(f"%{at + 1}" for at in range(first, depth + 1))
        before, after = level.get(q("style:num-prefix"), ""), level.get(q("style:num-suffix"), "")
        usual = f"{before}{places}{after}" if form != "none" else ""
        own = level.get(q("loext:num-list-format"), "")
        yield NumberingLevel(
            form=form,
            text="".join(_place(part) for part in own.split("%")) if own else usual,
            start=int(start) if start.isdecimal() and len(start) < _LEVELS else 1,
        )


def _place(part: str) -> str:
    """Return a piece of LibreOffice's own form of a label: ``%1%.%2%)`` has numbers between.

    >>> "".join(_place(part) for part in "%1%.%2%)".split("%"))
    '%1.%2)'
    """
    return f"%{part}" if part.isdecimal() else part
