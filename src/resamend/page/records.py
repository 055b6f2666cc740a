"""What is said of a record, in a delegate's words."""

from __future__ import annotations

from collections.abc import Iterator

from resamend.conflict import Option, OptionKind
from resamend.decision import DecisionKind, Level, Record, RecordedOption, Replayed, Status
from resamend.escaping import visible
from resamend.model import OBJECT, Language
from resamend.page.changes import parted
from resamend.page.presentation import Presentation
from resamend.page.vocabulary import Phrases
from resamend.words import shortened

LONGEST = 60
"""Code points of a text that is quoted in a line."""
_ACTS = {
    DecisionKind.KEEP: "act_keep",
    DecisionKind.TAKE: "act_take",
    DecisionKind.BOTH: "act_both",
    DecisionKind.TEXT: "act_text",
    DecisionKind.SUPPRESS: "act_suppress",
    DecisionKind.RETAIN: "act_retain",
    DecisionKind.NO_CHANGE: "act_no-change",
    DecisionKind.AMENDABLE: "act_amendable",
    DecisionKind.BRACKET: "act_bracket",
    DecisionKind.DEFER: "act_defer",
    DecisionKind.ACKNOWLEDGE: "act_acknowledge",
    DecisionKind.UNDO: "act_undo",
    DecisionKind.REOPEN: "act_reopen",
}
_LEVELS = {
    None: "level_none",
    Level.AD_HOC: "level_ad-hoc",
    Level.COMMITTEE: "level_committee",
    Level.EDITORIAL: "level_editorial",
    Level.PLENARY: "level_plenary",
}

WHY = {status: f"is_{status}" for status in Status}
"""Why a record has its status."""


def stale_line(
    presentation: Presentation, replayed: Replayed, *, named: bool, withdrawn: bool = False
) -> str:
    """Say below a provision that a record about it holds no more, and why.

    ``withdrawn`` if the later record that it gives way to takes it back, and replaces it by none.
    """
    say, record = presentation.say, replayed.record
    about = say.told(say("point", n=record.point), "") if record.point else ""
    number = say("record_n", n=record.number)
    decision = decided(say, record, named=named)
    lapsed = replayed.status is Status.LAPSED
    by = WHY[replayed.status] if lapsed else "undone_by" if withdrawn else "replaced_by"
    reason = say(by if replayed.by else WHY[replayed.status], n=replayed.by)
    why = reason + say.aside(decision)
    return about + say.told(number, say.told(say(f"now_{replayed.status}"), why))


def record_mark(say: Phrases, record: Record) -> str:
    """Mark a provision about which something is recorded: how it stands, and by which record."""
    agreed = say("agreed_at", level=level(say, record.level)) if record.level else say("recorded")
    stands = say(_ACTS[record.act]) if record.act.leaves else f"✓ {agreed}"
    return f"{stands} · {say('record_n', n=record.number)}"


def record_line(presentation: Presentation, record: Record, *, named: bool) -> str:
    """Say below a provision what was decided about it, at which level and by whom."""
    say = presentation.say
    people = [level(say, record.level)] if record.level else []
    people += [visible(record.by)] if named else []
    about = say.told(say("point", n=record.point), "") if record.point else ""
    if not record.point:
        people.insert(0, say("record_n", n=record.number))
    decision = decided(say, record, named=named)
    record_of = say.told(say("recorded") + say.aside(say("comma").join(people)), decision)
    return about + " · ".join([record_of, *terms(say, record, named=named)])


def terms(say: Phrases, record: Record, *, named: bool = True) -> Iterator[str]:
    """Say on which condition something was decided, and who has a reservation."""
    if record.condition:
        yield say("subject_to", text=visible(record.condition))
    if record.reservations and named:
        yield say("reserved_by", who=visible(say.commas(record.reservations)))


def decided(say: Phrases, record: Record, *, named: bool = True) -> str:
    """Say what a record decides; where it has no point, also which change is left open."""
    phrase = _ACTS[record.act]
    if record.act in (DecisionKind.TAKE, DecisionKind.BOTH):
        options = {option.id: option for option in record.options}
        effects = [_option(say, record, options[id], named=named) for id in record.chosen]
        return say(phrase, text=" + ".join(effects))
    if record.act.leaves and not record.point and len(record.options) == 1:
        return say.told(say(phrase), _option(say, record, record.options[0], named=named))
    return say(phrase, text=quoted(say, record.text, record.language), n=record.undoes)


def _option(say: Phrases, record: Record, option: RecordedOption, *, named: bool) -> str:
    effect = does(say, record, option)
    if not named:
        return effect
    return effect + say.aside(say.theirs(visible(say.commas(option.proponents)), Language.EN))


def does(say: Phrases, record: Record, option: RecordedOption | Option) -> str:
    """Say what an option does: its words, or what becomes of the paragraph."""
    language = record.language
    place = say.theirs(visible(option.place), language)
    if option.deed is OptionKind.MOVE and option.way:
        effect = say(f"move_{option.way}", place=place or say("the_resolution"))
        other = option.text != record.base  # another paragraph than the one that the point names
        return say.told(quoted(say, option.text, language), effect) if other else effect
    if option.deed is OptionKind.JOIN:
        return say("join_to", place=place)
    if option.deed is OptionKind.LABEL and not option.text:
        return say("renumbered")
    deeds = {OptionKind.SUPPRESS: "suppress", OptionKind.KEEP: "keep"}
    text = parted(record.base, option.text, LONGEST)[1]  # two options that begin alike differ later
    return say(deeds[option.deed]) if option.deed in deeds else quoted(say, text, language)


def quoted(say: Phrases, text: str, language: Language) -> str:
    """Quote a text in one line, its beginning where it is long."""
    flat = visible(" ".join(text.replace(OBJECT, "¶").split()))
    if flat in ("", "¶"):
        return say("divide" if flat else "delete_words")
    return say.quoted(say.theirs(shortened(flat, LONGEST), language))


def level(say: Phrases, level: Level | None) -> str:
    """Say who has agreed."""
    return say(_LEVELS[level])
