"""Adopt what lies on the chair's table, dated and named as a new revision of the text."""

from __future__ import annotations

from msgspec.structs import replace

from resamend.decision import Adopted, ChairTable, adopt
from resamend.dossier.parsing import described
from resamend.errors import Contradiction
from resamend.model import Metadata


def adopted(
    table: ChairTable, *, date: str = "", revision: str = "", pending: bool = False
) -> Adopted:
    """Return the text as decided; ``date`` is the day of adoption, else that of the last record.

    Raises ``Contradiction`` where another language contradicts it, or what was asked of the former
    text is not settled, unless that is left ``pending``.
    """
    if not pending:
        _refuse_contradicted(table)
    text = adopt(table.consolidated, table.findings, table.replay)
    if not pending:
        _refuse_former(table, text)
    day = date or max((r.record.at[:10] for r in table.replay.records), default="")
    unnamed = replace(text.text, metadata=replace(text.text.metadata, revision=""))
    return replace(text, text=described(unnamed, Metadata(date=day, revision=revision)))


def _refuse_former(table: ChairTable, text: Adopted) -> None:
    points = "; ".join(
        f"{f'point {number}, ' if (number := table.numbers.get(region.id)) else ''}{region.path}"
        for region in text.former
    )
    if points:
        raise Contradiction(
            f"what was asked of the former text is not settled: {points}",
            advice="Decide these points (`act=keep` leaves the text as it is), or give "
            "`pending=True`.",
        )


def _refuse_contradicted(table: ChairTable) -> None:
    pairs = "; ".join(
        " against ".join(f"record {r.number} ({r.language}) at {r.path}" for r in pair)
        for pair in table.contradicted
    )
    if pairs:
        raise Contradiction(
            f"records of two languages settle one question differently: {pairs}",
            advice="Take one of them back (`act=undo`), or give `pending=True`.",
        )
