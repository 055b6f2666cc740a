"""Say which points disappear where only some sources are heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from resamend.cli.inputs import Draft, note

if TYPE_CHECKING:
    from resamend.conflict import Findings, Region


def tell_what_if(whole: Draft, part: Draft, findings: Findings) -> None:
    """Tell which points of a whole draft are gone, changed or new in a part of it."""
    from resamend.conflict import find
    from resamend.decision import what_if

    before = find(whole.consolidated)
    numbers = whole.numbers or {r.id: n for n, r in enumerate(before.outstanding, 1)}
    effect = what_if(before, findings)
    classes = (("gone", effect.gone), ("changed", effect.changed), ("new", effect.new))
    sentences = [f"{deed}: {_points(regions, numbers)}" for deed, regions in classes if regions]
    heard = ", ".join(part.consolidated.sources) or "nobody"
    note(f"with {heard} only: {'; '.join(sentences) or 'the same points'}")


def _points(regions: Sequence[Region], numbers: Mapping[str, int]) -> str:
    names = [str(numbers.get(region.id, region.id[:8])) for region in regions]
    return f"point{'s' if len(names) > 1 else ''} {', '.join(names)}"
