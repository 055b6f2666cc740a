"""Akoma Ntoso 3.0: read it, and write it in our one canonical form.

This package is the only code that knows the names of Akoma Ntoso elements.
"""

from __future__ import annotations

from resamend.akn.documents import Document, read
from resamend.akn.draft_writing import write_consolidated
from resamend.akn.points import point_elements
from resamend.akn.proposal_writing import write_proposal
from resamend.akn.schema import check_schema
from resamend.akn.statement import write_resolution

__all__ = [
    "Document",
    "check_schema",
    "point_elements",
    "read",
    "write_consolidated",
    "write_proposal",
    "write_resolution",
]
