"""Which marks of an edited draft are the draft's own, by what it showed when it was written.

A draft takes along each of its paragraphs as a line in which every mark stands with its author.
What was written is (but for what was accepted or refused since) still there, in its order: so the
letters of a paragraph are laid beside those of its line, and a mark that the line has not is new.
Authors say who asks, never whether it is new; dates, which programs rewrite, say nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resamend.ooxml import Paragraph, Run, TrackedChange, WordDocument, paragraphs
from resamend.ooxml.embedded import visible_line
from resamend.ooxml.metadata import DRAFT

OWN = "own"
"""The date that a mark of the draft's own is given here."""
CONSOLIDATION = "Consolidation"
_PIECE = re.compile(r"\{(?P<fate>[+-][^{}]*?): (?P<text>[^{}]*)\}", re.DOTALL)


class Marked(Struct, frozen=True):
    """Hold a stretch of a line, and who inserts or deletes it; empty for nobody."""

    text: str
    inserted: str = ""
    deleted: str = ""

    @property
    def author(self) -> str:
        """Return who inserts it, else who deletes it; empty for nobody."""
        return self.inserted or self.deleted


def split(line: str) -> tuple[tuple[Marked, ...], Marked]:
    """Part a line into its stretches, and return the fate of the paragraph's mark.

    >>> split("that {+RUS -CHN: all}{-USA: ¶}")[1]
    Marked(text='¶', inserted='', deleted='USA')
    """
    stretches: list[Marked] = []
    at = 0
    for piece in _PIECE.finditer(line):
        if piece.start() > at:
            stretches.append(Marked(line[at : piece.start()]))
        inserted, _, deleted = piece["fate"].partition(" -")
        if inserted.startswith("-"):
            inserted, deleted = "", inserted[1:]
        stretches.append(Marked(piece["text"], inserted.removeprefix("+"), deleted))
        at = piece.end()
    if at < len(line):
        stretches.append(Marked(line[at:]))
    if stretches and stretches[-1].text == "¶":
        return tuple(stretches[:-1]), stretches[-1]
    return tuple(stretches), Marked("¶")


def unsigned(line: str) -> str:
    """Return a line without the names in its marks.

    >>> unsigned("that {+RUS -CHN: all}{-USA: ¶}")
    'that {+ -: all}{-: ¶}'
    """
    return _PIECE.sub(lambda m: f"{{{_NAMES.sub('', m['fate'])}: {m['text']}}}", line)


_NAMES = re.compile(r"(?<=^[+-])[^{}]*?(?= -|$)|(?<= -)[^{}]*$")


def is_own(change: TrackedChange | None) -> bool:
    """Tell whether a mark is the draft's own."""
    return change is not None and change.date == OWN


def is_draft(document: WordDocument, keywords: Iterable[str]) -> bool:
    """Tell whether a document is a draft of ours, by its keywords or by marks that are nobody's.

    Its brackets and options are no words of a state, whatever was accepted in it since.
    """
    bearers: list[Paragraph | Run] = []
    for paragraph in paragraphs(document.blocks):
        bearers += (paragraph, *paragraph.runs)
    changes = (change for of in bearers for change in (of.inserted, of.deleted))
    marked = (change is not None and change.author == CONSOLIDATION for change in changes)
    return DRAFT in keywords or any(marked)


_AUTHORS = re.compile(r"\{\+?([^{}]+?): ")


def is_nameless(written: str, current: Iterable[Paragraph]) -> bool:
    """Tell whether most of the authors that a draft showed are gone from it.

    Word's “Remove personal information” writes Author for all of them.
    """
    authors = {
        name
        for authors_line in _AUTHORS.findall(written)
        for name in re.split(r" -|^-", authors_line)
    }
    if authors & _NOBODY or not authors - {""}:
        return False
    present = Counter(
        change.author
        for paragraph in current
        for run in paragraph.runs
        for change in (run.inserted, run.deleted)
        if change
    )
    return 2 * sum(present[name] for name in ("", *_NOBODY)) > present.total()


_NOBODY = frozenset({"Author"})
_UNSIGNED = "?"


