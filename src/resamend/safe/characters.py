"""Bytes that are sure to be text: UTF-8, of a bounded size, of characters that XML can hold."""

from __future__ import annotations

import re
from functools import cache

from resamend.safe.limits import Limits, refuse, refuse_beyond

_COMPRESSED = {b"\x1f\x8b": "gzip", b"PK": "zip", b"BZh": "bzip2", b"\xfd7zXZ": "xz"}
_BOM = b"\xef\xbb\xbf"


def utf8(content: bytes, name: str, limits: Limits) -> bytes:
    """Return bytes that are sure to be UTF-8, without a byte order mark."""
    if len(content) > limits.size:
        refuse_beyond("size", f"it has {len(content)} bytes", name, limits, len(content))
    # Not unpacked here: a small file could become an enormous one.
    for magic, form in _COMPRESSED.items():
        if content.startswith(magic):
            refuse(f"it is a {form} file, not text", name, "Unpack it first.")
    content = content.removeprefix(_BOM)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        refuse(
            f"it is not UTF-8: byte {content[error.start]:#04x} at offset {error.start}",
            name,
            "Save it as UTF-8.",
        )
    if not content or content.isspace():
        refuse("it is empty", name)
    return content


def forbidden_character(text: str) -> str:
    """Name the first character that XML 1.0 cannot hold, with its line; empty if there is none.

    >>> forbidden_character("a\\nb\\x00")
    'the character U+0000 in line 2'
    """
    match = _not_xml().search(text)
    if not match:
        return ""
    line = text.count("\n", 0, match.start()) + 1
    return f"the character U+{ord(match[0]):04X} in line {line}"


@cache
def _not_xml() -> re.Pattern[str]:
    """Compile what XML cannot hold: only a refusal needs it, and so it costs no start."""
    return re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
