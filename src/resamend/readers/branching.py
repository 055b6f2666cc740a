"""Arrange the lines of a text whose form is known: its branches, its lists, its paragraphs.

A branch ("Chapter II", "4.2", an unnumbered heading) stands below the nearest open branch of a
lower rank. Between two branches lie lists and paragraphs: a label's depth is what its list says
(`lists`), a list after a paragraph that ends in a colon belongs to that paragraph, and a paragraph
in the middle of numbered ones is a further paragraph of the number before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from resamend.forms import Heading, TextForm, branch_of
from resamend.model import Kind, Provision
from resamend.readers.families import front_of, is_enacting_line, is_reasons
from resamend.readers.headings import HeadingWords
from resamend.readers.labels import LabelRole, is_closed, label_role, relabelled
from resamend.readers.lines import Hint, Rich, TextLine
from resamend.readers.lists import Step, depths
from resamend.readers.structure import TextPart, is_caption

_SHORT = 160
_COLONS = (":", "：", "—", "–")
_DONE = re.compile(
    r"(?:done|signed) (?:at|in)\b.*|in witness whereof\b.*|fait à\b.*|en foi de quoi\b.*|"
    r"hecho en\b.*|en fe de lo cual\b.*|совершено в\b.*|в удостоверение чего\b.*|"
    r"订于.*|为此.{0,20}签字.*|حررت? في.*",
    re.IGNORECASE,
)
_WHEREAS = re.compile(
    r"whereas\s?:?|considérant ce qui suit\s?:|considerando lo siguiente\s?:", re.IGNORECASE
)
_ALONE = re.compile(r"(?:[IVX]{1,6}|[A-Z]|[0-9]{1,3}(?:\.[0-9]{1,3})*)\.?")
_HEADED = frozenset(
    {
        TextForm.UN,
        TextForm.UNFCCC,
        TextForm.BILL,
        TextForm.MOTION,
        TextForm.ISO,
        TextForm.EU,
        TextForm.TREATY,
    }
)
_BRANCHED = frozenset({TextForm.TREATY, TextForm.EU, TextForm.BILL})


# -- lines before they are arranged ---------------------------------------------------------------


def prepared(lines: Sequence[TextLine], form: TextForm) -> tuple[TextLine, ...]:
    """Return lines with their labels, a label alone joined to its heading, rows made tables."""
    labelled = with_tables([relabelled(line, form) for line in lines])
    return tuple(_joined(_opened(labelled), form))


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
            if not line.label and not branch_of(line.whole) and len(line.whole) <= _SHORT:
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
    return 0 if _is_block(line) or (line.label and not figure) else tabs


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


def _is_block(line: TextLine) -> bool:
    return line.rich is not None and line.rich.block is not None


# -- arranging ------------------------------------------------------------------------------------


def arranged_as(
    form: TextForm, lines: Sequence[TextLine], vocabulary: HeadingWords
) -> tuple[TextPart, ...]:
    """Say what each line of a text of a form is and where it stands, in the order of the text."""
    return tuple(_Arrangement(form, lines, vocabulary).parts())


class _Arrangement:
    def __init__(self, form: TextForm, lines: Sequence[TextLine], vocabulary: HeadingWords) -> None:
        self.form = form
        self.lines = lines
        self.front, self.start = front_of(lines, form, vocabulary)
        self.done: list[TextPart] = []
        self.open: list[int] = []  # the ranks of the open branches
        self.home = 0  # 1 inside an annex
        self.run: list[TextLine] = []  # lists and paragraphs since the last branch
        self.titled = False  # a branch waits for its title
        self.counted = False  # numbered paragraphs have begun
        self.ended = False

    @property
    def base(self) -> int:
        return self.home + len(self.open)

    def parts(self) -> list[TextPart]:
        for n, line in enumerate(self.lines):
            if n < self.start:
                self.done.append(TextPart(line=line, kind=self.front.get(n, Kind.TEXT), depth=0))
            else:
                self._take(n, line)
        self._close()
        return self.done

    def _take(self, n: int, line: TextLine) -> None:
        heading = None if line.label or _is_block(line) else self._branch(line)
        if heading:
            self._open_branch(line, heading)
        elif self.titled and not line.label and not is_closed(line.whole):
            self.done.append(TextPart(line=line, kind=Kind.TITLE, depth=self.base))
            self.titled = False
        elif not self._special(n, line):
            self.titled = False
            if self.form in (TextForm.UN, TextForm.UNFCCC) and label_role(line) is LabelRole.NUMBER:
                if not self.counted:
                    self._close()
                self.counted = True
            self.run.append(line)

    def _branch(self, line: TextLine) -> Heading | None:
        heading = branch_of(line.whole)
        if heading is None or (heading.branch.rank >= 0 and self.form not in _BRANCHED):
            return None
        if heading.branch.rank < 0 and is_closed(line.whole):
            return None
        return heading

    def _open_branch(self, line: TextLine, heading: Heading) -> None:
        rank = heading.branch.rank
        self._close()
        if rank < 0:
            self.open, self.home, self.ended = [], 0, False
            self.done.append(TextPart(line=line, kind=Kind.ANNEX, depth=0))
            self.home = 1
        else:
            self._part(line, Kind.OPERATIVE, rank)
        self.titled = not heading.heading

    def _part(self, line: TextLine, kind: Kind, rank: int) -> None:
        """Open a branch: it stands below the open ones of a lower rank."""
        self._close()
        while self.open and self.open[-1] >= rank:
            self.open.pop()
        labelled = bool(line.label)
        self.done.append(TextPart(line=line, kind=kind, depth=self.base, labelled=labelled))
        self.open.append(rank)
        self.titled = False

    def _special(self, n: int, line: TextLine) -> bool:
        """Take a line that is no list and no paragraph: a heading, a clause, the end."""
        role = label_role(line)
        after = self.lines[n + 1] if n + 1 < len(self.lines) else line
        captions = _is_block(after) and is_caption([line])
        if self.home and (_is_block(line) or captions):
            self._close()
            self.done.append(TextPart(line=line, kind=Kind.TEXT, depth=1))
            return True
        if role is LabelRole.NUMBER and self._is_clause(line):
            rank = line.label.rstrip(".").count(".") + 5 if self.form is TextForm.ISO else 5
            self._part(line, Kind.ITEM, rank)
            return True
        if role is LabelRole.SECTION and self.form in _HEADED and not is_closed(line.body):
            self._part(line, Kind.OPERATIVE, 3)
            return True
        if line.label or _is_block(line):
            return False
        return self._unlabelled(n, line)

    def _unlabelled(self, n: int, line: TextLine) -> bool:
        text = line.whole
        if is_enacting_line(text, self.form) and (self.form is TextForm.EU or not self.open):
            self._close()
            self.open = []
            self.done.append(TextPart(line=line, kind=Kind.ENACTING, depth=0))
        elif self.form is TextForm.EU and _WHEREAS.fullmatch(text):
            self._part(line, Kind.PREAMBULAR, 4)
        elif self.ended or _DONE.fullmatch(text) or self._is_end(n):
            self._close()
            self.open, self.home, self.ended = [], 0, True
            self.done.append(TextPart(line=line, kind=Kind.TEXT, depth=0))
        elif self._is_heading(n, text):
            self._part(line, Kind.OPERATIVE, 5 if self.form is TextForm.ISO else 3)
        else:
            return False
        return True

    def _is_clause(self, line: TextLine) -> bool:
        """Tell whether a number heads a clause of its own, and is no paragraph of a list."""
        if self.form is TextForm.ISO:
            return True
        return self.form is TextForm.BILL and not self.home and line.label[0].isdecimal()

    def _is_heading(self, n: int, text: str) -> bool:
        if self.form not in _HEADED or len(text) > _SHORT or text[:1].islower():
            return False
        after = self.lines[n + 1] if n + 1 < len(self.lines) else None
        if self.form is TextForm.MOTION:
            demands = text.endswith(_COLONS) and after is not None and bool(after.label)
            return demands or is_reasons(text) or not is_closed(text)
        if is_closed(text) or after is None or text[:1] in "[{":
            return False
        if self.form in (TextForm.UN, TextForm.UNFCCC):
            return self.counted or label_role(after) is LabelRole.NUMBER
        return not self.run or self.form is TextForm.BILL

    def _is_end(self, n: int) -> bool:
        """Tell whether only the date and place of adoption follow the last paragraph."""
        if self.form not in (TextForm.UN, TextForm.UNFCCC) or not self.counted or self.home:
            return False
        for line in self.lines[n:]:
            if line.label or len(line.whole) > _SHORT or line.whole[:1] in "[{":
                return False
            heading = branch_of(line.whole)
            if heading and heading.branch.rank < 0:
                break
        return not is_closed(self.lines[n].whole)

    # -- lists and paragraphs -----------------------------------------------------------------

    def _close(self) -> None:
        """Place the lists and paragraphs since the last branch."""
        run, self.run = self.run, []
        self.done += _listed(run, self.base, self.form)


def _listed(run: Sequence[TextLine], base: int, form: TextForm) -> Iterator[TextPart]:
    numbered = form not in (TextForm.ISO, TextForm.MOTION)
    group: list[TextLine] = []
    nested = False
    last = ""
    for line in run:
        role = label_role(line)
        plain = not line.label or role is LabelRole.PREAMBULAR
        if plain and group and numbered and not nested and _counts(group[0]):
            group.append(line)
            continue
        if plain:
            yield from _group(group, base + nested)
            group = []
            kind = Kind.ITEM if line.label else Kind.TEXT
            yield TextPart(line=line, kind=kind, depth=base)
            last = line.whole
            nested = False
            continue
        if not group:
            nested = last.endswith(_COLONS)
        group.append(line)
    yield from _group(group, base + nested)


def _counts(line: TextLine) -> bool:
    """Tell whether a label numbers paragraphs, below which further paragraphs can stand."""
    return label_role(line) is LabelRole.NUMBER or line.label.strip("()（）").isdecimal()


def _group(group: Sequence[TextLine], base: int) -> Iterator[TextPart]:
    """Place one list, with what stands beside its items."""
    listed = [line for line in group if line.label and not _is_unlisted(line)]
    steps = [
        Step(_step(line.label), after) for line, after in zip(listed, _after(group), strict=True)
    ]
    deep = iter(depths(steps))
    top = 0
    for line in group:
        beside = label_role(line) is LabelRole.BESIDE
        if _ALTERNATIVE.fullmatch(line.label):
            yield TextPart(line=line, kind=Kind.ITEM, depth=base)
        elif line.label and not beside:
            yield TextPart(line=line, kind=Kind.ITEM, depth=base + next(deep))
            top = 1
        else:
            kind = Kind.ITEM if beside else Kind.TEXT
            yield TextPart(line=line, kind=kind, depth=base + top)


def _after(group: Sequence[TextLine]) -> Iterator[bool]:
    """Yield, for each label of a list, whether a colon stands before it."""
    last = ""
    for line in group:
        if line.label and not _is_unlisted(line):
            yield last.endswith(_COLONS)
        last = line.whole


_ALTERNATIVE = re.compile(r"\[?[0-9]+\s?alt\b.*", re.IGNORECASE)
"""The label of another wording of a paragraph: it stands beside it, outside the count."""


def _is_unlisted(line: TextLine) -> bool:
    return label_role(line) is LabelRole.BESIDE or _ALTERNATIVE.fullmatch(line.label) is not None


def _step(label: str) -> str:
    """Return a label as its list counts it: ``2a`` is inserted after 2, ``o`` is a bullet."""
    if label == "o":
        return "◦"
    return re.sub(r"^([0-9]+)[A-Za-z](?=[.)]?$)", r"\1bis", label.strip("[]"))
