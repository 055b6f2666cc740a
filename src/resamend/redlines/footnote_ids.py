"""Tell apart the footnotes that say the same, and say which mark is whose.

A new footnote is known by what it says, so that two who add the same one add one. Under two
provisions, or twice under one, it is two footnotes all the same, each with its mark and its label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from resamend.difference import unranked
from resamend.model import Kind, Mark
from resamend.redlines.values import Block, Choice, OptionView, Span


def with_footnote_ids(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Give each new footnote, and its mark, an id that no other footnote has."""
    ids = [block.id for block in every_block(blocks) if is_new_footnote(block)]
    if len(set(map(unranked, ids))) == len(ids):
        return tuple(blocks)
    return _FootnoteNamer(ids).blocks(blocks)


def every_block(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield all blocks, those of options too."""
    for block in blocks:
        yield block
        for choice in (block.choice, *block.pieces):
            if isinstance(choice, Choice):
                for option in choice.options:
                    yield from every_block(option.blocks)


def is_new_footnote(block: Block) -> bool:
    """Tell whether a block is a footnote that is added, not one that moves with its provision."""
    ranked = f"{unranked(block.id)}-1"
    return block.kind is Kind.FOOTNOTE and unranked(ranked) != ranked


class _FootnoteIds:
    """Hold the ids of the footnotes of one provision, by what they say, and the marks seen."""

    def __init__(self) -> None:
        self.ids: dict[str, list[str]] = {}
        self.seen: Counter[tuple[str, str]] = Counter()

    def of(self, mark: Mark, source: str) -> Mark:
        """Return a mark with the id of its footnote: a source's marks stand in their order."""
        words = unranked(mark.value)
        ids = self.ids.get(words)
        if mark.kind != "footnote" or not ids:
            return mark
        place = self.seen[words, source]
        self.seen[words, source] += 1
        return replace(mark, value=ids[min(place, len(ids) - 1)])


class _FootnoteNamer:
    """Hand out ids: the first footnote that says something keeps its own."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.taken = set(ids)
        self.met: set[str] = set()

    def blocks(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        renamed: list[Block] = []
        notes, left = _FootnoteIds(), iter(list[str]())
        for place, block in enumerate(blocks):
            if block.kind is Kind.FOOTNOTE:
                renamed.append(
                    replace(block, id=next(left, block.id)) if is_new_footnote(block) else block
                )
                continue
            if not block.split and not block.choice:  # what is split off has those of the whole
                notes, ids = self._below(blocks, place)
                left = iter(ids)
            renamed.append(self._named(block, notes))
        return tuple(renamed)

    def _below(self, blocks: Sequence[Block], host: int) -> tuple[_FootnoteIds, list[str]]:
        """Return the footnotes of a provision, and the new ids of those that are new."""
        notes, new = _FootnoteIds(), []
        for block in blocks[host + 1 :]:
            if block.kind is not Kind.FOOTNOTE and not block.choice:
                break
            if is_new_footnote(block):
                new.append(self._free(block.id))
                notes.ids.setdefault(unranked(block.id), []).append(new[-1])
        return notes, new

    def _free(self, id: str) -> str:
        rank = 2
        free = id
        while free in self.met or (free != id and free in self.taken):
            free = f"{unranked(id)}-{rank}"
            rank += 1
        self.met.add(free)
        return free

    def _named(self, block: Block, notes: _FootnoteIds) -> Block:
        pieces = tuple(
            _span(piece, notes) if isinstance(piece, Span) else self._choice(piece, notes)
            for piece in block.pieces
        )
        choice = self._choice(block.choice, _FootnoteIds()) if block.choice else None
        return replace(block, pieces=pieces, choice=choice)

    def _choice(self, choice: Choice, notes: _FootnoteIds) -> Choice:
        return replace(choice, options=tuple(self._option(o, notes) for o in choice.options))

    def _option(self, option: OptionView, notes: _FootnoteIds) -> OptionView:
        spans = tuple(_span(span, notes, *option.sources[:1]) for span in option.spans)
        return replace(option, spans=spans, blocks=self.blocks(option.blocks))


def _span(span: Span, notes: _FootnoteIds, source: str = "") -> Span:
    if not span.marks:
        return span
    who = source or next(iter(span.inserted), "")
    return replace(span, marks=tuple(notes.of(mark, who) for mark in span.marks))
