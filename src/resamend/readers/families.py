"""Recognise the form of a text by its evidence, and its front; what a body of its kind writes.

The evidence is words that only one form has ("HAVE ADOPTED THIS REGULATION", "Be it enacted") or
its structure: preambular paragraphs that end in commas below an enacting clause, articles, clauses
with dotted numbers, demands below a line that ends in a colon. Where there is none, the text is
read as the conference's own: headings, lettered and numbered items.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from resamend.forms import TextForm, branch_of, pattern_of, words_of
from resamend.model import Kind, Language
from resamend.naming import is_operative
from resamend.readers.headings import HeadingWords, is_enacting, known_heading, number_line
from resamend.readers.labels import LabelRole, is_closed, label_role, relabelled
from resamend.readers.lines import Hint, TextLine
from resamend.readers.recited_first import recited_first

_FRONT = 15
"""Lines in which the front of a text ends."""
_COMMAS = (",", "，", "،", "、")
_COLONS = (":", "：", "—")
_STANDARD = re.compile(
    r"(?:(?:final |committee |working )?draft )?"
    r"(?:ISO|IEC|CEN|CENELEC|EN|ETSI|DIN|BS|ANSI|ASTM|GB|JIS|UNE|UNI|NF|ГОСТ|СТБ)"
    r"(?:[/ ][A-ZА-Я]{1,4})*[ /-]?\s?[0-9].*"
)
_SESSION = re.compile(r"\bC(?:P|MA|MP)\.[0-9]")
_SYMBOL = re.compile(r"[A-Z]{1,6}(?:/[\w().*-]+){1,8}\.?\*?")


@cache
def _act() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\S+\s){{0,3}}(?:{words_of('act')})s?\b.*\((?:{words_of('union')})[,)].*",
        re.IGNORECASE,
    )


def _is(key: str, text: str) -> bool:
    return pattern_of(key).fullmatch(text) is not None


def is_reasons(text: str) -> bool:
    """Tell whether a line heads the reasons of a motion."""
    return _is("reasons", text.strip("* ").rstrip(":： "))


def is_enacting_line(text: str, form: TextForm, language: Language) -> bool:
    """Tell whether a line is a second enacting clause: "Have agreed as follows:", "Decides to:"."""
    if form is TextForm.EU:
        return _is("adopted", text)
    leads = text.endswith(_COLONS) and len(text) < 120
    if form in (TextForm.UN, TextForm.UNFCCC):
        return leads and is_operative(text, language)
    return leads and form is TextForm.TREATY


def form_of(lines: Sequence[TextLine], vocabulary: HeadingWords) -> TextForm:
    """Recognise the form of a text; the conference's own where nothing else is evident."""
    if vocabulary.form:
        return TextForm.of(vocabulary.form)
    texts = [line.whole for line in lines]
    front = texts[:_FRONT]
    if any(map(_act().fullmatch, front[:6])) or any(_is("adopted", t) for t in texts):
        return TextForm.EU
    if any(_is("enacted", t) for t in front) or any(_is("long_title", t) for t in front[:6]):
        return TextForm.BILL
    if _are_headings(lines, vocabulary):
        return TextForm.ITU
    # Word numbers "Article 3", and the heading stands behind it on its line.
    if sum(_is_article(text.partition("\t")[0]) for text in texts) > 1:
        return TextForm.TREATY
    if any(map(_STANDARD.fullmatch, front[:2])) and any(
        text[:2] in ("1 ", "1\t") for text in texts
    ):
        return TextForm.ISO
    named = any(_is("motion", text) for text in front[:2])
    if _is_resolved(lines) or (named and _is_motion(lines, named=True)):
        return TextForm.MOTION
    above = recited_first(lines, vocabulary.language)
    formula = _formula(lines, vocabulary.language)
    if above or (formula is not None and _has_recitals(lines, formula)):
        texts = [text for text in texts if text]
        special = any(map(pattern_of("options").match, texts)) or _has_parties(front)
        return TextForm.UNFCCC if special else TextForm.UN
    moved = any(_is("movers", text) for text in texts[:6])
    motion = formula is None and _is_motion(lines, named=moved)
    return TextForm.MOTION if motion else TextForm.ITU


def _are_headings(lines: Sequence[TextLine], vocabulary: HeadingWords) -> bool:
    """Tell whether headings of the conference stand alone on lines, and no number before them."""
    plain = (line for line in lines if not line.label and len(line.whole) <= _SHORT)
    headings = 0
    for line in plain:
        if line.whole.rstrip("* ").endswith((*_COLONS, *_COMMAS, ".", ";")):
            continue
        heading = known_heading(line.whole, vocabulary)
        styled = line.hint is Hint.HEADING and (heading or line.whole[:1].islower())
        headings += bool(styled or (heading and heading.exact))
    return headings > 0


