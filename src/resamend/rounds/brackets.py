"""Square brackets in a text: how many, around how many words, and which do not close.

What stands in brackets is not agreed, and progress is counted in brackets removed. They nest, and
may close in another paragraph than they open in; those that never do are named with their place.
"""

from __future__ import annotations

import re

from msgspec import Struct

from resamend.amendment import place
from resamend.matching import ProvisionIndex
from resamend.model import WHOLE, Kind, Resolution
from resamend.words import key_of

_PARTS = re.compile(r"[\[\]]|\s/\s|(?:(?!\s/\s)[^\[\]])+")


class BracketCount(Struct, frozen=True, kw_only=True):
    """Count, below the heading that is called ``heading``, the brackets that open and their words.

    ``options`` are what stands in them, parted by strokes: ``[each spring / twice a year]`` has
    two. ``unbalanced`` are the places of those that close nothing, or are not closed.
    """

    heading: str
    brackets: int = 0
    options: int = 0
    words: int = 0
    unbalanced: tuple[str, ...] = ()


def count_brackets(text: Resolution) -> tuple[BracketCount, ...]:
    """Return the brackets of a text by heading, where there are any, in the order of the text."""
    index = ProvisionIndex(text)
    opened: list[int] = []
    brackets: dict[int, int] = {}
    options: dict[int, int] = {}
    words: dict[int, int] = {}
    astray: dict[int, list[int]] = {}
    for node, provision in enumerate(index.nodes):
        heading = _heading(index, node)
        for part in _PARTS.findall(provision.text):
            if part == "[":
                brackets[heading] = brackets.get(heading, 0) + 1
                options[heading] = options.get(heading, 0) + 1
                opened.append(node)
            elif part == "]" and not opened:
                astray.setdefault(heading, []).append(node)
            elif part == "]":
                opened.pop()
            elif opened and part.strip() == "/":
                options[heading] = options.get(heading, 0) + 1
            elif opened:
                inside = sum(any(map(str.isalnum, key)) for key in key_of(part))
                words[heading] = words.get(heading, 0) + inside
    for node in opened:
        astray.setdefault(_heading(index, node), []).append(node)
    return tuple(
        BracketCount(
            heading=place(index, heading),
            brackets=brackets.get(heading, 0),
            options=options.get(heading, 0),
            words=words.get(heading, 0),
            unbalanced=tuple(dict.fromkeys(place(index, node) for node in astray.get(heading, ()))),
        )
        for heading in sorted({*brackets, *astray})
    )


def _heading(index: ProvisionIndex, node: int) -> int:
    """Return the heading that a provision stands below; itself where there is none."""
    above = node
    while above >= 0:
        if index.nodes[above].kind in WHOLE and index.nodes[above].kind is not Kind.TITLE:
            return above
        above = index.parents[above]
    return node
