"""The blocks of an OpenDocument text: paragraphs of runs with their tracked changes, and tables.

What is inserted stands between two marks, over several paragraphs where need be. What is struck
stands apart, and a mark shows from where: put back there, it cuts the paragraph into as many as it
had, of which the ends are struck.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from resamend.model import OBJECT
from resamend.numbering import whole_number
from resamend.odf.names import q
from resamend.odf.styles import OdfStyles
from resamend.ooxml.styles import WordStyle
from resamend.ooxml.values import (
    Aside,
    Block,
    Note,
    Paragraph,
    Run,
    Table,
    TrackedChange,
    WordCell,
    WordRow,
)
from resamend.ooxml.views import paragraphs
from resamend.safe import in_force, refuse_beyond

if TYPE_CHECKING:
    from lxml import etree

_PARAGRAPHS = frozenset(map(q, ("text:p", "text:h")))
_ROWS = frozenset(map(q, ("table:table-header-rows", "table:table-rows", "table:table-row-group")))
_CHANGES = q("text:tracked-changes")
_SILENT = frozenset((_CHANGES, *map(q, ("text:sequence-decls", "text:variable-decls",
    "text:user-field-decls", "text:dde-connection-decls", "office:forms"))))  # fmt: skip
_ASIDES = {
    q("office:annotation"): "comment",
    q("draw:frame"): "text box",
    q("draw:custom-shape"): "text box",
    q("draw:text-box"): "text box",
    q("text:ruby-text"): "reading aid",
    q("text:hidden-text"): "hidden text",
    q("text:hidden-paragraph"): "hidden text",
}
"""What is no text of the body, and why."""
_PICTURES = tuple(map(q, ("draw:image", "draw:object", "draw:object-ole")))
_UNSAID = frozenset(map(q, ("dc:creator", "dc:date", "office:binary-data")))
_SIGNS = {q("text:tab"): "\t", q("text:line-break"): "\n"}
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_BLANKS = re.compile("[ \t\r\n]+")
_MOST_BLANKS = 1000


class _ChangedRegion(Struct, frozen=True, kw_only=True):
    """Hold a tracked change: who inserted and who struck, and the paragraphs that are struck."""

    inserted: TrackedChange | None = None
    deleted: TrackedChange | None = None
    struck: tuple[etree._Element, ...] = ()


class _TrackPair(Struct, frozen=True):
    inserted: TrackedChange | None = None
    deleted: TrackedChange | None = None


class OdfBodyReader:
    """Read the blocks of a text, whose element is ``root``."""

    def __init__(self, styles: OdfStyles, where: str, root: etree._Element) -> None:
        self.styles = styles
        self.where = where
        self.regions = dict(_regions(root))
        self.tracked = bool(self.regions)
        self.count = 0
        self.notes: list[Note] = []
        self.asides: list[Aside] = []
        self.warnings: list[str] = []
        self.reformatted: list[int] = []
        self.inserted: TrackedChange | None = None  # by a change that is open
        self.runs: list[Run] = []
        self.done: list[Block] = []
        self.own = WordStyle(name="normal")  # of the paragraph that is read
        self.numbered: tuple[str, int] | None = None
        self.blank = True  # white space here is not shown
        self.keys: dict[str, str] = {}  # of lists that others may go on with, by their ids

    def blocks(self, parent: etree._Element, depth: int = 0) -> tuple[Block, ...]:
        """Read all paragraphs and tables below an element."""
        outer, self.done = self.done, []
        self._read(parent, depth)
        blocks, self.done = self.done, outer
        return tuple(blocks)

    def plain(self, parent: etree._Element) -> Iterator[str]:
        """Yield the lines of something beside the text."""
        for paragraph in parent.iter(*_PARAGRAPHS):
            yield _BLANKS.sub(" ", "".join(map(str, paragraph.itertext()))).strip()

    def _read(self, parent: etree._Element, depth: int) -> None:
        if depth > in_force().depth:
            refuse_beyond("depth", "it is nested too deep", self.where, in_force())
        for child in parent:
            self._block(child, depth)

    def _block(self, element: etree._Element, depth: int) -> None:
        tag = element.tag
        if tag in _PARAGRAPHS:
            self._paragraph(element, self._numbered(element))
        elif tag == q("text:list"):
            self._list(element, depth, "", 0)
        elif tag == q("table:table"):
            self.done.append(Table(tuple(self._rows(element, depth))))
        elif tag in _ASIDES:
            self._aside(element)
        elif (
            isinstance(tag, str)
            and tag not in _SILENT
            and not tag.endswith("-source")  # how an index is made, not what is in it
            and not self._change(element)
        ):
            self._read(element, depth + 1)

    def _rows(self, parent: etree._Element, depth: int) -> Iterator[WordRow]:
        for child in parent:
            if child.tag == q("table:table-row"):
                cells = child.iterchildren(q("table:table-cell"))
                blocks = [self.blocks(cell, depth + 1) for cell in cells]
                yield _row(blocks)
            elif child.tag in _ROWS:
                yield from self._rows(child, depth + 1)

    # -- lists --------------------------------------------------------------------------------

    def _numbered(self, heading: etree._Element) -> tuple[str, int] | None:
        """Return the list of a heading: that of all headings."""
        level = heading.get(q("text:outline-level"), "")
        if heading.tag != q("text:h") or not level.isdecimal() or not 0 < int(level) < 10:
            return None
        return self.styles.outline, int(level) - 1

    def _list(self, element: etree._Element, depth: int, key: str, level: int) -> None:
        """Read a list; one within another counts on from it, at the next level."""
        if depth > in_force().depth:
            refuse_beyond("depth", "it is nested too deep", self.where, in_force())
        style = element.get(q("text:style-name"), "")
        earlier = self.keys.get(element.get(q("text:continue-list"), ""), "")
        if element.get(q("text:continue-numbering")) == "true":
            earlier = earlier or self.keys.get(style, "")
        key = key or earlier or self.styles.begun(style, level)
        self.keys[style] = key
        self.keys[element.get(_ID, "") or element.get(q("text:id"), "")] = key
        for entry in element:
            if not isinstance(entry.tag, str):
                continue
            start = whole_number(entry.get(q("text:start-value"), ""))
            if start is not None:
                key = self.keys[style] = self.styles.begun(style, level, start)
            at = (key, min(level, 8)) if entry.tag == q("text:list-item") else None
            for child in entry:
                if child.tag in _PARAGRAPHS:
                    self._paragraph(child, at)
                    at = None  # what follows in an item has no label of its own
                elif child.tag == q("text:list"):
                    self._list(child, depth + 1, key, level + 1)
                else:
                    self._block(child, depth + 1)

    # -- paragraphs ---------------------------------------------------------------------------

    def _paragraph(self, element: etree._Element, numbered: tuple[str, int] | None) -> None:
        self.own, self.numbered = self.styles.of(element.get(q("text:style-name"))), numbered
        self.blank = True
        self._inline(element, self.own, _TrackPair())
        self._end(self.own, _TrackPair(self.inserted))

    def _end(self, style: WordStyle, mark: _TrackPair) -> None:
        """Put what was read as a paragraph whose end has a fate."""
        self.count += 1
        runs, self.runs = self.runs, []
        self.done.append(
            Paragraph(
                number=self.count,
                runs=tuple(_joined(runs)),
                style=style.name,
                style_before=style.name,
                list=self.numbered,
                list_before=self.numbered,
                inserted=mark.inserted,
                deleted=mark.deleted,
            )
        )

    def _inline(self, element: etree._Element, style: WordStyle, fate: _TrackPair) -> None:
        """Read the words below an element, and what stands among them."""
        self._say(element.text, style, fate)
        for child in element:
            tag = child.tag
            if tag == q("text:span"):
                self._inline(child, self.styles.of(child.get(q("text:style-name")), style), fate)
            elif tag == q("text:s"):
                times = whole_number(child.get(q("text:c"), "1")) or 1
                self._put(" " * min(times, _MOST_BLANKS), style, fate)
            elif tag in _SIGNS:
                self._put(_SIGNS[tag], style, fate)
            elif tag == q("text:note"):
                self._note(child, fate)
            elif tag in _ASIDES:
                self._aside(child)
            elif isinstance(tag, str) and not self._change(child):
                self._inline(child, style, fate)
            self._say(child.tail, style, fate)

    def _say(self, text: str | None, style: WordStyle, fate: _TrackPair) -> None:
        """Say letters as they are shown: white space is one space, none where one stands."""
        shown = _BLANKS.sub(" ", text or "")
        if self.blank:
            shown = shown.removeprefix(" ")
        if shown:
            self._put(shown, style, fate)
            self.blank = shown.endswith(" ")

    def _put(self, text: str, style: WordStyle, fate: _TrackPair) -> None:
        self.blank = False
        if style.hidden:
            words = ("", text) if fate.deleted else (text, "")
            self.asides.append(Aside(self._place(), words[0], "hidden text", words[1]))
            return
        inserted = fate.inserted or (None if fate.deleted else self.inserted)
        self.runs.append(Run(text, style.marks, style.marks, inserted, fate.deleted))

    def _place(self) -> str:
        return f"paragraph {self.count + 1}"

    def _note(self, element: etree._Element, fate: _TrackPair) -> None:
        citation, body = element.find(q("text:note-citation")), element.find(q("text:note-body"))
        key = f"note {len(self.notes) + 1}"
        inserted = fate.inserted or (None if fate.deleted else self.inserted)
        self.runs.append(Run(OBJECT, "", "", inserted, fate.deleted, key))
        self.blank = False
        sign = "" if citation is None else citation.get(q("text:label"), "")
        self.notes.append(Note(key, (), sign))
        place = len(self.notes) - 1
        kept = {name: self.__dict__[name] for name in _OF_PARAGRAPH}
        self.runs, self.count, self.inserted = [], 0, None
        blocks = () if body is None else self.blocks(body)
        self.__dict__.update(kept)
        if sign and blocks and isinstance(blocks[0], Paragraph):  # as in Word, before its text too
            first = replace(blocks[0], runs=(Run(f"{sign}\t", "", ""), *blocks[0].runs))
            blocks = (first, *blocks[1:])
        self.notes[place] = Note(key, blocks, sign)

    def _aside(self, element: etree._Element) -> None:
        if next(element.iter(*_PICTURES), None) is not None:
            self.warnings.append("a picture or an embedded object")
        text = "".join(_beside(element)).strip() or element.get(q("text:string-value"), "")
        if text:
            self.asides.append(Aside(self._place(), text, _ASIDES[element.tag]))

    # -- tracked changes ----------------------------------------------------------------------

    def _change(self, element: etree._Element) -> bool:
        """Follow the mark of a tracked change; tell whether it is one."""
        region = self.regions.get(element.get(q("text:change-id"), ""), _ChangedRegion())
        if element.tag == q("text:change-start"):
            self.inserted = region.inserted or self.inserted
            if not region.inserted:
                self.reformatted.append(self.count + 1)
        elif element.tag == q("text:change-end"):
            self.inserted = None if region.inserted else self.inserted
        elif element.tag == q("text:change"):
            self._restore(region)
        else:
            return False
        return True

    def _restore(self, region: _ChangedRegion) -> None:
        """Put back what is struck where it stood: between its paragraphs, the ends are struck.

        What stood before it, and looks so, is of this paragraph; what follows is of the last one.
        """
        fate = _TrackPair(region.inserted, region.deleted)
        alone, blank = not self.runs, self.blank
        last = self.own
        for place, (element, listed) in enumerate(_paragraphs(region.struck)):
            if place:
                self._end(last if alone or place > 1 else self.own, fate)
            self.blank = True
            last = self.styles.of(element.get(q("text:style-name")))
            if not listed and alone:
                self.numbered = self._numbered(element)
            self._inline(element, last, fate)
        if len(region.struck) > 1 and not alone:
            self.own = last
        self.blank = blank  # of the text, in which nothing stands here


_OF_PARAGRAPH = ("runs", "count", "inserted", "own", "numbered", "blank", "done")
"""What is of the paragraph in which a footnote stands, and waits while that is read."""


def _regions(root: etree._Element) -> Iterator[tuple[str, _ChangedRegion]]:
    for element in root.iter(q("text:changed-region")):
        inserted = deleted = None
        struck: tuple[etree._Element, ...] = ()
        for change in element:
            who = change.find(q("office:change-info")) if isinstance(change.tag, str) else None
            if who is None:
                continue
            author = who.findtext(q("dc:creator"), "")
            by = TrackedChange(author, who.findtext(q("dc:date"), ""))
            if change.tag == q("text:insertion"):
                inserted = by
            elif change.tag == q("text:deletion"):
                deleted = by
                struck = tuple(part for part in change if part is not who)
        id = element.get(q("text:id"), "") or element.get(_ID, "")
        yield id, _ChangedRegion(inserted=inserted, deleted=deleted, struck=struck)


def _row(cells: Iterable[tuple[Block, ...]]) -> WordRow:
    """Return a row: one of which all words are inserted, or struck, is so as a whole.

    Changes of rows have no form of their own; LibreOffice takes them so too.
    """
    whole = tuple(WordCell(blocks=blocks) for blocks in cells)
    runs = [run for cell in whole for p in paragraphs(cell.blocks) for run in p.runs]
    first = runs[0] if runs else Run("")
    return WordRow(
        cells=whole,
        inserted=first.inserted if all(run.inserted for run in runs) else None,
        deleted=first.deleted if all(run.deleted for run in runs) else None,
    )


def _paragraphs(
    elements: Iterable[etree._Element], *, listed: bool = False
) -> Iterator[tuple[etree._Element, bool]]:
    """Yield the paragraphs of what is struck, each with whether it is of a list."""
    for element in elements:
        if element.tag in _PARAGRAPHS:
            yield element, listed
        elif isinstance(element.tag, str):
            yield from _paragraphs(element, listed=listed or element.tag == q("text:list-item"))


def _beside(element: etree._Element) -> Iterator[str]:
    """Yield the words of what is no text of the body; not who wrote them when, nor pictures."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSAID:
            yield from _beside(child)
        if child.tag == q("text:s"):
            yield " " * min(whole_number(child.get(q("text:c"), "1")) or 1, _MOST_BLANKS)
        yield ("\n" if child.tag in _PARAGRAPHS else "") + (child.tail or "")


def _joined(runs: list[Run]) -> Iterator[Run]:
    """Join runs that look alike; white space at the end of a paragraph stays."""
    last: Run | None = None
    for run in runs:
        if last and not (last.note or run.note) and last[1:] == run[1:]:
            last = last._replace(text=last.text + run.text)
            continue
        if last:
            yield last
        last = run
    if last:
        yield last
