"""The adopted text: what was decided is applied, what is open stands in brackets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resamend.amendment import Proposal, check, digest, revise
from resamend.conflict import Findings, Region, Stream
from resamend.consolidation import Consolidated, check_draft, project
from resamend.decision.bracketing import Bracketer
from resamend.decision.compositions import unread_beside
from resamend.decision.ending import with_ends
from resamend.decision.fragments import assembled
from resamend.decision.reading import UnreadProvision, find_unread
from resamend.decision.renumbering import RenumberedProvision, number_provisions, relabelled
from resamend.decision.replaying import Replay
from resamend.decision.settling import Settler, settler_of
from resamend.decision.values import SETTLED, TO_READ
from resamend.difference import Edit, Hunk, ListEdit, TextEdit
from resamend.matching import ProvisionIndex, index_of
from resamend.model import ROOT, Provision, Resolution, walk
from resamend.numbering import eids
from resamend.reference import Unresolved, rewrite


class Adopted(Struct, frozen=True, kw_only=True):
    """Hold an adopted text.

    ``open`` are the regions in brackets, last those that had them before, ``numbers`` says
    what each provision was called and is,
    ``unresolved`` are the references that could not be written anew, each with its reason, and
    ``unread`` the provisions put together from several proposals that nobody has read as a whole.
    ``readings`` maps each provision to its text before numbers and references are written anew.
    ``former`` are the questions asked of a former text that nobody has settled: they stand nowhere.
    """

    text: Resolution
    open: tuple[Region, ...]
    numbers: tuple[RenumberedProvision, ...]
    unresolved: tuple[Unresolved, ...]
    unread: tuple[UnreadProvision, ...] = ()
    readings: tuple[tuple[str, str], ...] = ()
    former: tuple[Region, ...] = ()

    def __repr__(self) -> str:
        return f"<Adopted {self.text!r}, {len(self.open)} open>"


class _Decided(Struct, frozen=True, kw_only=True):
    """Hold a text as records make it, before numbers, ends and references are set."""

    settler: Settler
    open: tuple[Region, ...]
    bracketed: tuple[Region, ...]
    former: tuple[Region, ...]
    edits: tuple[Edit, ...]
    text: Resolution


def readings_of(
    consolidated: Consolidated, findings: Findings, replayed: Replay
) -> tuple[tuple[str, str], ...]:
    """Return the text of each provision as records make it, before references are written anew.

    Raises as ``adopt``. It is asked with each record, of which one or two provisions are wanted.
    """
    made = _decided(consolidated, findings, replayed).text
    return tuple((provision.id, provision.text) for provision in walk(made.provisions))


def adopt(consolidated: Consolidated, findings: Findings, replayed: Replay) -> Adopted:
    """Return the text as the records that hold make it, renumbered, its references rewritten.

    It is in force for nobody yet: its metadata are the base's, and the caller says its date.
    Raises ``Invalid`` where what was decided contradicts itself, and ``UsageError`` for what was
    found or replayed of another draft.
    """
    base, decided = consolidated.base, _decided(consolidated, findings, replayed)
    made, settler = decided.text, decided.settler
    changed = set(_changed(settler.known, decided.edits))
    ended = with_ends(base, made, changed)
    texts = [project(consolidated, source) for source in consolidated.sources]
    open_texts = _open_texts(settler, decided.open)
    final, unresolved = rewrite(ended, relabelled(base, made, changed), written=(base, *texts))
    return Adopted(
        text=_identified(base, final),
        open=(*(r for r in decided.open if r.options), *decided.bracketed),
        numbers=number_provisions(base, dict(zip(consolidated.sources, texts, strict=True)), final),
        unresolved=unresolved,
        unread=(
            *find_unread(consolidated, made, replayed.records, open_texts),
            *unread_beside(replayed, open_texts),
        ),
        readings=tuple((provision.id, provision.text) for provision in walk(made.provisions)),
        former=decided.former,
    )


def _decided(consolidated: Consolidated, findings: Findings, replayed: Replay) -> _Decided:
    check_draft(consolidated, findings.draft, "these are findings")
    check_draft(consolidated, replayed.draft, "this is a replay")
    base = consolidated.base
    settler = settler_of(consolidated, findings)
    decided = settler.decided(replayed.applied, replayed.lapsed)
    left = [
        region
        for region in findings.regions
        if region.id not in settler.settled and region.standing not in TO_READ and not region.ends
    ]
    open_ = tuple(region for region in left if not region.is_unmarked)
    edits = assembled((*decided, *_bracketed(settler, open_, decided)))
    check(
        base,
        Proposal(id=SETTLED, language=base.language, base_digest=digest(base), edits=edits),
    )
    made = distinct_ids(revise(base, edits))
    return _Decided(
        settler=settler,
        open=open_,
        bracketed=tuple(region for region in left if region.is_bracketed),
        former=tuple(region for region in left if region.is_former),
        edits=edits,
        text=made,
    )


def _open_texts(settler: Settler, open_: Iterable[Region]) -> set[str]:
    """Return the provisions in whose words there is something open."""
    elements = (element for region in open_ for element in settler.elements[region.id])
    return {e.target for e in elements if e.stream in (Stream.TEXT, Stream.PROVISION)}


def _changed(known: ProvisionIndex, edits: Iterable[Edit]) -> Iterator[str]:
    """Yield the owners of the lists that edits change; who divides a provision changes its list."""
    for edit in edits:
        if isinstance(edit, ListEdit):
            yield edit.target
        elif isinstance(edit, TextEdit) and any(map(_divides, edit.hunks)):
            parent = known.parents[known.at[edit.target]]
            yield known.nodes[parent].id if parent >= 0 else ROOT


def _divides(hunk: Hunk) -> bool:
    return any(mark.kind == "split" for word in hunk.words for mark in word.marks)


def _bracketed(
    settler: Settler, open_: Sequence[Region], decided: Iterable[Edit]
) -> Iterator[Edit]:
    lists = (edit for edit in decided if isinstance(edit, ListEdit))
    gone = {id for edit in lists for hunk in edit.hunks for id in hunk.gone}
    bracketer = Bracketer(settler.known, gone)
    for region in open_:
        if region.id in settler.bracketed:
            yield from settler.bracketed[region.id]
            continue
        if not any(e.stream is Stream.PROVISION for e in settler.elements[region.id]):
            # only provisions know what goes: words and additions stand in brackets all the same
            elements = settler.elements[region.id]
            notes = {e.id: settler.notes(e) for e in elements}
            settler.bracketed[region.id] = tuple(bracketer.edits(elements, notes))
            yield from settler.bracketed[region.id]
            continue
        elements = []
        for element in settler.elements[region.id]:
            mover = bracketer.saved_by(element)
            if mover:  # what is around it goes; it stands, in brackets, where it would go
                yield from settler.fragments[element.id, mover]
                yield from bracketer.around(element.target)
            else:
                elements.append(element)
        yield from bracketer.edits(elements, {e.id: settler.notes(e) for e in elements})


# -- ids ------------------------------------------------------------------------------------------


def distinct_ids(made: Resolution) -> Resolution:
    """Give each of several equal additions an id of its own."""
    seen: dict[str, int] = defaultdict(int)

    def named(provision: Provision) -> Provision:
        seen[provision.id] += 1
        rank = seen[provision.id]
        id = provision.id if rank == 1 else f"{provision.id}-again{rank}"
        return replace(provision, id=id, children=tuple(map(named, provision.children)))

    return replace(made, provisions=tuple(map(named, made.provisions)))


def _identified(base: Resolution, made: Resolution) -> Resolution:
    """Give what is new an id made from its place, the same in every language."""
    known: ProvisionIndex = index_of(base)
    fresh = eids(made)
    taken = defaultdict(int, dict.fromkeys(known.at, 1))

    def named(old: Provision, new: Provision) -> Provision:
        id = old.id
        if id not in known.at:
            id = new.id
            while taken[id]:
                taken[new.id] += 1
                id = f"{new.id}_{taken[new.id]}"
            taken[id] = 1
        children = tuple(named(a, b) for a, b in zip(old.children, new.children, strict=True))
        return replace(old, id=id, children=children)

    pairs = zip(made.provisions, fresh.provisions, strict=True)
    return replace(made, provisions=tuple(named(a, b) for a, b in pairs))
