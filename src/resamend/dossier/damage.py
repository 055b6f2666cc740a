"""Find what was changed in a file that is not the one that was added.

A sha256 says that a file was changed, not where. CRC-32 is linear: the difference between the sum
that was kept and that of the changed file depends only on what one changed byte became, and on how
many bytes follow it. So each place is tried by stepping the difference back one byte at a time, and
a find is certain once the mended file has its sha256 again. Larger changes are not found this way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from resamend.amendment import place
from resamend.dossier.index import crc32
from resamend.matching import index_of
from resamend.model import Resolution


class Damage(Struct, frozen=True):
    """Say that the byte at ``offset``, from 0, was another; ``mended`` is the file as it was."""

    offset: int
    mended: bytes

    @property
    def line(self) -> int:
        """Return the line that it is in, from 1."""
        return self.mended.count(b"\n", 0, self.offset) + 1

    @property
    def text(self) -> str:
        """Return that line, as it was."""
        return self.mended.split(b"\n")[self.line - 1].decode(errors="replace").strip()


def located(content: bytes, crc: str, is_whole: Callable[[bytes], bool]) -> Damage | None:
    """Return the one byte by which a file differs from that of which ``crc`` was made.

    >>> kept = b"shall meet"
    >>> found = located(b"shalt meet", crc32(kept), kept.__eq__)
    >>> found.offset, found.mended
    (4, b'shall meet')
    """
    for offset, change in _candidates(int(crc32(content), 16) ^ int(crc, 16), len(content)):
        mended = content[:offset] + bytes([content[offset] ^ change]) + content[offset + 1 :]
        # Other bytes at other places make the same difference of sums; the sha256 decides.
        if is_whole(mended):
            return Damage(offset, mended)
    return None


def _candidates(difference: int, size: int) -> Iterator[tuple[int, int]]:
    """Yield each place, with the change of its byte, that makes a difference between two sums."""
    step = [_step(value) for value in range(256)]
    back = {value >> 24: (value, byte) for byte, value in enumerate(step)}
    changes = {value: byte for byte, value in enumerate(step) if byte}
    for offset in range(size - 1, -1, -1):
        if difference in changes:
            yield offset, changes[difference]
        value, byte = back[difference >> 24]
        difference = (difference ^ value) << 8 & 0xFFFFFFFF | byte


def _step(byte: int) -> int:
    """Return what one byte does to a sum (the reflected polynomial of IEEE 802.3)."""
    for _ in range(8):
        byte = byte >> 1 ^ (0xEDB88320 if byte & 1 else 0)
    return byte


_NAMED = re.compile(rb'(?:(?:eId|wId)="|#)([^"#\s<>]+)"')


def place_in_xml(damage: Damage, base: Resolution) -> str:
    """Name the provision of the base that a damaged place in a file of ours is about.

    It is the one last named before it on its line, or else the next; empty where none is named.
    """
    index = index_of(base)
    start = damage.mended.rfind(b"\n", 0, damage.offset) + 1
    end = damage.mended.find(b"\n", damage.offset)
    line = damage.mended[start : end if end >= 0 else None]
    ids = [
        (match.start() + start <= damage.offset, match[1].decode(errors="replace"))
        for match in _NAMED.finditer(line)
    ]
    named = [(before, id) for before, id in ids if id in index.at]
    chosen = [id for before, id in named if before][-1:] or [id for _, id in named[:1]]
    if chosen:
        return place(index, index.at[chosen[0]])
    return f"provision {ids[0][1]}" if ids and b"<meta" not in damage.mended[start:] else ""


def place_in_text(damage: Damage, revised: Resolution) -> str:
    """Name the provision whose words stand on the damaged line of a plain text; empty for none."""
    index = index_of(revised)
    for node, provision in enumerate(index.nodes):
        words = provision.text.strip()
        if words and (words in damage.text or damage.text in words):
            return place(index, node)
    return ""


def first_difference(one: Resolution, other: Resolution) -> str:
    """Name the first provision in which two texts differ; empty where they do not."""
    ours, theirs = index_of(one), index_of(other)
    for node, provision in enumerate(ours.nodes):
        twin = theirs.nodes[node] if node < len(theirs.nodes) else None
        if twin is None or _own(provision) != _own(twin):
            return place(ours, node)
    return "the end" if len(theirs.nodes) > len(ours.nodes) else ""


def _own(provision: object) -> tuple[object, ...]:
    return tuple(getattr(provision, name) for name in ("kind", "label", "text", "marks"))
