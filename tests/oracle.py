"""Read a consolidated draft by its marks: written from the laws, not from the code it checks.

A draft holds, for each base word and gap and for each list, who asks for what. Whoever accepts
what some sources ask reads off a text: nobody's is the base, one source's is its own whole text,
everybody's is the combined text. A second way leads to that last one: amend every text and list
by one proposal after another, each carried over the changes made before (``InTurn``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from resamend.amendment import Proposal
from resamend.consolidation import Consolidated
from resamend.difference import LabelEdit, ListEdit, TextEdit
from resamend.matching import footnotes
from resamend.model import ROOT, Kind, Mark, Provision, Resolution, Word, walk
from resamend.numbering import list_renumbered
from resamend.words import bare, joined, split

Item = TypeVar("Item")


class Base:
    """The text in force by id."""

    def __init__(self, base: Resolution) -> None:
        self.provisions = {p.id: p for p in walk(base.provisions)}
        self.lists = {p.id: p.children for p in self.provisions.values()}
        self.lists[ROOT] = base.provisions

    def words(self, id: str) -> tuple[Word, ...]:
        """Return a text's words; each footnote mark names its footnote."""
        provision = self.provisions[id]
        notes = iter(footnotes(provision))
        marks = [
            replace(m, value=next(notes).id) if m.kind == "footnote" else m
            for m in provision.marks
        ]  # fmt: skip
        return split(provision.text, marks)


class Streams(Protocol):
    """What stands in each text and list of the base, and what its provisions are called."""

    def words(self, id: str) -> list[Word]: ...
    def items(self, id: str) -> list[Provision]: ...
    def label(self, id: str) -> str | None: ...
    def again(self, id: str) -> bool: ...


class FromMarks:
    """Accept from a draft what some sources ask."""

    def __init__(self, draft: Consolidated, accepted: Iterable[str]) -> None:
        self.base = Base(draft.base)
        self.accepted = frozenset(accepted)
        self.texts = {marks.target: marks for marks in draft.texts}
        self.lists = {marks.target: marks for marks in draft.lists}
        self.labels = {marks.target: marks.labels for marks in draft.labels}

    def heard(self, sources: Iterable[str]) -> bool:
        return not self.accepted.isdisjoint(sources)

    def words(self, id: str) -> list[Word]:
        words = self.base.words(id)
        if id not in self.texts:
            return list(words)
        changes = [c for c in self.texts[id].changes if self.heard(c.sources)]
        struck = {k for c in changes for k in range(c.start, c.end)}
        shown = {s.at: s.word for s in self.texts[id].surfaces if self.heard(s.sources)}
        read: list[Word] = []
        for gap in range(len(words) + 1):
            ending = [c for c in changes if c.end == gap]
            for change in sorted(ending, key=lambda c: c.start):  # replacements, then insertions
                read += change.words
            if gap < len(words) and gap not in struck:
                read.append(shown.get(gap, words[gap]))
        return read

    def items(self, id: str) -> list[Provision]:
        children = self.base.lists[id]
        if id not in self.lists:
            return list(children)
        marks = self.lists[id]
        gone = {k for k, sources in marks.gone if self.heard(sources)}
        read: list[Provision] = []
        once: set[object] = set()
        for gap in range(len(children) + 1):
            for addition in marks.additions:
                if addition.gap == gap and self.heard(addition.sources):
                    said = gap, addition.rank, _said(addition.provision)
                    if said in once:  # another's typography of the same
                        continue
                    once.add(said)
                    named = next(label for label, who in addition.labels if self.heard(who))
                    read.append(replace(addition.provision, label=named))
            if gap < len(children) and gap not in gone:
                read.append(children[gap])
        return read

    def label(self, id: str) -> str | None:
        return next((to for to, who in self.labels.get(id, ()) if self.heard(who)), None)

    def again(self, id: str) -> bool:
        return id in self.lists and self.heard(self.lists[id].renumbered)


def _said(provision: Provision) -> tuple[object, ...]:
    below = tuple((child.label, _said(child)) for child in provision.children)
    return provision.kind, bare(provision.text), below


class Step(Struct, Generic[Item], frozen=True):
    """Put ``items`` in place of the base's items [start, end)."""

    start: int
    end: int
    items: tuple[Item, ...]

    @property
    def footprint(self) -> tuple[int, int]:
        pure = self.start == self.end
        return (2 * self.start, 2 * self.end) if pure else (2 * self.start + 1, 2 * self.end - 1)


def in_turn(base: Sequence[Item], hands: Iterable[Iterable[Step[Item]]]) -> list[Item]:
    """Amend a sequence by one hand after another, each carried over what was done before."""
    now = list(base)
    done: list[Step[Item]] = []
    for hand in hands:
        for step in hand:
            if step in done:  # this has been met
                continue
            before = [d for d in done if d.footprint < step.footprint]
            at = step.start + sum(len(d.items) - (d.end - d.start) for d in before)
            now[at : at + step.end - step.start] = step.items
            done.append(step)
    return now


def steps_meet(hands: Sequence[Sequence[Step[Item]]]) -> bool:
    """Tell whether somewhere different steps meet: if so, their order could matter."""
    steps = sorted({step.footprint: step for hand in hands for step in hand})
    different = len({step for hand in hands for step in hand}) > len(steps)
    return different or any(one[1] >= two[0] for one, two in pairwise(steps))


