"""What stands around a proposal's text: its symbol and id, NOC lines, reasons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from resamend.errors import Invalid
from resamend.forms import TextForm
from resamend.readers.families import form_of
from resamend.readers.headings import (
    HeadingWords,
    annex_number,
    known_heading,
    number_line,
    reasons_in,
)
from resamend.readers.lines import TextLine


class Kept(NamedTuple):
    """Say NOC, with reasons, of the provision at a path such as ``resolves 4``: it is to be kept.

    In a plain text NOC is always emphasised: without a wish to keep the text nobody writes it.
    """

    path: str
    reasons: str = ""


class Noted(Struct, frozen=True):
    """Point at a line by its number from 1, quote it, and say what became of it and why."""

    number: int
    text: str
    why: str


def short(text: str, limit: int = 60) -> str:
    """Return the beginning of a text, to quote it by."""
    return text if len(text) <= limit else f"{text[:limit].rstrip()}…"


def is_symbol(line: str) -> bool:
    """Tell whether a line begins a proposal, as MOD TAB RUS/62/1 does."""
    return _SYMBOL.fullmatch(line) is not None


_ID = r"(?=[^\s#]+/[^\s#])[^\s#]++(?: \(?(?:Rev|Corr|Add)\.? ?[0-9]{1,3}\)?)?"
_SYMBOL = re.compile(rf"\(?(ADD|MOD|SUP|NOC)\)?\*?\s+({_ID})(?:#\S*)?")
_LONGER = re.compile(
    r"\(?(?:ADD|MOD|SUP|NOC)\)?\*?\s+[A-Z]{2,5}(?:/[A-Z]{2,5})*/[0-9]{1,4}(?:[A(]\S*)?/[0-9]{1,4}\b.+"
)
_BARE_SYMBOL = re.compile(r"\(?(ADD|MOD|SUP|NOC)\)?\*?")
_NOC = re.compile(r"NOC\*?\s+(\S.*)")


class Envelope(Struct, frozen=True, kw_only=True):
    """Hold what a proposal says around its text, and the lines of the text.

    ``quoted`` are the lines that only show what is to be suppressed.
    """

    symbol: str = ""
    source: str = ""
    kept: tuple[Kept, ...] = ()
    reasons: str = ""
    text: tuple[TextLine, ...] = ()
    quoted: tuple[TextLine, ...] = ()
    left_out: tuple[Noted, ...] = ()


def opened(lines: Sequence[TextLine], vocabulary: HeadingWords, name: str) -> Envelope:
    """Part the text of a proposal from what stands before it, its symbol, NOC lines and reasons.

    Raises ``Invalid`` where a second proposal begins: its text would be taken for the first's; and
    where a line that names one says more: it would be taken for words to add.
    """
    start = _start(lines, vocabulary)
    first = _SYMBOL.fullmatch(lines[start].whole) if lines else None
    if lines and not first and _LONGER.fullmatch(lines[0].whole):
        raise Invalid(
            f"this line names a proposal, and goes on: {short(' '.join(lines[0].whole.split()))}",
            where=f"{name}, line {lines[0].number}".removeprefix(", "),
            advice="Leave nothing but the id on it, such as MOD RUS/62/1 or MOD RUS/62(Rev.1)/1.",
        )
    bare = None if first or not lines else _BARE_SYMBOL.fullmatch(lines[0].whole)
    if bare:
        left_out = [Noted(lines[0].number, lines[0].whole, "symbol of the proposal")]
        envelope = opened(lines[1:], vocabulary, name)
        return replace(envelope, symbol=bare[1], left_out=(*left_out, *envelope.left_out))
    left_out = [Noted(line.number, line.whole, "before the proposal") for line in lines[:start]]
    if first:
        left_out.append(Noted(lines[start].number, lines[start].whole, "symbol of the proposal"))
    rest = lines[start + 1 :] if first else lines
    for line in rest:
        if _SYMBOL.fullmatch(line.whole):
            raise Invalid(
                f"a{' second' if first else ''} proposal begins{'' if first else ' in a text'}: "
                f"{short(' '.join(line.whole.split()))}",
                where=f"{name}, line {line.number}".removeprefix(", "),
                advice="Give each proposal in a file of its own.",
            )
    since = 0 if first else _last_of_text(rest, vocabulary)
    if not first and form_of(rest, vocabulary) is TextForm.MOTION:  # there, the reasons are text
        since = _NEVER
    around = _Around(vocabulary, since)
    for line in rest:
        around.take(line)
    envelope = Envelope(
        symbol=first[1] if first else "",
        source=first[2] if first else "",
        kept=tuple(Kept(path, "\n".join(reasons)) for path, reasons in around.kept),
        reasons="\n".join(around.reasons),
        text=tuple(around.text),
        left_out=(*left_out, *around.left_out),
    )
    return _suppressed(envelope) if envelope.symbol == "SUP" else envelope


_NEVER = 1 << 60


def _start(lines: Sequence[TextLine], vocabulary: HeadingWords) -> int:
    """Return where a proposal's symbol stands; before it, a letter may stand, but no text.

    A letter can have numbered sentences, but no number line, heading or annex of a resolution. 0
    where there is none.
    """
    for at, line in enumerate(lines):
        if is_symbol(line.whole):
            return at
        if number_line(line.whole, vocabulary) or _is_heading(line, vocabulary):
            break
    return 0


def _suppressed(envelope: Envelope) -> Envelope:
    """Put a text aside that is only quoted, to say what is to be suppressed."""
    struck = [Noted(line.number, line.whole, "it is suppressed") for line in envelope.text]
    return replace(envelope, text=(), quoted=envelope.text, left_out=(*envelope.left_out, *struck))


def _last_of_text(lines: Sequence[TextLine], vocabulary: HeadingWords) -> int:
    """Return the number of the last line that is surely of the text: with a label, or a heading.

    In a text without a symbol, reasons stand only after it; before it, "Reasons:" is a word.
    """
    return max((line.number for line in lines if _is_structure(line, vocabulary)), default=0)


def _is_structure(line: TextLine, vocabulary: HeadingWords) -> bool:
    return bool(line.label) or _is_heading(line, vocabulary)


def _is_heading(line: TextLine, vocabulary: HeadingWords) -> bool:
    if annex_number(line.whole, vocabulary) is not None:
        return True
    heading = known_heading(line.whole, vocabulary)
    return heading is not None and heading.exact


class _Around:
    """Take the lines of a proposal one by one."""

    def __init__(self, vocabulary: HeadingWords, since: int) -> None:
        self.vocabulary = vocabulary
        self.since = since  # before this line, reasons are not looked for
        self.kept: list[tuple[str, list[str]]] = []
        self.reasons: list[str] = []
        self.text: list[TextLine] = []
        self.left_out: list[Noted] = []
        self.open: list[str] | None = None  # the reasons that the next paragraph continues
        self.after_noc = False

    def take(self, line: TextLine) -> None:
        noc = _NOC.fullmatch(line.whole)
        reasons = reasons_in(line.whole, self.vocabulary) if line.number > self.since else None
        if noc:
            self.kept.append((noc[1], []))
            self._leave(line, "NOC")
            self.open, self.after_noc = None, True
        elif reasons is not None:
            self.open = self.kept[-1][1] if self.after_noc else self.reasons
            self.after_noc = False
            self.open += [reasons] if reasons else []
            self._leave(line, "reasons")
        elif self.open is not None and not _is_structure(line, self.vocabulary):
            self.open.append(line.whole)
            self._leave(line, "reasons")
        else:
            self.open, self.after_noc = None, False
            self.text.append(line)

    def _leave(self, line: TextLine, why: str) -> None:
        self.left_out.append(Noted(line.number, line.whole, why))
