"""What a check found, and how grave it is."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Weight(StrEnum):
    """Say how grave a finding is; only errors fail a check."""

    ERROR = "error"
    WARNING = "warning"


class Finding(Struct, frozen=True):
    """Say what was found, where."""

    weight: Weight
    where: str
    what: str
