"""Load what a package offers when it is first used, so that importing the package is cheap."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def on_demand(
    package: str,
    homes: Mapping[str, str],
    *,
    prepared: Callable[[str, Any], Any] = lambda _, value: value,
) -> Callable[[str], object]:
    """Return the ``__getattr__`` of a package, given which names each of its modules has.

    ``prepared`` is given each name and its value, and returns what the package is to offer.

    >>> on_demand("resamend", {"errors": "UsageError InputError"})("InputError").__name__
    'InputError'
    """
    home_of = {name: home for home, names in homes.items() for name in names.split()}

    def load(name: str) -> object:
        if name not in home_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = prepared(name, getattr(import_module(f"{package}.{home_of[name]}"), name))
        setattr(sys.modules[package], name, value)
        return value

    return load


def late(module: str, function: str) -> Callable[..., Any]:
    """Return a method whose body stands in another module, loaded when it is called.

    So a value can be asked for what is made of it further up, such as its page in a notebook,
    and knows nothing of that itself.
    """

    def call(*arguments: object) -> Any:
        return getattr(import_module(module), function)(*arguments)

    call.__doc__ = f"See ``{module}.{function}``."
    return call
