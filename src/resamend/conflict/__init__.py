"""Whether proposals clash, agree, or say nearly the same.

A conflict is content, not an error: a value with its kind, place, options and a stable id. The id
is made from the place, the words in force and the options, so it does not depend on who proposed
them or in which order they arrived.
"""

from __future__ import annotations

from resamend.conflict.finding import find, find_regions
from resamend.conflict.options import flat
from resamend.conflict.similar import score
from resamend.conflict.values import (
    ConflictKind,
    Editorial,
    Findings,
    Gate,
    MovePosition,
    Option,
    OptionKind,
    Region,
    Severity,
    Similar,
    Standing,
    Stream,
)
from resamend.difference.unit_words import RULES
