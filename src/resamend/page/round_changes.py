"""What changed between two drafts, as the tables of a secretariat."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from resamend.amendment import place
from resamend.conflict import Option, Region, Stream
from resamend.decision import ChairTable, Record
from resamend.escaping import visible
from resamend.matching import ProvisionIndex, match
from resamend.model import walk
from resamend.page.changes import asked, parted
from resamend.page.front import first_lines
from resamend.page.listing import Cell, Listing, ListingColumn, ListingPart
from resamend.page.options import USUAL, RenderOptions
from resamend.page.proposal_changes import changed_proposals
from resamend.page.records import decided, level, terms
from resamend.page.source_names import SourceNames, source_names
from resamend.page.vocabulary import Phrases, phrases_for
from resamend.rounds.brackets import BracketCount, count_brackets
from resamend.rounds.causes import Cause, CauseKind, Differences, WordChange
from resamend.rounds.fates import FatedPoint, OptionChange, PointFate
from resamend.rounds.standing import StandingText

LONGEST = 160
"""Code points of an option that is quoted in a table."""


class RoundChanges(Struct, frozen=True, kw_only=True):
    """Hold two drafts, the fate of their points, and the differences of their texts."""

    old: StandingText
    new: StandingText
    points: tuple[FatedPoint, ...]
    differences: Differences


def changes_listing(changes: RoundChanges, options: RenderOptions = USUAL) -> Listing:
    """Return the tables of what changed: the points, the words, brackets and proposals."""
    writer = _ChangesWriter(changes, options)
    drafts = (side.table.consolidated for side in (changes.old, changes.new))
    proposals = changed_proposals(writer.names, *drafts)
    return writer.listing((writer.points(), writer.words(), *writer.brackets(), *proposals))


def paragraphs_listing(changes: RoundChanges, options: RenderOptions = USUAL) -> Listing:
    """Return the table of paragraphs: of the new text, who contributed, of the old, what was done.

    Negotiations keep it by hand beside each revised text.
    """
    writer = _ChangesWriter(changes, options)
    return writer.listing((writer.paragraphs(),))


def record_text(names: SourceNames, record: Record, *, dated: bool = True) -> str:
    """Say what a record decided, who and when, at which level and on which terms."""
    say = names.say
    deciders = [say("record_n", n=record.number)]
    if names.named:
        who, day = visible(record.by), say.day(record.at[:10])
        deciders.append(say("by_on", who=who, date=day) if dated else who)
    deciders += [level(say, record.level)] if record.level else []
    text = say.told(say("comma").join(deciders), decided(say, record, named=names.named))
    return " · ".join([text, *terms(say, record, named=names.named)])


class _ChangesWriter:
    """Put into words what changed between two drafts."""

    def __init__(self, changes: RoundChanges, options: RenderOptions) -> None:
        self.changes = changes
        self.say: Phrases = phrases_for(changes.new.text, options.ui)
        drafts = (changes.old.table.consolidated, changes.new.table.consolidated)
        self.names = source_names(self.say, options.shown_names, *drafts)

    def listing(self, parts: tuple[ListingPart, ...]) -> Listing:
        """Return tables under the name of the changes."""
        text = self.changes.new.text
        illustrative = any(
            draft.base.metadata.illustrative or any(p.illustrative for p in draft.proposals)
            for side in (self.changes.old, self.changes.new)
            for draft in (side.table.consolidated,)
        )
        return Listing(
            key="changes",
            name=self.say("changes"),
            say=self.say,
            language=text.language,
            parts=parts,
            title=first_lines(text),
            banner=self.say("illustrative") if illustrative else "",
            notes=(self.say("changes_means"), *self._counted()),
        )

    def _counted(self) -> Iterator[str]:
        """Say how many points there are of each fate."""
        counts = Counter(point.fate for point in self.changes.points)
        texts = (self.say.told(self.say(f"fate_{f}"), counts[f]) for f in PointFate if counts[f])
        if counts:
            yield self.say.told(self.say("points"), self.say.series(texts))

    # -- points -------------------------------------------------------------------------------

    def points(self) -> ListingPart:
        """Return the table of points."""
        say = self.say
        return ListingPart(
            name=say("points"),
            columns=(
                ListingColumn("point", say("number"), 8),
                ListingColumn("where", say("where"), 16),
                ListingColumn("fate", say("what_became"), 26),
                ListingColumn("options", say("which_options"), 50),
            ),
            rows=tuple(map(self._point, self.changes.points)),
            nothing=say("no_points"),
        )

    def _point(self, point: FatedPoint) -> tuple[Cell, ...]:
        region = point.now or point.before
        assert region is not None
        name = str(point.number) if point.number else region.id[:8]
        return (name,), (self._theirs(region.path),), tuple(self._fate(point)), self._options(point)

    def _fate(self, point: FatedPoint) -> Iterator[str]:
        say = self.say
        fate = say(f"fate_{point.fate}")
        if point.fate is PointFate.MERGED and point.into:
            where = say.aside(self._theirs(point.into.path))
            fate = say.told(fate, self._point_name(point.into) + where)
        elif point.fate is PointFate.OPENED and point.now:
            kinds = say.series(dict.fromkeys(map(say, point.now.kinds)))
            fate = say.told(fate, kinds or say("position_apart"))
        yield fate
        if point.record:
            yield record_text(self.names, point.record)

    def _options(self, point: FatedPoint) -> Cell:
        if point.fate in (PointFate.CLOSED, PointFate.MERGED) and not point.now:
            return ()
        if point.fate is PointFate.OPENED:
            return tuple(
                self.say.told(self.say("option", n=n), self._option(point.now, change.now))
                for n, change in enumerate(point.options, 1)
            )
        return tuple(self._option_change(point, change) for change in point.options)

    def _option_change(self, point: FatedPoint, change: OptionChange) -> str:
        say = self.say
        if change.before and change.now and not change.reworded:
            sides = (("joined", change.joined), ("left", change.left))
            moves = (
                say.told(say(f"sponsors_{key}"), self.names.states(who))
                for key, who in sides
                if who
            )
            return say.told(say.series(moves), self._option(point.now, change.now))
        key = (
            "option_reworded"
            if change.reworded
            else "option_gone"
            if change.before
            else "option_new"
        )
        if change.reworded:
            return say.told(say(key), self._rewording(point, change))
        region, option = (point.now, change.now) if change.now else (point.before, change.before)
        return say.told(say(key), self._option(region, option))

    def _rewording(self, point: FatedPoint, change: OptionChange) -> str:
        """Say how an option reads that read otherwise before: against itself, not what is in force.

        Where either has no words (it strikes, moves or keeps) each is said as it is.
        """
        before, now = change.before, change.now
        assert before is not None
        assert now is not None
        if not (before.text.strip() and now.text.strip()):
            return self.say.becomes(
                self._option(point.before, before), self._option(point.now, now)
            )
        sides = parted(before.text.strip(), now.text.strip(), LONGEST)
        language = self.changes.new.text.language
        old, new = (
            self.say.quoted(self.say.theirs(visible(" ".join(side.split())), language))
            for side in sides
        )
        return self.say.becomes(old, new) + self.say.aside(self.names.who(now.sources))

    def _option(self, region: Region | None, option: Option | None) -> str:
        assert region is not None
        assert option is not None
        later = region.id in {r.id for r in self.changes.new.table.findings.regions}
        draft = (self.changes.new if later else self.changes.old).table.consolidated
        words = asked(self.say, region, draft.base, option=option, most=LONGEST)
        return words + self.say.aside(self.names.who(option.sources))

    # -- words --------------------------------------------------------------------------------

    def words(self) -> ListingPart:
        """Return the table of the words that differ."""
        say = self.say
        return ListingPart(
            name=say("changes_words"),
            columns=(
                ListingColumn("where", say("where"), 18),
                ListingColumn("change", say("change"), 50),
                ListingColumn("cause", say("cause"), 32),
            ),
            rows=tuple(
                ((self._theirs(c.region.path),), (self._words(c.region),), (self.cause(c.cause),))
                for c in self.changes.differences.changes
            ),
            nothing=say("no_changes"),
        )

    def _words(self, region: Region) -> str:
        return asked(self.say, region, self.changes.old.text)

    def cause(self, cause: Cause) -> str:
        """Say why words are other ones."""
        say = self.say
        if cause.kind is CauseKind.RECORD and cause.record:
            return record_text(self.names, cause.record)
        text = say(f"cause_{cause.kind}")
        if cause.kind is CauseKind.DISPUTED and cause.region:
            text = say.told(text, self._point_name(cause.region))
        return text + say.aside(self.names.who(cause.sources))

    # -- brackets -----------------------------------------------------------------------------

    def brackets(self) -> Iterator[ListingPart]:
        """Yield the table of the brackets of both texts, where there are any."""
        say = self.say
        old, new = (
            {count.heading: count for count in count_brackets(side.text)}
            for side in (self.changes.old, self.changes.new)
        )
        columns = (
            ("heading", say("where"), 24),
            ("brackets_before", say("brackets_before"), 12),
            ("brackets_now", say("brackets_now"), 12),
            ("words_before", say("bracketed_before"), 14),
            ("words_now", say("bracketed_now"), 14),
            ("unbalanced", say("brackets_unbalanced"), 24),
        )
        rows = []
        for heading in dict.fromkeys([*new, *old]):
            before, now = (side.get(heading, BracketCount(heading=heading)) for side in (old, new))
            counts = (before.brackets, now.brackets, before.words, now.words)
            astray = tuple(map(self._theirs, now.unbalanced))
            rows.append(((self._theirs(heading),), *((str(count),) for count in counts), astray))
        if rows:
            yield ListingPart(
                name=say("brackets"),
                columns=tuple(ListingColumn(*column) for column in columns),
                rows=tuple(rows),
            )

    # -- paragraphs ---------------------------------------------------------------------------

    def paragraphs(self) -> ListingPart:
        """Return the table of paragraphs."""
        say = self.say
        return ListingPart(
            columns=(
                ListingColumn("new", say("paragraph_new"), 18),
                ListingColumn("contributors", say("contributed_by"), 16),
                ListingColumn("old", say("paragraph_old"), 18),
                ListingColumn("done", say("what_was_done"), 48),
            ),
            rows=tuple(self._paragraph_rows()),
        )

    def _paragraph_rows(self) -> Iterator[tuple[Cell, ...]]:
        old, new = ProvisionIndex(self.changes.old.text), ProvisionIndex(self.changes.new.text)
        to_new = match(old, new).to_revised
        before = {node: at for at, node in enumerate(to_new) if node >= 0}
        changes = _by_provision(self.changes.differences.changes)
        points = _by_target(self.changes.new.table)
        for node, provision in enumerate(new.nodes):
            at = before.get(node, -1)
            ids = {provision.id, old.nodes[at].id if at >= 0 else provision.id}
            here = [change for id in sorted(ids) for change in changes.get(id, ())]
            asked_here = [region for id in sorted(ids) for region in points.get(id, ())]
            if provision.text or here or asked_here:
                yield self._paragraph(_place(new, node), _place(old, at), here, asked_here)
        for at, node in enumerate(to_new):
            if node < 0 and old.nodes[at].text:
                above = [old.nodes[n].id for n in _upwards(old, at)]
                here = next((changes[id] for id in above if id in changes), [])
                yield self._paragraph("", _place(old, at), here, [])

    def _paragraph(
        self, new: str, old: str, changes: Sequence[WordChange], points: Sequence[Region]
    ) -> tuple[Cell, ...]:
        """Return the row of a paragraph of either text."""
        say = self.say
        done = [f"{self._words(c.region)} · {self.cause(c.cause)}" for c in changes]
        done += [
            say.told(self._point_name(region), say.series(dict.fromkeys(map(say, region.kinds))))
            for region in points
        ]
        kept = say("paragraph_kept" if new and old else "new_provision" if new else "struck")
        sources = [id for c in changes for id in c.cause.sources]
        sources += [id for region in points for id in region.sources]
        behind = self.names.who(sources) if sources else ""
        return (
            (self._theirs(new),),
            (behind,) if behind else (),
            (self._theirs(old),),
            tuple(dict.fromkeys(done)) or (kept,),
        )

    def _point_name(self, region: Region) -> str:
        number = self.changes.new.table.numbers.get(region.id, 0)
        return self.say("point", n=number or region.id[:8])

    def _theirs(self, text: str) -> str:
        return self.say.theirs(visible(text), self.changes.new.text.language)


def _place(index: ProvisionIndex, node: int) -> str:
    return place(index, node) if node >= 0 else ""


def _upwards(index: ProvisionIndex, node: int) -> Iterator[int]:
    while node >= 0:
        yield node
        node = index.parents[node]


def _by_provision(changes: Iterable[WordChange]) -> dict[str, list[WordChange]]:
    """Map each provision to its changes; one that is added or moves, to that."""
    by_id: dict[str, list[WordChange]] = defaultdict(list)
    for change in changes:
        added = [p for option in change.region.options for p in option.provisions]
        gap = change.region.stream is Stream.GAP
        for id in dict.fromkeys(
            [p.id for p in walk(tuple(added))] if gap else [change.region.target]
        ):
            by_id[id].append(change)
    return by_id


def _by_target(table: ChairTable) -> dict[str, list[Region]]:
    """Map each provision to the outstanding points about it that have no record."""
    by_id: dict[str, list[Region]] = defaultdict(list)
    for region in table.findings.outstanding:
        if region.id not in table.replay.applied and region.id not in table.replay.lapsed:
            by_id[region.target].append(region)
    return by_id
