"""What each line of a plain text is, and how deep it stands.

A line with a label is an item; its list says how deep (`lists`). A line without one is a part of
the front, a heading, an annex, an unlettered item or a paragraph: its words, its neighbours and
its place say which. What remains doubtful stays a paragraph where it stands, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from resamend.forms import words_of
from resamend.languages import header
from resamend.model import Kind, Language
from resamend.numbering import LabelStyle, parse
from resamend.readers.headings import (
    HeadingWords,
    annex_number,
    is_enacting,
    known_heading,
    number_line,
)
from resamend.readers.lines import Hint, TextLine
from resamend.readers.lists import NOT_A_LABEL, Step, begins_list, depths, may_follow

SHORT = 160
"""A heading is no longer than this, in code points, unless labelled items follow it."""

BROKEN = "a sentence goes on after a break"
PARAGRAPH = "a paragraph without a label"
NUMBER = "a number that continues no list"
RUN_ON = "a heading runs on into its sentence"


class TextPart(Struct, frozen=True, kw_only=True):
    """Say what a line is, its depth below the resolution, and why that is doubtful, if it is.

    ``labelled`` is a heading with a label of its own ("II. Means"); an item always has its own.
    """

    line: TextLine
    kind: Kind
    depth: int
    doubt: str = ""
    labelled: bool = False


# -- what a line is -------------------------------------------------------------------------------


class _Role(Struct, frozen=True):
    """Say what a line is; ``level`` is its depth, or None where its list decides.

    ``base`` is the depth of the list that follows.
    """

    kind: Kind
    level: int | None = None
    base: int = 0
    doubt: str = ""


_ITEM = _Role(Kind.ITEM)


def arranged(lines: Sequence[TextLine], vocabulary: HeadingWords) -> tuple[TextPart, ...]:
    """Say what each line is and where it stands, in the order of the text."""
    return _placed(lines, _Roles(lines, vocabulary).all())


class _Roles:
    """Go through the lines once, with what was open before each."""

    def __init__(self, lines: Sequence[TextLine], vocabulary: HeadingWords) -> None:
        self.lines = lines
        self.vocabulary = vocabulary
        self.front = _front(lines, vocabulary)
        self.is_resolution = bool(self.front) or any(
            _looks_a_heading(line, vocabulary) or (not line.label and self._heads(n))
            for n, line in enumerate(lines)
        )
        self.roles: list[_Role] = []
        self.home = 0  # depth of a heading: 1 inside an annex
        self.operative = False
        self.label = ""  # the last one in this list

    def all(self) -> list[_Role]:
        for n, line in enumerate(self.lines):
            role = self._role(n, line)
            self.roles.append(role)
            if role.kind is Kind.ITEM and role.level is None:
                self.label = line.label
            elif role.level is not None:
                self.label = ""
            self.operative |= role.kind is Kind.OPERATIVE
        return self.roles

    def _role(self, n: int, line: TextLine) -> _Role:
        if n in self.front:
            return _Role(self.front[n], 0, 0)
        if self.home and (_is_table(line) or self._captions(n)):
            return _Role(Kind.TEXT, self.home, self.home)
        if line.hint is Hint.TEXT:
            return _Role(Kind.TEXT)
        if _looks_a_heading(line, self.vocabulary):
            return _Role(self._hinted(n, line), self.home, self.home + 1)
        if line.label:
            return _ITEM
        annexed = annex_number(line.whole, self.vocabulary) is not None and self._is_apart(line)
        if annexed or line.hint is Hint.ANNEX:
            self.home = 1
            return _Role(Kind.ANNEX, 0, 1)
        if not self.is_resolution:
            return self._text(n) if self.label else _Role(Kind.TEXT)
        heading = self._heading(n, line)
        if heading:
            return _Role(heading, self.home, self.home + 1)
        return self._paragraph(n, line)

    def _captions(self, n: int) -> bool:
        """Tell whether a line is the caption of the table below it."""
        after = self.lines[n + 1 : n + 2]
        return is_caption(self.lines[n : n + 1]) and any(map(_is_table, after))

    def _is_apart(self, line: TextLine) -> bool:
        """Tell whether an annex's line stands as one: in a resolution, or in capitals."""
        return self.is_resolution or line.whole.upper() == line.whole

    def _heads(self, n: int) -> bool:
        """Tell whether a line is by its words alone the heading of items."""
        heading = known_heading(self.lines[n].whole, self.vocabulary)
        return heading is not None and (
            self._leads(n) or (heading.exact and n + 1 < len(self.lines))
        )

    def _leads(self, n: int) -> bool:
        """Tell whether the first item of a list follows."""
        after = self._after(n)
        return bool(after) and (begins_list(after) or _is_bullet(after))

    def _after(self, n: int) -> str:
        return self.lines[n + 1].label if n + 1 < len(self.lines) else ""

    def _goes_on(self, n: int) -> bool:
        """Tell whether the line before is an item or paragraph that has no end."""
        if not n or self.roles[-1].kind not in (Kind.ITEM, Kind.TEXT):
            return False
        return not _is_finished(self.lines[n - 1].whole)

    def _heading(self, n: int, line: TextLine) -> Kind | None:
        heading = known_heading(line.whole, self.vocabulary)
        if heading and (heading.exact or self._leads(n)):
            return heading.kind
        if len(line.whole) > SHORT or self._goes_on(n):
            return None
        if heading:
            return None if line.whole.endswith(_STOPS) else heading.kind
        after = self._after(n)
        if (
            self._is_open()
            or not begins_list(after)
            or may_follow(self.label, after)
            or line.whole.endswith(_ENDS)
        ):
            return None
        return self._unknown(after)

    def _hinted(self, n: int, line: TextLine) -> Kind:
        heading = known_heading(line.whole, self.vocabulary)
        return heading.kind if heading else self._unknown(self._after(n))

    def _unknown(self, after: str) -> Kind:
        """Return the kind of an unknown heading: operative once one was, or before numbers."""
        label = parse(after)
        counted = label is not None and label.style is LabelStyle.DECIMAL
        return Kind.OPERATIVE if self.operative or self.home or counted else Kind.PREAMBULAR

    def _is_open(self) -> bool:
        """Tell whether the line before is a heading or an annex with nothing under it yet."""
        if not self.roles or self.roles[-1].kind not in (*_HEADS, Kind.ANNEX):
            return False
        before = self.lines[len(self.roles) - 1].whole
        heading = known_heading(before, self.vocabulary)
        runs_on = heading is not None and not heading.exact and before.endswith((",", "，", "،"))
        return self.roles[-1].kind is Kind.ANNEX or not runs_on

    def _paragraph(self, n: int, line: TextLine) -> _Role:
        last = self.roles[-1] if self.roles else None
        titled = line.hint is Hint.TITLE or not line.whole.endswith(_ENDS)
        if last and last.kind is Kind.ANNEX and titled:
            return _Role(Kind.TITLE, 1, 1)
        if last and last.base > self.home and not self._goes_on(n) and not self.label:
            colon = line.whole.endswith(_COLONS)
            if colon or not self._after(n):
                below = colon and bool(self._after(n))
                return _Role(Kind.ITEM, self.home + 1, self.home + 1 + below)
        if known_heading(line.whole, self.vocabulary) and not self._goes_on(n):
            return _Role(Kind.TEXT, self.home, self.home, RUN_ON)
        return self._text(n)

    def _text(self, n: int) -> _Role:
        return _Role(Kind.TEXT, doubt=BROKEN if self._goes_on(n) else PARAGRAPH)


