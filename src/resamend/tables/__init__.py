"""Proposals side by side, provision by provision: the comparison, and the matrix of its symbols.

Both are derived from a draft and hold nothing of their own: what a source's column shows is the
redline of that source alone, so it cannot show what another one asks for.
"""

from __future__ import annotations

from resamend.tables.change_rows import ChangeRow, changes, flat, wording
from resamend.tables.comparing import compare, matrix
from resamend.tables.values import (
    CellStanding,
    Comparison,
    ComparisonCell,
    ComparisonColumn,
    ComparisonRow,
    FoldedRows,
    Matrix,
    MatrixRow,
    ProposalPair,
)
