"""What a half-agreed text leaves open in brackets: points that no proposal asks.

The alternatives of a bracket are options as they stand, without a proponent unless the bracket
names one. Like what was asked of a former text they have no mark: the text in force itself is what
is open. Brackets that touch are one point; one around a whole paragraph asks whether it stays.
What crosses paragraphs, or does not close, leaves no words open that could be named: it is no
point, and reported (`resamend.brackets.read_brackets`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from msgspec import Struct

from resamend.amendment import place
from resamend.brackets import (
    Bracket,
    BracketLayer,
    SignKind,
    groups_of,
    is_placeholder,
    read_brackets,
    sign_spans,
)
from resamend.conflict.options import flat
from resamend.conflict.values import (
    ConflictKind,
    Option,
    OptionKind,
    Region,
    Standing,
    Stream,
    short_hash,
)
from resamend.consolidation import Consolidated
from resamend.matching import ProvisionIndex, index_of
from resamend.model import Provision, Resolution, Word
from resamend.words import key_of, starts


class BracketQuestion(Struct, frozen=True, kw_only=True):
    """Hold a point in brackets, and what taking each of its options does.

    ``struck`` maps an option's id to the stretches of words, [start, end), that then go; ``label``
    is what is left of the paragraph's number where the bracket opens before it.
    """

    region: Region
    struck: dict[str, tuple[tuple[int, int], ...]]
    label: str | None = None


class _Part(Struct, frozen=True):
    """Hold the words of an alternative, by their numbers, and who wants it."""

    kept: frozenset[int]
    names: tuple[str, ...]


def bracket_questions(draft: Consolidated) -> tuple[Region, ...]:
    """Return a region for each place that brackets of the text in force leave open, in order."""
    return tuple(question.region for question in questions_in_brackets(draft.base).values())


def questions_in_brackets(base: Resolution) -> Mapping[str, BracketQuestion]:
    """Map each point in brackets of a text to what its answers do, in the text's order."""
    return _questions(index_of(base))


@lru_cache(maxsize=2)
def _questions(index: ProvisionIndex) -> Mapping[str, BracketQuestion]:
    """Read them once: each draft, record and page of one text in force asks for them."""
    layer = read_brackets(index.resolution)
    bracketed = {bracket.opens.provision for bracket in layer.brackets}
    return {
        question.region.id: question
        for node, provision in enumerate(index.nodes)
        if provision.id in bracketed
        for question in _of_paragraph(index, node, layer)
    }


def _of_paragraph(
    index: ProvisionIndex, node: int, layer: BracketLayer
) -> Iterator[BracketQuestion]:
    provision = index.nodes[node]
    if whole := _around(provision, layer):
        yield _asked(index, node, (0, len(provision.text)), (whole,))
        return
    for group in groups_of(layer, provision):
        inside = [
            bracket
            for bracket in layer.brackets
            if bracket.opens.provision == provision.id
            and set(bracket.parts) <= set(group.parts)
            and bracket.parts
        ]
        yield _asked(index, node, (group.start, group.end), inside)


def _around(provision: Provision, layer: BracketLayer) -> Bracket | None:
    """Return the outermost bracket around a whole paragraph that has nothing below it."""
    end = len(provision.text.rstrip())
    around = [
        bracket
        for bracket in layer.brackets
        if (bracket.opens.provision, bracket.closes.provision) == (provision.id, provision.id)
        and bracket.opens.at <= 0
        and bracket.closes.at + 1 == end
        and (bracket.opens.at < 0 or len(bracket.parts) == 1)
    ]
    return None if provision.children else min(around, key=lambda b: b.depth, default=None)


def _asked(
    index: ProvisionIndex, node: int, span: tuple[int, int], brackets: Sequence[Bracket]
) -> BracketQuestion:
    provision, words = index.nodes[node], index.words(node)
    at = starts(provision.text, provision.marks)
    covered = [k for k in range(len(words)) if at[k + 1] > span[0] and at[k] < span[1]]
    parts = [part for bracket in brackets for part in _parts(provision, bracket, at)]
    whole = span == (0, len(provision.text))
    struck: dict[str, tuple[tuple[int, int], ...]] = {}
    options: list[Option] = []
    for part in (*parts, *(() if whole else [_Part(frozenset(), ())])):
        option = _option(words, part)
        if option.id not in struck:
            options.append(option)
            struck[option.id] = tuple(_runs(k for k in covered if k not in part.kept))
    if whole:
        out = short_hash([OptionKind.SUPPRESS])
        options.append(Option(id=out, deed=OptionKind.SUPPRESS, sources=()))
    base = flat([provision]) if whole else "".join(words[k].text for k in covered)
    lo, hi = (0, 0) if whole else (2 * covered[0] + 1, 2 * covered[-1] + 1)
    region = Region(
        id=short_hash(["bracket", provision.id, lo, hi, *key_of(base)]),
        stream=Stream.PROVISION if whole else Stream.TEXT,
        target=provision.id,
        path=place(index, node),
        lo=lo,
        hi=hi,
        standing=Standing.CONTESTED,
        kinds=(ConflictKind.BRACKETED,),
        base=base,
        options=tuple(options),
    )
    before = whole and brackets[0].opens.at < 0
    return BracketQuestion(
        region=region, struck=struck, label=provision.label[1:] if before else None
    )


def _parts(provision: Provision, bracket: Bracket, at: Sequence[int]) -> Iterator[_Part]:
    """Yield the alternatives of a bracket; of ``{no text}`` no word is kept."""
    signs = list(sign_spans(provision.text, 1))
    for start, end in bracket.parts:
        inside = [(a, b) for a, b, kind in signs if start <= a and b <= end and _says(kind)]
        # Of a sign that the alternative begins with, its words are none of its own.
        numbers = frozenset(
            k
            for k in range(len(at) - 1)
            if start <= _first(provision.text, at[k]) < end
            and not any(a <= _first(provision.text, at[k]) < b for a, b in inside)
        )
        kept = [provision.text[at[k] : at[k + 1]].strip() for k in sorted(numbers)]
        if not (numbers and is_placeholder(kept)):  # "[…]" keeps a place: its words are to come
            yield _Part(numbers, bracket.names)


def _says(kind: SignKind) -> bool:
    return kind in (SignKind.NO_TEXT, SignKind.NAMES, SignKind.NUMBERS)


def _first(text: str, at: int) -> int:
    """Return where a word's first character that is no space stands."""
    return at + len(text[at:]) - len(text[at:].lstrip())


def _option(words: Sequence[Word], part: _Part) -> Option:
    kept = tuple(words[k] for k in sorted(part.kept))
    text = "".join(word.text for word in kept)
    return Option(
        id=short_hash([OptionKind.WORDS, *(word.key for word in kept)]),
        deed=OptionKind.WORDS,
        sources=(),
        text=text,
        words=kept,
        names=part.names,
    )


def _runs(numbers: Iterator[int]) -> Iterator[tuple[int, int]]:
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        stretch = [number for _, number in run]
        yield stretch[0], stretch[-1] + 1
