"""A base, what each source did to it, and the texts that follow.

Provisions have numbers: their places in the text of the base. A list belongs to an *owner*: a
provision by its number, or the n-th heading by ``~n``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resamend.model import Kind, Language, Metadata, Provision, Resolution, walk
from resamend.numbering import eids

IN_TEXT = frozenset({"replace", "insert", "delete"})
"""Kinds of deeds that change words."""
UNDER_ONE_HEADING = 14
SUB_ITEMS = frozenset({4, 5, 9, 10, 11})


class Deed(Struct, frozen=True, kw_only=True):
    """Say what one source did to one provision of the base.

    ``kind`` is replace, insert, delete (words [start, end) of the provision), add (a provision
    after it), strike, or move (after the provision ``to``).
    """

    provision: int
    kind: str
    start: int = 0
    end: int = 0
    words: tuple[str, ...] = ()
    to: int = 0


class Outline(Struct, frozen=True, kw_only=True):
    """Say which provision stands in whose list: its owner, and its place among its siblings."""

    owners: tuple[int, ...]
    places: tuple[int, ...]
    below: tuple[tuple[int, ...], ...]
    headings: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, provisions: int) -> Outline:
        """Lay out so many provisions under headings, some of them as sub-items."""
        below: list[list[int]] = [[] for _ in range(provisions)]
        headings: list[list[int]] = []
        owners: list[int] = []
        places: list[int] = []
        for number in range(provisions):
            place = number % UNDER_ONE_HEADING
            if place == 0:
                headings.append([])
            siblings = below[headings[-1][-1]] if place in SUB_ITEMS else headings[-1]
            owners.append(headings[-1][-1] if place in SUB_ITEMS else ~(len(headings) - 1))
            places.append(len(siblings))
            siblings.append(number)
        return cls(
            owners=tuple(owners),
            places=tuple(places),
            below=tuple(map(tuple, below)),
            headings=tuple(map(tuple, headings)),
        )

    def children(self, owner: int) -> tuple[int, ...]:
        """Return the list of an owner."""
        return self.below[owner] if owner >= 0 else self.headings[~owner]

    def chain(self, number: int) -> Iterator[int]:
        """Yield a provision and all above it, without the heading."""
        while number >= 0:
            yield number
            number = self.owners[number]


class Workload(Struct, frozen=True, kw_only=True):
    """Hold a base and what each source did to it; ``texts`` has the words of each provision."""

    outline: Outline
    texts: tuple[tuple[str, ...], ...]
    deeds: tuple[tuple[Deed, ...], ...]
    names: tuple[str, ...]
    base: Resolution

    @property
    def revised(self) -> tuple[Resolution, ...]:
        """Make every source's own text."""
        return tuple(self.text_of(source) for source in range(len(self.names)))

    def text_of(self, source: int) -> Resolution:
        """Make one source's own text."""
        return built(self.outline, self.texts, self.deeds[source])

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the base's provisions, by number."""
        return tuple(p.id for p in walk(self.base.provisions) if p.kind is Kind.ITEM)

    @property
    def heading_ids(self) -> tuple[str, ...]:
        """Return the ids of the base's headings, in order."""
        groups = (Kind.PREAMBULAR, Kind.OPERATIVE)
        return tuple(p.id for p in walk(self.base.provisions) if p.kind in groups)


def spaced(words: Sequence[str]) -> str:
    """Join words into a text, no space before a comma or semicolon.

    >>> spaced(["that", "it", ",", "too", ";"])
    'that it, too;'
    """
    return " ".join(words).replace(" ,", ",").replace(" ;", ";")


def built(
    outline: Outline, texts: Sequence[tuple[str, ...]], deeds: Sequence[Deed] = ()
) -> Resolution:
    """Make the text that follows from some deeds, with the ids of its own numbering."""
    return _Builder(outline, texts, deeds).resolution()


class _Builder:
    def __init__(
        self, outline: Outline, texts: Sequence[tuple[str, ...]], deeds: Sequence[Deed]
    ) -> None:
        self.outline = outline
        self.texts = texts
        self.gone = {d.provision for d in deeds if d.kind in ("strike", "move")}
        self.inside: dict[int, list[Deed]] = {}
        self.after: dict[int, list[Deed]] = {}
        for deed in deeds:
            if deed.kind in IN_TEXT:
                self.inside.setdefault(deed.provision, []).append(deed)
            elif deed.kind == "add":
                self.after.setdefault(deed.provision, []).append(deed)
            elif deed.kind == "move":
                self.after.setdefault(deed.to, []).append(deed)

    def resolution(self) -> Resolution:
        half = len(self.outline.headings) // 2
        groups = [
            Provision(
                id="?",
                kind=Kind.PREAMBULAR if n < half else Kind.OPERATIVE,
                text=f"{'considering' if n < half else 'resolves'} further {n + 1}",
                children=self._list(~n, 0),
            )
            for n in range(len(self.outline.headings))
        ]
        whole = Provision(id="?", kind=Kind.RESOLUTION, children=(*_FRONT, *groups))
        return eids(Resolution(language=Language.EN, provisions=(whole,), metadata=_METADATA))

    def _list(self, owner: int, depth: int) -> tuple[Provision, ...]:
        made: list[Provision] = []
        for number in self.outline.children(owner):
            if number not in self.gone:
                made.append(self._item(number, depth))
            for deed in self.after.get(number, ()):
                if deed.kind == "add":
                    made.append(Provision(id="?", kind=Kind.ITEM, text=spaced(deed.words)))
                else:
                    made.append(self._item(deed.provision, depth))
        return tuple(replace(item, label=_label(n, depth)) for n, item in enumerate(made))

    def _item(self, number: int, depth: int) -> Provision:
        words = self.texts[number]
        for deed in sorted(self.inside.get(number, ()), key=lambda d: -d.start):
            words = (*words[: deed.start], *deed.words, *words[deed.end :])
        return Provision(
            id="?", kind=Kind.ITEM, text=spaced(words), children=self._list(number, depth + 1)
        )


def _label(place: int, depth: int) -> str:
    if not depth:
        return str(place + 1)
    rounds, letter = divmod(place, 26)
    return f"{chr(97 + letter) * (rounds + 1)})"


_METADATA = Metadata(number="999", authority="sample", adopted="2002-10-18")
_FRONT = (
    Provision(id="?", kind=Kind.NUMBER, text="RESOLUTION 999 (REV. SAMPLEVILLE, 2014)"),
    Provision(id="?", kind=Kind.TITLE, text="Measured text"),
    Provision(id="?", kind=Kind.ENACTING, text="The Conference (Sampleville, 2014),"),
)
