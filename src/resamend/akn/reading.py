"""Read provisions from elements, in one pass.

Our own form (``rs:form``) is read to the letter: an element is what its name and ``rs:kind`` say.
What is not of that form, for files are edited by hand, is kept as text and reported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from resamend.akn.names import KINDS, akn, rs
from resamend.akn.phrases import InlineReader, InlineText
from resamend.model import WHOLE, Kind, Language, Provision, moved
from resamend.safe import Limits, in_force, refuse_beyond

if TYPE_CHECKING:
    from lxml import etree

_P = akn("p")
_NUM = akn("num")
_CONTENT = akn("content")
_HEADING = akn("heading")
_CAPTION = akn("caption")
_META = akn("meta")
_ATTACHMENT = akn("attachment")
_CONTAINER = akn("container")
_LONG_TITLE = akn("longTitle")
_FRONT = frozenset((_CONTAINER, _LONG_TITLE))
_THROUGH = frozenset(
    akn(name)
    for name in (
        "content", "intro", "wrapUp", "list", "blockList", "preface", "preamble", "mainBody",
        "attachments", "doc",
    )
)  # fmt: skip
_NAMED = frozenset(map(akn, ("tblock", "hcontainer", "attachment", "container")))
"""Elements that hold a provision of any kind, said in ``rs:kind``."""
_HEADED = frozenset(map(akn, ("attachment", "table", "tr")))
"""Elements in which a ``p`` is never the provision's own text."""
_SAYABLE = frozenset(Kind) - {Kind.MOVED}
_CONTAINED = {"identification": Kind.NUMBER, "title": Kind.TITLE}
_ID = rs("id")
_KIND = rs("kind")
_EMPTY = rs("empty")
_WRAP = rs("wrap")
_MOVED = rs("moved")


class Added(Struct, frozen=True, gc=False):
    """Hold what a draft puts into a gap of a list: what it is for each source, by key."""

    gap: int
    items: dict[str, Provision]


class ReadProvisions:
    """Collect what an element says of one provision."""

    __slots__ = ("added", "children", "headed", "label", "phrase")

    def __init__(self, *, headed: bool) -> None:
        self.headed = headed
        """Whether the text of the provision is its heading, so that a ``p`` is one below it."""
        self.label = ""
        self.phrase: InlineText | None = None
        self.children: list[Provision] = []
        self.added: list[Added] = []


