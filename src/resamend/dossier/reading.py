"""Read the folder of a dossier; nothing here ever writes."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from os import PathLike
from pathlib import Path, PurePath
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from resamend.amendment import Proposal, digest
from resamend.decision import Record
from resamend.decision.positions import Position
from resamend.dossier import atomic_files
from resamend.dossier.index import FILE, Index, fingerprint, parse
from resamend.dossier.log import FILE as LOG
from resamend.dossier.log import LOGS, POSITIONS, POSITIONS_FILE, RECORDS, Entry, Log, LogForm
from resamend.errors import Contradiction, Invalid, UsageError
from resamend.model import Language, Resolution

_CODES = "|".join(Language)
_BASE = re.compile(rf"base\.({_CODES})\.xml")
_PROPOSAL = re.compile(rf"proposals/[^/\\]+\.({_CODES})\.xml")
_T = TypeVar("_T", Resolution, Proposal)
_OTHER = re.compile(rf"(?:proposals/history|originals)/[^/\\]+|carried-over\.(?:{_CODES})\.txt")
FOLDERS = ("proposals", "proposals/history", "originals")
"""The folders of a dossier."""


Absent = tuple[str, tuple[Language, ...]]
"""The id of a proposal that is not in the language asked for, and those that it is in."""


class DossierContent(Struct, frozen=True, kw_only=True):
    """Hold what a folder says in one language.

    ``numbers`` are the numbers of the outstanding points and ``colours`` the ranks of the sources'
    colours, as far as ``dossier.json`` knows them; ``None`` where there is no such file.
    ``document`` is what the published document says of itself, ``records`` are the decisions made,
    in all languages, ``positions`` what states said of points, which is the chair's; ``absent`` are
    the proposals that are here in other languages only, with those, and ``notes`` is what the
    reader should be told.
    """

    folder: Path
    base: Resolution
    proposals: tuple[Proposal, ...]
    languages: tuple[Language, ...]
    numbers: Mapping[str, int] | None = None
    colours: Mapping[str, int] | None = None
    document: Mapping[str, str] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    positions: tuple[Position, ...] = ()
    absent: tuple[Absent, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def language(self) -> Language:
        """Return the language that was read."""
        return self.base.language

    def __repr__(self) -> str:
        counts = f"{len(self.proposals)} proposals, {len(self.records)} records"
        return f"<DossierContent {str(self.folder)!r} ({self.language}), {counts}>"


class ReadFiles(Struct):
    """Keep what was read of files, so that who reads a dossier again and again parses none twice.

    ``values`` maps the path of each to the sha256 of its bytes, and what they say. What the disk
    says counts: the bytes are read each time, and a file that has changed is parsed.
    """

    values: dict[str, tuple[str, Resolution | Proposal]] = field(default_factory=dict)


class DossierFiles(Struct, frozen=True, kw_only=True):
    """Hold which files of a folder count; ``index`` is ``None`` without ``dossier.json``."""

    folder: Path
    index: Index | None
    files: tuple[str, ...]
    notes: tuple[str, ...] = field(default=())
    read: ReadFiles | None = None

    @property
    def languages(self) -> tuple[Language, ...]:
        """Return the languages in which there is a text or a proposal, in the usual order."""
        listed = self.index.languages if self.index else ()
        codes = {*listed, *(code for f in self.files if (code := language_in(f)))}
        return tuple(language for language in Language if language in codes)

    def content(self, file: str) -> bytes:
        """Return the bytes of a file that counts, as they were when it was added.

        Between two steps of a change the new revision of a file may be in place already, and the
        old one, which still counts, in ``proposals/history``.
        """
        path = self.folder / file
        wanted = self.index.files.get(file) if self.index else None
        # A folder without dossier.json cannot say what a file was.
        if wanted is None:
            return atomic_files.read(path)
        content = path.read_bytes() if path.is_file() else None
        if content is not None and fingerprint(content) == wanted:
            return content
        for old in sorted(filter(Path.is_file, self.folder.glob("proposals/history/*"))):
            if fingerprint(kept := atomic_files.read(old)) == wanted:
                return kept
        if content is not None and fingerprint(content.replace(b"\r\n", b"\n")) == wanted:
            raise Contradiction(
                "its lines end with CR LF, as git writes them on Windows; it is the file otherwise",
                where=str(path),
                advice="Put '* -text' into .gitattributes beside dossier.json, and check it out "
                "again: git rm --cached -r . && git reset --hard.",
            )
        raise Contradiction(
            "it is missing" if content is None else "it is not the file that was added",
            where=str(path),
            advice="Put the old file back, or withdraw it and add it again.",
        )

    def base(self, language: Language) -> Resolution | None:
        """Return the text in force; an empty one for a new resolution, ``None`` if missing."""
        file = f"base.{language}.xml"
        if file in self.files:
            return _checked(self, file, language, Resolution)
        if self.index and self.index.new_resolution:
            return Resolution(language=language)
        return None

    def proposals(self, language: Language) -> Iterator[tuple[str, Proposal]]:
        """Yield each proposal in a language, with the file that holds it."""
        for file in self.files:
            if _PROPOSAL.fullmatch(file) and language_in(file) is language:
                yield file, _checked(self, file, language, Proposal)


def is_dossier(folder: Path) -> bool:
    """Tell whether a folder is a dossier, with or without ``dossier.json``."""
    return (folder / FILE).is_file() or bool(_texts_in(folder))


def languages(folder: Path) -> tuple[Language, ...]:
    """Return the languages of a dossier: en fr es ru zh ar, as far as they are there."""
    return shelf(folder).languages


def read_dossier(
    folder: str | PathLike[str],
    language: Language | None = None,
    *,
    read: ReadFiles | None = None,
) -> DossierContent:
    """Read a dossier in one language, by default in the first that is there.

    ``read`` keeps what its files say for the next time. Raises ``UsageError`` for a folder or a
    language that is not there and ``Invalid`` for a folder without a text in force that is not the
    dossier of a new resolution.
    """
    stored = replace(shelf(Path(folder)), read=read)
    chosen = language or next(iter(stored.languages), Language.EN)
    if language and stored.languages and language not in stored.languages:
        raise UsageError(
            f"there is no {language} here, only {', '.join(stored.languages)}", where=str(folder)
        )
    proposals = tuple(proposal for _, proposal in stored.proposals(chosen))
    base = stored.base(chosen) or _without_base(stored, proposals, chosen)
    index = stored.index
    log = records(stored)
    absent = tuple(_elsewhere(stored, chosen))
    return DossierContent(
        folder=stored.folder,
        base=base,
        proposals=proposals,
        languages=stored.languages,
        numbers=index.points.get(chosen, {}) if index else None,
        colours=index.colours if index else None,
        document=index.document if index else {},
        records=log.records,
        positions=positions(stored).records,
        absent=absent,
        notes=(*stored.notes, *torn(stored.folder, log), *_missing(absent, chosen)),
    )


def _missing(absent: Iterable[Absent], chosen: Language) -> Iterator[str]:
    for id, languages in absent:
        codes = ", ".join(languages)
        yield f"{id} is not in this draft: it is available in {codes} only, not in {chosen}"


def _elsewhere(stored: DossierFiles, chosen: Language) -> Iterator[Absent]:
    """Yield the proposals that are there in other languages only: they are not in this draft."""
    files = {language: dict[str, str]() for language in stored.languages}
    for file in stored.files:
        language = language_in(file)
        if language and _PROPOSAL.fullmatch(file):
            files[language][file.removesuffix(f".{language}.xml")] = file
    here = files.get(chosen, {})
    missing: dict[str, list[tuple[Language, str]]] = {}
    for language, names in files.items():
        for name, file in names.items():
            if name not in here:
                missing.setdefault(name, []).append((language, file))
    for others in missing.values():
        language, file = others[0]
        id = _checked(stored, file, language, Proposal).id
        yield id, tuple(code for code, _ in others)


def withdrawn_proposals(folder: Path, base: Resolution) -> tuple[Proposal, ...]:
    """Return the proposals that were withdrawn, in their last revision, made for a text in force.

    They are those of ``proposals/history`` of which no revision counts.
    """
    if not folder.is_dir():
        return ()
    versions = [(p, counts) for p, counts in proposals_ever(folder) if p.language is base.language]
    here = {proposal.id for proposal, counts in versions if counts}
    wanted = digest(base)
    last: dict[str, Proposal] = {}
    for proposal, _ in versions:
        if proposal.id not in here and proposal.base_digest == wanted:
            newest = last.get(proposal.id, proposal)
            last[proposal.id] = max(newest, proposal, key=lambda version: version.revision)
    return tuple(last[id] for id in sorted(last))


def former_texts(folder: Path, language: Language) -> Iterator[Resolution]:
    """Yield the texts in force of before in a language, where a dossier was carried over."""
    stored = shelf(folder)
    for file in stored.index.files if stored.index else ():
        name = PurePath(file).name
        if name.startswith("former-") and "-text" in name and name.endswith(f".{language}.xml"):
            yield _checked(stored, file, language, Resolution)


def proposals_ever(folder: Path) -> Iterator[tuple[Proposal, bool]]:
    """Yield each revision of each proposal that a dossier has had, and whether it counts."""
    stored = shelf(folder)
    for language in stored.languages:
        yield from ((proposal, True) for _, proposal in stored.proposals(language))
        for file in stored.index.files if stored.index else ():
            if file.startswith("proposals/history/") and file.endswith(f".{language}.xml"):
                yield _checked(stored, file, language, Proposal), False


def records(stored: DossierFiles) -> Log[Record]:
    """Read the records of a dossier.

    Raises ``Invalid`` where the log was changed and ``Contradiction`` where records are missing
    that ``dossier.json`` knows of.
    """
    return _log(stored, LOG, RECORDS, stored.index.decisions if stored.index else "")


def positions(stored: DossierFiles) -> Log[Position]:
    """Read the positions of a dossier; raises as ``records``."""
    last = stored.index.positions if stored.index else ""
    return _log(stored, POSITIONS_FILE, POSITIONS, last)


def _log(stored: DossierFiles, file: str, form: LogForm[Entry], last: str) -> Log[Entry]:
    path = stored.folder / file
    log = form.read(atomic_files.read(path), str(path)) if path.is_file() else Log[Entry]()
    # Further records may stand behind the last one known: the log is written first.
    if last and last not in log.hashes:
        raise Contradiction(
            f"{FILE} knows of a {form.name} (sha256 {last[:12]}…) that is not here",
            where=str(path),
            advice=f"Put the file back as it was: {form.name}s are never removed.",
        )
    return log


def torn(folder: Path, log: Log[Entry], file: str = LOG) -> tuple[str, ...]:
    """Say that the last record was not written to its end, where it was not."""
    if not log.torn:
        return ()
    place = f"line {len(log.records) + 1} of {folder / file} was not written to its end"
    return (f"{place}: it is set aside ({len(log.torn)} bytes)",)


def shelf(folder: Path) -> DossierFiles:
    """Find out which files of a folder count: those ``dossier.json`` lists, or else all."""
    atomic_files.refuse_no_folder(folder)
    there = _texts_in(folder)
    listed = folder / FILE
    refuse_foreign(folder)
    if not listed.is_file():
        refuse_foreign(folder, there)
        return DossierFiles(folder=folder, index=None, files=there, notes=_unlisted(folder, there))
    index = parse(atomic_files.read(listed), str(listed))
    for file in index.files:
        if not any(form.fullmatch(file) for form in (_BASE, _PROPOSAL, _OTHER)):
            raise Invalid(f"it lists a file that is none of a dossier: {file!r}", where=str(listed))
    refuse_foreign(folder, index.files)
    notes = tuple(
        f"{folder / file} is not in {FILE} and is left out until it is added"
        for file in there
        if file not in index.files
    )
    files = tuple(sorted(file for file in index.files if not _OTHER.fullmatch(file)))
    return DossierFiles(folder=folder, index=index, files=files, notes=notes)


_OWN = (FILE, *LOGS, *FOLDERS)


def refuse_foreign(folder: Path, files: Iterable[str] = _OWN) -> None:
    """Refuse a dossier of which a part is a link, a pipe or a device.

    It could lead out of the folder: what is read there is nobody's proposal, and what is written
    there is somebody else's file. The folder itself may be a link.
    """
    for file in files:
        with suppress(FileNotFoundError):
            mode = (folder / file).lstat().st_mode
            if not (stat.S_ISDIR(mode) if file in FOLDERS else stat.S_ISREG(mode)):
                kind = "no folder" if file in FOLDERS else "no file"
                what = "a link" if stat.S_ISLNK(mode) else kind
                raise Invalid(
                    f"it is {what}, and a dossier holds its own files and folders",
                    where=str(folder / file),
                    advice="Put there what belongs there, if you know what it is.",
                )


def _unlisted(folder: Path, there: tuple[str, ...]) -> tuple[str, ...]:
    """Say what a folder without ``dossier.json`` cannot tell."""
    if not there:
        return ()
    return (
        f"{folder} has no {FILE}: its points are renumbered, "
        "and changes of its files cannot be detected",
    )


def language_in(file: str) -> Language | None:
    """Return the language that a dossier's file name states."""
    named = _BASE.fullmatch(file) or _PROPOSAL.fullmatch(file)
    return Language(named[1]) if named else None


