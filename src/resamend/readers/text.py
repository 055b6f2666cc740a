"""Read a resolution, a report or a proposal from plain text, and account for every word.

A paragraph is a line: ``label TAB text`` or ``label text``. The number line, title and enacting
clause come first; a heading is an unlabelled line that the table of headings knows, or that stands
before labelled items (DESIGN: plain text in). A proposal begins with ``MOD TAB RUS/62/1`` and may
end with ``NOC TAB resolves 4`` and ``Reasons: …``.

Nothing is dropped: what cannot be classified stays a paragraph where it stands, and the balance
lists it. ``renderers.plain.written`` writes the text back. A first line ``*** … ***`` says that the
text is no official one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from resamend.errors import Invalid, Unreadable
from resamend.model import Language
from resamend.readers.headings import HeadingTable, HeadingWords, guess_language, shipped_headings
from resamend.readers.importing import Imported, imported
from resamend.readers.lines import TextLine, line_of
from resamend.readers.numbered_lines import paragraphs_of
from resamend.readers.proposal_header import Noted, is_symbol, opened
from resamend.safe import in_force, refuse_beyond

_EVIDENCE = 2_000  # lines in which headings are looked for when the language is guessed


def read_text(
    content: bytes | str,
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
    lines = _lines(_decoded(content, name), name)
    if language is None:
        language = language_among(lines, table, name)
    return _imported(lines, table.of(language), name)


def read_texts(
    content: bytes | str,
    language: Language | None = None,
    *,
    name: str = "",
    headings: HeadingTable | None = None,
) -> tuple[Imported, ...]:
    """Read a plain text that may hold several proposals, each below its symbol (MOD RUS/62/1).

    Raises as `read_text` does.
    """
    table = shipped_headings() if headings is None else headings
    lines = _lines(_decoded(content, name), name)
    if language is None:
        language = language_among(lines, table, name)
    cuts = [n for n, line in enumerate(lines) if is_symbol(line.whole)][1:]
    bounds = pairwise((0, *cuts, len(lines)))
    return tuple(_imported(lines[a:b], table.of(language), name) for a, b in bounds)


def _imported(lines: tuple[TextLine, ...], vocabulary: HeadingWords, name: str) -> Imported:
    banner = _BANNER.fullmatch(lines[0].whole) if lines else None
    if banner is None:
        return imported(lines, opened(lines, vocabulary, name), vocabulary)
    around = opened(lines[1:], vocabulary, name)
    left_out = (Noted(lines[0].number, lines[0].whole, "what the text is"), *around.left_out)
    text = imported(lines, replace(around, left_out=left_out), vocabulary)
    metadata = replace(text.resolution.metadata, illustrative=banner[1])
    return replace(text, resolution=replace(text.resolution, metadata=metadata))


_BANNER = re.compile(r"\*\*\* (.+) \*\*\*")
"""The line that says that a text is no official one, as we write it."""


# -- bytes and lines ------------------------------------------------------------------------------

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def _decoded(content: bytes | str, name: str) -> str:
    limits = in_force()
    if len(content) > limits.size:
        refuse_beyond("size", f"it has {len(content)} bytes", name, limits, len(content))
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise Unreadable(
            f"byte {problem.start} (0x{content[problem.start]:02x}, line {line}) is not UTF-8",
            where=name,
            advice="Save the text as “UTF-8”, not as “Unicode”, “ANSI” or “Windows”.",
        ) from problem


def _lines(text: str, name: str) -> tuple[TextLine, ...]:
    """Return the lines that are not blank; a form feed ends a line too."""
    lines: list[TextLine] = []
    written = re.split(r"\r\n|\n|\r", text)
    for number, line in paragraphs_of(written) or enumerate(written, 1):
        odd = _FORBIDDEN.search(line)
        if odd:
            raise Unreadable(
                f"the character U+{ord(odd[0]):04X} stands in line {number}",
                where=name,
                advice="Remove it: only TAB, line ends and form feeds are allowed besides text.",
            )
        lines += [line_of(number, part) for part in line.split("\f") if part.strip()]
        if len(lines) > in_force().lines:
            refuse_beyond("lines", "it has too many lines", name, in_force())
    return tuple(lines)


def language_among(lines: Sequence[TextLine], table: HeadingTable, name: str) -> Language:
    """Return the language in which lines have headings.

    Raises ``Invalid`` without evidence.
    """
    texts = (line.whole for line in lines[:_EVIDENCE] if not is_symbol(line.whole))
    language = guess_language(texts, table)
    if language is None:
        raise Invalid(
            "its headings do not tell its language",
            where=name,
            advice=f"Give `language=`, one of {', '.join(Language)}.",
            code="unknown-language",
        )
    return language
