"""A text whose lines bear their numbers in the margin, as motions and bills do.

The numbers are no words of the text, and its lines are no paragraphs. They are taken for line
numbers only where each stands on the line that it counts, so that no year or list is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_AT_START = re.compile(r"[ \t]{0,6}([0-9]{1,4})(?:[ \t]+(?=\S)|$)(.*)", re.DOTALL)
_AT_END = re.compile(r"(.*?)(?:[ \t]{2,}|\t)([0-9]{1,4})[ \t]*", re.DOTALL)
_LABELLED = re.compile(r"[•–—▪◦*-]\s|o\s(?!ne)|\(?[0-9]{1,3}[.)]\s|\(?[a-z]{1,4}\)\s")
_HEADING = re.compile(r"[^\W\d_a-z].{0,48}[^.,;:!?]")
_STEPS = (1, 2, 5, 10)
_LEAST = 3
_LONG = 2
"""A line of more than the width by this may be one of a paragraph, between blank lines."""


def paragraphs_of(lines: Sequence[str]) -> tuple[tuple[int, str], ...] | None:
    """Return the paragraphs of a text with line numbers, each with the number of its first line.

    ``None`` where its lines are not numbered.
    """
    for at_end in (False, True):
        for counted in (_written(lines), range(1, len(lines) + 1)):
            bare = _without_numbers(lines, list(counted), at_end=at_end)
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
    lines: Sequence[str], counted: Sequence[int], *, at_end: bool
) -> list[str] | None:
    matched: dict[int, tuple[int, str]] = {}
    for n, line in enumerate(lines):
        match = (_AT_END if at_end else _AT_START).fullmatch(line)
        if match:
            number, rest = (match[2], match[1]) if at_end else (match[1], match[2])
            if int(number) == counted[n]:
                matched[n] = int(number), rest
    numbers = [number for number, _ in matched.values()]
    last = max(counted, default=0)
    step = next((step for step in _STEPS if numbers[:1] == [step]), 0)
    if not step or len(numbers) < _LEAST or numbers != list(range(step, last + 1, step)):
        return None
    return [matched[n][1] if n in matched else line for n, line in enumerate(lines)]


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
        if text and before and wrapped and not heads and not _LABELLED.match(text):
            paragraphs[-1] = paragraphs[-1][0], f"{paragraphs[-1][1]} {text}"
        elif text:
            paragraphs.append((n, text))
        before = text
    return paragraphs
