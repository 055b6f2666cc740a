"""End punctuation: what follows when items of a list come or go (R9).

"a) …, b) …." becomes "a) …, b) …; c) …." when an item is added: nobody asks for that semicolon. A
change of nothing but the punctuation with which a text ends is no question, does not count as
amending the provision, and is set when the text is adopted, like numbers. A conjunction is a word:
with "or" for "and" cumulative conditions would become alternative.
"""

from __future__ import annotations

from collections.abc import Sequence

from resamend.difference import Hunk, TextEdit
from resamend.difference.unit_words import ENDS
from resamend.matching import ProvisionIndex
from resamend.model import Kind, Word

_ITEMS = frozenset({Kind.ITEM, Kind.TEXT, Kind.PREAMBULAR})


def changes_ends_only(known: ProvisionIndex, edit: TextEdit) -> bool:
    """Tell whether all that an edit changes is the punctuation with which a text ends."""
    node = known.at[edit.target]
    if known.nodes[node].kind not in _ITEMS or not edit.hunks:
        return False
    return all(_punctuation(hunk.words) for hunk in edit.hunks) and all(
        _at_end(known, node, hunk) for hunk in edit.hunks
    )


def _at_end(known: ProvisionIndex, node: int, hunk: Hunk) -> bool:
    rest = known.words(node)[hunk.start :]
    return hunk.start > 0 and _punctuation(rest)


def is_end_region(known: ProvisionIndex, node: int, start: int, words: Sequence[Word]) -> bool:
    """Tell whether the words from ``start`` on are the end punctuation, and so are new ``words``.

    Where two ask for different ends it is for the group to say which.
    """
    if known.nodes[node].kind not in _ITEMS or not start:
        return False
    return _punctuation(words) and _punctuation(known.words(node)[start:])


def _punctuation(words: Sequence[Word]) -> bool:
    return all(word.key in ENDS and not word.marks for word in words)
