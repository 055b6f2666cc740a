"""What the group has decided, point by point: recorded, replayed, applied, adopted.

Nothing is agreed because a program says so. A record names what was decided by its content, so it
holds when the next revision arrives as long as the question is the same, and is told, not applied,
when it is not.
"""

from __future__ import annotations

from resamend.decision.adopting import Adopted, adopt
from resamend.decision.recording import Wish, record, renewed
from resamend.decision.replaying import Replay, Replayed, Status, replay
from resamend.decision.settling import SETTLED, Settled, settle
from resamend.decision.table import Table, furthest_first
from resamend.decision.values import Act, Level, Offer, Place, Record

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
    "Wish",
    "adopt",
    "furthest_first",
    "record",
    "renewed",
    "replay",
    "settle",
]
