"""Make a record of what the group decides about a region, or refuse what makes no sense."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resamend.conflict import Findings, Gate, OptionKind, Region, Stream
from resamend.consolidation import Consolidated, check_draft
from resamend.decision.offering import offers, worded
from resamend.decision.placing import around, in_force, places
from resamend.decision.restating import needs_edits, recorded_edits
from resamend.decision.settling import Settler
from resamend.decision.values import TO_READ, DecisionKind, Level, Place, Record, RecordedOption
from resamend.decision.wording import notes_at, notes_in
from resamend.errors import AmbiguousName, UsageError
from resamend.guarding import fit_fields
from resamend.matching import ProvisionIndex, index_of
from resamend.model import NOTE, Kind
from resamend.numbering import whole_number

_SHORTEST = 4
WORDED = frozenset(Kind) - {
    Kind.RESOLUTION, Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX, Kind.TABLE, Kind.ROW,
}  # fmt: skip
"""Kinds for whose words the group can give its own."""
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T|$)")


class DecisionRequest(Struct, frozen=True, kw_only=True):
    """Say what is to be recorded: what, by whom, when, why.

    ``names`` are those of options: an option's number or id, a source, or a proponent. For
    ``DecisionKind.TAKE`` none is needed where a region has only one option. Raises ``UsageError``
    for an ``act`` or a ``level`` that there is not, and for one string in place of several.
    """

    act: DecisionKind
    by: str
    at: str
    names: tuple[str, ...] = ()
    text: str = ""
    reason: str = ""
    level: Level | None = None
    meeting: str = ""
    symbol: str = ""
    condition: str = ""
    reservations: tuple[str, ...] = ()
    entered_by: str = ""
    package: str = ""

    def __post_init__(self) -> None:
        fit_fields(self)


def record(
    consolidated: Consolidated,
    findings: Findings,
    region: Region,
    wish: DecisionRequest,
    *,
    number: int,
    point: int = 0,
    inputs: Mapping[str, str] | None = None,
    undoes: int = 0,
) -> Record:
    """Return the record of a decision about a region.

    Raises ``UsageError`` where it makes no sense there, names nobody who made it, or is about a
    region of another draft, and ``AmbiguousName`` where a name stands for several options.
    """
    return record_by(
        consolidated, findings, region, wish, number=number, point=point, inputs=inputs,
        undoes=undoes,
    )  # fmt: skip


def record_by(
    consolidated: Consolidated,
    findings: Findings,
    region: Region,
    wish: DecisionRequest,
    *,
    number: int,
    point: int = 0,
    inputs: Mapping[str, str] | None = None,
    undoes: int = 0,
    settler: Settler | None = None,
) -> Record:
    """Do as ``record``, with the ``settler`` of the draft: it is made once for many records."""
    signed(wish)
    check_draft(consolidated, findings.draft, "these are findings")
    if settler is None or settler.regions.get(region.id) is not region:
        findings.check(region)
    names = {p.id: tuple(w.code for w in p.proponents) for p in consolidated.proposals}
    asked = offers(region, names)
    elements = settler.parts if settler else {part.id: part for part in findings.elements}
    known = index_of(consolidated.base)
    _sensible(region, wish, elements, known)
    where = places(region, elements)
    act, chosen = _chosen(region, asked, wish)
    if act is DecisionKind.TEXT:
        _keeps_notes(wish, known, where[0], region)
    sums = inputs or {}
    made = Record(
        number=number,
        region=region.id,
        path=region.path,
        places=where,
        base=in_force(known, where[0]),
        around=around(known, where[0]),
        options=asked,
        language=consolidated.base.language,
        act=act,
        chosen=chosen,
        point=point,
        by=wish.by,
        at=wish.at,
        inputs=tuple((id, sums[id]) for id in region.sources if id in sums),
        undoes=undoes,
        as_read=tuple(_shown(region)) if act is DecisionKind.ACKNOWLEDGE else (),
    )
    if needs_edits(made) or (region.is_bracketed and made.chosen):
        settler = settler or Settler(consolidated, findings)
        edits = recorded_edits(known.digest, settler.edits_of(made))
        made = replace(made, edits=edits)
    return attributed(made, wish)


def _shown(region: Region) -> Iterator[tuple[str, str]]:
    """Yield what is read of a composed text: itself, and the parts that it is divided into."""
    for rank, text in enumerate(region.composed.split("\n") if region.composed else (), 1):
        yield region.target if rank == 1 else f"{region.target}-{rank}", text


def _keeps_notes(
    wish: DecisionRequest, known: ProvisionIndex, place: Place, region: Region
) -> None:
    """Refuse words of the group's own with more footnotes than there are in force."""
    if notes_in(wish.text) > len(notes_at(known, place)):
        raise UsageError(
            "there are not so many footnotes in the words in force here",
            where=region.path,
            advice="A mark such as [^1] keeps one of them; a new one comes with a proposal.",
        )


