"""What arrived, made into a proposal: a revised text compared with the text in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from resamend.amendment import (
    NoChange,
    Proposal,
    completed,
    described_unmarked,
    find_unmarked,
    follow,
    is_part,
    place,
    propose,
)
from resamend.amendment import proponents as proponents_of
from resamend.consolidation import Consolidated
from resamend.difference import LabelEdit, ListPlace
from resamend.dossier.citing import number_of
from resamend.dossier.names import (
    checked,
    checked_name,
    editions_in,
    from_file_name,
    id_of_symbol,
)
from resamend.dossier.parsed_input import ParsedInput, ProposalInfo
from resamend.dossier.partial import (
    as_sent,
    kept_by,
    named_in,
    refuse_drawn_changes,
    refuse_letter,
    refuse_silent_deletions,
    unplaced,
    wanted_by_part,
)
from resamend.errors import InputError, Invalid, NotApplicable, UsageError
from resamend.matching import index_of
from resamend.model import Kind, Proponent, Resolution, walk
from resamend.numbering import unbracketed
from resamend.page.vocabulary import said_of
from resamend.words import bare

if TYPE_CHECKING:
    from resamend.readers.prose import AmendedText


def of_this_text(
    arrived: tuple[ParsedInput, ...], base: Resolution
) -> tuple[tuple[ParsedInput, ...], tuple[str, ...]]:
    """Return those of one file's proposals that are about a base, and a line for each other one.

    Raises ``NotApplicable`` where none is: a conference's document speaks of many resolutions, and
    somebody who hands it in beside a text in force wants what it says of that.
    """
    kept, lines, refused = [], [], []
    for arrival in arrived:
        try:
            _same_resolution(arrival, base)
            kept.append(arrival)
        except NotApplicable as refusal:
            refused.append(refusal)
            lines.append(f"{arrival.id}: {refusal.what}; it is not taken")
    if refused and not kept:
        raise refused[0]
    return tuple(kept), tuple(lines)


def proposal_of(
    arrival: ParsedInput, base: Resolution, request: ProposalInfo | None = None
) -> Proposal:
    """Return the proposal that arrived; a revised text is compared with the base.

    Raises ``Invalid`` for a text without an id, and for a NOC of a provision that is not there.
    """
    return proposal_and_queries(arrival, base, request)[0]


def proposal_and_queries(
    arrival: ParsedInput, base: Resolution, request: ProposalInfo | None = None
) -> tuple[Proposal, tuple[str, ...]]:
    """Return the proposal that arrived, and what to ask its proponents or to know of its edits."""
    try:
        proposal, notices = _proposed(arrival, base, request or ProposalInfo())
    except InputError as refusal:
        refusal.what, refusal.advice = (said_of(base, m) for m in (refusal.what, refusal.advice))
        raise
    return proposal, tuple(said_of(base, message) for message in notices)


def _proposed(
    arrival: ParsedInput, base: Resolution, request: ProposalInfo
) -> tuple[Proposal, tuple[str, ...]]:
    if isinstance(arrival.value, Consolidated):
        raise UsageError(
            "this is a consolidated draft, and a proposal is wanted", where=arrival.name
        )
    if isinstance(arrival.value, Proposal):
        return _named(arrival.value, request, arrival.name), ()
    _same_resolution(arrival, base)
    refuse_drawn_changes(arrival, request)
    if (worded := _in_words(arrival, base)) is not None:
        proposal = _compared(
            arrival, worded.text, base, request, moved=worded.moved, places=worded.places
        )
        return proposal, (
            *(f"{proposal.id}: {line}" for line in worded.told),
            *_told(arrival, request, proposal),
        )
    refuse_letter(arrival, base, request)
    arrival, is_extract = as_sent(arrival, base, request)
    assert isinstance(arrival.value, Resolution)
    part = wanted_by_part(arrival, base, is_extract=is_extract)
    before = arrival.rejected
    if part is None and base.provisions:
        refuse_silent_deletions(arrival, arrival.value, base, request)
    if part is not None or before is None or not (before.provisions and base.provisions):
        proposal = _compared(arrival, arrival.value if part is None else part, base, request)
        notices = _partly(proposal) if part is not None else ()
        return proposal, (*notices, *_told(arrival, request, proposal))
    whole = completed(base, before, arrival.value, is_extract=is_extract)
    if whole is None and is_part(base, before):
        raise unplaced(arrival)
    proposal = _compared(arrival, whole or arrival.value, base, request)
    proposal, compared = follow(base, proposal, arrival.evidence)
    differences = find_unmarked(base, before)
    if whole is not None:
        differences = tuple(
            difference for difference in differences if difference.expected and difference.found
        )
    proposal = replace(proposal, unmarked=differences)
    queries = (*_told(arrival, request, proposal), *_queries(base, proposal, compared))
    return proposal, (*_partly(proposal), *queries) if whole is not None else queries


def _in_words(arrival: ParsedInput, base: Resolution) -> AmendedText | None:
    """Return what amendments in words make of a base; nothing where a text was sent.

    Raises ``Invalid`` for a sentence that fits nowhere, or twice: then none of them is taken.
    """
    sent = isinstance(arrival.value, Resolution) and arrival.sentences and base.provisions
    if not sent or arrival.rejected is not None or arrival.symbol in ("SUP", "NOC"):
        return None
    from resamend.readers.prose import amended_in_words

    assert isinstance(arrival.value, Resolution)
    return amended_in_words(base, arrival.value, arrival.sentences, name=named_in(arrival))


def _partly(proposal: Proposal) -> Iterator[str]:
    """Say of a proposal that amends something that it shows only a part of the text."""
    if proposal.edits:
        yield (
            f"{proposal.id}: it shows a part of the text in force; what it does not show is "
            "taken to stay"
        )


def _compared(
    arrival: ParsedInput,
    text: Resolution,
    base: Resolution,
    request: ProposalInfo,
    *,
    moved: frozenset[str] = frozenset(),
    places: Sequence[ListPlace] = (),
) -> Proposal:
    """Return the proposal that makes a revised text of a base."""
    id = checked(_id(arrival, request), arrival.name)
    revised = _revised(arrival, text, base)
    proposal = propose(
        base,
        revised,
        id,
        proponents=_proponents(id, request.proponents, arrival.name),
        revision=_revision(arrival, request),
        date=request.date or arrival.day or revised.metadata.date,
        keeps=_keeps(arrival, base),
        reasons=arrival.reasons,
        moved=moved or _moved(arrival, base),
        places=places,
    )
    return replace(
        proposal,
        illustrative=request.illustrative or proposal.illustrative,
        reading=request.reading,
        reading_by=request.by if request.reading else "",
    )


def _told(arrival: ParsedInput, request: ProposalInfo, proposal: Proposal) -> Iterator[str]:
    """Say what is odd: that it asks for nothing, how it writes labels, that nobody signed it."""
    if not (proposal.edits or proposal.keeps):
        yield f"{proposal.id}: it asks for no change of the text in force"
    written = [edit for edit in proposal.edits if isinstance(edit, LabelEdit) and _alike(edit)]
    if written:
        yield (
            f"{proposal.id}: labels written otherwise than in the text in force count as changes: "
            f"{len(written)}, such as “{written[0].label}” for “{written[0].old}”"
        )
    if not (request.id or arrival.id):
        yield (
            f"{proposal.id} is taken from the name of its file, for the text does not say whose "
            "proposal it is; if that is wrong, give `id=`"
        )


def _alike(edit: LabelEdit) -> bool:
    """Tell whether a label is changed in its brackets alone."""
    return unbracketed(edit.old) == unbracketed(edit.label)


def _queries(base: Resolution, proposal: Proposal, compared: Iterable[str]) -> Iterator[str]:
    for difference in proposal.unmarked:
        yield f"{proposal.id}, not marked as a change: {described_unmarked(base, difference)}"
    current = index_of(base)
    for id in compared:
        yield (
            f"{proposal.id}, {place(current, current.at[id])}: its edits come from comparing the "
            "text with the text in force, for they are not a tracked change inside one "
            "paragraph of it"
        )


def _moved(arrival: ParsedInput, base: Resolution) -> frozenset[str]:
    """Return the ids of the provisions in force that tracked changes move."""
    if not arrival.moved:
        return frozenset()
    texts = set(map(bare, arrival.moved))
    return frozenset(p.id for p in walk(base.provisions) if p.text and bare(p.text) in texts)


def _same_resolution(arrival: ParsedInput, base: Resolution) -> None:
    """Refuse a text of another resolution than the base, or one that is to be added beside it."""
    text = arrival.quoted or arrival.value
    if not isinstance(text, Resolution):
        return
    theirs, ours = number_of(text), number_of(base)
    if theirs and ours and theirs != ours:
        raise NotApplicable(
            f"this is a text of Resolution {theirs}, and the text in force is Resolution {ours}",
            where=named_in(arrival),
            advice="Give the text in force that it revises.",
        )
    lines = [p.text for p in walk(text.provisions) if p.kind is Kind.NUMBER]
    if arrival.symbol == "ADD" and lines and base.provisions and not theirs:
        raise NotApplicable(
            f"this adds a resolution ({lines[0]}), and the text in force is Resolution {ours}",
            where=named_in(arrival),
            advice="Give '-' as the text in force.",
        )


def _revised(arrival: ParsedInput, text: Resolution, base: Resolution) -> Resolution:
    """Return the text that is proposed; one that is not given, though something is said, is kept.

    Raises ``Invalid`` for an empty file: it must not be taken for a wish to suppress everything.
    """
    if text.provisions or arrival.symbol == "SUP" or not base.provisions:
        return text
    if arrival.kept or arrival.reasons or arrival.symbol:
        return base
    raise Invalid(
        "there is no text in it",
        where=arrival.name,
        advice="To suppress the whole resolution, write 'SUP RUS/62/1' in the first line.",
    )


def _named(proposal: Proposal, request: ProposalInfo, where: str) -> Proposal:
    """Return a finished proposal with what was said of it; its id stays its own."""
    checked(proposal.id, where)
    if request.id and id_of_symbol(request.id) != proposal.id:
        raise UsageError(f"this proposal's id is {proposal.id}, not {request.id}", where=where)
    if request.revision is not None:
        proposal = replace(proposal, revision=request.revision)
    if request.proponents:
        who = _proponents(proposal.id, request.proponents, where)
        proposal = replace(proposal, proponents=who)
    return replace(
        proposal,
        date=request.date or proposal.date,
        illustrative=request.illustrative or proposal.illustrative,
    )


def _revision(arrival: ParsedInput, request: ProposalInfo) -> int:
    """Return the revision that is said, or that the text, the id or the file's name says."""
    if request.revision is not None:
        return request.revision
    name = "" if request.id or arrival.id else from_file_name(arrival.name)
    editions = editions_in(request.id or name)
    return arrival.revision or editions.get("rev", editions.get("corr", 0))


