"""Lay provisions out as elements, one provision a line or a few.

Every element of the schema holds some kinds of provisions and not others. A provision in its usual
place is the element made for it. Elsewhere it is a ``tblock`` (where the schema wants blocks) or an
``hcontainer`` (where it wants hierarchy) with ``rs:kind``, or stands in a wrapper with ``rs:wrap``;
so every tree can be written, and is read back as it was.

The first ``p`` of an element is its provision's own text, further ones are provisions below it; a
provision whose text is a heading has it in ``heading``, and every ``p`` is a provision below it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import groupby, takewhile

from msgspec import Struct

from resamend.akn.footnotes import inline_notes, noted
from resamend.akn.inline import write_inline
from resamend.akn.names import attribute, escaped, is_id
from resamend.model import WHOLE, Kind, Provision

_NO_NOTES: dict[int, str] = {}
EMPTY = ' rs:empty="true"'
_WRAP = ' rs:wrap="true"'
_LEVELS = ("paragraph", "point", "indent")
_BLOCKS = frozenset({Kind.TEXT, Kind.TABLE, Kind.ROW, Kind.CELL, Kind.FOOTNOTE})
_NUMBER_LINE = re.compile(r"([^\W\d]+)( )(?=[\w.-]*\d)([\w.-]++)(?:( \()([^()<&]+)(\)))?")
"""RESOLUTION 140 (REV. BUSAN, 2014)"""
_CONTAINERS = {Kind.NUMBER: "identification", Kind.TITLE: "title"}


class LayoutEntry(Struct, frozen=True, gc=False):
    """Put a provision into a list, with attributes beyond its own; ``added`` if not the base's."""

    provision: Provision
    extra: str = ""
    added: bool = False


