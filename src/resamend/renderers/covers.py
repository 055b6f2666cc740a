"""What stands on the cover of a document, and at the head and foot of each of its pages."""

from __future__ import annotations

from collections.abc import Mapping

from resamend.renderers.edition import Edition
from resamend.renderers.escaping import isolated, visible
from resamend.renderers.setting import COVER

__all__ = ["cover", "quoted", "running"]


def cover(edition: Edition, given: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what the cover says: a term and what was given for it, in the usual order."""
    return tuple((edition.say(f"cover_{key}"), visible(given[key])) for key in COVER if given.get(key))


def running(edition: Edition, given: Mapping[str, str]) -> str:
    """Return the style rules for the head and foot of a page: which draft, its day, page n of m."""
    say = edition.say
    name = " ".join(filter(None, (given.get("number"), given.get("revision")))) or say("draft")
    before, _, rest = say("page_of", n="\0", m="\1").partition("\0")
    between, _, after = rest.partition("\1")
    foot = f"{quoted(before)} counter(page) {quoted(between)} counter(pages) {quoted(after)}"
    start, end = ("left", "right") if say.language.direction == "ltr" else ("right", "left")
    boxes = {
        f"top-{start}": quoted(isolated(visible(name))),
        f"top-{end}": quoted(isolated(visible(given.get("date") or edition.redline.date))),
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
