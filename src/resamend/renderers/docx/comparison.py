"""Write the comparative table as a Word document: landscape, its head repeated on every page.

Nothing in it is a tracked change: what is struck is crossed out, what is inserted underlined, and
the words that only one proposal has are bold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from resamend.decision import SETTLED
from resamend.escaping import visible
from resamend.model import Kind, Language
from resamend.ooxml.writing import (
    Block,
    Look,
    NewDocument,
    NewParagraph,
    NewRow,
    NewRun,
    NewTable,
    StyleName,
    write_document,
)
from resamend.page.alike import silent, speakers
from resamend.page.front import banner, first_lines, named
from resamend.page.options import USUAL, RenderOptions
from resamend.page.presentation import Presentation, present
from resamend.page.runs import ChangeRuns, PointRuns, RunRole, WordRun
from resamend.page.tables import (
    COLUMNS,
    CellParagraph,
    TableBuilder,
    TableCell,
    fold_text,
    heads,
    reasons,
)
from resamend.redlines.contrasts import OWN
from resamend.tables import Comparison, ComparisonRow, FoldedRows

_LOOKS = {
    "i": Look.ITALIC,
    "b": Look.BOLD,
    "u": Look.UNDERLINED,
    "sub": Look.LOWERED,
    "sup": Look.RAISED,
    OWN: Look.BOLD,
}
_ROLES = {RunRole.DELETED: Look.CROSSED, RunRole.INSERTED: Look.UNDERLINED}
_BOLD = frozenset([Look.BOLD])
_WIDTHS = (10, 19, 18, 14)
"""Shares of the place, the text in force, the draft and each source alike, and the remarks."""


_TALL = 600
"""Code points of a cell beyond which its row may go on on the next page: about half of one."""


def render_comparison_docx(comparison: Comparison, options: RenderOptions = USUAL) -> bytes:
    """Return the comparative table as the bytes of a .docx."""
    return write_document(_document(comparison, options))


def render_comparison_odt(comparison: Comparison, options: RenderOptions = USUAL) -> bytes:
    """Return the comparative table as the bytes of a .odt."""
    from resamend.odf import write_odt

    return write_odt(_document(comparison, options))


def _document(comparison: Comparison, options: RenderOptions) -> NewDocument:
    presentation = present(comparison.redline, options.shown_names, options.ui)
    tables = _ComparisonDocument(presentation, comparison)
    heading = ". ".join(filter(None, first_lines(comparison.redline.base)))
    return NewDocument(
        language=comparison.redline.base.language,
        text=tuple(tables.blocks(options.columns)),
        title=visible(options.cover.title) or heading,
        header=visible(options.cover.number),
        date=options.cover.date or comparison.redline.date,
        tracking=False,
        landscape=True,
    )


class _ComparisonDocument:
    """Turn a comparison into paragraphs and tables."""

    def __init__(self, presentation: Presentation, comparison: Comparison) -> None:
        self.presentation = presentation
        self.comparison = comparison
        self.say = presentation.say
        self.builder = TableBuilder(presentation, comparison, comparison.records)
        self.text = comparison.redline.base.language
        columns = comparison.columns
        self.heads = heads(presentation, [column.source for column in columns], short=False)

    def blocks(self, columns: int | None) -> Iterator[Block]:
        """Yield the whole document."""
        say, redline = self.say, self.comparison.redline
        if warning := banner(self.presentation):
            yield self._line(warning, StyleName.BANNER)
        dated = self.presentation.dated("comparison_of", "comparison")
        yield self._line(dated, StyleName.SOURCE)
        for text, style in zip(
            first_lines(redline.base), (StyleName.NUMBER, StyleName.TITLE), strict=True
        ):
            if text:
                yield _paragraph([NewRun(text=text)], style, self.text)
        yield self._legend()
        if columns is None and len(self.comparison.columns) > COLUMNS:
            yield self._one_below_the_other()
            return
        for part in self.builder.parts(self.comparison, columns or COLUMNS):
            if part.name:
                head = self._line(f"{part.name} · {say('part_rows')}", StyleName.FRONT_HEADING)
                yield replace(head, fresh=part.columns[0] > 0)
            yield self._table(part.columns, part.rows)

    def _legend(self) -> NewParagraph:
        say = self.say
        looks = ((say("inserted"), Look.UNDERLINED), (say("struck"), Look.CROSSED))
        content = [
            run
            for text, look in looks
            for run in (NewRun(text=text, looks=frozenset([look])), NewRun(text=" · "))
        ]
        bold = NewRun(text=say("bold"), looks=_BOLD)
        recorded = f" · {say.told(SETTLED, say('recorded'))}" if self.comparison.records else ""
        more = NewRun(text=say.told("", say("own_words")) + recorded)
        return _paragraph([*content, bold, more], StyleName.TABLE_TEXT, say.language)

    def _one_below_the_other(self) -> NewTable:
        """Return one block a provision, with those only who speak of it."""
        say = self.say
        head = NewRow(((self._strong(say("proposed_by").capitalize()),),
                       (self._strong(say("proposal").capitalize()),)), head=True)  # fmt: skip
        rows = [head]
        for row in self.comparison.rows:
            if isinstance(row, FoldedRows):
                text = say.told(fold_text(row), say("no_proposal"))
                rows.append(NewRow(((self._line(text, StyleName.TABLE_SIDE),),)))
            else:
                rows += self._block(row)
        why = reasons(self.presentation, (column.source for column in self.comparison.columns))
        for name, text in zip(self.heads, why, strict=False):
            lead = self._strong(f"{say('reasons')}{say.aside(name)}")
            words = _paragraph([NewRun(text=text)], StyleName.TABLE_SIDE, self.text)
            rows += [NewRow(((lead,), (words,)), splits=True)] if text else []
        return NewTable(rows=tuple(rows), widths=(22, 78), language=say.language)

    def _block(self, row: ComparisonRow) -> Iterator[NewRow]:
        """Yield the place and the points of a row, then what each says, the same once."""
        say = self.say
        place = NewRun(text=self.builder.title(row), looks=_BOLD)
        remarks = (self._line(text, StyleName.TABLE_SIDE) for text in self.builder.remarks(row))
        yield NewRow(((_paragraph([place], StyleName.TABLE_SIDE, self.text), *remarks),))
        force = list(self._runs(self.builder.base(row), self.builder.footnotes, labelled=False))
        cells: list[tuple[str, tuple[NewParagraph, ...]]] = []
        if force:
            words = _paragraph(force, StyleName.TABLE_SIDE, self.text)
            cells.append((say("text_in_force").capitalize(), (words,)))
        for first, numbers in speakers(row):
            names = say("comma").join(self.heads[number] for number in numbers)
            cells.append((names, self._cell(row, first)))
        cells.append((say("in_draft"), self._paragraphs(self.builder.draft(row))))
        if others := say.series(self.heads[number] for number in silent(row)):
            cells.append((say("no_proposal"), (self._line(others, StyleName.TABLE_SIDE),)))
        for name, paragraphs in cells:
            empty = (self._line("", StyleName.TABLE_SIDE),)
            yield NewRow(((self._strong(name),), paragraphs or empty), splits=True)

    def _reasons(self, wanted: Sequence[int]) -> Iterator[NewRow]:
        """Yield the last row: what each source says for the whole of its proposal."""
        why = reasons(self.presentation, (self.comparison.columns[k].source for k in wanted))
        if why:
            head = NewRun(text=self.say("reasons"), looks=_BOLD)
            first = _paragraph([head], StyleName.TABLE_SIDE, self.say.language)
            texts = ("", *why, "", "")
            cells = (
                _paragraph([NewRun(text=t)] if t else [], StyleName.TABLE_SIDE, self.text)
                for t in texts
            )
            yield NewRow(((first,), *((cell,) for cell in cells)), splits=True)

    def _table(self, wanted: Sequence[int], rows: Sequence[ComparisonRow | FoldedRows]) -> NewTable:
        say = self.say
        place, force, source, remarks = _WIDTHS
        head = (
            (self._strong(say("para")),),
            (self._strong(say("text_in_force").capitalize()),),
            *map(self._head, wanted),
            (self._strong(say("in_draft")),),
            (self._strong(say("remarks")),),
        )
        table_rows = [NewRow(head, head=True)]
        section = ""
        for row in rows:
            folded = fold_text(row, full=False) if isinstance(row, FoldedRows) else ""
            if row.section not in ("", section, folded):
                look = frozenset([Look.ITALIC])
                words = NewRun(text=visible(row.section), looks=look)
                table_rows.append(
                    NewRow(((_paragraph([words], StyleName.TABLE_SIDE, self.text),),))
                )
            section = row.section
            if isinstance(row, FoldedRows):
                text = say.told(folded, say("no_proposal"))
                table_rows.append(NewRow(((self._line(text, StyleName.TABLE_SIDE),),)))
            else:
                table_rows.append(self._row(row, wanted))
        table_rows += self._reasons(wanted)
        widths = (place, force, *[source] * len(wanted), source, remarks)
        return NewTable(rows=tuple(table_rows), widths=widths, language=say.language)

    def _head(self, column: int) -> tuple[NewParagraph, ...]:
        """Return the head of a column: who it is, and of which document and day."""
        source, name = self.comparison.columns[column].source, self.heads[column]
        id = source.id if self.presentation.named and source.id != name else ""
        more = filter(None, (visible(id), self.say.day(visible(source.date))))
        return (self._strong(name), *(self._line(text, StyleName.TABLE_SIDE) for text in more))

    def _strong(self, text: str) -> NewParagraph:
        bold = NewRun(text=text, looks=_BOLD)
        return _paragraph([bold], StyleName.TABLE_SIDE, self.say.language)

    def _row(self, row: ComparisonRow, wanted: Sequence[int]) -> NewRow:
        place = NewRun(text=self.builder.title(row, full=False), looks=_BOLD)
        force = self._runs(self.builder.base(row), self.builder.footnotes, labelled=False)
        cells = (
            (_paragraph([place], StyleName.TABLE_SIDE, self.text),),
            (_paragraph(force, StyleName.TABLE_SIDE, self.text),),
            *(self._cell(row, k) for k in wanted),
            self._paragraphs(self.builder.draft(row)),
            tuple(self._line(text, StyleName.TABLE_SIDE) for text in self.builder.remarks(row))
            or (self._line("", StyleName.TABLE_SIDE),),
        )
        return NewRow(cells, splits=max(map(_length, cells)) > _TALL)

    def _cell(self, row: ComparisonRow, number: int) -> tuple[NewParagraph, ...]:
        cell = row.cells[number]
        if cell is None:
            return (self._line(self.say("no_proposal"), StyleName.TABLE_SIDE),)
        return self._paragraphs(self.builder.cell(cell, number))

    def _paragraphs(self, cell: TableCell) -> tuple[NewParagraph, ...]:
        sign = [NewRun(text=cell.sign, looks=_BOLD)]
        paragraphs = [_paragraph(sign, StyleName.TABLE_SIDE, Language.EN)] if cell.sign else []
        for paragraph in cell.provisions:
            content = list(self._content(cell, paragraph))
            if content:
                paragraphs.append(_paragraph(content, StyleName.TABLE_SIDE, self.text))
            paragraphs += [self._line(text, StyleName.TABLE_SIDE) for text in paragraph.remarks]
        notes = [cell.note] if cell.note else []
        return (*paragraphs, *(self._line(note, StyleName.TABLE_SIDE) for note in notes))

    def _content(self, cell: TableCell, paragraph: CellParagraph) -> Iterator[NewRun]:
        """Yield a paragraph of a cell, and who asks for it as a whole."""
        notes, labelled = cell.footnotes, cell.labelled
        label = list(self._runs(paragraph.label, notes, labelled=labelled))
        if label and paragraph.block.kind is Kind.FOOTNOTE:
            label = [NewRun(text=run.text, looks=run.looks | {Look.RAISED}) for run in label]
        words = list(self._runs(paragraph.words, notes, labelled=labelled))
        yield from (*label, *([NewRun(text=" ")] if label and words else []), *words)
        if behind := self.say.aside(self.presentation.who(paragraph.asked)):
            yield NewRun(text=behind, looks=_BOLD)

    # -- words --------------------------------------------------------------------------------

    def _runs(
        self,
        shown: Iterable[WordRun | ChangeRuns | PointRuns],
        notes: Mapping[str, str],
        *,
        labelled: bool,
    ) -> Iterator[NewRun]:
        """Yield what is shown of a text."""
        for piece in shown:
            if isinstance(piece, WordRun):
                yield from _words(piece, notes)
            elif isinstance(piece, ChangeRuns):
                yield from self._change(piece, notes, labelled=labelled)
            else:
                yield from self._point(piece, notes)

    def _change(
        self, change: ChangeRuns, notes: Mapping[str, str], *, labelled: bool
    ) -> Iterator[NewRun]:
        if change.space:
            yield NewRun(text=change.space)
        for sources, runs in change.shares():
            for run in runs:
                yield from _words(run, notes)
            who = self.presentation.who(sources) if labelled else ""
            if who:
                yield NewRun(text=self.say.aside(who), looks=_BOLD)

    def _point(self, place: PointRuns, notes: Mapping[str, str]) -> Iterator[NewRun]:
        name = named(self.presentation, place.choice.region)
        if place.choice.again:
            name = self.say("see", point=name)
        yield NewRun(text=f"{place.space}[")
        yield NewRun(text=name, looks=_BOLD)
        yield from [NewRun(text=self.say("colon"))] if place.base else []
        for run in place.base:
            yield from _words(run, notes)
        yield NewRun(text=f"]{place.after}")

    def _line(self, text: str, style: StyleName) -> NewParagraph:
        content = [NewRun(text=text)] if text else []
        return _paragraph(content, style, self.say.language)


def _length(cell: Iterable[NewParagraph]) -> int:
    """Return how long a cell is, in code points."""
    return sum(len(run.text) for p in cell for run in p.content if isinstance(run, NewRun))


def _paragraph(content: Iterable[NewRun], style: StyleName, language: Language) -> NewParagraph:
    return NewParagraph(style=style, content=tuple(content), language=language)


def _words(run: WordRun, notes: Mapping[str, str]) -> Iterator[NewRun]:
    """Yield the stretches of a run, cut where its formatting changes."""
    role = {_ROLES[run.role]} if run.role in _ROLES else set()
    role |= {Look.CROSSED} if run.struck else set()
    for text, kinds, note in run.stretches():
        looks = {_LOOKS[kind] for kind in kinds if kind in _LOOKS} | role
        if note is not None:
            text, looks = notes.get(note, "*"), looks | {Look.RAISED}
        yield NewRun(text=visible(text), looks=frozenset(looks))
