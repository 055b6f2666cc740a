"""What the group has decided, point by point: recorded, replayed, applied, adopted.

Nothing is agreed because a program says so. A record names what was decided by its content, so it
holds when the next revision arrives as long as the question is the same, and is told, not applied,
when it is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from resamend.decision.adopting import Adopted, adopt
    from resamend.decision.recording import Wish, record, renewed
    from resamend.decision.replaying import Replay, Replayed, Status, replay
    from resamend.decision.settling import SETTLED, Settled, settle
    from resamend.decision.table import Table, furthest_first
    from resamend.decision.values import Act, Level, Offer, Place, Record
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
    "Act": "values",
    "Adopted": "adopting",
    "Level": "values",
    "Offer": "values",
    "Place": "values",
    "Record": "values",
    "Replay": "replaying",
    "Replayed": "replaying",
    "SETTLED": "settling",
    "Settled": "settling",
    "Status": "replaying",
    "Table": "table",
    "WhatIf": "whatif",
    "Wish": "recording",
    "adopt": "adopting",
    "furthest_first": "table",
    "record": "recording",
    "renewed": "recording",
    "replay": "replaying",
    "settle": "settling",
    "what_if": "whatif",
}
"""Where each name is: who shows a draft without records does not load what makes them."""


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
