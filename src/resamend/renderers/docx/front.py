"""The first section of a Word document: cover, summary, legend, table of the points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from resamend.conflict import Standing
from resamend.escaping import visible
from resamend.ooxml.writing import Block, Look, NewParagraph, NewRow, NewRun, NewTable, StyleName
from resamend.page.front import (
    PointRow,
    banner,
    counts,
    heard,
    likenesses,
    point_rows,
    source_rows,
    warned,
)
from resamend.page.options import Audience, Cover
from resamend.page.places import Places
from resamend.page.remarks import remarks
from resamend.redlines import View
from resamend.renderers.docx.authors import TrackAuthors
from resamend.renderers.docx.origins import origins

_BOLD = frozenset([Look.BOLD])


class Front:
    """Make what stands before the text: none of it is a tracked change."""

    def __init__(self, told: TrackAuthors, cover: Cover, title: tuple[str, str]) -> None:
        self.told = told
        self.presentation = told.presentation
        self.say = told.presentation.say
        self.cover = cover
        self.title = title

    def blocks(self) -> tuple[Block, ...]:
        """Return the whole section."""
        return (*self._cover(), *self._title(), *self._summary())

    # -- cover --------------------------------------------------------------------------------

    def _cover(self) -> Iterator[Block]:
        warning = banner(self.presentation)
        if warning:
            yield self._line(warning, StyleName.BANNER)
        cover, say = self.cover, self.say
        left = [f"{say('agenda_item')}: {visible(cover.agenda)}"] if cover.agenda else []
        number = f"{say('document')} {visible(cover.number)}" if cover.number else ""
        original = f"{say('original')}: {visible(cover.original)}" if cover.original else ""
        right = [*filter(None, (visible(cover.revision), number, visible(cover.date), original))]
        if left or right:
            cells = (self._cell(left, bold=False), self._cell(right, bold=True))
            yield NewTable(
                rows=(NewRow(cells),), widths=(60, 40), language=say.language, ruled=False
            )

    def _cell(self, lines: Iterable[str], *, bold: bool) -> tuple[NewParagraph, ...]:
        made = [self._line(line, StyleName.TABLE_TEXT, bold=bold) for line in lines]
        return tuple(made) or (self._line("", StyleName.TABLE_TEXT),)

    def _title(self) -> Iterator[NewParagraph]:
        if self.cover.source:
            yield self._line(visible(self.cover.source), StyleName.SOURCE)
        if self.cover.title:
            yield self._line(visible(self.cover.title), StyleName.FRONT_TITLE)
            return
        for text in filter(None, self.title):
            language = self.presentation.redline.base.language
            yield NewParagraph(
                style=StyleName.FRONT_TITLE, content=(NewRun(text=text),), language=language
            )

    # -- summary ------------------------------------------------------------------------------

    def _summary(self) -> Iterator[Block]:
        yield self._line(heard(self.presentation), StyleName.ENACTING)
        redline = self.presentation.redline
        if redline.view is View.BASE or not redline.sources:
            return
        contested = sum(r.standing is Standing.CONTESTED for r in redline.findings.outstanding)
        yield self._line(f"{self.say('brackets')}: {contested}", bold=True)
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
        named = self.presentation.named and self.told.audience is not Audience.PUBLIC
        if redline.view is View.RESULT:
            yield self._line(say("result") + ".")
        else:
            yield self._line(say("word_authors" if named else "word_changes"))
        yield self._line(say("word_brackets"))
        if redline.view is View.REDLINE:
            yield self._line(say("word_reject"))

    def _counts(self) -> NewTable:
        rows = [
            (str(count.number), count.term + self.say.aside(count.meaning))
            for count in counts(self.presentation)[0]
        ]
        return self._table((), rows, (8, 92))

    def _points(self) -> Iterator[Block]:
        rows = point_rows(self.presentation)
        if not rows:
            yield self._line(self.say("no_points"))
            return
        told = [(row.name, row.where, row.kind, _options(row)) for row in rows]
        head = tuple(self.say(key) for key in ("number", "where", "kind", "which_options"))
        yield self._table(head, told, (13, 29, 26, 32))

    def _remarks(self) -> Iterator[Block]:
        """Yield what tracked changes do not say: what is to be kept, numbered anew, recorded."""
        places, known = Places(self.presentation), origins(self.presentation.redline)
        told: list[str] = []
        for block in self.presentation.redline.blocks:
            said = replace(block, moved_to="", way=None, moved_from="", split=())
            path = visible(known[block.id].path) if block.id in known else ""
            told += [f"{path}: {p.text}" for p in remarks(self.presentation, places, said)]
        if told:
            yield self._heading(self.say("remarks"))
            yield from (self._line(line) for line in told)

    def _similar(self) -> Iterator[Block]:
        found = likenesses(self.presentation)
        if not found:
            return
        yield self._heading(self.say("similar").capitalize())
        for likeness in found:
            yield self._line(f"{likeness.where}\n{likeness.told}")

    def _warned(self) -> Iterator[Block]:
        found = warned(self.presentation)
        if not found:
            return
        yield self._heading(self.say("warning").capitalize())
        for each in found:
            yield self._line("\n".join((each.where, *each.effects)))

    def _sources(self) -> Iterator[Block]:
        rows = source_rows(self.presentation)
        if not rows:
            return
        yield self._heading(self.say("sources"))
        head = tuple(self.say(key) for key in ("proposal", "proposed_by", "date", "illustration"))
        told = [
            (" ".join(filter(None, (row.id, row.revision))), row.who, row.date, row.illustrates)
            for row in rows
        ]
        used = [k for k in range(4) if any(row[k] for row in told)]
        shares = (28, 18, 14, 40)
        yield self._table(
            tuple(head[k][:1].upper() + head[k][1:] for k in used),
            [tuple(row[k] for k in used) for row in told],
            tuple(shares[k] for k in used),
        )

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
        made = [NewRow(self._cells(head, StyleName.TABLE_HEAD), head=True)] if head else []
        made += [NewRow(self._cells(row, StyleName.TABLE_TEXT)) for row in rows]
        return NewTable(rows=tuple(made), widths=widths, language=self.say.language)

    def _cells(
        self, texts: Iterable[str], style: StyleName
    ) -> tuple[tuple[NewParagraph, ...], ...]:
        return tuple((self._line(text, style),) for text in texts)


def _options(row: PointRow) -> str:
    """Say who is behind which option, and who is behind several."""
    told = " · ".join(row.options) or row.who
    return "\n".join(filter(None, (told, *(f"{sentence}." for sentence in row.both))))
