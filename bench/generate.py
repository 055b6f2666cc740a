"""Make resolutions and proposals of any size, with the truth of what each source did.

The text is nobody's: words drawn from a Zipf-like vocabulary, with repeated phrases and commas, 20
to 90 words a provision, some dozen provisions under a heading, some with sub-items. A source edits
a share of the provisions; of its edits a share touches what another source touches too, a share is
another's edit word for word, and some add, strike or move provisions. Lists are numbered anew after
that, so most ids of a revised text are not those of the base: the hard case. Everything follows
from the seed.

What a text cannot tell is left out, so that the truth is no matter of opinion: an edit that can be
read in two ways (``a b`` for ``b a`` keeps a or b), a provision struck where another is added (or
is it a new wording?), a move by a place or two (or did its neighbours move?).
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from bench.truth import one_reading
from bench.workload import IN_TEXT, Deed, Outline, Workload, built

FUNCTION_WORDS = (
    "the", "of", "and", "to", "in", "that", "for", "on", "with", "by",
    "at", "its", "from", "as", "be", "is", "which", "their", "under",
)  # fmt: skip
FEWEST, MOST = 20, 90
KINDS = {"replace": 40, "insert": 25, "delete": 15, "add": 10, "strike": 5, "move": 5}


class Rates(Struct, frozen=True, kw_only=True):
    """Say how much sources change, each a share from 0 to 1."""

    edits: float = 0.12
    overlap: float = 0.25
    cosponsored: float = 0.10


def generate(
    provisions: int, sources: int, *, seed: int = 1, rates: Rates | None = None
) -> Workload:
    """Return a base of so many provisions, and what so many sources make of it."""
    chance = random.Random(seed)
    prose = _Prose(chance)
    texts = tuple(prose.provision() for _ in range(provisions))
    outline = Outline.of(provisions)
    makers = _Sources(chance, prose, texts, outline, rates or Rates())
    deeds = tuple(makers.deeds() for _ in range(sources))
    return Workload(
        outline=outline,
        texts=texts,
        deeds=deeds,
        names=tuple(map(source_name, range(sources))),
        base=built(outline, texts),
    )


def source_name(number: int) -> str:
    """Return the id of the n-th source's proposal.

    >>> source_name(0), source_name(27)
    ('AAA/1/1', 'ABB/28/1')
    """
    code = "".join(chr(65 + number // 26**k % 26) for k in (2, 1, 0))
    return f"{code}/{number + 1}/1"


class _Prose:
    """Write words that nobody wrote."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        syllables = [c + v for c in "bdfglmnprst" for v in "aeiou"]
        made = (
            "".join(chance.choice(syllables) for _ in range(chance.randint(2, 4)))
            for _ in range(4000)
        )
        self.words = list(dict.fromkeys(made))
        self.phrases = [[self.word() for _ in range(chance.randint(3, 6))] for _ in range(60)]

    def word(self) -> str:
        draw = self.chance.random()
        if draw < 0.4:
            return self.chance.choice(FUNCTION_WORDS)
        rank = int(len(self.words) ** self.chance.random()) - 1
        return self.words[min(rank, len(self.words) - 1)]

    def some(self, least: int, most: int) -> tuple[str, ...]:
        count = self.chance.randint(least, most)
        made: list[str] = []
        while len(made) < count:
            phrase = self.chance.random() < 0.08
            made += self.chance.choice(self.phrases) if phrase else [self.word()]
            if self.chance.random() < 0.05:
                made.append(",")
        return tuple(made[:count])

    def provision(self) -> tuple[str, ...]:
        return ("that", *self.some(FEWEST, MOST), ";")


class _Source(Struct):
    """Hold what one source does, while it makes up its mind."""

    deeds: list[Deed] = field(default_factory=list)

    def by_kind(self, *kinds: str) -> list[Deed]:
        return [deed for deed in self.deeds if deed.kind in kinds]


