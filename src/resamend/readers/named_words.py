"""Words typed into a draft with who asks for them: ``[RUS: and published]``."""

from __future__ import annotations

import re

NAMED = re.compile(r"\[([A-Z]{1,5}(?:\s*[,/]\s*[A-Z]{1,5})*):\s*+([^\[\]]*[^\[\]\s])\s*\]")


def codes_of(names: str) -> tuple[str, ...]:
    """Return the codes that stand before the colon."""
    return tuple(sorted({code.strip() for code in re.split(r"[,/]", names)}))


def unbracketed(text: str) -> tuple[str, tuple[str, ...]]:
    """Take a paragraph out of its brackets: what was typed, and by whom."""
    named = NAMED.search(text)
    if named is None:
        return text, ()
    return text[: named.start()] + named[2] + text[named.end() :], codes_of(named[1])


def space_before(typed: str, words: str) -> str:
    """Return the space that parts typed words from the word before them."""
    return " " if typed[:1].isspace() or words[:1].isalnum() else ""


def space_after(typed: str) -> str:
    """Return the space that parts typed words from the word after them."""
    return " " if typed[-1:].isspace() else ""
