"""The limits of what is read, in one place, and the refusal that all ways in share.

They are far above what a conference needs and far below what a machine can bear. Whoever has a
larger text raises the one that the refusal names, for that run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NoReturn

from msgspec import Struct
from msgspec.structs import replace

from resamend.errors import Beyond, Unreadable, UsageError


class Limits(Struct, frozen=True, kw_only=True):
    """Hold the limits of what is read; ``MEANINGS`` says what each of them is."""

    size: int = 20 << 20
    elements: int = 500_000
    attributes: int = 500
    depth: int = 100
    lines: int = 20_000
    nesting: int = 64
    digits: int = 300
    archive: int = 50 << 20
    parts: int = 2_000
    unpacked: int = 100 << 20
    ratio: int = 200
    wait: int = 60


MEANINGS: Mapping[str, str] = {
    "size": "bytes of one text, XML or JSON file, or of one part of a Word file",
    "elements": "elements of one XML file, or values of one JSON file",
    "attributes": "attributes of one XML element",
    "depth": "elements in one another, in XML",
    "lines": "lines of one plain text that are not blank",
    "nesting": "brackets in one another, in JSON",
    "digits": "characters of one number, in JSON",
    "archive": "bytes of one Word file, as it comes",
    "parts": "parts of one Word file",
    "unpacked": "bytes of all parts of one Word file together",
    "ratio": "how many times larger a part of a Word file may become",
    "wait": "seconds to wait for somebody else's change to a dossier",
}
CEILINGS: Mapping[str, int] = {"depth": 200, "nesting": 200, "digits": 4_000}
"""Beyond these the parsers themselves give up."""
LIMITS = Limits()
"""The limits of a run in which none is raised."""
_BYTES = frozenset({"size", "archive", "unpacked"})
_STATED: ContextVar[Limits] = ContextVar("limits", default=LIMITS)
_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
_VALUE = re.compile(r"(\d{1,15})([KMG]?)")


def in_force() -> Limits:
    """Return the limits of this run."""
    return _STATED.get()


@contextmanager
def raised(values: Mapping[str, int | str]) -> Iterator[Limits]:
    """Change some limits for a while: ``with raised({"size": "40M"}): …``.

    Raises ``UsageError`` for a name or a value that is none.
    """
    numbers = {
        name: value_of(f"{name}={value if isinstance(value, str) else 1}")[1]
        for name, value in values.items()
    } | {name: value for name, value in values.items() if isinstance(value, int)}
    token = _STATED.set(replace(in_force(), **numbers))
    try:
        yield in_force()
    finally:
        _STATED.reset(token)


def value_of(assignment: str) -> tuple[str, int]:
    """Read ``NAME=VALUE``; K, M and G stand for 1024 and its powers.

    Raises ``UsageError`` for a name or a value that is none.

    >>> value_of("size=40M")
    ('size', 41943040)
    """
    name, _, value = assignment.partition("=")
    if name not in MEANINGS:
        raise UsageError(f"there is no limit {name!r}", advice=f"They are: {', '.join(MEANINGS)}.")
    match = _VALUE.fullmatch(value)
    number = int(match[1]) * _UNITS[match[2]] if match else 0
    if number < 1:
        raise UsageError(
            f"{value!r} is no value for the limit {name}",
            advice=f'Write `raised({{"{name}": "40000"}})`.',
        )
    if number > CEILINGS.get(name, number):
        raise UsageError(f"the limit {name} cannot be raised beyond {CEILINGS[name]}")
    return name, number


def spelt(name: str, value: int) -> str:
    """Write the value of a limit, bytes in the largest unit that they are a multiple of.

    >>> spelt("size", 20 << 20)
    '20M'
    """
    if name in _BYTES:
        for unit in "GMK":
            if value % _UNITS[unit] == 0:
                return f"{value // _UNITS[unit]}{unit}"
    return str(value)


def refuse(what: str, name: str, advice: str = "") -> NoReturn:
    """Raise ``Unreadable`` for a file or part that a person knows as ``name``."""
    raise Unreadable(what, where=name, advice=advice)


def refuse_beyond(limit: str, what: str, name: str, limits: Limits, needed: int = 0) -> NoReturn:
    """Raise ``Beyond`` for what is beyond a limit; say which, and how to raise it.

    ``needed`` is the value that would do, where it is known.
    """
    value: int = getattr(limits, limit)
    # Where the need is not known before all is read, twice as much is a fair try.
    wanted = max(needed, 2 * value)
    if limit in _BYTES:
        wanted = -(-wanted // _UNITS["M"]) * _UNITS["M"]
    ceiling = CEILINGS.get(limit, wanted)
    most = spelt(limit, min(wanted, ceiling))
    how = f' If you trust it, give `raised({{"{limit}": "{most}"}})`.'
    advice = f"The limit '{limit}' is {spelt(limit, value)}.{how * (value < ceiling)}"
    raise Beyond(what, where=name, advice=advice)
