"""Read inline elements as a text with marks.

White space with a line break in it is an editor's doing, and read as one space, or as none at the
edges of a text; all other white space is exact. A line break that is meant is an ``eol``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from resamend.akn.names import INLINE, akn, number, rs, unaddressed
from resamend.errors import Invalid
from resamend.model import MARKS, OBJECT, Mark, Provision, Word, inline
from resamend.safe import in_force, refuse_beyond
from resamend.words import ATOMIC, fold, split

if TYPE_CHECKING:
    from lxml import etree

_WORDS = rs("words")
_BREAK = re.compile(r"(?<![ \t\r\0])[ \t\r\0]*\0[ \t\r\0]*")
_BREAKS = frozenset((akn("eol"), akn("br")))
_SPAN = akn("span")
_NOTE = akn("authorialNote")
_NOTE_REF = akn("noteRef")
_CLEAR = frozenset(
    akn(name)
    for name in (
        "docType",
        "docNumber",
        "docStatus",
        "docTitle",
        "docDate",
        "docProponent",
        "inline",
    )
)
_CHANGES = {akn("ins"): "ins", akn("del"): "del"}


class InlineSpan(Struct, frozen=True, gc=False):
    """Hold an ``ins`` or ``del`` of a draft: where it stands in the text in force, and whose."""

    start: int
    end: int
    sources: str
    words: tuple[Word, ...] | None


class InlineText(Struct, frozen=True, gc=False):
    """Hold what inline elements say: text, marks, footnotes, and the changes of a draft."""

    text: str
    marks: tuple[Mark, ...] = ()
    notes: tuple[Provision, ...] = ()
    changes: tuple[InlineSpan, ...] = ()


class InlineReader:
    """Read inline elements. Others' elements are for a subclass, which overrides ``other``."""

    def __init__(self, note: Callable[[etree._Element], Provision], *, changes: bool) -> None:
        self.note = note
        self.draft = changes
        self.parts: list[str] = []
        self.length = 0
        self.marks: list[Mark] = []
        self.notes: list[Provision] = []
        self.changes: list[InlineSpan] = []
        self.broken = False
        self.depth = 0
        self.reports: list[str] = []
        """What was left out, in words for a person."""

    def phrase(self, element: etree._Element) -> InlineText:
        """Return what an element says."""
        self.inside(element)
        text, marks, changes = "".join(self.parts), self.marks, self.changes
        if self.broken:
            text, place = _mended(text)
            marks = [Mark(place(m.start), place(m.end), m.kind, m.value) for m in marks]
            changes = [
                InlineSpan(place(c.start), place(c.end), c.sources, c.words) for c in changes
            ]
        return InlineText(text, inline(tuple(marks)), tuple(self.notes), tuple(changes))

    def say(self, text: str | None) -> None:
        if text:
            if "\n" in text:
                # Only the whole text shows what becomes of a break that an editor made. Till then
                # it is held as NUL, which XML cannot hold, for "\n" is a break that is meant.
                self.broken = True
                text = text.replace("\n", "\0")
            self.parts.append(text)
            self.length += len(text)

    def inside(self, element: etree._Element) -> None:
        self.depth += 1
        if self.depth > in_force().depth:
            where = f"line {element.sourceline}"
            refuse_beyond("depth", "it is nested too deep", where, in_force())
        self.say(element.text)
        for child in element:
            self._child(child, child.tag)
            self.say(child.tail)
        self.depth -= 1

    def _child(self, child: etree._Element, tag: object) -> None:
        if tag in INLINE:
            self.mark(child, INLINE[str(tag)])
        elif tag in _BREAKS:
            self.parts.append("\n")
            self.length += 1
            self.inside(child)
        elif tag == _NOTE:
            self.notes.append(self.note(child))
            self.sign("footnote", "")
        elif tag == _NOTE_REF:
            self.refer(child)
        elif tag == _SPAN:
            self._span(child)
        elif tag in _CLEAR:
            self.inside(child)
        elif self.draft and tag in _CHANGES:
            self._change(child, _CHANGES[str(tag)])
        else:
            self.other(child)

    def mark(self, element: etree._Element, kind: str, value: str | None = None) -> None:
        """Read an element as a mark on what it holds."""
        if value is None:
            value = element.get(rs("value"))
        # First rs:value: where no address can hold the value, the address is only a "#".
        if value is None:
            value = element.get("href") or element.get("refersTo") or ""
        start = self.length
        self.inside(element)
        # Pieces of other marks join by touching; a link that touches another is another link.
        back = element.get(rs("more")) if kind in ATOMIC else None
        if back is not None:
            back_by = min(number(back, "rs:more"), start)
            start = self._resumed(Mark(start - back_by, start, kind, value))
        if start < self.length:
            self.marks.append(Mark(start, self.length, kind, value))

    def _resumed(self, piece: Mark) -> int:
        """Take back the mark that a further piece belongs to, and return where it starts."""
        # It is not there where somebody took it out by hand: then the piece is a mark by itself.
        if piece in self.marks:
            self.marks.remove(piece)
            return piece.start
        return piece.end

    def sign(self, kind: str, value: str) -> None:
        """Put an inline thing into the text."""
        self.marks.append(Mark(self.length, self.length + 1, kind, value))
        self.parts.append(OBJECT)
        self.length += 1

    def refer(self, element: etree._Element) -> None:
        """Read a reference to a footnote: its mark."""
        self.sign("footnote", unaddressed(element.get("href", "").removeprefix("#")))
        self.inside(element)

    def _span(self, element: etree._Element) -> None:
        kind = element.get(rs("mark"))
        if kind is not None and kind not in MARKS:
            self._left_out(element, f"the mark {kind!r}")
            return
        if kind is not None:
            self.mark(element, kind, element.get(rs("value"), ""))
            return
        for kind in ("split", "join"):
            value = element.get(rs(kind))
            if value is not None:
                self.sign(kind, value)
                # Empty as we write it; words that somebody put into it stand after it.
                break
        self.inside(element)

    def _change(self, element: etree._Element, name: str) -> None:
        sources = element.get("refersTo", "")
        start = self.length
        # Inserted words are no part of the text in force, so they stand beside it.
        if name == "ins":
            self.changes.append(InlineSpan(start, start, sources, words_of(element)))
        else:
            self.inside(element)
            self.changes.append(InlineSpan(start, self.length, sources, None))

    def other(self, element: etree._Element) -> None:
        """Read an element that our own form does not use: its words are kept."""
        if not isinstance(element.tag, str):
            where = f"line {element.sourceline}:"
            self.reports.append(f"{where} a comment or instruction in a text is left out")
            return
        self._left_out(element, f"the element {element.tag.rpartition('}')[2]!r}")

    def _left_out(self, element: etree._Element, what: str) -> None:
        self.reports.append(f"line {element.sourceline}: {what} is left out, its words are kept")
        self.inside(element)


