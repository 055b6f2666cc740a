"""Spans made fit to read: runs of marks with the white space before them outside.

A redline's words carry the space before them, so that "the[- plan-]{+ plans+}" is what is stored;
what is read is "the [-plan-]{+plans+}". The same for every renderer that marks text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby, pairwise

from msgspec import Struct
from msgspec.structs import replace

from resamend.consolidation import Sources
from resamend.matching import ProvisionIndex, index_of
from resamend.model import OBJECT, Mark, inline
from resamend.redlines import Block, Choice, Redline, Span


class RunRole(StrEnum):
    """Say what happens to a run of text."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"


class WordRun(Struct, frozen=True):
    """Hold text of one role; ``marks`` are relative to it.

    ``struck`` says who strikes what others insert: words of a provision that is joined in.
    """

    text: str
    role: RunRole = RunRole.KEPT
    sources: Sources = ()
    marks: tuple[Mark, ...] = ()
    struck: Sources = ()

    def stretches(self) -> Iterator[tuple[str, frozenset[str], str | None]]:
        """Yield the text, cut where its formatting changes: each part with the kinds of its marks.

        Of a footnote's mark, that is of no words, the third is the id of the footnote.
        """
        if not self.marks and self.text:
            yield self.text, frozenset(), None
            return
        cuts = {0, len(self.text)} | {at for mark in self.marks for at in (mark.start, mark.end)}
        waiting = sorted(self.marks, key=lambda mark: mark.start)[::-1]
        worn: list[Mark] = []
        for start, end in pairwise(sorted(cuts)):
            # A mark is looked at only while it is worn: many cost no more than their number.
            while waiting and waiting[-1].start <= start:
                worn.append(waiting.pop())
            worn = [mark for mark in worn if end <= mark.end]
            text = self.text[start:end]
            notes = [m.value for m in worn if m.kind == "footnote"] if text == OBJECT else []
            yield text, frozenset(mark.kind for mark in worn), notes[0] if notes else None


class ChangeRuns(Struct, frozen=True):
    """Hold deletions and insertions that touch, and the white space before them.

    Where all are of one role, ``space`` belongs to them, else to the text around.
    """

    space: str
    runs: tuple[WordRun, ...]

    def shares(self) -> list[tuple[Sources, tuple[WordRun, ...]]]:
        """Return the runs by who asks for them, in order."""
        return [(who, tuple(some)) for who, some in groupby(self.runs, lambda run: run.sources)]

    @property
    def lone(self) -> bool:
        """Tell whether in some view nothing is left of it."""
        return len({run.role for run in self.runs}) == 1


class PointRuns(Struct, frozen=True):
    """Hold the place of a point in a text, what stands there now, and the space around it.

    That is text in force, or words that come here with a provision that some join in. The space
    ``after`` parts what is offered there from the text; until it is decided it is nobody's.
    """

    space: str
    choice: Choice
    base: tuple[WordRun, ...]
    after: str = ""


RunGroup = WordRun | ChangeRuns | PointRuns


def runs_of(pieces: Iterable[Span | Choice], within: Sources = ()) -> tuple[RunGroup, ...]:
    """Return what is to be read of some pieces.

    What ``within`` insert is no change of its own: the whole around it is marked as theirs.
    """
    groups: list[RunGroup] = []
    runs: list[WordRun] = []
    for piece in pieces:
        last = groups[-1] if groups and not runs else None
        if isinstance(piece, Span) and isinstance(last, PointRuns) and _parts(last, piece):
            groups[-1] = replace(last, after=piece.text)
        elif isinstance(piece, Span):
            _append(runs, _run(piece, within))
        else:
            groups += _grouped(runs, groups)
            groups.append(_item(piece, first=not groups))
            runs = []
    return (*groups, *_grouped(runs, groups))


def block_runs(block: Block) -> tuple[RunGroup, ...]:
    """Return a block's words with what changes in them beside what is said of it as a whole."""
    return runs_of(*_within(block, block.pieces))


