"""Who cites which resolution, by its number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from resamend.amendment import place
from resamend.languages import Citations, section
from resamend.matching import index_of
from resamend.model import Kind, Language, Resolution, walk

_ONE = r"\d+(?![\d/])(?:\s*[(（][^()（）]{0,60}[)）])?"
_NUMBER = re.compile(r"(?<![\d/])\d+(?![\d/])")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")


@cache
def _form(language: Language) -> re.Pattern[str]:
    """Compile how a citation reads: with the word before the numbers, or around them.

    Numbers without the word at their end are no citation: they are matched too, so that none of
    them is looked at twice.
    """
    words = section(language, Citations)
    if words is None:
        return re.compile("(?!)")
    numbers = rf"{_ONE}(?:(?:{words.joins}){_ONE})*+"
    return re.compile(rf"{words.before}{numbers}(?P<end>{words.after})?", re.IGNORECASE)


def number_of(resolution: Resolution) -> str:
    """Return the number of a resolution, such as ``140``; empty where it says none."""
    lines = (p.text for p in walk(resolution.provisions) if p.kind is Kind.NUMBER)
    number = _NUMBER.search(resolution.metadata.number or next(lines, ""))
    return number[0] if number else ""


def citations(resolution: Resolution, number: str) -> Iterator[tuple[str, str]]:
    """Yield where a text cites "Resolution N", as a path, and in which words.

    The number alone decides: whose resolution it is, is not read.
    """
    index = index_of(resolution)
    for node, provision in enumerate(index.nodes):
        if provision.kind in (Kind.NUMBER, Kind.RESOLUTION):
            continue
        for phrase in _cited(provision.text, number, resolution.language):
            yield place(index, node), phrase


def _cited(text: str, number: str, language: Language) -> Iterator[str]:
    """Yield the phrases that cite a resolution by its number.

    >>> list(_cited("recalling Council Resolutions 1332 (2016) and 1334,", "1334", Language.EN))
    ['Resolutions 1332 (2016) and 1334']
    >>> list(_cited("General Assembly Resolution 70/1 and Resolution 1334bis", "70", Language.EN))
    []
    """
    for phrase in _form(language).finditer(text):
        if phrase["end"] is not None and number in _NUMBER.findall(_ASIDE.sub(" ", phrase[0])):
            yield phrase[0]
