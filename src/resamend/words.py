"""Split a text into words and join them again, without loss.

A word is what a delegate would strike or insert as one: a run of letters or digits in Latin,
Cyrillic, Arabic and other scripts that put spaces between words; one character of Chinese and
Japanese; one mark of punctuation. White space belongs to the word after it, so that words added
at the end of a sentence ("… in 2003*, and 2015*,") are one pure insertion; at the very end it
belongs to the last word. A grapheme cluster is never cut.

Words are compared by their *key*: NFC and a fixed table (never NFKC, which would make m² and m2
one), without white space. NBSP, U+2011, curly quotes, soft hyphens, tatweel and Arabic
presentation forms therefore never make a change, nor what the files of languages call spellings
(œ and oe, ё and е); the characters themselves are kept.

*The invariant.* Joining what was split gives the text and its marks back, byte for byte: nothing
that is compared is ever printed, and nothing printed is normalised.

*Why not otherwise.* With white space at the word before, words added before the stop at the end of
a sentence would strike the last word, for the space after it, and two sources that add there would
seem to clash.

>>> [word.text for word in split("the plan adopted in 2003, and Geneva’s")]
['the', ' plan', ' adopted', ' in', ' 2003', ',', ' and', ' Geneva', '’', 's']
>>> [word.text for word in split("信息社会, ICT")]
['信', '息', '社', '会', ',', ' ICT']
>>> joined(split("a b  c"))
('a b  c', ())
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate

from resamend.languages import codes, header
from resamend.model import OBJECT, Mark, Word, inline

LONG = 10_000
"""Code points of a text beyond which what is made of it is not remembered: it would fill memory."""
ENDS = frozenset(";,.:；，。：、؛،")
"""Punctuation at the end of an item."""
ATOMIC = frozenset({"footnote", "ref", "split", "join"})
"""Marks whose whole span is one word, never cut."""

# By code point: what extends the character before it (Unicode Grapheme_Extend and joiners, in the
# blocks that occur beside punctuation and Chinese), what stands alone, what stands for a word.
_EXTEND = (
    "\u0300-\u036f\u200b-\u200d\u2060\ufeff\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
    "\U000e0100-\U000e01ef\u00ad"
)
_CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303b\u3041-\u3096\u309d-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_PUNCTUATION = (
    "\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007e"  # ASCII
    "\u00a1-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7"
    "\u060c\u061b\u061e\u061f\u066a-\u066d\u06d4"  # Arabic
    "\u2010-\u2027\u2030-\u205e"  # general punctuation, without joiners and bidi controls
    "\u20a0-\u20cf\u2190-\u27ff\u2801-\u2bff\u3001-\u3004\u3008-\u3020\u3030\u303d-\u303f"
    "\ufd3e\ufd3f\ufe10-\ufe1f\ufe30-\ufe6f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
    "\uffe0-\uffef\ufffc"
)
_BLANK = "\u2800\u3164"
"""What shows nothing but a space, and is none in Unicode: the blank of Braille and of Hangul."""
_WHITE = f"{_BLANK}{''.join(filter(str.isspace, map(chr, range(0x3001))))}"
_SINGLE = f"{_CJK}{_PUNCTUATION}"
_ASCII = r"!-/:-@\[-`{-~"
_NUMBERS = r"\d+(?:[.,]\d+)+"
_ascii_pieces = re.compile(rf"\s*(?:{_NUMBERS}(?![^\s{_ASCII}])|[{_ASCII}]|[^\s{_ASCII}]+)").findall
"""Cut a text in ASCII: what the full rule says of it, compiled in a tenth of the time."""


@cache
def _full_pieces() -> Callable[[str], list[str]]:
    """Compile the full rule, when the first text needs it."""
    return re.compile(
        rf"[\s{_BLANK}]*(?:{_NUMBERS}(?![^\s{_BLANK}{_SINGLE}])"
        rf"|[{_SINGLE}][{_EXTEND}]*|[^\s{_BLANK}{_SINGLE}]+)"
    ).findall


def _cut(text: str) -> list[str]:
    text = text.rstrip(_WHITE)  # of white space with nothing behind it every place would be tried
    cut: list[str] = _ascii_pieces(text) if text.isascii() else _full_pieces()(text)
    return cut


@cache
def _spellings() -> dict[int, str]:
    """Return the fixed table of what is compared as something else, or as nothing."""
    languages = (entry.partition(" ") for code in codes() for entry in header(code).spellings)
    plain = {
        **dict.fromkeys(map(ord, "\u00ad\u0640\u200b\u2060\ufeff"), ""),  # soft hyphen, tatweel, …
        **dict.fromkeys(map(ord, _BLANK), ""),
        **dict.fromkeys(map(ord, "\u2010\u2011"), "-"),
        **dict.fromkeys(map(ord, "\u2018\u2019\u02bc"), "'"),
        **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u00ab\u00bb"), '"'),
        **{ord(character): others for character, _, others in languages},
    }
    # Arabic presentation forms, each by the letters it presents
    presented = {
        code: unicodedata.normalize("NFKC", chr(code)).translate(plain)
        for code in (*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFD3E), *range(0xFE70, 0xFEFD))
        if unicodedata.category(chr(code)) != "Cn"
    }
    return {**plain, **presented}


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Return the key of a word's text: what two spellings of one word have in common.

    >>> fold(" Genève\u2019"), fold("WG\u2011WSIS"), fold("كتـاب") == fold("كتاب"), fold("m²")
    ("Genève'", 'WG-WSIS', True, 'm²')
    """
    text = text.strip()
    return text if text.isascii() else _folded(text).strip()


