"""An excerpt: a file that shows only the provisions it amends. What it does not show is to stay.

That can be told where changes are tracked: what was struck is there, marked. A provision that the
file does not have at all was not struck by anybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgspec.structs import replace

from resamend.matching import Tree, match, tree
from resamend.model import Kind, Provision, Resolution
from resamend.numbering import eids

__all__ = ["completed"]

_PART = 2
"""A file with at least one in so many of the provisions is the whole text."""
_KNOWN = 0.7
"""So much of an excerpt has to be found in the base."""


def completed(base: Resolution, before: Resolution, after: Resolution) -> Resolution | None:
    """Return the base with what became of the provisions that an excerpt shows.

    ``before`` and ``after`` are the excerpt without its tracked changes and with them. Returns
    nothing where the file is no excerpt: it shows most of the base, or what the base does not have.
    """
    known, old, new = tree(base), Tree(before), Tree(after)
    shown = match(known, old)
    changed = match(old, new)
    found = [b for b, t in enumerate(shown.to_revised) if t >= 0 and _counts(known.nodes[b])]
    most = sum(map(_counts, known.nodes))
    least = _KNOWN * sum(map(_counts, old.nodes))
    if len(found) * _PART >= most or not found or len(found) < least:
        return None
    if shown.splits or shown.joins or changed.splits or changed.joins:
        return None
    return _Whole(known, old, new, shown.to_revised, changed.to_revised).text()


def _counts(provision: Provision) -> bool:
    return provision.kind in (Kind.ITEM, Kind.TEXT) and bool(provision.text)


class _Whole:
    """Go through the base, and put in what became of each provision."""

    def __init__(
        self, base: Tree, old: Tree, new: Tree, shown: list[int], changed: list[int]
    ) -> None:
        self.base = base
        self.new = new
        self.becomes = [changed[t] if t >= 0 else _NOT_SHOWN for t in shown]
        self.origin = {t: b for b, t in enumerate(self.becomes) if t >= 0}
        self.known = {t for t in changed if t >= 0}
        self.behind: dict[int, list[int]] = defaultdict(list)  # added after a base provision
        self.first: dict[int, list[int]] = defaultdict(list)  # added first below one
        self._additions(-1)

    def text(self) -> Resolution:
        made = tuple(self._children(-1))
        return eids(replace(self.base.resolution, provisions=made))

    def _additions(self, parent: int) -> None:
        """Note behind which provision each addition stands."""
        last = None
        for child in self.new.children(parent):
            if child in self.known:
                last = self.origin.get(child, last)
                self._additions(child)
            elif last is not None:
                self.behind[last].append(child)
            else:
                self.first[self.origin.get(parent, -1)].append(child)

    def _children(self, parent: int) -> Iterator[Provision]:
        for added in self.first[parent]:
            yield self.new.nodes[added]
        for child in self.base.children(parent):
            yield from self._rebuilt(child)
            for added in self.behind[child]:
                yield self.new.nodes[added]

    def _rebuilt(self, node: int) -> Iterator[Provision]:
        becomes = self.becomes[node]
        if becomes == _STRUCK:
            return
        own = self.base.nodes[node] if becomes == _NOT_SHOWN else self.new.nodes[becomes]
        yield replace(own, id=self.base.nodes[node].id, children=tuple(self._children(node)))


_STRUCK, _NOT_SHOWN = -1, -2
