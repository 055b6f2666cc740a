"""``changes``: the command that puts two drafts of one text beside each other."""

from __future__ import annotations

from typing import Any

import click

from resamend.cli import options
from resamend.cli.listings import write_listing
from resamend.renderers.forms import Product


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

    OLD and NEW are two dossiers (one kept as it was), two drafts of ours, or two texts. Of a draft
    the text is compared as it stands: what is recorded, and what has no competing proposal.

    \b
      resamend changes res-140-monday res-140
      resamend changes rev1.docx rev2.docx -o changes.docx
      resamend changes base.xml adopted.xml --paragraphs
    """
    from resamend.cli.inputs import chair_table, draft
    from resamend.page.round_changes import RoundChanges, changes_listing, paragraphs_listing
    from resamend.rounds.causes import differences
    from resamend.rounds.fates import PointFate, fated_points
    from resamend.rounds.standing import standing_text

    before, after = (draft((name,), answers["lang"]) for name in (old, new))
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
