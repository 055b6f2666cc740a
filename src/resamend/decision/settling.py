"""What records do to the text in force: the edits that the group has decided on.

A record takes, of a region, what the sources behind its chosen options ask there. The other options
of the region lapse. What is decided becomes one more proposal, of nobody, beside what is left of
the others; so a draft with records is shown and read by the same means as one without.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from copy import copy

from msgspec import Struct
from msgspec.structs import replace

from resamend.amendment import Proposal, check, digest
from resamend.amendment.edit_references import joins, references
from resamend.conflict import (
    ConflictKind,
    Findings,
    Gate,
    OptionKind,
    Region,
    Standing,
    Stream,
    find_regions,
)
from resamend.consolidation import Consolidated, check_draft, merge, name_of, remerge
from resamend.decision.bracketed import bracket_edits, bracket_label
from resamend.decision.compositions import asked_now
from resamend.decision.fragments import Fragment, assembled, cut_fragments, taken_out
from resamend.decision.grounds import (
    DecidedEdit,
    Grounds,
    gone_of,
    is_empty,
    items_of,
    staying,
    unnumbered,
)
from resamend.decision.lapsing import answered, suppresses
from resamend.decision.replaying import Replay
from resamend.decision.values import SETTLED, DecisionKind, Place, Record
from resamend.decision.wording import after_space, own_edits, restating_edits, struck_edits
from resamend.difference import Edit, ListEdit, TextEdit, content
from resamend.errors import InputError
from resamend.matching import ProvisionIndex, index_of
from resamend.model import Kind, Provision, walk


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
    settler = settler_of(consolidated, findings)
    decided = settler.decided(records, replayed.lapsed)
    rest = tuple(settler.without(proposal) for proposal in consolidated.proposals)
    base = consolidated.base
    own = Proposal(
        id=SETTLED, language=base.language, base_digest=digest(base), edits=assembled(decided)
    )
    found = find_regions(merge(base, (own,)))
    draft = remerge(consolidated, (*rest, own) if decided else rest)
    return Settled(
        consolidated=draft,
        findings=replace(
            _findings(
                findings,
                answered(settler.known, asked_now(findings, replayed), replayed).regions,
                settler.settled | replayed.read,
                found,
            ),
            draft=draft,
        ),
        records=records,
    )


def carried_out(consolidated: Consolidated, findings: Findings, replayed: Replay) -> bool:
    """Tell whether all that records decide can be done together."""
    base = consolidated.base
    edits = assembled(settler_of(consolidated, findings).decided(replayed.applied, replayed.lapsed))
    own = Proposal(id=SETTLED, language=base.language, base_digest=digest(base), edits=edits)
    try:
        check(base, own)
    except InputError:
        return False
    return True


def _findings(
    findings: Findings, asked: Iterable[Region], settled: Set[str], found: Findings
) -> Findings:
    """Return the findings with what is settled marked so, and what was read as a whole left out."""
    whole = findings.whole()
    return replace(
        findings,
        regions=(
            *(region for region in asked if region.id not in settled),
            *map(_recorded, found.regions),
        ),
        elements=(
            *(element for element in findings.elements if whole[element.id].id not in settled),
            *map(_recorded, found.elements),
        ),
    )


def _recorded(region: Region) -> Region:
    return replace(region, standing=Standing.RECORDED)


_DECIDE_NOTHING_INSIDE = frozenset({DecisionKind.RETAIN, DecisionKind.AMENDABLE})


_last: list[tuple[Findings, Settler]] = []
"""The findings that records were last carried out on: in a session that is the same draft."""


def settler_of(consolidated: Consolidated, findings: Findings) -> Settler:
    """Return what finds the edits that records ask for; a draft is cut along its regions once."""
    for known, settler in _last:
        if known is findings and findings.draft is consolidated:
            return settler.afresh()
    _last[:] = [(findings, Settler(consolidated, findings))]
    return _last[0][1].afresh()


class Settler:
    """Find the edits that records ask for."""

    def __init__(self, consolidated: Consolidated, findings: Findings) -> None:
        self.known: ProvisionIndex = index_of(consolidated.base)
        self.regions = {region.id: region for region in findings.regions}
        self.whole = {id: region.id for id, region in findings.whole().items()}
        self.parts = {element.id: element for element in findings.elements}
        self.elements: dict[str, list[Region]] = defaultdict(list)
        self.about: dict[str, str] = {}
        for element in findings.elements:
            self.elements[self.whole[element.id]].append(element)
            if element.stream is Stream.PROVISION and element.gate is not Gate.NO_CHANGE:
                self.about[element.target] = self.whole[element.id]
        self.fragments: dict[tuple[str, str], list[Edit]] = defaultdict(list)
        self.owned: dict[str, list[Fragment]] = defaultdict(list)
        for fragment in cut_fragments(consolidated, findings):
            self.fragments[fragment.element, fragment.source].append(fragment.edit)
            self.owned[fragment.source].append(fragment)
        self.goes = {p.id: set(references(p.edits)) for p in consolidated.proposals}
        self.asked = {
            p.id: {self.whole.get(fragment.element) for fragment in self.owned[p.id]}
            for p in consolidated.proposals
        }
        self.rank = {
            (marks.target, addition.gap, addition.name): n
            for marks in consolidated.lists
            for n, addition in enumerate(marks.additions)
        }
        self.bracketed: dict[str, tuple[Edit, ...]] = {}
        """How regions stand in brackets whatever was decided; ``adopting`` finds that out."""
        self.settled: set[str] = set()
        self.movers: dict[str, set[str]] = {}

    def afresh(self) -> Settler:
        """Return one that knows the same draft, and has settled nothing yet."""
        other = copy(self)
        other.settled, other.movers = set(), {}
        return other

    def decided(
        self, records: Mapping[str, Record], lapsed: Iterable[str] = ()
    ) -> tuple[Edit, ...]:
        """Return all that records decide, in smallest edits; note which regions they settle.

        So are those that ``lapsed``: nothing is left to be asked there.
        """
        held = {id: record for id, record in records.items() if record.act.settles}
        self.settled = {*held, *lapsed}
        held = {id: record for id, record in held.items() if not record.former}  # done already
        self.movers = {id: self._behind(id, record) for id, record in held.items()}
        found: list[DecidedEdit] = []
        done: set[int] = set()
        for id in sorted(held, key=lambda id: (held[id].number, id != held[id].region)):
            if held[id].number not in done:  # a record may hold for all regions that meet its place
                done.add(held[id].number)
                found += self._of(id, held[id])
        found.sort(key=lambda each: each.order)
        self._lapse([id for id, record in held.items() if record.act not in _DECIDE_NOTHING_INSIDE])
        return tuple(Grounds(self, found).edits())

    def edits_of(self, record: Record) -> tuple[Edit, ...]:
        """Return all that one record decides, by itself."""
        self.settled = {record.region}
        self.movers = {record.region: self._behind(record.region, record)}
        decided = sorted(self._of(record.region, record), key=lambda each: each.order)
        return assembled(Grounds(self, decided).edits())

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
        items = (item for edit in edits for item in items_of(edit))
        return {content(item): item for item in items if item.kind is Kind.FOOTNOTE}

    def without(self, proposal: Proposal) -> Proposal:
        """Return what is left of a proposal where something is settled."""
        goes = self.goes[proposal.id]
        stay = {id for id in goes if self.about.get(id) in self.settled}
        if not stay and not self.settled.intersection(self.asked[proposal.id]):
            return proposal  # most, in a meeting that takes one point after another
        left: list[Edit] = []
        anew: set[str] = set()
        for fragment in self.owned[proposal.id]:
            if self.whole.get(fragment.element) not in self.settled:
                left.append(fragment.edit)
            elif isinstance(fragment.edit, ListEdit) and fragment.edit.renumbered:
                anew.add(fragment.edit.target)
        left = [unnumbered(staying(edit, stay), anew) for edit in left]
        put = set(references(left))
        whole = [e for e in left if goes.intersection(gone_of(e)) <= put and not is_empty(e)]
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
        """Return the one of sources who ask for the same whose moves were decided too.

        It has to say it itself: for some a provision is struck only with what is around it.
        """

        def lost(source: str) -> tuple[bool, int]:
            edits = self.fragments[element.id, source]
            moved = set(references(edits))
            return not edits, len(moved & self.refused(source))

        return min(sources, key=lost)

    def _of(self, id: str, record: Record) -> Iterator[DecidedEdit]:
        region = self._asking(id, record)
        if record.act is DecisionKind.TEXT:
            yield from map(DecidedEdit, own_edits(self.known, record))
            if region and region.is_bracketed:
                yield from map(DecidedEdit, bracket_label(self.known, region))
        elif record.act is DecisionKind.SUPPRESS or (suppresses(record) and len(record.places) < 2):
            yield from self._suppressed(region, record)
        elif record.act in (DecisionKind.TAKE, DecisionKind.BOTH):
            if region and region.is_bracketed and not record.edits:
                yield from map(DecidedEdit, bracket_edits(self.known, region, record))
            elif region is None or region.is_unmarked:  # it has no mark that could be taken
                yield from map(DecidedEdit, restating_edits(self.known, record))
            elif record.act is DecisionKind.TAKE:
                yield from self._taken(region, record.chosen, _left_out(record, region))
            else:
                yield from self._both(region, record.chosen)

    def _asking(self, id: str, record: Record) -> Region | None:
        """Return the region that still offers, at its place, what a record chose."""
        region = self.regions.get(id)
        own = record.edits and record.edits.base == self.known.digest
        if region is None or id == record.region or own:
            return region if id == record.region else None
        options = {option.id for option in region.options}
        place = Place(region.stream, region.target, region.lo, region.hi)
        return region if options.issuperset(record.chosen) and place == record.places[0] else None

    def _suppressed(self, region: Region | None, record: Record) -> Iterator[DecidedEdit]:
        strikes = [
            option.id
            for option in (region.options if region else ())
            if option.deed is OptionKind.SUPPRESS
        ]
        taken = list(self._taken(region, strikes)) if region and strikes else []
        if not taken:  # nobody asks for it any more, or does so only for what is around it
            taken = [*map(DecidedEdit, struck_edits(self.known, record.places[0].target))]
        yield from taken

    def _decided(
        self, source: str, edits: Iterable[Edit], element: Region
    ) -> Iterator[DecidedEdit]:
        times: Counter[str] = Counter()
        for edit in edits:
            yield DecidedEdit(edit, source, self._rank(edit, element, times))

    def _rank(self, edit: Edit, element: Region, times: Counter[str]) -> int:
        """Return where what an edit adds stands in the draft: which of equal ones it is, too."""
        items = items_of(edit)
        if not items or not isinstance(edit, ListEdit):
            return -1
        first = name_of(items[0])
        own = [name for name in element.items if name.rpartition("-")[0] == first]
        name = own[min(times[first], len(own) - 1)] if own else f"{first}-1"
        times[first] += 1
        return self.rank.get((edit.target, edit.hunks[0].end, name), -1)

    # -- one option -------------------------------------------------------------------------------

    def _taken(
        self, region: Region, chosen: Sequence[str], left_out: Set[str] = frozenset()
    ) -> Iterator[DecidedEdit]:
        """Yield what the sources behind an option ask of a region, where they are at one.

        ``left_out`` are the options on which they were not, when it was taken.
        """
        behind = [option.sources for option in region.options if option.id in chosen]
        common = set(behind[0]).intersection(*behind) if behind else set(region.sources)
        groups = [tuple(sorted(common))] if common else behind
        for element in self.elements[region.id]:
            sources = next((group for group in groups if _at_one(element, group)), ())
            asked = {o.id for o in element.options if set(sources) & set(o.sources)}
            if sources and not asked & left_out:
                yield from self._all_of(element, self._speaker(element, sources))

    def _all_of(self, element: Region, source: str) -> Iterator[DecidedEdit]:
        """Yield what a source asks in an element, and what goes along with it.

        That is what it moves to there or saves from there, and where it moves it. The region of
        what goes along is settled too, unless it has a record of its own.
        """
        edits = self.fragments[element.id, source]
        edits = [*edits, *self._spaces(edits, source)]
        decided = list(self._decided(source, edits, element))
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
        """Yield how a source writes the words at which it divides or joins provisions.

        And the word that its change leaves, or puts, after the beginning of a text: with the space
        before it that it then has, or has no more.
        """
        spots: set[tuple[str, int]] = set()
        for edit in edits:
            for hunk in edit.hunks if isinstance(edit, TextEdit) else ():
                if not hunk.start:
                    spots.add((edit.target, hunk.end))
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
            yield from self._joined_to(element.target, source)
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
                if any(item.id == gone for item in walk(items_of(fragment.edit))):
                    yield self.whole[fragment.element]
            return
        for provision in walk(self.known.nodes[self.known.at[gone]].children):
            if provision.id in self.goes[source] and provision.id in self.about:
                yield self.about[provision.id]

    def _joined_to(self, target: str, source: str) -> Iterator[str]:
        """Yield where a source joins others to what it saves from what it strikes around it.

        Left to the source, the join would save it a second time, from what is moved away already.
        Not where others ask for something else there: that is a question.
        """
        gone = {id for fragment in self.owned[source] for id in gone_of(fragment.edit)}
        around = self.known.above(self.known.at[target])
        if gone.isdisjoint(self.known.nodes[node].id for node in around):
            return
        for fragment in self.owned[source]:
            edit = fragment.edit
            if isinstance(edit, TextEdit) and edit.target == target and fragment.element:
                region = self.whole[fragment.element]
                contested = self.regions[region].standing is Standing.CONTESTED
                if not contested and any(joins(hunk.words) for hunk in edit.hunks):
                    yield region

    # -- several, in an order ---------------------------------------------------------------------

    def _both(self, region: Region, chosen: Sequence[str]) -> Iterator[DecidedEdit]:
        """Yield several options of one gap, in the order chosen; what they share comes once."""
        options = {option.id: option for option in region.options}
        seen: set[str] = set()
        order = -1
        for rank, id in enumerate(chosen):
            for each in self._asked(region, options[id].sources):
                each = replace(each, edit=after_space(each.edit)) if rank else each
                names = {content(item) for item in items_of(each.edit)}
                order = max(order, each.order) if order < 0 else order
                if not names or not names <= seen:
                    yield replace(each, order=order)
                seen |= names

    def _asked(self, region: Region, sources: Sequence[str]) -> Iterator[DecidedEdit]:
        """Yield what sources who are at one ask in all parts of a region."""
        for part in self.elements[region.id]:
            source = self._speaker(part, sources)
            edits = self.fragments[part.id, source]
            edits = [*edits, *self._spaces(edits, source)]
            yield from self._decided(source, edits, part)


def _left_out(record: Record, region: Region) -> Set[str]:
    """Return the options that some behind what was taken asked for, and others did not.

    Who is left when the others withdraw asks for them too: they were not taken all the same.
    """
    behind = [set(option.sources) for option in record.taken]
    common = set.intersection(*behind) if behind else set()
    if common <= set(region.sources):
        return frozenset()  # all are still there
    return {
        option.id
        for option in record.options
        if option.id not in record.chosen and not common <= set(option.sources)
    }


def _at_one(element: Region, sources: Sequence[str]) -> bool:
    """Tell whether some sources ask for the same in an element."""
    if not element.options:
        return set(sources) <= set(element.sources)
    return any(set(sources) <= set(option.sources) for option in element.options)
