"""The runs of a paragraph: text with its marks, tracked changes, fields, formulas and signs."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from resamend.model import OBJECT
from resamend.ooxml.fields import FIELD_CODE, OpenFields, reaches_outside, speaks
from resamend.ooxml.names import ALTERNATIVES, SILENT, TRANSPARENT, shown_alternative, w
from resamend.ooxml.styles import DRAWN, MARKING, Styles, drawn_as, marks_of
from resamend.ooxml.symbols import shown_symbol
from resamend.ooxml.values import Aside, Run, TrackedChange

if TYPE_CHECKING:
    from lxml import etree

INSERTING = frozenset((w("ins"), w("moveTo")))
DELETING = frozenset((w("del"), w("moveFrom")))
_MOVING = frozenset((w("moveTo"), w("moveFrom")))
_R, _RPR, _TEXTS = w("r"), w("rPr"), frozenset((w("t"), w("delText")))
_VAL, _ID, _AUTHOR, _DATE, _TYPE = w("val"), w("id"), w("author"), w("date"), w("type")
_CHARACTERS, _RUN_CHANGE = w("rStyle"), w("rPrChange")
_FIELD, _SIMPLE_FIELD, _TOLD = w("fldChar"), w("fldSimple"), w("instr")
_CODES = frozenset((w("instrText"), w("delInstrText")))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FORMULAS = frozenset((f"{_MATHS}oMath", f"{_MATHS}oMathPara"))
_BLANK = " \t\r\n"
_MARKING = MARKING | DRAWN | {_RUN_CHANGE, _CHARACTERS}
_SIGNS = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\u00ad",
}
_SYMBOL = w("sym")
_TRUE = ("1", "true", "on")
_NOTE_SIGN = re.compile(r"\s*\S{1,8}\s*")
_NOTES = {w("footnoteReference"): "footnote ", w("endnoteReference"): "endnote "}
_Look = tuple[str, str, TrackedChange | None, TrackedChange | None, str, str]
"""How a run looks: its marks, those before, who inserted it and who deleted it, of what note it is
the mark (none), and how it is drawn."""


class RunReader(ABC):
    """Read what stands in a paragraph, and gather what is no text of it."""

    def __init__(self, styles: Styles, fields: OpenFields) -> None:
        self.styles = styles
        self.style = styles.usual
        self.fields = fields
        self.count = 0  # paragraphs so far
        self.reformatted: list[int] = []
        self.asides: list[Aside] = []
        self.outside: list[str] = []  # fields that reach outside
        self.tracked = False
        self.signs: dict[str, str] = {}  # of the notes that have no number, by their keys
        self.changes: dict[tuple[str | None, str | None, bool], TrackedChange] = {}
        self.runs: list[Run] = []
        self.letters: list[str] = []  # of the run that is not ended yet, with how it looks
        self.look: _Look | None = None
        self.hidden = False
        self.gap: _Look | None = None  # a break between pages or columns, and how it looks

    @abstractmethod
    def put_aside(self, element: etree._Element) -> None:
        """Keep the words of an element that is no text of the paragraph."""

    def inline(
        self, parent: etree._Element, inserted: TrackedChange | None, deleted: TrackedChange | None
    ) -> None:
        """Read the runs below an element, within changes that stand around it."""
        plain = ("", "", inserted, deleted, "", "")
        for child in parent:
            tag = child.tag
            if tag == _R:
                self._run(child, plain)
            elif tag in SILENT:
                continue
            elif tag in INSERTING:
                self.inline(child, self.change(child), deleted)
            elif tag in DELETING:
                self.inline(child, inserted, self.change(child))
            elif tag in TRANSPARENT:
                if tag == _SIMPLE_FIELD:
                    self._instructed(child.get(_TOLD, ""))
                elif is_prompt(child):
                    self.put_aside(child)
                    continue
                self.inline(child, inserted, deleted)
            elif tag == ALTERNATIVES:
                self.inline(shown_alternative(child), inserted, deleted)
            else:
                self.hidden = self.style.hidden
                self._unknown(child, plain)

    def _run(self, element: etree._Element, look: _Look) -> None:
        self.hidden = self.style.hidden
        self._in_run(element, look)

    def _in_run(self, element: etree._Element, look: _Look) -> None:
        noted = ""
        for child in element:
            tag = child.tag
            if tag in _TEXTS or (noted and tag == _SYMBOL):
                text = _letters_of(child) if tag in _TEXTS else _sign(child)
                if noted and _NOTE_SIGN.fullmatch(text) and noted not in self.signs:
                    self.signs[noted] = text.strip()
                elif text and not (noted and self.signs.get(noted) == text.strip()):
                    self._say(_kept(child, text), look)
                noted = ""
            elif tag == _RPR:
                marks, before, self.hidden = self._marks(child)
                look = (marks, before, *look[2:5], drawn_as(child))
            elif tag in _SIGNS:
                self._say(_SIGNS[tag], look)
            elif tag in _CODES:
                self.fields.instruct(child.text or "")
            elif tag in SILENT:
                continue
            elif tag == _FIELD:
                self._instructed(self.fields.follow(child))
            else:
                self._unknown(child, look)
                # what follows such a mark in its run is the mark as it is printed: the star
                own = tag in _NOTES and child.get(w("customMarkFollows"), "0") in _TRUE
                noted = f"{_NOTES[tag]}{child.get(_ID, '')}" if own else ""

    def _say(self, text: str, look: _Look) -> None:
        """Add text, to the last run where nothing but its cut parts them."""
        if self.fields.in_code or self.hidden:
            why = "in the code of a field" if self.fields.in_code else "hidden text"
            self.aside(*("", why, text) if look[3] else (text, why))
            return
        if self.gap:
            space, self.gap = self.gap, None
            last = self.letters[-1] if self.letters else self.runs[-1].text if self.runs else " "
            if not last[-1:].isspace() and not text[0].isspace():
                self._say(" ", space)
        if look != self.look:
            self.end_run()
            self.look = look
        self.letters.append(text)

    def end_run(self) -> None:
        """Close the run that is being read."""
        if self.look:
            text = "".join(self.letters)
            if text:
                self.runs.append(Run(text, *self.look))
            self.letters.clear()
            self.look = None

    # -- changes and marks --------------------------------------------------------------------

    def change(self, element: etree._Element) -> TrackedChange:
        """Return who made a tracked change, one value for all that are alike."""
        self.tracked = True
        key = (element.get(_AUTHOR), element.get(_DATE), element.tag in _MOVING)
        change = self.changes.get(key)
        if change is None:
            change = self.changes[key] = TrackedChange(key[0] or "", key[1] or "", key[2])
        return change

    def note_reformatted(self) -> None:
        """Remember that the look of this paragraph is changed."""
        self.tracked = True
        if not self.reformatted or self.reformatted[-1] != self.count:
            self.reformatted.append(self.count)

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
        self.note_reformatted()
        old = change.find(_RPR)
        return marks, "" if old is None else self._marked(old)[0], hidden

    def _marked(self, properties: etree._Element) -> tuple[str, bool]:
        named = properties.find(_CHARACTERS)
        if named is None:
            return marks_of(properties, hidden=self.style.hidden)
        style = self.styles.of(named.get(_VAL, ""))
        return marks_of(properties, style.marks, hidden=style.hidden or self.style.hidden)

    # -- what is rare -------------------------------------------------------------------------

    def _unknown(self, element: etree._Element, look: _Look) -> None:
        """Read notes, breaks, symbols, formulas, pictures and their text."""
        tag = element.tag
        if tag in _NOTES:
            key = f"{_NOTES[tag]}{element.get(_ID, '')}"
            self.end_run()
            self.runs.append(Run(OBJECT, "", "", *look[2:4], key))
        elif tag == w("br"):
            if element.get(_TYPE, "textWrapping") == "textWrapping":
                self._say("\n", look)
            else:
                self.gap = look
        elif tag == _SYMBOL:
            self._say(_sign(element), look)
        elif tag == w("ruby"):
            for reading in element.iterchildren(w("rt")):
                self.put_aside(reading)
            for base in element.iterchildren(w("rubyBase")):
                self.inline(base, *look[2:4])
        elif tag == ALTERNATIVES:
            self._in_run(shown_alternative(element), look)
        elif tag in _FORMULAS:
            self._formula(element, look)
        else:
            self.put_aside(element)

    def _formula(self, element: etree._Element, look: _Look) -> None:
        """Read a formula part by part: a change stands in its runs, or around them."""
        for child in element:
            tag = child.tag
            if tag == f"{_MATHS}t":
                self._say(child.text or "", look) if child.text else None
            elif tag == _R:
                self._run(child, look)
            elif tag in INSERTING:
                self._formula(child, (*look[:2], self.change(child), *look[3:]))
            elif tag in DELETING:
                self._formula(child, (*look[:3], self.change(child), *look[4:]))
            elif not tag.endswith("Pr"):
                self._formula(child, look)

    def _instructed(self, code: str) -> None:
        """Report what a field is told to do, where words are in it or it reaches outside."""
        outside = reaches_outside(code)
        if outside:
            self.outside.append(outside)
        if outside or speaks(code):
            self.aside(code.strip(), FIELD_CODE)

    def aside(self, text: str, why: str, struck: str = "") -> None:
        """Keep words that are none of the text, each kind of a paragraph together."""
        where = f"paragraph {self.count}"
        last = self.asides[-1] if self.asides else None
        if last and (last.where, last.why) == (where, why) and why in _PIECEMEAL:
            self.asides[-1] = Aside(where, last.text + text, why, last.struck + struck)
        elif text.strip() or struck.strip():
            self.asides.append(Aside(where, text, why, struck))


_PIECEMEAL = ("hidden text", "in the code of a field")


def is_prompt(element: etree._Element) -> bool:
    """Tell whether an element is a content control that nobody filled in yet."""
    properties = element.find(w("sdtPr"))
    shown = None if properties is None else properties.find(w("showingPlcHdr"))
    return shown is not None and shown.get(_VAL, "1") not in ("0", "false", "off")


def _letters_of(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())) if len(element) else element.text or ""


def _kept(element: etree._Element, text: str) -> str:
    """Return the text of ``w:t``, without the white space that Word does not keep."""
    if "\n" in text:
        text = text.replace("\n", " ")
    edged = text[0] in _BLANK or text[-1] in _BLANK
    return text if not edged or element.get(_SPACE) == "preserve" else text.strip(_BLANK)


def _sign(element: etree._Element) -> str:
    try:
        code = int(element.get(w("char"), ""), 16)
    except ValueError:
        return "\ufffd"
    return shown_symbol(code, element.get(w("font"), ""))
