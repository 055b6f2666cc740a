"""What is said of a provision, a point and an option, in a delegate's words."""

from __future__ import annotations

from collections.abc import Iterator

from resamend.conflict import OptionKind, Region, Standing
from resamend.escaping import visible
from resamend.page.front import kinds, named
from resamend.page.places import Places
from resamend.page.presentation import Presentation
from resamend.redlines import Block, Choice, OptionView, rivals
from resamend.renderers.lines import TextPiece, TextStyle


def remarks(presentation: Presentation, places: Places, block: Block) -> Iterator[TextPiece]:
    """Yield what is to be said below a provision: moves, joins, splits, NOC with its reasons."""
    say = presentation.say
    if block.way or block.moved_to:
        key = f"moved_{block.way}" if block.way else "joined_to"
        there = say("semicolon") + say("shown_there") if places.changed_there(block) else ""
        yield _said(
            presentation, say(key, place=spot(presentation, block.moved_to)), block.struck, there
        )
    if block.moved_from:
        yield _said(
            presentation,
            say("moved_from", place=presentation.theirs(block.moved_from)),
            block.added,
        )
    if block.split:
        yield _said(presentation, say("split_off"), block.split)
    for pairs, sources in block.renumbered:
        numbers = say("comma").join(say.becomes(visible(old), visible(new)) for old, new in pairs)
        yield _said(presentation, say("renumbered_below", numbers=numbers), sources)
    for source, keep in block.kept:
        told = say.told("NOC", say("noc_kept" if keep.emphasised else "noc"))
        reasons = visible(keep.reasons.strip()) if presentation.named else ""
        more = say("with_reasons", text=reasons) if reasons else ""
        yield _said(presentation, told, (source,), more)
    if block.records or block.unsettled:
        yield from _recorded(presentation, block)


def _recorded(presentation: Presentation, block: Block) -> Iterator[TextPiece]:
    """Yield what is recorded of a provision, and which records hold no more."""
    from resamend.page.records import record_line, stale_line

    for record in block.records:
        yield TextPiece(record_line(presentation, record), TextStyle.NOTE)
    for each in block.unsettled:
        yield TextPiece(stale_line(presentation, each), TextStyle.NOTE)


def spot(presentation: Presentation, path: str) -> str:
    """Name a place by which something moves; the resolution as a whole has no path."""
    return presentation.theirs(path) or presentation.say("the_resolution")


def _said(
    presentation: Presentation, told: str, sources: tuple[str, ...], more: str = ""
) -> TextPiece:
    return TextPiece(
        told + presentation.say.aside(presentation.who(sources)) + more, TextStyle.NOTE, sources
    )


def point_line(presentation: Presentation, region: Region) -> list[TextPiece]:
    """Return the line that opens a point: its name and kinds; who, where it has no options."""
    pieces = [
        TextPiece(named(presentation, region), TextStyle.POINT),
        TextPiece(f" · {kinds(presentation, region)}", TextStyle.NOTE),
    ]
    if region.standing is not Standing.CONTESTED:
        told = presentation.say.aside(presentation.say.series(presentation.sides(region)))
        pieces += [TextPiece(told, TextStyle.NAMES)] if told else []
    return pieces


def option_line(
    presentation: Presentation, places: Places, choice: Choice, option: OptionView
) -> list[TextPiece]:
    """Return how an option begins: its number, who is behind it, and what it does."""
    behind = presentation.say.aside(presentation.who(option.sources))
    told = deed(presentation, places, choice, option)
    return [
        TextPiece(presentation.say("option", n=option.number), TextStyle.POINT),
        *([TextPiece(behind, TextStyle.NAMES, option.sources)] if behind else []),
        TextPiece(presentation.say("colon")),
        *([TextPiece(told)] if told else []),
    ]


def deed(presentation: Presentation, places: Places, choice: Choice, option: OptionView) -> str:
    """Say what an option does, where its words do not say it."""
    say = presentation.say
    if not option.sources and option.deed is OptionKind.KEEP:
        return say("no_resolution" if rivals(choice.region) else "no_change")
    if option.deed is OptionKind.ADD and choice.part:
        return "" if option.blocks else say("nothing_here")
    if choice.laid_out:
        return say("beside")
    where = spot(presentation, option.place)
    if option.deed is OptionKind.MOVE:
        told = say(f"move_{option.way}", place=where)
        return say.told(spot(presentation, option.moves), told) if option.moves else told
    if option.deed is OptionKind.WORDS:
        return "" if option.spans else say("delete_words")
    simple = {
        OptionKind.SUPPRESS: "suppress",
        OptionKind.KEEP: "keep",
        OptionKind.VERSION: "version_of",
    }
    if option.deed in simple:
        told = say(simple[option.deed])
        return f"{told}: {where}" if option.place else told
    if option.deed is OptionKind.JOIN:
        return say("join_to", place=where)
    return say("numbered") if option.deed is OptionKind.LABEL else ""
