"""Find the point that a person means."""

from __future__ import annotations

from collections.abc import Mapping

from resamend.conflict import Findings, Region
from resamend.errors import UsageError
from resamend.numbering import whole_number
from resamend.places import folded

__all__ = ["point_of"]

_SHORTEST = 4
_LONGEST = 40
"""Characters of a name that a message repeats."""


def point_of(findings: Findings, numbers: Mapping[str, int], name: str) -> Region:
    """Return the region that a number, a place, an id or the beginning of an id stands for.

    A place is named as delegates name it: ``OP21(a)``, ``resolves 2``.

    Raises ``UsageError`` for none and for several, and says which there are.
    """
    number = whole_number(name)
    if number is not None and len(name) < _SHORTEST:
        return _numbered(findings, numbers, number)
    regions = (*findings.regions, *findings.warnings)
    found = [region for region in regions if region.id == name]
    if not found and len(name) >= _SHORTEST:
        found = [region for region in regions if region.id.startswith(name.lower())]
    if not found:
        found = [region for region in findings.regions if folded(region.path) == folded(name)]
        if len(found) > 1:
            shown = "; ".join(f"{numbers.get(r.id, r.id)} ({r.base or r.path})" for r in found)
            raise UsageError(f"several points are at {name}", advice=f"They are: {shown}.")
    if not found and number is not None:
        return _numbered(findings, numbers, number)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            f"several points begin with {name!r}",
            advice=f"They are: {', '.join(region.id for region in found)}.",
        )
    typed = name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
    raise UsageError(f"there is no point {typed!r}", advice=_known(findings, numbers))


def _numbered(findings: Findings, numbers: Mapping[str, int], number: int) -> Region:
    for region in findings.regions:
        if numbers.get(region.id) == number:
            return region
    gone = number in numbers.values()
    what = f"point {number} is no longer outstanding" if gone else f"there is no point {number}"
    raise UsageError(what, advice=_known(findings, numbers))


def _known(findings: Findings, numbers: Mapping[str, int]) -> str:
    known = sorted(numbers[r.id] for r in findings.outstanding if r.id in numbers)
    told = f"The outstanding points are: {_ranges(known)}." if known else "No point is outstanding."
    return f"{told} What is not contested is named by its id: 'conflicts --all' lists them."


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
