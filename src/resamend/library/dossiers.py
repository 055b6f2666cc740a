"""A dossier as a value: each method reads or changes the folder as the command of its name does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from os import PathLike, fspath
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from resamend.amendment import Proposal
from resamend.conflict import Findings, find
from resamend.consolidation import Consolidated, merge
from resamend.decision import Adopted, ChairTable, DecisionRequest, Record, Replay, replay
from resamend.decision.bulk import BulkClass
from resamend.decision.positions import Position, PositionRequest
from resamend.dossier import changing, deciding
from resamend.dossier.adoption import adopted
from resamend.dossier.certificate import Certificate
from resamend.dossier.choosing import Bulk, chosen_records, chosen_regions
from resamend.dossier.parsed_input import ProposalInfo
from resamend.dossier.positions import take_position
from resamend.dossier.reading import DossierContent, read_dossier
from resamend.dossier.rebasing import RebasedDossier, rebase
from resamend.errors import UsageError
from resamend.guarding import guarded
from resamend.library.receiving import Source, upload_of
from resamend.model import Language, Metadata, Resolution
from resamend.redlines import Redline, View, recorded

_Value = TypeVar("_Value")


class Dossier:
    """Keep the text in force, its proposals and the group's records in a folder, in one language.

    Nothing is kept between two calls but the folder and the language: each reads what is there now.
    Changes are all of a call or nothing, under a lock, and each returns what is to be known of it.
    """

    @guarded
    def __init__(self, folder: str | PathLike[str], language: Language | None = None) -> None:
        self.folder: Path = Path(folder)
        self.language: Language | None = language

    def __repr__(self) -> str:
        return f"<Dossier {fspath(self.folder)!r}>"

    # -- what is there ----------------------------------------------------------------------------

    @property
    def content(self) -> DossierContent:
        """Read the folder: texts, records, numbers of points, and notes.

        Raises ``InputError`` where it is damaged.
        """
        return read_dossier(self.folder, self.language)

    @property
    def base(self) -> Resolution:
        """Return the text in force."""
        return self.content.base

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """Return the proposals in force."""
        return self.content.proposals

    @property
    def records(self) -> tuple[Record, ...]:
        """Return all records, in the order in which they were made."""
        return self.content.records

    @property
    def positions(self) -> tuple[Position, ...]:
        """Return all positions on points, in the order in which they were taken."""
        return self.content.positions

    def draft(self) -> Consolidated:
        """Return the proposals consolidated with the text in force."""
        content = self.content
        return merge(content.base, content.proposals)

    def drafts(self) -> Mapping[Language, Consolidated]:
        """Return the draft of each language that is there."""
        codes = self.content.languages
        return {language: Dossier(self.folder, language).draft() for language in codes}

    @guarded
    def redline(self, view: View = View.REDLINE, *, date: str = "") -> Redline:
        """Return what is shown of the draft: its points by their numbers, and what is recorded."""
        content, table = self.content, self.status()
        lines = recorded(
            table.consolidated,
            table.findings,
            table.replay,
            numbers=content.numbers,
            view=view,
            date=date,
        )
        return replace(lines, absent=content.absent)

    def status(self) -> ChairTable:
        """Return what is recorded, how each record stands, and what is open."""
        return table_of(self.content)

    def verify(self) -> Certificate:
        """Prove that nothing was lost: what holds, of which bytes, and what is at fault."""
        from resamend.dossier.proving import prove

        return prove(self.folder)

    # -- what changes it --------------------------------------------------------------------------

    @guarded
    def add(
        self,
        *sources: Source,
        name: str = "",
        id: str = "",
        proponents: tuple[str, ...] = (),
        revision: int | None = None,
        date: str = "",
        illustrative: str = "",
        reading: str = "",
        redline_formatting: bool = False,
    ) -> tuple[str, ...]:
        """Add proposals, or new revisions of them; the parameters are those of ``receive``.

        Raises ``NotApplicable`` for one made for another text, ``Contradiction`` for one that is
        there with other words.
        """
        if len(sources) > 1 and (id or name):
            raise UsageError(
                "one name stands for one proposal",
                advice="Add that by itself.",
                code="several-proposals",
            )
        info = ProposalInfo(
            id=id,
            proponents=proponents,
            revision=revision,
            date=date,
            illustrative=illustrative,
            reading=reading,
        )
        return changing.add(
            self.folder,
            [upload_of(source, name) for source in sources],
            language=self.language,
            request=info,
            redline_formatting=redline_formatting,
        )

    @guarded
    def withdraw(self, source: str, *, date: str = "") -> tuple[str, ...]:
        """Withdraw a proposal, by its id or its one proponent, in all its languages."""
        return changing.withdraw(self.folder, source, day=date)

    @guarded
    def join(self, source: str, *states: str, date: str = "") -> tuple[str, ...]:
        """Let states or bodies join a proposal as its co-sponsors."""
        return changing.join(self.folder, source, states, date)

    @guarded
    def rebase(self, *texts: Source, onto: str | PathLike[str]) -> RebasedDossier:
        """Carry the dossier over to new texts in force, one a language: a new one, at ``onto``.

        Its proposals, the numbers of its points, its records and its history go along; what is in
        conflict with the new text is a point, until somebody settles it. Raises ``Contradiction``
        where there is a dossier already, and ``UsageError`` for a language that is not there.
        """
        uploads = [upload_of(text) for text in texts]
        return rebase(self.folder, uploads, Path(onto), self.language)

    @guarded
    def decide(
        self, points: str | int, request: DecisionRequest, allowed: Iterable[BulkClass] = ()
    ) -> deciding.NewRecord:
        """Record what the group has decided about points, all of them or none.

        ``points`` are numbers, places or ids with commas between, or ``same``, ``single``,
        ``consequential``, ``uncontested``, ``open``, ``inside 10``; ``allowed`` are kinds of change
        that are taken in passing all the same. Raises ``UsageError`` for what cannot be done.
        """
        if request.act.withdraws:
            return self.undo(points, request)
        content = self.content
        takes = request.act.value == "take"  # by name or not: many at once are many at once
        bulk = Bulk(
            base=content.base,
            takes=takes,
            allowed=frozenset(allowed),
            positions=content.positions,
        )

        def choose(
            findings: Findings, numbers: Mapping[str, int], replayed: Replay
        ) -> deciding.Selection:
            return chosen_regions(findings, numbers, replayed, str(points), bulk=bulk)

        return deciding.decide(self.folder, choose, request, self.language)

    @guarded
    def undo(self, points: str | int, request: DecisionRequest) -> deciding.NewRecord:
        """Take records back, by new ones that say so; ``request.act`` is ``undo`` or ``reopen``."""
        if not request.act.withdraws:
            raise UsageError(
                f"'{request.act}' takes nothing back", advice="Give `act=undo` or `act=reopen`."
            )
        base = self.base
        return deciding.undo(
            self.folder,
            lambda held: chosen_records(held, str(points), base),
            request,
            self.language,
        )

    @guarded
    def position(self, point: str | int, request: PositionRequest) -> Position:
        """Keep what a state says of a point without a text: it supports, opposes, reserves.

        No text changes. What is opposed is decided by itself, never with others. ``Stance.UNDO``
        takes back the last position on the point. Raises ``UsageError`` for what is not there.
        """
        return take_position(self.folder, str(point), request, self.language).position

    @guarded
    def adopt(self, *, date: str = "", revision: str = "", pending: bool = False) -> Adopted:
        """Return the text as decided, renumbered, what is open in brackets; nothing is written.

        ``date`` is the day of adoption, else that of the last record; ``revision`` such as
        ``Rev. Dubai, 2018``. Raises ``Contradiction`` where records of two languages settle one
        question differently, unless that is left ``pending``.
        """
        return adopted(self.status(), date=date, revision=revision, pending=pending)


@guarded
def table_of(content: DossierContent) -> ChairTable:
    """Return what lies on the chair's table: the draft, its records, and how each stands."""
    draft = merge(content.base, content.proposals)
    findings = find(draft)
    return ChairTable(
        consolidated=draft,
        findings=findings,
        replay=replay(draft, findings, content.records),
        numbers=content.numbers or {},
        records=content.records,
        positions=content.positions,
    )


def open(folder: str | PathLike[str], *, language: Language | None = None) -> Dossier:
    """Open a dossier, in one language: by default the first that is there.

    Raises ``UsageError`` for a folder or a language that is not there, and ``InputError`` for one
    that is damaged.
    """
    dossier = Dossier(folder, language)
    _readable(lambda: dossier.content, dossier.folder)
    return dossier


def new(
    folder: str | PathLike[str],
    *bases: Source,
    metadata: Metadata | None = None,
    document: Mapping[str, str] | None = None,
) -> Dossier:
    """Make a dossier with a text in force, one a language; without any, for a new resolution.

    ``document`` is what the published document says of itself (`Cover`). Raises ``Contradiction``
    where there is one already.
    """
    uploads = [upload_of(base) for base in bases]
    _readable(lambda: changing.new(Path(folder), uploads, metadata, document), Path(folder))
    return Dossier(folder)


def _readable(use: Callable[[], _Value], folder: Path) -> _Value:
    """Refuse a folder that the system cannot name or reach."""
    try:
        return use()
    except (OSError, ValueError) as error:
        raise UsageError(
            f"this folder cannot be used: {error}", where=repr(fspath(folder)), code="no-dossier"
        ) from error
