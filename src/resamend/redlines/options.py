"""Show what an option offers: its words, or the provisions that it makes.

An option is the text of one group of proponents, so nothing of anybody else is mixed into it; what
it changes in the text in force is marked in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec.structs import replace

from resamend.amendment.edit_applier import EditApplier
from resamend.amendment.edit_references import joins
from resamend.conflict import ConflictKind, Option, OptionKind, Region
from resamend.consolidation import Sources
from resamend.difference import Hunk, TextEdit, hunks_of
from resamend.difference.phrasing import as_read, hardly_left
from resamend.matching import ProvisionIndex, bound, footnotes
from resamend.model import Language, Provision, Word
from resamend.redlines.spans import joined_spans, label_text, step
from resamend.redlines.values import Block, Span

LONG = 8
"""Words in force from which on an option for them is shown with its differences marked."""

_Revisers = Mapping[str, EditApplier]
"""What makes each source's text, by the source's id."""


def shown_version(index: ProvisionIndex, revisers: _Revisers, option: Option) -> Iterator[Block]:
    """Show the provisions that an option makes of those in force."""
    first, *rest = _outcome(index, revisers, option) or (None,)
    if first is None:
        return
    blocks = versions(index, first, 0, option.sources)
    if option.deed is OptionKind.JOIN:
        spans = _shared(index, revisers, option.sources, option.host)
        yield replace(next(blocks), pieces=tuple(spans)) if spans else next(blocks)
    yield from blocks
    for provision in rest:
        yield from versions(index, provision, 0, option.sources)


def _outcome(index: ProvisionIndex, revisers: _Revisers, option: Option) -> Sequence[Provision]:
    """Return what an option makes: of the text that something is joined to, where it joins.

    Where those who join it change that text in different ways besides, only what all do is made;
    and nothing where some divide it of whom not all strike the same of its words.
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
    version = EditApplier(index, filter(None, (host, *own))).version(option.host)
    return version if len(version) == 1 else ()


def _common(edits: Sequence[TextEdit | None]) -> TextEdit | None:
    """Return what several edits of one text have in common, if there is anything.

    A word that all print otherwise than the text in force is printed as the first of them does.
    """
    first, *others = edits
    if first is None:
        return None
    return TextEdit(
        first.target,
        tuple(h for h in first.hunks if all(o and h in o.hunks for o in others)),
        tuple(v for v in first.variants if all(o and _prints(o, v.at) for o in others)),
    )


def _prints(edit: TextEdit, at: int) -> bool:
    return any(variant.at == at for variant in edit.variants)


def _shared(index: ProvisionIndex, revisers: _Revisers, sources: Sources, host: str) -> list[Span]:
    """Show what several sources make of a text, where some strike words of it that others keep.

    The words that some strike are marked so: they are not shown as theirs. Empty where all strike
    the same.
    """
    words = tuple(_attributed(index, revisers, sources, host))
    if all(strikers in ((), sources) for _, _, strikers in words):
        return []
    return [
        span
        for (new, strikers), run in groupby(words, key=lambda word: word[1:])
        for span in joined_spans(
            [word for word, _, _ in run],
            inserted=tuple(s for s in sources if s not in strikers) if new else (),
            deleted=strikers,
        )
    ]


def _attributed(
    index: ProvisionIndex, revisers: _Revisers, sources: Sources, id: str
) -> Iterator[tuple[Word, bool, Sources]]:
    """Yield the words of a text as its sources share them: whether each is new, and who strikes it.

    What some alone insert is asked about apart.
    """
    edits = {source: revisers[source].texts.get(id) for source in sources}
    common = _common(tuple(edits.values())) or TextEdit(id, ())
    struck = {source: _struck_positions(edit) for source, edit in edits.items()}
    printed = {variant.at: variant.word for variant in common.variants}
    put = {hunk.end: hunk.words for hunk in common.hunks}
    words = index.words(index.at[id])
    for k in range(len(words) + 1):
        for word in put.get(k, ()):
            for inner in joins([word]):
                arriving = _attributed(index, revisers, sources, inner)
                yield from ((w, True, who) for w, _, who in arriving if who != sources)
            if not joins([word]):
                yield word, True, ()
        if k < len(words):
            yield printed.get(k, words[k]), False, tuple(s for s in sources if k in struck[s])


