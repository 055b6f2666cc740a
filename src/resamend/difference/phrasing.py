"""Which changes of a text are one: torn from one rewording, or read as one.

Two relations over one measure. The *weight* of a word is 1 where it has content or decides (a
modal, a negation, a figure), 0 where it only binds. Two changes of one source are

* *torn* where what stands between them weighs less than either: they are one rewording, and what is
  asked of a group may not tear it (``resamend.conflict.phrases``, rule R4);
* such that one *reads on* into the other: torn, or with at most two words between that say no more
  than either. So they are shown, and nothing is merged by it: this may join more, never less.

*The invariant.* What is stored stays word by word and canonical. Accepted, what is shown gives the
source's text, and refused the text in force, as the stored changes do: what stands between two
changes that are shown as one is struck and put in again.

*Why not one relation.* What is asked must not grow with what stands near it, else two sources
who change the same word would seldom be heard to ask the same. What is read has no such neighbour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from resamend.difference.content_words import word_rules
from resamend.difference.unit_words import CONJUNCTIONS, unit_words
from resamend.difference.values import Hunk
from resamend.model import Language, Word
from resamend.words import is_spaced

SHORT = 2
"""Words that may stand between two changes where one reads on into the other."""
LEFT = 0.35
"""Where a smaller share of a text's weight is left, it is shown as replaced."""
_COMMAS = frozenset(",،，、")
_STOPS = frozenset(";.:；。：؛")
_GLUE = frozenset("/-‐‑–")
"""What joins the parts of a symbol, of years or of one word."""
_UNDIVIDED = ("footnote", "split", "join")
"""Marks of what is not shown struck and put in again: it is one thing, at one place."""


@lru_cache(maxsize=1 << 15)
def weight(key: str, language: Language) -> int:
    """Return 1 for a word with content or one that decides; 0 for one that binds, punctuation.

    >>> [weight(key, Language.EN) for key in ("plan", "of", "not", "40", ",")]
    [1, 0, 1, 1, 0]
    """
    word = key.casefold()
    if not any(map(str.isalnum, word)) or word in unit_words(language).binding:
        return 0
    rules = word_rules(language)
    return int(rules.counts(word) or rules.decides(word))


def weigh(words: Iterable[Word], language: Language) -> int:
    """Return the weight of some words together."""
    return sum([weight(word.key, language) for word in words])


def keeps_apart(between: Iterable[Word]) -> bool:
    """Tell whether punctuation between two changes makes them two, whatever they say."""
    return any(word.key in _STOPS for word in between)


def is_torn(between: Sequence[Word], lesser: int, language: Language) -> bool:
    """Tell whether two changes, the ``lesser`` weight given, outweigh what stands between."""
    if keeps_apart(between):
        return False
    joins = any(word.key in _COMMAS or word.key.casefold() in CONJUNCTIONS for word in between)
    return weigh(between, language) + joins < lesser


def reads_on(base: Sequence[Word], one: Hunk, other: Hunk, language: Language) -> bool:
    """Tell whether a change is read as one phrase with the next one of the same source.

    >>> from resamend.words import split
    >>> base = split("the plans of Tunis")
    >>> acts, geneva = Hunk(1, 2, split(" acts")), Hunk(3, 4, split(" Geneva"))
    >>> reads_on(base, acts, geneva, Language.EN)
    True
    """
    between = base[one.end : other.start]
    if _undivided(between):
        return False
    sizes = [change_weight(base, hunk, language) for hunk in (one, other)]
    if is_torn(between, min(sizes), language):
        return True
    stops = [w.key for w in between if w.key not in _GLUE and not any(map(str.isalnum, w.key))]
    if len(between) > SHORT or (stops and (len(between) > 1 or stops[0] not in _COMMAS)):
        return False
    struck, put = one.end - one.start + other.end - other.start, len(one.words) + len(other.words)
    replaced = all(hunk.start < hunk.end and hunk.words for hunk in (one, other))
    # A character of a script without spaces is seldom a word: alone between two changes it is none.
    character = len(between) == 1 and not is_spaced(between[0])
    kept = 0 if character else weigh(between, language)
    return bool(struck and put) and max(kept, 1) <= min(sizes) and (replaced or not kept)


def _undivided(words: Iterable[Word]) -> bool:
    return any(mark.kind in _UNDIVIDED for word in words for mark in word.marks)


def change_weight(base: Sequence[Word], hunk: Hunk, language: Language) -> int:
    """Return the weight of what is struck or of what is put in, whichever is more."""
    return max(weigh(base[hunk.start : hunk.end], language), weigh(hunk.words, language))


