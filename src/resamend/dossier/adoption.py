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

    Raises ``Contradiction`` where another language contradicts it, unless that is left ``pending``.
    """
    if not pending:
        _refuse_contradicted(table)
    text = adopt(table.consolidated, table.findings, table.replay)
    day = date or max((r.record.at[:10] for r in table.replay.records), default="")
    unnamed = replace(text.text, metadata=replace(text.text.metadata, revision=""))
    return replace(text, text=described(unnamed, Metadata(date=day, revision=revision)))


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