class ElementLayout:
    """Collect a text's lines; a draft overrides ``text``, ``has_words``, ``note`` and ``below``."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self.lines: list[str] = []
        self.taken = set(reserved)

    # -- what a provision holds ---------------------------------------------------------------

    def text(self, provision: Provision, notes: dict[int, str]) -> str:
        """Return a provision's text as inline elements; ``notes`` are its footnotes by place."""
        if not provision.marks:
            return escaped(provision.text)
        return write_inline(provision.text, provision.marks, noted(notes))

    def note(self, provision: Provision, position: int) -> LayoutEntry:
        """Return the footnote that stands in the text as the child at ``position``."""
        return LayoutEntry(provision.children[position])

    def below(self, provision: Provision, first: int) -> Sequence[LayoutEntry]:
        """Return what stands below a provision, from the child ``first`` on."""
        return (
            [LayoutEntry(child) for child in provision.children[first:]]
            if provision.children
            else ()
        )

    def own(self, provision: Provision) -> tuple[str, Sequence[LayoutEntry]]:
        """Return a provision's own text as it is written, and what stands below it."""
        if not provision.marks:
            return self.text(provision, _NO_NOTES), self.below(provision, 0)
        places = inline_notes(provision)
        notes = {at: self._note(self.note(provision, n)) for n, at in enumerate(places)}
        return self.text(provision, notes), self.below(provision, len(places))

    def _note(self, entry: LayoutEntry) -> str:
        """Return a footnote as one line."""
        lines, self.lines = self.lines, []
        note = entry.provision
        marker = attribute("marker", note.label) if note.label else ""
        self._item("authorialNote", entry, 0, f'{marker} placement="bottom"', numbered=False)
        written = "".join(line.lstrip(" ") for line in self.lines)
        self.lines = lines
        return written

    def identity(self, id: str) -> str:
        """Return the attribute for a provision's id: ``eId`` if the schema lets it be one."""
        # An eId may occur once in a document, metadata included.
        if id not in self.taken and (written := _as_id(id)):
            self.taken.add(id)
            return written
        return attribute("rs:id", id)

    def line(self, indent: int, written: str) -> None:
        self.lines.append("  " * indent + written)

    # -- where blocks stand -------------------------------------------------------------------

    def blocks(self, entries: Iterable[LayoutEntry], indent: int) -> None:
        """Write entries where the schema wants block elements; items in a row are a list."""
        for listed, row in groupby(entries, lambda e: e.provision.kind in (Kind.ITEM, Kind.MOVED)):
            if not listed:
                for entry in row:
                    self._block(entry, indent)
                continue
            self.line(indent, "<blockList>")
            for entry in row:
                self._item_or_place("item", entry, indent + 1)
            self.line(indent, "</blockList>")

    def _block(self, entry: LayoutEntry, indent: int) -> None:
        provision = entry.provision
        if provision.kind is Kind.TABLE and not provision.label:
            self._table(entry, indent)
        elif provision.kind is Kind.TEXT and not provision.label:
            self._text(entry, indent)
        else:
            self._item("tblock", entry, indent, _kind(provision))

    def _text(self, entry: LayoutEntry, indent: int) -> None:
        """Write a paragraph; one with something below it needs an element that can hold more."""
        attributes = self.identity(entry.provision.id) + entry.extra
        own, below = self.own(entry.provision)
        if not below:
            self.line(indent, _element("p", attributes, own))
            return
        head = f"<tblock{_kind(entry.provision)}{attributes}>{_element('p', '', own)}"
        self._around(head, "</tblock>", below, self.blocks, indent)

    def _item_or_place(self, tag: str, entry: LayoutEntry, indent: int) -> None:
        if entry.provision.kind is Kind.MOVED:
            self.line(indent, f"<{tag}{_place(entry)}><p/></{tag}>")
        else:
            self._item(tag, entry, indent)

    def _item(
        self,
        tag: str,
        entry: LayoutEntry,
        indent: int,
        attributes: str = "",
        *,
        numbered: bool = True,
    ) -> None:
        """Write a provision as label, own text, and blocks below it."""
        provision = entry.provision
        head = f"<{tag}{attributes}{self.identity(provision.id)}{entry.extra}>"
        own, below = self.own(provision)
        head += _num(provision) if numbered else ""
        if provision.kind in WHOLE:
            head += f"<heading>{own}</heading>" if own else ""
            # The schema wants a block below; this one is not read back.
            head += "" if below else f"<p{EMPTY}/>"
        else:
            head += _element("p", "", own)
        self._around(head, f"</{tag}>", below, self.blocks, indent)

    def _around(
        self,
        head: str,
        foot: str,
        below: Sequence[LayoutEntry],
        write: Callable[[Sequence[LayoutEntry], int], None],
        indent: int,
    ) -> None:
        """Write what stands below between a head and a foot; on one line if nothing does."""
        if not below:
            self.line(indent, head + foot)
            return
        self.line(indent, head)
        write(below, indent + 1)
        self.line(indent, foot)

    # -- tables -------------------------------------------------------------------------------

    def _table(self, entry: LayoutEntry, indent: int) -> None:
        self.line(indent, f"<table{self.identity(entry.provision.id)}{entry.extra}>")
        own, below = self.own(entry.provision)
        if own:
            self.line(indent + 1, f"<caption>{own}</caption>")
        for row in below:
            self.row(row, indent + 1)
        if not below:
            self.line(indent + 1, f"<tr{EMPTY}><td/></tr>")
        self.line(indent, "</table>")

    def row(self, entry: LayoutEntry, indent: int) -> None:
        provision = entry.provision
        if provision.kind is Kind.MOVED:
            self.line(indent, f"<tr{_place(entry)}><td/></tr>")
            return
        # A tr has room for neither a number nor words of its own.
        if provision.kind is Kind.ROW and not provision.label and not self.has_words(provision):
            head = f"<tr{self.identity(provision.id)}{entry.extra}>"
            _, below = self.own(provision)
            self._around(
                head if below else f"{head}<td{EMPTY}/>", "</tr>", below, self.cells, indent
            )
            return
        self._wrapped(f"<tr{_WRAP}><td{_WRAP}>", "</td></tr>", entry, indent)

    def has_words(self, provision: Provision) -> bool:
        """Tell whether a provision has words of its own, in any version."""
        return bool(provision.text)

    def cells(self, entries: Sequence[LayoutEntry], indent: int) -> None:
        for entry in entries:
            provision = entry.provision
            if provision.kind is Kind.MOVED:
                self.line(indent, f"<td{_place(entry)}/>")
            elif provision.kind is Kind.CELL and not provision.label:
                self._item("td", entry, indent, numbered=False)
            else:
                self._wrapped(f"<td{_WRAP}>", "</td>", entry, indent)

    def _wrapped(self, head: str, foot: str, entry: LayoutEntry, indent: int) -> None:
        self._around(head, foot, [entry], self.blocks, indent)

    # -- hierarchy ----------------------------------------------------------------------------

    def body(self, entries: Iterable[LayoutEntry], indent: int) -> None:
        """Write entries where the schema wants hierarchy or blocks: a ``mainBody``."""
        for entry in entries:
            if entry.provision.kind in _BLOCKS:
                self._block(entry, indent)
            else:
                self.hierarchy(entry, indent, 0)

    def hierarchy(self, entry: LayoutEntry, indent: int, level: int) -> None:
        """Write an entry where the schema wants hierarchy; ``level`` counts the items above it."""
        kind = entry.provision.kind
        tag = _LEVELS[min(level, 2)]
        if kind is Kind.MOVED:
            self.line(indent, f"<{tag}{_place(entry)}/>")
        elif kind is Kind.ITEM:
            self._branch(tag, tag, entry, indent, level + 1)
        elif kind is Kind.OPERATIVE:
            self._branch("division", "division", entry, indent, 0)
        elif kind in _BLOCKS:
            name = attribute("name", kind)
            self._wrapped(
                f"<hcontainer{name}{_WRAP}><content>", "</content></hcontainer>", entry, indent
            )
        else:
            opening = f"hcontainer{attribute('name', kind)}{_kind(entry.provision)}"
            self._branch("hcontainer", opening, entry, indent, 0)

    def _branch(self, tag: str, opening: str, entry: LayoutEntry, indent: int, level: int) -> None:
        """Write a provision of the hierarchy: heading or own text, then what stands below."""
        provision = entry.provision
        head = f"<{opening}{self.identity(provision.id)}{entry.extra}>{_num(provision)}"
        own, below = self.own(provision)
        blocks = list(takewhile(_is_block, below)) if below else []
        if provision.kind in WHOLE:
            head += f"<heading>{own}</heading>" if own else ""
            first = ""
        else:
            first = f"<p>{own}</p>" if own else "<p/>"
        if len(blocks) == len(below):
            self._leaf(head, first, blocks, f"</{tag}>", indent)
        else:
            self._limb(head, first, below[len(blocks) :], blocks, tag, indent, level)

    def _leaf(
        self, head: str, first: str, blocks: list[LayoutEntry], foot: str, indent: int
    ) -> None:
        """Close a branch that has text and blocks at most."""
        if not first and not blocks:
            self.line(indent, head + foot)
            return
        self._around(f"{head}<content>{first}", f"</content>{foot}", blocks, self.blocks, indent)

    def _limb(
        self,
        head: str,
        first: str,
        below: Sequence[LayoutEntry],
        blocks: list[LayoutEntry],
        tag: str,
        indent: int,
        level: int,
    ) -> None:
        """Close a branch that has others below; blocks first or last are its intro or wrap-up."""
        last = len(below) - len(list(takewhile(_is_block, reversed(below))))
        inner = indent + 1
        self.line(indent, head)
        if tag in _LEVELS:
            self.line(inner, "<list>")
            inner += 1
        if first or blocks:
            self._around(f"<intro>{first}", "</intro>", blocks, self.blocks, inner)
        for entry in below[:last]:
            self.hierarchy(entry, inner, level)
        if last < len(below):
            self._around("<wrapUp>", "</wrapUp>", below[last:], self.blocks, inner)
        if tag in _LEVELS:
            self.line(indent + 1, "</list>")
        self.line(indent, f"</{tag}>")

    # -- the front ----------------------------------------------------------------------------

    def preface(self, entries: Iterable[LayoutEntry], indent: int) -> None:
        """Write the number line, the title, and whatever stands among them."""
        for special, row in groupby(entries, _in_container):
            if not special:
                self.blocks(row, indent)
                continue
            for entry in row:
                name = attribute("name", _CONTAINERS[entry.provision.kind])
                self._front("container", name, entry, indent)

    def preamble(self, entries: Iterable[LayoutEntry], indent: int) -> None:
        """Write the enacting clause and the groups of recitals."""
        for special, row in groupby(entries, _in_preamble):
            if not special:
                self.blocks(row, indent)
                continue
            for entry in row:
                if entry.provision.kind is Kind.ENACTING:
                    self._front("formula", ' name="enactingFormula"', entry, indent)
                else:
                    self.recitals(entry, indent)

    def _front(self, tag: str, name: str, entry: LayoutEntry, indent: int) -> None:
        head = f"<{tag}{name}{self.identity(entry.provision.id)}{entry.extra}>"
        own, below = self.own(entry.provision)
        if entry.provision.kind is Kind.TITLE and own:
            own = f"<docTitle>{own}</docTitle>"
        # Only plain words: with marks or changes in them, the parts could not be told apart.
        elif own == escaped(entry.provision.text):
            own = _number_line(own) if entry.provision.kind is Kind.NUMBER else own
        self._around(head + _element("p", "", own), f"</{tag}>", below, self.blocks, indent)

    def recitals(self, entry: LayoutEntry, indent: int) -> None:
        """Write a heading and its recitals; the schema wants one at least."""
        self.line(indent, f"<recitals{self.identity(entry.provision.id)}{entry.extra}>")
        own, below = self.own(entry.provision)
        if own or entry.provision.label:
            heading = f"<heading>{own}</heading>" if own else ""
            self.line(indent + 1, _num(entry.provision) + heading)
        for recital in below:
            self.recital(recital, indent + 1)
        if not below:
            self.line(indent + 1, f"<recital{EMPTY}><p/></recital>")
        self.line(indent, "</recitals>")

    def recital(self, entry: LayoutEntry, indent: int) -> None:
        """Write an entry where the schema wants recitals."""
        if entry.provision.kind in (Kind.ITEM, Kind.MOVED):
            self._item_or_place("recital", entry, indent)
        else:
            self._wrapped(f"<recital{_WRAP}>", "</recital>", entry, indent)


