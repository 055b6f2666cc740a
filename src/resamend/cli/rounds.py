"""``changes``, ``outcome``, ``origin``: from one round to the next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from resamend.cli import options
from resamend.cli.listings import write_listing
from resamend.errors import UsageError
from resamend.renderers.forms import Product

if TYPE_CHECKING:
    from resamend.amendment import Proposal
    from resamend.cli.inputs import Draft


@click.command("changes")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--paragraphs", is_flag=True, help="A row a paragraph: of both texts, and by whom.")
@options.form(Product.LISTING)
@options.output
@options.telling
@options.language
@options.exit_code
def changes_command(
    *, old: str, new: str, paragraphs: bool, form: str | None, out: str, tell: bool, **answers: Any
) -> int:
    """Say what changed between two drafts: each point's fate, and each word's cause.

    OLD and NEW are two dossiers, or one on two days (res-140@2018-11-05), two drafts of ours, or
    two texts. Of a draft
    the text is compared as it stands: what is recorded, and what has no competing proposal. The
    file of a draft holds the proposals and no records: give dossiers to see what was decided.

    \b
      resamend changes res-140-monday res-140
      resamend changes res-140@2018-11-05 res-140
      resamend changes rev1.docx rev2.docx -o changes.docx
      resamend changes base.xml adopted.xml --paragraphs
    """
    from msgspec.structs import replace

    from resamend.cli.inputs import chair_table, draft
    from resamend.page.round_changes import RoundChanges, changes_listing, paragraphs_listing
    from resamend.rounds.causes import differences
    from resamend.rounds.fates import PointFate, fated_points
    from resamend.rounds.standing import standing_text

    before, after = (draft((name,), answers["lang"]) for name in (old, new))
    if answers["audience"] != "chair":
        before, after = (replace(side, positions=()) for side in (before, after))
    sides = [standing_text(chair_table(side)) for side in (before, after)]
    changes = RoundChanges(
        old=sides[0],
        new=sides[1],
        points=fated_points(sides[0].table, sides[1].table),
        differences=differences(sides[0], sides[1]),
    )
    listing = paragraphs_listing if paragraphs else changes_listing
    write_listing(lambda reader: listing(changes, reader), form, answers, after.document, out)
    same = all(point.fate is PointFate.UNCHANGED for point in changes.points)
    return 0 if same and not changes.differences.changes else int(tell)


@click.command("outcome")
@click.argument("dossier")
@click.option("--for", "state", metavar="STATE", help="Of one state, or one proposal; else of all.")
@click.option("--adopted", metavar="FILE", help="The text that was adopted, from wherever it is.")
@options.form(Product.LISTING)
@options.output
@options.telling
@options.language
def outcome_command(
    *,
    dossier: str,
    state: str | None,
    adopted: str | None,
    form: str | None,
    out: str,
    **answers: Any,
) -> None:
    """Say what became of each amendment of a proposal, each exactly once.

    It is reflected, in part (which words), in similar wording (quoted), not reflected (which
    record, which option instead), withdrawn, or carried forward. The table of all states is for
    the chair: for the room or the public, name the state.

    \b
      resamend outcome res-140 --for KEN
      resamend outcome res-140 --for KEN --adopted final.docx -o KEN.docx
    """
    from resamend.cli.inputs import base, chair_table, draft
    from resamend.dossier.reading import withdrawn_proposals
    from resamend.page.outcomes import outcome_listing
    from resamend.rounds.outcomes import outcomes

    if not state and answers["audience"] != "chair":
        raise click.UsageError("The table of all is for the chair: name a state with --for.")
    loaded = draft((dossier,), answers["lang"])
    table = chair_table(loaded)
    language = table.consolidated.base.language
    gone = withdrawn_proposals(Path(dossier), table.consolidated.base)
    wanted = _proposals_of(state, loaded, gone)
    final = base(adopted, language) if adopted else None
    rows = [row for row in outcomes(table, final, gone) if row.source in wanted]
    write_listing(
        lambda reader: outcome_listing(table, rows, reader), form, answers, loaded.document, out
    )


@click.command("origin")
@click.argument("adopted", metavar="ADOPTED")
@click.argument("dossier")
@options.form(Product.LISTING)
@options.output
@options.telling
@options.language
def origin_command(
    *, adopted: str, dossier: str, form: str | None, out: str, **answers: Any
) -> None:
    """Say where each word of an adopted text came from.

    From the base text, from proposals (and by which record), from the group's own words, or
    from nothing that is on record: ADOPTED may have been typed by anybody.

    \b
      resamend origin adopted.xml res-140
    """
    from resamend.cli.inputs import base, chair_table, draft
    from resamend.page.outcomes import origin_listing
    from resamend.rounds.origins import origins

    loaded = draft((dossier,), answers["lang"])
    table = chair_table(loaded)
    text = base(adopted, table.consolidated.base.language)
    traced = origins(table, text)
    write_listing(
        lambda reader: origin_listing(table, text, traced, reader),
        form,
        answers,
        loaded.document,
        out,
    )


def _proposals_of(
    state: str | None, loaded: Draft, withdrawn: Sequence[Proposal]
) -> frozenset[str]:
    """Return the ids of a state's proposals, or of the one that is named; of all without a name."""
    proposals = (*loaded.consolidated.proposals, *withdrawn)
    ids = frozenset(
        proposal.id
        for proposal in proposals
        if state in (None, proposal.id) or state in {who.code for who in proposal.proponents}
    )
    if not ids and state:
        there = ", ".join(dict.fromkeys(proposal.id for proposal in proposals)) or "none"
        raise UsageError(f"{state} has no proposal here", advice=f"The proposals are: {there}.")
    return ids
