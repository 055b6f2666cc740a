"""Read items at a glance: those that stand whole on one line of our own form, as most do.

Looking into an element costs more than reading its line. So where a line holds one whole item, a
label and plain words, the item is made from the line, and found again by the line that the parser
says its element stands on. Lines can be trusted to be what they look like where the document has no
comment, CDATA section or instruction, which is seen at once; else nothing is read this way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache

from resamend.model import Kind, Provision

__all__ = ["items_by_line"]

_ITEM = re.compile(
    r' *<(recital|paragraph|point|indent|item) eId="([^"]+)"><num>([^<]*)</num>'
    r"(?:<content>)?<p>([^<]+)</p>(?:</content>)?</\1>"
).fullmatch
"""One character left out at a time: sets are several times slower."""
_LINES = 60_000
"""Beyond this many lines older parsers no longer count them."""

_new = object.__new__
_set_id, _set_kind, _set_label, _set_text, _set_marks, _set_children = (
    getattr(Provision, field.name).__set__ for field in fields(Provision)
)


_KEPT = 1 << 14
"""How many lines are remembered: those of a large text, and what others change in it."""


@lru_cache(maxsize=_KEPT)
def _item(line: str) -> Provision | None:
    """Make the item that a line holds whole, in half the time that a frozen class's own way takes.

    The texts that states send repeat most lines of the base; such an item is made once.
    """
    found = _ITEM(line)
    if found is None or "&" in line:
        return None
    _, id, label, text = found.groups()
    made = _new(Provision)
    _set_id(made, id)
    _set_kind(made, Kind.ITEM)
    _set_label(made, label)
    _set_text(made, _same(text))
    _set_marks(made, ())
    _set_children(made, ())
    return made


@lru_cache(maxsize=_KEPT)
def _same(text: str) -> str:
    """Return the same object for the same text: it is compared at once, and kept once."""
    return text


def items_by_line(data: bytes) -> Mapping[int, Provision]:
    """Return the items that stand whole on one line, by the number of the line, from 1."""
    if b"<!" in data or b"\r" in data or data.count(b"<?") > 1:
        return {}
    lines = data.decode("utf-8").split("\n")
    if len(lines) > _LINES:
        return {}
    return {number: item for number, item in enumerate(map(_item, lines), 1) if item}
