"""Match the provisions of a revised text with those of its base."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache

from resamend.matching.dividing import DIVISIBLE, find_joins, find_splits
from resamend.matching.in_place import IN_PLACE, count_crossed, pair_in_place
from resamend.matching.pairs import Matching, Pairs, similarity
from resamend.matching.provision_index import ProvisionIndex
from resamend.model import Kind
from resamend.numbering import unbracketed
from resamend.words import LONG, bare, common_ends, key_of

SIMILAR = 0.5
"""Least likeness of two texts that are one provision anywhere under one parent."""
SAME_ENDS = 0.7
"""Share of a text, at its beginning and end, that is enough to know it by, at its place."""
MOVED_SIMILAR = 0.55
"""The same for two texts at different parents."""
SHORT_SIMILAR = 0.2
"""Share of all words in common of two short texts with one label at one place."""
MOVED_WORDS = 6
"""Fewer words than this are not recognised at another parent once edited."""
_MAX_PAIRS = 250_000
"""More candidate pairs than this under one parent are not compared word by word."""
_ONE_EACH = frozenset({Kind.RESOLUTION, Kind.NUMBER, Kind.TITLE, Kind.ENACTING})
_GROUPS = frozenset({Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX, Kind.TABLE, Kind.ROW})


def match(base: ProvisionIndex, revised: ProvisionIndex, *, ids_stand: bool = False) -> Matching:
    """Match the provisions of a revised text with those of its base.

    ``ids_stand`` says that both were made from one text, so that one id is one provision.
    """
    matcher = _Matcher(base, revised)
    if ids_stand:
        matcher.same_id()
    matcher.singletons()
    matcher.texts_alone()
    matcher.same_place()
    matcher.same_id_and_text()
    matcher.same_text()
    matcher.groups()
    matcher.below_matched()
    matcher.moved_and_edited()
    matcher.same_label(lambda label: label)
    matcher.same_label(unbracketed)
    matcher.below_matched()  # as the footnotes of what moved and was edited
    splits = find_splits(matcher, matcher.left)
    joins = find_joins(matcher, splits)
    return Matching(matcher.to_base, matcher.to_revised, splits, joins)


def _same(old: str, new: str) -> bool:
    """Tell whether two texts differ in typography at most."""
    return old == new or bare(old) == bare(new)


class _Matcher(Pairs):
    """Match step by step: what is surest first."""

    def __init__(self, base: ProvisionIndex, revised: ProvisionIndex) -> None:
        super().__init__(base, revised)
        self.left: list[int] = []
        self.compared: set[int] = set()
        """The matched parents whose children were compared already."""
        self.unlike: set[tuple[int, int]] = set()
        """Pairs with one label of which the texts are not one."""

    def same_id(self) -> None:
        """Match what bears one id, whatever it says."""
        for t, provision in enumerate(self.revised.nodes):
            b = self.base.at.get(provision.id, -1)
            if b >= 0 and self.free(b, t):
                self.pair(b, t)

    def singletons(self) -> None:
        """Match the resolution, its number line, title and enacting clause, whatever they say."""
        self._in_order(self.base.top, self.revised.top, _ONE_EACH)
        for b, t in self._matched_tops():
            self._in_order(self.base.children(b), self.revised.children(t), _ONE_EACH)

    def _matched_tops(self) -> list[tuple[int, int]]:
        return [(self.to_base[t], t) for t in self.revised.top if self.to_base[t] >= 0]

    def _in_order(self, bs: Iterable[int], ts: Iterable[int], kinds: frozenset[Kind]) -> None:
        """Pair the first free provision of each kind on one side with the first on the other."""
        first: dict[Kind, int] = {}
        for b in bs:
            if self.base.nodes[b].kind in kinds and self.to_revised[b] < 0:
                first.setdefault(self.base.nodes[b].kind, b)
        for t in ts:
            b = first.get(self.revised.nodes[t].kind, -1)
            if b >= 0 and self.free(b, t):
                self.pair(b, t)

    def texts_alone(self) -> None:
        """Match texts that occur once on each side: whatever is asked first, it finds these."""
        to_base, to_revised = self.to_base, self.to_revised
        olds, news = self.base.nodes, self.revised.nodes
        texts = self.revised.node_texts
        twice = self.revised.repeated
        for t, b in enumerate(map(self.base.alone.get, texts)):
            if b is None or to_base[t] >= 0 or to_revised[b] >= 0 or texts[t] in twice:
                continue
            kind = olds[b].kind
            if kind is news[t].kind and kind is not Kind.FOOTNOTE:
                to_base[t] = b
                to_revised[b] = t

    def same_place(self) -> None:
        """Match the children of matched parents that are equal from the first or the last on."""
        parents = self.revised.parents
        waiting = {parents[t] for t, b in enumerate(self.to_base) if b < 0}
        stack = [t for t in waiting if t >= 0 and self.to_base[t] >= 0]
        while stack:
            t = stack.pop()
            bs, ts = self.base.children(self.to_base[t]), self.revised.children(t)
            same = self._run(bs, ts, stack)
            if same < min(len(bs), len(ts)):
                self._run(bs[same:][::-1], ts[same:][::-1], stack)
        self.left = [t for t, b in enumerate(self.to_base) if b < 0]

    def _run(self, bs: list[int], ts: list[int], stack: list[int]) -> int:
        """Match two lists as far as their texts are equal, and return how far that is."""
        olds, news = self.base.nodes, self.revised.nodes
        to_base, to_revised = self.to_base, self.to_revised
        partners = [to_base[t] for t in ts]
        length = partners.index(-1) if -1 in partners else len(partners)
        if partners[:length] != bs[:length]:
            pairs = enumerate(zip(partners, bs, strict=False))
            length = next((k for k, (b, other) in pairs if b != other), len(bs))
        for b, t in zip(bs[length:], ts[length:], strict=False):
            old, new = olds[b], news[t]
            if to_base[t] != b:
                if not self.free(b, t) or not _same(old.text, new.text):
                    break
                if old.kind in _GROUPS and not self._one_group(b, t):
                    break
                to_base[t] = b
                to_revised[b] = t
                if old.children and new.children:
                    stack.append(t)
            length += 1
        return length

    def _one_group(self, b: int, t: int) -> bool:
        """Tell whether two groups with one heading are the same one, where headings repeat."""
        old, new = self.base.nodes[b], self.revised.nodes[t]
        if len(self.base.by_text[old.kind, bare(old.text)]) == 1:
            return True
        texts = {bare(child.text) for child in old.children}
        return any(bare(child.text) in texts for child in new.children)

    def same_id_and_text(self) -> None:
        at, nodes = self.base.at, self.base.nodes
        for t in self.left:
            provision = self.revised.nodes[t]
            b = at.get(provision.id, -1)
            if b >= 0 and _same(provision.text, nodes[b].text) and self.free(b, t):
                if provision.kind in _GROUPS and not self._one_group(b, t):
                    continue
                if provision.kind is Kind.FOOTNOTE and not self._same_parent(b, t):
                    continue
                self.pair(b, t)

    def _same_parent(self, b: int, t: int) -> bool:
        parent = self.revised.parents[t]
        return (self.to_base[parent] if parent >= 0 else -1) == self.base.parents[b]

    def same_text(self) -> None:
        """Match texts that occur once on each side, then repeated ones by parent and order."""
        left: dict[tuple[Kind, str], list[int]] = defaultdict(list)
        for t in self.left:
            provision = self.revised.nodes[t]
            if self.to_base[t] < 0 and provision.text and provision.kind is not Kind.FOOTNOTE:
                left[provision.kind, bare(provision.text)].append(t)
        repeated: list[tuple[list[int], list[int]]] = []
        for text, ts in left.items():
            bs = [b for b in self.base.by_text.get(text, ()) if self.to_revised[b] < 0]
            if text[0] in _GROUPS and len(self.base.by_text.get(text, ())) > 1:
                continue  # a heading that repeats is told by the items under it
            if len(bs) == 1 and len(ts) == 1:
                self.pair(bs[0], ts[0])
            elif bs:
                repeated.append((bs, ts))
        for bs, ts in repeated:
            for t in ts:
                parent = self.parent_of(t)
                b = next((b for b in bs if self.free(b, t) and self.base.parents[b] == parent), -1)
                if b >= 0:
                    self.pair(b, t)
        for bs, ts in repeated:
            for t in ts:
                b = next((b for b in bs if self.free(b, t)), -1)
                if b >= 0:
                    self.pair(b, t)

    def groups(self) -> None:
        """Match a heading by the items under it, when its own words do not tell."""
        for t in reversed(self.left):
            if self.to_base[t] >= 0 or self.revised.nodes[t].kind not in _GROUPS:
                continue
            votes = Counter(
                self.base.parents[self.to_base[child]]
                for child in self.revised.children(t)
                if self.to_base[child] >= 0
            )
            for b, _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
                if b >= 0 and self.free(b, t):
                    self.pair(b, t)
                    break

    def below_matched(self) -> None:
        """Match what is left under each parent matched by now by the words in common."""
        while parents := self._not_compared():  # each match below may open a further parent
            self.compared |= parents
            for t in sorted(parents):
                b = self.to_base[t] if t >= 0 else -1
                self._siblings(self.base.children(b), self.revised.children(t))

    def _not_compared(self) -> set[int]:
        parents = {self.revised.parents[t] for t in self.left if self.to_base[t] < 0}
        return {t for t in parents - self.compared if t < 0 or self.to_base[t] >= 0}

    def _siblings(self, all_bs: list[int], all_ts: list[int]) -> None:
        to_base, to_revised = self.to_base, self.to_revised
        bs = [b for b in all_bs if to_revised[b] < 0]
        if not bs:
            return
        self._by_edges(all_bs, all_ts)
        bs = [b for b in bs if to_revised[b] < 0]
        ts = [t for t in all_ts if to_base[t] < 0]
        if not bs or not ts:
            return
        if len(bs) * len(ts) <= _MAX_PAIRS:
            self._by_likeness(bs, ts)
            pair_in_place(self, all_bs, all_ts)
        notes = frozenset({Kind.FOOTNOTE})
        left, right = self._kinds(self.base, bs, notes), self._kinds(self.revised, ts, notes)
        for b, t in zip(left, right, strict=False):
            if self.free(b, t):
                self.pair(b, t)

    def _by_edges(self, bs: list[int], ts: list[int]) -> None:
        """Pair what stands in one order between matched siblings and is mostly equal at its ends.

        That finds nearly all edited provisions without looking at their words.
        """
        place = {b: number for number, b in enumerate(bs)}
        to_base = self.to_base
        ahead = 0
        for t in ts:
            b = to_base[t]
            if b >= 0:
                ahead = max(ahead, place.get(b, -1) + 1)
            elif ahead < len(bs) and self.free(bs[ahead], t) and self._same_ends(bs[ahead], t):
                self.pair(bs[ahead], t)
                ahead += 1

    def _same_ends(self, b: int, t: int) -> bool:
        old, new = bare(self.base.nodes[b].text), bare(self.revised.nodes[t].text)
        return sum(common_ends(old, new)) >= SAME_ENDS * max(len(old), len(new))

    def _kinds(self, side: ProvisionIndex, nodes: list[int], kinds: frozenset[Kind]) -> list[int]:
        matched = self.to_revised if side is self.base else self.to_base
        return [node for node in nodes if side.nodes[node].kind in kinds and matched[node] < 0]

    def _by_likeness(self, bs: list[int], ts: list[int]) -> None:
        """Pair the likest first; among equals, those that stand in like places."""
        scored = [
            (-likeness, abs(x - y), b, t)
            for x, b in enumerate(bs)
            for y, t in enumerate(ts)
            if self.free(b, t) and (likeness := self.likeness(b, t, SIMILAR)) >= SIMILAR
        ]
        for _, _, b, t in sorted(scored):
            if self.free(b, t):
                self.pair(b, t)

    def moved_and_edited(self) -> None:
        """Match edited texts at different parents by runs of three words they share."""
        bs = self._long(self.base, [b for b, t in enumerate(self.to_revised) if t < 0])
        ts = self._long(self.revised, [t for t in self.left if self.to_base[t] < 0]) if bs else []
        if not ts:
            return
        base_runs: set[tuple[str, ...]] = set()
        base_runs.update(*(_shingles(self.base.nodes[b].text) for b in bs))
        candidates = [(t, _shingles(self.revised.nodes[t].text)) for t in ts]
        candidates = [(t, runs) for t, runs in candidates if not base_runs.isdisjoint(runs)]
        if not candidates:
            return
        shingles: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for b in bs:
            for shingle in _shingles(self.base.nodes[b].text):
                shingles[shingle].append(b)
        scored = []
        for t, runs in candidates:
            shared = Counter(b for run in runs for b in shingles.get(run, ())[:8])
            for b, _ in shared.most_common(8):
                old, new = self.base.nodes[b].text, self.revised.nodes[t].text
                likeness = self.base.weights.likeness(old, new)
                if likeness >= MOVED_SIMILAR:
                    scored.append((-likeness, b, t))
        for _, b, t in sorted(scored):
            if self.free(b, t):
                self.pair(b, t)

    def _long(self, side: ProvisionIndex, nodes: list[int]) -> list[int]:
        return [
            node
            for node in nodes
            if side.nodes[node].kind in DIVISIBLE and side.size(node) >= MOVED_WORDS
        ]

    def same_label(self, read: Callable[[str], str]) -> None:
        """Match what bears one label, so read, at one place; not if it says hardly the same.

        What has no label is told by its place only where it is no text of its own: a table's cell.
        """
        bearers: dict[int, dict[str, list[int]]] = {}
        for t in self.left:
            provision, parent = self.revised.nodes[t], self.parent_of(t)
            if self.to_base[t] >= 0 or parent < -1 or provision.kind is Kind.FOOTNOTE:
                continue
            if not provision.label and provision.kind in DIVISIBLE:
                continue
            if parent not in bearers:  # by label, and by id after a line's end
                bearers[parent] = defaultdict(list)
                for b in self.base.children(parent):
                    bearers[parent][read(self.base.nodes[b].label)].append(b)
                    bearers[parent][f"\n{self.base.nodes[b].id}"].append(b)
            key = read(provision.label) if provision.label else f"\n{provision.id}"
            for b in bearers[parent].get(key, ()):
                if (b, t) in self.unlike or not self.free(b, t):
                    continue
                if self._alike(b, t):
                    self.pair(b, t)
                    break
                self.unlike.add((b, t))  # what lies crosswise now does so later, too

    def _alike(self, b: int, t: int) -> bool:
        """Tell whether two texts with one label are one, nothing that stays lying crosswise.

        Of a few words, all that say something may well be others: any in common will do.
        """
        if max(self.base.size(b), self.revised.size(t)) < MOVED_WORDS:
            share, enough = similarity(self.base.bag(b), self.revised.bag(t)), SHORT_SIMILAR
        else:
            share, enough = self.likeness(b, t, 0), IN_PLACE
            if share >= SIMILAR:
                return True
        return share >= enough and not count_crossed(self, b, t)


def _shingles(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the runs of three words in a text, each once, in the order of the text."""
    return _runs(text) if len(text) <= LONG else _runs.__wrapped__(text)


@lru_cache(maxsize=1 << 10)
def _runs(text: str) -> tuple[tuple[str, ...], ...]:
    keys = key_of(text)
    return tuple(dict.fromkeys(zip(keys, keys[1:], keys[2:], strict=False)))
