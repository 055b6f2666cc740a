"""Names of OpenDocument 1.3 (OASIS, part 3), as lxml writes them."""

from __future__ import annotations

import re
from typing import Final

from resamend.errors import Unreadable

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
SPACES: Final = {
    **{name: _OASIS.format(name) for name in ("office", "style", "text", "table", "meta")},
    "draw": _OASIS.format("drawing"),
    "fo": _OASIS.format("xsl-fo-compatible"),
    "manifest": _OASIS.format("manifest"),
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
MIMETYPE: Final = "application/vnd.oasis.opendocument.text"


def q(name: str) -> str:
    """Return the full name of what a prefix and a name stand for.

    >>> q("text:p")
    '{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p'
    """
    prefix, _, own = name.partition(":")
    return f"{{{SPACES[prefix]}}}{own}"


def is_odt(content: bytes, name: str = "") -> bool:
    """Tell whether bytes are a zip file that says that it is an OpenDocument text.

    It says so first, unpacked; a file that was zipped again may say so anywhere, or in its manifest
    alone. Raises ``Unreadable`` for such a one that is not safe to read, or no text.
    """
    if content[30:100].startswith(b"mimetype" + MIMETYPE.encode()):
        return True
    if b"mimetype" not in content and b"META-INF/manifest.xml" not in content:
        return False
    from resamend.safe import open_archive

    archive = open_archive(content, name=name)
    part = next((p for p in ("mimetype", "META-INF/manifest.xml") if p in archive), "")
    kind = re.search(_KIND, archive.read(part)) if part else None
    if not kind or kind[1] == b"text":
        return bool(kind)
    raise Unreadable(
        f"it is no text but a {kind[1].decode()} of OpenDocument", where=name, advice=AS_ODT
    )


_KIND = re.compile(rb"application/vnd\.oasis\.opendocument\.([a-z]+)")
AS_ODT: Final = (
    "Open it in LibreOffice and save it as “ODF Text Document (.odt)”, without a password."
)