def _id(arrival: ParsedInput, request: ProposalInfo) -> str:
    asked = request.id if request.revision is not None else id_of_symbol(request.id)
    if asked and arrival.id and asked != arrival.id:
        raise UsageError(
            f"the text says that it is {arrival.id}, not {request.id}", where=arrival.name
        )
    id = asked or arrival.id or id_of_symbol(from_file_name(arrival.name))
    if not id:
        raise Invalid(
            "it does not say whose proposal it is",
            where=arrival.name,
            advice="Write 'MOD RUS/62/1' in its first line, or give `id=`.",
            code="nobodys-proposal",
        )
    return id


def _proponents(id: str, codes: tuple[str, ...], where: str) -> tuple[Proponent, ...]:
    """Return the given proponents, or those of the id; a short id is its own proponent."""
    if codes:
        return tuple(sorted({Proponent(checked_name(code, where)) for code in codes}))
    return proponents_of(id) or (Proponent(id.split("/")[0]),)


def _keeps(arrival: ParsedInput, base: Resolution) -> tuple[NoChange, ...]:
    keeps = [
        NoChange(_target(base, path, arrival.name), reasons=reasons)
        for path, reasons in arrival.kept
    ]
    if arrival.symbol == "NOC":
        keeps += [NoChange(id, reasons=arrival.reasons) for id in kept_by(arrival, base)]
    return tuple(keeps)


def _target(base: Resolution, path: str, where: str) -> str:
    """Return the id of the provision at a path such as ``resolves 2``."""
    from resamend.amendment.place_names import find_place

    try:
        return find_place(base, path)
    except UsageError as error:
        raise Invalid(f"NOC {error.what}", where=where, advice=error.advice) from error
