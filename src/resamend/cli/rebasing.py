"""``rebase``: carry proposals over to a new base text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from resamend.cli import options
from resamend.model import NOTE, OBJECT

if TYPE_CHECKING:
    from resamend.amendment import Proposal
    from resamend.model import Resolution
    from resamend.rebase import Amended, Carried

_LONGEST = 72
"""Code points of a text shown in the list."""


@click.command("rebase")
@click.argument("proposal", metavar="PROPOSAL")
@click.option("--from", "old", metavar="OLDBASE", help="The text it was made for.")
@click.option("--onto", "new", required=True, metavar="NEWBASE", help="The new base text.")
@options.language
@options.exit_code
@options.output
def rebase_command(
    *, proposal: str, old: str | None, new: str, lang: str | None, tell: bool, out: str
) -> int:
    """Carry a proposal over to Rev.1 of its base, or to the chair's text of the first round.

    What the new text leaves as it was takes the proposal's words along; what it says already is
    met; what it says otherwise is not carried. Each amendment is listed on stderr, those that
    conflict with the place that now reads most like theirs: it is suggested, never taken.

    PROPOSAL may be a dossier: then all its proposals are carried over, and OUT is a folder.

    \b
      resamend rebase RUS.xml --from base.xml --onto rev1.xml -o RUS-rev1.xml
      resamend rebase res-140 --onto rev1.xml -o carried
    """
    from resamend.cli.inputs import base, note
    from resamend.cli.outputs import write_proposals
    from resamend.rebase import Fate, carry

    before, proposals = _inputs(proposal, old, lang)
    after = base(new, before.language)
    carried = [carry(proposal, before, after) for proposal in proposals]
    write_proposals([rebased.proposal for rebased in carried], after, out)
    for rebased in carried:
        note("\n".join(_report(rebased, before)))
    return 1 if tell and any(rebased.fated(Fate.CONFLICTING) for rebased in carried) else 0


def _inputs(name: str, old: str | None, lang: str | None) -> tuple[Resolution, Sequence[Proposal]]:
    """Return the old text, and the proposals for it."""
    from resamend.cli.inputs import arrived, base, spoken
    from resamend.dossier.parsed_input import ProposalInfo
    from resamend.dossier.parsing import form_like
    from resamend.dossier.proposing import proposal_of
    from resamend.dossier.reading import read_dossier

    if Path(name).is_dir():
        if old:
            raise click.UsageError("A dossier holds the text it is from: leave --from away.")
        dossier = read_dossier(Path(name), spoken(lang))
        return dossier.base, dossier.proposals
    if not old:
        raise click.UsageError("Say with --from which text the proposal was made for.")
    before = base(old, spoken(lang))
    return before, [
        proposal_of(arrival, before, ProposalInfo())
        for arrival in arrived(name, before.language, form=form_like(before))
    ]


def _report(carried: Carried, before: Resolution) -> Iterator[str]:
    """Tell what became of a proposal: first how many amendments of each fate, then each."""
    from resamend.rebase import Fate
    from resamend.reference import unread_reason

    kept, met, left = (len(carried.fated(fate)) for fate in Fate)
    yield f"{carried.proposal.id}: {kept} carried over, {met} met, {left} in conflict"
    names = {Fate.KEPT: "carried over", Fate.MET: "met", Fate.CONFLICTING: "in conflict"}
    for amended in carried.amended:
        yield f"  {names[amended.fate]}: {amended.region.path}: {_amended(amended, before)}"
    reason = unread_reason(carried.proposal.language)
    if reason:
        yield f"  cross-references are not read in this language: check each by hand ({reason})"
    for reference in carried.unresolved:
        yield (
            f"  to be looked at: {reference.path}: “{reference.phrase}” leads nowhere in the new "
            "text"
        )


def _amended(amended: Amended, before: Resolution) -> str:
    """Say what an amendment asks, and in a conflict what the new text has instead."""
    from resamend.model import Language
    from resamend.page.changes import asked, parted
    from resamend.page.vocabulary import phrases
    from resamend.rebase import Fate

    say = phrases(Language.EN)
    wants = asked(say, amended.region, before, option=amended.option, most=_LONGEST)
    if amended.fate is not Fate.CONFLICTING:
        return wants + ("; next to a change of the new text: read them together" * amended.beside)
    kinds = ", ".join(say(kind) for kind in amended.region.kinds)
    there = parted(amended.region.base, amended.now, _LONGEST)[1]
    now = _short(there) if there.strip() else "nothing of it"
    elsewhere = amended.suggestion and amended.suggestion != amended.region.path
    like = f"; most like it now: {amended.suggestion}" if elsewhere else ""
    return f"{kinds}; asked: {wants}; the new text has {now}{like}"


def _short(text: str) -> str:
    text = " ".join(text.replace(OBJECT, NOTE).split())
    return f"“{text}”" if len(text) <= _LONGEST else f"“{text[:_LONGEST].rstrip()}…”"
