"""The words of the names of places, in each language: ``annex section A`` is *annexe section A*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from resamend.languages import PlaceNames, codes, section

_WORD = re.compile(r"[^\W\d_]+\.?")
_COUNTED = re.compile(r"(PP|OP)(?=[0-9])")


def said(name: str, language: str) -> str:
    """Say the name of a place in the words of a language.

    >>> said("annex section A", "fr"), said("Art. 4(1)", "ru")
    ('annexe section A', 'ст. 4(1)')
    """
    words = section(language, PlaceNames) if language in codes() else None
    if words is None:
        return name

    def word(match: re.Match[str]) -> str:
        key = _KEYS.get(match[0].lower(), match[0].lower())
        own = getattr(words, key, "") if key in PlaceNames.__struct_fields__ else ""
        return own if isinstance(own, str) and own else match[0]

    return _WORD.sub(word, name)


_KEYS = {"art.": "article"}


def ways_to_say(name: str) -> Iterator[str]:
    """Yield the name of a place as people say it, in each language.

    >>> [way for way in ways_to_say("PP3") if way.startswith("П")]
    ['ПП3']
    """
    yield name
    for language in codes():
        yield said(name, language)
        words = section(language, PlaceNames)
        counted = _COUNTED.match(name)
        if words and counted:
            for lead in words.pp if counted[0] == "PP" else words.op:
                yield f"{lead}{name[counted.end() :]}"
