"""What a command is given: a dossier, a draft, or a base text and its proposals."""

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
from resamend.cli.frame import AS_SENT, INPUTS, JOBS, NOTES
from resamend.cli.many import AsSent, proposals_in
from resamend.consolidation import Consolidated, find_source, merge, without
from resamend.dossier.atomic_files import read, taken
from resamend.dossier.parsed_input import ParsedInput, ProposalInfo, Upload
from resamend.dossier.parsing import arrivals, arrive, base_of
from resamend.dossier.proposing import proposal_and_queries
from resamend.errors import AmbiguousName, UsageError
from resamend.languages import header
from resamend.model import Language, Metadata, Resolution

if TYPE_CHECKING:
    from resamend.decision import ChairTable, Record
    from resamend.decision.positions import Position
    from resamend.dossier.reading import Absent, DossierContent

STDIN = "standard input"


class Draft(Struct, frozen=True, kw_only=True):
    """Hold what a command works on.

    ``numbers`` and ``colours`` are those a dossier keeps; ``None`` where there is none.
    ``document`` is what it knows of the published document, ``records`` are the decisions made, in
    all languages, ``absent`` the proposals that are there in other languages only, ``positions``
    what states said without a text: the chair's.
    """

    consolidated: Consolidated
    numbers: Mapping[str, int] | None = None
    colours: Mapping[str, int] | None = None
    document: Mapping[str, str] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    absent: tuple[Absent, ...] = ()
    positions: tuple[Position, ...] = ()


def note(text: str) -> None:
    """Say something to the person, beside the product, if the command succeeds."""
    click.get_current_context().meta.setdefault(NOTES, []).extend(text.splitlines())


def unparted(line: str) -> str:
    """Return a line of ours without what parts right-to-left words from it: it would be shown."""
    return line.translate(dict.fromkeys((0x2068, 0x2069)))


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


def received_all(names: Sequence[str]) -> list[Upload]:
    """Return files with their names, those of a folder for the folder; not what Word locks."""
    uploads: list[Upload] = []
    for name in names:
        folder = Path(name)
        files = [name]
        if name != "-" and folder.is_dir():
            files = sorted(str(path) for path in folder.iterdir() if path.is_file())
            note(f"{name}: a folder of {len(files)} files")
        for file in files:
            if Path(file).name.startswith("~$"):
                note(f"{file}: skipped, a lock file that Word left while the text was open")
            else:
                uploads.append(received(file))
    if not uploads:
        raise UsageError("there is no file to read", where=" ".join(names))
    return uploads


def request_of(options: Mapping[str, Any]) -> ProposalInfo:
    """Return what the options say of a proposal."""
    return ProposalInfo(
        id=options["id"],
        proponents=options["proponents"],
        revision=options["revision"],
        date=options["date"],
        illustrative=options.get("illustrative", ""),
        reading=options.get("reading") or "",
        by=(options.get("by") or "").strip(),
    )


def metadata_of(options: Mapping[str, Any]) -> Metadata:
    """Return what the options say of a resolution."""
    return Metadata(
        work=options["work"],
        number=options["number"],
        adopted=options["adopted"],
        authority=options["authority"],
        revision=options["revision_name"],
        date=options["date"],
        illustrative=options["illustrative"],
        status=options["status"].strip(),
    )


def arrival(
    name: str,
    language: Language | None = None,
    usual: Language | None = None,
    form: str = "",
    *,
    redline_formatting: bool = False,
) -> ParsedInput:
    """Read a file in any form, and tell what was repaired in it."""
    shown = STDIN if name == "-" else name
    parsed = arrive(
        take(name),
        name=shown,
        language=language,
        usual=usual,
        form=form,
        redline_formatting=redline_formatting,
    )
    for message in parsed.notes:
        note(f"{shown}: {message}")
    return parsed


def arrived(
    name: str,
    language: Language | None = None,
    usual: Language | None = None,
    form: str = "",
    *,
    redline_formatting: bool = False,
) -> tuple[ParsedInput, ...]:
    """Read a file that may hold several proposals, and tell what was repaired in it."""
    shown = STDIN if name == "-" else name
    parsed = arrivals(
        take(name),
        name=shown,
        language=language,
        usual=usual,
        form=form,
        redline_formatting=redline_formatting,
    )
    for message in (line for arrival in parsed for line in arrival.notes):
        note(f"{shown}: {message}")
    return parsed


def base(name: str, language: Language | None, usual: Language | None = None) -> Resolution:
    """Read a text in force; ``-`` stands for none, of a new resolution."""
    if name == "-":
        return Resolution(language=language or usual or Language.EN)
    return base_of(arrival(name, language, usual))


def draft(names: Sequence[str], code: str | None) -> Draft:
    """Read an INPUT.

    Raises ``UsageError`` for what is none.
    """
    whole = _draft(names, spoken(code))
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


def _draft(names: Sequence[str], language: Language | None) -> Draft:
    first = Path(names[0])
    if len(names) == 1 and _as_sent() != AsSent():
        raise UsageError(
            "--extract, --whole and --redline-formatting say how files are read",
            where=names[0],
            advice="A dossier keeps how its proposals were read: give them when you add them.",
        )
    if len(names) == 1 and first.is_dir():
        return draft_of(_content(first, language))
    folder, _, day = names[0].rpartition("@")
    if len(names) == 1 and folder and day and not first.exists() and Path(folder).is_dir():
        return draft_of(_content(Path(folder), language, day))
    if any(Path(name).is_dir() for name in names):
        raise UsageError(
            "a dossier stands alone",
            where=" ".join(names),
            advice="Give one dossier, or a base text and its proposals.",
        )
    if len(names) == 1:
        return _from_file(names[0], language)
    return _from_files(names, language)


