"""A resolution as plain text, a paragraph a line: the inverse of ``readers.text``.

What a line cannot carry (bold, underline, raised letters, links) is not shown; the words are.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from resamend.model import Kind, Mark, Provision, Resolution

__all__ = ["written"]

_APART = frozenset({Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX})


def written(resolution: Resolution) -> str:
    """Write a resolution: label TAB text, headings and texts as lines, footnotes as ``[^1]: …``.

    A blank line stands before a heading and an annex. What ``readers.text`` read comes back but
    for line ends, blank lines and white space at the edges of lines and after labels.
    """
    unnamed = count(1)
    lines = [line for each in resolution.provisions for line in _lines(each, "", unnamed)]
    return "".join(f"{line}\n" for line in lines).lstrip("\n")


def _lines(provision: Provision, name: str, unnamed: Iterator[int]) -> Iterator[str]:
    """Yield the lines of a provision; ``name`` is a footnote's, ``unnamed`` numbers the others."""
    notes = [child for child in provision.children if child.kind is Kind.FOOTNOTE]
    names = [note.label or f"n{next(unnamed)}" for note in notes]
    if provision.kind is Kind.ROW:
        yield "\t".join(_line(cell, "", []) for cell in provision.children)
        return
    if provision.kind in _APART:
        yield ""
    if provision.label or provision.text or name:
        yield _line(provision, name, names)
    left = iter(names)
    for child in provision.children:
        yield from _lines(child, next(left) if child.kind is Kind.FOOTNOTE else "", unnamed)


def _line(provision: Provision, name: str, notes: list[str]) -> str:
    text = _with_marks(provision.text, provision.marks, notes)
    if provision.kind is Kind.FOOTNOTE:
        return f"[^{name}]: {text}"
    return f"{provision.label}\t{text}" if provision.label else text


def _with_marks(text: str, marks: tuple[Mark, ...], notes: list[str]) -> str:
    """Write italics as asterisks, and the mark of the n-th footnote by the n-th name."""
    names = iter(notes)
    found = [(m.start, m.end, f"[^{next(names, '?')}]") for m in marks if m.kind == "footnote"]
    found += [(at, at, "*") for m in marks if m.kind == "i" for at in (m.start, m.end)]
    closing = {m.end for m in marks if m.kind == "i"}
    pieces: list[str] = []
    last = 0
    # At one place an asterisk closes before a footnote's mark, and opens before it too.
    for start, end, shown in sorted(found, key=lambda cut: (cut[0], cut[0] not in closing, cut[1])):
        pieces += (text[last:start], shown)
        last = end
    return "".join((*pieces, text[last:]))
