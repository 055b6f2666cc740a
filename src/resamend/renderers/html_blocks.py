"""Turn what is shown of a draft into paragraphs and points as a page prints them.

One page holds all views: each element says in which it stands, the style sheet hides the others.
What somebody adds is not in the text in force; what somebody strikes is not in the result.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from resamend.conflict import OptionKind, Standing, Stream
from resamend.model import Kind
from resamend.page.front import kinds, named
from resamend.page.options import Names
from resamend.page.places import Places, choices, symbol
from resamend.page.presentation import Presentation
from resamend.page.remarks import deed, remarks
from resamend.page.runs import Role, label_runs, runs_of, shown, wholes
from resamend.redlines import Block, Choice, OptionView, Span, View
from resamend.renderers.html_runs import HtmlRunWriter, point_anchor

_APART = frozenset({Kind.NUMBER, Kind.TITLE, Kind.ENACTING})
_HEADINGS = frozenset({Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX})


class Option(Struct, frozen=True, kw_only=True):
    """Hold an option of a point as it is printed."""

    name: str
    who: Markup
    told: str
    words: Markup
    paragraphs: tuple[Paragraph, ...]


class Point(Struct, frozen=True, kw_only=True):
    """Hold an outstanding point as it is printed; ``level`` is that of its heading."""

    anchor: str
    name: str
    level: int
    kind: str
    who: str
    base: Markup | None
    options: tuple[Option, ...]
    both: tuple[str, ...]


class Remark(Struct, frozen=True):
    """Hold what is said of a provision, and what of it is said without names."""

    told: str
    bare: str


class Paragraph(Struct, frozen=True, kw_only=True):
    """Hold a provision as it is printed; ``kind`` is one of few classes.

    ``fates`` are the classes that say in which views it stands. ``tail`` are words that in force
    are the end of it, and which somebody cuts off. ``due`` are the anchors and names of the points
    that are about the provision as a whole, to be named beside it.
    """

    anchor: str = ""
    kind: str = "item"
    depth: int = 0
    fates: tuple[str, ...] = ()
    symbol: str = ""
    who: Markup | None = None
    label: Markup | None = None
    text: Markup | None = None
    tail: Markup | None = None
    due: tuple[tuple[str, str], ...] = ()
    remarks: tuple[Remark, ...] = ()
    points: tuple[Point, ...] = ()

    @property
    def classes(self) -> str:
        """Return the classes of the paragraph."""
        found = [self.kind, f"d{min(self.depth, 4)}", *self.fates]
        return " ".join(["p", *found, *(["changed"] if self.symbol else [])])

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to print."""
        return not (self.label or self.text or self.remarks or self.points)


