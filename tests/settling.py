"""Accept or refuse all changes of a Word file, as Word does: written from ECMA-376 §17.13.5."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def settled(content: bytes, *, accept: bool) -> bytes:
    """Return a Word file with all its tracked changes accepted, or refused."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name in ("word/document.xml", "word/footnotes.xml"):
                root = etree.fromstring(part)
                _settle(root, accept=accept)
                part = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            new.writestr(name, part)
    return written.getvalue()


def _settle(root: etree._Element, *, accept: bool) -> None:
    coming, going = (f"{W}ins", f"{W}moveTo"), (f"{W}del", f"{W}moveFrom")
    stays, goes = (coming, going) if accept else (going, coming)
    changes = [*root.iter(*goes)]
    for change in changes:
        if _above(change).tag == f"{W}trPr":
            row = _above(_above(change))
            _above(row).remove(row)
        elif _above(change).tag != f"{W}rPr":
            _above(change).remove(change)
    for change in changes:
        if change.getparent() is not None and _above(change).tag == f"{W}rPr":
            _join(_above(_above(_above(change))))
    for change in [*root.iter(*stays)]:
        parent = _above(change)
        at = parent.index(change)
        if parent.tag not in (f"{W}rPr", f"{W}trPr"):
            parent[at:at] = list(change)
        parent.remove(change)
    for letters in root.iter(f"{W}delText"):
        letters.tag = f"{W}t"


def _join(paragraph: etree._Element) -> None:
    """Put the words of a paragraph before those of the next: its end is gone."""
    following = paragraph.getnext()
    while following is not None and following.tag not in (f"{W}p", f"{W}tbl"):
        following = following.getnext()
    words = [child for child in paragraph if child.tag != f"{W}pPr"]
    if following is not None and following.tag == f"{W}p":
        at = int(following.find(f"{W}pPr") is not None)
        following[at:at] = words
    elif words:
        return
    _above(paragraph).remove(paragraph)


def _above(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent
