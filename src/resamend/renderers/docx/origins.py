"""Say of each provision that is shown where it stands, and whose proposals are about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from resamend.amendment import place
from resamend.matching import index_of
from resamend.redlines import Block, Choice, Redline, Span


class BlockOrigin(Struct, frozen=True):
    """Hold the path of a provision, and the sources that ask for something there."""

    path: str
    sources: tuple[str, ...]


def origins(redline: Redline) -> dict[str, BlockOrigin]:
    """Map the id of each provision that is shown, added ones too, to what is known of it."""
    index = index_of(redline.base)
    paths = {provision.id: place(index, node) for node, provision in enumerate(index.nodes)}
    asked: dict[str, set[str]] = defaultdict(set)
    heading = ""
    for block in redline.blocks:
        heading = paths.get(block.id, heading)
        paths.setdefault(block.id, heading)
        asked[block.id] |= set(_sources(block))
    for region in redline.findings.regions:
        paths.setdefault(region.target, region.path)
        asked[region.target] |= set(region.sources)
    # What shows no provision, such as the cover, has no origin.
    return {id: BlockOrigin(paths[id], tuple(sorted(asked[id]))) for id in asked if id}


def _sources(block: Block) -> Iterator[str]:
    """Yield who asks for anything in a block."""
    for sources in (block.added, block.struck, block.split):
        yield from sources
    for _, sources in block.renumbered:
        yield from sources
    yield from (source for source, _ in block.kept)
    yield from _of(block.label)
    yield from _of(block.pieces)
    yield from _of([block.choice] if block.choice else [])


def _of(pieces: Iterable[Span | Choice]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, Span):
            yield from piece.inserted
            yield from piece.deleted
        else:
            yield from piece.region.sources
