"""Seal a draft: two sums in it, of all that it says without them.

A draft travels alone, and whoever receives it wants to know that it is as it was written. The
sha256 tells whether, the CRC-32 where it was changed. It is no signature: whoever changes a draft
on purpose can seal it anew.
"""

from __future__ import annotations

import re
import zlib
from hashlib import sha256

from msgspec import Struct

_DRAFT = re.compile(rb'<rs:draft [^<>]*?baseSha256="[0-9a-f]*"')
_SEAL = re.compile(rb' sha256="([0-9a-f]{64})" crc32="([0-9a-f]{8})"')


class Seal(Struct, frozen=True, gc=False):
    """Hold what a draft says without its seal, and the two sums of the seal."""

    data: bytes
    sha256: str
    crc32: str

    @property
    def agreeing(self) -> int:
        """Count which of the two sums agree: two if the draft is as it was written.

        One if only the seal itself was changed.
        """
        sums = (sha256(self.data).hexdigest(), f"{zlib.crc32(self.data):08x}")
        return (sums[0] == self.sha256) + (sums[1] == self.crc32)


def sealed(draft: bytes) -> bytes:
    """Return a draft with its seal."""
    place = _DRAFT.search(draft)
    # Only a draft of ours has a place for a seal.
    if place is None:
        return draft
    seal = f' sha256="{sha256(draft).hexdigest()}" crc32="{zlib.crc32(draft):08x}"'.encode()
    return draft[: place.end()] + seal + draft[place.end() :]


def unsealed(draft: bytes) -> Seal | None:
    """Return a draft without its seal, and the seal; ``None`` where there is none."""
    place = _DRAFT.search(draft)
    match = _SEAL.match(draft, place.end()) if place else None
    if match is None:
        return None
    rest = draft[: match.start()] + draft[match.end() :]
    return Seal(rest, match[1].decode(), match[2].decode())
