"""The words by which two drafts differ, each change with its one cause.

The two texts are compared as they stand (``standing``). Each difference is put down to what made
it: a record, proposals that nobody competes with, a point that is now open or a proposal that is no
longer there; in a text whose base is another one, to proposals of the earlier draft that asked for
just these words. Where nothing of that is at its place it has no cause on record, and that is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from resamend.amendment import Proposal, digest
from resamend.conflict import Findings, Region, Standing, Stream, find_regions
from resamend.consolidation import Consolidated, Sources, merge
from resamend.decision import DecisionKind, Record
from resamend.decision.lapsing import gates_around
from resamend.decision.placing import places
from resamend.decision.values import TO_READ, Place
from resamend.difference import content, diff, hunks_of
from resamend.errors import NotApplicable
from resamend.matching import ProvisionIndex, index_of
from resamend.model import ROOT, Word
from resamend.rounds.standing import StandingChange, StandingText
from resamend.words import key_of

LATER = "later text"
"""The id under which the later text is laid over the earlier one."""


class CauseKind(StrEnum):
    """Say why words are other ones."""

    RECORD = "record"
    PROPOSED = "proposed"  # without a competing proposal
    DISPUTED = "disputed"  # competing proposals: the text in force stands
    NOT_ASKED = "not-asked"  # nobody asks for it any more
    ASKED_BEFORE = "asked-before"  # another text in force, which has what was asked
    NUMBERING = "numbering"
    NONE = "none"


class Cause(Struct, frozen=True, kw_only=True):
    """Say why words are other ones: by which ``record``, or ``region`` that is open now.

    ``sources`` are the proposals that ask for it, or asked.
    """

    kind: CauseKind
    sources: Sources = ()
    record: Record | None = None
    region: Region | None = None


class WordChange(Struct, frozen=True):
    """Hold a difference of the later text from the earlier one, with its cause."""

    region: Region
    cause: Cause


class Differences(Struct, frozen=True, kw_only=True):
    """Hold how the later text differs from the earlier one, in the order of the text.

    ``draft`` lays it over that, as ``findings`` found it.
    """

    draft: Consolidated
    findings: Findings
    changes: tuple[WordChange, ...]


def differences(old: StandingText, new: StandingText) -> Differences:
    """Return how the text of one draft differs from that of an earlier one, and why.

    Raises ``NotApplicable`` where they are in different languages.
    """
    if old.text.language is not new.text.language:
        raise NotApplicable(
            f"the first draft is in {old.text.language}, the second in {new.text.language}",
            advice="Give both in one language, with `language=`.",
        )
    finder = _CauseFinder(old, new)
    later = Proposal(
        id=LATER,
        language=old.text.language,
        base_digest=digest(old.text),
        edits=diff(old.text, new.text, ids_stand=finder.same),
    )
    draft = merge(old.text, (later,))
    findings = find_regions(draft)
    changes = (r for r in findings.regions if r.standing not in TO_READ)
    return Differences(
        draft=draft,
        findings=findings,
        changes=tuple(WordChange(region, finder.cause(region)) for region in changes),
    )


class _CauseFinder:
    """Find, for a difference of two texts, what made it."""

    def __init__(self, old: StandingText, new: StandingText) -> None:
        self.old, self.new = old, new
        self.text = index_of(old.text)
        self.bases = [index_of(side.table.consolidated.base) for side in (old, new)]
        self.same = self.bases[0].digest == self.bases[1].digest
        before, now = ({change.content for change in side.changes} for side in (old, new))
        self.gained = [change for change in new.changes if change.content not in before]
        self.lost = [change for change in old.changes if change.content not in now]
        self.struck: dict[str, list[str]] = defaultdict(list)
        """Map the content of what the earlier text has struck to its ids in the text in force."""
        for provision in self.bases[0].nodes:
            if provision.id not in self.text.at:
                self.struck[content(provision)].append(provision.id)

    def cause(self, region: Region) -> Cause:
        """Return the cause of a difference."""
        came = self._nearest(region, self.gained, self.bases[1])
        went = self._nearest(region, self.lost, self.bases[0]) if self.same else None
        if came and (went is None or came[0] <= went[0]):
            return self._of_change(came[1])
        if went:
            return self._of_loss(went[1])
        stays = self._nearest(region, self.old.changes, self.bases[0]) if self.same else None
        record = self._settling(stays[1]) if stays else None
        if record:
            return Cause(kind=CauseKind.RECORD, sources=record.sources, record=record)
        sources = () if self.same else tuple(sorted(set(self._asked_before(region))))
        if sources:
            return Cause(kind=CauseKind.ASKED_BEFORE, sources=sources)
        numbering = region.stream is Stream.LABEL and not region.outstanding
        return Cause(kind=CauseKind.NUMBERING if numbering else CauseKind.NONE)

    def _of_change(self, change: StandingChange) -> Cause:
        if change.recorded:
            return Cause(kind=CauseKind.RECORD, sources=change.sources, record=change.record)
        return Cause(kind=CauseKind.PROPOSED, sources=change.sources)

    def _of_loss(self, change: StandingChange) -> Cause:
        """Return why what was in the earlier text is not in the later one."""
        withdrawn = next(
            (r for r in self.new.table.replay.records if r.record == change.record and r.by), None
        )
        if change.recorded and withdrawn:
            by = self.new.table.replay.of(withdrawn.by).record
            return Cause(kind=CauseKind.RECORD, record=by, sources=change.sources)
        lead = change.record.places
        for held in self.new.table.replay.applied.values():
            if any(p.meets(q) for p in held.places for q in lead):
                return Cause(kind=CauseKind.RECORD, record=held, sources=held.sources)
        again = {(option.deed, option.text) for option in change.record.taken}
        for other in self.gained:  # the same, now asked for by others too, at another place
            if again & {(option.deed, option.text) for option in other.record.taken}:
                return self._of_change(other)
        region = self._disputed(change)
        if region:
            return Cause(kind=CauseKind.DISPUTED, region=region, sources=region.sources)
        return Cause(kind=CauseKind.NOT_ASKED, sources=change.sources)

    def _settling(self, change: StandingChange) -> Record | None:
        """Return the new record with which a change lapsed: it went along with an option."""
        for held in self.gained:
            behind = {source for option in held.record.options for source in option.sources}
            if held.recorded and behind.intersection(change.sources):
                return held.record
        return None

    def _disputed(self, change: StandingChange) -> Region | None:
        """Return the point of the later draft that keeps a change out of its text.

        One that was asked in the earlier draft too did not keep it out there.
        """
        findings = self.new.table.findings
        elements = {element.id: element for element in findings.elements}
        gates = gates_around(self.bases[1], findings.regions).get(change.record.region, ())
        lead = change.record.places
        before = {region.id for region in self.old.table.findings.outstanding}
        disputed = [
            region
            for region in findings.regions
            if region.standing is Standing.CONTESTED
            and (
                region.id in gates
                or any(p.meets(q) for p in places(region, elements) for q in lead)
                or _in_same_list(region, change)
            )
        ]
        return min(disputed, key=lambda region: region.id in before, default=None)

    # -- where --------------------------------------------------------------------------------

    def _nearest(
        self, region: Region, changes: Iterable[StandingChange], base: ProvisionIndex
    ) -> tuple[int, StandingChange] | None:
        """Return the change nearest to the place of a difference, and of which rank it is."""
        spots = list(self._spots(region, base))
        words = key_of(" ".join(option.text for option in region.options) or region.base)
        ranked = [
            (*rank, n, change)
            for n, change in enumerate(changes)
            if (rank := _rank(spots, words, change, base))[0] < _APART
        ]
        if not ranked:
            return None
        nearest = min(ranked, key=lambda entry: entry[:-1])
        return nearest[0], nearest[-1]

    def _spots(self, region: Region, base: ProvisionIndex) -> Iterator[Place]:
        """Yield where a difference is in a text in force; what is added is so in its list.

        Coordinates are the base's words, not those of the text that is compared.
        """
        target, stream, lo, hi = region.target, region.stream, region.lo, region.hi
        for provision in (p for option in region.options for p in option.provisions):
            for id in self.struck.get(content(provision), ()):  # it comes back
                yield Place(Stream.PROVISION, id)
        for host in (option.host for option in region.options if option.host):
            yield Place(Stream.GAP, self._list_in_force(host, base))  # where it goes
        if target and target not in base.at:
            divided = target.rpartition("-")[0]  # what was split off bears the id with a number
            if divided in base.at:
                yield Place(Stream.TEXT, divided, 0, 2 * len(base.words(base.at[divided])))
            yield Place(Stream.GAP, self._list_in_force(target, base))
            return
        if stream is Stream.TEXT:
            here = self.text.words(self.text.at[target])
            lo, hi = on_base(base.words(base.at[target]), here, lo, hi)
        yield Place(stream, target, lo, hi)
        if stream is Stream.PROVISION and target:
            for index in (base, self.text):  # where it stands in force, and in the earlier text
                parent = index.parents[index.at[target]]
                above = index.nodes[parent].id if parent >= 0 else ""
                yield Place(Stream.GAP, self._list_in_force(above, base) if above else ROOT)

    def _list_in_force(self, target: str, base: ProvisionIndex) -> str:
        """Return the list of the text in force in which something that is added stands."""
        node = self.text.at.get(target, -1)
        if node < 0:
            return target
        while node >= 0 and self.text.nodes[node].id not in base.at:
            node = self.text.parents[node]
        return self.text.nodes[node].id if node >= 0 else ROOT

    def _asked_before(self, region: Region) -> Iterator[str]:
        """Yield the proposals of the earlier draft that asked for just these words there."""
        wanted = {key_of(option.text) for option in region.options}
        for other in self.old.table.findings.regions:
            if other.target == region.target and other.stream is region.stream:
                for option in other.options:
                    same = key_of(option.text) in wanted
                    if same and any(option.deed is mine.deed for mine in region.options):
                        yield from option.sources


def _in_same_list(region: Region, change: StandingChange) -> bool:
    """Tell whether what somebody adds to a list is in question there, if at another place.

    What several add alike stands at the place that all of them allow.
    """
    lists = {place.target for place in change.record.places if place.stream is Stream.GAP}
    asked = set(region.sources).intersection(change.sources)
    return region.stream is Stream.GAP and region.target in lists and bool(asked)


_APART = 5
"""The rank of what is not at a place at all; 3 is that of what is in the same list, 4 of what is
around it or inside."""


def _rank(
    spots: Sequence[Place], words: Sequence[str], change: StandingChange, base: ProvisionIndex
) -> tuple[int, int]:
    """Return how far a change is from the nearest of some places: which kind, how many words."""
    return min(
        _distance(spot, place, words, change, base)
        for spot in spots
        for place in _places(change.record)
    )


def _places(record: Record) -> Iterator[Place]:
    """Yield where a change is, with the lists into which it moves or adds something."""
    yield from record.places
    for edit in record.edits.lists if record.edits else ():
        yield Place(Stream.GAP, edit.target)


def _distance(
    spot: Place,
    place: Place,
    words: Sequence[str],
    change: StandingChange,
    base: ProvisionIndex,
) -> tuple[int, int]:
    if place.target != spot.target:
        if _list_of(place, base) == _list_of(spot, base):
            return 3, 0  # such as what is joined to it
        inside = _within(base, place.target, spot.target) or _within(
            base, spot.target, place.target
        )
        return (4, 0) if inside else (_APART, 0)
    if place.stream is spot.stream is Stream.TEXT:
        between = max(place.lo - spot.hi, spot.lo - place.hi, 0)
        return (0, 0) if not between else (1, between)
    whole = place.stream is Stream.PROVISION and change.record.act is DecisionKind.TEXT
    if place.stream is spot.stream is Stream.GAP:
        texts = [*(option.text for option in change.record.taken), change.record.text]
        alike = max(len(set(words) & set(key_of(text))) for text in texts)
        return (0, -alike) if alike else (2, 0)
    if place.stream is spot.stream or (whole and spot.stream is Stream.TEXT):
        return 0, 0
    return 2, 0  # the words of a provision that is moved, joined or numbered anew


def _within(base: ProvisionIndex, inner: str, outer: str) -> bool:
    node = base.at.get(inner, -1)
    while node >= 0 and base.nodes[node].id != outer:
        node = base.parents[node]
    return node >= 0


def _list_of(place: Place, base: ProvisionIndex) -> str:
    """Return the list that a place is in."""
    if place.stream is Stream.GAP or place.target not in base.at:
        return place.target
    parent = base.parents[base.at[place.target]]
    return base.nodes[parent].id if parent >= 0 else ROOT


def on_base(base: Sequence[Word], words: Sequence[Word], lo: int, hi: int) -> tuple[int, int]:
    """Return the doubled coordinates in a base of [lo, hi] in a text made from it.

    >>> from resamend.words import split
    >>> on_base(split("to meet soon"), split("to meet very soon"), 7, 7)
    (5, 5)
    >>> on_base(split("to meet soon"), split("to meet very soon"), 5, 5)
    (4, 4)
    """
    spans = list(_spans(base, words))
    first, last = lo // 2, (hi + 1) // 2
    if first < last:
        return spans[first][0], spans[last - 1][1]
    before = spans[first - 1][1] if first else 0
    after = spans[first][0] if first < len(spans) else 2 * len(base)
    return min(before, after), max(before, after)


def _spans(base: Sequence[Word], words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield for each word of a text the doubled coordinates of the base that it stands for."""
    hunks, _ = hunks_of(base, words)
    at = 0
    for hunk in hunks:
        yield from ((2 * k + 1, 2 * k + 1) for k in range(at, hunk.start))
        yield from ((2 * hunk.start, 2 * hunk.end) for _ in hunk.words)
        at = hunk.end
    yield from ((2 * k + 1, 2 * k + 1) for k in range(at, len(base)))
