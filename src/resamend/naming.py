"""Name the places of a text as delegates do: ``resolves 2``, ``noting c)``."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from resamend.languages import Headings, PlaceNames, Places, section
from resamend.model import OBJECT, Kind, Language, Provision


def path(chain: Sequence[Provision], position: int, language: Language) -> str:
    """Say where a provision is in the words that delegates use: ``resolves 2``, ``noting c)``.

    ``chain`` leads from the outermost provision down to the one named; ``position`` counts it
    among its siblings, from 0, and is said where it has no label.
    """
    return " ".join(filter(None, _steps(chain, position, language))) or _named(
        Kind.RESOLUTION, language
    )


def _steps(chain: Sequence[Provision], position: int, language: Language) -> Iterator[str]:
    for above, provision in zip((None, *chain), chain, strict=False):
        last = provision is chain[-1]
        if provision.kind is Kind.RESOLUTION:
            continue
        runs_on = provision.kind in (Kind.PREAMBULAR, Kind.OPERATIVE) and not provision.children
        if runs_on and (head := heading_words(provision.text, language)):
            yield head
        elif provision.kind in (Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX):
            yield provision.text.replace(OBJECT, "").strip().rstrip(" ,:،，：")
        elif provision.kind is Kind.FOOTNOTE:
            yield f"{_named(provision.kind, language)} {provision.label or position + 1}"
        elif provision.label:
            yield provision.label
        elif provision.kind in (Kind.ROW, Kind.CELL):
            place = position if last or above is None else _place(above, provision)
            yield f"{_named(provision.kind, language)} {place + 1}"
        elif provision.kind.value in Places.__struct_fields__:
            yield _named(provision.kind, language)
        elif last and position:
            yield f"¶{position + 1}"


def heading_words(text: str, language: Language) -> str:
    """Return the words by which a section is called whose heading runs on into its sentence.

    Nothing for a text that begins with no heading.

    >>> heading_words("instructs the Secretary-General to publish the time,", Language.EN)
    'instructs the Secretary-General'
    >>> heading_words("noting further the growth of towns,", Language.EN)
    'noting further'
    """
    words, names = section(language, Headings), section(language, PlaceNames)
    if words is None or names is None:
        return ""
    head = _beginning(text, (*words.preambular, *words.operative))
    if not head:
        return ""
    while qualifier := _beginning(text[len(head) :].lstrip(), words.qualifiers):
        head = text[: text.index(qualifier, len(head)) + len(qualifier)]
    if not _beginning(text, words.operative):
        return head
    rest = text[len(head) :].split()
    going_on = (n for n, word in enumerate(rest) if _is_one_of(word, names.runs_on))
    until = next(going_on, _ADDRESSEE)
    return " ".join((head, *rest[:until])).rstrip(" ,:،，：")


def is_operative(text: str, language: Language) -> bool:
    """Tell whether a paragraph begins with a word of operative paragraphs, and of no preamble.

    >>> [is_operative(t, Language.EN) for t in ("Also requests a report", "Noting a report")]
    [True, False]
    """
    words = section(language, Headings)
    if words is None:
        return False
    text = text.lstrip("[* ")
    while qualifier := _beginning(text, words.qualifiers):
        text = text[len(qualifier) :].lstrip()
    return len(_beginning(text, words.operative)) > len(_beginning(text, words.preambular))


def ends_as_recital(text: str) -> bool:
    """Tell whether a paragraph ends as a recital does; "and" may stand before the last."""
    return re.search(r"[,;，；،؛](?:\s\w{1,3})?[\]\s]*$", text) is not None


def is_recital(text: str, language: Language) -> bool:
    """Tell whether a paragraph begins with a word of the preamble, and ends as recitals do.

    >>> [is_recital(t, Language.EN) for t in ("Noting a report,", "Requests a report;")]
    [True, False]
    """
    return (
        ends_as_recital(text)
        and bool(heading_words(text, language))
        and not is_operative(text, language)
    )


_ADDRESSEE = 2
"""Words that say whom a section addresses, where none shows that it goes on."""


def _is_one_of(word: str, words: Sequence[str]) -> bool:
    own = word.casefold().replace("’", "'")
    return any(own == other or (other[-1] == "'" and own.startswith(other)) for other in words)


def _beginning(text: str, phrases: Sequence[str]) -> str:
    """Return the longest phrase with which a text begins, as it stands there."""
    folded = text.casefold().replace("’", "'")
    fitting = (p for p in phrases if folded.startswith(p.casefold()))
    ends = (len(p) for p in fitting if not text[len(p) : len(p) + 1].isalpha() or _is_han(text))
    return text[: max(ends, default=0)]


def _is_han(text: str) -> bool:
    return "\u4e00" <= text[:1] <= "\u9fff"


def numbered_apart(name: str, taken: Container[str]) -> str:
    """Return a name that no other place has: a label that stands twice names two provisions.

    >>> numbered_apart("resolves 9.1", {"resolves 9.1"})
    'resolves 9.1 #2'
    """
    number, own = 2, name
    while own in taken:
        own = f"{name} #{number}"
        number += 1
    return own


def _place(above: Provision, provision: Provision) -> int:
    return next((k for k, child in enumerate(above.children) if child is provision), 0)


def _named(kind: Kind, language: Language) -> str:
    """Return what a kind is called; by its name in the program where its language has no word."""
    name: str = getattr(section(language, Places), kind.value, kind.value)
    return name
