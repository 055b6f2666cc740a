"""The labels of every form of text: what stands before a line, and what kind of label it is."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache

from msgspec.structs import replace

from resamend.forms import TextForm, option_label, words_of
from resamend.numbering import LabelStyle, parse
from resamend.readers.lines import STARS, TextLine


class LabelRole(Enum):
    """Say what a label counts: paragraphs, points of a list, sections, notes beside a text."""

    NUMBER = "number"
    POINT = "point"
    BULLET = "bullet"
    SECTION = "section"
    BESIDE = "beside"
    PREAMBULAR = "preambular"
    NONE = ""


_SUFFIX = (
    r"(?:[\s-]?(?:bis|ter|quat(?:er)?|quinquies|sexies|бис|тер|кватер|مكررا?[ًا]*|"
    r"alt(?:\.?\s?[0-9]+)?)(?![^\W\d_]))?"
)
_HAN = "一二三四五六七八九十"


@cache
def _labels() -> tuple[tuple[LabelRole, re.Pattern[str]], ...]:
    patterns = (
        (LabelRole.PREAMBULAR, r"[\[(]?PP\s?[0-9]{1,3}[\])]?[.:]?(?=\s)"),
        (LabelRole.NUMBER, r"\(OP\s?[0-9]{1,3}(?:\.[0-9]{1,2})*\)|\(?OP\)?\s?[0-9]{1,3}[.:](?=\s)"),
        (
            LabelRole.BESIDE,
            rf"(?:{option_label(spaced=True)}|(?i:{words_of('entry', spaced=True)}):?|"
            rf"(?:{words_of('note', spaced=True)})(?:\s[0-9]+)?[:.]?)(?=\s)|"
            rf"(?:{words_of('note', spaced=False)})\s?[0-9]{{0,2}}[:：]|"
            rf"{option_label(spaced=False)}|(?:{words_of('entry', spaced=False)})[:：]",
        ),
        (LabelRole.NUMBER, rf"[{_HAN}]{{1,4}}(?:之[二三四五六])?[、．]"),
        (LabelRole.POINT, rf"[(（][{_HAN}]{{1,3}}[)）]|[㈠-㈩]|（(?:[a-z]{{1,4}}|[0-9]{{1,2}})）"),
        (
            LabelRole.POINT,
            rf"[(（]\s?(?:[a-z]{{1,5}}|[A-Z]|[а-яё]{{1,2}}|[0-9]{{1,3}}|[ء-ي]ـ?){_SUFFIX}\s?[)）](?=\s)|"
            rf"(?:[a-z]{{1,5}}|[а-яё]|[ء-ي]ـ?){_SUFFIX}\)(?=\s)|[‘'’][0-9]{{1,2}}[’'](?=\s)",
        ),
        (LabelRole.POINT, r"[a-z]\.(?=\s+[^\W\d_]{2})"),
        (LabelRole.NUMBER, r"[A-ZА-Я]\.[0-9]{1,2}(?:\.[0-9]{1,2})*\.?(?=\s|$)"),
        (
            LabelRole.NUMBER,
            rf"\[?[0-9]{{1,4}}(?:\.[0-9]{{1,3}})*(?:[A-Z]|[a-z])?{_SUFFIX}(?:\.|\)|\s?[-–])?\]?(?=\s|$)",
        ),
        (LabelRole.BULLET, r"[•–—▪◦*·o-](?=\s)"),
        (LabelRole.SECTION, r"(?:[IVX]{1,5}|[A-Z])\.(?=\s)|[IVX]{1,5}(?=\t|$)|[A-Z](?=\t|$)"),
    )
    return tuple((role, re.compile(pattern)) for role, pattern in patterns)


_UNCLOSED = re.compile(r"[0-9]{1,4}")
_BARE_NUMBERS = frozenset({TextForm.ISO, TextForm.BILL, TextForm.ITU})
_DIGITS = {base + n: str(n) for base in (0x660, 0x6F0, 0xFF10) for n in range(10)}
"""Digits of Arabic and of full width: they count as ours do."""
_CHINESE = re.compile("[\u4e00-\u9fff（㈠-㈩]")


def relabelled(line: TextLine, form: TextForm) -> TextLine:
    """Part a line into label and body by the rules of a form.

    A number without a full stop or a tab is a label only where the form writes such ("1 Scope").
    """
    if (line.rich and line.rich.block) or STARS.fullmatch(line.whole):
        return line
    whole = line.whole.translate(_DIGITS)
    for role, pattern in _labels():
        match = pattern.match(whole)
        if not match or (role is LabelRole.BULLET and not _is_bullet(line, match[0], form)):
            continue
        label, rest = line.whole[: match.end()], line.whole[match.end() :]
        if _UNCLOSED.fullmatch(match[0]) and form not in _BARE_NUMBERS and rest[:1] != "\t":
            break
        return replace(line, label=label, body=rest.strip(), weak=False)
    return replace(line, label="", body="", weak=False)


def _is_bullet(line: TextLine, mark: str, form: TextForm) -> bool:
    """Tell a bullet from a word: an ``o`` or an asterisk is one where bullets are usual."""
    return mark != "o" or (form is TextForm.MOTION and not line.whole.startswith("o n"))


def label_role(line: TextLine) -> LabelRole:
    """Say what the label of a line counts.

    >>> from resamend.readers.lines import line_of
    >>> label_role(relabelled(line_of(1, "Option 1: [To wait];"), TextForm.UNFCCC)).name
    'BESIDE'
    """
    if not line.label:
        return LabelRole.NONE
    label = line.label.translate(_DIGITS)
    for role, pattern in _labels():
        match = pattern.match(f"{label}\t")
        if match and match[0] == label:
            return role
    read = parse(line.label)
    if read and read.style is LabelStyle.BULLET:
        return LabelRole.BULLET
    return LabelRole.POINT if read else LabelRole.NONE


def is_closed(text: str) -> bool:
    """Tell whether a text ends as a sentence or a provision does, and not as a heading."""
    return text.rstrip(" \"'”’»)]}").endswith(
        (".", ";", ",", ":", "—", "!", "?", "。", "；", "，", "：", "،", "؛", "…")
    )
