"""Make the lines of a text ready to be arranged: labels, tables, what stands on one line or two.

A label alone belongs to the heading below it, a number and the first point on one line are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from msgspec.structs import replace

from resamend.forms import TextForm, branch_of, option_label
from resamend.model import Kind, Provision
from resamend.readers.labels import LabelRole, is_closed, label_role, relabelled
from resamend.readers.lines import Hint, Rich, TextLine
from resamend.readers.structure import is_caption

_SHORT = 160
_BARE = re.compile(r"([1-9][0-9]?) (?=[^\W\d_])")
_NOTE = re.compile(r"[(（][^()（）]{3,40}[)）]")
_ALONE = re.compile(r"(?:[IVX]{1,6}|[A-Z]|[0-9]{1,3}(?:\.[0-9]{1,3})*)\.?")


def prepared(lines: Sequence[TextLine], form: TextForm) -> tuple[TextLine, ...]:
    """Return lines with their labels, a label alone joined to its heading, rows made tables."""
    labelled = with_tables(_relabelled(tuple(_annexes(lines)), form))
    parted = (part for line in _opened(labelled) for part in _parted(line, form))
    return tuple(_joined(parted, form))


def _relabelled(lines: Sequence[TextLine], form: TextForm) -> list[TextLine]:
    """Part lines into label and body; a bare number is a label where such numbers count."""
    counted: list[int] = []
    last = 0
    for n, line in enumerate(lines):
        bare = _BARE.match(line.whole)
        if bare and int(bare[1]) in (1, last + 1):
            counted.append(n)
            last = int(bare[1])
    counts = frozenset(counted if len(counted) > 1 else ())
    return [relabelled(line, TextForm.ISO if n in counts else form) for n, line in enumerate(lines)]


def _annexes(lines: Iterable[TextLine]) -> Iterator[TextLine]:
    """Join "(informative)" to the line of the annex above it."""
    annex: TextLine | None = None
    for line in lines:
        if annex is not None and _NOTE.fullmatch(line.whole) and not line.rich:
            yield replace(annex, whole=f"{annex.whole} {line.whole}")
            annex = None
            continue
        if annex is not None:
            yield annex
        heading = branch_of(line.whole)
        annex = line if heading and heading.branch.rank < 0 and not line.rich else None
        if annex is None:
            yield line
    if annex is not None:
        yield annex


@cache
def _inner() -> re.Pattern[str]:
    """Compile how a first point or option begins behind a number: "2 (1) …", "3. Option 1: …"."""
    options = rf"(?:{option_label(spaced=True)})\s|{option_label(spaced=False)}"
    return re.compile(rf"\((?:1|a|i|а|أ|一)\)\s|{options}")


def _parted(line: TextLine, form: TextForm) -> Iterator[TextLine]:
    """Part a number from the first point or option that stands on its line: "2 (1) An oven"."""
    inner = _inner().match(line.body) if line.label and form is not TextForm.ITU else None
    if not inner or label_role(line) is not LabelRole.NUMBER or is_block(line):
        yield line
        return
    at = line.whole.index(line.body, len(line.label))
    rest = relabelled(replace(line, whole=line.body, rich=_cut(line.rich, at)), form)
    if not rest.label:
        yield line
        return
    yield replace(line, whole=line.label, body="", rich=_cut(line.rich, 0))
    yield rest


def _opened(lines: Iterable[TextLine]) -> Iterator[TextLine]:
    """Part a line that Word numbers "Article 3" from the heading typed behind it."""
    for line in lines:
        head, tab, rest = line.whole.partition("\t")
        heading = branch_of(head) if tab and not line.label else None
        if heading and not heading.heading and rest and "\t" not in rest:
            yield replace(line, whole=head, body="", rich=_cut(line.rich, 0))
            yield replace(line, whole=rest, body="", rich=_cut(line.rich, len(head) + 1))
        else:
            yield line


def _cut(rich: Rich | None, start: int) -> Rich | None:
    """Return what a line has beside its words, for the part of it that begins at ``start``."""
    from resamend.readers.provision_tree import clipped

    if rich is None:
        return None
    return replace(rich, marks=clipped(rich.marks, start)) if start else replace(rich, marks=())


def _joined(lines: Iterable[TextLine], form: TextForm) -> Iterator[TextLine]:
    """Join a label that stands alone on its line to the heading or text below it."""
    alone: TextLine | None = None
    for line in lines:
        if alone is not None:
            begins = line.label or branch_of(line.whole) or _ALONE.fullmatch(line.whole)
            if not begins and len(line.whole) <= _SHORT:
                whole = f"{alone.whole}\t{line.whole}"
                rich = _shifted(line.rich, len(alone.whole) + 1)
                line = replace(
                    line,
                    number=alone.number,
                    whole=whole,
                    label=alone.whole,
                    body=line.whole,
                    rich=rich,
                )
                yield line
                alone = None
                continue
            yield alone
            alone = None
        if (
            form is not TextForm.ITU
            and _ALONE.fullmatch(line.whole)
            and not (line.rich and line.rich.notes)
        ):
            alone = replace(line, label=line.whole, body="")
        else:
            yield line
    if alone is not None:
        yield alone


def _shifted(rich: Rich | None, by: int) -> Rich | None:
    if rich is None:
        return None
    marks = tuple(replace(m, start=m.start + by, end=m.end + by) for m in rich.marks)
    return replace(rich, marks=marks)


def with_tables(lines: Sequence[TextLine], *, captioned: bool = False) -> tuple[TextLine, ...]:
    """Return lines with tables in place of rows whose cells are parted by tabs.

    With ``captioned`` only rows below a line such as "Table 2 — …" are a table.
    """
    others: list[TextLine] = []
    rows: list[TextLine] = []
    for line in (*lines, None):
        cells = _cells(line, rows[:1]) if line else 0
        if rows and cells != rows[0].whole.count("\t"):
            is_table = len(rows) > 1 and (not captioned or is_caption(others[-1:]))
            others += [_table(rows)] if is_table else rows
            rows = []
        if line:
            (rows if cells else others).append(line)
    return tuple(others)


def _cells(line: TextLine, head: Sequence[TextLine]) -> int:
    """Count the tabs between the cells of a row; below others, a row can begin with a number."""
    tabs = line.whole.count("\t")
    row = line.label.isdecimal() and head and tabs == head[0].whole.count("\t")
    figure = row and not is_closed(line.body)
    return 0 if is_block(line) or (line.label and not figure) else tabs


def _table(rows: Sequence[TextLine]) -> TextLine:
    """Return a line that holds a table of rows."""
    cells = [
        tuple(Provision(id="", kind=Kind.CELL, text=cell.strip()) for cell in row.whole.split("\t"))
        for row in rows
    ]
    below = tuple(Provision(id="", kind=Kind.ROW, children=row) for row in cells)
    block = Provision(id="", kind=Kind.TABLE, children=below)
    whole = " ".join(line.whole for line in rows)
    return TextLine(number=rows[0].number, whole=whole, rich=Rich(hint=Hint.TEXT, block=block))


def is_block(line: TextLine) -> bool:
    """Tell whether a line stands for a table."""
    return line.rich is not None and line.rich.block is not None