def _looks_a_heading(line: TextLine, vocabulary: HeadingWords) -> bool:
    """Tell whether a line has the look of a heading, and its words do not belie it.

    Who types an item where a heading was struck leaves it in the heading's style: "b) TAB that".
    """
    if line.hint is not Hint.HEADING:
        return False
    heading = known_heading(line.body, vocabulary)
    return not line.label or line.weak or (heading is not None and heading.exact)


def is_caption(lines: Sequence[TextLine]) -> bool:
    """Tell whether a line is the caption of a table: "Table 2 — Fees"."""
    return any(_caption().fullmatch(line.whole) and not line.label for line in lines)


@cache
def _caption() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{words_of('table')})\s?(?:[A-Z]\.)?[0-9IVX]*\b.{{0,160}}", re.IGNORECASE
    )


def _is_table(line: TextLine) -> bool:
    return line.rich is not None and line.rich.block is not None


_HEADS = (Kind.PREAMBULAR, Kind.OPERATIVE)
_ENDS = (".", ";", "。", "；", "؛")
_COLONS = (":", "：")
_STOPS = (*_ENDS, *_COLONS, ",", "，", "、", "،")


@cache
def _finished() -> re.Pattern[str]:
    """Compile how a provision ends: with a stop, or with one and an "and" in any language."""
    words = "|".join(word for language in Language for word in header(language).conjunctions)
    return re.compile(
        rf"(?:[.;:,?!…。；：，、？！،؛؟]|[;,；，،؛]\s+(?:{words}))"
        r"(?:\[\^\w+\]|[\s*\"'”’»)\]）￼])*"
    )


