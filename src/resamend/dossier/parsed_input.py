"""What arrives, as values: the bytes of a file, what was read from it, what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from resamend.amendment import Proposal, Tracked
from resamend.consolidation import Consolidated
from resamend.model import Language, Resolution

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resamend.readers.importing import Balance

SENTENCES = "the amendment in words"
"""What amendments are called that were typed, and not sent in a file."""


class Upload(Struct, frozen=True):
    """Hold the bytes of a file, and its name."""

    name: str
    data: bytes


class ParsedInput(Struct, frozen=True, kw_only=True):
    """Hold what was read from one file.

    ``id`` is what a text says its own id is, ``symbol`` what it asks for (SUP, NOC …), ``quoted``
    what a SUP shows, ``kept`` its NOC lines with their reasons; ``rejected`` is the text without
    the changes that a Word document tracks, which are ``evidence`` of the words that stay, and say
    which texts are ``moved``; ``drawn`` are the places of changes that may only be drawn;
    ``day`` is the proposal's own, where the file tells it;
    ``numbers`` are those of the points of a draft that keeps them; ``revision`` is what its symbol
    says (Rev.1); ``sentences`` are its lines, for amendments in words; ``notes`` is what to tell
    the reader, and ``balance`` where each word of a plain text or a Word document went.
    """

    name: str
    value: Resolution | Proposal | Consolidated
    id: str = ""
    symbol: str = ""
    quoted: Resolution | None = None
    kept: tuple[tuple[str, str], ...] = ()
    reasons: str = ""
    rejected: Resolution | None = None
    evidence: tuple[Tracked, ...] = ()
    moved: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()
    day: str = ""
    numbers: Mapping[str, int] | None = None
    notes: tuple[str, ...] = ()
    balance: Balance | None = None
    revision: int | None = None
    sentences: str = ""

    @property
    def told(self) -> tuple[str, ...]:
        """Return what to tell the reader: what was repaired, how many words, what is in doubt."""
        if self.balance is None:
            return self.notes
        return (*self.notes, *str(self.balance).splitlines())

    @property
    def language(self) -> Language:
        """Return the language it is in."""
        value = self.value
        return value.base.language if isinstance(value, Consolidated) else value.language


class ProposalInfo(Struct, frozen=True, kw_only=True):
    """Say of a revised text what it does not say of itself; empty where it does.

    ``reading`` is ``extract`` where what it does not show is to stay, ``whole`` where it is struck,
    and ``by`` who said so.
    """

    id: str = ""
    proponents: tuple[str, ...] = ()
    revision: int | None = None
    date: str = ""
    illustrative: str = ""
    reading: str = ""
    by: str = ""
