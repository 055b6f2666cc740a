"""Read a Word document by its tracked changes alone: written from ECMA-376, not from our code.

Whoever accepts all changes, or rejects all, reads off paragraphs. Where the end of a paragraph goes
with a change, its words stand before those of the next (§17.13.5). Where a footnote is referred to
stands U+FFFC.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator

from lxml import etree
from msgspec import Struct

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OURS = "Consolidation"
_INSERTED = {f"{W}ins", f"{W}moveTo"}
_DELETED = {f"{W}del", f"{W}moveFrom"}


class Marked(Struct, frozen=True):
    """Hold words with what is asked of them: pairs of act and author, the outermost first."""

    text: str
    acts: tuple[tuple[str, str], ...]


class Offered(Struct, frozen=True):
    """Hold an option: the number of its point and its own, who is behind it, what it says."""

    point: str
    number: int
    names: str
    text: str


class Word(Struct, frozen=True):
    """Hold the parts of a document."""

    parts: dict[str, bytes]

    def root(self, name: str = "word/document.xml") -> etree._Element:
        return etree.fromstring(self.parts[name])

    def accepted(self) -> list[str]:
        """Return the paragraphs with all changes accepted, those without words left out.

        The names printed beside changes are refused first.
        """
        return list(_read(self.text(), _Tags(_DELETED), unnamed=True))

    def names(self) -> list[str]:
        """Return the names printed beside changes, all of them ours, in order."""
        ours = [m for p in self.text() for run in p.iter(f"{W}r") for m in _marked_run(run)]
        return [m.text for m in ours if NAMES.fullmatch(m.text) and m.acts[-1:] == (_OURS,)]

    def rejected(self) -> list[str]:
        """Return the paragraphs with all changes rejected, those without words left out."""
        return list(_read(self.text(), _Tags(_INSERTED)))

    def read_as(self, code: str) -> list[str]:
        """Return the paragraphs that a state wants: its own changes accepted, others' rejected."""
        return list(_read(self.text(), _Wanted(code)))

    def options(self) -> list[Offered]:
        """Return the options of each point: what stands after its name, in brackets."""
        notes = [self.root("word/footnotes.xml")] if "word/footnotes.xml" in self.parts else []
        return list(
            _options(run for block in (*self.text(), *notes) for run in block.iter(f"{W}r"))
        )

    def notes(self, *, accept: bool) -> list[str]:
        """Return the footnotes that are still referred to, in order."""
        gone = _Tags(_DELETED if accept else _INSERTED)
        notes = self.root("word/footnotes.xml")
        bodies = {note.get(f"{W}id"): note for note in notes}
        return [
            "".join(_words(bodies[mark.get(f"{W}id")], gone)).partition("\t")[2]
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


class _Wanted:
    """Be the changes that go where one state's are accepted and all others' are rejected."""

    def __init__(self, code: str) -> None:
        self.code = code

    def __contains__(self, change: etree._Element) -> bool:
        own = self.code in change.get(f"{W}author", "").split(", ")
        return change.tag in (_DELETED if own else _INSERTED)


class _Tags:
    """Be the changes with some names."""

    def __init__(self, tags: set[str]) -> None:
        self.tags = tags

    def __contains__(self, change: etree._Element) -> bool:
        return change.tag in self.tags


Gone = _Wanted | _Tags


def _options(runs: Iterable[etree._Element]) -> Iterator[Offered]:
    point, header, words = "", None, ""
    for run in runs:
        text = "".join(map(_letters, run))
        if run.find(f"{W}rPr/{W}rStyle[@{W}val='Framing']") is None:
            ours = [a for a in run.iterancestors(f"{W}ins") if a.get(f"{W}author") == OURS]
            words += text if ours and run.find(f"{W}rPr/{W}strike") is None else ""
            continue
        if header:
            yield Offered(point, int(header[1]), header[2] or "", words)
        opens = re.search(r"\[Point (\w+)", text)
        point = opens[1] if opens else point
        header, words = re.search(r"Option (\d+)(?: \(([^)]*)\))?:", text), ""


def _read(blocks: list[etree._Element], gone: Gone, *, unnamed: bool = False) -> Iterator[str]:
    left = ""
    for block in blocks:
        for paragraph in block.iter(f"{W}p"):
            words = "".join(_words(paragraph, gone))
            left += NAMES.sub("", words) if unnamed else words
            mark = paragraph.find(f"{W}pPr/{W}rPr")
            if mark is not None and any(change in gone for change in mark):
                continue
            if left:
                yield left
            left = ""
    assert not left, "words after the last paragraph"


def _words(element: etree._Element, gone: Gone) -> Iterator[str]:
    for run in element.iter(f"{W}r"):
        if not _gone(run, gone):
            yield "".join(map(_letters, run))


def _gone(element: etree._Element, gone: Gone) -> bool:
    return any(around in gone for around in element.iterancestors()) or _row(element, gone)


def _row(element: etree._Element, gone: Gone) -> bool:
    return any(
        change in gone
        for row in element.iterancestors(f"{W}tr")
        for change in row.findall(f"{W}trPr/*")
    )


def _letters(element: etree._Element) -> str:
    if element.tag in (f"{W}t", f"{W}delText"):
        return "" if _is_sign(element.getprevious()) else element.text or ""
    return {f"{W}tab": "\t", f"{W}br": "\n", f"{W}footnoteReference": "￼"}.get(element.tag, "")


def _is_sign(before: etree._Element | None) -> bool:
    """Tell whether what comes next is how the mark of a footnote is printed (§17.11.14)."""
    return before is not None and before.get(f"{W}customMarkFollows") == "1"


def _marked(paragraph: etree._Element) -> Iterator[Marked]:
    for run in paragraph.iter(f"{W}r"):
        yield from _marked_run(run)


def _marked_run(run: etree._Element) -> Iterator[Marked]:
    acts = [
        (around.tag.removeprefix(W), around.get(f"{W}author"))
        for around in run.iterancestors()
        if around.tag in _INSERTED | _DELETED
    ]
    yield Marked("".join(map(_letters, run)), tuple(reversed(acts)))


NAMES = re.compile("‹[^‹›]+›")
_OURS = ("ins", OURS)
