"""Read provisions from elements, in one pass.

Our own form (``rs:form``) is read to the letter: an element is what its name and ``rs:kind`` say.
What is not of that form, for files are edited by hand, is kept as text and reported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from resamend.akn.names import KINDS, akn, rs
from resamend.akn.phrases import InlineReader, Phrase
from resamend.model import WHOLE, Kind, Provision, moved
from resamend.safe import Limits, in_force, refuse_beyond

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Added", "ProvisionReader", "ReadProvisions"]

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

    __slots__ = ("added", "children", "headed", "label", "said")

    def __init__(self, *, headed: bool) -> None:
        self.headed = headed
        """Whether the text of the provision is its heading, so that a ``p`` is one below it."""
        self.label = ""
        self.said: Phrase | None = None
        self.children: list[Provision] = []
        self.added: list[Added] = []


class ProvisionReader:
    """Read our own form. A draft's marks and others' forms are for subclasses."""

    changes = False
    """Whether inline ``ins`` and ``del`` are a draft's marks."""

    def __init__(self, name: str, limits: Limits | None = None) -> None:
        self.name = name
        self.limits = limits or in_force()
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
        made = ReadProvisions(headed=tag in _HEADED or (kind in WHOLE and tag not in _FRONT))
        if kind is Kind.FOOTNOTE:
            made.label = element.get("marker", "")
        self.fill(made, element)
        return self.finished(element, kind, id, made)

    def finished(
        self, element: etree._Element, kind: Kind, id: str, made: ReadProvisions
    ) -> Provision:
        """Return a provision from its parts."""
        said = made.said
        if said is None:
            return Provision(
                id=id, kind=kind, label=made.label, text="", children=tuple(made.children)
            )
        return Provision(
            id=id,
            kind=kind,
            label=made.label,
            text=said.text,
            marks=said.marks,
            children=(*said.notes, *made.children),
        )

    def finished_root(self, made: ReadProvisions) -> None:
        """Take note of what stands below the super-root, where that is not one resolution."""

    def id_of(self, element: etree._Element) -> str:
        """Return a provision's permanent id: ``wId``, else ``eId``; ``rs:id`` if neither can be."""
        id = element.get("wId") or element.get("eId")
        if id is None:
            exact = element.get(_ID)
            if exact is not None:
                return exact
            id = ""
        self.ids.append(id)
        return id

    def fill(self, made: ReadProvisions, element: etree._Element) -> None:
        """Read what is in an element into a provision."""
        self.depth += 1
        if self.depth > self.limits.depth:
            where = f"{self.name}, line {element.sourceline}"
            refuse_beyond("depth", "it is nested too deep", where, self.limits)
        text = element.text
        if text and not text.isspace():
            self.stray(made, text)
        for child in element:
            tag = child.tag
            kind = KINDS.get(tag)
            if kind is not None and tag != _ATTACHMENT:
                self.child(made, child, kind)
            elif tag == _P:
                self.paragraph(made, child)
            elif tag == _NUM:
                self.label(made, child)
            elif tag in _THROUGH:
                self.fill(made, child)
            elif tag in (_HEADING, _CAPTION):
                self.heading(made, child)
            elif tag != _META:
                self.odd(made, child)
            tail = child.tail
            if tail and not tail.isspace():
                self.stray(made, tail)
        self.depth -= 1

    def label(self, made: ReadProvisions, element: etree._Element) -> None:
        made.label = self.phrase(element).text

    def heading(self, made: ReadProvisions, element: etree._Element) -> None:
        """Read a heading: a provision's own text, if it has none yet."""
        if made.said is None:
            made.said = self.phrase(element)
        else:
            made.children.append(self.text(element))

    def child(self, made: ReadProvisions, element: etree._Element, kind: Kind) -> None:
        """Read a provision below, or an element of ours that is none."""
        if element.get("eId") is None:
            if element.get(_EMPTY):
                return
            if element.get(_WRAP):
                self.fill(made, element)
                return
            goes = element.get(_MOVED)
            if goes is not None:
                made.children.append(self.place(element, goes))
                return
        made.children.append(self.provision(element, kind))

    def place(self, element: etree._Element, id: str) -> Provision:
        """Read the place to which a provision moves."""
        return moved(id)

    def paragraph(self, made: ReadProvisions, element: etree._Element) -> None:
        """Read a ``p``: a provision's own text, or a provision of its own."""
        if element.get(_EMPTY):
            return
        if made.said is None and not made.headed:
            made.said = self.phrase(element)
        else:
            made.children.append(self.text(element))

    def text(self, element: etree._Element) -> Provision:
        """Read inline elements as a paragraph of its own."""
        id = self.id_of(element)
        made = ReadProvisions(headed=False)
        made.said = self.phrase(element)
        return self.finished(element, Kind.TEXT, id, made)

    def odd(self, made: ReadProvisions, element: etree._Element) -> None:
        """Read an element that is not what it is by its name alone."""
        tag = element.tag
        if tag == _LONG_TITLE and len(element):
            made.said = self.phrase(element[0])
        elif tag in _NAMED and (kind := self._named(element)):
            self.child(made, element, kind)
        elif tag in _NAMED and element.get(_WRAP):
            self.fill(made, element)
        elif tag in _NAMED and element.get(_MOVED) is not None:
            self.child(made, element, Kind.MOVED)
        else:
            self.opaque(made, element)

    def _named(self, element: etree._Element) -> Kind | None:
        said = element.get(_KIND)
        if said:
            return Kind(said) if said in _SAYABLE else None
        if element.tag == _ATTACHMENT and element.get(_MOVED) is None:
            return Kind.ANNEX
        return _CONTAINED.get(element.get("name", "")) if element.tag == _CONTAINER else None

    # -- text ---------------------------------------------------------------------------------

    def phrase(self, element: etree._Element) -> Phrase:
        """Read inline elements."""
        if not len(element):
            text = element.text or ""
            if "\n" not in text:
                return Phrase(text)
        phrases = self.phrases()
        said = phrases.phrase(element)
        self.repairs += phrases.reports
        return said

    def phrases(self) -> InlineReader:
        """Return what reads inline elements."""
        return InlineReader(self.note, changes=self.changes)

    def note(self, element: etree._Element) -> Provision:
        """Read a footnote where it stands in a text."""
        return self.provision(element, Kind.FOOTNOTE)

    # -- what is not of our form --------------------------------------------------------------

    def stray(self, made: ReadProvisions, text: str) -> None:
        """Keep text that stands between elements."""
        words = " ".join(text.split())
        self.ids.append("")
        made.children.append(Provision(id="", kind=Kind.TEXT, text=words))
        self.report(f"text between elements is kept as a paragraph: “{_short(words)}”")

    def opaque(self, made: ReadProvisions, element: etree._Element) -> None:
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
        made.children.append(Provision(id="", kind=Kind.TEXT, text=words))

    def report(self, repair: str) -> None:
        self.repairs.append(repair)


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…"
