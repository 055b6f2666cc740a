"""Recognise references in the words of a text.

A heading in italics, or one that the resolution has, with labels behind it; or an item named with
its label before a heading, or before "above". What belongs to another text ("*resolves* 2 of
Resolution 71") is no reference of this one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from msgspec.structs import replace

from resamend.languages import References, header, section
from resamend.model import Language, Mark
from resamend.reference.patterns import ReferencePatterns, begins, patterns
from resamend.reference.values import Mention, Span
from resamend.words import fold

_NEAR = 160
"""Code points before a heading in which its items, or the text it belongs to, are looked for."""


def mentions(
    text: str, marks: Sequence[Mark], headings: Sequence[str], language: Language
) -> tuple[Mention, ...]:
    """Return the references in a text, in its order; ``headings`` are those of the resolution.

    >>> text = "under resolves 2 and 3 above, and in *recognizing c)*"
    >>> [text[m.start : m.end] for m in mentions(text, (), ("resolves",), Language.EN)]
    ['resolves 2 and 3 above']
    """
    if not may_mention(text):
        return ()
    italics = tuple((mark.start, mark.end) for mark in marks if mark.kind == "i")
    return _mentions(text, italics, _spoken(tuple(headings)), language)


def unread_reason(language: Language) -> str:
    """Return why references are not read in a language; empty where they are."""
    return header(language).lacks.get("references", "")


@lru_cache(maxsize=64)
def _spoken(headings: tuple[str, ...]) -> tuple[str, ...]:
    """Return the headings of a text as they are cited, each once."""
    return tuple(dict.fromkeys(map(bare, headings)))


@lru_cache(maxsize=1 << 14)
def _mentions(
    text: str, italics: tuple[Span, ...], headings: tuple[str, ...], language: Language
) -> tuple[Mention, ...]:
    words = section(language, References)
    if words is None:
        return ()
    forms = patterns(words, language, headings)
    kept: list[Mention] = []
    for mention in (*_headed(text, italics, forms), *_unheaded(text, forms)):
        at = bisect_left(kept, mention.start, key=lambda m: m.end - 1)
        apart = at == len(kept) or mention.end <= kept[at].start
        if apart and not _foreign(text, mention, forms):
            kept.insert(at, mention)
    return tuple(kept)


@lru_cache(maxsize=1 << 14)
def may_mention(text: str) -> bool:
    """Tell whether a text has a figure or a closing bracket: without one it refers to nothing.

    >>> may_mention("resolves 2"), may_mention("in force")
    (True, False)
    """
    return (_ASCII_FIGURE if text.isascii() else _FIGURE)(text) is not None


_FIGURE = re.compile(r"[\d)）]").search
_ASCII_FIGURE = re.compile("[0-9)]").search  # in half the time


def bare(heading: str) -> str:
    """Return a heading without the punctuation at its end, as it is cited.

    >>> bare("taking into account,")
    'taking into account'
    """
    return " ".join(fold(heading).strip("\ufffc ,:;،：，").split())


# -- with a heading -------------------------------------------------------------------------------


def _headed(text: str, italics: Sequence[Span], forms: ReferencePatterns) -> Iterator[Mention]:
    """Yield the references that name a heading: first those in italics, which are certain."""
    for run in italics:
        heading = _heading_in(text, run, forms)
        if heading:
            yield from _at(text, heading, forms, certain=True)
    starts = sorted(start for start, _ in italics)
    ends = list(accumulate((end for _, end in sorted(italics)), max))
    for match in forms.named_in(text):
        at = bisect_left(starts, match.end())
        if not at or ends[at - 1] <= match.start():
            yield from _at(text, match.span(), forms, certain=False)


def _heading_in(text: str, run: Span, forms: ReferencePatterns) -> Span | None:
    """Return where a heading stands in a run of italics, without the labels that end the run."""
    start, end = run
    start += len(text[start:end]) - len(text[start:end].lstrip())
    own = forms.own.match(text, start, end) if forms.own else None
    if not own and not begins(text[start:end], forms.words):
        return None
    run_text = text[start:end].rstrip()
    line = run_text.rfind("\n")
    endings = forms.further.finditer(run_text)
    labels = next((labels for labels in endings if labels.end() >= line), None)
    stop = start + labels.start() if labels else start + len(text[start:end].rstrip(" ,:;"))
    if own and own.end() < stop and not labels:
        stop = max(stop, own.end())
    return (start, stop) if stop > start else None


def _at(text: str, heading: Span, forms: ReferencePatterns, *, certain: bool) -> Iterator[Mention]:
    """Yield the reference at a heading: its labels stand behind it, or before it."""
    start, end = heading
    behind = forms.behind.match(text, end)
    if behind and (certain or _plain(text, behind, forms)):
        lead = forms.leading.search(text, max(start - _NEAR, 0), start)
        yield _mention(text, behind, forms, lead.start() if lead else start, behind.end(), heading)
        return
    before = forms.before.search(text, max(start - _NEAR, 0), start)
    if before:
        tail = forms.tailing.match(text, end)
        yield _mention(text, before, forms, before.start(), tail.end() if tail else end, heading)


def _plain(text: str, match: re.Match[str], forms: ReferencePatterns) -> bool:
    """Tell whether labels behind words that may be no heading here can be nothing else."""
    sure = match["tail"] or match["chains"].endswith((")", "）"))
    return bool(sure or forms.closed.match(text, match.end()))


def _unheaded(text: str, forms: ReferencePatterns) -> Iterator[Mention]:
    """Yield the references that name no heading: what is cited stands where their scope says."""
    for scope, match in forms.scoped_in(text):
        yield replace(_mention(text, match, forms, *match.span(), None), scope=scope)
    for match in forms.around.finditer(text) if forms.direction.search(text) else ():
        if match["lead"] or match["tail"]:
            yield _mention(text, match, forms, *match.span(), None)


def _mention(
    text: str,
    match: re.Match[str],
    forms: ReferencePatterns,
    start: int,
    end: int,
    heading: Span | None,
) -> Mention:
    return Mention(
        start=start,
        end=end,
        heading=heading,
        chains=_chains(text, *match.span("chains"), forms),
        tail=forms.tail_of(text[start:end]),
    )


def _chains(
    text: str, start: int, end: int, forms: ReferencePatterns
) -> tuple[tuple[Span, ...], ...]:
    """Return where each label of each chain stands."""
    chains: list[tuple[Span, ...]] = []
    at = start
    while at < end and (chain := forms.chain.match(text, at, end)):
        labels = forms.label.finditer(text, chain.start(), chain.end())
        chains.append(tuple(label.span() for label in labels))
        joint = forms.joint.match(text, chain.end(), end)
        if not joint:
            break
        at = joint.end()
    return tuple(chains)


def _foreign(text: str, mention: Mention, forms: ReferencePatterns) -> bool:
    """Tell whether a reference is to another text than this resolution."""
    return bool(
        forms.other_behind.match(text, mention.end)
        or forms.other_before.search(text, max(mention.start - _NEAR, 0), mention.start)
    )
