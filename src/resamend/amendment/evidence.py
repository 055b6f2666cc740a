"""Tracked changes as evidence: which words of a text its writer kept, struck and inserted.

A comparison finds one shortest way from one text to another; who tracked the changes said which way
it was. Where that gives the same text, it is the better evidence, and the edits follow it, in the
normal form that all edits have.

*The invariant.* Evidence changes how a proposal gets to its text, never the text: it is used only
where the words before and after are the base's and the proposal's, word for word. Taken as they
are, tracked changes would break the normal form (struck and typed anew, a word is kept), and two
sources that want the same would no longer have the same edits; so equal ends are paired again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from resamend.amendment.edit_applier import amended
from resamend.amendment.edit_references import joins
from resamend.amendment.values import Proposal
from resamend.difference import Edit, TextEdit, hunks_along
from resamend.matching import ProvisionIndex, index_of
from resamend.model import OBJECT, Resolution, Word
from resamend.words import footnote_key, split


class Tracked(Struct, frozen=True):
    """Hold a text before and after its tracked changes.

    ``kept`` are triples (start in the one, start in the other, length), in code points, rising.
    """

    before: str
    after: str
    kept: tuple[tuple[int, int, int], ...]


def follow(
    base: Resolution, proposal: Proposal, evidence: Iterable[Tracked]
) -> tuple[Proposal, tuple[str, ...]]:
    """Return a proposal whose edits follow tracked changes, and where they could not.

    There, at provisions named by their ids in the base, the comparison decides.
    """
    index = index_of(base)
    by_words = {(_comparable(split(t.before)), _comparable(split(t.after))): t for t in evidence}
    edits: list[Edit] = []
    compared = []
    for edit in proposal.edits:
        if isinstance(edit, TextEdit) and edit.hunks:
            followed = _followed(index, edit, by_words)
            if followed is None:
                compared.append(edit.target)
            edits.append(followed or edit)
        else:
            edits.append(edit)
    return replace(proposal, edits=tuple(edits)), tuple(compared)


def _keys(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.key for word in words)


def _comparable(words: Sequence[Word]) -> tuple[str, ...]:
    """Return the keys of words; a text alone does not say which footnote a mark is of."""
    note = footnote_key("")
    return tuple(OBJECT if word.key.startswith(note) else word.key for word in words)


def _followed(
    index: ProvisionIndex,
    edit: TextEdit,
    by_words: dict[tuple[tuple[str, ...], tuple[str, ...]], Tracked],
) -> TextEdit | None:
    old = index.words(index.at[edit.target])
    new = tuple(amended(old, edit))
    # A split or a join stands for no word that was tracked.
    if any(mark.kind == "split" for word in new for mark in word.marks) or any(joins(new)):
        return None
    tracked = by_words.get((_comparable(old), _comparable(new)))
    if tracked is None:
        return None
    hunks, variants = hunks_along(old, new, _pairs(tracked, old, new))
    return TextEdit(edit.target, hunks, variants)


def _pairs(tracked: Tracked, old: Sequence[Word], new: Sequence[Word]) -> list[tuple[int, int]]:
    """Return which words stay: those all of whose characters do, and the equal ends of changes.

    White space does not count: one strikes a word with the space before it, another with the
    one after.
    """
    after = {start: (n, end) for n, (start, end) in enumerate(_cores(tracked.after))}
    kept = iter(tracked.kept)
    a = b = length = 0
    pairs: list[tuple[int, int]] = []
    for k, (start, end) in enumerate(_cores(tracked.before)):
        while a + length < end:
            following = next(kept, None)
            # It begins behind this word, so it is kept for the next.
            if following is None or following[0] > start:
                kept = chain(() if following is None else (following,), kept)
                break
            a, b, length = following
        n, stop = after.get(start - a + b, (-1, 0))
        inside = a <= start and end <= a + length and stop == end - a + b
        if inside and old[k].key == new[n].key:
            pairs.append((k, n))
    return _trimmed(pairs, _keys(old), _keys(new))


def _cores(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each word begins and ends, without the white space around it."""
    at = 0
    for word in split(text):
        core = word.text.strip()
        start = at + word.text.find(core)
        yield start, start + len(core)
        at += len(word.text)


def _trimmed(
    pairs: list[tuple[int, int]], a: tuple[str, ...], b: tuple[str, ...]
) -> list[tuple[int, int]]:
    """Pair also the equal words at both ends of each change: struck and typed anew, they stay."""
    matched: list[tuple[int, int]] = []
    i = m = 0
    for j, n in [*pairs, (len(a), len(b))]:
        tail: list[tuple[int, int]] = []
        x, y = j, n
        while i < x and m < y and a[i] == b[m]:
            matched.append((i, m))
            i, m = i + 1, m + 1
        while i < x and m < y and a[x - 1] == b[y - 1]:
            x, y = x - 1, y - 1
            tail.append((x, y))
        matched += reversed(tail)
        if j < len(a) or n < len(b):
            matched.append((j, n))
        i, m = j + 1, n + 1
    return matched
