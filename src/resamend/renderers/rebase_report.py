"""Say what became of each amendment of the proposals that were carried over to a new text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from resamend.model import NOTE, OBJECT, Language, Resolution
from resamend.page.changes import asked, parted
from resamend.page.vocabulary import phrases_for
from resamend.rebase import Amended, Carried, Fate
from resamend.reference import unread_reason
from resamend.words import shortened

_LONGEST = 72
"""Code points of a text shown in the list."""
_FATES = {Fate.KEPT: "carried over", Fate.MET: "met", Fate.CONFLICTING: "in conflict"}


def report(carried: Iterable[Carried], before: Resolution) -> tuple[str, ...]:
    """Return a line for each proposal, how many amendments of it of each fate, then one for each.

    ``before`` is the text that they were made for.
    """
    return tuple(line for one in carried for line in _lines(one, before))


def _lines(carried: Carried, before: Resolution) -> Iterator[str]:
    kept, met, left = (len(carried.fated(fate)) for fate in Fate)
    settled = sum(bool(amended.record) for amended in carried.amended)
    of_which = f" ({settled} settled by a record)" if settled else ""
    yield f"{carried.proposal.id}: {kept} carried over, {met} met, {left} in conflict{of_which}"
    for amended in carried.amended:
        yield f"  {_FATES[amended.fate]}: {amended.region.path}: {_amended(amended, before)}"
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
    say = phrases_for(before, Language.EN)
    wants = asked(say, amended.region, before, option=amended.option, most=_LONGEST)
    if amended.fate is not Fate.CONFLICTING:
        if amended.in_brackets:
            return f"{wants}; still open: it stands in brackets"
        return wants + ("; next to a change of the new text: read them together" * amended.beside)
    kinds = ", ".join(map(say, amended.region.kinds)) or "the new text reads otherwise"
    there = parted(amended.region.base, amended.now, _LONGEST)[1]
    now = _short(there) if there.strip() else "nothing of it"
    elsewhere = amended.suggestion and amended.suggestion != amended.region.path
    like = f"; most like it now: {amended.suggestion}" if elsewhere else ""
    record = f"; settled by record {amended.record}" if amended.record else ""
    return f"{kinds}; asked: {wants}; the new text has {now}{like}{record}"


def _short(text: str) -> str:
    return f"“{shortened(' '.join(text.replace(OBJECT, NOTE).split()), _LONGEST)}”"
