"""What is found where proposals meet: values, and the vocabulary of conflicts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct
from msgspec.json import encode

from resamend.consolidation import Consolidated, Sources
from resamend.errors import UsageError
from resamend.loading import late
from resamend.model import Provision, Word


class Severity(StrEnum):
    """Say how much a clash needs the group, the gravest first."""

    HARD = "hard"
    MEDIUM = "medium"
    SOFT = "soft"
    WARNING = "warning"
    INFO = "info"

    __hash__ = str.__hash__  # an enum's own is a function in Python


class ConflictKind(StrEnum):
    """Name the ways in which proposals clash (docs/architecture.md has the exact conditions)."""

    COMPETING_REPLACEMENT = "competing-replacement"
    DELETE_MODIFY = "delete-modify"
    SUPPRESS_OR_NOT = "suppress-or-not"
    NO_CHANGE_OR_NOT = "no-change-or-not"
    MOVED_OUT = "moved-out"
    COMPETING_TITLE = "competing-title"
    COMPETING_MOVE = "competing-move"
    MOVE_CYCLE = "move-cycle"
    JOIN_STRUCTURE = "join-structure"
    COMPETING_JOIN = "competing-join"
    OVERLAPPING_DELETION = "overlapping-deletion"
    COMPETING_INSERTION = "competing-insertion"
    COMPETING_ADDITION = "competing-addition"
    ORDER_IN_GAP = "order-in-gap"
    LABEL_COLLISION = "label-collision"
    COMPETING_SPLIT = "competing-split"
    COMPOSED = "composed"
    BROKEN_REFERENCE = "broken-reference"
    FORMER = "asked-of-former-text"
    BRACKETED = "in-brackets"

    __hash__ = str.__hash__  # an enum's own is a function in Python

    @property
    def severity(self) -> Severity:
        """Return how grave this kind is."""
        return _SEVERITY.get(self, Severity.HARD)


_SEVERITY = {
    ConflictKind.OVERLAPPING_DELETION: Severity.MEDIUM,
    ConflictKind.COMPETING_INSERTION: Severity.MEDIUM,
    ConflictKind.COMPETING_ADDITION: Severity.MEDIUM,
    ConflictKind.ORDER_IN_GAP: Severity.MEDIUM,
    ConflictKind.BRACKETED: Severity.MEDIUM,
    ConflictKind.LABEL_COLLISION: Severity.MEDIUM,
    ConflictKind.COMPETING_SPLIT: Severity.SOFT,
    ConflictKind.COMPOSED: Severity.SOFT,
    ConflictKind.BROKEN_REFERENCE: Severity.WARNING,
}


class Standing(StrEnum):
    """Say how a change stands: every change is of exactly one of the first four classes.

    ``COMPOSED`` is no change of its own: it says that several of them together make a text that
    nobody proposed, to be read as a whole. Nor is ``WARNING``: it says what a change breaks
    elsewhere, and asks for nothing.
    """

    SINGLE = "single"
    IDENTICAL = "identical"
    CONTESTED = "contested"
    CONSEQUENTIAL = "consequential"
    COMPOSED = "composed"
    WARNING = "warning"
    RECORDED = "recorded"

    __hash__ = str.__hash__  # an enum's own is a function in Python


class Stream(StrEnum):
    """Say what of a provision a region is part of."""

    TEXT = "text"
    PROVISION = "provision"
    GAP = "gap"
    LABEL = "label"

    __hash__ = str.__hash__  # an enum's own is a function in Python


class Gate(StrEnum):
    """Name the two questions about a provision that leave those inside it as they are."""

    SUPPRESS = "suppress"
    NO_CHANGE = "no-change"


class MovePosition(StrEnum):
    """Say how what goes to a place stands to it.

    ``FIRST`` is before all that stands in it, ``UNDER`` below a paragraph that has nothing below
    it, ``NEW`` within a provision that is added after it.
    """

    AFTER = "after"
    FIRST = "first"
    UNDER = "under"
    NEW = "new"


class OptionKind(StrEnum):
    """Say what an option does."""

    WORDS = "words"
    ADD = "add"
    VERSION = "version"
    SUPPRESS = "suppress"
    KEEP = "keep"
    RETAIN = "retain"
    AMENDABLE = "amendable"
    MOVE = "move"
    JOIN = "join"
    LABEL = "label"

    __hash__ = str.__hash__  # an enum's own is a function in Python


class Option(Struct, frozen=True, gc=False, kw_only=True):
    """Hold what some sources ask for in a region, in their own words.

    ``words`` is the text of a region of words, ``provisions`` that of added provisions or of a
    whole one; ``place`` is the path by which a provision moves, and ``way`` how it stands to it,
    or the path of the one into which it is joined; that one's id is ``host``, or that of the list
    to which it moves. ``names`` are those whom a bracket in the text in force names for it: no
    proposal asks for it.
    """

    id: str
    deed: OptionKind
    sources: Sources
    text: str = ""
    words: tuple[Word, ...] = ()
    provisions: tuple[Provision, ...] = ()
    place: str = ""
    way: MovePosition | None = None
    host: str = ""
    names: tuple[str, ...] = ()


class Region(Struct, frozen=True, gc=False, kw_only=True):
    """Hold one place where sources ask for changes that belong together.

    ``lo`` and ``hi`` are doubled coordinates in a text (gap g is 2g, word k is 2k+1), or the gap
    of a list. ``base`` is the text in force there. ``parts`` are the ids of the regions joined
    into this one; ``items`` the names of its additions in their gap. ``covers`` says that a
    provision is asked about with all that is inside it; ``gate`` that it is asked about as a
    whole, and what is inside it apart. ``grade`` is its severity where its kind does not say it,
    ``composed`` the whole text that several changes give together. ``cites`` is, in a warning,
    the path of what the text of this one cites. ``ends`` says that it is the punctuation with
    which a text ends, which is set when the text is adopted; ``conjunction`` that it is the word
    with which items of a list end, so whether all of them are needed or any. ``former`` is, of what
    was asked of a former text in force (``is_former``), what that said there.
    """

    id: str
    stream: Stream
    target: str
    path: str
    lo: int = 0
    hi: int = 0
    standing: Standing
    kinds: tuple[ConflictKind, ...] = ()
    base: str = ""
    options: tuple[Option, ...] = ()
    sources: Sources = ()
    parts: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    covers: bool = False
    gate: Gate | None = None
    grade: Severity | None = None
    composed: str = ""
    ends: bool = False
    conjunction: bool = False
    cites: str = ""
    former: str = ""

    @property
    def severity(self) -> Severity | None:
        """Return the gravest of its kinds' severities, unless it has one of its own."""
        return self.grade or (self.kinds[0].severity if self.kinds else None)

    @property
    def outstanding(self) -> bool:
        """Tell whether the group has to look at it: contested, or composed but to be read."""
        return bool(self.kinds)

    @property
    def is_former(self) -> bool:
        """Tell whether it was asked of a former text in force; it changes no word of this one."""
        return ConflictKind.FORMER in self.kinds

    @property
    def is_bracketed(self) -> bool:
        """Tell whether brackets of the text in force leave it open, and no proposal asks for it."""
        return ConflictKind.BRACKETED in self.kinds

    @property
    def is_unmarked(self) -> bool:
        """Tell whether it has no mark in the draft: it is former, or stands in brackets."""
        return self.is_former or self.is_bracketed

    @property
    def keeps_base(self) -> bool:
        """Tell whether somebody's option is the text in force; a part of it is none.

        Of a bracket it is no answer either: its text in force is what is open.
        """
        keeps = (o for o in self.options if o.deed is OptionKind.KEEP and not o.place)
        return self.is_bracketed or (not self.gate and any(keeps))

    @property
    def otherwise(self) -> OptionKind:
        """Return what the option of nobody does, which is listed last."""
        if self.gate is Gate.SUPPRESS:
            return OptionKind.RETAIN
        return OptionKind.AMENDABLE if self.gate else OptionKind.KEEP