def _content(folder: Path, language: Language | None, day: str = "") -> DossierContent:
    """Read a dossier, now or as it stood on a day, and tell what is to be known of it."""
    from resamend.dossier.reading import read_dossier

    dossier = read_dossier(folder, language)
    if day:
        dossier = _on(dossier, day)
    for message in dossier.notes:
        note(message)
    if not language and len(dossier.languages) > 1:
        others = ", ".join(code for code in dossier.languages if code is not dossier.language)
        note(f"Language: {dossier.language} (also available: {others})")
    return dossier


def _on(dossier: DossierContent, day: str) -> DossierContent:
    """Return a dossier as it stood at the end of a day."""
    from datetime import date

    from resamend.dossier.moments import content_on

    try:
        return content_on(dossier, date.fromisoformat(day).isoformat())
    except ValueError:
        raise UsageError(
            f"{day!r} is no day", where=str(dossier.folder), advice="Write it as 2018-11-05."
        ) from None


def draft_of(dossier: DossierContent) -> Draft:
    """Return the draft of a dossier."""
    return Draft(
        consolidated=merge(dossier.base, dossier.proposals),
        numbers=dossier.numbers,
        colours=dossier.colours,
        document=dossier.document,
        records=dossier.records,
        absent=dossier.absent,
        positions=dossier.positions,
    )


def table(folder: Path, code: str | None) -> ChairTable:
    """Read a dossier with its records, and how each stands."""
    from resamend.library.dossiers import table_of

    return table_of(_content(folder, spoken(code)))


def chair_table(loaded: Draft) -> ChairTable:
    """Return a draft with what is found in it, and how its records stand."""
    from resamend.conflict import find
    from resamend.decision import ChairTable, replay

    findings = find(loaded.consolidated)
    return ChairTable(
        consolidated=loaded.consolidated,
        findings=findings,
        replay=replay(loaded.consolidated, findings, loaded.records),
        numbers=loaded.numbers or {},
        records=loaded.records,
        positions=loaded.positions,
    )


def _from_file(name: str, language: Language | None) -> Draft:
    parsed = arrival(name, language)
    if isinstance(parsed.value, Consolidated):
        return Draft(consolidated=parsed.value, numbers=parsed.numbers)
    if parsed.rejected is not None and not parsed.id:
        raise UsageError(
            "changes are tracked in it, and it takes no proposals along",
            where=parsed.name,
            advice="Give the dossier, or the draft that was made for the chair: those for the room "
            "and for the public take nothing along.",
        )
    return Draft(consolidated=merge(base_of(parsed), ()))


def _from_files(names: Sequence[str], language: Language | None) -> Draft:
    remember(names)
    sent = _as_sent()
    if names[0] == "-":
        drawn = sent.redline_formatting
        parsed = [
            arrival
            for name in names[1:]
            for arrival in arrived(name, language, redline_formatting=drawn)
        ]
        base_text = base("-", language or parsed[0].language)
        request = ProposalInfo(reading=sent.reading)
        return Draft(
            consolidated=merge(
                base_text, [proposed(arrival, base_text, request) for arrival in parsed]
            )
        )
    base_text = base(names[0], language)
    jobs = click.get_current_context().meta.get(JOBS, 1)
    return Draft(
        consolidated=merge(base_text, proposals_in(names[1:], take, base_text, sent, jobs, note))
    )


def _as_sent() -> AsSent:
    return AsSent(**click.get_current_context().meta.get(AS_SENT, {}))


def proposed(
    parsed: ParsedInput, base: Resolution, request: ProposalInfo | None = None
) -> Proposal:
    """Return the proposal that arrived, and tell what to ask its proponents."""
    proposal, queries = proposal_and_queries(parsed, base, request)
    for query in queries:
        note(query)
    return proposal


def heard(draft: Draft, only: Iterable[str], left_out: Iterable[str]) -> Draft:
    """Return a draft of some of its sources: those of ``only``, less those of ``left_out``."""
    sources = set(draft.consolidated.sources)
    wanted = _sources(draft, only)
    kept = (wanted if wanted else sources) - _sources(draft, left_out)
    if wanted and draft.absent:
        draft = replace(draft, absent=())
    if kept == sources:
        return draft
    return replace(draft, consolidated=without(draft.consolidated, sources - kept))


def source_of(draft: Draft, name: str) -> str:
    """Return the one source that a name stands for; say in which language it is, if not here."""
    try:
        return find_source(draft.consolidated, name)
    except AmbiguousName:
        raise
    except UsageError:
        _elsewhere(draft, name)
        raise


def _elsewhere(draft: Draft, name: str) -> None:
    """Refuse a source that is there in another language."""
    for id, languages in draft.absent:
        if name == id or name in {who.code for who in proponents(id)}:
            raise UsageError(
                f"{id} is available in {', '.join(languages)} only, not in "
                f"{draft.consolidated.base.language}",
                advice=f"Give --lang {languages[0]}.",
            )


def _sources(draft: Draft, names: Iterable[str]) -> set[str]:
    """Return the ids that names stand for: an id for itself, a state for all its proposals."""
    consolidated = draft.consolidated
    chosen: set[str] = set()
    for name in (part.strip() for listed in names for part in listed.split(",")):
        ids = {
            proposal.id
            for proposal in consolidated.proposals
            if name == proposal.id or name in {who.code for who in proposal.proponents}
        }
        if not ids:
            _elsewhere(draft, name)
            raise UsageError(
                f"there is no proposal {name!r}",
                advice=f"The proposals are: {', '.join(consolidated.sources) or 'none'}.",
            )
        chosen |= ids
    return chosen
