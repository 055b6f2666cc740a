"""Each amendment of a draft as a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from resamend.amendment import Proposal
from resamend.conflict import Findings
from resamend.consolidation import Consolidated
from resamend.decision.fragments import assembled, cut_fragments, taken_out
from resamend.difference import Edit
from resamend.errors import InputError, UsageError
from resamend.matching import index_of
from resamend.model import Resolution
from resamend.readers.prose.writing import as_sentences


def sentences_of(draft: Consolidated, findings: Findings) -> Mapping[tuple[str, str], str]:
    """Map each region and option, by their ids, to the sentence that asks for just that.

    Where no sentence says it, it is not there.
    """
    whole = findings.whole()
    owned: dict[tuple[str, str], list[Edit]] = defaultdict(list)
    for fragment in cut_fragments(draft, findings):
        if fragment.element:
            owned[whole[fragment.element].id, fragment.source].append(fragment.edit)
    proposals = {proposal.id: proposal for proposal in draft.proposals}
    sentences: dict[tuple[str, str], str] = {}
    for region in findings.regions:
        for option in region.options:
            source = option.sources[0] if option.sources else ""
            own = owned.get((region.id, source), [])
            text = _sentence(draft.base, proposals[source], own) if own else ""
            if text:
                sentences[region.id, option.id] = text
    return sentences


def _sentence(base: Resolution, proposal: Proposal, own: Sequence[Edit]) -> str:
    """Return what some edits of a proposal ask for, as sentences; nothing where none says it."""
    edits = assembled([*own, *taken_out(index_of(base), own)])
    try:
        text = as_sentences(base, replace(proposal, edits=edits, keeps=(), unmarked=()))
    except (InputError, UsageError):
        return ""
    return " ".join(line.partition(". ")[2] for line in text.splitlines())
