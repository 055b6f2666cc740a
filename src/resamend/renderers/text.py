"""Write a draft as plain text, with marks.

A provision is one line, however long, so that two drafts can be compared with ``git diff``; a
``width`` breaks the lines for a screen. The left margin holds the symbol of what happens to the
provision (ADD, SUP, MOD, NOC; ``ADD*`` and ``SUP*`` for text from or to another place); a line
that begins with a bar says something about the provision above it: an outstanding point with its
options, a move, a NOC. How words are marked, and how the marks are read back, is told in
``inline``.
"""

from __future__ import annotations

from collections.abc import Iterator

from resamend.model import Language
from resamend.redline import Redline, View
from resamend.renderers.apparatus import foreword, summary
from resamend.renderers.edition import Edition, Names, edition
from resamend.renderers.layout import draft
from resamend.renderers.lines import Line, broken, plain
from resamend.renderers.tidy import expanded

__all__ = ["render_text", "whole"]


def render_text(
    redline: Redline,
    *,
    names: Names = Names.NAMES,
    ui: Language | None = None,
    width: int | None = None,
) -> str:
    """Return a draft as text: a banner, what it is, the draft itself, its summary.

    ``ui`` is the reader's language, the text's own if absent; ``width`` counts columns.
    """
    told = edition(expanded(redline), names, ui)
    return plain(broken(whole(told, bar="|"), width))


def whole(edition: Edition, *, bar: str) -> Iterator[Line]:
    """Yield all lines of a draft."""
    yield from foreword(edition)
    yield from draft(edition, bar)
    if edition.redline.view is not View.BASE:
        yield from summary(edition)
