"""Make the comparative table of a draft, and its matrix: who speaks of what, two by two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product

from msgspec.structs import replace

from resamend.amendment import Symbol
from resamend.conflict import Findings, Severity, Standing, find, find_regions
from resamend.consolidation import Consolidated, alone, check_draft
from resamend.decision import Record
from resamend.difference import TextEdit
from resamend.model import Kind
from resamend.redlines import Block, Redline, redline
from resamend.redlines.spans import in_force
from resamend.tables.cells import cell_of, emphasised
from resamend.tables.excerpts import NEAR
from resamend.tables.folding import folded
from resamend.tables.slots import Slots
from resamend.tables.standings import Standings
from resamend.tables.values import (
    Comparison,
    ComparisonCell,
    ComparisonColumn,
    ComparisonRow,
    Matrix,
    MatrixRow,
    ProposalPair,
)


def compare(consolidated: Consolidated, shown: Redline, *, near: int | None = NEAR) -> Comparison:
    """Put the proposals of a draft side by side, aligned by provision.

    ``shown`` is the draft's redline, with all its marks; it numbers the points. A change is given
    with about ``near`` columns of the text around it, with all of it for ``None``. A source's
    column holds the redline of that source alone, so nobody else's wish can stand in it; whatever
    was decided, side by side stand the proposals, and the draft says what comes of it. Raises
    ``UsageError`` for the redline of another draft.
    """
    check_draft(consolidated, shown.draft, "this is a redline")
    drafted, settled = shown.blocks, None
    applied: Mapping[str, Record] = {}
    if shown.records:
        from resamend.decision import replay, settle

        findings, numbers = find(consolidated), shown.numbers
        # Anew: what lapses with a record, too, is no longer asked.
        replayed = replay(consolidated, findings, [one.record for one in shown.records])
        applied = replayed.applied
        settled = settle(consolidated, findings, replayed)
        shown = redline(consolidated, findings, numbers=numbers, date=shown.date)
    slots = Slots(consolidated, shown.findings, settled)
    standings = Standings(slots, shown.findings, applied)
    columns = [_column(slots, consolidated, source.id, near) for source in shown.sources]
    draft = _cells(slots, settled.consolidated if settled else consolidated, drafted, near)
    rows = []
    for number in range(len(slots.rows)):
        cells = [
            standings.judged(number, source.id, cells[number]) if number in cells else None
            for source, (cells, _) in zip(shown.sources, columns, strict=True)
        ]
        rows.append(_row(slots, standings, number, cells, draft.get(number, ComparisonCell())))
    return Comparison(
        redline=shown,
        columns=tuple(
            ComparisonColumn(source=source, footnotes=notes)
            for source, (_, notes) in zip(shown.sources, columns, strict=True)
        ),
        rows=folded(slots, rows),
        records=applied,
    )


def _row(
    slots: Slots,
    standings: Standings,
    number: int,
    cells: list[ComparisonCell | None],
    draft: ComparisonCell,
) -> ComparisonRow:
    """Return the row of a provision, or of what is added at one place."""
    slot = slots.rows[number]
    base = slots.index.nodes[slot.node] if slot.node >= 0 else None
    return ComparisonRow(
        id=slot.id,
        path=slot.path,
        section=slot.section,
        para=slot.para,
        after=slot.after,
        label=base.label if base else "",
        depth=slot.depth,
        heading=slot.heading,
        base=in_force(slots.index, slot.node) if base else (),
        cells=emphasised(cells),
        draft=draft,
        regions=standings.regions(number),
        similar=standings.similar(number),
    )


def _column(
    slots: Slots, consolidated: Consolidated, source: str, near: int | None
) -> tuple[dict[int, ComparisonCell], Mapping[str, str]]:
    """Return what one source asks for, by row, and how its footnotes are marked."""
    proposal = next(p for p in consolidated.proposals if p.id == source)
    own = alone(consolidated, source)
    lines = redline(own, find_regions(own))
    cells = _cells(slots, own, lines.blocks, near)
    texts = (edit for edit in proposal.edits if isinstance(edit, TextEdit))
    for target in (edit.target for edit in texts if not edit.worded):
        number = slots.of_provision(target)
        cell = cells.get(number, ComparisonCell())
        if cell.symbol in _AS_IT_IS:
            cells[number] = replace(cell, editorial=True, symbol=Symbol.EDITORIAL)
    return cells, {
        block.id: "".join(span.text for span in block.label if not span.deleted)
        for block in lines.blocks
        if block.kind is Kind.FOOTNOTE
    }


_AS_IT_IS = (None, Symbol.EDITORIAL, Symbol.NOC)


def _cells(
    slots: Slots, draft: Consolidated, shown: Iterable[Block], near: int | None
) -> dict[int, ComparisonCell]:
    """Return what the blocks of a redline say, by row."""
    cells: dict[int, ComparisonCell] = {}
    for number, blocks in slots.placed(shown, draft).items():
        slot = slots.rows[number]
        cell = cell_of(blocks, added=bool(slot.additions), near=near)
        if cell.symbol or cell.blocks:
            cells[number] = cell
    return cells


# -- the matrix -------------------------------------------------------------------------------

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
