"""Accepting and refusing in Word as deciding: which records a returned draft of the chair's makes.

A change counts where all of it was accepted, or all of it refused; a point where its brackets are
gone and its paragraph reads as one option, or the text in force, does. Whatever else was done is
reported, and decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from resamend.amendment import Proposal
from resamend.conflict import Findings, Option, Region, Standing, Stream
from resamend.consolidation import Consolidated
from resamend.decision import DecisionKind
from resamend.matching import index_of
from resamend.model import OBJECT
from resamend.ooxml.embedded import Shown
from resamend.page.presentation import grouped
from resamend.readers.draft_marks import names_in, unnamed
from resamend.readers.floor_changes import Floor
from resamend.readers.proposal_header import short
from resamend.readers.settled_marks import END, Resolved, changes_of


class WordDecision(Struct, frozen=True):
    """Hold a decision that was made in Word: about what, which, and the option that it takes."""

    region: Region
    act: DecisionKind
    option: str = ""


class WordDecisions(Struct, frozen=True):
    """Hold the decisions made in Word, and what was accepted or refused and decides nothing."""

    decisions: tuple[WordDecision, ...]
    left: tuple[str, ...]


def word_decisions(
    floor: Floor, shown: Iterable[Shown], consolidated: Consolidated, findings: Findings
) -> WordDecisions:
    """Return the records that what was accepted and refused in a draft stands for."""
    return _Deciding(floor, shown, consolidated, findings).all()


class _Deciding:
    def __init__(
        self,
        floor: Floor,
        shown: Iterable[Shown],
        consolidated: Consolidated,
        findings: Findings,
    ) -> None:
        self.floor = floor
        self.people = {
            p.id: set(grouped(p.id, codes) if (codes := _codes(p)) else (p.id,))
            for p in consolidated.proposals
        }
        self.findings = findings
        self.texts = {p.id: p.text for p in index_of(consolidated.base).nodes}
        self.parts: dict[str, list[tuple[Shown, Resolved]]] = {}
        self.marks: Counter[tuple[str, str]] = Counter()  # by place and author
        lines = list(shown)
        names = names_in(line.text for line in lines)
        for line in lines:
            for change in changes_of(unnamed(line.text, names)):
                self.marks[line.where, change.author] += 1
                region = self._region(line, change)
                if region:
                    self.parts.setdefault(region.id, []).append((line, change))

    def all(self) -> WordDecisions:
        decisions: list[WordDecision] = []
        left: list[str] = []
        settled: dict[str, list[Resolved]] = {}
        phrases: list[tuple[Shown, Resolved]] = []
        regions = {region.id: region for region in self.findings.regions}
        for line, change in self.floor.resolved:
            region = self._region(line, change)
            if region:
                settled.setdefault(region.id, []).append(change)
            else:
                phrases.append((line, change))
        for line, change in phrases:
            within = self._within(line, change)
            if within is None and not self._follows(line, change):
                left.append(_described(line, change))
            for region in within or ():
                act = DecisionKind.TAKE if change.accepted else DecisionKind.KEEP
                decisions += [WordDecision(region, act)] if region.id not in settled else []
        for id, changes in settled.items():
            accepted = {change.accepted for change in changes}
            if len(accepted) == 1 and len(changes) == len(self.parts[id]):
                act = DecisionKind.TAKE if accepted == {True} else DecisionKind.KEEP
                decisions.append(WordDecision(regions[id], act))
            else:
                left.append(f"{regions[id].path}: a part of a change was accepted or refused")
        for line, text in self.floor.closed:
            decision = self._closed(line, text)
            decisions += [decision] if decision else []
            if not decision:
                left.append(
                    f"{line.where}: the marks of its point are gone, and it reads as no option does"
                )
        for place in self.floor.gone:
            decision = self._gone(place)
            decisions += [decision] if decision else []
            if not decision:
                left.append(f"{place}: the options of a point are gone: record it with 'decide'")
        once = {(decision.region.id, decision.act): decision for decision in decisions}
        return WordDecisions(tuple(once.values()), tuple(dict.fromkeys(left)))

    def _within(self, line: Shown, change: Resolved) -> list[Region] | None:
        """Return an author's changes at a place that are read as phrases, if settled alike.

        What only follows from the rest is among them, and is not decided.
        """
        place = (line.where, change.author)
        ways = [c.accepted for at, c in self.floor.resolved if (at.where, c.author) == place]
        authors = set(change.author.split(", "))
        regions = [
            region
            for region in self.findings.regions
            if region.path == line.where and not region.outstanding and region.options
            if all(self._people(option) == authors for option in region.options)
        ]
        if len(set(ways)) != 1 or len(ways) != self.marks[place] or not regions:
            return None
        return [region for region in regions if region.standing is not Standing.CONSEQUENTIAL]

    def _follows(self, line: Shown, change: Resolved) -> bool:
        """Tell whether a change goes with another: a label with a cut, a paragraph with a join."""
        struck = change.deleted.rpartition("\t")[2].strip()
        return any(
            (other.author, other.accepted) == (change.author, change.accepted)
            and other is not change
            and (
                struck in other.inserted
                if struck
                else END in other.inserted and at.where == line.where and _is_label(change)
            )
            for at, other in self.floor.resolved
        )

    def _region(self, line: Shown, change: Resolved) -> Region | None:
        """Return the one change without a competing proposal that a mark shows."""
        authors = set(change.author.split(", "))
        struck = change.deleted.rpartition("\t")[2].strip()  # of a whole paragraph, but its label
        candidates = [
            region
            for region in self.findings.regions
            if not region.outstanding
            and region.options
            and any(self._asks(option, authors, change) for option in region.options)
            and struck in region.base + self.texts.get(region.target, "")
        ]
        at = [region for region in candidates if region.path == line.where] or candidates
        return at[0] if len(at) == 1 else None

    def _asks(self, option: Option, authors: set[str], change: Resolved) -> bool:
        people = self._people(option)
        offered = " ".join([option.text, *(f"{p.label} {p.text}" for p in option.provisions)])
        words = change.inserted.replace(END, OBJECT).split()
        return people == authors and " ".join(words) in " ".join(offered.split())

    def _people(self, option: Option) -> set[str]:
        return set().union(*(self.people.get(source, {source}) for source in option.sources))

    def _gone(self, place: str) -> WordDecision | None:
        """Return that the text in force is kept, where all options of a place's point are gone."""
        regions = [
            region
            for region in self.findings.regions
            if region.outstanding
            and (region.path == place or region.path.rpartition(" ")[0] == place)
        ]
        if len(regions) != 1 or regions[0].stream is not Stream.GAP:
            return None
        return WordDecision(regions[0], DecisionKind.KEEP)

    def _closed(self, line: Shown, text: str) -> WordDecision | None:
        """Return what the paragraph of a point reads now: an option, or the text in force."""
        regions = [
            region
            for region in self.findings.regions
            if region.outstanding and region.path == line.where and region.stream is Stream.TEXT
        ]
        if len(regions) != 1:
            return None
        (region,) = regions
        base = self.texts.get(region.target, "")
        if _same(text, base):
            return WordDecision(region, DecisionKind.KEEP)
        for number, option in enumerate(region.options, 1):
            if any(_same(text, wanted) for wanted in _replaced(base, region.base, option.text)):
                return WordDecision(region, DecisionKind.TAKE, str(number))
        return None


def _is_label(change: Resolved) -> bool:
    return change.inserted.endswith("\t") and not change.deleted


def _codes(proposal: Proposal) -> tuple[str, ...]:
    return tuple(sorted({who.code for who in proposal.proponents if not who.left}))


def _replaced(text: str, old: str, new: str) -> Iterator[str]:
    """Yield a text with words put in the place of others, at each place where they stand."""
    at = text.find(old.strip())
    while at >= 0 and old.strip():
        yield text[:at] + new.strip() + text[at + len(old.strip()) :]
        at = text.find(old.strip(), at + 1)


def _same(shown: str, text: str) -> bool:
    """Tell whether a paragraph, which shows its label too, reads as a text."""
    own = (shown.split(), shown.partition("\t")[2].split())
    return bool(text) and text.split() in own


def _described(line: Shown, change: Resolved) -> str:
    done = "accepted" if change.accepted else "refused"
    words = short(change.inserted or change.deleted)
    return f"{line.where}: a change of {change.author} was {done}, of no one proposal: {words}"
