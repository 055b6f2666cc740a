"""One change to a dossier: gathered in memory, then written whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from operator import is_
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from resamend import akn
from resamend.amendment import Proposal
from resamend.conflict import RULES, find
from resamend.consolidation import merge
from resamend.decision import Record
from resamend.decision.positions import Position, opposed_regions
from resamend.dossier import atomic_files, log
from resamend.dossier.index import FILE, Index, crc32, fingerprint, parse, spell
from resamend.dossier.log import Log
from resamend.dossier.points import AskedPoints, Numbers, numbered
from resamend.dossier.reading import (
    FOLDERS,
    DossierFiles,
    ReadFiles,
    positions,
    records,
    shelf,
    torn,
    without_base,
)
from resamend.errors import InputError, Invalid
from resamend.model import Language, Resolution


class Stored(Struct, frozen=True):
    """Hold a proposal and the file it is in, by its path in the folder."""

    file: str
    proposal: Proposal


class Transaction(Struct):
    """Gather what a command will change; nothing is written before it is complete.

    ``fresh`` maps files, by their paths in the folder, to what they will hold; ``gone`` are those
    to remove; ``heard`` are the proposals that were there before; ``log`` are the records of what
    was decided, ``positions`` what states said of points; ``notes`` is what to tell the reader.
    """

    shelf: DossierFiles
    index: Index
    bases: dict[Language, Resolution] = field(default_factory=dict)
    stored: dict[tuple[str, Language], Stored] = field(default_factory=dict)
    heard: tuple[Proposal, ...] = ()
    fresh: dict[str, bytes] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    log: Log[Record] = field(default_factory=Log[Record])
    positions: Log[Position] = field(default_factory=Log[Position])
    notes: list[str] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        """Return the dossier's folder."""
        return self.shelf.folder


@contextmanager
def transaction(folder: Path, read: ReadFiles | None = None) -> Iterator[Transaction]:
    """Open a dossier for one change, and write it at the end if nothing failed."""
    atomic_files.refuse_no_folder(folder)
    with atomic_files.locked(folder):
        atomic_files.sweep([folder, *(folder / name for name in FOLDERS)])
        work = _opened(folder, read)
        yield work
        if work.fresh or work.gone:
            atomic_files.commit(written(work))


def _opened(folder: Path, read: ReadFiles | None) -> Transaction:
    files = replace(shelf(folder), read=read)
    index = files.index or Index(
        files={file: fingerprint(atomic_files.read(folder / file)) for file in files.files}
    )
    work = Transaction(files, index, notes=list(files.notes))
    work.log = records(files)
    if work.log.torn:
        work.notes += torn(folder, work.log)
        keep(work, "originals/decisions-torn", "txt", work.log.torn)
        work.fresh[log.FILE] = work.log.data
    work.positions = positions(files)
    if work.positions.torn:
        work.notes += torn(folder, work.positions, log.POSITIONS_FILE)
        keep(work, "originals/positions-torn", "txt", work.positions.torn)
        work.fresh[log.POSITIONS_FILE] = work.positions.data
    for language in files.languages:
        base = files.base(language)
        if base is not None:
            work.bases[language] = base
        for file, proposal in files.proposals(language):
            work.stored[proposal.id, language] = Stored(file, proposal)
    work.heard = tuple(stored.proposal for stored in work.stored.values())
    if not work.bases and not index.new_resolution:
        raise without_base(folder)
    return work


def keep(work: Transaction, beginning: str, ending: str, content: bytes) -> None:
    """Put a file beside others of the same name, unless the same is already there."""
    name, rank = f"{beginning}.{ending}", 1
    while (there := _there(work, name)) is not None and there != content:
        rank += 1
        name = f"{beginning}-{rank}.{ending}"
    work.fresh[name] = content


def _there(work: Transaction, file: str) -> bytes | None:
    path = work.folder / file
    return work.fresh.get(file) or (path.read_bytes() if path.is_file() else None)


def written(work: Transaction) -> list[atomic_files.FileChange]:
    """Return all changes, in an order in which a reader always finds the old or the new dossier.

    New files first, which nobody knows of; then those that replace others, whose old content is by
    then in the history; then ``dossier.json``, which makes the change count; then what has to go.
    """
    folder, index = work.folder, spell(_index(work))
    new = [name for name in work.fresh if not (folder / name).exists()]
    old = [
        name
        for name, content in work.fresh.items()
        if name not in new and (folder / name).read_bytes() != content
    ]
    _read_back(work, index)
    return [
        *(atomic_files.FileChange(folder / name, work.fresh[name]) for name in [*new, *old]),
        atomic_files.FileChange(folder / FILE, index),
        *(atomic_files.FileChange(folder / name, None) for name in work.gone),
    ]


