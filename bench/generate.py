"""Make resolutions and proposals of any size, with the truth of what each source did.

The text is nobody's: words drawn from a Zipf-like vocabulary, with repeated phrases, 20 to 90
words a provision, about twelve provisions under a heading, every fifth with sub-items. A source
edits a share ``rate`` of the provisions; of its edits a share touches words that another source
touches too (``overlap``), a share is another's edit word for word (``cosponsored``), and some add,
strike or move provisions. Everything follows from ``seed``.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from resamend.model import Kind, Language, Metadata, Provision, Resolution
from resamend.numbering import eids

FUNCTION_WORDS = "the of and to in that for on with by at its from as be is which their under".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Say what one source did to one provision of the base.

    ``kind`` is replace, insert, delete (words [start, end)), add (after it), strike or move (after
    the provision ``to``).
    """

    provision: int
    kind: str
    start: int = 0
    end: int = 0
    words: tuple[str, ...] = ()
    to: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """Hold a base, the sources' revised texts, and what each did."""

    base: Resolution
    revised: tuple[Resolution, ...]
    deeds: tuple[tuple[Deed, ...], ...]
    names: tuple[str, ...]


@dataclass(slots=True)
class _Maker:
    chance: random.Random
    words: list[str] = field(default_factory=list)
    phrases: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        syllables = [c + v for c in "bdfglmnprst" for v in "aeiou"]
        seen = dict.fromkeys(
            "".join(self.chance.choice(syllables) for _ in range(self.chance.randint(2, 4)))
            for _ in range(4000)
        )
        self.words = list(seen)
        self.phrases = [[self.word() for _ in range(self.chance.randint(3, 6))] for _ in range(60)]

    def word(self) -> str:
        if self.chance.random() < 0.4:
            return self.chance.choice(FUNCTION_WORDS)
        rank = int(len(self.words) ** self.chance.random()) - 1
        return self.words[min(rank, len(self.words) - 1)]

    def some(self, count: int) -> list[str]:
        made: list[str] = []
        while len(made) < count:
            made += self.chance.choice(self.phrases) if self.chance.random() < 0.08 else [self.word()]
        return made[:count]


def generate(
    provisions: int,
    sources: int,
    *,
    seed: int = 1,
    rate: float = 0.12,
    overlap: float = 0.25,
    cosponsored: float = 0.10,
) -> Workload:
    """Return a base of about so many provisions, and what so many sources make of it."""
    maker = _Maker(random.Random(seed))
    texts = [maker.some(maker.chance.randint(20, 90)) for _ in range(provisions)]
    depth = [1 if k % 5 in (3, 4) and k % 12 > 4 else 0 for k in range(provisions)]
    pool: dict[int, list[Deed]] = {}
    deeds = []
    for _ in range(sources):
        mine = _deeds(maker, texts, pool, rate, overlap, cosponsored)
        for deed in mine:
            pool.setdefault(deed.provision, []).append(deed)
        deeds.append(tuple(mine))
    base = _resolution(texts, depth, ())
    return Workload(
        base=base,
        revised=tuple(_resolution(texts, depth, mine) for mine in deeds),
        deeds=tuple(deeds),
        names=tuple(f"{_code(n)}/{n + 1}/1" for n in range(sources)),
    )


