"""Carry a whole dossier over to a new text in force: a new dossier, from which nothing is missing.

Its proposals are those of before, made for the new text; what clashes with that stays in them and
is a point. Points keep their numbers, records stand or say why they do not. All that the dossier
held before is kept in the new one, byte for byte, with a report of what became of each amendment.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath

from msgspec import Struct
from msgspec.structs import replace

from resamend.conflict import find
from resamend.consolidation import merge
from resamend.decision import ChairTable, Record, replay
from resamend.decision.positions import Position
from resamend.dossier.changing import take_base, write_new
from resamend.dossier.index import Index, spell
from resamend.dossier.log import FILE as LOG
from resamend.dossier.log import POSITIONS, POSITIONS_FILE, Log, appended
from resamend.dossier.names import file_of, stem
from resamend.dossier.parsed_input import Upload
from resamend.dossier.reading import (
    DossierContent,
    DossierFiles,
    positions,
    read_dossier,
    records,
    shelf,
)
from resamend.dossier.transactions import Stored, Transaction, keep, own_form
from resamend.errors import UsageError
from resamend.model import Language, Metadata
from resamend.rebase import Carried, CarriedDraft, carry_draft
from resamend.renderers.rebase_report import report

REPORT = "carried-over"
"""The file that says what became of each amendment, before its language and ``.txt``."""
_FORMER = "originals/former"
_TEXT = {"base": "text"}
"""What a text in force of before is called among the originals, apart from what was received."""


class RebasedDossier(Struct, frozen=True):
    """Hold what was carried over to a new dossier, and what to tell the reader.

    ``report`` says of each amendment, language by language, what became of it.
    """

    folder: Path
    carried: tuple[Carried, ...]
    report: tuple[str, ...]
    notes: tuple[str, ...]


def rebase(
    folder: Path, texts: Sequence[Upload], onto: Path, language: Language | None = None
) -> RebasedDossier:
    """Write a dossier on new texts in force, one a language, at ``onto``.

    What was in a language of which no text is given is kept, and named; ``language`` is that of a
    text that does not say its own. Raises ``UsageError`` for a text in a language that the dossier
    does not have, and ``Contradiction`` where there is a dossier already.
    """
    before = shelf(folder)
    index = before.index or Index()
    work = Transaction(
        DossierFiles(folder=onto, index=None, files=()),
        Index(
            document=index.document,
            colours=index.colours,
            points=index.points,
            unknown=index.unknown,
        ),
    )
    usual = language or next(iter(before.languages), None)
    log = records(before).records
    stances = positions(before).records
    carried: list[Carried] = []
    lines: list[str] = []
    for text in texts:
        draft, about_it = _carried(work, before, text, usual, log, stances)
        log, stances = draft.records, draft.positions
        carried += draft.carried
        lines += about_it
    work.log = appended(Log(), log)
    if log:
        work.fresh[LOG] = work.log.data
    if stances:
        work.positions = POSITIONS.appended(Log(), stances)
        work.fresh[POSITIONS_FILE] = work.positions.data
        left = sum(stance.former for stance in stances)
        work.notes += (f"positions about the former text alone: {left}",) if left else ()
    _keep_former(work, before)
    work.notes += (
        f"{code}: nothing is carried over, for no new text is given in it; its proposals are kept "
        "in proposals/history"
        for code in before.languages
        if code not in work.bases
    )
    write_new(work)
    return RebasedDossier(onto, tuple(carried), tuple(lines), tuple(work.notes))


def _carried(
    work: Transaction,
    before: DossierFiles,
    text: Upload,
    usual: Language | None,
    log: tuple[Record, ...],
    stances: tuple[Position, ...],
) -> tuple[CarriedDraft, tuple[str, ...]]:
    """Carry one language over, with the records as another has left them."""
    base = take_base(work, text, Metadata(), usual)
    if base.language not in before.languages:
        raise UsageError(
            f"there is no {base.language} here, only {', '.join(before.languages)}",
            where=str(before.folder),
        )
    table = _table(read_dossier(before.folder, base.language), log, stances)
    draft = carry_draft(table, base)
    for one in draft.carried:
        proposal = one.proposal
        taken = (PurePath(stored.file).name for stored in work.stored.values())
        file = f"proposals/{file_of(proposal.id, proposal.language, taken)}"
        work.stored[proposal.id, proposal.language] = Stored(file, proposal)
        work.fresh[file] = own_form(work, proposal)
    points = {**work.index.points, base.language: draft.numbers}
    work.index = replace(work.index, points=points)
    lines = report(draft.carried, table.consolidated.base)
    work.fresh[f"{REPORT}.{base.language}.txt"] = ("\n".join(lines) + "\n").encode()
    return draft, lines


def _table(
    content: DossierContent, log: tuple[Record, ...], stances: tuple[Position, ...]
) -> ChairTable:
    draft = merge(content.base, content.proposals)
    findings = find(draft)
    return ChairTable(
        consolidated=draft,
        findings=findings,
        replay=replay(draft, findings, log),
        numbers=content.numbers or {},
        records=log,
        positions=stances,
    )


def _keep_former(work: Transaction, before: DossierFiles) -> None:
    """Keep all that the dossier held: proposals in the history, the rest among the originals."""
    for file in before.index.files if before.index else before.files:
        content = before.content(file)
        name = PurePath(file)
        if file.startswith("proposals/history/"):
            keep(work, file.rsplit(".", 2)[0], ".".join(file.rsplit(".", 2)[1:]), content)
        elif file.startswith("originals/"):
            keep(work, f"{_FORMER}-{name.stem}", name.suffix[1:], content)
        elif not file.startswith("proposals/"):
            beginning, _, ending = file.partition(".")
            keep(work, f"{_FORMER}-{_TEXT.get(beginning, beginning)}", ending, content)
    for code in before.languages:
        for file, proposal in before.proposals(code):
            beginning = f"proposals/history/{stem(proposal.id)}.r{proposal.revision}"
            keep(work, beginning, f"{code}.xml", before.content(file))
    if before.index:
        keep(work, f"{_FORMER}-dossier", "json", spell(before.index))
    if log := records(before).data:
        keep(work, f"{_FORMER}-decisions", "jsonl", log)
    stances = positions(before)
    if stances.records:
        keep(work, f"{_FORMER}-positions", "jsonl", stances.data)
