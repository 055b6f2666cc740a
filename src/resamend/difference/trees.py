"""How one tree of provisions differs from another."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import overload

from msgspec.structs import replace

from resamend.difference.list_gaps import ListPlace, gap_by_label, hunks_at
from resamend.difference.values import (
    Edit,
    Hunk,
    LabelEdit,
    ListEdit,
    ListHunk,
    Respelling,
    TextEdit,
)
from resamend.difference.words import align, hunks_between, hunks_of
from resamend.errors import Contradiction, UsageError
from resamend.matching import Matching, ProvisionIndex, bound, index_of, match
from resamend.matching.rising import longest_rising
from resamend.model import ROOT, Kind, Provision, Resolution, Word, moved
from resamend.numbering import list_renumbered
from resamend.words import join_word, split, split_word


@overload
def diff(
    base: Resolution,
    revised: Resolution,
    moved: frozenset[str] = frozenset(),
    *,
    places: Sequence[ListPlace] = (),
    ids_stand: bool = False,
) -> tuple[Edit, ...]: ...


@overload
def diff(base: str, revised: str) -> TextEdit: ...


def diff(
    base: Resolution | str,
    revised: Resolution | str,
    moved: frozenset[str] = frozenset(),
    *,
    places: Sequence[ListPlace] = (),
    ids_stand: bool = False,
) -> tuple[Edit, ...] | TextEdit:
    """Return the edits that turn a base into a revised text, in the order of the base.

    Two strings are compared word by word, as the texts of one provision.

    Where two provisions have changed places, either may have moved: of ways that are equally short,
    that is taken in which ``moved`` provisions of the base move; ``places`` says where something
    was put that has struck provisions beside it. ``ids_stand`` says that one id is
    one provision in both. Raises ``Contradiction`` when the two are in different languages: French
    is never compared with English.
    """
    if isinstance(base, str) and isinstance(revised, str):
        return TextEdit("", *hunks_of(split(base), split(revised)))
    if isinstance(base, str) or isinstance(revised, str):
        raise UsageError(
            "a string and a resolution are not compared",
            advice="Give two strings, or two resolutions.",
            code="wrong-type",
        )
    if base.language is not revised.language:
        raise Contradiction(
            f"a text in {revised.language} is not compared with one in {base.language}",
            advice="Give two texts in one language; `language=` says in which a text is read.",
            code="other-language",
        )
    before, after = index_of(base), ProvisionIndex(revised)
    matching = match(before, after, ids_stand=ids_stand)
    return _Differ(before, after, matching, moved, places).edits()


class _Differ:
    def __init__(
        self,
        base: ProvisionIndex,
        revised: ProvisionIndex,
        matching: Matching,
        moved: frozenset[str],
        places: Sequence[ListPlace],
    ) -> None:
        self.moved = moved
        self.places = places
        self.base = base
        self.revised = revised
        self.matching = matching
        self.continued = {rest for rests in matching.splits.values() for rest in rests}
        self.used: Counter[str] = Counter()
        self.odd: list[Edit] = []

    def edits(self) -> tuple[Edit, ...]:
        """Return all edits: of each base provision its text, then its list."""
        to_revised = self.matching.to_revised
        edits = self._list(-1, -1)
        joined, texts, lists = self._joined_texts(), self._changed_texts(), self._changed_lists()
        for b in sorted({*joined, *texts, *lists}):
            if b in texts:
                edits += self._text(b, to_revised[b])
            if b in lists:
                edits += self._list(b, to_revised[b])
            edits += joined.get(b, ())
        return (*edits, *self.odd)

    def _changed_lists(self) -> set[int]:
        """Return the base nodes that stay and whose list, or a label in it, may have changed.

        Where all below a node is matched in the same order and nesting, with the same labels, it is
        passed over at once.
        """
        base, revised = self.base, self.revised
        to_base, to_revised = self.matching.to_base, self.matching.to_revised
        order = [*range(len(base.nodes))]
        changed: set[int] = set()
        passed = 0
        for b in sorted({*base.hosts, *(to_base[t] for t in revised.hosts)}):
            t = to_revised[b] if b >= passed else -1
            if t < 0:
                continue
            old, new = slice(b + 1, b + base.spans[b]), slice(t + 1, t + revised.spans[t])
            if (
                base.spans[old] == revised.spans[new]
                and to_base[new] == order[old]
                and base.labels[old] == revised.labels[new]
            ):
                passed = old.stop
            else:
                changed.add(b)
        return changed

    # -- text ---------------------------------------------------------------------------------

    def _changed_texts(self) -> set[int]:
        """Return the base nodes that stay and whose text may have changed."""
        to_base, to_revised = self.matching.to_base, self.matching.to_revised
        olds, news = self.base.node_texts, self.revised.node_texts
        changed = {b for b, t in enumerate(to_revised) if t >= 0 and olds[b] is not news[t]}
        changed.update(self.matching.splits, self.matching.joins)
        changed.update(b for b in self.base.marked if to_revised[b] >= 0)
        changed.update(to_base[t] for t in self.revised.marked)
        changed.discard(-1)
        return changed

    def _text(self, b: int, t: int) -> list[Edit]:
        old, new = self.base.nodes[b], self.revised.nodes[t]
        divided = b in self.matching.splits or b in self.matching.joins
        if not divided and not old.marks and not new.marks:
            if old.text == new.text:
                return []
            words, starts = self.base.pieces(b), self.base.starts(b)
            return _text_edit(old.id, *hunks_between(old.text, new.text, words, starts))
        notes = any(mark.kind == "footnote" for mark in old.marks)
        if not divided and not notes and old.text == new.text and old.marks == new.marks:
            return []
        return _text_edit(old.id, *hunks_of(self.base.words(b), self._target_words(b, t)))

    def _target_words(self, b: int, t: int) -> tuple[Word, ...]:
        """Return the words that the base provision ends up with, splits and joins among them."""
        words = self._words(t)
        for rest in self.matching.splits.get(b, ()):
            label = self.revised.nodes[rest].label
            words = (*words, split_word(label), *self._words(rest))
        if b not in self.matching.joins:
            return words
        joined: tuple[Word, ...] = ()
        for node, part in self._parts(b, words):
            joined += part if node == b else (join_word(self.base.nodes[node].id),)
        return joined

    def _words(self, t: int) -> tuple[Word, ...]:
        """Return a revised provision's words, its footnotes named by what they are in the base."""
        provision = self.revised.nodes[t]
        if not provision.marks:
            return split(provision.text)
        ids = []
        for child in self.revised.children(t):
            if self.revised.nodes[child].kind is Kind.FOOTNOTE:
                b = self.matching.to_base[child]
                ids.append(self.base.nodes[b].id if b >= 0 else content(self.revised.nodes[child]))
        return bound(provision, ids)

    def _cut(self, b: int, q: int, words: tuple[Word, ...]) -> tuple[int, int]:
        """Return which of two joined provisions comes first, and where its words end."""
        orders = []
        for first, second in ((min(b, q), max(b, q)), (max(b, q), min(b, q))):
            border = len(self.base.words(first))
            both = [word.key for word in self.base.words(first) + self.base.words(second)]
            pairs = align(both, [word.key for word in words])
            cut = next((y for x, y in pairs if x >= border), len(words))
            orders.append((len(pairs), first, cut))
        return max(orders, key=lambda option: option[0])[1:]

    def _joined_texts(self) -> dict[int, list[Edit]]:
        """Return, for each base provision joined into another, how its own words changed."""
        edits: dict[int, list[Edit]] = {}
        for b in self.matching.joins:
            words = self._words(self.matching.to_revised[b])
            for q, mine in self._parts(b, words):
                if q != b:
                    id = self.base.nodes[q].id
                    edits[q] = _text_edit(id, *hunks_of(self.base.words(q), mine))
        return edits

    def _parts(self, b: int, words: tuple[Word, ...]) -> list[tuple[int, tuple[Word, ...]]]:
        """Return which words of a joined text come from which of those joined, in its order."""
        joined = self.matching.joins[b]
        if len(joined) == 1:
            first, cut = self._cut(b, joined[0], words)
            last = joined[0] if first == b else b
            return [(first, words[:cut]), (last, words[cut:])]
        nodes = sorted((b, *joined))
        borders = list(accumulate(len(self.base.words(node)) for node in nodes))
        every = [word.key for node in nodes for word in self.base.words(node)]
        pairs = align(every, [word.key for word in words])
        cuts = [next((y for x, y in pairs if x >= border), len(words)) for border in borders[:-1]]
        return [
            (node, words[start:end])
            for node, start, end in zip(nodes, [0, *cuts], [*cuts, len(words)], strict=True)
        ]

    # -- lists --------------------------------------------------------------------------------

    def _list(self, b: int, t: int) -> list[Edit]:
        """Return how the children of a provision changed: its list, then their labels."""
        old, new = self.base.children(b), self.revised.children(t)
        to_base, olds, news = self.matching.to_base, self.base.nodes, self.revised.nodes
        if [to_base[n] for n in new] == old:
            if [olds[n].label for n in old] == [news[n].label for n in new]:
                return []
            hunks: tuple[ListHunk, ...] = ()
        else:
            hunks = self._list_hunks(b, old, [n for n in new if n not in self.continued])
        again, exceptions = self._labels(new)
        edits: list[Edit] = []
        if hunks or again:
            id = self.base.nodes[b].id if b >= 0 else ROOT
            edits.append(ListEdit(id, hunks, again))
        return edits + exceptions

    def _list_hunks(self, b: int, old: list[int], new: list[int]) -> tuple[ListHunk, ...]:
        to_base, parents = self.matching.to_base, self.base.parents
        place = {o: x for x, o in enumerate(old)}
        stay = [
            (place[to_base[n]], y)
            for y, n in enumerate(new)
            if to_base[n] >= 0 and parents[to_base[n]] == b
        ]
        named = [self.base.nodes[old[x]].label == self.revised.nodes[new[y]].label for x, y in stay]
        if self.moved:
            kept = [self.base.nodes[old[x]].id not in self.moved for x, _ in stay]
            named = named if all(kept) else kept
        hunks: list[ListHunk] = []
        x = y = 0
        for nx, ny in [*longest_rising(stay, named), (len(old), len(new))]:
            if nx > x or ny > y:
                gone = [self.base.nodes[o] for o in old[x:nx]]
                ahead = self.base.nodes[old[x - 1]].id if x else ""
                gaps = [x + self._gap(n, gone, ahead) for n in new[y:ny]]
                items = list(map(self._item, new[y:ny]))
                hunks += hunks_at(x, [struck.id for struck in gone], items, gaps)
            x, y = nx + 1, ny + 1
        return tuple(hunks)

    def _gap(self, t: int, struck: Sequence[Provision], ahead: str) -> int:
        """Return before which of what is struck around it something stands; after all by itself."""
        b = self.matching.to_base[t]
        provision = self.revised.nodes[t]
        name = self.base.nodes[b].id if b >= 0 else content(provision) if self.places else ""
        afters = [place.after for place in self.places if place.provision == name]
        siblings = (ahead, *(gone.id for gone in struck)) if afters else ()
        for rank, sibling in enumerate(siblings):
            if sibling in afters:
                return rank
        return len(struck) if b >= 0 else gap_by_label(provision.label, struck)

    def _item(self, t: int) -> Provision:
        b = self.matching.to_base[t]
        return moved(self.base.nodes[b].id) if b >= 0 else self._added(t)

    def _added(self, t: int) -> Provision:
        children = [c for c in self.revised.children(t) if c not in self.continued]
        self.odd += [
            LabelEdit(self.base.nodes[b].id, self.revised.nodes[c].label, self.base.nodes[b].label)
            for c in children
            if (b := self.matching.to_base[c]) >= 0
            and self.base.nodes[b].label != self.revised.nodes[c].label
        ]
        provision = self.revised.nodes[t]
        if children or provision.children:
            provision = replace(provision, children=tuple(map(self._item, children)))
        return replace(provision, id=self._free_id(content(provision)))

    def _free_id(self, id: str) -> str:
        """Return an id that neither the base nor an addition before has."""
        while True:
            self.used[id] += 1
            free = id if self.used[id] == 1 else f"{id}-{self.used[id]}"
            if free not in self.base.at:
                return free

    def _labels(self, new: list[int]) -> tuple[bool, list[Edit]]:
        """Tell whether a list is numbered anew, and which labels neither rule explains."""
        now = [self.revised.nodes[n].label for n in new]
        origins = [self.matching.to_base[n] for n in new]
        kept = [
            self.base.nodes[b].label if b >= 0 else label
            for b, label in zip(origins, now, strict=True)
        ]
        if now == kept:
            return False, []
        automatic = list_renumbered([self.revised.nodes[n] for n in new], kept)
        by_base = [k for k, b in enumerate(origins) if b >= 0 and now[k] != kept[k]]
        by_rule = [k for k, b in enumerate(origins) if b >= 0 and now[k] != automatic[k]]
        again = len(by_rule) < len(by_base)
        odd = by_rule if again else by_base
        return again, [
            LabelEdit(self.base.nodes[origins[k]].id, now[k], self.base.nodes[origins[k]].label)
            for k in odd
        ]


def _text_edit(id: str, hunks: tuple[Hunk, ...], variants: tuple[Respelling, ...]) -> list[Edit]:
    return [TextEdit(id, hunks, variants)] if hunks or variants else []


def content(provision: Provision) -> str:
    """Return an id made from all that a provision says but its own label.

    Two states that add the same provision so give it the same id.
    """
    return f"new_{hashlib.sha256(repr(_stated(provision)).encode()).hexdigest()[:12]}"


_RANKED = re.compile(r"(new_[0-9a-f]{12})-[0-9]+")


def unranked(id: str) -> str:
    """Return the id that says what an addition says, without the rank among equal ones.

    >>> unranked("new_3d56d713a30a-2"), unranked("dvs_1__para_1-2")
    ('new_3d56d713a30a', 'dvs_1__para_1-2')
    """
    ranked = _RANKED.fullmatch(id)
    return ranked[1] if ranked else id


def _stated(provision: Provision) -> tuple[object, ...]:
    marks = tuple((m.start, m.end, m.kind, m.value) for m in provision.marks)
    below = tuple((child.label, *_stated(child)) for child in provision.children)
    return (provision.kind.value, provision.text, marks, below)