def _mended(text: str) -> tuple[str, Callable[[int], int]]:
    """Read white space with a line break as one space, or as none at the edges of the text.

    Returns the text, and where each place of the old text is in it.
    """
    pieces: list[str] = []
    olds, news = [0], [0]
    at = 0
    for space in _BREAK.finditer(text):
        pieces.append(text[at : space.start()])
        at = space.end()
        inside = space.start() > 0 and at < len(text)
        olds += [space.start(), at]
        news += [news[-1] + len(pieces[-1]), news[-1] + len(pieces[-1]) + inside]
        pieces.append(" " if inside else "")
    pieces.append(text[at:])

    def place(old: int) -> int:
        k = bisect_left(olds, old)
        if k < len(olds) and olds[k] == old:
            return news[k]
        return min(news[k - 1] + old - olds[k - 1], news[k] if k < len(news) else old + len(text))

    return "".join(pieces), place


# -- words ----------------------------------------------------------------------------------------


def words_of(element: etree._Element) -> tuple[Word, ...]:
    """Return the words that an element quotes, splits and joins among them."""
    if element.get(_WORDS):
        return tuple(map(_word, _spans(element)))
    text = element.text or ""
    if not len(element) and "\n" not in text:
        return split(text)
    phrase = InlineReader(_no_note, changes=False).phrase(element)
    edges = [0, len(phrase.text)]
    for mark in phrase.marks:
        # Each is a word of its own, whatever stands at its sides without white space.
        if mark.kind in ("split", "join"):
            edges += (mark.start, mark.end)
    edges = sorted(set(edges))
    return tuple(
        word
        for start, end in pairwise(edges)
        for word in split(phrase.text[start:end], _within(phrase.marks, start, end))
    )


def _spans(element: etree._Element) -> Sequence[etree._Element]:
    """Return the spans of which each is a word; nothing may stand beside them."""
    spans = [child for child in element if child.tag == _SPAN]
    beside = [element.text, *(child.tail for child in element)]
    if len(spans) < len(element) or "".join(filter(None, beside)).strip():
        raise Invalid(
            "words stand beside the spans that rs:words announces",
            where=f"line {element.sourceline}",
            advice="Put each word into a span of its own.",
        )
    return spans


def _no_note(element: etree._Element) -> Provision:
    raise Invalid(
        "a footnote stands among quoted words",
        where=f"line {element.sourceline}",
        advice="Add it as a provision, and refer to it by a noteRef.",
    )


def _within(marks: Sequence[Mark], start: int, end: int) -> tuple[Mark, ...]:
    return tuple(
        Mark(max(m.start, start) - start, min(m.end, end) - start, m.kind, m.value)
        for m in marks
        if m.start < end and start < m.end
    )


def _in_order(marks: tuple[Mark, ...], ranks: str) -> tuple[Mark, ...]:
    order = [number(k, "rs:order") for k in ranks.split()]
    return tuple(marks[k] for k in order) if sorted(order) == list(range(len(marks))) else marks


def _word(span: etree._Element) -> Word:
    """Read an element as one word, whatever splitting its text would give."""
    phrase = InlineReader(_no_note, changes=False).phrase(span)
    marks = _in_order(phrase.marks, span.get(rs("order"), ""))
    atom = next((mark for mark in marks if mark.kind in ATOMIC), None)
    if atom is None:
        return Word(fold(phrase.text), phrase.text, marks)
    whole = Mark(0, len(phrase.text), atom.kind, atom.value)
    return Word(split(phrase.text, (whole,))[0].key, phrase.text, marks)
