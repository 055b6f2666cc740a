"""Make of another typography a change like any other, where it is to be tracked.

A proposal only prints a kept word otherwise (’ for '): in a draft that is nobody's change. In the
state's own file it is one, for else it would be lost on the way back.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from resamend.amendment.values import Proposal
from resamend.difference import Hunk, TextEdit
from resamend.matching import ProvisionIndex, index_of
from resamend.model import Resolution, Word


def with_respellings_replaced(base: Resolution, proposal: Proposal) -> Proposal:
    """Return a proposal that replaces the words that it prints with other signs; formatting stays.

    The text it asks for is the same.
    """
    index = index_of(base)
    edits = tuple(_replacing(index, e) if isinstance(e, TextEdit) else e for e in proposal.edits)
    return replace(proposal, edits=edits)


def _replacing(index: ProvisionIndex, edit: TextEdit) -> TextEdit:
    words = index.words(index.at[edit.target])
    replaced = [v for v in edit.variants if _is_respelled(words[v.at].text, v.word.text)]
    if not replaced:
        return edit
    hunks = [Hunk(v.at, v.at + 1, (v.word,), words[v.at].text) for v in replaced]
    variants = tuple(variant for variant in edit.variants if variant not in replaced)
    return replace(edit, hunks=_joined([*edit.hunks, *hunks]), variants=variants)


def _is_respelled(old: str, new: str) -> bool:
    """Tell whether a word is printed otherwise; one that only gets or loses its space is not."""
    spaces = [text[: len(text) - len(text.lstrip())] for text in (old, new)]
    return old != new and (all(spaces) or old.strip() != new.strip())


def _joined(hunks: Sequence[Hunk]) -> tuple[Hunk, ...]:
    """Join the hunks that touch: a kept word stands between any two."""
    joined: list[Hunk] = []
    for hunk in sorted(hunks, key=lambda hunk: (hunk.start, hunk.end)):
        if joined and joined[-1].end == hunk.start:
            last = joined.pop()
            words: tuple[Word, ...] = (*last.words, *hunk.words)
            joined.append(Hunk(last.start, hunk.end, words, last.old + hunk.old))
        else:
            joined.append(hunk)
    return tuple(joined)
