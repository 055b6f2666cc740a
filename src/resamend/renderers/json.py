"""Write a draft or its points as JSON, for programs (docs/json.md).

Keys come in a fixed order, characters that could do harm on a screen as escapes, which JSON readers
undo: what is read back is exactly what was there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from resamend.amendment import place
from resamend.conflict import Editorial, Option, Region, Similar, Standing, Stream
from resamend.consolidation import Sources
from resamend.decision.lapsing import gates_around
from resamend.escaping import visible
from resamend.matching import ProvisionIndex, index_of
from resamend.page.options import USUAL, Names, RenderOptions
from resamend.page.presentation import Presentation, present
from resamend.redlines import Block, Choice, OptionView, Redline, ShownSource, Span
from resamend.tables import ComparisonCell, Matrix, MatrixRow, flat, wording
from resamend.words import joined

Value = dict[str, Any]
"""A JSON object; made here and written at once."""


def render_json(redline: Redline, options: RenderOptions = USUAL) -> str:
    """Return all that is shown of a draft, schema ``resamend/draft/1``."""
    presentation = present(redline, options.shown_names)
    index = index_of(redline.base)
    metadata = redline.base.metadata
    return written(
        {
            "schema": "resamend/draft/1",
            "language": redline.base.language,
            "view": redline.view,
            "date": redline.date,
            "number": metadata.number,
            "revision": metadata.revision,
            "illustrative": metadata.illustrative,
            "sources": sources(presentation),
            "counts": _counts(redline),
            "blocks": [_block(presentation, index, block) for block in redline.blocks],
        }
    )


def conflicts_json(redline: Redline, options: RenderOptions = USUAL) -> str:
    """Return the outstanding points and all other changes, schema ``resamend/conflicts/2``."""
    presentation = present(redline, options.shown_names)
    findings = redline.findings
    around = gates_around(index_of(redline.base), findings.regions)

    def region_json(region: Region) -> Value:
        return _region(presentation, region) | _relations(presentation, around, region)

    classes = {
        standing.value: [region_json(region) for region in findings.standing(standing)]
        for standing in (Standing.SINGLE, Standing.IDENTICAL, Standing.CONSEQUENTIAL)
    }
    if redline.records:
        classes["recorded"] = [
            _region(presentation, r) for r in findings.standing(Standing.RECORDED)
        ]
    return written(
        {
            "schema": "resamend/conflicts/2",
            "sources": sources(presentation),
            "counts": _counts(redline),
            "conflicts": [region_json(region) for region in findings.outstanding],
            "warnings": [_region(presentation, region) for region in findings.warnings],
            **classes,
            "convergences": [_similar(presentation, similar) for similar in findings.similar],
            "editorial": [_editorial(presentation, editorial) for editorial in findings.editorial],
        }
    )


_UNSAFE = re.compile("[^\x20-\x7e\n]")


def written(value: Value) -> str:
    """Return a value as JSON, safe to show."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _UNSAFE.sub(_escape, text) + "\n"


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    return char if visible(char) == char else json.dumps(char)[1:-1]


def _who(presentation: Presentation, sources: Sources) -> Value:
    """Say who is behind something, as far as names may be told."""
    people = presentation.people(sources)
    if presentation.named:
        return {"sources": list(sources), "proponents": list(people)}
    return {"number_of_proponents": len(people)} if presentation.names is Names.NUMBER else {}


def sources(presentation: Presentation) -> list[Value]:
    """Return what is known of each source; nothing where they may not be named."""
    return (
        [_source(source) for source in presentation.redline.sources] if presentation.named else []
    )


def _source(source: ShownSource) -> Value:
    return {
        "id": source.id,
        "revision": source.revision,
        "proponents": list(source.names),
        "date": source.date,
        "illustrative": source.illustrative,
    }


def _counts(redline: Redline) -> Value:
    regions = redline.findings.regions
    standings = (Standing.SINGLE, Standing.IDENTICAL, Standing.CONTESTED, Standing.CONSEQUENTIAL)
    counted = {s.value: sum(region.standing is s for region in regions) for s in standings}
    return {**counted, "convergent": len(redline.findings.similar)}


