"""OpenDocument texts (.odt): the only package that knows ``text:`` names.

A .odt is read into the value that a Word document is read into, and written from the value that one
is written from (``ooxml``): all else, from lines and tracked changes to styles, is the same road.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resamend.loading import on_demand

if TYPE_CHECKING:
    from resamend.odf.names import is_odt
    from resamend.odf.package import properties_in, read_odt
    from resamend.odf.writing import write_odt


_HOMES = {"names": "is_odt", "package": "properties_in read_odt", "writing": "write_odt"}
"""Where each name is: who asks whether a file is one loads nothing that reads it."""
__getattr__ = on_demand(__name__, _HOMES)
