"""Hypothesis strategies: texts in six scripts, provisions, resolutions."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import TypeVar

from hypothesis import strategies as st
from msgspec.structs import replace

from resamend.model import OBJECT, Kind, Language, Mark, Provision, Resolution, inline, walk
from resamend.numbering import eids
from resamend.words import starts

WORDS = {
    "latin": [
        "the", "of", "plan", "Member", "States", "shall", "should", "not", "2003", "10.5", "l'UIT",
        "Genève",
    ],
    "typographic": [
        "l’UIT",
        unicodedata.normalize("NFD", "Genève"),
        "WG\u2011WSIS",
        "WG-WSIS",
        "m²",
        "10,5",
        "co\u00adordinate",
        "coordinate",
        "\u00ab",
        "\u00bb",
    ],
    "cyrillic": ["решает", "План", "государства", "и", "Йод", unicodedata.normalize("NFD", "Йод")],
    "arabic": ["الخطة", "كتـاب", "كتاب", "و", "تدرك\u064b", "\ufefb"],
    "chinese": ["信", "息社会", "计划", "，", "葛\U000e0100"],
    "devanagari": ["योजना", "कि"],
    "marks": [",", ";", "[and", "digital]", "(", ")", "/", "…", "1)"],
}  # fmt: skip
GAPS = (" ", " ", " ", " ", "\u00a0", "", "  ")
LABELS = {Kind.PREAMBULAR: "abcdefghij", Kind.OPERATIVE: "1234567890", Kind.ANNEX: "123456789"}
_P, _O, _A = Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX
_OUTLINES = ((_O,), (_P, _O), (_P, _P), (_O, _O), (_P, _O, _O), (_P, _O, _A), (_O, _A), ())
HEADINGS = ("noting", "resolves", "considering further", "决议", "")

_ALL = [f"{word}{gap}" for script in WORDS.values() for word in script for gap in GAPS]
_LATIN = [f"{word}{gap}" for word in WORDS["latin"] for gap in GAPS]
_PIECES = st.one_of(st.sampled_from(_LATIN), st.sampled_from(_ALL))
_TAPE = Random(140).choices(_LATIN + _ALL, k=600)
_MARKS = (("i", ""), ("b", ""), ("sup", ""), ("ref", "#x"))

T = TypeVar("T")


def text(draw: st.DrawFn, most: int = 12) -> str:
    """Draw a text of words in six scripts, most of them few enough to recur; sometimes none.

    Most texts are cut from one tape of words, which is quickly drawn; some are drawn word by word.
    """
    if rarely(draw, 3):
        return "".join(draw(_PIECES) for _ in range(draw(upto(min(most, 5))))).strip()
    return _cut(draw(upto(len(_TAPE))), draw(upto(most)))


texts = cache(st.composite(text))


def _cut(at: int, length: int) -> str:
    return "".join(_TAPE[at : at + length]).strip()


@cache
def upto(last: int) -> st.SearchStrategy[int]:
    """Return how a number from 0 to ``last`` is drawn; made once, since making it takes long."""
    return st.integers(0, last)


def rarely(draw: st.DrawFn, times: int) -> bool:
    """Draw true about once in so many times (not at an end of the range: those are favoured)."""
    return draw(upto(times)) == (times + 1) // 2


def picked(draw: st.DrawFn, some: Sequence[T]) -> T:
    """Draw one of some things: much quicker than by a strategy that is made for them each time."""
    return some[draw(upto(len(some) - 1))]


def formatted(draw: st.DrawFn, text: str) -> tuple[Mark, ...]:
    """Draw inline marks on a text, whole words or parts of words."""
    if not text or not rarely(draw, 4):
        return ()
    spots = upto(len(text))
    drawn = [(draw(spots), draw(spots), picked(draw, _MARKS)) for _ in range(draw(upto(2)))]
    marks = [Mark(min(a, b), max(a, b), *kind) for a, b, kind in drawn if a != b]
    refs = [whole(text, mark) for mark in marks if mark.kind == "ref"][:1]
    return inline(tuple([mark for mark in marks if mark.kind != "ref"] + refs))


def whole(text: str, link: Mark) -> Mark:
    """Widen a link to the words that it touches; nobody links half a word."""
    edges = starts(text)
    start = max(edge for edge in edges if edge <= link.start)
    return replace(link, start=start, end=min(edge for edge in edges if edge >= link.end))


def item(draw: st.DrawFn, label: str = "") -> Provision:
    """Draw an item, with sub-items and footnotes now and then.

    Four of five come from a stock: drawing each by itself takes most of the time of a test.
    """
    number = draw(_ITEMS)
    return replace(_STOCK[number] if number < len(_STOCK) else _fresh(draw), label=label)


def _fresh(draw: st.DrawFn) -> Provision:
    said = text(draw)
    made = Provision(id="?", kind=Kind.ITEM, text=said, marks=formatted(draw, said))
    if said and rarely(draw, 4):
        made = with_footnote(made, draw(upto(len(said))), text(draw, 4))
    return made


def with_footnote(provision: Provision, at: int, body: str) -> Provision:
    """Put a footnote into a provision, after the ones it has."""
    marks = [mark for mark in provision.marks if mark.kind != "ref"]
    last = max((mark.end for mark in marks if mark.kind == "footnote"), default=0)
    at = min(max(at, last), len(provision.text))
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


def _stocked(random: Random, depth: int = 0) -> Provision:
    """Make a provision without drawing it."""
    text = _cut(random.randrange(len(_TAPE)), random.choice([0, 1, 2, 3, 5, 8, 12, 12]))
    marks: tuple[Mark, ...] = ()
    if text and not random.randrange(6):
        start = random.randrange(len(text))
        kind = random.choice(_MARKS)
        mark = Mark(start, random.randint(start + 1, len(text)), *kind)
        marks = (whole(text, mark) if mark.kind == "ref" else mark,)
    children = tuple(
        replace(_stocked(random, depth + 1), label=f"{'iv'[n]})")
        for n in range(random.randint(1, 2) if depth < 2 and not random.randrange(4) else 0)
    )
    made = Provision(id="?", kind=Kind.ITEM, text=text, marks=marks, children=children)
    for _ in range(random.choice([0, 0, 0, 0, 1, 2])):
        note = _cut(random.randrange(len(_TAPE)), random.randrange(4))
        made = with_footnote(made, random.randint(0, len(text)), note) if text else made
    return made


def _plain(draw: st.DrawFn) -> Provision:
    return picked(draw, _PLAIN)


def _simplest_first(provision: Provision) -> tuple[int, int]:
    below = list(walk((provision,)))
    return len(below), sum(len(p.text) + 9 * len(p.marks) for p in below)


_STOCK = sorted((_stocked(Random(seed)) for seed in range(400)), key=_simplest_first)
_ITEMS = upto(len(_STOCK) * 5 // 4)
_PLAIN = [p for p in _STOCK if not p.children and not p.marks and len(p.text) > 30]
_LENGTHS = (
    *((count, item) for count in (0, 1, 2, 3, 4)),
    *((count, _plain) for count in (3, 3, 4, 4)),
)
"""How many items a list has, and of which sort: plain ones can be split and joined."""


def resolution(draw: st.DrawFn) -> Resolution:
    """Draw a resolution: number line, title, enacting clause, groups, an annex at times."""
    front = [
        Provision(id="?", kind=Kind.NUMBER, text="RESOLUTION 140 (REV. BUSAN, 2014)"),
        Provision(id="?", kind=Kind.TITLE, text=text(draw, 5)),
        Provision(id="?", kind=Kind.ENACTING, text="The Conference (Busan, 2014),"),
    ]
    groups = [_group(draw, kind) for kind in picked(draw, _OUTLINES)]
    whole = Provision(id="?", kind=Kind.RESOLUTION, children=(*front, *groups))
    return eids(Resolution(language=Language.EN, provisions=(whole,)))


resolutions = st.composite(resolution)


def _group(draw: st.DrawFn, kind: Kind) -> Provision:
    ending = ")" if kind is Kind.PREAMBULAR else ""
    count, made = picked(draw, _LENGTHS)
    items = [replace(made(draw), label=f"{label}{ending}") for label in LABELS[kind][:count]]
    if kind is Kind.ANNEX:
        items.insert(0, Provision(id="?", kind=Kind.TEXT, text=text(draw)))
        items.append(table(text(draw, 3)))
    heading = picked(draw, HEADINGS)
    return Provision(id="?", kind=kind, text=heading, children=tuple(items))


def table(text: str) -> Provision:
    """Make a table of two rows, a cell of which is empty."""
    cells = [Provision(id="?", kind=Kind.CELL, text=t) for t in (text, "2014", "", text)]
    rows = (
        Provision(id="?", kind=Kind.ROW, children=tuple(cells[:2])),
        Provision(id="?", kind=Kind.ROW, children=tuple(cells[2:])),
    )
    return Provision(id="?", kind=Kind.TABLE, children=rows)


@st.composite
def bases(draw: st.DrawFn) -> Resolution:
    """Draw a text in force; now and then there is none yet."""
    if rarely(draw, 30):
        return Resolution(language=Language.EN)
    return resolution(draw)