def _is_finished(text: str) -> bool:
    """Tell whether a text ends as a provision does.

    >>> _is_finished("that is; and"), _is_finished("la Résolution 8 "), _is_finished("above.*")
    (True, False, True)
    """
    tail = text[-40:]
    return any(_finished().fullmatch(tail, at) for at in range(len(tail)))


def _is_bullet(label: str) -> bool:
    parsed = parse(label)
    return parsed is not None and parsed.style is LabelStyle.BULLET


def _front(lines: Sequence[TextLine], vocabulary: HeadingWords) -> dict[int, Kind]:
    """Find number line, title and enacting clause before the first label or heading."""
    start = 0
    while start < len(lines) and not _begins(lines, start, vocabulary):
        start += 1
    hinted = _hinted_front(lines[:start])
    if hinted:
        return hinted
    number = next((n for n in range(start) if _is_number(lines, n, vocabulary)), None)
    first = 0 if number is None else number + 1
    enacting = next((n for n in range(first, start) if _enacts(lines[n], vocabulary)), None)
    if enacting is None and number is not None:
        commas = (",", "，", "،")
        below = (*range(first + 1, start), *range(first, start)[:1])  # a title may break at a comma
        enacting = next((n for n in below if lines[n].whole.endswith(commas)), None)
    front: dict[int, Kind] = {}
    if number is not None:
        front[number] = Kind.NUMBER
    if enacting is not None:
        front[enacting] = Kind.ENACTING
    end = start if enacting is None else enacting
    if first < end and (number is not None or (enacting is not None and end == 1)):
        front[first] = Kind.TITLE
    return front


def _begins(lines: Sequence[TextLine], n: int, vocabulary: HeadingWords) -> bool:
    """Tell whether the front ends before a line."""
    line = lines[n]
    if line.hint in (Hint.NUMBER, Hint.TITLE, Hint.ENACTING):
        return False
    return (
        bool(line.label)
        or line.hint in (Hint.HEADING, Hint.ANNEX)
        or _is_heading(lines, n, vocabulary)
    )


def _hinted_front(lines: Sequence[TextLine]) -> dict[int, Kind]:
    """Return the front as its look says, each part once; nothing if it does not say the number."""
    front: dict[int, Kind] = {}
    for n, line in enumerate(lines):
        kind = _FRONT.get(line.hint) if line.hint else None
        if kind and kind not in front.values():
            front[n] = kind
    return front if Kind.NUMBER in front.values() else {}


