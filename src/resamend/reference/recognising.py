"""Recognise references in the words of a text.

A heading in italics, or one that the resolution has, with labels behind it; or an item named with
its label before a heading, or before "above". What belongs to another text ("*resolves* 2 of
Resolution 71") is no reference of this one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, cached_property, lru_cache
from itertools import accumulate

from resamend.languages import References, section
from resamend.model import Language, Mark
from resamend.reference.values import Mention, Span, Tail
from resamend.words import fold

__all__ = ["bare", "may_mention", "mentions"]

_SUFFIX = r"(?:\s?(?:bis|ter|quat|quater|quinq|quinquies|sexies|septies|octies|nonies|decies))?"
_BELOW = rf"(?>\(?[a-z]{{1,8}}{_SUFFIX}\))"
_LABEL = rf"(?>\d{{1,3}}(?:\.\d{{1,3}})*{_SUFFIX}\)?(?![\w%°])|{_BELOW}(?!\w))"
_FURTHER = rf"(?:\s*,)?\s+{_BELOW}(?!\w)"
_CHAIN = rf"{_LABEL}(?:{_FURTHER})*"
_NEAR = 160
"""Code points before a heading in which its items, or the text it belongs to, are looked for."""
_APOSTROPHE = "['\u2019\u02bc]"


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
    forms = _forms(words, headings)
    found: list[Mention] = []
    for mention in (*_headed(text, italics, forms), *_around(text, forms)):
        at = bisect_left(found, mention.start, key=lambda m: m.end - 1)
        apart = at == len(found) or mention.end <= found[at].start
        if apart and not _foreign(text, mention, forms):
            found.insert(at, mention)
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def may_mention(text: str) -> bool:
    """Tell whether a text has a figure or a closing bracket: without one it refers to nothing.

    >>> may_mention("resolves 2"), may_mention("in force")
    (True, False)
    """
    return (_ASCII_FIGURE if text.isascii() else _FIGURE)(text) is not None


_FIGURE = re.compile(r"[\d)]").search
_ASCII_FIGURE = re.compile("[0-9)]").search  # in half the time


def bare(heading: str) -> str:
    """Return a heading without the punctuation at its end, as it is cited.

    >>> bare("taking into account,")
    'taking into account'
    """
    return " ".join(fold(heading).strip("\ufffc ,:;،：，").split())


class _Forms:
    """Hold the regular expressions for one language and one set of headings.

    Each is compiled when a text first needs it: most texts have no more than a year or two.
    """

    def __init__(self, words: References, headings: tuple[str, ...]) -> None:
        self.words = words
        self.headings = sorted(filter(None, headings), key=len, reverse=True)
        self.begin = {"".join(_BEGINNING(each)).lower() for each in self.headings}
        self.chains = rf"{_CHAIN}(?:(?!{_FURTHER})(?:{words.joins}|{words.to}){_CHAIN})*"

    @cached_property
    def own(self) -> re.Pattern[str] | None:
        spelled = "|".join([re.escape(h).replace(r"\ ", r"\s+") for h in self.headings])
        return _compiled(rf"(?<!\w)(?:{spelled})(?!\w)") if spelled else None

    def named_in(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the headings of the resolution where they stand in a text.

        Most texts have not even the beginning of one, which is seen without a pattern.
        """
        lower = text.lower() if text.isascii() else ""
        if lower and not any([begin in lower for begin in self.begin]):  # noqa: C419  # faster
            return iter(())
        return self.own.finditer(text) if self.own else iter(())

    @cached_property
    def behind(self) -> re.Pattern[str]:
        return _compiled(
            rf"(?:\s*,)?\s+(?:{self.words.part})?\s*(?P<chains>{self.chains})(?P<tail>{self._tail})"
        )

    @cached_property
    def before(self) -> re.Pattern[str]:
        words = self.words
        return _compiled(rf"(?<!\w)(?:{words.part})\s+(?P<chains>{self.chains})\s+(?:{words.of})$")

    @cached_property
    def direction(self) -> re.Pattern[str]:
        return _compiled(rf"{self.words.above}|{self.words.below}")

    @cached_property
    def around(self) -> re.Pattern[str]:
        words = self.words
        return _compiled(
            rf"(?<!\w)(?:{words.part})\s+(?P<chains>{self.chains})"
            rf"(?P<tail>\s*,?\s*(?:{words.above}|{words.below}))(?!\w)"
        )

    @cached_property
    def note(self) -> re.Pattern[str]:
        return _compiled(rf"(?<!\w)(?:{self.words.note})\s+(?P<chains>\d{{1,3}}(?!\w))")

    @cached_property
    def closed(self) -> re.Pattern[str]:
        of = self.words.of
        return _compiled(rf"\s*(?:$|[.,;:)\]]|(?:and|or|et|ou|{of})(?!\w)|{of})")

    @property
    def _tail(self) -> str:
        return rf"(?:\s*,?\s*(?:{self.words.above}|{self.words.below})(?!\w))?"

    @cached_property
    def tail(self) -> re.Pattern[str]:
        return _compiled(self._tail)

    @cached_property
    def chain(self) -> re.Pattern[str]:
        return _compiled(_CHAIN)

    @cached_property
    def label(self) -> re.Pattern[str]:
        return _compiled(rf"{_LABEL}|{_BELOW}")

    @cached_property
    def joint(self) -> re.Pattern[str]:
        return _compiled(rf"{self.words.to}|{self.words.joins}")

    @cached_property
    def other_behind(self) -> re.Pattern[str]:
        words = self.words
        this = rf"(?!(?:{words.this})\s)"
        return _compiled(
            rf"\s*,?\s*(?:{words.of})\s*{this}(?:(?!{words.this})[^\s,;.]+\s+){{0,5}}?"
            rf"(?:{words.others})(?!\w)"
        )

    @cached_property
    def other_before(self) -> re.Pattern[str]:
        return _compiled(
            rf"(?<!\w)(?:{self.words.others})\s+[\w/-]*\d[\w/-]*(?:\s*\([^()]*\))?\s*,?"
            r"\s*(?:in\s+)?$"
        )