class Similar(Struct, frozen=True, gc=False, kw_only=True):
    """Say that two proposed texts, at one place or at two, say nearly the same.

    ``score`` goes from 0 to 1; ``differences`` are the words in which they differ.
    """

    one: str
    other: str
    one_text: str
    other_text: str
    one_sources: Sources
    other_sources: Sources
    one_path: str
    other_path: str
    score: float
    differences: tuple[tuple[str, str], ...]


class Editorial(Struct, frozen=True, gc=False, kw_only=True):
    """Say that some sources write a word of the text in force otherwise; it is the same word."""

    target: str
    path: str
    base: Word
    word: Word
    sources: Sources


class Findings(Struct, frozen=True, gc=False, kw_only=True):
    """Hold all regions in the order of the text, and what is similar.

    ``elements`` are the regions before those that are one question were joined; ``editorial``
    are changes of formatting and typography alone, in the order of the text; ``warnings`` are no
    changes, and no points that the group has to settle. ``draft`` is what they were found in.
    """

    regions: tuple[Region, ...]
    elements: tuple[Region, ...]
    similar: tuple[Similar, ...]
    editorial: tuple[Editorial, ...] = ()
    warnings: tuple[Region, ...] = ()
    draft: Consolidated | None = None

    def standing(self, standing: Standing) -> tuple[Region, ...]:
        """Return the regions of one class."""
        return tuple(region for region in self.regions if region.standing is standing)

    def whole(self) -> dict[str, Region]:
        """Map the id of each element to the region that it is, or is part of."""
        found = {region.id: region for region in self.regions}
        for region in self.regions:
            if region.standing is not Standing.COMPOSED:
                found |= dict.fromkeys(region.parts, region)
        return found

    def check(self, region: Region) -> None:
        """Refuse a region that was found elsewhere. Raises ``UsageError``."""
        if all(region.id != other.id for other in (*self.regions, *self.warnings)):
            raise UsageError(
                "this region is not among the findings",
                where=region.path,
                advice="Take it from the findings of the same draft.",
                code="other-draft",
            )

    @property
    def outstanding(self) -> tuple[Region, ...]:
        """Return the regions that the group has to look at."""
        return tuple(region for region in self.regions if region.outstanding)

    def __repr__(self) -> str:
        return f"<Findings, {len(self.outstanding)} outstanding of {len(self.regions)} regions>"

    _repr_html_ = late("resamend.library.notebooks", "findings_html")


