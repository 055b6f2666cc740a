"""Lay any number of proposals over one base.

Nothing is resolved here, and nothing is ever compared with a merged text: a ``Consolidated`` holds
the base and, for each word, gap and list of it, the set of sources that ask for each change. It is
a union of sets, so the order in which proposals come cannot matter, hearing one twice changes
nothing, and forgetting one is the same as never having heard it. From it each source's own text
comes back exactly.

*Why so.* Folding two-way merges one after another depends on who came first: over the base ``a``
the texts "", "" and ``a a`` give different drafts in different orders, and a merge of a merge is
not where it started. Words have no such order where every place is one of the base.

*The invariant.* Marks and proposals say the same. In one proposal a kept word stands between two
hunks, so a run of struck words and what is inserted at its end are one hunk, and anything else
inserted is an insertion. The proposals are kept as the value; the marks follow from them.

*Why not simpler.* What several add at one gap is compared item by item: a first version took it as
a whole, and printed a provision twice that two sources add in different company. And items are
compared without their own labels: one source writes ``2bis``, another numbers the list anew, and
both add the same paragraph.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby

from msgspec import Struct
from msgspec.json import encode
from msgspec.structs import replace

from resamend.amendment import Proposal, check, revise
from resamend.difference import Edit, ListEdit, ListHunk, TextEdit, content
from resamend.difference.shared_gaps import gaps_of, shared_gaps
from resamend.errors import AmbiguousName, Contradiction, UsageError
from resamend.loading import late
from resamend.matching import index_of
from resamend.model import Essential, Kind, Provision, Resolution, Word
from resamend.ordering import AdditionKey, merged_order

Sources = tuple[str, ...]
"""The ids of the proposals that make one mark, sorted."""


class AttributedHunk(Struct, frozen=True, gc=False):
    """Replace the base words [start, end) by ``words``, as ``sources`` ask."""

    start: int
    end: int
    words: tuple[Word, ...]
    sources: Sources


class Surface(Struct, frozen=True, gc=False):
    """Print the kept base word ``at`` as ``word``, as ``sources`` do."""

    at: int
    word: Word
    sources: Sources


class TextMarks(Struct, frozen=True, gc=False):
    """Hold all changes to the text of the provision ``target``, in order of place and content."""

    target: str
    changes: tuple[AttributedHunk, ...]
    surfaces: tuple[Surface, ...]


class Addition(Struct, frozen=True, gc=False, kw_only=True):
    """Put a provision, or a reference to a moved one, into gap ``gap`` of a list.

    Additions that are equal but for their own label are one; ``labels`` says who labels it how.
    ``rank`` tells apart equal ones that one source adds at one place; ``name`` is what it is
    known by in its gap.
    """

    gap: int
    name: str
    provision: Provision
    rank: int
    labels: tuple[tuple[str, Sources], ...]
    sources: Sources


class ListMarks(Struct, frozen=True, gc=False, kw_only=True):
    """Hold all changes to the children of ``target``.

    ``gone`` says who takes the k-th child out (to strike, move or join it); ``additions`` come in
    the order of the text: where the sources' own orders allow, theirs. ``cycles`` names the gaps
    where they do not, ``renumbered`` who numbers the list anew. ``shared`` names, per content, the
    gaps at which several have it who replace something by it.
    """

    target: str
    gone: tuple[tuple[int, Sources], ...]
    additions: tuple[Addition, ...]
    renumbered: Sources
    cycles: tuple[int, ...] = ()
    shared: tuple[tuple[str, tuple[int, ...]], ...] = ()

    def gaps_of(self, hunk: ListHunk) -> list[int]:
        """Return the gap at which each item of a source's hunk stands in the draft."""
        return gaps_of(hunk, dict(self.shared))


class LabelMarks(Struct, frozen=True, gc=False):
    """Hold all labels that sources give ``target``, beyond the base's and automatic ones."""

    target: str
    labels: tuple[tuple[str, Sources], ...]


class Consolidated(Essential, frozen=True, gc=False, kw_only=True):
    """Hold a base and the proposals heard, sorted by id, and what they do to each stream.

    Two are equal when the base and the proposals are; the marks follow from those.
    """

    base: Resolution
    proposals: tuple[Proposal, ...]
    texts: tuple[TextMarks, ...]
    lists: tuple[ListMarks, ...]
    labels: tuple[LabelMarks, ...]

    @property
    def comparison_key(self) -> tuple[object, ...]:
        return self.base, self.proposals

    @property
    def sources(self) -> Sources:
        """Return the ids of the proposals heard, sorted."""
        return tuple(proposal.id for proposal in self.proposals)

    def __repr__(self) -> str:
        return f"<Consolidated {self.base!r}, {len(self.proposals)} proposals>"

    _repr_html_ = late("resamend.library.notebooks", "draft_html")


