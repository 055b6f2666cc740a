"""Read a text of our own form line by line, without a tree of elements.

A parser makes an element of everything, and looking into an element costs more than reading its
line. The form that we write has a provision a line or a few, and texts that states send repeat most
lines of the base. So the head of such a file, up to its ``meta``, goes the way of all XML; in the
body a line is looked up among those that were read before, else it is read by itself: whole items
by their pattern, any other by the parser, as a piece of XML.

What is read this way is what the parser would have read. The head is well-formed with nothing in
place of the body; each line of the body is one element, or opens or closes one, and they nest; its
characters are those of XML, and nothing in it could be a comment, CDATA, a reference to an unknown
entity or white space that a parser changes. Where a line is anything else, the whole is left to the
parser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from resamend.akn.names import KINDS, NS, RS, SPACES, akn
from resamend.akn.phrases import Phrase
from resamend.akn.reading import ProvisionReader, ReadProvisions
from resamend.errors import InputError
from resamend.model import WHOLE, Kind, Provision
from resamend.safe import LIMITS, Limits, forbidden_character, parse_piece
from resamend.words import LONG

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["element_in", "has_known_entities", "items_by_line", "plain", "read_body"]

_TAGS = ("recital", "paragraph", "point", "indent", "item")
_KINDS = {tag: KINDS[akn(tag)] for tag in (*_TAGS, "recitals", "division")}
_WHOLE_LINES = frozenset({*_KINDS, "formula", "container"})
_THROUGH = (
    "list", "blockList", "preface", "preamble", "mainBody", "attachments", "intro", "wrapUp",
)  # fmt: skip
_BEGUN = r' *<(\w+) eId="([^"<&\t]+)">'
_LABEL = "(?:<num>([^<]*)</num>)?"
_item = re.compile(
    rf"{_BEGUN}<num>([^<]*)</num>(<content>)?<p>([^<]+)</p>(?(4)</content>)</\1>"
).fullmatch
"""One character left out at a time: sets are several times slower."""
_opened = re.compile(rf"{_BEGUN}{_LABEL}(?:<p>([^<]+)</p>|<heading>([^<]+)</heading>)?").fullmatch
_worded = re.compile(
    rf" *(?:{_LABEL}<heading>([^<]+)</heading>|<intro><p>([^<]+)</p></intro>)"
).fullmatch
_tag = re.compile(r" *<(\w+)[ >]").match
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}
_entity = re.compile("&[^;]*;?")

_KEPT = 1 << 14
"""How many lines are remembered: those of a large text, and what others change in it."""


class _Opening(Struct, frozen=True, gc=False):
    """Hold what opens a provision that has others below it."""

    tag: str
    kind: Kind
    id: str
    label: str
    said: Phrase | None


class _Words(Struct, frozen=True, gc=False):
    """Hold a heading, with the label before it, or the words before a list."""

    label: str | None
    said: Phrase
    heading: bool


class _Section(Struct, frozen=True, gc=False):
    """Hold the beginning or the end of an element that is not a provision, or of one that is."""

    tag: str
    end: bool


class _Piece(Struct, frozen=True, gc=False):
    """Hold whole provisions that the parser read from a line."""

    provisions: tuple[Provision, ...]
    ids: tuple[str, ...]


_Line = Provision | _Opening | _Words | _Section | _Piece | None


_SECTIONS = {
    **{f"<{tag}>": _Section(tag, end=False) for tag in _THROUGH},
    **{f"</{tag}>": _Section(tag, end=True) for tag in (*_THROUGH, *_KINDS)},
}
_Open = tuple[str, _Opening | None, ReadProvisions]
"""An element that is open: its tag, and what is being made of it and around it."""


def read_body(
    lines: Sequence[str], limits: Limits = LIMITS
) -> tuple[ReadProvisions, list[str]] | None:
    """Return what the body of a text says, and the ids in it; ``None`` where it is to be parsed."""
    made = ReadProvisions(headed=True)
    ids: list[str] = []
    stack: list[_Open] = []
    deepest = limits.depth - _SHALLOW.depth
    read = _line if max(map(len, lines), default=0) <= LONG else _long_line
    for line, found in zip(lines, map(read, lines), strict=True):
        if type(found) is Provision:
            ids.append(found.id)
            made.children.append(found)
            continue
        if type(found) is not _Section:
            step = _taken(line, found, made, stack, ids)
        elif found.end:
            step = _closed(found.tag, stack, made)
        else:
            stack.append((found.tag, None, made))
            step = made
        if step is None or len(stack) > deepest:
            return None
        made = step
    return None if stack else (made, ids)


def _taken(
    line: str, found: _Line, made: ReadProvisions, stack: list[_Open], ids: list[str]
) -> ReadProvisions | None:
    """Take in a line that is not a whole item; return what the next one belongs to."""
    if type(found) is _Opening:
        ids.append(found.id)
        stack.append((found.tag, found, made))
        inside = ReadProvisions(headed=found.kind in WHOLE)
        inside.label = found.label
        inside.said = found.said
        return inside
    if type(found) is _Piece:
        ids += found.ids
        made.children += found.provisions
        return made
    if type(found) is _Words and made.said is None and found.heading == made.headed:
        made.said = found.said
        made.label = made.label if found.label is None else found.label
        return made
    return _parsed_into(line, made, stack, ids)


def _closed(tag: str, stack: list[_Open], made: ReadProvisions) -> ReadProvisions | None:
    """Close an element; a provision goes to what is around it."""
    if not stack:
        return None
    begun, opening, outer = stack.pop()
    if begun != tag:
        return None
    if opening is not None:
        said = made.said or _NOTHING
        children = (*said.notes, *made.children)
        outer.children.append(
            Provision(
                id=opening.id,
                kind=opening.kind,
                label=made.label,
                text=said.text,
                marks=said.marks,
                children=children,
            )
        )
    return outer


_NOTHING = Phrase("")


@lru_cache(maxsize=_KEPT)
def _line(line: str) -> _Line:
    """Read a line by itself; ``None`` where that depends on what is around it.

    The texts that states send repeat most lines of the base; what such a line says is made once.
    """
    if not _is_plain(line):
        return None
    if (item := _whole(line)) is not None:
        return item
    if (section := _SECTIONS.get(line.lstrip(" "))) is not None:
        return section
    return _beginning(line) or _words(line) or _piece(line)


def _long_line(line: str) -> _Line:
    """Read a line that may be one of those that are too long to be kept."""
    return _line(line) if len(line) <= LONG else _line.__wrapped__(line)


def _whole(line: str) -> Provision | None:
    """Read an item that stands whole on a line, if that is what it holds."""
    match = _item(line)
    if match is None:
        return None
    tag, id, label, _, text = match.groups()
    if tag not in _TAGS:
        return None
    return Provision(id=id, kind=Kind.ITEM, label=plain(label), text=_same(plain(text)))


def _is_plain(line: str) -> bool:
    """Tell whether a line has no character, reference or end of CDATA that a parser would mind."""
    if not line.isprintable() and ("\r" in line or forbidden_character(line)):
        return False
    return has_known_entities(line) and "]]>" not in line


def has_known_entities(text: str) -> bool:
    """Tell whether a text refers to no entity but the five that every XML has."""
    return "&" not in text or set(_entity.findall(text)) <= _ENTITIES.keys()


def _beginning(line: str) -> _Opening | None:
    """Read what opens a provision."""
    match = _opened(line)
    if match is None:
        return None
    tag, id, label, text, heading = match.groups()
    kind = _KINDS.get(tag)
    if kind is None or (text and kind in WHOLE) or (heading and tag != "division"):
        return None
    said = text or heading
    return _Opening(tag, kind, id, plain(label or ""), _said(said) if said else None)


def _words(line: str) -> _Words | None:
    match = _worded(line)
    if match is None:
        return None
    label, heading, intro = match.groups()
    if intro is not None:
        return _Words(None, _said(intro), heading=False)
    return _Words(None if label is None else plain(label), _said(heading), heading=True)


def _said(text: str) -> Phrase:
    return Phrase(_same(plain(text)))


def plain(text: str) -> str:
    """Read text with the five references that every XML has."""
    return _entity.sub(lambda found: _ENTITIES[found[0]], text) if "&" in text else text


# -- by the parser --------------------------------------------------------------------------------


def _piece(line: str) -> _Piece | None:
    """Read a line that holds whole provisions with more in them than plain words."""
    found = _tag(line)
    if found is None or found[1] not in _WHOLE_LINES or f"</{found[1]}>" not in line:
        return None
    element = None if "rs:wrap" in line else element_in(line)
    if element is None:
        return None
    reader, made = ProvisionReader("", _SHALLOW), ReadProvisions(headed=True)
    try:
        reader.fill(made, element)
    except InputError:
        return None
    if reader.repairs or made.said or made.label:
        return None
    return _Piece(tuple(made.children), tuple(reader.ids))


_SHALLOW = replace(LIMITS, depth=20)
"""A line that holds more than this is left to the parser, with what is around it."""


def _parsed_into(
    line: str, made: ReadProvisions, stack: list[_Open], ids: list[str]
) -> ReadProvisions | None:
    """Read a line by the parser as a part of what is around it."""
    found = _tag(line)
    if found is None:
        return None
    reader = ProvisionReader("", _SHALLOW)
    try:
        element = element_in(line)
        if element is not None:
            reader.fill(made, element)
        else:
            element = element_in(f"{line}</{found[1]}>") if found[1] in _KINDS else None
            if element is None or len(element) != 1:  # it may end one and open the next
                return None
            made = _unclosed(element[0], reader, made, stack)
    except InputError:
        return None
    ids += reader.ids
    return None if reader.repairs else made


def _unclosed(
    element: etree._Element, reader: ProvisionReader, made: ReadProvisions, stack: list[_Open]
) -> ReadProvisions:
    """Enter a provision whose own text has more in it than plain words."""
    tag = str(element.tag).rpartition("}")[2]
    if element.get("eId") is None:
        reader.report("it is not a usual one")
    opening = _Opening(tag, _KINDS[tag], reader.id_of(element), "", None)
    stack.append((tag, opening, made))
    inside = ReadProvisions(headed=opening.kind in WHOLE)
    reader.fill(inside, element)
    return inside


def element_in(line: str) -> etree._Element | None:
    """Parse a piece of XML as what an element holds; ``None`` where it is not one."""
    try:
        return parse_piece(f"<x {_SPACES}>{line}</x>", SPACES)
    except InputError:
        return None


_SPACES = f'xmlns="{NS}" xmlns:rs="{RS}"'

# -- provisions -----------------------------------------------------------------------------------


def _same(text: str) -> str:
    """Return the same object for the same text: it is compared at once, and kept once."""
    return _kept(text) if len(text) <= LONG else text


@lru_cache(maxsize=_KEPT)
def _kept(text: str) -> str:
    return text


# -- among elements --------------------------------------------------------------------------------


def items_by_line(data: bytes) -> Mapping[int, Provision]:
    """Return the items that stand whole on one line, by the number of the line, from 1.

    A parser says on which line an element stands. So in a draft, whose other lines are not of the
    plain form, most items need not be looked into. Lines can be trusted to be what they look like
    where the document has no comment, CDATA section or instruction, which is seen at once; else
    nothing is read this way.
    """
    if b"<!" in data or b"\r" in data or data.count(b"<?") > 1:
        return {}
    lines = data.decode("utf-8").split("\n")
    if len(lines) > _LINES:
        return {}
    found = (_whole(line) if _is_plain(line) else None for line in lines)
    return {number: item for number, item in enumerate(found, 1) if item}


_LINES = 60_000
"""Beyond this many lines older parsers no longer count them."""
