"""What an option offers: its words, or the provisions that it makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from resamend.amendment.edit_applier import EditApplier
from resamend.amendment.edit_references import joins
from resamend.conflict import ConflictKind, Option, OptionKind, Region
from resamend.difference import TextEdit
from resamend.matching import ProvisionIndex
from resamend.model import Provision, Word
from resamend.redlines.comparing import compared
from resamend.redlines.spans import joined_spans, label_text
from resamend.redlines.values import Span

LONG = 8
"""Words in force from which on an option for them is shown with its differences marked."""

_Revisers = Mapping[str, EditApplier]
"""What makes each source's text, by the source's id."""


def made(index: ProvisionIndex, revisers: _Revisers, option: Option) -> Sequence[Provision]:
    """Return what an option makes: of the text that something is joined to, where it joins.

    Where those who join it change that text in different ways besides, only what all do is made.
    """
    if option.deed is not OptionKind.JOIN:
        return option.provisions
    theirs = [revisers[source].version(option.host) for source in option.sources]
    if all(version == theirs[0] for version in theirs):
        return theirs[0]
    host = _common([revisers[source].texts.get(option.host) for source in option.sources])
    joined = [id for hunk in host.hunks for id in joins(hunk.words)] if host else []
    if host is None or not joined:
        return ()
    own = (_common([revisers[source].texts.get(id) for source in option.sources]) for id in joined)
    return EditApplier(index, filter(None, (host, *own))).version(option.host)


def _common(edits: Sequence[TextEdit | None]) -> TextEdit | None:
    """Return what several edits of one text have in common, if there is anything."""
    first, *others = edits
    if first is None:
        return None
    return TextEdit(
        first.target,
        tuple(h for h in first.hunks if all(o and h in o.hunks for o in others)),
        tuple(v for v in first.variants if all(o and v in o.variants for o in others)),
    )


def worded(
    index: ProvisionIndex, revisers: _Revisers, option: Option, region: Region
) -> tuple[Span, ...]:
    """Show an option's words; in a long text, what differs from the text in force is marked."""
    if not option.words:
        return label_text(option)
    base = index.words(index.at[region.target])[region.lo // 2 : (region.hi + 1) // 2]
    words = tuple(_own(revisers[option.sources[0]], option.words))
    strikes = ConflictKind.OVERLAPPING_DELETION in region.kinds
    plain = len(base) < LONG and not strikes
    return joined_spans(words) if plain else compared(base, words, option.sources)


def _own(reviser: EditApplier, words: Iterable[Word]) -> Iterator[Word]:
    """Yield a source's words, and those that it joins to them."""
    for word in words:
        joined = joins([word])
        yield from reviser.words(joined[0]) if joined else [word]
