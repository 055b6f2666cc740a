"""A proposal that shows only a part of the text in force: the whole text that it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from resamend.amendment import is_part, is_unlike, shown_in, with_part, without_part
from resamend.dossier.parsed_input import ParsedInput, ProposalInfo
from resamend.errors import Invalid, NotApplicable
from resamend.matching import index_of
from resamend.model import Kind, Provision, Resolution, walk
from resamend.numbering import eids
from resamend.words import bare


def as_sent(
    arrival: ParsedInput, base: Resolution, request: ProposalInfo
) -> tuple[ParsedInput, bool]:
    """Return what arrived without its marks of omission, and whether it is an extract.

    It is one where such a mark says so, or the person who hands it in.
    """
    text = arrival.value
    if not isinstance(text, Resolution) or not base.provisions or arrival.balance is None:
        return arrival, False
    from resamend.amendment.omissions import with_omitted_words, without_omissions

    text, marked = without_omissions(text)
    if base.metadata.form and (marked or request.reading == "extract" or is_part(base, text)):
        text = _at_home(base, text)
    extract = request.reading == "extract" or (marked and request.reading != "whole")
    if marked:
        text = with_omitted_words(base, text)
    rejected = arrival.rejected
    if rejected is not None and marked:
        rejected = with_omitted_words(base, without_omissions(rejected)[0])
    if extract or is_part(base, text):
        text = _without_captions(base, text)
    return replace(arrival, value=text, rejected=rejected), extract


def _at_home(base: Resolution, text: Resolution) -> Resolution:
    """Put what an extract shows by itself below what it stands below in force.

    There a number is enough to say which paragraph is meant: ``OP3``, ``clause 2.2.1``.
    """
    from resamend.places import names_of

    index = index_of(base)
    ids = {name: id for id, name in names_of(base).items()}
    names = names_of(text)

    def housed(provision: Provision) -> Provision:
        id = ids.get(names.get(provision.id, ""))
        above = index.parents[index.at[id]] if id and provision.label else -1
        while above >= 0 and index.nodes[above].kind is not Kind.RESOLUTION:
            provision = replace(index.nodes[above], children=(provision,))
            above = index.parents[above]
        return provision

    def joined(provisions: Iterable[Provision]) -> Iterator[Provision]:
        last: Provision | None = None
        for provision in provisions:
            if last is not None and last.id and last.id == provision.id:
                below = tuple(joined((*last.children, *provision.children)))
                last = replace(last, children=below)
                continue
            if last is not None:
                yield last
            last = provision
        if last is not None:
            yield last

    tops = tuple(
        replace(top, children=tuple(joined(map(housed, top.children))))
        if top.kind is Kind.RESOLUTION
        else top
        for top in text.provisions
    )
    return eids(replace(text, provisions=tops))


def _without_captions(base: Resolution, text: Resolution) -> Resolution:
    """Leave out lines over an extract that only say what it is: "Amendment by Chad to …"."""
    own = {bare(p.text) for p in walk(base.provisions)}

    def left(provisions: tuple[Provision, ...]) -> tuple[Provision, ...]:
        first = next((n for n, p in enumerate(provisions) if not _is_caption(p, own)), 0)
        return provisions[first:]

    provisions = tuple(
        replace(p, children=left(p.children)) if p.kind is Kind.RESOLUTION else p
        for p in text.provisions
    )
    return replace(text, provisions=provisions)


def _is_caption(provision: Provision, own: set[str]) -> bool:
    return (
        provision.kind is Kind.TEXT
        and not provision.children
        and not provision.text.endswith((".", ";", ",", ":", "。", "；", "，", "،", "؛"))
        and bare(provision.text) not in own
    )


def refuse_silent_deletions(
    arrival: ParsedInput, text: Resolution, base: Resolution, request: ProposalInfo
) -> None:
    """Refuse a text that would strike much of the text in force only by not showing it.

    Raises ``Invalid`` with both readings; whoever hands it in says which is right.
    """
    is_stated = arrival.rejected is not None or arrival.symbol in ("SUP", "NOC")
    if request.reading or is_stated or arrival.balance is None or not text.provisions:
        return
    from resamend.amendment.omissions import unshown_by

    unshown = unshown_by(base, text)
    if unshown.is_much:
        sections = "; ".join(f"“{heading}”" for heading in unshown.sections[:3])
        raise Invalid(
            f"it does not show {unshown.struck} of the {unshown.of} provisions of the text in force"
            f"{f', the sections {sections} among them' if sections else ''}, and no mark of "
            "omission ([...]) says that they stay",
            where=named_in(arrival),
            advice="Give `reading=extract` if what it does not show is to stay, or `reading=whole` "
            "if all that is missing is to be suppressed.",
            code="silent-deletions",
        )


def refuse_letter(arrival: ParsedInput, base: Resolution, request: ProposalInfo) -> None:
    """Refuse what shows nothing of a text and amends it in some of its lines, as a letter does.

    Raises ``Invalid``: read as an extract, its courtesies would be what the state proposes.
    """
    text = arrival.value
    is_stated = arrival.symbol in ("ADD", "SUP", "NOC") or request.reading == "whole"
    if is_stated or not arrival.sentences or not base.provisions or arrival.rejected is not None:
        return
    from resamend.amendment.omissions import unshown_by
    from resamend.readers.prose import amending_lines_of

    assert isinstance(text, Resolution)
    unshown = unshown_by(base, text)
    if not unshown.struck or unshown.struck < unshown.of:
        return
    lines = amending_lines_of(base, arrival.sentences)
    if lines:
        shown = "; ".join(f"“{line[:_SHOWN]}”" for line in lines[:2])
        raise Invalid(
            f"it shows nothing of the text in force, and what amends it stands between lines that "
            f"do not: {shown}",
            where=named_in(arrival),
            advice="Give the amendments alone, a sentence for each; or `reading=whole` if all its "
            "words are the text that is wanted.",
            code="silent-deletions",
        )


_SHOWN = 80
"""Characters that are shown of a line that amends."""


def refuse_drawn_changes(arrival: ParsedInput, request: ProposalInfo) -> None:
    """Refuse a proposal whose changes may only be drawn, until somebody says how to read them.

    Raises ``Invalid``: as they stand, the words that it strikes out would count as its text.
    """
    if arrival.drawn and request.reading != "whole":
        raise Invalid(
            "words in it are struck out beside underlined or coloured ones, and no change is "
            f"tracked: {'; '.join(arrival.drawn[:3])}",
            where=named_in(arrival),
            advice="Give `redline_formatting=True` if these are its changes, or `reading=whole` "
            "if all the words are its text.",
            code="drawn-changes",
        )


def wanted_by_part(
    arrival: ParsedInput, base: Resolution, *, is_extract: bool = False
) -> Resolution | None:
    """Return the whole text that a proposal asks for which shows only a part of it.

    Nothing where it shows the whole, or where its tracked changes say what becomes of the rest.
    Raises ``NotApplicable`` for what is not in the base, ``Invalid`` where it cannot be placed.
    """
    text = arrival.value
    assert isinstance(text, Resolution)
    if arrival.symbol == "NOC" and base.provisions:
        return base
    if arrival.symbol == "SUP":
        shown = arrival.quoted
        if shown is None or not is_part(base, shown):
            return None
        return without_part(base, _shown(arrival, base, shown))
    tracked = arrival.rejected is not None and arrival.rejected.provisions
    if tracked or not (is_extract or is_part(base, text)):
        return None
    whole = with_part(base, text, adds=arrival.symbol == "ADD")
    is_stated = arrival.symbol or is_extract
    if whole is None or not (is_stated or (shown_in(base, text)[0] and not is_unlike(base, text))):
        raise unplaced(arrival)
    return whole


def kept_by(arrival: ParsedInput, base: Resolution) -> tuple[str, ...]:
    """Return what a NOC is of: what it shows, or the whole where it shows the front or nothing."""
    text = arrival.value
    assert isinstance(text, Resolution)
    if is_part(base, text):
        return _shown(arrival, base, text)
    return tuple(p.id for p in base.provisions if p.kind is Kind.RESOLUTION)


def _shown(arrival: ParsedInput, base: Resolution, part: Resolution) -> tuple[str, ...]:
    """Return the ids of the provisions that a SUP or NOC shows."""
    ids, missing = shown_in(base, part)
    if missing or not ids:
        words = " ".join(f"{p.label} {p.text}".strip() for p in missing or part.provisions)
        raise NotApplicable(
            f"it says {arrival.symbol} of “{words[:80]}”, which is not in the text in force",
            where=named_in(arrival),
            advice="Give the text in force that it speaks of, or its words as they stand there.",
        )
    return ids


def unplaced(arrival: ParsedInput) -> Invalid:
    """Return the refusal of a part that does not say where it belongs."""
    return Invalid(
        "it shows no more than a part of the text in force, and does not say where that stands",
        where=named_in(arrival),
        advice="Show it below its heading, as in the text in force; or give the whole text, or the "
        "right file.",
    )


def named_in(arrival: ParsedInput) -> str:
    """Name a file, and of several proposals in it the one that is meant."""
    return ", ".join(filter(None, (arrival.name, arrival.id)))
