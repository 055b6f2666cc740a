"""Regions of a text: hunks that meet, and whether they say the same.

In a region each source that has a hunk there has its own text. Agreement is decided on that text,
not on hunks, and without regard to typography.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from resamend.amendment import place
from resamend.amendment.edit_references import joins
from resamend.conflict.ends import EndChanges, parted
from resamend.conflict.fusing import fused
from resamend.conflict.phrases import footprint
from resamend.conflict.values import (
    ConflictKind,
    Json,
    Option,
    OptionKind,
    Region,
    Standing,
    Stream,
    listed,
    quoted,
)
from resamend.consolidation import AttributedHunk, Sources, Surface, TextMarks
from resamend.matching import ProvisionIndex
from resamend.model import WHOLE, Kind, Word


def text_regions(
    marks: TextMarks, known: ProvisionIndex, node: int, end_changes: EndChanges
) -> list[Region]:
    """Return the regions of one text; a title or heading is one region as a whole."""
    marks = parted(known, marks)
    changes = marks.changes
    if not changes:
        return []
    kind = known.nodes[node].kind
    if kind in WHOLE:
        return [_region(marks, known, node, 0, 2 * len(known.texts(node)), changes, changes)]
    spans = fused(known.words(node), changes, known.resolution.language)
    return [
        _region(
            marks,
            known,
            node,
            span.lo,
            span.hi,
            span.changes,
            end_changes.words_of(marks.target, span.changes),
        )
        for span in spans
    ]


def _region(
    marks: TextMarks,
    known: ProvisionIndex,
    node: int,
    lo: int,
    hi: int,
    hunks: Sequence[AttributedHunk],
    worded: Sequence[AttributedHunk],
) -> Region:
    start, end = lo // 2, (hi + 1) // 2
    base = known.part(node, start, end)
    changes = worded or hunks  # what only follows from its neighbours is no option
    kind = known.nodes[node].kind
    if len(changes) == 1 and (lo, hi) == footprint(changes[0]):  # most are alone
        sources = changes[0].sources
        options: tuple[Option, ...] = (_option(changes[0].words, sources),)
    else:
        options = _options(marks, base, start, changes)
        sources = tuple(sorted({source for option in options for source in option.sources}))
    ends = not worded
    contested = len(options) > 1 and not ends
    return Region(
        id=_id(marks.target, lo, hi, base, options),
        stream=Stream.TEXT,
        target=marks.target,
        path=place(known, node),
        lo=lo,
        hi=hi,
        standing=(
            Standing.CONTESTED
            if contested
            else Standing.CONSEQUENTIAL
            if ends
            else _uncontested(known, node, start, end, options[0].sources)
        ),
        kinds=(_clash(base, options, kind, lo, hi),) if contested else (),
        base="".join([word.text for word in base]),
        options=options,
        sources=sources,
        ends=ends,
    )


def _id(target: str, lo: int, hi: int, base: Sequence[Word], options: Sequence[Option]) -> str:
    """Return the id of a region: of its place, the words in force and what is asked."""
    keys = listed([word.key for word in base]).text
    ids = '","'.join(sorted([option.id for option in options]))
    where = f'{quoted(target)},"text",{lo},{hi}'  # as JSON, in a third of the time
    return Json(f'[{where},{keys},["{ids}"]]').hash


def _options(
    marks: TextMarks, base: Sequence[Word], start: int, changes: Sequence[AttributedHunk]
) -> tuple[Option, ...]:
    """Return the different texts of a region, whose words begin at ``start``, by source id."""
    end = start + len(base)
    surfaces = [surface for surface in marks.surfaces if start <= surface.at < end]
    by_source: dict[str, list[AttributedHunk]] = defaultdict(list)
    for change in changes:
        for source in change.sources:
            by_source[source].append(change)
    texts: dict[tuple[str, ...], list[tuple[str, tuple[Word, ...]]]] = defaultdict(list)
    for source in sorted(by_source):
        printed = [surface for surface in surfaces if source in surface.sources]
        text = _text(base, start, by_source[source], printed)
        texts[tuple([word.key for word in text])].append((source, text))
    return tuple(
        [_option(who[0][1], tuple([source for source, _ in who])) for who in texts.values()]
    )


def _option(words: tuple[Word, ...], sources: Sources) -> Option:
    return Option(
        id=listed([OptionKind.WORDS, *[word.key for word in words]]).hash,
        deed=OptionKind.WORDS,
        sources=sources,
        text="".join([word.text for word in words]),
        words=words,
    )


def _text(
    base: Sequence[Word], start: int, changes: Sequence[AttributedHunk], printed: Sequence[Surface]
) -> tuple[Word, ...]:
    """Return one source's own words for those of a region, printed as it prints them."""
    words = list(base)
    for surface in printed:
        words[surface.at - start] = surface.word
    made: list[Word] = []
    at = 0
    for change in sorted(changes, key=_place_of) if len(changes) > 1 else changes:
        made += words[at : change.start - start]
        made += change.words
        at = change.end - start
    return (*made, *words[at:])


def _place_of(change: AttributedHunk) -> tuple[int, int]:
    return change.start, change.end


def standing_of(sources: Sources) -> Standing:
    """Return how an uncontested change stands: of one source, or the same from several."""
    return Standing.IDENTICAL if len(sources) > 1 else Standing.SINGLE


def _uncontested(
    known: ProvisionIndex, node: int, start: int, end: int, sources: Sources
) -> Standing:
    """Tell consequential changes from others: the number line, the session in the clause."""
    kind = known.nodes[node].kind
    if kind is Kind.NUMBER:
        return Standing.CONSEQUENTIAL
    if kind is Kind.ENACTING:
        keys = [word.key.translate(_BRACKETS) for word in known.words(node)]
        inside = "(" in keys[:start] and ")" in keys[end:] and ")" not in keys[start:end]
        return Standing.CONSEQUENTIAL if inside else standing_of(sources)
    return standing_of(sources)


_BRACKETS = str.maketrans("（）", "()")  # as Chinese writes them


def _clash(
    base: Sequence[Word], options: Sequence[Option], kind: Kind, lo: int, hi: int
) -> ConflictKind:
    if kind in WHOLE:
        return ConflictKind.COMPETING_TITLE
    if lo == hi and lo % 2 == 0:
        return ConflictKind.COMPETING_INSERTION
    if all(_is_part(option.words, base) for option in options):
        return ConflictKind.OVERLAPPING_DELETION
    if any(not option.words for option in options):
        return ConflictKind.DELETE_MODIFY
    return ConflictKind.COMPETING_REPLACEMENT


def _is_part(words: Sequence[Word], base: Sequence[Word]) -> bool:
    """Tell whether words are those of the base with some struck."""
    rest = iter([word.key for word in base])
    return all([word.key in rest for word in words])  # noqa: C419  # a list is faster here


def tied(region: Region, words: Sequence[Word]) -> set[str]:
    """Return the footnotes and the joined provisions that go with the words of a region."""
    base = words[region.lo // 2 : (region.hi + 1) // 2]
    notes = {m.value for word in base for m in word.marks if m.kind == "footnote"}
    return notes.union(*(joins(option.words) for option in region.options))
