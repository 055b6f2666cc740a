"""The square brackets of a half-agreed text, as a layer of signs beside its words.

*The theory.* A group that has not agreed writes down what it has not agreed on: ``[annual]``, the
alternatives ``[shall][should]`` or ``[help / sustain]``, who wants what in ``[RUS: …]``, options by
number, ``{no text}``, and places for what is to come, ``[…]``. These signs are nobody's words. So a
text is read as two things: its words, and the signs with their places among them. Nothing is ever
lost between the two: signs and words give the text back, code point for code point, of any text.

*Brackets* are found over the whole text, for they nest, touch, and close in another paragraph than
they open in. One that closes nothing, or is never closed, is *unbalanced*: it is reported with its
place, and stays a sign. Brackets that touch are alternatives of one another, as are the parts
between slashes with a space on both sides; ``and/or`` is a word. Of a bracket in one paragraph it
can be said which words it leaves open; of one that crosses paragraphs only where it begins and
ends.

A note's mark ``[^1]`` is no bracket. What a bracket *means*, an addition or a deletion that is not
agreed, it does not say: that shows only beside another text (`rebase.seen_through`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from resamend.amendment import place
from resamend.matching import index_of
from resamend.model import Provision, Resolution


class SignKind(StrEnum):
    """Say what a sign of the layer does."""

    OPENS = "opens"
    CLOSES = "closes"
    PARTS = "parts"  # the slash between two alternatives
    NAMES = "names"  # who wants what follows
    NUMBERS = "numbers"  # Option 1, Alt 2
    NO_TEXT = "no-text"  # {no text}: nothing is one of the alternatives


class BracketSign(Struct, frozen=True):
    """Hold a sign as it is ``written``, before the word at offset ``at`` of the bare words."""

    at: int
    written: str
    kind: SignKind


class SignedText(Struct, frozen=True):
    """Hold the words of a text without its signs, and these; together they are the text."""

    words: str
    signs: tuple[BracketSign, ...] = ()

    @property
    def written(self) -> str:
        """Return the text as it was written, code point for code point.

        >>> read_signs("to [[prepare / draft]] it").written
        'to [[prepare / draft]] it'
        """
        edges = [0, *(sign.at for sign in self.signs), len(self.words)]
        parts = [self.words[start:end] for start, end in pairwise(edges)]
        signs = [*(sign.written for sign in self.signs), ""]
        return "".join(f"{part}{sign}" for part, sign in zip(parts, signs, strict=True))


IN_LABEL = -1


class Spot(Struct, frozen=True):
    """Name a place in a text as it is written: a provision's id, and an offset in code points.

    Before its number, as in ``[2bis to go;]``, the offset is ``IN_LABEL``.
    """

    provision: str
    at: int


class Bracket(Struct, frozen=True, kw_only=True):
    """Hold a bracket: where it ``opens`` and ``closes``, and how many are around it.

    ``names`` says who wants what is in it, where it says so; ``parts`` are the stretches of its
    alternatives, as offsets in its paragraph's text as written, the signs within them included;
    there are none where it crosses paragraphs.
    """

    opens: Spot
    closes: Spot
    depth: int
    names: tuple[str, ...] = ()
    parts: tuple[tuple[int, int], ...] = ()

    @property
    def crosses(self) -> bool:
        """Tell whether it closes in another paragraph than it opens in."""
        return self.opens.provision != self.closes.provision


class StrayBracket(Struct, frozen=True, kw_only=True):
    """Say where a bracket stands that closes nothing, or is not closed: by the place's name."""

    spot: Spot
    sign: str
    path: str


class BracketLayer(Struct, frozen=True, kw_only=True):
    """Hold the brackets of a text, in the order in which they open, and what is unbalanced."""

    brackets: tuple[Bracket, ...]
    unbalanced: tuple[StrayBracket, ...]


_CODES = r"[A-Z][A-Z0-9]{1,7}(?:\s?[,/+&]\s?[A-Z][A-Z0-9]{1,7}){0,40}"
_OPTION = (
    r"(?:option|alt(?:ernative|ernativa)?|variante?|opción|вариант|备选案文|选项|البديل|الخيار)"
)
_SIGNS = re.compile(
    rf"(?P<names>(?:(?<=\[)|(?<=/\s)){_CODES}\s?:\s*)"
    rf"|(?P<numbers>(?:(?<=\[)|^|(?<=/\s)){_OPTION}\.?\s?[0-9]{{1,2}}[a-z]?\s?[:.)–-]\s*)"
    r"|(?P<opens>\[(?!\^))|(?P<closes>\])"
    r"|(?P<parts>(?<!\s)\s+[/／]\s+)"  # from its first space only: a run of them is walked once
    r"|(?P<no_text>\{[^{}\[\]\n]{0,40}\})",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\[\^[^\]\s]{0,64}\]")


def read_signs(text: str, depth: int = 0) -> SignedText:
    """Read a paragraph's text as words and signs; ``depth`` counts the brackets open before it.

    >>> read_signs("publish the [annual] report").words
    'publish the annual report'
    """
    signs: list[BracketSign] = []
    words: list[str] = []
    end = size = 0
    for start, stop, kind in sign_spans(text, depth):
        words.append(text[end:start])
        size += start - end
        signs.append(BracketSign(size, text[start:stop], kind))
        end = stop
    return SignedText("".join([*words, text[end:]]), tuple(signs))