def renewed(old: Record, wish: DecisionRequest, number: int) -> Record:
    """Return the record of a decision where nobody asks for anything any more.

    The group may keep the text in force, or make what was asked there its own words. Raises
    ``UsageError`` for anything else.
    """
    signed(wish)
    if wish.act not in (DecisionKind.KEEP, DecisionKind.TEXT):
        raise UsageError(
            "no change is proposed there any more",
            where=old.path,
            advice="Give `act=text` with the group's own words, or `act=keep`.",
        )
    _has_words(wish, old.path)
    return attributed(
        replace(old, number=number, act=wish.act, options=(), chosen=(), inputs=(), edits=None),
        wish,
    )


def attributed(record: Record, wish: DecisionRequest) -> Record:
    """Return a record that says who decided it, when, why and on what terms, in whose words."""
    return replace(
        record,
        text=wish.text,
        by=wish.by,
        at=wish.at,
        reason=wish.reason,
        level=wish.level,
        meeting=wish.meeting,
        symbol=wish.symbol,
        condition=wish.condition,
        reservations=_named_states(wish),
        entered_by=wish.entered_by,
        package=wish.package,
    )


def signed(wish: DecisionRequest) -> None:
    """Refuse a decision that nobody has made, or at no time.

    Raises ``UsageError``.
    """
    if not wish.by.strip():
        raise UsageError("a record says who made it", advice="Give a name as `by=`.")
    if not DAY.match(wish.at):
        raise UsageError(
            f"{wish.at!r} is no day", advice="Write it as 2018-11-05 or 2018-11-05T16:30."
        )


def _named_states(wish: DecisionRequest) -> tuple[str, ...]:
    return tuple(sorted({name.strip() for name in wish.reservations} - {""}))


def _sensible(
    region: Region, wish: DecisionRequest, elements: Mapping[str, Region], known: ProvisionIndex
) -> None:
    """Refuse what cannot be decided about a region."""
    _fits_gate(region, wish.act)
    if region.is_former:
        _fits_former(region, wish.act)
    if region.is_bracketed:
        _fits_brackets(region, wish)
    act, beside = wish.act, region.standing in TO_READ
    if beside and act.settles:
        raise UsageError(
            "there is nothing to choose here: these changes can stand together",
            where=region.path,
            advice="Record each change by itself, and that this was read by `act=acknowledge`.",
        )
    if act is DecisionKind.ACKNOWLEDGE and not beside:
        raise UsageError(
            "here there is something to decide; 'acknowledge' is for what is only to be read",
            where=region.path,
            advice=_ACTS,
        )
    if act is DecisionKind.BOTH and not _one_gap(region, elements):
        raise UsageError(
            "options can stand together only where each adds something at one and the same place",
            where=region.path,
            advice="Give `act=take` for one of them, or `act=text` with the words of all.",
        )
    if act is DecisionKind.TEXT and not worded(region):
        raise UsageError(
            "this point is about where a paragraph stands, not about its words",
            where=region.path,
            advice="Give `act=take` or `act=keep`; changes of its words have points of their own.",
        )
    if act is DecisionKind.TEXT and region.stream is Stream.PROVISION:
        kind = known.nodes[known.at[region.target]].kind if region.target else Kind.RESOLUTION
        if kind not in WORDED:
            raise UsageError(
                "more than one paragraph is proposed here, so no single text can replace it",
                where=region.path,
                advice="Give `act=take`, `act=keep` or `act=bracket`.",
            )
    _has_words(wish, region.path)


def _has_words(wish: DecisionRequest, path: str) -> None:
    """Refuse words of the group's own that are none: a provision would go in silence."""
    if wish.act is DecisionKind.TEXT and not wish.text.strip():
        raise UsageError(
            "no words are given",
            where=path,
            advice="To add nothing there, give `act=keep`; to strike words or a provision, "
            "`act=take` for the option that strikes them, or `act=suppress`.",
        )


_ACTS = "Give `act=keep`, `act=take`, `act=both`, `act=text`, `act=bracket` or `act=defer`."
_GATE_ACTS = {
    Gate.SUPPRESS: (DecisionKind.SUPPRESS, DecisionKind.RETAIN),
    Gate.NO_CHANGE: (DecisionKind.NO_CHANGE, DecisionKind.AMENDABLE),
}
_EITHER = frozenset({DecisionKind.TEXT, DecisionKind.BRACKET, DecisionKind.DEFER})


