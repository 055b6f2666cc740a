"""Hypothesis strategies: trees that no conference would adopt, to show that any can be stored.

Every kind stands anywhere, texts hold what XML must escape, marks overlap, ids repeat.
"""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st
from msgspec.structs import replace

from resamend.model import OBJECT, Kind, Language, Mark, Metadata, Provision, Resolution, inline
from tests.texts import picked, upto

_LENGTHS = (0, 0, 0, 0, 0, 1, 2, 3, 4, 6, 8)
"""Half of the texts are empty."""
KINDS = [kind for kind in Kind if kind is not Kind.MOVED]
_LETTERS = [*"ab <>&\"'", "\n", "\t", "\r", OBJECT, OBJECT, "\u2028", "\u00a0", "é", "信", "1", ")"]
_MARKS = [
    ("i", ""), ("b", ""), ("u", "x"), ("ref", "#x"), ("ref", "%zz \n"), ("term", "#t"),
    ("term", ""), ("footnote", ""), ("footnote", "v"), ("split", "7"), ("join", "a"),
]  # fmt: skip
_SAID = ["", "x", "2014-01-01", "2014-02-30", "unknown", "a b<\n", "itu-pp", "/akn/un/x/res-1"]

_IDS = ["", "a b", "x", "y", "resamend", "s1", "é", "mod_1", "p\n"]

metadata = st.builds(
    Metadata,
    **{name: st.sampled_from(_SAID) for name in Metadata.__slots__},
)


def _text(draw: st.DrawFn) -> str:
    return "".join(picked(draw, _LETTERS) for _ in range(picked(draw, _LENGTHS)))


def _marks(draw: st.DrawFn, text: str) -> tuple[Mark, ...]:
    made = []
    for _ in range(draw(upto(3)) if text else 0):
        start = draw(upto(len(text) - 1))
        kind = picked(draw, _MARKS)
        if OBJECT in text and draw(st.booleans()):
            at = text.index(OBJECT, draw(upto(text.rindex(OBJECT))))
            made.append(Mark(at, at + 1, "footnote"))
        else:
            made.append(Mark(start, start + 1 + draw(upto(len(text) - start - 1)), *kind))
    return inline(tuple(made))


def _provision(draw: st.DrawFn, depth: int = 0) -> Provision:
    text = _text(draw)
    below = draw(upto(3)) if depth < 3 else 0
    return Provision(
        id=picked(draw, _IDS),
        kind=picked(draw, KINDS),
        label=_text(draw) if draw(st.booleans()) else "",
        text=text,
        marks=_marks(draw, text),
        children=tuple(_provision(draw, depth + 1) for _ in range(below)),
    )


@st.composite
def wild_resolutions(draw: st.DrawFn) -> Resolution:
    """Draw any tree at all, its ids good or bad."""
    tops = [_provision(draw) for _ in range(draw(upto(3)))]
    if len(tops) == 1 and draw(st.booleans()):
        tops = [replace(tops[0], kind=Kind.RESOLUTION)]
    return Resolution(
        language=picked(draw, list(Language)), provisions=tuple(tops), metadata=draw(metadata)
    )


@st.composite
def odd_resolutions(draw: st.DrawFn) -> Resolution:
    """Draw any tree in English, with sound ids and sound footnotes: one that can be amended."""
    tops = [_provision(draw) for _ in range(1 + draw(upto(1)))]
    if draw(st.booleans()):
        tops = [replace(tops[0], kind=Kind.RESOLUTION)]
    sound = tuple(map(_sound, tops))
    numbered = tuple(_numbered(sound, iter(range(1000))))
    return Resolution(language=Language.EN, provisions=numbered, metadata=draw(metadata))


def _numbered(provisions: tuple[Provision, ...], numbers: Iterator[int]) -> Iterator[Provision]:
    for provision in provisions:
        id = f"p_{next(numbers)}"
        yield replace(provision, id=id, children=tuple(_numbered(provision.children, numbers)))


def _sound(provision: Provision) -> Provision:
    """Leave out marks that a text in force cannot have."""
    marks = tuple(
        mark
        for mark in provision.marks
        if mark.kind not in ("split", "join") and (mark.kind != "footnote" or not mark.value)
    )
    children = tuple(map(_sound, provision.children))
    notes = tuple(child for child in children if child.kind is Kind.FOOTNOTE)
    rest = tuple(child for child in children if child.kind is not Kind.FOOTNOTE)
    return replace(provision, marks=marks, children=notes + rest)
