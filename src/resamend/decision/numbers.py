"""The table of numbers: what each provision is called before, by each source, and at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from resamend.amendment import place
from resamend.matching import Tree
from resamend.merge import Consolidated, project
from resamend.model import Resolution

__all__ = ["Row", "numbers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Say what one provision is called; empty where it is not there.

    ``sources`` holds what each source calls it, in the order of their ids; ``text`` how it begins.
    """

    id: str
    old: str
    sources: tuple[tuple[str, str], ...]
    new: str
    text: str = ""


def numbers(consolidated: Consolidated, adopted: Resolution) -> tuple[Row, ...]:
    """Return a row for each provision of the base, of each source, and of the adopted text."""
    base = _called(consolidated.base)
    theirs = {source: _called(project(consolidated, source)) for source in consolidated.sources}
    final = _called(adopted)
    return tuple(
        Row(
            id=id,
            old=base.get(id, ("", ""))[0],
            sources=tuple((source, names.get(id, ("", ""))[0]) for source, names in theirs.items()),
            new=final.get(id, ("", ""))[0],
            text=text,
        )
        for id, text in _all(base, final, *theirs.values())
    )


def _called(text: Resolution) -> dict[str, tuple[str, str]]:
    """Map the id of each provision to its path and its text."""
    known = Tree(text)
    return {
        provision.id: (place(known, node), provision.text)
        for node, provision in enumerate(known.nodes)
    }


def _all(*texts: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield every provision once: those of the base, the adopted ones, then those of sources."""
    seen: set[str] = set()
    for called in texts:
        for id, (_, text) in called.items():
            if id not in seen:
                seen.add(id)
                yield id, text
