"""Places as sentences name them: a paragraph of something, ordinals, lists; found in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resamend.errors import Invalid
from resamend.forms import TextForm
from resamend.model import Kind, Resolution
from resamend.readers.prose.lexicon import lexicon_of
from resamend.readers.prose.signs import PlaceBook, WordSign, signs_of

_RANKS = {
    "title": 0, "preamble": 0, "operative part": 0, "annex": 0,
    "article": 1, "clause": 1, "op": 1, "pp": 1, "recital": 1, "heading": 1, "named": 1,
    "unknown": 1,
    "para": 2, "label": 2, "demand": 3, "sub": 3, "point": 3, "alinea": 3,
}  # fmt: skip
_REGIONS = ("preamble", "operative part")
_OP = r"OP\d+\S*(?: (?:bis|ter|quat|alt)\w*)?"


class _PlacePart(Struct):
    noun: str
    labels: list[str]
    ordinals: list[int]
    words: str


class PlaceExpression(Struct, frozen=True):
    """Hold a place as it is named, and the words that name it."""

    parts: tuple[_PlacePart, ...]
    words: str


class Named(Struct, frozen=True):
    """Hold the provisions that were named; ``region`` where a whole part of the text was."""

    ids: tuple[str, ...]
    region: bool = False


def parsed_places(signs: Sequence[WordSign], at: int) -> tuple[PlaceExpression | None, int]:
    """Parse one place that begins at a sign; the parts of it are joined by "of" or by nothing."""
    parts: list[_PlacePart] = []
    start = at
    while True:
        part, after = _part(signs, at)
        if part is None or (parts and not _joins(part, parts)):
            break
        parts.append(part)
        at = after
        following = signs[at].kind if at < len(signs) else ""
        if (following == "of" and _part(signs, at + 1)[0] is not None) or (
            following == "section" and _part(signs, at + 1)[0] is not None
        ):
            at += 1
    if not parts:
        return None, start
    words = " ".join(sign.typed or sign.words for sign in signs[start:at])
    return PlaceExpression(tuple(parts), words), at


def alike(expression: PlaceExpression, rank: WordSign) -> PlaceExpression:
    """Return the place of another rank among those like one: *the first* beside *the third PP*."""
    parts = tuple(
        replace(part, labels=[], ordinals=[rank.number]) if part.ordinals or part.labels else part
        for part in expression.parts
    )
    return PlaceExpression(parts, rank.words)


def parted_place(
    expression: PlaceExpression,
) -> tuple[PlaceExpression, PlaceExpression | None]:
    """Part the place of a point from that of what it stands below, where both are named."""
    parts = sorted(expression.parts, key=lambda part: _RANKS[part.noun])
    point = re.fullmatch(r"(.*\S)\s?(\([^()]+\))", parts[-1].words)
    if parts[-1].noun == "named" and point:
        above = _PlacePart("named", [], [], point[1])
        parts = [*parts[:-1], above, _PlacePart("sub", [point[2]], [], point[2])]
    if len(parts) < 2:
        return expression, None
    words = expression.words
    return PlaceExpression((parts[-1],), words), PlaceExpression(tuple(parts[:-1]), words)


def _joins(part: _PlacePart, parts: Sequence[_PlacePart]) -> bool:
    """Tell whether a part goes on with a place: none of its rank is there, and no title."""
    ranks = {_RANKS[other.noun] for other in parts}
    return _RANKS[part.noun] not in ranks and "title" not in {part.noun, *(p.noun for p in parts)}


def _part(signs: Sequence[WordSign], at: int) -> tuple[_PlacePart | None, int]:
    """Parse "third and fourth preambular paragraphs", "paragraphs 5 and 6", "resolves 2"."""
    start = at
    if at < len(signs) and signs[at].kind == "section":
        at += 1
    ordinals: list[int] = []
    while at < len(signs) and signs[at].kind == "ordinal":
        ordinals.append(signs[at].number)
        at += 1
        if _kinds(signs, at, "and", "ordinal"):
            at += 1
    noun = signs[at].kind if at < len(signs) and signs[at].kind in _RANKS else ""
    if ordinals and noun in ("", "label"):
        return None, start
    if not noun:
        return None, start
    words = signs[at].words
    labels: list[str] = []
    if noun == "named" and _kinds(signs, at + 1, "range"):
        return _named_range(signs, at)
    if noun != "label":
        at += 1
    while at < len(signs) and signs[at].kind == "label" and noun not in _REGIONS:
        if labels and _leads_on(labels[-1], signs[at].words):
            labels[-1] = f"{labels[-1]}{_BELOW}{signs[at].words}"
        else:
            labels.append(signs[at].words)
        at += 1
        if _kinds(signs, at, "range", "label"):
            labels.append(f"{_THROUGH}{signs[at + 1].words}")
            at += 2
        if _kinds(signs, at, "and", "label") and not _kinds(signs, at + 2, "of", "label"):
            at += 1
    return _PlacePart(noun, labels, ordinals, words), at


def _named_range(signs: Sequence[WordSign], at: int) -> tuple[_PlacePart | None, int]:
    """Parse "OP1 to OP3": paragraphs of one kind, up to the last."""
    first, last = signs[at].words, signs[at + 2].words if at + 2 < len(signs) else ""
    lead = first[:2]
    if last.startswith("("):
        last = re.sub(r"\([^()]+\)$", last, first)
    if not last.startswith(lead) and not last[:1].isdecimal():
        return None, at
    labels = [first[2:].strip(), f"{_THROUGH}{last.removeprefix(lead).strip()}"]
    return _PlacePart(lead.lower(), labels, [], first), at + 3


_BELOW = "\x1f"
"""Parts labels of which each leads further down: ``2 a) i)``."""


def _leads_on(label: str, further: str) -> bool:
    """Tell whether a label is that of a point below another: ``a)`` after ``2``."""
    return label[:1].isdecimal() and re.fullmatch(r"\(?[^\W\d_]{1,4}\)", further) is not None


_THROUGH = "\x1e"
"""Stands before a label up to which a range goes: ``1`` and this with ``3`` are 1 to 3."""


def _through(
    ids: Sequence[str], last: str, book: PlaceBook, order: Sequence[str] = ()
) -> list[str]:
    """Return the provisions behind the last of some up to another: 3 bis is one of 3 to 4.

    They are those of ``order``, else of one list; none where the two are not in it, in this order.
    """
    if not ids or not all(ids) or not last:
        return [""]
    if not order:
        siblings = book.children(book.parent(last)) if book.parent(last) else book.base.provisions
        order = [p.id for p in siblings if p.kind in (Kind.ITEM, Kind.TEXT)]
    if ids[-1] not in order or last not in order[order.index(ids[-1]) + 1 :]:
        return [""]
    return list(order[order.index(ids[-1]) + 1 : order.index(last) + 1])


def _kinds(signs: Sequence[WordSign], at: int, *kinds: str) -> bool:
    return [sign.kind for sign in signs[at : at + len(kinds)]] == list(kinds)


def found_places(
    expression: PlaceExpression, book: PlaceBook, context: Sequence[str] = ()
) -> Named:
    """Return the provisions that a place stands for, read on from a context.

    Raises ``Invalid`` for a place that the text does not have.
    """
    region = next((part.noun for part in expression.parts if part.noun in _REGIONS), "")
    parts = [part for part in expression.parts if part.noun not in _REGIONS]
    parts.sort(key=lambda part: _RANKS[part.noun])
    bare = parts and parts[0].noun in ("pp", "op") and not parts[0].labels and not parts[0].ordinals
    if bare:
        region, parts = ("preamble" if parts[0].noun == "pp" else "operative part"), parts[1:]
    if not parts:
        return Named(tuple(_region(region, book)), region=True)
    ids = list(context)
    for n, part in enumerate(parts):
        ids = _narrowed(part, ids if n or _RANKS[part.noun] > 1 else [], region, book, first=n == 0)
        if not ids and (id := book.called(expression.words)):
            return Named((id,))
        if not ids:
            raise Invalid(
                f"there is no “{expression.words}” in the text in force",
                advice=f"Its places are: {_some(book)}.",
            )
    return Named(tuple(ids))


def _some(book: PlaceBook) -> str:
    names = [name for name in book.names.values() if re.fullmatch(r"\S+ ?\S{0,8}", name or "")]
    return ", ".join(names[:12]) + (" …" if len(names) > 12 else "")


def _region(region: str, book: PlaceBook) -> list[str]:
    if book.form in (TextForm.UN, TextForm.UNFCCC, TextForm.TREATY):
        tops = book.matching(r"PP\d+" if region == "preamble" else f"{_OP}|Art\\. \\S+")
    else:
        kind = Kind.PREAMBULAR if region == "preamble" else Kind.OPERATIVE
        tops = [p.id for p in book.index.nodes if p.kind is kind]
    return [id for top in tops for id in book.below(top)]


def _narrowed(
    part: _PlacePart, inside: list[str], region: str, book: PlaceBook, *, first: bool
) -> list[str]:
    noun = _noun(part, inside, region if first else "", book)
    if noun == "heading":
        return _labelled([part.words], part.labels, book)
    if noun == "named":
        return [id for id in [book.called(part.words)] if id]
    if noun == "title":
        titles = [p.id for p in book.index.nodes if p.kind is Kind.TITLE]
        return titles[:1]
    if noun == "unknown":
        return []
    if noun in ("sub", "para", "label"):
        if not (part.labels or part.ordinals):
            return inside
        if not inside:
            return _alone(part, book) if first else []
        if part.ordinals:
            below = [p.id for id in inside for p in book.children(id)]
            return _by_rank(below, part.ordinals)
        return _labelled(inside, part.labels, book)
    if not (part.labels or part.ordinals):
        return inside
    if noun == "demand":
        demands = [p.id for id in inside for p in book.children(id)] or _sequence(noun, book)
        return _by_rank(demands, part.ordinals or list(_counted(part.labels)))
    named = _PATTERNS[noun]
    if part.ordinals:
        return _by_rank(_sequence(noun, book), part.ordinals)
    ids: list[str] = []
    for label in part.labels:
        head, *deeper = _steps(label.removeprefix(_THROUGH))
        id = book.called(named.format(head))
        for step in deeper:
            id = book.labelled(id, step) if id else ""
        order = () if deeper else _sequence(noun, book)
        ids += _through(ids, id, book, order) if label.startswith(_THROUGH) else [id]
    return ids if all(ids) else []


def _counted(labels: Sequence[str]) -> Iterator[int]:
    """Yield the numbers of a list of labels with ranges; 0 for one that is no number."""
    last = 0
    for label in labels:
        through, own = label.startswith(_THROUGH), label.removeprefix(_THROUGH)
        number = int(own) if own.isdecimal() else 0
        yield from range(last + 1, number + 1) if 0 < last < number and through else (number,)
        last = number


_PATTERNS = {
    "op": "OP{}",
    "pp": "PP{}",
    "article": "Art. {}",
    "clause": "clause {}",
    "recital": "recital ({})",
    "annex": "annex {}",
    "motion": "¶{}",
}


def _noun(part: _PlacePart, inside: list[str], region: str, book: PlaceBook) -> str:
    """Return what a word for a paragraph means where it stands."""
    if part.noun not in ("para", "alinea", "point", "sub"):
        return part.noun
    if inside and not region:
        return "sub" if part.noun != "para" else "para"
    if region == "preamble":
        return "pp"
    united = book.form in (TextForm.UN, TextForm.UNFCCC)
    if region == "operative part" or (united and part.noun == "para" and not inside):
        return "op"
    if part.noun == "para" and book.form is TextForm.MOTION and not inside:
        return "motion"
    return "para" if part.noun == "para" else "sub"


def _sequence(noun: str, book: PlaceBook) -> list[str]:
    if noun == "demand":
        heads = {p.id for p in book.index.nodes if p.kind is Kind.OPERATIVE}
        return [
            p.id for p in book.index.nodes if p.kind is Kind.ITEM and book.parent(p.id) in heads
        ]
    patterns = {"op": _OP, "pp": r"PP\d+", "motion": r"¶\d+", "article": r"Art\. [^( ¶]+"}
    pattern = patterns.get(noun, re.escape(_PATTERNS[noun]).replace(r"\{\}", "[^ (]+"))
    ids = book.matching(pattern)
    inner = {below for id in ids for below in book.below(id)[1:]}
    return [id for id in ids if id not in inner]


def _by_rank(ids: Sequence[str], ordinals: Sequence[int]) -> list[str]:
    ranks = [rank - 1 if rank > 0 else len(ids) + rank for rank in ordinals]
    return (
        [ids[rank] for rank in ranks]
        if all(0 <= rank < len(ids) for rank in ranks) and 0 not in ordinals
        else []
    )


def _alone(part: _PlacePart, book: PlaceBook) -> list[str]:
    """Return what a label names by itself: a clause of a standard."""
    if part.ordinals:
        return []
    patterns = {TextForm.ISO: "clause {}", TextForm.BILL: "clause {}"}
    pattern = patterns.get(book.form)
    ids = [
        book.called(pattern.format(label.strip("()"))) if pattern else "" for label in part.labels
    ]
    return ids if all(ids) else []


def _steps(label: str) -> list[str]:
    """Part ``2 (1)(a)`` into the labels that lead down.

    >>> _steps("4 (c)"), _steps("2(1)(a)")
    (['4', '(c)'], ['2', '(1)', '(a)'])
    """
    parts = label.split(_BELOW)
    return [
        step
        for part in parts
        for step in (
            re.findall(r"\([^()]+\)|[^()\s][^()]*[^()\s]|[^()\s]", part)
            if len(parts) == 1 or "(" in part
            else [part]
        )
    ]


def _labelled(inside: Sequence[str], labels: Sequence[str], book: PlaceBook) -> list[str]:
    """Return the provisions below others that labels lead to: a list of labels, each its way."""
    if not labels:
        return list(inside)
    if len(inside) != 1:
        return []
    ids: list[str] = []
    nested = all(label.startswith("(") for label in labels) and len(labels) > 1
    ways = [list(labels)] if nested and _differ(labels) else [_steps(label) for label in labels]
    for way in ways:
        id = inside[0]
        for label in way:
            id = book.labelled(id, label.removeprefix(_THROUGH)) if id else ""
        ids += _through(ids, id, book) if way[0].startswith(_THROUGH) else [id]
    return ids if all(ids) else []


def _differ(labels: Sequence[str]) -> bool:
    """Tell whether bracketed labels are of different lists: ``(1)(a)``."""
    return len({label.strip("()")[0].isdecimal() for label in labels}) > 1


def ids_in_words(base: Resolution, words: str) -> tuple[str, ...]:
    """Return what a place in words names, such as "the third preambular paragraph"; else nothing.

    It is read in the language of the text.
    """
    if lexicon_of(base.language) is None:
        return ()
    book = PlaceBook(base)
    signs = [sign for sign in signs_of(words, (), book) if sign.kind]
    expression, end = parsed_places(signs, 0)
    if expression is None or end < len(signs):
        return ()
    try:
        return found_places(expression, book).ids
    except Invalid:
        return ()
