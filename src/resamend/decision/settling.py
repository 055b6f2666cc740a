"""What records do to the text in force: the edits that the group has decided on.

A record takes, of a region, what the sources behind its chosen options ask there. The other options
of the region lapse. What is decided becomes one more proposal, of nobody, beside what is left of
the others; so a draft with records is shown and read by the same means as one without.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resamend.amendment import Proposal, digest
from resamend.amendment.edit_references import joins, references
from resamend.conflict import ConflictKind, Findings, Region, Standing, Stream, find
from resamend.consolidation import Consolidated, check_draft, merge
from resamend.decision.fragments import Fragment, assembled, cut_fragments, taken_out
from resamend.decision.replaying import Replay
from resamend.decision.values import SETTLED, DecisionKind, Record
from resamend.decision.wording import own_edits
from resamend.difference import Edit, ListEdit, TextEdit, content
from resamend.matching import ProvisionIndex, index_of
from resamend.model import Kind, Provision, walk

__all__ = ["Settled", "Settler", "settle"]


class Settled(Struct, frozen=True, kw_only=True):
    """Hold a draft in which what was decided is asked by ``SETTLED``, and the rest by the others.

    ``findings`` are those of the first draft: what is settled has the standing ``RECORDED``, all
    else its own id. ``records`` maps each region, as it was, to the record that holds for it.
    """

    consolidated: Consolidated
    findings: Findings
    records: Mapping[str, Record]


def settle(consolidated: Consolidated, findings: Findings, replayed: Replay) -> Settled:
    """Apply the records that hold. Raises ``UsageError`` for those of another draft."""
    check_draft(consolidated, findings.draft, "these are findings")
    check_draft(consolidated, replayed.draft, "this is a replay")
    records = replayed.applied
    settler = Settler(consolidated, findings)
    decided = settler.decided(records)
    rest = tuple(settler.without(proposal) for proposal in consolidated.proposals)
    base = consolidated.base
    own = Proposal(
        id=SETTLED, language=base.language, base_digest=digest(base), edits=assembled(decided)
    )
    found = find(merge(base, (own,)))
    draft = merge(base, (*rest, own) if decided else rest)
    return Settled(
        consolidated=draft,
        findings=replace(_findings(findings, settler.settled, found, records), draft=draft),
        records=records,
    )


def _findings(
    findings: Findings, settled: set[str], found: Findings, records: Mapping[str, Record]
) -> Findings:
    """Return the findings with what is settled marked so, and what was read together left out."""
    whole = findings.whole()
    read = {id for id, record in records.items() if record.act is DecisionKind.ACKNOWLEDGE}
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
        self.known: ProvisionIndex = index_of(consolidated.base)
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
        for fragment in cut_fragments(consolidated, findings):
            self.fragments[fragment.element, fragment.source].append(fragment.edit)
            self.owned[fragment.source].append(fragment)
        self.goes = {p.id: set(references(p.edits)) for p in consolidated.proposals}
        self.rank = {
            (marks.target, addition.gap, content(addition.provision)): n
            for marks in consolidated.lists
            for n, addition in enumerate(marks.additions)
        }
        self.settled: set[str] = set()
        self.movers: dict[str, set[str]] = {}

    def decided(self, records: Mapping[str, Record]) -> tuple[Edit, ...]:
        """Return all that records decide, in smallest edits; note which regions they settle."""
        held = {id: record for id, record in records.items() if record.act.settles}
        self.settled = set(held)
        self.movers = {id: self._behind(id, record) for id, record in held.items()}
        found: list[_Decided] = []
        for id in sorted(held, key=lambda id: held[id].number):
            found += self._of(id, held[id])
        found.sort(key=lambda each: each.order)
        self._lapse(held)
        return tuple(_Grounds(self, found).edits())

    def _lapse(self, regions: Iterable[str]) -> None:
        """Settle what goes along with options that were not chosen, and nobody else asks for."""
        for region in regions:
            for element in self.elements[region]:
                for source in element.sources:
                    edits = self.fragments[element.id, source]
                    beside = {
                        other
                        for other in self._beside(element, edits, source)
                        if other not in self.settled and self.regions[other].sources == (source,)
                    }
                    self.settled |= beside
                    self._lapse(beside)

    def notes(self, element: Region) -> dict[str, Provision]:
        """Map the contents of the footnotes that some words bring along to them."""
        edits = (edit for who in element.sources for edit in self.fragments[element.id, who])
        items = (item for edit in edits for item in _items(edit))
        return {content(item): item for item in items if item.kind is Kind.FOOTNOTE}

    def without(self, proposal: Proposal) -> Proposal:
        """Return what is left of a proposal where something is settled."""
        left: list[Edit] = []
        anew: set[str] = set()
        for fragment in self.owned[proposal.id]:
            if self.whole.get(fragment.element) not in self.settled:
                left.append(fragment.edit)
            elif isinstance(fragment.edit, ListEdit) and fragment.edit.renumbered:
                anew.add(fragment.edit.target)
        goes = self.goes[proposal.id]
        stay = {id for id in goes if self.about.get(id) in self.settled}
        left = [_unnumbered(_staying(edit, stay), anew) for edit in left]
        put = set(references(left))
        whole = [e for e in left if goes.intersection(_gone(e)) <= put and not _empty(e)]
        return replace(proposal, edits=assembled([*whole, *taken_out(self.known, whole)]))

    def _behind(self, id: str, record: Record) -> set[str]:
        """Return who stands behind what was chosen of a region."""
        options = self.regions[id].options if id in self.regions else ()
        return {s for option in options if option.id in record.chosen for s in option.sources}

    def refused(self, source: str) -> set[str]:
        """Return what a source moves although it was decided otherwise."""
        return {
            id
            for id in self.goes.get(source, ())
            if source not in self.movers.get(self.about.get(id, ""), {source})
        }

    def _speaker(self, element: Region, sources: Sequence[str]) -> str:
        """Return the one of sources who ask for the same whose moves were decided too."""

        def lost(source: str) -> int:
            moved = set(references(self.fragments[element.id, source]))
            return len(moved & self.refused(source))

        return min(sources, key=lost)

    def _of(self, id: str, record: Record) -> Iterator[_Decided]:
        region = self.regions.get(id)
        if record.act is DecisionKind.TEXT:
            yield from (_Decided(edit) for edit in own_edits(self.known, record))
        elif region and record.act is DecisionKind.TAKE:
            yield from self._taken(region, record.chosen)
        elif region and record.act is DecisionKind.BOTH:
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
        behind = [option.sources for option in region.options if option.id in chosen]
        common = set(behind[0]).intersection(*behind) if behind else set(region.sources)
        groups = [tuple(sorted(common))] if common else behind
        for element in self.elements[region.id]:
            sources = next((group for group in groups if _at_one(element, group)), ())
            if sources:
                yield from self._all_of(element, self._speaker(element, sources))

    def _all_of(self, element: Region, source: str) -> Iterator[_Decided]:
        """Yield what a source asks in an element, and what goes along with it.

        That is what it moves to there or saves from there, and where it moves it. The region of
        what goes along is settled too, unless it has a record of its own.
        """
        edits = self.fragments[element.id, source]
        edits = [*edits, *self._spaces(edits, source)]
        decided = list(self._decided(source, edits))
        if ConflictKind.ORDER_IN_GAP in element.kinds:  # this order was chosen, not the draft's
            first = min((each.order for each in decided), default=-1)
            decided = [replace(each, order=first) for each in decided]
        yield from decided
        for region in tuple(self._beside(element, edits, source)):
            if region not in self.settled:
                self.settled.add(region)
                for other in self.elements[region]:
                    yield from self._all_of(other, source)

    def _spaces(self, edits: Iterable[Edit], source: str) -> Iterator[Edit]:
        """Yield how a source writes the words at which it divides or joins provisions."""
        spots: set[tuple[str, int]] = set()
        for edit in edits:
            for hunk in edit.hunks if isinstance(edit, TextEdit) else ():
                if any(m.kind in ("split", "join") for word in hunk.words for m in word.marks):
                    spots |= {(edit.target, hunk.end), *((id, 0) for id in joins(hunk.words))}
        for fragment in self.owned[source] if spots else ():
            written = fragment.edit
            if (
                isinstance(written, TextEdit)
                and not fragment.element
                and any((written.target, variant.at) in spots for variant in written.variants)
            ):
                yield written

    def _beside(self, element: Region, edits: Iterable[Edit], source: str) -> Iterator[str]:
        """Yield the regions of what some edits of a source move, save or need."""
        if element.stream is Stream.PROVISION and element.target in self.goes[source]:
            yield from self._saved(element.target, source)
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
        seen: set[str] = set()
        order = -1
        for id in chosen:
            for each in self._asked(region, options[id].sources):
                names = {content(item) for item in _items(each.edit)}
                order = max(order, each.order) if order < 0 else order
                if not names or not names <= seen:
                    yield replace(each, order=order)
                seen |= names

    def _asked(self, region: Region, sources: Sequence[str]) -> Iterator[_Decided]:
        """Yield what sources who are at one ask in all parts of a region."""
        for part in self.elements[region.id]:
            source = self._speaker(part, sources)
            yield from self._decided(source, self.fragments[part.id, source])


class _Decided(Struct, frozen=True):
    """Hold an edit that was decided, whose it was, and where it comes among others in a gap."""

    edit: Edit
    source: str = ""
    order: int = -1


def _at_one(element: Region, sources: Sequence[str]) -> bool:
    """Tell whether some sources ask for the same in an element."""
    if not element.options:
        return set(sources) <= set(element.sources)
    return any(set(sources) <= set(option.sources) for option in element.options)


class _Grounds:
    """See to it that no move is made by half.

    What goes somewhere is taken out where it was; what comes from somewhere, and was decided to
    stay there, does not come.
    """

    def __init__(self, settler: Settler, found: Sequence[_Decided]) -> None:
        self.settler = settler
        self.found = [replace(each, edit=self._allowed(each)) for each in found]
        self.put = set(references(each.edit for each in self.found))

    def edits(self) -> list[Edit]:
        goes = self.settler.goes
        made = []
        for each in self.found:
            moved = [id for id in _gone(each.edit) if id in goes.get(each.source, ())]
            if self.put.issuperset(moved) and not _empty(each.edit):
                made.append(each.edit)
        return [*made, *taken_out(self.settler.known, made)]

    def _allowed(self, each: _Decided) -> Edit:
        """Return an edit without what others were chosen to move, or nobody."""
        return _staying(each.edit, self.settler.refused(each.source))


def _empty(edit: Edit) -> bool:
    return (
        isinstance(edit, ListEdit)
        and not edit.renumbered
        and not any(hunk.gone or hunk.items for hunk in edit.hunks)
    )


def _staying(edit: Edit, stay: set[str]) -> Edit:
    """Return an edit without references to provisions that do not move there."""
    moved = {item.id for item in walk(_items(edit)) if item.kind is Kind.MOVED}
    if not isinstance(edit, ListEdit) or not moved & stay:
        return edit
    hunks = tuple(replace(hunk, items=_without(hunk.items, stay)) for hunk in edit.hunks)
    return replace(edit, hunks=hunks)


def _unnumbered(edit: Edit, anew: set[str]) -> Edit:
    """Return an edit without the numbers of what it adds to lists that it no longer numbers anew.

    They came from the renumbering, which has been decided: kept, they would be numbers that its
    source asks for, and would clash with those that others ask for.
    """
    if not isinstance(edit, ListEdit) or edit.target not in anew:
        return edit
    hunks = tuple(
        replace(hunk, items=tuple(replace(item, label="") for item in hunk.items))
        for hunk in edit.hunks
    )
    return replace(edit, hunks=hunks)


def _without(items: Iterable[Provision], stay: set[str]) -> tuple[Provision, ...]:
    return tuple(
        replace(item, children=_without(item.children, stay))
        for item in items
        if item.kind is not Kind.MOVED or item.id not in stay
    )


def _gone(edit: Edit) -> tuple[str, ...]:
    return (
        tuple(id for hunk in edit.hunks for id in hunk.gone) if isinstance(edit, ListEdit) else ()
    )


def _items(edit: Edit) -> tuple[Provision, ...]:
    if not isinstance(edit, ListEdit):
        return ()
    return tuple(item for hunk in edit.hunks for item in hunk.items)