_FRONT = {
    Hint.NUMBER: Kind.NUMBER,
    Hint.TITLE: Kind.TITLE,
    Hint.ENACTING: Kind.ENACTING,
}


def _is_heading(lines: Sequence[TextLine], n: int, vocabulary: HeadingWords) -> bool:
    heading = known_heading(lines[n].whole, vocabulary)
    if heading is None:
        return False
    return heading.exact or (n + 1 < len(lines) and begins_list(lines[n + 1].label))


def _is_number(lines: Sequence[TextLine], n: int, vocabulary: HeadingWords) -> bool:
    """Tell a number line from a reference to a resolution: first, or in capitals."""
    if number_line(lines[n].whole, vocabulary) is None:
        parts = re.split(r"\s[–—-]\s", lines[n].whole, maxsplit=1)
        return n == 0 and len(parts) > 1 and number_line(parts[0], vocabulary) is not None
    words = lines[n].whole.split("(")[0]
    return n == 0 or words == words.upper()


def _enacts(line: TextLine, vocabulary: HeadingWords) -> bool:
    return line.whole.endswith((",", "，", "،")) and is_enacting(line.whole, vocabulary)


# -- where a line stands --------------------------------------------------------------------------


def _placed(lines: Sequence[TextLine], roles: Sequence[_Role]) -> tuple[TextPart, ...]:
    parts: list[TextPart] = []
    base = start = 0
    for n, role in enumerate(roles):
        if role.level is None:
            continue
        parts += _listed(lines[start:n], roles[start:n], base)
        parts.append(TextPart(line=lines[n], kind=role.kind, depth=role.level, doubt=role.doubt))
        base, start = role.base, n + 1
    return (*parts, *_listed(lines[start:], roles[start:], base))


def _listed(lines: Sequence[TextLine], roles: Sequence[_Role], base: int) -> list[TextPart]:
    """Place the items of one list, and the paragraphs between them."""
    labelled = [n for n, role in enumerate(roles) if role.kind is Kind.ITEM]
    steps = [
        Step(
            lines[n].label,
            n > 0 and lines[n - 1].whole.endswith(_COLONS),
            lines[n].weak,
            lines[n].level,
        )
        for n in labelled
    ]
    deep = {n: d for n, d in zip(labelled, depths(steps), strict=True) if d != NOT_A_LABEL}
    follower = _followers(len(lines), deep)
    parts: list[TextPart] = []
    last_depth = NOT_A_LABEL  # depth of the last item
    for n, (line, role) in enumerate(zip(lines, roles, strict=True)):
        if n in deep:
            last_depth = deep[n]
            parts.append(TextPart(line=line, kind=Kind.ITEM, depth=base + last_depth))
            continue
        doubt = role.doubt if role.kind is Kind.TEXT else NUMBER
        depth = _between(last_depth, follower[n], lines[n - 1].whole if n else "", line.whole)
        if parts and parts[-1].kind is Kind.TEXT:
            depth = min(depth, parts[-1].depth - base)
        parts.append(TextPart(line=line, kind=Kind.TEXT, depth=base + depth, doubt=doubt))
    return parts


def _followers(count: int, deep: dict[int, int]) -> list[int]:
    """Return, for each line, the depth of the next item; 0 after the last."""
    next_depths = [0] * (count + 1)
    for n in reversed(range(count)):
        next_depths[n] = deep.get(n, next_depths[n + 1])
    return next_depths


def _between(before: int, after: int, last: str, text: str) -> int:
    """Return the depth of a paragraph between two items of these depths.

    It stands beside the item before it, or below it when it goes on with it; but never so far out
    that the item after it would lose its parent.
    """
    if before == NOT_A_LABEL:
        return 0
    below = not _is_finished(last) and bool(text) and not text[0].isupper()
    return max(before + below, after)
