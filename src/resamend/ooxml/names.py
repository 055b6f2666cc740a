"""Names of WordprocessingML."""

from __future__ import annotations

from typing import Final

__all__ = ["CHANGED_PROPERTIES", "SILENT", "TRANSPARENT", "W", "r", "w"]

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def w(name: str) -> str:
    """Return a name in the main namespace, as lxml writes it."""
    return f"{{{W}}}{name}"


def r(name: str) -> str:
    """Return a name in the namespace of relationships."""
    return f"{{{_R}}}{name}"


TRANSPARENT = frozenset(
    map(w, ("sdt", "sdtContent", "hyperlink", "smartTag", "fldSimple", "customXml", "bdo", "dir"))
)
"""What only stands around text."""

SILENT = frozenset(
    map(
        w,
        (
            *("pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "sectPr", "tblPr"),
            *("tblGrid", "tblPrEx", "trPr", "tcPr", "proofErr", "bookmarkStart", "bookmarkEnd"),
            *("commentRangeStart", "commentRangeEnd", "permStart", "permEnd", "fldData"),
            *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
            *("customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart"),
            *("customXmlDelRangeEnd", "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd"),
            *("customXmlMoveToRangeStart", "customXmlMoveToRangeEnd", "instrText", "delInstrText"),
            *("lastRenderedPageBreak", "footnoteRef", "endnoteRef", "annotationRef", "separator"),
            *("continuationSeparator", "commentReference", "rubyPr", "rt"),
        ),
    )
)
"""What says nothing to a reader of the text."""

CHANGED_PROPERTIES = tuple(
    map(w, ("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange"))
)
"""Tracked changes of formatting."""
