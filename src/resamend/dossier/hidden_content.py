"""All that a file carries beside the text that a reader sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from resamend.amendment import Proposal
from resamend.consolidation import Consolidated
from resamend.model import Metadata, Resolution

if TYPE_CHECKING:
    from resamend.ooxml import WordDocument
    from resamend.ooxml.embedded import EmbeddedFiles


class HiddenContent(Struct, frozen=True):
    """Hold one thing that is carried: of what kind it is, where it stands, what it says."""

    kind: str
    where: str
    text: str


def list_hidden(content: bytes, name: str) -> tuple[HiddenContent, ...]:
    """Return what a file carries unseen: a Word document, or one of ours in XML.

    A plain text carries nothing. Raises ``Unreadable`` or ``Invalid``.
    """
    if content.startswith(b"PK"):
        from resamend.odf import is_odt

        return tuple((_in_odt if is_odt(content, name) else _in_word)(content, name))
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return tuple(_in_xml(content, name))
    return ()


# -- Word -----------------------------------------------------------------------------------------


def _in_word(content: bytes, name: str) -> Iterator[HiddenContent]:
    from resamend.ooxml import read_document
    from resamend.ooxml.embedded import read_carried
    from resamend.ooxml.metadata import other_parts, properties, settings
    from resamend.readers.word_ledger import beside_the_story

    document = read_document(content, name=name)
    yield from _beside(document)
    for words in beside_the_story(content, name):
        yield HiddenContent("text to which the document does not refer", words.part, words.text)
    for element in properties(content, name=name):
        yield HiddenContent("metadata", element.part, f"{element.name}: {element.text}")
    for element in settings(content, name=name):
        yield HiddenContent("setting", element.part, f"{element.name}: {element.text}")
    own = {aside.where for aside in document.asides}  # its words are listed
    if carried := read_carried(content, name=name):
        own |= {"customXml/item1.xml", "customXml/itemProps1.xml"}
        yield from _taken_along(carried, document)
    for part in other_parts(content, name=name):
        if part not in own:
            yield HiddenContent("other part", part, "neither text nor its looks")


def _taken_along(carried: EmbeddedFiles, document: WordDocument) -> Iterator[HiddenContent]:
    """Yield what a draft of ours takes along."""
    from resamend.ooxml.embedded import edits

    for file in carried.files:
        yield HiddenContent("file", file.name, f"{len(file.content)} bytes")
    yield HiddenContent("record", "points", f"{len(carried.numbers)} numbers of outstanding points")
    yield HiddenContent("record", "paragraphs", f"{len(carried.shown)} paragraphs as they were")
    for edit in edits(document, carried):
        yield HiddenContent("edited since", edit.where or "cover", edit.after or edit.before)


def _in_odt(content: bytes, name: str) -> Iterator[HiddenContent]:
    from resamend.odf import properties_in, read_odt
    from resamend.ooxml.embedded import read_carried

    document = read_odt(content, name=name)
    yield from _beside(document)
    for property, text in properties_in(content, name=name).items():
        yield HiddenContent("metadata", "meta.xml", f"{property}: {text}")
    if carried := read_carried(content, name=name):
        yield from _taken_along(carried, document)


def _beside(document: WordDocument) -> Iterator[HiddenContent]:
    """Yield who changed what when, and what stands beside the text."""
    for (author, date), count in sorted(_authors(document).items()):
        dated = f", {date}" if date else ""
        yield HiddenContent("author of changes", "text", f"{author or '(none)'}{dated}: {count}")
    for aside in document.asides:
        struck = f" (struck: {aside.struck})" if aside.struck else ""
        yield HiddenContent(aside.why, aside.where, aside.text + struck)
    for message in document.warnings:
        yield HiddenContent("not followed", "text", message)


def _authors(document: WordDocument) -> Counter[tuple[str, str]]:
    """Count the tracked changes by author and day."""
    from resamend.ooxml import paragraphs

    authors: Counter[tuple[str, str]] = Counter()
    for blocks in (document.blocks, *(note.blocks for note in document.notes)):
        for paragraph in paragraphs(blocks):
            changes = [paragraph.inserted, paragraph.deleted]
            for run in paragraph.runs:
                changes += (run.inserted, run.deleted)
            authors.update((change.author, change.date[:10]) for change in changes if change)
    return authors


# -- XML ------------------------------------------------------------------------------------------


def _in_xml(content: bytes, name: str) -> Iterator[HiddenContent]:
    from resamend import akn

    yield from _remarks(content, name)
    value = akn.read(content, name=name).value
    if isinstance(value, Resolution):
        yield from _metadata(value.metadata)
    elif isinstance(value, Proposal):
        yield from _proposal(value)
    else:
        yield from _draft(value)


def _remarks(content: bytes, name: str) -> Iterator[HiddenContent]:
    """Yield comments and processing instructions of the XML."""
    from lxml import etree

    from resamend.safe import in_force, parse_xml

    root = parse_xml(content, name=name, limits=in_force())
    around = [*root.itersiblings(preceding=True), *root.itersiblings()]
    for element in (*around, *root.iter(etree.Comment, etree.PI)):
        kind = "comment" if isinstance(element, etree._Comment) else "processing instruction"
        yield HiddenContent(kind, f"line {element.sourceline}", (element.text or "").strip())


def _metadata(metadata: Metadata) -> Iterator[HiddenContent]:
    for field in metadata.__struct_fields__:
        statement = getattr(metadata, field)
        if statement:
            yield HiddenContent("metadata", field, statement)


def _draft(draft: Consolidated) -> Iterator[HiddenContent]:
    yield from _metadata(draft.base.metadata)
    for proposal in draft.proposals:
        yield HiddenContent("proposal", proposal.id, _people(proposal))
        yield from _proposal(proposal)


def _proposal(proposal: Proposal) -> Iterator[HiddenContent]:
    statement = {
        "proponents": _people(proposal),
        "date": proposal.date,
        "reasons": proposal.reasons,
        "illustrative": proposal.illustrative,
        "reading": " ".join(filter(None, (proposal.reading, proposal.reading_by))),
    }
    for what, text in statement.items():
        if text:
            yield HiddenContent(what, proposal.id, text)
    for keep in proposal.keeps:
        yield HiddenContent("NOC", keep.target, keep.reasons)
    for former in proposal.former:
        yield HiddenContent("asked of the former text", former.path, former.asked)


def _people(proposal: Proposal) -> str:
    return ", ".join(who.code for who in proposal.proponents)
