"""What is said of a provision and of an option, in a delegate's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgspec.structs import replace

from resamend.conflict import OptionKind, Region
from resamend.consolidation import Sources
from resamend.escaping import visible
from resamend.page.front import Warned, citing, warned
from resamend.page.options import Names
from resamend.page.presentation import Presentation
from resamend.page.values import Remark, RemarkKind
from resamend.redlines import (
    Block,
    Choice,
    OptionView,
    Redline,
    Relabelled,
    Span,
    View,
    rivals,
)


def remarks(
    presentation: Presentation, block: Block, *, changed_there: bool = False
) -> Iterator[Remark]:
    """Yield what is to be said below a provision: moves, joins, splits, NOC with its reasons.

    ``changed_there`` says that the words of one that moves are changed, which its new place shows.
    """
    say = presentation.say
    if block.way or block.moved_to:
        key = f"moved_{block.way}" if block.way else "joined_to"
        core = say(key, place=spot(presentation, block.moved_to))
        there = say("semicolon") + say("shown_there") if changed_there else ""
        yield _remark(presentation, RemarkKind.MOVED, core, block.struck, there, there)
    if block.moved_from:
        core = say("moved_from", place=presentation.theirs(block.moved_from))
        yield _remark(presentation, RemarkKind.ARRIVED, core, block.added)
    if block.split:
        yield _remark(presentation, RemarkKind.SPLIT, say("split_off"), block.split)
    for pairs, sources in block.renumbered:
        core = say("renumbered_below", numbers=renumbering(presentation, pairs))
        yield _remark(presentation, RemarkKind.RENUMBERED, core, sources)
    for source, keep in block.kept:
        core = say.told(say.sign("NOC"), say("noc_kept" if keep.emphasised else "noc"))
        reasons = presentation.theirs(keep.reasons.strip()) if presentation.named else ""
        more = say("with_reasons", text=reasons) if reasons else ""
        yield _remark(presentation, RemarkKind.NO_CHANGE, core, (source,), more)
    if block.records or block.unsettled:
        yield from _recorded(presentation, block)


def broken_references(presentation: Presentation) -> dict[int, list[Remark]]:
    """Say of each reference that breaks where it stands, by the place of its block."""
    redline = presentation.redline
    bare = replace(presentation, names=Names.NONE)
    remarks: dict[int, list[Remark]] = defaultdict(list)
    regions = redline.findings.warnings if redline.view is View.REDLINE else ()
    for region, row, nameless in zip(regions, warned(presentation), warned(bare), strict=False):
        text, core = (_broken(presentation, one) for one in (row, nameless))
        remark = Remark(kind=RemarkKind.REFERENCE, text=text, bare=core, core=core)
        remarks[_citing_place(redline, region)].append(remark)
    return remarks


def _broken(presentation: Presentation, row: Warned) -> str:
    say = presentation.say
    reference = f"{say('broken-reference').capitalize()} · {row.quoted}"
    return say.told(reference, say.series(row.effects))


def _citing_place(redline: Redline, region: Region) -> int:
    """Return the block that cites: the one with the words, where they are somebody's addition."""
    phrase, citers = citing(region)
    added = (
        place
        for place, shown in enumerate(redline.blocks)
        for block in (shown, *_offered(shown, citers))
        if set(citers) & set(block.added)
        and phrase in "".join(p.text for p in block.pieces if isinstance(p, Span))
    )
    own = (k for k, block in enumerate(redline.blocks) if block.id == region.target)
    return next(added, next(own, -1))


def _offered(block: Block, citers: Sources) -> Iterator[Block]:
    """Yield the provisions that some offer where others offer something else."""
    for option in block.choice.options if block.choice else ():
        if set(option.sources) & set(citers):
            yield from (replace(inner, added=option.sources) for inner in option.blocks)


def renumbering(presentation: Presentation, pairs: Relabelled) -> str:
    """Say which numbers become which."""
    say = presentation.say
    return say("comma").join(say.becomes(visible(old), visible(new)) for old, new in pairs)


def _remark(
    presentation: Presentation,
    kind: RemarkKind,
    core: str,
    sources: Sources,
    more: str = "",
    bare: str = "",
) -> Remark:
    text = core + presentation.say.aside(presentation.who(sources)) + more
    return Remark(kind=kind, text=text, bare=core + bare, core=core, sources=sources)


def _recorded(presentation: Presentation, block: Block) -> Iterator[Remark]:
    """Say what is recorded of a provision, its mark as the core, and which records hold no more."""
    from resamend.page.records import record_line, record_mark, stale_line

    for record in block.records:
        text, bare = (
            record_line(presentation, record, named=named) for named in (presentation.named, False)
        )
        mark = record_mark(presentation.say, record)
        yield Remark(kind=RemarkKind.RECORD, text=text, bare=bare, core=mark)
    for replayed in block.unsettled:
        text = stale_line(presentation, replayed, named=presentation.named)
        bare = stale_line(presentation, replayed, named=False)
        yield Remark(kind=RemarkKind.RECORD, text=text, bare=bare)


def marked(remark: Remark) -> Remark:
    """Return the mark of a record in the place of what it says, which an annex has in full."""
    if remark.kind is not RemarkKind.RECORD or not remark.core:
        return remark
    return replace(remark, text=remark.core, bare=remark.core)


def decisions(presentation: Presentation) -> tuple[tuple[str, Remark], ...]:
    """Say in full what is recorded, by number, each with the place that it is about."""
    redline = presentation.redline
    records = [r.record for r in redline.records if r.applied and redline.view is View.REDLINE]
    if not records:
        return ()
    from resamend.page.records import record_line

    named = presentation.named
    lines = [[record_line(presentation, r, named=n) for n in (named, False)] for r in records]
    return tuple(
        (visible(record.path), Remark(kind=RemarkKind.RECORD, text=text, bare=bare))
        for record, (text, bare) in zip(records, lines, strict=True)
    )


def spot(presentation: Presentation, path: str) -> str:
    """Name a place by which something moves; the resolution as a whole has no path."""
    return presentation.theirs(path) or presentation.say("the_resolution")


def deed(presentation: Presentation, choice: Choice, option: OptionView) -> str:
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
        does = say(f"move_{option.way}", place=where)
        return say.told(spot(presentation, option.moves), does) if option.moves else does
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
        does = say(simple[option.deed])
        return f"{does}: {where}" if option.place else does
    if option.deed is OptionKind.JOIN:
        return say("join_to", place=where)
    return say("numbered") if option.deed is OptionKind.LABEL else ""
