"""Write paragraphs and tables as WordprocessingML (ECMA-376, part 1, §17)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from lxml import etree

from resamend.model import Language
from resamend.ooxml.writing.values import (
    Anchor,
    Block,
    Content,
    Look,
    Move,
    NewParagraph,
    NewRow,
    NewRun,
    NewTable,
    NoteMark,
    StyleName,
    Track,
    TrackKind,
    Tracks,
)

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TAGS = {
    TrackKind.INSERT: "ins",
    TrackKind.DELETE: "del",
    TrackKind.MOVE_FROM: "moveFrom",
    TrackKind.MOVE_TO: "moveTo",
}
_MARK_ORDER = (TrackKind.INSERT, TrackKind.DELETE, TrackKind.MOVE_FROM, TrackKind.MOVE_TO)
_BREAKS = re.compile("([\t\n])")
_LATIN = re.compile(r"([A-Za-z][A-Za-z0-9/.,:+-]*(?: +[A-Za-z0-9/.,:+-]+)*)")
"""A stretch that runs from left to right inside a text that does not."""
_UNDATED = "1970-01-01T00:00:00Z"
"""The range of a move must have a date (ECMA-376 part 1, 17.13.5.22), where nothing else has."""
TEXT_WIDTH = 9639
"""Twentieths of a point between the margins."""


def w(name: str) -> str:
    """Return a name in the namespace of WordprocessingML."""
    return f"{{{NS}}}{name}"


def element(tag: str, /, *children: etree._Element, **attributes: object) -> etree._Element:
    """Make an element; attributes stand in the order in which they are given."""
    node = etree.Element(w(tag), nsmap={"w": NS})
    for key, value in attributes.items():
        node.set(w(key), str(value))
    node.extend(children)
    return node


def style_id(style: StyleName | str) -> str:
    """Return the id that goes with the name of a style.

    >>> style_id(StyleName.ENACTING)
    'Normalaftertitle'
    """
    return re.sub(r"[ _]", "", str(style)) if style != StyleName.FOOTNOTE else "FootnoteText"


class ElementWriter:
    """Turn values into elements; every tracked change and range gets a number of its own.

    Comments are numbered on from the footnotes: LibreOffice 7.4 mistakes the one for the other
    where they have the same number, and prints the wrong footnotes.
    """

    def __init__(self, date: str, labels: Sequence[str] = (), width: int = TEXT_WIDTH) -> None:
        self.width = width
        self.date = f"{date}T00:00:00Z" if date else ""
        self.labels = labels
        self.last = 0
        self.moves: dict[tuple[str, TrackKind], int] = {}

    def blocks(self, blocks: Iterable[Block]) -> Iterator[etree._Element]:
        """Yield the elements of blocks."""
        for block in blocks:
            if isinstance(block, NewTable):
                yield self.table(block)
            else:
                yield from self.paragraph(block)

    def paragraph(
        self, paragraph: NewParagraph, section: etree._Element | None = None
    ) -> Iterator[etree._Element]:
        """Yield a paragraph, and the end of a move that ends with it."""
        written = element("p")
        properties = self._properties(paragraph)
        if section is not None:
            properties.append(section)
        if len(properties):
            written.append(properties)
        if paragraph.opens:
            written.append(self._range_start(paragraph.opens))
        written.extend(self._content(paragraph.content, paragraph.language))
        yield written
        if paragraph.closes:
            yield self._range_end(paragraph.closes)

    def _properties(self, paragraph: NewParagraph) -> etree._Element:
        properties = element("pPr")
        if paragraph.style is not StyleName.NORMAL:
            properties.append(element("pStyle", val=style_id(paragraph.style)))
        if paragraph.keep:
            properties.append(element("keepNext"))
        if paragraph.fresh:
            properties.append(element("pageBreakBefore"))
        if paragraph.language.direction == "rtl":
            properties.append(element("bidi"))
        if paragraph.mark:
            tracks = sorted(paragraph.mark, key=lambda track: _MARK_ORDER.index(track.act))
            properties.append(element("rPr", *(self._tracked(track) for track in tracks)))
        return properties

    # -- tracked changes ----------------------------------------------------------------------

    def _number(self) -> int:
        self.last += 1
        return self.last

    def _tracked(self, track: Track, tag: str = "") -> etree._Element:
        change = element(tag or _TAGS[track.act], id=self._number(), author=track.author)
        if self.date:
            change.set(w("date"), self.date)
        return change

    def comment_id(self, comment: int) -> int:
        """Return the number of a comment by its place, from 0."""
        return len(self.labels) + 1 + comment

    def _range_start(self, move: Move) -> etree._Element:
        start = self._tracked(move.track, f"{_TAGS[move.track.act]}RangeStart")
        self.moves[move.name, move.track.act] = self.last
        if not self.date:
            start.set(w("date"), _UNDATED)
        start.set(w("name"), move.name)
        return start

    def _range_end(self, move: Move) -> etree._Element:
        number = self.moves[move.name, move.track.act]
        return element(f"{_TAGS[move.track.act]}RangeEnd", id=number)

    # -- words --------------------------------------------------------------------------------

    def _content(self, content: Iterable[Content], language: Language) -> Iterator[etree._Element]:
        for tracks, some in groupby(content, _tracks):
            if tracks is None:
                for part in some:
                    yield from self._anchor(part) if isinstance(part, Anchor) else ()
                continue
            runs = [run for part in some for run in self._runs(part, tracks, language)]
            for track in reversed(tracks):
                around = self._tracked(track)
                around.extend(runs)
                runs = [around]
            yield from runs

    def _runs(
        self, content: Content, tracks: Tracks, language: Language
    ) -> Iterator[etree._Element]:
        struck = any(track.act is TrackKind.DELETE for track in tracks)
        if isinstance(content, NoteMark):
            yield self._note(content, struck=struck)
        elif isinstance(content, NewRun):
            for text, latin in _directed(content.text, language):
                properties = _run_properties(content, language, latin=latin)
                run = element("r", *([properties] if len(properties) else []))
                run.extend(_letters(text, struck=struck))
                yield run

    def _note(self, mark: NoteMark, *, struck: bool) -> etree._Element:
        label = self.labels[mark.note]
        properties = element("rPr", element("rStyle", val="FootnoteReference"))
        reference = element("footnoteReference", id=mark.note + 1)
        if not label:
            return element("r", properties, reference)
        reference.set(w("customMarkFollows"), "1")
        return element("r", properties, reference, *_letters(label, struck=struck))

    def _anchor(self, anchor: Anchor) -> Iterator[etree._Element]:
        number = self.comment_id(anchor.comment)
        if anchor.opens:
            yield element("commentRangeStart", id=number)
            return
        yield element("commentRangeEnd", id=number)
        look = element("rPr", element("rStyle", val="annotationreference"))
        yield element("r", look, element("commentReference", id=number))

    # -- tables -------------------------------------------------------------------------------

    def table(self, table: NewTable) -> etree._Element:
        """Return a table as wide as the text."""
        total = sum(table.widths)
        widths = [share * self.width // total for share in table.widths]
        properties = element(
            "tblPr", element("tblStyle", val="TableGrid" if table.ruled else "TableNormal")
        )
        if table.language.direction == "rtl":
            properties.append(element("bidiVisual"))
        properties.append(element("tblW", w=sum(widths), type="dxa"))
        properties.append(element("tblLayout", type="fixed"))
        written = element("tbl", properties)
        written.append(element("tblGrid", *(element("gridCol", w=width) for width in widths)))
        written.extend(self._row(row, widths) for row in table.rows)
        return written

    def _row(self, row: NewRow, widths: Sequence[int]) -> etree._Element:
        attributes = [] if row.splits else [element("cantSplit")]
        attributes += [element("tblHeader")] if row.head else []
        attributes += [self._tracked(track) for track in row.tracks]
        written = element("tr", *([element("trPr", *attributes)] if attributes else []))
        for k, cell in enumerate(row.cells):
            spanned = widths[k:] if k == len(row.cells) - 1 else widths[k : k + 1]
            properties = element("tcPr", element("tcW", w=sum(spanned), type="dxa"))
            if len(spanned) > 1:
                properties.append(element("gridSpan", val=len(spanned)))
            written.append(element("tc", properties, *self.blocks(cell)))
        return written


def _tracks(content: Content) -> Tracks | None:
    return None if isinstance(content, Anchor) else content.tracks


def _directed(text: str, language: Language) -> Iterator[tuple[str, bool]]:
    """Yield stretches of a text, each with whether it runs from left to right on its own."""
    if language.direction == "ltr":
        yield text, False
        return
    for number, stretch in enumerate(_LATIN.split(text)):
        if stretch:
            yield stretch, number % 2 == 1


def _run_properties(run: NewRun, language: Language, *, latin: bool) -> etree._Element:
    """Return how a run looks; letters of another script have their own bold and italic."""
    properties = element("rPr")
    if not language.spaced:
        properties.append(element("rFonts", hint="eastAsia"))
    if run.framing:
        properties.insert(0, element("rStyle", val="Framing"))
    for look, tags in ((Look.BOLD, "b bCs"), (Look.ITALIC, "i iCs"), (Look.CROSSED, "strike")):
        if look in run.looks:
            properties.extend(element(tag) for tag in tags.split())
    if Look.UNDERLINED in run.looks:
        properties.append(element("u", val="single"))
    raised, lowered = Look.RAISED in run.looks, Look.LOWERED in run.looks
    if raised or lowered:
        properties.append(element("vertAlign", val="superscript" if raised else "subscript"))
    if language.direction == "rtl" and not latin:
        properties.append(element("rtl"))
    return properties


def _letters(text: str, *, struck: bool) -> Iterator[etree._Element]:
    for part in _BREAKS.split(text):
        if part in ("\t", "\n"):
            yield element("tab" if part == "\t" else "br")
        elif part:
            letters = element("delText" if struck else "t")
            letters.text = part
            if part != part.strip() or "  " in part:
                letters.set(_SPACE, "preserve")
            yield letters