# -- the names beside changes -------------------------------------------------------------------


def names_in(lines: Iterable[str]) -> frozenset[str]:
    """Return the names that a draft printed beside its changes, and that stand nowhere else."""
    printed: set[str] = set()
    others: set[str] = set()
    for stretch in (stretch for line in lines for stretch in split(line)[0]):
        names = printed if stretch.inserted == CONSOLIDATION else others
        names |= set(_NAMES_BESIDE.findall(stretch.text))
    return frozenset(printed - others)


def unnamed(line: str, names: frozenset[str]) -> str:
    """Return a line without the names that were printed beside changes.

    >>> unnamed("that {+RUS: all}{+Consolidation: ‹RUS›} go", frozenset({"‹RUS›"}))
    'that {+RUS: all} go'
    >>> unnamed("{+RUS: a}{+Consolidation: ‹CHN›}{+RUS:  b}", frozenset({"‹CHN›"}))
    '{+RUS: a b}'
    """
    plain = _NAMES_BESIDE.sub(lambda match: "" if match[0] in names else match[0], line)
    if plain == line:
        return line
    return line_of(*split(plain.replace(f"{{+{CONSOLIDATION}: }}", "")))  # what they parted is one


def without_names(paragraph: Paragraph, names: frozenset[str]) -> Paragraph:
    """Return a paragraph without them, whatever has become of their mark."""
    runs = (run._replace(text=unnamed(run.text, names)) for run in paragraph.runs)
    return replace(paragraph, runs=tuple(run for run in runs if run.text))


_NAMES_BESIDE = re.compile("‹[^‹›{}]+›")


# -- whose marks ----------------------------------------------------------------------------------


def own_marks(paragraph: Paragraph, line: str | None) -> Paragraph:
    """Return a paragraph in which the draft's own marks bear the date ``OWN``."""
    if line is None:
        return paragraph
    stretches, end = split(line)
    old = [(letter, stretch.inserted) for stretch in stretches for letter in stretch.text]
    struck = [bool(stretch.deleted) for stretch in stretches for _ in stretch.text]
    new = [  # a mark without an author, as ONLYOFFICE makes them, is nobody's own
        (letter, (run.inserted.author or _UNSIGNED) if run.inserted else "")
        for run in paragraph.runs
        for letter in run.text
    ]
    was = _matches(old, new)
    runs: list[Run] = []
    at = 0
    for run in paragraph.runs:
        for letter in run.text:
            place = was[at]
            inserted = _owned(run.inserted, own=place >= 0)
            deleted = _owned(run.deleted, own=place >= 0 and struck[place])
            piece = run._replace(text=letter, inserted=inserted, deleted=deleted)
            if runs and runs[-1]._replace(text="") == piece._replace(text="") and not run.note:
                piece = piece._replace(text=runs.pop().text + letter)
            runs.append(piece)
            at += 1
    return replace(
        paragraph,
        runs=tuple(runs),
        inserted=_owned(paragraph.inserted, own=bool(end.inserted)),
        deleted=_owned(paragraph.deleted, own=bool(end.deleted)),
    )


def _owned(change: TrackedChange | None, *, own: bool) -> TrackedChange | None:
    return replace(change, date=OWN) if change and own else change


def _matches(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> list[int]:
    """Return which of the old letters each new one is; -1 for none."""
    from rapidfuzz.distance import Indel

    matches = [-1] * len(new)
    for step in Indel.opcodes(old, new):
        if step.tag == "equal":
            for k in range(step.dest_end - step.dest_start):
                matches[step.dest_start + k] = step.src_start + k
    return matches


# -- back to a line -------------------------------------------------------------------------------


def line_of(stretches: Iterable[Marked], end: Marked) -> str:
    """Return the line of stretches; those of one fate that touch are one."""
    runs = tuple(Run(s.text, "", "", _by(s.inserted), _by(s.deleted)) for s in stretches)
    return visible_line(
        Paragraph(number=0, runs=runs, inserted=_by(end.inserted), deleted=_by(end.deleted))
    )


def _by(author: str) -> TrackedChange | None:
    return TrackedChange(author) if author else None