def _folded(text: str) -> str:
    spelled = text.translate(_spellings())
    composed = unicodedata.normalize("NFC", spelled)
    if composed == spelled:
        return spelled
    return unicodedata.normalize("NFC", composed.translate(_spellings()))  # е and a diaeresis: ё


def bare(text: str) -> str:
    """Return a text without white space and typography: equal for texts typed differently.

    >>> bare("Geneva’s\N{NO-BREAK SPACE}plan") == bare("Geneva's plan")
    True
    """
    return _bare(text) if len(text) <= LONG else _bare.__wrapped__(text)


@lru_cache(maxsize=1 << 14)
def _bare(text: str) -> str:
    text = "".join(text.replace(" ", "").split())  # most of it is spaces, and they go faster alone
    return text if text.isascii() else _folded(text)


def shortened(text: str, most: int) -> str:
    """Return a text, or its beginning up to so many code points, to the edge of a word.

    Of Chinese each character is a word. What has no edge in its second half is cut where it is.

    >>> shortened("to consider the work", 14), shortened("gender-balanced list", 18)
    ('to consider…', 'gender-balanced…')
    >>> shortened("审议2027年的报告", 4), shortened("x" * 9, 4)
    ('审议…', 'xxxx…')
    """
    if len(text) <= most:
        return text
    edges = (at for at in range(most, (most - 1) // 2, -1) if is_edge(text, at))
    return f"{text[: next(edges, most)].rstrip()}…"


def is_edge(text: str, at: int) -> bool:
    """Tell whether a text may be cut before a place inside it."""
    return text[at].isspace() or any("\u2e80" <= char <= "\u9fff" for char in text[at - 1 : at + 1])


def stem_of(text: str) -> tuple[str, ...]:
    """Return the keys of the text of an item without the punctuation with which it ends.

    >>> stem_of("to meet;") == stem_of("to meet ."), stem_of("…")
    (True, ('…',))
    """
    keys = key_of(text)
    end = len(keys)
    while end and keys[end - 1] in ENDS:
        end -= 1
    return keys[:end]


def key_of(text: str) -> tuple[str, ...]:
    """Return the keys of a whole text, for comparing two texts without regard to typography.

    >>> key_of("the\u00a0plan,") == key_of("the  plan ,")
    True
    """
    return _keys(text) if len(text) <= LONG else _keys.__wrapped__(text)


@lru_cache(maxsize=1 << 12)
def _keys(text: str) -> tuple[str, ...]:
    if not text.isascii():
        return tuple(map(fold, _cut(text)))
    keys: list[str] = []
    for run in text.split():
        # A word without punctuation, as most are, is its own key.
        if run.isalnum():
            keys.append(run)
        else:
            keys += _ascii_pieces(run)
    return tuple(keys)


def split(text: str, marks: Sequence[Mark] = ()) -> tuple[Word, ...]:
    """Split a text with its marks into words; joining them gives both back."""
    if not text:
        return ()
    # Short texts come up again and again: each is read, compared and written.
    if not marks:
        return _split(text) if len(text) <= _SHORT else plain_words(pieces(text))
    ends = _ends(text, [mark for mark in marks if mark.kind in ATOMIC])
    worn: list[list[Mark]] = [[] for _ in ends]
    for mark in marks:
        at = bisect_right(ends, mark.start)
        while at < len(ends) and (ends[at - 1] if at else 0) < mark.end:
            worn[at].append(mark)
            at += 1
    return tuple(map(_dress, [text] * len(ends), worn, [0, *ends], ends))


_SHORT = 200
"""Code points of what is mostly put into a text: it is read, compared and written soon after."""


@lru_cache(maxsize=1 << 12)
def _split(text: str) -> tuple[Word, ...]:
    return plain_words(pieces(text))


def pieces(text: str) -> list[str]:
    """Cut a text into the texts of its words; white space after the last belongs to it.

    >>> pieces("the plan ")
    ['the', ' plan ']
    """
    texts = _cut(text)
    # The rule takes white space with what follows; after the last word nothing does.
    if text and text[-1] in _WHITE:
        rest = text[sum(map(len, texts)) :]
        texts[-1:] = [texts[-1] + rest] if texts else [rest]
    return texts


def plain_words(texts: Iterable[str]) -> tuple[Word, ...]:
    """Make words without marks of the texts of words."""
    return tuple(map(_plain_word, texts))


@lru_cache(maxsize=1 << 16)
def _plain_word(piece: str) -> Word:
    """Make a word without marks; the same one for the same text, since most words recur."""
    return Word(fold(piece), piece)


def starts(text: str, marks: Sequence[Mark] = ()) -> list[int]:
    """Return where each word of a text begins, as offsets in code points, and the text's length.

    >>> starts("the plan")
    [0, 3, 8]
    """
    if not marks:
        return list(accumulate(map(len, pieces(text)), initial=0))
    return [0, *_ends(text, [mark for mark in marks if mark.kind in ATOMIC])]


def joined(words: Iterable[Word]) -> tuple[str, tuple[Mark, ...]]:
    """Join words into the text and the marks that they were split from."""
    words = tuple(words)
    text = "".join([word.text for word in words])
    if not any([word.marks for word in words]):  # noqa: C419  # a list is faster here
        return text, ()
    marks: list[Mark] = []
    at = 0
    for word in words:
        if word.marks:
            marks += [Mark(at + m.start, at + m.end, m.kind, m.value) for m in word.marks]
        at += len(word.text)
    return text, inline(tuple(marks)) if marks else ()


def common_ends(one: str, other: str) -> tuple[int, int]:
    """Return how many code points two texts have in common at their beginning and at their end.

    The two do not overlap: what is in both counts as beginning.

    >>> common_ends("the plan,", "the plans,"), common_ends("aaa", "aa")
    ((8, 1), (2, 0))
    """
    if len(one) + len(other) > 2 * LONG:
        return _common_ends.__wrapped__(one, other)
    return _common_ends(one, other)


@lru_cache(maxsize=1 << 12)
def _common_ends(one: str, other: str) -> tuple[int, int]:
    """Find both by halves: to compare slices costs least."""
    m, n = len(one), len(other)
    low, high = 0, min(m, n)
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    head, low, high = low, 0, min(m, n) - low
    while low < high:
        middle = (low + high + 1) // 2
        if one[m - middle : m - low] == other[n - middle : n - low]:
            low = middle
        else:
            high = middle - 1
    return head, low


def footnote_key(id: str) -> str:
    """Return the key of the mark of the footnote ``id``."""
    return f"{OBJECT}footnote:{id}"


def split_word(label: str) -> Word:
    """Stand, in a proposal's text, for the place where a provision is split in two.

    What follows becomes a provision of its own with this label.
    """
    return Word(f"{OBJECT}split", OBJECT, (Mark(0, 1, "split", label),))


def join_word(id: str) -> Word:
    """Stand, in a proposal's text, for the words of the provision ``id``, joined into it."""
    return Word(f"{OBJECT}join:{id}", OBJECT, (Mark(0, 1, "join", id),))


def is_spaced(word: Word) -> bool:
    """Tell whether a word is one that needs a space between it and such another."""
    first = word.key[:1]
    if first.isascii():
        return bool(first) and not _ascii_single(first)
    return not _full_single()(first)


_ascii_single = re.compile(f"[{_ASCII}]").match


@cache
def _full_single() -> Callable[[str], re.Match[str] | None]:
    """Compile what stands alone in any script, when the first text needs it."""
    return re.compile(f"[{_SINGLE}]").match


def _ends(text: str, atoms: Sequence[Mark]) -> list[int]:
    """Return where each word ends; white space after the last belongs to it."""
    ends = list(accumulate(map(len, pieces(text))))
    for atom in atoms:
        before = atom.start
        while before and text[before - 1] in _WHITE:  # the white space before it is its own
            before -= 1
        low, high = bisect_left(ends, before), bisect_right(ends, atom.end)
        edges = sorted({before, atom.end} - {0})
        if ends[low:high] != edges:
            ends[low:high] = edges
    return ends


def _dress(text: str, marks: Sequence[Mark], start: int, end: int) -> Word:
    """Make the word at [start, end), with the parts of the marks that overlap it."""
    piece = text[start:end]
    worn = sorted(
        Mark(max(mark.start, start) - start, min(mark.end, end) - start, mark.kind, mark.value)
        for mark in marks
    )  # what was cut off may have decided their order
    return Word(_key(piece, tuple(worn)), piece, tuple(worn))


def _key(piece: str, worn: tuple[Mark, ...]) -> str:
    atom = next((mark for mark in worn if mark.kind in ATOMIC), None)
    if atom is None:
        return fold(piece)
    if atom.kind == "footnote":
        return footnote_key(atom.value)
    return (
        f"{OBJECT}{atom.kind}:{' '.join(key_of(piece))}"
        if atom.kind == "ref"
        else (f"{OBJECT}split" if atom.kind == "split" else f"{OBJECT}join:{atom.value}")
    )