def _struck_positions(edit: TextEdit | None) -> frozenset[int]:
    hunks = edit.hunks if edit else ()
    return frozenset(k for hunk in hunks for k in range(hunk.start, hunk.end))


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
    return (
        joined_spans(words)
        if plain
        else compared(base, words, option.sources, index.resolution.language)
    )


def _own(reviser: EditApplier, words: Iterable[Word]) -> Iterator[Word]:
    """Yield a source's words, and those that it joins to them."""
    for word in words:
        joined = joins([word])
        yield from reviser.words(joined[0]) if joined else [word]


def compared(
    base: Sequence[Word], words: Sequence[Word], sources: Sources, language: Language
) -> tuple[Span, ...]:
    """Return a text with what differs from the text in force marked.

    Where hardly anything of it is left, it is shown plainly: marks would hide what it says. What
    only strikes words is always marked: the words left would not say what is asked.
    """
    hunks, respellings = hunks_of(base, words)
    if hardly_left(base, hunks, language) and any(hunk.words for hunk in hunks):
        return joined_spans(words)
    printed = {respelling.at: respelling.word for respelling in respellings}
    spans: list[Span] = []
    at = 0
    for hunk in (*as_read(base, hunks, language, printed=printed), Hunk(len(base), len(base), ())):
        spans += joined_spans([printed.get(k, base[k]) for k in range(at, hunk.start)])
        spans += joined_spans(base[hunk.start : hunk.end], deleted=sources)
        spans += joined_spans(hunk.words, inserted=sources)
        at = hunk.end
    return tuple(spans)


def versions(
    index: ProvisionIndex, provision: Provision, depth: int, sources: Sources
) -> Iterator[Block]:
    """Show what a base provision becomes, and all below it."""
    node = index.at.get(provision.id, -1)
    if node < 0:
        yield from added(provision, depth, sources)
        return
    old = index.nodes[node]
    renamed = old.label != provision.label
    label = (
        (Span(old.label, deleted=sources), Span(provision.label, sources))
        if renamed
        else (Span(old.label),)
    )
    yield Block(
        kind=provision.kind,
        depth=depth,
        id=provision.id,
        label=tuple(span for span in label if span.text),
        pieces=compared(index.words(node), _words(provision), sources, index.resolution.language),
    )
    gone = _gone(index, node, provision)
    for child in provision.children:
        while gone and index.at.get(child.id, -1) > gone[0]:
            yield from _struck(index, gone.pop(0), depth + step(provision), sources)
        yield from versions(index, child, depth + step(provision), sources)
    for lost in gone:
        yield from _struck(index, lost, depth + step(provision), sources)


def _words(provision: Provision) -> tuple[Word, ...]:
    return bound(provision, [note.id for note in footnotes(provision)])


def _gone(index: ProvisionIndex, node: int, provision: Provision) -> list[int]:
    """Return the children that a version no longer has."""
    stays = {child.id for child in provision.children}
    return [child for child in index.children(node) if index.nodes[child].id not in stays]


def _struck(index: ProvisionIndex, node: int, depth: int, sources: Sources) -> Iterator[Block]:
    provision = index.nodes[node]
    yield Block(
        kind=provision.kind,
        depth=depth,
        id=provision.id,
        label=(Span(provision.label, deleted=sources),) if provision.label else (),
        pieces=joined_spans(index.words(node), deleted=sources),
        struck=sources,
    )
    for child in index.children(node):
        yield from _struck(index, child, depth + step(provision), sources)


def added(provision: Provision, depth: int, sources: Sources) -> Iterator[Block]:
    """Show an added provision and what it holds."""
    yield Block(
        kind=provision.kind,
        depth=depth,
        id=provision.id,
        label=(Span(provision.label, inserted=sources),) if provision.label else (),
        pieces=joined_spans(_words(provision), inserted=sources),
        added=sources,
    )
    for child in provision.children:
        yield from added(child, depth + step(provision), sources)
