"""Say how a revised text differs from its base, as edits anchored on the base.

A text is a sequence of words, a list of provisions a sequence of ids; one algebra serves both.
Word k of the base stands between gap k and gap k+1. A *hunk* replaces the words [start, end) by
others; with start == end it only inserts. In normal form hunks are sorted, at least one kept word
stands between two of them, and none is empty (of a list, see also ``list_gaps``).

``diff`` is a pure function of its two texts, so two states that made the same change get the same
hunk: what is equal at both ends is set aside, words that occur once on each side anchor the rest,
the longest common subsequence fills small gaps, and pure insertions and deletions slide to the
left as far as they go. Sizes bound the work, never the clock.
"""

from __future__ import annotations

from resamend.difference.list_gaps import ListPlace, apart, joined_hunks, precedes
from resamend.difference.trees import content, diff, unranked
from resamend.difference.values import (
    Edit,
    Hunk,
    LabelEdit,
    ListEdit,
    ListHunk,
    Respelling,
    TextEdit,
)
from resamend.difference.words import align, hunks_along, hunks_of
