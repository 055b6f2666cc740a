"""What is sent beside a text and is none: letters, and comments on its paragraphs.

Neither is ever taken for words of a text. A letter is known by how it begins or ends. A comment is
like no paragraph in force, and asks something, begins as people speak ("We would prefer"), or does
not begin as the paragraphs beside it do ("Requests"), and does not end so, or speaks of itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache

from resamend.languages import CommentWords, codes, section
from resamend.matching import ProvisionIndex
from resamend.matching.matcher import SIMILAR
from resamend.model import Kind, Language, Provision, Resolution, walk
from resamend.naming import heading_words, is_operative
from resamend.readers.labels import is_closed

_FIRST = 4
"""Lines in which a letter begins; its last ones close it: a name, a title, a copy may follow."""
_LAST = 5
_USUAL = 2 / 3
"""So many paragraphs of a kind begin with a verb where one that does not is odd."""
_AROUND = " \t[](){}（）—–-.。"
_ASKS = ("?", "？", "؟")


@cache
def _pattern(key: str, language: str = "") -> re.Pattern[str]:
    """Compile the words of a key in a language and English, or in every language."""
    spoken = dict.fromkeys((language, "en")) if language else codes()
    words = (getattr(own, key) for code in spoken if (own := section(code, CommentWords)))
    return re.compile(rf"(?:{'|'.join(filter(None, words)) or '(?!)'})", re.IGNORECASE)


@cache
def _whole_words(key: str, language: str) -> re.Pattern[str]:
    """Compile the words of a key as whole words; of a script without spaces, as they stand."""
    plain = _pattern(key, language).pattern
    return re.compile(rf"(?<![^\W\d_]){plain}(?:(?![^\W\d_])|(?<=[\u4e00-\u9fff]))", re.IGNORECASE)


def letter_line(lines: Sequence[str]) -> str:
    """Return the line by which lines are a letter; nothing where they are none.

    >>> letter_line(["Dear Chair,", "We have read the draft."])
    'Dear Chair,'
    >>> letter_line(["The Assembly,", "1. Decides to wait."])
    ''
    """
    own = [line.strip() for line in lines if line.strip()]
    opens = (line for line in own[:_FIRST] if _pattern("salutation").fullmatch(line))
    closes = (line for line in own[1:][-_LAST:] if _pattern("closing").fullmatch(line))
    return next(opens, next(closes, ""))


def says_to_strike(words: str) -> bool:
    """Tell whether words only say that what stands there is to be deleted.

    >>> [says_to_strike(words) for words in ("(deleted)", "[supprimé]", "—", "", "Deleted scenes")]
    [True, True, True, True, False]
    """
    bare = words.strip(_AROUND)
    return not bare or _pattern("struck").fullmatch(bare) is not None


def remarks_in(text: Resolution, base: ProvisionIndex) -> tuple[Provision, ...]:
    """Return what of a text that was sent for a base are comments, and no words of a text."""
    own = {p.text for p in base.nodes}
    sent = (p for p in walk(text.provisions) if p.kind in (Kind.ITEM, Kind.TEXT))
    return tuple(p for p in sent if p.text and p.text not in own and is_remark(p, base))


def is_remark(sent: Provision, base: ProvisionIndex) -> bool:
    """Tell whether a provision is said of one of a base, and no text for it."""
    words, language = sent.text.strip(), base.resolution.language
    if _pattern("amending", language).fullmatch(words):  # it quotes what it amends, and is like it
        return True
    peers = _peers(base).get(_class_of(sent.label), ())
    odd = (
        (bool(words.strip(_AROUND)) and says_to_strike(words))
        or (words.endswith(_ASKS) and not any(peer.endswith(_ASKS) for peer in peers))
        or _speaks(words, peers, language)
        or _stands_out(words, peers, language)
    )
    likeness = base.weights.likeness
    return odd and not any(likeness(p.text, words) >= SIMILAR for p in base.nodes if p.text)


@lru_cache(maxsize=2)
def _peers(base: ProvisionIndex) -> dict[str, tuple[str, ...]]:
    """Return the texts of a base by what kind of paragraph each is."""
    peers: dict[str, list[str]] = defaultdict(list)
    for provision in base.nodes:
        if provision.text:
            peers[_class_of(provision.label)].append(provision.text)
    return {name: tuple(texts) for name, texts in peers.items()}


def _class_of(label: str) -> str:
    """Return what kind of paragraph bears a label: numbered, lettered, or without one."""
    bare = label.strip(" .()[]-–、")
    return "1" if bare[:1].isdecimal() else "a" if bare else ""


def _speaks(words: str, peers: Sequence[str], language: Language) -> bool:
    """Tell whether words begin as people speak, and no paragraph in force does."""
    begins = _whole_words("comment", language)
    return bool(begins.match(words)) and not any(map(begins.match, peers))


def _stands_out(words: str, peers: tuple[str, ...], language: Language) -> bool:
    """Tell whether words begin and end as no paragraph does, or speak of themselves."""
    if is_closed(words) and not _whole_words("speaking", language).search(words):
        return False
    if not peers or _begins(words, language):
        return False
    return _beginning(peers, language) >= _USUAL * len(peers)


@lru_cache(maxsize=8)
def _beginning(peers: tuple[str, ...], language: Language) -> int:
    """Count the paragraphs that begin as those of a language do."""
    return sum(_begins(peer, language) for peer in peers)


def _begins(words: str, language: Language) -> bool:
    return bool(heading_words(words, language)) or is_operative(words, language)
