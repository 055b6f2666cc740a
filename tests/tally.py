"""Count what drawn drafts hold: drafts without edits prove nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from resamend.conflict import ConflictKind, Findings, Gate, Region, find
from resamend.consolidation import Consolidated, without
from resamend.decision import DecisionKind, DecisionRequest, Status, replay
from resamend.decision.values import TO_READ, Record
from resamend.difference import Edit, ListEdit, TextEdit
from resamend.model import Kind, walk
from tests.wishes import decided, wish

TALLY: Counter[str] = Counter()
"""How many drafts held each situation."""

SITUATIONS = (
    *(clash.value for clash in ConflictKind),
    "identical",
    "editorial",
    "no hard conflict",
    "move",
    "move into an addition",
    "split",
    "join",
    "suppression",
    "addition",
    "addition in an addition",
    "renumbering",
    "label",
    "footnote added",
    "footnote amended",
    "footnote struck",
    "empty provision",
    "new resolution",
)

STATUSES = tuple(status for status in Status if status is not Status.BASE_CHANGED)
"""What becomes of records when a source comes or goes; the base is the same for all of a draft."""


def note(draft: Consolidated, findings: Findings) -> None:
    """Count the situations that a draft holds."""
    TALLY.update({"drafts", *situations(draft, findings)})


def situations(draft: Consolidated, findings: Findings) -> set[str]:
    """Return what a draft holds, in the words of ``SITUATIONS``."""
    told = (*findings.regions, *findings.warnings)
    found = {kind.value for region in told for kind in region.kinds}
    found |= {region.standing.value for region in told}
    if not any(r.severity == "hard" for r in findings.regions):
        found.add("no hard conflict")
    if findings.editorial:
        found.add("editorial")
    if not draft.base.provisions and draft.proposals:
        found.add("new resolution")
    kinds = {provision.id: provision.kind for provision in walk(draft.base.provisions)}
    if any(not p.text for p in walk(draft.base.provisions) if p.kind is Kind.ITEM):
        found.add("empty provision")
    for proposal in draft.proposals:
        for edit in proposal.edits:
            found.update(_of_edit(edit, kinds))
    return found


def statuses(draft: Consolidated, findings: Findings) -> set[Status]:
    """Return what becomes of records of everything when one source goes, and when it comes."""
    fewer = without(draft, draft.sources[:1])
    found = find(fewer)
    gone = replay(fewer, found, _records(draft, findings))
    come = replay(draft, findings, _records(fewer, found))
    return {each.status for each in (*gone.records, *come.records)}


def _records(draft: Consolidated, findings: Findings) -> tuple[Record, ...]:
    """Take the last option of everything that can be decided."""
    return decided(
        draft,
        findings,
        [
            (region, _taken(region))
            for region in findings.regions
            if region.standing not in TO_READ and region.options
        ],
    )


def _taken(region: Region) -> DecisionRequest:
    if region.gate:
        suppress = region.gate is Gate.SUPPRESS
        return wish(DecisionKind.SUPPRESS if suppress else DecisionKind.NO_CHANGE)
    return wish(DecisionKind.TAKE, region.options[-1].id)


def _of_edit(edit: Edit, kinds: dict[str, Kind]) -> Iterator[str]:
    if isinstance(edit, TextEdit):
        if kinds[edit.target] is Kind.FOOTNOTE:
            yield "footnote amended"
        marks = {mark.kind for hunk in edit.hunks for word in hunk.words for mark in word.marks}
        yield from marks & {"split", "join"}
        return
    if not isinstance(edit, ListEdit):
        yield "label"
        return
    if edit.renumbered:
        yield "renumbering"
    for hunk in edit.hunks:
        yield from ("footnote struck" for id in hunk.gone if kinds[id] is Kind.FOOTNOTE)
        if hunk.gone and not hunk.items:
            yield "suppression"
        for item in hunk.items:
            below = {child.kind for child in walk(item.children)}
            yield {Kind.MOVED: "move", Kind.FOOTNOTE: "footnote added"}.get(item.kind, "addition")
            yield from {"move into an addition"} if Kind.MOVED in below else ()
            yield from {"addition in an addition"} if Kind.ITEM in below else ()


def of_lists(draft: Consolidated) -> set[str]:
    """Return what the lists of a draft hold of equal additions."""
    held = set()
    for marks in draft.lists:
        for addition in marks.additions:
            if len(addition.sources) > 1:
                held.add("equal additions in one gap")
        names: Counter[str] = Counter(a.name.rpartition("-")[0] for a in marks.additions)
        if any(times > 1 for times in names.values()):
            held.add("equal additions in two gaps")
    return held