# -- points -----------------------------------------------------------------------------------


def _region(presentation: Presentation, region: Region) -> Value:
    point = {"point": presentation.redline.numbers.get(region.id), **kinds(region)}
    return {
        "id": region.id,
        **(point if region.kinds else {}),
        "where": {"eId": region.target, "path": region.path},
        **({"cites": region.cites} if region.cites else {}),
        "base": flat(region.base),
        "alternatives": [_alternative(presentation, option) for option in region.options],
        **({} if region.options else _who(presentation, region.sources)),
    }


def _relations(
    presentation: Presentation, around: Mapping[str, Sequence[str]], region: Region
) -> Value:
    """Say which gates a region is inside of, what is inside it, and what is asked beside it."""
    findings = presentation.redline.findings
    within = list(around.get(region.id, ()))
    inside = [id for id, gates in around.items() if region.gate and region.id in gates]
    beside = [
        other.id
        for other in findings.regions
        if region.standing is Standing.CONTESTED
        and region.stream is other.stream is Stream.TEXT
        and other.target == region.target
        and other.id != region.id
        and other.standing in (Standing.SINGLE, Standing.IDENTICAL)
        and set(other.sources) & set(region.sources)
    ]
    options = {o.id: r for r in findings.regions for o in r.options if r.id in region.parts}
    parts = [
        {"region": options[o.id].id, "option": o.id}
        | ({"sources": list(o.sources)} if presentation.named else {})
        for o in region.options
        if o.id in options
    ]
    return {
        **({"gate": region.gate} if region.gate else {}),
        **({"within": within} if within else {}),
        **({"inside": inside} if inside else {}),
        **({"beside": beside} if beside else {}),
        **({"former": flat(region.former)} if region.former else {}),
        **(
            {"composed": {"text": flat(region.composed), "parts": parts}} if region.composed else {}
        ),
    }


def kinds(region: Region) -> Value:
    """Say of what kind a point is, and how grave."""
    several = {"kinds": list(region.kinds)} if len(region.kinds) > 1 else {}
    return {"kind": region.kinds[0], "severity": region.severity, **several} if region.kinds else {}


def _alternative(presentation: Presentation, option: Option) -> Value:
    return {
        "id": option.id,
        "deed": option.deed,
        "text": wording(index_of(presentation.redline.base), option),
        **({"place": option.place} if option.place else {}),
        **({"way": option.way} if option.way else {}),
        **({"names": list(option.names)} if option.names and presentation.named else {}),
        **_who(presentation, option.sources),
    }


def _editorial(presentation: Presentation, editorial: Editorial) -> Value:
    sides = {"base": joined([editorial.base]), "as": joined([editorial.word])}
    return {
        "where": {"eId": editorial.target, "path": editorial.path},
        **{
            side: _span(presentation, Span(text, marks=marks))
            for side, (text, marks) in sides.items()
        },
        **_who(presentation, editorial.sources),
    }


def _similar(presentation: Presentation, similar: Similar) -> Value:
    one = {"id": similar.one, "path": similar.one_path, "text": similar.one_text}
    other = {"id": similar.other, "path": similar.other_path, "text": similar.other_text}
    return {
        "score": similar.score,
        "texts": [
            one | _who(presentation, similar.one_sources),
            other | _who(presentation, similar.other_sources),
        ],
        "differences": [list(pair) for pair in similar.differences],
    }


# -- the draft --------------------------------------------------------------------------------


