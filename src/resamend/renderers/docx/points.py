"""Write an outstanding point into the text: the text in force, and in brackets the options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from resamend.escaping import visible
from resamend.model import OBJECT, Language
from resamend.ooxml.writing import Anchor, Comment, Content, NewParagraph, NewRun, StyleName, Tracks
from resamend.page.front import kinds, named
from resamend.page.options import Audience
from resamend.page.places import Places
from resamend.page.remarks import deed, option_line, point_line
from resamend.page.runs import PointRuns, label_runs, runs_of, shown
from resamend.redlines import Block, Choice, OptionView, Span
from resamend.renderers.docx.authors import CONSOLIDATION, TrackAuthors
from resamend.renderers.docx.runs import TrackedRunWriter

_BETWEEN = " / "
_STYLES = (StyleName.OPTION, StyleName.OPTION_1, StyleName.OPTION_2)


class Points:
    """Write points, and a comment at each where the reader may have comments."""

    def __init__(
        self, told: TrackAuthors, wording: TrackedRunWriter, places: Places, language: Language
    ) -> None:
        self.told = told
        self.presentation = told.presentation
        self.wording = wording
        self.places = places
        self.language = language
        self.comments: list[Comment] = []

    # -- in the text ---------------------------------------------------------------------------

    def inline(self, item: PointRuns, fate: Tracks) -> Iterator[Content]:
        """Yield a point among the words of a provision, its options beside the text in force."""
        choice = item.choice
        yield from self._space(item, fate)
        if choice.again:
            yield from self._base(item, fate)
            seen = self.presentation.say("see", point=named(self.presentation, choice.region))
            yield self.told.frame(f" [{seen}]" if item.base else f"[{seen}]{item.after}")
            return
        anchor = self.comment(choice)
        yield from ([Anchor(anchor, opens=True)] if anchor is not None else [])
        yield self.told.frame(f"[{named(self.presentation, choice.region)}: ")
        yield from self._base(item, fate)
        for number, option in enumerate(choice.options):
            between = _BETWEEN if number or item.base else ""
            yield self.told.frame(between + self._opening(choice, option))
            yield from self._words(option)
        yield self.told.frame(f"]{item.after}")
        yield from ([Anchor(anchor, opens=False)] if anchor is not None else [])

    def _space(self, item: PointRuns, fate: Tracks) -> Iterator[Content]:
        """Yield the white space before a point: the text's, or ours where nothing is in force."""
        if item.space:
            tracks = self.wording.tracks(item.base[0], fate) if item.base else (self.told.ours(),)
            yield NewRun(text=item.space, tracks=tracks)

    def _base(self, item: PointRuns, fate: Tracks) -> Iterator[Content]:
        for run in item.base:
            yield from self.wording.words(run, fate)

    def opening(self, item: PointRuns, fate: Tracks) -> Iterator[Content]:
        """Yield the beginning of a point whose options stand below the provision."""
        yield from self._space(item, fate)
        yield self.told.frame(f"[{named(self.presentation, item.choice.region)}: ")
        yield from self._base(item, fate)

    def _opening(self, choice: Choice, option: OptionView) -> str:
        """Return how an option begins: its number, who is behind it, and what it does."""
        told = deed(self.presentation, self.places, choice, option)
        who = self.presentation.who(option.sources)
        name = self.presentation.say("option", n=option.number) + self.presentation.say.aside(who)
        return f"{name}: {told}" + (" " if told and option.spans else "")

    def _words(self, option: OptionView) -> Iterator[Content]:
        yield from _trimmed(self.wording.offered(runs_of(option.spans)))
        for block in option.blocks:
            yield NewRun(text=" ", tracks=(self.told.ours(),))
            yield from self._provision(block, " ")

    def _provision(self, block: Block, gap: str) -> Iterator[Content]:
        label = list(self.wording.offered(label_runs(block)))
        yield from label
        if label:
            yield NewRun(text=gap, tracks=(self.told.ours(),))
        marked = runs_of(block.pieces) if block.struck else shown(block)
        yield from _trimmed(self.wording.offered(marked))

    # -- below the text ------------------------------------------------------------------------

    def stack(self, choice: Choice, *, opened: bool = False) -> Iterator[NewParagraph]:
        """Yield the options of a point, each a paragraph; ``opened`` says where its bracket is."""
        if choice.again:
            return
        anchor = self.comment(choice)
        made = list(self._stacked(choice, opened=opened))
        last = made[-1]
        made[-1] = replace(last, content=(*last.content, self.told.frame("]")))
        if anchor is not None:
            first, last = made[0], made[-1]
            made[0] = replace(first, content=(Anchor(anchor, opens=True), *first.content))
            last = made[-1]
            made[-1] = replace(last, content=(*last.content, Anchor(anchor, opens=False)))
        yield from (replace(each, origin=choice.region.target) for each in made)

    def _stacked(self, choice: Choice, *, opened: bool) -> Iterator[NewParagraph]:
        if not opened:
            name, kind = (
                named(self.presentation, choice.region),
                kinds(self.presentation, choice.region),
            )
            yield self._paragraph([self.told.frame(f"[{name} · {kind}")], keep=True)
        for option in choice.options:
            opening = self.told.frame(self._opening(choice, option))
            words = _trimmed(self.wording.offered(runs_of(option.spans)))
            hidden = self.places.unchanged(choice, option)
            blocks = [b for b in option.blocks if (b.label or b.pieces) and not hidden]
            yield self._paragraph([opening, *words], keep=bool(blocks))
            for block in blocks:
                style = _STYLES[min(block.depth + 1, 2)]
                yield self._paragraph(list(self._provision(block, "\t")), style)

    def _paragraph(
        self, content: Sequence[Content], style: StyleName = StyleName.OPTION, *, keep: bool = False
    ) -> NewParagraph:
        return NewParagraph(
            style=style,
            content=tuple(content),
            mark=(self.told.ours(),),
            language=self.language,
            keep=keep,
        )

    # -- comments ------------------------------------------------------------------------------

    def comment(self, choice: Choice) -> int | None:
        """Write the comment of a point, and return its place."""
        lines = ["".join(p.text for p in point_line(self.presentation, choice.region))]
        for option in choice.options:
            line = option_line(self.presentation, self.places, choice, option)
            text = "".join(piece.text for piece in line)
            words = _worded(option)
            quoted = self.presentation.say.quoted(visible(words)) if words else ""
            lines.append(f"{text.rstrip()} {quoted}".rstrip())
        lines += [f"{sentence}." for sentence in self.presentation.both(choice.region)]
        return self.remark(lines)

    def remark(self, lines: Sequence[str]) -> int | None:
        """Write a comment of some lines, where the reader may have comments."""
        if self.told.audience is not Audience.CHAIR or not lines:
            return None
        language = self.presentation.say.language
        paragraphs = tuple(
            NewParagraph(style=StyleName.COMMENT, content=(NewRun(text=line),), language=language)
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
    for each in content:
        if isinstance(each, NewRun) and not begun:
            each = replace(each, text=each.text.lstrip())
            if not each.text:
                continue
        begun = True
        yield each