def _read_back(work: Transaction, index: bytes) -> None:
    """Read what is about to be written, as it will be read, before anything is replaced.

    Raises ``Invalid`` where that fails or gives something else.
    """
    wanted: dict[str, object] = {
        **{f"base.{code}.xml": base for code, base in work.bases.items()},
        **{stored.file: stored.proposal for stored in work.stored.values()},
        log.FILE: work.log.records,
        log.POSITIONS_FILE: work.positions.records,
        FILE: index,
    }
    for name, content in {**work.fresh, FILE: index}.items():
        if name not in wanted:  # what was received or is kept as it was
            continue
        try:
            why = "" if _reread(name, content) == wanted[name] else "it would say something else"
        except InputError as error:
            why = error.what
        if why:
            raise Invalid(
                f"what would be written could not be read back: {why}",
                where=name,
                advice="Nothing was written. Mend what was given, or report this.",
            )


def _reread(name: str, content: bytes) -> object:
    if name == FILE:
        return spell(parse(content, name))
    if name == log.POSITIONS_FILE:
        return log.POSITIONS.read(content, name).records
    return (
        log.read_log(content, name).records
        if name == log.FILE
        else akn.read(content, name=name).value
    )


def _index(work: Transaction) -> Index:
    spoken = {language for _, language in work.stored} | {*work.bases}
    files = {name: sum for name, sum in work.index.files.items() if name not in work.gone}
    after = tuple(stored.proposal for stored in work.stored.values())
    return replace(
        work.index,
        rules=RULES,
        languages=tuple(language for language in Language if language in spoken),
        files=files
        | {n: fingerprint(content) for n, content in work.fresh.items() if n not in log.LOGS},
        crc32=_checks(work, files),
        decisions=work.log.head,
        positions=work.positions.head,
        colours=_coloured(work.index.colours, {id for id, _ in work.stored}),
        points=_points(work, after),
    )


def _points(work: Transaction, after: tuple[Proposal, ...]) -> Numbers:
    """Return the numbers of the points; nothing is asked anew where no text has changed."""
    same = len(after) == len(work.heard) and all(map(is_, after, work.heard))
    quiet = log.POSITIONS_FILE not in work.fresh
    if same and quiet and work.shelf.index is not None and work.index.rules == RULES:
        return work.index.points  # whoever wrote them under these rules has numbered all
    return numbered(work.index.points, _asked(work, after), _asked(work, work.heard))


def _checks(work: Transaction, files: Mapping[str, str]) -> Mapping[str, str]:
    """Return the sums of all files; of one that has none yet, if it is still the one added."""
    sums = {name: sum for name, sum in work.index.crc32.items() if name in files}
    for name in files.keys() - sums.keys() - work.fresh.keys():
        path = work.folder / name
        # Of a file that was changed since, the sum would prove the change.
        if path.is_file() and fingerprint(content := atomic_files.read(path)) == files[name]:
            sums[name] = crc32(content)
    return sums | {n: crc32(content) for n, content in work.fresh.items() if n not in log.LOGS}


def _asked(work: Transaction, proposals: tuple[Proposal, ...]) -> dict[Language, AskedPoints]:
    """Return what is outstanding in each language, what records put together and who opposes."""
    asked: dict[Language, AskedPoints] = {}
    for language, base in work.bases.items():
        draft = merge(base, (p for p in proposals if p.language is language))
        findings = find(draft)
        if work.log.records:
            from resamend.decision.compositions import asked_now
            from resamend.decision.replaying import replay

            findings = asked_now(findings, replay(draft, findings, work.log.records))
        opposed = opposed_regions(findings, work.positions.records, language)
        asked[language] = (*findings.outstanding, *opposed)
    return asked


def _coloured(colours: Mapping[str, int], ids: set[str]) -> Mapping[str, int]:
    """Give each new source the next colour; nobody gets one that another had."""
    first = max(colours.values(), default=-1) + 1
    return {**colours, **{id: rank for rank, id in enumerate(sorted(ids - {*colours}), first)}}


def own_form(work: Transaction, proposal: Proposal) -> bytes:
    """Return a proposal as it is stored."""
    return akn.write_proposal(proposal, work.bases[proposal.language])
