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
from typing import TYPE_CHECKING

from msgspec import Struct

from resamend.akn.lines import element_in, has_known_entities, plain, read_body
from resamend.akn.names import SPACES, akn, has_controls, unaddressed
from resamend.akn.proposal_head import ProposalHead, read_head
from resamend.akn.proposal_parts import EditPart, edits_of
from resamend.akn.proposal_reading import mods_of, proposal_of, quoted_in
from resamend.akn.reading import ProvisionReader, ReadProvisions
from resamend.amendment import Proposal
from resamend.errors import InputError
from resamend.safe import Limits, parse_piece

if TYPE_CHECKING:
    from lxml import etree

    from resamend.akn.proposal_parts import Quote

__all__ = ["read_proposal_by_line"]

_N = "[0-9]{1,9}"
_places = re.compile(
    r'^ {10}<textualMod type="[a-z]+" eId="[^"]*" rs:edit="([0-9]+)" rs:of="([a-z]+)"'
    rf'(?: rs:list="([^"]*)")?(?: rs:at="({_N})(?:,({_N}))?")?(?: rs:moved="([^"]*)")?>'
    r'<source href="#([^"]*)"/><destination href="([^"]*)"/>'
    r'(?:<(?:old|new) href="#[^"]*"/>)*</textualMod>$',
    re.MULTILINE,
).findall
_REF = r'<ref href="[^"<&\t]*">[^<]*</ref>[^<]*'
_QUOTED = r'(?:<quotedText eId="[^"<&\t]*">([^<]*)</quotedText>[^<]*)?'
_mods = re.compile(
    rf'^ {{8}}(?:<p><mod eId="([^"<&\t]*)">[^<]*{_REF}'
    rf"(?:{_QUOTED}{_QUOTED}</mod></p>|{_REF}</mod></p>"
    r'|\n {10}<quotedStructure eId="[^"<&\t]*">\n((?:.*\n)+?) {10}</quotedStructure></mod></p>)'
    r'|(<p><mod eId="([^"<&\t]*)".*</mod></p>))$',
    re.MULTILINE,
).findall
"""A set that leaves out one character is the fastest: what else may not be there is counted."""


def read_proposal_by_line(data: bytes, reader: ProvisionReader) -> Proposal | None:
    """Return the proposal that an ``amendment`` of our own form holds.

    ``None`` where it is anything else: then the parser is to say what.
    """
    sections = _sections(data, reader.limits)
    if sections is None:
        return None
    inner = ProvisionReader(reader.name, reader.limits)
    head = read_head(sections.head)
    try:
        made = _with_head(head, sections, inner) if head else _with_more(sections, inner)
    except InputError:
        return None
    return None if inner.repairs else made


def _with_head(head: ProposalHead, sections: _Sections, reader: ProvisionReader) -> Proposal | None:
    """Return a proposal of which the head says no more than usual."""
    mods = _mods_by_id(sections.mods, [])
    parts = None if mods is None else _parts(sections.places, mods, reader)
    if parts is None:
        return None
    return Proposal(
        id=head.id,
        language=head.language,
        base_digest=head.base_digest,
        revision=head.revision,
        proponents=head.proponents,
        date=head.date,
        base=head.base,
        edits=edits_of(parts, reader),
        illustrative=head.illustrative,
    )


def _with_more(sections: _Sections, reader: ProvisionReader) -> Proposal | None:
    """Return a proposal of which the head, and what is kept, is read as a piece of XML."""
    document = _head(sections.head)
    if document is None:
        return None
    kept = mods_of(document.iterfind(f"{akn('amendmentBody')}/{_CONTENT}/*"))
    mods = _mods_by_id(sections.mods, kept)
    parts = None if mods is None else _parts(sections.places, mods, reader)
    return None if parts is None else proposal_of(document, kept, parts, reader)


# -- the file -------------------------------------------------------------------------------------


class _Sections(Struct, frozen=True, gc=False):
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
    root = parse_piece(text, SPACES)
    if root.tag != akn("akomaNtoso") or len(root) != 1 or root[0].tag != akn("amendment"):
        return None
    document = root[0]
    places = document.findall(f"{akn('meta')}/{akn('analysis')}/{_PLACES}")
    content = document.findall(f"{akn('amendmentBody')}/{_CONTENT}")
    if [len(places), len(content)] != [1, 1] or len(places[0]):
        return None
    alone = len(list(root.iter(_PLACES, _CONTENT))) == 2
    usual = all(each.nsmap == SPACES for each in (root, places[0], content[0]))
    return document if alone and usual else None


# -- mods and places ------------------------------------------------------------------------------


_Mod = tuple[str, str, str, str, str, str]
"""Of a mod its id, the words that it quotes first and second, what it adds; or its line and id."""


def _mods_by_id(text: str, kept: list[etree._Element]) -> dict[str, _Mod] | None:
    """Return the mods by their ids; ``None`` where there are other lines among them."""
    found: list[_Mod] = _mods(text)
    more = sum([mod[3].count("\n") + 2 for mod in found if mod[3]])
    if len(found) + more != text.count("\n"):
        return None
    if "&" in text:
        found = [(mod[0], plain(mod[1]), plain(mod[2]), *mod[3:]) for mod in found]
    known = {mod[0] or mod[5]: mod for mod in found}
    alone = len(known) == len(found) and all(mod.get("eId") not in known for mod in kept)
    return known if alone else None


def _parts(text: str, mods: dict[str, _Mod], reader: ProvisionReader) -> list[EditPart] | None:
    """Pair each place with its mod; ``None`` where there are other lines among them."""
    found = _places(text)
    ends = text.count('<old href="#') + text.count('<new href="#')
    if len(found) != text.count("\n") or 4 * len(found) + ends != text.count("<"):
        return None
    if "&" in text or "\t" in text:
        return None
    parts = []
    read: set[str] = set()
    for edit, of, list_, start, end, goes, id, to in found:
        mod = mods.get(id)
        at = _ENDS.get(of)
        if mod is None or (at is not None and (not start or at is not bool(end))):
            return None
        first, last = (int(start), int(end or start)) if at is not None else (0, 0)
        _, old, new, structure, line, _ = mod
        quoted = _parsed(line) if line else (old, new) if new else (old,) if old else ()
        if quoted is None or (new and not old):
            return None
        added = _added(structure, reader) if of == "added" and not goes else None
        if of == "added" and not goes and added is None:
            return None
        to = unaddressed(to.rpartition("#")[2])
        if structure and added is None:
            return None
        read.add(id)
        parts.append(EditPart(edit, of, to, first, last, list_, goes or None, quoted, added))
    unread = any(id not in read and (mod[3] or mod[4]) for id, mod in mods.items())
    return None if unread else parts


_ENDS = {"text": True, "gone": True, "added": True, "variant": False}
"""The streams of which a part says where, and whether it says an end."""


def _parsed(line: str) -> tuple[Quote, ...] | None:
    """Parse a line as a paragraph with just one mod, and return what that quotes."""
    piece = element_in(line)
    if piece is None or len(piece) != 1 or piece[0].tag != akn("p") or len(piece[0]) != 1:
        return None
    mods = mods_of(piece)
    if len(mods) != 1 or mods[0].find(akn("quotedStructure")) is not None:
        return None
    return tuple(quoted_in(mods[0]))


def _added(structure: str, reader: ProvisionReader) -> ReadProvisions | None:
    """Read what a mod adds; ``None`` where only the parser can."""
    body = read_body(structure[:-1].split("\n"), reader.limits) if structure else None
    return None if body is None or body[0].said is not None or body[0].label else body[0]
