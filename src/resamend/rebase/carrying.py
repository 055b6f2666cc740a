"""Carry a proposal over to a new text in force.

The text in force was revised while a proposal was under way: a Rev.1 of the base, or the chair's
text of the first round. What the new text changes is laid over the old one beside the proposal, as
if it were another source. Where the two do not meet, the proposal's words go along; where they ask
for the same, the proposal has been met; where they clash, nothing is carried: the amendment is
listed, with what the text now says. A place may be suggested; it is never taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from resamend.amendment import NoChange, Proposal, check, digest, propose, revise
from resamend.amendment.edit_references import lists as list_edits
from resamend.conflict import (
    ConflictKind,
    Findings,
    OptionKind,
    Region,
    find,
)
from resamend.conflict.ends import parted_hunks
from resamend.consolidation import Consolidated, merge, name_of
from resamend.decision.fragments import assembled, taken_out
from resamend.decision.settling import Settler
from resamend.difference import Edit, ListEdit, ListHunk, TextEdit
from resamend.errors import Invalid, NotApplicable
from resamend.matching import ProvisionIndex, index_of, match
from resamend.model import Kind, Provision, Resolution, walk
from resamend.numbering import inserted
from resamend.rebase.fates import by_question, fates_of, left_behind, untorn
from resamend.rebase.former import former_amendments, region_place
from resamend.rebase.new_places import NewPlaces
from resamend.rebase.seen_through import HalfAgreed, WrittenPlaces
from resamend.rebase.values import NEW, Amended, Carried, Fate
from resamend.reference import Unresolved, references, rewrite


def carry(proposal: Proposal, old: Resolution, new: Resolution) -> Carried:
    """Carry a proposal, made for the old text, over to a new one.

    Carried over to the same text it is the same; what clashes with the new text stays in it, as
    ``former``. Raises ``NotApplicable`` where it was not made for the old text, or where the two
    texts are in different languages.
    """
    return Carrier(old, new).carry(proposal)


class Carrier:
    """Carry proposals over from one text in force to the next."""

    def __init__(self, old: Resolution, new: Resolution, own: frozenset[str] = frozenset()) -> None:
        if old.language is not new.language:
            raise NotApplicable(
                f"the old text is in {old.language}, the new one in {new.language}",
                advice="Give both in the proposal's language.",
            )
        self.old, self.new = old, new
        half = HalfAgreed(old, new, own)
        self.half = half if half.is_open else None
        self.brackets = own
        self._others: dict[frozenset[str], Carrier] = {}
        self.own = propose(old, half.reading if self.half else new, NEW, proponents=())
        self.reading = NewPlaces(old, half.reading if self.half else new, self.own)
        self.places = WrittenPlaces(self.reading, half) if self.half else self.reading

    def carry(
        self, proposal: Proposal, asked_in: Callable[[Region], Region | None] = lambda _: None
    ) -> Carried:
        """Carry one proposal over.

        ``asked_in`` gives the question of the former draft that a change was part of: what clashes
        in a part clashes as a whole, for half of a rewording is what nobody asked for. Raises
        ``NotApplicable`` where it is for another text.
        """
        check(self.old, proposal)
        own = self.half.brackets_of(_written(proposal)) if self.half else frozenset()
        if own - self.brackets:  # what a source wrote in brackets is, to it, words like others
            if own not in self._others:
                self._others[own] = Carrier(self.old, self.new, own)
            return self._others[own].carry(proposal, asked_in)
        draft = merge(self.old, (proposal, self.own))
        findings = find(draft)
        settler = Settler(draft, findings)
        amended = self._fates(findings, proposal.id)
        questions = {
            one.region.id: one.region if one.region.is_former else asked_in(one.region)
            for one in amended
        }
        amended = tuple(untorn(amended, questions, self.reading))
        if self.reading.old.digest == self.reading.new.digest and not self.half:
            same = replace(proposal, base=self.new.metadata.work)
            return Carried(proposal=same, amended=amended)
        try:
            text, unresolved = _together(draft, settler, amended)
        except Invalid:  # moves or joins that only together make a circle
            amended = tuple(left_behind(settler, proposal.id, one) for one in amended)
            text, unresolved = _together(draft, settler, amended)
        amended = tuple(by_question(amended, questions, proposal.id, self.places))
        if self.half:
            amended = tuple(map(partial(_in_brackets, self.half, self.reading), amended))
        return Carried(
            proposal=self._made_for(text, proposal, amended), amended=amended, unresolved=unresolved
        )

    def _fates(self, findings: Findings, source: str) -> tuple[Amended, ...]:
        amended = tuple(fates_of(findings, source, self.reading.old, self.reading.new))
        return tuple(map(self._struck_in_brackets, amended)) if self.half else amended

    def _struck_in_brackets(self, amended: Amended) -> Amended:
        """Carry along who suppresses what stands in brackets: whether it stays is open.

        Not where the new text has it elsewhere: nobody asked to suppress it there.
        """
        strikes = amended.option and amended.option.deed is OptionKind.SUPPRESS
        target = self.reading.ids.get(amended.region.target, "")
        if (
            not strikes
            or NEW in amended.region.sources
            or not self.half
            or not self.half.is_bracketed(target)
        ):
            return amended
        return replace(amended, fate=Fate.KEPT, now="", suggestion="")

    def _made_for(
        self, text: Resolution, proposal: Proposal, amended: Sequence[Amended]
    ) -> Proposal:
        """Return the proposal that makes this of the new text, as its proponents sent it."""
        keeps = _keeps(proposal.keeps, self.old, self.reading.new.resolution, amended)
        anew = propose(self.reading.new.resolution, text, proposal.id)
        if self.half:
            anew = self.half.lifted(anew)
        return replace(
            proposal,
            base=anew.base,
            base_digest=anew.base_digest,
            edits=anew.edits,
            keeps=keeps,
            unmarked=(),
            former=tuple(former_amendments(proposal, amended, keeps, self.places)),
        )


def _written(proposal: Proposal) -> Iterator[str]:
    """Yield the texts that a source puts into the text in force."""
    for edit in proposal.edits:
        if isinstance(edit, TextEdit):
            yield from ("".join(word.text for word in hunk.words) for hunk in edit.hunks)
    added = (p for e in list_edits(proposal.edits) for h in e.hunks for p in walk(h.items))
    yield from (provision.text for provision in added)


def _in_brackets(half: HalfAgreed, reading: NewPlaces, amended: Amended) -> Amended:
    """Return an amendment as met where what it asks for stands in brackets: it is still open."""
    there = reading.of(region_place(amended.region)) if amended.option else None
    if amended.fate is not Fate.KEPT or there is None or amended.option is None:
        return amended
    met = half.stands_in_brackets(amended.option, there)
    return replace(amended, fate=Fate.MET, in_brackets=True) if met else amended


def _together(
    draft: Consolidated, settler: Settler, amended: Sequence[Amended]
) -> tuple[Resolution, tuple[Unresolved, ...]]:
    """Return the new text with what goes along of the proposal."""
    own, proposal = draft.proposals
    settler.settled = {a.region.id for a in amended if a.fate is not Fate.KEPT}
    # A change of the end alone takes no part in what the new text does to the words before it.
    settler.settled |= {r.id for r in settler.regions.values() if proposal.id not in r.sources}
    left = settler.without(proposal).edits
    ranked = [*_ranked(draft, own.edits, own.edits), *_ranked(draft, proposal.edits, left)]
    edits = [edit for _, edit in sorted(ranked, key=lambda pair: pair[0])]
    edits += taken_out(index_of(draft.base), edits)
    return _text(draft.base, proposal, own.edits, assembled(edits))


# -- the text it asks for now ---------------------------------------------------------------------


def _text(
    old: Resolution, proposal: Proposal, own: Sequence[Edit], together: Sequence[Edit]
) -> tuple[Resolution, tuple[Unresolved, ...]]:
    """Return the new text with what is left of a proposal, its references by today's numbers."""
    edits = tuple(map(_notes_first, together))
    check(old, Proposal(id=NEW, language=old.language, base_digest=digest(old), edits=edits))
    now, before = revise(old, own), revise(old, proposal.edits)
    both = replace(old, provisions=_apart(revise(old, edits).provisions, _texts(now)))
    rewritten, unresolved = rewrite(both, (), written=(now, before))
    here = _texts(now)
    cited = {(r.at, r.phrase) for r in references(now)}
    return (
        replace(both, provisions=_taken(both.provisions, _texts(rewritten), here)),
        tuple(u for u in unresolved if (u.at, u.phrase) not in cited),
    )


