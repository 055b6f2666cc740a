"""What would be if some sources were not there: which points go, which change, which are new."""

from __future__ import annotations

from msgspec import Struct

from resamend.conflict import Findings, Region
from resamend.decision.placing import places


class WhatIf(Struct, frozen=True):
    """Hold the outstanding points that disappear, those that change, and those that are new.

    A point changes that is asked at the same place with other options; ``changed`` holds each as it
    was.
    """

    gone: tuple[Region, ...]
    changed: tuple[Region, ...]
    new: tuple[Region, ...]


def what_if(before: Findings, after: Findings) -> WhatIf:
    """Compare the outstanding points of a whole draft with those of a part of it."""
    left = {region.id for region in after.outstanding}
    known = {region.id for region in before.outstanding}
    old = {region.id: region for region in before.elements}
    now = {region.id: region for region in after.elements}
    fresh = [region for region in after.outstanding if region.id not in known]
    lost = [region for region in before.outstanding if region.id not in left]

    def same(one: Region, other: Region) -> bool:
        return any(p.meets(q) for p in places(one, old) for q in places(other, now))

    changed = [region for region in lost if any(same(region, other) for other in fresh)]
    return WhatIf(
        gone=tuple(region for region in lost if region not in changed),
        changed=tuple(changed),
        new=tuple(r for r in fresh if not any(same(region, r) for region in changed)),
    )
