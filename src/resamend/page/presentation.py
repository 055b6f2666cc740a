"""Who reads a draft: in which language, and with which names.

``names`` keeps what a mark says of its proponents: their codes, how many they are, or nothing (a
clean text for a committee). Where nothing is said, no renderer may print what tells a name: an id
of a source, or its reasons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from resamend.conflict import Option, OptionKind, Region, Standing, Stream
from resamend.decision import SETTLED, Place, Record
from resamend.escaping import isolated, visible
from resamend.model import NOTE, Language
from resamend.page.options import Names
from resamend.page.vocabulary import Phrases, phrases_for
from resamend.redlines import Redline
from resamend.words import split


class Presentation(Struct, frozen=True):
    """Hold a redline and how it is to be told."""

    redline: Redline
    names: Names
    say: Phrases
    regions: Mapping[str, Region]
    """The regions that were found, by id."""
    grouped: bool = True
    """Whether a group's code stands for very many proponents, who are listed once."""
    proponents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The proponents of each source, by its id."""
    printed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The same as they are printed: a group's code for very many."""
    recorded: Mapping[str, Sequence[Region]] = field(default_factory=dict)
    """What is recorded of the words of each provision."""

    @property
    def named(self) -> bool:
        """Tell whether proponents may be named."""
        return self.names is Names.NAMES

    @property
    def rtl(self) -> bool:
        """Tell whether anything runs from right to left, so that Latin names are to be isolated."""
        return "rtl" in (self.say.language.direction, self.redline.base.language.direction)

    def people(self, sources: Iterable[str]) -> tuple[str, ...]:
        """Return the proponents behind some sources, sorted; a source without any by its id."""
        names = self.proponents
        return tuple(sorted({name for id in sources for name in (names.get(id) or (id,))}))

    def shown(self, sources: Iterable[str]) -> tuple[str, ...]:
        """Return the names that are printed for some sources: a group's code for very many."""
        if not self.grouped:
            return self.people(sources)
        names = self.printed
        return tuple(sorted({name for id in sources for name in names.get(id) or (id,)}))

    def who(self, sources: Iterable[str]) -> str:
        """Say who asks for something: their names, how many they are, or nothing."""
        sources = tuple(sources)
        people = self.people(sources)
        if people == (SETTLED,):
            return SETTLED
        if not people or self.names is Names.NONE:
            return ""
        if self.names is Names.NUMBER:
            return self.say.counted("proponents", len(people))
        names = visible(self.say.commas(self.shown(sources)))
        return isolated(names) if self.rtl else names

    def behind(self, option: Option, region: Region) -> str:
        """Say who asks for an option; of a bracket, whom it names, or that nobody is named."""
        if not region.is_bracketed:
            return self.who(option.sources)
        if option.names and self.names is Names.NAMES:
            return visible(self.say.commas(option.names))
        return "" if option.names else self.say("no_proponent")

    def dated(self, of_day: str, undated: str) -> str:
        """Name what is published by the phrase ``of_day``, or, where it has no day, ``undated``."""
        date = self.redline.date
        return self.say(of_day, date=self.say.day(date)) if date else self.say(undated)

    def theirs(self, text: str) -> str:
        """Return words of the text or a place in it, kept in their own direction among ours."""
        return self.say.theirs(visible(text), self.redline.base.language)

    def sides(self, region: Region) -> tuple[str, ...]:
        """Say who asks for each of the changes that compose, and are to be read together."""
        parts = self.parts(region)
        if region.composed:  # what is open in it is no change that stands
            parts = tuple(p for p in parts if p.standing is not Standing.CONTESTED) or parts
        who = (self.who(part.sources) for part in parts)
        return tuple(dict.fromkeys(filter(None, who)))

    def parts(self, region: Region) -> tuple[Region, ...]:
        """Return the changes of which a region consists that is to be read as a whole.

        What is recorded of it is the group's: who asked for it is told all the same.
        """
        taken = self.recorded.get(region.target, ()) if region.composed else ()
        asked = [self.regions[id] for id in region.parts if id in self.regions]
        parts = [part for part in asked if part not in taken]
        for part in taken:
            parts += self._as_asked(part)
        return tuple(parts) or (region,)

    def _as_asked(self, part: Region) -> list[Region]:
        """Return words that are recorded as they were asked for: several records may touch."""
        here = Place(part.stream, part.target, part.lo, part.hi)
        applied = (replayed.record for replayed in self.redline.records if replayed.applied)
        records = [r for r in applied if r.sources and any(map(here.meets, r.places))]
        if len(records) == 1:
            return [replace(part, sources=records[0].sources)]
        if not all(
            option.deed is OptionKind.WORDS and NOTE not in option.text
            for record in records
            for option in record.taken
        ):
            return [part]  # who did what of it cannot be told in words
        return [_taken(part, record) for record in records] or [part]

    def both(self, region: Region) -> tuple[str, ...]:
        """Say who stands behind more than one option of a point, as sentences.

        Changes that compose are no options: who makes two of them wants both.
        """
        if not self.named or region.standing is Standing.COMPOSED:
            return ()
        behind: dict[str, list[str]] = {}
        for number, option in enumerate(region.options, 1):
            for name in self.people(option.sources):
                behind.setdefault(name, []).append(str(number))
        return tuple(
            self.say(
                "both",
                name=visible(name),
                options=self.say("options", list=self.say.listed(tuple(behind[name]))),
            )
            for name in sorted(behind)
            if len(behind[name]) > 1
        )


def _taken(part: Region, record: Record) -> Region:
    """Return what one record took of some recorded words, as its sources asked for it."""
    options = tuple(
        Option(id=o.id, deed=o.deed, sources=o.sources, text=o.text, words=split(o.text))
        for o in record.taken
    )
    return replace(
        part, id=record.region, base=record.base, options=options, sources=record.sources
    )


def grouped(id: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of a proposal's proponents; of very many, the group's code and how many.

    The group is the one that the symbol begins with, as in ITU's common proposals.

    >>> grouped("EUR/44A1/1", tuple(f"S{n:02}" for n in range(46)))
    ('EUR (46)',)
    >>> grouped("EUR/44A1/1", ("F", "D"))
    ('F', 'D')
    """
    if len(names) <= _MANY:
        return names
    group = id.partition("/")[0]
    return (f"{group if group.isalpha() and group.isupper() else names[0]} ({len(names)})",)


_MANY = 8
"""Names that stand beside one another at most."""


def present(
    redline: Redline, names: Names = Names.NAMES, ui: Language | None = None
) -> Presentation:
    """Prepare a redline for a reader; the default language is the text's own."""
    regions = {region.id: region for region in redline.findings.regions}
    recorded: dict[str, list[Region]] = defaultdict(list)
    for region in redline.findings.standing(Standing.RECORDED):
        if region.stream is Stream.TEXT:
            recorded[region.target].append(region)
    return Presentation(
        redline,
        names,
        phrases_for(redline.base, ui),
        regions,
        proponents={source.id: source.names for source in redline.sources},
        printed={s.id: grouped(s.id, s.names or (s.id,)) for s in redline.sources},
        recorded=recorded,
    )
