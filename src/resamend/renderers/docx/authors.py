"""To whom a Word document is given, and what it therefore says of who asks for what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from resamend.consolidation import Sources
from resamend.escaping import visible
from resamend.ooxml.writing import Look, NewRun, Track, TrackKind
from resamend.page.options import Audience
from resamend.page.presentation import Presentation

CONSOLIDATION = "Consolidation"
"""The author of what nobody proposes: brackets, and the options in them."""

NAMES = "‹{}›"
"""How names stand beside a change: as no text does, so that a reader of ours leaves them out."""
_LONGEST = 255
"""Characters that Word takes as an author."""


class TrackAuthors(Struct, frozen=True):
    """Hold an edition, for whom it is, and whether names stand on paper beside each change."""

    presentation: Presentation
    audience: Audience
    names_on_paper: bool = False

    def author(self, sources: Sources) -> str:
        """Return the author of a tracked change: who asks for it, as far as that may be told."""
        if self.audience is Audience.PUBLIC:
            return CONSOLIDATION
        if not self.presentation.named:
            return self.presentation.who(sources) or CONSOLIDATION
        return _shortened([visible(name) for name in self.presentation.shown(sources)])

    def track(self, act: TrackKind, sources: Sources) -> Track:
        """Return a tracked change by some sources."""
        return Track(act, self.author(sources))

    def ours(self) -> Track:
        """Return an insertion that is nobody's."""
        return Track(TrackKind.INSERT, CONSOLIDATION)

    def frame(self, text: str, *looks: Look) -> NewRun:
        """Return what we say in the text, around the options of a point."""
        return NewRun(text=text, tracks=(self.ours(),), looks=frozenset(looks), framing=True)

    def names(self, *asking: Iterable[str], sign: str = "") -> Iterator[NewRun]:
        """Yield the names behind a change: a colour is not seen on paper, nor an author in Word.

        They are ours, so that nothing of them is left where all changes are rejected.
        """
        who = map(self.presentation.who, dict.fromkeys(filter(None, map(tuple, asking))))
        names = "; ".join(dict.fromkeys(filter(None, who)))
        if self.names_on_paper and names:
            yield self.frame(NAMES.format(" ".join(filter(None, (sign, names)))), Look.RAISED)


def _shortened(names: list[str]) -> str:
    """Join names; of too many, say how many more there are.

    >>> _shortened(["CHN", "RUS"])
    'CHN, RUS'
    """
    authors = ", ".join(names)
    kept = len(names)
    while len(authors) > _LONGEST and kept:
        kept -= 1
        authors = ", ".join([*names[:kept], f"+{len(names) - kept}"])
    return authors
