"""Marks inside a line of plain text: ``*italics*`` and ``[^1]``, the mark of a footnote.

Only asterisks that hug words are marks, and only a footnote's mark whose body follows; all others
are the characters they are.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from resamend.model import OBJECT, Mark, inline
from resamend.words import fold, pieces

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_ITALIC = re.compile(
    rf"(?:(?<![\w*])|(?<=[{_HAN}]))\*([^\s*](?:[^*]*[^\s*])?)\*"
    rf"(?:(?![\w*])|(?=[{_HAN}])|(?<=[{_HAN}]\*)(?!\*))"
)
_LABEL = r"\[\^([0-9A-Za-z]{1,8}|[*†‡§]{1,4})\]"
_FOOTNOTE = re.compile(_LABEL)
_BODY = re.compile(rf"{_LABEL}:(?:\s+(.*)|$)", re.DOTALL)


class Binding(Struct, frozen=True, kw_only=True):
    """Hold which footnote marks have bodies.

    ``notes`` are triples (line with the mark, which of the marks in it, line with the body), in
    the order of the marks; ``lone_marks`` and ``lone_bodies`` are pairs (line, label). Lines are
    positions in the sequence that was bound.
    """

    notes: tuple[tuple[int, int, int], ...] = ()
    lone_marks: tuple[tuple[int, str], ...] = ()
    lone_bodies: tuple[tuple[int, str], ...] = ()


def body_of(text: str) -> tuple[str, str] | None:
    """Return label and text of a footnote's body, ``None`` for another line.

    >>> body_of("[^1]: See below."), body_of("see[^1]: below")
    (('1', 'See below.'), None)
    """
    match = _BODY.fullmatch(text)
    return (match[1], match[2] or "") if match else None


def bind(texts: Sequence[str]) -> Binding:
    """Find for each body the first mark of its label before it that has none yet.

    A mark inside a body is none: footnotes have no footnotes.
    """
    waiting: dict[str, deque[tuple[int, int]]] = defaultdict(deque)
    notes = []
    lone_bodies = []
    lone_marks = []
    for n, text in enumerate(texts):
        body = body_of(text)
        labels = [match[1] for match in _FOOTNOTE.finditer(text if body is None else body[1])]
        if body is None:
            for rank, label in enumerate(labels):
                waiting[label].append((n, rank))
            continue
        lone_marks += [(n, label) for label in labels]
        if waiting[body[0]]:
            notes.append((*waiting[body[0]].popleft(), n))
        else:
            lone_bodies.append((n, body[0]))
    lone_marks += [(n, label) for label, marks in waiting.items() for n, _ in marks]
    return Binding(
        notes=tuple(sorted(notes)),
        lone_marks=tuple(sorted(lone_marks)),
        lone_bodies=tuple(lone_bodies),
    )


def marked(text: str, bound: Iterable[int] = ()) -> tuple[str, tuple[Mark, ...]]:
    """Take the marks out of a text; ``bound`` are the footnote marks that have bodies, from 0.

    >>> marked("see *resolves* 2")
    ('see resolves 2', (Mark(start=4, end=12, kind='i', value=''),))
    >>> marked("2 * 3 * 4[^1]", [0])
    ('2 * 3 * 4￼', (Mark(start=9, end=10, kind='footnote', value=''),))
    >>> marked("all[^*] of *it*", [0])[0]
    'all￼ of it'
    """
    bound = frozenset(bound)
    notes = [m.span() for n, m in enumerate(_FOOTNOTE.finditer(text)) if n in bound]
    starless = _FOOTNOTE.sub(lambda match: f"[^{'0' * len(match[1])}]", text)
    italics = [match.span() for match in _ITALIC.finditer(starless)]
    cuts = [(start, end, OBJECT) for start, end in notes]
    cuts += [(at, at + 1, "") for start, end in italics for at in (start, end - 1)]
    pieces: list[str] = []
    marks: list[Mark] = []
    opened = length = last = 0
    opens = {start for start, _ in italics}
    for start, end, shown in sorted(cuts):
        pieces += (text[last:start], shown)
        length += start - last
        if shown:
            marks.append(Mark(length, length + 1, "footnote"))
        elif start in opens:
            opened = length
        else:
            marks.append(Mark(opened, length, "i"))
        length += len(shown)
        last = end
    return "".join((*pieces, text[last:])), inline(tuple(marks))


@lru_cache(maxsize=1 << 12)
def word_count(text: str) -> int:
    """Count the words of a line, the same before and after its marks are taken out.

    Punctuation does not count; a footnote's mark does.

    >>> word_count("see *resolves* 2[^1]") == word_count("see resolves 2￼") == 4
    True
    """
    if "[^" in text:
        text = _FOOTNOTE.sub(OBJECT, text)
    return sum(map(_is_word, pieces(text.replace("*", ""))))


@lru_cache(maxsize=1 << 14)
def _is_word(piece: str) -> bool:
    return any(char.isalnum() or char == OBJECT for char in fold(piece))
