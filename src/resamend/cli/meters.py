"""``meter``: the brackets of any number of drafts, in tables and as a curve."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from resamend.cli import options
from resamend.cli.listings import write_listing
from resamend.renderers.forms import Product

if TYPE_CHECKING:
    from resamend.page.meters import MeasuredText


@click.command("meter")
@click.argument("drafts", nargs=-1, required=True, metavar="DRAFT...")
@options.form(Product.METER)
@options.output
@options.telling
@options.language
def meter_command(*, drafts: tuple[str, ...], form: str | None, out: str, **answers: Any) -> None:
    """Count the brackets of drafts: how many, how many options, how many words in dispute.

    A DRAFT is a dossier, a dossier on a day (res-140@2018-11-05), a draft of ours or a text. Of a
    draft its text is counted as 'adopt' writes it, what is open in square brackets. Brackets that
    do not close are named with their place. With -f svg it is a curve; in HTML both.

    \b
      resamend meter rev1.docx rev2.docx rev3.docx
      resamend meter res-140@2018-11-05 res-140 -o meter.html
    """
    from resamend.page.meters import meter_listing

    measured = [_measured(name, answers["lang"]) for name in drafts]
    write_listing(
        lambda reader: meter_listing(measured, reader), form, answers, {}, out, Product.METER
    )


def _measured(name: str, language: str | None) -> MeasuredText:
    from resamend.cli.inputs import chair_table, draft
    from resamend.decision import adopt
    from resamend.page.meters import MeasuredText

    table = chair_table(draft((name,), language))
    consolidated = table.consolidated
    text = consolidated.base
    if consolidated.proposals or table.records:
        text = adopt(consolidated, table.findings, table.replay).text
    return MeasuredText(
        name=Path(name).name,
        text=text,
        illustrative=bool(consolidated.base.metadata.illustrative)
        or any(proposal.illustrative for proposal in consolidated.proposals),
    )
