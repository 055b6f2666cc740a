"""Make the matrix: who speaks of what, and how the sources go together two by two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, product

from resamend.conflict import Findings, Severity, Standing
from resamend.tables.values import Comparison, ComparisonRow, Matrix, MatrixRow, ProposalPair

_GRAVEST_FIRST = list(Severity)


def matrix(comparison: Comparison) -> Matrix:
    """Return the table of proposals: what its comparison says, without the words.

    The counts of two sources are for the chair's or a delegation's own use; none of them says that
    anybody agrees to anything.
    """
    sources = tuple(column.source for column in comparison.columns)
    return Matrix(
        redline=comparison.redline,
        sources=sources,
        rows=tuple(_crossing(row) for row in comparison.spoken),
        pairs=tuple(_pairs([s.id for s in sources], comparison.redline.findings)),
    )


def _crossing(row: ComparisonRow) -> MatrixRow:
    """Return a row without its words; the gravest of its cells says how grave it is."""
    grave = [cell.severity for cell in row.cells if cell and cell.severity]
    return MatrixRow(
        id=row.id,
        path=row.path,
        section=row.section,
        para=row.para,
        after=row.after,
        cells=row.cells,
        points=row.points,
        severity=min(grave, key=_GRAVEST_FIRST.index) if grave else None,
    )


def _pairs(sources: Iterable[str], findings: Findings) -> Iterator[ProposalPair]:
    same, similar, outstanding = (Counter[tuple[str, str]]() for _ in range(3))
    for region in findings.regions:
        if region.standing is Standing.IDENTICAL:
            same.update(combinations(sorted(region.sources), 2))
        elif region.standing is Standing.CONTESTED:
            together = {p for o in region.options for p in combinations(sorted(o.sources), 2)}
            same.update(together)
            outstanding.update(set(combinations(sorted(region.sources), 2)) - together)
    for pair in findings.similar:
        sides = product(pair.one_sources, pair.other_sources)
        similar.update({(min(side), max(side)) for side in sides})
    for pair_ in combinations(sorted(sources), 2):
        yield ProposalPair(*pair_, same[pair_], similar[pair_], outstanding[pair_])
