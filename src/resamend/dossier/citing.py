"""Who cites which resolution, by its number, in the six languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from resamend.amendment import place
from resamend.matching import index_of
from resamend.model import Kind, Resolution, walk

__all__ = ["citations", "number_of"]

_WORD = (
    r"(?:Resolutions?|Résolutions?|Resoluci(?:ón|ones)|Резолюци[а-я]{1,8}|"
    r"(?<![وفبكل])(?<!ا(?=ل))(?:[وفبكل]|ال)*+قرار(?:ات|ين|ان)?)"
)
_ONE = r"\d+(?![\d/])(?:\s*[(（][^()（）]{0,60}[)）])?"
_AND = (
    r"(?:\s*[,،、;]\s*(?:(?:and|et|y|и)\s+|و\s*)?"
    r"|\s+(?:and|or|et|ou|y|e|o|и|или)\s+|\s+و\s*|[和及与])"
)
_END = r"\s*号(?:理事会|全权代表大会)?决议"
_NUMBER = re.compile(r"(?<![\d/])\d+(?![\d/])")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")


@cache
def _forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile how a citation reads: with the word before the numbers, or around them.

    Numbers without the word at their ``end`` are no citation: they are matched too, so that none
    of them is looked at twice.
    """
    return (
        re.compile(rf"{_WORD}\s+{_ONE}(?:{_AND}{_ONE})*(?P<end>)", re.IGNORECASE),
        re.compile(rf"第\s*{_ONE}(?:{_AND}(?:第\s*)?{_ONE})*+(?P<end>{_END})?"),
    )


def number_of(resolution: Resolution) -> str:
    """Return the number of a resolution, such as ``140``; empty where it says none."""
    lines = (p.text for p in walk(resolution.provisions) if p.kind is Kind.NUMBER)
    found = _NUMBER.search(resolution.metadata.number or next(lines, ""))
    return found[0] if found else ""


def citations(resolution: Resolution, number: str) -> Iterator[tuple[str, str]]:
    """Yield where a text cites "Resolution N", as a path, and in which words.

    The number alone decides: whose resolution it is, is not read.
    """
    known = index_of(resolution)
    for node, provision in enumerate(known.nodes):
        if provision.kind in (Kind.NUMBER, Kind.RESOLUTION):
            continue
        for phrase in _cited(provision.text, number):
            yield place(known, node), phrase


def _cited(text: str, number: str) -> Iterator[str]:
    """Yield the phrases that cite a resolution by its number.

    >>> list(_cited("recalling Council Resolutions 1332 (2016) and 1334,", "1334"))
    ['Resolutions 1332 (2016) and 1334']
    >>> list(_cited("General Assembly Resolution 70/1 and Resolution 1334bis", "70"))
    []
    """
    for form in _forms():
        for found in form.finditer(text):
            if found["end"] is not None and number in _NUMBER.findall(_ASIDE.sub(" ", found[0])):
                yield found[0]
