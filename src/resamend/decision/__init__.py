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
    from resamend.decision.chair_table import ChairTable, furthest_first
    from resamend.decision.recording import DecisionRequest, record, renewed
    from resamend.decision.replaying import Replay, replay
    from resamend.decision.settling import Settled, settle
    from resamend.decision.values import (
        SETTLED,
        DecisionKind,
        Level,
        Place,
        Record,
        RecordedEdits,
        RecordedOption,
        Replayed,
        Status,
    )
    from resamend.decision.whatif import WhatIf, what_if


_HOMES = {
    "adopting": "Adopted adopt",
    "recording": "DecisionRequest record renewed",
    "replaying": "Replay replay",
    "settling": "Settled settle",
    "chair_table": "ChairTable furthest_first",
    "values": "SETTLED DecisionKind Level Place Record RecordedEdits RecordedOption Replayed"
    " Status",
    "whatif": "WhatIf what_if",
}
"""Where each name is: who shows a draft without records does not load what makes them."""
__getattr__ = on_demand(__name__, _HOMES)