class Json(Struct, frozen=True, gc=False):
    """Hold a part of what a hash is made of that is written as JSON already."""

    text: str

    @property
    def hash(self) -> str:
        """Return a short, stable name for it: 16 hexadecimal digits of its sha256."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


def short_hash(parts: Iterable[object]) -> str:
    """Return a short, stable name for a content: 16 hexadecimal digits of its sha256.

    >>> short_hash(["words", ("the", 2)]) == short_hash(["words", ["the", 2]])
    True
    >>> short_hash([Json('["the",2]'), 1]) == short_hash([["the", 2], 1])
    True
    """
    return hashlib.sha256(_json(parts).encode()).hexdigest()[:16]


def listed(words: Iterable[str]) -> Json:
    """Write words as they are hashed, at once: most of what is hashed is a list of words.

    >>> short_hash([listed(["the", "plan"]), 1]) == short_hash([["the", "plan"], 1])
    True
    >>> listed(['of "rights"']).text, listed([]).text
    ('["of \\\\"rights\\\\""]', '[]')
    """
    return Json(encode([*words]).decode())


def quoted(text: str) -> str:
    """Write one text as JSON does."""
    return encode(text).decode()


def _json(parts: Iterable[object]) -> str:
    """Write what is mostly words as JSON does, in half its time."""
    said = [quoted(part) if isinstance(part, str) else _other(part) for part in parts]
    return f"[{','.join(said)}]"


def _other(part: object) -> str:
    if isinstance(part, Json):
        return part.text
    if isinstance(part, list | tuple):
        return _json(part)
    return str(part) if type(part) is int else encode(part).decode()
