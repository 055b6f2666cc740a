"""Write the outstanding points: all of them as a list, or one with everything about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from msgspec.structs import replace

from resamend.conflict import Region, Standing
from resamend.consolidation import Sources
from resamend.decision import Replayed
from resamend.escaping import visible
from resamend.matching import index_of
from resamend.model import NOTE, OBJECT, Language
from resamend.page.annexes import excerpt
from resamend.page.builder import PageBuilder
from resamend.page.changes import asked, noted
from resamend.page.front import banner, named, point_rows, sent_as, warned
from resamend.page.options import USUAL, RenderOptions
from resamend.page.presentation import Presentation, present
from resamend.page.records import record_line, stale_line
from resamend.page.remarks import renumbering
from resamend.page.runs import expanded
from resamend.page.vocabulary import Phrases, phrases
from resamend.redlines import Redline, Relabelled, Span
from resamend.redlines.phrases import ShownPhrase, shown_phrases
from resamend.renderers.lines import StyledLine, TextPiece, TextStyle, broken, plain
from resamend.renderers.palette import Ground
from resamend.renderers.terminal import coloured
from resamend.renderers.terminal import styled as on_screen
from resamend.renderers.text_front_matter import banner_lines, titled, typography, warnings
from resamend.renderers.text_layout import TextLayout

_NEAR = 7
"""Words shown on each side of a point in the list."""
_CLASSES = (Standing.IDENTICAL, Standing.SINGLE, Standing.CONSEQUENTIAL)


def render_points(
    redline: Redline,
    options: RenderOptions = USUAL,
    *,
    everything: bool = False,
    opposed: Sequence[Region] = (),
    styled: bool = False,
) -> str:
    """Return the outstanding points as a list; with ``everything``, all other changes too.

    What is ``opposed`` is listed after them: for the chair, who keeps the positions.

    ``styled`` for a screen: bold, and the colours of those who propose.
    """
    lister = _PointLister(present(expanded(redline), options.shown_names, options.ui))
    lines = broken(lister.points(opposed, everything=everything), options.width)
    return plain(coloured(lines, lister.presentation, options) if styled else lines)


def render_point(
    redline: Redline,
    region: Region,
    options: RenderOptions = USUAL,
    *,
    records: Iterable[Replayed] = (),
    opposed: bool = False,
    history: Sequence[str] = (),
    styled: bool = False,
) -> str:
    """Return one point: the text in force, its options, and the reasons of those behind them.

    Of ``records`` those about it are told, with what has become of them; one that is ``opposed``
    is the change against no change. ``history`` are the lines of what happened at it.

    Raises ``UsageError`` for a region of another draft.
    """
    redline.findings.check(region)
    lister = _PointLister(present(expanded(redline), options.shown_names, options.ui))
    about = [r for r in records if region.id in (r.region, r.record.region)]
    lines = broken(
        [*lister.point(region, about, opposed=opposed), *_history(lister.say, history)],
        options.width,
    )
    return plain(coloured(lines, lister.presentation, options) if styled else lines)


def render_closed_point(
    region: Region,
    history: Sequence[str],
    options: RenderOptions = USUAL,
    *,
    styled: bool = False,
) -> str:
    """Return the history of a point that nobody asks any more."""
    say = phrases(options.ui or Language.EN)
    title = titled(visible(region.path), TextStyle.TITLE)
    lines = broken(
        [title, titled(f"id {region.id}", TextStyle.NOTE), *_history(say, history)],
        options.width,
    )
    return plain(on_screen(lines, {}, Ground.ANY) if styled else lines)


def _history(say: Phrases, history: Sequence[str]) -> Iterator[StyledLine]:
    if history:
        yield titled(say("history"), TextStyle.HEADING, gap=True)
    for text in history:
        yield StyledLine(
            lead=(TextPiece("  "),), pieces=(TextPiece(text),), rest=(TextPiece("    "),)
        )


class _PointLister:
    """Print points by themselves, each with the words in force around it."""

    def __init__(self, presentation: Presentation) -> None:
        self.presentation = presentation
        self.say = presentation.say
        self.builder = PageBuilder(presentation)
        self.layout = TextLayout(presentation, self.builder.footnotes)
        self.placed = {c.region.id: c for c in self.builder.choices if not c.part}

    def points(self, opposed: Sequence[Region], *, everything: bool) -> Iterator[StyledLine]:
        """Yield all outstanding points; with ``everything``, all other changes too."""
        presentation, say = self.presentation, self.say
        findings = presentation.redline.findings
        rows = point_rows(presentation)
        yield from banner_lines(banner(presentation))
        yield titled(say.told(say("points"), len(rows) + len(opposed)), TextStyle.TITLE)
        for row in rows:
            region = presentation.regions[row.id]
            yield titled(visible(region.path), TextStyle.HEADING, gap=True)
            yield from self._place(region, near=_NEAR)
            yield from self._stack(region, indent=2)
        for region in opposed:
            yield titled(visible(region.path), TextStyle.HEADING, gap=True)
            yield from self._place(region, near=_NEAR)
            yield from self._opposed(region)
        yield from warnings(say, warned(presentation))
        if everything:
            recorded = (Standing.RECORDED,) if presentation.redline.records else ()
            for standing in (*_CLASSES, *recorded):
                yield from self._class(standing)
            editorial = say.told(say("editorial").capitalize(), len(findings.editorial))
            yield titled(editorial, TextStyle.TITLE, gap=True)
            yield from typography(presentation, findings.editorial)

    def _opposed(self, region: Region) -> Iterator[StyledLine]:
        """Say what is asked, and that no change is the other option."""
        say = self.say
        who = say.aside(self.presentation.who(region.sources))
        options = (
            say.told(say("option", n=1) + who, self._does(region)),
            say.told(say("option", n=2), say("no_change")),
        )
        bar = (TextPiece("  "), TextPiece("| ", TextStyle.BAR))
        name = TextPiece(named(self.presentation, region), TextStyle.POINT)
        yield StyledLine(lead=bar, pieces=(name, TextPiece(f" · {say('position_apart')}")))
        for text in options:
            yield StyledLine(lead=bar, pieces=(TextPiece(text),), rest=(*bar, TextPiece("    ")))

    def point(
        self, region: Region, records: Sequence[Replayed], *, opposed: bool
    ) -> Iterator[StyledLine]:
        """Yield one point with everything about it."""
        say = self.say
        yield from banner_lines(banner(self.presentation))
        yield titled(visible(region.path), TextStyle.TITLE)
        yield titled(f"id {region.id}", TextStyle.NOTE)
        heading = say.told(say("text_in_force").capitalize(), "").rstrip()
        yield titled(heading, TextStyle.HEADING, gap=True)
        yield from self._text_in_force(region)
        yield StyledLine()
        if region.standing is Standing.WARNING:
            yield from warnings(say, (w for w in warned(self.presentation) if w.id == region.id))
        elif region.outstanding:
            yield from self._stack(region, indent=0)
        elif opposed:
            yield from self._opposed(region)
        else:
            yield titled(self._uncontested(region))
        may_name = self.presentation.named
        withdrawing = {r.record.number for r in records if r.record.act.withdraws}
        for replayed in records:
            withdraws = replayed.record.act.withdraws
            if withdraws or (replayed.applied and not replayed.noted):
                line = record_line(self.presentation, replayed.record, named=may_name)
            else:
                line = stale_line(
                    self.presentation,
                    replayed,
                    named=may_name,
                    withdrawn=replayed.by in withdrawing,
                )
            yield titled(line, gap=True)
        yield from self._reasons(region)

    def _stack(self, region: Region, *, indent: int) -> Iterator[StyledLine]:
        """Print a point as it stands in the draft, and the changes that stand side by side."""
        placed = self.placed.get(region.id)
        choice = replace(placed, laid_out=False) if placed else self.builder.unplaced(region)
        yield from self.layout.stack(self.builder.point(choice), indent)
        if region.standing is not Standing.CONTESTED:
            yield from self._parts(region, indent=indent)

    def _place(self, region: Region, *, near: int | None = None) -> Iterator[StyledLine]:
        """Show where in a provision a point stands: the words in force around it."""
        place = excerpt(self.builder, region.id)
        if place is None:
            return
        place = place.near(near) if near else place
        base = place.base
        space = " " if place.before and not base.strip() else base[: len(base) - len(base.lstrip())]
        words = self.say.told("", visible(base.strip())) if base.strip() else ""
        pieces = (
            TextPiece(visible(f"{place.label} {place.before}{space}".lstrip())),
            TextPiece("["),
            TextPiece(named(self.presentation, region), TextStyle.POINT),
            TextPiece(f"{words}]"),
            TextPiece(visible(place.after)),
        )
        yield StyledLine(lead=(TextPiece("  "),), pieces=pieces, rest=(TextPiece("  "),))

    def _parts(self, region: Region, *, indent: int) -> Iterator[StyledLine]:
        """Say what the changes are that stand next to each other."""
        if region.standing is Standing.CONTESTED:
            return
        before = (TextPiece(" " * indent), TextPiece("| ", TextStyle.BAR))
        rest = (*before, TextPiece("    "))
        if region.composed:
            whole = self.say.quoted(_flat(region.composed))
            text = self.say.told(self.say("reads"), whole)
            yield StyledLine(lead=before, pieces=(TextPiece(text),), rest=rest)
        for part in self.presentation.parts(region):
            who = self.presentation.who(part.sources)
            does = self._does(part)
            if part.standing is Standing.CONTESTED:
                does = self.say("see", point=named(self.presentation, part))
            elif who:
                does = self.say.told(who, does)
            yield StyledLine(lead=before, pieces=(TextPiece(does),), rest=rest)

    def _class(self, standing: Standing) -> Iterator[StyledLine]:
        """List the changes of one class, each with its id, so that it can be recorded too."""
        say, redline = self.say, self.presentation.redline
        regions = redline.findings.standing(standing)
        draft = redline.findings.draft or redline.draft
        uncontested = standing is not Standing.RECORDED and draft is not None
        shown = shown_phrases(draft, regions) if draft and uncontested else ()
        phrases = shown or tuple(ShownPhrase(region, (region,)) for region in regions)
        numbers = {block.id: block.renumbered for block in redline.blocks if block.renumbered}
        heading = say.told(say(standing).capitalize(), len(phrases))
        yield titled(heading, TextStyle.TITLE, gap=True)
        for phrase in phrases:
            region, ids = phrase.region, ", ".join(part.id[:8] for part in phrase.parts)
            who = say.aside(self.presentation.who(region.sources))
            lead = TextPiece(f"  {ids}  ", TextStyle.NOTE)
            does = self._does(region)
            if not region.options:
                does += self._renumbered(numbers.get(region.target, ()))
            line = TextPiece(say.told(visible(region.path) + who, does))
            yield StyledLine(lead=(lead,), pieces=(line,), rest=(TextPiece(" " * 12),))

    def _does(self, region: Region) -> str:
        """Say what an uncontested change does, with the footnotes that it puts in."""
        does = asked(self.say, region, self.presentation.redline.base)
        return does + noted(self.say, region, lambda id: self._added.get(id, ""))

    @cached_property
    def _added(self) -> dict[str, str]:
        """Map each provision that is added to its words."""
        added: dict[str, str] = defaultdict(str)
        for block in self.presentation.redline.blocks:
            if block.added:
                added[block.id] += "".join(p.text for p in block.pieces if isinstance(p, Span))
        return added

    def _renumbered(self, renumbered: Iterable[tuple[Relabelled, Sources]]) -> str:
        """Say who numbers a list how."""
        ways = [
            renumbering(self.presentation, pairs) + self.say.aside(self.presentation.who(sources))
            for pairs, sources in renumbered
        ]
        return self.say.told("", self.say.series(ways)) if ways else ""

    def _uncontested(self, region: Region) -> str:
        """Say of a change that is no point how it stands, who asks for it and what it does."""
        people = self.presentation.people(region.sources)
        who = self.say.aside(self.presentation.who(region.sources))
        same = region.standing is Standing.IDENTICAL
        stands = self.say("same_text", n=len(people)) if same else self.say(region.standing)
        return self.say.told(stands.capitalize() + who, self._does(region))

    def _text_in_force(self, region: Region) -> Iterator[StyledLine]:
        lines = list(self._place(region))
        if lines:
            yield from lines
        elif region.standing is Standing.COMPOSED:  # it is of no one stretch of words
            index = index_of(self.presentation.redline.base)
            whole = index.nodes[index.at[region.target]]
            yield titled(visible(f"{whole.label} {whole.text}".strip()), indent=2)
        else:
            for line in region.base.strip().splitlines() or [self.say("nothing_here")]:
                yield titled(visible(line.strip()), indent=2)

    def _reasons(self, region: Region) -> Iterator[StyledLine]:
        sources = self.presentation.redline.sources if self.presentation.named else ()
        for source in sources:
            how = sent_as(self.say, source.reading, source.reading_by)
            if source.id in region.sources and how:
                yield titled(self.say.told(visible(source.id), how), TextStyle.NOTE, gap=True)
            if source.id in region.sources and source.reasons:
                term = self.say("reasons") + self.say.aside(visible(source.id))
                lead = TextPiece(self.say.told(term, ""), TextStyle.HEADING)
                pieces = (lead, TextPiece(visible(_plain(source.reasons))))
                yield StyledLine(pieces=pieces, rest=(TextPiece("  "),), gap=True)


def _plain(reasons: str) -> str:
    """Return reasons without the word that introduces them."""
    _, colon, rest = reasons.partition(":")
    return " ".join((rest if colon and len(reasons) - len(rest) < 12 else reasons).split())


def _flat(text: str) -> str:
    return visible(" ".join(text.replace(OBJECT, NOTE).split()))
