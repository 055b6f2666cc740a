"""What the desk takes in: a file is looked at first, and only then added.

To look is to add to a copy of the dossier that is thrown away: so what is said before is what
``add`` will say, whatever the file is, and a file that cannot be taken leaves nothing behind.
"""

from __future__ import annotations

import re
import secrets
import shutil
import tempfile
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

from msgspec import Struct
from msgspec.structs import replace

from resamend import akn
from resamend.amendment import Proposal, digest
from resamend.decision import DecisionKind, DecisionRequest, record
from resamend.decision.fragments import assembled
from resamend.decision.wording import own_edits
from resamend.dossier.changing import add, new
from resamend.dossier.names import checked
from resamend.dossier.parsed_input import ProposalInfo, Upload
from resamend.errors import InputError, ResamendError, UsageError
from resamend.matching import index_of
from resamend.model import Proponent
from resamend.room.hall import Hall
from resamend.safe.archive import open_archive

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}")
_WAITING = 40
"""Files that wait to be added at most; the one that waits longest goes first."""
_WEIGHT = 200 << 20
"""Bytes that wait at most."""
_ZIPPED = 50
"""Files of one zip that are looked at."""


class LookedAt(Struct, frozen=True, kw_only=True):
    """Say what became of a file that was looked at: what ``add`` says, or why it refuses it."""

    token: str
    dossier: str
    name: str
    notes: tuple[str, ...] = ()
    fault: str = ""
    info: ProposalInfo = ProposalInfo()
    added: bool = False


class Desk:
    """Keep the files that were dropped until somebody says that they are to be added."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self._waiting: OrderedDict[str, tuple[str, Upload]] = OrderedDict()

    def drop(self, dossier: str, uploads: list[Upload]) -> list[LookedAt]:
        """Look at files that were dropped; a zip stands for the files in it."""
        self.hall.folder(dossier)
        looked: list[LookedAt] = []
        for upload in uploads:
            try:
                parts = list(_unzipped(upload))
            except ResamendError as error:
                looked.append(_refused("", dossier, upload.name, error))
                continue
            looked += [self.look(self._keep(dossier, part), ProposalInfo()) for part in parts]
        return looked

    def _keep(self, dossier: str, upload: Upload) -> str:
        token = secrets.token_urlsafe(9)
        self._waiting[token] = (dossier, upload)
        while len(self._waiting) > _WAITING or self._weight() > _WEIGHT:
            self._waiting.popitem(last=False)
        return token

    def _weight(self) -> int:
        return sum(len(upload.data) for _, upload in self._waiting.values())

    def _waits(self, token: str) -> tuple[str, Upload]:
        if token not in self._waiting:
            raise UsageError("this file does not wait any more", advice="Drop it again.")
        return self._waiting[token]

    def look(self, token: str, info: ProposalInfo) -> LookedAt:
        """Say what would be said if a file were added now."""
        dossier, upload = self._waits(token)
        folder = self.hall.folder(dossier)
        with tempfile.TemporaryDirectory() as aside:
            copy = Path(aside) / "dossier"
            shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".*"))
            try:
                notes = add(copy, [upload], language=self.hall.language, request=info)
            except ResamendError as error:
                return _refused(token, dossier, upload.name, error, info)
        return LookedAt(token=token, dossier=dossier, name=upload.name, notes=notes, info=info)

    def add(self, token: str, info: ProposalInfo) -> LookedAt:
        """Add a file that waits, as ``add`` does."""
        dossier, upload = self._waits(token)
        try:
            notes = add(
                self.hall.folder(dossier), [upload], language=self.hall.language, request=info
            )
        except ResamendError as error:
            return _refused(token, dossier, upload.name, error, info)
        del self._waiting[token]
        return LookedAt(
            token=token, dossier=dossier, name=upload.name, notes=notes, info=info, added=True
        )

    def found(self, name: str, uploads: list[Upload]) -> tuple[str, ...]:
        """Make a dossier of texts in force, one a language. Raises as ``new``."""
        if self.hall.home is None:
            raise UsageError("this room was opened for its dossiers alone")
        if not _NAME.fullmatch(name):
            raise UsageError(
                f"{name!r} is no name for a dossier",
                advice="Use letters of the Latin alphabet, digits, points, dashes and underscores.",
            )
        folder = self.hall.home / name
        notes = new(folder, uploads)
        self.hall.folders[name] = folder
        return notes


def info_of(form: Mapping[str, str]) -> ProposalInfo:
    """Read what a person says of a file. Raises ``UsageError`` for a revision that is no number."""
    revision = form.get("revision", "").strip()
    if revision and not revision.isdecimal():
        raise UsageError(f"{revision!r} is no revision", advice="Give a number, such as 1.")
    reading = form.get("reading", "")
    return ProposalInfo(
        id=form.get("id", "").strip(),
        proponents=tuple(filter(None, re.split(r"[,\s]+", form.get("proponents", "")))),
        revision=int(revision[:6]) if revision else None,
        reading=reading if reading in ("extract", "whole") else "",
    )


def _refused(
    token: str, dossier: str, name: str, error: ResamendError, info: ProposalInfo | None = None
) -> LookedAt:
    return LookedAt(
        token=token, dossier=dossier, name=name, fault=str(error), info=info or ProposalInfo()
    )


def _unzipped(upload: Upload) -> Iterator[Upload]:
    """Yield the files of a zip, each by its own name; any other file is itself."""
    name = PurePath(upload.name.replace("\\", "/")).name[:200] or "file"
    upload = replace(upload, name=name)
    if not (name.lower().endswith(".zip") and upload.data.startswith(b"PK")):
        yield upload
        return
    archive = open_archive(upload.data, name=name)
    parts = [part for part in archive if not part.endswith("/")]
    if len(parts) > _ZIPPED:
        raise InputError(f"it holds {len(parts)} files, more than {_ZIPPED}", where=name)
    for part in parts:
        yield Upload(PurePath(part).name, archive.read(part))


def propose_words(hall: Hall, dossier: str, point: str, text: str, speaker: str) -> tuple[str, ...]:
    """Add words from the floor at a point as a proposal of its own. Raises as ``add``."""
    state = hall.state(dossier)
    code = checked(speaker.strip().upper(), "the proponent")
    region = next((r for r in state.findings.regions if r.id == point), None)
    if region is None:
        raise UsageError("this point is not outstanding any more")
    wish = DecisionRequest(act=DecisionKind.TEXT, by=code, at="2000-01-01", text=text)
    words = record(state.consolidated, state.findings, region, wish, number=1)
    base = state.dossier.base
    taken = {proposal.id for proposal in state.dossier.proposals}
    rank = next(n for n in range(1, 1000) if f"{code}/floor/{n}" not in taken)
    proposal = Proposal(
        id=f"{code}/floor/{rank}",
        language=base.language,
        base_digest=digest(base),
        edits=assembled(own_edits(index_of(base), words)),
        proponents=(Proponent(code),),
    )
    upload = Upload(f"{code}-floor-{rank}.xml", akn.write_proposal(proposal, base))
    return add(hall.folder(dossier), [upload], language=base.language)
