"""Texts of any size in which one thing happens everywhere, to see how the work grows with it."""

from __future__ import annotations

import cProfile
import pstats
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from resamend.amendment import Proposal, propose
from resamend.conflict import Findings, find
from resamend.consolidation import Consolidated, merge
from resamend.decision import DecisionKind, DecisionRequest, adopt, replay
from resamend.decision.recording import record_by
from resamend.decision.settling import Settler
from resamend.difference import diff
from resamend.model import Kind, Language, Provision, Resolution
from resamend.numbering import eids
from resamend.rebase import carry

Curve = Callable[[int], Callable[[], object]]
"""Makes, of a number of provisions, what is to be done to them."""
CHAIR = DecisionRequest(act=DecisionKind.KEEP, by="Chair", at="2018-11-05")


def words(n: int, of: int = 7) -> str:
    """Return some words that differ from number to number."""
    return " ".join(
        f"{chr(97 + n * k % 23)}{'aeiou'[n // 5 % 5]}{n * k % 97}n" for k in range(1, of)
    )


def text(items: Sequence[str], kind: Kind = Kind.ITEM) -> Resolution:
    """Return a resolution of one list."""
    children = tuple(
        Provision(id="?", kind=kind, label=str(n), text=item) for n, item in enumerate(items, 1)
    )
    group = Provision(id="?", kind=Kind.OPERATIVE, text="resolves", children=children)
    whole = Provision(id="?", kind=Kind.RESOLUTION, children=(group,))
    return eids(Resolution(language=Language.EN, provisions=(whole,)))


def _two(base: Resolution, one: Resolution, other: Resolution) -> tuple[Consolidated, Findings]:
    merged = merge(base, [propose(base, one, "AAA/1/1"), propose(base, other, "BBB/1/1")])
    return merged, find(merged)


def cited(size: int) -> Callable[[], object]:
    """Find and adopt, where each of many provisions cites two others, and some are struck."""
    items = [
        f"to see resolves {n % size + 1} and resolves {(n + 7) % size + 1} {words(n)};"
        for n in range(size)
    ]
    base = text(items)
    revised = text([item for n, item in enumerate(items) if n % 10])
    merged = merge(base, [propose(base, revised, "AAA/1/1")])

    def work() -> object:
        findings = find(merged)
        known = replay(merged, findings, ())
        return adopt(merged, findings, known)

    return work


def table(size: int) -> Callable[[], object]:
    """Compare a table with itself, each row changed in one cell."""

    def rows(word: str) -> Resolution:
        cells = [
            (words(n), f"{words(n + 3)} {word}" if n % 2 else words(n + 3)) for n in range(size)
        ]
        children = tuple(
            Provision(
                id="?",
                kind=Kind.ROW,
                children=tuple(Provision(id="?", kind=Kind.CELL, text=cell) for cell in row),
            )
            for row in cells
        )
        whole = Provision(id="?", kind=Kind.TABLE, children=children)
        annex = Provision(id="?", kind=Kind.ANNEX, text="Annex", children=(whole,))
        top = Provision(id="?", kind=Kind.RESOLUTION, children=(annex,))
        return eids(Resolution(language=Language.EN, provisions=(top,)))

    base, revised = rows(""), rows("more")
    return lambda: diff(base, revised)


def rewritten(size: int) -> Callable[[], object]:
    """Compare two texts that have no word in common."""
    base = text([f"{words(n)};" for n in range(size)])
    revised = text([f"{words(n + size).upper()};" for n in range(size)])
    return lambda: diff(base, revised)


def divided(size: int) -> Callable[[], object]:
    """Compare a text with one in which each provision is divided."""
    base = text([f"{words(n, 13)};" for n in range(size)])
    halves = [" ".join(half) for n in range(size) for half in _halves(words(n, 13))]
    revised = text([f"{half};" for half in halves])
    return lambda: diff(base, revised)


def _halves(said: str) -> tuple[list[str], list[str]]:
    pieces = said.split()
    return pieces[:6], pieces[6:]


def similar(size: int) -> Callable[[], object]:
    """Find what is similar, where two add nearly the same after each of many provisions."""
    items = [f"{words(n)};" for n in range(size)]

    def with_added(word: str) -> Resolution:
        return text(
            [line for n, i in enumerate(items) for line in (i, f"{words(n + 1000)} {word};")]
        )

    base = text(items)
    one, other = with_added("harbour"), with_added("haven")
    proposals = [propose(base, one, "AAA/1/1"), propose(base, other, "BBB/1/1")]
    merged = merge(base, proposals)
    return lambda: find(merged)


def named(size: int) -> Callable[[], object]:
    """Find what is added after each of many paragraphs of a text whose places have names (UN)."""
    items = [f"{words(n)};" for n in range(size)]
    base, one = (
        replace(told, metadata=replace(told.metadata, form="un"))
        for told in (text(items), text([line for i in items for line in (i, f"{i} to meet")]))
    )
    merged = merge(base, [propose(base, one, "AAA/1/1")])
    return lambda: find(merged)


def carried(size: int) -> Callable[[], object]:
    """Carry a proposal over to a text in force that says something else everywhere."""
    old = text([f"{words(n)} to meet each year;" for n in range(size)])
    new = text([f"{words(n)} to meet each month;" for n in range(size)])
    asked: Proposal = propose(
        old, text([f"{words(n)} to meet each week;" for n in range(size)]), "AAA/1/1"
    )
    return lambda: carry(asked, old, new)


def recorded(size: int) -> Callable[[], object]:
    """Record a decision about each of many points, and apply them."""
    base = text([f"{words(n)} to meet each year;" for n in range(size)])
    one = text([f"{words(n)} to meet each month;" for n in range(size)])
    merged = merge(base, [propose(base, one, "AAA/1/1")])
    findings = find(merged)
    taking = replace(CHAIR, act=DecisionKind.TAKE)

    def work() -> object:
        settler = Settler(merged, findings)
        records = [
            record_by(merged, findings, region, taking, number=number, settler=settler)
            for number, region in enumerate(findings.regions, 1)
        ]
        return adopt(merged, findings, replay(merged, findings, records))

    return work


CURVES = (cited, table, rewritten, divided, similar, named, carried, recorded)
LEAST = {rewritten: 600, divided: 600}
"""Provisions from which the work is that of a large text: fewer are compared each with each."""


def calls(work: Callable[[], object]) -> int:
    """Return how many functions are called, which no other work of the machine changes."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]