_BEGINNING = re.compile("^[A-Za-z0-9]*").findall
"""Letters of which a pattern that minds no case matches, in ASCII, what ``lower`` makes equal."""


def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern; white space, which nothing begins with that follows it, is taken whole.

    Given back space by space, a run of it would be tried in the square of its length.
    """
    pattern = pattern.replace(r"\s+", r"\s++").replace(r"\s*", r"\s*+")
    return re.compile(re.sub("['\u2019]", _APOSTROPHE, pattern), re.IGNORECASE)


_labels = _compiled(rf"(?<!\s)\s+{_CHAIN}").finditer


_forms = lru_cache(maxsize=64)(_Forms)


# -- with a heading -------------------------------------------------------------------------------


def _headed(text: str, italics: Sequence[Span], forms: _Forms) -> Iterator[Mention]:
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


def _heading_in(text: str, run: Span, forms: _Forms) -> Span | None:
    """Return where a heading stands in a run of italics, without the labels that end the run."""
    start, end = run
    said = text[start:end]
    start += len(said) - len(said.lstrip())
    own = forms.own.match(text, start, end) if forms.own else None
    if not own and not _begins(text[start:end], forms.words):
        return None
    said = text[start:end].rstrip()
    line = said.rfind("\n")
    labels = next((labels for labels in _labels(said) if labels.end() >= line), None)
    stop = start + labels.start() if labels else start + len(text[start:end].rstrip(" ,:;"))
    if own and own.end() < stop and not labels:
        stop = max(stop, own.end())
    return (start, stop) if stop > start else None


def _begins(text: str, words: References) -> bool:
    """Tell whether a text begins as headings do."""
    return _first(words.first).match(text) is not None


@cache
def _first(beginnings: str) -> re.Pattern[str]:
    return _compiled(beginnings)


def _at(text: str, heading: Span, forms: _Forms, *, certain: bool) -> Iterator[Mention]:
    """Yield the reference at a heading: its labels stand behind it, or before it."""
    start, end = heading
    behind = forms.behind.match(text, end)
    if behind and (certain or _plain(text, behind, forms)):
        yield _mention(text, behind, forms, start, behind.end(), heading)
        return
    before = forms.before.search(text, max(start - _NEAR, 0), start)
    if before:
        tail = forms.tail.match(text, end)
        yield _mention(text, before, forms, before.start(), tail.end() if tail else end, heading)


def _plain(text: str, found: re.Match[str], forms: _Forms) -> bool:
    """Tell whether labels behind words that may be no heading here can be nothing else."""
    sure = found["tail"] or found["chains"].endswith(")")
    return bool(sure or forms.closed.match(text, found.end()))


def _around(text: str, forms: _Forms) -> Iterator[Mention]:
    """Yield the references to an item of the list around, and to footnotes by their number."""
    for found in forms.around.finditer(text) if forms.direction.search(text) else ():
        yield _mention(text, found, forms, found.start(), found.end(), None)
    for found in forms.note.finditer(text):
        yield Mention(
            start=found.start(),
            end=found.end(),
            heading=None,
            chains=((found.span("chains"),),),
            note=True,
        )


def _mention(
    text: str, found: re.Match[str], forms: _Forms, start: int, end: int, heading: Span | None
) -> Mention:
    chains = _chains(text, *found.span("chains"), forms)
    said = text[start:end].casefold()
    tail = Tail.NONE
    if re.search(rf"(?:{forms.words.above})$", said):
        tail = Tail.ABOVE
    elif re.search(rf"(?:{forms.words.below})$", said):
        tail = Tail.BELOW
    return Mention(start=start, end=end, heading=heading, chains=chains, tail=tail)


def _chains(text: str, start: int, end: int, forms: _Forms) -> tuple[tuple[Span, ...], ...]:
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


def _foreign(text: str, mention: Mention, forms: _Forms) -> bool:
    """Tell whether a reference is to another text than this resolution."""
    return bool(
        forms.other_behind.match(text, mention.end)
        or forms.other_before.search(text, max(mention.start - _NEAR, 0), mention.start)
    )
