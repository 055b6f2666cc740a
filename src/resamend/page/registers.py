"""The lists that a secretariat keeps by hand: proposals as they came in, and who is to do what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from resamend.amendment import Proposal, place
from resamend.escaping import visible
from resamend.languages import Headings, section
from resamend.matching import ProvisionIndex
from resamend.model import OBJECT, Kind, Language, Provision, Resolution
from resamend.page.front import first_lines
from resamend.page.listing import Cell, Listing, ListingColumn, ListingPart
from resamend.page.options import USUAL, RenderOptions
from resamend.page.source_names import SourceNames
from resamend.page.vocabulary import Phrases, phrases, phrases_for

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_CLAUSE = re.compile(r"[^,;.:،؛，；。：]+")


class RegisterEntry(Struct, frozen=True, kw_only=True):
    """Hold a revision of a proposal as it came in; it counts unless it is ``gone``.

    ``by`` is the revision that replaced it, if one did; else a gone one was withdrawn, on the day
    ``withdrawn`` (ISO 8601) if that is known, when the last who were behind it left.
    """

    proposal: Proposal
    languages: tuple[Language, ...]
    gone: bool = False
    by: int | None = None
    withdrawn: str = ""


def register_listing(
    base: Resolution,
    entries: Sequence[RegisterEntry],
    *,
    deadline: str = "",
    options: RenderOptions = USUAL,
) -> Listing:
    """Return the register of proposals: each revision, in the order of symbols.

    What came after the ``deadline`` is late; without one, or without a date, nothing is said.
    """
    say = phrases_for(base, options.ui)
    names = SourceNames(say, options.shown_names, {})
    symbols = sorted({entry.proposal.id for entry in entries})
    columns = (
        ("symbol", say("register_symbol"), 14),
        ("proponents", say("register_proponents"), 22),
        ("received", say("register_received"), 12),
        ("late", say("register_late"), 8),
        ("languages", say("register_languages"), 10),
        ("status", say("register_status"), 18),
        ("replaces", say("register_replaces"), 14),
    )
    return Listing(
        key="register",
        name=say("register"),
        say=say,
        language=base.language,
        title=first_lines(base),
        banner=_banner(say, base, [entry.proposal for entry in entries]),
        parts=(
            ListingPart(
                columns=tuple(ListingColumn(*column) for column in columns),
                rows=tuple(
                    _entry_row(names, entry, deadline, symbols.index(entry.proposal.id) + 1)
                    for entry in entries
                ),
                nothing=say("register_none"),
            ),
        ),
    )


def _entry_row(
    names: SourceNames, entry: RegisterEntry, deadline: str, number: int
) -> tuple[Cell, ...]:
    say, proposal = names.say, entry.proposal
    status = say("register_current")
    if entry.gone:
        status = say("result_withdrawn")
        status += say.aside(say.day(entry.withdrawn))
    if entry.by is not None:
        status = say("register_replaced", revision=say("revision", n=entry.by))
    late = bool(deadline and proposal.date > deadline)
    previous = say("revision", n=proposal.revision - 1) if proposal.revision else ""
    return (
        (names.symbol(proposal.id, number),),
        tuple(_proponents(names, proposal)),
        (say.day(proposal.date),) if proposal.date else (),
        (say("register_late"),) if late else (),
        (say("comma").join(entry.languages),),
        (status,),
        (previous,) if previous else (),
    )


def _proponents(names: SourceNames, proposal: Proposal) -> Iterator[str]:
    """Say who is behind a proposal, with the days on which they joined and left."""
    say = names.say
    dated = [who for who in proposal.proponents if who.joined or who.left]
    plain = [who.code for who in proposal.proponents if who not in dated]
    if plain or not names.named:
        yield names.states([who.code for who in proposal.proponents] if not names.named else plain)
    for who in dated if names.named else ():
        days = [say.told(say(f"sponsors_{key}"), say.day(day)) for key, day in
                (("joined", who.joined), ("left", who.left)) if day]  # fmt: skip
        yield names.states([who.code]) + say.aside(say.series(days))


def _banner(say: Phrases, base: Resolution, proposals: Sequence[Proposal]) -> str:
    illustrative = base.metadata.illustrative or any(p.illustrative for p in proposals)
    return say("illustrative") if illustrative else ""


# -- who is to do what ----------------------------------------------------------------------------


def actions_listing(text: Resolution, options: RenderOptions = USUAL) -> Listing:
    """Return whom a text instructs, requests or invites to do what: by its operative headings.

    The clauses that speak of a report, and of a year, are quoted beside each action.
    """
    say = phrases_for(text, options.ui)
    columns = (
        ("addressee", say("actions_addressee"), 20),
        ("where", say("para"), 14),
        ("action", say("actions_action"), 40),
        ("report", say("actions_report"), 16),
        ("when", say("actions_when"), 14),
    )
    return Listing(
        key="actions",
        name=say("actions"),
        say=say,
        language=text.language,
        title=first_lines(text),
        banner=_banner(say, text, ()),
        parts=(
            ListingPart(
                columns=tuple(ListingColumn(*column) for column in columns),
                rows=tuple(_action_rows(text)),
                nothing=say("actions_none"),
            ),
        ),
    )


def _action_rows(text: Resolution) -> Iterator[tuple[Cell, ...]]:
    index = ProvisionIndex(text)
    stems = re.compile(phrases(text.language)("report_words"), re.IGNORECASE)
    for node, heading in enumerate(index.nodes):
        if heading.kind is Kind.OPERATIVE and _addresses(heading, text.language):
            for below in range(node, node + index.spans[node]):
                provision = index.nodes[below]
                if below == node or provision.kind not in (Kind.ITEM, Kind.TEXT):
                    continue
                yield (
                    (visible(heading.text.strip()),),
                    (visible(place(index, below)),),
                    (visible(" ".join(provision.text.replace(OBJECT, "").split())),),
                    tuple(_clauses(provision.text, stems)),
                    tuple(_clauses(provision.text, _YEAR)),
                )


def _addresses(heading: Provision, language: Language) -> bool:
    """Tell whether a heading names somebody: its verb does not stand alone."""
    words = section(language, Headings)
    text = heading.text.strip().casefold()
    verbs = sorted((words.operative if words else ()), key=len, reverse=True)
    verb = next((verb for verb in verbs if text.startswith(verb.casefold())), "")
    rest = text[len(verb) :].strip()
    return bool(rest) and not (words and rest in {word.casefold() for word in words.qualifiers})


def _clauses(text: str, wanted: re.Pattern[str]) -> Iterator[str]:
    """Yield the clauses in which something stands outside of brackets, where texts are cited."""
    for clause in _CLAUSE.findall(_ASIDE.sub("", text.replace(OBJECT, ""))):
        if wanted.search(clause):
            yield visible(" ".join(clause.split()))
