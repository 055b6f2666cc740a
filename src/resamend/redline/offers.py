"""What an option offers: its words, or the provisions that it makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from resamend.amendment.inside import joins
from resamend.amendment.revising import Reviser
from resamend.conflict import Clash, Deed, Option, Region
from resamend.matching import Tree
from resamend.model import Provision, Word
from resamend.redline.comparing import compared
from resamend.redline.spans import joined_spans, label_text
from resamend.redline.values import Span

__all__ = ["made", "worded"]

LONG = 8
"""Words in force from which on an option for them is shown with its differences marked."""

_Revisers = Mapping[str, Reviser]
"""What makes each source's text, by the source's id."""


def made(revisers: _Revisers, option: Option) -> Sequence[Provision]:
    """Return what an option makes: of the text that something is joined to, where it joins."""
    if option.deed is Deed.JOIN:
        return revisers[option.sources[0]].version(option.host)
    return option.provisions


def worded(known: Tree, revisers: _Revisers, option: Option, region: Region) -> tuple[Span, ...]:
    """Show an option's words; in a long text, what differs from the text in force is marked."""
    if not option.words:
        return label_text(option)
    base = known.words(known.at[region.target])[region.lo // 2 : (region.hi + 1) // 2]
    words = tuple(_own(revisers[option.sources[0]], option.words))
    strikes = Clash.OVERLAPPING_DELETION in region.kinds
    plain = len(base) < LONG and not strikes
    return joined_spans(words) if plain else compared(base, words, option.sources)


def _own(reviser: Reviser, words: Iterable[Word]) -> Iterator[Word]:
    """Yield a source's words, and those that it joins to them."""
    for word in words:
        joined = joins([word])
        yield from reviser.words(joined[0]) if joined else [word]
