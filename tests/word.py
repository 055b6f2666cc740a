"""Read a Word document by its tracked changes alone: written from ECMA-376, not from our code.

Whoever accepts all changes, or rejects all, reads off paragraphs. Where the end of a paragraph goes
with a change, its words stand before those of the next (§17.13.5). Where a footnote is referred to
stands U+FFFC.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

__all__ = ["Marked", "Word", "opened"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_INSERTED = {f"{W}ins", f"{W}moveTo"}
_DELETED = {f"{W}del", f"{W}moveFrom"}


@dataclass(frozen=True)
class Marked:
    """Hold words with what is asked of them: pairs of act and author, the outermost first."""

    text: str
    acts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Word:
    """Hold the parts of a document."""

    parts: dict[str, bytes]

    def root(self, name: str = "word/document.xml") -> etree._Element:
        return etree.fromstring(self.parts[name])

    def accepted(self) -> list[str]:
        """Return the paragraphs with all changes accepted, those without words left out."""
        return list(_read(self.text(), _DELETED))

    def rejected(self) -> list[str]:
        """Return the paragraphs with all changes rejected, those without words left out."""
        return list(_read(self.text(), _INSERTED))

    def notes(self, *, accept: bool) -> list[str]:
        """Return the footnotes that are still referred to, in order."""
        gone = _DELETED if accept else _INSERTED
        notes = self.root("word/footnotes.xml")
        bodies = {note.get(f"{W}id"): note for note in notes}
        return [
            "".join(_words(bodies[mark.get(f"{W}id")], gone)).removeprefix("\t")
            for mark in self.text()
            for mark in mark.iter(f"{W}footnoteReference")
            if not _gone(mark, gone)
        ]

    def text(self) -> list[etree._Element]:
        """Return the blocks of the text: what stands after the first section, if there are two."""
        body = list(self.root()[0])
        ends = [k for k, block in enumerate(body) if block.find(f"{W}pPr/{W}sectPr") is not None]
        return body[ends[-1] + 1 if ends else 0 :]

    def marked(self) -> list[list[Marked]]:
        """Return each paragraph as stretches with what is asked of them."""
        return [list(_marked(p)) for block in self.text() for p in block.iter(f"{W}p")]


def opened(data: bytes) -> Word:
    """Open the bytes of a .docx."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return Word({name: archive.read(name) for name in archive.namelist()})


def _read(blocks: list[etree._Element], gone: set[str]) -> Iterator[str]:
    left = ""
    for block in blocks:
        for paragraph in block.iter(f"{W}p"):
            left += "".join(_words(paragraph, gone))
            mark = paragraph.find(f"{W}pPr/{W}rPr")
            if mark is not None and any(change.tag in gone for change in mark):
                continue
            if left:
                yield left
            left = ""
    assert not left, "words after the last paragraph"


def _words(element: etree._Element, gone: set[str]) -> Iterator[str]:
    for run in element.iter(f"{W}r"):
        if not _gone(run, gone):
            yield "".join(map(_letters, run))


def _gone(element: etree._Element, gone: set[str]) -> bool:
    return any(around.tag in gone for around in element.iterancestors()) or _row(element, gone)


def _row(element: etree._Element, gone: set[str]) -> bool:
    return any(
        change.tag in gone
        for row in element.iterancestors(f"{W}tr")
        for change in row.findall(f"{W}trPr/*")
    )


def _letters(element: etree._Element) -> str:
    if element.tag in (f"{W}t", f"{W}delText"):
        return element.text or ""
    return {f"{W}tab": "\t", f"{W}br": "\n", f"{W}footnoteReference": "￼"}.get(element.tag, "")


def _marked(paragraph: etree._Element) -> Iterator[Marked]:
    for run in paragraph.iter(f"{W}r"):
        acts = [
            (around.tag.removeprefix(W), around.get(f"{W}author"))
            for around in run.iterancestors()
            if around.tag in _INSERTED | _DELETED
        ]
        yield Marked("".join(map(_letters, run)), tuple(reversed(acts)))
