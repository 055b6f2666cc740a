"""Read the files of languages, each when it is first needed and no further than is needed.

``tomllib`` takes 25 ms to load and to read such a file; a start of the program takes 140. So a
section is read by one pattern where no line has more than TOML's plainest forms, else by
``tomllib``: a test holds that both read the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from msgspec import Struct, ValidationError, convert

from resamend.errors import Invalid
from resamend.languages.values import (
    AmendmentWords,
    Citations,
    CommentWords,
    Dates,
    FormWords,
    Headings,
    LanguageHeader,
    PlaceNames,
    Places,
    References,
    SentenceForms,
    Similarity,
    UnitLists,
    Wordings,
)

_S = TypeVar("_S", bound=Struct)
_FOLDER = Path(__file__).parent
_SECTIONS: Mapping[type[Struct], str] = {
    Headings: "headings",
    Places: "places",
    PlaceNames: "place_names",
    FormWords: "forms",
    CommentWords: "comments",
    Dates: "dates",
    References: "references",
    Citations: "citations",
    Similarity: "similarity",
    AmendmentWords: "amendments",
    SentenceForms: "sentences",
    Wordings: "wordings",
    UnitLists: "units",
}
_PHRASES = "phrases"
_FALLBACK = "en"
"""The language in which the program speaks where the reader's is not known or lacks phrases."""


@cache
def codes() -> tuple[str, ...]:
    """Return the BCP 47 code of each language that has a file, in the order of their rank."""
    names = [path.stem for path in _FOLDER.glob("*.toml")]
    return tuple(sorted(names, key=lambda code: (header(code).rank, code)))


@cache
def header(code: str) -> LanguageHeader:
    """Return what stands before the first section of a language's file, and what it lacks.

    Raises ``Invalid`` for a file that is wrong, naming the file and the key.
    """
    parts = _parts(code)
    values = {**_parsed(parts[""], code), "lacks": _parsed(parts.get("lacks", ""), code)}
    checked = _converted(values, LanguageHeader, code, "lacks" if "lacks" not in parts else "")
    for name, reason in checked.lacks.items():
        if name not in (*_SECTIONS.values(), _PHRASES):
            raise _wrong(code, f"lacks: there is no section {name!r}")
        if not str(reason).strip():
            raise _wrong(code, f"lacks: say why there is no [{name}]")
    for name in (*_SECTIONS.values(), _PHRASES):
        if (name in parts) == (name in checked.lacks):
            raise _wrong(code, f"[{name}] is to be there, or its reason under [lacks]")
    return checked


def section(code: str, wanted: type[_S]) -> _S | None:
    """Return a section of a language's file; ``None`` where the file says that it lacks it.

    Raises ``Invalid`` for a missing or unknown key, naming the file and the key.
    """
    values = _section(code, wanted)
    return values if isinstance(values, wanted) else None


@cache
def _section(code: str, wanted: type[Struct]) -> Struct | None:
    name = _SECTIONS[wanted]
    if name in header(code).lacks:
        return None
    return _converted(_parsed(_parts(code)[name], code), wanted, code, name)


@cache
def phrases_of(code: str) -> Mapping[str, str]:
    """Return the phrases of a language; the English ones where its file says that it has none.

    Raises ``Invalid`` unless they are those that English has.
    """
    own = _PHRASES not in header(code).lacks
    phrases = _parsed(_parts(code if own else _FALLBACK)[_PHRASES], code)
    if code != _FALLBACK and own:
        english = phrases_of(_FALLBACK).keys()
        for key in (*(english - phrases.keys()), *(phrases.keys() - english)):
            wrong = "missing" if key in english else "unknown"
            raise _wrong(code, f"phrases: the key {key!r} is {wrong}")
    return MappingProxyType({key: str(phrase) for key, phrase in phrases.items()})


# -- reading --------------------------------------------------------------------------------------


@cache
def _parts(code: str) -> Mapping[str, str]:
    """Cut a file into its sections, by name; what stands before the first has none."""
    text = (_FOLDER / f"{code}.toml").read_text(encoding="utf-8")
    first, *sections = text.split("\n[")
    pairs = [part.partition("]\n") for part in sections]
    return {"": f"{first}\n", **{name: body for name, _, body in pairs}}


_STRING = r"""(?:"(?:[^"\\\n]|\\")*"|'[^'\n]*')"""
_ENTRY = re.compile(
    r"(?:#[^\n]*|([\w-]+) = (?:"
    rf'"((?:[^"\\\n]|\\")*)"|\'([^\'\n]*)\'|"""\n([^"\\]*)"""|'
    rf"\[((?:\s*{_STRING},?)*\s*)\]|(\d+|true|false)))?\n"
)
_ITEM = re.compile(_STRING)


def _parsed(text: str, code: str) -> dict[str, object]:
    """Read a section, at a glance where it has TOML's plainest forms only."""
    values: dict[str, object] = {}
    at = 0
    text = text if text.endswith("\n") else f"{text}\n"
    while at < len(text):
        entry = _ENTRY.match(text, at)
        if not entry or entry[1] in values:
            return _as_toml(text, code)
        at = entry.end()
        if entry[1]:
            values[entry[1]] = _value(entry)
    return values


def _value(entry: re.Match[str]) -> object:
    _, basic, literal, lines, items, other = entry.groups()
    if basic is not None:
        return basic.replace('\\"', '"')
    if literal is not None or lines is not None:
        return literal if lines is None else lines
    if items is not None:
        return [string[1:-1].replace('\\"', '"') for string in _ITEM.findall(items)]
    return other == "true" if other in ("true", "false") else int(other)


def _as_toml(text: str, code: str) -> dict[str, object]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise _wrong(code, f"{problem}") from problem


def _converted(values: Mapping[str, object], wanted: type[_S], code: str, name: str) -> _S:
    try:
        return convert(values, wanted)
    except ValidationError as problem:
        raise _wrong(code, f"{name}: {problem}".removeprefix(": ")) from problem


def _wrong(code: str, problem: str) -> Invalid:
    return Invalid(
        problem, where=f"languages/{code}.toml", advice="docs/languages.md has the keys."
    )