def _smallest(draft: Consolidated, edits: Iterable[Edit]) -> Iterator[Edit]:
    """Cut edits: at the end of a text, where others may add something before its stop, and
    into what takes one provision out, or puts one in where the draft has it.
    """
    index, lists = index_of(draft.base), {marks.target: marks for marks in draft.lists}
    for edit in edits:
        if isinstance(edit, TextEdit):
            for part in parted_hunks(index, edit):
                yield TextEdit(edit.target, (part,))
            yield TextEdit(edit.target, (), edit.variants)
            continue
        if not isinstance(edit, ListEdit):
            yield edit
            continue
        for hunk in edit.hunks:
            for k, id in enumerate(hunk.gone, hunk.start):
                yield ListEdit(edit.target, (ListHunk(k, k + 1, (id,), ()),))
            # What a move leaves behind is taken out of lists that the draft has no marks on.
            gaps = lists[edit.target].gaps_of(hunk) if hunk.items else ()
            for gap, provision in zip(gaps, hunk.items, strict=True):
                yield ListEdit(edit.target, (ListHunk(gap, gap, (), (provision,)),))
        if edit.renumbered:
            yield ListEdit(edit.target, renumbered=True)


def _ranked(
    draft: Consolidated, whole: Sequence[Edit], left: Sequence[Edit]
) -> Iterator[tuple[int, Edit]]:
    """Yield the smallest edits of what is left of a source's, each with its place in its gap.

    Where the orders contradict each other only the new text's is left, as it is.
    """
    order = {
        (marks.target, addition.gap, name_of(addition.provision), addition.rank): n
        for marks in draft.lists
        for n, addition in enumerate(marks.additions)
        if addition.gap not in marks.cycles
    }
    lists = {marks.target: marks for marks in draft.lists}
    ranks: dict[tuple[str, int, str], int] = {}
    for edit in list_edits(whole):
        for hunk in edit.hunks:
            names: Counter[tuple[int, str]] = Counter()
            for gap, provision in zip(lists[edit.target].gaps_of(hunk), hunk.items, strict=True):
                key = (edit.target, gap, name_of(provision), names[gap, name_of(provision)])
                names[gap, name_of(provision)] += 1
                ranks[edit.target, gap, provision.id] = order.get(key, 0)
    for part in _smallest(draft, left):
        items = [
            (h.end, provision.id)
            for e in list_edits([part])
            for h in e.hunks
            for provision in h.items
        ]
        yield max((ranks.get((part.target, *provision), 0) for provision in items), default=0), part


