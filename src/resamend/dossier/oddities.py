"""Warn of what a reader cannot see: hidden characters, and letters that look like others.

Nothing is changed: the text is its author's. But a character that hides words or turns their order,
and a Cyrillic letter in the middle of a Latin word, are told when a text arrives.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from resamend.amendment import Proposal, place
from resamend.consolidation import Consolidated
from resamend.difference import Hunk, LabelEdit, ListEdit, TextEdit
from resamend.escaping import visible
from resamend.matching import index_of
from resamend.model import OBJECT, Provision, Resolution, walk

_MOST = 12
"""Oddities of one file that are told one by one."""
_NEAR = 20
"""Characters shown on either side of a hidden one."""
_MEETING = re.compile(
    "[A-Za-z\u00c0-\u024f][\u0300-\u036f]*[\u0370-\u052f]"
    "|[\u0370-\u052f][\u0300-\u036f]*[A-Za-z\u00c0-\u024f]"
)
"""A Latin letter beside a Greek or Cyrillic one."""
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f][^\W\d_]*)*")


def find_oddities(value: Resolution | Proposal | Consolidated) -> tuple[str, ...]:
    """Return what is odd in a text, a proposal or a draft, in words for a person."""
    remarks = [remark for where, text in _texts(value) for remark in _odd(where, text)]
    more = [f"and {len(remarks) - _MOST} more such words"] if len(remarks) > _MOST else []
    return (*remarks[:_MOST], *more)


def mixed(text: str) -> tuple[str, ...]:
    """Return the words that mix letters of scripts which look alike.

    >>> mixed("shall sh\\u0430ll 5 \\u0413\\u0413\\u0446")
    ('sh\u0430ll',)
    """
    if not _MEETING.search(text):
        return ()
    return tuple(word for word in _WORD.findall(text) if _MEETING.search(word))


def _plain(text: str) -> str:
    """Return a text with spaces for what is no character of its own."""
    return text.replace(OBJECT, " ").replace("\t", " ").replace("\n", " ")


def _is_odd(text: str) -> bool:
    # Nearly all: nothing in it can be hidden or look like something else.
    if text.isascii() and text.isprintable():
        return False
    plain = _plain(text)
    return visible(plain) != plain or _MEETING.search(plain) is not None


def _odd(where: str, text: str) -> Iterator[str]:
    at = f"{where}: " if where else ""
    plain = _plain(text)
    if visible(plain) != plain:
        shown = next(k for k, char in enumerate(plain) if visible(char) != char)
        near = visible(plain[max(shown - _NEAR, 0) : shown + _NEAR])
        name = unicodedata.name(plain[shown], "a control character")
        yield f"{at}there is a character that does not show, {name}: “{near}”"
    for word in mixed(text):
        descriptions = (f"{char} is {unicodedata.name(char, '?')}" for char in _odd_ones(word))
        letters = ", ".join(dict.fromkeys(descriptions))
        yield f"{at}the word “{word}” mixes letters that look alike: {letters}"


def _odd_ones(word: str) -> Iterable[str]:
    """Return the letters of a word that are of the script of fewer of its letters."""
    latin = [char for char in word if unicodedata.name(char, "").startswith("LATIN")]
    other = [char for char in word if char not in latin]
    return other if len(other) <= len(latin) else latin


def _texts(value: Resolution | Proposal | Consolidated) -> Iterator[tuple[str, str]]:
    """Yield each odd text and label, with where it stands."""
    if isinstance(value, Resolution):
        if any(_is_odd(p.text) or _is_odd(p.label) for p in walk(value.provisions)):
            index = index_of(value)
            for node, provision in enumerate(index.nodes):
                for text in filter(_is_odd, (provision.label, provision.text)):
                    yield visible(place(index, node)), text
    elif isinstance(value, Consolidated):
        yield from _texts(value.base)
        for proposal in value.proposals:
            yield from _texts(proposal)
    else:
        yield from ((value.id, text) for text in _proposed(value) if _is_odd(text))


def _proposed(proposal: Proposal) -> Iterator[str]:
    yield proposal.reasons
    for edit in proposal.edits:
        if isinstance(edit, TextEdit):
            yield from (_wording(hunk) for hunk in edit.hunks)
        elif isinstance(edit, LabelEdit):
            yield edit.label
        elif isinstance(edit, ListEdit):
            items: tuple[Provision, ...] = tuple(i for hunk in edit.hunks for i in hunk.items)
            yield from (
                text for provision in walk(items) for text in (provision.label, provision.text)
            )


def _wording(hunk: Hunk) -> str:
    return "".join(word.text for word in hunk.words)