def merge(base: Resolution, proposals: Iterable[Proposal]) -> Consolidated:
    """Lay proposals over the base that they were made for.

    The same proposals in any order give the same value. Raises ``NotApplicable`` for one made for
    another base, and ``Contradiction`` for two revisions of one proposal: choose one first.
    """
    return _merged(base, proposals, None)


def remerge(draft: Consolidated, proposals: Iterable[Proposal]) -> Consolidated:
    """Return ``merge(draft.base, proposals)``, made anew only where they differ from the draft's.

    After a decision most are the very same values: they fit the base, and so do their marks.
    Raises as ``merge``.
    """
    return _merged(draft.base, proposals, draft)


def _merged(
    base: Resolution, proposals: Iterable[Proposal], draft: Consolidated | None
) -> Consolidated:
    heard = _distinct(proposals)
    before = {p.id: p for p in draft.proposals} if draft else {}
    for proposal in heard:
        if before.get(proposal.id) is not proposal:
            check(base, proposal)
    touched = _touched(before, heard) if draft else set()
    texts_stay = (
        {m.target: m for m in draft.texts if (TextEdit, m.target) not in touched} if draft else {}
    )
    lists_stay = (
        {m.target: m for m in draft.lists if (ListEdit, m.target) not in touched} if draft else {}
    )
    index = index_of(base)
    texts: dict[str, list[tuple[TextEdit, str]]] = defaultdict(list)
    lists: dict[str, list[tuple[ListEdit, str]]] = defaultdict(list)
    labels: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for proposal in heard:
        source = proposal.id
        for edit in proposal.edits:
            if isinstance(edit, TextEdit):
                texts[edit.target].append((edit, source))
            elif isinstance(edit, ListEdit):
                lists[edit.target].append((edit, source))
            else:
                labels[edit.target].append((edit.label, source))

    def order(id: str) -> int:
        return index.at[id] if id else -1

    return Consolidated(
        base=base,
        proposals=heard,
        texts=tuple(
            [texts_stay.get(id) or _text_marks(id, texts[id]) for id in sorted(texts, key=order)]
        ),
        lists=tuple(
            [lists_stay.get(id) or _list_marks(id, lists[id]) for id in sorted(lists, key=order)]
        ),
        labels=tuple(LabelMarks(id, _grouped(labels[id])) for id in sorted(labels, key=order)),
    )


_StreamKey = tuple[type[Edit], str]
"""The kind of an edit, and its target."""


def _touched(before: Mapping[str, Proposal], heard: Iterable[Proposal]) -> set[_StreamKey]:
    """Return the streams of which somebody asks something else than before."""
    now = {proposal.id: proposal for proposal in heard}
    return {
        (type(edit), edit.target)
        for id in before.keys() | now.keys()
        if before.get(id) is not now.get(id)
        for edit in _edits_apart(before.get(id), now.get(id))
    }


def _edits_apart(one: Proposal | None, other: Proposal | None) -> Iterator[Edit]:
    """Yield the edits that one of two revisions has and the other has not."""
    sides = [{(type(e), e.target): e for e in p.edits} if p else {} for p in (one, other)]
    for mine, others in (sides, sides[::-1]):
        yield from (edit for key, edit in mine.items() if others.get(key) != edit)


def union(one: Consolidated, other: Consolidated) -> Consolidated:
    """Hear the sources of both.

    Raises ``Contradiction`` when they have different bases, or two revisions of one proposal.
    """
    if index_of(one.base).digest != index_of(other.base).digest:
        raise Contradiction(
            "the two drafts have different texts in force",
            advice="Carry the proposals over to one of them first.",
        )
    return merge(one.base, (*one.proposals, *other.proposals))


def without(consolidated: Consolidated, sources: Iterable[str]) -> Consolidated:
    """Forget some sources, as if they had never been heard; each is named as for ``find_source``.

    Raises ``UsageError`` for a source that was not heard, and for one string in place of several:
    its letters would name nobody, and the source would stay.
    """
    if isinstance(sources, str):
        raise UsageError(
            f"several sources are wanted, and {sources!r} is one string",
            advice=f"Give a list: [{sources!r}].",
        )
    forgotten = {find_source(consolidated, name) for name in sources}
    return merge(consolidated.base, (p for p in consolidated.proposals if p.id not in forgotten))


