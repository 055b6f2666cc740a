"""Open the file of an office: Word (.docx) or OpenDocument (.odt), as one value."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from resamend.ooxml import WordDocument, all_texts, read_document
from resamend.ooxml.metadata import properties
from resamend.readers.word_ledger import account_for, count_file, count_odt


def open_document(content: bytes, name: str = "") -> WordDocument:
    """Open a .docx or .odt, known to a person as ``name``, uncounted. Raises ``Unreadable``."""
    from resamend.odf import is_odt

    if is_odt(content, name):
        from resamend.odf import read_odt

        return read_odt(content, name=name)
    return read_document(content, name=name)


class OfficeFile(Struct, frozen=True):
    """Hold a document, what it says of itself, and what an independent count says of its words."""

    document: WordDocument
    stated: Mapping[str, str]
    ledger: str


def open_office(content: bytes, name: str = "") -> OfficeFile:
    """Open a .docx or .odt, known to a person as ``name``.

    Raises ``Unreadable`` for what is neither or is not safe to read, and ``Invalid`` where words of
    it are unaccounted for.
    """
    from resamend.odf import is_odt

    if is_odt(content, name):
        from resamend.odf import properties_in, read_odt

        document = read_odt(content, name=name)
        stated = properties_in(content, name=name)
        counted = count_odt(content, name)
    else:
        document = read_document(content, name=name)
        stated = {entry.name: entry.text for entry in properties(content, name=name)}
        counted = count_file(content, name)
    return OfficeFile(document, stated, account_for(counted, all_texts(document), name))
