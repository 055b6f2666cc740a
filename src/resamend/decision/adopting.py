"""The adopted text: what was decided is applied, what is open stands in brackets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from resamend.amendment import Proposal, check, digest, revise
from resamend.conflict import Findings, Region
from resamend.decision.bracketing import OPEN, Bracketer
from resamend.decision.fragments import assembled
from resamend.decision.numbers import Row, numbers
from resamend.decision.replaying import Replay
from resamend.decision.settling import SETTLED, Settler
from resamend.decision.values import COMPOSED
from resamend.diff import Edit, ListEdit
from resamend.matching import Tree, tree
from resamend.merge import Consolidated
from resamend.model import Kind, Provision, Resolution, walk
from resamend.numbering import eids, inserted, list_renumbered, renumbered

__all__ = ["Adopted", "adopt"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """Hold an adopted text: ``open`` are the regions in brackets, ``numbers`` its table."""

    text: Resolution
    open: tuple[Region, ...]
    numbers: tuple[Row, ...]


def adopt(consolidated: Consolidated, findings: Findings, replayed: Replay) -> Adopted:
    """Return the text as the records that hold make it, renumbered.

    It is in force for nobody yet: its metadata are the base's, and the caller says its date.
    Raises ``Invalid`` where what was decided contradicts itself.
    """
    base = consolidated.base
    settler = Settler(consolidated, findings)
    decided = settler.decided(replayed.applied)
    open_ = tuple(
        region
        for region in findings.regions
        if region.id not in settler.settled and region.standing not in COMPOSED
    )
    edits = assembled((*decided, *_bracketed(settler, open_)))
    check(
        base,
        Proposal(id=SETTLED, language=base.language, base_digest=digest(base), edits=edits),
    )
    made = revise(base, edits)
    changed = {edit.target for edit in edits if isinstance(edit, ListEdit)}
    final = replace(base, provisions=_numbered(made.provisions, "", changed))
    final = replace(final, provisions=_notes(base, final))
    return Adopted(
        text=_identified(base, final),
        open=tuple(region for region in open_ if region.options),
        numbers=numbers(consolidated, final),
    )


def _bracketed(settler: Settler, open_: Sequence[Region]) -> Iterator[Edit]:
    bracketer = Bracketer(settler.known)
    for region in open_:
        yield from bracketer.edits(settler.elements[region.id], {})


# -- numbers --------------------------------------------------------------------------------------


def _numbered(
    provisions: Sequence[Provision], owner: str, changed: set[str]
) -> tuple[Provision, ...]:
    """Number the lists anew in which something was changed; what is open keeps a bis number."""
    made = list(provisions)
    if owner in changed:
        kept = ["" if p.id.startswith(OPEN) else p.label for p in made]
        labels = list(list_renumbered(made, kept))
        taken = list(labels)
        for k, provision in enumerate(made):
            if provision.id.startswith(OPEN):
                before = next((label for label in reversed(labels[:k]) if label), "")
                labels[k] = _beside(provision, before, taken)
                taken.append(labels[k])
        made = [replace(p, label=label) for p, label in zip(made, labels, strict=True)]
    return tuple(
        p if p.id.startswith(OPEN) else replace(p, children=_numbered(p.children, p.id, changed))
        for p in made
    )


def _beside(provision: Provision, before: str, taken: Sequence[str]) -> str:
    """Return the label of what stands in brackets after a provision."""
    if provision.label.endswith(" alt"):
        return f"{before} alt"
    return inserted(before, taken) if before and provision.label else provision.label


def _notes(base: Resolution, made: Resolution) -> tuple[Provision, ...]:
    """Number the footnotes through the whole text, if they are others than before."""
    before = [p for p in walk(base.provisions) if p.kind is Kind.FOOTNOTE]
    after = [p for p in walk(made.provisions) if p.kind is Kind.FOOTNOTE]
    if [p.id for p in before] == [p.id for p in after]:
        return made.provisions
    labels = dict(zip((p.id for p in after), renumbered([p.label for p in after]), strict=True))
    return _relabelled(made.provisions, labels)


def _relabelled(
    provisions: Sequence[Provision], labels: Mapping[str, str]
) -> tuple[Provision, ...]:
    return tuple(
        replace(p, label=labels.get(p.id, p.label), children=_relabelled(p.children, labels))
        for p in provisions
    )


# -- ids ------------------------------------------------------------------------------------------


def _identified(base: Resolution, made: Resolution) -> Resolution:
    """Give what is new an id made from its place, the same in every language."""
    known: Tree = tree(base)
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
