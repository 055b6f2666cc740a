"""Show the labels of provisions, and who numbers a list anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from resamend.amendment.edit_applier import EditApplier
from resamend.conflict import Findings, Region, Standing, Stream
from resamend.consolidation import Consolidated, Sources
from resamend.matching import ProvisionIndex, index_of
from resamend.model import Provision
from resamend.redlines.memory import LayoutMemory
from resamend.redlines.values import Relabelled, Span


class Labels:
    """Know who gives which label to what."""

    def __init__(
        self,
        consolidated: Consolidated,
        findings: Findings,
        revisers: Mapping[str, EditApplier],
        memory: LayoutMemory,
    ) -> None:
        self.index: ProvisionIndex = index_of(consolidated.base)
        self.revisers = revisers
        self.memory = memory
        self.own = {marks.target: marks.labels for marks in consolidated.labels}
        self.anew = {marks.target: marks.renumbered for marks in consolidated.lists}
        self.regions: dict[str, Region] = {
            region.target: region
            for region in findings.elements
            if region.stream is Stream.LABEL and region.options
        }
        self.whole = findings.whole()

    def of(self, provision: Provision) -> tuple[Span, ...]:
        """Return the label of a base provision at its place, as changed where nobody contests."""
        labels = self.own.get(provision.id, ())
        region = self.regions.get(provision.id)
        contested = region and self.whole[region.id].standing is Standing.CONTESTED
        if len(labels) == 1 and not contested:
            label, sources = labels[0]
            spans = (Span(provision.label, deleted=sources), Span(label, sources))
            return tuple(span for span in spans if span.text)
        return (Span(provision.label),) if provision.label else ()

    def there(self, id: str, owner: str, sources: Sources) -> tuple[Span, ...]:
        """Return the label of a moved provision in its new list, where all who move it agree."""
        provision = self.index.nodes[self.index.at[id]]
        others = {who for _, some in self.own.get(id, ()) for who in some} - set(sources)
        new = {self._in(owner, source).get(id, "") for source in sources}
        if others or len(new) > 1 or provision.label in new:
            return self.of(provision)
        return tuple(Span(label) for label in new if label)

    def renumbered(self, node: int) -> tuple[tuple[Relabelled, Sources], ...]:
        """Say who gives which new numbers to what stands in a list."""
        id = self.index.nodes[node].id
        if id not in self.anew:
            return ()
        old = {self.index.nodes[n].id: self.index.nodes[n].label for n in self.index.children(node)}
        who: dict[Relabelled, list[str]] = defaultdict(list)
        for source in self.anew[id]:
            new = self._in(id, source)
            pairs = [(old[p], new[p]) for p in new if p in old and new[p] != old[p]]
            who[tuple(pairs)].append(source)
        return tuple((pairs, tuple(sources)) for pairs, sources in who.items() if pairs)

    def _in(self, id: str, source: str) -> dict[str, str]:
        """Return the labels that a source gives to what stands in a list."""
        reviser = self.revisers[source]
        return self.memory.kept(
            f"labels {source}",
            id,
            reviser,
            lambda: {provision.id: provision.label for provision in reviser.children(id)},
        )
