"""The blocks of a part: paragraphs of runs with their marks and tracked changes, and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from resamend.ooxml.fields import OpenFields
from resamend.ooxml.names import (
    ALTERNATIVES,
    CHANGED_PROPERTIES,
    SILENT,
    TRANSPARENT,
    shown_alternative,
    w,
)
from resamend.ooxml.runs import DELETING, INSERTING, RunReader, is_prompt
from resamend.ooxml.styles import Styles, WordStyle, list_of
from resamend.ooxml.values import Block, Paragraph, Table, TrackedChange, WordCell, WordRow
from resamend.safe import in_force, refuse_beyond

if TYPE_CHECKING:
    from lxml import etree

_P, _TBL, _TR, _TC, _VAL = w("p"), w("tbl"), w("tr"), w("tc"), w("val")
_PPR, _RPR, _TRPR, _TCPR, _NUMPR = w("pPr"), w("rPr"), w("trPr"), w("tcPr"), w("numPr")
_STYLE, _RUN_CHANGE, _PARAGRAPH_CHANGE = w("pStyle"), w("rPrChange"), w("pPrChange")
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_BOX, _RUN_IN = w("txbxContent"), w("specVanish")
_LETTERED = frozenset((_BOX, f"{_DRAWN}p", "{urn:schemas-microsoft-com:vml}textpath"))
_PICTURES = frozenset((w("drawing"), w("pict"), w("object")))
_Changes = tuple[TrackedChange | None, TrackedChange | None]


class BodyReader(RunReader):
    """Read the blocks of one part, whose element is ``root``."""

    def __init__(self, styles: Styles, where: str, root: etree._Element) -> None:
        super().__init__(styles, OpenFields.of(root))
        self.where = where
        self.pictures = 0
        self.around: _Changes = (None, None)  # changes that stand around whole paragraphs

    def blocks(self, parent: etree._Element, depth: int = 0) -> tuple[Block, ...]:
        """Read all paragraphs and tables below an element."""
        if depth > in_force().depth:
            where = f"{self.where}, paragraph {self.count}"
            refuse_beyond("depth", "it is nested too deep", where, in_force())
        blocks: list[Block] = []
        for child in parent:
            tag = child.tag
            if tag == _P:
                blocks.append(self._paragraph(child))
            elif tag == _TBL:
                blocks.append(Table(self._rows(child, depth)))
            elif tag in INSERTING or tag in DELETING:
                blocks += self._within(child, depth)
            elif tag in TRANSPARENT:
                if is_prompt(child):
                    self.put_aside(child)
                else:
                    blocks += self.blocks(child, depth + 1)
            elif tag == ALTERNATIVES:
                blocks += self.blocks(shown_alternative(child), depth + 1)
            elif tag not in SILENT:
                self.put_aside(child)
        return tuple(blocks)

    def _within(self, change: etree._Element, depth: int) -> tuple[Block, ...]:
        """Read whole paragraphs that stand in a tracked change."""
        outer = self.around
        self.around = self._added_to(outer, change)
        blocks = self.blocks(change, depth + 1)
        self.around = outer
        return blocks

    def _added_to(self, changes: _Changes, element: etree._Element) -> _Changes:
        inserted, deleted = changes
        if element.tag in INSERTING:
            return self.change(element), deleted
        return inserted, self.change(element)

    def _rows(self, table: etree._Element, depth: int) -> tuple[WordRow, ...]:
        rows: list[WordRow] = []
        for element, around in _through(table, _TR):
            cells = []
            for cell, cell_around in _through(element, _TC):
                inserted, deleted = self._changes_of(cell.find(_TCPR), cell_around, "cell")
                blocks = self.blocks(cell, depth + 1)
                cells.append(WordCell(blocks=blocks, inserted=inserted, deleted=deleted))
            inserted, deleted = self._changes_of(element.find(_TRPR), around)
            rows.append(WordRow(cells=tuple(cells), inserted=inserted, deleted=deleted))
        return tuple(rows)

    def _changes_of(
        self, properties: etree._Element | None, around: Sequence[etree._Element], prefix: str = ""
    ) -> _Changes:
        """Return the changes of a row or cell: its own, or those that stand around it."""
        outer: _Changes = (None, None)
        for change in around:
            outer = self._added_to(outer, change)
        if properties is None:
            return outer
        for tag in CHANGED_PROPERTIES:
            if properties.find(tag) is not None:
                self.note_reformatted()
        names = ("cellIns", "cellDel") if prefix else ("ins", "del")
        own = [properties.find(w(name)) for name in names]
        inserted, deleted = (
            None if own_change is None else self.change(own_change) for own_change in own
        )
        return inserted or outer[0], deleted or outer[1]

    def _paragraph(self, element: etree._Element) -> Paragraph:
        self.count += 1
        number = self.count
        properties = element.find(_PPR)
        style, list_, before = self._format(properties)
        inserted, deleted = self.around
        runs_in = False
        mark = None if properties is None else properties.find(_RPR)
        if mark is not None:
            inserted = self._first_change(mark, INSERTING) or inserted
            deleted = self._first_change(mark, DELETING) or deleted
            runs_in = mark.find(_RUN_IN) is not None
            if mark.find(_RUN_CHANGE) is not None:
                self.note_reformatted()
        self.style, self.gap = style, None
        self.inline(element, *self.around)
        self.end_run()
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
            runs_in=runs_in,
        )

    def _format(
        self, properties: etree._Element | None
    ) -> tuple[WordStyle, tuple[str, int] | None, tuple[WordStyle, tuple[str, int] | None]]:
        """Return style and list, and those before a tracked change."""
        if properties is None:
            usual = self.styles.usual
            return usual, usual.list, (usual, usual.list)
        style, list_ = self._styled(properties)
        before = (style, list_)
        numbering = properties.find(_NUMPR)
        if numbering is not None:  # it may itself be inserted or deleted
            if self._first_change(numbering, INSERTING):
                before = (style, style.list)
            elif self._first_change(numbering, DELETING):
                list_ = style.list
        change = properties.find(_PARAGRAPH_CHANGE)
        if change is None:
            return style, list_, before
        self.note_reformatted()
        old = change.find(_PPR)
        if old is None:
            usual = self.styles.usual
            return style, list_, (usual, usual.list)
        return style, list_, self._styled(old)

    def _styled(self, properties: etree._Element) -> tuple[WordStyle, tuple[str, int] | None]:
        named = properties.find(_STYLE)
        style = self.styles.usual if named is None else self.styles.of(named.get(_VAL, ""))
        return style, list_of(properties, style.list)

    def _first_change(
        self, properties: etree._Element, tags: frozenset[str]
    ) -> TrackedChange | None:
        for child in properties:
            if child.tag in tags:
                return self.change(child)
        return None

    def put_aside(self, element: etree._Element) -> None:
        """Keep what is not of the text: pictures, and the words in them, in prompts, ruby."""
        if element.tag in _PICTURES:
            self.pictures += 1
        elif is_prompt(element) or element.tag == w("rt"):
            why = "reading aid" if element.tag == w("rt") else "prompt of an empty control"
            self._keep(element, why)
            return
        boxes = [element] if element.tag == _BOX else list(_outermost_boxes(element))
        for box in boxes:
            if box.tag == _BOX:
                self._keep(box, "text box")
            else:
                self.aside(
                    box.get("string", "") + "".join(map(str, box.itertext())), "text in a drawing"
                )
        if not boxes and element.tag not in _PICTURES:
            self._keep(element, f"unknown element {element.tag.rpartition('}')[2]}")

    def _keep(self, element: etree._Element, why: str) -> None:
        """Read an element by itself, as blocks, or as the runs of one paragraph."""
        reader = BodyReader(self.styles, self.where, element)
        if element.find(f".//{_P}") is not None:
            blocks = reader.blocks(element)
        else:
            reader.inline(_content_of(element), *self.around)
            reader.end_run()
            blocks = (Paragraph(number=0, runs=tuple(reader.runs)),)
        self.pictures += reader.pictures
        self.outside += reader.outside
        text, struck = plain_text(blocks)
        self.aside(text, why, struck)
        for aside in reader.asides:
            self.aside(aside.text, f"{aside.why}, in a {why}", aside.struck)


def _content_of(element: etree._Element) -> etree._Element:
    content = element.find(w("sdtContent"))
    return element if content is None else content


def _outermost_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the boxes and letters in a picture, of alternatives the one shown, none in another."""
    for child in shown_alternative(element) if element.tag == ALTERNATIVES else element:
        if child.tag in _LETTERED:
            yield child
        else:
            yield from _outermost_boxes(child)


def plain_text(blocks: Sequence[Block]) -> tuple[str, str]:
    """Return the words of blocks with all changes accepted, and those that the changes strike."""
    lines: list[str] = []
    struck: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                inside = [plain_text(cell.blocks) for cell in row.cells]
                lines += [text for text, _ in inside if text]
                struck += [text for _, text in inside if text]
            continue
        stays = "".join(run.text for run in block.runs if not run.deleted)
        lines.append(stays.replace("\n", " "))
        struck.append("".join(run.text for run in block.runs if run.deleted))
    return "\n".join(filter(str.strip, lines)), "\n".join(filter(str.strip, struck))


def _through(
    parent: etree._Element, wanted: str, around: tuple[etree._Element, ...] = ()
) -> Iterator[tuple[etree._Element, tuple[etree._Element, ...]]]:
    """Yield the rows or cells of a parent, each with the changes that stand around it."""
    for child in parent:
        if child.tag == wanted:
            yield child, around
        elif child.tag in TRANSPARENT:
            yield from _through(child, wanted, around)
        elif child.tag in INSERTING or child.tag in DELETING:
            yield from _through(child, wanted, (*around, child))
