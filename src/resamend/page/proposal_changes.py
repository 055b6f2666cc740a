"""Which proposals came, went or were revised between two drafts, and who joined or left them.

A record stands when the proposal behind it goes, so neither the points nor the words would say it.
"""

from __future__ import annotations

from collections.abc import Iterator

from resamend.amendment import Proposal
from resamend.consolidation import Consolidated
from resamend.page.listing import Cell, ListingColumn, ListingPart
from resamend.page.source_names import SourceNames


def changed_proposals(
    names: SourceNames, before: Consolidated, now: Consolidated
) -> Iterator[ListingPart]:
    """Yield the table of the proposals that are not as they were, where there are any."""
    say = names.say
    sides = [{proposal.id: proposal for proposal in draft.proposals} for draft in (before, now)]
    rows: list[tuple[Cell, ...]] = []
    for number, id in enumerate(sorted({*sides[0], *sides[1]}), 1):
        lines = tuple(_lines(names, sides[0].get(id), sides[1].get(id)))
        if lines:
            rows.append(((names.symbol(id, number),), lines))
    if rows:
        yield ListingPart(
            name=say("sources"),
            columns=(
                ListingColumn("proposal", say("proposal").capitalize(), 18),
                ListingColumn("fate", say("what_became"), 50),
            ),
            rows=tuple(rows),
        )


def _lines(names: SourceNames, before: Proposal | None, now: Proposal | None) -> Iterator[str]:
    """Say what is otherwise with a proposal: that it came or went, its revision, its states."""
    say = names.say
    if before is None or now is None:
        here = now or before
        assert here is not None
        states = names.states(who.code for who in here.proponents)
        yield say("proposal_new" if now else "proposal_gone") + (
            say.aside(states) if states else ""
        )
        return
    if now.revision != before.revision:
        yield say("revision", n=now.revision)
    there, here_now = ([who.code for who in p.proponents] for p in (before, now))
    for key, codes in (
        ("sponsors_joined", [code for code in here_now if code not in there]),
        ("sponsors_left", [code for code in there if code not in here_now]),
    ):
        if codes:
            states = names.states(codes)
            yield say.told(say(key), states) if states else say(key)
