"""Write a draft as Akoma Ntoso, with its points: the form that is read back whole."""

from __future__ import annotations

from resamend import akn
from resamend.conflict import find
from resamend.consolidation import Consolidated, check_draft
from resamend.page.options import RenderOptions
from resamend.redlines import Redline


def render_xml(redline: Redline, options: RenderOptions, *, consolidated: Consolidated) -> bytes:
    """Return a draft as XML: what the proposals ask for, whatever was decided of it.

    Raises ``UsageError`` where names may not be told: the form is read back whole, names and all.
    """
    options.check_named("a draft in xml holds the proposals themselves")
    check_draft(consolidated, redline.draft, "this is a redline")
    findings = find(consolidated) if redline.records else redline.findings
    points = akn.point_elements(findings, redline.numbers, consolidated.sources)
    return akn.write_consolidated(consolidated, findings=points)
