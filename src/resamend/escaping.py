"""Make every character of a text show, whatever it would do to a screen.

Control characters, direction overrides, unassigned and private code points, line and paragraph
separators and lone surrogates are printed as ``⟨U+202E⟩``: a text must not move the cursor, hide
words or show them in another order. What scripts need (joiners, direction marks, soft hyphens)
is left. Isolates are spelt out too: those in our output are our own.
"""

from __future__ import annotations

import re
import unicodedata

_KEPT = frozenset("\u200c\u200d\u200e\u200f\u061c\u00ad")
_HIDDEN = frozenset({"Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp"})
_PLAIN = re.compile(r"[\x20-\x7e\u00a0-\u00ac\u00ae-\u024f]*").fullmatch


def visible(text: str) -> str:
    """Return a text with every unsafe character spelt out.

    >>> visible("shall\\x1b[8m not\\u202e")
    'shall⟨U+001B⟩[8m not⟨U+202E⟩'
    """
    if _PLAIN(text):
        return text
    return "".join(map(_shown, text))


def isolated(text: str) -> str:
    """Keep Latin names in their own order inside a text from right to left (U+2068, U+2069)."""
    return f"\u2068{text}\u2069" if text else ""


def _shown(char: str) -> str:
    if char in _KEPT or unicodedata.category(char) not in _HIDDEN:
        return char
    return spelt(char)


def spelt(char: str) -> str:
    """Return a character as its number, in the brackets that say so."""
    return f"⟨U+{ord(char):04X}⟩"
