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
    seams = frozenset(_seams(consolidated))
    for marks in consolidated.texts:
        node = known.at[marks.target]
        words = known.words(node) if marks.surfaces else ()
        for surface in marks.surfaces:
            sources = surface.sources
            # The space behind a change comes with it; any other is a change like others.
            if _apart_from_space(words[surface.at], surface.word):
                sources = tuple(s for s in sources if (marks.target, surface.at, s) not in seams)
            if sources:
                yield Editorial(
                    target=marks.target,
                    path=place(known, node),
                    base=words[surface.at],
                    word=surface.word,
                    sources=sources,
                )


def _seams(consolidated: Consolidated) -> Iterator[tuple[str, int, str]]:
    """Yield each word that stands behind a change or is joined on: its text, its place, whose."""
    for marks in consolidated.texts:
        for change in marks.changes:
            values = [mark.value for w in change.words for mark in w.marks if mark.kind == "join"]
            for source in change.sources:
                yield marks.target, change.end, source
                yield from ((joined, 0, source) for joined in values)


def _apart_from_space(one: Word, other: Word) -> bool:
    """Tell whether words differ in nothing but the space at their edges."""
    return one.text.strip(" ") == other.text.strip(" ") and one.marks == other.marks
