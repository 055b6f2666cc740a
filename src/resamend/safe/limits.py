"""The limits of what is read, in one place, and the refusal that all ways in share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from resamend.errors import Unreadable

__all__ = ["LIMITS", "Limits", "refuse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Hold the limits of what is read.

    ``size`` is in bytes, ``depth`` in elements from the root, ``nesting`` in JSON brackets,
    ``digits`` in characters of one JSON number. Of a zip file, ``archive`` is the size as it comes,
    ``parts`` how many it holds, ``unpacked`` the bytes of all of them together (one alone has
    ``size``), ``ratio`` how many times larger a part may become.
    """

    size: int = 20 << 20
    elements: int = 500_000
    depth: int = 100
    nesting: int = 64
    digits: int = 300
    archive: int = 50 << 20
    parts: int = 2_000
    unpacked: int = 100 << 20
    ratio: int = 200


LIMITS = Limits()


def refuse(what: str, name: str, advice: str = "") -> NoReturn:
    """Raise ``Unreadable`` for a file or part that a person knows as ``name``."""
    raise Unreadable(what, where=name, advice=advice)
