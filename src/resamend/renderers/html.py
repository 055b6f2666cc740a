"""Write a draft as one HTML file that needs nothing else: no script, no font, no network.

The summary comes first, then the draft. The file works on paper, without styles and read aloud; it
has a light and a dark look. Its Content-Security-Policy lets nothing in but its own style sheet.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from resamend.conflict import Deed, Standing
from resamend.model import Kind, Language
from resamend.redline import Block, Choice, OptionView, Redline, View
from resamend.renderers.edition import Edition, Names, edition
from resamend.renderers.escaping import visible
from resamend.renderers.palette import PALETTES, Ground, colour_indexes
from resamend.renderers.places import Places, symbol
from resamend.renderers.remarks import deed, remarks
from resamend.renderers.summary import (
    banner,
    counts,
    heard,
    kinds,
    likenesses,
    named,
    point_rows,
    source_rows,
)
from resamend.renderers.tidy import Role, expanded, shown, shown_label, tidied, wholes

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

    from resamend.renderers.markup import Writer

__all__ = ["render_html"]

_APART = frozenset({Kind.NUMBER, Kind.TITLE, Kind.ENACTING})
_HEADINGS = frozenset({Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX})


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Hold an option of a point as it is printed."""

    name: str
    who: Markup
    told: str
    words: Markup
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Hold an outstanding point as it is printed."""

    anchor: str
    name: str
    kind: str
    who: str
    base: Markup | None
    options: tuple[Option, ...]
    both: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Hold a provision as it is printed; ``kind`` is one of few classes."""

    anchor: str = ""
    kind: str = "item"
    depth: int = 0
    symbol: str = ""
    who: Markup | None = None
    label: Markup | None = None
    text: Markup | None = None
    remarks: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()


def render_html(
    redline: Redline,
    *,
    names: Names = Names.NAMES,
    ui: Language | None = None,
    colours: Mapping[str, int] | None = None,
) -> str:
    """Return a draft as one HTML file.

    ``ui`` is the reader's language, the text's own if absent; ``colours`` gives sources the
    colours they have in their dossier, from 0.
    """
    from resamend.renderers.markup import point_anchor

    told = edition(expanded(redline), names, ui)
    known = colour_indexes([source.id for source in redline.sources], colours)
    pages = _Pages(told, known)
    style = _style()
    standing, by_kind = counts(told)
    return _template().render(
        say=told.say,
        text=redline.base.language,
        policy=base64.b64encode(sha256(style.encode()).digest()).decode(),
        style=style,
        banner=banner(told),
        title=_title(redline),
        heard=heard(told),
        view=redline.view.value,
        summarised=redline.view is not View.BASE and bool(redline.sources),
        counts=standing,
        kinds=by_kind,
        sources=[(row, pages.writer.colour((row.id,))) for row in source_rows(told)],
        points=[(row, point_anchor(told, row.id)) for row in point_rows(told)],
        likenesses=likenesses(told),
        paragraphs=list(pages.paragraphs()),
        named=bool(redline.sources and told.who([redline.sources[0].id])),
    )


def _title(redline: Redline) -> tuple[str, str]:
    """Return the number line and title in force, for the head of the page."""
    found = {Kind.NUMBER: "", Kind.TITLE: ""}
    for top in redline.base.provisions:
        for provision in (top, *top.children):
            if provision.kind in found and not found[provision.kind]:
                found[provision.kind] = visible(provision.text)
    return found[Kind.NUMBER], found[Kind.TITLE]


class _Pages:
    """Turn blocks into paragraphs."""

    def __init__(self, edition: Edition, colours: Mapping[str, int]) -> None:
        from resamend.renderers.markup import Writer

        self.edition = edition
        self.places = Places(edition)
        self.writer: Writer = Writer(edition, colours, self.places.footnotes)
        self.anchors: set[str] = set()

    def paragraphs(self) -> Iterator[Paragraph]:
        for block in self.edition.redline.blocks:
            if block.choice:
                depth = max(block.depth - 1, 0)
                yield Paragraph(kind="only", depth=depth, points=(self._point(block.choice),))
            else:
                yield self._paragraph(block)
        left = tuple(self._point(choice) for choice in self.places.left())
        if left:
            yield Paragraph(kind="only", points=left)

    def _paragraph(self, block: Block) -> Paragraph:
        inside = [p for p in block.pieces if not hasattr(p, "text") and not p.again]
        choices = [p for p in inside if isinstance(p, Choice)]
        base = len(block.pieces) > 1
        points = [self._point(choice, base=base) for choice in choices]
        points += [self._point(choice) for choice in self.places.due(block.id)]
        return replace(
            self._laid(block),
            anchor=self._anchor(block.id),
            symbol=symbol(self.edition, self.places, block),
            remarks=tuple(p.text for p in remarks(self.edition, self.places, block)),
            points=tuple(points),
        )

    def _laid(self, block: Block, option: OptionView | None = None) -> Paragraph:
        """Lay out label and words; in an option that only adds, nothing is marked."""
        fates = () if option and option.deed is Deed.ADD else wholes(block)
        label = self.writer.pieces(shown_label(block), labelled=False)
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
        from markupsafe import Markup

        return Markup("").join(self.writer.names(sources) for sources in dict.fromkeys(askers))

    def _label(self, label: Markup, role: Role, sources: tuple[str, ...]) -> Markup:
        from markupsafe import Markup

        element = Markup("del" if role is Role.DELETED else "ins")
        colour = self.writer.colour(sources)
        return Markup('<{0} class="{1}">{2}</{0}>').format(element, colour, label)

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

    def _point(self, choice: Choice, *, base: bool = False) -> Point:
        from resamend.renderers.markup import point_anchor

        region = choice.region
        soft = region.standing is not Standing.CONTESTED
        who = dict.fromkeys(self.edition.who(option.sources) for option in region.options)
        return Point(
            anchor=point_anchor(self.edition, region.id),
            name=named(self.edition, region),
            kind=kinds(self.edition, region),
            who="; ".join(filter(None, who)) if soft else "",
            base=self.writer.pieces(tidied(choice.base)) if base and choice.base else None,
            options=tuple(self._option(choice, option) for option in choice.options),
            both=self.edition.both(region.options),
        )

    def _option(self, choice: Choice, option: OptionView) -> Option:
        blocks = () if self.places.unchanged(choice, option) else option.blocks
        return Option(
            name=self.edition.say("option", n=option.number),
            who=self.writer.names(option.sources, spoken=True),
            told=deed(self.edition, self.places, choice, option),
            words=self.writer.pieces(tidied(option.spans), labelled=False),
            paragraphs=tuple(
                self._laid(block, option) for block in blocks if block.label or block.pieces
            ),
        )


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


@cache
def _template() -> Template:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(_read),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    return environment.get_template("draft.html.j2")


def _read(name: str) -> str:
    return files("resamend.renderers").joinpath("templates", name).read_text(encoding="utf-8")


def _style() -> str:
    """Return the style sheet with the colours of both palettes filled in."""
    style = _read("draft.css")
    for ground in (Ground.LIGHT, Ground.DARK):
        rules = "".join(f"--s{n}:{colour};" for n, colour in enumerate(PALETTES[ground]))
        style = style.replace(f"/*{ground}*/", rules)
    return style
