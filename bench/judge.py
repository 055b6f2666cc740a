"""What tools lose: words that somebody proposed, and the way back to a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from bench.inputs import tokens
from bench.tool import Product
from bench.truth import Truth

REACH = 1000
"""How many words of a result a passage may be spread over."""
_MARKER = re.compile(r"^(<{7}|\|{7}|={7}|>{7})( .*)?$", re.MULTILINE)


def conflicts(text: str) -> tuple[int, int]:
    """Count the conflicts marked in a text, and those that stand inside another.

    >>> conflicts("<<<<<<< draft\\n<<<<<<< draft\\n=======\\n>>>>>>> p\\n=======\\n>>>>>>> p\\n")
    (2, 1)
    """
    depth = found = nested = 0
    for match in _MARKER.finditer(text):
        if match[1].startswith("<"):
            found += 1
            nested += depth > 0
            depth += 1
        elif match[1].startswith(">"):
            depth -= 1
    return found, nested


def proposed(known: Truth) -> tuple[tuple[str, ...], ...]:
    """Return each different passage that some source wants inserted."""
    inside = {
        (provision, edit.words)
        for provision, by_source in known.edits.items()
        for edits in by_source.values()
        for edit in edits
        if edit.words
    }
    added = {(place.owner, words) for place, texts in known.added.items() for words in texts}
    return tuple(words for _, words in sorted(inside | added))


def lost_words(text: str, passages: Sequence[tuple[str, ...]]) -> int:
    """Count the words of the passages that a result does not hold.

    A passage is held where its words stand in this order within ``REACH``, whatever stands between:
    a conflict inside conflicts may be long.

    >>> lost_words("that plans <<<<<<< draft not drawn up", [("plans", "drawn"), ("by", "us")])
    2
    """
    words = tokens(_MARKER.sub(" ", text))
    places: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        places[word].append(at)
    return sum(len(each) for each in passages if not any(_holds(places, each)))


def _holds(places: dict[str, list[int]], passage: tuple[str, ...]) -> Iterator[bool]:
    """Try each place of the first word."""
    for start in places.get(passage[0], ()):
        at = start
        for word in passage[1:]:
            later = places.get(word, ())
            next_ = bisect_left(later, at + 1)
            if next_ == len(later) or later[next_] > start + REACH:
                break
            at = later[next_]
        else:
            yield True


def lost_of_pair(product: Product) -> int:
    """Count the words of the revised text that cannot be had from a comparison."""
    return (Counter(tokens(product.wanted)) - Counter(tokens(product.text))).total()


def came_back(product: Product) -> bool:
    """Tell whether the revised text follows from a comparison, word for word."""
    return tokens(product.text) == tokens(product.wanted)
