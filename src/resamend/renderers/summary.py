"""What a draft amounts to, in a delegate's words: the same facts for every renderer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from resamend.conflict import Option, OptionKind, Region, Similar, Standing
from resamend.decision import Level
from resamend.model import Kind
from resamend.redline import Redline, ShownSource, View, rivals
from resamend.renderers.edition import Edition
from resamend.renderers.escaping import isolated, visible

__all__ = [
    "Count",
    "Likeness",
    "PointRow",
    "SourceRow",
    "Warned",
    "banner",
    "counts",
    "heard",
    "kinds",
    "likenesses",
    "named",
    "point_rows",
    "source_rows",
    "title",
    "warned",
]


class SourceRow(Struct, frozen=True):
    """Say who a source is: ``id`` is its symbol, ``details`` its revision and what it is for."""

    id: str
    who: str
    date: str
    revision: str
    illustrates: str


class Count(Struct, frozen=True):
    """Say how many there are of something, and what it means."""

    term: str
    number: int
    meaning: str = ""


class PointRow(Struct, frozen=True, kw_only=True):
    """Say of an outstanding point where it is, of what kind, and who is behind which option.

    ``who`` are those behind one that has no options: its changes compose, and are to be read.
    """

    id: str
    name: str
    number: int | None
    where: str
    kind: str
    options: tuple[str, ...]
    both: tuple[str, ...]
    who: str


class Likeness(Struct, frozen=True, kw_only=True):
    """Say which two texts are alike, where and by whom; ``told`` is in which words they differ."""

    one: str
    other: str
    where: str
    told: str


class Warned(Struct, frozen=True, kw_only=True):
    """Say which reference breaks, and what becomes of that which it cites, and by whom."""

    id: str
    where: str
    how: tuple[str, ...]


def banner(edition: Edition) -> str:
    """Return the warning that a text is not an official one, if any of them is not."""
    redline = edition.redline
    illustrative = redline.base.metadata.illustrative or any(
        source.illustrative for source in redline.sources
    )
    return edition.say("illustrative") if illustrative else ""


def title(redline: Redline) -> tuple[str, str]:
    """Return the number line and the title in force."""
    found = {Kind.NUMBER: "", Kind.TITLE: ""}
    for top in redline.base.provisions:
        for provision in (top, *top.children):
            if provision.kind in found and not found[provision.kind]:
                found[provision.kind] = visible(provision.text)
    return found[Kind.NUMBER], found[Kind.TITLE]


def heard(edition: Edition) -> str:
    """Return the line that says what this is: of which date, from how many proposals, whose.

    Last it names the proposals that are not in it, for they are there in other languages only.
    """
    say, redline = edition.say, edition.redline
    if redline.view is View.BASE:
        return say("only_in_force")
    absent = [f"{visible(id)} ({', '.join(codes)})" for id, codes in redline.absent]
    told = f". {say('absent', list='; '.join(absent))}" if absent and edition.named else ""
    return _heard(edition) + told


def _heard(edition: Edition) -> str:
    say, redline = edition.say, edition.redline
    if not redline.sources:
        return say("nobody")
    title = say("of_date", date=say.day(redline.date)) if redline.date else say("draft")
    key = "heard" if redline.base.provisions else "heard_new"
    count = len(redline.sources)
    number = say(f"{key}_1") if count == 1 else say(key, n=count)
    ids = ", ".join(visible(source.id) for source in redline.sources) if edition.named else ""
    return say.told(title, number) + say.aside(isolated(ids) if edition.rtl else ids)


def named(edition: Edition, region: Region) -> str:
    """Return a point's name: its number, or, where it has none yet, how its id begins."""
    number = edition.redline.numbers.get(region.id)
    return edition.say("point", n=region.id[:8] if number is None else number)


def kinds(edition: Edition, region: Region) -> str:
    """Return the kinds of a point in a delegate's words, each once, the gravest first."""
    return edition.say.series(dict.fromkeys(edition.say(kind) for kind in region.kinds))


def source_rows(edition: Edition) -> tuple[SourceRow, ...]:
    """Return what is known of each source; nothing where they may not be named."""
    if not edition.named:
        return ()
    return tuple(_source(edition, source) for source in edition.redline.sources)


def _source(edition: Edition, source: ShownSource) -> SourceRow:
    return SourceRow(
        id=visible(source.id),
        who=edition.who([source.id]),
        date=visible(source.date),
        revision=edition.say("revision", n=source.revision) if source.revision else "",
        illustrates=visible(source.illustrative),
    )


