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
from resamend.page.places import Places
from resamend.page.remarks import remarks
from resamend.page.runs import PointRuns, label_runs, shown
from resamend.redlines import Block, Choice, Span
from resamend.renderers.docx.authors import TrackAuthors
from resamend.renderers.docx.moves import Stretch, below, grid, is_new, stretches
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

    def __init__(self, told: TrackAuthors) -> None:
        self.told = told
        self.language = told.presentation.redline.base.language
        self.blocks = told.presentation.redline.blocks
        self.places = Places(told.presentation)
        self.wording = TrackedRunWriter(told, self._note)
        self.points = Points(told, self.wording, self.places, self.language)
        self.moves = stretches(self.blocks)
        self.footnotes: dict[str, list[int]] = defaultdict(list)
        for place, block in enumerate(self.blocks):
            if block.kind is Kind.FOOTNOTE and not block.choice:
                self.footnotes[unranked(block.id)].append(place)
        self.written: dict[str, int] = {}
        self.notes: list[NewNote] = []
        self.made: list[NewParagraph | NewTable | _PendingFootnote] = []
        self.hosts: dict[int, int] = {}
        self.done: set[int] = set()
        self.host = 0
        self.heading = Kind.OPERATIVE

    def text(self) -> BodyText:
        """Return the whole text; its last paragraph is empty and nobody's.

        Word cannot reject the end of a document's last paragraph.
        """
        for place, block in enumerate(self.blocks):
            if place not in self.done:
                self._block(place, block)
            self._close_move(place)
        for choice in self.places.left():
            self.made += self.points.stack(choice)
        unused = {place for places in self.footnotes.values() for place in places}
        blocks = [
            made if not isinstance(made, _PendingFootnote) else self._paragraph(made.place)
            for made in self.made
            if not isinstance(made, _PendingFootnote) or made.place in unused
        ]
        return BodyText(
            (*blocks, NewParagraph(language=self.language)),
            tuple(self.notes),
            tuple(self.points.comments),
        )

    # -- provisions ---------------------------------------------------------------------------

    def _block(self, place: int, block: Block) -> None:
        if block.choice:
            self.made += self.points.stack(block.choice)
            return
        if block.kind is Kind.TABLE and self._table(place):
            return
        begun = len(self.made)
        if block.kind in (Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX):
            self.heading = block.kind
        if block.kind is Kind.FOOTNOTE:
            self.made.append(_PendingFootnote(place))
        elif block.pieces or block.label or block.kind not in _SILENT:
            if block.split and block.depth in self.hosts:
                self._cut_off(place, block)
            else:
                self.made.append(self._paragraph(place))
            self.hosts[block.depth] = len(self.made) - 1
            self.made += self._stacked(block)
        for choice in self.places.due(block.id):
            self._due(begun, choice)
        self._remark(begun, block)

    def _paragraph(self, place: int, fate: Tracks | None = None) -> NewParagraph:
        block = self.blocks[place]
        self.host = self.host if block.kind is Kind.FOOTNOTE else place
        fate = self._fate(place, block) if fate is None else fate
        content = (*self._label(block, fate), *self._words(block, fate))
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
                self.told.track(TrackKind.MOVE_TO if moved else TrackKind.INSERT, block.added),
            )
        if block.struck:
            moved = stretch and not stretch.arrives and not block.added
            fate += (
                self.told.track(TrackKind.MOVE_FROM if moved else TrackKind.DELETE, block.struck),
            )
        return fate

    def _label(self, block: Block, fate: Tracks) -> Iterator[Content]:
        """Yield a label and the tab after it, which goes where no label is left."""
        if block.kind is Kind.FOOTNOTE or not any(span.text for span in block.label):
            return
        pieces = label_runs(block)
        looks = frozenset([Look.ITALIC] if self._lettered(block) else [])
        made = list(self.wording.runs(pieces, fate, looks))
        yield from made
        fates = dict.fromkeys(run.tracks for run in made if isinstance(run, NewRun))
        kept = [tracks for tracks in fates if tracks == fate]
        acts = {tracks[-1].act for tracks in fates if tracks != fate}
        both = kept or len(acts) > 1 or not fates
        yield NewRun(text="\t", tracks=fate if both else next(iter(fates)))

    def _lettered(self, block: Block) -> bool:
        return block.kind is Kind.ITEM and block.depth == 1 and self.heading is Kind.PREAMBULAR

    def _words(self, block: Block, fate: Tracks) -> Iterator[Content]:
        pieces = shown(block)
        for number, piece in enumerate(pieces):
            if not isinstance(piece, PointRuns):
                yield from self.wording.runs((piece,), fate)
            elif number == len(pieces) - 1 and self._is_long(block, piece.choice):
                yield from self.points.opening(piece, fate)
            else:
                yield from self.points.inline(piece, fate)

    def _is_long(self, block: Block, choice: Choice) -> bool:
        """Tell whether the options of a point at the end of a provision are better set below it."""
        if choice.again or block.kind in (Kind.FOOTNOTE, Kind.CELL):
            return False
        length = sum(len(span.text) for option in choice.options for span in option.spans)
        inner = any(option.blocks for option in choice.options)
        return inner or length > _LONG or block.kind in WHOLE

    def _stacked(self, block: Block) -> Iterator[NewParagraph]:
        """Yield the options that stand below a provision."""
        last = shown(block)[-1:]
        if last and isinstance(last[0], PointRuns) and self._is_long(block, last[0].choice):
            yield from self.points.stack(last[0].choice, opened=True)

    # -- tables --------------------------------------------------------------------------------

    def _table(self, place: int) -> bool:
        """Write a table, and tell whether that could be done: it may hold more than rows."""
        rows = grid(self.blocks, place)
        if not rows:
            return False
        self.done |= {k for row, cells in rows.items() for k in (row, *cells)}
        if self.made and isinstance(self.made[-1], NewTable):
            self.made.append(NewParagraph(language=self.language))  # else the two would be one
        widths = (1,) * max(map(len, rows.values()))
        made = tuple(self._row(row, cells) for row, cells in rows.items())
        self.made.append(NewTable(rows=made, widths=widths, language=self.language))
        for k in (place, *(k for row, cells in rows.items() for k in (row, *cells))):
            for choice in self.places.due(self.blocks[k].id):
                self.made += self.points.stack(choice)
        return True

    def _row(self, place: int, cells: Sequence[int]) -> NewRow:
        fate = _lasting(self._fate(place, self.blocks[place]))
        paragraphs = (self._paragraph(k, _lasting(self._fate(k, self.blocks[k]))) for k in cells)
        return NewRow(tuple((replace(p, mark=(), opens=None),) for p in paragraphs), fate)

    # -- splits and moves ----------------------------------------------------------------------

    def _cut_off(self, place: int, block: Block) -> None:
        """Write what some cut off from the paragraph before: its end there is what they insert.

        Where other text stands between, they strike the words there and insert them here.
        """
        split = block.split
        host = self.hosts[block.depth]
        before = self.made[host]
        if not isinstance(before, NewParagraph):
            return
        if all(map(self._is_ours, self.made[host + 1 :])):
            paragraph = self._paragraph(place)
            space, content = self._unspaced(paragraph.content, split)
            self.made[host] = replace(
                before,
                content=(*before.content, *space),
                mark=(*before.mark, self.told.track(TrackKind.INSERT, split)),
            )
            self.made.append(replace(paragraph, content=content))
            return
        struck = replace(block, label=(), pieces=tuple(_in_force(block)), split=())
        fate = (*before.mark, self.told.track(TrackKind.DELETE, split))
        words = tuple(self._words(struck, fate))
        self.made[host] = replace(before, content=(*before.content, *words))
        self.made.append(self._paragraph(place, (self.told.track(TrackKind.INSERT, split),)))

    def _is_ours(self, made: NewParagraph | NewTable | _PendingFootnote) -> bool:
        """Tell whether something is no text, but a footnote to come or an option of ours."""
        own = isinstance(made, NewParagraph) and made.mark == (self.told.ours(),)
        return own or isinstance(made, _PendingFootnote)

    def _unspaced(
        self, content: tuple[Content, ...], split: Sources
    ) -> tuple[tuple[NewRun, ...], tuple[Content, ...]]:
        """Part the white space with which a part begins that was cut off, struck, from the rest.

        It goes to the end of the paragraph before, where nobody sees it.
        """
        at = 1 + next((k for k, each in enumerate(content) if _is_tab(each)), -1)
        first = content[at] if at < len(content) else None
        text = first.text if isinstance(first, NewRun) else ""
        space = len(text) - len(text.lstrip())
        if not isinstance(first, NewRun) or not space:
            return (), content
        strike = self.told.track(TrackKind.DELETE, split)
        gone = any(track.act is TrackKind.DELETE for track in first.tracks)
        blank = replace(
            first, text=text[:space], tracks=(*first.tracks, *([] if gone else [strike]))
        )
        rest = [replace(first, text=text[space:])] if text[space:] else []
        return (blank,), (*content[:at], *rest, *content[at + 1 :])

    def _move(self, stretch: Stretch) -> Move:
        block = self.blocks[stretch.first]
        act, who = (
            (TrackKind.MOVE_TO, block.added)
            if stretch.arrives
            else (TrackKind.MOVE_FROM, block.struck)
        )
        return Move(stretch.name, self.told.track(act, who))

    def _close_move(self, place: int) -> None:
        stretch = self.moves.get(place)
        if stretch is None or stretch.last != place:
            return
        last = max(k for k, made in enumerate(self.made) if isinstance(made, NewParagraph))
        made = self.made[last]
        if isinstance(made, NewParagraph):
            self.made[last] = replace(made, closes=self._move(stretch))

    # -- comments ------------------------------------------------------------------------------

    def _due(self, begun: int, choice: Choice) -> None:
        """Show a point that has no place among the words: by its options, or by a comment alone."""
        if choice.options:
            self.made += self.points.stack(choice)
        else:
            self._about(begun, self.points.comment(choice))

    def _remark(self, begun: int, block: Block) -> None:
        """Comment on what Word's own marks do not say."""
        said = replace(block, moved_from="", split=())
        if block.way:
            said = replace(said, moved_to="", way=None)
        lines = [piece.text for piece in remarks(self.told.presentation, self.places, said)]
        self._about(begun, self.points.remark(lines))

    def _about(self, begun: int, comment: int | None) -> None:
        """Put a comment around the paragraph of a provision."""
        places = range(begun, len(self.made))
        place = next((k for k in places if isinstance(self.made[k], NewParagraph)), None)
        made = self.made[place] if place is not None else None
        if comment is None or place is None or not isinstance(made, NewParagraph):
            return
        anchors = Anchor(comment, opens=True), Anchor(comment, opens=False)
        self.made[place] = replace(made, content=(anchors[0], *made.content, anchors[1]))

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
        elif same not in self.written or self.told.ours() in tracks:
            label = self.places.footnotes.get(id, "*")
            return [NewRun(text=label, tracks=tracks, looks=looks | {Look.RAISED})]
        paragraph = self._paragraph(self.written[same])
        anchors = [each for each in paragraph.content if isinstance(each, Anchor)]
        plain = tuple(each for each in paragraph.content if not isinstance(each, Anchor))
        self.notes.append(NewNote((replace(paragraph, content=plain, mark=(), opens=None),)))
        mark = NoteMark(len(self.notes) - 1, tracks)
        return [*(a for a in anchors if a.opens), mark, *(a for a in anchors if not a.opens)]


_SILENT = frozenset({Kind.RESOLUTION, Kind.TABLE, Kind.ROW})


def _lasting(fate: Tracks) -> Tracks:
    """Return a fate without moves: a row is struck and inserted."""
    acts = {TrackKind.MOVE_FROM: TrackKind.DELETE, TrackKind.MOVE_TO: TrackKind.INSERT}
    return tuple(replace(track, act=acts.get(track.act, track.act)) for track in fate)


def _in_force(block: Block) -> Iterator[Span]:
    """Yield the words in force of a block, without what is asked of them."""
    for piece in block.pieces:
        joined = isinstance(piece, Choice) and piece.joined
        for span in (piece,) if isinstance(piece, Span) else piece.base:
            if not (span.inserted or joined):
                yield replace(span, deleted=())


def _is_tab(content: Content) -> bool:
    return isinstance(content, NewRun) and content.text == "\t"
