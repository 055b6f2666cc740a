"""Words that some write otherwise: in other characters, in other letters."""

from __future__ import annotations

from collections.abc import Iterator

from resamend.amendment import place
from resamend.conflict.values import Editorial
from resamend.consolidation import Consolidated
from resamend.matching import index_of
from resamend.model import Word


def find_editorial(consolidated: Consolidated) -> Iterator[Editorial]:
    """Yield the changes of formatting and typography alone, in the order of the text."""
    known = index_of(consolidated.base)
    for marks in consolidated.texts:
        node = known.at[marks.target]
        words = known.words(node) if marks.surfaces else ()
        for surface in marks.surfaces:
            if _edge(words[surface.at], surface.word):
                continue
            yield Editorial(
                target=marks.target,
                path=place(known, node),
                base=words[surface.at],
                word=surface.word,
                sources=surface.sources,
            )


def _edge(one: Word, other: Word) -> bool:
    """Tell whether words differ only in the space before them that a split or join makes."""
    bare = {word.text.strip(" ") for word in (one, other)}
    return len(bare) == 1 and one.marks == other.marks and "" in {
        word.text[: len(word.text) - len(word.text.lstrip(" "))] for word in (one, other)
    }  # fmt: skip
