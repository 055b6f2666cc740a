"""Write a text with its marks as inline elements.

Marks may overlap, elements may not: a mark that crosses the end of another is written in two
pieces. Pieces of a formatting mark join again by touching; those of a mark that is one word (a
link) say in ``rs:more`` how far back it starts. So that links are seldom cut, they are opened
outside what they cross.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Sequence
from itertools import pairwise

from resamend import model
from resamend.akn.names import address, attribute, escaped, is_address
from resamend.model import OBJECT, Mark, Word
from resamend.words import ATOMIC, join_word, joined, split, split_word

Token = Callable[[Mark], str | None]
"""Write a mark that stands for an inline thing; ``None`` where it is an ordinary one."""

_PLAIN = frozenset({"i", "b", "u", "sub", "sup"})


def write_inline(
    text: str,
    marks: Sequence[Mark],
    token: Token = lambda _: None,
    start: int = 0,
    end: int | None = None,
) -> str:
    """Write the code points [start, end) of a text with its marks.

    A mark for which ``token`` has an element is that element.
    """
    end = len(text) if end is None else end
    if not marks:
        return escaped(text[start:end])
    return _Nest(text, token, start).written(marks, end)


class _Nest:
    """Open and close elements so that they nest."""

    def __init__(self, text: str, token: Token, start: int) -> None:
        self.text = text
        self.token = token
        self.out: list[str] = []
        self.at = start
        self.open: list[Mark] = []

    def written(self, marks: Sequence[Mark], end: int) -> str:
        waiting: list[tuple[_Rank, Mark, int]] = []
        for mark in marks:
            if mark.start < end and self.at < mark.end:
                back = max(0, self.at - mark.start)
                rest = Mark(mark.start + back, min(mark.end, end), mark.kind, mark.value)
                waiting.append((_rank(rest, self.token(rest)), rest, back))
        waiting.sort()
        while waiting:
            _, mark, back = waiting.pop(0)
            self._go(mark.start)
            cut = min([mark.end, *(m.end for m in self.open if _keeps(m, mark))])
            if cut < mark.end:
                rest = Mark(cut, mark.end, mark.kind, mark.value)
                insort(waiting, (_rank(rest, None), rest, back + cut - mark.start))
            self._enter(Mark(mark.start, cut, mark.kind, mark.value), back)
        self._go(end)
        return "".join(self.out)

    def _go(self, to: int) -> None:
        """Write the text up to a place, closing what ends on the way."""
        while self.open and self.open[-1].end <= to:
            # A footnote in it may end later than the mark itself.
            end = max(self.open[-1].end, self.at)
            self.out.append(escaped(self.text[self.at : end]))
            self.at = end
            self.out.append(_closing(self.open.pop()))
        self.out.append(escaped(self.text[self.at : max(to, self.at)]))
        self.at = max(to, self.at)

    def _enter(self, mark: Mark, back: int) -> None:
        token = self.token(mark)
        if token is not None:
            self.out.append(token)
            self.at = mark.end
            return
        again = []
        # What ends inside the new mark cannot stay around it: it is closed, and opened again
        # within.
        while self.open and self.open[-1].end < mark.end:
            again.append(self.open.pop())
            self.out.append(_closing(again[-1]))
        self.out.append(_opening(mark, back))
        self.open.append(mark)
        for cut in reversed(again):
            self.out.append(_opening(cut, 0))
            self.open.append(cut)


_Rank = tuple[int, int, int]


def _rank(mark: Mark, token: str | None) -> _Rank:
    """Order marks by where they open; at one place links outside, inline things inside."""
    depth = 2 if token is not None else 0 if mark.kind in ATOMIC else 1
    return (mark.start, depth, -mark.end)


def _keeps(open_: Mark, mark: Mark) -> bool:
    """Tell whether an open mark must not be cut for the sake of one that opens in it."""
    return open_.end < mark.end and (open_.kind in ATOMIC or mark.kind not in ATOMIC)


def _opening(mark: Mark, back: int) -> str:
    extra = attribute("rs:more", str(back)) if back and mark.kind in ATOMIC else ""
    if mark.kind in _PLAIN:
        return f"<{mark.kind}{_value(mark)}{extra}>"
    if mark.kind == "ref":
        is_plain = bool(is_address(mark.value))
        href = attribute("href", mark.value if is_plain else "#")
        return f"<ref{href}{'' if is_plain else attribute('rs:value', mark.value)}{extra}>"
    if mark.kind == "term":
        is_plain = bool(mark.value) and bool(is_address(mark.value))
        to = attribute("refersTo", mark.value if is_plain else "#")
        return f"<term{to}{'' if is_plain else attribute('rs:value', mark.value)}{extra}>"
    return f"<span{attribute('rs:mark', mark.kind)}{_value(mark)}{extra}>"


def _value(mark: Mark) -> str:
    return attribute("rs:value", mark.value) if mark.value else ""


def _closing(mark: Mark) -> str:
    return f"</{mark.kind}>" if mark.kind in _PLAIN or mark.kind in ("ref", "term") else "</span>"


# -- words ----------------------------------------------------------------------------------------


def words_inline(words: tuple[Word, ...]) -> tuple[str, str]:
    """Write words, and the attribute that the element around them needs.

    Where splitting their text again would not give the same words, each stands in a ``span`` of
    its own, and ``rs:words`` says so.
    """
    text = "".join([word.text for word in words])
    # Nearly always; only words that were put together otherwise need to say where each ends.
    if split(text) == words:
        return escaped(text), ""
    segments = [_segment(segment) for segment in _segments(words)]
    if None in segments:
        spans = "".join(map(_ordered, words))
        return spans, attribute("rs:words", "each")
    return "".join(filter(None, segments)), ""


def _segments(words: tuple[Word, ...]) -> list[tuple[Word, ...]]:
    """Cut words at the places of splits and joins, each of which is a segment of its own."""
    if not any(word.marks for word in words):
        return [words] if words else []
    cuts = [k for k, word in enumerate(words) if _stands_for(word)]
    edges = sorted({0, len(words), *cuts, *(k + 1 for k in cuts)})
    return [words[a:b] for a, b in pairwise(edges)]


def _stands_for(word: Word) -> bool:
    """Tell whether a word stands for a split, or for the words of a joined provision."""
    if word.text != OBJECT or len(word.marks) != 1:
        return False
    value = word.marks[0].value
    return word in (split_word(value), join_word(value))


def _segment(words: tuple[Word, ...]) -> str | None:
    """Write words that splitting their text gives back; ``None`` if it would not."""
    if len(words) == 1 and _stands_for(words[0]):
        return _token(words[0].marks[0])
    text, marks = joined(words)
    if split(text, marks) != words:
        return None
    return write_inline(text, marks, _tokens(text, marks))


def _tokens(text: str, marks: Sequence[Mark]) -> Token:
    """Return what writes the marks that each have one character of their own as elements."""
    elements = [
        (mark, element)
        for mark in marks
        if text[mark.start : mark.end] == OBJECT and (element := _token(mark)) is not None
    ]
    places = [mark.start for mark, _ in elements]
    # One character can become one element only.
    alone = {mark: element for mark, element in elements if places.count(mark.start) == 1}
    return alone.get


def _token(mark: Mark) -> str | None:
    """Write the mark of a footnote, a split or a join."""
    if mark.kind == "footnote":
        return f"<noteRef{attribute('href', '#' + address(mark.value))}/>"
    if mark.kind in ("split", "join"):
        return f"<span{attribute('rs:' + mark.kind, mark.value)}/>"
    return None


def _ordered(word: Word) -> str:
    """Write one word in a ``span``; ``rs:order`` says where its marks come in another order."""
    canonical = model.inline(word.marks)
    order = ""
    if canonical != word.marks and set(canonical) == set(word.marks):
        order = attribute("rs:order", " ".join(str(canonical.index(m)) for m in word.marks))
    content = write_inline(word.text, word.marks, _tokens(word.text, word.marks))
    return f"<span{order}>{content}</span>"
