"""What a notebook shows of a draft and of its findings."""

from __future__ import annotations

from html import escape

from resamend.conflict import Findings
from resamend.consolidation import Consolidated
from resamend.library.rendering import render

_FRAME = '<iframe srcdoc="{}" style="width: 100%; height: 40em; border: 0" sandbox></iframe>'


def draft_html(draft: Consolidated) -> str:
    """Return the page of a draft in a frame, so that neither's style touches the other's."""
    return _FRAME.format(escape(str(render(draft, "html"))))


def findings_html(findings: Findings) -> str:
    """Return the outstanding points, with their options and who asks for them."""
    if findings.draft is None:
        return f"<pre>{escape(repr(findings))}</pre>"
    return f"<pre>{escape(str(render(findings, 'text')))}</pre>"
