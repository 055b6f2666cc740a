"""Edits, anchored on the base: values."""

from __future__ import annotations

from msgspec import Struct

from resamend.model import Provision, Word


class Hunk(Struct, frozen=True, gc=False):
    """Replace the base words [start, end), which read ``old``, by ``words``.

    Raises ``ValueError`` for a range that ends before it begins.
    """

    start: int
    end: int
    words: tuple[Word, ...]
    old: str = ""

    def __post_init__(self) -> None:
        _check_range(self.start, self.end)


class Respelling(Struct, frozen=True, gc=False):
    """Print the kept base word ``at`` otherwise: typography or formatting."""

    at: int
    word: Word


class TextEdit(Struct, frozen=True, gc=False, tag=True):
    """Amend the text of the provision ``target``."""

    target: str
    hunks: tuple[Hunk, ...] = ()
    variants: tuple[Respelling, ...] = ()

    @property
    def worded(self) -> bool:
        """Tell whether it changes words: white space alone is no word of anybody's."""
        return any(hunk.old.strip() or any(w.key for w in hunk.words) for hunk in self.hunks)


class ListHunk(Struct, frozen=True, gc=False):
    """Take the children ``gone`` at [start, end) out of a list and put ``items`` in their place.

    An item is an added provision, or ``moved(id)``. A child that is gone and stands nowhere else
    is suppressed. Raises ``ValueError`` for a range that ends before it begins.
    """

    start: int
    end: int
    gone: tuple[str, ...]
    items: tuple[Provision, ...]

    def __post_init__(self) -> None:
        _check_range(self.start, self.end)


class ListEdit(Struct, frozen=True, gc=False, tag=True):
    """Amend the children of ``target``; ``renumbered`` says that the list is numbered anew.

    What is added bears its own label all the same.
    """

    target: str
    hunks: tuple[ListHunk, ...] = ()
    renumbered: bool = False


class LabelEdit(Struct, frozen=True, gc=False, tag=True):
    """Give ``target`` a label that neither the base nor automatic numbering gives it."""

    target: str
    label: str
    old: str = ""


def _check_range(start: int, end: int) -> None:
    # Slices take any two numbers: such a hunk would strike nothing and put its words elsewhere.
    if not 0 <= start <= end:
        raise ValueError(f"[{start}, {end}) is no range")


Edit = TextEdit | ListEdit | LabelEdit
