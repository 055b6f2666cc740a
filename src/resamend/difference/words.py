"""How one sequence of words differs from another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from resamend.difference.values import Hunk, Respelling
from resamend.matching.rising import longest_rising
from resamend.model import Word
from resamend.words import common_ends, fold, pieces, plain_words, split

BLOCK = 100_000_000
"""Largest product of two lengths that is searched for a longest common subsequence."""
_SHORT = 3
"""Code points of a word that says little, such as “and”, “les” or “для”."""


def hunks_of(
    base: Sequence[Word], target: Sequence[Word]
) -> tuple[tuple[Hunk, ...], tuple[Respelling, ...]]:
    """Return the edits from one sequence of words to another, in normal form."""
    return _edits(base, target, 0)


def hunks_along(
    base: Sequence[Word], target: Sequence[Word], pairs: Sequence[tuple[int, int]]
) -> tuple[tuple[Hunk, ...], tuple[Respelling, ...]]:
    """Return the edits, in normal form, where it is known which words stay: (old, new), rising."""
    return _along(base, target, list(pairs), 0)


def hunks_between(
    old: str, new: str, words: Sequence[str], offsets: Sequence[int]
) -> tuple[tuple[Hunk, ...], tuple[Respelling, ...]]:
    """Do the same for two plain texts, looking only at the part that differs.

    ``words`` are the texts of the old text's words, ``offsets`` say where each begins.
    """
    if new[-1:].isspace():  # that belongs to the last word, wherever the texts begin to differ
        return hunks_of(plain_words(words), split(new))
    same, tail = common_ends(old, new)
    first = _boundary_before(old, offsets, same)
    last = _boundary_after(old, new, offsets, tail)
    target = pieces(new[offsets[first] : len(new) - len(old) + offsets[last]])
    one = _one_hunk(words, target, first, last)
    if one is not None:
        i, j, put = one
        return (Hunk(i, j, plain_words(put), old[offsets[i] : offsets[j]]),), ()
    middle = plain_words(target)
    hunks, variants = _edits(plain_words(words[first:last]), middle, first)
    if first and hunks and _slides_on(hunks[0], words, first):
        return _edits(plain_words(words[:last]), plain_words(words[:first]) + middle, 0)
    return hunks, variants


def _one_hunk(
    words: Sequence[str], target: list[str], i: int, j: int
) -> tuple[int, int, list[str]] | None:
    """Return the one hunk between words [i, j) and others, where it is seen at a glance.

    Most differences are such: once equal ends are set aside, nothing is left on one side, or
    nothing in common. ``None`` for all others, also where a spelling would have to be told.
    """
    m, n = 0, len(target)
    while i < j and m < n and words[i] == target[m]:
        i, m = i + 1, m + 1
    while i < j and m < n and words[j - 1] == target[n - 1]:
        j, n = j - 1, n - 1
    put = target[m:n]
    if i < j and put:
        apart = set(map(fold, words[i:j])).isdisjoint(map(fold, put))
        return (i, j, put) if apart else None
    return _slid_hunk(words, i, j, put) if put or i < j else None


def _slid_hunk(
    words: Sequence[str], i: int, j: int, put: list[str]
) -> tuple[int, int, list[str]] | None:
    """Slide a pure insertion at ``i``, or deletion of [i, j), left as far as it goes."""
    size = len(put) or j - i
    at = i
    while at:
        last = at - 1 + size
        before, end = words[at - 1], put[last - i] if put and last >= i else words[last]
        if before != end:
            if fold(before) == fold(end):
                return None
            break
        at -= 1
    return at, at + j - i, [*words[at:i], *put][:size] if put else []


def _slides_on(hunk: Hunk, words: Sequence[str], first: int) -> bool:
    """Tell whether a pure insertion or deletion can slide into what was set aside before it."""
    if hunk.start != first or (hunk.words and hunk.start < hunk.end):
        return False
    last = hunk.words[-1].key if hunk.words else fold(words[hunk.end - 1])
    return last == fold(words[first - 1])


def _boundary_before(text: str, offsets: Sequence[int], limit: int) -> int:
    """Return the last word that begins with white space before ``limit``; 0 if there is none.

    Only there do both texts, equal up to ``limit``, surely have a boundary.
    """
    word = bisect_right(offsets, limit - 1) - 1
    while word > 0 and not text[offsets[word]].isspace():
        word -= 1
    return max(word, 0)


def _boundary_after(old: str, new: str, offsets: Sequence[int], tail: int) -> int:
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
) -> tuple[tuple[Hunk, ...], tuple[Respelling, ...]]:
    pairs = align([word.key for word in base], [word.key for word in target])
    return _along(base, target, pairs, shift)


def _along(
    base: Sequence[Word], target: Sequence[Word], pairs: list[tuple[int, int]], shift: int
) -> tuple[tuple[Hunk, ...], tuple[Respelling, ...]]:
    a = [word.key for word in base]
    b = [word.key for word in target]
    raw = _slid(_runs(pairs, len(a), len(b)), a, b)
    hunks = []
    variants = []
    x = y = 0
    for i, j, m, n in [*raw, (len(a), len(a), len(b), len(b))]:
        for k in range(i - x):
            if base[x + k] is not target[y + k] and base[x + k] != target[y + k]:
                variants.append(Respelling(x + k + shift, target[y + k]))  # noqa: PERF401
        if i < j or m < n:
            old = "".join([word.text for word in base[i:j]])
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
        if set(a[i:j]).isdisjoint(b[m:n]):
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
            return longest_rising(common, [max(len(a[x]) - _SHORT, 0) for x, _ in common])
    return []


def _once(words: Sequence[str], start: int, end: int, length: int) -> dict[object, int]:
    """Return the runs of words that occur once in [start, end), with their places."""
    places: dict[object, int] = {}
    for at in range(start, end - length + 1):
        run = words[at] if length == 1 else tuple(words[at : at + length])
        places[run] = -1 if run in places else at
    return {run: at for run, at in places.items() if at >= 0}


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
