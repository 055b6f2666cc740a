"""Akoma Ntoso 3.0: read it, and write it in our one canonical form.

This package is the only code that knows the names of Akoma Ntoso elements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resamend.loading import on_demand

if TYPE_CHECKING:
    from resamend.akn.documents import AknDocument, read
    from resamend.akn.draft_writing import write_consolidated
    from resamend.akn.points import point_elements
    from resamend.akn.printed import printed_words
    from resamend.akn.proposal_writing import write_proposal
    from resamend.akn.schema import check_schema
    from resamend.akn.seal import Seal, unsealed
    from resamend.akn.statement import write_resolution


_HOMES = {
    "documents": "AknDocument read",
    "draft_writing": "write_consolidated",
    "points": "point_elements",
    "printed": "printed_words",
    "proposal_writing": "write_proposal",
    "schema": "check_schema",
    "seal": "Seal unsealed",
    "statement": "write_resolution",
}
"""Where each function is: who reads does not load what writes."""
__getattr__ = on_demand(__name__, _HOMES)
