"""Find the point that a person means."""

from __future__ import annotations

from collections.abc import Mapping

from resamend.conflict import Findings, Region
from resamend.errors import UsageError
from resamend.numbering import whole_number
from resamend.places import folded

_SHORTEST = 4
_LONGEST = 40
"""Characters of a name that a message repeats."""


def point_of(findings: Findings, numbers: Mapping[str, int], name: str) -> Region:
    """Return the region that a number, a place, an id or the beginning of an id stands for.

    A place is named as delegates name it: ``OP21(a)``, ``resolves 2``.

    Raises ``UsageError`` for none and for several, and says which there are.
    """
    number = whole_number(name)
    # A short number is no beginning of an id: ids are hexadecimal, and 12 could be both.
    if number is not None and len(name) < _SHORTEST:
        return _numbered(findings, numbers, number)
    regions = (*findings.regions, *findings.warnings)
    matches = [region for region in regions if region.id == name]
    if not matches and len(name) >= _SHORTEST:
        matches = [region for region in regions if region.id.startswith(name.lower())]
    if not matches:
        matches = [region for region in findings.regions if folded(region.path) == folded(name)]
        if len(matches) > 1:
            shown = "; ".join(f"{numbers.get(r.id, r.id)} ({r.base or r.path})" for r in matches)
            raise UsageError(f"several points are at {name}", advice=f"They are: {shown}.")
    # A long number may be either; the id goes first, for it names one point for ever.
    if not matches and number is not None:
        return _numbered(findings, numbers, number)
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise UsageError(
            f"several points begin with {name!r}",
            advice=f"They are: {', '.join(region.id for region in matches)}.",
        )
    typed = name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
    raise UsageError(f"there is no point {typed!r}", advice=_outstanding(findings, numbers))


def _numbered(findings: Findings, numbers: Mapping[str, int], number: int) -> Region:
    for region in findings.regions:
        if numbers.get(region.id) == number:
            return region
    gone = number in numbers.values()
    what = f"point {number} is no longer outstanding" if gone else f"there is no point {number}"
    raise UsageError(what, advice=_outstanding(findings, numbers))


def _outstanding(findings: Findings, numbers: Mapping[str, int]) -> str:
    outstanding = sorted(numbers[r.id] for r in findings.outstanding if r.id in numbers)
    sentence = (
        f"The outstanding points are: {_ranges(outstanding)}."
        if outstanding
        else "No point is outstanding."
    )
    return f"{sentence} What is not contested is named by its id: 'conflicts --all' lists them."


def _ranges(numbers: list[int]) -> str:
    """Spell numbers shortly.

    >>> _ranges([1, 2, 3, 5])
    '1-3, 5'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{r[0]}-{r[-1]}" if len(r) > 1 else str(r[0]) for r in runs)
