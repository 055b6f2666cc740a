"""What a draft amounts to, in a delegate's words: the same facts for every renderer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from resamend.conflict import Option, OptionKind, Region, Similar, Standing
from resamend.consolidation import Sources
from resamend.decision import DecisionKind, Level, Record
from resamend.escaping import isolated, visible
from resamend.model import NOTE, OBJECT, Kind, Resolution
from resamend.page.changes import kinds_said
from resamend.page.presentation import Presentation
from resamend.page.progress import left_open, point_statuses, progress
from resamend.page.vocabulary import Phrases
from resamend.redlines import Redline, ShownSource, View, rivals


class SourceRow(Struct, frozen=True):
    """Say who a source is: ``id`` is its symbol, ``details`` its revision and what it is for."""

    id: str
    who: str
    date: str
    revision: str
    illustrates: str


def sent_as(say: Phrases, reading: str, by: str) -> str:
    """Say how somebody said that a text is to be read; nothing where nobody had to."""
    by = say.aside(say("according_to", who=visible(by))) if by else ""
    return say(f"sent_{reading}") + by if reading in ("extract", "whole") else ""


class Count(Struct, frozen=True):
    """Say how many there are of something, and what it means."""

    term: str
    number: int
    meaning: str = ""


class PointRow(Struct, frozen=True, kw_only=True):
    """Say of an outstanding point where it is, of what kind, and who is behind which option.

    ``who`` are those behind one that has no options: its changes compose, and are to be read.
    ``state`` says of one that is left open on purpose how.
    """

    id: str
    name: str
    number: int | None
    where: str
    kind: str
    options: tuple[str, ...]
    both: tuple[str, ...]
    who: str
    state: str = ""


class Likeness(Struct, frozen=True, kw_only=True):
    """Say which two texts are alike, where and by whom; ``told`` is in which words they differ."""

    one: str
    other: str
    where: str
    told: str


class Warned(Struct, frozen=True, kw_only=True):
    """Say which reference breaks, and what becomes of that which it cites, and by whom.

    ``where`` says in which provision; ``quoted`` are the words that cite.
    """

    id: str
    quoted: str
    where: str
    effects: tuple[str, ...]


class Front(Struct, frozen=True, kw_only=True):
    """Hold what stands before and after a draft.

    ``heard`` says what this is, ``progress`` how many points there are, recorded and open,
    ``standing`` how the changes stand, ``by_kind`` how many points there are of each kind.
    """

    banner: str
    title: tuple[str, str]
    heard: str
    sources: tuple[SourceRow, ...]
    progress: str
    standing: tuple[Count, ...]
    by_kind: tuple[Count, ...]
    points: tuple[PointRow, ...]
    warned: tuple[Warned, ...]
    likenesses: tuple[Likeness, ...]

    @property
    def has_states(self) -> bool:
        """Tell whether any point is left open on purpose, so that each has to say how it stands."""
        return any(row.state for row in self.points)


def front_of(presentation: Presentation) -> Front:
    """Return what stands before and after a draft."""
    standing, by_kind = counts(presentation)
    return Front(
        banner=banner(presentation),
        title=first_lines(presentation.redline.base),
        heard=heard(presentation),
        sources=source_rows(presentation),
        progress=progress(presentation.say, point_statuses(presentation.redline)),
        standing=standing,
        by_kind=by_kind,
        points=point_rows(presentation),
        warned=warned(presentation),
        likenesses=likenesses(presentation),
    )


def banner(presentation: Presentation) -> str:
    """Return the warning that a text is not an official one, if any of them is not."""
    redline = presentation.redline
    illustrative = redline.base.metadata.illustrative or any(
        source.illustrative for source in redline.sources
    )
    return presentation.say("illustrative") if illustrative else ""


def first_lines(text: Resolution) -> tuple[str, str]:
    """Return the number line and the title of a text."""
    lines = {Kind.NUMBER: "", Kind.TITLE: ""}
    for top in text.provisions:
        for provision in (top, *top.children):
            if provision.kind in lines and not lines[provision.kind]:
                lines[provision.kind] = visible(provision.text)
    return lines[Kind.NUMBER], lines[Kind.TITLE]


def heard(presentation: Presentation) -> str:
    """Return the line that says what this is: of which date, from how many proposals, whose.

    Last it names the proposals that are not in it, for they are there in other languages only.
    """
    say, redline = presentation.say, presentation.redline
    if redline.view is View.BASE:
        return say("only_in_force")
    absent = [visible(id) + say.aside(say.commas(codes)) for id, codes in redline.absent]
    more = f". {say('absent', list=say.series(absent))}" if absent and presentation.named else ""
    return _heard(presentation) + more


def _heard(presentation: Presentation) -> str:
    say, redline = presentation.say, presentation.redline
    if not redline.sources:
        return say("nobody")
    title = presentation.dated("of_date", "draft")
    key = "heard" if redline.base.provisions else "heard_new"
    count = len(redline.sources)
    number = say(f"{key}_1") if count == 1 else say(key, n=count)
    ids = say.commas(visible(source.id) for source in redline.sources if presentation.named)
    return say.told(title, number) + say.aside(isolated(ids) if presentation.rtl else ids)


def named(presentation: Presentation, region: Region) -> str:
    """Return a point's name: its number, or, where it has none yet, how its id begins."""
    number = presentation.redline.numbers.get(region.id)
    return presentation.say("point", n=region.id[:8] if number is None else number)


