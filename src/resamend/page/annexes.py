"""What stands after a draft: its outstanding points one by one, its reasons, its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from resamend.escaping import visible
from resamend.model import Kind
from resamend.page.excerpts import Excerpt, excerpt
from resamend.page.places import choice_of, choices
from resamend.page.presentation import Presentation
from resamend.redlines import Block, Choice, View

_HEADINGS = frozenset({Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX})


class NumberRow(Struct, frozen=True, kw_only=True):
    """Say which number a provision has in force, and which some ask for."""

    block: str
    where: str
    old: str
    new: tuple[tuple[str, str], ...]


def listed(presentation: Presentation) -> tuple[Choice, ...]:
    """Return the outstanding points as they stand in the draft, by number."""
    redline = presentation.redline
    if redline.view is View.BASE:
        return ()
    there = {each.region.id: each for each in choices(redline.blocks) if not each.again}
    found = [there.get(r.id) or choice_of(r) for r in redline.findings.outstanding]
    last = len(found)
    return tuple(sorted(found, key=lambda each: redline.numbers.get(each.region.id, last)))


def excerpts(presentation: Presentation) -> dict[str, Excerpt]:
    """Return, by point, the words in force around it, escaped."""
    made = {}
    for choice in listed(presentation):
        found = excerpt(presentation.redline, choice.region.id)
        if found:
            parts = (found.label, found.before, found.base, found.after)
            made[choice.region.id] = Excerpt(*map(visible, parts))
    return made


def reasons(presentation: Presentation) -> tuple[tuple[str, str], ...]:
    """Return what the proposals give as reasons; nothing where they may not be named."""
    sources = presentation.redline.sources if presentation.named else ()
    return tuple((visible(s.id), visible(s.reasons.strip())) for s in sources if s.reasons.strip())


def number_rows(presentation: Presentation) -> tuple[NumberRow, ...]:
    """Return the provisions whose number somebody changes, and those that are new."""
    rows: list[NumberRow] = []
    above: dict[int, str] = {}
    for block in presentation.redline.blocks:
        above = {depth: name for depth, name in above.items() if depth < block.depth}
        heading = block.kind in _HEADINGS
        outside = _path(above)
        if heading or block.label:
            above[block.depth] = visible(_called(block, label=not heading))
        where = _path(above)
        rows += _renumbered(presentation, block, where)
        new = tuple(_asked(presentation, block))
        if new and block.kind is not Kind.FOOTNOTE:
            old = "" if block.added else visible(_in_force(block, label=True))
            rows.append(NumberRow(block=block.id, where=outside, old=old, new=new))
    return tuple(rows)


def _renumbered(presentation: Presentation, block: Block, where: str) -> Iterator[NumberRow]:
    for pairs, sources in block.renumbered:
        who = presentation.who(sources)
        for old, new in pairs:
            told = ((visible(new), who),)
            yield NumberRow(block=block.id, where=where, old=visible(old), new=told)


def _asked(presentation: Presentation, block: Block) -> Iterator[tuple[str, str]]:
    for span in block.label:
        if span.inserted and span.text.strip():
            yield visible(span.text.strip()), presentation.who(span.inserted)


def _path(above: Mapping[int, str]) -> str:
    return " ".join(above[depth] for depth in sorted(above))


def _called(block: Block, *, label: bool) -> str:
    """Return what a provision is called: in force, or, where it is new, by those who add it."""
    spans = block.label if label else block.pieces
    new = "".join(s.text for s in spans if not isinstance(s, Choice) and not s.deleted)
    return _in_force(block, label=label) or new.strip()


def _in_force(block: Block, *, label: bool) -> str:
    spans = block.label if label else block.pieces
    return "".join(s.text for s in spans if not isinstance(s, Choice) and not s.inserted).strip()
