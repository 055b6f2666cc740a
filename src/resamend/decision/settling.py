"""What records do to the text in force: the edits that the group has decided on.

A record takes, of a region, what the sources behind its chosen options ask there. The other options
of the region lapse. What is decided becomes one more proposal, of nobody, beside what is left of
the others; so a draft with records is shown and read by the same means as one without.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from resamend.amendment import Proposal, digest
from resamend.amendment.inside import references
from resamend.conflict import Findings, Region, Standing, Stream, find
from resamend.decision.fragments import Fragment, assembled, fragments
from resamend.decision.replaying import Replay
from resamend.decision.values import Act, Record
from resamend.decision.wording import own_edits
from resamend.diff import Edit, ListEdit, content
from resamend.matching import Tree, tree
from resamend.merge import Consolidated, merge
from resamend.model import Kind, Provision, walk

__all__ = ["SETTLED", "Settled", "Settler", "settle"]

SETTLED = "✓"
"""The id under which what the group has decided stands in a draft; it is nobody's proposal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Hold a draft in which what was decided is asked by ``SETTLED``, and the rest by the others.

    ``findings`` are those of the first draft: what is settled has the standing ``RECORDED``, all
    else its own id. ``records`` maps each region, as it was, to the record that holds for it.
    """

    consolidated: Consolidated
    findings: Findings
    records: Mapping[str, Record]


def settle(consolidated: Consolidated, findings: Findings, replayed: Replay) -> Settled:
    """Apply the records that hold."""
    records = replayed.applied
    settler = Settler(consolidated, findings)
    decided = settler.decided(records)
    rest = tuple(settler.without(proposal) for proposal in consolidated.proposals)
    base = consolidated.base
    own = Proposal(
        id=SETTLED, language=base.language, base_digest=digest(base), edits=assembled(decided)
    )
    found = find(merge(base, (own,)))
    return Settled(
        consolidated=merge(base, (*rest, own) if decided else rest),
        findings=_findings(findings, settler.settled, found, records),
        records=records,
    )


def _findings(
    findings: Findings, settled: set[str], found: Findings, records: Mapping[str, Record]
) -> Findings:
    """Return the findings with what is settled marked so, and what was read together left out."""
    whole = findings.whole()
    read = {id for id, record in records.items() if record.act is Act.ACKNOWLEDGE}
    regions = tuple(
        region
        for region in findings.regions
        if region.id not in settled | read
        and not (region.standing is Standing.ADJACENT and settled.intersection(region.parts))
    )
    return replace(
        findings,
        regions=(*regions, *map(_recorded, found.regions)),
        elements=(
            *(element for element in findings.elements if whole[element.id].id not in settled),
            *map(_recorded, found.elements),
        ),
    )


def _recorded(region: Region) -> Region:
    return replace(region, standing=Standing.RECORDED)


class Settler:
    """Find the edits that records ask for."""

    def __init__(self, consolidated: Consolidated, findings: Findings) -> None:
        self.known: Tree = tree(consolidated.base)
        self.regions = {region.id: region for region in findings.regions}
        self.whole = {id: region.id for id, region in findings.whole().items()}
        self.elements: dict[str, list[Region]] = defaultdict(list)
        self.about: dict[str, str] = {}
        for element in findings.elements:
            self.elements[self.whole[element.id]].append(element)
            if element.stream is Stream.PROVISION:
                self.about[element.target] = self.whole[element.id]
        self.fragments: dict[tuple[str, str], list[Edit]] = defaultdict(list)
        self.owned: dict[str, list[Fragment]] = defaultdict(list)
        for fragment in fragments(consolidated, findings):
            self.fragments[fragment.element, fragment.source].append(fragment.edit)
            self.owned[fragment.source].append(fragment)
        self.goes = {p.id: set(references(p.edits)) for p in consolidated.proposals}
        self.rank = {
            (marks.target, addition.gap, content(addition.provision)): n
            for marks in consolidated.lists
            for n, addition in enumerate(marks.additions)
        }
        self.settled: set[str] = set()

    def decided(self, records: Mapping[str, Record]) -> tuple[Edit, ...]:
        """Return all that records decide, in smallest edits; note which regions they settle."""
        held = {id: record for id, record in records.items() if record.act.settles}
        self.settled = set(held)
        found: list[_Decided] = []
        for id in sorted(held, key=lambda id: held[id].number):
            found += self._of(id, held[id])
        found.sort(key=lambda each: each.order)
        return tuple(_grounded(found, self.goes))

    def without(self, proposal: Proposal) -> Proposal:
        """Return what is left of a proposal where something is settled."""
        left = [
            fragment.edit
            for fragment in self.owned[proposal.id]
            if self.whole.get(fragment.element) not in self.settled
        ]
        return replace(proposal, edits=assembled(left))

    def _of(self, id: str, record: Record) -> Iterator[_Decided]:
        region = self.regions.get(id)
        if record.act is Act.TEXT:
            yield from (_Decided(edit) for edit in own_edits(self.known, record))
        elif region and record.act is Act.TAKE:
            yield from self._taken(region, record.chosen)
        elif region and record.act is Act.BOTH:
            yield from self._both(region, record.chosen)

    def _decided(self, source: str, edits: Iterable[Edit]) -> Iterator[_Decided]:
        for edit in edits:
            yield _Decided(edit, source, self._rank(edit))

    def _rank(self, edit: Edit) -> int:
        """Return where what an edit adds stands in the draft."""
        items = _items(edit)
        if not items or not isinstance(edit, ListEdit):
            return -1
        return self.rank.get((edit.target, edit.hunks[0].end, content(items[0])), -1)

    # -- one option -------------------------------------------------------------------------------

    def _taken(self, region: Region, chosen: Sequence[str]) -> Iterator[_Decided]:
        """Yield what the sources behind an option ask of a region, where they are at one."""
        behind = [set(option.sources) for option in region.options if option.id in chosen]
        common = set.intersection(*behind) if behind else set(region.sources)
        for element in self.elements[region.id]:
            sources = sorted(common) if common else _behind(element, chosen)
            if sources and _at_one(element, sources):
                edits = self.fragments[element.id, sources[0]]
                yield from self._decided(sources[0], edits)
                yield from self._along(edits, sources[0])

    def _along(self, edits: Iterable[Edit], source: str) -> Iterator[_Decided]:
        """Yield what goes with some edits of a source: what it moves to there, or saves from there.

        The region of what goes along is settled too, unless it has a record of its own.
        """
        for region in tuple(self._beside(edits, source)):
            if region not in self.settled:
                self.settled.add(region)
                for element in self.elements[region]:
                    more = self.fragments[element.id, source]
                    yield from self._decided(source, more)
                    yield from self._along(more, source)

    def _beside(self, edits: Iterable[Edit], source: str) -> Iterator[str]:
        """Yield the regions of what some edits of a source move, save or need."""
        for edit in edits:
            for hunk in edit.hunks if isinstance(edit, ListEdit) else ():
                for item in walk(hunk.items):
                    if item.kind is Kind.MOVED and item.id in self.about:
                        yield self.about[item.id]
                for gone in hunk.gone:
                    yield from self._saved(gone, source)

    def _saved(self, gone: str, source: str) -> Iterator[str]:
        """Yield the regions that say where a source moves what it takes out, or is below it."""
        if gone in self.goes[source]:
            for fragment in self.owned[source]:
                if any(item.id == gone for item in walk(_items(fragment.edit))):
                    yield self.whole[fragment.element]
            return
        for provision in walk(self.known.nodes[self.known.at[gone]].children):
            if provision.id in self.goes[source] and provision.id in self.about:
                yield self.about[provision.id]

    # -- several, in an order ---------------------------------------------------------------------

    def _both(self, region: Region, chosen: Sequence[str]) -> Iterator[_Decided]:
        """Yield several options of one gap, in the order chosen; what they share comes once."""
        options = {option.id: option for option in region.options}
        element = self.elements[region.id][0]
        seen: set[str] = set()
        order = -1
        for id in chosen:
            source = options[id].sources[0]
            for each in self._decided(source, self.fragments[element.id, source]):
                names = {content(item) for item in _items(each.edit)}
                order = max(order, each.order) if order < 0 else order
                if not names or not names <= seen:
                    yield replace(each, order=order)
                seen |= names


@dataclass(frozen=True, slots=True)
class _Decided:
    """Hold an edit that was decided, whose it was, and where it comes among others in a gap."""

    edit: Edit
    source: str = ""
    order: int = -1


def _behind(element: Region, chosen: Sequence[str]) -> list[str]:
    """Return who asks in an element for what was chosen."""
    found = (option.sources for option in element.options if option.id in chosen)
    return list(next(found, ()))


def _at_one(element: Region, sources: Sequence[str]) -> bool:
    """Tell whether some sources ask for the same in an element."""
    if not element.options:
        return set(sources) <= set(element.sources)
    return any(set(sources) <= set(option.sources) for option in element.options)


def _grounded(found: Sequence[_Decided], goes: Mapping[str, set[str]]) -> Iterator[Edit]:
    """Yield edits without half moves: what goes somewhere, or comes from somewhere, is there.

    Half a move is left where the other half was decided otherwise: the provision then stays.
    """
    taken = {id for each in found for id in _gone(each.edit)}
    put = set(references(each.edit for each in found))
    for each in found:
        lost = [id for id in _gone(each.edit) if id in goes.get(each.source, ()) and id not in put]
        if not lost:
            yield _without_absent(each.edit, taken)


def _gone(edit: Edit) -> tuple[str, ...]:
    return (
        tuple(id for hunk in edit.hunks for id in hunk.gone) if isinstance(edit, ListEdit) else ()
    )


def _items(edit: Edit) -> tuple[Provision, ...]:
    if not isinstance(edit, ListEdit):
        return ()
    return tuple(item for hunk in edit.hunks for item in hunk.items)


def _without_absent(edit: Edit, taken: set[str]) -> Edit:
    """Return an edit without references to provisions that stay where they are."""
    if not isinstance(edit, ListEdit) or not any(
        item.kind is Kind.MOVED and item.id not in taken for item in walk(_items(edit))
    ):
        return edit
    hunks = (replace(hunk, items=_present(hunk.items, taken)) for hunk in edit.hunks)
    kept = tuple(hunk for hunk in hunks if hunk.gone or hunk.items)
    return replace(edit, hunks=kept)


def _present(items: Iterable[Provision], taken: set[str]) -> tuple[Provision, ...]:
    return tuple(
        replace(item, children=_present(item.children, taken))
        for item in items
        if item.kind is not Kind.MOVED or item.id in taken
    )
