"""The one way in for the bytes of JSON."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

from resamend.safe.characters import utf8
from resamend.safe.limits import Limits, in_force, refuse, refuse_beyond

_TOKENS = re.compile(r'"(?:[^"\\]+|\\.)*+"?|[][{},]', re.DOTALL)
"""Strings, also one without an end: so that nothing is looked at twice; and what parts values."""
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def parse_json(json_bytes: bytes, *, name: str, limits: Limits | None = None) -> Any:
    """Parse JSON bytes, known to a person as ``name``.

    Refuses what JSON readers disagree on: a key given twice, ``NaN`` and ``Infinity``, numbers too
    long or too large, half a surrogate pair, and more values or deeper nesting than the limits.

    Raises ``Unreadable``.
    """
    limits = limits or in_force()
    text = utf8(json_bytes, name, limits).decode("utf-8")
    try:
        # Before anything is made of it: a small file can be a million lists.
        _check_size(text, name, limits)
        value = json.loads(
            text,
            object_pairs_hook=_distinct,
            parse_constant=_no_constant,
            parse_int=lambda digits: int(_short(digits, limits, name)),
            parse_float=lambda digits: _finite(_short(digits, limits, name)),
        )
        # Only escapes can make half a pair, and most files have none.
        if _SURROGATE.search(text):
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        refuse(f"it is not JSON, line {error.lineno}: {error.msg}", name, "Mend it there.")
    except UnicodeEncodeError:
        refuse("it has half a surrogate pair", name, "Write the character itself.")
    except RecursionError:
        refuse_beyond("nesting", "it is nested too deep", name, limits)
    except ValueError as error:
        refuse(str(error), name, "Mend it; nothing is guessed.")
    return value


def _check_size(text: str, name: str, limits: Limits) -> None:
    """Refuse too many values, and too many in one another, before one of them is made."""
    depth = values = 0
    for token in _TOKENS.finditer(text):
        if token[0] in "[{":
            depth += 1
            if depth > limits.nesting:
                refuse_beyond("nesting", "it is nested too deep", name, limits)
        elif token[0] in "]}":
            depth -= 1
        values += token[0] in "[{,"
    if values > limits.elements:
        refuse_beyond("elements", "it has too many values", name, limits, values)


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in pairs:
        if key in values:
            raise ValueError(f"the key {key!r} is given twice")
        values[key] = value
    return values


def _no_constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _short(digits: str, limits: Limits, name: str) -> str:
    if len(digits) > limits.digits:
        what = f"a number has {len(digits)} digits"
        refuse_beyond("digits", what, name, limits, len(digits))
    return digits


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"the number {digits} is too large")
    return number
