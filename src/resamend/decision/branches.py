"""Two branches of one text brought together, as a version control system asks for it.

What one branch alone changed is taken, what both changed alike too; where they differ the words
stand in square brackets, the common text first. Nobody decides here what a group has to decide: a
provision that neither branch has as it now reads is named, to be read before it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import asdict, replace

from resamend.amendment import Proposal, propose
from resamend.amendment.typography import with_respellings_replaced
from resamend.conflict import Findings, Region, Standing, find
from resamend.consolidation import Consolidated, merge
from resamend.decision.adopting import Adopted, adopt
from resamend.decision.recording import DecisionRequest, record_by
from resamend.decision.replaying import replay
from resamend.decision.settling import Settler
from resamend.decision.values import DecisionKind, Record
from resamend.model import Metadata, Proponent, Resolution

CURRENT, OTHER = "current", "other"
"""What git calls the branch that one is on, and the one that is merged into it."""
_TAKEN = frozenset({Standing.SINGLE, Standing.IDENTICAL, Standing.CONSEQUENTIAL})
_TAKE = DecisionRequest(act=DecisionKind.TAKE, by="merge", at="1970-01-01")
"""It is kept nowhere: the records are made to be carried out, and forgotten."""


class MergedBranches(Struct, frozen=True, kw_only=True):
    """Hold what two branches give together.

    ``draft`` and ``adopted`` are empty where only one branch changed the text, or both alike.
    ``metadata`` names what the branches say differently of the text; the current one's is kept.
    """

    text: Resolution
    draft: Findings | None = None
    adopted: Adopted | None = None
    metadata: tuple[str, ...] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """Say what is left to a person beside the points in brackets."""
        return tuple(_remarks(self))

    @property
    def clean(self) -> bool:
        """Tell whether nothing is left to a person."""
        return not (self.remarks or self.open)

    @property
    def open(self) -> tuple[Region, ...]:
        """Return the points at which the branches differ."""
        regions = self.draft.regions if self.draft else ()
        return tuple(r for r in regions if r.standing is Standing.CONTESTED)


def merge_branches(base: Resolution, current: Resolution, other: Resolution) -> MergedBranches:
    """Bring two branches together that began with one text.

    Raises ``Invalid`` where what both ask for contradicts itself, and ``Contradiction`` for texts
    in different languages.
    """
    metadata, differing = _metadata(base.metadata, current.metadata, other.metadata)
    if current == other or other == base:
        text = replace(current, metadata=metadata)
        return MergedBranches(text=text, metadata=differing)
    if current == base:
        return MergedBranches(text=replace(other, metadata=metadata), metadata=differing)
    draft = merge(base, (_proposal(base, current, CURRENT), _proposal(base, other, OTHER)))
    findings = find(draft)
    adopted = adopt(draft, findings, replay(draft, findings, _records(draft, findings)))
    return MergedBranches(
        text=replace(adopted.text, metadata=metadata),
        draft=findings,
        adopted=adopted,
        metadata=differing,
    )


def _proposal(base: Resolution, branch: Resolution, name: str) -> Proposal:
    """Return what a branch changed; how words are typed counts too, for nobody else says it."""
    proposal = propose(base, branch, name, proponents=(Proponent(name),))
    return with_respellings_replaced(base, proposal)


def _records(draft: Consolidated, findings: Findings) -> Iterator[Record]:
    """Yield the taking of what has no other version."""
    settler = Settler(draft, findings)
    taken = (
        region
        for region in findings.regions
        if region.standing in _TAKEN and not (region.gate or region.ends)
    )
    for number, region in enumerate(taken, 1):
        yield record_by(draft, findings, region, _TAKE, number=number, settler=settler)


def _metadata(
    base: Metadata, current: Metadata, other: Metadata
) -> tuple[Metadata, tuple[str, ...]]:
    """Take of each field what one branch changed; name those that both changed otherwise."""
    before, here, there = asdict(base), asdict(current), asdict(other)
    merged = replace(current, **{k: there[k] for k in before if here[k] == before[k]})
    differing = (k for k in before if before[k] != here[k] != there[k] != before[k])
    return merged, tuple(differing)


def _remarks(merged: MergedBranches) -> Iterator[str]:
    shown = {region.id for region in merged.adopted.open} if merged.adopted else set()
    for region in merged.open:
        if region.id not in shown:  # it went along with what both want, as one of them wants it
            yield f"{region.path}: the branches differ here, and no brackets show it"
    for name in merged.metadata:
        kept = getattr(merged.text.metadata, name)
        yield f"both branches changed the {name} of the text: {kept!r} is kept, of {CURRENT}"
    for unread in merged.adopted.unread if merged.adopted else ():
        words = " ".join(unread.text.split())
        yield f"{unread.path} is put together from both branches, to be read as a whole: {words}"
    for change in merged.draft.editorial if merged.draft else ():
        who = ", ".join(change.sources)
        yield f"{change.path}: how “{change.base.text.strip()}” looks stays as it was ({who})"
    for reference in merged.adopted.unresolved if merged.adopted else ():
        why = reference.reason
        yield f"{reference.path}: “{reference.phrase}” is kept as it is written ({why})"