def kinds(presentation: Presentation, region: Region) -> str:
    """Return the kinds of a point in a delegate's words, each once, the gravest first."""
    if region.is_former and region.former.strip():
        words = " ".join(region.former.replace(OBJECT, NOTE).split())
        say = presentation.say
        return say("former_words", text=say.quoted(presentation.theirs(words)))
    return kinds_said(presentation.say, region)


def source_rows(presentation: Presentation) -> tuple[SourceRow, ...]:
    """Return what is known of each source; nothing where they may not be named."""
    if not presentation.named:
        return ()
    return tuple(_source(presentation, source) for source in presentation.redline.sources)


def _source(presentation: Presentation, source: ShownSource) -> SourceRow:
    return SourceRow(
        id=visible(source.id),
        who=replace(presentation, grouped=False).who([source.id]),
        date=presentation.say.day(visible(source.date)),
        revision=presentation.say("revision", n=source.revision) if source.revision else "",
        illustrates=visible(source.illustrative),
    )


def counts(presentation: Presentation) -> tuple[tuple[Count, ...], tuple[Count, ...]]:
    """Return how the changes stand, and how many points there are of each kind."""
    findings, say = presentation.redline.findings, presentation.say
    standing = Counter(region.standing for region in _changes(presentation.redline))
    recorded = sum(replayed.settles for replayed in presentation.redline.records)
    numbers = {
        "outstanding": len(findings.outstanding),
        "brackets": sum(r.standing is Standing.CONTESTED for r in findings.outstanding),
        **({"recorded": recorded} if presentation.redline.records else {}),
        **({"put_off": len(put_off)} if (put_off := left_open(presentation.redline)) else {}),
        "identical": standing[Standing.IDENTICAL],
        "single": standing[Standing.SINGLE],
        "consequential": standing[Standing.CONSEQUENTIAL],
        "similar": len(findings.similar),
        "editorial": len(findings.editorial),
        **({"warning": len(findings.warnings)} if findings.warnings else {}),
    }
    by_kind = Counter(say(region.kinds[0]) for region in findings.outstanding)
    one = {"outstanding": "outstanding_1", "brackets": "brackets_1", "warning": "broken-reference"}
    return (
        tuple(
            Count(_lower(say(one.get(key, key) if n == 1 else key)), n, _means(presentation, key))
            for key, n in numbers.items()
        ),
        tuple(Count(kind, n) for kind, n in sorted(by_kind.items(), key=lambda p: (-p[1], p[0]))),
    )


def _changes(redline: Redline) -> Iterator[Region]:
    """Yield the uncontested changes as the page shows them, without ends, which are no question."""
    classes = (Standing.SINGLE, Standing.IDENTICAL, Standing.CONSEQUENTIAL)
    regions = [r for r in redline.findings.regions if r.standing in classes and not r.ends]
    draft = redline.findings.draft or redline.draft
    if draft is None:
        yield from regions
        return
    from resamend.redlines.phrases import shown_phrases

    yield from (phrase.region for phrase in shown_phrases(draft, regions))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _means(presentation: Presentation, key: str) -> str:
    """Say what is counted; of records also how many there are at which level."""
    meaning = presentation.say(f"{key}_means")
    if key != "recorded":
        return meaning
    from resamend.page.records import level

    say = presentation.say
    held = Counter(
        level_of.record.level for level_of in presentation.redline.records if level_of.settles
    )
    by_level = [
        f"{held[level_of]} {level(say, level_of)}" for level_of in (None, *Level) if held[level_of]
    ]
    return say.told(meaning, say.series(by_level)) if by_level else meaning


