"""The first section of a Word document: cover, summary, legend, table of the points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from resamend.escaping import visible
from resamend.ooxml.writing import Block, Look, NewParagraph, NewRow, NewRun, NewTable, StyleName
from resamend.page.front import PointRow
from resamend.page.options import Audience, Cover
from resamend.page.values import Page, Remark, RemarkKind
from resamend.redlines import View
from resamend.renderers.docx.authors import TrackAuthors
from resamend.renderers.docx.origins import origins

_BOLD = frozenset([Look.BOLD])


class FrontSection:
    """Make what stands before the text: none of it is a tracked change."""

    def __init__(self, page: Page, authors: TrackAuthors, cover: Cover) -> None:
        self.page = page
        self.front = page.front
        self.authors = authors
        self.presentation = page.presentation
        self.say = page.presentation.say
        self.cover = cover

    def blocks(self) -> tuple[Block, ...]:
        """Return the whole section."""
        return (*self._cover(), *self._title(), *self._summary())

    # -- cover --------------------------------------------------------------------------------

    def _cover(self) -> Iterator[Block]:
        if self.front.banner:
            yield self._line(self.front.banner, StyleName.BANNER)
        cover, say = self.cover, self.say
        left = [f"{say('agenda_item')}: {visible(cover.agenda)}"] if cover.agenda else []
        number = f"{say('document')} {visible(cover.number)}" if cover.number else ""
        original = f"{say('original')}: {visible(cover.original)}" if cover.original else ""
        day = say.day(visible(cover.date))
        right = [*filter(None, (visible(cover.revision), number, day, original))]
        if left or right:
            cells = (self._cell(left, bold=False), self._cell(right, bold=True))
            yield NewTable(
                rows=(NewRow(cells),), widths=(60, 40), language=say.language, ruled=False
            )

    def _cell(self, lines: Iterable[str], *, bold: bool) -> tuple[NewParagraph, ...]:
        paragraphs = [self._line(line, StyleName.TABLE_TEXT, bold=bold) for line in lines]
        return tuple(paragraphs) or (self._line("", StyleName.TABLE_TEXT),)

    def _title(self) -> Iterator[NewParagraph]:
        if self.cover.source:
            yield self._line(visible(self.cover.source), StyleName.SOURCE)
        if self.cover.title:
            yield self._line(visible(self.cover.title), StyleName.FRONT_TITLE)
            return
        for text in filter(None, self.front.title):
            language = self.presentation.redline.base.language
            yield NewParagraph(
                style=StyleName.FRONT_TITLE, content=(NewRun(text=text),), language=language
            )

    # -- summary ------------------------------------------------------------------------------

    def _summary(self) -> Iterator[Block]:
        yield self._line(self.front.heard, StyleName.ENACTING)
        redline = self.presentation.redline
        if redline.view is View.BASE or not redline.sources:
            return
        yield self._line(self.front.progress, bold=True)
        yield self._heading(self.say("how_to_read"))
        yield from self._legend()
        yield self._heading(self.say("counts"))
        yield self._counts()
        yield self._heading(self.say("points"))
        yield from self._points()
        yield from self._warned()
        yield from self._remarks()
        yield from self._similar()
        yield from self._sources()

    def _legend(self) -> Iterator[NewParagraph]:
        say, redline = self.say, self.presentation.redline
        named = self.presentation.named and self.authors.audience is not Audience.PUBLIC
        if redline.view is View.RESULT:
            yield self._line(say("result") + ".")
        else:
            yield self._line(say("word_authors" if named else "word_changes"))
            yield self._line(say("word_look"))
            if any(self.authors.names(source.id for source in redline.sources)):
                yield self._line(f"{say('word_names')} {say('word_signs')}")
        yield self._line(say("word_brackets"))
        if redline.view is View.REDLINE:
            yield self._line(say("word_reject"))

    def _counts(self) -> NewTable:
        rows = [
            (str(count.number), count.term + self.say.aside(count.meaning))
            for count in self.front.standing
        ]
        return self._table((), rows, (8, 92))

    def _points(self) -> Iterator[Block]:
        rows: list[tuple[str, ...]] = [
            (r.name, r.where, r.kind, _options(r)) for r in self.front.points
        ]
        keys: tuple[str, ...] = ("number", "where", "kind", "which_options")
        widths: tuple[int, ...] = (13, 29, 26, 32)
        if self.front.has_states:
            states = [row.state or self.say("state_open") for row in self.front.points]
            rows = [(*row, state) for row, state in zip(rows, states, strict=True)]
            keys, widths = (*keys, "state"), (12, 25, 22, 27, 14)
        if rows:
            yield self._table(tuple(map(self.say, keys)), rows, widths)
        else:
            yield self._line(self.say("no_points"))

    def _remarks(self) -> Iterator[Block]:
        """Yield what tracked changes do not say: what is to be kept, numbered anew, recorded."""
        marked = (RemarkKind.MOVED, RemarkKind.ARRIVED, RemarkKind.SPLIT, RemarkKind.REFERENCE)
        by_id = origins(self.presentation.redline)
        lines: list[str] = []
        for printed in self.page.blocks:
            id = printed.block.id
            path = visible(by_id[id].path) if id in by_id else ""
            remarks = (remark for remark in printed.remarks if remark.kind not in marked)
            lines += [f"{path}: {r.text}" for r in remarks if not _is_mark(r)]
        yield from self._listed(self.say("remarks"), lines)
        decided = [" · ".join(filter(None, (at, remark.text))) for at, remark in self.page.decided]
        yield from self._listed(self.say("status_recorded"), decided)

    def _similar(self) -> Iterator[Block]:
        lines = [f"{likeness.where}\n{likeness.told}" for likeness in self.front.likenesses]
        yield from self._listed(self.say("similar").capitalize(), lines)

    def _warned(self) -> Iterator[Block]:
        lines = ["\n".join((warning.where, *warning.effects)) for warning in self.front.warned]
        yield from self._listed(self.say("warning").capitalize(), lines)

    def _listed(self, heading: str, lines: Sequence[str]) -> Iterator[Block]:
        if lines:
            yield self._heading(heading)
            yield from map(self._line, lines)

    def _sources(self) -> Iterator[Block]:
        who = [self.presentation.who((source.id,)) for source in self.presentation.redline.sources]
        rows = [
            (" ".join(filter(None, (row.id, row.revision))), short, row.date, row.illustrates)
            for row, short in zip(self.front.sources, who, strict=False)
        ]
        if not rows:
            return
        yield self._heading(self.say("sources"))
        head = tuple(self.say(key) for key in ("proposal", "proposed_by", "date", "illustration"))
        used = [k for k in range(4) if any(row[k] for row in rows)]
        shares = (28, 18, 14, 40)
        yield self._table(
            tuple(head[k][:1].upper() + head[k][1:] for k in used),
            [tuple(row[k] for k in used) for row in rows],
            tuple(shares[k] for k in used),
        )
        yield from map(self._line, self._members())

    def _members(self) -> Iterator[str]:
        """Yield, once, who they are for whom a group's code stands."""
        for source in self.presentation.redline.sources if self.presentation.named else ():
            (short, *others) = self.presentation.shown((source.id,))
            if not others and (short,) != source.names and source.names:
                yield visible(self.say.told(short, self.say.commas(source.names)))

    # -- paragraphs ---------------------------------------------------------------------------

    def _heading(self, text: str) -> NewParagraph:
        return self._line(text, StyleName.FRONT_HEADING)

    def _line(
        self, text: str, style: StyleName = StyleName.NORMAL, *, bold: bool = False
    ) -> NewParagraph:
        looks = _BOLD if bold else frozenset[Look]()
        content = (NewRun(text=text, looks=looks),) if text else ()
        return NewParagraph(style=style, content=content, language=self.say.language)

    def _table(
        self, head: tuple[str, ...], rows: Iterable[tuple[str, ...]], widths: tuple[int, ...]
    ) -> NewTable:
        table_rows = [NewRow(self._cells(head, StyleName.TABLE_HEAD), head=True)] if head else []
        table_rows += [NewRow(self._cells(row, StyleName.TABLE_TEXT)) for row in rows]
        return NewTable(rows=tuple(table_rows), widths=widths, language=self.say.language)

    def _cells(
        self, texts: Iterable[str], style: StyleName
    ) -> tuple[tuple[NewParagraph, ...], ...]:
        return tuple((self._line(text, style),) for text in texts)


def _is_mark(remark: Remark) -> bool:
    """Tell whether a remark only marks a record, which is listed in full below."""
    return remark.kind is RemarkKind.RECORD and bool(remark.core)


def _options(row: PointRow) -> str:
    """Say who is behind which option, and who is behind several."""
    options = " · ".join(row.options) or row.who
    return "\n".join(filter(None, (options, *(f"{sentence}." for sentence in row.both))))
