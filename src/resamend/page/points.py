"""The points one at a time, as a wall shows them: each with its sentence, its options, its trials.

What is said and in which words is decided here, once; a writer lays it out. A point whose question
is answered stays among them, with its record, so that the group sees how far it has come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from resamend.conflict import Region, Standing, Stream
from resamend.decision import Record
from resamend.escaping import visible
from resamend.model import Kind
from resamend.page.builder import PageBuilder
from resamend.page.front import banner, kinds, left_open, named, title
from resamend.page.options import RenderOptions
from resamend.page.presentation import Presentation, present
from resamend.page.records import record_line
from resamend.page.runs import block_runs, expanded, label_runs, wholes
from resamend.page.values import PageBlock, PageOption, Runs
from resamend.redlines import Block, Choice, OptionView, Redline, Span
from resamend.redlines.contrasts import contrasted
from resamend.redlines.trials import PointSpot, asked_blocks, point_spots, tried

_MOST = 8
"""Paragraphs of a reading that are shown; of a whole section the first will do."""
_FEW = 4
"""Paragraphs that a card shows; its trial shows more."""


class PointStatus(StrEnum):
    """Say how far the group has come with a point."""

    RECORDED = "recorded"
    BRACKETED = "bracketed"
    DEFERRED = "deferred"
    OPEN = "open"


class ShownReading(Struct, frozen=True):
    """Print the provision of a point as it would stand; ``more`` paragraphs are left out."""

    blocks: tuple[PageBlock, ...] = ()
    more: int = 0


class Card(Struct, frozen=True, kw_only=True):
    """Print an option: the key that tries it, its words or what it does, who asks for it.

    Key 0 is the text in force. ``count`` stands for the names where fewer are wanted; ``symbols``
    are those of the proposals. ``says`` tells what is tried.
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
    trial: ShownReading = ShownReading()


class PointSlide(Struct, frozen=True, kw_only=True):
    """Print one point. ``record`` says what was decided, or that it was left open."""

    id: str
    number: int | None
    name: str
    where: str
    kind: str
    status: PointStatus
    record: str = ""
    before: PageBlock | None = None
    after: PageBlock | None = None
    reading: ShownReading = ShownReading()
    cards: tuple[Card, ...] = ()
    combined: bool = False
    notes: tuple[str, ...] = ()


class PointShow(Struct, frozen=True, kw_only=True):
    """Print all points of a draft in the order of their numbers."""

    presentation: Presentation
    banner: str
    title: tuple[str, str]
    progress: str
    slides: tuple[PointSlide, ...]
    footnotes: dict[str, str]


def point_show(redline: Redline, options: RenderOptions) -> PointShow:
    """Return the points of a draft, each by itself."""
    maker = _SlideMaker(redline, options)
    slides = tuple(maker.slides())
    return PointShow(
        presentation=maker.presentation,
        banner=banner(maker.presentation),
        title=title(redline),
        progress=progress(maker.presentation, [slide.status for slide in slides]),
        slides=slides,
        footnotes=maker.builder.footnotes,
    )


def progress(presentation: Presentation, statuses: Sequence[PointStatus]) -> str:
    """Say how far the group has come: how many points, and how many of them are settled."""
    say, counted = presentation.say, Counter(statuses)
    parts = [say(f"count_{s}", n=counted[s]) for s in PointStatus if counted[s]]
    key = "progress_1" if len(statuses) == 1 else "progress_n"
    return say(key, n=len(statuses), list=say("comma").join(parts))


class _SlideMaker:
    """Build what is printed of each point of a draft."""

    def __init__(self, redline: Redline, options: RenderOptions) -> None:
        self.redline = redline
        shown = contrasted(expanded(redline))
        presentation = present(shown, options.shown_names, options.ui)
        self.presentation = replace(presentation, grouped=True)
        self.say = presentation.say
        self.builder = PageBuilder(self.presentation)
        self.choices = {c.region.id: c for c in self.builder.choices if not c.part}
        self.spots = point_spots(redline)
        self.at: dict[str, int] = {}
        for at, block in enumerate(redline.blocks):
            if block.id:
                self.at.setdefault(block.id, at)
        self.left_open = left_open(redline)

    def slides(self) -> Iterator[PointSlide]:
        """Yield the points by number, those that have none last."""
        slides = [self.slide(region) for region in self.redline.findings.outstanding]
        shown = {slide.number for slide in slides}
        held = {r.record.point: r.record for r in self.redline.records if r.settles}
        slides += [self._recorded(held[n]) for n in held if n and n not in shown]
        yield from sorted(slides, key=lambda slide: (slide.number is None, slide.number or 0))

    # -- one point --------------------------------------------------------------------------------

    def slide(self, region: Region) -> PointSlide:
        """Return an outstanding point."""
        record = self.left_open.get(region.id)
        spot = self.spots.get(region.id)
        start, end = self._asked(region, spot)
        choice = self.choices.get(region.id)
        return PointSlide(
            id=region.id,
            number=self.redline.numbers.get(region.id),
            name=named(self.presentation, region),
            where=visible(region.path),
            kind=kinds(self.presentation, region),
            status=_status(record),
            record=self._said(record) if record else "",
            before=self._beside(start - 1, -1),
            after=self._beside(end, 1),
            reading=self._reading(self._stands(start, end, spot)),
            cards=tuple(self._cards(spot, choice)) if spot and choice else self._composed(region),
            combined=_one_gap(region),
            notes=tuple(self.say.sentence(note) for note in self.presentation.both(region)),
        )

    def _recorded(self, record: Record) -> PointSlide:
        at = next((k for k, b in enumerate(self.redline.blocks) if record in b.records), -1)
        blocks = self.redline.blocks[at : at + 1] if at >= 0 else ()
        return PointSlide(
            id=record.region,
            number=record.point,
            name=self.say("point", n=record.point),
            where=visible(record.path),
            kind="",
            status=PointStatus.RECORDED,
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
            says=self.say("trying_in_force"),
            trial=trial,
        )
        for printed in point.options:
            if printed.option.sources:
                yield self._card(spot, printed)

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
            trial=trial,
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
                trial=self._reading((text,)),
                words=self._printed((text,))[0].words,
            ),
        )


def _one_gap(region: Region) -> bool:
    """Tell whether options can stand together: each adds something at one and the same place."""
    words = region.stream is Stream.TEXT and region.lo == region.hi and region.lo % 2 == 0
    return len(region.options) > 1 and (region.stream is Stream.GAP or words)


def _status(record: Record | None) -> PointStatus:
    from resamend.decision import DecisionKind

    if record is None:
        return PointStatus.OPEN
    deferred = record.act is DecisionKind.DEFER
    return PointStatus.DEFERRED if deferred else PointStatus.BRACKETED
