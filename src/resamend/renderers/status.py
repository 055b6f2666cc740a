"""Write what is on the chair's table: what is recorded, what is open, what is unsettled again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from resamend.amendment import place
from resamend.conflict import Option, Region, Standing, Stream
from resamend.decision import ChairTable, Record, RecordedOption, Replayed, Status, furthest_first
from resamend.decision.chair_table import broken_packages
from resamend.decision.renumbering import RenumberedProvision
from resamend.escaping import visible
from resamend.matching import index_of
from resamend.model import Language
from resamend.numbering import parse
from resamend.page.changes import asked, kinds_said, noted
from resamend.page.front import sent_as
from resamend.page.progress import PointStatus, progress, status_of
from resamend.page.records import LONGEST, WHY, decided, does, level, terms
from resamend.page.vocabulary import Phrases, phrases, phrases_for
from resamend.redlines.phrases import ShownPhrase, shown_phrases
from resamend.renderers.lines import StyledLine, TextPiece, TextStyle, broken, plain
from resamend.renderers.palette import Ground
from resamend.renderers.terminal import styled


def render_status(
    table: ChairTable,
    *,
    ui: Language | None = None,
    width: int | None = None,
    looks: bool = False,
) -> str:
    """Return the state of a dossier's decisions as text; with ``looks`` as a screen shows them."""
    say = phrases_for(table.consolidated.base, ui)
    lines = broken(_lines(table, say), width)
    return plain(styled(lines, {}, Ground.ANY) if looks else lines)


def _lines(table: ChairTable, say: Phrases) -> Iterator[StyledLine]:
    if not table.replay.records:
        yield StyledLine(pieces=(TextPiece(say("status_none")),))
    if statuses := _statuses(table):
        yield StyledLine(pieces=(TextPiece(progress(say, statuses), TextStyle.POINT),))
    settled, put_off, stale = table.settled, table.put_off, table.replay.stale
    moot = [r for r in table.replay.records if r.status is Status.MOOT]
    yield from _section(_counted(table, say), _rows(table, say, settled))
    yield from _section(say.told(say("status_put_off"), len(put_off)), _rows(table, say, put_off))
    yield from _section(say.told(say("status_stale"), len(stale)), _rows(table, say, stale))
    lapsed = [r for r in table.replay.records if r.status is Status.LAPSED]
    yield from _section(say.told(say("status_lapsed"), len(lapsed)), _rows(table, say, lapsed))
    yield from _section(say.told(say("status_moot"), len(moot)), _rows(table, say, moot))
    packages = [
        say("package_broken", name=visible(name), list=say("comma").join(map(str, numbers)))
        for name, numbers in broken_packages(table.replay)
    ]
    yield from _section(say("status_packages"), packages) if packages else ()
    unread = [
        say.told(visible(replayed.path), visible(" ".join(replayed.text.split())))
        for replayed in table.unread()
    ]
    yield from _section(say.told(say("status_unread"), len(unread)), unread) if unread else ()
    opposed = table.opposed
    points = [r for r in table.open if r.outstanding or r.id in opposed]
    uncontested = [r for r in table.open if not (r.outstanding or r.id in opposed)]
    rest = shown_phrases(table.consolidated, uncontested)
    ordered = any(point.standing is Standing.CONTESTED for point in points)
    options = say.aside(say("furthest_first") if ordered else "")
    title = say.told(say("status_points"), len(points)) + options
    yield from _section(title, _points(table, say, points, opposed))
    yield from _section(say.told(say("status_uncontested"), len(rest)), _changes(table, say, rest))
    sent = list(_sent(table, say))
    yield from _section(say.told(say("status_sent"), len(sent)), sent) if sent else ()
    pending = table.pending()
    yield from _section(
        say.told(say("status_pending"), len(pending)),
        (_pending(table, say, record) for record in pending),
    )
    yield from _contradicted(table, say)


def _statuses(table: ChairTable) -> list[PointStatus]:
    """Return how each point stands."""
    points = [region.id for region in table.open if region.outstanding]
    left = [status_of(r.record) for r in table.put_off if r.record.point and r.region not in points]
    recorded = {replayed.record.point for replayed in table.settled} - {0}
    return [*([PointStatus.OPEN] * len(points)), *left, *([PointStatus.RECORDED] * len(recorded))]


