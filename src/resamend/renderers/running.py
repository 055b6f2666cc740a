"""What stands on the cover of a document, and at the head and foot of each of its pages."""

from __future__ import annotations

from resamend.escaping import isolated, visible
from resamend.page.options import COVER_KEYS, Cover
from resamend.page.presentation import Presentation


def cover_lines(presentation: Presentation, cover: Cover) -> tuple[tuple[str, str], ...]:
    """Return what a cover says: a term and what is said of it, in the usual order."""
    values = ((presentation.say(f"cover_{key}"), getattr(cover, key)) for key in COVER_KEYS)
    return tuple((term, visible(value)) for term, value in values if value)


def running(presentation: Presentation, cover: Cover) -> str:
    """Return the style rules for the head and foot of a page: which draft, its day, page n of m."""
    say = presentation.say
    name = " ".join(filter(None, (cover.number, cover.revision))) or say("draft")
    before, _, rest = say("page_of", n="\0", m="\1").partition("\0")
    between, _, after = rest.partition("\1")
    foot = f"{quoted(before)} counter(page) {quoted(between)} counter(pages) {quoted(after)}"
    start, end = ("left", "right") if say.language.direction == "ltr" else ("right", "left")
    boxes = {
        f"top-{start}": quoted(isolated(visible(name))),
        f"top-{end}": quoted(isolated(visible(cover.date or presentation.redline.date))),
        "bottom-center": foot,
    }
    rules = "".join(f"@{box}{{content:{content}}}" for box, content in boxes.items())
    return f"@page{{{rules}}}"


def quoted(text: str) -> str:
    """Write a text as a string of a style sheet, all but plain letters and digits escaped.

    >>> print(quoted('a "b" </style>'))
    "a\\20 \\22 b\\22 \\20 \\3c \\2f style\\3e "
    """
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    plain = char.isascii() and char.isalnum()
    return char if plain else f"\\{ord(char):x} "
