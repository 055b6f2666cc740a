"""What a word counts for when two texts are asked whether they say the same.

Drafting has a closed vocabulary: words that only hold a sentence together, and verbs of which one
is as good as another ("help", "assist"). Modals, negations, figures and dates decide about
something else: not whether two texts are about the same, but whether they ask for the same; they
never make two texts unlike, and a difference in one is always shown.

English, French and Chinese are known; of other languages every word counts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from resamend.words import key_of

__all__ = ["STEM", "ContentWords", "alike", "bag", "counts", "decides", "root", "stem"]

STEM = 4
"""Two forms of one word begin with as many equal letters, and with half of the longer one's."""

_CJK = "[\u3041-\u30ff\u3400-\u9fff]"


def _words(told: str) -> frozenset[str]:
    return frozenset(told.split())


_BINDING = _words(
    # English
    "a an the of to in on for by with from at as and or that which who whom whose this these those "
    "their its it they them is are be been being was were has have had also both then than so such "
    "all any each every other others another into under over between among before after during "
    "within upon via only here there order one out up "
    # French
    "le la les l un une des du de d à au aux en dans sur pour par avec et ou que qu qui dont ce "
    "cet cette ces leur leurs son sa ses il elle ils elles on se s est sont être été était ont a "
    "avoir y tout tous toute toutes chaque autre autres entre lors afin ainsi plus sous vers chez "
    "où celui celle ceux celles"
)
_DECIDING = _words(
    # English
    "shall should may might must can could will would ought not no nor never neither without "
    "one two three four five six seven eight nine ten eleven twelve first second third "
    "january february march april june july august september october november december "
    # French
    "doit doivent devrait devraient peut peuvent pourrait pourraient ne n pas non ni jamais aucun "
    "aucune sans deux trois quatre cinq sept huit neuf dix onze douze premier première janvier "
    "février mars avril mai juin juillet août septembre octobre novembre décembre"
)
_SAME = (
    "help assist support aid",
    "keep maintain retain",
    "remain remains stay stays still",
    "continue pursue go",
    "draw drawn drew prepare establish",
    "examine consider review study",
    "send forward transmit submit",
    "give provide offer supply",
    "need needs require requires necessary",
    "year years yearly annual annually",
    "allow allows enable enables",
    "use uses make",
    "results outcomes",
    "aider assister appuyer soutenir",
    "établir élaborer dresser préparer établi élaboré dressé préparé",
    "reste restent demeure demeurent",
    "examiner étudier considérer",
    "transmettre soumettre envoyer",
    "poursuivre continuer",
    "tenir maintenir conserver",
    "année années ans annuel annuelle annuellement",
    "suivante prochaine venir",
)
_CLASS = {word: group.split()[0] for group in _SAME for word in group.split()}
_BINDING_CJK = frozenset("的了在和与及或就对向将为以于中由所并而之其各每使同等该此这那")
_DECIDING_CJK = frozenset("应须可不未无非勿必得能需当一二三四五六七八九十百千零两年月日第")


def _rooted() -> dict[str, str]:
    """Map the first letters of verbs to one root for all that are as good as each other."""
    root: dict[str, str] = {}
    for group in _SAME:
        heads = {word[:STEM] for word in group.split()}
        known = {root[head] for head in heads if head in root}
        root = {head: min(heads) if told in known else told for head, told in root.items()}
        root |= dict.fromkeys(heads, min(heads))
    return root


_ROOTS = _rooted()


class ContentWords:
    """Hold the words of a text that count, in order; a Chinese character is a word."""

    __slots__ = ("_features", "all", "cjk", "kinds", "roots", "words")

    def __init__(self, text: str) -> None:
        self.all = tuple(filter(None, map(_said, key_of(text))))
        self.cjk = not text.isascii() and re.search(_CJK, text) is not None
        self.words = tuple(filter(counts, self.all))
        self.roots = tuple(map(root, self.words))
        self.kinds = frozenset(self.roots)
        self._features: frozenset[tuple[str, ...]] | None = None

    @property
    def features(self) -> frozenset[tuple[str, ...]]:
        """Return the stems of the words, and those of two in a row."""
        if self._features is None:
            stems = tuple(map(stem, self.words))
            self._features = frozenset([*zip(stems, strict=True), *pairwise(stems)])
        return self._features

    def shared_at_most(self, other: ContentWords) -> int:
        """Return a number that the words with a form in the other are surely not above."""
        again = min(len(self.roots) - len(self.kinds), len(other.roots) - len(other.kinds))
        return len(self.kinds & other.kinds) + again


@lru_cache(maxsize=1 << 14)
def _said(key: str) -> str:
    """Return a word as it is compared; nothing for a mark of punctuation."""
    return key.casefold() if key.isalnum() or any(map(str.isalnum, key)) else ""


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """Return what forms of a word have in common; of verbs as good as each other, one."""
    return _CLASS.get(word, word)[:STEM]


@lru_cache(maxsize=1 << 14)
def root(word: str) -> str:
    """Return what two words have in common if they are alike, and others may have too.

    >>> root("elaborate") == root("elaboration"), root("help") == root("assist")
    (True, True)
    """
    head = word[:STEM]
    return _ROOTS.get(head, head)


def alike(one: str, other: str) -> bool:
    """Tell whether two words are forms of one, or verbs of drafting as good as each other.

    >>> alike("elaborate", "elaboration"), alike("cost", "age"), alike("wide", "widest")
    (True, False, True)
    """
    if one == other or (one in _CLASS and _CLASS[one] == _CLASS.get(other)):
        return True
    length = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    length = min(len(one), len(other)) if length is None else length
    return length >= STEM and length >= 0.5 * max(len(one), len(other))


@lru_cache(maxsize=1 << 14)
def counts(word: str) -> bool:
    """Tell whether a word says what a text is about."""
    return word not in _BINDING and word not in _BINDING_CJK and not decides(word)


def decides(word: str) -> bool:
    """Tell whether a word is a modal, a negation, a figure or part of a date.

    >>> [word for word in ("shall", "2019", "March", "plan", "ne", "应") if decides(word)]
    ['shall', '2019', 'March', 'ne', '应']
    """
    word = word.casefold()
    figure = not word.isalpha() and any(map(str.isdigit, word))
    return figure or word in _DECIDING or word in _DECIDING_CJK


@lru_cache(maxsize=1 << 12)
def bag(text: str) -> ContentWords:
    """Return the words of a text that count."""
    return ContentWords(text)