def point_rows(presentation: Presentation) -> tuple[PointRow, ...]:
    """Return the outstanding points: by number, then, unnumbered, in the order of the text."""
    left = left_open(presentation.redline)
    rows = [
        _point(presentation, region, left.get(region.id))
        for region in presentation.redline.findings.outstanding
    ]
    return tuple(sorted(rows, key=lambda row: (row.number is None, row.number or 0)))


def _point(presentation: Presentation, region: Region, left: Record | None) -> PointRow:
    settled = region.standing is not Standing.CONTESTED
    return PointRow(
        id=region.id,
        name=named(presentation, region),
        number=presentation.redline.numbers.get(region.id),
        where=visible(region.path),
        kind=kinds(presentation, region),
        options=() if settled else _options(presentation, region),
        both=() if settled else presentation.both(region),
        who=presentation.who(region.sources) if settled else "",
        state=presentation.say(_LEFT[left.act]) if left else "",
    )


_LEFT = {DecisionKind.BRACKET: "state_bracketed", DecisionKind.DEFER: "state_deferred"}


def _options(presentation: Presentation, region: Region) -> tuple[str, ...]:
    """Return who is behind each option, and last the option of nobody."""
    options = []
    for number, option in enumerate(region.options, 1):
        who = presentation.behind(option, region)
        options.append(f"{number}{presentation.say.aside(who)}")
    if not region.keeps_base:
        deeds = {OptionKind.RETAIN: "act_retain", OptionKind.AMENDABLE: "act_amendable"}
        usual = "no_resolution" if rivals(region) else "no_change"
        nothing = presentation.say(deeds.get(region.otherwise, usual))
        options.append(f"{len(options) + 1}{presentation.say.aside(nothing)}")
    return tuple(map(isolated, options)) if presentation.rtl else tuple(options)


def likenesses(presentation: Presentation) -> tuple[Likeness, ...]:
    """Return the pairs of texts that say nearly the same."""
    return tuple(
        _likeness(presentation, similar) for similar in presentation.redline.findings.similar
    )


def _likeness(presentation: Presentation, similar: Similar) -> Likeness:
    say = presentation.say
    sides = (
        (presentation.theirs(similar.one_path), presentation.who(similar.one_sources)),
        (presentation.theirs(similar.other_path), presentation.who(similar.other_sources)),
    )
    places = [path + say.aside(who) for path, who in sides]
    return Likeness(
        one=similar.one,
        other=similar.other,
        where=say("pair", one=places[0], other=places[1]),
        told=_told(presentation, similar),
    )


def _told(presentation: Presentation, similar: Similar) -> str:
    say = presentation.say
    differences = say.series(_differences(presentation, similar.differences))
    return say.told(say("differ"), differences) if differences else say("same_words")


def _differences(presentation: Presentation, pairs: Iterable[tuple[str, str]]) -> Iterable[str]:
    say = presentation.say
    for one, other in pairs:
        left, right = (
            say.quoted(presentation.theirs(t)) if t else say("nothing") for t in (one, other)
        )
        yield say("against", one=left, other=right)


def warned(presentation: Presentation) -> tuple[Warned, ...]:
    """Return the references that break, in the order of the text."""
    return tuple(_warned(presentation, region) for region in presentation.redline.findings.warnings)


def _warned(presentation: Presentation, region: Region) -> Warned:
    phrase, citers = citing(region)
    who = presentation.say.aside(presentation.who(citers))
    quoted = presentation.say.quoted(presentation.theirs(phrase))
    where = presentation.theirs(region.path) + who
    options = region.options[1:] if citers else region.options
    return Warned(
        id=region.id,
        quoted=quoted + who,
        where=presentation.say("cites", where=where, text=quoted),
        effects=tuple(_breaks(presentation, region, option) for option in options),
    )


def citing(region: Region) -> tuple[str, Sources]:
    """Return the words that cite, and whose they are where they are not in force."""
    if region.base:
        return region.base, ()
    return region.options[0].text, region.options[0].sources


def _breaks(presentation: Presentation, region: Region, option: Option) -> str:
    keys = {OptionKind.SUPPRESS: "cited_struck", OptionKind.JOIN: "cited_joined"}
    key = keys.get(option.deed, "cited_becomes")
    effect = presentation.say(
        key, place=presentation.theirs(region.cites), to=presentation.theirs(option.place)
    )
    return effect + presentation.say.aside(presentation.who(option.sources))
