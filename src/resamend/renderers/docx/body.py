"""Turn the blocks of a redline into the paragraphs of a Word document.

What nobody contests is a tracked change, its author who asks for it. Contested text stands as in
force; the options beside it are insertions in brackets by "Consolidation": Word has one deleting
author for each word, and nobody may be shown striking what others strike. So rejecting all changes
gives the text in force.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resamend.consolidation import Sources
from resamend.difference import unranked
from resamend.model import WHOLE, Kind
from resamend.ooxml.writing import (
    Anchor,
    Comment,
    Content,
    Look,
    Move,
    NewNote,
    NewParagraph,
    NewRow,
    NewRun,
    NewTable,
    NoteMark,
    StyleName,
    TrackKind,
    Tracks,
)
from resamend.page.front import named
from resamend.page.runs import PointRuns, block_runs, words_in_force
from resamend.page.values import HEADINGS, Page, PageBlock, PagePoint, RemarkKind
from resamend.redlines import Block, Choice
from resamend.renderers.docx.authors import TrackAuthors
from resamend.renderers.docx.moves import Stretch, below, grid, is_new, lasting, stretches
from resamend.renderers.docx.points import Points
from resamend.renderers.docx.runs import TrackedRunWriter

_STYLES = {
    Kind.NUMBER: StyleName.NUMBER,
    Kind.TITLE: StyleName.TITLE,
    Kind.ENACTING: StyleName.ENACTING,
    Kind.PREAMBULAR: StyleName.HEADING,
    Kind.OPERATIVE: StyleName.HEADING,
    Kind.ANNEX: StyleName.ANNEX_NUMBER,
    Kind.FOOTNOTE: StyleName.FOOTNOTE,
    Kind.CELL: StyleName.TABLE_TEXT,
}
_LEVELS = (
    StyleName.NORMAL,
    StyleName.NORMAL,
    StyleName.LEVEL_1,
    StyleName.LEVEL_2,
    StyleName.LEVEL_3,
)
_LONG = 240
"""Characters from which on the options of a point stand each in a paragraph of its own."""


class BodyText(Struct, frozen=True):
    """Hold the text of a document, with what it refers to."""

    blocks: tuple[NewParagraph | NewTable, ...]
    notes: tuple[NewNote, ...]
    comments: tuple[Comment, ...]


class _PendingFootnote(Struct, frozen=True):
    """Keep the place of a footnote until it is known whether anything refers to it."""

    place: int


class Body:
    """Make the paragraphs of a draft, with its footnotes and comments."""

    def __init__(self, page: Page, authors: TrackAuthors) -> None:
        self.page = page
        self.authors = authors
        self.language = authors.presentation.redline.base.language
        self.blocks = authors.presentation.redline.blocks
        self.run_writer = TrackedRunWriter(authors, self._note)
        self.points = Points(authors, self.run_writer, self.language)
        self.moves = stretches(self.blocks)
        self.footnotes: dict[str, list[int]] = defaultdict(list)
        for place, block in enumerate(self.blocks):
            if block.kind is Kind.FOOTNOTE and not block.choice:
                self.footnotes[unranked(block.id)].append(place)
        self.written: dict[str, int] = {}
        self.notes: list[NewNote] = []
        self.output: list[NewParagraph | NewTable | _PendingFootnote] = []
        self.hosts: dict[int, int] = {}
        self.done: set[int] = set()
        self.host = 0
        self.heading = Kind.OPERATIVE

    def text(self) -> BodyText:
        """Return the whole text; its last paragraph is empty and nobody's.

        Word cannot reject the end of a document's last paragraph.
        """
        for place, printed in enumerate(self.page.blocks):
            if place not in self.done:
                self._block(place, printed)
            self._close_move(place)
        for point in self.page.left:
            self.output += self.points.stack(point)
        unused = {place for places in self.footnotes.values() for place in places}
        blocks = [
            block if not isinstance(block, _PendingFootnote) else self._paragraph(block.place)
            for block in self.output
            if not isinstance(block, _PendingFootnote) or block.place in unused
        ]
        return BodyText(
            (*blocks, NewParagraph(language=self.language)),
            tuple(self.notes),
            tuple(self.points.comments),
        )

    # -- provisions ---------------------------------------------------------------------------

    def _block(self, place: int, printed: PageBlock) -> None:
        block = printed.block
        if block.choice:
            self.output += self.points.stack(printed.points[0])
            return
        if block.kind is Kind.TABLE and self._table(place):
            return
        begun = len(self.output)
        if block.kind in HEADINGS:
            self.heading = block.kind
        if block.kind is Kind.FOOTNOTE:
            self.output.append(_PendingFootnote(place))
        elif block.pieces or block.label or block.kind not in _SILENT:
            if block.split and block.depth in self.hosts:
                self._cut_off(place, block)
            else:
                self.output.append(self.run_writer.ended(self._paragraph(place), printed))
            self.hosts[block.depth] = len(self.output) - 1
            self.output += self._stacked(printed)
        for point in printed.due:
            self._due(begun, point)
        self._remark(begun, printed)

    def _paragraph(self, place: int, fate: Tracks | None = None) -> NewParagraph:
        printed, block = self.page.blocks[place], self.blocks[place]
        self.host = self.host if block.kind is Kind.FOOTNOTE else place
        fate = self._fate(place, block) if fate is None else fate
        content = (*self._label(printed, fate), *self._words(printed, fate))
        stretch = self.moves.get(place)
        opens = stretch and stretch.first == place
        return NewParagraph(
            style=self._style(block),
            content=content,
            mark=fate,
            language=self.language,
            origin=block.id,
            opens=self._move(stretch) if stretch and opens else None,
        )

    def _style(self, block: Block) -> StyleName:
        if block.kind is Kind.TITLE and block.depth:
            return StyleName.ANNEX_TITLE
        return _STYLES.get(block.kind) or _LEVELS[min(block.depth, 4)]

    def _fate(self, place: int, block: Block) -> Tracks:
        """Return what happens to a block as a whole."""
        stretch = self.moves.get(place)
        fate: Tracks = ()
        if block.added:
            moved = stretch and stretch.arrives and not is_new(block)
            fate += (
                self.authors.track(TrackKind.MOVE_TO if moved else TrackKind.INSERT, block.added),
            )
        if block.struck:
            moved = stretch and not stretch.arrives and not block.added
            fate += (
                self.authors.track(
                    TrackKind.MOVE_FROM if moved else TrackKind.DELETE, block.struck
                ),
            )
        return fate

    def _label(self, printed: PageBlock, fate: Tracks) -> Iterator[Content]:
        """Yield a label and the tab after it, which goes where no label is left."""
        block = printed.block
        if block.kind is Kind.FOOTNOTE or not any(span.text for span in block.label):
            return
        looks = frozenset([Look.ITALIC] if self._lettered(block) else [])
        runs = list(self.run_writer.runs(printed.label, fate, looks))
        yield from runs
        fates = dict.fromkeys(run.tracks for run in runs if isinstance(run, NewRun))
        kept = [tracks for tracks in fates if tracks == fate]
        acts = {tracks[-1].act for tracks in fates if tracks != fate}
        both = kept or len(acts) > 1 or not fates
        yield NewRun(text="\t", tracks=fate if both else next(iter(fates)))
        if not block.split:  # the end of the paragraph before says so already
            yield from self.run_writer.names(printed.label)

    def _lettered(self, block: Block) -> bool:
        slanted = self.language.direction == "ltr"  # Arabic letters have no italics
        return (
            slanted
            and block.kind is Kind.ITEM
            and block.depth == 1
            and self.heading is Kind.PREAMBULAR
        )

    def _words(self, printed: PageBlock, fate: Tracks) -> Iterator[Content]:
        points = {point.choice.region.id: point for point in printed.points}
        for number, group in enumerate(printed.words, 1):
            if not isinstance(group, PointRuns):
                yield from self.run_writer.signed((group,), fate)
                continue
            region = group.choice.region
            if group.choice.again:
                name = named(self.authors.presentation, region)
                yield from self.points.again(group, name, fate)
            elif number == len(printed.words) and self._is_long(printed.block, group.choice):
                yield from self.points.opening(group, points[region.id], fate)
            else:
                yield from self.points.inline(group, points[region.id], fate)

    def _is_long(self, block: Block, choice: Choice) -> bool:
        """Tell whether the options of a point at the end of a provision are better set below it."""
        if choice.again or block.kind in (Kind.FOOTNOTE, Kind.CELL):
            return False
        length = sum(len(span.text) for option in choice.options for span in option.spans)
        inner = any(option.blocks for option in choice.options)
        return inner or length > _LONG or block.kind in WHOLE

    def _stacked(self, printed: PageBlock) -> Iterator[NewParagraph]:
        """Yield the options that stand below a provision."""
        last = printed.words[-1] if printed.words else None
        if isinstance(last, PointRuns) and self._is_long(printed.block, last.choice):
            yield from self.points.stack(printed.points[-1], opened=True)

    # -- tables --------------------------------------------------------------------------------

    def _table(self, place: int) -> bool:
        """Write a table, and tell whether that could be done: it may hold more than rows."""
        rows = grid(self.blocks, place)
        if not rows:
            return False
        self.done |= {k for row, cells in rows.items() for k in (row, *cells)}
        if self.output and isinstance(self.output[-1], NewTable):
            self.output.append(NewParagraph(language=self.language))  # else the two would be one
        widths = (1,) * max(map(len, rows.values()))
        table_rows = tuple(self._row(row, cells) for row, cells in rows.items())
        self.output.append(NewTable(rows=table_rows, widths=widths, language=self.language))
        for k in (place, *(k for row, cells in rows.items() for k in (row, *cells))):
            for point in self.page.blocks[k].due:
                self.output += self.points.stack(point)
        return True

    def _row(self, place: int, cells: Sequence[int]) -> NewRow:
        fate = lasting(self._fate(place, self.blocks[place]))
        paragraphs = [self._paragraph(k, lasting(self._fate(k, self.blocks[k]))) for k in cells]
        paragraphs[-1] = self.run_writer.ended(paragraphs[-1], self.page.blocks[place])
        return NewRow(tuple((replace(p, mark=(), opens=None),) for p in paragraphs), fate)

    # -- splits and moves ----------------------------------------------------------------------

    def _cut_off(self, place: int, block: Block) -> None:
        """Write what some cut off from the paragraph before: its end there is what they insert.

        Where other text stands between, they strike the words there and insert them here.
        """
        split = block.split
        host = self.hosts[block.depth]
        before = self.output[host]
        if not isinstance(before, NewParagraph):
            return
        if all(map(self._is_ours, self.output[host + 1 :])):
            paragraph = self._paragraph(place)
            space, content = self._unspaced(paragraph.content, split)
            self.output[host] = replace(
                before,
                content=(*before.content, *space, *self.authors.names(split)),
                mark=(*before.mark, self.authors.track(TrackKind.INSERT, split)),
            )
            self.output.append(replace(paragraph, content=content))
            return
        struck = replace(block, label=(), pieces=words_in_force(block), split=())
        fate = (*before.mark, self.authors.track(TrackKind.DELETE, split))
        words = tuple(self.run_writer.runs(block_runs(struck), fate))
        self.output[host] = replace(before, content=(*before.content, *words))
        self.output.append(self._paragraph(place, (self.authors.track(TrackKind.INSERT, split),)))

    def _is_ours(self, block: NewParagraph | NewTable | _PendingFootnote) -> bool:
        """Tell whether something is no text, but a footnote to come or an option of ours."""
        own = isinstance(block, NewParagraph) and block.mark == (self.authors.ours(),)
        return own or isinstance(block, _PendingFootnote)

    def _unspaced(
        self, content: tuple[Content, ...], split: Sources
    ) -> tuple[tuple[NewRun, ...], tuple[Content, ...]]:
        """Part the white space with which a part begins that was cut off, struck, from the rest.

        It goes to the end of the paragraph before, where nobody sees it.
        """
        at = 1 + next((k for k, part in enumerate(content) if _is_tab(part)), -1)
        first = content[at] if at < len(content) else None
        text = first.text if isinstance(first, NewRun) else ""
        space = len(text) - len(text.lstrip())
        if not isinstance(first, NewRun) or not space:
            return (), content
        strike = self.authors.track(TrackKind.DELETE, split)
        gone = any(track.act is TrackKind.DELETE for track in first.tracks)
        blank = replace(
            first, text=text[:space], tracks=(*first.tracks, *([] if gone else [strike]))
        )
        rest = [replace(first, text=text[space:])] if text[space:] else []
        return (blank,), (*content[:at], *rest, *content[at + 1 :])

    def _move(self, stretch: Stretch) -> Move:
        block = self.blocks[stretch.first]
        if stretch.arrives:
            return Move(stretch.name, self.authors.track(TrackKind.MOVE_TO, block.added))
        return Move(stretch.name, self.authors.track(TrackKind.MOVE_FROM, block.struck))

    def _close_move(self, place: int) -> None:
        stretch = self.moves.get(place)
        if stretch is None or stretch.last != place:
            return
        last = max(
            k for k, paragraph in enumerate(self.output) if isinstance(paragraph, NewParagraph)
        )
        paragraph = self.output[last]
        if isinstance(paragraph, NewParagraph):
            self.output[last] = replace(paragraph, closes=self._move(stretch))

    # -- comments ------------------------------------------------------------------------------

    def _due(self, begun: int, point: PagePoint) -> None:
        """Show a point that has no place among the words: by its options, or by a comment alone."""
        if point.options:
            self.output += self.points.stack(point)
        else:
            self._about(begun, self.points.comment(point))

    def _remark(self, begun: int, printed: PageBlock) -> None:
        """Comment on what Word's own marks do not say: they say what moves, but not what joins."""
        marked = {RemarkKind.ARRIVED, RemarkKind.SPLIT}
        marked |= {RemarkKind.MOVED} if printed.block.way else set()
        lines = [remark.text for remark in printed.remarks if remark.kind not in marked]
        self._about(begun, self.points.remark(lines))

    def _about(self, begun: int, comment: int | None) -> None:
        """Put a comment around the paragraph of a provision."""
        places = range(begun, len(self.output))
        place = next((k for k in places if isinstance(self.output[k], NewParagraph)), None)
        paragraph = self.output[place] if place is not None else None
        if comment is None or place is None or not isinstance(paragraph, NewParagraph):
            return
        anchors = Anchor(comment, opens=True), Anchor(comment, opens=False)
        self.output[place] = replace(
            paragraph, content=(anchors[0], *paragraph.content, anchors[1])
        )

    # -- footnotes -----------------------------------------------------------------------------

    def _note(self, id: str, tracks: Tracks, looks: frozenset[Look]) -> Iterable[Content]:
        """Refer to a footnote, and write it; one that is written already is only named.

        Of several that say the same, the one below the provision with the mark is meant: marks in
        a text in force do not tell them apart.
        """
        same = unranked(id)
        places = self.footnotes.get(same)
        if places and Look.CROSSED not in looks:
            below_it = below(self.blocks, self.host)
            nearest = next((k for k in places if k in below_it), places[0])
            places.remove(nearest)
            self.written[same] = nearest
        elif same not in self.written or self.authors.ours() in tracks:
            label = self.page.footnotes.get(id, "*")
            return [NewRun(text=label, tracks=tracks, looks=looks | {Look.RAISED})]
        paragraph = self._paragraph(self.written[same])
        anchors = [part for part in paragraph.content if isinstance(part, Anchor)]
        plain = tuple(part for part in paragraph.content if not isinstance(part, Anchor))
        whole = replace(paragraph, content=plain, mark=(), opens=None)
        label = self.page.footnotes.get(id, "")
        counted = str(1 + sum(not note.label for note in self.notes))
        self.notes.append(NewNote((whole,), "" if label == counted else label))  # Word counts
        mark = NoteMark(len(self.notes) - 1, tracks)
        return [*(a for a in anchors if a.opens), mark, *(a for a in anchors if not a.opens)]


_SILENT = frozenset({Kind.RESOLUTION, Kind.TABLE, Kind.ROW})


def _is_tab(content: Content) -> bool:
    return isinstance(content, NewRun) and content.text == "\t"
