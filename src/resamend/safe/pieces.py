"""Read a small piece of plain XML without a parser, where it surely is what a parser would read.

The head of a file of ours and the lines that are read by themselves are some dozen elements; to
load a parser for them takes a tenth of a short run. So they are read by a pattern, as long as they
are nothing but elements that nest, attributes in double quotes, text, and references to the five
entities that every XML has, in namespaces that the reader names. Anything else, also anything that
is wrong, is left to the parser, which then says what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from resamend.safe.characters import forbidden_character

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Piece", "parse_piece", "plain_piece"]

_NAME = "[a-zA-Z][a-zA-Z0-9_.-]*"
_token = re.compile(
    rf'<(/?)((?:{_NAME}:)?{_NAME})((?: [^<>="&]+="[^<"\t\n]*")*)(/?)>|([^<]+)'
).match
_attributes = re.compile(rf' ((?:{_NAME}:)?{_NAME})="([^"]*)"').findall
_step = re.compile(r"((?:\{[^}]*\})?[^/\[]+)(?:\[@([^=]+)='([^']*)'\])?(?:/|$)").findall
_entity = re.compile("&[^;]*;?")
_SMALL = 1 << 16
"""Code points of the longest piece that is read here, and below how many elements one may be."""
_BLANK = " \t\r\n"
"""White space as XML knows it: others may not stand around the root."""
_DEEP = 50
_XML = "http://www.w3.org/XML/1998/namespace"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_KNOWN = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}


class Piece:
    """Hold an element: so much of one of lxml's as the readers of our own form ask for."""

    __slots__ = ("attributes", "inside", "name", "nsmap", "parent", "tag", "tail", "text")
    sourceline = 1

    def __init__(
        self,
        tag: str,
        name: str,
        attributes: Mapping[str, str],
        parent: Piece | None,
        nsmap: Mapping[str | None, str],
    ) -> None:
        self.tag = tag
        self.name = name
        """The tag as it is written, with its prefix."""
        self.attributes = attributes
        self.parent = parent
        self.nsmap = nsmap
        self.text: str | None = None
        self.tail: str | None = None
        self.inside: list[Piece] = []
        if parent is not None:
            parent.inside.append(self)

    def get(self, name: str, default: str | None = None) -> str | None:
        """Return an attribute."""
        return self.attributes.get(name, default)

    def __len__(self) -> int:
        return len(self.inside)

    def __iter__(self) -> Iterator[Piece]:
        return iter(self.inside)

    def __getitem__(self, at: int) -> Piece:
        return self.inside[at]

    def iter(self, *tags: str) -> Iterator[Piece]:
        """Yield this element and all below it that have one of these tags, or any."""
        if not tags or self.tag in tags:
            yield self
        for child in self.inside:
            yield from child.iter(*tags)

    def iterchildren(self, tag: str) -> Iterator[Piece]:
        """Yield the elements right below with this tag."""
        return (child for child in self.inside if child.tag == tag)

    def itertext(self) -> Iterator[str]:
        """Yield the text in this element, without what follows it."""
        if self.text:
            yield self.text
        for child in self.inside:
            yield from child.itertext()
            if child.tail:
                yield child.tail

    def getparent(self) -> Piece | None:
        """Return the element around this one."""
        return self.parent

    def iterancestors(self) -> Iterator[Piece]:
        """Yield the elements around this one, the nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def iterfind(self, path: str, namespaces: Mapping[str, str] | None = None) -> Iterator[Piece]:
        """Yield what stands at a path of tags or ``*``, each with ``[@name='value']`` or not."""
        found = iter((self,))
        for name, key, value in _step(path):
            prefix, colon, local = name.partition(":")
            known = not colon or name.startswith("{")
            tag = name if known else f"{{{(namespaces or {})[prefix]}}}{local}"
            found = _below([*found], tag, key, value)
        return found

    def findall(self, path: str, namespaces: Mapping[str, str] | None = None) -> list[Piece]:
        """Return all that stands at a path."""
        return [*self.iterfind(path, namespaces)]

    def find(self, path: str, namespaces: Mapping[str, str] | None = None) -> Piece | None:
        """Return the first that stands at a path."""
        return next(self.iterfind(path, namespaces), None)


def _below(found: list[Piece], tag: str, key: str, value: str) -> Iterator[Piece]:
    for each in found:
        for child in each.inside:
            if tag in ("*", child.tag) and (not key or child.attributes.get(key) == value):
                yield child


def parse_piece(text: str, namespaces: Mapping[str | None, str]) -> etree._Element:
    """Parse a small piece of XML whose root usually declares just these namespaces.

    What is returned answers as an element of lxml does. Raises ``Unreadable``.
    """
    root = plain_piece(text, namespaces)
    if root is not None:
        return cast("etree._Element", root)
    from resamend.safe.xml import parse_xml

    return parse_xml(text.encode(), name="")


def plain_piece(text: str, namespaces: Mapping[str | None, str]) -> Piece | None:
    """Read a piece of plain XML without a parser; ``None`` where it is to be parsed."""
    text = text.removeprefix(_DECLARATION)
    if len(text) > _SMALL or "]]>" in text or not _is_sound(text):
        return None
    above: list[Piece] = []
    last = root = None
    at = 0
    while at < len(text):
        match = _token(text, at)
        if match is None:
            return None
        at = match.end()
        end, name, said, alone, words = match.groups()
        if words is not None:
            if above and last is None:
                above[-1].text = _plain(words)
            elif above and last is not None:
                last.tail = _plain(words)
            elif words.strip(_BLANK):
                return None
        elif end:
            if not above or said or alone or above[-1].name != name:
                return None
            last = above.pop()
        else:
            made = _made(name, said, above[-1] if above else None, namespaces)
            if made is None or (root is not None and not above) or len(above) > _DEEP:
                return None
            root = made if root is None else root
            if alone:
                last = made
            else:
                above.append(made)
                last = None
    return None if above else root


def _is_sound(text: str) -> bool:
    """Tell whether XML can hold all characters, and every reference is to a known entity."""
    if not text.replace("\n", "").isprintable() and ("\r" in text or forbidden_character(text)):
        return False
    return "&" not in text or _KNOWN.keys() >= set(_entity.findall(text))


def _made(
    name: str, said: str, parent: Piece | None, namespaces: Mapping[str | None, str]
) -> Piece | None:
    """Make an element; ``None`` where a parser would refuse it, or know more namespaces."""
    found: list[tuple[str, str]] = _attributes(said)
    if "".join([f' {key}="{value}"' for key, value in found]) != said:
        return None
    declared = {key[6:] or None: value for key, value in found if key.split(":")[0] == "xmlns"}
    if declared != (namespaces if parent is None else {}):
        return None
    attributes = {}
    for key, value in found[len(declared) :]:
        prefix, colon, local = key.rpartition(":")
        space = (_XML if key == "xml:lang" else namespaces.get(prefix)) if colon else None
        if prefix == "xmlns" or key == "xmlns" or (colon and space is None):
            return None
        attributes[f"{{{space}}}{local}" if colon else key] = _plain(value)
    if len(attributes) + len(declared) < len(found):
        return None
    prefix, _, local = name.rpartition(":")
    space = namespaces.get(prefix or None)
    if space is None:
        return None
    return Piece(f"{{{space}}}{local}", name, attributes, parent, namespaces)


def _plain(text: str) -> str:
    return _entity.sub(lambda found: _KNOWN[found[0]], text) if "&" in text else text
