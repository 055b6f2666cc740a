"""Where each word of an adopted text came from: the text in force, proposals, or the group.

A word that stands where the text in force has it is that text's. Others are sought where they were
asked for: at that place, then among what was added. What adopting itself writes (numbers in
cross-references, the punctuation at an end) is told apart; the rest is on no record, and that is
said: a text that somebody retyped may hold anything.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby

from msgspec import Struct

from resamend.conflict import Region, Stream
from resamend.consolidation import Sources, project
from resamend.decision import ChairTable, DecisionKind, Record, adopt
from resamend.decision.values import Place
from resamend.difference import align, hunks_of
from resamend.matching import index_of
from resamend.model import OBJECT, Kind, Provision, Resolution, Word, walk
from resamend.rounds.final import FinalText
from resamend.words import key_of, split

_BRACKETS = frozenset("[]/¶")
"""What stands around and between options in a text of which something is open."""
_RUN = 3
"""Words in a row by which something is traced that stands at another place."""


class OriginKind(StrEnum):
    """Say where words came from."""

    IN_FORCE = "in-force"
    PROPOSED = "proposed"
    GROUP = "group"  # the group's own words, by a record
    ADOPTION = "adoption"  # numbers, the end of a text, brackets
    NONE = "none"


class WordOrigin(Struct, frozen=True, kw_only=True):
    """Say where words came from: whose they are, and which record took them or holds them."""

    kind: OriginKind
    sources: Sources = ()
    record: Record | None = None


class TracedWords(Struct, frozen=True):
    """Hold words of one origin, as they stand in the text."""

    text: str
    origin: WordOrigin


class TracedProvision(Struct, frozen=True, kw_only=True):
    """Hold a provision of an adopted text, by its ``node``, cut where the origin changes."""

    node: int
    stretches: tuple[TracedWords, ...]


class _AskedWords(Struct, frozen=True):
    """Hold words that somebody asked for, or that are in force."""

    words: tuple[Word, ...]
    origin: WordOrigin


_IN_FORCE = WordOrigin(kind=OriginKind.IN_FORCE)
_NONE = WordOrigin(kind=OriginKind.NONE)
_ADOPTION = WordOrigin(kind=OriginKind.ADOPTION)


def origins(table: ChairTable, text: Resolution) -> tuple[TracedProvision, ...]:
    """Return where each word of a text came from, provision by provision.

    Raises ``Invalid`` where what is recorded contradicts itself.
    """
    return tuple(_Tracer(table, text).provisions())


class _Tracer:
    """Find where words came from."""

    def __init__(self, table: ChairTable, text: Resolution) -> None:
        self.table = table
        self.base = index_of(table.consolidated.base)
        self.final = FinalText(self.base, text, ids_stand=False)
        self.options: dict[str, list[tuple[Place, _AskedWords]]] = defaultdict(list)
        self.additions: list[_AskedWords] = []
        for element in table.findings.elements:
            self._know(element)
        self.gone = [
            _AskedWords(self.base.words(b), _IN_FORCE)
            for b, node in enumerate(self.final.matching.to_revised)
            if node < 0
        ]
        """The words in force of what is joined to another, or suppressed."""
        self._know_footnotes()
        self._know_own_words()
        self.editorial = _set_on_adopting(table)
        self._texts: dict[str, dict[str, Provision]] = {}

    def _know(self, element: Region) -> None:
        whole = self.table.findings.whole()[element.id]
        record = self.table.replay.applied.get(whole.id)
        for option in whole.options if whole.id == element.id else element.options:
            taken = record if record and option.id in record.chosen else None
            origin = WordOrigin(kind=OriginKind.PROPOSED, sources=option.sources, record=taken)
            if element.stream is Stream.TEXT:
                place = Place(element.stream, element.target, element.lo, element.hi)
                self.options[place.target].append((place, _AskedWords(option.words, origin)))
            for provision in walk(option.provisions):
                if provision.text.strip():
                    self.additions.append(
                        _AskedWords(split(provision.text, provision.marks), origin)
                    )

    def _know_footnotes(self) -> None:
        """Take in the footnotes that are added with their marks, which are no question apart."""
        for marks in self.table.consolidated.lists:
            for addition in marks.additions:
                if addition.provision.kind is Kind.FOOTNOTE:
                    origin = WordOrigin(kind=OriginKind.PROPOSED, sources=addition.sources)
                    words = split(addition.provision.text, addition.provision.marks)
                    self.additions.append(_AskedWords(words, origin))

    def _know_own_words(self) -> None:
        """Take in the words of the group's own, by the records that hold."""
        for record in dict.fromkeys(self.table.replay.applied.values()):
            if record.act is DecisionKind.TEXT:
                own = WordOrigin(kind=OriginKind.GROUP, record=record)
                words = _AskedWords(split(record.text), own)
                self.additions.insert(0, words)
                for place in record.places:
                    if place.stream in (Stream.TEXT, Stream.PROVISION):
                        self.options[place.target].insert(0, (_reach(place), words))

    def provisions(self) -> Iterator[TracedProvision]:
        """Yield each provision that has words."""
        for node, provision in enumerate(self.final.index.nodes):
            if provision.text.strip():
                words = self.final.index.words(node)
                traced = self._traced(node, words)
                yield TracedProvision(node=node, stretches=tuple(_stretches(words, traced)))

    def _traced(self, node: int, words: Sequence[Word]) -> list[WordOrigin]:
        traced: list[WordOrigin | None] = [None] * len(words)
        b = self.final.matching.to_base[node]
        if b >= 0:
            self._trace_changes(self.base.nodes[b].id, words, traced)
        else:
            divided = (self.base.nodes[d].id for d in self.final.matching.splits)
            asked = (c for target in divided for _, c in self.options.get(target, ()))
            self._trace(words, traced, [*self._alike(words), *asked])
        self._trace_elsewhere(words, traced)
        if b >= 0 and None in traced:
            self._trace(words, traced, [*self._own_texts(self.base.nodes[b].id)])
        editorial = self.editorial.get(key_of(self.final.index.nodes[node].text), frozenset())
        return [
            origin or (_ADOPTION if word.key in editorial or _is_bracket(word) else _NONE)
            for word, origin in zip(words, traced, strict=True)
        ]

    def _trace_changes(
        self, target: str, words: Sequence[Word], traced: list[WordOrigin | None]
    ) -> None:
        """Trace a provision that is in force: what is kept, then what was asked for there."""
        base = self.base.words(self.base.at[target])
        pairs = align([word.key for word in base], [word.key for word in words])
        for _, at in pairs:
            traced[at] = _IN_FORCE
        for start, end, left, right in _gaps(pairs, len(base), len(words)):
            here = [
                candidate
                for place, candidate in self.options.get(target, ())
                if place.lo <= 2 * end and 2 * start <= place.hi + 1
            ]
            part = traced[left:right]
            self._trace(words[left:right], part, here)
            traced[left:right] = part
        joined = self.final.matching.joins.get(self.base.at[target], ())
        in_force = [_AskedWords(self.base.words(b), _IN_FORCE) for b in joined]
        self._trace(words, traced, [*in_force, *(c for _, c in self.options.get(target, ()))])

    def _trace(
        self,
        words: Sequence[Word],
        traced: list[WordOrigin | None],
        candidates: Sequence[_AskedWords],
    ) -> None:
        """Give words the origin of the candidate that has most of them, as long as one has any."""
        while True:
            left = [at for at, origin in enumerate(traced) if origin is None]
            keys = [words[at].key for at in left]
            matches = [
                (len(shared), -rank, shared, candidate)
                for rank, candidate in enumerate(candidates)
                if (shared := align([w.key for w in candidate.words], keys))
            ]
            if not matches:
                return
            most = max(entry[0] for entry in matches)
            best = [entry for entry in matches if entry[0] == most]
            _, _, shared, first = max(
                best, key=lambda entry: (bool(entry[3].origin.record), entry[1])
            )
            same = [c.origin for _, _, s, c in best if s == shared and _like(c, first)]
            for _, at in shared:
                traced[left[at]] = _joint(first.origin, same)

    def _alike(self, words: Sequence[Word]) -> Iterator[_AskedWords]:
        """Yield what was added, or stood elsewhere, that is much like some words."""
        keys = {word.key for word in words}
        divided = (_AskedWords(self.base.words(b), _IN_FORCE) for b in self.final.matching.splits)
        for candidate in (*self.additions, *divided, *self.gone):
            own = {word.key for word in candidate.words}
            if 2 * len(own & keys) >= min(len(own), len(keys)):
                yield candidate

    def _trace_elsewhere(self, words: Sequence[Word], traced: list[WordOrigin | None]) -> None:
        """Trace what is left by whole runs of words that were asked for at another place."""
        for run in list(_runs(traced)):
            if len(run) < _RUN:
                continue
            keys = [words[at].key for at in run]
            for candidate in (*self.additions, *self._all_options(), *self.gone):
                at = _within(keys, [word.key for word in candidate.words])
                if at >= 0:
                    for position in run:
                        traced[position] = candidate.origin
                    break

    def _own_texts(self, target: str) -> Iterator[_AskedWords]:
        """Yield what each source puts into a provision, as its own text has it.

        Where a word that is added runs together with one that stays, they are one word there.
        """
        base = self.base.words(self.base.at[target])
        for source in self.table.consolidated.sources:
            if source not in self._texts:
                text = project(self.table.consolidated, source)
                self._texts[source] = {p.id: p for p in walk(text.provisions)}
            mine = self._texts[source].get(target)
            if mine:
                hunks, _ = hunks_of(base, split(mine.text, mine.marks))
                added = tuple(word for hunk in hunks for word in hunk.words)
                yield _AskedWords(added, WordOrigin(kind=OriginKind.PROPOSED, sources=(source,)))

    def _all_options(self) -> Iterator[_AskedWords]:
        for options in self.options.values():
            yield from (candidate for _, candidate in options)


