"""Records: values."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from resamend.conflict import RULES, MovePosition, OptionKind, Standing, Stream
from resamend.consolidation import Sources
from resamend.difference import Edit, LabelEdit, ListEdit, TextEdit
from resamend.model import Language

SETTLED = "✓"
"""The id under which what the group has decided stands in a draft; it is nobody's proposal."""


TO_READ = frozenset({Standing.COMPOSED, Standing.WARNING})
"""Standings of what asks for no change of its own: it is read, and acknowledged."""


class DecisionKind(StrEnum):
    """Say what a record decides.

    The first four settle a point, the next four a gate; ``BRACKET`` and ``DEFER`` leave it open on
    purpose, ``ACKNOWLEDGE`` says that what is composed was read as a whole. ``UNDO`` takes back a
    record made by mistake, ``REOPEN`` one that the group wants to decide otherwise.
    """

    KEEP = "keep"
    TAKE = "take"
    BOTH = "both"
    TEXT = "text"
    SUPPRESS = "suppress"
    RETAIN = "retain"
    NO_CHANGE = "no-change"
    AMENDABLE = "amendable"
    BRACKET = "bracket"
    DEFER = "defer"
    ACKNOWLEDGE = "acknowledge"
    UNDO = "undo"
    REOPEN = "reopen"

    @property
    def settles(self) -> bool:
        """Tell whether it says what the text is to be."""
        return not (self.leaves or self.withdraws or self is DecisionKind.ACKNOWLEDGE)

    @property
    def answers_gate(self) -> bool:
        """Tell whether it says whether a provision is suppressed, or may change."""
        return self.value in ("suppress", "retain", "no-change", "amendable")

    @property
    def withdraws(self) -> bool:
        """Tell whether it takes another record out of force."""
        return self in (DecisionKind.UNDO, DecisionKind.REOPEN)

    @property
    def leaves(self) -> bool:
        """Tell whether it leaves open on purpose what is asked."""
        return self in (DecisionKind.BRACKET, DecisionKind.DEFER)

    @property
    def closes(self) -> bool:
        """Tell whether the group has no more to say to the point."""
        return self.settles or self is DecisionKind.ACKNOWLEDGE


class Level(StrEnum):
    """Say who has agreed, as conferences count the stages of a text."""

    AD_HOC = "ad-hoc"  # ad referendum
    COMMITTEE = "committee"
    EDITORIAL = "editorial"
    PLENARY = "plenary"


class Place(Struct, frozen=True, order=True):
    """Name a stretch of the text in force, in the doubled coordinates of a region."""

    stream: Stream
    target: str
    lo: int = 0
    hi: int = 0

    def meets(self, other: Place) -> bool:
        """Tell whether two places share words, a gap or a provision."""
        same = (self.stream, self.target) == (other.stream, other.target)
        return same and self.lo <= other.hi and other.lo <= self.hi


class RecordedOption(Struct, frozen=True, kw_only=True):
    """Hold an option as it stood when the record was made.

    ``place`` is where a provision moves or is joined to, as a path, and ``way`` how it stands to
    that; ``proponents`` are the codes of those behind its sources. In ``text`` ``NOTE`` stands
    for a footnote's mark.
    """

    id: str
    deed: OptionKind
    text: str
    sources: Sources
    proponents: tuple[str, ...] = ()
    place: str = ""
    way: MovePosition | None = None


