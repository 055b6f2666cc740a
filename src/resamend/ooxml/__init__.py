"""Word documents: the only package that knows ``w:`` names.

``read_document`` makes a plain value of a .docx: blocks of paragraphs and tables, paragraphs of
runs, each run with its marks and with who inserted or deleted it. ``view`` resolves the tracked
changes, as Word does when all are accepted, or all rejected. Nothing outside the file is followed,
and what is no text of the body is listed with its reason. ``writing`` makes a document of ours.
"""

from __future__ import annotations

from resamend.ooxml.package import read_document
from resamend.ooxml.values import (
    Aside,
    Block,
    Note,
    Paragraph,
    Run,
    Table,
    TrackedChange,
    TrackView,
    WordCell,
    WordDocument,
    WordRow,
)
from resamend.ooxml.views import all_texts, paragraphs, view
