"""What a secretariat needs to hear of a text that it imports: what was typed into one paragraph.

A heading or the next label inside a paragraph, a gap in the numbering, a label that stands twice:
each is left as it is, and told with its place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from resamend.forms import branch_of
from resamend.model import Kind, Provision, Resolution, walk
from resamend.numbering import Label, LabelStyle, parse, readings
from resamend.places import names_of
from resamend.readers.headings import HeadingWords, known_heading

_PIECE = re.compile(r"[,;，；،؛]\s+")
_INNER = re.compile(r"[;；؛]\s+(\(?(?:[0-9]{1,3}|[a-z]{1,2})[.)]?)\s+(?=[^\W\d_])")
_WORDS = 2
"""A heading inside a paragraph has at least so many words: one alone is a verb of its sentence."""


class _LazyNames:
    """The names of a text's provisions, made when the first is asked for: most texts are plain."""

    def __init__(self, resolution: Resolution) -> None:
        self.resolution = resolution

    @cached_property
    def by_id(self) -> dict[str, str]:
        return names_of(self.resolution)

    def of(self, provision: Provision, otherwise: str = "") -> str:
        return self.by_id.get(provision.id, otherwise or provision.label)


def label_oddities(
    resolution: Resolution, vocabulary: HeadingWords, *, in_force: bool
) -> Iterator[str]:
    """Yield what is odd in the labels and headings of a text, in the order of the text.

    Gaps are told of a text ``in_force`` alone: in a proposal they are what it suppresses.
    """
    names = _LazyNames(resolution)
    for parent in walk(resolution.provisions):
        items = [child for child in parent.children if child.kind is Kind.ITEM and child.label]
        yield from _twice(items)
        yield from _gaps(items, names) if in_force else ()
        yield from _branches(parent.children, names, in_force=in_force)
        for entry in items:
            yield from _inside(entry, names, vocabulary)


def _branches(
    provisions: Sequence[Provision], names: _LazyNames, *, in_force: bool
) -> Iterator[str]:
    """Yield which number of an article or an annex stands twice, and which is left out."""
    heads = [(p, branch_of(p.text)) for p in provisions if p.kind in _BRANCHES and not p.label]
    numbered = [(p, head) for p, head in heads if head and head.number]
    for name, times in Counter(head.name for _, head in numbered).items():
        if times > 1:
            yield f"{name} stands {'twice' if times == 2 else f'{times} times'}"
    for (before, last), (after, head) in pairwise(numbered if in_force else ()):
        steps = _steps(last.number, head.number)
        if last.branch == head.branch and steps and min(steps, key=abs) > 1:
            yield _missing(names.of(before, last.name), names.of(after, head.name))


_BRANCHES = (Kind.OPERATIVE, Kind.ANNEX)


def _steps(before: str, after: str) -> list[int]:
    """Return by how much one label is higher than another, in each way to read both."""
    return [
        label.number - last.number
        for last in readings(before)
        for label in readings(after)
        if _alike(last, label)
    ]


def _missing(before: str, after: str) -> str:
    return f"the numbering goes from {before} to {after}: something may be missing between them"


_ROUND = "o"
"""A bullet as it is typed: no letter of a list stands without a bracket or a stop."""


def _twice(items: Sequence[Provision]) -> Iterator[str]:
    for label, times in Counter(entry.label for entry in items).items():
        read = parse(label)
        if not read:
            yield f"label “{label}” is of no kind that is known: kept as it is"
        elif times > 1 and read.style is not LabelStyle.BULLET and label != _ROUND:
            yield f"label {label} stands {'twice' if times == 2 else f'{times} times'}"


def _gaps(items: Sequence[Provision], names: _LazyNames) -> Iterator[str]:
    """Yield where a number or letter is left out between two labels of one list."""
    for before, after in pairwise(items):
        steps = _steps(before.label, after.label)
        if steps and min(steps, key=abs) > 1:
            yield _missing(names.of(before), names.of(after))


def _alike(last: Label, label: Label) -> bool:
    return (last.style, last.before) == (label.style, label.before) and (
        last.style is not LabelStyle.BULLET
    )


def _inside(entry: Provision, names: _LazyNames, vocabulary: HeadingWords) -> Iterator[str]:
    """Yield a heading at the end of a paragraph, and the next label of its list inside it."""
    *_, last = _PIECE.split(entry.text.rstrip(" ,;.:"))
    heading = known_heading(last, vocabulary) if len(last.split()) >= _WORDS else None
    # A paragraph that has no stop at its end and ends like a heading ends in one.
    plain = heading is not None and (heading.exact or entry.text[-1:].isalpha())
    if heading and plain and len(last) < len(entry.text) and heading.kind is Kind.OPERATIVE:
        yield f"a heading may stand inside {names.of(entry)}: “{last}”"
    own = parse(entry.label)
    for match in _INNER.finditer(entry.text):
        inner = parse(match[1])
        if own and inner and _alike(own, inner) and inner.number == own.number + 1:
            shown = entry.text[match.start() :][:40]
            yield f"the label {match[1]} may stand inside {names.of(entry)}: “{shown}”"