def _code(number: int) -> str:
    return "".join(chr(65 + number // 26**k % 26) for k in (2, 1, 0))


def _deeds(
    maker: _Maker,
    texts: list[list[str]],
    pool: dict[int, list[Deed]],
    rate: float,
    overlap: float,
    cosponsored: float,
) -> list[Deed]:
    chance = maker.chance
    touched = sorted(pool)
    taken: dict[int, Deed] = {}
    for _ in range(max(1, round(rate * len(texts)))):
        draw = chance.random()
        if draw < cosponsored and touched:
            deed = chance.choice(pool[chance.choice(touched)])
        elif draw < cosponsored + overlap and touched:
            deed = _rival(maker, texts, chance.choice(pool[chance.choice(touched)]))
        else:
            deed = _fresh(maker, texts, chance.randrange(len(texts)))
        taken.setdefault(deed.provision, deed)
    return [taken[k] for k in sorted(taken)]


def _fresh(maker: _Maker, texts: list[list[str]], provision: int) -> Deed:
    chance = maker.chance
    size = len(texts[provision])
    kind = chance.choices(
        ["replace", "insert", "delete", "add", "strike", "move"], [40, 25, 15, 10, 5, 5]
    )[0]
    start = chance.randrange(1, size - 5)
    end = start + chance.randint(1, 4)
    if kind == "add":
        return Deed(provision=provision, kind=kind, words=tuple(maker.some(chance.randint(15, 50))))
    if kind == "strike":
        return Deed(provision=provision, kind=kind)
    if kind == "move":
        return Deed(provision=provision, kind=kind, to=chance.randrange(len(texts)))
    words = () if kind == "delete" else tuple(maker.some(chance.randint(1, 5)))
    return Deed(
        provision=provision,
        kind=kind,
        start=start,
        end=start if kind == "insert" else end,
        words=words,
    )


def _rival(maker: _Maker, texts: list[list[str]], other: Deed) -> Deed:
    """Touch what another source touches, otherwise."""
    if other.kind in ("replace", "insert", "delete"):
        start = max(1, other.start - maker.chance.randint(0, 1))
        end = min(max(other.end, start + 1), len(texts[other.provision]))
        words = tuple(maker.some(maker.chance.randint(1, 4)))
        return Deed(provision=other.provision, kind="replace", start=start, end=end, words=words)
    if other.kind == "add":
        return replace(other, words=tuple(maker.some(len(other.words))))
    return _fresh(maker, texts, other.provision)


def _resolution(texts: list[list[str]], depth: list[int], deeds: tuple[Deed, ...]) -> Resolution:
    by_provision = {deed.provision: deed for deed in deeds}
    arrivals: dict[int, list[int]] = {}
    for deed in deeds:
        if deed.kind == "move" and deed.to != deed.provision:
            arrivals.setdefault(deed.to, []).append(deed.provision)
    rows: list[tuple[int, list[str]]] = []
    for k, words in enumerate(texts):
        deed = by_provision.get(k)
        leaves = deed and (
            deed.kind == "strike" or (deed.kind == "move" and deed.to != deed.provision)
        )
        if not leaves:
            rows.append((depth[k], _edited(words, deed)))
        if deed and deed.kind == "add":
            rows.append((depth[k], list(deed.words)))
        rows += [(depth[k], texts[other]) for other in arrivals.get(k, ())]
    return _built(rows)


def _edited(words: list[str], deed: Deed | None) -> list[str]:
    if deed is None or deed.kind not in ("replace", "insert", "delete"):
        return words
    return [*words[: deed.start], *deed.words, *words[deed.end :]]


def _built(rows: list[tuple[int, list[str]]]) -> Resolution:
    groups: list[list[Provision]] = [[]]
    for level, words in rows:
        text = f"that {' '.join(words)};"
        item = Provision(id="?", kind=Kind.ITEM, text=text)
        if level and groups[-1]:
            parent = groups[-1][-1]
            label = f"{'abcdefghijklmnopqrstuvwxyz'[len(parent.children) % 26]})"
            groups[-1][-1] = replace(
                parent, children=(*parent.children, replace(item, label=label))
            )
        else:
            if len(groups[-1]) == 12:
                groups.append([])
            groups[-1].append(replace(item, label=str(len(groups[-1]) + 1)))
    half = len(groups) // 2
    made = [
        Provision(
            id="?",
            kind=Kind.PREAMBULAR if k < half else Kind.OPERATIVE,
            text=f"{'considering' if k < half else 'resolves'} further {k + 1}",
            children=tuple(group),
        )
        for k, group in enumerate(groups)
    ]
    front = (
        Provision(id="?", kind=Kind.NUMBER, text="RESOLUTION 999 (REV. SAMPLEVILLE, 2014)"),
        Provision(id="?", kind=Kind.TITLE, text="Measured text"),
        Provision(id="?", kind=Kind.ENACTING, text="The Conference (Sampleville, 2014),"),
    )
    whole = Provision(id="?", kind=Kind.RESOLUTION, children=(*front, *made))
    return eids(
        Resolution(
            language=Language.EN,
            provisions=(whole,),
            metadata=Metadata(number="999", authority="sample", adopted="2002-10-18"),
        )
    )
