"""What states do to a resolution, as data: so that several states can do the same thing.

A deed names its provision by the id in the base. A state that has struck the provision, or whose
other deeds leave no place for this one, does nothing instead.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence

from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from resamend.matching import bound, footnotes
from resamend.model import WHOLE, Kind, Mark, Provision, Resolution, Word, inline, walk
from resamend.numbering import renumbered
from resamend.words import joined, split
from tests import texts as ours
from tests.texts import picked, rarely, upto

LISTS = frozenset({Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX, Kind.ITEM})
TEXTS = frozenset({*WHOLE, Kind.ITEM, Kind.TEXT, Kind.NUMBER, Kind.ENACTING, Kind.CELL})
WHOLES = frozenset({Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX, Kind.TABLE, Kind.ROW})


class Deed(Struct, frozen=True, kw_only=True):
    """Do ``name`` to ``target``; the rest is used as the deed needs it."""

    name: str
    target: str
    text: str = ""
    label: str = ""
    at: int = 0
    span: int = 0
    host: str = ""
    new: Provision | None = None


class Workshop:
    """A mutable copy of a provision, on which a state works; ids stay where they were."""

    def __init__(self, provision: Provision, parent: Workshop | None = None) -> None:
        self.provision = provision
        self.parent = parent
        self.children = [Workshop(child, self) for child in provision.children]

    def value(self) -> Provision:
        notes = [c for c in self.children if c.provision.kind is Kind.FOOTNOTE]
        rest = [c for c in self.children if c.provision.kind is not Kind.FOOTNOTE]
        return replace(self.provision, children=tuple(c.value() for c in notes + rest))

    def all(self) -> list[Workshop]:
        return [self, *(node for child in self.children for node in child.all())]

    def find(self, id: str) -> Workshop | None:
        return next((node for node in self.all() if node.provision.id == id), None)

    def holds(self, other: Workshop) -> bool:
        return any(node is other for node in self.all())

    @property
    def siblings(self) -> list[Workshop]:
        return self.parent.children if self.parent else [self]

    @property
    def place(self) -> int:
        return next(k for k, node in enumerate(self.siblings) if node is self)

    def leave(self) -> None:
        """Go from where it is."""
        del self.siblings[self.place]

    def stand(self, at: int, new: Workshop) -> None:
        """Put a provision at a place below, after the footnotes."""
        notes = sum(child.provision.kind is Kind.FOOTNOTE for child in self.children)
        new.parent = self
        self.children.insert(notes + at % (len(self.children) - notes + 1), new)


def done(base: Resolution, deeds: Iterable[Deed]) -> Resolution:
    """Return what becomes of a base when a state does some deeds, one after another."""
    root = Workshop(Provision(id="", kind=Kind.RESOLUTION, children=base.provisions))
    for deed in deeds:
        node = root.find(deed.target)
        if node is not None:
            KNOWN[deed.name](root, node, deed)
    return replace(base, provisions=root.value().children)


# -- words ------------------------------------------------------------------------------------


def reword(_: Workshop, node: Workshop, deed: Deed) -> None:
    """Put other words in place of some; without new words, strike them."""
    words = words_of(node)
    start = deed.at % (len(words) + 1 if deed.text else max(len(words), 1))
    new = split(f" {deed.text}" if start and deed.text else deed.text)
    put(node, [*words[:start], *new, *words[start + deed.span :]])


def respell(_: Workshop, node: Workshop, deed: Deed) -> None:
    """Change letters, wherever they are in a word."""
    text = node.provision.text
    start = deed.at % (len(text) + 1 if deed.text else max(len(text), 1))
    end = start + deed.span
    if not any(mark.end > start for mark in node.provision.marks):
        node.provision = replace(node.provision, text=text[:start] + deed.text + text[end:])


def retype(_: Workshop, node: Workshop, deed: Deed) -> None:
    """Change only how a text is typed."""
    if not node.provision.marks:
        node.provision = replace(node.provision, text=typed(node.provision.text))


def typed(text: str) -> str:
    """Type a text otherwise: curly quotes, no-break spaces and hyphens, letters decomposed."""
    curly = text.replace("'", "’").replace("-", "\u2011").replace("  ", " ").replace(" ", "\u00a0")
    return unicodedata.normalize("NFD", curly)


def embolden(_: Workshop, node: Workshop, deed: Deed) -> None:
    bold = Mark(0, len(node.provision.text.rstrip()), "b")
    node.provision = replace(node.provision, marks=inline((*node.provision.marks, bold)))


def empty(_: Workshop, node: Workshop, deed: Deed) -> None:
    """Strike all the words of a provision, and leave it there."""
    put(node, [])


def words_of(node: Workshop) -> tuple[Word, ...]:
    """Return the words of a provision, its footnotes' marks named by their place."""
    names = [str(number) for number in range(len(footnotes(node.value())))]
    return bound(node.provision, names)


