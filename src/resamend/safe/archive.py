"""The one way in for the bytes of a zip file, such as a Word document.

Nothing is extracted, and a part is unpacked only when it is asked for, never beyond the size that
its entry declares. What readers of zip files disagree on is refused: one may take the first of two
parts of one name and another the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from resamend.errors import Unreadable
from resamend.safe.limits import Limits, in_force, refuse, refuse_beyond

if TYPE_CHECKING:
    from zipfile import ZipInfo

_AGAIN = "Save it again in the program that made it."
_HEADER = 30  # bytes of an entry's own header, before its name
_MAGIC = b"PK\x03\x04"
_LISTED = b"PK\x01\x02"
"""What each entry of the directory begins with; a file packed in another one has them too."""
_STORED, _DEFLATED = 0, 8
_SMALL = 64 << 10  # a part of so few bytes may have been squeezed as far as it goes
_ODD = re.compile(r"[\x00-\x1f\x7f]|^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.?(?:[/\\]|$)|[/\\]{2}")


class _Entry(Struct, frozen=True):
    """Hold where a part's header and packed bytes stand, and how it was packed."""

    header: int
    start: int
    end: int
    size: int
    crc: int
    packed: bool


class Archive(Struct, frozen=True, kw_only=True):
    """Hold the parts of a zip file, known to a person as ``name``."""

    name: str
    zip_bytes: bytes
    entries: dict[str, _Entry]

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the parts, in the order of the file."""
        return iter(self.entries)

    def __contains__(self, part: str) -> bool:
        """Tell whether there is a part of a name."""
        return part in self.entries

    def place(self, part: str) -> str:
        """Return how a person finds a part."""
        return f"{self.name}, part {part}".removeprefix(", ")

    def read(self, part: str) -> bytes:
        """Return the bytes of a part.

        Raises ``Unreadable`` where there is none, and where its bytes are not what its entry says.
        """
        entry = self.entries.get(part)
        if entry is None:
            refuse("it is missing", self.place(part), _AGAIN)
        part_bytes = self.zip_bytes[entry.start : entry.end]
        if entry.packed:
            part_bytes = self._unpacked(part_bytes, entry, part)
        import zlib

        if len(part_bytes) != entry.size or zlib.crc32(part_bytes) != entry.crc:
            refuse("its bytes are damaged", self.place(part), _AGAIN)
        return part_bytes

    def _unpacked(self, packed: bytes, entry: _Entry, part: str) -> bytes:
        import zlib

        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            # One byte more than declared is enough to see that there is more.
            unpacked = unpacker.decompress(packed, entry.size + 1)
        except zlib.error:
            refuse("its bytes are damaged", self.place(part), _AGAIN)
        if len(unpacked) > entry.size:
            refuse("it is larger than its entry says", self.place(part), _AGAIN)
        return unpacked


def open_archive(zip_bytes: bytes, *, name: str, limits: Limits | None = None) -> Archive:
    """Open a zip file, known to a person as ``name``, and check all that its directory says.

    Refuses too many or too large parts, two of one name (whatever the case and the slashes),
    parts that overlap, encryption, other packing than deflate, and junk before the first part.

    Raises ``Unreadable``, naming the part.
    """
    limits = limits or in_force()
    if len(zip_bytes) > limits.archive:
        refuse_beyond("archive", f"it has {len(zip_bytes)} bytes", name, limits, len(zip_bytes))
    if not zip_bytes.startswith(_MAGIC):
        refuse("it is not a zip file, or something stands before it", name, _AGAIN)
    # Before the directory is read: an object for each of a million entries would fill memory.
    listed = zip_bytes.count(_LISTED)
    if listed > limits.parts:
        refuse_beyond("parts", f"it has {listed} parts", name, limits, listed)
    infos = _directory(zip_bytes, name)
    _refuse_sizes(infos, name, limits)
    entries: dict[str, _Entry] = {}
    seen: dict[str, str] = {}
    for info in infos:
        part = info.filename
        _refuse_entry(info, name)
        twin = seen.setdefault(part.replace("\\", "/").casefold(), part)
        if twin in entries:
            refuse(f"there are two parts of this name ({twin!r}, {part!r})", f"{name}, part {part}")
        entries[part] = _located(zip_bytes, info, name)
    _refuse_overlap(entries, name)
    return Archive(name=name, zip_bytes=zip_bytes, entries=entries)


def _directory(zip_bytes: bytes, name: str) -> list[ZipInfo]:
    """Return what the directory at the end of the file lists."""
    import struct
    from io import BytesIO
    from zipfile import BadZipFile, LargeZipFile, ZipFile

    try:
        with ZipFile(BytesIO(zip_bytes)) as file:
            return file.infolist()
    except (BadZipFile, LargeZipFile, NotImplementedError, ValueError, struct.error) as problem:
        reason = str(problem).rstrip(".")
        raise Unreadable(
            f"its directory cannot be read: it is cut short or damaged ({reason})",
            where=name,
            advice=_AGAIN,
        ) from None


def _refuse_sizes(infos: list[ZipInfo], name: str, limits: Limits) -> None:
    total = 0
    for info in infos:
        where = f"{name}, part {info.filename}"
        total += info.file_size
        if info.file_size > limits.size:
            what = f"it has {info.file_size} bytes"
            refuse_beyond("size", what, where, limits, info.file_size)
        if info.file_size > _SMALL and info.file_size > limits.ratio * info.compress_size:
            times = info.file_size // max(info.compress_size, 1)
            what = f"it unpacks to {times} times its size"
            refuse_beyond("ratio", what, where, limits, times + 1)
        if total > limits.unpacked:
            what = f"with it, the parts have {total} bytes"
            refuse_beyond("unpacked", what, where, limits, total)


def _refuse_entry(info: ZipInfo, name: str) -> None:
    part = info.filename
    where = f"{name}, part {part}"
    if _ODD.search(info.orig_filename) or not part:
        refuse(f"{info.orig_filename!r} cannot be the name of a part", name, _AGAIN)
    if info.flag_bits & 0x1:
        refuse("it is encrypted", where, "Save it without a password.")
    if info.compress_type not in (_STORED, _DEFLATED):
        refuse(f"it is packed in an unknown way ({info.compress_type})", where, _AGAIN)


def _located(zip_bytes: bytes, info: ZipInfo, name: str) -> _Entry:
    """Return where a part's bytes stand; its own header must agree with the directory."""
    at = info.header_offset
    header = zip_bytes[at : at + _HEADER] if at >= 0 else b""
    where = f"{name}, part {info.filename}"
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        refuse("it is not where the directory says", where, _AGAIN)
    named, extra = int.from_bytes(header[26:28], "little"), int.from_bytes(header[28:30], "little")
    own = zip_bytes[at + _HEADER : at + _HEADER + named]
    # Names are in UTF-8 or in the code page of the first PCs; the entry's flag is not to be
    # trusted.
    if own not in (_bytes(info.orig_filename, "utf-8"), _bytes(info.orig_filename, "cp437")):
        refuse("its own header has another name", where, _AGAIN)
    start = at + _HEADER + named + extra
    end = start + info.compress_size
    if end > len(zip_bytes):
        refuse("it is cut short", where, _AGAIN)
    packed = info.compress_type == _DEFLATED
    return _Entry(at, start, end, info.file_size, info.CRC, packed)


def _bytes(part: str, encoding: str) -> bytes:
    return part.encode(encoding, errors="replace")


def _refuse_overlap(entries: dict[str, _Entry], name: str) -> None:
    end = 0
    for part, entry in sorted(entries.items(), key=lambda pair: pair[1].header):
        if not end and entry.header:
            refuse("something stands before its first part", name, _AGAIN)
        if entry.header < end:
            refuse("its bytes are another part's too", f"{name}, part {part}", _AGAIN)
        end = entry.end