def _fits_gate(region: Region, act: DecisionKind) -> None:
    """Refuse to answer a gate by other verbs than its own, and another question by those."""
    if region.gate and act not in _EITHER and act not in _GATE_ACTS[region.gate]:
        yes, no = (f"`act={each.value}`" for each in _GATE_ACTS[region.gate])
        raise UsageError(
            "here it is asked about the provision as a whole, and what others change in it apart",
            where=region.path,
            advice=f"Give {yes} or {no}; after {no} the points inside are decided by themselves.",
        )
    strikes = {option.deed for option in region.options} == {OptionKind.SUPPRESS}
    if act.answers_gate and not region.gate and not (strikes and act in _GATE_ACTS[Gate.SUPPRESS]):
        raise UsageError(
            f"'{act.value}' answers whether a provision is suppressed or may change; that is not "
            "asked here",
            where=region.path,
            advice=_ACTS,
        )


def _fits_former(region: Region, act: DecisionKind) -> None:
    """Refuse what cannot be done with what was asked of a former text in force.

    Words can be taken where it is clear which words of this text they are for.
    """
    words = {option.deed for option in region.options} == {OptionKind.WORDS}
    placed = region.stream is Stream.TEXT
    plain = not any(NOTE in option.text for option in region.options)
    allowed = {DecisionKind.KEEP, DecisionKind.DEFER}
    allowed |= {DecisionKind.TEXT} if placed else set()
    allowed |= {DecisionKind.TAKE} if placed and words and plain else set()
    if act not in allowed:
        acts = ", ".join(sorted(f"`act={act}`" for act in allowed))
        raise UsageError(
            f"this was asked of the former text, and '{act}' cannot be done with it in this one",
            where=region.path,
            advice=f"Give {acts}; or have its proponent send a revision for this text.",
        )


def _fits_brackets(region: Region, wish: DecisionRequest) -> None:
    """Refuse to keep a text in force that is itself what is open: its brackets would stay."""
    kept = str(len(region.options) + 1) in wish.names
    if wish.act in (DecisionKind.KEEP, DecisionKind.BOTH) or kept:
        raise UsageError(
            "this stands in brackets in the text in force, which is what is open",
            where=region.path,
            advice="Give `act=take` for one of the options, `act=text` with the group's own words, "
            "or `act=bracket` to leave it in brackets.",
        )


def _one_gap(region: Region, elements: Mapping[str, Region]) -> bool:
    parts = [elements[id] for id in region.parts if id in elements] or [region]
    spots = {(part.stream, part.target, part.lo, part.hi) for part in parts}
    if len(spots) != 1:
        return False
    return region.stream is Stream.GAP or (
        region.stream is Stream.TEXT and region.lo == region.hi and region.lo % 2 == 0
    )


# -- which options --------------------------------------------------------------------------------


def _chosen(
    region: Region, asked: Sequence[RecordedOption], wish: DecisionRequest
) -> tuple[DecisionKind, tuple[str, ...]]:
    if wish.act not in (DecisionKind.TAKE, DecisionKind.BOTH):
        return wish.act, ()
    if not wish.names:
        if len(asked) > 1:
            raise UsageError(
                "it is contested, so somebody's option has to be named",
                where=region.path,
                advice=f"The options are: {_listed(asked)}.",
            )
        return DecisionKind.TAKE, (asked[0].id,)
    if wish.act is DecisionKind.TAKE and wish.names == (str(len(asked) + 1),):
        return DecisionKind.KEEP, ()  # the option of nobody, listed last
    found = tuple(
        dict.fromkeys(id for name in wish.names for id in named_option(region, asked, name))
    )
    if wish.act is DecisionKind.BOTH and len(found) < 2:
        raise UsageError("these are one option", where=region.path, advice="Take it by `act=take`.")
    return wish.act, found


def named_option(region: Region, asked: Sequence[RecordedOption], name: str) -> tuple[str, ...]:
    """Return the options that a name stands for: what one source asks at one point."""
    known = {option.id for option in asked}
    if name in known:
        return (name,)
    number = whole_number(name) or 0
    if 0 < number <= len(asked):
        return (asked[number - 1].id,)
    by_id = sorted(id for id in known if len(name) >= _SHORTEST and id.startswith(name.lower()))
    by_source = [option.id for option in asked if name in option.sources]
    if by_source or len(by_id) == 1:
        return tuple(by_source or by_id)
    behind = [option for option in asked if name in option.proponents]
    if not behind:
        raise UsageError(
            f"there is no option {name} here"
            if name.isdecimal()
            else f"{name!r} is a proponent of no option here",
            where=region.path,
            advice=f"The options are: {_listed(asked)}.",
        )
    if len(behind) > 1:
        raise AmbiguousName(
            f"{name} is a proponent of several options: {_listed(asked, behind)}.",
            where=region.path,
            advice="Name a proposal, or the number of an option.",
        )
    return (behind[0].id,)


def _listed(asked: Sequence[RecordedOption], some: Sequence[RecordedOption] = ()) -> str:
    """List options, or some of them, by the numbers that they have in the list of points."""
    numbered = [(n, o) for n, o in enumerate(asked, 1) if not some or o in some]
    return "; ".join(f"{n} ({', '.join(option.sources)})" for n, option in numbered)
