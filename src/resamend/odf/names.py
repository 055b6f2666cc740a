"""Names of OpenDocument 1.3 (OASIS, part 3), as lxml writes them."""

from __future__ import annotations

from typing import Final

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


def is_odt(content: bytes) -> bool:
    """Tell whether bytes are a zip file that says first that it is an OpenDocument text."""
    return content[30:100].startswith(b"mimetype" + MIMETYPE.encode())
