"""What our Word documents take along unseen: the text in force, the proposals, what was shown.

A part of XML, which Word keeps (LibreOffice, of a .odt, does not), holds our own files as text,
each with its sha256: they come back byte for byte. Beside them stands each paragraph as it was
written, with the provision it shows and the sources it speaks of, and what stands beside the text:
comments, headers. So whoever reads the file can tell whether, and where, somebody has edited what
is seen: that no longer says what the file carries.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from resamend.errors import Unreadable
from resamend.ooxml.values import Paragraph, Run, WordDocument
from resamend.ooxml.views import paragraphs
from resamend.safe import Archive, in_force, open_archive, parse_xml

if TYPE_CHECKING:
    from lxml import etree

RS = "urn:x-resamend:1"
_PART = re.compile(r"customXml/item\d+\.xml")
_TEXT_PARTS = ("word/", "content.xml", "styles.xml")
_AGAIN = "Take the file as it was made, or the dossier."


class File(Struct, frozen=True):
    """Hold a file of ours by its name."""

    name: str
    content: bytes


class Shown(Struct, frozen=True):
    """Hold a paragraph as it was written, the path of what it shows, whose proposals it tells."""

    text: str
    where: str = ""
    sources: tuple[str, ...] = ()


class EmbeddedFiles(Struct, frozen=True, kw_only=True):
    """Hold all that a document takes along.

    ``numbers`` are those of the outstanding points, ``beside`` is what stands beside the text.
    """

    files: tuple[File, ...]
    numbers: Mapping[str, int] = field(default_factory=dict)
    shown: tuple[Shown, ...] = ()
    beside: tuple[str, ...] = ()


class Edited(Struct, frozen=True):
    """Say what was edited: a paragraph as it was written and as it is, empty where it is not."""

    before: str
    after: str
    where: str = ""
    sources: tuple[str, ...] = ()


# -- writing --------------------------------------------------------------------------------------


def write(carried: EmbeddedFiles, parts: Mapping[str, bytes]) -> bytes:
    """Return what a document takes along, as XML; ``parts`` are all its others, to be sealed."""
    from lxml import etree

    root = etree.Element(f"{{{RS}}}carried", nsmap={"rs": RS})
    root.set("visible", _sum([*(shown.text for shown in carried.shown), *carried.beside]))
    for file in carried.files:
        file_element = etree.SubElement(root, f"{{{RS}}}file", name=file.name)
        file_element.set("sha256", hashlib.sha256(file.content).hexdigest())
        file_element.text = file.content.decode()
    for id, number in sorted(carried.numbers.items(), key=lambda pair: (pair[1], pair[0])):
        etree.SubElement(root, f"{{{RS}}}point", id=id, number=str(number))
    for shown in carried.shown:
        file_element = etree.SubElement(root, f"{{{RS}}}shown")
        if shown.where:
            file_element.set("where", shown.where)
        if shown.sources:
            file_element.set("of", " ".join(shown.sources))
        file_element.text = shown.text
    for text in carried.beside:
        etree.SubElement(root, f"{{{RS}}}beside").text = text
    for part, content in sorted(parts.items()):
        sha256 = hashlib.sha256(content).hexdigest()
        etree.SubElement(root, f"{{{RS}}}part", name=part, sha256=sha256)
    root.set("seal", _UNSEALED)
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content.replace(_UNSEALED.encode(), hashlib.sha256(content).hexdigest().encode(), 1)


_UNSEALED = "0" * 64


def visible_lines(document: WordDocument) -> tuple[str, ...]:
    """Return each paragraph of a document with its tracked changes, then those of its footnotes."""
    blocks = [document.blocks, *(note.blocks for note in document.notes)]
    return tuple(visible_line(paragraph) for some in blocks for paragraph in paragraphs(some))


def marks_behind(present: Iterable[Paragraph]) -> list[Paragraph]:
    """Give an inserted mark to the paragraph that was inserted, not to the one before it.

    Who presses Enter at the end of a paragraph leaves its own mark to what is typed next: Word and
    LibreOffice write that, which looks the same, and LibreOffice rewrites the one as the other.
    Of a paragraph that moves it drops the mark: so one of which all words come, or go, has it.
    """
    moved = list(present)
    for k, last in _marks_to_move([visible_line(paragraph) for paragraph in moved]):
        if last:
            moved[last] = replace(moved[last], inserted=moved[k].inserted)
        moved[k] = replace(moved[k], inserted=None)
    return [_with_mark(p) if _fate_of_all(visible_line(p)) else p for p in moved]


def _with_mark(paragraph: Paragraph) -> Paragraph:
    first = next(run for run in paragraph.runs if run.text)
    if first.inserted:
        return replace(paragraph, inserted=first.inserted)
    return replace(paragraph, deleted=first.deleted)


def lines_behind(lines: Sequence[str]) -> list[str]:
    """Do the same to the lines of paragraphs."""
    moved = list(lines)
    for k, last in _marks_to_move(moved):
        mark = moved[k][moved[k].rindex("{+") :]
        if last:
            moved[last] += mark
        moved[k] = moved[k].removesuffix(mark)
    return [f"{line}{{{fate}: ¶}}" if (fate := _fate_of_all(line)) else line for line in moved]


def _fate_of_all(line: str) -> str:
    """Return the fate of a line without a mark of which all words come, or all go; else nothing."""
    pieces = _PIECES.findall(line) if _ALL.fullmatch(line) else []
    fates = [fate for fate, text in pieces if text[:1] + text[-1:] != "‹›"]  # but for names beside
    ways = {fate[0] for fate in fates}
    return fates[0].partition(" -")[0] if len(ways) == 1 and not line.endswith(": ¶}") else ""


_MARK = re.compile(r"\{\+[^{}]*: ¶\}$")
_PIECES = re.compile(r"\{([+-][^{}]*?): ([^{}]*)\}", re.DOTALL)
_ALL = re.compile(r"(?:\{[+-][^{}]*?: [^{}]*\})+", re.DOTALL)
_INSERTED = re.compile(r"(?:\{\+[^{}]*\})+")


def _marks_to_move(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield each paragraph with a mark that is not its own, and whose it is; 0 for nobody's."""
    marked = [bool(_MARK.search(line)) for line in lines]
    inserted = [bool(_INSERTED.fullmatch(_MARK.sub("", line))) for line in lines]
    for k, line in enumerate(lines):
        if not marked[k] or inserted[k] or (line.startswith("{+") and not _MARK.sub("", line)):
            continue
        last = k + 1
        while last < len(lines) and marked[last] and inserted[last]:
            last += 1
        if last < len(lines) and not marked[last] and (inserted[last] or not lines[last]):
            yield k, last if inserted[last] else 0