def alone(consolidated: Consolidated, source: str) -> Consolidated:
    """Return the draft of one source, where what it adds stands as it does in the draft of all."""
    (proposal,) = (p for p in consolidated.proposals if p.id == source)
    gaps = {marks.target: dict(marks.shared) for marks in consolidated.lists if marks.shared}
    own = merge(consolidated.base, [proposal])
    edits = {edit.target: edit for edit in proposal.edits if isinstance(edit, ListEdit)}
    lists = (
        _list_marks(marks.target, [(edits[marks.target], source)], gaps[marks.target])
        if marks.target in gaps
        else marks
        for marks in own.lists
    )
    return replace(own, lists=tuple(lists)) if gaps else own


def project(consolidated: Consolidated, source: str | None) -> Resolution:
    """Return the text that one source asks for; the text in force for ``None``.

    A source is named as for ``find_source``. Raises ``UsageError`` for one that was not heard.
    """
    if source is None:
        return consolidated.base
    id = find_source(consolidated, source)
    (edits,) = (proposal.edits for proposal in consolidated.proposals if proposal.id == id)
    return revise(consolidated.base, edits)


def find_source(consolidated: Consolidated, name: str) -> str:
    """Return the source that a name stands for: its id, or a proponent with just one source.

    Raises ``AmbiguousName`` for a proponent behind several, ``UsageError`` for nobody.
    """
    if name in consolidated.sources:
        return name
    ids = [p.id for p in consolidated.proposals if name in {who.code for who in p.proponents}]
    if len(ids) == 1:
        return ids[0]
    if ids:
        raise AmbiguousName(
            f"{name} has several proposals: {', '.join(ids)}.", advice="Name one of them."
        )
    raise UsageError(
        f"there is no proposal {name!r}.",
        advice=f"The proposals are: {', '.join(consolidated.sources) or 'none'}.",
        code="unknown-source",
    )


def check_draft(consolidated: Consolidated, of: Consolidated | None, what: str) -> None:
    """Refuse what was made of another draft than it is given with; ``None`` says not of which.

    Raises ``UsageError``.
    """
    if of is not None and of is not consolidated and of != consolidated:
        raise UsageError(
            f"{what} of another draft: of {', '.join(of.sources) or 'no proposals'}",
            advice=f"Make it of the draft that you give: {', '.join(consolidated.sources)}.",
            code="other-draft",
        )


def _distinct(proposals: Iterable[Proposal]) -> tuple[Proposal, ...]:
    heard: dict[str, Proposal] = {}
    for proposal in proposals:
        if not isinstance(proposal, Proposal):
            raise UsageError(
                f"a {type(proposal).__name__} is no proposal",
                advice="propose(base, text, id) makes one of a state's whole text.",
            )
        other = heard.setdefault(proposal.id, proposal)
        # The same one twice says nothing new; two revisions cannot both be what the source wants.
        if other is not proposal and other != proposal:
            hashes = " and ".join(
                f"revision {p.revision} ({sha256(encode(p)).hexdigest()[:12]})"
                for p in sorted((other, proposal), key=lambda p: (p.revision, encode(p)))
            )
            raise Contradiction(
                f"the proposal {proposal.id} was given twice with different content: {hashes}",
                advice="Choose one of them first.",
            )
    return tuple(heard[id] for id in sorted(heard))


def _grouped(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, Sources], ...]:
    """Group (value, source) pairs by value, sorted by value."""
    groups: dict[str, set[str]] = defaultdict(set)
    for value, source in pairs:
        groups[value].add(source)
    return tuple((value, tuple(sorted(groups[value]))) for value in sorted(groups))


