"""Which changes of a text are one: torn from one rewording, or read as one.

Two relations over one measure. The *weight* of a word is 1 where it has content or decides (a
modal, a negation, a figure), 0 where it only binds. Two changes of one source are

* *torn* where what stands between them weighs less than either: they are one rewording, and what is
  asked of a group may not tear it (``resamend.conflict.phrases``, rule R4);
* such that one *reads on* into the other: torn, or, where one strikes and one puts in, with at most
  two words between that weigh nothing, or with one word between two replacements. So they are
  shown, and nothing is merged by it: this may join more, never less.

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
    # A character of a script without spaces is seldom a word: alone between two changes it is none.
    character = len(between) == 1 and not is_spaced(between[0])
    kept = 0 if character else weigh(between, language)
    both = any(h.start < h.end for h in (one, other)) and any(h.words for h in (one, other))
    alone = len(between) == 1 and all(h.start < h.end and h.words for h in (one, other))
    return both and max(kept, 1) <= min(sizes) and (alone or not kept)


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
    within: tuple[int, int] | None = None,
) -> list[Hunk]:
    """Return one source's changes of a text as they are shown, each where it reads best.

    ``printed`` are the kept words, by place, that the source prints otherwise; ``within`` are the
    base words [start, end) that none may leave, else all: what stands beside them is another's.
    """
    floor, last = within or (0, len(base))
    phrases = [list(hunks[:1])] if hunks else []
    for one, other in pairwise(hunks):
        if reads_on(base, one, other, language):
            phrases[-1].append(other)
        else:
            phrases.append([other])
    joined = [as_one(base, phrase, printed or {}) for phrase in phrases]
    shown: list[Hunk] = []
    for hunk, limit in zip(joined, [*(hunk.start for hunk in joined[1:]), last], strict=False):
        placed = well_placed(base, hunk, _bound(hunk, limit, printed), language)
        shown.append(_whole_figures(base, placed, floor, limit, printed or {}))
        floor = shown[-1].end
    return shown


def _bound(hunk: Hunk, limit: int, printed: Mapping[int, Word] | None) -> int:
    """Return how far a change may move: not over a kept word that its source prints otherwise."""
    return min((at for at in printed or () if hunk.end <= at < limit), default=limit)


def _whole_figures(
    base: Sequence[Word], hunk: Hunk, floor: int, limit: int, printed: Mapping[int, Word]
) -> Hunk:
    """Let a change that cuts a number or a symbol, as 78/63 or 318 000, reach to its ends."""
    start, end = hunk.start, hunk.end
    sides = [side for side in (base[start:end], hunk.words) if side]
    firsts, lasts = [side[0] for side in sides], [side[-1] for side in sides]
    while start > floor and any(_is_one_figure(base[start - 1], first) for first in firsts):
        start -= 1
        firsts = [base[start]]
    while end < limit and any(_is_one_figure(last, base[end]) for last in lasts):
        lasts = [base[end]]
        end += 1
    if {word.key for word in (*base[start:end][:1], *base[start:end][-1:])} & _GLUE:
        return hunk  # as of "Geneva-2003": the dash is no part of a figure
    return as_one(base, [Hunk(start, start, ()), hunk, Hunk(end, end, ())], printed)


def _is_one_figure(word: Word, after: Word) -> bool:
    """Tell whether two words are parts of one number or symbol: touching, or a group of three."""
    if after.text[:1].isspace():
        return (word.key + after.key).isdigit() and len(word.key) <= 3 == len(after.key)
    keys = (word.key, after.key)
    return all(key in _GLUE or key[:1].isdigit() for key in keys) and any(
        key[:1].isdigit() for key in keys
    )


def as_one(base: Sequence[Word], hunks: Sequence[Hunk], printed: Mapping[int, Word]) -> Hunk:
    """Return some changes as one: what stands between them is struck and put in again."""
    words = list(hunks[0].words)
    for one, other in pairwise(hunks):
        words += [printed.get(k, base[k]) for k in range(one.end, other.start)]
        words += other.words
    return Hunk(hunks[0].start, hunks[-1].end, tuple(words))


def hardly_left(base: Sequence[Word], hunks: Sequence[Hunk], language: Language) -> bool:
    """Tell whether changes leave a smaller share of a text than ``LEFT``, by its weight."""
    struck = sum([weigh(base[hunk.start : hunk.end], language) for hunk in hunks])
    put = sum([weigh(hunk.words, language) for hunk in hunks])
    total = weigh(base, language)
    return 2 * (total - struck) < LEFT * (total + total - struck + put)


def replacement(
    base: Sequence[Word], hunks: Sequence[Hunk], language: Language, printed: Mapping[int, Word]
) -> Hunk | None:
    """Return the whole text as one change, where several leave hardly anything of it.

    >>> from resamend.words import split
    >>> base = split("to plan, draft and print the atlas")
    >>> hunks = [Hunk(1, 2, split(" meet")), Hunk(3, 7, split(" each year, by video,"))]
    >>> replacement(base, hunks, Language.EN, {}).start
    0
    """
    if len(hunks) < 2 or not hardly_left(base, hunks, language):
        return None
    whole = as_one(base, [Hunk(0, 0, ()), *hunks, Hunk(len(base), len(base), ())], printed)
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

    Best it is a clause with its stop; then it begins with a comma, or after one, or ends with one;
    then with "and" or "or"; worst it ends with a word that binds what is not there ("the plan of").
    """
    stretch = hunk.words or base[hunk.start : hunk.end]
    first, last = stretch[0].key.casefold(), stretch[-1].key.casefold()
    before = base[hunk.start - 1].key if hunk.start else ""
    opens = 6 * _stops(first) or 2 * (first in CONJUNCTIONS) or 1 * _binds(first, language)
    closes = 7 * (last in _STOPS) or 2 * (last in _COMMAS or last in CONJUNCTIONS)
    closes = closes or -1 * _binds(last, language)
    return opens + closes + _stops(before)


def _stops(key: str) -> bool:
    return key in _STOPS or key in _COMMAS


def _binds(key: str, language: Language) -> bool:
    return any(map(str.isalnum, key)) and not weight(key, language)