_SHORT = 160


@cache
def _body() -> re.Pattern[str]:
    """Compile how an enacting clause begins, and no preambular paragraph."""
    return re.compile(rf"\[?(?:{words_of('body')})\s?(?=\S)", re.IGNORECASE)


def is_body(text: str) -> bool:
    """Tell whether a line is an enacting clause: a body by its name, and a comma.

    >>> [is_body(text) for text in ("The World Health Assembly,", "Noting the report,")]
    [True, False]
    """
    return len(text) <= _SHORT and text.endswith(_COMMAS) and _body().match(text) is not None


def _has_parties(front: Sequence[str]) -> bool:
    parties = re.compile(rf"\[?\b(?:{words_of('parties')})", re.IGNORECASE)
    return any(parties.search(line) or _SESSION.search(line) for line in front)


def _is_article(text: str) -> bool:
    heading = branch_of(text)
    return heading is not None and heading.branch.name == "Art."


def _formula(lines: Sequence[TextLine], language: Language) -> int | None:
    """Return which line is the enacting clause: the first that ends in a comma."""
    formula = None
    for n, line in enumerate(lines[:_FRONT]):
        closed = line.whole.rstrip("]* ").endswith(_COMMAS) and len(line.whole) < 300
        body = closed and _body().match(line.whole) is not None
        if formula is None and closed and (n or body):
            formula = n
        elif formula is not None and body and not line.label:
            return n  # one body adopts what another recommends
        elif formula is not None and not line.whole.endswith(_COLONS):
            break
    return formula if formula is not None else _bodys(lines, language)


def _bodys(lines: Sequence[TextLine], language: Language) -> int | None:
    """Return which line is the body alone, above numbered paragraphs: "The Executive Board"."""
    for n, (line, after) in enumerate(pairwise(lines[: _FRONT + 1])):
        below = relabelled(after, TextForm.UN)
        adopts = label_role(below) is LabelRole.NUMBER and is_operative(below.body, language)
        if adopts and not line.label and _is_heading(line.whole) and _body().match(line.whole):
            return n
    return None


def _has_recitals(lines: Sequence[TextLine], formula: int) -> bool:
    """Tell whether preambular paragraphs follow: with no number, and they end in commas."""
    after = [relabelled(line, TextForm.UN) for line in lines[formula + 1 : formula + 60]]
    commas = 0
    for line in after:
        if label_role(line) is LabelRole.NUMBER:
            return commas > 0 or line is after[0]
        plain = not line.label or label_role(line) in (LabelRole.PREAMBULAR, LabelRole.POINT)
        commas += plain and line.whole.rstrip("]* ").endswith((*_COMMAS, ";", "；", "؛"))
    return commas > 1


def _is_resolved(lines: Sequence[TextLine]) -> bool:
    """Tell whether a text is recitals ("Whereas …") and what is resolved, and no body adopts it."""
    texts = [line.whole for line in lines]
    adopted = any(_body().match(t) and t.endswith(_COMMAS) for t in texts[:_FRONT])
    recitals = any(_is("recital", t) or _is("whereas", t) for t in texts)
    return recitals and any(_is("resolved", t) for t in texts) and not adopted


def _is_motion(lines: Sequence[TextLine], *, named: bool) -> bool:
    """Tell whether demands follow a line that ends in a colon, or in one named so a heading."""
    demands = any(
        (a.whole.endswith(_COLONS) or (named and n and _is_heading(a.whole)))
        and not a.label
        and label_role(relabelled(b, TextForm.MOTION)).value
        for n, (a, b) in enumerate(pairwise(lines))
    )
    return demands and (named or any(is_reasons(line.whole) for line in lines))


def _is_heading(text: str) -> bool:
    return len(text) <= _SHORT and not is_closed(text)


# -- the front ------------------------------------------------------------------------------------


