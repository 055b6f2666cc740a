"""Find proposed texts that say nearly the same in other words.

Two texts are compared when they come from different sources and are long enough to say something.
The score is the share of the words that count which they have in common (Dice's coefficient), in
any order; for Chinese the mean of that of characters and of pairs of characters. Where one subject
only stands in the place of another ("the cost of devices", "the age of devices"), it is the same
formula about something else, and scores less. The threshold is chosen on labelled pairs
(bench/convergence). It settles nothing: the group is told where to look, and in which words they
differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from resamend.conflict.likely import LikelyPairs
from resamend.conflict.values import ConflictKind, Option, OptionKind, Region, Similar, Standing
from resamend.difference import align, hunks_of
from resamend.difference.content_words import ContentWords, content_words
from resamend.model import WHOLE, Kind, Language, Provision
from resamend.words import key_of, split

THRESHOLD = 0.7
"""The least score at which two texts are shown as similar wording (docs/convergence.md)."""
ANOTHER = 0.25
"""What the same formula about another subject scores less."""
SHORTEST = 5
"""Fewer words than this say too little to be compared."""


class _Candidate(Struct, frozen=True):
    region: Region
    option: Option
    text: str
    path: str
    keys: tuple[str, ...]


def find_similar(regions: Sequence[Region], language: Language) -> tuple[Similar, ...]:
    """Return the pairs of proposed texts that say nearly the same, in the order of the text."""
    candidates = [
        candidate
        for region in regions
        if region.standing is not Standing.COMPOSED
        for option in region.options
        if option.deed in _WITH_TEXT
        for candidate in _candidates(region, option)
    ]
    bags = [content_words(candidate.text, language) for candidate in candidates]
    return tuple(
        [
            _similar(candidates[x], candidates[y], value)
            for x, y in LikelyPairs(bags, THRESHOLD).pairs()
            if _comparable(candidates[x], candidates[y])
            and (value := _score(bags[x], bags[y], least=THRESHOLD)) >= THRESHOLD
        ]
    )


_WITH_TEXT = frozenset({OptionKind.WORDS, OptionKind.ADD})


def _candidates(region: Region, option: Option) -> list[_Candidate]:
    """Return the new texts of an option: inserted, put in place of other words, or added."""
    if option.deed is not OptionKind.WORDS:
        texts = [
            place for provision in option.provisions for place in _inside((provision,), region)
        ]
    elif len(option.words) >= SHORTEST:
        texts = [(option.text.strip(), region.path)]
    else:
        return []
    return [
        _Candidate(region, option, text, where, keys)
        for text, where in texts
        if len(keys := key_of(text)) >= SHORTEST
    ]


def _inside(chain: tuple[Provision, ...], region: Region) -> Iterator[tuple[str, str]]:
    """Yield the text of an added provision and of all in it, each with where it is."""
    *_, last = chain
    where = region.path
    if len(chain) > 1:
        steps = [p.text if p.kind in WHOLE else p.label for p in chain[1:]]
        above = "" if chain[0].kind is Kind.RESOLUTION else where
        where = " ".join(filter(None, [above, *steps])) or where
    if last.kind is not Kind.MOVED:
        yield last.text.strip(), where
    for child in last.children:
        yield from _inside((*chain, child), region)


def _comparable(one: _Candidate, other: _Candidate) -> bool:
    """Tell whether two texts are by different sources, and not of too different size."""
    if set(one.option.sources) & set(other.option.sources):
        return False
    if one.keys == other.keys and ConflictKind.ORDER_IN_GAP in one.region.kinds:
        return False
    if _laid_beside(one, other):
        return False
    short, long_ = sorted((len(one.keys), len(other.keys)))
    return short >= THRESHOLD / 2 * long_


def _laid_beside(one: _Candidate, other: _Candidate) -> bool:
    """Tell whether two rival texts for one new resolution say it at one place or in one way."""
    if one.region is not other.region or not (one.path == other.path or one.keys == other.keys):
        return False
    return [p.kind for p in one.option.provisions] == [Kind.RESOLUTION]


def score(one: str, other: str, language: Language) -> float:
    """Return how much two texts in a language say the same, from 0 to 1.

    Modals, negations, figures and dates do not count: what differs in them alone scores 1.

    >>> one, other = "to report to the Council each year", "to report each year to the Council"
    >>> round(score(one, other, Language.EN), 2)
    1.0
    """
    return _score(content_words(one, language), content_words(other, language))


def _score(here: ContentWords, there: ContentWords, least: float = 0.0) -> float:
    """Return the score of two texts; of one below ``least``, only that it is."""
    if not here.words or not there.words:
        return float(here.all == there.all)
    share = _dice(len(here.words), len(there.words), _common(here, here.words, there.words))
    if here.cjk and there.cjk:
        left, right = Counter(pairwise(here.words)), Counter(pairwise(there.words))
        share = (share + _dice(left.total(), right.total(), (left & right).total())) / 2
    if share < least:
        return share
    another = _about_another(here, there) or _about_another(there, here)
    return max(share - ANOTHER, 0.0) if another else share


def _dice(one: int, other: int, common: int) -> float:
    return 2 * common / max(one + other, 1)


def _common(text: ContentWords, one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two texts share, a form of a word for the word."""
    same = Counter(one) & Counter(other)
    left = list((Counter(other) - same).elements())
    common = same.total()
    for word in (Counter(one) - same).elements():
        form = next((candidate for candidate in left if text.rules.alike(word, candidate)), None)
        if form is not None:
            left.remove(form)
            common += 1
    return common


def _about_another(one: ContentWords, other: ContentWords) -> bool:
    """Tell whether all in which two texts differ is one subject in the place of another."""
    x = y = replaced = 0
    for nx, ny in [*align(one.all, other.all), (len(one.all), len(other.all))]:
        old = [word for word in one.all[x:nx] if one.rules.counts(word)]
        new = [word for word in other.all[y:ny] if one.rules.counts(word)]
        if bool(old) != bool(new) or _common(one, old, new):
            return False
        replaced += bool(old)
        x, y = nx + 1, ny + 1
    return replaced > 0


def _similar(one: _Candidate, other: _Candidate, value: float) -> Similar:
    hunks, _ = hunks_of(split(one.text), split(other.text))
    return Similar(
        one=one.region.id,
        other=other.region.id,
        one_text=one.text,
        other_text=other.text,
        one_sources=one.option.sources,
        other_sources=other.option.sources,
        one_path=one.path,
        other_path=other.path,
        score=round(value, 2),
        differences=tuple(
            (hunk.old.strip(), "".join(word.text for word in hunk.words).strip()) for hunk in hunks
        ),
    )