def sign_spans(text: str, depth: int) -> Iterator[tuple[int, int, SignKind]]:
    """Yield where each sign is; slashes and names are signs only within a bracket."""
    note_ends = {match.end() - 1 for match in _NOTE.finditer(text)}
    for match in _SIGNS.finditer(text):
        kind = SignKind[(match.lastgroup or "").upper()]
        if match.start() in note_ends or (kind is SignKind.NAMES and not match[0][:2].isupper()):
            continue
        if kind is SignKind.OPENS:
            depth += 1
        if depth or kind in (SignKind.CLOSES, SignKind.NUMBERS):
            yield match.start(), match.end(), kind
        if kind is SignKind.CLOSES and depth:
            depth -= 1


def read_brackets(text: Resolution) -> BracketLayer:
    """Find the brackets of a whole text, in the order of its provisions."""
    index = index_of(text)
    brackets: list[Bracket] = []
    opened: list[tuple[Spot, list[int], tuple[str, ...]]] = []
    stray: list[StrayBracket] = []
    for node, provision in enumerate(index.nodes):
        before = range(opened_by(provision.label))
        opened.extend((Spot(provision.id, IN_LABEL), [0], ()) for _ in before)
        if not (opened or "[" in provision.text or "]" in provision.text):
            continue  # most texts have none, and each draft is asked
        for start, stop, kind in sign_spans(provision.text, len(opened)):
            spot = Spot(provision.id, start)
            if kind is SignKind.OPENS:
                opened.append((spot, [stop], ()))
            elif kind is SignKind.NAMES and opened:
                names = re.findall(r"[A-Z][A-Z0-9]+", provision.text[start:stop])
                opened[-1] = (opened[-1][0], [stop], tuple(names))
            elif kind is SignKind.NUMBERS and opened:
                opened[-1][1][-1:] = [stop]
            elif kind is SignKind.PARTS and opened:
                opened[-1][1].extend((start, stop))
            elif kind is SignKind.CLOSES and opened:
                brackets.append(_closed(opened.pop(), spot, len(opened)))
            elif kind is SignKind.CLOSES:
                stray.append(StrayBracket(spot=spot, sign="]", path=place(index, node)))
    for spot, _, _ in opened:
        path = place(index, index.at[spot.provision])
        stray.append(StrayBracket(spot=spot, sign="[", path=path))
    order = {provision.id: n for n, provision in enumerate(index.nodes)}
    brackets.sort(key=lambda bracket: (order[bracket.opens.provision], bracket.opens.at))
    stray.sort(key=lambda bracket: (order[bracket.spot.provision], bracket.spot.at))
    return BracketLayer(brackets=tuple(brackets), unbalanced=tuple(stray))


def _closed(opened: tuple[Spot, list[int], tuple[str, ...]], closes: Spot, depth: int) -> Bracket:
    spot, edges, names = opened
    crosses = spot.provision != closes.provision
    edges = [*edges, closes.at]
    parts = () if crosses else tuple(zip(edges[::2], edges[1::2], strict=True))
    return Bracket(opens=spot, closes=closes, depth=depth, names=names, parts=parts)


class BracketGroup(Struct, frozen=True, kw_only=True):
    """Hold what is left open at one place of a paragraph: [``start``, ``end``) of it as written.

    ``parts`` are its alternatives, also those of brackets that touch.
    """

    start: int
    end: int
    parts: tuple[tuple[int, int], ...]


def groups_of(layer: BracketLayer, paragraph: Provision) -> tuple[BracketGroup, ...]:
    """Return what the outermost brackets of one paragraph leave open, in its order.

    One around the whole of it leaves open whether it stays, and none of its words.
    """
    groups: list[BracketGroup] = []
    whole = (0, len(paragraph.text.rstrip()))
    for bracket in layer.brackets:
        if bracket.opens.provision != paragraph.id or bracket.crosses or bracket.opens.at < 0:
            continue
        start, end = bracket.opens.at, bracket.closes.at + 1
        if (start, end) == whole and len(bracket.parts) == 1:
            continue
        last = groups[-1] if groups else None
        if last and start < last.end:  # it is within that one
            continue
        if last and start == last.end:
            parts = (*last.parts, *bracket.parts)
            groups[-1] = BracketGroup(start=last.start, end=end, parts=parts)
        else:
            groups.append(BracketGroup(start=start, end=end, parts=bracket.parts))
    return tuple(groups)


def opened_by(label: str) -> int:
    """Return how many brackets open before a number.

    >>> opened_by("[2bis"), opened_by("[^1]"), opened_by("a)")
    (1, 0, 0)
    """
    return 0 if label.startswith("[^") else len(label) - len(label.lstrip("["))


def is_placeholder(words: Sequence[str]) -> bool:
    """Tell whether the words of a bracket only keep a place for what is to come.

    >>> is_placeholder(["…"]), is_placeholder(["TBD"]), is_placeholder(["annual"])
    (True, True, False)
    """
    content = [word.casefold() for word in words if any(map(str.isalnum, word))]
    return all(word in _TO_COME for word in content)


_TO_COME = frozenset(("tbd", "tbc", "x", "xx", "xxx", "nn"))
