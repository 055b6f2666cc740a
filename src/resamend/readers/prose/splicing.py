"""Put words into a text, and take them out: with the spaces that they need, and the marks moved."""

from __future__ import annotations

import re

from msgspec.structs import replace

from resamend.model import Mark, Provision, inline

_LEADING = (",", ".", ";", ":", ")", "’")
_FRENCH = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "‑": "-"})


def places_of(words: str, text: str) -> list[tuple[int, int]]:
    """Return where words stand in a text: whole words, whatever the apostrophes and spaces.

    >>> places_of("two", "two by two, not twofold")
    [(0, 3), (7, 10)]
    """
    words, text = words.translate(_FRENCH), text.translate(_FRENCH)
    head = r"(?<!\w)" if words[:1].isalnum() else ""
    tail = r"(?!\w)" if words[-1:].isalnum() else ""
    return [m.span() for m in re.finditer(head + re.escape(words) + tail, text)]


def inserted_words(provision: Provision, at: int, words: str, *, before: bool) -> Provision:
    """Return a provision with words added at a place, with the space that they need."""
    if before:
        return _edited(provision, at, at, f"{words} ")
    space = "" if words.startswith(_LEADING) or at == 0 else " "
    return _edited(provision, at, at, f"{space}{words}")


def spliced(provision: Provision, start: int, end: int, words: str) -> Provision:
    """Return a provision with words in place of others; a deletion takes its spaces along."""
    text = provision.text
    follows = text[end:]
    if words:
        if words.startswith(_LEADING):
            start = len(text[:start].rstrip(" "))
        return _edited(provision, start, end, words)
    spaces = len(follows) - len(follows.lstrip(" "))
    before = len(text[:start]) - len(text[:start].rstrip(" "))
    if not text[:start].strip():
        return _edited(provision, 0, end + spaces, "")
    if spaces and before:
        return _edited(provision, start, end + spaces, "")
    closes = not follows.strip() or follows[:1] in _LEADING
    return _edited(provision, start - before if closes else start, end, "")


def _edited(provision: Provision, start: int, end: int, words: str) -> Provision:
    """Return a provision with [start, end) of its text replaced, its marks moved along."""
    by = len(words) - (end - start)

    def moved(mark: Mark) -> Mark:
        first = mark.start if mark.start <= start else max(mark.start + by, start)
        last = mark.end if mark.end <= start else max(mark.end + by, start)
        return replace(mark, start=first, end=last)

    text = provision.text[:start] + words + provision.text[end:]
    return replace(provision, text=text, marks=inline(tuple(map(moved, provision.marks))))