def _contradicted(table: ChairTable, say: Phrases) -> Iterator[StyledLine]:
    """Yield the records of two languages that settle one question differently, if any do."""
    pairs = [
        say.series(
            say.told(
                say("comma").join((_name(say, record), record.language, visible(record.path))),
                decided(say, record),
            )
            for record in pair
        )
        for pair in table.contradicted
    ]
    title = say.told(say("status_contradicted"), len(pairs))
    yield from _section(title, pairs) if pairs else ()


def _sent(table: ChairTable, say: Phrases) -> Iterator[str]:
    """Say of which proposals somebody had to say how they are to be read."""
    for proposal in table.consolidated.proposals:
        if how := sent_as(say, proposal.reading, proposal.reading_by):
            yield say.told(visible(proposal.id), how)


def _pending(table: ChairTable, say: Phrases, record: Record) -> str:
    """Say what is to be settled in this language too: where, and what was decided in the other."""
    index, lead = index_of(table.consolidated.base), record.places[0]
    path = record.path
    if lead.target in index.at:
        beside = phrases(record.language)("after", place="\n").split("\n")
        own = lead.stream is Stream.GAP and not all(part in record.path for part in beside)
        label = record.path.rpartition(" ")[2] if own else ""
        here = place(index, index.at[lead.target])
        path = f"{here} {label}" if parse(label) else here
    record_name = f"{say('record_n', n=record.number)}, {record.language}"
    return say.told(visible(path) + say.aside(record_name), decided(say, record))


def _counted(table: ChairTable, say: Phrases) -> str:
    levels = [f"{n} {level(say, level_of)}" for level_of, n in table.levels]
    count = say.told(say("status_recorded"), len(table.settled))
    return count + say.aside(say("comma").join(levels))


def _section(title: str, lines: Iterable[str]) -> Iterator[StyledLine]:
    texts = list(lines)
    if texts:
        yield StyledLine(pieces=(TextPiece(title, TextStyle.TITLE),), gap=True)
    for line in texts:
        yield StyledLine(
            lead=(TextPiece("  "),), pieces=(TextPiece(line),), rest=(TextPiece("      "),)
        )


def _rows(table: ChairTable, say: Phrases, records: Iterable[Replayed]) -> Iterator[str]:
    for replayed in records:
        record = replayed.record
        by = say("by_on", who=visible(record.by), date=say.day(record.at[:10]))
        # Of a record that stands as it was made there is nothing to say, in a list of many such.
        stands = say.told(say(f"now_{replayed.status}"), _why(table, say, replayed))
        parts = [
            say.told(f"{_name(say, record)}, {visible(record.path)}", decided(say, record)),
            *([] if replayed.status is Status.EXACT else [stands]),
            f"{say('record_n', n=record.number)}, {by}"
            + (f", {level(say, record.level)}" if record.level else ""),
        ]
        package = [say("package", name=visible(record.package))] if record.package else []
        yield " · ".join([*parts, *terms(say, record), *package])


def _name(say: Phrases, record: Record) -> str:
    return say("point", n=record.point) if record.point else record.region[:8]


def _why(table: ChairTable, say: Phrases, replayed: Replayed) -> str:
    if replayed.status is Status.LAPSED:
        return say("is_lapsed", n=replayed.by)
    if replayed.by:
        undone = any(
            r.number == replayed.by and r.act.withdraws and r.undoes == replayed.record.number
            for r in table.records
        )
        return say("undone_by" if undone else "replaced_by", n=replayed.by)
    reasons = [say(WHY[replayed.status])]
    now = {o.id: o for region in table.findings.regions for o in region.options}
    then = {o.id: o for o in replayed.record.options}
    if replayed.added and replayed.status in (Status.NEW_OPTION, Status.PLACE_CHANGED):
        new = [now[id] for id in replayed.added if id in now]
        reasons.append(say("new_options", list=_list(say, replayed.record, new)))
    if replayed.status is Status.AUTHORS_CHANGED:
        reasons += _behind(table, say, replayed)
    if replayed.lost:
        lost = [then[id] for id in replayed.lost if id in then]
        reasons.append(say("lost_options", list=_list(say, replayed.record, lost)))
    return say.series(reasons)


def _behind(table: ChairTable, say: Phrases, replayed: Replayed) -> Iterator[str]:
    """Say who has come, and who has gone, of those behind the options of a record."""
    now = {
        who.code
        for region in table.findings.regions
        if region.id == replayed.region
        for proposal in table.consolidated.proposals
        if proposal.id in region.sources
        for who in proposal.proponents
    }
    then = {name for option in replayed.record.options for name in option.proponents}
    for key, names in (("new_proponents", now - then), ("lost_proponents", then - now)):
        if names:
            yield say(key, list=visible(say.commas(sorted(names))))


