"""Make provisions from lines whose kind and depth are known, with their marks and footnotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from resamend.model import WHOLE, Kind, Mark, Provision, inline
from resamend.readers.inline import Binding, body_of, marked
from resamend.readers.lines import TextLine
from resamend.readers.structure import TextPart


class _Branch(Struct):
    depth: int
    provision: Provision
    below: list[Provision] = field(default_factory=list)

    def finished(self) -> Provision:
        if not self.below:
            return self.provision
        return replace(self.provision, children=(*self.provision.children, *self.below))


def grown(
    lines: Sequence[TextLine], own: Sequence[int], parts: Sequence[TextPart], binding: Binding
) -> tuple[Provision, ...]:
    """Return the whole resolution as one provision; none where there are no lines.

    ``parts[k]`` is the line ``lines[own[k]]``; the lines that are not its own are the bodies of
    footnotes, which go first below the provision with their mark, in the order of the marks.
    """
    notes: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for owner, rank, body in binding.notes:
        notes[owner].append((rank, body))
    stack = [_Branch(-1, Provision(id="", kind=Kind.RESOLUTION))]
    for n, part in zip(own, parts, strict=True):
        while stack[-1].depth >= part.depth:
            _close(stack)
        stack.append(_Branch(part.depth, _provision(part, notes[n], lines)))
    while len(stack) > 1:
        _close(stack)
    return (stack[0].finished(),) if parts else ()


def _close(stack: list[_Branch]) -> None:
    done = stack.pop()
    stack[-1].below.append(done.finished())


def _provision(
    part: TextPart, notes: Sequence[tuple[int, int]], lines: Sequence[TextLine]
) -> Provision:
    """Make a provision with its footnotes; ``notes`` pairs its marks with the lines of bodies."""
    line = part.line
    if line.rich and line.rich.block:
        return line.rich.block
    labelled = part.kind is Kind.ITEM or part.labelled
    body = line.body if labelled and line.label else line.whole
    if line.rich:
        marks = clipped(line.rich.marks, len(line.whole) - len(body))
        text, marks = body, _bare(body, marks) if part.kind in _PLAIN else marks
    else:
        text, marks = marked(body, [rank for rank, _ in notes])
    return Provision(
        id="",
        kind=part.kind,
        label=line.label if labelled else "",
        text=text,
        marks=marks,
        children=tuple(_footnote(lines[body]) for _, body in notes),
    )


def _footnote(line: TextLine) -> Provision:
    if line.rich:
        return Provision(
            id="", kind=Kind.FOOTNOTE, label=line.label, text=line.body, marks=line.rich.marks
        )
    body = body_of(line.whole)
    assert body is not None, line
    text, marks = marked(body[1])
    return Provision(id="", kind=Kind.FOOTNOTE, label=body[0], text=text, marks=marks)


def clipped(marks: tuple[Mark, ...], start: int) -> tuple[Mark, ...]:
    """Return marks as they stand in the text from ``start``."""
    if not start:
        return marks
    return inline(
        tuple(
            replace(mark, start=max(mark.start - start, 0), end=max(mark.end - start, 0))
            for mark in marks
        )
    )


_PLAIN = WHOLE | {Kind.NUMBER, Kind.ENACTING}
"""Kinds that are set in italics or bold as a whole: there it is the look, not the text."""


def _bare(text: str, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Return the marks but for those of the look of the whole text."""
    length = len(text.rstrip(" ,:"))
    return tuple(
        mark for mark in marks if mark.kind not in "biu" or mark.start > 0 or mark.end < length
    )
