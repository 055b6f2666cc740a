"""Count what drawn drafts hold: drafts without edits prove nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from resamend.conflict import ConflictKind, Findings, Gate, OptionKind, Region, Stream, find
from resamend.conflict.units import units
from resamend.consolidation import Consolidated, ListMarks, TextMarks, without
from resamend.decision import DecisionKind, DecisionRequest, Status, replay
from resamend.decision.lapsing import gates_around
from resamend.decision.values import TO_READ, Record
from resamend.difference import Edit, ListEdit, TextEdit
from resamend.matching import ProvisionIndex, index_of
from resamend.model import Kind, Language, walk
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


ASKED = (
    "fused region",
    "gate in a gate",
    "move out of what is suppressed",
    "move into what is suppressed",
    *(f"unit in {language.value}" for language in Language),
    "equal additions in one gap",
    "label variants in two gaps",
    "strike beside a move",
    "end that follows",
)
"""What drafts of sentences and lists hold (tests/sentences.py, tests/lists.py)."""


def note_asked(draft: Consolidated, findings: Findings) -> None:
    """Count what a draft of sentences or lists holds."""
    TALLY.update({"asked", *asked(draft, findings)})


def asked(draft: Consolidated, findings: Findings) -> set[str]:
    """Return what a draft holds, in the words of ``ASKED``."""
    known = index_of(draft.base)
    found = {situation for region in findings.elements for situation in _of_region(known, region)}
    found |= {situation for marks in draft.lists for situation in _of_list(marks, findings)}
    if any(_fused(findings, marks) for marks in draft.texts):
        found.add("fused region")
    if any(len(gates) > 1 for gates in gates_around(known, findings.regions).values()):
        found.add("gate in a gate")
    struck = [r for r in findings.elements if r.gate is Gate.SUPPRESS]
    hosts = [o.host for r in findings.elements for o in r.options if o.deed is OptionKind.MOVE]
    for region in struck:
        node = known.at[region.target]
        span = range(node, node + known.spans[node])
        if any(known.at.get(host, -1) in span for host in hosts):
            found.add("move into what is suppressed")
    return found


def _of_region(known: ProvisionIndex, region: Region) -> Iterator[str]:
    if ConflictKind.MOVED_OUT in region.kinds:
        yield "move out of what is suppressed"
    if region.ends:
        yield "end that follows"
    if region.stream is Stream.TEXT and region.base:
        language = known.resolution.language
        base = known.words(known.at[region.target])[region.lo // 2 : (region.hi + 1) // 2]
        if units(base, language):
            yield f"unit in {language.value}"


def _fused(findings: Findings, marks: TextMarks) -> bool:
    """Tell whether a region of a text holds two changes of one source."""
    spans = [(r.lo, r.hi) for r in findings.elements if r.target == marks.target]
    return any(
        times > 1
        for lo, hi in spans
        for times in Counter(
            source
            for change in marks.changes
            if lo <= 2 * change.start + (change.start < change.end) and 2 * change.end <= hi + 1
            for source in change.sources
        ).values()
    )


def _of_list(marks: ListMarks, findings: Findings) -> Iterator[str]:
    moved = {
        region.target
        for region in findings.elements
        for option in region.options
        if option.deed is OptionKind.MOVE
    }
    struck = {r.target for r in findings.elements if r.gate is Gate.SUPPRESS}
    for proposal in findings.draft.proposals if findings.draft else ():
        for edit in proposal.edits:
            for hunk in edit.hunks if isinstance(edit, ListEdit) else ():
                if moved.intersection(hunk.gone) and struck.intersection(hunk.gone):
                    yield "strike beside a move"
    labels: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for addition in marks.additions:
        if len(addition.sources) > 1:
            yield "equal additions in one gap"
        own = {(addition.gap, label) for label, _ in addition.labels}
        labels[addition.name.rpartition("-")[0]] |= own
    for places in labels.values():
        if len({gap for gap, _ in places}) > 1 and len({label for _, label in places}) > 1:
            yield "label variants in two gaps"
