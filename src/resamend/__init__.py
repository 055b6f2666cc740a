"""From competing proposals to one consolidated draft that loses nobody.

    bytes ─read→ Resolution ─propose→ Proposal ─merge→ Consolidated ─redline→ Redline ─render→ text

``find`` says of a ``Consolidated`` where its sources clash, ``record`` and ``replay`` what the
group has decided, ``adopt`` makes the text of that. Each arrow is one function, data in,
data out; whoever stands at any of them can start there.

>>> import resamend
>>> text = "RESOLUTION 1\\nMeetings\\nresolves\\n1\\tto meet every year in Geneva;"
>>> base = resamend.read(text, resamend.Resolution, language=resamend.Language.EN)
>>> revised = resamend.read(text.replace("every year", "twice a year"), resamend.Resolution)
>>> rus = resamend.propose(base, revised, "RUS/62/1")
>>> revised = resamend.read(text.replace("every year", "in each spring"), resamend.Resolution)
>>> chn = resamend.propose(base, revised, "CHN/63/1")
>>> draft = resamend.merge(base, [rus, chn])
>>> [(point.path, point.kinds[0].value) for point in resamend.find(draft).outstanding]
[('resolves 1', 'competing-replacement')]
>>> resamend.project(draft, "CHN/63/1") == revised
True
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

from resamend.loading import on_demand

__version__ = "0.1.0"

if TYPE_CHECKING:
    from resamend.akn import write_consolidated, write_proposal, write_resolution
    from resamend.amendment import (
        Amendment,
        NoChange,
        Proposal,
        Symbol,
        amendments,
        apply,
        invert,
        propose,
    )
    from resamend.conflict import (
        ConflictKind,
        Findings,
        Option,
        Region,
        Severity,
        Similar,
        Standing,
        find,
    )
    from resamend.consolidation import Consolidated, find_source, merge, project, union, without
    from resamend.decision import (
        Adopted,
        DecisionKind,
        DecisionRequest,
        Level,
        Record,
        Replay,
        Status,
        adopt,
        record,
        replay,
    )
    from resamend.difference import diff
    from resamend.dossier.parsing import read
    from resamend.dossier.reading import Dossier, read_dossier
    from resamend.errors import (
        AmbiguousName,
        Contradiction,
        InputError,
        Invalid,
        NotApplicable,
        ResamendError,
        Unreadable,
        UsageError,
    )
    from resamend.model import Kind, Language, Mark, Metadata, Proponent, Provision, Resolution
    from resamend.rebase import Carried, Fate, carry
    from resamend.redline import Redline, View, recorded, redline
    from resamend.renderers.cover import Cover
    from resamend.renderers.criticmarkup import render_criticmarkup
    from resamend.renderers.docx import render_docx
    from resamend.renderers.edition import Audience, Names
    from resamend.renderers.html import render_html
    from resamend.renderers.json import conflicts_json, render_json
    from resamend.renderers.pdf import render_pdf
    from resamend.renderers.points import render_point, render_points
    from resamend.renderers.setting import Setting
    from resamend.renderers.table_csv import render_comparison_csv, render_matrix_csv
    from resamend.renderers.table_docx import render_comparison_docx
    from resamend.renderers.table_grid import render_matrix_terminal, render_matrix_text
    from resamend.renderers.table_html import render_comparison_html, render_matrix_html
    from resamend.renderers.table_json import matrix_json
    from resamend.renderers.table_pdf import render_comparison_pdf, render_matrix_pdf
    from resamend.renderers.table_svg import render_matrix_svg
    from resamend.renderers.table_text import render_comparison_terminal, render_comparison_text
    from resamend.renderers.terminal import render_terminal
    from resamend.renderers.text import render_text
    from resamend.tables import Comparison, Matrix, compare, matrix

__all__ = [
    "Adopted",
    "AmbiguousName",
    "Amendment",
    "Audience",
    "Carried",
    "Comparison",
    "ConflictKind",
    "Consolidated",
    "Contradiction",
    "Cover",
    "DecisionKind",
    "DecisionRequest",
    "Dossier",
    "Fate",
    "Findings",
    "InputError",
    "Invalid",
    "Kind",
    "Language",
    "Level",
    "Mark",
    "Matrix",
    "Metadata",
    "Names",
    "NoChange",
    "NotApplicable",
    "Option",
    "Proponent",
    "Proposal",
    "Provision",
    "Record",
    "Redline",
    "Region",
    "Replay",
    "ResamendError",
    "Resolution",
    "Setting",
    "Severity",
    "Similar",
    "Standing",
    "Status",
    "Symbol",
    "Unreadable",
    "UsageError",
    "View",
    "adopt",
    "amendments",
    "apply",
    "carry",
    "compare",
    "conflicts_json",
    "diff",
    "find",
    "find_source",
    "invert",
    "matrix",
    "matrix_json",
    "merge",
    "project",
    "propose",
    "read",
    "read_dossier",
    "record",
    "recorded",
    "redline",
    "render_comparison_csv",
    "render_comparison_docx",
    "render_comparison_html",
    "render_comparison_pdf",
    "render_comparison_terminal",
    "render_comparison_text",
    "render_criticmarkup",
    "render_docx",
    "render_html",
    "render_json",
    "render_matrix_csv",
    "render_matrix_html",
    "render_matrix_pdf",
    "render_matrix_svg",
    "render_matrix_terminal",
    "render_matrix_text",
    "render_pdf",
    "render_point",
    "render_points",
    "render_terminal",
    "render_text",
    "replay",
    "union",
    "without",
    "write_consolidated",
    "write_proposal",
    "write_resolution",
]

_HOMES = {
    "akn": "write_consolidated write_proposal write_resolution",
    "amendment": "Amendment NoChange Proposal Symbol amendments apply invert propose",
    "rebase": "Carried Fate carry",
    "conflict": "ConflictKind Findings Option Region Severity Similar Standing find",
    "decision": "Adopted DecisionKind DecisionRequest Level Record Replay Status adopt record "
    "replay",
    "difference": "diff",
    "dossier.parsing": "read",
    "dossier.reading": "Dossier read_dossier",
    "errors": "AmbiguousName Contradiction InputError Invalid NotApplicable ResamendError "
    "Unreadable UsageError",
    "consolidation": "Consolidated find_source merge project union without",
    "model": "Kind Language Mark Metadata Proponent Provision Resolution",
    "redline": "Redline View recorded redline",
    "renderers.criticmarkup": "render_criticmarkup",
    "renderers.docx": "render_docx",
    "renderers.cover": "Cover",
    "renderers.edition": "Audience Names",
    "renderers.html": "render_html",
    "renderers.json": "conflicts_json render_json",
    "renderers.pdf": "render_pdf",
    "renderers.points": "render_point render_points",
    "renderers.setting": "Setting",
    "renderers.terminal": "render_terminal",
    "renderers.table_csv": "render_comparison_csv render_matrix_csv",
    "renderers.table_docx": "render_comparison_docx",
    "renderers.table_grid": "render_matrix_terminal render_matrix_text",
    "renderers.table_html": "render_comparison_html render_matrix_html",
    "renderers.table_json": "matrix_json",
    "renderers.table_pdf": "render_comparison_pdf render_matrix_pdf",
    "renderers.table_svg": "render_matrix_svg",
    "renderers.table_text": "render_comparison_terminal render_comparison_text",
    "renderers.text": "render_text",
    "tables": "Comparison Matrix compare matrix",
}
"""The names that each module gives: they are loaded when first used, so importing is cheap."""


class _Face(ModuleType):
    """Keep the verb ``redline`` where the package of the same name would hide it."""

    def __setattr__(self, name: str, value: object) -> None:
        """Bind a name, but for a module that would hide a verb."""
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face


__getattr__ = on_demand(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
