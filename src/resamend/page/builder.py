"""Build a page: what is printed of each provision and each point, and where.

A point whose options stand nowhere among the blocks (two changes to be read together, say) is due
after its provision, once. Each is built once, however often it is printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec.structs import replace

from resamend.conflict import ConflictKind, OptionKind, Region, Standing
from resamend.model import Language
from resamend.page.brackets import Brackets, WholeBracket, brackets_of
from resamend.page.footnotes import footnote_labels, numbered
from resamend.page.front import front_of, kinds, named
from resamend.page.options import Names
from resamend.page.presentation import Presentation, present
from resamend.page.remarks import broken_references, decisions, deed, marked, remarks
from resamend.page.runs import block_runs, expanded, label_runs, runs_of, wholes
from resamend.page.values import OpenBracket, Page, PageBlock, PageOption, PagePoint, Remark
from resamend.redlines import Block, Choice, OptionView, Redline, Span, View
from resamend.redlines.contrasts import contrasted


def page_of(
    redline: Redline,
    names: Names = Names.NAMES,
    ui: Language | None = None,
    *,
    emphasised: bool = False,
) -> Page:
    """Return the page of a draft for a reader; the default language is the text's own.

    ``emphasised`` marks in the options of a point the words that another one does not have.
    """
    shown = expanded(redline)
    presentation = present(contrasted(shown) if emphasised else shown, names, ui)
    return PageBuilder(presentation).page()


def choices(blocks: Iterable[Block]) -> Iterator[Choice]:
    """Yield all choices among some blocks."""
    for block in blocks:
        if block.choice:
            yield block.choice
        yield from (piece for piece in block.pieces if isinstance(piece, Choice))


class PageBuilder:
    """Index what stands where in a redline, and build what is printed of it."""

    def __init__(self, presentation: Presentation) -> None:
        self.presentation = presentation
        self.redline = presentation.redline
        blocks = self.redline.blocks
        self.choices = [choice for choice in choices(blocks) if not choice.again]
        self._points: dict[int, PagePoint] = {}
        self._unplaced: dict[str, Choice] = {}
        self._changed = {block.id for block in blocks if block.moved_from and _is_marked(block)}
        placed = {choice.region.id for choice in self.choices}
        self._due: dict[str, list[Region]] = defaultdict(list)
        outstanding = self.redline.findings.outstanding
        for region in outstanding if self.redline.view is not View.BASE else ():
            if region.id not in placed:
                self._due[region.target].append(region)

    def page(self) -> Page:
        """Return the whole page."""
        blocks = tuple(
            self._placed(place, block) for place, block in enumerate(self.redline.blocks)
        )
        left = tuple(point for id in sorted(self._due) for point in self._due_after(id))
        return Page(
            presentation=self.presentation,
            front=front_of(self.presentation),
            blocks=blocks,
            left=left,
            footnotes=self.footnotes,
            decided=decisions(self.presentation),
        )

    def _placed(self, place: int, block: Block) -> PageBlock:
        """Return what is printed of a provision, with what depends on its place."""
        printed, brackets = self.block(block), self.brackets
        return replace(
            printed,
            opens=tuple(map(self._bracket, brackets.opens.get(place, ()))),
            closes=brackets.closes.get(place, 0),
            bracketed=place in brackets.inside,
            remarks=(*printed.remarks, *self._broken.get(place, ())),
        )

    @cached_property
    def brackets(self) -> Brackets:
        """Return the brackets around what is in dispute as a whole."""
        return brackets_of(self.redline)

    @cached_property
    def _broken(self) -> dict[int, list[Remark]]:
        return broken_references(self.presentation)

    def _bracket(self, bracket: WholeBracket) -> OpenBracket:
        redline = self.redline.view is View.REDLINE
        return OpenBracket(
            id=bracket.region.id,
            name=named(self.presentation, bracket.region),
            symbol=self.presentation.say.sign(bracket.symbol) if redline else "",
        )

    @cached_property
    def footnotes(self) -> dict[str, str]:
        """Map the id of each footnote, those of options too, to its label."""
        return footnote_labels(self.redline.blocks)

    @cached_property
    def spots(self) -> dict[str, tuple[Block, int]]:
        """Map each point among the words of a provision to it, and to its place among them."""
        spots: dict[str, tuple[Block, int]] = {}
        for block in self.redline.blocks:
            for place, piece in enumerate(block.pieces):
                if isinstance(piece, Choice) and not piece.again:
                    spots.setdefault(piece.region.id, (block, place))
        return spots

    def block(self, block: Block) -> PageBlock:
        """Return what is printed of a provision."""
        if block.choice:
            return PageBlock(block=block, points=(self.point(block.choice),))
        block = numbered(block, self.footnotes)
        inside = (p for p in block.pieces if isinstance(p, Choice) and not p.again)
        base = len(block.pieces) > 1
        changed = block.id in self._changed
        return replace(
            _words(block),
            symbol=self.presentation.say.sign(symbol(block))
            if self.redline.view is View.REDLINE
            else "",
            remarks=tuple(
                marked(remark)
                for remark in remarks(self.presentation, block, changed_there=changed)
            ),
            points=tuple(self.point(choice, base=base) for choice in inside),
            due=tuple(self._due_after(block.id)),
        )

    def _due_after(self, id: str) -> list[PagePoint]:
        return [self.point(self.unplaced(region)) for region in self._due.pop(id, ())]

    def unplaced(self, region: Region) -> Choice:
        """Return the choice of a point that has no place among the blocks."""
        if region.id not in self._unplaced:
            self._unplaced[region.id] = choice_of(region)
        return self._unplaced[region.id]

    # -- points -------------------------------------------------------------------------------

    def point(self, choice: Choice, *, base: bool = False) -> PagePoint:
        """Return a point; with ``base``, with the words in force that its options are for."""
        point = self._points.get(id(choice)) or self._point(choice)
        self._points[id(choice)] = point
        return replace(point, base=runs_of(choice.base)) if base and choice.base else point

    def _point(self, choice: Choice) -> PagePoint:
        say, region = self.presentation.say, choice.region
        contested = region.standing is Standing.CONTESTED
        who = "" if contested else say.series(self.presentation.sides(region))
        name, kind = named(self.presentation, region), kinds(self.presentation, region)
        return PagePoint(
            choice=choice,
            name=name,
            kinds=kind,
            who=who,
            title=f"{name} · {kind}{say.aside(who)}",
            options=tuple(self._option(choice, option) for option in choice.options),
            both=self.presentation.both(region),
            readings=tuple(self._readings(region)),
        )

    def _readings(self, region: Region) -> Iterator[PageOption]:
        """Yield how a provision reads to each of those who divide it, where that is a point."""
        if ConflictKind.COMPETING_SPLIT not in region.kinds:
            return
        from resamend.page.splits import divisions

        for number, (sources, blocks) in enumerate(divisions(self.presentation, region), 1):
            yield PageOption(
                option=OptionView(number=number, deed=OptionKind.WORDS, sources=sources),
                name=self.presentation.say("proposal").capitalize(),
                who=self.presentation.who(sources),
                does="",
                words=(),
                blocks=tuple(map(_words, blocks)),
                elsewhere=False,
            )

    def _behind(self, region: Region, option: OptionView) -> str:
        asked = region.options[option.number - 1 : option.number]
        return self.presentation.behind(asked[0], region) if asked else ""

    def _option(self, choice: Choice, option: OptionView) -> PageOption:
        return PageOption(
            option=option,
            name=self.presentation.say("option", n=option.number),
            who=self._behind(choice.region, option),
            does=deed(self.presentation, choice, option),
            words=runs_of(option.spans),
            blocks=tuple(
                replace(printed, wholes=()) if option.deed is OptionKind.ADD else printed
                for printed in (_words(numbered(block, self.footnotes)) for block in option.blocks)
            ),
            elsewhere=_stands_elsewhere(choice, option),
        )


def _words(block: Block) -> PageBlock:
    return PageBlock(
        block=block, label=label_runs(block), words=block_runs(block), wholes=wholes(block)
    )


def _stands_elsewhere(choice: Choice, option: OptionView) -> bool:
    """Tell whether an option's provisions stand elsewhere: above, as in force, or laid out."""
    if choice.laid_out:
        return True
    if ConflictKind.MOVE_CYCLE in choice.region.kinds:  # it moves several
        return False
    text = choice.region.options[option.number - 1].text if option.sources else ""
    return option.deed is OptionKind.MOVE and text == choice.region.base


def symbol(block: Block) -> str:
    """Return the symbol of what happens to a provision, as conferences write it."""
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


def _is_marked(block: Block) -> bool:
    """Tell whether something is asked for in the words of a provision that has moved."""
    return any(
        isinstance(piece, Choice)
        or bool(piece.deleted)
        or bool(piece.inserted and piece.inserted != block.added)
        for piece in block.pieces
    )


def choice_of(region: Region) -> Choice:
    """Make the choice of a point that has no place among the blocks.

    One whose changes compose has no options: they stand in the text.
    """
    if region.standing is not Standing.CONTESTED:
        return Choice(number=None, region=region)
    options = [
        OptionView(
            number=number,
            deed=option.deed,
            sources=option.sources,
            spans=(Span(option.text),) if option.text else (),
            place=option.place,
            way=option.way,
        )
        for number, option in enumerate(region.options, 1)
    ]
    if not region.keeps_base:
        options.append(OptionView(number=len(options) + 1, deed=region.otherwise))
    return Choice(number=None, region=region, options=tuple(options))
