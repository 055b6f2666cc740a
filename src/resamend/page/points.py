"""The points one at a time, as a wall shows them: each with its sentence, its options, its trials.

What is said and in which words is decided here, once; a writer lays it out. A point whose question
is answered stays among them, with its record, so that the group sees how far it has come.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from resamend.conflict import Gate, OptionKind, Region, Standing, Stream
from resamend.decision import DecisionKind, Record
from resamend.decision.bracketed import bracket_reading
from resamend.escaping import visible
from resamend.model import Kind
from resamend.page.builder import PageBuilder
from resamend.page.front import banner, first_lines, kinds, named
from resamend.page.options import RenderOptions
from resamend.page.presentation import Presentation, present
from resamend.page.progress import PointStatus, held, left_open, progress, status_of
from resamend.page.records import record_line
from resamend.page.runs import block_runs, expanded, label_runs, wholes
from resamend.page.values import PageBlock, PageOption, Runs
from resamend.redlines import Block, Choice, OptionView, Redline, Span
from resamend.redlines.contrasts import contrasted
from resamend.redlines.trials import TRIED, PointSpot, asked_blocks, point_spots, tried

_MOST = 8
"""Paragraphs of a reading that are shown; of a whole section the first will do."""
_FEW = 4
"""Paragraphs that a card shows; its trial shows more."""


TYPED = 99
"""The key of words typed from the floor: none that is pressed."""
_GATE_ACTS = {
    Gate.SUPPRESS: (DecisionKind.SUPPRESS, DecisionKind.RETAIN),
    Gate.NO_CHANGE: (DecisionKind.NO_CHANGE, DecisionKind.AMENDABLE),
}


class ShownReading(Struct, frozen=True):
    """Print the provision of a point as it would stand; ``more`` paragraphs are left out."""

    blocks: tuple[PageBlock, ...] = ()
    more: int = 0


class Card(Struct, frozen=True, kw_only=True):
    """Print an option: the key that tries it, its words or what it does, who asks for it.

    Key 0 is the text in force. ``count`` stands for the names where fewer are wanted; ``symbols``
    are those of the proposals. ``says`` tells what is tried, ``act`` what would be recorded of it.
    """

    key: int
    name: str
    who: str = ""
    count: str = ""
    symbols: str = ""
    does: str = ""
    words: Runs = ()
    blocks: tuple[PageBlock, ...] = ()
    says: str = ""
    act: DecisionKind = DecisionKind.TAKE
    trial: ShownReading = ShownReading()


class PointStep(Struct, frozen=True, kw_only=True):
    """Name a point among the others: its place, and how far the group has come with it.

    ``record`` is what was decided, or that it was left open.
    """

    id: str
    number: int | None
    name: str
    where: str
    status: PointStatus
    region: Region | None = None
    record: Record | None = None

    @property
    def anchor(self) -> str:
        """Return the anchor of the point: its number, or, where it has none, its id."""
        return f"point-{self.id if self.number is None else self.number}"


class PointSlide(Struct, frozen=True, kw_only=True):
    """Print one point. ``record`` says what was decided, or that it was left open."""

    step: PointStep
    kind: str = ""
    record: str = ""
    before: PageBlock | None = None
    after: PageBlock | None = None
    reading: ShownReading = ShownReading()
    cards: tuple[Card, ...] = ()
    combined: bool = False
    notes: tuple[str, ...] = ()


class PointShow(Struct, frozen=True, kw_only=True):
    """Print the points of a draft: all ``steps``, and some of them or all as ``slides``."""

    presentation: Presentation
    banner: str
    title: tuple[str, str]
    progress: str
    steps: tuple[PointStep, ...]
    slides: tuple[PointSlide, ...]
    footnotes: Mapping[str, str]


def point_show(
    redline: Redline,
    options: RenderOptions,
    only: Container[str] | None = None,
    typed: str = "",
) -> PointShow:
    """Return the points of a draft, each by itself; of those not in ``only`` the step alone.

    ``typed`` are words from the floor, to be tried in the points that are shown.
    """
    maker = _SlideMaker(redline, options, typed, only)
    steps = maker.steps()
    return PointShow(
        presentation=maker.presentation,
        banner=banner(maker.presentation),
        title=first_lines(redline.base),
        progress=progress(maker.say, [step.status for step in steps]),
        steps=steps,
        slides=tuple(maker.slide(step) for step in steps if only is None or step.id in only),
        footnotes=maker.builder.footnotes if only is None or only else {},
    )


class _SlideMaker:
    """Build what is printed of each point of a draft."""

    def __init__(
        self, redline: Redline, options: RenderOptions, typed: str, only: Container[str] | None
    ) -> None:
        self.redline = redline
        self.typed = typed
        self.only = only
        presentation = present(redline, options.shown_names, options.ui)
        self.presentation = presentation
        self.say = presentation.say
        self.left_open = left_open(redline)

    @cached_property
    def spots(self) -> Mapping[str, PointSpot]:
        """Map each point that stands in the redline to its place."""
        return point_spots(self.redline)

    @cached_property
    def at(self) -> Mapping[str, int]:
        """Map each provision to its block."""
        return {b.id: at for at, b in reversed(list(enumerate(self.redline.blocks))) if b.id}

    @cached_property
    def builder(self) -> PageBuilder:
        """Build what is printed of options: of those alone that are shown, in a large draft."""
        blocks = self.redline.blocks
        if self.only is not None:
            blocks = tuple(block for block in blocks if self._is_wanted(block))
        narrowed = contrasted(expanded(replace(self.redline, blocks=blocks)))
        return PageBuilder(replace(self.presentation, redline=narrowed))

    def _is_wanted(self, block: Block) -> bool:
        """Tell whether a block holds a point that is shown, or a footnote that one may refer to."""
        points = [block.choice] if block.choice else []
        points += [piece for piece in block.pieces if isinstance(piece, Choice)]
        only = self.only or ()
        return block.kind is Kind.FOOTNOTE or any(point.region.id in only for point in points)

    @cached_property
    def choices(self) -> Mapping[str, Choice]:
        """Map each point that is shown to its choice."""
        return {c.region.id: c for c in self.builder.choices if not c.part}

    def steps(self) -> tuple[PointStep, ...]:
        """Return the points by number, those that have none last."""
        steps = [self._open(region) for region in self.redline.findings.outstanding]
        steps += map(self._held, held(self.redline).values())
        return tuple(sorted(steps, key=lambda step: (step.number is None, step.number or 0)))

    def _open(self, region: Region) -> PointStep:
        record = self.left_open.get(region.id)
        return PointStep(
            id=region.id,
            number=self.redline.numbers.get(region.id),
            name=named(self.presentation, region),
            where=visible(region.path),
            status=status_of(record),
            region=region,
            record=record,
        )

    def _held(self, record: Record) -> PointStep:
        return PointStep(
            id=record.region,
            number=record.point,
            name=self.say("point", n=record.point),
            where=visible(record.path),
            status=PointStatus.RECORDED,
            record=record,
        )

    # -- one point --------------------------------------------------------------------------------

    def slide(self, step: PointStep) -> PointSlide:
        """Return a point by itself."""
        if step.region is None:
            return self._recorded(step)
        region, spot = step.region, self.spots.get(step.id)
        start, end = self._asked(region, spot)
        return PointSlide(
            step=step,
            kind=kinds(self.presentation, region),
            record=self._said(step.record) if step.record else "",
            before=self._beside(start - 1, -1),
            after=self._beside(end, 1),
            reading=self._reading(self._stands(start, end, spot)),
            cards=tuple(self._all_cards(region, spot)),
            combined=_one_gap(region),
            notes=tuple(self.say.sentence(note) for note in self.presentation.both(region)),
        )

    def _recorded(self, step: PointStep) -> PointSlide:
        record = step.record
        assert record is not None
        at = next((k for k, b in enumerate(self.redline.blocks) if record in b.records), -1)
        blocks = self.redline.blocks[at : at + 1] if at >= 0 else ()
        return PointSlide(
            step=step,
            record=self._said(record),
            before=self._beside(at - 1, -1) if at >= 0 else None,
            after=self._beside(at + 1, 1) if at >= 0 else None,
            reading=self._reading(blocks),
        )

    def _said(self, record: Record) -> str:
        return record_line(self.presentation, record, named=self.presentation.named)

    def _asked(self, region: Region, spot: PointSpot | None) -> tuple[int, int]:
        """Return which blocks a point is asked of; what is composed stands nowhere by itself."""
        if spot:
            return spot.start, spot.end
        at = self.at.get(region.target, -1)
        return (at, at + 1) if at >= 0 else (0, 0)

    def _stands(self, start: int, end: int, spot: PointSpot | None) -> Sequence[Block]:
        return asked_blocks(self.redline, spot) if spot else self.redline.blocks[start:end]

    def _beside(self, at: int, step: int) -> PageBlock | None:
        """Return the paragraph next to a point."""
        blocks = self.redline.blocks
        while 0 <= at < len(blocks) and (blocks[at].choice or not blocks[at].pieces):
            at += step
        return self._printed(blocks[at : at + 1])[0] if 0 <= at < len(blocks) else None

    def _reading(self, blocks: Sequence[Block]) -> ShownReading:
        written = [block for block in blocks if block.pieces or block.label]
        return ShownReading(self._printed(written[:_MOST]), max(len(written) - _MOST, 0))

    def _printed(self, blocks: Sequence[Block]) -> tuple[PageBlock, ...]:
        shown = expanded(replace(self.redline, blocks=tuple(blocks))).blocks
        return tuple(
            PageBlock(block=b, label=label_runs(b), words=block_runs(b), wholes=wholes(b))
            for b in shown
        )

    # -- options ----------------------------------------------------------------------------------

    def _all_cards(self, region: Region, spot: PointSpot | None) -> Iterator[Card]:
        choice = self.choices.get(region.id)
        if region.is_bracketed:
            yield from self._in_brackets(region)
        elif spot and choice:
            yield from self._cards(spot, choice)
        else:
            yield from self._composed(region)

    def _in_brackets(self, region: Region) -> Iterator[Card]:
        """Yield what the text in force leaves open in brackets, each in its paragraph."""
        point = self.builder.point(self.builder.unplaced(region))
        for printed, option in zip(point.options, region.options, strict=True):
            stands = bracket_reading(self.redline.base, region, option.id)
            pieces = (Span(stands.text, marks=stands.marks),) if stands else ()
            label = (Span(stands.label),) if stands and stands.label else ()
            text = Block(kind=Kind.ITEM, label=label, pieces=pieces)
            yield Card(
                key=printed.option.number,
                name=printed.name,
                who=printed.who,
                does=printed.does,
                words=printed.words,
                says=self.say("trying", option=printed.name),
                trial=self._reading((text,)),
            )

    def _cards(self, spot: PointSpot, choice: Choice) -> Iterator[Card]:
        """Yield the text in force, then the options in the order of their symbols."""
        point = self.builder.point(choice, base=True)
        stays = [option for option in point.options if not option.option.sources]
        gate = stays[0].does if stays and choice.region.gate else ""
        trial = self._reading(tried(self.redline, spot, self._original(spot, stays)))
        shown = () if spot.piece >= 0 or gate else trial.blocks
        yield Card(
            key=0,
            name=stays[0].name if gate else self.say("text_in_force").capitalize(),
            does=gate or ("" if choice.base or shown else self.say("nothing_here")),
            words=point.base,
            blocks=shown[:_FEW],
            says=self.say("trying", option=stays[0].name) if gate else self.say("trying_in_force"),
            act=_GATE_ACTS[choice.region.gate][1] if choice.region.gate else DecisionKind.KEEP,
            trial=trial,
        )
        for printed in point.options:
            if printed.option.sources:
                yield self._card(spot, printed)
        if self.typed.strip():
            yield self._typed(spot)

    def _original(self, spot: PointSpot, printed: Sequence[PageOption]) -> tuple[OptionView, ...]:
        """Return the options of the redline that are printed, their words as they are stored."""
        numbers = {option.option.number for option in printed}
        return tuple(option for option in spot.choice.options if option.number in numbers)

    def _card(self, spot: PointSpot, printed: PageOption) -> Card:
        sources = printed.option.sources
        named_ids = sources if self.presentation.named else ()
        trial = self._reading(tried(self.redline, spot, self._original(spot, [printed])))
        blocks = () if printed.elsewhere else printed.blocks
        if not (blocks or printed.words):  # the paragraph as it would stand
            blocks = trial.blocks
        return Card(
            key=printed.option.number,
            name=printed.name,
            who=printed.who,
            count=self.say.counted("proponents", len(self.presentation.people(sources))),
            symbols=visible(", ".join(named_ids)),
            does=printed.does,
            words=printed.words,
            blocks=blocks[:_FEW],
            says=self.say("trying", option=printed.name),
            act=_GATE_ACTS[gate][0] if (gate := spot.choice.region.gate) else DecisionKind.TAKE,
            trial=trial,
        )

    def _typed(self, spot: PointSpot) -> Card:
        """Return words from the floor as if they were an option."""
        base = "".join(span.text for span in spot.choice.base)
        lead = base[: len(base) - len(base.lstrip())] if base else " "
        if spot.piece >= 0:
            words = (Span(lead + self.typed.strip()),)
            option = OptionView(number=TYPED, deed=OptionKind.WORDS, spans=words)
            blocks = tried(self.redline, spot, [option])
        else:
            words = (Span(self.typed.strip(), inserted=TRIED),)
            blocks = (Block(kind=Kind.TEXT, pieces=words, added=TRIED),)
        return Card(
            key=TYPED,
            name=self.say("from_floor"),
            says=self.say("trying", option=self.say("from_floor")),
            act=DecisionKind.TEXT,
            trial=self._reading(blocks),
        )

    def _composed(self, region: Region) -> tuple[Card, ...]:
        """Return the one text that several changes give together, where it is to be read."""
        if region.standing is not Standing.COMPOSED or not region.composed:
            return ()
        text = Block(kind=Kind.TEXT, pieces=(Span(region.composed),))
        return (
            Card(
                key=1,
                name=self.say("reads"),
                who=self.say.series(self.presentation.sides(region)),
                says=self.say("trying_together"),
                act=DecisionKind.ACKNOWLEDGE,
                trial=self._reading((text,)),
                words=self._printed((text,))[0].words,
            ),
        )


def _one_gap(region: Region) -> bool:
    """Tell whether options can stand together: each adds something at one and the same place."""
    words = region.stream is Stream.TEXT and region.lo == region.hi and region.lo % 2 == 0
    return len(region.options) > 1 and (region.stream is Stream.GAP or words)
