"""What a word counts for when two texts are asked whether they say the same.

Drafting has a closed vocabulary: words that only hold a sentence together, and verbs of which one
is as good as another ("help", "assist"). Modals, negations, figures and dates decide about
something else: not whether two texts are about the same, but whether they ask for the same; they
never make two texts unlike, and a difference in one is always shown.

Which words these are, each language says in its file. Forms of one word are told by Snowball's
algorithm where the file names one, else by their first letters: in English and French that finds
as much and takes no time (docs/convergence.md). Of a language that says nothing every word counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import import_module
from itertools import pairwise

from resamend.languages import Similarity, section
from resamend.model import Language
from resamend.words import key_of

PREFIX = 4
"""Two forms of one word begin with as many equal letters, and with half of the longer one's."""

_CJK = "[\u3041-\u30ff\u3400-\u9fff]"
_NOTHING = Similarity(stemmer="", prefixes="", binding="", deciding="", same=())


class WordRules:
    """Tell the words of one language that count, and which are forms of one.

    Words that are alike have one *root*; others may have it too. A *stem* is what is compared in
    features: words of one stem are alike.
    """

    def __init__(self, words: Similarity) -> None:
        self.binding = frozenset(words.binding.split())
        self.deciding = frozenset(words.deciding.split())
        self.stemmed = _stemmer(words.stemmer, words.prefixes) if words.stemmer else None
        groups = [group.split() for group in words.same]
        self.same = {self._form(word): self._form(group[0]) for group in groups for word in group}
        self.roots = {} if self.stemmed else _rooted(groups)
        self.stem = lru_cache(maxsize=1 << 14)(self._stem)
        self.root = lru_cache(maxsize=1 << 14)(self._root)
        self.counts = lru_cache(maxsize=1 << 14)(self._counts)

    def _form(self, word: str) -> str:
        return self.stemmed(word) if self.stemmed else word

    def _stem(self, word: str) -> str:
        """Return what forms of a word have in common; of verbs as good as each other, one."""
        form = self._form(word)
        form = self.same.get(form, form)
        return form if self.stemmed else form[:PREFIX]

    def _root(self, word: str) -> str:
        """Return what two words have in common if they are alike, and others may have too.

        >>> root = word_rules(Language.EN).root
        >>> root("elaborate") == root("elaboration"), root("help") == root("assist")
        (True, True)
        """
        return self.stem(word) if self.stemmed else self.root_of_stem(word[:PREFIX])

    def root_of_stem(self, stem: str) -> str:
        """Return the root of the words that have a stem."""
        return self.roots.get(stem, stem)

    def alike(self, one: str, other: str) -> bool:
        """Tell whether two words are forms of one, or verbs of drafting as good as each other.

        >>> alike = word_rules(Language.EN).alike
        >>> alike("elaborate", "elaboration"), alike("cost", "age"), alike("wide", "widest")
        (True, False, True)
        """
        if self.stemmed or one == other:
            return one == other or self.stem(one) == self.stem(other)
        if one in self.same and self.same[one] == self.same.get(other):
            return True
        pairs = zip(one, other, strict=False)
        length = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
        return length >= PREFIX and length >= 0.5 * max(len(one), len(other))

    def _counts(self, word: str) -> bool:
        """Tell whether a word says what a text is about."""
        return word not in self.binding and not self.decides(word)

    def decides(self, word: str) -> bool:
        """Tell whether a word is a modal, a negation, a figure or part of a date.

        >>> decides = word_rules(Language.EN).decides
        >>> [word for word in ("shall", "2019", "March", "plan") if decides(word)]
        ['shall', '2019', 'March']
        """
        word = word.casefold()
        figure = not word.isalpha() and any(map(str.isdigit, word))
        return figure or word in self.deciding


@cache
def word_rules(language: Language) -> WordRules:
    """Return what counts in a language; in one that says nothing of it, every word."""
    return WordRules(section(language, Similarity) or _NOTHING)


def _stemmer(algorithm: str, prefixes: str) -> Callable[[str], str]:
    """Return Snowball's algorithm of a name; always that in Python, which every install has.

    It is applied twice: of two forms once often leaves an ending on one ("ناقصات").
    """
    module = import_module(f"snowballstemmer.{algorithm}_stemmer")
    stem = getattr(module, f"{algorithm.title()}Stemmer")().stemWord
    attached = re.compile(rf"(?:{prefixes})(?=\w{{3}})" if prefixes else "(?!)")

    def stemmed(word: str) -> str:
        form: str = stem(stem(attached.sub("", word, count=1) if attached.match(word) else word))
        return form

    return lru_cache(maxsize=1 << 14)(stemmed)


def _rooted(groups: list[list[str]]) -> dict[str, str]:
    """Map the first letters of verbs to one root for all that are as good as each other."""
    roots: dict[str, str] = {}
    for group in groups:
        heads = {word[:PREFIX] for word in group}
        joined = {roots[head] for head in heads if head in roots}
        roots = {head: min(heads) if root in joined else root for head, root in roots.items()}
        roots |= dict.fromkeys(heads, min(heads))
    return roots


class ContentWords:
    """Hold the words of a text that count, in order; a Chinese character is a word."""

    __slots__ = ("_features", "all", "cjk", "kinds", "roots", "rules", "words")

    def __init__(self, text: str, rules: WordRules) -> None:
        self.rules = rules
        self.all = tuple(filter(None, map(_compared, key_of(text))))
        self.cjk = not text.isascii() and re.search(_CJK, text) is not None
        self.words = tuple(filter(rules.counts, self.all))
        self.roots = tuple(map(rules.root, self.words))
        self.kinds = frozenset(self.roots)
        self._features: frozenset[tuple[str, ...]] | None = None

    @property
    def features(self) -> frozenset[tuple[str, ...]]:
        """Return the stems of the words, and those of two in a row."""
        if self._features is None:
            stems = tuple(map(self.rules.stem, self.words))
            self._features = frozenset([*zip(stems, strict=True), *pairwise(stems)])
        return self._features

    def shared_at_most(self, other: ContentWords) -> int:
        """Return a number that the words with a form in the other are surely not above."""
        again = min(len(self.roots) - len(self.kinds), len(other.roots) - len(other.kinds))
        return len(self.kinds & other.kinds) + again


@lru_cache(maxsize=1 << 14)
def _compared(key: str) -> str:
    """Return a word as it is compared; nothing for a mark of punctuation."""
    return key.casefold() if key.isalnum() or any(map(str.isalnum, key)) else ""


@lru_cache(maxsize=1 << 12)
def content_words(text: str, language: Language) -> ContentWords:
    """Return the words of a text that count."""
    return ContentWords(text, word_rules(language))
