"""Write the outstanding points: all of them as a list, or one with everything about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from resamend.conflict import Region, Standing
from resamend.consolidation import Sources
from resamend.matching import index_of
from resamend.model import NOTE, OBJECT, Language
from resamend.redline import Choice, Redline, Relabelled, Span
from resamend.renderers.apparatus import titled, typography, warnings
from resamend.renderers.changes import asked, noted
from resamend.renderers.edition import Edition, Names, edition
from resamend.renderers.escaping import visible
from resamend.renderers.excerpts import excerpt
from resamend.renderers.layout import stack
from resamend.renderers.lines import Line, Piece, Style, broken, plain
from resamend.renderers.places import choice_of, choices
from resamend.renderers.summary import banner, named, point_rows
from resamend.renderers.tidy import expanded

__all__ = ["render_point", "render_points"]

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
    told = edition(expanded(redline), names, ui)
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
    told = edition(expanded(redline), names, ui)
    return plain(broken(_point(told, region), width))


def _points(edition: Edition, *, everything: bool) -> Iterator[Line]:
    warning = banner(edition)
    if warning:
        yield titled(f"*** {warning} ***", Style.BANNER)
    rows = point_rows(edition)
    yield titled(edition.say.told(edition.say("points"), len(rows)), Style.TITLE)
    shown = _shown(edition)
    for row in rows:
        region = edition.regions[row.id]
        yield titled(visible(region.path), Style.HEADING, gap=True)
        yield from _place(edition, region, near=_NEAR)
        yield from stack(edition, shown[row.id], indent=2)
        yield from _parts(edition, region, indent=2)
    yield from warnings(edition)
    recorded = (Standing.RECORDED,) if edition.redline.records else ()
    for standing in (*_CLASSES, *recorded) if everything else ():
        yield from _class(edition, standing)
    if everything:
        listed = edition.redline.findings.editorial
        told = edition.say.told(edition.say("editorial").capitalize(), len(listed))
        yield titled(told, Style.TITLE, gap=True)
        yield from typography(edition, listed)


def _shown(edition: Edition) -> dict[str, Choice]:
    """Return each outstanding point as it stands in the draft, the text in force beside it."""
    there = {
        choice.region.id: replace(choice, laid_out=False)
        for choice in choices(edition.redline.blocks)
        if not choice.again and not choice.part
    }
    return {
        region.id: there.get(region.id) or choice_of(region)
        for region in edition.redline.findings.outstanding
    }


def _place(edition: Edition, region: Region, *, near: int | None = None) -> Iterator[Line]:
    """Show where in a provision a point stands: the words in force around it."""
    found = excerpt(edition.redline, region.id)
    if found is None:
        return
    found = found.near(near) if near else found
    name, base = named(edition, region), found.base
    space = " " if found.before and not base.strip() else base[: len(base) - len(base.lstrip())]
    told = edition.say.told("", visible(base.strip())) if base.strip() else ""
    pieces = (
        Piece(visible(f"{found.label} {found.before}{space}".lstrip())),
        Piece("["),
        Piece(name, Style.POINT),
        Piece(f"{told}]"),
        Piece(visible(found.after)),
    )
    yield Line(lead=(Piece("  "),), pieces=pieces, rest=(Piece("  "),))


def _parts(edition: Edition, region: Region, *, indent: int) -> Iterator[Line]:
    """Say what the changes are that stand next to each other."""
    if region.standing is Standing.CONTESTED:
        return
    if region.composed:
        told = edition.say.told(edition.say("reads"), edition.say.quoted(_flat(region.composed)))
        lead = (Piece(" " * indent), Piece("| ", Style.BAR))
        yield Line(lead=lead, pieces=(Piece(told),), rest=(*lead, Piece("    ")))
    for part in edition.parts(region):
        who = edition.who(part.sources)
        does = _does(edition, part)
        if part.standing is Standing.CONTESTED:
            does = edition.say("see", point=named(edition, part))
        elif who:
            does = edition.say.told(who, does)
        before = (Piece(" " * indent), Piece("| ", Style.BAR))
        yield Line(lead=before, pieces=(Piece(does),), rest=(*before, Piece("    ")))


def _flat(text: str) -> str:
    return visible(" ".join(text.replace(OBJECT, NOTE).split()))


def _class(edition: Edition, standing: Standing) -> Iterator[Line]:
    """List the changes of one class, each with its id, so that it can be recorded too."""
    regions = edition.redline.findings.standing(standing)
    numbers = {block.id: block.renumbered for block in edition.redline.blocks if block.renumbered}
    yield Line(
        pieces=(
            Piece(edition.say.told(edition.say(standing).capitalize(), len(regions)), Style.TITLE),
        ),
        gap=True,
    )
    for region in regions:
        who = edition.say.aside(edition.who(region.sources))
        lead = Piece(f"  {region.id[:8]}  ", Style.NOTE)
        does = _does(edition, region)
        if not region.options:
            does += _renumbered(edition, numbers.get(region.target, ()))
        line = edition.say.told(visible(region.path) + who, does)
        yield Line(lead=(lead,), pieces=(Piece(line),), rest=(Piece(" " * 12),))


def _does(edition: Edition, region: Region) -> str:
    """Say what an uncontested change does, with the footnotes that it puts in."""

    def text_of(id: str) -> str:
        found = (b for b in edition.redline.blocks if b.id == id and b.added)
        spans = (span for block in found for span in block.pieces if isinstance(span, Span))
        return "".join(span.text for span in spans)

    said = asked(edition.say, region, edition.redline.base)
    return said + noted(edition.say, region, text_of)


def _renumbered(edition: Edition, each: Iterable[tuple[Relabelled, Sources]]) -> str:
    """Say who numbers a list how."""
    say = edition.say
    ways = []
    for pairs, sources in each:
        numbers = say("comma").join(say.becomes(visible(old), visible(new)) for old, new in pairs)
        ways.append(numbers + say.aside(edition.who(sources)))
    return say.told("", say.series(ways)) if ways else ""


def _point(edition: Edition, region: Region) -> Iterator[Line]:
    warning = banner(edition)
    if warning:
        yield titled(f"*** {warning} ***", Style.BANNER)
    yield titled(visible(region.path), Style.TITLE)
    yield titled(f"id {region.id}", Style.NOTE)
    yield titled(
        edition.say.told(edition.say("text_in_force").capitalize(), "").rstrip(),
        Style.HEADING,
        gap=True,
    )
    yield from _text_in_force(edition, region)
    yield Line()
    if region.standing is Standing.WARNING:
        yield from warnings(edition, only=region.id)
    elif region.outstanding:
        yield from stack(edition, _shown(edition)[region.id])
        yield from _parts(edition, region, indent=0)
    else:
        yield titled(_uncontested(edition, region))
    yield from _reasons(edition, region)


def _uncontested(edition: Edition, region: Region) -> str:
    """Say of a change that is no point how it stands, who asks for it and what it does."""
    people, who = edition.people(region.sources), edition.say.aside(edition.who(region.sources))
    same = region.standing is Standing.IDENTICAL
    said = edition.say("same_text", n=len(people)) if same else edition.say(region.standing)
    does = _does(edition, region)
    return edition.say.told(said.capitalize() + who, does)


def _text_in_force(edition: Edition, region: Region) -> Iterator[Line]:
    lines = list(_place(edition, region))
    if lines:
        yield from lines
        return
    if region.standing is Standing.COMPOSED:  # it is of no one stretch of words
        known = index_of(edition.redline.base)
        whole = known.nodes[known.at[region.target]]
        yield titled(visible(f"{whole.label} {whole.text}".strip()), indent=2)
        return
    for line in region.base.strip().splitlines() or [edition.say("nothing_here")]:
        yield titled(visible(line.strip()), indent=2)


def _reasons(edition: Edition, region: Region) -> Iterator[Line]:
    if not edition.named:
        return
    for source in edition.redline.sources:
        if source.id in region.sources and source.reasons:
            told = edition.say("reasons") + edition.say.aside(visible(source.id))
            told = edition.say.told(told, "")
            yield Line(
                pieces=(Piece(told, Style.HEADING), Piece(visible(_plain(source.reasons)))),
                rest=(Piece("  "),),
                gap=True,
            )


def _plain(reasons: str) -> str:
    """Return reasons without the word that introduces them."""
    _, colon, rest = reasons.partition(":")
    return " ".join((rest if colon and len(reasons) - len(rest) < 12 else reasons).split())