class Pages:
    """Turn blocks into paragraphs."""

    def __init__(self, presentation: Presentation, colours: Mapping[str, int]) -> None:
        self.presentation = presentation
        self.bare = replace(presentation, names=Names.NONE)
        self.places = Places(presentation)
        self.writer: HtmlRunWriter = HtmlRunWriter(presentation, colours, self.places.footnotes)
        self.anchors: set[str] = set()
        self.due = self._due()
        self.level = 3

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Return the paragraphs of the draft."""
        made: list[Paragraph] = []
        last: dict[int, int] = {}
        for block in self.presentation.redline.blocks:
            if block.kind in _HEADINGS:
                self.level = 4
            if block.split and not block.added:
                whole = last[block.depth]
                tail = (made[whole].tail or Markup("")) + self._in_force(block)
                made[whole] = replace(made[whole], tail=tail)
            elif not block.added and not block.choice:
                last[block.depth] = len(made)
            made.append(self._only(block.choice, block) if block.choice else self._block(block))
        left = tuple(self.point(choice) for choice in self.places.left())
        if left:
            made.append(Paragraph(kind="only", fates=("added",), points=left))
        return tuple(paragraph for paragraph in made if not paragraph.empty)

    def _only(self, choice: Choice, block: Block) -> Paragraph:
        depth, points = max(block.depth - 1, 0), (self.point(choice),)
        return Paragraph(kind="only", depth=depth, fates=("added",), points=points)

    def _block(self, block: Block) -> Paragraph:
        inside = [p for p in block.pieces if isinstance(p, Choice) and not p.again]
        base = len(block.pieces) > 1
        points = [self.point(choice, base=base) for choice in inside]
        points += [self.point(choice) for choice in self.places.due(block.id)]
        return replace(
            self._laid(block),
            anchor=self._anchor(block.id),
            fates=tuple(_fates(block)),
            symbol=symbol(self.presentation, self.places, block),
            due=tuple(self.due.pop(block.id, ())),
            remarks=tuple(self._remarks(block)),
            points=tuple(points),
        )

    def _remarks(self, block: Block) -> Iterator[Remark]:
        told = (remarks(each, self.places, block) for each in (self.presentation, self.bare))
        for piece, bare in zip(*told, strict=True):
            yield Remark(piece.text, bare.text)

    def _laid(self, block: Block, option: OptionView | None = None) -> Paragraph:
        """Lay out label and words; in an option that only adds, nothing is marked."""
        fates = () if option and option.deed is OptionKind.ADD else wholes(block)
        label = self.writer.pieces(label_runs(block), labelled=False)
        text = self.writer.pieces(shown(block), labelled=option is None)
        for role, sources in reversed(fates):
            text = self.writer.changed(role, sources, text) if text else text
            label = self._label(label, role, sources) if label else label
        askers = [sources for _, sources in fates] or [_relabelled(block)]
        return Paragraph(
            kind=_kind(block),
            depth=max(block.depth - (0 if option else 1), 0),
            who=None if option else self._names(askers),
            label=label,
            text=text,
        )

    def _names(self, askers: Iterable[tuple[str, ...]]) -> Markup:
        return Markup("").join(self.writer.names(sources) for sources in dict.fromkeys(askers))

    def _label(self, label: Markup, role: Role, sources: tuple[str, ...]) -> Markup:
        element = Markup("del" if role is Role.DELETED else "ins")
        colour = self.writer.colour(sources)
        return Markup('<{0} class="{1}">{2}</{0}>').format(element, colour, label)

    def _in_force(self, block: Block) -> Markup:
        """Return the words in force of a block, unmarked."""
        flat = [s for p in block.pieces for s in ((p,) if isinstance(p, Span) else p.base)]
        return self.writer.pieces(
            runs_of(replace(span, deleted=()) for span in flat if not span.inserted)
        )

    def _anchor(self, id: str) -> str:
        """Return an anchor that occurs once; a provision that moved stands at two places."""
        name = "p-" + re.sub(r"[^A-Za-z0-9_.-]", "-", id)
        anchor, rank = name, 1
        while anchor in self.anchors:
            rank += 1
            anchor = f"{name}-{rank}"
        self.anchors.add(anchor)
        return anchor

    # -- points -------------------------------------------------------------------------------

    def _due(self) -> dict[str, list[tuple[str, str]]]:
        """Return, per provision, the points about it that are not named among its words."""
        redline = self.presentation.redline
        among = {
            choice.region.id
            for block in redline.blocks
            for choice in choices((replace(block, choice=None),))
        }
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for region in redline.findings.outstanding if redline.view is not View.BASE else ():
            if region.id not in among and region.stream is not Stream.GAP:
                anchor = point_anchor(self.presentation, region.id)
                found[region.target].append((anchor, named(self.presentation, region)))
        return found

    def point(self, choice: Choice, *, base: bool = False) -> Point:
        """Return a point; with ``base``, with the words in force that its options are for."""
        region = choice.region
        soft = region.standing is not Standing.CONTESTED
        return Point(
            anchor=point_anchor(self.presentation, region.id),
            name=named(self.presentation, region),
            level=self.level,
            kind=kinds(self.presentation, region),
            who=self.presentation.say.series(self.presentation.sides(region)) if soft else "",
            base=self.writer.pieces(runs_of(choice.base)) if base and choice.base else None,
            options=tuple(self._option(choice, option) for option in choice.options),
            both=self.presentation.both(region),
        )

    def _option(self, choice: Choice, option: OptionView) -> Option:
        blocks = () if self.places.unchanged(choice, option) else option.blocks
        return Option(
            name=self.presentation.say("option", n=option.number),
            who=self.writer.names(option.sources, spoken=True),
            told=deed(self.presentation, self.places, choice, option),
            words=self.writer.pieces(runs_of(option.spans), labelled=False),
            paragraphs=tuple(
                self._laid(block, option) for block in blocks if block.label or block.pieces
            ),
        )


def _fates(block: Block) -> Iterator[str]:
    """Yield the classes that say in which views a block stands."""
    if block.added:
        yield "added"
    if block.struck:
        yield "struck"
    if block.split and not block.added:
        yield "cut"


def _relabelled(block: Block) -> tuple[str, ...]:
    """Return who gives a provision another label."""
    return tuple(sorted({id for s in block.label for id in (*s.inserted, *s.deleted)}))


def _kind(block: Block) -> str:
    """Return the class of a provision."""
    if block.kind in _APART:
        return block.kind.value
    if block.kind in _HEADINGS:
        return "heading"
    if block.kind is Kind.FOOTNOTE:
        return "footnote"
    return "item" if block.label else "text"
