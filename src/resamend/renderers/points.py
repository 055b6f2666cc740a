"""Write the outstanding points: all of them as a list, or one with everything about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from resamend.conflict import Region, Standing
from resamend.consolidation import Sources
from resamend.escaping import visible
from resamend.matching import index_of
from resamend.model import Language
from resamend.page.changes import asked, noted
from resamend.page.excerpts import excerpt
from resamend.page.front import banner, named, point_rows
from resamend.page.options import Names
from resamend.page.places import choice_of, choices
from resamend.page.presentation import Presentation, present
from resamend.page.runs import expanded
from resamend.redlines import Choice, Redline, Relabelled, Span
from resamend.renderers.lines import TextLine, TextPiece, TextStyle, broken, plain
from resamend.renderers.text_front_matter import titled, typography, warnings
from resamend.renderers.text_layout import stack

_NEAR = 7
"""Words shown on each side of a point in the list."""
_CLASSES = (Standing.IDENTICAL, Standing.SINGLE, Standing.CONSEQUENTIAL)


def render_points(
    redline: Redline,
    *,
    names: Names = Names.NAMES,
    ui: Language | None = None,
    width: int | None = None,
    everything: bool = False,
) -> str:
    """Return the outstanding points as a list; with ``everything``, all other changes too."""
    told = present(expanded(redline), names, ui)
    return plain(broken(_points(told, everything=everything), width))


def render_point(
    redline: Redline,
    region: Region,
    *,
    names: Names = Names.NAMES,
    ui: Language | None = None,
    width: int | None = None,
) -> str:
    """Return one point: the text in force, its options, and the reasons of those behind them."""
    told = present(expanded(redline), names, ui)
    return plain(broken(_point(told, region), width))


def _points(presentation: Presentation, *, everything: bool) -> Iterator[TextLine]:
    warning = banner(presentation)
    if warning:
        yield titled(f"*** {warning} ***", TextStyle.BANNER)
    rows = point_rows(presentation)
    yield titled(presentation.say.told(presentation.say("points"), len(rows)), TextStyle.TITLE)
    shown = _shown(presentation)
    for row in rows:
        region = presentation.regions[row.id]
        yield titled(visible(region.path), TextStyle.HEADING, gap=True)
        yield from _place(presentation, region, near=_NEAR)
        yield from stack(presentation, shown[row.id], indent=2)
        yield from _parts(presentation, region, indent=2)
    yield from warnings(presentation)
    recorded = (Standing.RECORDED,) if presentation.redline.records else ()
    for standing in (*_CLASSES, *recorded) if everything else ():
        yield from _class(presentation, standing)
    if everything:
        listed = presentation.redline.findings.editorial
        told = presentation.say.told(presentation.say("editorial").capitalize(), len(listed))
        yield titled(told, TextStyle.TITLE, gap=True)
        yield from typography(presentation, listed)


def _shown(presentation: Presentation) -> dict[str, Choice]:
    """Return each outstanding point as it stands in the draft, the text in force beside it."""
    there = {
        choice.region.id: replace(choice, laid_out=False)
        for choice in choices(presentation.redline.blocks)
        if not choice.again and not choice.part
    }
    return {
        region.id: there.get(region.id) or choice_of(region)
        for region in presentation.redline.findings.outstanding
    }


def _place(
    presentation: Presentation, region: Region, *, near: int | None = None
) -> Iterator[TextLine]:
    """Show where in a provision a point stands: the words in force around it."""
    found = excerpt(presentation.redline, region.id)
    if found is None:
        return
    found = found.near(near) if near else found
    name, base = named(presentation, region), found.base
    space = " " if found.before and not base.strip() else base[: len(base) - len(base.lstrip())]
    told = presentation.say.told("", visible(base.strip())) if base.strip() else ""
    pieces = (
        TextPiece(visible(f"{found.label} {found.before}{space}".lstrip())),
        TextPiece("["),
        TextPiece(name, TextStyle.POINT),
        TextPiece(f"{told}]"),
        TextPiece(visible(found.after)),
    )
    yield TextLine(lead=(TextPiece("  "),), pieces=pieces, rest=(TextPiece("  "),))


def _parts(presentation: Presentation, region: Region, *, indent: int) -> Iterator[TextLine]:
    """Say what the changes are that stand next to each other."""
    if region.standing is Standing.CONTESTED:
        return
    for part in presentation.parts(region):
        who = presentation.who(part.sources)
        does = _does(presentation, part)
        if part.standing is Standing.CONTESTED:
            does = presentation.say("see", point=named(presentation, part))
        elif who:
            does = presentation.say.told(who, does)
        before = (TextPiece(" " * indent), TextPiece("| ", TextStyle.BAR))
        yield TextLine(lead=before, pieces=(TextPiece(does),), rest=(*before, TextPiece("    ")))


def _class(presentation: Presentation, standing: Standing) -> Iterator[TextLine]:
    """List the changes of one class, each with its id, so that it can be recorded too."""
    regions = presentation.redline.findings.standing(standing)
    numbers = {
        block.id: block.renumbered for block in presentation.redline.blocks if block.renumbered
    }
    yield TextLine(
        pieces=(
            TextPiece(
                presentation.say.told(presentation.say(standing).capitalize(), len(regions)),
                TextStyle.TITLE,
            ),
        ),
        gap=True,
    )
    for region in regions:
        who = presentation.say.aside(presentation.who(region.sources))
        lead = TextPiece(f"  {region.id[:8]}  ", TextStyle.NOTE)
        does = _does(presentation, region)
        if not region.options:
            does += _renumbered(presentation, numbers.get(region.target, ()))
        line = presentation.say.told(visible(region.path) + who, does)
        yield TextLine(lead=(lead,), pieces=(TextPiece(line),), rest=(TextPiece(" " * 12),))


def _does(presentation: Presentation, region: Region) -> str:
    """Say what an uncontested change does, with the footnotes that it puts in."""

    def text_of(id: str) -> str:
        found = (b for b in presentation.redline.blocks if b.id == id and b.added)
        spans = (span for block in found for span in block.pieces if isinstance(span, Span))
        return "".join(span.text for span in spans)

    said = asked(presentation.say, region, presentation.redline.base)
    return said + noted(presentation.say, region, text_of)


def _renumbered(presentation: Presentation, each: Iterable[tuple[Relabelled, Sources]]) -> str:
    """Say who numbers a list how."""
    say = presentation.say
    ways = []
    for pairs, sources in each:
        numbers = say("comma").join(say.becomes(visible(old), visible(new)) for old, new in pairs)
        ways.append(numbers + say.aside(presentation.who(sources)))
    return say.told("", say.series(ways)) if ways else ""


def _point(presentation: Presentation, region: Region) -> Iterator[TextLine]:
    warning = banner(presentation)
    if warning:
        yield titled(f"*** {warning} ***", TextStyle.BANNER)
    yield titled(visible(region.path), TextStyle.TITLE)
    yield titled(f"id {region.id}", TextStyle.NOTE)
    yield titled(
        presentation.say.told(presentation.say("text_in_force").capitalize(), "").rstrip(),
        TextStyle.HEADING,
        gap=True,
    )
    yield from _text_in_force(presentation, region)
    yield TextLine()
    if region.standing is Standing.WARNING:
        yield from warnings(presentation, only=region.id)
    elif region.outstanding:
        yield from stack(presentation, _shown(presentation)[region.id])
        yield from _parts(presentation, region, indent=0)
    else:
        yield titled(_uncontested(presentation, region))
    yield from _reasons(presentation, region)


def _uncontested(presentation: Presentation, region: Region) -> str:
    """Say of a change that is no point how it stands, who asks for it and what it does."""
    people, who = (
        presentation.people(region.sources),
        presentation.say.aside(presentation.who(region.sources)),
    )
    same = region.standing is Standing.IDENTICAL
    said = (
        presentation.say("same_text", n=len(people)) if same else presentation.say(region.standing)
    )
    does = _does(presentation, region)
    return presentation.say.told(said.capitalize() + who, does)


def _text_in_force(presentation: Presentation, region: Region) -> Iterator[TextLine]:
    lines = list(_place(presentation, region))
    if lines:
        yield from lines
        return
    if region.standing is Standing.ADJACENT:  # it is of no one stretch of words
        known = index_of(presentation.redline.base)
        whole = known.nodes[known.at[region.target]]
        yield titled(visible(f"{whole.label} {whole.text}".strip()), indent=2)
        return
    for line in region.base.strip().splitlines() or [presentation.say("nothing_here")]:
        yield titled(visible(line.strip()), indent=2)


def _reasons(presentation: Presentation, region: Region) -> Iterator[TextLine]:
    if not presentation.named:
        return
    for source in presentation.redline.sources:
        if source.id in region.sources and source.reasons:
            told = presentation.say("reasons") + presentation.say.aside(visible(source.id))
            told = presentation.say.told(told, "")
            yield TextLine(
                pieces=(
                    TextPiece(told, TextStyle.HEADING),
                    TextPiece(visible(_plain(source.reasons))),
                ),
                rest=(TextPiece("  "),),
                gap=True,
            )


def _plain(reasons: str) -> str:
    """Return reasons without the word that introduces them."""
    _, colon, rest = reasons.partition(":")
    return " ".join((rest if colon and len(reasons) - len(rest) < 12 else reasons).split())
