"""Take the quotations out of a text: what stands inside quotation marks is exact."""

from __future__ import annotations

import re

from msgspec import Struct

from resamend.readers.prose.lexicon import QUOTE

_PAIRS = {"“": "”", "«": "»", "„": "“”", "‘": "’", '"': '"', "‹": "›"}
_MARKER = re.compile(rf"{QUOTE}[0-9]+{QUOTE}")
_ENUMERATION = re.compile(r"^(?:\(?[0-9]{1,3}[.)]|[•–—-]|\(?[a-z]\))\s+(?=\D)")
_STOP = re.compile(
    rf"(?<![Aa]rt)(?<![Nn]o)(?<!ст)(?<!р)\.\s+(?=[^\W\d_]|{QUOTE})|[;；]\s*(?=\S)|(?<=[^.])\.$|\n"
)


class Quoted(Struct, frozen=True):
    """Hold a text with a marker in place of each quotation, and the quotations."""

    text: str
    quotes: tuple[str, ...]


def unquoted(text: str) -> Quoted:
    """Return a text without its quotations; one that does not close stays as it is.

    >>> unquoted("delete “exact and”").quotes
    ('exact and',)
    """
    pieces: list[str] = []
    quotes: list[str] = []
    at = kept = 0
    while match := _OPENING.search(text, at):
        start = match.start()
        end = _closing(text, start + 1, match[0], _PAIRS[match[0]])
        at = start + 1 if end < 0 else end + 1
        if end >= 0:
            pieces += (text[kept:start], f"{QUOTE}{len(quotes)}{QUOTE}")
            quotes.append(text[start + 1 : end].strip(" \u00a0\u202f\n\t"))
            kept = at
    return Quoted("".join((*pieces, text[kept:])), tuple(quotes))


_OPENING = re.compile(f"[{''.join(_PAIRS)}]")
_MARKS = {opening: re.compile(f"[{opening}{closing}]") for opening, closing in _PAIRS.items()}


def _closing(text: str, start: int, opening: str, closing: str) -> int:
    depth = 0
    for match in _MARKS[opening].finditer(text, start):
        char, at = match[0], match.start()
        if char == opening and opening not in closing:
            depth += 1
        elif char in closing:
            inside = char == "’" and text[at + 1 : at + 2].isalpha()
            if depth and not inside:
                depth -= 1
            elif not inside:
                return at
    return -1


def sentences(text: str) -> list[list[str]]:
    """Return the sentences of each line, a quotation that begins a line with the line before it."""
    lines: list[str] = []
    for line in text.split("\n"):
        line = " ".join(line.replace("\u00a0", " ").replace("\u202f", " ").split())
        line = re.sub("-{1,2}>|=>", "→", line.replace("’", "'"))
        goes_on = lines and lines[-1].endswith((":", "—")) and not _ENUMERATION.match(line)
        if line and lines and (_MARKER.match(line) or goes_on):
            lines[-1] = f"{lines[-1]} {line}"
        elif line:
            lines.append(line)
    return [
        [
            part.strip(" .;")
            for part in _STOP.split(_ENUMERATION.sub("", line))
            if part.strip(" .;,")
        ]
        for line in lines
    ]