def put(node: Workshop, words: Sequence[Word]) -> None:
    """Give a provision other words; a footnote whose mark has gone goes too."""
    text, marks = joined(words)
    left = {mark.value for mark in marks if mark.kind == "footnote"}
    marks = tuple(replace(m, value="") if m.kind == "footnote" else m for m in marks)
    node.provision = replace(node.provision, text=text, marks=marks)
    notes = [child for child in node.children if child.provision.kind is Kind.FOOTNOTE]
    for number, note in enumerate(notes):
        if str(number) not in left:
            note.leave()


# -- footnotes --------------------------------------------------------------------------------


def annotate(_: Workshop, node: Workshop, deed: Deed) -> None:
    """Add a footnote."""
    if not node.provision.text:
        return
    before = [child for child in node.children if child.provision.kind is Kind.FOOTNOTE]
    changed = ours.with_footnote(node.value(), deed.at, deed.text)
    node.provision = changed
    node.children.insert(len(before), Workshop(footnotes(changed)[-1], node))


def rewrite_note(root: Workshop, node: Workshop, deed: Deed) -> None:
    """Amend a footnote."""
    note = next((c for c in node.children if c.provision.kind is Kind.FOOTNOTE), None)
    if note:
        reword(root, note, deed)


def strike_note(_: Workshop, node: Workshop, deed: Deed) -> None:
    """Strike a footnote and its mark."""
    words = words_of(node)
    marked = [word for word in words if any(mark.kind == "footnote" for mark in word.marks)]
    if marked:
        put(node, [word for word in words if word is not marked[deed.at % len(marked)]])


# -- provisions -------------------------------------------------------------------------------


def strike(_: Workshop, node: Workshop, deed: Deed) -> None:
    node.leave()


def add(_: Workshop, node: Workshop, deed: Deed) -> None:
    """Add a provision before or after this one."""
    if deed.new and node.parent and node.provision.kind is Kind.ITEM:
        node.siblings.insert(node.place + deed.at % 2, Workshop(deed.new, node.parent))


def add_below(_: Workshop, node: Workshop, deed: Deed) -> None:
    """Add a provision below this one."""
    if deed.new:
        node.stand(deed.at, Workshop(deed.new))


def create(_: Workshop, node: Workshop, deed: Deed) -> None:
    """Make the text, where there is none yet."""
    if deed.new and not node.children:
        node.stand(0, Workshop(deed.new))


def move(root: Workshop, node: Workshop, deed: Deed) -> None:
    """Move a provision below another one, or to another place of its list."""
    host = root.find(deed.host)
    if host and host.provision.kind in LISTS and not node.holds(host):
        node.leave()
        host.stand(deed.at, node)


def shift(_: Workshop, node: Workshop, deed: Deed) -> None:
    """Move a provision to another place of its list."""
    if node.parent:
        node.leave()
        node.parent.stand(deed.at, node)


def wrap(root: Workshop, node: Workshop, deed: Deed) -> None:
    """Move a provision below one that the state adds."""
    host = root.find(deed.host)
    if host and host.provision.kind in LISTS and deed.new and not node.holds(host):
        node.leave()
        new = Workshop(replace(deed.new, children=footnotes(deed.new)))
        new.children = [Workshop(note, new) for note in footnotes(deed.new)]
        host.stand(deed.at, new)
        new.stand(0, node)


def divide(_: Workshop, node: Workshop, deed: Deed) -> None:
    """Split a provision in two."""
    words = split(node.provision.text)
    if len(words) < 6 or node.children or not node.parent:
        return
    cut = 3 + deed.at % (len(words) - 5)
    first, rest = (joined(part)[0] for part in (words[:cut], words[cut:]))
    plain = replace(node.provision, marks=())
    node.provision = replace(plain, text=first)
    second = replace(plain, id="?", label=deed.label, text=rest.strip())
    node.siblings.insert(node.place + 1, Workshop(second, node.parent))


def join(_: Workshop, node: Workshop, deed: Deed) -> None:
    """Join the next provision's text to this one, or this one's to it."""
    siblings, at = node.siblings, node.place
    if at + 1 >= len(siblings):
        return
    one, other = node, siblings[at + 1]
    if one.children or other.children or other.provision.kind is not one.provision.kind:
        return
    stays, goes = (one, other) if deed.at % 2 else (other, one)
    text = f"{one.provision.text} {other.provision.text}"
    stays.provision = replace(stays.provision, text=text, marks=())
    goes.leave()


def relabel(_: Workshop, node: Workshop, deed: Deed) -> None:
    node.provision = replace(node.provision, label=deed.label)