def trimmed(runs: tuple[RunGroup, ...]) -> tuple[RunGroup, ...]:
    """Drop the white space before a part that was cut off: a label stands there now."""
    first = runs[0] if runs else None
    return (
        (replace(first, text=first.text.lstrip()), *runs[1:])
        if isinstance(first, WordRun)
        else runs
    )


def words_in_force(block: Block) -> tuple[Span, ...]:
    """Return the words in force of a block, without what is asked of them."""
    return tuple(
        replace(span, deleted=())
        for piece in block.pieces
        if isinstance(piece, Span) or not piece.joined
        for span in ((piece,) if isinstance(piece, Span) else piece.base)
        if not span.inserted
    )


def wholes(block: Block) -> tuple[tuple[RunRole, Sources], ...]:
    """Return what happens to a block as a whole, the outermost first, and who asks for it.

    A provision that some move with all below it may have been struck there by others.
    """
    fates = ((RunRole.INSERTED, block.added), (RunRole.DELETED, block.struck))
    return tuple((role, sources) for role, sources in fates if sources)


def label_runs(block: Block) -> tuple[RunGroup, ...]:
    """Return a block's label in the same way."""
    return runs_of(*_within(block, block.label))


def _within(
    block: Block, pieces: Sequence[Span | Choice]
) -> tuple[Sequence[Span | Choice], Sources]:
    """Leave out what is said by marking the block as a whole."""
    spans = [span for span in (*block.label, *block.pieces) if isinstance(span, Span)]
    if block.struck:
        plain = [replace(span, deleted=()) for span in pieces if isinstance(span, Span)]
        return plain, ()
    new = block.added and all(span.inserted == block.added for span in spans)
    return pieces, block.added if new else ()


def _run(span: Span, within: Sources) -> WordRun:
    if span.deleted and span.inserted and span.inserted != within:
        if set(span.inserted) <= set(span.deleted):
            return WordRun("")  # nobody wants it, and it is not in force here
        return WordRun(span.text, RunRole.INSERTED, span.inserted, span.marks, span.deleted)
    if span.deleted:
        return WordRun(span.text, RunRole.DELETED, span.deleted, span.marks)
    if span.inserted and span.inserted != within:
        return WordRun(span.text, RunRole.INSERTED, span.inserted, span.marks)
    return WordRun(span.text, marks=span.marks)


def _append(runs: list[WordRun], run: WordRun) -> None:
    """Add a run, joined to the one before where both are alike."""
    if not run.text:
        return
    last = runs[-1] if runs else None
    if last is None or _fate(last) != _fate(run):
        runs.append(run)
        return
    at = len(last.text)
    marks = (*last.marks, *(_moved(mark, at) for mark in run.marks))
    runs[-1] = replace(last, text=last.text + run.text, marks=inline(marks))


def _fate(run: WordRun) -> tuple[RunRole, Sources, Sources]:
    return run.role, run.sources, run.struck


def _moved(mark: Mark, by: int) -> Mark:
    return replace(mark, start=mark.start + by, end=mark.end + by)


def _grouped(runs: Sequence[WordRun], before: Sequence[RunGroup]) -> list[RunGroup]:
    """Put what touches into one change, with the space before it outside."""
    groups: list[RunGroup] = []
    for kept, some in groupby(runs, lambda run: run.role is RunRole.KEPT):
        if kept:
            groups += some
            continue
        for share in _apart(tuple(some)):
            groups.append(_change(share, _hoisted(share) if groups or before else ""))
    return groups


def _apart(runs: Sequence[WordRun]) -> list[tuple[WordRun, ...]]:
    """Cut a run of marks where a group of proponents begins with white space of its own."""
    shares: list[tuple[WordRun, ...]] = []
    for _, some in groupby(runs, lambda run: run.sources):
        share = tuple(some)
        if shares and not _hoisted(share):
            shares[-1] += share
        else:
            shares.append(share)
    return shares


