"""Show the provision of a point as it would read if an option were taken.

Nothing is recorded by it. A trial is a view of a redline: the words of the option stand in the
place of the point, what they replace is struck, and all else in the provision (other points, the
changes that no other proposal addresses) stays as the redline shows it. So it costs as little as
the provision is long, in a draft of any size; that it reads as the record would is held by a law
(``tests/test_trials.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resamend.conflict import OptionKind, Stream
from resamend.consolidation import Sources
from resamend.model import Language
from resamend.redlines.options import compared
from resamend.redlines.spans import divided, without_space
from resamend.redlines.values import Block, Choice, OptionView, Redline, Span, View
from resamend.redlines.views import viewed
from resamend.words import split

TRIED: Sources = ("",)
"""Who asks for what is only tried: nobody. It has no name, so none is printed."""
_DEFAULT = frozenset({OptionKind.RETAIN, OptionKind.AMENDABLE})


class PointSpot(Struct, frozen=True, kw_only=True):
    """Say where a point stands: it is asked about the blocks [start, end) of a redline.

    Its choice is the piece ``piece`` of the first of them, or stands by itself after them (-1).
    """

    choice: Choice
    start: int
    end: int
    piece: int = -1


def point_spots(redline: Redline) -> dict[str, PointSpot]:
    """Map the id of each outstanding point that stands in a redline to its place."""
    spots: dict[str, PointSpot] = {}
    last: dict[str, int] = {}
    for at, block in enumerate(redline.blocks):
        if block.id and not block.split:
            last.setdefault(block.id, at)
        if block.choice and not (block.choice.part or block.choice.again):
            start = _first_asked(block.choice, last, at)
            spots.setdefault(
                block.choice.region.id, PointSpot(choice=block.choice, start=start, end=at)
            )
        for rank, piece in enumerate(block.pieces):
            if isinstance(piece, Choice) and not piece.again:
                end = _last_cut(redline.blocks, at)
                spots.setdefault(
                    piece.region.id, PointSpot(choice=piece, start=at, end=end, piece=rank)
                )
    return spots


def _first_asked(choice: Choice, last: dict[str, int], at: int) -> int:
    """Return where the provision begins that a point is asked of; what is added stands nowhere."""
    if choice.region.stream is Stream.GAP:
        return at
    return last.get(choice.region.target, at) if choice.region.target else 0


def _last_cut(blocks: Sequence[Block], at: int) -> int:
    """Return where a provision ends: after what is split off from it."""
    depth, end = blocks[at].depth, at + 1
    for place in range(at + 1, len(blocks)):
        if blocks[place].depth < depth or not (blocks[place].split or blocks[place].depth > depth):
            break
        end = place + 1 if blocks[place].split and blocks[place].depth == depth else end
    return end


def asked_blocks(redline: Redline, spot: PointSpot) -> tuple[Block, ...]:
    """Return the provision that a point is asked of, as the redline shows it."""
    blocks = redline.blocks[spot.start : spot.end]
    return tuple(block for block in blocks if not block.choice)


def tried(redline: Redline, spot: PointSpot, options: Sequence[OptionView]) -> tuple[Block, ...]:
    """Return the provision of a point with some options in the place of what is in force.

    Without an option, or with the one of nobody, it is the text in force there.
    """
    if spot.piece >= 0:
        return tuple(_among_words(redline, spot, options))
    asked = asked_blocks(redline, spot)
    blocks: tuple[Block, ...] = ()
    for option in options:
        blocks += tuple(map(_as_tried, option.blocks))
    deeds = {option.deed for option in options}
    if OptionKind.ADD in deeds:
        return tuple(replace(block, added=TRIED) for block in blocks)
    if OptionKind.SUPPRESS in deeds:
        return _struck(asked)
    if deeds & {OptionKind.MOVE, OptionKind.JOIN}:
        return (*_struck(asked), *blocks)
    if OptionKind.LABEL in deeds:
        return tuple(_relabelled(asked, options[0]))
    if OptionKind.KEEP in deeds or not deeds:
        return viewed(asked, View.BASE)
    return asked if deeds <= _DEFAULT else blocks


def _among_words(
    redline: Redline, spot: PointSpot, options: Sequence[OptionView]
) -> Iterator[Block]:
    """Put the words of options in the place of a point; what they split off is a block."""
    block = redline.blocks[spot.start]
    pieces: list[Span | Choice] = [
        *block.pieces[: spot.piece],
        *option_words(spot.choice, options, redline.base.language),
        *block.pieces[spot.piece + 1 :],
    ]
    (_, first, _), *rest = divided(pieces)
    yield replace(block, pieces=tuple(without_space(first)))
    for rank, (label, words, sources) in enumerate(rest, 2):
        yield replace(
            block,
            id=f"{block.id}-tried{rank}",
            label=(Span(label, sources),) if label else (),
            pieces=tuple(words),
            split=sources,
        )
    yield from redline.blocks[spot.start + 1 : spot.end]


def option_words(
    choice: Choice, options: Sequence[OptionView], language: Language
) -> tuple[Span, ...]:
    """Return what stands at the place of a point with some options: what they replace is struck."""
    words = [_as_tried_span(span) for option in options for span in option.spans]
    if any(option.deed is not OptionKind.WORDS for option in options) or not options:
        return choice.base
    if any(span.deleted for span in words):  # it says itself what it strikes of a long text
        return tuple(words)
    base = "".join(span.text for span in choice.base)
    plain = not any(span.marks for span in (*words, *choice.base)) and len(options) == 1
    if plain and base and words and choice.base[0].inserted == ():
        return _compared(base, "".join(span.text for span in words), language)
    struck = (replace(span, inserted=(), deleted=TRIED) for span in choice.base)
    return (*struck, *(replace(span, inserted=TRIED) for span in words))


def _compared(base: str, words: str, language: Language) -> tuple[Span, ...]:
    spans = compared(split(base), split(words), TRIED, language)
    if any(span.inserted or span.deleted for span in spans):
        return spans
    return (Span(base, deleted=TRIED), Span(words, inserted=TRIED))


def _as_tried(block: Block) -> Block:
    """Return a block in which what some sources ask for is only tried."""
    return replace(
        block,
        label=tuple(map(_as_tried_span, block.label)),
        pieces=tuple(_as_tried_span(p) if isinstance(p, Span) else p for p in block.pieces),
        added=TRIED if block.added or block.moved_from else (),
        struck=TRIED if block.struck else (),
        kept=(),
    )


def _as_tried_span(span: Span) -> Span:
    return replace(
        span, inserted=TRIED if span.inserted else (), deleted=TRIED if span.deleted else ()
    )


def _struck(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return provisions struck as a whole, in their words in force."""
    return tuple(
        replace(
            block,
            label=tuple(replace(span, deleted=TRIED) for span in block.label),
            pieces=tuple(replace(p, deleted=TRIED) for p in block.pieces if isinstance(p, Span)),
            struck=TRIED,
        )
        for block in viewed(blocks, View.BASE)
    )


def _relabelled(blocks: Sequence[Block], option: OptionView) -> Iterator[Block]:
    """Yield a provision with the label that an option gives it."""
    label = "".join(span.text for span in option.spans)
    for rank, block in enumerate(blocks):
        if rank or not label:
            yield block
        else:
            old = tuple(replace(s, deleted=TRIED) for s in block.label if not s.inserted)
            yield replace(block, label=(*old, Span(label, inserted=TRIED)))
