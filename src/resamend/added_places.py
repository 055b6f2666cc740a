"""Name what is added in a gap of a text, as if it stood there, without naming the text anew.

What stands before a place decides its name. So a text is gone through once, and what is known at
each gap is kept: the numbers counted so far, and how many names are taken.
"""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from resamend.forms import TextForm
from resamend.model import Kind, Language, Provision, Resolution
from resamend.naming import numbered_apart
from resamend.place_words import said
from resamend.places import PlaceNamer, Surroundings


class _Gap(Struct, frozen=True):
    around: Surroundings
    counts: Counter[str]
    total: Counter[str]
    names: int
    flags: tuple[bool, bool, bool, bool]


class AddedPlaceNamer(PlaceNamer):
    """Know a text by what comes before each of its gaps."""

    def __init__(self, resolution: Resolution) -> None:
        super().__init__(TextForm.of(resolution.metadata.form), resolution.language)
        self.gaps: dict[tuple[str, int], _Gap] = {}
        self.name_all(resolution)

    def pass_gap(self, owner: str, gap: int, around: Surroundings, counts: Counter[str]) -> None:
        """Keep what is known at a gap."""
        self.gaps[owner, gap] = _Gap(
            around,
            counts.copy(),
            self.total.copy(),
            len(self.taken),
            (self.begun, self.branched, self.body, self.enacted),
        )

    def name_in(self, owner: Provision, gap: int, provision: Provision) -> str | None:
        """Return what a provision is called that is added in a gap.

        None where what follows has a say in it: in a text without a top, beside a table, and
        first below a heading of a motion, which is called by its words where demands follow.
        """
        state = self.gaps.get((owner.id, gap))
        beside = (provision, *owner.children[gap : gap + 1])
        headed = self.form is TextForm.MOTION and owner.kind is Kind.OPERATIVE and not gap
        if state is None or headed or any(one.kind is Kind.TABLE for one in beside):
            return None
        self.begun, self.branched, self.body, self.enacted = state.flags
        self.total, around = state.total.copy(), state.around
        if provision.kind is Kind.TITLE and not gap and self.has_named_title(around):
            return self._said(f"{around.base} title")
        name, _ = self.name(provision, around, state.counts.copy())
        before = _NamesBefore(self.taken, state.names)
        return self._said(numbered_apart(name, before) if name else name)

    def _said(self, name: str) -> str:
        return name if self.language is Language.EN else said(name, self.language)


class _NamesBefore:
    """Hold the first so many of the names that are taken."""

    def __init__(self, taken: dict[str, int], count: int) -> None:
        self.taken = taken
        self.count = count

    def __contains__(self, name: object) -> bool:
        return self.taken.get(name, self.count) < self.count  # type: ignore[call-overload,no-any-return]
