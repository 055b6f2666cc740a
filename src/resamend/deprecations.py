"""The public names that go: each with its home, and what to use in its place.

They warn through two minor versions, as docs/api.md promises, and are then taken out of this table.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any
from warnings import warn

_UNTIL = "0.3"
_DRAFTS = "terminal criticmarkup html docx pdf text json"
_TABLES = {
    "comparison_csv": "csv",
    "comparison_docx": "docx.comparison",
    "comparison_html": "html_tables",
    "comparison_pdf": "pdf",
    "comparison_terminal": "text_tables",
    "comparison_text": "text_tables",
    "matrix_csv": "csv",
    "matrix_html": "html_tables",
    "matrix_pdf": "pdf",
    "matrix_svg": "svg",
    "matrix_terminal": "text_matrix",
    "matrix_text": "text_matrix",
}
_TYPES = (
    "AmbiguousName Carried Comparison ConflictKind Fate Level Mark Matrix Metadata Proponent "
    "Severity Similar Symbol"
)
_GOING: dict[str, tuple[str, str, str]] = {
    **{
        f"render_{form}": (f"renderers.{form}", f"render_{form}", f'render(x, "{form}", options)')
        for form in _DRAFTS.split()
    },
    **{
        f"render_{name}": (
            f"renderers.{home}",
            f"render_{name}",
            f'render(x, "{name.partition("_")[2]}", options)',
        )
        for name, home in _TABLES.items()
    },
    **{name: ("types", name, f"resamend.types.{name}") for name in _TYPES.split()},
    "Setting": ("page.options", "RenderOptions", "RenderOptions"),
    "Wish": ("decision", "DecisionRequest", "DecisionRequest"),
    "conflicts_json": ("renderers.json", "conflicts_json", 'render(findings, "json", options)'),
    "find_source": ("consolidation", "find_source", "project or without, which take names"),
    "matrix_json": ("renderers.json", "matrix_json", 'render(matrix, "json", options)'),
    "read_dossier": ("dossier.reading", "read_dossier", "open(folder)"),
    "render_point": ("renderers.points", "render_point", "render(x, options=options, point=point)"),
    "render_points": ("renderers.points", "render_points", 'render(findings, "text", options)'),
    "write_consolidated": ("akn", "write_consolidated", 'render(draft, "xml")'),
    "write_proposal": ("akn", "write_proposal", 'render(proposal, "xml", base=base)'),
    "write_resolution": ("akn", "write_resolution", 'render(text, "xml")'),
}  # fmt: skip
"""Each name with its module, its name there, and what takes its place."""


def going(package: str, name: str) -> Any:
    """Return a name that goes, with a ``DeprecationWarning`` that says what takes its place.

    Raises ``AttributeError`` for any other.
    """
    if name not in _GOING:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    home, own, instead = _GOING[name]
    warn(
        f"{package}.{name} will go with version {_UNTIL}: use {instead}; see docs/api.md",
        DeprecationWarning,
        stacklevel=3,
    )
    return getattr(import_module(f"{package}.{home}"), own)
