"""Lay rival texts of a new resolution beside each other, paragraph by paragraph.

Two texts for one new resolution are two options of one point. They are long and much alike, so
what they share is shown once and what differs as parts of that point. The first option is the one
that the others are matched with; options come by source id, so the order of arrival plays no role.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from resamend.conflict import OptionKind, Region
from resamend.consolidation import Sources
from resamend.matching import index_of, match
from resamend.model import Kind, Language, Resolution
from resamend.redlines.values import Block, Choice, OptionView, Span
from resamend.words import key_of

_Row = dict[int, Block]
"""What stands at one place, by the number of the option that has it."""


def rivals(region: Region) -> bool:
    """Tell whether the options of a point are whole texts of a new resolution."""
    return len(region.options) > 1 and all(
        option.deed is OptionKind.ADD and [p.kind for p in option.provisions] == [Kind.RESOLUTION]
        for option in region.options
    )


def beside(choice: Choice, language: Language, depth: int) -> Iterator[Block]:
    """Yield the paragraphs of rival texts: what all share once, what differs as options."""
    options = [option for option in choice.options if option.sources]
    rows = [{1: block} for block in options[0].blocks]
    for option in options[1:]:
        _fold(rows, choice.region, option, language)
    everyone = tuple(sorted({source for option in options for source in option.sources}))
    for stretch in _stretches(rows):
        first = next(iter(stretch[0].values()))
        texts = {_content(block) for block in stretch[0].values()}
        if len(stretch[0]) == len(options) and len(texts) == 1:
            yield _shared(first, everyone, depth)
        else:
            parts = tuple(_part(option, stretch) for option in options)
            spot = Choice(number=choice.number, region=choice.region, options=parts, part=True)
            yield Block(kind=Kind.TEXT, depth=depth + first.depth, choice=spot)


def _stretches(rows: Sequence[_Row]) -> Iterator[Sequence[_Row]]:
    """Yield the rows one by one, but together those that follow one another in one option only."""
    stretch: list[_Row] = []
    for row in rows:
        if stretch and not (len(row) == 1 and row.keys() == stretch[-1].keys()):
            yield stretch
            stretch = []
        stretch.append(row)
    if stretch:
        yield stretch


def _fold(rows: list[_Row], region: Region, option: OptionView, language: Language) -> None:
    """Put the paragraphs of one more option beside those that are there, in its own order."""
    first, other = (
        index_of(Resolution(language=language, provisions=region.options[number - 1].provisions))
        for number in (1, option.number)
    )
    matches = match(first, other).to_base
    originals = [row.get(1) for row in rows]
    blocks = list(option.blocks)
    names = {id(block): b for b, block in enumerate(b for b in originals if b is not None)}
    at = -1
    for node, block in enumerate(blocks):
        row = _row_of(rows, names, matches[node], at)
        if row is None:
            row = _alike(rows, block, at)
        if row is None:
            row = at + 1
            rows.insert(row, {})
        rows[row][option.number] = block
        at = row


def _row_of(rows: Sequence[_Row], names: dict[int, int], wanted: int, at: int) -> int | None:
    """Return the row, after ``at``, of the first option's paragraph number ``wanted``."""
    for row in range(at + 1, len(rows) if wanted >= 0 else 0):
        block = rows[row].get(1)
        if block is not None and names[id(block)] == wanted:
            return row
    return None


def _alike(rows: Sequence[_Row], block: Block, at: int) -> int | None:
    """Return a row directly after ``at`` in which another than the first says the same."""
    for row in range(at + 1, len(rows)):
        if 1 in rows[row]:
            return None
        if any(_content(other) == _content(block) for other in rows[row].values()):
            return row
    return None


def _content(block: Block) -> tuple[Kind, str, tuple[str, ...]]:
    label, text = (
        "".join(span.text for span in _spans(some)) for some in (block.label, block.pieces)
    )
    return block.kind, label, key_of(text)


def _spans(pieces: Sequence[Span | Choice]) -> list[Span]:
    return [piece for piece in pieces if isinstance(piece, Span)]


def _shared(block: Block, sources: Sources, depth: int) -> Block:
    return replace(
        block,
        depth=depth + block.depth,
        added=sources,
        label=tuple(replace(span, inserted=sources) for span in block.label),
        pieces=tuple(replace(span, inserted=sources) for span in _spans(block.pieces)),
    )


def _part(option: OptionView, stretch: Sequence[_Row]) -> OptionView:
    blocks = [row[option.number] for row in stretch if option.number in row]
    top = min((block.depth for block in blocks), default=0)
    return replace(
        option, blocks=tuple(replace(block, depth=block.depth - top) for block in blocks)
    )
