"""What is said of a provision, a point and an option, in a delegate's words."""

from __future__ import annotations

from collections.abc import Iterator

from resamend.conflict import OptionKind, Region, Standing
from resamend.redline import Block, Choice, OptionView, rivals
from resamend.renderers.edition import Edition
from resamend.renderers.escaping import visible
from resamend.renderers.lines import Piece, Style
from resamend.renderers.places import Places
from resamend.renderers.summary import kinds, named

__all__ = ["deed", "option_line", "point_line", "remarks", "spot"]


def remarks(edition: Edition, places: Places, block: Block) -> Iterator[Piece]:
    """Yield what is to be said below a provision: moves, joins, splits, NOC with its reasons."""
    say = edition.say
    if block.way or block.moved_to:
        key = f"moved_{block.way}" if block.way else "joined_to"
        there = say("semicolon") + say("shown_there") if places.changed_there(block) else ""
        yield _said(edition, say(key, place=spot(edition, block.moved_to)), block.struck, there)
    if block.moved_from:
        yield _said(edition, say("moved_from", place=edition.theirs(block.moved_from)), block.added)
    if block.split:
        yield _said(edition, say("split_off"), block.split)
    for pairs, sources in block.renumbered:
        numbers = say("comma").join(say.becomes(visible(old), visible(new)) for old, new in pairs)
        yield _said(edition, say("renumbered_below", numbers=numbers), sources)
    for source, keep in block.kept:
        told = say.told("NOC", say("noc_kept" if keep.emphasised else "noc"))
        reasons = visible(keep.reasons.strip()) if edition.named else ""
        more = say("with_reasons", text=reasons) if reasons else ""
        yield _said(edition, told, (source,), more)
    if block.records or block.unsettled:
        yield from _recorded(edition, block)


def _recorded(edition: Edition, block: Block) -> Iterator[Piece]:
    """Yield what is recorded of a provision, and which records hold no more."""
    from resamend.renderers.records import record_line, stale_line

    for record in block.records:
        yield Piece(record_line(edition, record), Style.NOTE)
    for each in block.unsettled:
        yield Piece(stale_line(edition, each), Style.NOTE)


def spot(edition: Edition, path: str) -> str:
    """Name a place by which something moves; the resolution as a whole has no path."""
    return edition.theirs(path) or edition.say("the_resolution")


def _said(edition: Edition, told: str, sources: tuple[str, ...], more: str = "") -> Piece:
    return Piece(told + edition.say.aside(edition.who(sources)) + more, Style.NOTE, sources)


def point_line(edition: Edition, region: Region) -> list[Piece]:
    """Return the line that opens a point: its name and kinds; who, where it has no options."""
    pieces = [
        Piece(named(edition, region), Style.POINT),
        Piece(f" · {kinds(edition, region)}", Style.NOTE),
    ]
    if region.standing is not Standing.CONTESTED:
        told = edition.say.aside(edition.say.series(edition.sides(region)))
        pieces += [Piece(told, Style.NAMES)] if told else []
    return pieces


def option_line(
    edition: Edition, places: Places, choice: Choice, option: OptionView
) -> list[Piece]:
    """Return how an option begins: its number, who is behind it, and what it does."""
    behind = edition.say.aside(edition.who(option.sources))
    told = deed(edition, places, choice, option)
    return [
        Piece(edition.say("option", n=option.number), Style.POINT),
        *([Piece(behind, Style.NAMES, option.sources)] if behind else []),
        Piece(edition.say("colon")),
        *([Piece(told)] if told else []),
    ]


def deed(edition: Edition, places: Places, choice: Choice, option: OptionView) -> str:
    """Say what an option does, where its words do not say it."""
    say = edition.say
    if not option.sources and option.deed is OptionKind.KEEP:
        return say("no_resolution" if rivals(choice.region) else "no_change")
    if option.deed is OptionKind.ADD and choice.part:
        return "" if option.blocks else say("nothing_here")
    if choice.laid_out:
        return say("beside")
    where = spot(edition, option.place)
    if option.deed is OptionKind.MOVE:
        told = say(f"move_{option.way}", place=where)
        return say.told(spot(edition, option.moves), told) if option.moves else told
    if option.deed is OptionKind.WORDS:
        return "" if option.spans else say("delete_words")
    simple = {
        OptionKind.SUPPRESS: "suppress",
        OptionKind.KEEP: "keep",
        OptionKind.RETAIN: "retain",
        OptionKind.AMENDABLE: "amendable",
        OptionKind.VERSION: "version_of",
    }
    if option.deed in simple:
        told = say(simple[option.deed])
        return f"{told}: {where}" if option.place else told
    if option.deed is OptionKind.JOIN:
        return say("join_to", place=where)
    return say("numbered") if option.deed is OptionKind.LABEL else ""
