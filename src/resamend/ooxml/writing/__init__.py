"""Write Word documents: values in, the bytes of a .docx out."""

from __future__ import annotations

from resamend.ooxml.writing.parts import HIDDEN, write_document, zipped
from resamend.ooxml.writing.values import (
    Anchor,
    Block,
    Comment,
    Content,
    Look,
    Move,
    NewDocument,
    NewNote,
    NewParagraph,
    NewRow,
    NewRun,
    NewTable,
    NoteMark,
    StyleName,
    Track,
    TrackKind,
    Tracks,
    paragraphs_of,
)
from resamend.ooxml.writing.visible import beside_text, written_lines