def counts(edition: Edition) -> tuple[tuple[Count, ...], tuple[Count, ...]]:
    """Return how the changes stand, and how many points there are of each kind."""
    findings, say = edition.redline.findings, edition.say
    standing = Counter(region.standing for region in findings.regions)
    recorded = sum(each.settles for each in edition.redline.records)
    numbers = {
        "outstanding": len(findings.outstanding),
        **({"recorded": recorded} if edition.redline.records else {}),
        "identical": standing[Standing.IDENTICAL],
        "single": standing[Standing.SINGLE],
        "consequential": standing[Standing.CONSEQUENTIAL],
        "similar": len(findings.similar),
        "editorial": len(findings.editorial),
        **({"warning": len(findings.warnings)} if findings.warnings else {}),
    }
    by_kind = Counter(say(region.kinds[0]) for region in findings.outstanding)
    one = {"outstanding": "outstanding_1", "warning": "broken-reference"}
    return (
        tuple(
            Count(say(one.get(key, key) if n == 1 else key), n, _means(edition, key))
            for key, n in numbers.items()
        ),
        tuple(Count(kind, n) for kind, n in sorted(by_kind.items(), key=lambda p: (-p[1], p[0]))),
    )


def _means(edition: Edition, key: str) -> str:
    """Say what is counted; of records also how many there are at which level."""
    told = edition.say(f"{key}_means")
    if key != "recorded":
        return told
    from resamend.renderers.records import level

    say = edition.say
    held = Counter(each.record.level for each in edition.redline.records if each.settles)
    by_level = [f"{held[each]} {level(say, each)}" for each in (None, *Level) if held[each]]
    return say.told(told, say.series(by_level)) if by_level else told


def point_rows(edition: Edition) -> tuple[PointRow, ...]:
    """Return the outstanding points: by number, then, unnumbered, in the order of the text."""
    rows = [_point(edition, region) for region in edition.redline.findings.outstanding]
    return tuple(sorted(rows, key=lambda row: (row.number is None, row.number or 0)))


def _point(edition: Edition, region: Region) -> PointRow:
    settled = region.standing is not Standing.CONTESTED
    return PointRow(
        id=region.id,
        name=named(edition, region),
        number=edition.redline.numbers.get(region.id),
        where=visible(region.path),
        kind=kinds(edition, region),
        options=() if settled else _options(edition, region),
        both=() if settled else edition.both(region),
        who=edition.who(region.sources) if settled else "",
    )


def _options(edition: Edition, region: Region) -> tuple[str, ...]:
    """Return who is behind each option, and last the option of nobody."""
    told = []
    for number, option in enumerate(region.options, 1):
        who = edition.who(option.sources)
        told.append(f"{number}{edition.say.aside(who)}")
    if not region.keeps_base:
        deeds = {OptionKind.RETAIN: "act_retain", OptionKind.AMENDABLE: "act_amendable"}
        usual = "no_resolution" if rivals(region) else "no_change"
        nothing = edition.say(deeds.get(region.otherwise, usual))
        told.append(f"{len(told) + 1}{edition.say.aside(nothing)}")
    return tuple(map(isolated, told)) if edition.rtl else tuple(told)


def likenesses(edition: Edition) -> tuple[Likeness, ...]:
    """Return the pairs of texts that say nearly the same."""
    return tuple(_likeness(edition, similar) for similar in edition.redline.findings.similar)


def _likeness(edition: Edition, similar: Similar) -> Likeness:
    say = edition.say
    sides = (
        (edition.theirs(similar.one_path), edition.who(similar.one_sources)),
        (edition.theirs(similar.other_path), edition.who(similar.other_sources)),
    )
    places = [path + say.aside(who) for path, who in sides]
    return Likeness(
        one=similar.one,
        other=similar.other,
        where=say("pair", one=places[0], other=places[1]),
        told=_told(edition, similar),
    )


def _told(edition: Edition, similar: Similar) -> str:
    say = edition.say
    differences = say.series(_differences(edition, similar.differences))
    return say.told(say("differ"), differences) if differences else say("same_words")


def _differences(edition: Edition, pairs: Iterable[tuple[str, str]]) -> Iterable[str]:
    say = edition.say
    for one, other in pairs:
        left, right = (say.quoted(edition.theirs(t)) if t else say("nothing") for t in (one, other))
        yield say("against", one=left, other=right)


def warned(edition: Edition) -> tuple[Warned, ...]:
    """Return the references that break, in the order of the text."""
    return tuple(_warned(edition, region) for region in edition.redline.findings.warnings)


def _warned(edition: Edition, region: Region) -> Warned:
    phrase, where = region.base, edition.theirs(region.path)
    options = list(region.options)
    if not phrase:  # a source's own words
        said = options.pop(0)
        who = edition.who(said.sources)
        phrase, where = said.text, where + edition.say.aside(who)
    return Warned(
        id=region.id,
        where=edition.say("cites", where=where, text=edition.say.quoted(edition.theirs(phrase))),
        how=tuple(_breaks(edition, region, option) for option in options),
    )


def _breaks(edition: Edition, region: Region, option: Option) -> str:
    keys = {OptionKind.SUPPRESS: "cited_struck", OptionKind.JOIN: "cited_joined"}
    key = keys.get(option.deed, "cited_becomes")
    told = edition.say(key, place=edition.theirs(region.cites), to=edition.theirs(option.place))
    return told + edition.say.aside(edition.who(option.sources))
