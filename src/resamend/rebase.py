"""Carry a proposal over to a new text in force.

The text in force was revised while a proposal was under way: a Rev.1 of the base, or the chair's
text of the first round. What the new text changes is laid over the old one beside the proposal, as
if it were another source. Where the two do not meet, the proposal's words go along; where they ask
for the same, the proposal has been met; where they clash, nothing is carried: the amendment is
listed, with what the text now says. A place may be suggested; it is never taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from resamend.amendment import NoChange, Proposal, check, digest, place, propose, revise
from resamend.amendment.edit_references import references as refers
from resamend.conflict import (
    ConflictKind,
    Findings,
    Gate,
    Option,
    Region,
    Standing,
    Stream,
    find,
    score,
)
from resamend.conflict.ends import parted_hunks
from resamend.consolidation import Consolidated, merge
from resamend.decision.fragments import assembled, taken_out
from resamend.decision.lapsing import gates_around
from resamend.decision.settling import Settler
from resamend.difference import Edit, ListEdit, ListHunk, TextEdit, content
from resamend.errors import Invalid, NotApplicable
from resamend.matching import ProvisionIndex, index_of, match
from resamend.matching.by_word import ProvisionsByWord
from resamend.model import Kind, Provision, Resolution, walk
from resamend.numbering import inserted
from resamend.reference import Unresolved, references, rewrite

NEW = " new text"
"""The id under which the new text is laid over the old one: before that of any proposal."""

_BESIDE = frozenset({ConflictKind.COMPETING_ADDITION, ConflictKind.LABEL_COLLISION})
"""What is added beside an addition of the new text stands there as well as it stood before."""
_CLOSE = 0.4
"""The least score of likeness at which a provision of the new text is suggested."""


class Fate(StrEnum):
    """Say what became of an amendment."""

    KEPT = "kept"  # its words survived: it goes along
    MET = "met"  # the new text says it already
    CONFLICTING = "conflicting"  # the new text says something else there


class Amended(Struct, frozen=True, kw_only=True):
    """Say what became of one amendment; ``region`` tells it, with the new text as another source.

    ``option`` is what the proposal asks for there (``None``: to number a list anew), ``now`` what
    the new text has; ``suggestion`` says where it might go: the path of a provision of the new
    text, and the words found there. ``beside`` tells that what goes along now touches words that
    the new text changes: the two compose, but somebody has to read them together.
    """

    fate: Fate
    region: Region
    option: Option | None
    now: str
    suggestion: str = ""
    beside: bool = False

    @property
    def asked(self) -> str:
        """Return the words that the proposal asks for."""
        return self.option.text if self.option else ""


class Carried(Struct, frozen=True, kw_only=True):
    """Hold a proposal as carried over, and what became of each of its amendments.

    ``unresolved`` are references in its own words that lead nowhere in the new text.
    """

    proposal: Proposal
    amended: tuple[Amended, ...]
    unresolved: tuple[Unresolved, ...] = ()

    def fated(self, fate: Fate) -> tuple[Amended, ...]:
        """Return the amendments of one fate, in the order of the old text."""
        return tuple(each for each in self.amended if each.fate is fate)


def carry(proposal: Proposal, old: Resolution, new: Resolution) -> Carried:
    """Carry a proposal, made for the old text, over to a new one.

    Carried over to the same text it is the same. Raises ``NotApplicable`` where it was not made
    for the old text, or where the two texts are in different languages.
    """
    check(old, proposal)
    if old.language is not new.language:
        raise NotApplicable(
            f"the old text is in {old.language}, the new one in {new.language}",
            where=proposal.id,
            advice="Give both in the proposal's language.",
        )
    own = propose(old, new, NEW, proponents=())
    draft = merge(old, (proposal, own))
    findings = find(draft)
    settler = Settler(draft, findings)
    amended = tuple(_amended(findings, proposal.id, index_of(old), ProvisionIndex(new)))
    if digest(old) == digest(new):
        return Carried(proposal=replace(proposal, base=new.metadata.work), amended=amended)
    try:
        text, unresolved = _together(draft, settler, amended)
    except Invalid:  # moves or joins that only together make a circle
        amended = tuple(_still(settler, proposal.id, each) for each in amended)
        text, unresolved = _together(draft, settler, amended)
    made = propose(
        new,
        text,
        proposal.id,
        proponents=proposal.proponents,
        revision=proposal.revision,
        date=proposal.date,
        keeps=_keeps(proposal.keeps, old, new, amended),
        reasons=proposal.reasons,
    )
    return Carried(
        proposal=replace(
            made,
            illustrative=proposal.illustrative,
            reading=proposal.reading,
            reading_by=proposal.reading_by,
        ),
        amended=amended,
        unresolved=unresolved,
    )


def _together(
    draft: Consolidated, settler: Settler, amended: Sequence[Amended]
) -> tuple[Resolution, tuple[Unresolved, ...]]:
    """Return the new text with what goes along of the proposal."""
    own, proposal = draft.proposals
    settler.settled = {each.region.id for each in amended if each.fate is not Fate.KEPT}
    # A change of the end alone takes no part in what the new text does to the words before it.
    settler.settled |= {r.id for r in settler.regions.values() if proposal.id not in r.sources}
    left = settler.without(proposal).edits
    ranked = [*_ranked(draft, own.edits, own.edits), *_ranked(draft, proposal.edits, left)]
    edits = [edit for _, edit in sorted(ranked, key=lambda pair: pair[0])]
    edits += taken_out(index_of(draft.base), edits)
    return _text(draft.base, proposal, own.edits, assembled(edits))


# -- what becomes of each amendment ---------------------------------------------------------------


def _amended(
    findings: Findings, source: str, old: ProvisionIndex, new: ProvisionIndex
) -> Iterator[Amended]:
    together = [r for r in findings.regions if r.standing is Standing.COMPOSED and NEW in r.sources]
    beside = {part for region in together for part in region.parts}
    struck = {r.id for r in findings.regions if r.gate is Gate.SUPPRESS and NEW in r.sources}
    around = gates_around(old, findings.regions)
    places = ProvisionsByWord(new)
    for region in findings.regions:
        if source not in region.sources or region.standing is Standing.COMPOSED:
            continue
        inside = struck.intersection(around.get(region.id, ()))
        fate = Fate.CONFLICTING if inside else _fate(findings, region, source)
        suggestion = _suggestion(region, old, places) if fate is Fate.CONFLICTING else ""
        yield Amended(
            fate=fate,
            region=region,
            option=_option(region, source),
            now=now.text if (now := _option(region, NEW)) and fate is not Fate.KEPT else "",
            suggestion=suggestion,
            beside=fate is Fate.KEPT and region.id in beside,
        )


def _fate(findings: Findings, region: Region, source: str) -> Fate:
    if region.standing is Standing.CONTESTED:
        return _beside(findings, region, source)
    return Fate.MET if NEW in region.sources else Fate.KEPT


def _still(settler: Settler, source: str, each: Amended) -> Amended:
    """Leave behind what moves or joins something."""
    moves = any(
        settler.whole.get(fragment.element) == each.region.id
        and (isinstance(fragment.edit, ListEdit) or any(refers([fragment.edit])))
        for fragment in settler.owned[source]
    )
    return replace(each, fate=Fate.CONFLICTING) if moves and each.fate is Fate.KEPT else each


def _beside(findings: Findings, region: Region, source: str) -> Fate:
    """Tell what becomes of an addition to which the new text has added something: it stays so."""
    parts = region.parts or (region.id,)
    gaps = all(e.stream is Stream.GAP for e in findings.elements if e.id in parts)
    if not gaps or not _BESIDE.issuperset(region.kinds):
        return Fate.CONFLICTING
    added = {
        who: [p for option in region.options if who in option.sources for p in option.provisions]
        for who in (source, NEW)
    }
    if {content(p) for p in added[source]} <= {content(p) for p in added[NEW]}:
        return Fate.MET
    shared = {content(p) for p in added[source]} & {content(p) for p in added[NEW]}
    moved = any(p.kind is Kind.MOVED for some in added.values() for p in walk(tuple(some)))
    return Fate.CONFLICTING if shared or moved else Fate.KEPT


def _option(region: Region, source: str) -> Option | None:
    return next((option for option in region.options if source in option.sources), None)


def _suggestion(region: Region, old: ProvisionIndex, places: ProvisionsByWord) -> str:
    """Say where in the new text the words stand that are most like those an amendment was for."""
    if not region.target:
        return ""
    new = places.new
    was = old.nodes[old.at[region.target]]
    scored = [
        (score(was.text, new.nodes[t].text, old.resolution.language), -t)
        for t in places.likely(was)
    ]
    best, t = max(scored, default=(0.0, 0))
    if best < _CLOSE:
        return ""
    where = place(new, -t)
    wanted = region.base.strip() if region.stream is Stream.TEXT else ""
    words = _like(new.nodes[-t].text, wanted or was.text.strip())
    return f"{where}: “{words}”" if words else where


def _like(text: str, wanted: str) -> str:
    """Return the words of a text that are most like those wanted; none where nothing is."""
    if not wanted or not text:
        return ""
    from diff_match_patch import diff_match_patch  # type: ignore[import-untyped]

    search = diff_match_patch()  # imported only where a place is to be suggested
    search.Match_Distance = len(text) + 1
    head = wanted[: search.Match_MaxBits]
    at = search.match_main(text, head, 0)
    if at < 0:
        return ""
    start = text.rfind(" ", 0, at + 1) + 1
    end = text.find(" ", min(at + len(wanted), len(text)))
    return text[start : end if end >= 0 else len(text)].strip()


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
    known, lists = index_of(draft.base), {marks.target: marks for marks in draft.lists}
    for edit in edits:
        if isinstance(edit, TextEdit):
            for part in parted_hunks(known, edit):
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
            for gap, item in zip(gaps, hunk.items, strict=True):
                yield ListEdit(edit.target, (ListHunk(gap, gap, (), (item,)),))
        if edit.renumbered:
            yield ListEdit(edit.target, renumbered=True)


def _ranked(
    draft: Consolidated, whole: Sequence[Edit], left: Sequence[Edit]
) -> Iterator[tuple[int, Edit]]:
    """Yield the smallest edits of what is left of a source's, each with its place in its gap.

    Where the orders contradict each other only the new text's is left, as it is.
    """
    order = {
        (marks.target, each.gap, _name(each.provision), each.rank): n
        for marks in draft.lists
        for n, each in enumerate(marks.additions)
        if each.gap not in marks.cycles
    }
    lists = {marks.target: marks for marks in draft.lists}
    ranks: dict[tuple[str, int, str], int] = {}
    for edit in _lists(whole):
        for hunk in edit.hunks:
            names: Counter[tuple[int, str]] = Counter()
            for gap, item in zip(lists[edit.target].gaps_of(hunk), hunk.items, strict=True):
                key = (edit.target, gap, _name(item), names[gap, _name(item)])
                names[gap, _name(item)] += 1
                ranks[edit.target, gap, item.id] = order.get(key, 0)
    for part in _smallest(draft, left):
        items = [(h.end, item.id) for e in _lists([part]) for h in e.hunks for item in h.items]
        yield max((ranks.get((part.target, *item), 0) for item in items), default=0), part


def _name(item: Provision) -> str:
    return item.id if item.kind is Kind.MOVED else content(item)


def _lists(edits: Iterable[Edit]) -> Iterator[ListEdit]:
    return (edit for edit in edits if isinstance(edit, ListEdit))


def _notes_first(edit: Edit) -> Edit:
    """Put the footnotes that are added in one gap before what is added below them."""
    if not isinstance(edit, ListEdit):
        return edit
    hunks = (
        replace(h, items=tuple(sorted(h.items, key=lambda item: item.kind is not Kind.FOOTNOTE)))
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
    made = []
    for provision in provisions:
        children = _taken(provision.children, rewritten, now)
        here, other = now.get(provision.id), rewritten[provision.id]
        if here is None or here.text != provision.text:
            provision = replace(provision, text=other.text, marks=other.marks)
        made.append(replace(provision, children=children))
    return tuple(made)


def _apart(provisions: Sequence[Provision], now: Mapping[str, Provision]) -> tuple[Provision, ...]:
    """Give what a proposal adds another number where the new text has given its own away."""
    taken = [p.label for p in provisions if p.id in now and p.label]
    made = []
    for provision in provisions:
        if provision.id not in now and provision.label in taken and provision.kind is Kind.ITEM:
            provision = replace(provision, label=inserted(provision.label, taken))
            taken.append(provision.label)
        made.append(replace(provision, children=_apart(provision.children, now)))
    return tuple(made)


def _keeps(
    keeps: Sequence[NoChange], old: Resolution, new: Resolution, amended: Sequence[Amended]
) -> tuple[NoChange, ...]:
    """Return the NOCs whose provision is in the new text, unless that changed it."""
    known, now = index_of(old), ProvisionIndex(new)
    to_new = match(known, now).to_revised
    changed = {
        each.region.target
        for each in amended
        if each.fate is Fate.CONFLICTING and ConflictKind.NO_CHANGE_OR_NOT in each.region.kinds
    }
    found = []
    for keep in keeps:
        t = to_new[known.at[keep.target]] if keep.target else -1
        if keep.target not in changed and (t >= 0 or not keep.target):
            found.append(replace(keep, target=now.nodes[t].id if t >= 0 else keep.target))
    return tuple(found)
