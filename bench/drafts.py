"""The road from proposals to the bytes of a draft, with its outstanding points, as users go it."""

from __future__ import annotations

from collections.abc import Iterable

from resamend.akn import point_elements, read, write_consolidated
from resamend.amendment import Proposal
from resamend.conflict import find
from resamend.consolidation import Consolidated, merge
from resamend.model import Resolution


def draft(base: Resolution, proposals: Iterable[Proposal]) -> bytes:
    """Merge proposals and write the draft."""
    return written_draft(merge(base, proposals))


def written_draft(consolidated: Consolidated) -> bytes:
    """Write a draft with attribution, conflicts and ids."""
    findings = find(consolidated)
    numbers = {region.id: number for number, region in enumerate(findings.outstanding, 1)}
    points = point_elements(findings, numbers, consolidated.sources)
    return write_consolidated(consolidated, findings=points)


def text_in(data: bytes) -> Resolution:
    """Read a text.

    Raises ``TypeError`` for anything else.
    """
    value = read(data).value
    if not isinstance(value, Resolution):
        raise TypeError("this is no text")
    return value


def proposal_in(data: bytes) -> Proposal:
    """Read a proposal.

    Raises ``TypeError`` for anything else.
    """
    value = read(data).value
    if not isinstance(value, Proposal):
        raise TypeError("this is no proposal")
    return value
