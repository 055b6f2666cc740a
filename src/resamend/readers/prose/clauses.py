"""Part a sentence into clauses: a verb of amendment each, with its places and quotations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct, field

from resamend.errors import Invalid
from resamend.model import Language
from resamend.naming import heading_words, is_operative
from resamend.readers.prose.lexicon import signs_in
from resamend.readers.prose.naming_places import PlaceExpression, alike, parsed_places
from resamend.readers.prose.signs import PlaceBook, WordSign, signs_of
from resamend.words import LONG

_VERBS = frozenset(
    {
        "replace",
        "substitute",
        "delete",
        "insert",
        "move",
        "split",
        "join",
        "renumber",
        "rewrite",
        "read",
    }
)
_PREPOSITIONS = frozenset({"of", "after", "before", "end", "start", "between", "with", "into"})


@lru_cache(maxsize=8)
def _verb(language: Language) -> re.Pattern[str]:
    signs = signs_in(language) or ()
    verbs = "|".join(f"(?:{pattern})" for sign, pattern in signs if sign in (*_VERBS, "reads"))
    return re.compile(verbs, re.IGNORECASE)


def has_verb(sentence: str, language: Language) -> bool:
    """Tell at once whether a sentence may have a verb of amendment: most of a text have none."""
    return (_has_verb if len(sentence) <= LONG else _has_verb.__wrapped__)(sentence, language)


@lru_cache(maxsize=1 << 11)
def _has_verb(sentence: str, language: Language) -> bool:
    return _verb(language).search(sentence) is not None


def is_instruction(words: str, language: Language) -> bool:
    """Tell whether words begin with a verb of amendment, or say that nothing is to change."""
    signs = signs_in(language)
    if signs is None:  # nothing is known of amendments in this language
        return False
    kept = dict(signs).get("kept", "(?!)")
    begins = _verb(language).match(words) is not None
    return begins or re.fullmatch(kept, words.strip(" ."), re.IGNORECASE) is not None


def says_instruction(words: str, language: Language) -> bool:
    """Tell whether words behind a place say what is to be done there, and are not its text.

    They do where they begin with a verb of amendment, or with where it is done ("after “report”
    add …"); and where they have one and quote something, but do not begin as provisions do.
    """
    if is_instruction(words, language) or signs_in(language) is None:
        return is_instruction(words, language)
    spoken = has_verb(words, language)
    begins = heading_words(words, language) or is_operative(words, language)
    return spoken and bool(_where(language).match(words) or (not begins and _QUOTED.search(words)))


_QUOTED = re.compile('[“”„«»"「『]')
_SIDES = frozenset({"after", "before", "end", "start", "between", "every"})


@lru_cache(maxsize=8)
def _where(language: Language) -> re.Pattern[str]:
    phrases = [f"(?:{pattern})" for sign, pattern in signs_in(language) or () if sign in _SIDES]
    return re.compile("|".join(phrases) or "(?!)", re.IGNORECASE)


class ClausePlace(Struct):
    expression: PlaceExpression
    preposition: str
    fresh: bool


class ClauseQuote(Struct):
    text: str
    preposition: str


class Clause(Struct):
    """Hold the signs of a clause in order, sorted into verbs, places, quotations and the rest."""

    words: str
    verb: str = ""
    before: list[ClausePlace] = field(default_factory=list)  # places before the verb
    places: list[ClausePlace] = field(default_factory=list)  # places behind it
    quotes: list[ClauseQuote] = field(default_factory=list)
    signs: set[str] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)
    ordinal: int = 0


def clauses_in(sentence: str, quotes: Sequence[str], book: PlaceBook) -> list[Clause]:
    """Part a sentence at its verbs; what stands before the first belongs to the first."""
    signs = signs_of(sentence, quotes, book)
    words = re.sub("\ue000([0-9]+)\ue000", lambda m: f"“{quotes[int(m[1])]}”", sentence)
    clauses = [Clause(words)]
    at = 0
    preposition = ""
    fresh = False
    instead = False
    while at < len(signs):
        sign = signs[at]
        clause = clauses[-1]
        if sign.kind == "instead":
            instead = True
            preposition = "instead"
            clause.signs.add("instead")
            at += 1
            continue
        if sign.kind == "reads":  # of words that are there, what they are to read
            if clause.verb in ("", "rewrite"):
                clause.verb = "replace"
            preposition = "with" if clause.verb == "replace" else preposition
            at += 1
            continue
        if sign.kind in _VERBS:
            verb = sign.kind
            if verb == "read":  # "for X read Y", or "read Y for X"
                verb = "replace" if instead else "substitute"
            if clause.verb and not (clause.verb == verb == "move"):
                clauses.append(Clause(words))
            clauses[-1].verb = verb
            preposition, fresh = "", False
            at += 1
            continue
        if sign.kind == "ordinal" and at + 1 < len(signs) and signs[at + 1].kind == "sentence":
            clause.ordinal = sign.number
            clause.signs.add("sentence")
            at += 2
            continue
        if sign.kind == "ordinal" and at + 1 < len(signs) and signs[at + 1].kind == "line":
            clause.signs.add("line")
            at += 2
            continue
        expression, after = parsed_places(signs, at)
        if expression is None and sign.kind == "ordinal" and clause.verb == "move":
            expression, after = _ranked(clause.places, sign), at + 1
        if expression is not None:
            behind = clause.verb and not (fresh and not clause.verb)
            place = ClausePlace(expression, preposition, fresh)
            (clause.places if behind else clause.before).append(place)
            at, fresh = after, False
            preposition = preposition if _is_list(signs, at) else ""
            continue
        if sign.kind == "quote":
            clause.quotes.append(ClauseQuote(sign.words, preposition))
            preposition = "" if preposition != "with" else preposition
            preposition = ""
        elif sign.kind in _PREPOSITIONS:
            if not (preposition in ("end", "start") and sign.kind == "of"):
                preposition = sign.kind
            clause.signs.add(sign.kind)
        elif sign.kind == "new":
            fresh = True
            clause.signs.add("new")
        elif sign.kind == "dash" and not clause.verb:
            at = _over_name(signs, at)
            continue
        elif sign.kind in ("?", "ordinal", "kept"):  # what an ordinal alone ranks is not plain
            clause.unread.append(sign.words)
        else:
            clause.signs.add(sign.kind)
        at += 1
    for clause in clauses:
        if "range" in clause.signs:
            clause.unread.append(clause.words)
        if clause.verb and "caption" in clause.signs:
            clause.unread.append(clause.words)
    return clauses


def _ranked(places: Sequence[ClausePlace], rank: WordSign) -> PlaceExpression | None:
    """Return the place that an ordinal alone means beside others: "before the first"."""
    if not places:
        return None
    return alike(places[-1].expression, rank)


def _is_list(signs: Sequence[WordSign], at: int) -> bool:
    return at < len(signs) and signs[at].kind == "and"


def _over_name(signs: Sequence[WordSign], at: int) -> int:
    """Return where a name behind a dash ends: "OP2 – Sudan: replace …" says who asks."""
    end = at + 1
    while end < len(signs) and signs[end].kind == "?" and signs[end].words[:1].isupper():
        end += 1
    return end if end > at + 1 and end < len(signs) and signs[end].kind == "colon" else at + 1


def merged(clauses: list[Clause]) -> list[Clause]:
    """Join "delete X and insert Y", or "and replace it with Y", into one replacement."""
    merged: list[Clause] = []
    for clause in clauses:
        last = merged[-1] if merged else None
        direct = not any(q.preposition in ("after", "before", "between") for q in clause.quotes)
        beside = any(p.preposition in ("after", "before", "end", "of") for p in clause.places)
        if last and last.verb == "delete" and clause.verb == "insert" and direct and not beside:
            old = [q for q in last.quotes if q.preposition not in ("after", "before")]
            fresh = not clause.places and len(clause.quotes) == 1
            if fresh and (len(old) == 1 or (not last.quotes and last.places)):
                last.verb = "replace"
                last.quotes += [ClauseQuote(q.text, "with") for q in clause.quotes]
                last.unread += clause.unread
                continue
        if last and last.verb == "delete" and _replaces(clause) and len(last.quotes) == 1:
            last.verb = "replace"
            last.quotes += clause.quotes
            last.unread += clause.unread
            continue
        merged.append(clause)
    return merged


def _replaces(clause: Clause) -> bool:
    """Tell whether a clause only says what is to stand in place: "and replace it with …"."""
    only = [quote.preposition for quote in clause.quotes] == ["with"]
    return clause.verb == "replace" and only and not clause.places


def unclear(clause: Clause, why: str, where: str = "") -> Invalid:
    """Return the refusal of a clause: why, and what could be meant."""
    return Invalid(
        f"“{clause.words}” cannot be read: {why}{f' ({where})' if where else ''}",
        advice="Say what the text is to read, such as: In operative paragraph 3, replace “two” by "
        "“four”.",
    )
