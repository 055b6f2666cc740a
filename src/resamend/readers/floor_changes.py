"""What a meeting changed in a draft: what is asked anew, and what was settled of what is there."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from resamend.ooxml.embedded import Shown
from resamend.readers.lines import TextLine
from resamend.readers.settled_marks import Resolved


class FloorAct(Enum):
    """Say what a change does to a paragraph of the text in force."""

    CHANGE = "change"
    ADD = "add"
    STRIKE = "strike"


class Uttered(Struct, frozen=True, kw_only=True):
    """Hold one change that the meeting made.

    ``before`` is the paragraph of the text in force, or that after which ``after`` is added;
    ``codes`` are the proponents that were typed, ``typed`` the words that they ask for, which may
    be an amendment in a sentence; ``quote`` are the words, for a person.
    """

    act: FloorAct
    number: int
    where: str
    quote: str
    author: str
    date: str
    codes: tuple[str, ...] = ()
    before: TextLine | None = None
    after: TextLine | None = None
    typed: str = ""


class Floor(Struct, frozen=True, kw_only=True):
    """Hold what the meeting changed, and what of it is no change of one paragraph in force.

    ``resolved`` are the draft's own changes that were accepted or refused, each with the paragraph
    as it was shown; ``closed`` are the paragraphs from which the brackets of a point are gone, with
    what they now read, ``gone`` the places of points all options of which are gone; ``nameless``
    says that the authors of its changes were removed.
    """

    uttered: tuple[Uttered, ...] = ()
    left: tuple[str, ...] = ()
    resolved: tuple[tuple[Shown, Resolved], ...] = ()
    closed: tuple[tuple[Shown, str], ...] = ()
    gone: tuple[str, ...] = ()
    nameless: bool = False
