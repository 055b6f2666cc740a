"""Hypothesis strategies: resolutions, and what states make of them.

A revised text is made from its base by the things that states do: they change words, add
provisions (in others they add too), strike, move, split, join and renumber, rewrite footnotes, or
turn the whole inside out.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from resamend.model import OBJECT, Kind, Language, Mark, Provision, Resolution, inline
from resamend.numbering import eids, renumbered

WORDS = {
    "latin": [
        "the",
        "of",
        "plan",
        "Member",
        "States",
        "shall",
        "should",
        "2003",
        "l'UIT",
        "Genève",
    ],
    "typographic": [
        "l’UIT",
        "Gene\u0300ve",
        "WG\u2011WSIS",
        "WG-WSIS",
        "m²",
        "10,5",
        "\u00ab",
        "\u00bb",
    ],
    "cyrillic": ["решает", "План", "государства", "и"],
    "arabic": ["الخطة", "كتـاب", "كتاب", "و", "تدرك\u064b"],
    "chinese": ["信", "息社会", "计划", "，"],
    "devanagari": ["योजना", "कि"],
    "marks": [",", ";", "[and", "digital]", "(", ")", "/"],
}
GAPS = [" ", " ", " ", " ", "\u00a0", "", "  "]
LABELS = {Kind.PREAMBULAR: "abcdefghij", Kind.OPERATIVE: "1234567890"}

words = st.one_of(
    st.sampled_from(WORDS["latin"]),
    st.sampled_from(WORDS["latin"]),
    st.sampled_from([word for script in WORDS.values() for word in script]),
)


@st.composite
def texts(draw: st.DrawFn, most: int = 12) -> str:
    """Draw a text of words in six scripts; sometimes an empty one."""
    drawn = draw(st.lists(st.tuples(words, st.sampled_from(GAPS)), max_size=most))
    return "".join(word + gap for word, gap in drawn).strip()


@st.composite
def formatted(draw: st.DrawFn, text: str) -> tuple[Mark, ...]:
    """Draw inline marks on a text, whole words or parts of words."""
    if not text or draw(st.integers(0, 3)):
        return ()
    spots = st.integers(0, len(text))
    kinds = st.sampled_from([("i", ""), ("b", ""), ("sup", ""), ("ref", "#x")])
    drawn = draw(st.lists(st.tuples(spots, spots, kinds), max_size=2))
    marks = [Mark(min(a, b), max(a, b), *kind) for a, b, kind in drawn if a != b]
    refs = [mark for mark in marks if mark.kind == "ref"][:1]
    return inline(tuple([mark for mark in marks if mark.kind != "ref"] + refs))


@st.composite
def provisions(
    draw: st.DrawFn, kind: Kind = Kind.ITEM, label: str = "", depth: int = 0
) -> Provision:
    """Draw a provision, with sub-items and footnotes now and then."""
    text = draw(texts())
    marks = draw(formatted(text))
    children: tuple[Provision, ...] = ()
    if kind is Kind.ITEM and depth < 2 and not draw(st.integers(0, 3)):
        children = tuple(
            draw(provisions(label=f"{'iv'[n]})", depth=depth + 1))
            for n in range(draw(st.integers(1, 2)))
        )
    made = Provision(id="?", kind=kind, label=label, text=text, marks=marks, children=children)
    if text and kind is Kind.ITEM and not draw(st.integers(0, 5)):
        made = with_footnote(made, draw(st.integers(0, len(text))), draw(texts(4)))
    return made


def with_footnote(provision: Provision, at: int, body: str) -> Provision:
    """Put a footnote into a provision, after the ones it has."""
    marks = [mark for mark in provision.marks if mark.kind not in ("ref",)]
    last = max((mark.end for mark in marks if mark.kind == "footnote"), default=0)
    at = max(at, last)
    text = provision.text[:at] + OBJECT + provision.text[at:]
    shifted = [
        replace(mark, start=mark.start + (mark.start >= at), end=mark.end + (mark.end > at))
        for mark in marks
    ]
    notes = [child for child in provision.children if child.kind is Kind.FOOTNOTE]
    note = Provision(id="?", kind=Kind.FOOTNOTE, label="1", text=body)
    return replace(
        provision,
        text=text,
        marks=inline((*shifted, Mark(at, at + 1, "footnote"))),
        children=(*notes, note, *provision.children[len(notes) :]),
    )


@st.composite
def resolutions(draw: st.DrawFn) -> Resolution:
    """Draw a resolution: number line, title, enacting clause, groups of items."""
    front = [
        Provision(id="?", kind=Kind.NUMBER, text="RESOLUTION 140 (REV. BUSAN, 2014)"),
        Provision(id="?", kind=Kind.TITLE, text=draw(texts(5))),
        Provision(id="?", kind=Kind.ENACTING, text="The Conference (Busan, 2014),"),
    ]
    groups = []
    for kind in (Kind.PREAMBULAR, Kind.OPERATIVE):
        for _ in range(draw(st.integers(0, 2))):
            items = tuple(
                draw(provisions(label=LABELS[kind][n] + (")" if kind is Kind.PREAMBULAR else "")))
                for n in range(draw(st.integers(0, 4)))
            )
            heading = draw(st.sampled_from(["noting", "resolves", "considering further", "决议"]))
            groups.append(Provision(id="?", kind=kind, text=heading, children=items))
    whole = Provision(id="?", kind=Kind.RESOLUTION, children=(*front, *groups))
    return eids(Resolution(language=Language.EN, provisions=(whole,)))


class Workshop:
    """A mutable copy of a resolution, on which a state works; ids stay where they were."""

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

    def items(self) -> list[Workshop]:
        return [node for node in self.all() if node.provision.kind is Kind.ITEM]

    def holds(self, other: Workshop) -> bool:
        return any(node is other for node in self.all())


@st.composite
def revised(draw: st.DrawFn, base: Resolution, most: int = 4) -> Resolution:
    """Draw what a state makes of a base."""
    if not base.provisions:
        return base
    root = Workshop(base.provisions[0])
    for _ in range(draw(st.integers(0, most))):
        items = root.items()
        if items:
            draw(deeds(root, draw(st.sampled_from(items))))
    made = replace(base, provisions=(root.value(),))
    return eids(made) if draw(st.booleans()) else made


@st.composite
def deeds(draw: st.DrawFn, root: Workshop, item: Workshop) -> None:
    """Do one thing that a state does."""
    deed = draw(
        st.sampled_from(
            ["words", "words", "words", "add", "add", "strike", "move", "split", "join",
             "renumber", "footnote", "label", "heading", "format", "wrap"]
        )
    )  # fmt: skip
    siblings = item.parent.children if item.parent else []
    at = next((k for k, node in enumerate(siblings) if node is item), 0)
    provision = item.provision
    if deed == "words":
        item.provision = draw(reworded(provision))
    elif deed == "format":
        item.provision = replace(
            provision,
            marks=inline((*provision.marks, Mark(0, len(provision.text.rstrip()), "b"))),
        )
    elif deed == "label":
        item.provision = replace(provision, label=draw(st.sampled_from(["9", "zz)", "1bis", ""])))
    elif deed == "footnote" and provision.text:
        changed = with_footnote(
            provision, draw(st.integers(0, len(provision.text))), draw(texts(3))
        )
        if len(changed.children) > len(item.children):
            notes = [c for c in changed.children if c.kind is Kind.FOOTNOTE]
            item.children.insert(len(notes) - 1, Workshop(notes[-1], item))
            item.provision = changed
    elif deed == "strike":
        del siblings[at]
    elif deed == "add":
        label = draw(st.sampled_from(["1bis", "2bis", "abis)", "c)"]))
        new = Workshop(draw(provisions(label=label)), item.parent)
        siblings.insert(at + draw(st.integers(0, 1)), new)
    elif deed in ("move", "wrap"):
        draw(move(root, item, into_new=deed == "wrap"))
    elif deed == "split" and not item.children and " " in provision.text:
        cut = provision.text.index(" ", draw(st.integers(0, provision.text.rindex(" "))))
        plain = replace(provision, marks=())
        item.provision = replace(plain, text=provision.text[:cut])
        rest = replace(plain, id="?", label="7", text=provision.text[cut:].strip())
        siblings.insert(at + 1, Workshop(rest, item.parent))
    elif deed == "join" and at + 1 < len(siblings) and not siblings[at + 1].children:
        other = siblings[at + 1].provision
        if not item.children and other.kind is provision.kind:
            item.provision = replace(provision, text=f"{provision.text} {other.text}", marks=())
            del siblings[at + 1]
    elif deed == "renumber":
        for node, label in zip(
            siblings, renumbered([node.provision.label for node in siblings]), strict=True
        ):
            node.provision = replace(node.provision, label=label)
    elif deed == "heading" and item.parent:
        item.parent.provision = draw(reworded(item.parent.provision))


@st.composite
def move(draw: st.DrawFn, root: Workshop, item: Workshop, into_new: bool) -> None:
    """Move an item under another list, or into a provision that the state adds."""
    siblings = item.parent.children if item.parent else []
    at = next((k for k, node in enumerate(siblings) if node is item), 0)
    hosts = [
        node
        for node in root.all()
        if node.provision.kind in (Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ITEM)
        and not item.holds(node)
    ]
    if not hosts or not siblings:
        return
    host = draw(st.sampled_from(hosts))
    del siblings[at]
    if into_new:
        new = Workshop(Provision(id="?", kind=Kind.ITEM, label="8", text=draw(texts(4))), host)
        host.children.insert(draw(st.integers(0, len(host.children))), new)
        host = new
    item.parent = host
    host.children.insert(draw(st.integers(0, len(host.children))), item)


@st.composite
def reworded(draw: st.DrawFn, provision: Provision) -> Provision:
    """Replace a stretch of a text, keeping footnotes whole."""
    text = provision.text
    if any(mark.kind == "footnote" for mark in provision.marks):
        start = max(mark.end for mark in provision.marks if mark.kind == "footnote")
    else:
        start = 0
    first = draw(st.integers(start, len(text)))
    last = draw(st.integers(first, min(len(text), first + 12)))
    new = draw(texts(3))
    marks = tuple(mark for mark in provision.marks if mark.end <= first)
    return replace(provision, text=text[:first] + new + text[last:], marks=inline(marks))
