"""An independent count of the words of a Word file, to hold a reader of it to account.

This module shares nothing with ``ooxml`` and ``odf`` (a contract of import-linter): it was written
from ECMA-376 and from OpenDocument alone. It reads off every ``w:t``, ``w:delText``, ``m:t`` and
``w:sym`` of every part that tells the story (of a .odt all letters of its text), whatever stands
around it, and asks of each word whether the reader has it, be it in the text, struck, or beside it.
What a reader overlooks in silence is found so.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from resamend.errors import Invalid
from resamend.safe import Archive, in_force, open_archive, parse_xml

if TYPE_CHECKING:
    from lxml import etree

_STORY = re.compile(r"(?:document|header|footer|footnotes|endnotes|comments)\d*$")
_DRAWN = re.compile(r"(?:^|/)(?:diagrams/data|charts/chart(?:Ex)?)\d*\.xml$")
"""Diagrams and charts, whose words stand in parts of their own."""
_MOST = 12
"""Words that are named one by one."""
_REPEATED = ("hdr", "ftr")
_LETTERS = frozenset({"t", "delText"})
_CELLS = frozenset({"v", "pt"})
_PARTING = frozenset({"tab", "ptab", "br", "cr", "p"})
_ALTERNATIVES = "AlternateContent"
_KNOWN = re.compile(r"(?:w1[0-9](?:cex|cid|sdtdh|du)?|wp[a-z0-9]*|wne|cx\d*|aink|am3d|a\d*|v|o|m)$")


class CountedParagraph(Struct, frozen=True):
    """Hold the words of a paragraph, where it stands, and how many signs by their font it has."""

    part: str
    text: str
    signs: int = 0


def count_file(content: bytes, name: str = "") -> tuple[CountedParagraph, ...]:
    """Read off all paragraphs of the story of a .docx, one that a header repeats once.

    Raises ``Unreadable`` for what is not safe to read.
    """
    archive = open_archive(content, name=name, limits=in_force())
    paragraphs: list[CountedParagraph] = []
    repeated: set[str] = set()
    for part in _parts(archive):
        root = _root(archive, part)
        for text, signs in _paragraphs(root):
            if _own(root) in _REPEATED:
                if text in repeated:
                    continue
                repeated.add(text)
            paragraphs.append(CountedParagraph(part, text, signs))
    return tuple(paragraphs)


def beside_the_story(content: bytes, name: str = "") -> Iterator[CountedParagraph]:
    """Yield what stands in parts of a story to which the text does not refer: nobody sees it.

    Raises ``Unreadable`` for what is not safe to read.
    """
    archive = open_archive(content, name=name, limits=in_force())
    story = {*_parts(archive)}
    for part in archive:
        stem, _, ending = part.rpartition("/")[2].partition(".")
        if ending == "xml" and _STORY.match(stem) and part not in story:
            for text, signs in _paragraphs(_root(archive, part)):
                yield CountedParagraph(part, text, signs)


def _parts(archive: Archive) -> Iterator[str]:
    """Yield the part with the text, then those that it refers to as its story."""
    for relation in _relations(archive, "_rels/.rels"):
        if relation.get("Type", "").endswith("/officeDocument"):
            main = posixpath.normpath(relation.get("Target", "").lstrip("/"))
            folder, own = posixpath.split(main)
            yield main
            seen = {main}
            for beside in _relations(archive, f"{folder}/_rels/{own}.rels"):
                target = beside.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
                part = posixpath.normpath(path)
                kind = beside.get("Type", "").rpartition("/")[2]
                if _STORY.match(kind) and part in archive and part not in seen:
                    seen.add(part)
                    yield part
            yield from filter(_DRAWN.search, archive)
            return


def _relations(archive: Archive, part: str) -> Iterator[etree._Element]:
    if part in archive:
        yield from _root(archive, part)


def _root(archive: Archive, part: str) -> etree._Element:
    """Return the element of a part, without remarks, which part words."""
    from lxml import etree

    root = parse_xml(archive.read(part), name=archive.place(part), limits=in_force())
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    return root


def _own(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2]


def _paragraphs(root: etree._Element) -> Iterator[tuple[str, int]]:
    """Yield the words of each paragraph, without those of paragraphs inside it, which follow."""
    waiting: list[etree._Element] = [root]
    while waiting:
        pieces: list[str] = []
        signs, inner = _gather(waiting.pop(0), pieces)
        text = "".join(pieces)
        if text.strip() or signs:
            yield text, signs
        waiting[:0] = inner


def _gather(element: etree._Element, pieces: list[str]) -> tuple[int, list[etree._Element]]:
    """Gather the letters below an element; return its signs and the paragraphs below it."""
    signs = 0
    inner: list[etree._Element] = []
    cell = _own(element) in _CELLS and (element.text or "").strip()  # of the table of a chart
    pieces.append(f" {cell} " if cell else "")
    starred = False  # what follows such a mark in its run is the mark itself, as it is printed
    for child in _shown(element):
        own = _own(child)
        text = "".join(map(str, child.itertext())) if own in _LETTERS else ""
        if own in _LETTERS and not (starred and len(text.split()) < 2):
            pieces.append(text)
        elif own == "sym":
            signs += not starred
        elif own == "p" and "wordprocessingml" in child.tag:
            inner.append(child)
        else:
            if own in _PARTING:
                pieces.append(" ")
            elif own == "textpath":  # letters that are drawn, such as a mark across each page
                pieces.append(f" {child.get('string', '')} ")
            more, below = _gather(child, pieces)
            signs += more
            inner += below
        starred = own in ("footnoteReference", "endnoteReference") and any(
            str(key).endswith("}customMarkFollows") and value in ("1", "true", "on")
            for key, value in child.items()
        )
    return signs, inner


def _shown(element: etree._Element) -> Iterable[etree._Element]:
    """Return the children of an element; of alternatives, those of the one that is shown."""
    if _own(element) != _ALTERNATIVES or len(element) == 1:
        return element
    for child in element:
        needs = child.get("Requires", "").split()
        if _own(child) == "Fallback" or (needs and all(map(_KNOWN.match, needs))):
            return child
    return ()


_UNSAID = frozenset({"creator", "date", "creator-initials", "note-citation", "binary-data"})
_LINE_ENDS = frozenset({"p", "h", "s", "tab", "line-break", "note", "annotation", "change"})


def count_odt(content: bytes, name: str = "") -> tuple[CountedParagraph, ...]:
    """Read off all letters of the text of a .odt, what is struck and beside the text among them.

    Raises ``Unreadable`` for what is not safe to read.
    """
    archive = open_archive(content, name=name, limits=in_force())
    text = _root(archive, "content.xml").find("{*}body/{*}text")
    words = "".join(_letters(text)) if text is not None else ""
    return (CountedParagraph("content.xml", words),)


def _letters(element: etree._Element) -> Iterator[str]:
    own = _own(element)
    if own not in _UNSAID and not own.endswith("-source"):
        yield element.text or ""
        for child in element:
            yield from _letters(child)
    yield (" " if own in _LINE_ENDS else "") + (element.tail or "")


def account_for(counted: Sequence[CountedParagraph], texts: Iterable[str], name: str = "") -> str:
    """Say how many words a file has, once all of them are in what a reader made of it.

    Raises ``Invalid``, which names the words that are not.
    """
    lost = unaccounted(counted, texts)
    total = sum(len(paragraph.text.split()) for paragraph in counted)
    if not lost:
        return (
            f"independent count: {total} words in the file, parted by spaces and with those struck:"
            " each is accounted for"
        )
    named = ", ".join(f"“{word.text}” ({word.part})".removesuffix(" ()") for word in lost[:_MOST])
    more = f" and {len(lost) - _MOST} more" if len(lost) > _MOST else ""
    raise Invalid(
        f"{len(lost)} of its {total} words are unaccounted for: {named}{more}",
        where=name,
        advice="Open it in Word, save it again, or copy its text into a new document.",
    )


def unaccounted(
    counted: Sequence[CountedParagraph], texts: Iterable[str]
) -> tuple[CountedParagraph, ...]:
    """Return what of a file the ``texts`` of a reader do not hold, each with its part.

    A word may be cut otherwise, where a change or a box stands in it: then its letters count.
    """
    have = Counter(word for text in texts for word in text.split())
    missing: list[tuple[str, str]] = []
    for paragraph in counted:
        for word in paragraph.text.split():
            if have[word]:
                have[word] -= 1
            else:
                missing.append((paragraph.part, word))
    letters = Counter("".join(have.elements()))
    missing.sort(key=lambda place: -len(place[1]))  # a word that was cut has many letters
    lost = [(part, word) for part, word in missing if not _taken(word, letters)]
    signs = sum(paragraph.signs for paragraph in counted) - letters.total()
    if signs > 0:
        lost.append(("", f"({signs} signs of a symbol font)"))
    return tuple(CountedParagraph(part, word) for part, word in lost)


def _taken(word: str, letters: Counter[str]) -> bool:
    """Take a word out of the letters that are left, where all of it is there."""
    need = Counter(word)
    if need <= letters:
        letters.subtract(need)
        return True
    return False
