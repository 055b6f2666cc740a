"""What was asked of a former text in force, and is still to be settled.

A proposal that was carried over keeps what clashed with the new text. That changes no word of it,
so it has no mark; it is a point all the same: what the text says now, against what was asked of the
text before. Amendments of one question of then are one question now, under its id.
"""

from __future__ import annotations

from collections import defaultdict

from resamend.amendment import FormerAmendment
from resamend.conflict.values import (
    ConflictKind,
    Option,
    OptionKind,
    Region,
    Standing,
    Stream,
    short_hash,
)
from resamend.consolidation import Consolidated
from resamend.matching import ProvisionIndex, index_of


def former_questions(draft: Consolidated) -> tuple[Region, ...]:
    """Return a region for each question that was asked of a former text, in the text's order."""
    questions: dict[str, list[tuple[str, FormerAmendment]]] = defaultdict(list)
    for proposal in draft.proposals:
        for amendment in proposal.former:
            questions[amendment.question].append((proposal.id, amendment))
    index = index_of(draft.base)
    regions = [_question(index, id, asked) for id, asked in questions.items()]
    return tuple(sorted(regions, key=lambda r: (index.at.get(r.target, -1), r.lo, r.id)))


def _question(index: ProvisionIndex, id: str, asked: list[tuple[str, FormerAmendment]]) -> Region:
    _, first = asked[0]
    options: dict[str, Option] = {}
    for source, amendment in asked:
        wanted = short_hash([amendment.deed, amendment.asked, amendment.place])
        sources = options[wanted].sources if wanted in options else ()
        options[wanted] = Option(
            id=wanted,
            deed=OptionKind(amendment.deed),
            sources=tuple(sorted({*sources, source})),
            text=amendment.asked,
            place=amendment.place,
        )
    worded = first.start >= 0 and first.target in index.at
    gap = first.start == first.end
    return Region(
        id=id,
        stream=Stream.TEXT if worded else Stream.PROVISION,
        target=first.target if first.target in index.at else "",
        path=first.path,
        lo=2 * first.start + (not gap) if worded else 0,
        hi=2 * first.end - (not gap) if worded else 0,
        standing=Standing.CONTESTED,
        kinds=(ConflictKind.FORMER,),
        base=first.now,
        options=tuple(options.values()),
        sources=tuple(sorted({source for source, _ in asked})),
        former=first.old,
    )
