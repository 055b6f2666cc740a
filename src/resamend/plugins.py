"""Readers and renderers that other packages bring, by entry point (docs/extending.md).

A package names them in the groups ``resamend.readers`` and ``resamend.renderers``; the name is the
ending of the files that it reads, or the form that it writes (``-f NAME``, or OUT ending in
``.NAME``). What is built in cannot be replaced. A plug-in is code of an installed package and may
do whatever that package does: nothing is loaded before a file or an option asks for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from msgspec.json import decode, encode

from resamend.amendment import Proposal
from resamend.consolidation import Consolidated
from resamend.errors import InputError, ResamendError
from resamend.model import Language, Resolution, walk
from resamend.page.options import RenderOptions
from resamend.redlines import Redline

READERS = "resamend.readers"
RENDERERS = "resamend.renderers"

Reader = Callable[[bytes, Language | None], Resolution | Proposal | Consolidated]
"""Read the bytes of a file; the language is the one asked for, if any."""

Renderer = Callable[[Redline, RenderOptions], str | bytes]
"""Write what is shown of a draft, as the setting says."""


def reader(ending: str) -> Reader | None:
    """Return what reads files with an ending, such as ``odt``, if a package brings it."""
    entry = _entries(READERS).get(ending.lstrip(".").lower())
    return _guarded(entry, (Resolution, Proposal, Consolidated)) if entry else None


def renderer(form: str) -> Renderer | None:
    """Return what writes a form, if a package brings it."""
    entry = _entries(RENDERERS).get(form)
    return _guarded(entry, (str, bytes)) if entry else None


def forms() -> tuple[str, ...]:
    """Return the names of all forms that packages bring."""
    return tuple(sorted(_entries(RENDERERS)))


@cache
def _entries(group: str) -> dict[str, EntryPoint]:
    """Return the entry points of a group; of two with one name, the first package's by name."""
    ordered = sorted(entry_points(group=group), key=lambda e: e.dist.name if e.dist else "")
    return {entry.name: entry for entry in reversed(ordered)}


def _check_value(value: Any) -> None:
    """Refuse a value of which a part, however deep, is of another type, or an id stands twice."""
    if decode(encode(value), type=type(value)) != value:
        raise TypeError("what it returned is not read back as the same")
    text = value if isinstance(value, Resolution) else getattr(value, "base", None)
    ids = [provision.id for provision in walk(text)] if isinstance(text, Resolution) else []
    twice = next((id for id, times in Counter(ids).items() if times > 1), None)
    if twice is not None:
        raise ValueError(f"two provisions have the id {twice!r}")


def _guarded(entry: EntryPoint, wanted: tuple[type, ...]) -> Callable[..., Any]:
    """Return a plug-in whose failures, and what else it returns than it may, say whose they are."""

    def call(*arguments: object) -> Any:
        try:
            product = entry.load()(*arguments)
            if not isinstance(product, wanted):
                names = " or ".join(kind.__name__ for kind in wanted)
                raise TypeError(f"it returned {type(product).__name__}, and {names} is wanted")
            # Here it is still known whose fault it is; later it would be anybody's.
            if isinstance(product, str):
                product.encode()
            elif not isinstance(product, bytes):
                _check_value(product)
            return product
        except ResamendError:
            raise
        except Exception as error:
            package = entry.dist.name if entry.dist else entry.module
            raise InputError(
                f"the plug-in {entry.name!r} failed: {type(error).__name__}: {error}",
                where=package,
                advice="Report it to those who made that package.",
            ) from error

    return call
