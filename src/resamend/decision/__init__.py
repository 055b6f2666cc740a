"""What the group has decided, point by point: recorded, replayed, applied, adopted.

Nothing is agreed because a program says so. A record names what was decided by its content, so it
holds when the next revision arrives as long as the question is the same, and is told, not applied,
when it is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resamend.loading import on_demand

if TYPE_CHECKING:
    from resamend.decision.adopting import Adopted, adopt
    from resamend.decision.recording import Wish, record, renewed
    from resamend.decision.replaying import Replay, replay
    from resamend.decision.settling import Settled, settle
    from resamend.decision.table import Table, furthest_first
    from resamend.decision.values import SETTLED, Act, Level, Offer, Place, Record, Replayed, Status
    from resamend.decision.whatif import WhatIf, what_if

__all__ = [
    "SETTLED",
    "Act",
    "Adopted",
    "Level",
    "Offer",
    "Place",
    "Record",
    "Replay",
    "Replayed",
    "Settled",
    "Status",
    "Table",
    "WhatIf",
    "Wish",
    "adopt",
    "furthest_first",
    "record",
    "renewed",
    "replay",
    "settle",
    "what_if",
]

_HOMES = {
    "adopting": "Adopted adopt",
    "recording": "Wish record renewed",
    "replaying": "Replay replay",
    "settling": "Settled settle",
    "table": "Table furthest_first",
    "values": "SETTLED Act Level Offer Place Record Replayed Status",
    "whatif": "WhatIf what_if",
}
"""Where each name is: who shows a draft without records does not load what makes them."""
__getattr__ = on_demand(__name__, _HOMES)
