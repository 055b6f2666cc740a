"""What becomes of each amendment: it goes along, the new text says it already, or it clashes.

The new text is one more source of the draft, so a clash is what the findings call one. What was
asked as one question clashes as a whole: half of a rewording is a text that nobody asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from resamend.amendment import place
from resamend.amendment.edit_references import references as refers
from resamend.conflict import (
    ConflictKind,
    Findings,
    Gate,
    Option,
    OptionKind,
    Region,
    Standing,
    Stream,
    score,
)
from resamend.decision.lapsing import gates_around
from resamend.decision.settling import Settler
from resamend.difference import ListEdit, content
from resamend.matching import ProvisionIndex
from resamend.matching.by_word import ProvisionsByWord
from resamend.model import Kind, walk
from resamend.rebase.former import region_place
from resamend.rebase.new_places import NewPlaces
from resamend.rebase.values import NEW, Amended, Fate
from resamend.words import key_of

_BESIDE = frozenset({ConflictKind.COMPETING_ADDITION, ConflictKind.LABEL_COLLISION})
"""What is added beside an addition of the new text stands there as well as it stood before."""
_CLOSE = 0.4
"""The least score of likeness at which a provision of the new text is suggested."""


def fates_of(
    findings: Findings, source: str, old: ProvisionIndex, new: ProvisionIndex
) -> Iterator[Amended]:
    """Yield what becomes of each amendment of a source, in the order of the old text."""
    together = [r for r in findings.regions if r.standing is Standing.COMPOSED and NEW in r.sources]
    beside = {part for region in together for part in region.parts}
    struck = {r.id for r in findings.regions if r.gate is Gate.SUPPRESS and NEW in r.sources}
    gone = {r.target for r in findings.standing(Standing.CONTESTED) if _strikes(r)}
    around = gates_around(old, findings.regions)
    places = ProvisionsByWord(new)
    for region in findings.regions:
        if source not in region.sources or region.standing is Standing.COMPOSED:
            continue
        inside = struck.intersection(around.get(region.id, ())) or region.target in gone
        fate = Fate.CONFLICTING if inside else _fate(findings, region, source)
        suggestion = _suggestion(region, old, places) if fate is Fate.CONFLICTING else ""
        yield Amended(
            fate=fate,
            region=region,
            option=_option(region, source),
            now=now.text if (now := _option(region, NEW)) and fate is not Fate.KEPT else "",
            suggestion=suggestion,
            beside=fate is Fate.KEPT and region.id in beside,
        )


def _strikes(region: Region) -> bool:
    """Tell whether the new text takes out what somebody asks to have elsewhere."""
    option = _option(region, NEW)
    return option is not None and option.deed is OptionKind.SUPPRESS


def _fate(findings: Findings, region: Region, source: str) -> Fate:
    if region.standing is Standing.CONTESTED:
        if region.is_former:
            return Fate.CONFLICTING
        return _beside(findings, region, source)
    return Fate.MET if NEW in region.sources else Fate.KEPT


def left_behind(settler: Settler, source: str, amended: Amended) -> Amended:
    """Leave behind what moves or joins something."""
    moves = any(
        settler.whole.get(fragment.element) == amended.region.id
        and (isinstance(fragment.edit, ListEdit) or any(refers([fragment.edit])))
        for fragment in settler.owned[source]
    )
    kept = amended.fate is Fate.KEPT
    return replace(amended, fate=Fate.CONFLICTING) if moves and kept else amended


def _beside(findings: Findings, region: Region, source: str) -> Fate:
    """Tell what becomes of an addition to which the new text has added something: it stays so."""
    parts = region.parts or (region.id,)
    gaps = all(e.stream is Stream.GAP for e in findings.elements if e.id in parts)
    if not gaps or not _BESIDE.issuperset(region.kinds):
        return Fate.CONFLICTING
    added = {
        who: [p for option in region.options if who in option.sources for p in option.provisions]
        for who in (source, NEW)
    }
    if {content(p) for p in added[source]} <= {content(p) for p in added[NEW]}:
        return Fate.MET
    shared = {content(p) for p in added[source]} & {content(p) for p in added[NEW]}
    moved = any(p.kind is Kind.MOVED for some in added.values() for p in walk(tuple(some)))
    return Fate.CONFLICTING if shared or moved else Fate.KEPT


Questions = Mapping[str, Region | None]


def untorn(
    amended: Sequence[Amended], questions: Questions, places: NewPlaces
) -> Iterator[Amended]:
    """Leave behind all that was one question with what clashes.

    So does what was asked in a question of several whose words the new text has changed, be it
    beside the words of this source: “three years” for “two years” is not “three or three years”.
    """
    amended = [
        replace(one, fate=Fate.CONFLICTING)
        if one.fate is Fate.KEPT and _reworded(questions[one.region.id], places)
        else one
        for one in amended
    ]
    clashing = {
        question.id
        for one in amended
        if one.fate is Fate.CONFLICTING and (question := questions[one.region.id])
    }
    for one in amended:
        question = questions[one.region.id]
        torn = question is not None and question.id in clashing
        yield replace(one, fate=Fate.CONFLICTING, beside=False) if torn else one


def _reworded(question: Region | None, places: NewPlaces) -> bool:
    """Tell whether the new text says something else where a contested question was asked."""
    if question is None or question.is_former or question.standing is not Standing.CONTESTED:
        return False
    if question.stream is not Stream.TEXT or not question.base:
        return False
    now = places.text_at(region_place(question))
    return now is not None and key_of(now) != key_of(question.base)


def by_question(
    amended: Sequence[Amended], questions: Questions, source: str, places: NewPlaces
) -> Iterator[Amended]:
    """Yield what clashes once a question, as it was asked."""
    asked: set[str] = set()
    for one in amended:
        question = questions[one.region.id] if one.fate is Fate.CONFLICTING else None
        if question is None:
            yield one
        elif question.id not in asked:
            asked.add(question.id)
            option = _option(question, source) or one.option
            now = places.text_at(region_place(question))
            now = one.now if now is None else now
            yield replace(one, region=question, option=option, now=now)


def _option(region: Region, source: str) -> Option | None:
    return next((option for option in region.options if source in option.sources), None)


def _suggestion(region: Region, old: ProvisionIndex, places: ProvisionsByWord) -> str:
    """Say where in the new text the words stand that are most like those an amendment was for."""
    if not region.target:
        return ""
    new = places.new
    was = old.nodes[old.at[region.target]]
    scored = [
        (score(was.text, new.nodes[t].text, old.resolution.language), -t)
        for t in places.likely(was)
    ]
    best, t = max(scored, default=(0.0, 0))
    if best < _CLOSE:
        return ""
    where = place(new, -t)
    wanted = region.base.strip() if region.stream is Stream.TEXT else ""
    words = _like(new.nodes[-t].text, wanted or was.text.strip())
    return f"{where}: “{words}”" if words else where


def _like(text: str, wanted: str) -> str:
    """Return the words of a text that are most like those wanted; none where nothing is."""
    if not wanted or not text:
        return ""
    from diff_match_patch import diff_match_patch  # type: ignore[import-untyped]

    search = diff_match_patch()  # imported only where a place is to be suggested
    search.Match_Distance = len(text) + 1
    head = wanted[: search.Match_MaxBits]
    at = search.match_main(text, head, 0)
    if at < 0:
        return ""
    start = text.rfind(" ", 0, at + 1) + 1
    end = text.find(" ", min(at + len(wanted), len(text)))
    return text[start : end if end >= 0 else len(text)].strip()
