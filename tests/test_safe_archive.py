"""The way in for zip files: each attack is refused, and the refusal names the part."""

from __future__ import annotations

import random
import warnings
import zipfile
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from resamend.errors import Unreadable
from resamend.safe import Limits, open_archive

TEXT = b"<a>the text in force</a>" * 20


def zipped(*parts: tuple[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", packing) as archive:
        warnings.simplefilter("ignore")  # two parts of one name are meant
        for name, data in parts:
            info = zipfile.ZipInfo(name)
            info.filename = name  # as it is, whatever the machine's separator
            archive.writestr(info, data, packing)
    return file.getvalue()


GOOD = zipped(("word/document.xml", TEXT), ("word/styles.xml", b"<s/>"))


def patched(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data and len(old) == len(new)
    return data.replace(old, new)


def flagged(data: bytes) -> bytes:
    """Say in all headers that the parts are encrypted."""
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        pieces = data.split(magic)
        data = magic.join([pieces[0], *(p[: at - 4] + b"\x01" + p[at - 3 :] for p in pieces[1:])])
    return data


def overlapping() -> bytes:
    """Let a second part stand inside the bytes of the first."""
    inner = zipped(("b", TEXT))
    at = inner.index(b"PK\x01\x02")
    own, entry = inner[:at], bytearray(inner[at:-22])
    outer = zipped(("a", own), packing=zipfile.ZIP_STORED)
    at = outer.index(b"PK\x01\x02", len(own))
    entry[42:46] = (31).to_bytes(4, "little")
    end = bytearray(outer[-22:])
    end[8:12] = b"\x02\x00\x02\x00"
    end[12:16] = (len(outer) - 22 - at + len(entry)).to_bytes(4, "little")
    return outer[:-22] + bytes(entry) + bytes(end)


def lying(data: bytes, size: int) -> bytes:
    """Say in the directory that the first part is smaller than it is."""
    at = data.index(b"PK\x01\x02") + 24
    return data[:at] + size.to_bytes(4, "little") + data[at + 4 :]


CRC = zlib.crc32(TEXT).to_bytes(4, "little")
REFUSED = {
    "empty": (b"", "not a zip file"),
    "no zip": (b"%PDF-1.7", "not a zip file"),
    "an empty zip": (zipped(), "not a zip file"),
    "junk before it": (b"x" * 1000 + GOOD, "something stands before it"),
    "another zip before it": (zipped(("x", TEXT)) + GOOD, "something stands before"),
    "cut short": (GOOD[:-30], "cut short or damaged"),
    "cut in the middle": (GOOD[: len(GOOD) // 2], "cut short or damaged"),
    "twice the same name": (zipped(("w/d", TEXT), ("w/d", TEXT)), "part w/d: there are two"),
    "names that differ in case": (zipped(("w/d.xml", TEXT), ("w/D.xml", TEXT)), "part w/D.xml"),
    "names that differ in slashes": (zipped(("w/d", TEXT), ("w\\d", TEXT)), "there are two"),
    "a path out": (zipped(("../../evil", TEXT)), "cannot be the name of a part"),
    "an absolute path": (zipped(("/etc/passwd", TEXT)), "cannot be the name of a part"),
    "a drive": (zipped(("C:\\evil", TEXT)), "cannot be the name of a part"),
    "encrypted": (flagged(GOOD), "part word/document.xml: it is encrypted"),
    "packed otherwise": (zipped(("a.xml", TEXT), packing=zipfile.ZIP_LZMA), "an unknown way (14)"),
    "overlapping": (overlapping(), "part b: its bytes are another part's too"),
    "another name in its own header": (
        GOOD.replace(b"word/styles.xml", b"word/stylex.xml", 1),
        "part word/styles.xml: its own header has another name",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused_at_the_door(case: str) -> None:
    data, why = REFUSED[case]
    with pytest.raises(Unreadable) as refusal:
        open_archive(data, name="RUS.docx")
    assert why in str(refusal.value)
    assert str(refusal.value).startswith("RUS.docx")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (patched(GOOD, CRC, b"\0\0\0\0"), "damaged"),
        (lying(GOOD, 7), "larger than its entry says"),
        (lying(GOOD, 9_000), "damaged"),
    ],
)
def test_a_part_that_is_not_what_it_claims_is_refused(data: bytes, why: str) -> None:
    archive = open_archive(data, name="RUS.docx")
    with pytest.raises(Unreadable, match=f"RUS.docx, part word/document.xml: .*{why}"):
        archive.read("word/document.xml")


def test_parts_are_read() -> None:
    archive = open_archive(GOOD, name="RUS.docx")
    assert list(archive) == ["word/document.xml", "word/styles.xml"]
    assert archive.read("word/document.xml") == TEXT
    assert "word/comments.xml" not in archive
    with pytest.raises(Unreadable, match=r"part word/comments.xml: it is missing"):
        archive.read("word/comments.xml")
    stored = open_archive(zipped(("é.xml", TEXT), packing=zipfile.ZIP_STORED), name="x")
    assert stored.read("é.xml") == TEXT


def test_limits() -> None:
    noise = random.Random(1).randbytes(5_000)
    for limit, data, why in (
        ({"archive": 100}, GOOD, "The limit 'archive' is 100."),
        ({"parts": 1}, GOOD, "it has 2 parts"),
        ({"size": 300}, GOOD, "part word/document.xml: it has 480 bytes"),
        ({"unpacked": 5_100}, zipped(("a", noise), ("b", TEXT)), "part b: with it, the parts have"),
        ({"ratio": 20}, zipped(("a", b" " * 100_000)), "part a: it unpacks to"),
    ):
        with pytest.raises(Unreadable) as refusal:
            open_archive(data, name="RUS.docx", limits=replace(Limits(), **limit))
        assert why in str(refusal.value)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(Unreadable, match=r"part bomb.xml: it has 41943040 bytes"):
        open_archive(zipped(("bomb.xml", bytes(40 << 20))), name="RUS.docx")


@given(st.binary(max_size=200), st.integers(0, len(GOOD)), st.integers(0, 60))
def test_damaged_bytes_are_read_or_refused(noise: bytes, at: int, gone: int) -> None:
    data = GOOD[:at] + noise + GOOD[at + gone :]
    try:
        archive = open_archive(data, name="x")
        for part in archive:
            archive.read(part)
    except Unreadable as refusal:
        assert str(refusal)
