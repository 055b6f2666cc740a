"""The blocks of a part: paragraphs of runs with their marks and tracked changes, and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resamend.model import OBJECT
from resamend.ooxml.names import CHANGED_PROPERTIES, SILENT, TRANSPARENT, w
from resamend.ooxml.styles import MARKING, Styles, WordStyle, list_of, marks_of
from resamend.ooxml.values import (
    Aside,
    Block,
    Paragraph,
    Run,
    Table,
    TrackedChange,
    WordCell,
    WordRow,
)
from resamend.safe import in_force, refuse_beyond

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["BodyReader"]

_P, _TBL, _TR, _TC, _R, _T = w("p"), w("tbl"), w("tr"), w("tc"), w("r"), w("t")
_PPR, _RPR, _TRPR, _TCPR = w("pPr"), w("rPr"), w("trPr"), w("tcPr")
_VAL, _ID, _AUTHOR, _DATE, _TYPE = w("val"), w("id"), w("author"), w("date"), w("type")
_INSERTING = frozenset((w("ins"), w("moveTo")))
_DELETING = frozenset((w("del"), w("moveFrom")))
_MOVING = frozenset((w("moveTo"), w("moveFrom")))
_TEXTS = frozenset((_T, w("delText")))
_STYLE, _CHARACTERS = w("pStyle"), w("rStyle")
_RUN_CHANGE, _PARAGRAPH_CHANGE = w("rPrChange"), w("pPrChange")
_FIELD, _FIELD_TYPE = w("fldChar"), w("fldCharType")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_BOX = w("txbxContent")
_BLANK = " \t\r\n"
_MARKING = MARKING | {_RUN_CHANGE, _CHARACTERS}
_Look = tuple[str, str, TrackedChange | None, TrackedChange | None]
"""How a run looks: its marks, those before, who inserted it and who deleted it."""
_SIGNS = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\u00ad",
}
_SYMBOLS = {"F0B7": "•", "F0A7": "▪", "F02D": "–", "F0A0": "\u00a0"}
_PICTURES = frozenset((w("drawing"), w("pict"), w("object")))


class BodyReader:
    """Read the blocks of one part, and gather what is no text of it."""

    def __init__(self, styles: Styles, where: str) -> None:
        self.styles = styles
        self.where = where
        self.count = 0  # paragraphs so far
        self.reformatted: list[int] = []
        self.asides: list[Aside] = []
        self.pictures = 0
        self.tracked = False
        self.changes: dict[tuple[str | None, str | None, bool], TrackedChange] = {}
        self.fields: list[bool] = []  # of each open field, whether its result has begun
        self.runs: list[Run] = []
        self.said: list[str] = []  # of the run that is not ended yet, with how it looks
        self.look: _Look | None = None
        self.style = styles.usual

    # -- blocks -------------------------------------------------------------------------------

    def blocks(self, parent: etree._Element, depth: int = 0) -> tuple[Block, ...]:
        """Read all paragraphs and tables below an element."""
        if depth > in_force().depth:
            where = f"{self.where}, paragraph {self.count}"
            refuse_beyond("depth", "it is nested too deep", where, in_force())
        made: list[Block] = []
        for child in parent:
            tag = child.tag
            if tag == _P:
                made.append(self._paragraph(child))
            elif tag == _TBL:
                made.append(Table(self._rows(child, depth)))
            elif tag in TRANSPARENT or tag in _INSERTING or tag in _DELETING:
                made += self.blocks(child, depth + 1)
            elif tag == _ALTERNATIVES:
                choice = next(iter(child), None)
                made += () if choice is None else self.blocks(choice, depth + 1)
            elif tag not in SILENT:
                self._other(child)
        return tuple(made)

    def _rows(self, table: etree._Element, depth: int) -> tuple[WordRow, ...]:
        rows: list[WordRow] = []
        for element in _through(table, _TR):
            cells = tuple(
                WordCell(
                    blocks=self.blocks(cell, depth + 1),
                    inserted=self._change_in(cell.find(_TCPR), "cellIns"),
                    deleted=self._change_in(cell.find(_TCPR), "cellDel"),
                )
                for cell in _through(element, _TC)
            )
            properties = element.find(_TRPR)
            rows.append(
                WordRow(
                    cells=cells,
                    inserted=self._change_in(properties, "ins"),
                    deleted=self._change_in(properties, "del"),
                )
            )
        return tuple(rows)

    # -- paragraphs ---------------------------------------------------------------------------

    def _paragraph(self, element: etree._Element) -> Paragraph:
        self.count += 1
        number = self.count
        properties = element.find(_PPR)
        style, list_, before = self._format(properties)
        inserted = deleted = None
        if properties is not None:
            mark = properties.find(_RPR)
            if mark is not None:
                inserted = self._first_change(mark, _INSERTING)
                deleted = self._first_change(mark, _DELETING)
                if mark.find(_RUN_CHANGE) is not None:
                    self._reformatted()
        self.style = style
        self._inline(element, None, None)
        self._end_run()
        runs, self.runs = self.runs, []
        return Paragraph(
            number=number,
            runs=tuple(runs),
            style=style.name,
            list=list_,
            style_before=before[0].name,
            list_before=before[1],
            inserted=inserted,
            deleted=deleted,
        )

    def _format(
        self, properties: etree._Element | None
    ) -> tuple[WordStyle, tuple[str, int] | None, tuple[WordStyle, tuple[str, int] | None]]:
        """Return style and list, and those before a tracked change."""
        if properties is None:
            usual = self.styles.usual
            return usual, usual.list, (usual, usual.list)
        style, list_ = self._styled(properties)
        change = properties.find(_PARAGRAPH_CHANGE)
        if change is None:
            return style, list_, (style, list_)
        self._reformatted()
        old = change.find(_PPR)
        if old is None:
            usual = self.styles.usual
            return style, list_, (usual, usual.list)
        return style, list_, self._styled(old)

    def _styled(self, properties: etree._Element) -> tuple[WordStyle, tuple[str, int] | None]:
        named = properties.find(_STYLE)
        style = self.styles.usual if named is None else self.styles.of(named.get(_VAL, ""))
        return style, list_of(properties, style.list)

    def _reformatted(self) -> None:
        self.tracked = True
        if not self.reformatted or self.reformatted[-1] != self.count:
            self.reformatted.append(self.count)

    # -- changes ------------------------------------------------------------------------------

    def _change(self, element: etree._Element) -> TrackedChange:
        self.tracked = True
        key = (element.get(_AUTHOR), element.get(_DATE), element.tag in _MOVING)
        found = self.changes.get(key)
        if found is None:
            found = self.changes[key] = TrackedChange(key[0] or "", key[1] or "", key[2])
        return found

    def _first_change(
        self, properties: etree._Element, tags: frozenset[str]
    ) -> TrackedChange | None:
        for child in properties:
            if child.tag in tags:
                return self._change(child)
        return None

    def _change_in(self, properties: etree._Element | None, name: str) -> TrackedChange | None:
        if properties is None:
            return None
        for tag in CHANGED_PROPERTIES:
            if properties.find(tag) is not None:
                self._reformatted()
        found = properties.find(w(name))
        return None if found is None else self._change(found)

    # -- inside a paragraph -------------------------------------------------------------------

    def _inline(
        self, parent: etree._Element, inserted: TrackedChange | None, deleted: TrackedChange | None
    ) -> None:
        plain = ("", "", inserted, deleted)
        for child in parent:
            tag = child.tag
            if tag == _R:
                self._run(child, plain)
            elif tag in SILENT:
                continue
            elif tag in _INSERTING:
                self._inline(child, self._change(child), deleted)
            elif tag in _DELETING:
                self._inline(child, inserted, self._change(child))
            elif tag in TRANSPARENT:
                self._inline(child, inserted, deleted)
            elif tag == _ALTERNATIVES:
                choice = next(iter(child), None)
                if choice is not None:
                    self._inline(choice, inserted, deleted)
            else:
                self._unknown(child, plain)

    def _run(self, element: etree._Element, look: _Look) -> None:
        hidden = self.style.hidden
        for child in element:
            tag = child.tag
            if tag in _TEXTS:
                text = child.text
                if not text:
                    continue
                if text[0] in _BLANK or text[-1] in _BLANK:
                    text = _kept(child, text)
            elif tag == _RPR:
                marks, before, hidden = self._marks(child)
                if marks or before:
                    look = (marks, before, *look[2:])
                continue
            elif tag in _SIGNS:
                text = _SIGNS[tag]
            elif tag in SILENT:
                continue
            elif tag == _FIELD:
                self._field(child.get(_FIELD_TYPE, ""))
                continue
            else:
                self._unknown(child, look)
                continue
            if self.fields and not all(self.fields):
                continue
            if hidden:
                self._aside(text, "hidden text")
                continue
            if look != self.look:
                self._end_run()
                self.look = look
            self.said.append(text)

    def _say(self, text: str, look: _Look) -> None:
        """Add text, to the last run where nothing but its cut parts them."""
        if look != self.look:
            self._end_run()
            self.look = look
        self.said.append(text)

    def _end_run(self) -> None:
        if self.look:
            text = "".join(self.said)
            if text:
                self.runs.append(Run(text, *self.look))
            self.said.clear()
            self.look = None

    def _marks(self, properties: etree._Element) -> tuple[str, str, bool]:
        """Return a run's marks, those before a tracked change, and whether it is hidden."""
        for child in properties:
            if child.tag in _MARKING:
                break
        else:  # fonts, sizes and languages: so in most runs
            return "", "", self.style.hidden
        marks, hidden = self._marked(properties)
        change = properties.find(_RUN_CHANGE)
        if change is None:
            return marks, marks, hidden
        self._reformatted()
        old = change.find(_RPR)
        return marks, "" if old is None else self._marked(old)[0], hidden

    def _marked(self, properties: etree._Element) -> tuple[str, bool]:
        named = properties.find(_CHARACTERS)
        if named is None:
            return marks_of(properties, hidden=self.style.hidden)
        style = self.styles.of(named.get(_VAL, ""))
        return marks_of(properties, style.marks, hidden=style.hidden or self.style.hidden)

    def _field(self, step: str) -> None:
        """Follow a field: what it is told to do is no text, its result is."""
        if step == "begin":
            self.fields.append(False)
        elif step == "separate" and self.fields:
            self.fields[-1] = True
        elif step == "end" and self.fields:
            self.fields.pop()

    def _unknown(self, element: etree._Element, look: _Look) -> None:
        """Read what is rare: notes, breaks, symbols, formulas, pictures and their text."""
        tag = element.tag
        if tag in _NOTES:
            key = f"{_NOTES[tag]}{element.get(_ID, '')}"
            self._end_run()
            self.runs.append(Run(OBJECT, "", "", *look[2:], key))
        elif tag == w("br"):
            if element.get(_TYPE, "textWrapping") == "textWrapping":
                self._say("\n", look)
        elif tag == w("sym"):
            code = element.get(w("char"), "").upper()
            self._say(_SYMBOLS.get(code) or _sign(code), look)
        elif tag == w("ruby"):
            for base in element.iterchildren(w("rubyBase")):
                self._inline(base, *look[2:])
        elif tag == _ALTERNATIVES:
            for child in next(iter(element), ()):
                self._unknown(child, look)
        else:
            formula = "".join(each.text or "" for each in element.iter(_MATHS))
            if formula:
                self._say(formula, look)
            else:
                self._other(element)

    def _other(self, element: etree._Element) -> None:
        """Put aside what is not of the text: pictures, and the words in boxes."""
        if element.tag in _PICTURES:
            self.pictures += 1
        boxes = [element] if element.tag == _BOX else list(element.iter(_BOX))
        if boxes:
            texts = [_words(paragraph) for box in boxes for paragraph in box.iter(_P)]
            self._aside("\n".join(filter(None, texts)), "text box")
        elif element.tag not in _PICTURES:
            self._aside(_words(element), f"unknown element {element.tag.rpartition('}')[2]}")

    def _aside(self, text: str, why: str) -> None:
        if text.strip():
            self.asides.append(Aside(f"paragraph {self.count}", text, why))


_NOTES = {w("footnoteReference"): "footnote ", w("endnoteReference"): "endnote "}


def _kept(element: etree._Element, text: str) -> str:
    """Return the text of ``w:t``, without the white space that Word does not keep."""
    return text if element.get(_SPACE) == "preserve" else text.strip(_BLANK)


def _words(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter(_T))


def _sign(code: str) -> str:
    try:
        found = int(code, 16)
    except ValueError:
        return "\ufffd"
    return chr(found) if 0x20 <= found < 0xD800 or 0xE000 <= found < 0xFFFE else "\ufffd"


def _through(parent: etree._Element, wanted: str) -> list[etree._Element]:
    """Return the rows or cells of a parent, those in content controls among them."""
    found: list[etree._Element] = []
    for child in parent:
        if child.tag == wanted:
            found.append(child)
        elif child.tag in TRANSPARENT:
            found += _through(child, wanted)
    return found