def _heads(runs: Sequence[WordRun]) -> dict[RunRole, WordRun]:
    """Return the first deletion and the first insertion."""
    return {run.role: run for run in reversed(runs)}


def _hoisted(runs: Sequence[WordRun]) -> str:
    """Return the white space with which the first deletion and the first insertion both begin."""
    heads = _heads(runs).values()
    spaces = {_space(run.text) for run in heads}
    space = min(spaces, key=len)
    shared = all(other.startswith(space) for other in spaces)
    return space if shared and all(len(run.text) > len(space) for run in heads) else ""


def _change(runs: tuple[WordRun, ...], space: str) -> ChangeRuns:
    cut = {id(run) for run in _heads(runs).values()}
    return ChangeRuns(
        space, tuple(_without(run, len(space)) if id(run) in cut else run for run in runs)
    )


def _space(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _without(run: WordRun, length: int) -> WordRun:
    """Cut the first characters off a run."""
    marks = tuple(
        Mark(max(m.start - length, 0), m.end - length, m.kind, m.value)
        for m in run.marks
        if m.end > length
    )
    return replace(run, text=run.text[length:], marks=marks)


def _item(choice: Choice, *, first: bool) -> PointRuns:
    runs: list[WordRun] = []
    for span in choice.base:
        _append(runs, _run(replace(span, inserted=choice.joined), ()))
    base = runs[0] if runs else WordRun("")
    space = "" if first or not base.text.strip() else _space(base.text)
    if not base.text and not first:
        apart = choice.again or any(_spaced(option.spans) for option in choice.options)
        space = " " if apart else ""
    return PointRuns(space, choice, (_without(base, len(space)), *runs[1:]) if base.text else ())


def _parts(place: PointRuns, span: Span) -> bool:
    """Tell whether a span is but the space between what is offered at a point and the text."""
    return not place.base and bool(span.inserted) and span.text.isspace()


def _spaced(spans: Sequence[Span]) -> bool:
    return bool(spans) and spans[0].text[:1].isspace()


def expanded(redline: Redline) -> Redline:
    """Return a redline in which joined provisions are read as their words, a split as a sign."""
    base = index_of(redline.base)
    return replace(redline, blocks=tuple(_block(block, base) for block in redline.blocks))


def _block(block: Block, base: ProvisionIndex) -> Block:
    choice = _choice(block.choice, base) if block.choice else None
    return replace(block, choice=choice, pieces=tuple(_piece(p, base) for p in block.pieces))


def _piece(piece: Span | Choice, base: ProvisionIndex) -> Span | Choice:
    return _spelled(piece, base) if isinstance(piece, Span) else _choice(piece, base)


def _choice(choice: Choice, base: ProvisionIndex) -> Choice:
    options = (
        replace(option, spans=tuple(_spelled(span, base) for span in option.spans))
        for option in choice.options
    )
    return replace(choice, options=tuple(options))


def _spelled(span: Span, base: ProvisionIndex) -> Span:
    """Put the words of joined provisions where their marks stand, the last mark first.

    Within an option, a split is a pilcrow and the label of what is split off.
    """
    splits = [mark.value for mark in span.marks if mark.kind == "split"]
    if splits and not span.text:
        signs = (f" ¶ {label} " if label else " ¶ " for label in splits)
        return replace(span, text="".join(signs), marks=())
    joins = [mark for mark in span.marks if mark.kind == "join"]
    text, marks = span.text, [mark for mark in span.marks if mark.kind != "join"]
    for join in reversed(joins):
        joined = base.at.get(join.value)
        words = "" if joined is None else base.nodes[joined].text.replace(OBJECT, "")
        words = words if text[: join.start][-1:].isspace() else f" {words}"
        text = text[: join.start] + words + text[join.end :]
        more = len(words) - (join.end - join.start)
        marks = [_moved(mark, more) if mark.start >= join.end else mark for mark in marks]
    return replace(span, text=text, marks=tuple(marks)) if joins else span
