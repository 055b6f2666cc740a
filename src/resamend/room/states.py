"""What a dossier says now, read again only as far as it changed on disk.

A decision changes neither the text in force nor the proposals: what was merged and found of them
is kept as a value, and only the records are replayed. What the disk says is asked of its files'
times and sizes, so the command line and the room can be used in turn, and at once.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from resamend.conflict import Findings, find
from resamend.consolidation import Consolidated, merge
from resamend.decision import Replay, replay
from resamend.dossier.index import FILE
from resamend.dossier.log import FILE as LOG
from resamend.dossier.reading import DossierContent, ReadFiles, read_dossier
from resamend.model import Language
from resamend.redlines import Redline, recorded, redline

Stamp = tuple[tuple[str, int, int], ...]
"""Names, times and sizes of some files."""


class RoomState(Struct, frozen=True, kw_only=True):
    """Hold a dossier with all that follows from it, as it was when its files had these stamps."""

    dossier: DossierContent
    texts: Stamp
    records: Stamp
    consolidated: Consolidated
    findings: Findings
    replay: Replay
    redline: Redline

    @property
    def numbers(self) -> dict[str, int]:
        """Return the numbers of the points."""
        return dict(self.redline.numbers)


def text_stamp(folder: Path) -> Stamp:
    """Return the stamp of the text in force and of the proposals."""
    return _stamp([*folder.glob("base.*.xml"), *folder.glob("proposals/*.xml")])


def record_stamp(folder: Path) -> Stamp:
    """Return the stamp of what changes with a record."""
    return _stamp([folder / FILE, folder / LOG])


def _stamp(files: list[Path]) -> Stamp:
    stamps = []
    for file in sorted(files):
        try:
            status = file.stat()
        except OSError:  # it went just now, or there is none
            continue
        stamps.append((file.name, status.st_mtime_ns, status.st_size))
    return tuple(stamps)


def is_current(folder: Path, state: RoomState) -> bool:
    """Tell whether nothing has changed on disk since a state was read."""
    return state.records == record_stamp(folder) and state.texts == text_stamp(folder)


def read_state(
    folder: Path,
    language: Language | None,
    before: RoomState | None,
    read: ReadFiles | None = None,
) -> RoomState:
    """Read a dossier; what was merged of the same texts ``before`` is kept, as is what was read.

    Raises ``InputError`` for a folder that is damaged.
    """
    texts, records = text_stamp(folder), record_stamp(folder)  # what comes later is read next time
    dossier = read_dossier(folder, language, read=read)
    if before is not None and before.texts == texts:
        consolidated, findings = before.consolidated, before.findings
    else:
        consolidated = merge(dossier.base, dossier.proposals)
        findings = find(consolidated)
    replayed = replay(consolidated, findings, dossier.records)
    if dossier.records:
        lines = recorded(consolidated, findings, replayed, numbers=dossier.numbers)
    else:
        lines = redline(consolidated, findings, numbers=dossier.numbers)
    return RoomState(
        dossier=dossier,
        texts=texts,
        records=records,
        consolidated=consolidated,
        findings=findings,
        replay=replayed,
        redline=lines,
    )
