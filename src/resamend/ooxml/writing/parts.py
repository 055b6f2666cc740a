"""Put a Word document together: its parts, what they are, how they belong together, the zip.

The same document is the same bytes on every machine: parts are sorted, bear no time, and are stored
as they are (two versions of a compressor give different bytes for the same text).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from importlib.resources import files

from lxml import etree
from msgspec import Struct

from resamend.languages import header
from resamend.model import Language
from resamend.ooxml.embedded import EmbeddedFiles, write
from resamend.ooxml.metadata import DRAFT
from resamend.ooxml.writing.elements import NS, TEXT_WIDTH, ElementWriter, element, w
from resamend.ooxml.writing.values import Comment, NewDocument, NewNote, NewParagraph

HIDDEN = "customXml/item1.xml"
"""Where a document carries what is not to be seen in it."""
HIDDEN_ID = "{5E5A3E4D-0140-4D0C-8F5E-7265736D6E64}"

_LANDSCAPE_WIDTH = 15300
"""Twentieths of a point between the margins of a landscape page."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_R = f"{{{_OFFICE}}}"
_CORE = f"{_PACKAGE}/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


class _PackagePart(Struct, frozen=True):
    """Hold a part that the text refers to, as bytes: its tree takes five times the memory."""

    name: str
    kind: str
    content: bytes