def _block(presentation: Presentation, index: ProvisionIndex, block: Block) -> Value:
    node = index.at.get(block.id, -1)
    names = ("added", "struck", "split")
    fates = {name: getattr(block, name) for name in names}
    kept = [
        {
            "emphasised": keep.emphasised,
            **_reasons(presentation, keep.reasons),
            **_who(presentation, (id,)),
        }
        for id, keep in block.kept
    ]
    return {
        "kind": block.kind,
        "eId": block.id,
        **({"path": place(index, node)} if node >= 0 else {}),
        "depth": block.depth,
        **{fate: _who(presentation, sources) for fate, sources in fates.items() if sources},
        **({"moved_to": block.moved_to} if block.moved_to else {}),
        **({"way": block.way} if block.way else {}),
        **({"renumbered": _renumbered(presentation, block)} if block.renumbered else {}),
        **({"moved_from": block.moved_from} if block.moved_from else {}),
        **({"kept": kept} if kept else {}),
        **({"records": [record.number for record in block.records]} if block.records else {}),
        **({"label": _spans(presentation, block.label)} if block.label else {}),
        **({"text": _spans(presentation, block.pieces)} if block.pieces else {}),
        **({"choice": _choice(presentation, block.choice)} if block.choice else {}),
    }


def _renumbered(presentation: Presentation, block: Block) -> list[Value]:
    return [
        {"numbers": [list(pair) for pair in pairs], **_who(presentation, sources)}
        for pairs, sources in block.renumbered
    ]


def _reasons(presentation: Presentation, reasons: str) -> Value:
    return {"reasons": reasons} if reasons and presentation.named else {}


def _spans(presentation: Presentation, pieces: Iterable[Span | Choice]) -> list[Value]:
    return [
        _span(presentation, piece)
        if isinstance(piece, Span)
        else {"choice": _choice(presentation, piece)}
        for piece in pieces
    ]


def _span(presentation: Presentation, span: Span) -> Value:
    fates = {"inserted": span.inserted, "deleted": span.deleted}
    marks = [
        {"start": m.start, "end": m.end, "kind": m.kind, **({"value": m.value} if m.value else {})}
        for m in span.marks
    ]
    return {
        "text": span.text,
        **{fate: _who(presentation, sources) for fate, sources in fates.items() if sources},
        **({"marks": marks} if marks else {}),
    }


def _choice(presentation: Presentation, choice: Choice) -> Value:
    return {
        "point": choice.number,
        "id": choice.region.id,
        **kinds(choice.region),
        "base": _spans(presentation, choice.base),
        **{flag: True for flag in ("again", "laid_out", "part") if getattr(choice, flag)},
        "options": [_option(presentation, option) for option in choice.options],
    }


def _option(presentation: Presentation, option: OptionView) -> Value:
    index = index_of(presentation.redline.base)
    return {
        "number": option.number,
        "deed": option.deed,
        **({"place": option.place} if option.place else {}),
        **({"way": option.way} if option.way else {}),
        **({"text": _spans(presentation, option.spans)} if option.spans else {}),
        **(
            {"blocks": [_block(presentation, index, block) for block in option.blocks]}
            if option.blocks
            else {}
        ),
        **(_who(presentation, option.sources) if option.sources else {}),
    }


# -- the matrix -------------------------------------------------------------------------------


def matrix_json(matrix: Matrix, options: RenderOptions = USUAL) -> str:
    """Return the matrix, schema ``resamend/matrix/1``; for the chair the sources two by two too."""
    presentation = present(matrix.redline, options.shown_names)
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
            "sources": sources(presentation),
            "rows": [_matrix_row(presentation, row) for row in matrix.rows],
            **({"pairs": counted} if options.pairs else {}),
        }
    )


def _matrix_row(presentation: Presentation, row: MatrixRow) -> Value:
    return {
        "where": {"eId": row.id, "path": row.path},
        **({"after": row.after} if row.after is not None else {}),
        "cells": [_cell(cell) for cell in row.cells],
        "points": [_matrix_point(presentation, region) for region in row.points],
    }


def _cell(cell: ComparisonCell | None) -> Value | None:
    if cell is None:
        return None
    grave = {"severity": cell.severity} if cell.severity else {}
    return {"symbol": cell.sign, "said": cell.standing, **grave}


def _matrix_point(presentation: Presentation, region: Region) -> Value:
    number = presentation.redline.numbers.get(region.id)
    return {"point": number, "id": region.id, **kinds(region)}