def _text_marks(target: str, edits: Sequence[tuple[TextEdit, str]]) -> TextMarks:
    """Lay the edits of one text together; they come by source."""
    changes: dict[tuple[int, int, tuple[Word, ...]], list[str]] = {}
    surfaces: dict[tuple[int, Word], list[str]] = {}
    for edit, source in edits:
        for hunk in edit.hunks:
            changes.setdefault((hunk.start, hunk.end, hunk.words), []).append(source)
        for variant in edit.variants:
            surfaces.setdefault((variant.at, variant.word), []).append(source)
    hunks = [AttributedHunk(*key, tuple(who)) for key, who in changes.items()]
    # The hunks of one source are in order already, and most texts have one source.
    if len(edits) > 1:
        hunks.sort(key=_change_order)
    worn = [Surface(*key, tuple(who)) for key, who in surfaces.items()]
    if worn:
        worn.sort(key=lambda s: (s.at, s.sources))
    return TextMarks(target, tuple(hunks), tuple(worn))


def _change_order(change: AttributedHunk) -> tuple[int, int, Sources]:
    return change.start + change.end, change.start, change.sources


def _list_marks(
    target: str,
    edits: Sequence[tuple[ListEdit, str]],
    shared: Mapping[str, Sequence[int]] | None = None,
) -> ListMarks:
    """Lay the edits of one list together; they come by source.

    ``shared`` says where others have what is added, for a part of a draft.
    """
    gone: dict[int, set[str]] = defaultdict(set)
    for edit, source in edits:
        for hunk in edit.hunks:
            for k in range(hunk.start, hunk.end):
                gone[k].add(source)
    shared = shared_gaps([edit for edit, _ in edits]) if shared is None else shared
    additions, cycles = _additions(edits, shared)
    if shared and cycles:  # where the orders contradict, each stands at the end of its hunk
        shared = {}
        additions, cycles = _additions(edits, shared)
    return ListMarks(
        target=target,
        gone=tuple((k, tuple(sorted(gone[k]))) for k in sorted(gone)),
        additions=tuple(additions),
        renumbered=tuple(sorted(source for edit, source in edits if edit.renumbered)),
        cycles=tuple(cycles),
        shared=tuple((name, tuple(gaps)) for name, gaps in shared.items()),
    )


def _additions(
    edits: Sequence[tuple[ListEdit, str]], shared: Mapping[str, Sequence[int]]
) -> tuple[list[Addition], list[int]]:
    """Return what is added in each gap, and the gaps in which the orders contradict."""
    gaps: dict[int, list[tuple[ListHunk, str]]] = defaultdict(list)
    for edit, source in edits:
        for hunk in edit.hunks:
            items = zip(gaps_of(hunk, shared), hunk.items, strict=True)
            for gap, placed in groupby(items, key=lambda pair: pair[0]):
                part = replace(hunk, items=tuple(provision for _, provision in placed))
                gaps[gap].append((part, source))
    additions: list[Addition] = []
    cycles = []
    for gap in sorted(gaps):
        added, straight = _gap_additions(gap, gaps[gap])
        additions += added
        if not straight:
            cycles.append(gap)
    return additions, cycles


def name_of(provision: Provision) -> str:
    """Return what is added or moved by: what it was, or all it says but its own label."""
    return provision.id if provision.kind is Kind.MOVED else content(provision)


def _gap_additions(gap: int, hunks: Sequence[tuple[ListHunk, str]]) -> tuple[list[Addition], bool]:
    """Merge what sources add in one gap, item by item; tell whether their orders agree."""
    first: dict[AdditionKey, Provision] = {}
    labels: dict[AdditionKey, list[tuple[str, str]]] = defaultdict(list)
    orders: list[list[AdditionKey]] = []
    for hunk, source in hunks:
        order: list[AdditionKey] = []
        times: Counter[str] = Counter()
        for provision in hunk.items:
            name = name_of(provision)
            key = AdditionKey(name, times[name])
            times[name] += 1
            first.setdefault(key, provision)
            labels[key].append((provision.label, source))
            order.append(key)
        orders.append(order)

    def canonical(key: AdditionKey) -> tuple[str, str, int]:
        return (min(source for _, source in labels[key]), key.content, key.rank)

    keys, straight = merged_order(orders, {key: first[key] for key in sorted(first, key=canonical)})
    additions = []
    for key in keys:
        by_label = _grouped(labels[key])
        # The label of most sources; of as many, the first in the alphabet, whoever came first.
        label = max(by_label, key=lambda pair: (len(pair[1]), [-ord(c) for c in pair[0]]))[0]
        additions.append(
            Addition(
                gap=gap,
                name=f"{key.content}-{key.rank + 1}",
                provision=replace(first[key], label=label),
                rank=key.rank,
                labels=by_label,
                sources=tuple(sorted({source for _, source in labels[key]})),
            )
        )
    return additions, straight