@lru_cache(maxsize=1 << 13)
def _as_id(id: str) -> str:
    """Write an id as an ``eId``; nothing if the schema does not let it be one."""
    return attribute("eId", id) if is_id(id) else ""


def _number_line(own: str) -> str:
    """Name the parts of a number line, where it has the usual ones."""
    match = _NUMBER_LINE.fullmatch(own)
    if not match:
        return own
    type_, gap, number, opening, status, closing = match.groups()
    written = f"<docType>{type_}</docType>{gap}<docNumber>{number}</docNumber>"
    return f"{written}{opening}<docStatus>{status}</docStatus>{closing}" if status else written


def _in_container(entry: LayoutEntry) -> bool:
    return entry.provision.kind in _CONTAINERS and not entry.provision.label


def _in_preamble(entry: LayoutEntry) -> bool:
    kind = entry.provision.kind
    return kind is Kind.PREAMBULAR or (kind is Kind.ENACTING and not entry.provision.label)


def _is_block(entry: LayoutEntry) -> bool:
    return entry.provision.kind in _BLOCKS


def _num(provision: Provision) -> str:
    return f"<num>{escaped(provision.label)}</num>" if provision.label else ""


def _kind(provision: Provision) -> str:
    return attribute("rs:kind", provision.kind)


def _place(entry: LayoutEntry) -> str:
    """Return the attributes of the empty place to which a provision moves."""
    return attribute("rs:moved", entry.provision.text) + entry.extra


def _element(tag: str, attributes: str, content: str) -> str:
    return f"<{tag}{attributes}>{content}</{tag}>" if content else f"<{tag}{attributes}/>"
