"""Say how a revised text differs from its base, as edits anchored on the base.

A text is a sequence of words, a list of provisions a sequence of ids; one algebra serves both.
Word k of the base stands between gap k and gap k+1. A *hunk* replaces the words [start, end) by
others; with start == end it only inserts. In normal form hunks are sorted, at least one kept word
stands between two of them, and none is empty.

``diff`` is a pure function of its two texts, so two states that made the same change get the same
hunk: what is equal at both ends is set aside, words that occur once on each side anchor the rest,
the longest common subsequence fills small gaps, and pure insertions and deletions slide to the
left as far as they go. Sizes bound the work, never the clock.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from resamend.matching import Matching, Tree, bound, match, tree
from resamend.model import ROOT, Kind, Provision, Resolution, Word, moved
from resamend.numbering import renumbered
from resamend.words import join_word, split, split_word, starts

__all__ = [
    "Edit",
    "Hunk",
    "LabelEdit",
    "ListEdit",
    "ListHunk",
    "TextEdit",
    "Variant",
    "align",
    "content",
    "diff",
    "hunks_of",
]

BLOCK = 100_000_000
"""Largest product of two lengths that is searched for a longest common subsequence."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Replace the base words [start, end), which read ``old``, by ``words``."""

    start: int
    end: int
    words: tuple[Word, ...]
    old: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """Print the kept base word ``at`` otherwise: typography or formatting."""

    at: int
    word: Word


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Amend the text of the provision ``target``."""

    target: str
    hunks: tuple[Hunk, ...] = ()
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True)
class ListHunk:
    """Take the children ``gone`` at [start, end) out of a list and put ``items`` in their place.

    An item is an added provision, or ``moved(id)``. A child that is gone and stands nowhere else
    is suppressed.
    """

    start: int
    end: int
    gone: tuple[str, ...]
    items: tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class ListEdit:
    """Amend the children of ``target``; ``renumbered`` says that the list is numbered anew."""

    target: str
    hunks: tuple[ListHunk, ...] = ()
    renumbered: bool = False


@dataclass(frozen=True, slots=True)
class LabelEdit:
    """Give ``target`` a label that neither the base nor automatic numbering gives it."""

    target: str
    label: str
    old: str = ""


Edit = TextEdit | ListEdit | LabelEdit


def diff(base: Resolution, revised: Resolution) -> tuple[Edit, ...]:
    """Return the edits that turn a base into a revised text, in the order of the base.

    Raises ``ValueError`` when the two are in different languages: French is never compared with
    English.
    """
    if base.language is not revised.language:
        raise ValueError(f"{base.language} and {revised.language} are two texts")
    before, after = tree(base), Tree(revised)
    return _Differ(before, after, match(before, after)).edits()


class _Differ:
    def __init__(self, base: Tree, revised: Tree, matching: Matching) -> None:
        self.base = base
        self.revised = revised
        self.matching = matching
        self.continued = {rest for rests in matching.splits.values() for rest in rests}
        self.used: Counter[str] = Counter()
        self.odd: list[Edit] = []

    def edits(self) -> tuple[Edit, ...]:
        found = self._list(-1, -1)
        joined = self._joined_texts()
        for b, t in enumerate(self.matching.to_revised):
            if t >= 0:
                found += self._text(b, t) + self._list(b, t)
            elif b in joined:
                found += joined[b]
        return (*found, *self.odd)

    # -- text ---------------------------------------------------------------------------------

    def _text(self, b: int, t: int) -> list[Edit]:
        old, new = self.base.nodes[b], self.revised.nodes[t]
        divided = b in self.matching.splits or b in self.matching.joins
        bound_ = any(mark.kind == "footnote" for mark in old.marks)
        if not divided and not bound_ and old.text == new.text and old.marks == new.marks:
            return []
        if not divided and not old.marks and not new.marks:
            hunks, variants = _between(old.text, new.text, self.base.words(b))
        else:
            hunks, variants = hunks_of(self.base.words(b), self._target_words(b, t))
        return _text_edit(old.id, hunks, variants)

    def _target_words(self, b: int, t: int) -> tuple[Word, ...]:
        """Return the words that the base provision ends up with, splits and joins among them."""
        words = self._words(t)
        for rest in self.matching.splits.get(b, ()):
            label = self.revised.nodes[rest].label
            words = (*words, split_word(label), *self._words(rest))
        for q in self.matching.joins.get(b, ()):
            first, cut = self._cut(b, q, words)
            mark = join_word(self.base.nodes[q].id)
            words = (*words[:cut], mark) if first == b else (mark, *words[cut:])
        return words

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
        found = []
        for first, second in ((min(b, q), max(b, q)), (max(b, q), min(b, q))):
            border = len(self.base.words(first))
            both = [word.key for word in self.base.words(first) + self.base.words(second)]
            pairs = align(both, [word.key for word in words])
            cut = next((y for x, y in pairs if x >= border), len(words))
            found.append((len(pairs), first, cut))
        return max(found, key=lambda option: option[0])[1:]

    def _joined_texts(self) -> dict[int, list[Edit]]:
        """Return, for each base provision joined into another, how its own words changed."""
        found: dict[int, list[Edit]] = {}
        for b, joined in self.matching.joins.items():
            words = self._words(self.matching.to_revised[b])
            for q in joined:
                first, cut = self._cut(b, q, words)
                mine = words[cut:] if first == b else words[:cut]
                id = self.base.nodes[q].id
                found[q] = _text_edit(id, *hunks_of(self.base.words(q), mine))
        return found

    # -- lists --------------------------------------------------------------------------------

    def _list(self, b: int, t: int) -> list[Edit]:
        """Return how the children of a provision changed: its list, then their labels."""
        old, new = self.base.children(b), self.revised.children(t)
        to_base = self.matching.to_base
        if len(old) == len(new) and all(to_base[n] == o for o, n in zip(old, new, strict=True)):
            hunks: tuple[ListHunk, ...] = ()
            labels = [self.revised.nodes[n].label for n in new]
            if labels == [self.base.nodes[o].label for o in old]:
                return []
        else:
            hunks = self._list_hunks(b, old, [n for n in new if n not in self.continued])
        again, exceptions = self._labels(new)
        found: list[Edit] = []
        if hunks or again:
            id = self.base.nodes[b].id if b >= 0 else ROOT
            found.append(ListEdit(id, hunks, again))
        return found + exceptions

    def _list_hunks(self, b: int, old: list[int], new: list[int]) -> tuple[ListHunk, ...]:
        to_base, parents = self.matching.to_base, self.base.parents
        place = {o: x for x, o in enumerate(old)}
        stay = [
            (place[to_base[n]], y)
            for y, n in enumerate(new)
            if to_base[n] >= 0 and parents[to_base[n]] == b
        ]
        hunks = []
        x = y = 0
        for nx, ny in [*_longest_rising(stay), (len(old), len(new))]:
            if nx > x or ny > y:
                gone = tuple(self.base.nodes[o].id for o in old[x:nx])
                hunks.append(ListHunk(x, nx, gone, tuple(map(self._item, new[y:ny]))))
            x, y = nx + 1, ny + 1
        return tuple(hunks)

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
        provision = replace(
            self.revised.nodes[t], children=tuple(self._item(child) for child in children)
        )
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
        automatic = renumbered(kept)
        by_base = [k for k, b in enumerate(origins) if b >= 0 and now[k] != kept[k]]
        by_rule = [k for k, b in enumerate(origins) if b >= 0 and now[k] != automatic[k]]
        again = len(by_rule) < len(by_base)
        odd = by_rule if again else by_base
        return again, [
            LabelEdit(self.base.nodes[origins[k]].id, now[k], self.base.nodes[origins[k]].label)
            for k in odd
        ]


def _text_edit(id: str, hunks: tuple[Hunk, ...], variants: tuple[Variant, ...]) -> list[Edit]:
    return [TextEdit(id, hunks, variants)] if hunks or variants else []


def content(provision: Provision) -> str:
    """Return an id made from all that a provision says but its own label.

    Two states that add the same provision so give it the same id.
    """
    return f"new_{hashlib.sha256(repr(_told(provision)).encode()).hexdigest()[:12]}"


def _told(provision: Provision) -> tuple[object, ...]:
    marks = tuple((m.start, m.end, m.kind, m.value) for m in provision.marks)
    below = tuple((child.label, *_told(child)) for child in provision.children)
    return (provision.kind.value, provision.text, marks, below)


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs that rises on both sides, found the same way each time.

    The pairs come in rising order of their second member.
    """
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for number, (x, _) in enumerate(pairs):
        at = bisect_left(ends, x)
        before.append(tails[at - 1] if at else -1)
        if at == len(ends):
            ends.append(x)
            tails.append(number)
        else:
            ends[at] = x
            tails[at] = number
    run = []
    number = tails[-1] if tails else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]


