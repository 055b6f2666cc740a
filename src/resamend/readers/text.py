"""Read a resolution, a report or a proposal from plain text, and account for every word.

A paragraph is a line: ``label TAB text`` or ``label text``. The number line, title and enacting
clause come first; a heading is an unlabelled line that the table of headings knows, or that stands
before labelled items (DESIGN: plain text in). A proposal begins with ``MOD TAB RUS/62/1`` and may
end with ``NOC TAB resolves 4`` and ``Reasons: …``.

Nothing is dropped: what cannot be classified stays a paragraph where it stands, and the balance
lists it. ``renderers.plain.written`` writes the text back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from resamend.errors import Invalid, Unreadable
from resamend.model import Kind, Language, Metadata, Provision, Resolution, walk
from resamend.numbering import Style, eids, parse
from resamend.readers.growing import grown
from resamend.readers.headings import (
    HeadingTable,
    Vocabulary,
    annex_number,
    announced_annexes,
    guess_language,
    known_heading,
    number_line,
    reasons_in,
    shipped_headings,
)
from resamend.readers.inline import Binding, bind, word_count
from resamend.readers.structure import Line, Part, arranged, line_of

__all__ = ["MAX_LINES", "MAX_SIZE", "Balance", "Imported", "Kept", "Noted", "read_text"]

MAX_SIZE = 8 << 20
"""Bytes of a text; the longest resolutions have a hundredth of it."""
MAX_LINES = 20_000
"""Lines of a text."""
_EVIDENCE = 2_000  # lines in which headings are looked for when the language is guessed


class Kept(NamedTuple):
    """Say NOC, with reasons, of the provision at a path such as ``resolves 4``: it is to be kept.

    In a plain text NOC is always emphasised: without a wish to keep the text nobody writes it.
    """

    path: str
    reasons: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """Point at a line by its number from 1, quote it, and say what became of it and why."""

    number: int
    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Account for every word: ``words_in == words_placed + words_left_out``.

    ``unclassified`` lines were kept as paragraphs; ``left_out`` lines are not part of the text
    (the symbol, NOC, reasons); ``notices`` are oddities of the text that were left as they are.
    """

    words_in: int
    words_placed: int
    words_left_out: int = 0
    unclassified: tuple[Noted, ...] = ()
    left_out: tuple[Noted, ...] = ()
    notices: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Tell it in lines for a reader."""
        lines = [
            f"{self.words_in} words in, {self.words_placed} placed, "
            f"{self.words_left_out} beside the text"
        ]
        for told, noted in (("kept as a paragraph", self.unclassified), ("beside", self.left_out)):
            lines += [f"line {n.number}, {told} ({n.why}): {_short(n.text)}" for n in noted]
        return "\n".join((*lines, *self.notices))


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """Hold what was read.

    ``symbol`` and ``source`` are those of a proposal's first line, empty for a base. ``resolution``
    is empty when the symbol says SUP of the whole, or when only NOC or reasons are there.
    """

    symbol: str
    source: str
    resolution: Resolution
    kept: tuple[Kept, ...]
    reasons: str
    balance: Balance


def read_text(
    data: bytes | str,
    language: Language | None = None,
    *,
    name: str = "",
    headings: HeadingTable | None = None,
) -> Imported:
    """Read a plain text in UTF-8; the language is guessed from its headings unless given.

    Raises ``Unreadable`` for bytes that are not UTF-8, control characters and texts that are too
    large, ``Invalid`` when the language cannot be told or a second proposal begins.
    """
    table = shipped_headings() if headings is None else headings
    lines = _lines(_decoded(data, name), name)
    if language is None:
        language = _guessed(lines, table, name)
    vocabulary = table.of(language)
    envelope = _opened(lines, vocabulary, name)
    if envelope.symbol == "SUP":
        told = [Noted(line.number, line.whole, "it is suppressed") for line in envelope.text]
        envelope = replace(envelope, text=(), left_out=(*envelope.left_out, *told))
    return _imported(lines, envelope, vocabulary)


# -- bytes and lines ------------------------------------------------------------------------------

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def _decoded(data: bytes | str, name: str) -> str:
    if len(data) > MAX_SIZE:
        raise Unreadable(
            f"{len(data)} bytes, more than the {MAX_SIZE} that a text may have",
            where=name,
            advice="Give each resolution in a file of its own.",
        )
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise Unreadable(
            f"byte {problem.start} (0x{data[problem.start]:02x}, line {line}) is not UTF-8",
            where=name,
            advice="Save the text as “UTF-8”, not as “Unicode”, “ANSI” or “Windows”.",
        ) from problem


def _lines(text: str, name: str) -> tuple[Line, ...]:
    """Return the lines that are not blank; a form feed ends a line too."""
    found: list[Line] = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        odd = _FORBIDDEN.search(line)
        if odd:
            raise Unreadable(
                f"the character U+{ord(odd[0]):04X} stands in line {number}",
                where=name,
                advice="Remove it: only TAB, line ends and form feeds are allowed besides text.",
            )
        found += [line_of(number, part) for part in line.split("\f") if part.strip()]
        if len(found) > MAX_LINES:
            raise Unreadable(f"more than {MAX_LINES} lines", where=name)
    return tuple(found)


def _guessed(lines: Sequence[Line], table: HeadingTable, name: str) -> Language:
    texts = (line.whole for line in lines[:_EVIDENCE] if not _SYMBOL.fullmatch(line.whole))
    language = guess_language(texts, table)
    if language is None:
        raise Invalid(
            "its headings do not tell its language",
            where=name,
            advice=f"Say it with --lang ({', '.join(Language)}).",
        )
    return language


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else f"{text[:limit].rstrip()}…"


# -- what stands around a proposal's text ---------------------------------------------------------

_SYMBOL = re.compile(r"\(?(ADD|MOD|SUP|NOC)\)?\*?\s+(\S+/\S+)")
_NOC = re.compile(r"NOC\*?\s+(\S.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Envelope:
    """Hold what a proposal says around its text, and the lines of the text."""

    symbol: str = ""
    source: str = ""
    kept: tuple[Kept, ...] = ()
    reasons: str = ""
    text: tuple[Line, ...] = ()
    left_out: tuple[Noted, ...] = ()


def _opened(lines: Sequence[Line], vocabulary: Vocabulary, name: str) -> _Envelope:
    """Part the text of a proposal from its symbol, NOC lines and reasons.

    Raises ``Invalid`` where a second proposal begins: its text would be taken for the first's.
    """
    first = _SYMBOL.fullmatch(lines[0].whole) if lines else None
    left_out = [Noted(lines[0].number, lines[0].whole, "symbol of the proposal")] if first else []
    rest = lines[1:] if first else lines
    for line in rest:
        if _SYMBOL.fullmatch(line.whole):
            raise Invalid(
                f"a second proposal begins: {_short(line.whole)}",
                where=f"{name}, line {line.number}".removeprefix(", "),
                advice="Give each proposal in a file of its own.",
            )
    found = _Around(vocabulary, 0 if first else _last_of_text(rest, vocabulary))
    for line in rest:
        found.take(line)
    return _Envelope(
        symbol=first[1] if first else "",
        source=first[2] if first else "",
        kept=tuple(Kept(path, "\n".join(reasons)) for path, reasons in found.kept),
        reasons="\n".join(found.reasons),
        text=tuple(found.text),
        left_out=(*left_out, *found.left_out),
    )


def _last_of_text(lines: Sequence[Line], vocabulary: Vocabulary) -> int:
    """Return the number of the last line that is surely of the text: with a label, or a heading.

    In a text without a symbol, reasons stand only after it; before it, "Reasons:" is a word.
    """
    return max((line.number for line in lines if _is_structure(line, vocabulary)), default=0)


def _is_structure(line: Line, vocabulary: Vocabulary) -> bool:
    if line.label or annex_number(line.whole, vocabulary) is not None:
        return True
    known = known_heading(line.whole, vocabulary)
    return known is not None and known.exact


class _Around:
    """Take the lines of a proposal one by one."""

    def __init__(self, vocabulary: Vocabulary, since: int) -> None:
        self.vocabulary = vocabulary
        self.since = since  # before this line, reasons are not looked for
        self.kept: list[tuple[str, list[str]]] = []
        self.reasons: list[str] = []
        self.text: list[Line] = []
        self.left_out: list[Noted] = []
        self.open: list[str] | None = None  # the reasons that the next paragraph continues
        self.after_noc = False

    def take(self, line: Line) -> None:
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

    def _leave(self, line: Line, why: str) -> None:
        self.left_out.append(Noted(line.number, line.whole, why))


# -- the text and its balance ---------------------------------------------------------------------


def _imported(lines: Sequence[Line], envelope: _Envelope, vocabulary: Vocabulary) -> Imported:
    text = envelope.text
    binding = bind([line.whole for line in text])
    bodies = {body for _, _, body in binding.notes}
    own = [n for n in range(len(text)) if n not in bodies]
    parts = arranged([text[n] for n in own], vocabulary)
    resolution = eids(
        Resolution(
            language=vocabulary.language,
            provisions=grown(text, own, parts, binding),
            metadata=_metadata(parts, vocabulary),
        )
    )
    return Imported(
        symbol=envelope.symbol,
        source=envelope.source,
        resolution=resolution,
        kept=envelope.kept,
        reasons=envelope.reasons,
        balance=Balance(
            words_in=sum(word_count(line.whole) for line in lines),
            words_placed=sum(map(_words_of, walk(resolution.provisions))),
            words_left_out=sum(word_count(noted.text) for noted in envelope.left_out),
            unclassified=tuple(
                Noted(part.line.number, part.line.whole, part.doubt) for part in parts if part.doubt
            ),
            left_out=envelope.left_out,
            notices=(
                *_about_footnotes(text, binding),
                *_about_annexes(text, vocabulary),
                *_about_labels(resolution.provisions),
            ),
        ),
    )


def _words_of(provision: Provision) -> int:
    """Count the words of one provision as its line counts them."""
    label = f"[^{provision.label}]:" if provision.kind is Kind.FOOTNOTE else provision.label
    return word_count(label) + word_count(provision.text)


def _metadata(parts: Iterable[Part], vocabulary: Vocabulary) -> Metadata:
    for part in parts:
        found = number_line(part.line.whole, vocabulary) if part.kind is Kind.NUMBER else None
        if found:
            return Metadata(number=found.number, revision=found.revision)
    return Metadata()


# -- what is odd, and left as it is ---------------------------------------------------------------


def _about_footnotes(text: Sequence[Line], binding: Binding) -> Iterator[str]:
    for n, label in binding.lone_marks:
        yield f"line {text[n].number}: the mark [^{label}] has no footnote; it was kept as text"
    for n, label in binding.lone_bodies:
        yield f"line {text[n].number}: footnote {label} has no mark; it was kept as a paragraph"
    bodies = {body for _, _, body in binding.notes}
    last = -1
    for owner, _, body in binding.notes:
        if body < last or any(n not in bodies for n in range(owner + 1, body)):
            yield (
                f"line {text[body].number}: the footnote belongs to line {text[owner].number} "
                "and was put there"
            )
        last = body


def _about_annexes(text: Sequence[Line], vocabulary: Vocabulary) -> Iterator[str]:
    present = {annex_number(line.whole, vocabulary) for line in text} - {None}
    for line in text:
        for number in announced_annexes(line.whole, vocabulary):
            if number not in present and (number or not present):
                word = f"{vocabulary.annex[0]} {number}".strip()
                yield f"line {line.number}: {word} is announced and absent"


def _about_labels(provisions: tuple[Provision, ...]) -> Iterator[str]:
    for parent in walk(provisions):
        seen = Counter(
            child.label for child in parent.children if child.kind is Kind.ITEM and child.label
        )
        for label, times in seen.items():
            found = parse(label)
            if times > 1 and found and found.style is not Style.BULLET:
                yield f"label {label} stands {'twice' if times == 2 else f'{times} times'}"
