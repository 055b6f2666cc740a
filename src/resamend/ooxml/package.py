"""The package of a Word document: its parts, and what in them must not be followed."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from resamend.errors import Unreadable
from resamend.ooxml.body import BodyReader, plain_text
from resamend.ooxml.lists import levels_of_styles, read_lists
from resamend.ooxml.names import STRICT, W, w
from resamend.ooxml.styles import read_styles
from resamend.ooxml.values import Aside, Note, WordDocument
from resamend.ooxml.views import paragraphs
from resamend.safe import Archive, Limits, in_force, open_archive, parse_xml

if TYPE_CHECKING:
    from lxml import etree

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_AS_WORD = "Open it in Word and save it as “Word Document (.docx)”."
_EXTERNAL = {"hyperlink": "a link to the outside"}
_DRAWINGS = {
    "diagramData": "words of a diagram (SmartArt)",
    "chart": "words and figures of a chart",
    "chartEx": "words and figures of a chart",
}
_NOT_FOLLOWED = {
    "attachedTemplate": "a link to a template",
    "aFChunk": "another document inside (altChunk)",
    "oleObject": "an embedded object",
    "vbaProject": "macros",
    "subDocument": "a link to another document",
    "frame": "a link to another document",
}


def read_document(content: bytes, *, name: str = "", limits: Limits | None = None) -> WordDocument:
    """Read a .docx, known to a person as ``name``.

    Raises ``Unreadable``, naming the part, for what is no Word document or is not safe to read.
    """
    limits = limits or in_force()
    archive = open_archive(content, name=name, limits=limits)
    main = _main_part(archive, limits)
    targets, warnings = _related(archive, main, limits)
    root = _root(archive, main, limits)
    body = root.find(w("body"))
    if root.tag != w("document") or body is None:
        raise Unreadable(
            "it is not the text of a Word document", where=archive.place(main), advice=_AS_WORD
        )
    parts = _Parts(archive, targets, limits)
    numbering = parts.root("numbering")
    styles = read_styles(parts.root("styles")).bound(levels_of_styles(numbering))
    reader = BodyReader(styles, archive.place(main), root)
    blocks = reader.blocks(body)
    notes, asides = _notes(parts, reader)
    keys = {note.key for note in notes}
    asides += [
        Aside(main, sign, "the mark of a note that is not there")
        for key, sign in reader.signs.items()
        if key not in keys
    ]
    used = {run.note for paragraph in paragraphs(blocks) for run in paragraph.runs}
    asides += [
        *map(_orphan, [n for n in notes if n.key not in used]),
        *_around(parts, reader),
        *_comments(parts, reader),
        *_in_drawings(parts),
    ]
    if reader.pictures:
        warnings.append(f"{reader.pictures} pictures or drawings")
    warnings += [f"a field that reaches outside: {name}" for name in dict.fromkeys(reader.outside)]
    return WordDocument(
        name=name,
        blocks=blocks,
        notes=tuple(note for note in notes if note.key in used),
        asides=(*reader.asides, *asides),
        warnings=tuple(warnings),
        reformatted=tuple(reader.reformatted),
        lists=read_lists(numbering),
        tracked=reader.tracked,
    )


# -- parts ----------------------------------------------------------------------------------------


class _Parts:
    """Find the parts that belong to the text, by what they are to it."""

    def __init__(self, archive: Archive, targets: dict[str, list[str]], limits: Limits) -> None:
        self.archive = archive
        self.targets = targets
        self.limits = limits

    def root(self, kind: str) -> etree._Element | None:
        """Return the root of the one part of a kind, where there is one."""
        parts_of_kind = self.targets.get(kind, [])
        return _root(self.archive, parts_of_kind[0], self.limits) if parts_of_kind else None

    def all(self, kind: str) -> list[tuple[str, etree._Element]]:
        """Return name and root of each part of a kind."""
        return [
            (part, _root(self.archive, part, self.limits)) for part in self.targets.get(kind, [])
        ]


def _root(archive: Archive, part: str, limits: Limits) -> etree._Element:
    content = archive.read(part)
    root = parse_xml(content, name=archive.place(part), limits=limits)
    if b"<!--" in content or content.count(b"<?") > 1:
        _without_remarks(root)
    if b"purl.oclc.org/ooxml" in content:
        _from_strict(root)
    space = root.tag.rpartition("}")[0].lstrip("{")
    if space != W and not part.endswith(".rels"):
        raise Unreadable(
            "it is not a part of a Word document", where=archive.place(part), advice=_AS_WORD
        )
    return root


def _without_remarks(root: etree._Element) -> None:
    """Take out comments and instructions: they part words in two."""
    from lxml import etree

    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)


def _from_strict(root: etree._Element) -> None:
    """Give the elements and attributes of the strict form their usual names."""
    for element in root.iter("{*}*"):
        element.tag = _usual(element.tag)
        for key, value in element.items():
            name = str(key)
            if name != _usual(name):
                element.set(_usual(name), value)


def _usual(name: str) -> str:
    space, _, own = name.lstrip("{").rpartition("}")
    return f"{{{STRICT[space]}}}{own}" if space in STRICT else name


def _main_part(archive: Archive, limits: Limits) -> str:
    """Return the part that holds the text, as the package says."""
    start = "_rels/.rels"
    if start in archive:
        for relation in _root(archive, start, limits).iterchildren(_RELATIONS):
            if relation.get("Type", "").endswith("/relationships/officeDocument"):
                part = posixpath.normpath(relation.get("Target", "").lstrip("/"))
                if part in archive:
                    return part
    raise Unreadable("it holds no Word document", where=archive.name, advice=_AS_WORD)


def _related(archive: Archive, main: str, limits: Limits) -> tuple[dict[str, list[str]], list[str]]:
    """Return the parts that the text is related to, by kind, and what of all parts is not followed.

    Word keeps the address of a template with the settings, that of a picture with its header.
    """
    folder, own = posixpath.split(main)
    targets: dict[str, list[str]] = {}
    outside: Counter[str] = Counter()
    first = posixpath.join(folder, "_rels", f"{own}.rels")
    for relations in sorted(archive, key=lambda part: (part != first, part)):
        if not relations.endswith(".rels"):
            continue
        for relation in _root(archive, relations, limits).iterchildren(_RELATIONS):
            kind = relation.get("Type", "").rpartition("/")[2]
            if kind in _NOT_FOLLOWED:
                outside[_NOT_FOLLOWED[kind]] += 1
            elif relation.get("TargetMode") == "External":
                outside[_EXTERNAL.get(kind, f"an external {kind}")] += 1
            elif relations == first or kind in _DRAWINGS:  # a header may have a chart too
                target = relation.get("Target", "")
                near = posixpath.dirname(posixpath.dirname(relations))
                path = target.lstrip("/") if target[:1] == "/" else posixpath.join(near, target)
                part = posixpath.normpath(path)
                if part in archive:
                    targets.setdefault(kind, []).append(part)
    outside_links = [
        f"{what}{f' ({times} times)' if times > 1 else ''}" for what, times in outside.items()
    ]
    return targets, outside_links


# -- beside the body ------------------------------------------------------------------------------


def _notes(parts: _Parts, body: BodyReader) -> tuple[tuple[Note, ...], list[Aside]]:
    """Read footnotes and endnotes; those of the typesetting are none."""
    notes: list[Note] = []
    asides: list[Aside] = []
    for kind in ("footnote", "endnote"):
        for part, root in parts.all(f"{kind}s"):
            reader = BodyReader(body.styles, parts.archive.place(part), root)
            for element in root.iterchildren(w(kind)):
                blocks = reader.blocks(element)
                if element.get(w("type"), "normal") == "normal":
                    key = f"{kind} {element.get(w('id'), '')}"
                    notes.append(Note(key, blocks, body.signs.get(key, "")))
                elif (words := plain_text(blocks))[0].strip():
                    asides.append(Aside(part, words[0], "the line above the notes", words[1]))
            body.tracked |= reader.tracked
            body.outside += reader.outside
            asides += reader.asides
    return tuple(notes), asides


def _orphan(note: Note) -> Aside:
    text, struck = plain_text(note.blocks)
    return Aside(note.key, text, "a note that nothing refers to", struck)


def _around(parts: _Parts, body: BodyReader) -> Iterator[Aside]:
    """Yield the text of headers and footers, each once, and what they hold beside it."""
    seen: set[tuple[str, str, str]] = set()
    for kind in ("header", "footer"):
        for part, root in parts.all(kind):
            reader = BodyReader(body.styles, parts.archive.place(part), root)
            lines = [plain_text([block]) for block in reader.blocks(root)]
            body.outside += reader.outside
            asides = [Aside(part, text.strip(), kind, struck) for text, struck in lines]
            asides += [replace(a, where=part, why=f"{a.why} in a {kind}") for a in reader.asides]
            for aside in asides:
                key = (aside.why, aside.text, aside.struck)
                if key not in seen and (aside.text or aside.struck.strip()):
                    seen.add(key)
                    yield aside


def _in_drawings(parts: _Parts) -> Iterator[Aside]:
    """Yield the words of diagrams and charts, which are parts of their own; a figure is a word."""
    for kind, what in _DRAWINGS.items():
        for part in parts.targets.get(kind, []):
            root = parse_xml(
                parts.archive.read(part), name=parts.archive.place(part), limits=parts.limits
            )
            letters = (e.text for e in root.iter("{*}t", "{*}v", "{*}pt") if e.text)
            text = " ".join(" ".join(letters).split())
            if text:
                yield Aside(part, text, f"{what}, to be typed in if they belong to the text")


def _comments(parts: _Parts, body: BodyReader) -> Iterator[Aside]:
    for part, root in parts.all("comments"):
        for comment in root.iterchildren(w("comment")):
            reader = BodyReader(body.styles, parts.archive.place(part), comment)
            text, struck = plain_text(reader.blocks(comment))
            if text.strip() or struck.strip():
                yield Aside("comments", text.strip(), "comment", struck)
            for aside in reader.asides:
                yield replace(aside, where="comments", why=f"{aside.why} in a comment")
