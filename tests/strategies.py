"""Hypothesis strategies: what states make of a resolution, and drafts of several states.

A revised text is made from its base by deeds (``tests.deeds``): words changed, provisions added,
struck, moved, split, joined or renumbered, footnotes rewritten. The deeds of a draft come from one
list, of which each source does a part: so some ask for the same, and some clash.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter
from msgspec import Struct

from resamend.amendment import NoChange, Proposal, propose
from resamend.model import Provision, Resolution
from resamend.numbering import eids
from tests.deeds import Deed, deed_list, done
from tests.effort import tries
from tests.quarrels import quarrel
from tests.texts import bases, picked, rarely

Test = Callable[..., None]


def law(*drawn: st.SearchStrategy[Any]) -> Callable[[Test], Test]:
    """Hold a law of the algebra, on as many examples as ``tests.effort`` says."""

    def held(test: Test) -> Test:
        tried: Test = settings(max_examples=tries(200))(given(*drawn)(test))
        return tried

    return held


@st.composite
def revised(draw: st.DrawFn, base: Resolution, most: int = 4) -> Resolution:
    """Draw what a state makes of a base."""
    count = draw(st.integers(0, most))
    drawn = deed_list(draw, base, least=count, most=count)
    return _delivered(draw, base, drawn)


def _delivered(draw: st.DrawFn, base: Resolution, chosen: Sequence[Deed]) -> Resolution:
    """Do some deeds; half of the states then give every provision the id of its new place."""
    made = done(base, chosen)
    return eids(made) if draw(st.booleans()) else made


class Draft(Struct, frozen=True, kw_only=True):
    """Hold a base, the proposals for it, and the whole text that each source wants."""

    base: Resolution
    proposals: tuple[Proposal, ...]
    texts: dict[str, Resolution]

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: bool) -> None:
        printer.text(repr(self))

    def __repr__(self) -> str:
        """Write the texts one below the other, for whoever has to find out what is wrong."""
        told = [("base", self.base), *self.texts.items()]
        kept = [f"{p.id} keeps {keep}" for p in self.proposals for keep in p.keeps]
        return "\n".join(["", *(f"{who}:\n{_lines(text)}" for who, text in told), *kept])


def _lines(text: Resolution) -> str:
    return "\n".join(_line(provision, "  ") for provision in text.provisions)


def _line(provision: Provision, indent: str) -> str:
    said = f"{indent}{provision.kind} {provision.label!r} {provision.text!r} #{provision.id}"
    marks = "".join(f" {m.kind}[{m.start},{m.end})" for m in provision.marks)
    return "\n".join([said + marks, *(_line(p, f"{indent}  ") for p in provision.children)])


SOURCES = ("RUS/1/1", "CHN/2/1", "ARM/BLR/RUS/3/1", "USA/4/1")


@st.composite
def drafts(draw: st.DrawFn, least: int = 2, most: int = 4) -> Draft:
    """Draw a base and the proposals of several sources, who share some of what they ask."""
    base = draw(bases())
    sources = SOURCES[: draw(st.integers(least, most))]
    chosen: dict[str, list[Deed]] = {source: [] for source in sources}
    for deed in deed_list(draw, base, least=2, most=6):
        for source in _some(draw, sources):
            chosen[source].append(deed)
    if not rarely(draw, 3):
        sides = quarrel(draw, base)
        for source, deeds in zip(draw(st.permutations(sources)), sides, strict=False):
            chosen[source] += deeds
    texts = {source: _delivered(draw, base, chosen[source]) for source in sources}
    targets = [deed.target for deeds in chosen.values() for deed in deeds if deed.target]
    keeps = _keeps(draw, targets) if targets and rarely(draw, 5) else ()
    keeper = picked(draw, sources)
    return Draft(
        base=base,
        texts=texts,
        proposals=tuple(
            propose(base, text, source, keeps=keeps if source == keeper else ())
            for source, text in texts.items()
        ),
    )


def _some(draw: st.DrawFn, sources: tuple[str, ...]) -> set[str]:
    """Draw one source, or two, seldom more."""
    some = {picked(draw, sources)}
    while rarely(draw, 3):
        some.add(picked(draw, sources))
    return some


def _keeps(draw: st.DrawFn, targets: list[str]) -> tuple[NoChange, ...]:
    """Draw the wish that something be kept which somebody changes."""
    return (NoChange(picked(draw, targets), draw(st.booleans()), "It works."),)
