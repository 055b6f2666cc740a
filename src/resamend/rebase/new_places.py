"""Where in a new text in force the provisions, words and gaps of the old one are.

The new text is the old one with its own edits, so what these leave alone has exactly one place in
it. What stands astride one of them has none: nothing is fitted, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from resamend.amendment import Proposal, revise
from resamend.conflict import Stream
from resamend.conflict.phrases import footprint
from resamend.decision import Place
from resamend.difference import Hunk, TextEdit
from resamend.matching import ProvisionIndex, index_of
from resamend.model import ROOT, Resolution, walk


class NewPlaces:
    """Find places of an old text in a new one; ``own`` is what the new text changes in the old."""

    def __init__(self, old: Resolution, new: Resolution, own: Proposal) -> None:
        self.old: ProvisionIndex = index_of(old)
        self.new: ProvisionIndex = index_of(new)
        self.hunks: dict[str, Sequence[Hunk]] = {
            edit.target: edit.hunks for edit in own.edits if isinstance(edit, TextEdit)
        }
        self._edits = own.edits

    @cached_property
    def ids(self) -> dict[str, str]:
        """Map each provision of the old text that is in the new one to its id there."""
        revised = walk(revise(self.old.resolution, self._edits).provisions)
        pairs = zip(revised, walk(self.new.resolution.provisions), strict=True)
        return {ROOT: ROOT} | {a.id: b.id for a, b in pairs if a.id in self.old.at}

    def above(self, id: str) -> str:
        """Return the new id of a provision, or of the closest one around it that is still there."""
        while id not in self.ids:
            parent = self.old.parents[self.old.at[id]] if id in self.old.at else -1
            id = self.old.nodes[parent].id if parent >= 0 else ROOT
        return self.ids[id]

    def of(self, place: Place) -> Place | None:
        """Return a place in the new text; nothing where that has no such place."""
        target = self.ids.get(place.target)
        if target is None:
            return None
        if place.stream is Stream.TEXT:
            return self._words(place, target)
        if place.stream is Stream.GAP:
            return self._gap(place, target)
        return Place(place.stream, target, place.lo, place.hi)

    def text_at(self, place: Place) -> str | None:
        """Return what the new text says at a place of words; nothing where it has none such."""
        there = self.of(place)
        if there is None or there.stream is not Stream.TEXT:
            return None
        words = self.new.words(self.new.at[there.target])
        return "".join(word.text for word in words[there.lo // 2 : (there.hi + 1) // 2])

    def _words(self, place: Place, target: str) -> Place | None:
        start, end = place.lo // 2, (place.hi + 1) // 2
        before = inside = 0
        words: list[str] = []
        at = start
        for hunk in self.hunks.get(place.target, ()):
            lo, hi = footprint(hunk)
            grows = len(hunk.words) - (hunk.end - hunk.start)
            if hi < place.lo:
                before += grows
            elif place.lo <= lo and hi <= place.hi:
                inside += grows
                words += [*self._keys(place.target, at, hunk.start), *(w.key for w in hunk.words)]
                at = hunk.end
            elif lo <= place.hi:  # it reaches out of the place
                return None
        words += self._keys(place.target, at, end)
        first, last = start + before, end + before + inside
        there = [word.key for word in self.new.words(self.new.at[target])[first:last]]
        if there != words:  # a paragraph was divided, or another one joined to it
            return None
        if first == last:
            return Place(Stream.TEXT, target, 2 * first, 2 * last)
        return Place(Stream.TEXT, target, 2 * first + place.lo % 2, 2 * last - place.hi % 2)

    def _keys(self, target: str, start: int, end: int) -> list[str]:
        return [word.key for word in self.old.words(self.old.at[target])[start:end]]

    def _gap(self, place: Place, target: str) -> Place | None:
        """Return the gap after the same child as before, or before it."""
        old = self.old.children(self.old.at.get(place.target, -1))
        new = [self.new.nodes[c].id for c in self.new.children(self.new.at.get(target, -1))]
        gap = place.lo // 2
        before = [self.ids.get(self.old.nodes[child].id) for child in old[gap - 1 : gap]]
        after = [self.ids.get(self.old.nodes[child].id) for child in old[gap : gap + 1]]
        if not old or (gap == 0 and not before):
            at = 0
        elif before and before[0] in new:
            at = new.index(before[0]) + 1
        elif after and after[0] in new:
            at = new.index(after[0])
        else:
            return None
        return Place(Stream.GAP, target, 2 * at, 2 * at)
