"""Bind references to the provisions that they cite.

A heading is the one called so, or the only one that begins so; a label is one of the list below
it, whatever brackets stand around it. "Paragraph 2 above" is looked for in the list around it,
then in the list around that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resamend.matching import ProvisionIndex
from resamend.model import OBJECT, Kind, Provision, Resolution
from resamend.naming import path
from resamend.numbering import readings
from resamend.reference.recognising import bare, may_mention, mentions
from resamend.reference.values import Mention, Reason, Reference, Scope, Tail
from resamend.words import key_of

_HEADINGS = frozenset({Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX})
_SCOPES = {
    Scope.OPERATIVE: {Kind.OPERATIVE},
    Scope.PREAMBULAR: {Kind.PREAMBULAR},
    Scope.WHOLE: {Kind.PREAMBULAR, Kind.OPERATIVE},
}


class Cited(Struct, frozen=True):
    """Say what a provision is called: its heading's id and the labels that lead to it."""

    head: str
    labels: tuple[str, ...]
    path: str


def references(resolution: Resolution) -> tuple[Reference, ...]:
    """Return the references of a text in its order, each bound or with the reason why not."""
    return references_in(ProvisionIndex(resolution))


def references_in(index: ProvisionIndex) -> tuple[Reference, ...]:
    """Return the references of a text that is indexed already."""
    return tuple(_Binder(index).references())


def cited(index: ProvisionIndex, id: str) -> Cited:
    """Return what a provision is called in a text."""
    chain: list[Provision] = []
    labels: list[str] = []
    head = ""
    node = index.at[id]
    position = index.position(node)
    while node >= 0:
        provision = index.nodes[node]
        chain.append(provision)
        if provision.kind in _HEADINGS and not head:
            head = provision.id
        elif not head and provision.label:
            labels.append(provision.label)
        node = index.parents[node]
    language = index.resolution.language
    return Cited(head, tuple(labels[::-1]), path(chain[::-1], position, language))


_Read = tuple[object, ...]


