"""Names of WordprocessingML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml import etree

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
            *("continuationSeparator", "commentReference", "rubyPr", "txbxLink"),
        ),
    )
)
"""What says nothing to a reader of the text."""

CHANGED_PROPERTIES = tuple(
    map(w, ("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange"))
)
"""Tracked changes of formatting."""

STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": W,
    "http://purl.oclc.org/ooxml/officeDocument/relationships": _R,
    "http://purl.oclc.org/ooxml/officeDocument/math": (
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
    ),
}
"""The namespaces of the strict form of Office Open XML (ECMA-376 part 1), and ours for them."""

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES = f"{_COMPATIBILITY}AlternateContent"
_SIGNS = "/symex"
"""A sign by its font, of which the fallback is the letter."""
_UNDERSTOOD = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")


def shown_alternative(element: etree._Element) -> etree._Element:
    """Return the first choice that is understood, else the fallback (ECMA-376 part 3, 7.5).

    Where there is neither it is empty. What Microsoft and the standard name is understood here: of
    a picture nothing but the words in it counts.
    """
    fallback = None
    for child in element:
        if child.tag == f"{_COMPATIBILITY}Choice":
            spaces = [child.nsmap.get(name) or "" for name in child.get("Requires", "").split()]
            if all(s.startswith(_UNDERSTOOD) and not s.endswith(_SIGNS) for s in spaces):
                return child
        elif child.tag == f"{_COMPATIBILITY}Fallback" and fallback is None:
            fallback = child
    return element.makeelement("nothing", {}) if fallback is None else fallback


def value_of(element: etree._Element, name: str) -> str:
    """Return the ``w:val`` of a child; of none, nothing."""
    child = element.find(w(name))
    return "" if child is None else child.get(w("val"), "")
