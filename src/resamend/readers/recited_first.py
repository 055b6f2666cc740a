"""Texts whose recitals stand above the name of the body that adopts: Ramsar, CITES, IUCN.

The order shows it: paragraphs that end as recitals do, one of the first with a word of the
preamble, then a line that is none and names a body, then what that body decides. No body is listed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from resamend.forms import TextForm
from resamend.model import Language
from resamend.naming import heading_words, is_operative
from resamend.numbering import LabelStyle, parse
from resamend.readers.labels import is_closed, relabelled
from resamend.readers.lines import TextLine

_FRONT = 15
_LONGEST = 300
_RECITAL = re.compile(r".*[,;，；،؛](?:\s\w{1,3})?[\]*\s]*", re.DOTALL)
"""How a recital ends; "and" may follow before the last."""
_LEADS = re.compile(r".*[:：]\s*", re.DOTALL)


class RecitedFirst(Struct, frozen=True):
    """Hold where recitals begin, and the lines below them that name the body."""

    first: int
    body: range


def recited_first(lines: Sequence[TextLine], language: Language) -> RecitedFirst | None:
    """Return where the recitals of a text stand above its body; nothing where they do not."""
    front = range(min(_FRONT, len(lines)))
    worded = next((n for n in front if _recites(lines[n], language)), None)
    if worded is None:
        return None
    first = at = worded
    while first and _RECITAL.fullmatch(_words(lines[first - 1])):
        first -= 1  # it begins with a word that is in no list, or is the enacting clause
    if first < worded and not _is_participle(_words(lines[first])):
        return None
    while at < len(lines) and _goes_on(lines, at, language):
        at += 1
    enacted = any(_RECITAL.fullmatch(line.whole) for line in lines[:first])
    body = range(at, at + _name_length(lines, at, language))
    if not body or enacted or not _counts_on(lines[at - 1], lines[body.stop]):
        return None
    return RecitedFirst(first, body)


def _counts_on(before: TextLine, after: TextLine) -> bool:
    """Tell whether the first number below a body is 1, or goes on from the recitals.

    In an extract a heading can stand between a recital and a later paragraph.
    """
    own, last = (parse(relabelled(line, TextForm.UN).label) for line in (after, before))
    if own is None or own.style is not LabelStyle.DECIMAL:
        return True
    counted = last is not None and last.style is LabelStyle.DECIMAL
    return own.number == (last.number + 1 if last and counted else 1)


def _words(line: TextLine) -> str:
    labelled = relabelled(line, TextForm.UN)
    return labelled.body if labelled.label else line.whole


def _recites(line: TextLine, language: Language) -> bool:
    """Tell whether a line begins with a word of the preamble, and ends as a recital."""
    words = _words(line)
    ends = _RECITAL.fullmatch(words) or _LEADS.fullmatch(words)
    return bool(ends and heading_words(words, language)) and not is_operative(words, language)


def _is_participle(words: str) -> bool:
    """Tell whether a paragraph begins with a word in capitals that goes on in small letters."""
    head, _, rest = words.partition(" ")
    return head.isupper() and rest[:1].islower()


def _goes_on(lines: Sequence[TextLine], at: int, language: Language) -> bool:
    """Tell whether a line still belongs to the preamble: a recital, or a point of one."""
    line, words = lines[at], _words(lines[at])
    if _recites(line, language):
        return True
    if _RECITAL.fullmatch(words):
        return not _name_length(lines, at, language)
    return bool(_LEADS.fullmatch(words)) and not _name_length(lines, at, language)


def _name_length(lines: Sequence[TextLine], at: int, language: Language) -> int:
    """Return how many lines from one on name a body above what it decides: none, one or two."""
    for count, after in enumerate(lines[at + 1 : at + 3], 1):
        if not _can_name(lines[at + count - 1], language):
            return 0
        if _decides(lines[at + count - 1], after, language):
            return count
        if is_closed(lines[at + count - 1].whole):
            return 0
    return 0


def _can_name(line: TextLine, language: Language) -> bool:
    text = line.whole
    named = not relabelled(line, TextForm.UN).label and len(text) <= _LONGEST
    named = named and any(map(str.isalpha, text))  # "[...]" is no name
    return named and not heading_words(text, language) and not text.endswith((";", "；", "؛", "."))


def _decides(line: TextLine, after: TextLine, language: Language) -> bool:
    """Tell whether what a body decides begins below its name."""
    below = relabelled(after, TextForm.UN)
    leads = _LEADS.fullmatch(line.whole) and bool(below.label)
    return bool(leads) or is_operative(_words(after), language)
