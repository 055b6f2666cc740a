"""Write an outstanding point into the text: the text in force, and in brackets the options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from resamend.escaping import visible
from resamend.model import OBJECT, Language
from resamend.ooxml.writing import Anchor, Comment, Content, NewParagraph, NewRun, StyleName, Tracks
from resamend.page.options import Audience
from resamend.page.runs import PointRuns, runs_of
from resamend.page.values import PageBlock, PageOption, PagePoint
from resamend.redlines import OptionView, Span
from resamend.renderers.docx.authors import CONSOLIDATION, TrackAuthors
from resamend.renderers.docx.runs import TrackedRunWriter

_BETWEEN = " / "
_STYLES = (StyleName.OPTION, StyleName.OPTION_1, StyleName.OPTION_2)


class Points:
    """Write points, and a comment at each where the reader may have comments."""

    def __init__(
        self, authors: TrackAuthors, run_writer: TrackedRunWriter, language: Language
    ) -> None:
        self.authors = authors
        self.say = authors.presentation.say
        self.run_writer = run_writer
        self.language = language
        self.comments: list[Comment] = []

    # -- in the text ---------------------------------------------------------------------------

    def again(self, place: PointRuns, name: str, fate: Tracks) -> Iterator[Content]:
        """Yield words that are asked about in a point whose options stand elsewhere."""
        yield from self._space(place, fate)
        yield from self._base(place, fate)
        seen = self.say("see", point=name)
        yield self.authors.frame(f" [{seen}]" if place.base else f"[{seen}]{place.after}")

    def inline(self, place: PointRuns, point: PagePoint, fate: Tracks) -> Iterator[Content]:
        """Yield a point among the words of a provision, its options beside the text in force."""
        yield from self._space(place, fate)
        anchor = self.comment(point)
        yield from ([Anchor(anchor, opens=True)] if anchor is not None else [])
        yield self.authors.frame(f"[{point.name}: ")
        yield from self._base(place, fate)
        for number, option in enumerate(point.options):
            between = _BETWEEN if number or place.base else ""
            yield self.authors.frame(between + self._opening(option))
            yield from self._words(option)
        yield self.authors.frame(f"]{place.after}")
        yield from ([Anchor(anchor, opens=False)] if anchor is not None else [])

    def _space(self, place: PointRuns, fate: Tracks) -> Iterator[Content]:
        """Yield the white space before a point: the text's, or ours where nothing is in force."""
        if place.space:
            ours = (self.authors.ours(),)
            tracks = self.run_writer.tracks(place.base[0], fate) if place.base else ours
            yield NewRun(text=place.space, tracks=tracks)

    def _base(self, place: PointRuns, fate: Tracks) -> Iterator[Content]:
        for run in place.base:
            yield from self.run_writer.words(run, fate)

    def opening(self, place: PointRuns, point: PagePoint, fate: Tracks) -> Iterator[Content]:
        """Yield the beginning of a point whose options stand below the provision."""
        yield from self._space(place, fate)
        yield self.authors.frame(f"[{point.name}: ")
        yield from self._base(place, fate)

    def _opening(self, printed: PageOption) -> str:
        """Return how an option begins: its number, who is behind it, and what it does."""
        gap = " " if printed.does and printed.option.spans else ""
        return f"{printed.name}{self.say.aside(printed.who)}: {printed.does}{gap}"

    def _words(self, printed: PageOption) -> Iterator[Content]:
        yield from _trimmed(self.run_writer.offered(printed.words))
        for inner in printed.blocks:
            yield NewRun(text=" ", tracks=(self.authors.ours(),))
            yield from self._provision(inner, " ")

    def _provision(self, printed: PageBlock, gap: str) -> Iterator[Content]:
        label = list(self.run_writer.offered(printed.label))
        yield from label
        if label:
            yield NewRun(text=gap, tracks=(self.authors.ours(),))
        block = printed.block
        words = runs_of(block.pieces) if block.struck else printed.words
        yield from _trimmed(self.run_writer.offered(words))

    # -- below the text ------------------------------------------------------------------------

    def stack(self, point: PagePoint, *, opened: bool = False) -> Iterator[NewParagraph]:
        """Yield the options of a point, each a paragraph; ``opened`` says where its bracket is."""
        anchor = self.comment(point)
        paragraphs = list(self._stacked(point, opened=opened))
        last = paragraphs[-1]
        paragraphs[-1] = replace(last, content=(*last.content, self.authors.frame("]")))
        if anchor is not None:
            first = paragraphs[0]
            paragraphs[0] = replace(first, content=(Anchor(anchor, opens=True), *first.content))
            last = paragraphs[-1]
            paragraphs[-1] = replace(last, content=(*last.content, Anchor(anchor, opens=False)))
        for paragraph in paragraphs:
            yield replace(paragraph, origin=point.choice.region.target)

    def _stacked(self, point: PagePoint, *, opened: bool) -> Iterator[NewParagraph]:
        if not opened:
            heading = self.authors.frame(f"[{point.name} · {point.kinds}")
            yield self._paragraph([heading], keep=True)
        for printed in point.options:
            opening = self.authors.frame(self._opening(printed))
            words = _trimmed(self.run_writer.offered(printed.words))
            blocks = () if printed.elsewhere else printed.blocks
            blocks = tuple(p for p in blocks if p.block.label or p.block.pieces)
            yield self._paragraph([opening, *words], keep=bool(blocks))
            for inner in blocks:
                style = _STYLES[min(inner.block.depth + 1, 2)]
                yield self._paragraph(list(self._provision(inner, "\t")), style)

    def _paragraph(
        self, content: Sequence[Content], style: StyleName = StyleName.OPTION, *, keep: bool = False
    ) -> NewParagraph:
        return NewParagraph(
            style=style,
            content=tuple(content),
            mark=(self.authors.ours(),),
            language=self.language,
            keep=keep,
        )

    # -- comments ------------------------------------------------------------------------------

    def comment(self, point: PagePoint) -> int | None:
        """Write the comment of a point, and return its place."""
        lines = [point.title]
        for printed in point.options:
            behind = self.say.aside(printed.who)
            text = f"{printed.name}{behind}{self.say('colon')}{printed.does}"
            words = _worded(printed.option)
            quoted = self.say.quoted(visible(words)) if words else ""
            lines.append(f"{text.rstrip()} {quoted}".rstrip())
        lines += [f"{sentence}." for sentence in point.both]
        return self.remark(lines)

    def remark(self, lines: Sequence[str]) -> int | None:
        """Write a comment of some lines, where the reader may have comments."""
        if self.authors.audience is not Audience.CHAIR or not lines:
            return None
        paragraphs = tuple(
            NewParagraph(
                style=StyleName.COMMENT, content=(NewRun(text=line),), language=self.say.language
            )
            for line in lines
        )
        self.comments.append(Comment(CONSOLIDATION, paragraphs))
        return len(self.comments) - 1


def _worded(option: OptionView) -> str:
    """Return the words of an option, whole provisions one after another."""
    pieces = [option.spans]
    for block in option.blocks:
        spans = [piece for piece in block.pieces if isinstance(piece, Span)]
        pieces.append((*block.label, Span(" "), *spans))
    texts = ("".join(s.text for s in spans if not s.deleted).strip() for spans in pieces)
    return " / ".join(filter(None, texts)).replace(OBJECT, "")


def _trimmed(content: Iterable[Content]) -> Iterator[Content]:
    """Drop the white space before an option's words."""
    begun = False
    for part in content:
        if isinstance(part, NewRun) and not begun:
            part = replace(part, text=part.text.lstrip())
            if not part.text:
                continue
        begun = True
        yield part
