"""Write the points one at a time as one HTML file, for a wall and for rehearsal.

It needs no server and records nothing. Every trial is in the file, so that a key only shows
another part of it; without scripts the file is a plain list of all points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup
from msgspec import Struct

from resamend.consolidation import Sources
from resamend.page.options import USUAL, RenderOptions
from resamend.page.points import Card, PointShow, PointSlide, point_show
from resamend.page.presentation import Presentation
from resamend.page.runs import PointRuns
from resamend.page.values import HEADINGS, PageBlock, Runs
from resamend.redlines import Redline
from resamend.redlines.trials import TRIED
from resamend.renderers import sheets
from resamend.renderers.html_runs import HtmlRunWriter, digest_of, label_direction
from resamend.renderers.palette import colour_indexes

KEYS = (
    ("1–9", "key_try"), ("0", "key_in_force"), ("⇧ 1–9", "key_combine"), ("N", "next_open"),
    ("P", "previous_open"), ("G", "key_go"), ("M", "key_names"), ("+ −", "key_size"),
    ("?", "key_help"), ("Esc", "key_back"),
)  # fmt: skip
"""The keys and the phrases that say what they do."""


class HtmlLine(Struct, frozen=True):
    """Hold a paragraph of a reading."""

    kind: str
    depth: int
    label: Markup
    text: Markup
    direction: str = "ltr"


class HtmlCard(Struct, frozen=True):
    """Hold an option as it is printed, and the lines that show it tried."""

    card: Card
    words: Markup
    lines: tuple[HtmlLine, ...]
    trial: tuple[HtmlLine, ...]


class HtmlSlide(Struct, frozen=True):
    """Hold a point as it is printed; ``before`` and ``after`` are the paragraphs next to it."""

    slide: PointSlide
    anchor: str
    reading: tuple[HtmlLine, ...]
    before: tuple[HtmlLine, ...]
    after: tuple[HtmlLine, ...]
    cards: tuple[HtmlCard, ...]


def render_points_html(redline: Redline, options: RenderOptions = USUAL) -> str:
    """Return the outstanding points of a draft one at a time, as one HTML file."""
    show = point_show(redline, options)
    style = sheets.style(options.templates, "points.css")
    script = sheets.script(options.templates, "points.js")
    return sheets.filled(
        options.templates,
        "points.html.j2",
        **page_values(show, options),
        style=style,
        script=script,
        policy=digest_of(style),
        allowed=digest_of(script),
        room=None,
    )


def page_values(show: PointShow, options: RenderOptions) -> dict[str, object]:
    """Return what the template of the page is filled with."""
    say = show.presentation.say
    return {
        "say": say,
        "text": show.presentation.redline.base.language,
        "banner": show.banner,
        "title": show.title,
        "progress": show.progress,
        "steps": show.steps,
        "slides": html_slides(show, options),
        "keys": [(keys, say(phrase)) for keys, phrase in KEYS],
        "named": show.presentation.named,
    }


def html_slides(show: PointShow, options: RenderOptions) -> tuple[HtmlSlide, ...]:
    """Return the points as the templates place them."""
    ids = [source.id for source in show.presentation.redline.sources]
    colours = colour_indexes(ids, options.colours)
    return tuple(html_slide(show, slide, colours) for slide in show.slides)


def html_slide(show: PointShow, slide: PointSlide, colours: Mapping[str, int]) -> HtmlSlide:
    """Return one point as the templates place it."""
    writer = _SlideWriter(show.presentation, colours, show.footnotes, slide.step.id)
    return HtmlSlide(
        slide=slide,
        anchor=slide.step.anchor,
        reading=writer.lines(slide.reading.blocks),
        before=writer.lines((slide.before,) if slide.before else ()),
        after=writer.lines((slide.after,) if slide.after else ()),
        cards=tuple(writer.card(card) for card in slide.cards),
    )


class _SlideWriter(HtmlRunWriter):
    """Write the words of one point: its own place stands out, and what is tried in it."""

    def __init__(
        self,
        presentation: Presentation,
        colours: Mapping[str, int],
        footnotes: Mapping[str, str],
        point: str,
    ) -> None:
        super().__init__(presentation, colours, footnotes)
        self.point = point

    def colour(self, sources: Sources) -> str:
        return "tried" if sources == TRIED else super().colour(sources)

    def _place(self, place: PointRuns) -> str:
        words = super()._place(place)
        here = place.choice.region.id == self.point
        return words.replace('class="at"', 'class="at here"', 1) if here else words

    def lines(self, blocks: Iterable[PageBlock]) -> tuple[HtmlLine, ...]:
        return tuple(self._line(block) for block in blocks)

    def _line(self, printed: PageBlock) -> HtmlLine:
        label = self.pieces(printed.label, labelled=False)
        text = self.pieces(printed.words)
        for role, sources in reversed(printed.wholes):
            text = self.changed(role, sources, text) if text else text
            label = self.changed(role, sources, label) if label else label
        block = printed.block
        kind = "heading" if block.kind in HEADINGS else "item" if block.label else "text"
        direction = label_direction(label, self.presentation.redline.base.language.direction)
        return HtmlLine(kind, min(max(block.depth - 1, 0), 4), label, text, direction)

    def card(self, card: Card) -> HtmlCard:
        return HtmlCard(
            card=card,
            words=self.words(card.words),
            lines=self.lines(card.blocks),
            trial=self.lines(card.trial.blocks),
        )

    def words(self, runs: Runs) -> Markup:
        return self.pieces(runs, labelled=False)