class RecordedEdits(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Hold what a record decided, as edits of the text in force whose digest is ``base``."""

    base: str
    texts: tuple[TextEdit, ...] = ()
    lists: tuple[ListEdit, ...] = ()
    labels: tuple[LabelEdit, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Return them all."""
        return (*self.texts, *self.lists, *self.labels)


class Record(Struct, frozen=True, kw_only=True):
    """Hold one decision about one region, with what it was decided on.

    ``number`` counts the records of a dossier from 1; ``point`` is the point's number, 0 where it
    has none. ``places`` are those of the region, the one that leads it first; ``base`` is the text
    in force there and ``around`` what stands before and after it. ``chosen`` names options by their
    content; ``text`` is the group's own. ``at`` is ISO 8601, ``inputs`` maps each source to the
    sha256 of its proposal, ``undoes`` is the number of the record that this one takes back.
    ``by`` decided it, ``entered_by`` wrote it down, if that was another. ``as_read`` maps each
    provision that it is about to its text as it then read; empty where it was not shown.
    ``package`` names records that hold only together; ``rules`` is the rule set of its region.
    ``edits`` are what it decided, where its options do not say it in words. ``former`` says how a
    record stands that was made of a former text in force, and asks for nothing of this one.
    """

    number: int
    region: str
    path: str
    places: tuple[Place, ...]
    base: str
    around: tuple[str, str]
    options: tuple[RecordedOption, ...]
    language: Language
    act: DecisionKind
    by: str
    at: str
    point: int = 0
    chosen: tuple[str, ...] = ()
    text: str = ""
    reason: str = ""
    level: Level | None = None
    meeting: str = ""
    symbol: str = ""
    condition: str = ""
    reservations: tuple[str, ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()
    undoes: int = 0
    entered_by: str = ""
    as_read: tuple[tuple[str, str], ...] = ()
    package: str = ""
    rules: int = RULES
    edits: RecordedEdits | None = None
    former: Status | None = None

    @property
    def taken(self) -> tuple[RecordedOption, ...]:
        """Return the options chosen, in that order."""
        options = {option.id: option for option in self.options}
        return tuple(options[id] for id in self.chosen if id in options)

    @property
    def sources(self) -> Sources:
        """Return the sources of the options chosen, sorted."""
        return tuple(sorted({source for option in self.taken for source in option.sources}))


class Status(StrEnum):
    """Say how a record stands: all are applied but the last four.

    A record stands until the group reopens it. What has come or gone since is a note on it; only
    where the text in force is another one, or the record was made by an earlier rule set, is it
    offered again. ``LAPSED`` has no effect while what is around its place is suppressed, or kept.
    ``MET`` was made of a former text: it holds, and the text that followed says it.
    """

    EXACT = "exact"
    AUTHORS_CHANGED = "authors-changed"
    NARROWED = "narrowed"
    NEW_OPTION = "new-option"
    NOT_ASKED = "no-longer-asked-for"
    PLACE_CHANGED = "place-changed"
    SUPERSEDED = "superseded"
    BASE_CHANGED = "base-changed"
    LAPSED = "lapsed"
    MOOT = "moot"
    MET = "met"

    @property
    def applied(self) -> bool:
        """Tell whether what was decided holds."""
        return self not in (Status.SUPERSEDED, Status.BASE_CHANGED, Status.LAPSED, Status.MOOT)

    @property
    def offered(self) -> bool:
        """Tell whether what was decided cannot be applied, and is offered again."""
        return self in (Status.SUPERSEDED, Status.BASE_CHANGED)


class Replayed(Struct, frozen=True, kw_only=True):
    """Hold a record, its status, and why.

    ``region`` is the id of the region that asks the question now, empty where none does, and
    ``beyond`` those of others that meet its place; ``by`` the number of the record that undid or
    replaced it, or with which it lapses; ``added`` and ``lost`` the options that were not there
    then or are not now. ``restated`` says that it holds by the edits in it, whoever asks for what.
    """

    record: Record
    status: Status
    region: str = ""
    beyond: tuple[str, ...] = ()
    by: int = 0
    added: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    restated: bool = False

    @property
    def applied(self) -> bool:
        """Tell whether what was decided holds."""
        return self.status.applied and not self.record.act.withdraws

    @property
    def noted(self) -> bool:
        """Tell whether it holds although something has come or gone since."""
        return self.applied and self.status not in (Status.EXACT, Status.MET)

    @property
    def settles(self) -> bool:
        """Tell whether it holds and says what the text is to be, or that it was read."""
        return self.applied and not self.record.act.leaves
