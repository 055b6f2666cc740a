"""Which marks of an edited draft are the draft's own, by what it showed when it was written.

A draft takes along each of its paragraphs as a line in which every mark stands with its author.
What was written is (but for what was accepted or refused since) still there, in its order: so the
letters of a paragraph are laid beside those of its line, and a mark that the line has not is new.
Authors say who asks, never whether it is new; dates, which programs rewrite, say nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, product

from msgspec import Struct
from msgspec.structs import replace

from resamend.ooxml import Paragraph, Run, TrackedChange, WordDocument, paragraphs
from resamend.ooxml.embedded import visible_line
from resamend.ooxml.metadata import DRAFT

OWN = "own"
"""The date that a mark of the draft's own is given here."""
CONSOLIDATION = "Consolidation"
_PIECE = re.compile(r"\{(?P<fate>[+-][^{}]*?): (?P<text>[^{}]*)\}", re.DOTALL)
_LIKE = 0.4
"""Two paragraphs that are less like each other are not one and the same."""
_MOST = 7
"""Changes of one paragraph that are tried together: 3⁷ ways."""


class Marked(Struct, frozen=True):
    """Hold a stretch of a line, and who inserts or deletes it; empty for nobody."""

    text: str
    inserted: str = ""
    deleted: str = ""


class Resolved(Struct, frozen=True):
    """Say that one author's change in a paragraph was accepted, or refused."""

    author: str
    inserted: str
    deleted: str
    accepted: bool


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


def _plain(line: str) -> str:
    """Return the words of a line, whatever their marks."""
    return "".join(stretch.text for stretch in split(line)[0])


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
    return _visible(*split(plain.replace(f"{{+{CONSOLIDATION}: }}", "")))  # what they parted is one


def without_names(paragraph: Paragraph, names: frozenset[str]) -> Paragraph:
    """Return a paragraph without them, whatever has become of their mark."""
    runs = (run._replace(text=unnamed(run.text, names)) for run in paragraph.runs)
    return replace(paragraph, runs=tuple(run for run in runs if run.text))


_NAMES_BESIDE = re.compile("‹[^‹›{}]+›")


# -- which paragraph is which ---------------------------------------------------------------------


def paired(lines: Sequence[str], current: Sequence[Paragraph]) -> list[int]:
    """Return which line each paragraph was written as; -1 for one that is new."""
    from rapidfuzz.distance import Levenshtein

    now = [visible_line(paragraph) for paragraph in current]
    places = [-1] * len(now)
    steps = Levenshtein.opcodes(list(lines), now)
    for same, some in groupby(steps, key=lambda step: step.tag == "equal"):
        block = list(some)
        old = range(block[0].src_start, block[-1].src_end)
        new = range(block[0].dest_start, block[-1].dest_end)
        pairs = zip(new, old, strict=True) if same else _likeliest(lines, current, old, new)
        for k, place in pairs:
            places[k] = place
    return places


def _likeliest(
    lines: Sequence[str], current: Sequence[Paragraph], old: range, new: range
) -> Iterator[tuple[int, int]]:
    """Pair paragraphs in their order so that they are most like each other."""
    from rapidfuzz.fuzz import ratio

    texts = {place: _plain(lines[place]) for place in old}
    best: list[list[float]] = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    like = {}
    for i, place in reversed([*enumerate(old)]):
        for j, k in reversed([*enumerate(new)]):
            likeness = ratio(texts[place], current[k].text) / 100
            like[i, j] = likeness if likeness >= _LIKE or texts[place] == current[k].text else -1.0
            both = like[i, j] + best[i + 1][j + 1]
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(old) and j < len(new):
        if like[i, j] >= 0 and best[i][j] == like[i, j] + best[i + 1][j + 1]:
            yield new[j], old[i]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


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


# -- what was accepted or refused -----------------------------------------------------------------


class _Group(Struct, frozen=True):
    author: str
    first: int
    end: int


def changes_of(line: str) -> tuple[Resolved, ...]:
    """Return the changes of a line that stand by themselves, as if all were accepted."""
    stretches, end = split(line)
    groups = _groups(stretches, end.inserted or end.deleted)
    return tuple(_settled(stretches, group, accepted=True) for group in groups)


def resolved(line: str, now: str) -> tuple[Resolved, ...] | None:
    """Return the changes that were accepted or refused, where nothing else was edited.

    ``now`` is the line of the paragraph without what is new in it. ``None`` where it is not made
    from the line by accepting and refusing whole changes.
    """
    stretches, end = split(line)
    groups = list(_groups(stretches, end.inserted or end.deleted))
    if not groups or len(groups) > _MOST:
        return None
    for ways in product((None, True, False), repeat=len(groups)):
        if any(way is not None for way in ways) and _line(stretches, end, groups, ways) == now:
            return tuple(
                _settled(stretches, group, accepted=way)
                for group, way in zip(groups, ways, strict=True)
                if way is not None
            )
    return None


def _settled(stretches: Sequence[Marked], group: _Group, *, accepted: bool) -> Resolved:
    within = stretches[group.first : group.end]
    inserted = "".join(stretch.text for stretch in within if stretch.inserted)
    deleted = "".join(stretch.text for stretch in within if stretch.deleted)
    return Resolved(group.author, inserted, deleted, accepted)


def _groups(stretches: Sequence[Marked], whole: str) -> Iterator[_Group]:
    """Yield the stretches that one author changes, side by side; of a whole paragraph, all."""
    if whole:
        yield _Group(whole, 0, len(stretches))
        return
    first = 0
    while first < len(stretches):
        author = stretches[first].inserted or stretches[first].deleted
        end = first + 1
        if author and author != CONSOLIDATION:
            while end < len(stretches) and author in (
                stretches[end].inserted or stretches[end].deleted,
            ):
                end += 1
            yield _Group(author, first, end)
        first = end


def _line(
    stretches: Sequence[Marked],
    end: Marked,
    groups: Sequence[_Group],
    ways: Sequence[bool | None],
) -> str | None:
    """Return the line once some changes are accepted (true) or refused (false)."""
    way_of = {
        k: way
        for group, way in zip(groups, ways, strict=True)
        for k in range(group.first, group.end)
    }
    pieces: list[Marked] = []
    for k, stretch in enumerate(stretches):
        way = way_of.get(k)
        if way is None:
            pieces.append(stretch)
        elif (stretch.inserted and not way) or (stretch.deleted and way):
            continue
        else:
            pieces.append(Marked(stretch.text))
    settled = bool(end.inserted or end.deleted) and ways[0] is not None
    if settled and bool(end.inserted) is not ways[0]:
        return None  # the whole paragraph is gone
    return _visible(pieces, Marked("¶") if settled else end)


def _visible(stretches: Iterable[Marked], end: Marked) -> str:
    """Return the line of stretches; those of one fate that touch are one."""
    runs = tuple(Run(s.text, "", "", _by(s.inserted), _by(s.deleted)) for s in stretches)
    return visible_line(
        Paragraph(number=0, runs=runs, inserted=_by(end.inserted), deleted=_by(end.deleted))
    )


def _by(author: str) -> TrackedChange | None:
    return TrackedChange(author) if author else None
