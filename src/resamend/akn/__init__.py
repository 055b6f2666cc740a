"""Akoma Ntoso 3.0: read it, and write it in our one canonical form.

This package is the only code that knows the names of Akoma Ntoso elements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from resamend.akn.documents import Document, read
    from resamend.akn.draft_writing import write_consolidated
    from resamend.akn.points import point_elements
    from resamend.akn.printed import printed_words
    from resamend.akn.proposal_writing import write_proposal
    from resamend.akn.schema import check_schema
    from resamend.akn.seal import Seal, unsealed
    from resamend.akn.statement import write_resolution

__all__ = [
    "Document",
    "Seal",
    "check_schema",
    "point_elements",
    "printed_words",
    "read",
    "unsealed",
    "write_consolidated",
    "write_proposal",
    "write_resolution",
]

_HOMES = {
    "Document": "documents",
    "Seal": "seal",
    "check_schema": "schema",
    "point_elements": "points",
    "printed_words": "printed",
    "read": "documents",
    "unsealed": "seal",
    "write_consolidated": "draft_writing",
    "write_proposal": "proposal_writing",
    "write_resolution": "statement",
}
"""Where each function is: who reads does not load what writes."""


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