def front_of(
    lines: Sequence[TextLine], form: TextForm, vocabulary: HeadingWords
) -> tuple[dict[int, Kind], int]:
    """Return what the lines before the text are, by their place, and where the text begins."""
    end = _end(lines, form, vocabulary)
    if form in (TextForm.UN, TextForm.UNFCCC) and (
        above := recited_first(lines, vocabulary.language)
    ):
        return _over_text(lines[: above.first], form, vocabulary), above.first
    if end is None:  # an extract: what stands over its first paragraph
        first = next((n for n, line in enumerate(lines) if is_closed(line.whole)), 0)
        over = dict.fromkeys(range(first), Kind.TEXT)
        number = next((n for n in range(first) if _is_number(lines[n], form, vocabulary)), None)
        if number is not None:
            over[number] = Kind.NUMBER
            over |= {first - 1: Kind.TITLE} if number < first - 1 else {}
        return over, first
    if form is TextForm.BILL:
        return _front_of_bill(lines, end)
    kinds: dict[int, Kind] = {}
    if form in (TextForm.ISO, TextForm.MOTION):
        named = (Kind.NUMBER, Kind.TITLE)
        plain = [n for n in range(min(2, end)) if lines[n].label or is_closed(lines[n].whole)]
        if plain or (form is TextForm.ISO and not _STANDARD.fullmatch(lines[0].whole)):
            return {}, 0  # an extract: it begins with its paragraphs
        kinds = {n: named[n] if n < len(named) else Kind.TEXT for n in range(end)}
        kinds |= {n: Kind.TEXT for n in kinds if n and _is_beside(lines[n].whole)}
        return kinds, end
    kinds = _over_text(lines[:end], form, vocabulary)
    if end < len(lines):
        kinds[end] = Kind.ENACTING
    return kinds, end + 1


def _over_text(
    lines: Sequence[TextLine], form: TextForm, vocabulary: HeadingWords
) -> dict[int, Kind]:
    """Return what the lines over the first clause of a text are: its number, its title, others."""
    end = len(lines)
    numbered = next((n for n in range(end) if _is_number(lines[n], form, vocabulary)), None)
    if numbered is None and form is not TextForm.TREATY:
        numbered = next((n for n in range(end - 1) if _SYMBOL.fullmatch(lines[n].whole)), None)
    titles = (n for n in range(end) if n != numbered and not _is_untitled(lines[n].whole))
    titled = max(titles, default=None)
    return {
        n: Kind.NUMBER if n == numbered else Kind.TITLE if n == titled else Kind.TEXT
        for n in range(end)
    }


_MARKED = re.compile(r"\(.*\)|\[.*\]|[A-Z]{1,6}(?:/[\w().*-]+)+.{0,10}", re.IGNORECASE)


def _is_untitled(text: str) -> bool:
    """Tell whether a line over an enacting clause is no title."""
    return _MARKED.fullmatch(text) is not None or _is("untitled", text)


def _end(lines: Sequence[TextLine], form: TextForm, vocabulary: HeadingWords) -> int | None:
    """Return the place of the enacting clause, or where a text begins that has none.

    Nothing where there should be one and is not.
    """
    if form is TextForm.MOTION:
        end = min(2, len(lines))
        while end < min(len(lines), 8) and _is_beside(lines[end].whole):
            end += 1
        return end
    if form is TextForm.ISO:
        starts = (n for n, line in enumerate(lines) if line.label or (n > 1 and n < 3))
        return next(starts, min(2, len(lines)))
    if form is TextForm.BILL:
        return next((n for n, line in enumerate(lines) if _is("enacted", line.whole)), 0)
    formula = _formula(lines, vocabulary.language)
    first = lines[0].whole if lines else ""
    if is_enacting(first, vocabulary) or (formula is None and first.endswith(_COMMAS)):
        return 0
    return None if formula is None or _is_preambular(lines[formula], vocabulary) else formula


def _is_preambular(line: TextLine, vocabulary: HeadingWords) -> bool:
    """Tell whether a line that ends in a comma is a paragraph of the preamble already."""
    return bool(line.label) or known_heading(line.whole, vocabulary) is not None


def _is_beside(text: str) -> bool:
    """Tell whether a line says who moves a motion, or where."""
    return _is("movers", text) or (": " in text[:40] and not text.endswith((".", *_COLONS)))


def _is_number(line: TextLine, form: TextForm, vocabulary: HeadingWords) -> bool:
    if form is TextForm.EU:
        return _act().fullmatch(line.whole) is not None
    if form is TextForm.TREATY:
        return False
    if number_line(line.whole, vocabulary):
        return True
    return _is("numbered", line.whole) and ":" not in line.whole


_TO = 3
"""Letters of a line that is no title, such as TO between "A BILL" and its long title."""


def _front_of_bill(lines: Sequence[TextLine], end: int) -> tuple[dict[int, Kind], int]:
    """Return the front of a bill: its number, short title, long title and enacting words."""
    kinds = dict.fromkeys(range(end), Kind.TEXT)
    kinds[end] = Kind.ENACTING
    before = [n for n in range(end) if not _is("long_title", lines[n].whole)]
    titles = [n for n in before if not is_closed(lines[n].whole) and len(lines[n].whole) > _TO]
    named = [n for n in titles if not _is("long_title", f"{lines[n].whole} to")]  # "A BILL"
    if titles:
        kinds[(named or titles)[-1]] = Kind.TITLE
    return kinds, end + 1
