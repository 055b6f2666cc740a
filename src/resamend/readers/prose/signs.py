"""Turn a sentence into signs: verbs, quotations, places, labels; and its places into provisions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from resamend.errors import Invalid
from resamend.forms import TextForm
from resamend.matching import ProvisionIndex, index_of
from resamend.model import Kind, Provision, Resolution
from resamend.numbering import parse
from resamend.places import folded, names_of
from resamend.readers.prose.lexicon import NUMBERED, QUOTE, lexicon_of

_MARKED = re.compile(rf"{QUOTE}([0-9]+){QUOTE}")
_BIS = r"(?:[\s-]?(?:bis|ter|quater|quat|бис|тер)\b)?"
_NAMED = re.compile(rf"(?:OP|PP|ПП|ОП)\s?[0-9]{{1,3}}{_BIS}(?:\s?\([a-zа-я0-9]{{1,4}}\))*(?![\w(])")
_LABEL = re.compile(
    rf"[0-9]{{1,3}}(?:\.[0-9]{{1,3}})*[A-Z]?{_BIS}(?:\s?\((?:[a-zа-я]{{1,4}}|[0-9]{{1,3}})\))*(?![\w])"
    rf"|\((?:[a-zа-я]{{1,4}}|[0-9]{{1,3}}){_BIS}\){_BIS}(?:\s?\((?:[a-z]{{1,4}})\))*|[a-zа-я]{{1,3}}{_BIS}\)"
    r"|premier\b|première\b"
)
_SPACE = re.compile(r"[\s,:—–.-]+")
_WORD = re.compile(r"[^\s,:;—]+")


class WordSign(Struct, frozen=True):
    """Hold a sign: what it is, and the words that it stands for."""

    kind: str
    words: str
    number: int = 0
    typed: str = ""  # the words, where they stand for a provision


class PlaceBook:
    """Know the places of a text by their names, their kinds and their order."""

    def __init__(self, base: Resolution) -> None:
        self.base = base
        self.form = TextForm.of(base.metadata.form)
        self.index: ProvisionIndex = index_of(base)
        self.headings = {
            _bare(p.text): p.id
            for p in self.index.nodes
            if p.kind in (Kind.PREAMBULAR, Kind.OPERATIVE) and p.text
        }

    @cached_property
    def names(self) -> dict[str, str]:
        return names_of(self.base)

    @cached_property
    def by_name(self) -> dict[str, list[str]]:
        """Map each name to its places; made when one is named: in a whole text none is."""
        places: dict[str, list[str]] = {}
        for id, name in self.names.items():
            # A label that stands twice names both by itself, and each with its number.
            for own in {name, name.partition(" #")[0]}:
                places.setdefault(folded(own), []).append(id)
        return places

    def name(self, id: str) -> str:
        return self.names.get(id) or "the text"

    def provision(self, id: str) -> Provision:
        return self.index.nodes[self.index.at[id]]

    def children(self, id: str) -> list[Provision]:
        return [self.index.nodes[n] for n in self.index.children(self.index.at[id])]

    def parent(self, id: str) -> str:
        above = self.index.parents[self.index.at[id]]
        return self.index.nodes[above].id if above >= 0 else ""

    def after(self, id: str) -> str:
        """Return the provision that stands behind another in its list; "" behind the last."""
        parent = self.parent(id)
        siblings = self.children(parent) if parent else list(self.base.provisions)
        ids = [*(sibling.id for sibling in siblings), ""]
        return ids[ids.index(id) + 1]

    def below(self, id: str) -> list[str]:
        """Return a provision and all below it, in the order of the text."""
        start = self.index.at[id]
        return [p.id for p in self.index.nodes[start : start + self.index.spans[start]]]

    def matching(self, pattern: str) -> list[str]:
        """Return the places whose name is of a pattern, in the order of the text."""
        named = re.compile(pattern)
        return [p.id for p in self.index.nodes if named.fullmatch(self.names.get(p.id, ""))]

    def called(self, name: str) -> str:
        """Return the provision of a name; empty for none or several."""
        ids = self.by_name.get(folded(_BIS_IN_RUSSIAN.sub(_latin_suffix, name)), [])
        return ids[0] if len(ids) == 1 else ""

    def labelled(self, inside: str, label: str) -> str:
        """Return the nearest provision below another that bears a label; empty for none."""
        wanted = _core(label)
        level = [inside]
        while level:
            below = [child for id in level for child in self.children(id)]
            hits = [p.id for p in below if p.label and _core(p.label) == wanted]
            if hits:
                return hits[0] if len(hits) == 1 else ""
            level = [p.id for p in below if not p.label]
        return ""


_BIS_IN_RUSSIAN = re.compile(r"(?<=[0-9])\s?(бис|тер)\b")


def _latin_suffix(suffix: re.Match[str]) -> str:
    return " bis" if suffix[1] == "бис" else " ter"


def _bare(text: str) -> str:
    return text.replace("’", "'").strip(" ,:،*").casefold()


_ALIKE = str.maketrans("асеорху", "aceopxy")


def _core(label: str) -> str:
    read = parse(label)
    core = re.sub(r"[\s().,\[\]（）‘’'-]", "", label).casefold().translate(_ALIKE)
    if read and read.suffix:
        return f"{read.before}{read.number}/{read.suffix}"
    return core


def signs_of(text: str, quotes: Sequence[str], book: PlaceBook) -> tuple[WordSign, ...]:
    """Return the signs of a sentence with its quotations marked; ``?`` is a word without one."""
    return tuple(_signs(text, quotes, book))


def _signs(text: str, quotes: Sequence[str], book: PlaceBook) -> Iterator[WordSign]:
    lexicon = lexicon_of(book.base.language)
    if lexicon is None:
        raise Invalid(
            f"amendments in sentences cannot be read in {book.base.language}",
            advice="They are read in en, fr, es and ru; give the amended text itself.",
        )
    headings = sorted(book.headings, key=len, reverse=True)
    at = 0
    before = ""
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
            dash = before in ("label", "named") and re.search("[-–]", space[0])
            if dash and re.match(NUMBERED, text[at:]):
                yield WordSign("range", space[0])
                continue
            if "—" in space[0] or "–" in space[0]:
                yield WordSign("dash", space[0])
            elif ":" in space[0]:
                yield WordSign("colon", space[0])
            continue
        if quote := _MARKED.match(text, at):
            at = quote.end()
            words = quotes[int(quote[1])]
            labelled = _LABEL.match(text, at + 1) is not None
            if before in ("of", "section", "after", "before", "end") or labelled:
                heading = book.headings.get(_bare(words))
                if heading or before == "section" or labelled:
                    kind = "heading" if heading else "unknown"
                    yield WordSign(kind, heading or words, typed=words)
                    before = "heading"
                    continue
            yield WordSign("quote", words)
            before = "quote"
            continue
        sign, at = _next(text, at, lexicon, headings, book)
        if sign.kind:
            yield sign
        before = sign.kind or before


def _next(
    text: str,
    at: int,
    lexicon: Sequence[tuple[str, re.Pattern[str]]],
    headings: Sequence[str],
    book: PlaceBook,
) -> tuple[WordSign, int]:
    folded_text = text.casefold()
    for heading in headings:
        end = at + len(heading)
        if folded_text.startswith(heading, at) and not text[end : end + 1].isalpha():
            return WordSign("heading", book.headings[heading], typed=text[at:end]), end
    if match := _NAMED.match(text, at):
        return WordSign("named", match[0].replace("ПП", "PP").replace("ОП", "OP")), match.end()
    label = _LABEL.match(text, at)
    if label and not label[0].startswith("prem"):
        return WordSign("label", label[0]), label.end()
    for kind, pattern in lexicon:
        if match := pattern.match(text, at):
            if kind.startswith("#"):
                return WordSign("ordinal", match[0], int(kind[1:])), match.end()
            return WordSign(kind, match[0]), match.end()
    word = _WORD.match(text, at)
    end = word.end() if word else at + 1
    return WordSign("?", text[at:end]), end