class ProvisionReader:
    """Read our own form. A draft's marks and others' forms are for subclasses."""

    changes = False
    """Whether inline ``ins`` and ``del`` are a draft's marks."""

    def __init__(
        self, name: str, limits: Limits | None = None, language: Language | None = None
    ) -> None:
        self.name = name
        self.limits = limits or in_force()
        self.language = language  # of a document that names none
        self.depth = 0
        self.repairs: list[str] = []
        self.ids: list[str] = []
        self.numbers: dict[str, int] = {}
        """The numbers that a draft gives to its outstanding points, by their ids."""

    # -- provisions ---------------------------------------------------------------------------

    def provision(self, element: etree._Element, kind: Kind) -> Provision:
        """Return the provision that an element is."""
        id = self.id_of(element)
        tag = element.tag
        parts = ReadProvisions(headed=tag in _HEADED or (kind in WHOLE and tag not in _FRONT))
        if kind is Kind.FOOTNOTE:
            parts.label = element.get("marker", "")
        self.fill(parts, element)
        return self.finished(element, kind, id, parts)

    def finished(
        self, element: etree._Element, kind: Kind, id: str, parts: ReadProvisions
    ) -> Provision:
        """Return a provision from its parts."""
        phrase = parts.phrase
        if phrase is None:
            return Provision(
                id=id, kind=kind, label=parts.label, text="", children=tuple(parts.children)
            )
        return Provision(
            id=id,
            kind=kind,
            label=parts.label,
            text=phrase.text,
            marks=phrase.marks,
            # Footnotes in a text come first: the n-th mark in it belongs to the n-th child.
            children=(*phrase.notes, *parts.children),
        )

    def finished_root(self, parts: ReadProvisions) -> None:
        """Take note of what stands below the super-root, where that is not one resolution."""

    def id_of(self, element: etree._Element) -> str:
        """Return a provision's permanent id: ``wId``, else ``eId``; ``rs:id`` if neither can be."""
        # An eId follows the numbering when others renumber a text; the wId stays what it was.
        id = element.get("wId") or element.get("eId")
        if id is None:
            exact = element.get(_ID)
            # Not among the ids that must differ: it also stands where the eId of that name is
            # taken.
            if exact is not None:
                return exact
            id = ""
        self.ids.append(id)
        return id

    def fill(self, parts: ReadProvisions, element: etree._Element) -> None:
        """Read what is in an element into a provision."""
        # The parser leaves depth to this walk (safe.xml), which calls itself for each level.
        self.depth += 1
        if self.depth > self.limits.depth:
            where = f"{self.name}, line {element.sourceline}"
            refuse_beyond("depth", "it is nested too deep", where, self.limits)
        text = element.text
        # White space between elements is layout; in a phrase it counts, and is read there.
        if text and not text.isspace():
            self.stray(parts, text)
        for child in element:
            tag = child.tag
            kind = KINDS.get(tag)
            # What an attachment holds only rs:kind tells: an annex, or what stands among the
            # annexes.
            if kind is not None and tag != _ATTACHMENT:
                self.child(parts, child, kind)
            elif tag == _P:
                self.paragraph(parts, child)
            elif tag == _NUM:
                self.label(parts, child)
            elif tag in _THROUGH:
                self.fill(parts, child)
            elif tag in (_HEADING, _CAPTION):
                self.heading(parts, child)
            elif tag != _META:
                self.odd(parts, child)
            tail = child.tail
            if tail and not tail.isspace():
                self.stray(parts, tail)
        self.depth -= 1

    def label(self, parts: ReadProvisions, element: etree._Element) -> None:
        """Read a number; a second one, and what a label has no room for, is kept as text."""
        phrase = self.phrase(element)
        if not (parts.label or phrase.notes or phrase.changes):
            parts.label = phrase.text
        elif phrase.text:
            self.report(
                f"line {element.sourceline}: a num is kept as text: “{_short(phrase.text)}”"
            )
            parts.children.append(self._phrased(element, phrase))

    def heading(self, parts: ReadProvisions, element: etree._Element) -> None:
        """Read a heading: a provision's own text, if it has none yet."""
        if parts.phrase is None:
            parts.phrase = self.phrase(element)
        else:
            parts.children.append(self.text(element))

    def child(self, parts: ReadProvisions, element: etree._Element, kind: Kind) -> None:
        """Read a provision below, or an element of ours that is none."""
        # One without may be no provision: a filler that the schema wants, a wrapper, or a place.
        if element.get("eId") is None:
            if _is_filler(element):
                return
            if element.get(_WRAP):
                self.fill(parts, element)
                return
            goes = element.get(_MOVED)
            if goes is not None:
                parts.children.append(self.place(element, goes))
                if has_words(element):
                    self.opaque(parts, element)
                return
        parts.children.append(self.provision(element, kind))

    def place(self, element: etree._Element, id: str) -> Provision:
        """Read the place to which a provision moves."""
        return moved(id)

    def paragraph(self, parts: ReadProvisions, element: etree._Element) -> None:
        """Read a ``p``: a provision's own text, or a provision of its own."""
        if _is_filler(element):
            return
        if parts.phrase is None and not parts.headed:
            parts.phrase = self.phrase(element)
        else:
            parts.children.append(self.text(element))

    def text(self, element: etree._Element) -> Provision:
        """Read inline elements as a paragraph of its own."""
        return self._phrased(element, self.phrase(element))

    def _phrased(self, element: etree._Element, phrase: InlineText) -> Provision:
        parts = ReadProvisions(headed=False)
        parts.phrase = phrase
        return self.finished(element, Kind.TEXT, self.id_of(element), parts)

    def odd(self, parts: ReadProvisions, element: etree._Element) -> None:
        """Read an element that is not what it is by its name alone."""
        tag = element.tag
        # The text of the resolution itself, in the one paragraph that we write there; with more in
        # it than that, it is not as we wrote it.
        if tag == _LONG_TITLE and parts.phrase is None and _is_one_line(element):
            parts.phrase = self.phrase(element[0])
        elif tag in _NAMED and (kind := self._named(element)):
            self.child(parts, element, kind)
        elif tag in _NAMED and element.get(_WRAP):
            self.fill(parts, element)
        elif tag in _NAMED and element.get(_MOVED) is not None:
            self.child(parts, element, Kind.MOVED)
        else:
            self.opaque(parts, element)

    def _named(self, element: etree._Element) -> Kind | None:
        kind = element.get(_KIND)
        if kind:
            return Kind(kind) if kind in _SAYABLE else None
        if element.tag == _ATTACHMENT and element.get(_MOVED) is None:
            return Kind.ANNEX
        return _CONTAINED.get(element.get("name", "")) if element.tag == _CONTAINER else None

    # -- text ---------------------------------------------------------------------------------

    def phrase(self, element: etree._Element) -> InlineText:
        """Read inline elements."""
        if not len(element):
            text = element.text or ""
            # Most texts: no marks to read, and no line break of an editor to mend.
            if "\n" not in text:
                return InlineText(text)
        phrases = self.phrases()
        phrase = phrases.phrase(element)
        self.repairs += phrases.reports
        return phrase

    def phrases(self) -> InlineReader:
        """Return what reads inline elements."""
        return InlineReader(self.note, changes=self.changes)

    def note(self, element: etree._Element) -> Provision:
        """Read a footnote where it stands in a text."""
        return self.provision(element, Kind.FOOTNOTE)

    # -- what is not of our form --------------------------------------------------------------

    def stray(self, parts: ReadProvisions, text: str) -> None:
        """Keep text that stands between elements."""
        words = " ".join(text.split())
        self.ids.append("")
        parts.children.append(Provision(id="", kind=Kind.TEXT, text=words))
        self.report(f"text between elements is kept as a paragraph: “{_short(words)}”")

    def opaque(self, parts: ReadProvisions, element: etree._Element) -> None:
        """Keep the words of an element that is not known; a comment has none."""
        if not isinstance(element.tag, str):
            self.report(f"line {element.sourceline}: a comment or instruction is left out")
            return
        name = element.tag.rpartition("}")[2]
        words = " ".join("".join(map(str, element.itertext())).split())
        where = f"line {element.sourceline}: the element {name!r}"
        if not words:
            self.report(f"{where} has no text and is left out")
            return
        self.report(f"{where} is kept as a paragraph: “{_short(words)}”")
        self.ids.append("")
        parts.children.append(Provision(id="", kind=Kind.TEXT, text=words))

    def report(self, repair: str) -> None:
        self.repairs.append(repair)


def _is_one_line(element: etree._Element) -> bool:
    """Tell whether an element holds one ``p`` and no words beside it."""
    beside = [element.text, *(child.tail for child in element)]
    return [child.tag for child in element] == [_P] and not "".join(filter(None, beside)).strip()


def _is_filler(element: etree._Element) -> bool:
    """Tell whether an element is there only because the schema wants one."""
    # Somebody may have written into it by hand: then it is a paragraph like others.
    return bool(element.get(_EMPTY)) and not has_words(element)


def has_words(element: etree._Element) -> bool:
    """Tell whether anything but white space is printed in an element."""
    return bool("".join(map(str, element.itertext("*"))).strip())


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…"
