"""What became of each amendment of each proposal, in what was decided or in an adopted text.

A record that took an amendment says so by itself. Everything else is read off the final text: the
words that were asked for, one by one. A text that only says nearly the same is quoted, and whose
proposal it was judges it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from resamend.amendment import Proposal
from resamend.conflict import (
    Gate,
    MovePosition,
    Option,
    OptionKind,
    Region,
    Stream,
    find_regions,
    score,
)
from resamend.consolidation import merge, project
from resamend.decision import ChairTable, Record
from resamend.decision.values import TO_READ
from resamend.difference import Hunk, TextEdit, align, hunks_of
from resamend.matching import index_of
from resamend.model import ROOT, Kind, Provision, Resolution, Word, walk
from resamend.rounds.final import FinalText
from resamend.rounds.standing import standing_text
from resamend.words import key_of

CLOSE = 0.7
"""The least likeness of two texts of which one is quoted beside the other."""
_SHORT = 3
"""Code points of a word that says little."""


class Result(StrEnum):
    """Say what became of an amendment."""

    REFLECTED = "reflected"
    IN_PART = "in-part"
    SIMILAR = "similar"
    NOT_REFLECTED = "not-reflected"
    OPEN = "open"
    WITHDRAWN = "withdrawn"


class Outcome(Struct, frozen=True, kw_only=True):
    """Say what became of the amendment that a source asks for in a ``region``.

    ``words`` are those of it that the final text has, where that is only a part, ``missing`` those
    that it has not, and ``kept`` those that were to be struck and still stand; ``quoted`` is what
    the final text says there. ``record`` is what settled it, or left it open.
    """

    source: str
    region: Region
    option: Option
    result: Result
    record: Record | None = None
    words: tuple[str, ...] = ()
    quoted: str = ""
    missing: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def outcomes(
    table: ChairTable,
    final: Resolution | None = None,
    withdrawn: Iterable[Proposal] = (),
    *,
    ids_stand: bool = False,
) -> tuple[Outcome, ...]:
    """Return what became of each amendment, by proposal, in the order of the text.

    That is in the ``final`` text, if one is given; else in what is recorded, where what has no
    record is open. ``withdrawn`` are proposals that count no more. ``ids_stand`` says that the
    final text was made from the text in force by us: one id is one provision.
    """
    base = index_of(table.consolidated.base)
    decided = final or standing_text(table, recorded_only=True).text
    moves = frozenset(
        region.target
        for region in table.findings.elements
        if any(option.deed is OptionKind.MOVE for option in region.options)
    )
    text = FinalText(base, decided, ids_stand=ids_stand or final is None, moves=moves)
    judge = _Judge(table, text, adopted=final is not None)
    judged = (
        judge.outcome(source, region, option)
        for source in table.consolidated.sources
        for region, option in _amendments(table.findings.regions, source)
    )
    return (*judged, *_withdrawn(table, withdrawn))


def _amendments(regions: Sequence[Region], source: str) -> Iterator[tuple[Region, Option]]:
    """Yield what a source asks for, each once; numbers follow from it and are not asked about."""
    for region in regions:
        if region.standing not in TO_READ and not region.ends:
            for option in region.options:
                if source in option.sources:
                    yield region, option


def _withdrawn(table: ChairTable, proposals: Iterable[Proposal]) -> Iterator[Outcome]:
    for proposal in proposals:
        alone = find_regions(merge(table.consolidated.base, (proposal,)))
        for region, option in _amendments(alone.regions, proposal.id):
            yield Outcome(source=proposal.id, region=region, option=option, result=Result.WITHDRAWN)


class Verdict(Struct, frozen=True):
    """Say what became of an amendment: its words that are there, and what is there instead.

    ``missing`` are its words that are not there, ``kept`` those it strikes that still are.
    """

    result: Result
    words: tuple[str, ...] = ()
    quoted: str = ""
    missing: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


class _Judge:
    """Tell what became of an amendment in a final text."""

    def __init__(self, table: ChairTable, final: FinalText, *, adopted: bool) -> None:
        self.table, self.final, self.adopted = table, final, adopted
        self.base = final.base
        self._texts: dict[str, dict[str, Provision]] = {}
        self.elements = {element.id: element for element in table.findings.elements}
        numbers = {record.number: record for record in table.records}
        self.records = {
            **{id: numbers[number] for id, number in table.replay.lapsed.items()},
            **table.replay.applied,
        }

    def outcome(self, source: str, region: Region, option: Option) -> Outcome:
        """Return what became of one amendment."""
        record = self.records.get(region.id)
        settled = record if record and record.act.settles else None
        verdict = Verdict(Result.OPEN)
        if settled and not self.adopted and option.id in settled.chosen:
            verdict = Verdict(Result.REFLECTED)
        elif settled or self.adopted:
            verdict = self._of_parts(source, region, option)
        return Outcome(
            source=source, region=region, option=option, result=verdict.result,
            record=settled or (record if verdict.result is Result.OPEN else None),
            words=verdict.words, quoted=verdict.quoted, missing=verdict.missing, kept=verdict.kept,
        )  # fmt: skip

    def _of_parts(self, source: str, region: Region, option: Option) -> Verdict:
        """Return what the final text has of an amendment that is one question with others."""
        parts = [
            self._read(source, element, own)
            for id in region.parts
            if (element := self.elements.get(id))
            for own in element.options
            if source in own.sources and not self._is_in_force(element, own)
        ]
        if not parts:
            return self._read(source, region, option)
        results = {part.result for part in parts}
        some = results & {Result.REFLECTED, Result.IN_PART}
        mixed = Result.IN_PART if some else Result.SIMILAR
        return Verdict(
            results.pop() if len(results) == 1 else mixed,
            tuple(word for part in parts for word in part.words),
            next((part.quoted for part in parts if part.quoted), ""),
            tuple(word for part in parts for word in part.missing),
            tuple(word for part in parts for word in part.kept),
        )

    def _is_in_force(self, element: Region, option: Option) -> bool:
        """Tell whether a version is the provision as it is in force: who asks for it asks else."""
        if option.deed is not OptionKind.VERSION or element.target not in self.base.at:
            return False
        was = self.base.nodes[self.base.at[element.target]]
        wanted = [_bare(p.text) for p in walk(option.provisions) if p.kind is not Kind.MOVED]
        return wanted == _all(was)

    def _read(self, source: str, region: Region, option: Option) -> Verdict:
        """Return what the final text has of an amendment: which words, or what in their place."""
        if region.stream is Stream.TEXT:
            return self._text(source, region, option)
        if region.stream is Stream.GAP:
            return self._added(option.provisions)
        if region.stream is Stream.LABEL:
            provision = self.final.provision(region.target)
            return Verdict(_yes(bool(provision and provision.label == option.text.strip())))
        return self._whole(region, option)

    # -- words --------------------------------------------------------------------------------

    def _text(self, source: str, region: Region, option: Option) -> Verdict:
        if not self.final.has_words(region.target):
            return Verdict(Result.NOT_REFLECTED)
        own = self._own(source, region.target)  # none where it was asked of the former text
        # Of marks that look alike an alignment may take the wrong one: then the texts tell.
        same = own == _says(self.final.hunks(region.target))
        if own and (same or self._reads_as(source, region.target)):
            return Verdict(Result.REFLECTED)
        start, end = region.lo // 2, (region.hi + 1) // 2
        all_words = self.base.words(self.base.at[region.target])
        hunks, _ = hunks_of(all_words[start:end], option.words)
        struck = {start + k for hunk in hunks for k in range(hunk.start, hunk.end)}
        wanted = [word for hunk in hunks for word in hunk.words if word.key.strip()]
        here = self.final.words_at(region.target, region.lo, region.hi)
        shared = {i for i, _ in align([w.key for w in wanted], [w.key for w in here.added])}
        gone = struck & here.struck
        if len(shared) == len(wanted) and gone == struck:
            more = _others(here.added, wanted)
            if not more or self._neighbours(source, region, more):
                return Verdict(Result.REFLECTED)
            return Verdict(Result.SIMILAR, quoted=self._quoted(region.target))
        there = tuple(wanted[i].text.strip() for i in sorted(shared))
        # Words that another proposal strikes too show nothing of this one, unless it only strikes.
        done = there or tuple(all_words[k].text.strip() for k in sorted(gone) if not wanted)
        if not any(len(word) > _SHORT for word in done):
            return self._near(source, region.target)
        return Verdict(
            Result.IN_PART,
            there,
            self._quoted(region.target),
            tuple(w.text.strip() for i, w in enumerate(wanted) if i not in shared),
            tuple(all_words[k].text.strip() for k in sorted(struck - gone)),
        )

    def _own(self, source: str, target: str) -> tuple[object, ...]:
        """Return all that a source changes in the words of a provision."""
        edits = next(p.edits for p in self.table.consolidated.proposals if p.id == source)
        texts = (e.hunks for e in edits if isinstance(e, TextEdit) and e.target == target)
        return _says(next(texts, ()))

    def _neighbours(self, source: str, region: Region, more: Sequence[Word]) -> bool:
        """Tell whether words beside those asked for are what others ask for in that paragraph."""
        asked_here = {
            word.key
            for other in self.table.findings.elements
            if other.target == region.target and other.id not in (region.id, *region.parts)
            for option in other.options
            for word in option.words
        }
        return all(word.key in asked_here for word in more)

    def _near(self, source: str, target: str) -> Verdict:
        """Tell whether a paragraph that changed says nearly what a source wants it to say."""
        now, was = self._quoted(target), self.base.nodes[self.base.at[target]].text
        mine = self._texts_of(source).get(target)
        wanted = mine.text if mine else was
        language = self.base.resolution.language
        closer = score(wanted, now, language) > score(was, now, language)
        if key_of(now) != key_of(was) and closer and score(wanted, now, language) >= CLOSE:
            return Verdict(Result.SIMILAR, quoted=now)
        return Verdict(Result.NOT_REFLECTED)

    def _reads_as(self, source: str, target: str) -> bool:
        """Tell whether a provision that is there reads as a source wants, footnotes and all.

        Of one that it only divides or joins the words say nothing.
        """
        wanted, now = self._texts_of(source).get(target), self.final.provision(target)
        if not (wanted and now) or _with_notes(wanted) != _with_notes(now):
            return False
        return _with_notes(wanted) != _with_notes(self.base.nodes[self.base.at[target]])

    def _texts_of(self, source: str) -> dict[str, Provision]:
        if source not in self._texts:
            text = project(self.table.consolidated, source)
            self._texts[source] = {provision.id: provision for provision in walk(text.provisions)}
        return self._texts[source]

    def _quoted(self, target: str) -> str:
        provision = self.final.provision(target)
        return provision.text.strip() if provision else ""

    # -- provisions ---------------------------------------------------------------------------

    def _added(self, provisions: Sequence[Provision]) -> Verdict:
        """Tell what the final text has of provisions that are added."""
        wanted = [p.text for p in walk(tuple(provisions)) if p.kind is not Kind.MOVED]
        fresh = [self.final.index.nodes[node].text for node in self.final.added()]
        language = self.base.resolution.language
        bare_texts = {_bare(text) for text in fresh}
        same = [text for text in wanted if _bare(text) in bare_texts]
        if len(same) == len(wanted):
            return Verdict(Result.REFLECTED)
        if same:
            missing = tuple(text for text in wanted if _bare(text) not in bare_texts)
            return Verdict(Result.IN_PART, tuple(same), missing=missing)
        scored = [(score(one, text, language), text) for one in wanted for text in fresh]
        best, text = max(scored, default=(0.0, ""))
        return (
            Verdict(Result.SIMILAR, quoted=text) if best >= CLOSE else Verdict(Result.NOT_REFLECTED)
        )

    def _whole(self, region: Region, option: Option) -> Verdict:
        """Tell what became of a provision that is suppressed, moved, joined, or to be kept."""
        now = self.final.provision(region.target)
        was = self.base.nodes[self.base.at[region.target]] if region.target else None
        if option.deed is OptionKind.SUPPRESS:
            gone = now is None if region.target else not self.final.index.nodes
            return Verdict(_yes(gone))
        if option.deed in (OptionKind.KEEP, OptionKind.RETAIN) or region.gate is Gate.NO_CHANGE:
            return Verdict(_yes(bool(now and was and _all(now) == _all(was))))
        if option.deed is OptionKind.VERSION:
            wanted = [_bare(p.text) for p in walk(option.provisions) if p.kind is not Kind.MOVED]
            there = [_bare(node.text) for node in self.final.index.nodes]
            same = all(text in there for text in wanted) if now is None else _all(now) == wanted
            return Verdict(_yes(same), quoted="" if same or now is None else now.text)
        if option.deed is OptionKind.JOIN:
            pair = (self.final.host(region.target), self.final.host(option.host))
            return Verdict(_yes(option.host == pair[0] or region.target == pair[1]))
        return Verdict(_yes(now is not None and self._stands_in(region.target, option)))

    def _stands_in(self, target: str, option: Option) -> bool:
        """Tell whether a provision stands in the list to which an option moves it."""
        if target not in self.final.moved:
            return False
        parent = self.final.index.parents[self.final.node(target)]
        owner = self.final.matching.to_base[parent] if parent >= 0 else -1
        if parent >= 0 and owner < 0:
            return option.way is MovePosition.NEW
        return (self.base.nodes[owner].id if owner >= 0 else ROOT) == option.host


def _with_notes(provision: Provision) -> tuple[tuple[str, ...], ...]:
    """Return the words of a provision, then those of each of its footnotes."""
    notes = (child for child in provision.children if child.kind is Kind.FOOTNOTE)
    return key_of(provision.text), *(key_of(note.text) for note in notes)


def _says(hunks: Iterable[Hunk]) -> tuple[object, ...]:
    return tuple((h.start, h.end, tuple(word.key for word in h.words)) for h in hunks)


def _yes(reflected: object) -> Result:
    return Result.REFLECTED if reflected else Result.NOT_REFLECTED


def _others(words: Sequence[Word], wanted: Sequence[Word]) -> list[Word]:
    """Return the words that stand beside those asked for; a mark is none."""
    paired = {j for _, j in align([w.key for w in wanted], [w.key for w in words])}
    beside = (word for j, word in enumerate(words) if j not in paired)
    return [word for word in beside if any(map(str.isalnum, word.text))]


def _bare(text: str) -> tuple[str, ...]:
    """Return the words of a text without the punctuation that ends it, which adopting sets."""
    keys = key_of(text)
    while keys and not any(map(str.isalnum, keys[-1])):
        keys = keys[:-1]
    return keys


def _all(provision: Provision) -> list[tuple[str, ...]]:
    return [_bare(inner.text) for inner in walk((provision,))]