# -- words ------------------------------------------------------------------------------------


def hunks_of(
    base: Sequence[Word], target: Sequence[Word]
) -> tuple[tuple[Hunk, ...], tuple[Variant, ...]]:
    """Return the edits from one sequence of words to another, in normal form."""
    return _edits(base, target, 0)


def _between(
    old: str, new: str, words: tuple[Word, ...]
) -> tuple[tuple[Hunk, ...], tuple[Variant, ...]]:
    """Do the same for two plain texts, making words only of the part that differs."""
    offsets = starts(old)
    same = _common(old, new)
    first = _boundary_before(old, offsets, same)
    tail = min(_common(old[::-1], new[::-1]), min(len(old), len(new)) - same)
    last = _boundary_after(old, new, offsets, tail)
    head, foot = offsets[first], len(old) - offsets[last]
    target = split(new[head : len(new) - foot])
    return _edits(words[first:last], target, first)


def _common(one: str, other: str) -> int:
    """Return the length of the longest common beginning of two texts."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _boundary_before(text: str, offsets: list[int], limit: int) -> int:
    """Return the last word that begins with white space before ``limit``; 0 if there is none.

    Only there do both texts, equal up to ``limit``, surely have a boundary.
    """
    word = bisect_right(offsets, limit - 1) - 1
    while word > 0 and not text[offsets[word]].isspace():
        word -= 1
    return max(word, 0)


def _boundary_after(old: str, new: str, offsets: list[int], tail: int) -> int:
    """Return the first word that begins with white space within the last ``tail`` characters."""
    word = bisect_left(offsets, len(old) - tail)
    shift = len(new) - len(old)
    while word < len(offsets) - 1:
        at = offsets[word]
        if at and old[at].isspace() and at + shift > 0 and not new[at + shift - 1].isspace():
            return word
        word += 1
    return len(offsets) - 1


def _edits(
    base: Sequence[Word], target: Sequence[Word], shift: int
) -> tuple[tuple[Hunk, ...], tuple[Variant, ...]]:
    a = [word.key for word in base]
    b = [word.key for word in target]
    raw = _slid(_runs(align(a, b), len(a), len(b)), a, b)
    hunks = []
    variants = []
    x = y = 0
    for i, j, m, n in [*raw, (len(a), len(a), len(b), len(b))]:
        for k in range(i - x):
            if base[x + k] != target[y + k]:
                variants.append(Variant(x + k + shift, target[y + k]))  # noqa: PERF401
        if i < j or m < n:
            old = "".join(word.text for word in base[i:j])
            hunks.append(Hunk(i + shift, j + shift, tuple(target[m:n]), old))
        x, y = j, n
    return tuple(hunks), tuple(variants)


def _runs(pairs: list[tuple[int, int]], n: int, m: int) -> list[tuple[int, int, int, int]]:
    """Return what lies between paired words: [i, j) of the base against [m, n) of the target."""
    runs = []
    x = y = 0
    for nx, ny in [*pairs, (n, m)]:
        if nx > x or ny > y:
            runs.append((x, nx, y, ny))
        x, y = nx + 1, ny + 1
    return runs


def _slid(
    runs: list[tuple[int, int, int, int]], a: list[str], b: list[str]
) -> list[tuple[int, int, int, int]]:
    """Slide pure insertions and deletions left, one kept word short of the hunk before."""
    done: list[tuple[int, int, int, int]] = []
    for i, j, m, n in runs:
        floor = done[-1][1] + 1 if done else 0
        if i == j:
            while i > floor and a[i - 1] == b[n - 1]:
                i, j, m, n = i - 1, j - 1, m - 1, n - 1
        elif m == n:
            while i > floor and a[i - 1] == a[j - 1]:
                i, j, m, n = i - 1, j - 1, m - 1, n - 1
        done.append((i, j, m, n))
    return done


def align(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Pair equal words of two sequences, in rising order on both sides.

    >>> align("the plan adopted in 2003".split(), "the outcome adopted in 2003".split())
    [(0, 0), (2, 2), (3, 3), (4, 4)]
    """
    pairs: list[tuple[int, int]] = []
    work = [(0, len(a), 0, len(b))]
    while work:
        i, j, m, n = work.pop()
        while i < j and m < n and a[i] == b[m]:
            pairs.append((i, m))
            i, m = i + 1, m + 1
        while i < j and m < n and a[j - 1] == b[n - 1]:
            j, n = j - 1, n - 1
            pairs.append((j, n))
        if i == j or m == n:
            continue
        anchors = _anchors(a, b, i, j, m, n)
        if anchors:
            for x, y in [*anchors, (j, n)]:
                work.append((i, x, m, y))
                i, m = x + 1, y + 1
            pairs += anchors
        elif (j - i) * (n - m) <= BLOCK:
            pairs += _common_words(a, b, i, j, m, n)
    return sorted(pairs)