class _Binder:
    def __init__(self, index: ProvisionIndex) -> None:
        self.index = index
        self.headings: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for node, provision in enumerate(index.nodes):
            if provision.kind in _HEADINGS and bare(provision.text):
                self.headings[_folded(provision.text)].append(node)
        self.labelled: dict[tuple[int, int, int], dict[_Read, list[tuple[int, int]]]] = {}
        """What bears each label in a list, in its order: many references may be to one list."""
        self.notes: dict[frozenset[tuple[object, ...]], list[int]] = defaultdict(list)
        for node, provision in enumerate(index.nodes):
            if provision.kind is Kind.FOOTNOTE:
                self.notes[_reads(provision.label)].append(node)
        self.spoken = tuple(
            dict.fromkeys(bare(index.nodes[n].text) for ns in self.headings.values() for n in ns)
        )

    def references(self) -> Iterator[Reference]:
        for node, provision in enumerate(self.index.nodes):
            if provision.kind in _HEADINGS:
                continue
            if provision.marks or may_mention(provision.text):
                yield from self._in(node, provision)

    def _in(self, node: int, provision: Provision) -> Iterator[Reference]:
        language = self.index.resolution.language
        ranks: Counter[tuple[str, str]] = Counter()
        for mention in mentions(provision.text, provision.marks, self.spoken, language):
            phrase = " ".join(key_of(provision.text[mention.start : mention.end]))
            for reference in self._bound(node, provision, mention):
                key = phrase, " ".join(key_of(reference.label_text))
                yield replace(reference, rank=ranks[key])
                ranks[key] += 1
        yield from self._marks(provision)

    def _marks(self, provision: Provision) -> Iterator[Reference]:
        """Yield the footnote marks that belong to no footnote."""
        notes = sum(child.kind is Kind.FOOTNOTE for child in provision.children)
        marks = [mark for mark in provision.marks if mark.kind == "footnote"]
        for rank, mark in enumerate(marks[notes:]):
            yield Reference(
                at=provision.id,
                start=mark.start,
                end=mark.end,
                phrase=OBJECT,
                rank=rank,
                heading=None,
                labels=(),
                label_text=OBJECT,
                reason=Reason.NO_FOOTNOTE,
            )

    def _bound(self, node: int, provision: Provision, mention: Mention) -> Iterator[Reference]:
        text = provision.text
        lists, reason = self._lists(node, text, mention)
        before: tuple[int, ...] = ()
        phrase = text[mention.start : mention.end]
        for chain in mention.chains:
            labels = [text[start:end] for start, end in chain]
            bound, why = self._chain(lists, labels, before) if lists else ((), reason)
            yield Reference(
                at=provision.id,
                start=mention.start,
                end=mention.end,
                phrase=phrase,
                rank=0,
                heading=mention.heading,
                labels=chain,
                label_text=text[chain[0][0] : chain[-1][1]],
                chain=tuple(self.index.nodes[n].id for n in bound),
                target=self.index.nodes[bound[-1]].id if bound else "",
                reason=None if bound else why,
            )
            before = bound or before

    # -- which list ---------------------------------------------------------------------------

    def _lists(
        self, node: int, text: str, mention: Mention
    ) -> tuple[list[list[int]], Reason | None]:
        """Return the lists in which a mention's labels are to be found, the likeliest first."""
        if mention.heading is None:
            return self._in_scope(node, mention.scope), None
        start, end = mention.heading
        named = self._named(text[start:end])
        if not named:
            return [], Reason.NO_HEADING
        holding = [
            n for n in named if self._chain([self.index.children(n)], _first(text, mention), ())[0]
        ]
        chosen = _directed(holding or named, node, mention.tail)
        if len(chosen) > 1:
            return [], Reason.SEVERAL
        return [self.index.children(chosen[0])], None

    def _in_scope(self, node: int, scope: Scope) -> list[list[int]]:
        """Return the lists in which a reference without a heading looks for its labels."""
        if scope is Scope.AROUND:
            return self._around(node)
        if scope is Scope.NOTES:
            return [[n for nodes in self.notes.values() for n in nodes]]
        headings = sorted(
            n
            for nodes in self.headings.values()
            for n in nodes
            if self.index.nodes[n].kind in _SCOPES[scope]
        )
        return [[child for n in headings for child in self.index.children(n)]]

    def _around(self, node: int) -> list[list[int]]:
        """Return the lists in which a provision stands, from the inmost to its heading's."""
        lists = [self.index.children(node)]
        while node >= 0 and self.index.nodes[node].kind not in _HEADINGS:
            node = self.index.parents[node]
            lists.append(self.index.children(node))
        return lists

    def _named(self, heading: str) -> list[int]:
        """Return the headings called so; or, where there is only one, that which begins so."""
        words = _folded(heading)
        if words in self.headings:
            return self.headings[words]
        longer = [other for other in self.headings if other[: len(words)] == words]
        return [node for other in longer for node in self.headings[other]]

    # -- which provision ----------------------------------------------------------------------

    def _chain(
        self, lists: Sequence[Sequence[int]], labels: Sequence[str], before: Sequence[int]
    ) -> tuple[tuple[int, ...], Reason | None]:
        """Return the provisions that bear some labels, each below the one before.

        After "6 i)", a label "ii)" is first looked for beside i).
        """
        if len(before) > 1 and len(labels) == 1 and labels[0].endswith((")", "）")):
            beside = self._labelled(self.index.children(before[-2]), labels[0])
            if len(beside) == 1:
                return (*before[:-1], beside[0]), None
        reason = Reason.NO_PROVISION
        for children in lists:
            chains: list[tuple[int, ...]] = [()]
            below: Sequence[int] = children
            for label in labels:
                chains = [
                    (*chain, n)
                    for chain in chains
                    for n in self._labelled(
                        self.index.children(chain[-1]) if chain else below, label
                    )
                ]
            if len(chains) == 1:
                return chains[0], None
            if chains:
                reason = Reason.SEVERAL
        return (), reason

    def _labelled(self, children: Sequence[int], label: str) -> list[int]:
        """Return the provisions of a list with a label; those without any are looked through."""
        if not children:
            return []
        key = children[0], children[-1], len(children)
        if key not in self.labelled:
            reading = self.labelled[key] = defaultdict(list)
            for rank, child in enumerate(self._with_labels(children)):
                for read in _reads(self.index.nodes[child].label):
                    reading[read].append((rank, child))
        borne = self.labelled[key]
        return [child for _, child in sorted({pair for r in _reads(label) for pair in borne[r]})]

    def _with_labels(self, children: Sequence[int]) -> Iterator[int]:
        for child in children:
            provision = self.index.nodes[child]
            if provision.label:
                yield child
            elif provision.kind is not Kind.FOOTNOTE:
                yield from self._with_labels(self.index.children(child))


def _folded(heading: str) -> tuple[str, ...]:
    return tuple(key.casefold() for key in key_of(bare(heading)))


def _reads(label: str) -> frozenset[tuple[object, ...]]:
    """Return all that a label can be read as, whatever brackets stand around it."""
    return frozenset((r.style, r.before, r.number, r.suffix) for r in readings(label))


def _first(text: str, mention: Mention) -> list[str]:
    return [text[start:end] for start, end in mention.chains[0]]


def _directed(nodes: Sequence[int], at: int, tail: Tail) -> list[int]:
    """Return, of headings called the same, the nearest in the direction that a mention points."""
    if len(nodes) > 1 and tail is not Tail.NONE:
        above = [n for n in nodes if n < at]
        below = [n for n in nodes if n > at]
        return above[-1:] if tail is Tail.ABOVE else below[:1]
    return list(nodes)
