"""What a Word document says of itself, and the parts in it that are no text."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from resamend.safe import in_force, open_archive, parse_xml

DRAFT = "consolidated draft"
"""The keyword of our drafts: programs keep it when all changes are accepted, and the file saved."""
_KNOWN = ("_rels/", "docProps/", "[Content_Types].xml")
_OF_TEXT = frozenset(
    {
        *("comments", "document", "endnotes", "fontTable", "footer", "footnotes", "header"),
        *("numbering", "settings", "styles", "webSettings"),
    }
)


class Property(Struct, frozen=True):
    """Hold one thing that a document says of itself: its name, and the part it stands in."""

    part: str
    name: str
    text: str


def properties(content: bytes, *, name: str = "") -> Iterator[Property]:
    """Yield all that is said in the parts about the document: author, company, dates, title.

    Raises ``Unreadable``.
    """
    archive = open_archive(content, name=name, limits=in_force())
    for part in archive:
        if part.startswith("docProps/") and part.endswith(".xml"):
            root = parse_xml(archive.read(part), name=archive.place(part), limits=in_force())
            for element in root.iter("{*}*"):
                if not len(element) and (element.text or "").strip():
                    named = element.tag.rpartition("}")[2]
                    yield Property(part, named, (element.text or "").strip())


_SETTINGS = {
    "revisionView": "what of the tracked changes is shown",
    "documentProtection": "what may be changed",
    "mailMerge": "a source of data for letters",
    "docVar": "a variable",
    "attachedTemplate": "a template",
}


def settings(content: bytes, *, name: str = "") -> Iterator[Property]:
    """Yield the settings that hide something, or reach outside: each with all its values.

    Raises ``Unreadable``.
    """
    archive = open_archive(content, name=name, limits=in_force())
    for part in archive:
        if part.endswith("/settings.xml"):
            root = parse_xml(archive.read(part), name=archive.place(part), limits=in_force())
            for element in root.iter("{*}*"):
                meaning = _SETTINGS.get(element.tag.rpartition("}")[2])
                if meaning:
                    values = [
                        str(key).rpartition("}")[2] + " " + str(value)
                        for key, value in element.items()
                    ]
                    yield Property(part, meaning, ", ".join(values))


def other_parts(content: bytes, *, name: str = "") -> Iterator[str]:
    """Yield the parts that hold neither text nor its looks: pictures, data, programs."""
    archive = open_archive(content, name=name, limits=in_force())
    for part in archive:
        stem = part.rpartition("/")[2].removesuffix(".xml").rstrip("0123456789")
        ordinary = part.startswith(_KNOWN) or part.endswith((".rels", "/"))
        if not ordinary and not (part.startswith("word/") and stem in _OF_TEXT):
            yield part