def _anchors(
    a: Sequence[str], b: Sequence[str], i: int, j: int, m: int, n: int
) -> list[tuple[int, int]]:
    """Pair runs of words that occur once on each side; longer runs only in very long texts."""
    for length in (1,) if (j - i) * (n - m) <= BLOCK else (1, 2, 3, 5):
        left = _once(a, i, j, length)
        right = _once(b, m, n, length)
        common = sorted(
            ((x, right[run]) for run, x in left.items() if run in right),
            key=lambda pair: pair[1],
        )
        if common:
            return _longest_rising(common)
    return []


def _once(words: Sequence[str], start: int, end: int, length: int) -> dict[object, int]:
    """Return the runs of words that occur once in [start, end), with their places."""
    found: dict[object, int] = {}
    for at in range(start, end - length + 1):
        run = words[at] if length == 1 else tuple(words[at : at + length])
        found[run] = -1 if run in found else at
    return {run: at for run, at in found.items() if at >= 0}


def _common_words(
    a: Sequence[str], b: Sequence[str], i: int, j: int, m: int, n: int
) -> list[tuple[int, int]]:
    """Return a longest common subsequence, one row of the table a whole number of bits.

    The recurrence is Hyyrö's (2004): a zero bit k after row y says that word k lengthens the best
    match of the first k words with the first y.
    """
    width = j - i
    places: dict[str, int] = {}
    for k in range(width):
        places[a[i + k]] = places.get(a[i + k], 0) | 1 << k
    full = (1 << width) - 1
    row = full
    rows = [row]
    for y in range(m, n):
        hit = row & places.get(b[y], 0)
        row = ((row + hit) | (row - hit)) & full
        rows.append(row)
    pairs = []
    x, y = width, n - m
    while x and y:
        bit = 1 << (x - 1)
        if rows[y] & bit:
            x -= 1
        elif not rows[y - 1] & bit:
            y -= 1
        else:
            x, y = x - 1, y - 1
            pairs.append((i + x, m + y))
    return pairs
