"""Where things stand in a draft: footnotes, moved and joined provisions, points not yet shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from resamend.conflict import ConflictKind, OptionKind, Region, Standing
from resamend.model import Kind
from resamend.redline import Block, Choice, OptionView, Span, View
from resamend.renderers.edition import Edition

__all__ = ["Places", "choice_of", "choices", "symbol"]


class Places:
    """Index what stands where in a redline.

    ``footnotes`` maps the id of each footnote to its label. A point whose options stand nowhere
    among the blocks (two changes to be read together, say) is ``due`` after its provision, once.
    """

    def __init__(self, edition: Edition) -> None:
        redline = edition.redline
        blocks = [*redline.blocks, *_optional(redline.blocks)]
        self.footnotes = {
            block.id: _label(block) for block in blocks if block.kind is Kind.FOOTNOTE
        }
        self._changed = {
            block.id for block in redline.blocks if block.moved_from and _marked(block)
        }
        there = {choice.region.id for choice in choices(redline.blocks) if not choice.again}
        self._due: dict[str, list[Region]] = defaultdict(list)
        for region in redline.findings.outstanding if redline.view is not View.BASE else ():
            if region.id not in there:
                self._due[region.target].append(region)

    def due(self, id: str) -> list[Choice]:
        """Return the points to be shown after the provision ``id``, if not shown already."""
        return [choice_of(region) for region in self._due.pop(id, ())]

    def left(self) -> list[Choice]:
        """Return the points that stand after no provision."""
        return [choice for id in sorted(self._due) for choice in self.due(id)]

    def changed_there(self, block: Block) -> bool:
        """Tell whether the words of a moved provision are changed, which its new place shows."""
        return block.id in self._changed

    def unchanged(self, choice: Choice, option: OptionView) -> bool:
        """Tell whether an option's provisions stand elsewhere: above, as in force, or laid out."""
        if choice.laid_out:
            return True
        if ConflictKind.MOVE_CYCLE in choice.region.kinds:  # it moves several
            return False
        text = choice.region.options[option.number - 1].text if option.sources else ""
        return option.deed is OptionKind.MOVE and text == choice.region.base


def symbol(edition: Edition, places: Places, block: Block) -> str:
    """Return the symbol of what happens to a provision, as conferences write it."""
    if edition.redline.view is not View.REDLINE:
        return ""
    if block.struck:
        return "SUP*" if block.moved_to or block.along else "SUP"
    spans = [span for span in (*block.label, *block.pieces) if isinstance(span, Span)]
    if block.added:
        return "ADD" if all(span.inserted == block.added for span in spans) else "ADD*"
    if (
        block.split
        or any(isinstance(piece, Choice) for piece in block.pieces)
        or any(span.inserted or span.deleted for span in spans)
    ):
        return "MOD"
    return "NOC" if block.kept else ""


def _marked(block: Block) -> bool:
    """Tell whether something is asked for in the words of a provision that has moved."""
    return any(
        isinstance(piece, Choice)
        or bool(piece.deleted)
        or bool(piece.inserted and piece.inserted != block.added)
        for piece in block.pieces
    )


def _label(block: Block) -> str:
    """Return a footnote's label: the one in force, where it has two."""
    stays = "".join(span.text for span in block.label if not span.inserted)
    return stays or "".join(span.text for span in block.label)


def choices(blocks: tuple[Block, ...]) -> Iterator[Choice]:
    """Yield all choices among some blocks."""
    for block in blocks:
        if block.choice:
            yield block.choice
        yield from (piece for piece in block.pieces if isinstance(piece, Choice))


def _optional(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for choice in choices(blocks):
        for option in choice.options:
            yield from option.blocks


def choice_of(region: Region) -> Choice:
    """Make the choice of a point that has no place among the blocks.

    One whose changes compose has no options: they stand in the text.
    """
    options = (
        OptionView(
            number=number,
            deed=option.deed,
            sources=option.sources,
            spans=(Span(option.text),) if option.text else (),
            place=option.place,
            way=option.way,
        )
        for number, option in enumerate(region.options, 1)
    )
    if region.standing is not Standing.CONTESTED:
        return Choice(number=None, region=region)
    shown = list(options)
    if not region.keeps_base:
        shown.append(OptionView(number=len(shown) + 1, deed=region.otherwise))
    return Choice(number=None, region=region, options=tuple(shown))
