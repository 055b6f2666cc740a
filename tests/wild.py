"""Hypothesis strategies: trees that no conference would adopt, to show that any can be stored.

Every kind stands anywhere, texts hold what XML must escape, marks overlap, ids repeat.
"""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st
from msgspec.structs import replace

from resamend.model import OBJECT, Kind, Language, Mark, Metadata, Provision, Resolution, inline

__all__ = ["metadata", "odd_resolutions", "wild_resolutions"]

KINDS = [kind for kind in Kind if kind is not Kind.MOVED]
_LETTERS = [*"ab <>&\"'", "\n", "\t", "\r", OBJECT, OBJECT, "\u2028", "\u00a0", "é", "信", "1", ")"]
_MARKS = [
    ("i", ""), ("b", ""), ("u", "x"), ("ref", "#x"), ("ref", "%zz \n"), ("term", "#t"),
    ("term", ""), ("footnote", ""), ("footnote", "v"), ("split", "7"), ("join", "a"), ("odd", ""),
]  # fmt: skip
_SAID = ["", "x", "2014-01-01", "2014-02-30", "unknown", "a b<\n", "itu-pp", "/akn/un/x/res-1"]

_texts = st.one_of(st.just(""), st.text(st.sampled_from(_LETTERS), max_size=8))
metadata = st.builds(
    Metadata,
    **{name: st.sampled_from(_SAID) for name in Metadata.__slots__},
)


@st.composite
def _marks(draw: st.DrawFn, text: str) -> tuple[Mark, ...]:
    made = []
    for _ in range(draw(st.integers(0, 3)) if text else 0):
        start = draw(st.integers(0, len(text) - 1))
        kind = draw(st.sampled_from(_MARKS))
        if OBJECT in text and draw(st.booleans()):
            at = text.index(OBJECT, draw(st.integers(0, text.rindex(OBJECT))))
            made.append(Mark(at, at + 1, "footnote"))
        else:
            made.append(Mark(start, draw(st.integers(start + 1, len(text))), *kind))
    return inline(tuple(made))


@st.composite
def _provisions(draw: st.DrawFn, depth: int = 0) -> Provision:
    text = draw(_texts)
    below = draw(st.integers(0, 3)) if depth < 3 else 0
    return Provision(
        id=draw(st.sampled_from(["", "a b", "x", "y", "resamend", "s1", "é", "mod_1", "p\n"])),
        kind=draw(st.sampled_from(KINDS)),
        label=draw(st.one_of(st.just(""), _texts)),
        text=text,
        marks=draw(_marks(text)),
        children=tuple(draw(_provisions(depth + 1)) for _ in range(below)),
    )


@st.composite
def wild_resolutions(draw: st.DrawFn) -> Resolution:
    """Draw any tree at all, its ids good or bad."""
    tops = draw(st.lists(_provisions(), max_size=3))
    if len(tops) == 1 and draw(st.booleans()):
        tops = [replace(tops[0], kind=Kind.RESOLUTION)]
    return Resolution(
        language=draw(st.sampled_from(Language)), provisions=tuple(tops), metadata=draw(metadata)
    )


@st.composite
def odd_resolutions(draw: st.DrawFn) -> Resolution:
    """Draw any tree in English, with sound ids and sound footnotes: one that can be amended."""
    tops = draw(st.lists(_provisions(), min_size=1, max_size=2))
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
        if mark.kind not in ("split", "join", "odd") and (mark.kind != "footnote" or not mark.value)
    )
    children = tuple(map(_sound, provision.children))
    notes = tuple(child for child in children if child.kind is Kind.FOOTNOTE)
    rest = tuple(child for child in children if child.kind is not Kind.FOOTNOTE)
    return replace(provision, marks=marks, children=notes + rest)
