"""Say where proposals clash, from the rules alone: slow, and without the code it checks.

Everything is looked at by brute force: two changes of a text meet where the coordinates that they
cover have one in common (word k is 2k+1, the gap before it 2k), regions are what hangs together so,
and an option is what a source's own text reads there. What happens to a provision is read off each
source's whole text, as the oracle reads it: who has it, and where.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from msgspec import Struct

from resamend.amendment import Proposal
from resamend.consolidation import Consolidated
from resamend.difference import Edit, Hunk, LabelEdit, ListEdit, TextEdit
from resamend.model import ROOT, WHOLE, Kind, Provision, Word, walk
from resamend.words import key_of
from tests.oracle import Base, accept


class Told(Struct, frozen=True):
    """Say of a region of a text where it is, how it stands, and who wants what."""

    target: str
    lo: int
    hi: int
    standing: str
    kind: str
    options: frozenset[tuple[tuple[str, ...], frozenset[str]]]


# -- texts --------------------------------------------------------------------------------------


_ENDS = frozenset(".,;:。；，：،؛")


def text_regions(draft: Consolidated, spans: Mapping[str, Sequence[tuple[int, int]]]) -> list[Told]:
    """Return the regions of all texts, in no order, for the spans that are claimed.

    A span may hold several groups of hunks that meet, and divides none: how wide it is, units and
    phrases say, of which the judge knows nothing.
    """
    base = Base(draft.base)
    found: list[Told] = []
    for id, provision in base.provisions.items():
        words = base.words(id)
        end = len(words) if provision.kind in WHOLE else _end(words)
        hunks = [
            (part, p.id)
            for p in draft.proposals
            for h in _hunks(p, id)
            for part in _parts(h, end, len(words))
        ]
        groups = [hunks] if provision.kind in WHOLE and hunks else _hanging_together(hunks)
        for lo, hi in spans.get(id, ()):
            inside = [g for g in groups if _cover(g) & set(range(lo, hi + 1))]
            assert all(_cover(g) <= set(range(lo, hi + 1)) for g in inside), "a group is divided"
            groups = [g for g in groups if g not in inside]
            own = [each for group in inside for each in group]
            found.append(_region(provision.kind, id, base.words(id), own, (lo, hi)))
        assert not groups, "a change is in no region"
    return found


def _cover(group: Sequence[tuple[Hunk, str]]) -> set[int]:
    return set().union(*(_covered(hunk) for hunk, _ in group))


def _hunks(proposal: Proposal, id: str) -> list[Hunk]:
    edits = [e for e in proposal.edits if isinstance(e, TextEdit) and e.target == id]
    return [hunk for edit in edits for hunk in edit.hunks]


def _end(words: Sequence[Word]) -> int:
    """Return where the punctuation with which a text ends begins: nobody asks for it."""
    end = len(words)
    while end and words[end - 1].key in _ENDS and not words[end - 1].marks:
        end -= 1
    return end


def _parts(hunk: Hunk, end: int, last: int) -> list[Hunk]:
    """Take apart what a change makes of the last words and of the punctuation behind them."""
    new = _end(hunk.words)
    whole = not 0 < end < last or hunk.start > end or hunk.end < last or new == len(hunk.words)
    if whole or (not new and hunk.start == end):
        return [hunk]
    return [Hunk(hunk.start, end, hunk.words[:new]), Hunk(end, hunk.end, hunk.words[new:])]


def _covered(hunk: Hunk) -> set[int]:
    if hunk.start == hunk.end:
        return {2 * hunk.start}
    return set(range(2 * hunk.start + 1, 2 * hunk.end))


def _hanging_together(hunks: Sequence[tuple[Hunk, str]]) -> list[list[tuple[Hunk, str]]]:
    groups = [[each] for each in hunks]
    while True:
        meeting = next(
            (
                (one, other)
                for one, other in combinations(groups, 2)
                if any(_covered(a) & _covered(b) for a, _ in one for b, _ in other)
            ),
            None,
        )
        if meeting is None:
            return groups
        groups = [group for group in groups if group not in meeting]
        groups.append([*meeting[0], *meeting[1]])


def _region(
    kind: Kind,
    id: str,
    words: Sequence[Word],
    group: Sequence[tuple[Hunk, str]],
    span: tuple[int, int],
) -> Told:
    lo, hi = (0, 2 * len(words)) if kind in WHOLE else span
    start, end = lo // 2, (hi + 1) // 2
    wants: dict[tuple[str, ...], set[str]] = {}
    for source in {source for _, source in group}:
        own = [hunk for hunk, who in group if who == source]
        wants.setdefault(_reads(words, start, end, own), set()).add(source)
    listed = kind in (Kind.ITEM, Kind.TEXT, Kind.PREAMBULAR)
    if listed and 0 < start < end == len(words) and words[start].key in _ENDS:
        # Punctuation alone at the end follows from what is beside it: nobody is asked about it.
        wants = {text: who for text, who in wants.items() if not _ENDS.issuperset(text)} or wants
    standing, clash = _standing(kind, words, lo, hi, wants)
    options = frozenset((text, frozenset(who)) for text, who in wants.items())
    return Told(id, lo, hi, standing, clash, options)


def _reads(words: Sequence[Word], start: int, end: int, own: Iterable[Hunk]) -> tuple[str, ...]:
    """Walk from gap to gap: what ends or stands there, then the word, unless it is struck."""
    own = sorted(own, key=lambda hunk: (hunk.start, hunk.end))
    struck = {k for hunk in own for k in range(hunk.start, hunk.end)}
    read: list[str] = []
    for gap in range(start, end + 1):
        read += [word.key for hunk in own if hunk.end == gap for word in hunk.words]
        if gap < end and gap not in struck:
            read.append(words[gap].key)
    return tuple(read)


def _standing(
    kind: Kind,
    words: Sequence[Word],
    lo: int,
    hi: int,
    wants: dict[tuple[str, ...], set[str]],
) -> tuple[str, str]:
    if len(wants) > 1:
        return "contested", _clash(kind, [w.key for w in words], lo, hi, list(wants))
    if kind is Kind.NUMBER or (kind is Kind.ENACTING and _in_brackets(words, lo, hi)):
        return "consequential", ""
    (who,) = wants.values()
    return ("identical" if len(who) > 1 else "single"), ""


def _in_brackets(words: Sequence[Word], lo: int, hi: int) -> bool:
    keys = [word.key for word in words]
    start, end = lo // 2, (hi + 1) // 2
    return "(" in keys[:start] and ")" in keys[end:] and ")" not in keys[start:end]


def _clash(kind: Kind, keys: list[str], lo: int, hi: int, wants: Sequence[tuple[str, ...]]) -> str:
    base = keys[lo // 2 : (hi + 1) // 2]
    if kind in WHOLE:
        return "competing-title"
    if lo == hi and lo % 2 == 0:
        return "competing-insertion"
    if all(_only_strikes(base, text) for text in wants):
        return "overlapping-deletion"
    return "delete-modify" if () in wants else "competing-replacement"


def _only_strikes(base: Sequence[str], text: Sequence[str]) -> bool:
    at = 0
    for key in text:
        while at < len(base) and base[at] != key:
            at += 1
        if at == len(base):
            return False
        at += 1
    return True


# -- provisions ---------------------------------------------------------------------------------


def struck_and_changed(draft: Consolidated) -> set[str]:
    """Return what some source strikes, alone, that another changes without striking it too.

    Who strikes is who has it no longer, though its parent, and has not joined it to another.
    """
    base = Base(draft.base)
    has = {p.id: _there(draft, p) for p in draft.proposals}
    parents = {child.id: id for id, children in base.lists.items() for child in children}
    found = set()
    for id, provision in base.provisions.items():
        for one in draft.proposals:
            parent = parents[id]
            stays = parent == ROOT or parent in has[one.id]
            if id in has[one.id] or not stays or provision.kind is Kind.FOOTNOTE:
                continue
            below = {p.id for p in walk((provision,)) if p.id not in has[one.id]}
            if any(
                other is not one and id in has[other.id] and below & set(_touched(other.edits))
                for other in draft.proposals
            ):
                found.add(id)
    return found


def _there(draft: Consolidated, proposal: Proposal) -> set[str]:
    """Return the base provisions that a source's own text has, or has in another's words."""
    return {p.id for p in walk(accept(draft, [proposal.id]).provisions)} | set(
        _marks(proposal.edits, "join")
    )


def _marks(edits: Iterable[Edit], kind: str) -> Iterator[str]:
    for edit in edits:
        if isinstance(edit, TextEdit):
            for hunk in edit.hunks:
                yield from (m.value for w in hunk.words for m in w.marks if m.kind == kind)


def _touched(edits: Iterable[Edit]) -> Iterator[str]:
    """Yield what a source changes: whose text, list or label; what it moves and joins."""
    for edit in edits:
        if isinstance(edit, LabelEdit) or edit.hunks or getattr(edit, "renumbered", False):
            yield edit.target
        if isinstance(edit, ListEdit):
            for hunk in edit.hunks:
                yield from hunk.gone
                yield from (p.id for p in walk(hunk.items) if p.kind is Kind.MOVED)
    yield from _marks(edits, "join")


def moved_apart(draft: Consolidated) -> set[str]:
    """Return the provisions that are moved to two places: other lists, gaps, or additions."""
    places: dict[str, set[object]] = {}
    for proposal in draft.proposals:
        for edit in proposal.edits:
            if isinstance(edit, ListEdit):
                for hunk in edit.hunks:
                    for item in hunk.items:
                        for id, around in _moves(item, ()):
                            places.setdefault(id, set()).add((edit.target, hunk.end, around))
    return {id for id, spots in places.items() if len(spots) > 1}


def _moves(item: Provision, around: tuple[object, ...]) -> Iterator[tuple[str, object]]:
    if item.kind is Kind.MOVED:
        yield item.id, around
    for child in item.children:
        yield from _moves(child, (*around, _says(item)))


def _says(provision: Provision) -> object:
    """Return what a provision says but its own label, its typography and what it ends with."""
    below = tuple((child.label, _says(child)) for child in provision.children)
    keys = list(key_of(provision.text))
    while len(keys) > 1 and keys[-1] in _ENDS:
        keys.pop()
    return provision.kind, tuple(keys), below


def added_against_each_other(draft: Consolidated) -> set[tuple[str, int]]:
    """Return the gaps in which two sources each add what the other does not."""
    gaps: dict[tuple[str, int], dict[str, list[object]]] = {}
    for proposal in draft.proposals:
        for edit in proposal.edits:
            if isinstance(edit, ListEdit):
                for hunk in edit.hunks:
                    new = [p for p in hunk.items if p.kind not in (Kind.MOVED, Kind.FOOTNOTE)]
                    if new:
                        told = gaps.setdefault((edit.target, hunk.end), {})
                        told[proposal.id] = [_says(p) for p in new]
    return {
        gap
        for gap, told in gaps.items()
        if any(_lacks(a, b) and _lacks(b, a) for a, b in combinations(told.values(), 2))
    }


def _lacks(one: Sequence[object], other: Sequence[object]) -> bool:
    """Tell whether a source adds something, or adds it more often, that another does not."""
    return any(one.count(item) > other.count(item) for item in one)
