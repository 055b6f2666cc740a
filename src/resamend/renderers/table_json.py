"""Write the matrix as JSON, for programs (docs/json.md)."""

from __future__ import annotations

from resamend.conflict import Region
from resamend.renderers.edition import Edition, Names, edition
from resamend.renderers.json import Value, kinds, sources, written
from resamend.tables import Cell, Crossing, Matrix

__all__ = ["matrix_json"]


def matrix_json(matrix: Matrix, *, names: Names = Names.NAMES, pairs: bool = True) -> str:
    """Return the matrix, schema ``resamend/matrix/1``; ``pairs`` adds the sources two by two."""
    told = edition(matrix.redline, names)
    numbers = {source.id: n for n, source in enumerate(matrix.sources)}
    counted = [
        {
            "proposals": [numbers[pair.one], numbers[pair.other]],
            "same": pair.same,
            "similar": pair.similar,
            "outstanding": pair.outstanding,
        }
        for pair in matrix.pairs
    ]
    return written(
        {
            "schema": "resamend/matrix/1",
            "language": matrix.redline.base.language,
            "date": matrix.redline.date,
            "proposals": len(matrix.sources),
            "sources": sources(told),
            "rows": [_row(told, row) for row in matrix.rows],
            **({"pairs": counted} if pairs else {}),
        }
    )


def _row(edition: Edition, row: Crossing) -> Value:
    return {
        "where": {"eId": row.id, "path": row.path},
        **({"after": row.after} if row.after is not None else {}),
        "cells": [_cell(cell) for cell in row.cells],
        "points": [_point(edition, region) for region in row.points],
    }


def _cell(cell: Cell | None) -> Value | None:
    if cell is None:
        return None
    grave = {"severity": cell.severity} if cell.severity else {}
    return {"symbol": cell.sign, "said": cell.said, **grave}


def _point(edition: Edition, region: Region) -> Value:
    number = edition.redline.numbers.get(region.id)
    return {"point": number, "id": region.id, **kinds(region)}
