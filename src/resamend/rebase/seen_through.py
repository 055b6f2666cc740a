"""See through the brackets of a half-agreed text: what of it stands, and what a source asks of it.

A bracket does not say what it leaves open; beside the text before, it shows. What that says already
stands in brackets because somebody would change it; what it does not say, because somebody would
add it. So the *reading* of a half-agreed text leaves out what was added in brackets and keeps what
was there before, and proposals are carried over to the reading. Then each is asked of the text as
it is: where its source asks for something at a bracket, the bracket gives way to just that; where
it is silent, the bracket stays. Thus ``publish the [annual] report`` is met, and still open, for
who asked for “annual”: what is left to ask is that the brackets go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from resamend.amendment import Proposal
from resamend.brackets import (
    Bracket,
    BracketLayer,
    SignKind,
    Spot,
    groups_of,
    read_brackets,
    sign_spans,
)
from resamend.conflict import Option, Stream
from resamend.decision import Place
from resamend.decision.fragments import assembled
from resamend.difference import Edit, ListEdit, ListHunk, TextEdit, content, hunks_of
from resamend.matching import ProvisionIndex, index_of, match
from resamend.model import Provision, Resolution, Word, walk
from resamend.rebase.new_places import NewPlaces
from resamend.words import bare, joined, pieces, split, starts

_BRACKETED = re.compile(r"\[[^\[\]]*\]?|[^\[\]]*\]")
"""A bracket in a text, or what stands on the one side of one that does not close in it."""


class _OpenWords(Struct, frozen=True, kw_only=True):
    """Hold what brackets leave open in a paragraph, in words: of it as written, and its versions.

    ``parts`` are the words of its alternatives, without signs, each by their numbers.
    """

    start: int
    end: int
    parts: tuple[tuple[int, ...], ...]


class _BracketedParagraph(Struct, frozen=True, kw_only=True):
    """Hold the words of a paragraph as written, what of them is read, and what is left open.

    ``read`` are the numbers of the words that are read; ``spans`` says for each group which of
    them, [x, y), are its own.
    """

    words: tuple[Word, ...]
    read: tuple[int, ...]
    groups: tuple[_OpenWords, ...]
    spans: tuple[tuple[int, int], ...]

    @property
    def reading(self) -> tuple[Word, ...]:
        """Return the words that are read, each with the space before it."""
        chosen: list[Word] = []
        for k in self.read:
            word, before = self.words[k], k
            signs = ""
            while not word.text[:1].isspace() and before and before - 1 not in self.read:
                before -= 1
                signs = self.words[before].text
                if signs[:1].isspace():
                    break
            lead = signs[: len(signs) - len(signs.lstrip())] if signs else ""
            if word.text[:1].isspace():
                lead = word.text[: len(word.text) - len(word.text.lstrip())]
            chosen.append(_spaced(word, lead if chosen else ""))
        return tuple(chosen)

    def gap(self, at: int) -> int:
        """Return where in the words as written a gap of the reading is: outside of any bracket."""
        start = self.read[at - 1] + 1 if at else 0
        return next((g.end for g in self.groups if g.start < start < g.end), start)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the words as written that some of the reading are, with the brackets around."""
        first = self.read[start] if start < end else self.gap(start)
        last = self.read[end - 1] + 1 if start < end else first
        for group, (x, y) in zip(self.groups, self.spans, strict=True):
            if start <= x and y <= end and (x < y or start < x < end or start == end == x):
                first, last = min(first, group.start), max(last, group.end)
        return first, last


