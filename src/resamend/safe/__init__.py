"""The one way in for the bytes of XML, zip and JSON: hardened, with its limits in one place.

Bytes come from strangers. Nothing outside them is ever opened, nothing is repaired, and work and
memory are bounded before a parser sees a byte. Every refusal is an ``Unreadable`` that says what
is wrong, where, and what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resamend.loading import on_demand

if TYPE_CHECKING:
    from resamend.safe.archive import Archive, open_archive
    from resamend.safe.characters import forbidden_character
    from resamend.safe.json import parse_json
    from resamend.safe.limits import LIMITS, Limits, in_force, raised, refuse_beyond
    from resamend.safe.xml import parse_xml


_HOMES = {
    "archive": "Archive open_archive",
    "characters": "forbidden_character",
    "json": "parse_json",
    "limits": "LIMITS Limits in_force raised refuse_beyond",
    "xml": "parse_xml",
}
"""Where each name is: who reads XML does not load what reads zip files."""
__getattr__ = on_demand(__name__, _HOMES)
