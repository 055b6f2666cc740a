"""A proposal that shows only a part of the text in force: the whole text that it asks for."""

from __future__ import annotations

from resamend.amendment import is_part, shown_in, with_part, without_part
from resamend.dossier.parsing import ParsedInput
from resamend.errors import Invalid, NotApplicable
from resamend.model import Kind, Resolution

__all__ = ["kept_by", "named_in", "unplaced", "wanted_by_part"]


def wanted_by_part(arrival: ParsedInput, base: Resolution) -> Resolution | None:
    """Return the whole text that a proposal asks for which shows only a part of it.

    Nothing where it shows the whole, or where its tracked changes say what becomes of the rest.
    Raises ``NotApplicable`` for what is not in the base, ``Invalid`` where it cannot be placed.
    """
    text = arrival.value
    assert isinstance(text, Resolution)
    if arrival.symbol == "NOC" and base.provisions:
        return base
    if arrival.symbol == "SUP":
        shown = arrival.quoted
        if shown is None or not is_part(base, shown):
            return None
        return without_part(base, _shown(arrival, base, shown))
    tracked = arrival.rejected is not None and arrival.rejected.provisions
    if tracked or not is_part(base, text):
        return None
    whole = with_part(base, text, adds=arrival.symbol == "ADD")
    if whole is None or not (arrival.symbol or shown_in(base, text)[0]):
        raise unplaced(arrival)
    return whole


def kept_by(arrival: ParsedInput, base: Resolution) -> tuple[str, ...]:
    """Return what a NOC is of: what it shows, or the whole where it shows the front or nothing."""
    text = arrival.value
    assert isinstance(text, Resolution)
    if is_part(base, text):
        return _shown(arrival, base, text)
    return tuple(p.id for p in base.provisions if p.kind is Kind.RESOLUTION)


def _shown(arrival: ParsedInput, base: Resolution, part: Resolution) -> tuple[str, ...]:
    """Return the ids of the provisions that a SUP or NOC shows."""
    ids, missing = shown_in(base, part)
    if missing or not ids:
        said = " ".join(f"{p.label} {p.text}".strip() for p in missing or part.provisions)
        raise NotApplicable(
            f"it says {arrival.symbol} of “{said[:80]}”, which is not in the text in force",
            where=named_in(arrival),
            advice="Give the text in force that it speaks of, or its words as they stand there.",
        )
    return ids


def unplaced(arrival: ParsedInput) -> Invalid:
    """Return the refusal of a part that does not say where it belongs."""
    return Invalid(
        "it shows no more than a part of the text in force, and does not say where that stands",
        where=named_in(arrival),
        advice="Show it below its heading, as in the text in force; or give the whole text, or the "
        "right file.",
    )


def named_in(arrival: ParsedInput) -> str:
    """Name a file, and of several proposals in it the one that is meant."""
    return ", ".join(filter(None, (arrival.name, arrival.id)))