def _set_on_adopting(table: ChairTable) -> dict[tuple[str, ...], frozenset[str]]:
    """Map each adopted text to the words in it that adopting wrote."""
    adopted = adopt(table.consolidated, table.findings, table.replay)
    pairs = zip(adopted.readings, walk(adopted.text.provisions), strict=True)
    return {
        key_of(provision.text): frozenset(key_of(provision.text)) - frozenset(key_of(reading))
        for (_, reading), provision in pairs
    }


def _reach(place: Place) -> Place:
    """Return the words that are decided on: all of them, where a whole provision is."""
    whole = place.stream is Stream.PROVISION
    return Place(Stream.TEXT, place.target, 0, sys.maxsize) if whole else place


def _is_bracket(word: Word) -> bool:
    return bool(word.text.strip()) and _BRACKETS.issuperset(word.text.strip())


def _like(one: _AskedWords, other: _AskedWords) -> bool:
    return one.origin.kind is other.origin.kind and one.origin.record == other.origin.record


def _joint(first: WordOrigin, same: Iterable[WordOrigin]) -> WordOrigin:
    """Return the origin of words that several asked for alike."""
    sources = sorted({id for origin in same for id in origin.sources} | set(first.sources))
    return WordOrigin(kind=first.kind, sources=tuple(sources), record=first.record)