class _Sources:
    """Make up what each source does; no source contradicts itself."""

    def __init__(
        self,
        chance: random.Random,
        prose: _Prose,
        texts: Sequence[tuple[str, ...]],
        outline: Outline,
        rates: Rates,
    ) -> None:
        self.chance = chance
        self.prose = prose
        self.texts = texts
        self.outline = outline
        self.rates = rates
        self.known: list[Deed] = []

    def deeds(self) -> tuple[Deed, ...]:
        """Return what one more source does, in the order of the text."""
        mine = _Source()
        for _ in range(max(1, round(self.rates.edits * len(self.texts)))):
            deed = self._one()
            if self._goes_with(mine, deed):
                mine.deeds.append(deed)
        self.known += mine.deeds
        return tuple(sorted(mine.deeds, key=lambda d: (d.provision, d.start, d.kind)))

    def _one(self) -> Deed:
        draw = self.chance.random()
        if not self.known or draw >= self.rates.cosponsored + self.rates.overlap:
            return self._fresh(self.chance.randrange(len(self.texts)))
        other = self.chance.choice(self.known)
        return other if draw < self.rates.cosponsored else self._rival(other)

    def _fresh(self, provision: int) -> Deed:
        kind = self.chance.choices(list(KINDS), list(KINDS.values()))[0]
        if kind == "add":
            words = ("that", *self.prose.some(15, 50), ";")
            return Deed(provision=provision, kind=kind, words=words)
        if kind == "strike":
            return Deed(provision=provision, kind=kind)
        if kind == "move":
            return Deed(provision=provision, kind=kind, to=self.chance.randrange(len(self.texts)))
        start = self.chance.randrange(1, len(self.texts[provision]) - 5)
        end = start if kind == "insert" else start + self.chance.randint(1, 4)
        return self._worded(Deed(provision=provision, kind=kind, start=start, end=end), 5)

    def _rival(self, other: Deed) -> Deed:
        """Touch what another source touches, otherwise."""
        if other.kind == "add":
            return replace(other, words=("that", *self.prose.some(15, 50), ";"))
        if other.kind not in IN_TEXT:
            return self._fresh(other.provision)
        start = max(1, other.start - self.chance.randint(0, 1))
        end = min(max(other.end, start + 1), len(self.texts[other.provision]) - 1)
        return self._worded(
            Deed(provision=other.provision, kind="replace", start=start, end=end), 4
        )

    def _worded(self, deed: Deed, most: int) -> Deed:
        """Give a deed words such that there is one minimal way to say what it changes."""
        while deed.kind != "delete":
            deed = replace(deed, words=self.prose.some(1, most))
            if one_reading(self.texts[deed.provision], deed):
                break
        return deed

    # -- what one source can ask for together -------------------------------------------------

    def _goes_with(self, mine: _Source, deed: Deed) -> bool:
        """Tell whether a source can do this beside what it does already."""
        struck = {d.provision for d in mine.by_kind("strike")}
        if any(above in struck for above in self.outline.chain(deed.provision)):
            return False
        if deed.kind in IN_TEXT:
            return all(_apart(deed, d) for d in mine.deeds if d.provision == deed.provision)
        if deed.kind == "add":
            gone = struck | {d.provision for d in mine.by_kind("move")}
            return not self._rewrites(deed.provision, gone) and not any(
                deed.provision in (d.provision, d.to) for d in mine.by_kind("add", "move")
            )
        if deed.kind == "strike":
            return not any(
                self._inside(d, deed.provision)
                or (d.kind == "add" and self._rewrites(d.provision, {deed.provision}))
                for d in mine.deeds
            )
        return self._can_move(mine, deed, struck)

    def _rewrites(self, after: int, gone: set[int]) -> bool:
        """Tell whether an addition stands where the next provision goes: is that a new wording?"""
        siblings = self.outline.children(self.outline.owners[after])
        at = self.outline.places[after] + 1
        return at < len(siblings) and siblings[at] in gone

    def _inside(self, deed: Deed, provision: int) -> bool:
        """Tell whether a deed is done to a provision or to what is, or comes, below it."""
        return provision in self.outline.chain(deed.provision) or (
            deed.kind == "move" and provision in self.outline.chain(deed.to)
        )

    def _can_move(self, mine: _Source, deed: Deed, struck: set[int]) -> bool:
        gone = struck | {d.provision for d in mine.by_kind("move")}
        anchors = {d.to for d in mine.by_kind("move")} | {d.provision for d in mine.by_kind("add")}
        return not (
            gone.intersection(self.outline.chain(deed.to))
            or anchors.intersection((deed.provision, deed.to))
            or any(deed.provision in self.outline.chain(other) for other in (deed.to, *anchors))
            or gone.intersection(self.outline.chain(deed.provision))
            or any(self._rewrites(d.provision, {deed.provision}) for d in mine.by_kind("add"))
            or _moves_little(self.outline, deed.provision, deed.to)
        )


def _apart(one: Deed, other: Deed) -> bool:
    """Tell whether two deeds leave some words between them."""
    if other.kind not in IN_TEXT:
        return other.kind != "strike"
    return one.end + 3 <= other.start or other.end + 3 <= one.start


def _moves_little(outline: Outline, provision: int, to: int) -> bool:
    """Tell whether a move goes so near that it could be told as its neighbours' moves."""
    if outline.owners[provision] != outline.owners[to]:
        return False
    return abs(outline.places[to] - outline.places[provision]) < 4
