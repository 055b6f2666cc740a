"""Write Word documents: values in, the bytes of a .docx out."""

from __future__ import annotations

from resamend.ooxml.writing.parts import write_document
from resamend.ooxml.writing.values import (
    Act,
    Anchor,
    Block,
    Comment,
    Content,
    Document,
    Look,
    Move,
    Note,
    NoteMark,
    Paragraph,
    Row,
    Run,
    Style,
    Table,
    Track,
    Tracks,
    paragraphs_of,
)

__all__ = [
    "Act",
    "Anchor",
    "Block",
    "Comment",
    "Content",
    "Document",
    "Look",
    "Move",
    "Note",
    "NoteMark",
    "Paragraph",
    "Row",
    "Run",
    "Style",
    "Table",
    "Track",
    "Tracks",
    "paragraphs_of",
    "write_document",
]
