"""Who truly clashes with whom, and who asks for the same, judged without resamend.

A clash is judged by the base words touched: word k is 2k+1 and the gap before it 2k; an insertion
touches its gap, a replacement its words and the gaps between them. Touched spans that meet are one
place; it is contested where the sources there end up with different words. Around provisions: some
strike what others change, some move one to different places, some add different ones in one gap, or
move them in a circle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bench.truth import Edit, Place, Truth
from bench.workload import Outline


class Clash(Struct, frozen=True, kw_only=True):
    """Hold one conflict that a tool ought to report, with all the places that belong to it."""

    kind: str
    places: frozenset[Place]
    sources: frozenset[str]


class Shared(Struct, frozen=True, kw_only=True):
    """Say that several sources ask for the very same at one place."""

    place: Place
    kind: str
    words: tuple[str, ...]
    sources: tuple[str, ...]


def clashes(known: Truth) -> tuple[Clash, ...]:
    """Return every conflict; what belongs to a provision that some strike is one with it."""
    found = [*_in_texts(known), *_in_gaps(known), *_moves(known), *_circles(known)]
    return tuple(_joined(known, found, dict(_strikes(known))))


def _in_texts(known: Truth) -> Iterator[Clash]:
    for provision, by_source in known.edits.items():
        for lo, hi, sources in _regions(by_source):
            texts = {
                _text(known.texts[provision], lo // 2, (hi + 1) // 2, by_source[source])
                for source in sources
            }
            if len(texts) > 1:
                place = Place("text", provision, lo, hi)
                yield Clash(kind="words", places=frozenset({place}), sources=frozenset(sources))


def differ(known: Truth, place: Place) -> bool:
    """Tell whether two sources ask for different words in a stretch of a text.

    A question may be wider than the words that two touch: a date, or a clause, is one thing.
    """
    by_source = known.edits.get(place.owner, {}) if place.stream == "text" else {}
    start, end = place.lo // 2, (place.hi + 1) // 2
    inside = {
        source: edits
        for source, edits in by_source.items()
        if any(place.lo <= edit.span[0] and edit.span[1] <= place.hi for edit in edits)
    }
    texts = {_text(known.texts[place.owner], start, end, edits) for edits in inside.values()}
    return len(texts) > 1


def _regions(by_source: dict[str, tuple[Edit, ...]]) -> list[tuple[int, int, set[str]]]:
    """Return the connected spans of a text that sources touch."""
    spans = sorted((*e.span, source) for source, edits in by_source.items() for e in edits)
    found: list[tuple[int, int, set[str]]] = []
    for lo, hi, source in spans:
        if found and lo <= found[-1][1]:
            first, last, sources = found[-1]
            found[-1] = (first, max(last, hi), sources | {source})
        else:
            found.append((lo, hi, {source}))
    return found


def _text(words: Sequence[str], start: int, end: int, edits: Sequence[Edit]) -> tuple[str, ...]:
    made: list[str] = []
    at = start
    for edit in edits:
        if start <= edit.start and edit.end <= end:
            made += [*words[at : edit.start], *edit.words]
            at = edit.end
    return (*made, *words[at:end])


def _in_gaps(known: Truth) -> Iterator[Clash]:
    for place, texts in known.added.items():
        if len(texts) > 1:
            sources = frozenset().union(*texts.values())
            yield Clash(kind="additions", places=frozenset({place}), sources=sources)


def _moves(known: Truth) -> Iterator[Clash]:
    for provision, gaps in known.moved.items():
        if len(gaps) > 1:
            places = frozenset({Place("whole", provision)})
            sources = frozenset().union(*gaps.values())
            yield Clash(kind="moves", places=places, sources=sources)


def _circles(known: Truth) -> Iterator[Clash]:
    """Yield moves that together put a provision below itself."""
    targets = {
        provision: {gap.owner for gap in gaps if gap.owner >= 0}
        for provision, gaps in known.moved.items()
    }
    reach = {provision: _above(known.outline, targets, provision) for provision in targets}
    circling = {provision for provision in targets if provision in reach[provision]}
    while circling:
        first = min(circling)
        group = {p for p in circling if p in reach[first] and first in reach[p]}
        circling -= group
        sources = {name for p in group for names in known.moved[p].values() for name in names}
        places = frozenset(Place("whole", p) for p in group)
        yield Clash(kind="circle", places=places, sources=frozenset(sources))


def _above(outline: Outline, targets: dict[int, set[int]], provision: int) -> set[int]:
    """Return all provisions that one may come to stand below."""
    reached: set[int] = set()
    stack = list(targets[provision])
    while stack:
        other = stack.pop()
        if other not in reached:
            reached.add(other)
            stack += targets.get(
                other, {outline.owners[other]} if outline.owners[other] >= 0 else ()
            )
    return reached


def _strikes(known: Truth) -> Iterator[tuple[int, Clash]]:
    touched = _touched(known)
    for provision, strikers in known.struck.items():
        others = touched[provision] - strikers
        if others:
            places = frozenset({Place("whole", provision)})
            yield (
                provision,
                Clash(kind="strike", places=places, sources=frozenset(strikers | others)),
            )


def _touched(known: Truth) -> dict[int, set[str]]:
    """Return, per provision, who changes it or anything below it."""
    touched: dict[int, set[str]] = defaultdict(set)
    for at, sources in _touching(known):
        for provision in known.outline.chain(at):
            touched[provision] |= sources
    return touched


def _touching(known: Truth) -> Iterator[tuple[int, set[str]]]:
    for provision, by_source in known.edits.items():
        yield provision, set(by_source)
    for provision, sources in known.struck.items():
        yield known.outline.owners[provision], sources
    for place, texts in known.added.items():
        yield place.owner, set().union(*texts.values())
    for provision, gaps in known.moved.items():
        yield provision, set().union(*gaps.values())
        for gap, sources in gaps.items():
            yield gap.owner, sources


def _joined(known: Truth, found: Sequence[Clash], strikes: dict[int, Clash]) -> Iterator[Clash]:
    """Make one clash of a struck provision and all that others ask for inside it."""
    outermost: dict[int, Clash] = {}
    for provision, clash in strikes.items():
        top = _outermost(known.outline, provision, strikes)
        outermost[top] = _with(outermost.get(top, clash), clash)
    for clash in found:
        top = _outermost(known.outline, min(place.owner for place in clash.places), strikes)
        if top == _NOWHERE:
            yield clash
        else:
            outermost[top] = _with(outermost[top], clash)
    inside: dict[int, set[Place]] = defaultdict(set)
    for place in _places(known):
        inside[_outermost(known.outline, place.owner, strikes)].add(place)
    for top, clash in outermost.items():
        yield replace(clash, places=clash.places | inside[top])


_NOWHERE = -(1 << 30)


def _outermost(outline: Outline, owner: int, among: Container[int]) -> int:
    tops = [provision for provision in outline.chain(owner) if provision in among]
    return tops[-1] if tops else _NOWHERE


def _with(one: Clash, other: Clash) -> Clash:
    return replace(one, places=one.places | other.places, sources=one.sources | other.sources)


def _places(known: Truth) -> Iterator[Place]:
    """Yield every place where anybody asks for anything."""
    for provision, by_source in known.edits.items():
        yield from (Place("text", provision, lo, hi) for lo, hi, _ in _regions(by_source))
    yield from known.added
    yield from (Place("whole", provision) for provision in {*known.struck, *known.moved})


def shared(known: Truth) -> tuple[Shared, ...]:
    """Return what several sources ask for alike."""
    found: list[tuple[Place, str, tuple[str, ...], set[str]]] = []
    for provision, by_source in known.edits.items():
        same: dict[Edit, set[str]] = defaultdict(set)
        for source, edits in by_source.items():
            for edit in edits:
                same[edit].add(source)
        found += [
            (Place("text", provision, *edit.span), "edit", edit.words, sources)
            for edit, sources in same.items()
        ]
    for place, texts in known.added.items():
        found += [(place, "add", words, sources) for words, sources in texts.items()]
    for provision, sources in known.struck.items():
        found.append((Place("whole", provision), "strike", (), sources))
    for provision, gaps in known.moved.items():
        found += [(Place("whole", provision), "move", (), sources) for sources in gaps.values()]
    return tuple(
        Shared(place=place, kind=kind, words=words, sources=tuple(sorted(sources)))
        for place, kind, words, sources in found
        if len(sources) > 1
    )