class HalfAgreed:
    """Read a half-agreed text beside the text in force before it; ``own`` brackets are words."""

    def __init__(self, old: Resolution, new: Resolution, own: frozenset[str] = frozenset()) -> None:
        self.written: ProvisionIndex = index_of(new)
        layer = read_brackets(new)
        brackets = tuple(b for b in layer.brackets if not (own and self._is_own(b, own)))
        self.layer: BracketLayer = replace(layer, brackets=brackets)
        self.reading: Resolution
        self.paragraphs: dict[str, _BracketedParagraph] = {}
        self.left_out: dict[str, Provision] = {}
        self.reading = new
        if not self.layer.brackets:
            return
        rough = self._reading(new, {})
        before, now = index_of(old), index_of(rough)
        to_old = {
            now.nodes[t].id: before.nodes[n]
            for n, t in enumerate(match(before, now).to_revised)
            if t >= 0
        }
        self.paragraphs.clear()
        self.reading = self._reading(new, to_old)

    @cached_property
    def is_open(self) -> bool:
        """Tell whether anything in brackets is read otherwise than it is written."""
        return bool(self.paragraphs or self.left_out)

    def _reading(self, new: Resolution, to_old: dict[str, Provision]) -> Resolution:
        provisions = tuple(self._read(new.provisions, to_old))
        return replace(new, provisions=provisions)

    def _read(
        self, provisions: Sequence[Provision], to_old: dict[str, Provision]
    ) -> Iterator[Provision]:
        """Yield what is read of a list; where some of it is left out, numbered as it was before."""
        read = list(self._read_each(provisions, to_old))
        labels = [to_old[p.id].label if p.id in to_old else p.label for p in read]
        if len(read) < len(provisions) and len(set(labels)) == len(labels):
            read = [replace(p, label=label) for p, label in zip(read, labels, strict=True)]
        yield from read

    def _read_each(
        self, provisions: Sequence[Provision], to_old: dict[str, Provision]
    ) -> Iterator[Provision]:
        for provision in provisions:
            children = tuple(self._read(provision.children, to_old))
            old = to_old.get(provision.id)
            paragraph = self._paragraph(provision, old)
            if paragraph is None:
                yield replace(provision, children=children)
                continue
            text, marks = joined(paragraph.reading)
            stripped = replace(provision, text=text, marks=marks, children=children)
            if to_old and old is None and self._is_whole(provision):
                self.left_out[provision.id] = stripped
                continue
            self.paragraphs[provision.id] = paragraph
            yield stripped

    def _is_whole(self, provision: Provision) -> bool:
        """Tell whether one bracket is around a provision with all that is below it."""
        texts = [p for p in walk((provision,)) if p.text.strip()]
        if not texts:
            return False
        first = Spot(texts[0].id, 0)
        end = Spot(texts[-1].id, len(texts[-1].text.rstrip()) - 1)
        return any(b.opens == first and b.closes == end for b in self.layer.brackets)

    def brackets_of(self, texts: Iterable[str]) -> frozenset[str]:
        """Return the brackets of the text that a source wrote itself: to it they are words."""
        own = {bare(part) for text in texts for part in _BRACKETED.findall(text)}
        there = [bare(provision.text) for provision in self.written.nodes] if own else []
        return frozenset(part for part in own if any(part in text for text in there))

    def _is_own(self, bracket: Bracket, own: frozenset[str]) -> bool:
        """Tell whether a source wrote a bracket; of one side alone it is not known which it is."""
        text = self.written.nodes[self.written.at[bracket.opens.provision]].text
        whole = "" if bracket.crosses else bare(text[bracket.opens.at : bracket.closes.at + 1])
        return whole in own or any(part[:1] != "[" or part[-1:] != "]" for part in own)

    def is_bracketed(self, id: str) -> bool:
        """Tell whether a provision stands in brackets as a whole."""
        node = self.written.at.get(id)
        return node is not None and self._is_whole(self.written.nodes[node])

    def _paragraph(self, provision: Provision, old: Provision | None) -> _BracketedParagraph | None:
        """Read one paragraph; nothing where it has no signs, or one in the middle of a word."""
        node = self.written.at[provision.id]
        words = self.written.words(node)
        at = starts(provision.text, provision.marks)
        spans = list(self._spans(provision))
        if not spans or (old and any(True for _ in sign_spans(old.text, 0))):
            return None  # brackets that the text before had too are words of both
        signs: set[int] = set()
        for k, word in enumerate(words):
            first = at[k] + len(word.text) - len(word.text.lstrip())
            last = at[k] + len(word.text.rstrip())
            if any(a <= first and last <= b for a, b in spans):
                signs.add(k)
            elif any(a < last and first < b for a, b in spans):
                return None
        groups = tuple(self._groups(provision, at, signs))
        chosen = _chosen(words, signs, groups, old)
        inside = {k for group in groups for k in range(group.start, group.end)}
        picked = {k for parts in chosen for k in parts}
        read = tuple(k for k in range(len(words)) if k in picked or k not in inside | signs)
        rank = {k: n for n, k in enumerate(read)}
        own = tuple(
            (rank[parts[0]], rank[parts[-1]] + 1)
            if parts
            else (count := sum(k < group.start for k in read), count)
            for group, parts in zip(groups, chosen, strict=True)
        )
        paragraph = _BracketedParagraph(words=words, read=read, groups=groups, spans=own)
        text, marks = joined(paragraph.reading)
        alike = [w.key for w in split(text, marks)] == [words[k].key for k in read]
        return paragraph if alike else None

    def _spans(self, provision: Provision) -> Iterator[tuple[int, int]]:
        """Yield where the signs of brackets that close are in a paragraph as written."""
        id = provision.id
        own = [b for b in self.layer.brackets if id in (b.opens.provision, b.closes.provision)]
        spots = (spot for b in own for spot in (b.opens, b.closes))
        edges = {spot.at for spot in spots if spot.provision == id}
        inside = [(b.opens.at, b.closes.at) for b in own if not b.crosses]
        for start, stop, kind in sign_spans(provision.text, 1):
            if kind in (SignKind.OPENS, SignKind.CLOSES):
                if start in edges:
                    yield start, stop
            elif any(first < start and stop <= last for first, last in inside):
                yield start, stop

    def _groups(
        self, provision: Provision, at: Sequence[int], signs: set[int]
    ) -> Iterator[_OpenWords]:
        def words_of(start: int, end: int) -> tuple[int, ...]:
            inside = (k for k in range(len(at) - 1) if at[k + 1] > start and at[k] < end)
            return tuple(k for k in inside if k not in signs)

        for group in groups_of(self.layer, provision):
            covered = [
                k for k in range(len(at) - 1) if at[k + 1] > group.start and at[k] < group.end
            ]
            yield _OpenWords(
                start=covered[0],
                end=covered[-1] + 1,
                parts=tuple(words_of(*part) for part in group.parts),
            )

    # -- what a proposal for the reading asks of the text as written ------------------------------

    def lifted(self, proposal: Proposal) -> Proposal:
        """Return the proposal for the text as written that a proposal for the reading is."""
        asked: dict[str, tuple[Word, ...]] = {}
        edits: list[Edit] = []
        for edit in proposal.edits:
            if isinstance(edit, TextEdit):
                if edit.target in self.paragraphs:
                    asked[edit.target] = self._resolved(edit)
                else:
                    edits.append(edit)
            elif isinstance(edit, ListEdit):
                lifted, unbracketed = self._list(edit)
                edits += lifted
                asked |= unbracketed
            else:
                label = self.written.nodes[self.written.at[edit.target]].label
                edits.append(replace(edit, old=label))
        for id in sorted(asked, key=self.written.at.__getitem__):
            hunks, variants = hunks_of(self.written.words(self.written.at[id]), asked[id])
            if hunks or variants:
                edits.append(TextEdit(id, hunks, variants))
        return replace(proposal, base_digest=self.written.digest, edits=tuple(edits))

    def _resolved(self, edit: TextEdit) -> tuple[Word, ...]:
        """Return the words as written, with what is asked where it is asked."""
        paragraph = self.paragraphs[edit.target]
        words = list(paragraph.words)
        for variant in edit.variants:
            words[paragraph.read[variant.at]] = variant.word
        reading = paragraph.reading
        for start, end, wanted in reversed(list(_wanted(paragraph, edit, reading))):
            first, last = paragraph.span(start, end)
            words[first:last] = wanted
        return split(*joined(_apart(words)))

    def _list(self, edit: ListEdit) -> tuple[list[Edit], dict[str, tuple[Word, ...]]]:
        """Return the edit of a list as written; what is there in brackets is not added twice."""
        node = self.written.at.get(edit.target, -1)
        children = [self.written.nodes[child] for child in self.written.children(node)]
        ids = [child.id for child in children]
        bracketed = {content(self.left_out[id]): id for id in ids if id in self.left_out}
        asked: dict[str, tuple[Word, ...]] = {}
        hunks: list[ListHunk] = []
        for hunk in edit.hunks:
            items = []
            for provision in hunk.items:
                id = bracketed.pop(content(provision), "")
                if id:
                    for shown in walk((self.left_out[id],)):
                        asked[shown.id] = split(shown.text, shown.marks)
                else:
                    items.append(provision)
            hunks += [ListHunk(at := ids.index(gone), at + 1, (gone,), ()) for gone in hunk.gone]
            if items:
                after = self._gap(edit.target, hunk.end)
                hunks.append(ListHunk(after, after, (), tuple(items)))
        lifted: list[Edit] = []
        if hunks or edit.renumbered:
            lifted = list(
                assembled(
                    [
                        *(ListEdit(edit.target, (hunk,)) for hunk in hunks),
                        *([ListEdit(edit.target, renumbered=True)] if edit.renumbered else []),
                    ]
                )
            )
        return lifted, asked

    # -- places -----------------------------------------------------------------------------------

    def _gap(self, target: str, gap: int) -> int:
        """Return where a gap of a list of the reading is in the list as written."""
        children = self.written.children(self.written.at.get(target, -1))
        ids = [self.written.nodes[child].id for child in children]
        read = [id for id in ids if id not in self.left_out]
        return ids.index(read[gap - 1]) + 1 if gap else 0

    def of(self, there: Place) -> Place:
        """Return a place of the reading in the text as written."""
        paragraph = self.paragraphs.get(there.target)
        if there.stream is Stream.GAP:
            at = 2 * self._gap(there.target, there.lo // 2)
            return replace(there, lo=at, hi=at)
        if paragraph is None or there.stream is not Stream.TEXT:
            return there
        start, end = paragraph.span(there.lo // 2, (there.hi + 1) // 2)
        if start == end:
            return replace(there, lo=2 * start, hi=2 * end)
        return replace(there, lo=2 * start + there.lo % 2, hi=2 * end - there.hi % 2)

    def stands_in_brackets(self, option: Option, there: Place) -> bool:
        """Tell whether what is asked at a place of the reading is an alternative in brackets."""
        if there.stream is Stream.GAP:
            bracketed = set(map(content, self.left_out.values()))
            return bool(option.provisions) and {*map(content, option.provisions)} <= bracketed
        paragraph = self.paragraphs.get(there.target)
        if paragraph is None or there.stream is not Stream.TEXT:
            return False
        keys = [word.key for word in paragraph.reading]
        start, end = there.lo // 2, (there.hi + 1) // 2
        asked = [word.key for word in option.words]
        return any(
            start <= x
            and y <= end
            and asked == keys[start:x] + [paragraph.words[k].key for k in part] + keys[y:end]
            for group, (x, y) in zip(paragraph.groups, paragraph.spans, strict=True)
            for part in group.parts
        )


class WrittenPlaces(NewPlaces):
    """Find places of the old text in a half-agreed one as it is written."""

    def __init__(self, reading: NewPlaces, half: HalfAgreed) -> None:
        self.old, self.new = reading.old, half.written
        self.reading, self.half = reading, half

    @cached_property
    def ids(self) -> dict[str, str]:
        """Map each provision of the old text that is in the new one to its id there."""
        return self.reading.ids

    def of(self, place: Place) -> Place | None:
        """Return a place in the new text as written; nothing where that has no such place."""
        there = self.reading.of(place)
        return self.half.of(there) if there else None


def _apart(words: Sequence[Word]) -> Iterator[Word]:
    """Yield words with a space where two, one beside the other, would be read as one."""
    before = ""
    for word in words:
        if not before:
            yield _spaced(word, "")
        elif len(pieces(f"{before}{word.text}")) < 2:
            yield _spaced(word, " ")
        else:
            yield word
        before = word.text.strip()


def _spaced(word: Word, lead: str) -> Word:
    """Return a word with other white space before it."""
    grows = len(lead) + len(word.text.lstrip()) - len(word.text)
    marks = (
        replace(mark, start=max(0, mark.start + grows), end=max(0, mark.end + grows))
        for mark in word.marks
    )
    return replace(word, text=f"{lead}{word.text.lstrip()}", marks=tuple(marks))


def _chosen(
    words: Sequence[Word], signs: set[int], groups: Sequence[_OpenWords], old: Provision | None
) -> list[tuple[int, ...]]:
    """Return, of each group, the words that the text before has there; the first, if it has none.

    Without a text before nothing shows what was added, and the first alternative stands.
    """
    from rapidfuzz.distance import Indel

    chosen = [group.parts[0] if group.parts else () for group in groups]
    if old is None:
        return chosen
    before = [word.key for word in split(old.text, old.marks)]
    inside = {k for group in groups for k in range(group.start, group.end)}

    def distance(rank: int, part: tuple[int, ...]) -> int:
        picked = {k for n, p in enumerate(chosen) for k in (part if n == rank else p)}
        keys = [
            word.key
            for k, word in enumerate(words)
            if k in picked or (k not in inside and k not in signs)
        ]
        return Indel.distance(before, keys)

    for rank, group in enumerate(groups):
        versions = [*group.parts, ()]
        chosen[rank] = min(versions, key=lambda part: distance(rank, part))
    return chosen


def _wanted(
    paragraph: _BracketedParagraph, edit: TextEdit, reading: Sequence[Word]
) -> Iterator[tuple[int, int, tuple[Word, ...]]]:
    """Yield stretches of the reading with what is asked there, each with the brackets in it."""
    spans: list[tuple[int, int]] = []
    for hunk in edit.hunks:
        start, end = hunk.start, hunk.end
        for x, y in paragraph.spans:
            if x < y and ((start < y and x < end) or (start == end and x < start < y)):
                start, end = min(start, x), max(end, y)
        if spans and start <= spans[-1][1]:
            start, end = spans[-1][0], max(end, spans.pop()[1])
        spans.append((start, end))
    for start, end in spans:
        words: list[Word] = []
        at = start
        for hunk in edit.hunks:
            if start <= hunk.start and hunk.end <= end:
                words += [*reading[at : hunk.start], *hunk.words]
                at = hunk.end
        yield start, end, (*words, *reading[at:end])
