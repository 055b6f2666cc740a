"""Remember what was last made of each place of a text, so that it need not be made again.

Whoever hears a proposal anew does the same as before to all provisions that it does not touch.
What is made of them follows from values that cannot change, so it can be kept beside the text in
force, and is the same as if it were made again. Only the last is kept for each place: no more than
one draft's worth, for as long as its text in force is in use.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from operator import is_
from typing import Any, TypeVar

__all__ = ["Memory", "Same"]

_Made = TypeVar("_Made")
_MOST = 1 << 17
"""Places that are remembered: those of 300 proposals, each for much of 3,000 provisions."""


class Same(tuple[object, ...]):
    """Hold values that are the same only as the very same objects.

    For values of which equality leaves something out, such as the ids of provisions; and where
    comparing them would take longer than to make something of them.
    """

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]  # it is only ever compared

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and len(self) == len(other) and all(map(is_, self, other))

    def __ne__(self, other: object) -> bool:
        return not self == other


class Memory:
    """Remember, for each place, what was made of what."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[object, Any]] = {}

    def made(self, place: Hashable, given: object, make: Callable[[], _Made]) -> _Made:
        """Return what ``make`` makes of what is given, which it must depend on alone."""
        known = self._known.get(place)
        if known is not None and (known[0] is given or known[0] == given):
            return known[1]  # type: ignore[no-any-return]  # what the same place was given
        new = make()
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[place] = given, new
        return new