def _notes_first(edit: Edit) -> Edit:
    """Put the footnotes that are added in one gap before what is added below them."""
    if not isinstance(edit, ListEdit):
        return edit
    hunks = (
        replace(h, items=tuple(sorted(h.items, key=lambda p: p.kind is not Kind.FOOTNOTE)))
        for h in edit.hunks
    )
    return replace(edit, hunks=tuple(hunks))


def _texts(text: Resolution) -> Mapping[str, Provision]:
    return {provision.id: provision for provision in walk(text.provisions)}


def _taken(
    provisions: Sequence[Provision],
    rewritten: Mapping[str, Provision],
    now: Mapping[str, Provision],
) -> tuple[Provision, ...]:
    """Take the rewritten words where the proposal changed something; else the new text stays."""
    changed = []
    for provision in provisions:
        children = _taken(provision.children, rewritten, now)
        here, other = now.get(provision.id), rewritten[provision.id]
        if here is None or here.text != provision.text:
            provision = replace(provision, text=other.text, marks=other.marks)
        changed.append(replace(provision, children=children))
    return tuple(changed)


def _apart(provisions: Sequence[Provision], now: Mapping[str, Provision]) -> tuple[Provision, ...]:
    """Give what a proposal adds another number where the new text has given its own away."""
    taken = [p.label for p in provisions if p.id in now and p.label]
    changed = []
    for provision in provisions:
        if provision.id not in now and provision.label in taken and provision.kind is Kind.ITEM:
            provision = replace(provision, label=inserted(provision.label, taken))
            taken.append(provision.label)
        changed.append(replace(provision, children=_apart(provision.children, now)))
    return tuple(changed)


def _keeps(
    keeps: Sequence[NoChange], old: Resolution, new: Resolution, amended: Sequence[Amended]
) -> tuple[NoChange, ...]:
    """Return the NOCs whose provision is in the new text, unless that changed it."""
    before, now = index_of(old), ProvisionIndex(new)
    to_new = match(before, now).to_revised
    changed = {
        one.region.target
        for one in amended
        if one.fate is Fate.CONFLICTING and ConflictKind.NO_CHANGE_OR_NOT in one.region.kinds
    }
    kept = []
    for keep in keeps:
        t = to_new[before.at[keep.target]] if keep.target else -1
        if keep.target not in changed and (t >= 0 or not keep.target):
            kept.append(replace(keep, target=now.nodes[t].id if t >= 0 else keep.target))
    return tuple(kept)
