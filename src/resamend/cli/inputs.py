"""What a command is given: a dossier, a draft, or a text in force and its proposals."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct, field
from msgspec.structs import replace

from resamend.amendment import Proposal, proponents
from resamend.cli.frame import INPUTS, JOBS, NOTES
from resamend.cli.many import proposals_in
from resamend.consolidation import Consolidated, find_source, merge, without
from resamend.dossier.atomic_files import read, taken
from resamend.dossier.parsing import (
    ParsedInput,
    ProposalInfo,
    Upload,
    arrivals,
    arrive,
    base_of,
)
from resamend.dossier.proposing import proposal_and_queries
from resamend.errors import AmbiguousName, UsageError
from resamend.languages import header
from resamend.model import Language, Metadata, Resolution

if TYPE_CHECKING:
    from resamend.decision import ChairTable, Record
    from resamend.dossier.reading import Absent, Dossier

__all__ = [
    "Draft",
    "arrival",
    "arrived",
    "base",
    "draft",
    "heard",
    "metadata_of",
    "note",
    "proposed",
    "received",
    "remember",
    "request_of",
    "source_of",
    "spoken",
    "table",
    "take",
]

STDIN = "standard input"


class Draft(Struct, frozen=True, kw_only=True):
    """Hold what a command works on.

    ``numbers`` and ``colours`` are those a dossier keeps; ``None`` where there is none.
    ``document`` is what it knows of the published document, ``records`` are the decisions made, in
    all languages, ``absent`` the proposals that are there in other languages only.
    """

    consolidated: Consolidated
    numbers: Mapping[str, int] | None = None
    colours: Mapping[str, int] | None = None
    document: Mapping[str, str] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    absent: tuple[Absent, ...] = ()


def note(text: str) -> None:
    """Say something to the person, beside the product, if the command succeeds."""
    click.get_current_context().meta.setdefault(NOTES, []).extend(text.splitlines())


def spoken(code: str | None) -> Language | None:
    """Return the language that --lang names."""
    return Language(code) if code else None


def take(name: str) -> bytes:
    """Return the bytes of a file, or of standard input for ``-``."""
    remember((name,))
    return taken(sys.stdin.buffer, STDIN) if name == "-" else read(Path(name))


def remember(names: Iterable[str]) -> None:
    """Keep which files a command was given, by device and number: also under another name."""
    context = click.get_current_context(silent=True)
    if context is None:  # a process that only reads
        return
    for name in names:
        with suppress(OSError, ValueError):  # there is none: reading it says so
            status = os.fstat(sys.stdin.fileno()) if name == "-" else Path(name).stat()
            context.meta.setdefault(INPUTS, set()).add((status.st_dev, status.st_ino))


def received(name: str) -> Upload:
    """Return a file with its name, to be kept."""
    return Upload(STDIN if name == "-" else name, take(name))


def request_of(said: Mapping[str, Any]) -> ProposalInfo:
    """Return what the options say of a proposal."""
    return ProposalInfo(
        id=said["id"],
        proponents=said["proponents"],
        revision=said["revision"],
        date=said["date"],
        illustrative=said.get("illustrative", ""),
        reading=said.get("reading") or "",
    )


def metadata_of(said: Mapping[str, Any]) -> Metadata:
    """Return what the options say of a resolution."""
    return Metadata(
        work=said["work"],
        number=said["number"],
        adopted=said["adopted"],
        authority=said["authority"],
        revision=said["revision_name"],
        date=said["date"],
        illustrative=said["illustrative"],
    )


def arrival(
    name: str, language: Language | None = None, usual: Language | None = None, form: str = ""
) -> ParsedInput:
    """Read a file in any form, and tell what was repaired in it."""
    shown = STDIN if name == "-" else name
    found = arrive(take(name), name=shown, language=language, usual=usual, form=form)
    for each in found.notes:
        note(f"{shown}: {each}")
    return found


def arrived(
    name: str, language: Language | None = None, usual: Language | None = None, form: str = ""
) -> tuple[ParsedInput, ...]:
    """Read a file that may hold several proposals, and tell what was repaired in it."""
    shown = STDIN if name == "-" else name
    found = arrivals(take(name), name=shown, language=language, usual=usual, form=form)
    for each in (told for arrival in found for told in arrival.notes):
        note(f"{shown}: {each}")
    return found


def base(name: str, language: Language | None, usual: Language | None = None) -> Resolution:
    """Read a text in force; ``-`` stands for none, of a new resolution."""
    if name == "-":
        return Resolution(language=language or usual or Language.EN)
    return base_of(arrival(name, language, usual))


def draft(given: Sequence[str], code: str | None) -> Draft:
    """Read an INPUT.

    Raises ``UsageError`` for what is none.
    """
    whole = _draft(given, spoken(code))
    language = whole.consolidated.base.language
    lacks = header(language).lacks
    for section, lacking in _LACKING.items():
        if section in lacks:
            note(f"in {header(language).name}, {lacking} ({lacks[section]})")
    return whole


_LACKING = {
    "references": "cross-references are not read: check each by hand",
    "similarity": "similar wording is found by equal words only",
    "phrases": "headings and labels are in English",
}
"""What the user is told where the file of a language lacks a section."""


def _draft(given: Sequence[str], language: Language | None) -> Draft:
    first = Path(given[0])
    if len(given) == 1 and first.is_dir():
        return _from_dossier(first, language)
    if any(Path(name).is_dir() for name in given):
        raise UsageError(
            "a dossier stands alone",
            where=" ".join(given),
            advice="Give one dossier, or a text in force and its proposals.",
        )
    if len(given) == 1:
        return _from_file(given[0], language)
    return _from_files(given, language)


def _from_dossier(folder: Path, language: Language | None) -> Draft:
    from resamend.dossier.reading import read_dossier

    found = read_dossier(folder, language)
    for each in found.notes:
        note(each)
    if not language and len(found.languages) > 1:
        others = ", ".join(code for code in found.languages if code is not found.language)
        note(f"reading {found.language} (--lang for {others})")
    return draft_of(found)


def draft_of(found: Dossier) -> Draft:
    """Return the draft of a dossier."""
    return Draft(
        consolidated=merge(found.base, found.proposals),
        numbers=found.numbers,
        colours=found.colours,
        document=found.document,
        records=found.records,
        absent=found.absent,
    )


def table(folder: Path, code: str | None) -> ChairTable:
    """Read a dossier with its records, and how each stands."""
    from resamend.conflict import find
    from resamend.decision import ChairTable, replay

    given = _from_dossier(folder, spoken(code))
    findings = find(given.consolidated)
    return ChairTable(
        consolidated=given.consolidated,
        findings=findings,
        replay=replay(given.consolidated, findings, given.records),
        numbers=given.numbers or {},
        records=given.records,
    )


def _from_file(name: str, language: Language | None) -> Draft:
    found = arrival(name, language)
    if isinstance(found.value, Consolidated):
        return Draft(consolidated=found.value, numbers=found.numbers)
    if found.rejected is not None and not found.id:
        raise UsageError(
            "changes are tracked in it, and it takes no proposals along",
            where=found.name,
            advice="Give the dossier, or the draft that was made for the chair: those for the room "
            "and for the public take nothing along.",
        )
    return Draft(consolidated=merge(base_of(found), ()))


def _from_files(given: Sequence[str], language: Language | None) -> Draft:
    remember(given)
    if given[0] == "-":
        found = [each for name in given[1:] for each in arrived(name, language)]
        known = base("-", language or found[0].language)
        return Draft(consolidated=merge(known, [proposed(each, known) for each in found]))
    known = base(given[0], language)
    jobs = click.get_current_context().meta.get(JOBS, 1)
    return Draft(consolidated=merge(known, proposals_in(given[1:], take, known, jobs, note)))


def proposed(given: ParsedInput, base: Resolution, request: ProposalInfo | None = None) -> Proposal:
    """Return the proposal that arrived, and tell what to ask its proponents."""
    made, queries = proposal_and_queries(given, base, request)
    for query in queries:
        note(query)
    return made


def heard(given: Draft, only: Iterable[str], left_out: Iterable[str]) -> Draft:
    """Return a draft of some of its sources: those of ``only``, less those of ``left_out``."""
    sources = set(given.consolidated.sources)
    wanted = _sources(given, only)
    kept = (wanted if wanted else sources) - _sources(given, left_out)
    if wanted and given.absent:
        given = replace(given, absent=())
    if kept == sources:
        return given
    return replace(given, consolidated=without(given.consolidated, sources - kept))


def source_of(given: Draft, name: str) -> str:
    """Return the one source that a name stands for; say in which language it is, if not here."""
    try:
        return find_source(given.consolidated, name)
    except AmbiguousName:
        raise
    except UsageError:
        _elsewhere(given, name)
        raise


def _elsewhere(given: Draft, name: str) -> None:
    """Refuse a source that is there in another language."""
    for id, languages in given.absent:
        if name == id or name in {who.code for who in proponents(id)}:
            raise UsageError(
                f"{id} is here in {', '.join(languages)} only, not in "
                f"{given.consolidated.base.language}",
                advice=f"Give --lang {languages[0]}.",
            )


def _sources(given: Draft, names: Iterable[str]) -> set[str]:
    """Return the ids that names stand for: an id for itself, a state for all its proposals."""
    consolidated = given.consolidated
    found: set[str] = set()
    for name in (part.strip() for each in names for part in each.split(",")):
        ids = {
            proposal.id
            for proposal in consolidated.proposals
            if name == proposal.id or name in {who.code for who in proposal.proponents}
        }
        if not ids:
            _elsewhere(given, name)
            raise UsageError(
                f"there is no source {name!r}",
                advice=f"The sources are: {', '.join(consolidated.sources) or 'none'}.",
            )
        found |= ids
    return found
