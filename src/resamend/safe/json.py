"""The one way in for the bytes of JSON."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

from resamend.safe.characters import utf8
from resamend.safe.limits import Limits, in_force, refuse, refuse_beyond

__all__ = ["parse_json"]

_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[][{}]')
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def parse_json(data: bytes, *, name: str, limits: Limits | None = None) -> Any:
    """Parse JSON bytes, known to a person as ``name``.

    Refuses what JSON readers disagree on: a key given twice, ``NaN`` and ``Infinity``, numbers too
    long or too large, half a surrogate pair, and nesting deeper than the limit.

    Raises ``Unreadable``.
    """
    limits = limits or in_force()
    text = utf8(data, name, limits).decode("utf-8")
    try:
        _check_nesting(text, limits)
        value = json.loads(
            text,
            object_pairs_hook=_distinct,
            parse_constant=_no_constant,
            parse_int=lambda digits: int(_short(digits, limits, name)),
            parse_float=lambda digits: _finite(_short(digits, limits, name)),
        )
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


def _check_nesting(text: str, limits: Limits) -> None:
    depth = 0
    for token in _BRACKETS.findall(text):
        if token in "[{":
            depth += 1
            if depth > limits.nesting:
                raise RecursionError
        elif token in "]}":
            depth -= 1


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} is given twice")
    return made


def _no_constant(said: str) -> NoReturn:
    raise ValueError(f"{said} is no number")


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
