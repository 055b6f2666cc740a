"""A text whose lines bear their numbers in the margin, as motions and bills do.

The numbers are no words of the text, and its lines are no paragraphs. They are taken for line
numbers only where each stands on the line that it counts, so that no year or list is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from resamend.forms import pattern_of

_AT_START = re.compile(
    r"[ \t]{0,6}(?P<number>[0-9]{1,4})(?:[ \t]+(?=\S)|[ \t]*$)(?P<line>.*)", re.DOTALL
)
_AT_END = re.compile(r"(?P<line>.*?)(?:[ \t]{2,}|\t)(?P<number>[0-9]{1,4})[ \t]*", re.DOTALL)
_FIELD = re.compile(r"[^\W\d_a-z]\w*:\s")
"""A line of the front: "Movers: …"."""
_LABELLED = re.compile(r"[•–—▪◦*-]\s|o\s(?!ne)|\(?[0-9]{1,3}[.)]\s|\(?[a-z]{1,4}\)\s")
_HEADING = re.compile(r"[^\W\d_a-z].{0,48}[^.,;!?]")
_STEPS = (1, 2, 5, 10)
_LEAST = 3
_LONG = 2
"""A line of more than the width by this may be one of a paragraph, between blank lines."""


def paragraphs_of(lines: Sequence[str]) -> tuple[tuple[int, str], ...] | None:
    """Return the paragraphs of a text with line numbers, each with the number of its first line.

    The numbers stand before the lines or behind them, or now here and now there, as on pages that
    face each other. ``None`` where the lines are not numbered.
    """
    for sides in ((_AT_START,), (_AT_END,), (_AT_START, _AT_END)):
        for counted in (_written(lines), range(1, len(lines) + 1)):
            bare = _without_numbers(lines, list(counted), sides)
            if bare is not None:
                return tuple(_paragraphs(bare))
    return None


def _written(lines: Sequence[str]) -> list[int]:
    """Count the lines that are not blank; 0 for a blank one."""
    numbers, last = [], 0
    for line in lines:
        last += bool(line.strip())
        numbers.append(last if line.strip() else 0)
    return numbers


def _without_numbers(
    lines: Sequence[str], counted: Sequence[int], sides: Sequence[re.Pattern[str]]
) -> list[str] | None:
    matched: dict[int, str] = {}
    for n, line in enumerate(lines):
        for side in sides:
            match = side.fullmatch(line)
            if match and int(match["number"]) == counted[n]:
                matched[n] = match["line"]
                break
    numbers = [counted[n] for n in matched]
    last = max(counted, default=0)
    step = next((step for step in _STEPS if numbers[:1] == [step]), 0)
    if not step or len(numbers) < _LEAST or numbers != list(range(step, last + 1, step)):
        return None
    return [matched.get(n, line) for n, line in enumerate(lines)]


def _paragraphs(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Join the lines of each paragraph: up to a blank line, or as long as a word was wrapped."""
    width = max((len(line.strip()) for line in lines), default=0)
    blanks = re.search(r"\S\n\s*\n\s*\S", "\n".join(lines)) is not None
    paragraphs: list[tuple[int, str]] = []
    before = ""
    for n, line in enumerate(lines, 1):
        text = line.strip()
        wrapped = len(before) + 1 + len(text.split(" ")[0]) > width
        wrapped |= blanks and len(before) * _LONG > width
        heads = before.endswith((".", "!", "?", ":")) and _HEADING.fullmatch(text)
        if text and before and wrapped and not heads and not _starts(text, before):
            paragraphs[-1] = paragraphs[-1][0], f"{paragraphs[-1][1]} {text}"
        elif text:
            paragraphs.append((n, text))
        before = text
    return paragraphs


def _starts(text: str, before: str) -> bool:
    """Tell whether a line begins a paragraph, by a label, by "Whereas" or by "Movers:"."""
    if _LABELLED.match(text) or _FIELD.match(text):
        return True
    if any(pattern_of(key).fullmatch(text) for key in ("movers", "resolved")):
        return True
    opens = text[:1].isupper() or before.endswith(";")
    return opens and pattern_of("recital").fullmatch(text) is not None
