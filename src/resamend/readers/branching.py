"""Arrange the lines of a text whose form is known: its branches, its lists, its paragraphs.

A branch ("Chapter II", "4.2", an unnumbered heading) stands below the nearest open branch of a
lower rank. Between two branches lie lists and paragraphs: a label's depth is what its list says
(`lists`), a list after a paragraph that ends in a colon belongs to that paragraph, and a paragraph
in the middle of numbered ones is a further paragraph of the number before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from resamend.forms import Heading, TextForm, branch_of, pattern_of
from resamend.model import Kind
from resamend.readers.families import front_of, is_body, is_enacting_line, is_reasons
from resamend.readers.headings import HeadingWords
from resamend.readers.labels import LabelRole, is_closed, label_role
from resamend.readers.lines import TextLine
from resamend.readers.lists import Step, depths
from resamend.readers.prepared_lines import is_block
from resamend.readers.recited_first import recited_first
from resamend.readers.structure import TextPart, is_caption

_SHORT = 160
_COLONS = (":", "：", "—", "–")
_RULE = re.compile(r"[_—–-]{3,}")
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
_NOTED = (TextForm.UN, TextForm.UNFCCC)
"""Forms in which footnotes stand at the end of the text, below a rule."""
_BRANCHED = frozenset({TextForm.TREATY, TextForm.EU, TextForm.BILL})


# -- arranging ------------------------------------------------------------------------------------


def arranged_as(
    form: TextForm, lines: Sequence[TextLine], vocabulary: HeadingWords
) -> tuple[TextPart, ...]:
    """Say what each line of a text of a form is and where it stands, in the order of the text."""
    return tuple(_Arrangement(form, lines, vocabulary).parts())


class _Arrangement:
    def __init__(self, form: TextForm, lines: Sequence[TextLine], vocabulary: HeadingWords) -> None:
        self.form = form
        self.language = vocabulary.language
        self.lines = lines
        self.front, self.start = front_of(lines, form, vocabulary)
        self.done: list[TextPart] = []
        self.open: list[int] = []  # the ranks of the open branches
        self.home = 0  # 1 inside an annex
        self.run: list[TextLine] = []  # lists and paragraphs since the last branch
        self.titled = False  # a branch waits for its title
        self.counted = False  # numbered paragraphs have begun
        self.ended = False
        above = recited_first(lines, vocabulary.language) if form in _NOTED else None
        self.body = above.body if above else ()  # the lines that name the body below its recitals
        self.noted = False  # a rule across the page: footnotes follow

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
        heading = None if line.label or is_block(line) else self._branch(line)
        if n in self.body:
            self._close()
            self.counted = False  # recitals may be numbered too
            self.done.append(TextPart(line=line, kind=Kind.ENACTING, depth=0))
        elif heading:
            self._open_branch(line, heading)
        elif self.noted or self._is_footnote(line):
            whole = replace(line, label="", body="")
            self.done.append(TextPart(line=whole, kind=Kind.TEXT, depth=0))
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

    def _is_footnote(self, line: TextLine) -> bool:
        """Tell whether a line with an asterisk follows the last sentence: no point of a list."""
        last = self.run[-1].whole if self.run else ""
        noted = self.form in _NOTED and self.counted and line.label == "*"
        if noted and last.rstrip("* ").endswith((".", "。")):
            self._close()
            self.open, self.home, self.noted = [], 0, True
        return self.noted

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
            self.open, self.home, self.ended, self.noted = [], 0, False, False
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
        captions = is_block(after) and is_caption([line])
        if self.home and (is_block(line) or captions):
            self._close()
            self.done.append(TextPart(line=line, kind=Kind.TEXT, depth=1))
            return True
        if role is LabelRole.NUMBER and self._is_clause(line):
            rank = line.label.rstrip(".").count(".") + 5 if self.form is TextForm.ISO else 5
            self.counted = True
            self._part(line, Kind.ITEM, rank)
            return True
        if role is LabelRole.SECTION and self.form in _HEADED and not is_closed(line.body):
            self._part(line, Kind.OPERATIVE, 3)
            return True
        if line.label or is_block(line):
            return False
        return self._unlabelled(n, line)

    def _unlabelled(self, n: int, line: TextLine) -> bool:
        text = line.whole
        recommended = is_body(text) and self.lines[n - 1].whole.endswith(_COLONS)
        enacts = is_enacting_line(text, self.form, self.language) or recommended
        if enacts and self._is_enacting(n):
            self._close()
            self.open = []
            self.done.append(TextPart(line=line, kind=Kind.ENACTING, depth=0))
        elif self.form in _NOTED and _RULE.fullmatch(text):
            self._close()
            self.open, self.home, self.noted = [], 0, True
            self.done.append(TextPart(line=line, kind=Kind.TEXT, depth=0))
        elif self.form is TextForm.ISO and pattern_of("bibliography").fullmatch(text):
            self._close()
            self.home = 0
            self._part(line, Kind.OPERATIVE, 0)
        elif self.form is TextForm.EU and pattern_of("whereas").fullmatch(text):
            self._part(line, Kind.PREAMBULAR, 4)
        elif self.ended or pattern_of("done").fullmatch(text) or self._is_end(n):
            self._close()
            self.open, self.home, self.ended = [], 0, True
            self.done.append(TextPart(line=line, kind=Kind.TEXT, depth=0))
        elif self._is_heading(n, text):
            self._part(line, Kind.OPERATIVE, 5 if self.form is TextForm.ISO else 3)
        else:
            return False
        return True

    def _is_enacting(self, n: int) -> bool:
        """Tell whether a line stands where what is adopted begins: "Decides:", and numbers."""
        if self.form in _NOTED and is_body(self.lines[n].whole):
            return not self.counted  # what another body recommends: its own enacting clause
        if self.form in _NOTED:
            after = self.lines[n + 1] if n + 1 < len(self.lines) else None
            counts = after is not None and label_role(after) is LabelRole.NUMBER
            return counts and not (self.counted or self.home)
        return self.form is TextForm.EU or not self.open

    def _is_clause(self, line: TextLine) -> bool:
        """Tell whether a number heads a clause of its own, and is no paragraph of a list."""
        if self.form is TextForm.ISO:
            return True
        return self.form is TextForm.BILL and not self.home and line.label[0].isdecimal()

    def _is_heading(self, n: int, text: str) -> bool:
        if self.form not in _HEADED or len(text) > _SHORT:
            return False
        after = self.lines[n + 1] if n + 1 < len(self.lines) else None
        if self.form is TextForm.MOTION:
            demands = text.endswith(_COLONS) and after is not None and bool(after.label)
            if text[:1].islower():
                return demands
            worded = any(pattern_of(key).fullmatch(text) for key in ("recital", "resolved"))
            return demands or is_reasons(text) or not (is_closed(text) or worded)
        if is_closed(text) or after is None or text[:1] in "[{" or text[:1].islower():
            return False
        if self.form in (TextForm.UN, TextForm.UNFCCC):
            return self.counted or label_role(after) is LabelRole.NUMBER
        over_clauses = self.form is TextForm.ISO and not (self.home or self.counted)
        return not self.run or self.form is TextForm.BILL or over_clauses

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
        self.done += listed(run, self.base, self.form)


def listed(run: Sequence[TextLine], base: int, form: TextForm) -> Iterator[TextPart]:
    """Place the lists and paragraphs of a run of lines, from a depth on."""
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
    if operative := re.fullmatch(r"\(?OP\)?\s?([0-9.]+?)\)?[.:]?", label):
        return operative[1]
    return re.sub(r"^([0-9]+)[A-Za-z](?=[.)]?$)", r"\1bis", label.strip("[]"))
