"""The parts of an OpenDocument text, and what is said in them of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from resamend.errors import Unreadable
from resamend.odf.body import OdfBodyReader
from resamend.odf.names import AS_ODT, q
from resamend.odf.styles import OdfStyles, read_odf_styles
from resamend.ooxml.values import Aside, WordDocument
from resamend.safe import Archive, in_force, open_archive, parse_xml

if TYPE_CHECKING:
    from lxml import etree


def read_odt(content: bytes, *, name: str = "") -> WordDocument:
    """Read a .odt, known to a person as ``name``, into the value of a Word document.

    Raises ``Unreadable``, naming the part, for what is not safe to read or has a password.
    """
    archive = open_archive(content, name=name, limits=in_force())
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Unreadable("it has a password", where=name, advice=AS_ODT)
    root = _root(archive, "content.xml")
    beside = _root(archive, "styles.xml") if "styles.xml" in archive else None
    styles = read_odf_styles([part for part in (beside, root) if part is not None])
    body = root.find(f"{q('office:body')}/{q('office:text')}")
    if body is None:
        raise Unreadable(
            "it is not the text of an OpenDocument", where=archive.place("content.xml"),
            advice=AS_ODT,
        )  # fmt: skip
    reader = OdfBodyReader(styles, archive.place("content.xml"), body)
    blocks = reader.blocks(body)
    return WordDocument(
        name=name,
        blocks=blocks,
        notes=tuple(reader.notes),
        asides=(*reader.asides, *_around(beside, styles)),
        warnings=tuple(reader.warnings),
        reformatted=tuple(reader.reformatted),
        lists=tuple(styles.lists.values()),
        tracked=reader.tracked,
    )


def _root(archive: Archive, part: str) -> etree._Element:
    return parse_xml(archive.read(part), name=archive.place(part), limits=in_force())


def _around(beside: etree._Element | None, styles: OdfStyles) -> Iterator[Aside]:
    """Yield what stands at the head and foot of the pages."""
    masters = () if beside is None else beside.iter(q("style:master-page"))
    for master in masters:
        for line in master:
            own = line.tag.rpartition("}")[2] if isinstance(line.tag, str) else ""
            if own.startswith(("header", "footer")):
                reader = OdfBodyReader(styles, "styles.xml", line)
                words = "\n".join(reader.plain(line))
                if any(map(str.isalpha, words)):
                    yield Aside("styles.xml", words, own.partition("-")[0])


def properties_in(content: bytes, *, name: str = "") -> dict[str, str]:
    """Return what a document says of itself, by the names that Word has for it.

    Raises ``Unreadable``.
    """
    archive = open_archive(content, name=name, limits=in_force())
    properties: dict[str, str] = {}
    for element in _root(archive, "meta.xml").iter("{*}*") if "meta.xml" in archive else ():
        own = element.get(q("meta:name")) or element.tag.rpartition("}")[2]
        if not len(element) and (element.text or "").strip():
            properties[_PROPERTIES.get(own, own)] = (element.text or "").strip()
    for day in ("created", "modified"):  # of the text's own clock, which is nobody's zone
        if day in properties:
            properties[day] = properties[day].partition(".")[0].removesuffix("Z") + "Z"
    return properties


_PROPERTIES = {"creation-date": "created", "date": "modified", "keyword": "keywords"}