# -- what is shown --------------------------------------------------------------------------------


def as_read(
    base: Sequence[Word],
    hunks: Sequence[Hunk],
    language: Language,
    *,
    printed: Mapping[int, Word] | None = None,
    limit: int | None = None,
) -> list[Hunk]:
    """Return one source's changes of a text as they are shown, each where it reads best.

    ``printed`` are the kept words, by place, that the source prints otherwise; before ``limit``
    the last change must end, else before the end of the text.
    """
    phrases = [list(hunks[:1])] if hunks else []
    for one, other in pairwise(hunks):
        if reads_on(base, one, other, language):
            phrases[-1].append(other)
        else:
            phrases.append([other])
    joined = [_as_one(base, phrase, printed or {}) for phrase in phrases]
    limits = [*(hunk.start for hunk in joined[1:]), len(base) if limit is None else limit]
    return [
        well_placed(base, hunk, end, language) for hunk, end in zip(joined, limits, strict=False)
    ]


def _as_one(base: Sequence[Word], hunks: Sequence[Hunk], printed: Mapping[int, Word]) -> Hunk:
    """Return some changes as one: what stands between them is struck and put in again."""
    words = list(hunks[0].words)
    for one, other in pairwise(hunks):
        words += [printed.get(k, base[k]) for k in range(one.end, other.start)]
        words += other.words
    return Hunk(hunks[0].start, hunks[-1].end, tuple(words))


def replacement(
    base: Sequence[Word],
    hunks: Sequence[Hunk],
    language: Language,
    printed: Mapping[int, Word] | None = None,
) -> Hunk | None:
    """Return the whole text as one change, where hardly anything of it is left by several.

    >>> from resamend.words import split
    >>> base = split("to plan, draft and print the atlas")
    >>> hunks = [Hunk(1, 2, split(" meet")), Hunk(3, 7, split(" each year, by video,"))]
    >>> replacement(base, hunks, Language.EN).start
    0
    """
    if len(hunks) < 2:
        return None
    struck, put = (
        sum([weigh(words, language) for words in side])
        for side in zip(*((base[h.start : h.end], h.words) for h in hunks), strict=True)
    )
    total = weigh(base, language)
    kept = total - struck
    if 2 * kept >= LEFT * (total + kept + put):
        return None
    whole = _as_one(base, [Hunk(0, 0, ()), *hunks, Hunk(len(base), len(base), ())], printed or {})
    return None if _undivided((*base, *whole.words)) else whole


def well_placed(base: Sequence[Word], hunk: Hunk, limit: int, language: Language) -> Hunk:
    """Return an insertion or deletion where it reads best among the places that are the same.

    Stored is the leftmost place: "the Tunis Agenda for {the Information Society; … for} the
    Information Society". At the edge of a clause or of a phrase it reads better. Where nothing
    does, the leftmost place stays.
    """
    if hunk.words and hunk.start < hunk.end:
        return hunk
    best, at = hunk, hunk
    best_rating = (
        _rating(base, hunk, language) + 1
    )  # the place that is stored, if others are as good
    while at.end < limit:
        first = at.words[0] if at.words else base[at.start]
        if first != base[at.end]:
            break
        rotated = (*at.words[1:], base[at.end]) if at.words else ()
        at = Hunk(at.start + 1, at.end + 1, rotated)
        rating = _rating(base, at, language)
        if rating > best_rating:
            best, best_rating = at, rating
    return best


def _rating(base: Sequence[Word], hunk: Hunk, language: Language) -> int:
    """Rate how well a stretch of words holds together by itself, and stands where it stands.

    Best it begins or ends with punctuation, or begins after it; then it begins or ends with "and"
    or "or"; worst it ends with a word that binds what is not there, as in "the plan of".
    """
    stretch = hunk.words or base[hunk.start : hunk.end]
    first, last = stretch[0].key.casefold(), stretch[-1].key.casefold()
    before = base[hunk.start - 1].key if hunk.start else ""
    opens = 6 * _stops(first) or 2 * (first in CONJUNCTIONS) or 1 * _binds(first, language)
    closes = 2 * (_stops(last) or last in CONJUNCTIONS) or -1 * _binds(last, language)
    return opens + closes + _stops(before)


def _stops(key: str) -> bool:
    return key in _STOPS or key in _COMMAS


def _binds(key: str, language: Language) -> bool:
    return any(map(str.isalnum, key)) and not weight(key, language)