def besides(document: WordDocument) -> tuple[str, ...]:
    """Return what stands beside the text: comments, headers, text in boxes, pictures, links.

    Of a header only what is no mere number: Word puts that of a page there by itself.
    """
    present = ((aside.why, aside.text) for aside in document.asides)
    fates = ((why, _lettered(text) if why in _MARGINS else text) for why, text in present)
    return (*sorted(f"{why}: {text}" for why, text in fates if text), *document.warnings)


def _lettered(text: str) -> str:
    return " ".join(word for word in text.split() if any(map(str.isalpha, word)))


_MARGINS = ("header", "footer")


def visible_line(paragraph: Paragraph) -> str:
    """Write a paragraph so that two are the same only if a reader sees the same in them."""
    parts: list[tuple[str, str]] = []
    for run in paragraph.runs:
        fate = _fate(run)
        if parts and parts[-1][0] == fate:
            parts[-1] = (fate, parts[-1][1] + run.text)
        else:
            parts.append((fate, run.text))
    words = "".join(f"{{{fate}: {text}}}" if fate else text for fate, text in parts)
    return words + (f"{{{fate}: ¶}}" if (fate := _fate(paragraph)) else "")


def _fate(of: Run | Paragraph) -> str:
    fates = [f"+{of.inserted.author}"] if of.inserted else []
    return " ".join([*fates, *([f"-{of.deleted.author}"] if of.deleted else [])])


