"""``rebase``: carry proposals, or a whole dossier, over to a new base text."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from resamend.cli import options

if TYPE_CHECKING:
    from resamend.rebase import Carried


_AMENDED = ("  carried over: ", "  met: ", "  in conflict: ")
"""How the lines of the report begin that say what became of one amendment."""


@click.command("rebase")
@click.argument("proposal", metavar="PROPOSAL|DOSSIER")
@click.option("--from", "old", metavar="OLDBASE", help="The text it was made for.")
@click.option(
    "--onto",
    "new",
    required=True,
    multiple=True,
    metavar="NEWBASE",
    help="The new base text; of a dossier one a language.",
)
@options.language
@options.exit_code
@options.output
def rebase_command(
    *, proposal: str, old: str | None, new: tuple[str, ...], lang: str | None, tell: bool, out: str
) -> int:
    """Carry proposals over to Rev.1 of their base, or to the chair's text of the first round.

    What the new text leaves as it was takes the proposal's words along; what it says already is
    met; what it says otherwise is in conflict, and stays in the proposal as asked of the former
    text. Each amendment is listed on stderr, those in conflict with the place that now reads most
    like theirs: it is suggested, never taken.

    Of a DOSSIER a new one is made, in the folder OUT: with its proposals, the numbers of its
    points, its records and its history. What is in conflict is a point until somebody settles it,
    and the list is in it as carried-over.en.txt.

    \b
      resamend rebase RUS.xml --from base.xml --onto rev1.xml -o RUS-rev1.xml
      resamend rebase res-140 --onto rev1.xml -o res-140-rev1
    """
    from resamend.cli.inputs import note
    from resamend.rebase import Fate

    if Path(proposal).is_dir():
        if old:
            raise click.UsageError("A dossier holds the text it is from: leave --from away.")
        lines, carried = _dossier(Path(proposal), new, lang, out)
    else:
        lines, carried = _proposals(proposal, old, new, lang, out)
    note("\n".join(lines))
    clashes = (clash for one in carried for clash in one.fated(Fate.CONFLICTING))
    return 1 if tell and any(not clash.record for clash in clashes) else 0


def _dossier(
    folder: Path, texts: Sequence[str], lang: str | None, out: str
) -> tuple[Sequence[str], Sequence[Carried]]:
    """Make a dossier on new texts; beside the old one, named after the text, unless OUT is said."""
    from resamend.cli.inputs import received, spoken
    from resamend.cli.outputs import new_folder
    from resamend.dossier.rebasing import rebase

    name = f"{folder.absolute().name}-{PurePath(texts[0]).name.partition('.')[0]}"
    onto = Path(out) if out != "-" else folder.absolute().parent / name
    rebased = rebase(folder, [received(t) for t in texts], new_folder(onto), spoken(lang))
    typed = shlex.quote(str(onto))
    done = (
        f"{onto} is made, and lists each amendment in carried-over.LANGUAGE.txt; what is in "
        f"conflict is a point in it: resamend conflicts {typed}"
    )
    short = (line for line in rebased.report if not line.startswith(_AMENDED))
    return (*short, *rebased.notes, done), rebased.carried


def _proposals(
    name: str, old: str | None, texts: Sequence[str], lang: str | None, out: str
) -> tuple[Sequence[str], Sequence[Carried]]:
    """Carry the proposals of a file over."""
    from resamend.cli.inputs import arrived, base, spoken
    from resamend.cli.outputs import write_proposals
    from resamend.dossier.parsed_input import ProposalInfo
    from resamend.dossier.parsing import form_like
    from resamend.dossier.proposing import proposal_of
    from resamend.rebase import carry
    from resamend.renderers.rebase_report import report

    if not old:
        raise click.UsageError("Say with --from which text the proposal was made for.")
    if len(texts) > 1:
        raise click.UsageError("A proposal is made for one text: give --onto once.")
    before = base(old, spoken(lang))
    proposals = [
        proposal_of(arrival, before, ProposalInfo())
        for arrival in arrived(name, before.language, form=form_like(before))
    ]
    after = base(texts[0], before.language)
    carried = [carry(proposal, before, after) for proposal in proposals]
    write_proposals([one.proposal for one in carried], after, out)
    return report(carried, before), carried
