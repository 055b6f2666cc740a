"""OpenDocument texts (.odt): the only package that knows ``text:`` names.

A .odt is read into the value that a Word document is read into, and written from the value that one
is written from (``ooxml``): all else, from lines and tracked changes to styles, is the same road.
"""

from __future__ import annotations

from resamend.odf.package import is_odt, properties_in, read_odt
from resamend.odf.writing import write_odt

__all__ = ["is_odt", "properties_in", "read_odt", "write_odt"]