def _gaps(
    pairs: Sequence[tuple[int, int]], before: int, now: int
) -> Iterator[tuple[int, int, int, int]]:
    """Yield what lies between paired words: [start, end) of the one, [left, right) of the other."""
    x = y = 0
    for nx, ny in [*pairs, (before, now)]:
        if ny > y:
            yield x, nx, y, ny
        x, y = nx + 1, ny + 1


def _runs(traced: Sequence[WordOrigin | None]) -> Iterator[list[int]]:
    """Yield the places of words without an origin that stand in a row."""
    for empty, run in groupby(range(len(traced)), lambda at: traced[at] is None):
        if empty:
            yield list(run)


def _within(keys: Sequence[str], others: Sequence[str]) -> int:
    """Return where some words stand in a row among others; -1 where they do not."""
    last = len(others) - len(keys)
    return next((at for at in range(last + 1) if others[at : at + len(keys)] == list(keys)), -1)


def _stretches(words: Sequence[Word], traced: Sequence[WordOrigin]) -> Iterator[TracedWords]:
    for origin, some in groupby(zip(words, traced, strict=True), lambda pair: pair[1]):
        text = "".join(word.text for word, _ in some).replace(OBJECT, "")
        if text.strip():  # the mark of a footnote is no word: its text is traced by itself
            yield TracedWords(text, origin)
