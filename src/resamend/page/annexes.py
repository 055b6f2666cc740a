"""What stands after a draft: its outstanding points one by one, its reasons, its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from resamend.conflict import OptionKind
from resamend.escaping import visible
from resamend.model import Kind
from resamend.page.builder import PageBuilder
from resamend.page.front import named
from resamend.page.presentation import Presentation
from resamend.page.values import HEADINGS, PagePoint
from resamend.redlines import Block, Choice, OptionView, Span, View


class Excerpt(Struct, frozen=True):
    """Hold the text in force of a provision, cut at the place of a point."""

    label: str
    before: str
    base: str
    after: str

    def near(self, words: int) -> Excerpt:
        """Return the excerpt with only so many words on each side.

        >>> Excerpt("a)", "one two three", " four", " five six").near(1)
        Excerpt(label='', before='… three', base=' four', after=' five …')
        """
        left, right = self.before.split(" "), self.after.split(" ")
        if len(left) > words + 1:
            left = ["…", *left[-words:]]
        if len(right) > words + 1:
            right = [*right[: words + 1], "…"]
        label = self.label if len(left) == len(self.before.split(" ")) else ""
        return Excerpt(label, " ".join(left), self.base, " ".join(right))


class ListedPoint(Struct, frozen=True):
    """List an outstanding point with its place among the words in force, escaped."""

    point: PagePoint
    path: str
    place: Excerpt | None


class NumberRow(Struct, frozen=True, kw_only=True):
    """Say which number a provision has in force, and which some ask for.

    ``point`` names the point of which that depends, where it is in dispute.
    """

    block: str
    where: str
    old: str
    new: tuple[tuple[str, str], ...]
    point: str = ""


def excerpt(builder: PageBuilder, id: str) -> Excerpt | None:
    """Return the place of the point ``id`` among the words of a provision, if it has one."""
    if id not in builder.spots:
        return None
    block, place = builder.spots[id]
    choice = block.pieces[place]
    assert isinstance(choice, Choice)
    return Excerpt(
        label=_words_in_force(block.label),
        before=_words_in_force(block.pieces[:place]),
        base=_words_in_force(choice.base),
        after=_words_in_force(block.pieces[place + 1 :]),
    )


def _words_in_force(pieces: Iterable[Span | Choice]) -> str:
    spans = (
        span for piece in pieces for span in ((piece,) if isinstance(piece, Span) else piece.base)
    )
    return "".join(span.text for span in spans if not span.inserted)


def listed_points(builder: PageBuilder) -> tuple[ListedPoint, ...]:
    """Return the outstanding points as they stand in the draft, by number."""
    redline = builder.redline
    if redline.view is View.BASE:
        return ()
    placed = {choice.region.id: choice for choice in builder.choices}
    points = [placed.get(r.id) or builder.unplaced(r) for r in redline.findings.outstanding]
    last = len(points)
    points.sort(key=lambda choice: redline.numbers.get(choice.region.id, last))
    return tuple(
        ListedPoint(
            builder.point(choice),
            visible(choice.region.path),
            _visible(excerpt(builder, choice.region.id)),
        )
        for choice in points
    )


def _visible(place: Excerpt | None) -> Excerpt | None:
    parts = (place.label, place.before, place.base, place.after) if place else ()
    return Excerpt(*map(visible, parts)) if parts else None


def reasons(presentation: Presentation) -> tuple[tuple[str, str], ...]:
    """Return what the proposals give as reasons; nothing where they may not be named."""
    sources = presentation.redline.sources if presentation.named else ()
    return tuple((visible(s.id), visible(s.reasons.strip())) for s in sources if s.reasons.strip())


def number_rows(presentation: Presentation) -> tuple[NumberRow, ...]:
    """Return the provisions whose number somebody changes, and those that are new."""
    rows: list[NumberRow] = []
    above: dict[int, str] = {}
    for block in presentation.redline.blocks:
        above = {depth: name for depth, name in above.items() if depth < block.depth}
        heading = block.kind in HEADINGS
        outside = _path(above)
        if block.choice and not block.choice.laid_out:
            rows += _disputed(presentation, block.choice, outside)
        if heading or block.label:
            above[block.depth] = visible(_called(block, label=not heading))
        where = _path(above)
        rows += _renumbered(presentation, block, where)
        new = tuple(_asked(presentation, block))
        if new and block.kind is not Kind.FOOTNOTE:
            old = "" if block.added else visible(_in_force(block, label=True))
            rows.append(NumberRow(block=block.id, where=outside, old=old, new=new))
    return tuple(rows)


def _renumbered(presentation: Presentation, block: Block, where: str) -> Iterator[NumberRow]:
    for pairs, sources in block.renumbered:
        who = presentation.who(sources)
        for old, new in pairs:
            label = ((visible(new), who),)
            yield NumberRow(block=block.id, where=where, old=visible(old), new=label)


def _disputed(presentation: Presentation, choice: Choice, where: str) -> Iterator[NumberRow]:
    """Yield the numbers that stand or fall with an option: of additions, of what moves."""
    point = named(presentation, choice.region)
    for option in choice.options:
        for block in option.blocks:
            asked = tuple(_asked(presentation, block))
            who = presentation.who(option.sources)
            new = asked or tuple((label, who) for label in _added_label(block, option))
            if new and block.kind is not Kind.FOOTNOTE:
                old = visible(_in_force(block, label=True)) if asked and not block.added else ""
                row = NumberRow(block=block.id, where=where, old=old, new=new, point=point)
                yield row


def _added_label(block: Block, option: OptionView) -> Iterator[str]:
    """Yield the label of what an option adds: the whole is marked as added, the label is not."""
    label = "".join(span.text for span in block.label).strip()
    if label and option.deed is OptionKind.ADD:
        yield visible(label)


def _asked(presentation: Presentation, block: Block) -> Iterator[tuple[str, str]]:
    for span in block.label:
        if span.inserted and span.text.strip():
            yield visible(span.text.strip()), presentation.who(span.inserted)


def _path(above: Mapping[int, str]) -> str:
    return " ".join(above[depth] for depth in sorted(above))


def _called(block: Block, *, label: bool) -> str:
    """Return what a provision is called: in force, or, where it is new, by those who add it."""
    spans = block.label if label else block.pieces
    new = "".join(s.text for s in spans if not isinstance(s, Choice) and not s.deleted)
    return _in_force(block, label=label) or new.strip()


def _in_force(block: Block, *, label: bool) -> str:
    spans = block.label if label else block.pieces
    return "".join(s.text for s in spans if not isinstance(s, Choice) and not s.inserted).strip()
