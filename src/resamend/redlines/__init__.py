"""What is shown of a consolidated draft: blocks and spans, each with its proponents.

A change that nobody contests is marked where it stands. Contested text is never interleaved: the
text in force stands unstruck, and beside it the options, each whole. Renderers show a ``Redline``
and nothing else, so they cannot disagree about what is in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resamend.loading import on_demand
from resamend.redlines.blocks import redline
from resamend.redlines.rival_texts import rivals
from resamend.redlines.values import (
    Block,
    Choice,
    OptionView,
    Redline,
    Relabelled,
    ShownSource,
    Span,
    View,
)

if TYPE_CHECKING:
    from resamend.redlines.records import recorded


__getattr__ = on_demand(__name__, {"records": "recorded"})
"""Where nothing is recorded, what shows records is not loaded."""