def renumber(_: Workshop, node: Workshop, deed: Deed) -> None:
    """Number a list anew."""
    labels = renumbered([child.provision.label for child in node.siblings])
    for child, label in zip(node.siblings, labels, strict=True):
        child.provision = replace(child.provision, label=label)


KNOWN: dict[str, Callable[[Workshop, Workshop, Deed], None]] = {
    deed.__name__: deed
    for deed in (
        reword, respell, retype, embolden, empty, annotate, rewrite_note, strike_note, strike,
        add, add_below, create, move, shift, wrap, divide, join, relabel, renumber,
    )
}  # fmt: skip

_TO_TEXTS = ("reword",) * 3 + ("respell", "retype", "embolden", "empty")
_TO_ITEMS = ("strike", "strike", "add", "add", "add_below", "move", "shift", "wrap", "relabel")
_TO_WHOLES = ("add_below", "strike", "shift")


def _possible(node: Workshop) -> tuple[str, ...]:
    """Return what states can do to a provision; a deed in vain teaches nothing."""
    kind = node.provision.kind
    names = (_TO_TEXTS if kind in TEXTS else ()) + (_TO_WHOLES if kind in WHOLES else ())
    if kind is not Kind.ITEM:
        return names
    names += (*_TO_ITEMS, "renumber", "renumber")
    if node.provision.text:
        names += ("annotate",)
    if any(child.provision.kind is Kind.FOOTNOTE for child in node.children):
        names += ("rewrite_note", "rewrite_note", "strike_note")
    elif not node.children:
        names += ("divide", "divide") if len(split(node.provision.text)) > 5 else ()
        after = node.siblings[node.place + 1 : node.place + 2]
        names += ("join", "join") if after and not after[0].children else ()
    return names


def deed_list(draw: st.DrawFn, base: Resolution, least: int, most: int) -> list[Deed]:
    """Draw deeds, most of them done at the same spot of the same provision."""
    root = Workshop(Provision(id="", kind=Kind.RESOLUTION, children=base.provisions))
    known = {node.provision.id: names for node in root.all() if (names := _possible(node))}
    if not known:
        return [_creation(draw) for _ in range(least - 1)]
    kinds = {provision.id: provision.kind for provision in walk(base.provisions)}
    hosts = [id for id in known if kinds[id] in LISTS]
    hot = picked(draw, [id for id in known if kinds[id] is Kind.ITEM] or list(known))
    spot = draw(upto(9))
    made = []
    for _ in range(draw(st.integers(least, most))):
        target = picked(draw, list(known)) if rarely(draw, 4) else hot
        name = picked(draw, known[target])
        deed = _deed(draw, target, name, spot + draw(upto(2)), hosts)
        made.append(_fitting(draw, deed, kinds[target]) if name == "add_below" else deed)
    if rarely(draw, 40):
        made.append(Deed(name="strike", target=base.provisions[0].id))
    return made


def _deed(draw: st.DrawFn, target: str, name: str, at: int, hosts: Sequence[str]) -> Deed:
    deed = Deed(name=name, target=target, at=at)
    if name in ("reword", "respell", "rewrite_note"):
        new = picked(draw, _NEW)(draw)
        return replace(deed, text=new, span=draw(st.integers(0 if new else 1, 4)))
    if name == "annotate":
        return replace(deed, text=ours.text(draw, 3))
    if name in ("add", "add_below", "wrap"):
        label = picked(draw, ("1bis", "2bis", "abis)", "c)", ""))
        new = ours.item(draw, label)
        return replace(deed, new=new, host=picked(draw, hosts) if hosts else "")
    if name == "move":
        return replace(deed, host=picked(draw, hosts) if hosts else "")
    if name in ("divide", "relabel"):
        return replace(deed, label=picked(draw, ("1bis", "ibis)", "7", "zz)", "")))
    return deed


def _fitting(draw: st.DrawFn, deed: Deed, kind: Kind) -> Deed:
    """Put rows into a table, cells into a row, and now and then a table into an annex."""
    if kind is Kind.TABLE:
        return replace(deed, new=ours.table(ours.text(draw, 3)).children[deed.at % 2])
    if kind is Kind.ROW:
        return replace(deed, new=Provision(id="?", kind=Kind.CELL, text=ours.text(draw, 3)))
    if kind is Kind.ANNEX and rarely(draw, 2):
        return replace(deed, new=ours.table(ours.text(draw, 3)))
    return deed


_NEW: tuple[Callable[[st.DrawFn], str], ...] = (
    lambda _: "",
    lambda draw: ours.text(draw, 3),
    lambda _: "plan",
    lambda _: "plan of",
    lambda _: "[plan of]",
)


def _creation(draw: st.DrawFn) -> Deed:
    """Draw the making of a new resolution, where there is no text in force."""
    whole = ours.resolution(draw).provisions[0]
    return Deed(name="create", target="", new=whole)
