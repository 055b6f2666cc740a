"""Read a proposal of our own form line by line, without a tree of what it asks.

As for texts (``lines``), a parser makes an element of everything, and looking into elements costs
more than reading their lines: each place stands on a line, and so does each mod, but for what an
addition quotes. The rest of the file goes the way of all XML.

What is read this way is what the parser would have read: the rest is well-formed with nothing in
place of these lines, each of them is one element of the form that we write, and their characters
are those of XML. A mod with more in it than plain words is read by the parser, as a piece of XML.
Where anything is otherwise, the whole is left to the parser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from resamend.akn.lines import element_in, has_known_entities, plain, read_body
from resamend.akn.names import NS, RS, akn, has_controls, unaddressed
from resamend.akn.proposal_parts import Part
from resamend.akn.proposal_reading import mods_of, proposal_of, quoted_in
from resamend.akn.reading import Made, Reader
from resamend.errors import InputError
from resamend.safe import Limits, parse_xml

if TYPE_CHECKING:
    from lxml import etree

    from resamend.akn.proposal_parts import Quote
    from resamend.amendment import Proposal

__all__ = ["read_proposal_by_line"]

_V = r'[^"<&\t]*'
_N = "[0-9]{1,9}"
_places = re.compile(
    rf'^ {{10}}<textualMod type="[a-z]+" eId="{_V}" rs:edit="([0-9]+)" rs:of="([a-z]+)"'
    rf'(?: rs:list="({_V})")?(?: rs:at="({_N})(?:,({_N}))?")?(?: rs:moved="({_V})")?>'
    rf'<source href="#({_V})"/><destination href="({_V})"/>'
    rf'(?:<(?:old|new) href="{_V}"/>)*</textualMod>$',
    re.MULTILINE,
).findall
_REF = rf'<ref href="{_V}">[^<]*</ref>[^<]*'
_QUOTED = rf'(?:<quotedText eId="{_V}">([^<]*)</quotedText>[^<]*)?'
_mods = re.compile(
    rf'^ {{8}}(?:<p><mod eId="({_V})">[^<]*{_REF}(?:{_QUOTED}{_QUOTED}</mod></p>|{_REF}</mod></p>'
    rf'|\n {{10}}<quotedStructure eId="{_V}">\n((?:.*\n)+?) {{10}}</quotedStructure></mod></p>)'
    r"|(<p><mod .*</mod></p>))$",
    re.MULTILINE,
).findall
"""No set leaves out line breaks too, which costs time: they are counted afterwards."""


def read_proposal_by_line(data: bytes, reader: Reader) -> Proposal | None:
    """Return the proposal that an ``amendment`` of our own form holds.

    ``None`` where it is anything else: then the parser is to say what.
    """
    sections = _sections(data, reader.limits)
    if sections is None:
        return None
    inner = Reader(reader.name, reader.limits)
    try:
        document = _head(sections.head)
        if document is None:
            return None
        kept = mods_of(document.iterfind(f"{akn('amendmentBody')}/{_CONTENT}/*"))
        known = _known(sections.mods, kept, inner)
        parts = None if known is None else _parts(sections.places, known)
        made = None if parts is None else proposal_of(document, kept, parts, inner)
    except InputError:
        return None
    return None if inner.repairs else made


# -- the file -------------------------------------------------------------------------------------


class _Sections(NamedTuple):
    """Hold the lines of places, those of mods but for what is kept, and what is around them."""

    head: str
    places: str
    mods: str


_PLACES = akn("activeModifications")
_CONTENT = akn("amendmentContent")
_CUTS = (
    "\n        <activeModifications>\n",
    "\n        </activeModifications>\n",
    "\n      <amendmentContent>\n",
    "\n      </amendmentContent>\n",
)
_LARGEST = 5 << 20
"""Bytes beyond which the parser could refuse what is between two elements."""


def _sections(data: bytes, limits: Limits) -> _Sections | None:
    """Cut a file where its places and its mods begin and end; ``None`` if it has no such form."""
    if len(data) > min(limits.size, limits.elements, _LARGEST) or has_controls(data):
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if "\r" in text or ("]" in text and "]]>" in text) or not has_known_entities(text):
        return None
    a = text.find(_CUTS[0])
    b = text.find(_CUTS[1], a)
    c = text.find(_CUTS[2], b)
    d = text.rfind(_CUTS[3])
    if not -1 < a < b < c < d:
        return None
    a, b, c, d = a + len(_CUTS[0]), b + 1, c + len(_CUTS[2]), d + 1
    keeps = text.find(' rs:keep="', c, d)
    e = d if keeps < 0 else text.rindex("\n", 0, keeps) + 1
    return _Sections(text[:a] + text[b:c] + text[e:], text[a:b], text[c:e])


def _head(text: str) -> etree._Element | None:
    """Read a proposal without its places and mods; ``None`` if they may not stand there."""
    root = parse_xml(text.encode(), name="")
    if root.tag != akn("akomaNtoso") or len(root) != 1 or root[0].tag != akn("amendment"):
        return None
    document = root[0]
    places = document.findall(f"{akn('meta')}/{akn('analysis')}/{_PLACES}")
    content = document.findall(f"{akn('amendmentBody')}/{_CONTENT}")
    if [len(places), len(content)] != [1, 1] or len(places[0]):
        return None
    alone = len(list(root.iter(_PLACES, _CONTENT))) == 2
    usual = all(each.nsmap == {None: NS, "rs": RS} for each in (root, places[0], content[0]))
    return document if alone and usual else None


# -- mods and places ------------------------------------------------------------------------------


class _Mod(NamedTuple):
    """Hold what a mod quotes, or adds."""

    quoted: tuple[Quote, ...]
    added: Made | None


def _known(text: str, kept: list[etree._Element], reader: Reader) -> dict[str, _Mod] | None:
    """Read the mods by their ids; ``None`` where there are other lines among them."""
    known: dict[str, _Mod] = {}
    lines = 0
    for id, first, second, structure, whole in _mods(text):
        lines += 1
        if structure:
            lines += structure.count("\n") + 2
            body = read_body(structure[:-1].split("\n"), reader.limits)
            if body is None or body[0].said is not None or body[0].label:
                return None
            known[id] = _Mod((), body[0])
        elif whole:
            mod = _mod(whole)
            if mod is None:
                return None
            known[mod.get("eId", "")] = _Mod(tuple(quoted_in(mod)), None)
        elif second and not first:
            return None
        else:
            known[id] = _Mod(tuple([plain(said) for said in (first, second) if said]), None)
    if lines != text.count("\n") or any(mod.get("eId") in known for mod in kept):
        return None
    return known


def _mod(line: str) -> etree._Element | None:
    """Parse a line as a paragraph with just one mod."""
    piece = element_in(line)
    if piece is None or len(piece) != 1 or len(piece[0]) != 1 or len(mods_of(piece)) != 1:
        return None
    mod = piece[0][0]
    return mod if piece[0].tag == akn("p") and mod.find(akn("quotedStructure")) is None else None


def _parts(text: str, known: dict[str, _Mod]) -> list[Part] | None:
    """Pair each place with its mod; ``None`` where there are other lines among them."""
    found = _places(text)
    if len(found) != text.count("\n"):
        return None
    parts = []
    for edit, of, list_, start, end, goes, id, to in found:
        mod = known.get(id)
        ends = _ENDS.get(of)
        if mod is None or (ends is not None and (not start or ends is not bool(end))):
            return None
        target = unaddressed(to.rpartition("#")[2])
        at = (int(start), int(end or start)) if ends is not None else (0, 0)
        parts.append(Part(edit, of, target, *at, list_, goes or None, *mod))
    return parts


_ENDS = {"text": True, "gone": True, "added": True, "variant": False}
"""The streams whose parts have a place, and whether it has an end."""