def _sum(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


# -- reading --------------------------------------------------------------------------------------


def read_carried(content: bytes, *, name: str = "") -> EmbeddedFiles | None:
    """Return what a document of ours takes along, or ``None`` where it takes nothing along.

    Raises ``Unreadable`` where that was changed: nothing then comes back as it was.
    """
    archive = open_archive(content, name=name, limits=in_force())
    root = next(_roots(archive), None)
    if root is None:
        return None
    files = tuple(_file(child, name) for child in root.iterchildren(f"{{{RS}}}file"))
    numbers = {
        child.get("id", ""): _number(child.get("number", ""), name)
        for child in root.iterchildren(f"{{{RS}}}point")
    }
    shown = tuple(
        Shown(child.text or "", child.get("where", ""), tuple(child.get("of", "").split()))
        for child in root.iterchildren(f"{{{RS}}}shown")
    )
    beside = tuple(child.text or "" for child in root.iterchildren(f"{{{RS}}}beside"))
    if _sum([*(child.text for child in shown), *beside]) != root.get("visible"):
        raise _changed("the record of what it showed", name)
    return EmbeddedFiles(files=files, numbers=numbers, shown=shown, beside=beside)


class FileSeal(Struct, frozen=True):
    """Hold which parts are otherwise than they were written, and how many of the text's are not.

    A program that saves a file writes all of the text's parts anew, and may keep what it carries.
    """

    changed: tuple[str, ...]
    kept: int


def read_seal(content: bytes, *, name: str = "") -> FileSeal:
    """Compare all parts of a document with what was written down of them when it was made.

    Raises ``Unreadable`` for what is not safe to read.
    """
    archive = open_archive(content, name=name, limits=in_force())
    own, root = next(_carrying(archive), ("", None))
    written = {} if root is None else {e.get("name", ""): e.get("sha256") for e in _parts(root)}
    present = {p: hashlib.sha256(archive.read(p)).hexdigest() for p in archive if p != own}
    changed = [p for p in sorted({*written, *present}) if written.get(p) != present.get(p)]
    if root is None or not _is_sealed(archive.read(own), root.get("seal", "")):
        changed.append(own or "what it takes along")
    kept = [p for p in present if p.startswith(_TEXT_PARTS) and written.get(p) == present[p]]
    return FileSeal(tuple(changed), len(kept))


def _parts(root: etree._Element) -> Iterator[etree._Element]:
    return root.iterchildren(f"{{{RS}}}part")


def _is_sealed(content: bytes, seal: str) -> bool:
    plain = content.replace(seal.encode(), _UNSEALED.encode(), 1)
    return bool(seal) and hashlib.sha256(plain).hexdigest() == seal


def _roots(archive: Archive) -> Iterator[etree._Element]:
    return (root for _, root in _carrying(archive))


def _carrying(archive: Archive) -> Iterator[tuple[str, etree._Element]]:
    """Yield the parts that carry our files, by name."""
    for part in archive:
        if _PART.fullmatch(part):
            content = archive.read(part)
            if RS.encode() in content:
                root = parse_xml(content, name=archive.place(part), limits=in_force())
                if root.tag == f"{{{RS}}}carried":
                    yield part, root


def _file(element: etree._Element, name: str) -> File:
    content = (element.text or "").encode()
    if len(element) or hashlib.sha256(content).hexdigest() != element.get("sha256"):
        raise _changed(element.get("name", "a file"), name)
    return File(element.get("name", ""), content)


def _number(text: str, name: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise _changed("the number of a point", name)
    return int(text)


def _changed(what: str, name: str) -> Unreadable:
    return Unreadable(
        f"{what}, which it takes along unseen, was changed", where=name, advice=_AGAIN
    )


def edits(document: WordDocument, carried: EmbeddedFiles) -> tuple[Edited, ...]:
    """Return what was edited of what a document shows, since it was written."""
    from rapidfuzz.distance import Levenshtein

    now = lines_behind(visible_lines(document))
    before = lines_behind([shown.text for shown in carried.shown])
    present: list[Edited] = []
    for step in Levenshtein.opcodes(before, now):
        if step.tag != "equal":
            old = carried.shown[step.src_start : step.src_end]
            near = carried.shown[step.src_start - 1].where if step.src_start else ""
            present += _edited(old, now[step.dest_start : step.dest_end], near)
    return tuple(present)


def edits_beside(document: WordDocument, carried: EmbeddedFiles) -> tuple[Edited, ...]:
    """Return what was edited since of what stands beside the text."""
    now = Counter(besides(document))
    before = Counter(carried.beside)
    gone, new = sorted((before - now).elements()), sorted((now - before).elements())
    return tuple(Edited(was, is_) for was, is_ in zip_longest(gone, new, fillvalue=""))


def _edited(old: Sequence[Shown], new: Sequence[str], near: str) -> Iterator[Edited]:
    """Pair paragraphs as they were with paragraphs as they are; what is new stands ``near``."""
    for was, now in zip_longest(old, new):
        if was is None:
            yield Edited("", now or "", near)
        else:
            yield Edited(was.text, now or "", was.where, was.sources)