def write_document(document: NewDocument, hidden: EmbeddedFiles | None = None) -> bytes:
    """Return a document as the bytes of a .docx.

    ``hidden`` is what it takes along unseen, with a seal over all that is written.
    """
    width = _LANDSCAPE_WIDTH if document.landscape else TEXT_WIDTH
    writer = ElementWriter(document.date, [note.label for note in document.notes], width)
    body = _spell(_body(document, writer))
    parts = [
        _PackagePart("styles", "styles", _spell(_styles(document.language))),
        _PackagePart("settings", "settings", _spell(_settings(document))),
        _PackagePart("footnotes", "footnotes", _spell(_footnotes(document.notes, writer))),
        _PackagePart("header1", "header", _spell(_header(document))),
    ]
    if document.comments:
        comments = _spell(_comments(document.comments, writer))
        parts.append(_PackagePart("comments", "comments", comments))
    contents = {f"word/{part.name}.xml": part.content for part in parts}
    contents["word/document.xml"] = body
    contents["word/_rels/document.xml.rels"] = _relations(
        [(f"{_OFFICE}/{p.kind}", f"{p.name}.xml") for p in parts]
        + ([(f"{_OFFICE}/customXml", f"../{HIDDEN}")] if hidden else [])
    )
    contents["_rels/.rels"] = _relations(
        [
            (f"{_OFFICE}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ]
    )
    contents["docProps/core.xml"] = _spell(_core(document))
    contents["[Content_Types].xml"] = _types(parts, hidden=bool(hidden))
    if hidden:
        contents |= _hidden()
        contents[HIDDEN] = write(hidden, contents)
    return zipped(dict(sorted(contents.items())))


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return parts as a zip file, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in parts:
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.create_system = 0
            archive.writestr(info, parts[name])
    return buffer.getvalue()


def _spell(root: etree._Element) -> bytes:
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


# -- the document and what stands beside it -------------------------------------------------------


def _body(document: NewDocument, writer: ElementWriter) -> etree._Element:
    body = element("body", *writer.blocks(document.front))
    if document.front:
        closing = NewParagraph(language=document.language)
        body.extend(writer.paragraph(closing, _section()))
    body.extend(writer.blocks(document.text))
    body.append(_section(line_numbers=document.line_numbers, landscape=document.landscape))
    root = etree.Element(w("document"), nsmap={"w": NS, "r": _OFFICE})
    root.append(body)
    return root


def _section(*, line_numbers: bool = False, landscape: bool = False) -> etree._Element:
    reference = element("headerReference", type="default")
    reference.set(f"{_R}id", "rId4")
    side = (16840 - _LANDSCAPE_WIDTH) // 2 if landscape else 1134
    counted = [element("lnNumType", countBy=1, restart="newPage")] if line_numbers else []
    return element(
        "sectPr",
        reference,
        element("type", val="nextPage"),
        element("pgSz", w=16840, h=11907, orient="landscape")
        if landscape
        else element("pgSz", w=11907, h=16840),
        element(
            "pgMar",
            top=1134 if landscape else 1418,
            right=side,
            bottom=1134 if landscape else 1418,
            left=side,
            header=720,
            footer=720,
            gutter=0,
        ),
        *counted,
    )


def _footnotes(notes: Iterable[NewNote], writer: ElementWriter) -> etree._Element:
    root = element("footnotes")
    for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
        line = element("p", element("r", element(kind)))
        root.append(element("footnote", line, type=kind, id=number))
    for number, note in enumerate(notes, 1):
        root.append(element("footnote", *_note(note, writer), id=number))
    return root


def _note(note: NewNote, writer: ElementWriter) -> list[etree._Element]:
    """Return a footnote's paragraphs, its mark before the first."""
    paragraphs = list(writer.blocks(note.paragraphs))
    look = element("rPr", element("rStyle", val="FootnoteReference"))
    mark = element("r", look, *(_signs(note.label) if note.label else [element("footnoteRef")]))
    first = paragraphs[0]
    place = 1 if len(first) and first[0].tag == w("pPr") else 0
    first.insert(place, mark)
    first.insert(place + 1, element("r", element("tab")))
    return paragraphs


def _signs(label: str) -> list[etree._Element]:
    """Return a mark of its own, which Word does not print by itself before the note.

    As signs of a font: LibreOffice does print it, and would print letters beside it once more.
    """
    return [element("sym", font="Calibri", char=f"{ord(sign):04X}") for sign in label]


def _comments(comments: Iterable[Comment], writer: ElementWriter) -> etree._Element:
    root = element("comments")
    for place, comment in enumerate(comments):
        remark = element("comment", id=writer.comment_id(place), author=comment.author)
        if writer.date:
            remark.set(w("date"), writer.date)
        remark.set(w("initials"), comment.author[:1])
        remark.extend(writer.blocks(comment.paragraphs))
        root.append(remark)
    return root


def _header(document: NewDocument) -> etree._Element:
    page = element("p", element("pPr", element("pStyle", val="header")))
    field = element("fldSimple", element("r", element("t")), instr=" PAGE ")
    field[0][0].text = "1"
    page.extend([_plain("- "), field, _plain(" -")])
    root = element("hdr", page)
    if document.header:
        line = element("p", element("pPr", element("pStyle", val="header")))
        line.append(_plain(document.header))
        root.append(line)
    return root


def _plain(text: str) -> etree._Element:
    letters = element("t")
    letters.text = text
    letters.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element("r", letters)


def _styles(language: Language) -> etree._Element:
    text = files("resamend.ooxml.writing").joinpath("styles.xml").read_bytes()
    root = etree.fromstring(text, etree.XMLParser(remove_blank_text=True, resolve_entities=False))
    spoken = root.find(f".//{w('lang')}")
    if spoken is not None and language.spaced and language.direction == "ltr":
        spoken.set(w("val"), header(language).locale)
    if not language.spaced or language.direction == "rtl":
        _without_italics(root)
    return root


def _without_italics(styles: etree._Element) -> None:
    """Set in bold what is in italics: Chinese and Arabic letters have none."""
    for slanted, bold in (("i", "b"), ("iCs", "bCs")):
        for mark in styles.iterfind(f".//{w('rPr')}/{w(slanted)}"):
            properties = mark.getparent()
            assert properties is not None
            if properties.find(w(bold)) is None:
                mark.tag = w(bold)


def _settings(document: NewDocument) -> etree._Element:
    settings = element("settings", element("zoom", percent=100))
    if document.tracking:
        settings.append(element("trackRevisions"))
    settings.append(element("defaultTabStop", val=567))
    separators = (element("footnote", id=-1), element("footnote", id=0))
    settings.append(element("footnotePr", *separators))
    mode = element(
        "compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word",
        val=15,
    )  # fmt: skip
    settings.append(element("compat", mode))
    locale = header(document.language).locale
    settings.append(element("themeFontLang", val=locale))
    return settings


# -- the package ----------------------------------------------------------------------------------


def _core(document: NewDocument) -> etree._Element:
    names = {"cp": _CORE, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap=names)
    if document.title:
        etree.SubElement(root, f"{{{_DC}}}title").text = document.title
    if document.front:  # only a draft has it; what a state hands in has none
        etree.SubElement(root, f"{{{_CORE}}}keywords").text = DRAFT
    if document.identifier:
        etree.SubElement(root, f"{{{_DC}}}identifier").text = document.identifier
    etree.SubElement(root, f"{{{_DC}}}language").text = header(document.language).locale
    for name in ("created", "modified") if document.date else ():
        day = etree.SubElement(root, f"{{{_TERMS}}}{name}")
        day.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
        day.text = f"{document.date}T00:00:00Z"
    return root


def _relations(targets: Iterable[tuple[str, str]]) -> bytes:
    space = f"{_PACKAGE}/relationships"
    root = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})  # type: ignore[dict-item]
    for number, (kind, target) in enumerate(targets, 1):
        relation = etree.SubElement(root, f"{{{space}}}Relationship")
        relation.set("Id", f"rId{number}")
        relation.set("Type", kind)
        relation.set("Target", target)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _types(parts: Iterable[_PackagePart], *, hidden: bool) -> bytes:
    space = f"{_PACKAGE}/content-types"
    root = etree.Element(f"{{{space}}}Types", nsmap={None: space})  # type: ignore[dict-item]
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    for ending, kind in (("rels", relations), ("xml", "application/xml")):
        part_type = etree.SubElement(root, f"{{{space}}}Default")
        part_type.set("Extension", ending)
        part_type.set("ContentType", kind)
    named = {f"/word/{part.name}.xml": f"{_WORD}.{part.kind}+xml" for part in parts}
    named["/word/document.xml"] = f"{_WORD}.document.main+xml"
    named["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    if hidden:
        kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
        named["/customXml/itemProps1.xml"] = kind
    for name in sorted(named):
        part_type = etree.SubElement(root, f"{{{space}}}Override")
        part_type.set("PartName", name)
        part_type.set("ContentType", named[name])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _hidden() -> dict[str, bytes]:
    """Return the parts that say what it is that a document takes along unseen."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    root = etree.Element(f"{{{space}}}datastoreItem", nsmap={"ds": space})
    root.set(f"{{{space}}}itemID", HIDDEN_ID)
    references = etree.SubElement(root, f"{{{space}}}schemaRefs")
    reference = etree.SubElement(references, f"{{{space}}}schemaRef")
    reference.set(f"{{{space}}}uri", "urn:x-resamend:1")
    properties = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return {
        "customXml/itemProps1.xml": properties,
        "customXml/_rels/item1.xml.rels": _relations(
            [(f"{_OFFICE}/customXmlProps", "itemProps1.xml")]
        ),
    }