class InTurn:
    """Apply proposals to every text and list, one after another."""

    def __init__(self, base: Resolution, proposals: Sequence[Proposal]) -> None:
        self.base = Base(base)
        self.edits = [edit for proposal in proposals for edit in proposal.edits]

    def _texts(self, id: str) -> list[TextEdit]:
        return [e for e in self.edits if isinstance(e, TextEdit) and e.target == id]

    def _lists(self, id: str) -> list[ListEdit]:
        return [e for e in self.edits if isinstance(e, ListEdit) and e.target == id]

    def _text_steps(self, id: str) -> list[list[Step[Word]]]:
        return [[Step(h.start, h.end, h.words) for h in e.hunks] for e in self._texts(id)]

    def _list_steps(self, id: str) -> list[list[Step[Provision]]]:
        """Return what is done to a list: a provision put in place of another is a new one."""
        hands: list[list[Step[Provision]]] = []
        for edit in self._lists(id):
            gone = [Step(k, k + 1, ()) for h in edit.hunks for k in range(h.start, h.end)]
            hands.append([*gone, *(Step(h.end, h.end, h.items) for h in edit.hunks if h.items)])
        return hands

    def meet(self) -> bool:
        """Tell whether the order could matter: changes that meet, or two faces of one word."""
        if any(len({e.label for e in self.edits if _names(e, id)}) > 1 for id in self.base.lists):
            return True
        return any(
            steps_meet(self._text_steps(id))
            or steps_meet(self._list_steps(id))
            or len({v for e in self._texts(id) for v in e.variants})
            > len({v.at for e in self._texts(id) for v in e.variants})
            for id in self.base.lists
        )

    def words(self, id: str) -> list[Word]:
        words = list(self.base.words(id))
        for edit in self._texts(id):
            for variant in edit.variants:
                words[variant.at] = variant.word
        return in_turn(words, self._text_steps(id))

    def items(self, id: str) -> list[Provision]:
        return in_turn(self.base.lists[id], self._list_steps(id))

    def label(self, id: str) -> str | None:
        return next((e.label for e in self.edits if _names(e, id)), None)

    def again(self, id: str) -> bool:
        return any(edit.renumbered for edit in self._lists(id))


def _names(edit: object, id: str) -> bool:
    return isinstance(edit, LabelEdit) and edit.target == id


def read(base: Resolution, streams: Streams) -> Resolution:
    """Build the text that stands in some streams."""
    return replace(base, provisions=tuple(_list(Base(base), streams, ROOT)))


def accept(draft: Consolidated, sources: Iterable[str]) -> Resolution:
    """Read the text that has all that some sources ask."""
    return read(draft.base, FromMarks(draft, sources))


def _list(base: Base, streams: Streams, id: str, depth: int = 0) -> Iterator[Provision]:
    assert depth < 60, "a provision stands below itself"
    made = [p for item in streams.items(id) for p in _item(base, streams, item, depth)]
    if streams.again(id):
        labels = list_renumbered(made, [p.label for p in made])
        made = [
            replace(p, label=label) if p.id in base.provisions else p
            for p, label in zip(made, labels, strict=True)
        ]  # what is added bears its own label
    for provision in made:
        label = streams.label(provision.id)
        yield provision if label is None else replace(provision, label=label)


def _item(base: Base, streams: Streams, item: Provision, depth: int) -> Iterator[Provision]:
    if item.kind is Kind.MOVED or item.id in base.provisions:
        yield from _known(base, streams, base.provisions[item.id], depth)
        return
    below = [p for child in item.children for p in _item(base, streams, child, depth + 1)]
    named = (streams.label(p.id) for p in below)
    yield replace(
        item,
        children=tuple(
            p if label is None else replace(p, label=label)
            for p, label in zip(below, named, strict=True)
        ),
    )


def _known(base: Base, streams: Streams, known: Provision, depth: int) -> Iterator[Provision]:
    """Yield a base provision, and after it what is split off from it."""
    parts: list[tuple[str, list[Word]]] = [(known.label, [])]
    for word in _with_joined(streams, known.id):
        mark = _mark(word, "split")
        if mark:
            parts.append((mark.value, []))
        else:
            parts[-1][1].append(word)
    below = list(_list(base, streams, known.id, depth + 1))
    for rank, (label, words) in enumerate(parts):
        text, marks = joined(words)
        yield replace(
            known,
            id=known.id if not rank else f"{known.id}, part {rank + 1}",
            label=label,
            text=text,
            marks=tuple(replace(m, value="") if m.kind == "footnote" else m for m in marks),
            children=() if rank else tuple(below),
        )


def _with_joined(streams: Streams, id: str) -> Iterator[Word]:
    for word in streams.words(id):
        mark = _mark(word, "join")
        if mark:
            yield from _with_joined(streams, mark.value)
        else:
            yield word


def _mark(word: Word, kind: str) -> Mark | None:
    return next((mark for mark in word.marks if mark.kind == kind), None)


def joined_ids(draft: Consolidated) -> set[str]:
    """Return the provisions whose text somebody joins into another."""
    return {
        mark.value
        for marks in draft.texts
        for change in marks.changes
        for word in change.words
        if (mark := _mark(word, "join"))
    }