def _texts_in(folder: Path) -> tuple[str, ...]:
    paths = [*folder.glob("base.*.xml"), *folder.glob("proposals/*.xml")]
    names = sorted(path.relative_to(folder).as_posix() for path in paths)
    return tuple(name for name in names if language_in(name))


def _checked(stored: DossierFiles, file: str, language: Language, wanted: type[_T]) -> _T:
    from resamend import akn

    where = str(stored.folder / file)
    content = stored.content(file)
    sum = fingerprint(content) if stored.read else ""
    before = stored.read.values.get(where) if stored.read else None
    value = before[1] if before and before[0] == sum else akn.read(content, name=where).value
    if not isinstance(value, wanted):
        kind = "a base text" if wanted is Resolution else "a proposal"
        raise Invalid(f"by its name this is {kind}, by its content it is not", where=where)
    if value.language is not language:
        raise Invalid(f"its name says {language}, its content is in {value.language}", where=where)
    if stored.read:
        stored.read.values[where] = sum, value
    return value


def _without_base(
    stored: DossierFiles, proposals: tuple[Proposal, ...], language: Language
) -> Resolution:
    """Return the empty text that proposals for a new resolution were made for."""
    empty = Resolution(language=language)
    # Only they can say that there is no text in force: a missing file looks the same.
    if proposals and {p.base_digest for p in proposals} == {digest(empty)}:
        return empty
    raise without_base(stored.folder)


def without_base(folder: Path) -> Invalid:
    """Refuse a folder that has neither a text in force nor a new resolution."""
    inside = sorted(
        child.name for child in folder.iterdir() if child.is_dir() and is_dossier(child)
    )
    some = f"{', '.join(inside[:5])}{'…' if inside[5:] else ''}"
    return Invalid(
        "there is no base text here (base.<language>.xml), and no new resolution either",
        where=str(folder),
        advice=f"Give one of the dossiers in it: {some}." if inside else "Make the dossier first.",
        code="no-dossier" if not inside else "several-dossiers",
    )
