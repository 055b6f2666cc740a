"""Where a workload's files are, in the form that each tool wants.

    names.json                                          ids in the order of arrival
    base.xml  revised/  proposals/  draft.xml           Akoma Ntoso, for resamend and the floor
    base.plain  plain/  … bare, html, words, lines      for the peers

What would count against a peer without its fault is taken out of its form: the numbers and ids that
every insertion changes, and all metadata.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from msgspec import Struct

_TOKEN = re.compile(r"\w+|[^\w\s]")


class Case(Struct, frozen=True, order=True):
    """Name a workload by its size."""

    provisions: int
    sources: int
    seed: int = 1

    def __str__(self) -> str:
        return f"{self.provisions} × {self.sources}"


class Inputs(Struct, frozen=True):
    """Find the files of one workload; ``order`` is given or reversed."""

    folder: Path
    order: str = "given"

    @property
    def names(self) -> tuple[str, ...]:
        """Return the ids of the proposals, in the order of arrival."""
        names: list[str] = json.loads((self.folder / "names.json").read_text())
        return tuple(names if self.order == "given" else names[::-1])

    def base(self, form: str = "revised") -> Path:
        """Return the text in force, as XML or in a peer's form."""
        return self.folder / f"base.{_ending(form)}"

    def each(self, form: str = "revised") -> list[Path]:
        """Return every source's text in a form, in the order of arrival."""
        stems = (name.replace("/", "-") for name in self.names)
        return [self.folder / form / f"{stem}.{_ending(form)}" for stem in stems]

    @property
    def draft(self) -> Path:
        """Return the consolidated draft."""
        return self.folder / "draft.xml"


def _ending(form: str) -> str:
    return "xml" if form in ("revised", "proposals") else form


def tokens(text: str) -> list[str]:
    """Cut a text into words and marks of punctuation, as all peers get them."""
    return _TOKEN.findall(text)
