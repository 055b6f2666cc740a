"""Count the letters of a document against those of the text read from it: none may be lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from resamend.akn.names import akn
from resamend.model import OBJECT, Kind, Resolution, walk

if TYPE_CHECKING:
    from lxml import etree

_META = akn("meta")


def lost_letters(document: etree._Element, resolution: Resolution) -> str:
    """Return the letters of a document, but for its metadata, that its text has no place for."""
    printed = _letters(
        _text(part) if part.tag != _META else part.tail or "" for part in document.iterchildren("*")
    )
    read = _letters(
        text
        for provision in walk(resolution.provisions)
        # In place of a text it has the id of what moves there, which is not printed.
        if provision.kind is not Kind.MOVED
        for text in (provision.label, provision.text)
    )
    # Nearly always; a footnote stands elsewhere in the one than in the other, so order cannot tell.
    if printed == read:
        return ""
    return "".join(sorted((Counter(printed) - Counter(read)).elements()))


def _text(element: etree._Element) -> str:
    from lxml import etree

    # In C: text by text in Python this takes as long as reading the document.
    return str(etree.tostring(element, encoding="unicode", method="text"))


def _letters(texts: Iterable[str]) -> str:
    # OBJECT stands for a footnote or the like, and is no letter. Most of the rest are spaces, and
    # they go faster alone.
    return "".join("".join(texts).replace(OBJECT, "").replace(" ", "").split())
