"""Read what other producers write.

They leave labels in the text, headings in italics, ids out or twice, and use whatever element comes
near. What is meant is read where it is plain, everything else is kept as text, and both are
reported. No word is lost: the letters of the document are counted against those of the model.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from typing import TYPE_CHECKING

from msgspec.structs import replace

from resamend.akn.names import KINDS, akn
from resamend.akn.phrases import InlineReader, InlineText
from resamend.akn.reading import ProvisionReader, ReadProvisions
from resamend.model import Kind, Mark, Provision
from resamend.numbering import LabelStyle, parse

if TYPE_CHECKING:
    from lxml import etree


def _akn(names: str) -> frozenset[str]:
    return frozenset(map(akn, names.split()))


_CONTAINER, _LONG_TITLE = akn("container"), akn("longTitle")
_THROUGH = _akn(
    "body conclusions coverPage header div ul ol toc components component collectionBody"
    " introduction background motivation decision arguments remedies debateBody"
    " amendmentBody amendmentContent amendmentJustification amendmentHeading amendmentReference"
    " thead tbody tfoot listIntro"
)
_LINES = _akn("block crossHeading subheading listWrapUp tocItem docTitle docNumber docType caption")
_BRANCHES = _akn(
    "division hcontainer clause section part chapter title article book tome alinea rule subrule"
    " proviso subsection subpart subparagraph subchapter subtitle subdivision subclause sublist"
    " level transitional citations"
)
_OTHERS = {
    akn("citation"): Kind.ITEM,
    akn("citations"): Kind.PREAMBULAR,
    akn("li"): Kind.ITEM,
    akn("tblock"): Kind.ITEM,
    akn("th"): Kind.CELL,
}
_LIST, _BLOCK_CONTAINER = akn("list"), akn("blockContainer")
_INTRODUCTION = akn("listIntroduction")
_OWN_PLACES = _akn("intro container")
_HEADING, _CONTENT, _INTRO, _NUM = (akn(name) for name in ("heading", "content", "intro", "num"))
_PREAMBLE, _PREFACE = akn("preamble"), akn("preface")
_NUMBERED = _akn("docNumber docType")
_TITLED = _akn("docTitle")
_DOC_TITLE = akn("docTitle")
_GROUPING = _akn("listIntroduction heading blockList recital citation")
_A = akn("a")
_BLOCKS = _akn("p quotedStructure embeddedStructure subFlow blockList item block table tr td")
_TERMS = _akn(
    "concept role person organization object event location process quantity date time entity def"
    " party judge lawyer docProponent docAuthority docDate"
)
_TYPED = re.compile(r"([^\s\u00a0]{1,9})[\s\u00a0]+(?=\S)")


class ForeignReader(ProvisionReader):
    """Read statements that are not in our own form."""

    def __init__(self, reader: ProvisionReader, document: etree._Element) -> None:
        super().__init__(reader.name, reader.limits, reader.language)
        self.repairs = reader.repairs
        self.inlines: Counter[tuple[str, str]] = Counter()
        self.italics = 0
        self.notes = {
            f"#{note.get('eId')}": note
            for note in document.iterfind(f"{akn('meta')}/*/{akn('note')}")
        }

    def phrases(self) -> InlineReader:
        return _ForeignPhrases(self)

    # -- structure ------------------------------------------------------------------------

    def child(self, parts: ReadProvisions, element: etree._Element, kind: Kind) -> None:
        if element.tag in _BRANCHES and element.tag not in _OTHERS:
            kind = _branch(element)
        parts.children.append(self.provision(element, kind))

    def finished(
        self, element: etree._Element, kind: Kind, id: str, parts: ReadProvisions
    ) -> Provision:
        parts.children = list(self._labelled(parts.children))
        if kind in (Kind.PREAMBULAR, Kind.OPERATIVE) and parts.phrase is not None:
            parts.phrase = self._upright(parts.phrase)
        return super().finished(element, kind, id, parts)

    def _upright(self, heading: InlineText) -> InlineText:
        """Leave out the italics of a whole heading: that is how headings are set."""
        whole = Mark(0, len(heading.text), "i")
        # Italics of a part of it are emphasis, and stay.
        if whole not in heading.marks:
            return heading
        self.italics += 1
        return replace(heading, marks=tuple(m for m in heading.marks if m != whole))

    def label(self, parts: ReadProvisions, element: etree._Element) -> None:
        # A second number has no place as a label, and no word may be lost.
        if parts.label:
            parts.children.append(self.text(element))
        else:
            parts.label = " ".join(self.phrase(element).text.split())

    def paragraph(self, parts: ReadProvisions, element: etree._Element) -> None:
        parent = element.getparent()
        kind = _front(element) if _within(element, _PREFACE) else None
        if kind and (pair := _number_and_title(element)):
            for part, role in zip(pair, (Kind.NUMBER, Kind.TITLE), strict=True):
                parts.children.append(replace(self.text(part), kind=role))
        elif kind and parent is not None and parent.tag == _PREFACE:
            parts.children.append(replace(self.text(element), kind=kind))
        elif (
            parts.phrase is None
            and not parts.children
            and parent is not None
            and (not parts.headed or parent.tag in _OWN_PLACES)
        ):
            parts.phrase = self.phrase(element)
        else:
            parts.children.append(self.text(element))

    def odd(self, parts: ReadProvisions, element: etree._Element) -> None:
        tag = element.tag
        if tag == _INTRODUCTION:
            self.heading(parts, element)
        elif tag in (_CONTAINER, _LONG_TITLE):
            self._contained(parts, element)
        elif tag in _OTHERS:
            self.child(parts, element, _OTHERS[str(tag)])
        elif tag in _BRANCHES:
            self.child(parts, element, _branch(element))
        elif tag == akn("attachment"):
            self.child(parts, element, Kind.ANNEX)
        elif tag in _LINES:
            parts.children.append(self.text(element))
        elif tag == _BLOCK_CONTAINER and element.find(_NUM) is not None:
            self.child(parts, element, Kind.ITEM)
        elif tag in _THROUGH or tag == _BLOCK_CONTAINER:
            self.fill(parts, element)
        else:
            self.opaque(parts, element)

    def _contained(self, parts: ReadProvisions, element: etree._Element) -> None:
        """Read a container by what is in it: number line, title, heading with recitals, or text."""
        kind = _front(element) if _within(element, _PREFACE) else None
        if kind and any(map(_number_and_title, element)):
            self.fill(parts, element)
        elif kind is None and any(child.tag in _GROUPING for child in element):
            kind = Kind.PREAMBULAR if _within(element, _PREAMBLE) else Kind.OPERATIVE
            inside = ReadProvisions(headed=True)
            id = self.id_of(element)
            self.fill(inside, element)
            parts.children.append(self.finished(element, kind, id, inside))
        elif kind is None:
            self.fill(parts, element)
        else:
            self.child(parts, element, kind)

    # -- labels ---------------------------------------------------------------------------

    def _labelled(self, children: list[Provision]) -> Iterator[Provision]:
        """Take labels that were typed at the beginning of items out of their text."""
        before = ""
        for child in children:
            if child.kind is Kind.ITEM and not child.label:
                typed = _TYPED.match(child.text)
                if typed and _is_typed(typed[1], before):
                    self.report(f"the label “{typed[1]}” was typed in its text: {child.id}")
                    child = _cut(child, typed[1], typed.end())
            if child.kind is Kind.ITEM:
                before = child.label
            yield child


def _is_typed(token: str, before: str) -> bool:
    """Tell whether a first word is a label: ``a)``, a bullet, or the number that comes next."""
    label = parse(token)
    if label is None:
        return False
    # A number without a bracket or point may begin a sentence: it must be the one that is due.
    if label.closing or label.style is LabelStyle.BULLET:
        return True
    last = parse(before) if before else None
    due = last.number + 1 if last and last.style is LabelStyle.DECIMAL else 1
    return label.style is LabelStyle.DECIMAL and (bool(label.before) or label.number == due)


def _cut(provision: Provision, label: str, length: int) -> Provision:
    marks = tuple(
        Mark(max(m.start - length, 0), m.end - length, m.kind, m.value)
        for m in provision.marks
        if m.end > length
    )
    return replace(provision, label=label, text=provision.text[length:], marks=marks)


def _within(element: etree._Element, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _front(element: etree._Element) -> Kind | None:
    """Tell whether something in a preface is the number line or the title."""
    named = {"title": Kind.TITLE, "identification": Kind.NUMBER}.get(element.get("name", ""))
    tags = {child.tag for child in element.iter()}
    if tags & _NUMBERED:
        return Kind.NUMBER
    if tags & _TITLED or (element.tag == _LONG_TITLE and named is None):
        return Kind.TITLE
    return named


def _number_and_title(element: etree._Element) -> tuple[etree._Element, etree._Element] | None:
    """Return the number line and the title that one paragraph holds, each as its own.

    What stands between them is the number line's. So the secretariat of the United Nations writes.
    """
    tags = [child.tag for child in element]
    if _DOC_TITLE not in tags:
        return None
    cut = tags.index(_DOC_TITLE)
    if not _NUMBERED.intersection(tags[:cut]):
        return None
    number, title = deepcopy(element), element.makeelement(element.tag)
    # Its attributes stay with the number line, the id among them.
    title.extend(map(deepcopy, list(element)[cut:]))
    del number[cut:]
    number[-1].tail = (number[-1].tail or "").rstrip()
    number.tail = None
    return number, title


def _branch(element: etree._Element) -> Kind:
    """Tell a heading with what it governs from a paragraph of another name."""
    tags = {child.tag for child in element}
    if _HEADING in tags:
        return Kind.OPERATIVE
    inside = any(tag in KINDS or tag in _BRANCHES or tag == _LIST for tag in tags)
    return Kind.OPERATIVE if _INTRO in tags and inside and _NUM not in tags else Kind.ITEM


# -- inline ---------------------------------------------------------------------------------------


class _ForeignPhrases(InlineReader):
    """Read inline elements that we do not use."""

    def __init__(self, reader: ForeignReader) -> None:
        super().__init__(reader.note, changes=False)
        self.reader = reader

    def other(self, element: etree._Element) -> None:
        tag = element.tag
        if not isinstance(tag, str):
            super().other(element)
            return
        kept = "ref" if tag == _A else "term" if tag in _TERMS and element.get("refersTo") else ""
        self.reader.inlines[tag.rpartition("}")[2], kept] += 1
        if kept:
            self.mark(element, kept)
        # Blocks among inline elements: their words must not run into their neighbours'.
        elif tag in _BLOCKS:
            self.say("\n")
            self.inside(element)
            self.say("\n")
        else:
            self.inside(element)

    def refer(self, element: etree._Element) -> None:
        note = self.reader.notes.get(element.get("href", ""))
        if note is None:
            self.say(element.get("marker"))
            return
        self.notes.append(self.reader.note(note))
        self.sign("footnote", "")


def reported(reader: ForeignReader) -> None:
    """Report what became of elements that we do not use."""
    if reader.italics:
        reader.report(f"the italics of {reader.italics} headings are taken as what headings have")
    for (name, kept), times in sorted(reader.inlines.items()):
        became = f"as {kept!r}" if kept else "as plain text"
        reader.report(f"the words of {times} × {name!r} are kept {became}")
