"""Index a resolution: its provisions numbered in the order of the text."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate

from resamend.matching.rarity import WordWeights
from resamend.model import ROOT, Kind, Provision, Resolution, Word
from resamend.words import LONG, bare, key_of, pieces, plain_words, split

_NONE: list[int] = []


class ProvisionIndex:
    """Index a resolution by position, id and text. Node -1 is the super-root."""

    def __init__(self, resolution: Resolution) -> None:
        self.resolution = resolution
        self.nodes: list[Provision] = []
        self.parents: list[int] = []
        self.spans: list[int] = []
        """How many nodes each is with all below it, which are the next ones."""
        self._children: list[list[int]] = []
        self.top = self._visit(resolution.provisions, -1)
        self.places: dict[int, str] = {}
        """What delegates call a node, once it has been asked for."""
        self.names: set[str] = set()
        """What they call any node, once it has been asked whether one is called so."""
        self._words: dict[int, tuple[Word, ...]] = {}
        self._pieces: dict[int, list[str]] = {}
        self._starts: dict[int, list[int]] = {}

    def _visit(self, provisions: tuple[Provision, ...], parent: int) -> list[int]:
        """Number provisions and all below them in the order of the text."""
        nodes, numbers = self.nodes, []
        for provision in provisions:
            number = len(nodes)
            numbers.append(number)
            nodes.append(provision)
            self.parents.append(parent)
            self._children.append(_NONE)
            self.spans.append(1)
            if provision.children:
                self._children[number] = self._visit(provision.children, number)
                self.spans[number] = len(nodes) - number
        return numbers

    def above(self, node: int) -> Iterator[int]:
        """Yield what a node is in, the nearest first."""
        node = self.parents[node] if node >= 0 else -1
        while node >= 0:
            yield node
            node = self.parents[node]

    @cached_property
    def at(self) -> dict[str, int]:
        """Map each id to its node."""
        return {provision.id: number for number, provision in enumerate(self.nodes)}

    @cached_property
    def by_text(self) -> dict[tuple[Kind, str], list[int]]:
        """Map each text, without its typography, to the nodes that hold it, in order."""
        by_text: dict[tuple[Kind, str], list[int]] = defaultdict(list)
        for number, provision in enumerate(self.nodes):
            by_text[provision.kind, bare(provision.text)].append(number)
        return by_text

    @cached_property
    def node_texts(self) -> list[str]:
        """Return the text of each node."""
        return [provision.text for provision in self.nodes]

    @cached_property
    def weights(self) -> WordWeights:
        """Return how much each word says about which of these provisions a text is."""
        return WordWeights(self.node_texts)

    @cached_property
    def labels(self) -> list[str]:
        """Return the label of each node."""
        return [provision.label for provision in self.nodes]

    @cached_property
    def hosts(self) -> list[int]:
        """Return the nodes that have others below them."""
        return [number for number, span in enumerate(self.spans) if span > 1]

    @cached_property
    def marked(self) -> list[int]:
        """Return the nodes that have marks."""
        return [number for number, provision in enumerate(self.nodes) if provision.marks]

    @cached_property
    def alone(self) -> dict[str, int]:
        """Map each text that occurs once to the node that holds it."""
        alone = dict(zip(self.node_texts, range(len(self.node_texts)), strict=True))
        for text in (*self.repeated, ""):
            alone.pop(text, None)
        return alone

    @cached_property
    def repeated(self) -> set[str]:
        """Return the texts that occur more than once."""
        if len(set(self.node_texts)) == len(self.node_texts):
            return set()
        return {text for text, times in Counter(self.node_texts).items() if times > 1}

    @cached_property
    def digest(self) -> str:
        """Return the sha256 of all that the text says: ids, labels, text, marks, structure."""
        rows = [self.resolution.language.value]
        for provision, parent in zip(self.nodes, self.parents, strict=True):
            marks = ";".join([f"{m.start},{m.end},{m.kind},{m.value}" for m in provision.marks])
            above = self.nodes[parent].id if parent >= 0 else ROOT
            parts = (above, provision.id, provision.kind, provision.label, provision.text, marks)
            rows += ("\x1f".join(parts), "\x1e")
        return hashlib.sha256("".join(rows).encode()).hexdigest()

    def children(self, node: int) -> list[int]:
        """Return the nodes below a node, in order."""
        return self._children[node] if node >= 0 else self.top

    def position(self, node: int) -> int:
        """Return the place of a node among its siblings, which are numbered in order."""
        return bisect_left(self.children(self.parents[node]), node)

    def words(self, node: int) -> tuple[Word, ...]:
        """Return the words of a node, its footnotes' marks named by the ids of its footnotes."""
        if node not in self._words:
            provision = self.nodes[node]
            if provision.marks:
                words = bound(provision, [child.id for child in footnotes(provision)])
            else:
                words = plain_words(self.pieces(node))
            self._words[node] = words
        return self._words[node]

    def part(self, node: int, start: int, end: int) -> tuple[Word, ...]:
        """Return the words [start, end) of a node; of a long text no others are made."""
        if node in self._words or self.nodes[node].marks:
            return self.words(node)[start:end]
        return plain_words(self.pieces(node)[start:end])

    def texts(self, node: int) -> list[str]:
        """Return the texts of the words of a node."""
        if self.nodes[node].marks:
            return [word.text for word in self.words(node)]
        return self.pieces(node)

    def pieces(self, node: int) -> list[str]:
        """Return the texts of the words of a node without marks."""
        if node not in self._pieces:
            self._pieces[node] = pieces(self.nodes[node].text)
        return self._pieces[node]

    def starts(self, node: int) -> list[int]:
        """Return where each word of a node without marks begins, and the text's length."""
        if node not in self._starts:
            self._starts[node] = list(accumulate(map(len, self.pieces(node)), initial=0))
        return self._starts[node]

    def bag(self, node: int) -> Counter[str]:
        """Return how often each word occurs in a node."""
        text = self.nodes[node].text
        return _bag(text) if len(text) <= LONG else Counter(key_of(text))

    def size(self, node: int) -> int:
        """Return the number of words in a node."""
        return len(key_of(self.nodes[node].text))


@lru_cache(maxsize=1 << 10)
def _bag(text: str) -> Counter[str]:
    """Count the words of a text, the same for every tree that it stands in."""
    return Counter(key_of(text))


def footnotes(provision: Provision) -> list[Provision]:
    """Return the footnotes of a provision, in the order of their marks."""
    return [child for child in provision.children if child.kind is Kind.FOOTNOTE]


def bound(provision: Provision, ids: Sequence[str]) -> tuple[Word, ...]:
    """Split a provision's text, the n-th footnote mark named by the n-th id."""
    marks = provision.marks
    if any(mark.kind == "footnote" for mark in marks):
        names = iter(ids)
        marks = tuple(
            type(mark)(mark.start, mark.end, mark.kind, next(names, ""))
            if mark.kind == "footnote"
            else mark
            for mark in marks
        )
    return split(provision.text, marks)


_last: list[ProvisionIndex] = []


def index_of(resolution: Resolution) -> ProvisionIndex:
    """Index a resolution; the base, asked for again and again, is indexed once."""
    for place, index in enumerate(_last):
        if index.resolution is resolution:
            if place:
                _last.insert(0, _last.pop(place))
            return index
    index = ProvisionIndex(resolution)
    _last[:] = [index, *_last[:1]]
    return index
