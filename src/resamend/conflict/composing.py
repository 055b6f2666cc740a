"""Provisions put together from several proposals, none of which asked for them as a whole (R6).

Changes that do not contest each other can together say what nobody proposed: "may decline" becomes
"should accept" when one asks for "should" and another for "accept". So a provision of which no
source makes all uncontested changes is shown as a whole, to be read as a whole. There is no
distance within which this holds: two words at the ends of a clause are the same danger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from resamend.amendment import place
from resamend.conflict.structural_changes import StructuralChanges
from resamend.conflict.values import ConflictKind, Region, Severity, Standing, Stream, short_hash
from resamend.difference.phrasing import weight
from resamend.difference.unit_words import CITATION_NOUNS
from resamend.matching import ProvisionIndex
from resamend.model import Word
from resamend.words import ENDS

_NEAR = 3
"""Kept words between two changes, none of weight, that make a composed text graver."""
_UNCONTESTED = frozenset({Standing.SINGLE, Standing.IDENTICAL})
_Texts = Mapping[str, Sequence[Region]]


def find_composed(
    changes: StructuralChanges, elements: Sequence[Region], whole: Callable[[Region], Region]
) -> Iterator[Region]:
    """Yield the composed provisions in which no question is left, each as a point.

    ``whole`` says of which question an element is part.
    """
    texts = _texts(changes, elements)
    for target, regions in texts.items():
        if target in changes.joined or len(regions) < 2:
            continue
        if any(whole(region).standing not in _UNCONTESTED for region in regions):
            continue
        parts = _parts(regions)
        if len(parts) > 1 and not set(parts[0].sources).intersection(*(p.sources for p in parts)):
            yield _composed(changes.known, target, parts, texts)


def _texts(changes: StructuralChanges, elements: Sequence[Region]) -> dict[str, list[Region]]:
    """Group the regions of words by text, those of a joined text with that of its host."""
    texts: dict[str, list[Region]] = defaultdict(list)
    for region in elements:
        if region.stream is Stream.TEXT and region.standing is not Standing.CONSEQUENTIAL:
            texts[region.target].append(region)
            for host in changes.joined.get(region.target, ()):
                texts[host].append(region)
    return texts


def _parts(regions: Sequence[Region]) -> list[Region]:
    """Return the changes that make a text another one; dividing it is one if its words change."""
    worded = [region for region in regions if not is_editorial(region)]
    return worded if any(not divides(region) for region in worded) else []


def is_editorial(region: Region) -> bool:
    """Tell whether a change is of end punctuation, capitals or the number of a citation's noun."""
    sides = [_bare(region.base), _bare("".join(w.text for w in region.options[0].words))]
    if divides(region):
        return False
    return sides[0] == sides[1] or all(side in CITATION_NOUNS for side in sides)


def _bare(text: str) -> str:
    return text.strip().rstrip("".join(ENDS)).strip().casefold()


def divides(region: Region) -> bool:
    """Tell whether a region divides a provision in two."""
    return any(
        mark.kind == "split" for o in region.options for word in o.words for mark in word.marks
    )


def _composed(known: ProvisionIndex, target: str, parts: Sequence[Region], texts: _Texts) -> Region:
    own = [region for region in parts if region.target == target] or list(parts)
    return Region(
        id=short_hash(["composed", target, *sorted(part.id for part in parts)]),
        stream=Stream.TEXT,
        target=target,
        path=place(known, known.at[target]),
        lo=own[0].lo,
        hi=own[-1].hi,
        standing=Standing.COMPOSED,
        kinds=(ConflictKind.COMPOSED,),
        base=known.nodes[known.at[target]].text,
        options=tuple(option for part in parts for option in part.options),
        sources=tuple(sorted({source for part in parts for source in part.sources})),
        parts=tuple(part.id for part in parts),
        grade=Severity.MEDIUM if _near(known, own) else None,
        composed=_text(known, target, texts),
    )


def _near(known: ProvisionIndex, parts: Sequence[Region]) -> bool:
    """Tell whether two changes by different sources have hardly a word between them."""
    language = known.resolution.language
    for one, other in pairwise(parts):
        between = known.words(known.at[one.target])[(one.hi + 1) // 2 : other.lo // 2]
        light = not any(weight(word.key, language) for word in between)
        if light and len(between) <= _NEAR and not set(one.sources) & set(other.sources):
            return True
    return False


def _text(known: ProvisionIndex, target: str, texts: _Texts) -> str:
    """Return a text with all its changes made, and those of what is joined into it."""
    base = known.words(known.at[target])
    words: list[Word] = []
    at = 0
    for region in texts.get(target, ()):
        if region.target == target:
            words += [*base[at : region.lo // 2], *region.options[0].words]
            at = (region.hi + 1) // 2
    said = []
    for word in (*words, *base[at:]):
        if not word.marks:
            said.append(word.text)
            continue
        marks = {mark.kind: mark.value for mark in word.marks}
        joined = f" {_text(known, marks['join'], texts)}" if "join" in marks else word.text
        said.append("\n" if "split" in marks else joined)
    return "".join(said)


def find_splits(regions: Sequence[Region]) -> Iterator[Region]:
    """Yield, of regions in the order of the text, those that divide one text at several places."""
    texts: dict[str, list[Region]] = defaultdict(list)
    for region in regions:
        if region.stream is Stream.TEXT and not region.parts and divides(region):
            texts[region.target].append(region)
    for splits in texts.values():
        if len({region.sources for region in splits}) > 1:  # one may divide it twice
            yield _together(splits)


def _together(splits: Sequence[Region]) -> Region:
    first = splits[0]
    kind = ConflictKind.COMPETING_SPLIT
    return Region(
        id=short_hash([kind, *(region.id for region in splits)]),
        stream=Stream.TEXT,
        target=first.target,
        path=first.path,
        lo=first.lo,
        hi=splits[-1].hi,
        standing=Standing.COMPOSED,
        kinds=(kind,),
        base=first.base,
        options=tuple(option for region in splits for option in region.options),
        sources=tuple(sorted({source for region in splits for source in region.sources})),
        parts=tuple(region.id for region in splits),
    )
