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

from msgspec.structs import replace

from resamend.amendment import Proposal
from resamend.brackets import (
    IN_LABEL,
    Bracket,
    BracketLayer,
    Spot,
    read_brackets,
)
from resamend.conflict import Option, Stream
from resamend.decision import Place
from resamend.decision.fragments import assembled
from resamend.difference import Edit, LabelEdit, ListEdit, ListHunk, TextEdit, content, hunks_of
from resamend.matching import ProvisionIndex, index_of, match
from resamend.model import Provision, Resolution, Word, walk
from resamend.rebase.bracketed_words import BracketedParagraph, read_paragraph
from resamend.rebase.new_places import NewPlaces
from resamend.words import bare, joined, split

_BRACKETED = re.compile(r"\[[^\[\]]*\]?|[^\[\]]*\]")
"""A bracket in a text, or what stands on the one side of one that does not close in it."""


class HalfAgreed:
    """Read a half-agreed text beside the text in force before it; ``own`` brackets are words."""

    def __init__(self, old: Resolution, new: Resolution, own: frozenset[str] = frozenset()) -> None:
        self.written: ProvisionIndex = index_of(new)
        layer = read_brackets(new)
        brackets = tuple(b for b in layer.brackets if not (own and self._is_own(b, own)))
        self.layer: BracketLayer = replace(layer, brackets=brackets)
        self.reading: Resolution
        self.paragraphs: dict[str, BracketedParagraph] = {}
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
            paragraph = read_paragraph(
                provision, self.written.words(self.written.at[provision.id]), self.layer, old
            )
            in_label = Spot(provision.id, IN_LABEL) in {b.opens for b in self.layer.brackets}
            label = provision.label.lstrip("[") if in_label else provision.label
            stripped = replace(provision, label=label, children=children)
            if paragraph is None:
                yield stripped
                continue
            text, marks = joined(paragraph.reading)
            stripped = replace(stripped, text=text, marks=marks)
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
        first = {Spot(texts[0].id, 0), Spot(provision.id, IN_LABEL)}
        end = Spot(texts[-1].id, len(texts[-1].text.rstrip()) - 1)
        return any(b.opens in first and b.closes == end for b in self.layer.brackets)

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

    # -- what a proposal for the reading asks of the text as written ------------------------------

    def lifted(self, proposal: Proposal) -> Proposal:
        """Return the proposal for the text as written that a proposal for the reading is."""
        asked: dict[str, tuple[Word, ...]] = {}
        edits: list[Edit] = []
        for edit in proposal.edits:
            if isinstance(edit, TextEdit):
                if edit.target in self.paragraphs:
                    asked[edit.target] = self.paragraphs[edit.target].resolved(edit)
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

    def _list(self, edit: ListEdit) -> tuple[list[Edit], dict[str, tuple[Word, ...]]]:
        """Return the edit of a list as written; what is there in brackets is not added twice."""
        node = self.written.at.get(edit.target, -1)
        children = [self.written.nodes[child] for child in self.written.children(node)]
        ids = [child.id for child in children]
        bracketed = {content(self.left_out[id]): id for id in ids if id in self.left_out}
        asked: dict[str, tuple[Word, ...]] = {}
        hunks: list[ListHunk] = []
        labels: list[Edit] = []
        for hunk in edit.hunks:
            items = []
            for provision in hunk.items:
                id = bracketed.pop(content(provision), "")
                if id:
                    labels += self._labels(self.left_out[id])
                    for shown in walk((self.left_out[id],)):
                        asked[shown.id] = split(shown.text, shown.marks)
                else:
                    items.append(provision)
            hunks += [ListHunk(at := ids.index(gone), at + 1, (gone,), ()) for gone in hunk.gone]
            if items:
                after = self._gap(edit.target, hunk.end)
                hunks.append(ListHunk(after, after, (), tuple(items)))
        parts = [ListEdit(edit.target, (hunk,)) for hunk in hunks]
        if edit.renumbered:
            parts.append(ListEdit(edit.target, renumbered=True))
        return [*assembled(parts), *labels], asked

    def _labels(self, shown: Provision) -> Iterator[LabelEdit]:
        """Yield the edit of a number before which a bracket opens."""
        label = self.written.nodes[self.written.at[shown.id]].label
        if label != shown.label:
            yield LabelEdit(shown.id, shown.label, label)

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
