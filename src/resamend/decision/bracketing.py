"""What is still open, in square brackets: the text in force and every option beside it.

Nothing is agreed because a program says so: what one source alone asks for stands in brackets too,
until the chair has recorded it. Words are bracketed where they stand, ``[in force / proposed]``; a
provision as a whole, with what others make of it below, labelled ``5 alt``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from msgspec.structs import replace

from resamend.conflict import Option, OptionKind, Region, Stream
from resamend.decision.wording import put
from resamend.difference import Edit, ListEdit, ListHunk, content
from resamend.matching import ProvisionIndex
from resamend.model import Kind, Provision, Word, walk
from resamend.words import split

OPEN = "open_"
"""How the ids of provisions begin that stand in a text only because a point is open."""

ALTERNATIVE = f"{OPEN}alt_"
"""How those begin that are another version of a provision that stands there too."""

_PARAGRAPHS = frozenset({Kind.ITEM, Kind.TEXT, Kind.PREAMBULAR, Kind.OPERATIVE})


class Bracketer:
    """Put open regions in brackets."""

    def __init__(self, known: ProvisionIndex, gone: Set[str] = frozenset()) -> None:
        self.known = known
        self.gone = gone
        """Provisions that were decided to leave their place: no bracket stands in them."""

    def edits(
        self, elements: Sequence[Region], notes: Mapping[str, Mapping[str, Provision]]
    ) -> Iterator[Edit]:
        """Yield smallest edits that show one open point, given by its elements.

        ``notes`` are, for each element, the footnotes that its options bring, by their content.
        """
        covers = [e for e in elements if e.stream is Stream.PROVISION and e.target]
        inside = {id for cover in covers for id in self._below(cover.target)}
        for element in elements:
            if element.stream is Stream.PROVISION and element in covers:
                if element.target not in inside:
                    yield from self._provision(element)
            elif element.target in inside or element.target in {c.target for c in covers}:
                continue
            elif element.stream is Stream.TEXT:
                yield from self._words(element, notes.get(element.id, {}))
            elif element.stream is Stream.GAP:
                yield from self._additions(element)

    def _below(self, id: str) -> set[str]:
        provision = self.known.nodes[self.known.at[id]]
        return {each.id for each in walk(provision.children)}

    # -- words --------------------------------------------------------------------------------

    def _words(self, region: Region, notes: Mapping[str, Provision]) -> Iterator[Edit]:
        words = self.known.words(self.known.at[region.target])
        start, end = region.lo // 2, (region.hi + 1) // 2
        base = words[start:end]
        left = dict(notes)
        versions = [_plain(option.words, left) for option in region.options]
        shown = [version for version in versions if version]
        around = (*base, *(word for version in shown for word in version))
        if not around:  # it only divides or joins: it stands as far from the words as the next
            shown, around = [list(split("¶"))], words[end : end + 1]
        lead = _space(around) if start and around else ""
        made = [Word("[", f"{lead}[")]
        for n, version in enumerate([list(base), *shown] if base else shown):
            made += [Word("/", " /")] if n else []
            made += _spaced(version, " " if n else "")
        yield put(self.known, region.target, start, end, (*made, Word("]", "]")))
        gap = len(_footnotes(words[:end]))
        for name in _footnotes(made):
            if name in notes:
                yield ListEdit(region.target, (ListHunk(gap, gap, (), (notes[name],)),))

    # -- provisions ---------------------------------------------------------------------------

    def _provision(self, region: Region) -> Iterator[Edit]:
        """Bracket a provision with all below it, and what others make of it after it."""
        node = self.known.at[region.target]
        provision = self.known.nodes[node]
        options = [option for option in region.options if option.deed is OptionKind.VERSION]
        yield from self._around(provision)
        if provision.kind in _PARAGRAPHS and options:
            parent, at = self.known.parents[node], self.known.position(node) + 1
            owner = self.known.nodes[parent].id if parent >= 0 else ""
            items = tuple(item for option in options for item in _versions(option))
            yield ListEdit(owner, (ListHunk(at, at, (), items),))

    def saved_by(self, element: Region) -> str:
        """Return who moves a provision away from what was decided to go; mostly nobody."""
        if element.stream is not Stream.PROVISION or not element.target:
            return ""
        moves = [
            option
            for option in element.options
            if option.deed is OptionKind.MOVE and not (option.host and self._leaves(option.host))
        ]
        return moves[0].sources[0] if moves and self._leaves(element.target) else ""

    def around(self, id: str) -> Iterator[Edit]:
        """Yield the edits that put a provision, which stands elsewhere, in brackets."""
        provision = self.known.nodes[self.known.at[id]]
        yield from self._bracket([p for p in walk((provision,)) if p.text.strip()])

    def _around(self, provision: Provision) -> Iterator[Edit]:
        texts = (p for p in walk((provision,)) if p.text.strip())
        yield from self._bracket([p for p in texts if not self._leaves(p.id)])

    def _bracket(self, told: Sequence[Provision]) -> Iterator[Edit]:
        if not told:
            return
        first, last = told[0], told[-1]
        opening = put(self.known, first.id, 0, 0, (Word("[", "["),))
        yield replace(opening, variants=())  # no space after a bracket
        size = len(self.known.words(self.known.at[last.id]))
        yield put(self.known, last.id, size, size, (Word("]", "]"),))

    def _leaves(self, id: str) -> bool:
        node = self.known.at[id]
        while node >= 0 and self.known.nodes[node].id not in self.gone:
            node = self.known.parents[node]
        return node >= 0

    def _additions(self, region: Region) -> Iterator[Edit]:
        """Add what the options add, each in brackets; what several add, once."""
        gap = region.lo // 2
        seen: set[str] = set()
        for option in region.options:
            for provision in option.provisions:
                name = content(provision)
                if provision.kind is not Kind.MOVED and name not in seen:
                    seen.add(name)
                    item = _open(provision)
                    yield ListEdit(region.target, (ListHunk(gap, gap, (), (item,)),))


def _versions(option: Option) -> Iterator[Provision]:
    for provision in option.provisions:
        yield _open(provision, f"{ALTERNATIVE}{option.id}_")


def _open(provision: Provision, prefix: str = "") -> Provision:
    """Return a provision in brackets, under ids that say that it is open."""
    told = [p for p in walk((provision,)) if p.text.strip() and p.kind is not Kind.MOVED]
    first, last = (told[0].id, told[-1].id) if told else ("", "")
    return _named(provision, prefix or OPEN, first, last)


def _named(provision: Provision, prefix: str, first: str, last: str) -> Provision:
    opening, closing = provision.id == first, provision.id == last
    text = f"{'[' * opening}{provision.text}{']' * closing}"
    marks = tuple(
        replace(mark, start=mark.start + opening, end=mark.end + opening)
        for mark in provision.marks
    )
    children = tuple(
        _named(child, prefix, first, last)
        for child in provision.children
        if child.kind is not Kind.MOVED
    )
    id = f"{prefix}{provision.id}"
    return replace(provision, id=id, text=text, marks=marks, children=children)


# -- words in brackets ----------------------------------------------------------------------------


def _plain(words: Sequence[Word], left: dict[str, Provision]) -> list[Word]:
    """Return words without the marks that divide and join provisions.

    Of the marks of footnotes only those of new ones stay, each once: those ``left`` to be shown.
    """
    made = []
    for word in words:
        names = _footnotes((word,))
        cut = any(mark.kind in ("split", "join") for mark in word.marks)
        if not cut and all(left.pop(name, None) for name in names):
            made.append(word)
    return made


def _footnotes(words: Sequence[Word]) -> list[str]:
    """Return what the marks of footnotes among some words refer to."""
    return [mark.value for word in words for mark in word.marks if mark.kind == "footnote"]


def _space(words: Sequence[Word]) -> str:
    first = words[0].text if words else " "
    return first[: len(first) - len(first.lstrip())]


def _spaced(words: Sequence[Word], lead: str) -> list[Word]:
    """Return words, the first of them after the given space."""
    if not words:
        return []
    first = words[0]
    old = len(first.text) - len(first.text.lstrip())
    shift = len(lead) - old
    marks = tuple(
        replace(m, start=max(m.start + shift, 0), end=max(m.end + shift, 0)) for m in first.marks
    )
    return [Word(first.key, lead + first.text.lstrip(), marks), *words[1:]]
