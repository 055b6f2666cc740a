"""Refuse at the public doors what is of another kind than is wanted, by the parameter's name.

Inside, types are checked before the program runs. Who calls from outside may have no checker: what
they give wrongly would fail late, in a place that they have not written, or be taken for something
else, as a string for a list of its letters.
"""

from __future__ import annotations

import collections.abc
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cache, wraps
from itertools import chain
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec.structs import force_setattr

from resamend.errors import UsageError, one_of

_Function = TypeVar("_Function", bound=Callable[..., Any])

_ITERABLES = {collections.abc.Iterable, collections.abc.Iterator}
_SEEN = (str, bytes, tuple, list, set, frozenset, Mapping)
_MAKERS = {
    "Resolution": "read(content, Resolution) and receive(source).resolution make one.",
    "Proposal": "propose(base, text, id) makes one of a state's whole text, and "
    "receive(source).proposal(base) of what a state sent.",
    "Consolidated": "merge(base, proposals) makes one.",
    "Findings": "find(draft) makes them.",
    "Region": "Take it from find(draft).regions.",
    "Redline": "redline(draft, find(draft)) makes one.",
    "Replay": "replay(draft, findings, records) makes one.",
}


def guarded(function: _Function, names: Callable[[], Mapping[str, Any]] = dict) -> _Function:
    """Return a function that refuses arguments which are not of the types that it declares.

    A string that stands for a value of an enumeration is taken for that value. A wrong number of
    arguments is a ``TypeError``, as always; all else raises ``UsageError``. ``names`` gives the
    types that the function's module knows only while types are checked.
    """
    from inspect import Parameter, signature

    declared = signature(function)
    hints = cache(lambda: _hints(function, names()))

    @wraps(function)
    def call(*positional: Any, **named: Any) -> Any:
        bound = declared.bind(*positional, **named)
        for name, hint in hints().items():
            if name in bound.arguments:
                value, where = bound.arguments[name], f"{function.__name__}, {name}"
                several = declared.parameters[name].kind is Parameter.VAR_POSITIONAL
                bound.arguments[name] = (
                    tuple(fit(part, hint, where) for part in value)
                    if several
                    else fit(value, hint, where)
                )
        return function(*bound.args, **bound.kwargs)

    return call  # type: ignore[return-value]


def fit_fields(value: object) -> None:
    """Refuse a value of which a field is not what it declares. Raises ``UsageError``."""
    kind: Any = type(value)
    for name, hint in _fields(kind).items():
        field = getattr(value, name)
        fitted = fit(field, hint, f"{kind.__name__}, {name}")
        if fitted is not field:
            force_setattr(value, name, fitted)  # type: ignore[arg-type]


@cache
def _fields(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _hints(function: Callable[..., Any], names: Mapping[str, Any]) -> dict[str, Any]:
    """Return the types that a function declares of its parameters."""
    hints = get_type_hints(function, localns={**vars(collections.abc), **names})
    return {name: hint for name, hint in hints.items() if name != "return"}


def fit(value: Any, hint: Any, where: str) -> Any:
    """Return a value as its type wants it; ``where`` names the parameter.

    Raises ``UsageError`` where it is of another type.
    """
    for text in value if isinstance(value, list | tuple | set | frozenset) else (value,):
        if isinstance(text, str):
            _check_text(text, where)
    enums = [kind for kind in _alternatives(hint) if _is_enum(kind)]
    if enums and isinstance(value, str) and str not in _alternatives(hint):
        return one_of(enums[0], value, where)
    origins = {get_origin(kind) for kind in _alternatives(hint)}
    if isinstance(value, list) and tuple in origins:
        value = tuple(value)  # as JSON gives it
    elif origins & _ITERABLES and isinstance(value, Iterable) and not isinstance(value, _SEEN):
        value = tuple(value)  # what can be gone through once only has to be looked at, too
    if not _fits(value, hint):
        raise _misfit(value, hint, where)
    return value


def _check_text(value: str, where: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise UsageError(
            "half of a character is no text, and cannot be written in UTF-8",
            where=where,
            advice="Decode the bytes as UTF-8 again, without surrogates.",
            code="no-text",
        ) from error


def _misfit(value: Any, hint: Any, where: str) -> UsageError:
    wanted = " or ".join(dict.fromkeys(map(_named, _alternatives(hint))))
    if isinstance(value, str) and "str" not in wanted.split(" or "):
        several = any(get_origin(kind) is not None for kind in _alternatives(hint))
        what = f"{value[:40]!r} is one string" if several else "it is a string"
    else:
        what = f"it is of type {type(value).__name__}"
    kinds = {_named(part) for kind in _alternatives(hint) for part in (kind, *get_args(kind))}
    makers = (maker for name, maker in _MAKERS.items() if name in kinds)
    return UsageError(
        f"{what}, and {wanted} is wanted",
        where=where,
        advice=next(makers, "Give that."),
        code="wrong-type",
    )


def _named(hint: Any) -> str:
    if hint is NoneType:
        return "None"
    return (
        getattr(hint, "__name__", str(hint))
        if get_origin(hint) is None
        else str(hint).replace("collections.abc.", "").replace("resamend.", "")
    )


def _alternatives(hint: Any) -> tuple[Any, ...]:
    """Return the types of which one is wanted."""
    if isinstance(hint, TypeVar):
        return hint.__constraints__ or ((hint.__bound__,) if hint.__bound__ else (object,))
    if get_origin(hint) in (Union, UnionType):
        return tuple(part for option in get_args(hint) for part in _alternatives(option))
    return (hint,)


def _is_enum(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, StrEnum)


def _fits(value: Any, hint: Any) -> bool:
    return any(_is_of(value, kind) for kind in _alternatives(hint))


def _is_of(value: Any, kind: Any) -> bool:
    """Tell whether a value is of one type: of containers, what they hold too."""
    if kind is Any or kind is object:
        return True
    origin = get_origin(kind)
    if origin is type:
        return isinstance(value, type) and value in _alternatives(get_args(kind)[0])
    if origin is None:
        # True is an int to Python, and nobody's number.
        if isinstance(value, bool) and kind in (int, float):
            return False
        return isinstance(value, kind)
    if not isinstance(value, origin) or isinstance(value, str | bytes):
        return False
    return all(_fits(part, hint) for part, hint in _parts(value, get_args(kind)))


def _parts(value: Any, hints: tuple[Any, ...]) -> Iterable[tuple[Any, Any]]:
    """Yield what a container holds that can be looked at twice, with the type wanted of each."""
    if isinstance(value, Mapping):
        pairs = (zip(pair, hints, strict=False) for pair in value.items())
        return chain.from_iterable(pairs)
    if isinstance(value, tuple) and hints[-1:] != (...,) and len(hints) > 1:
        return zip(value, hints, strict=False) if len(value) == len(hints) else [(value, NoneType)]
    if isinstance(value, tuple | list | set | frozenset):
        return ((part, hints[0]) for part in value)
    return ()