def _list(say: Phrases, record: Record, options: Sequence[RecordedOption | Option]) -> str:
    return say.commas(does(say, record, option) for option in options)


def _points(
    table: ChairTable, say: Phrases, regions: Iterable[Region], opposed: frozenset[str]
) -> Iterator[str]:
    for region in regions:
        number = table.numbers.get(region.id)
        name = say("point", n=region.id[:8] if number is None else number)
        kinds = kinds_said(say, region)
        if region.id in opposed:
            kinds = say.told(
                say("position_apart"), asked(say, region, table.consolidated.base, most=LONGEST)
            )
        text = say.told(f"{name}, {visible(region.path)}", kinds)
        if region.standing is Standing.CONTESTED:
            order = [
                region.options.index(o) + 1 for o in furthest_first(table.consolidated, region)
            ]
            text += f" · {say('comma').join(map(str, order))}"
        yield text


def _changes(table: ChairTable, say: Phrases, phrases: Iterable[ShownPhrase]) -> Iterator[str]:
    """Say what each change does that the page shows as one, with the ids of all that is stored."""
    names = {p.id: [who.code for who in p.proponents] for p in table.consolidated.proposals}
    for phrase in phrases:
        region, ids = phrase.region, ", ".join(part.id[:8] for part in phrase.parts)
        does = asked(say, region, table.consolidated.base, most=LONGEST)
        does += noted(say, region, partial(_added, table))
        who = sorted({code for id in region.sources for code in names[id]})
        who_stands = say.told(say(region.standing), visible(say("comma").join(who)))
        yield say.told(f"{ids}, {visible(region.path)}" + say.aside(who_stands), does)


def _added(table: ChairTable, id: str) -> str:
    """Return the text of a provision that somebody adds."""
    added = (addition for marks in table.consolidated.lists for addition in marks.additions)
    return next((addition.provision.text for addition in added if addition.provision.id == id), "")


# -- JSON -----------------------------------------------------------------------------------------


def status_json(table: ChairTable) -> str:
    """Return the same for programs, schema ``resamend/status/1``."""
    table_of: dict[str, Any] = {
        "schema": "resamend/status/1",
        "language": table.consolidated.base.language.value,
        "counts": {
            "recorded": len(table.settled),
            "levels": {level.value if level else "": n for level, n in table.levels},
            "bracketed": len(table.put_off),
            "noted": len(table.replay.noted),
            "unsettled": len(table.replay.stale),
            "open": len(table.open),
            "unread": len(table.unread()),
        },
        "records": [_record(table, replayed) for replayed in table.replay.records],
        "open": [_open(table, region) for region in table.open],
        "pending": [
            {"record": r.number, "language": r.language.value, "path": r.path}
            for r in table.pending()
        ],
        "contradicted": [
            [{"record": r.number, "language": r.language.value, "path": r.path} for r in pair]
            for pair in table.contradicted
        ],
    }
    return json.dumps(table_of, ensure_ascii=False, indent=2) + "\n"


def _record(table: ChairTable, replayed: Replayed) -> dict[str, Any]:
    record = replayed.record
    return {
        "id": record.number,
        "point": record.point or None,
        "path": record.path,
        "decision": record.act.value,
        "status": replayed.status.value,
        "applied": replayed.applied,
        "why": _why(table, phrases(Language.EN), replayed),
        "region": replayed.region,
        "by": record.by,
        "at": record.at,
        "level": record.level.value if record.level else "",
    }


def _open(table: ChairTable, region: Region) -> dict[str, Any]:
    return {
        "id": region.id,
        "point": table.numbers.get(region.id),
        "path": region.path,
        "standing": region.standing.value,
        "opposed": region.id in table.opposed,
        "furthest_first": [o.id for o in furthest_first(table.consolidated, region)],
    }


# -- numbers --------------------------------------------------------------------------------------


def render_numbers(
    rows: Sequence[RenumberedProvision],
    table: ChairTable,
    *,
    ui: Language | None = None,
    width: int | None = None,
) -> str:
    """Return the table of old, each source's and final numbers: a row a provision, tabs between."""
    say = phrases_for(table.consolidated.base, ui)
    head = [say("numbers_old"), *table.consolidated.sources, say("numbers_new")]
    lines = ["\t".join(head)]
    for row in rows:
        cells = [row.old, *(name for _, name in row.sources), row.new]
        lines.append("\t".join(visible(cell) or say("numbers_none") for cell in cells))
    return "\n".join(lines) + "\n"
