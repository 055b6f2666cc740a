"""Write a draft as Markdown with CriticMarkup (http://criticmarkup.com).

``{++ins++}``, ``{--del--}`` and ``{~~del~>ins~~}`` are followed by ``{>>names<<}``; contested text
in force is ``{==marked==}``, its options stand below it as a list. In text from us a backslash
stands before a character that Markdown or CriticMarkup would take for its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from resamend.conflict import OptionKind
from resamend.consolidation import Sources
from resamend.escaping import visible
from resamend.model import OBJECT, Kind, Language
from resamend.page.front import (
    banner,
    counts,
    heard,
    likenesses,
    named,
    point_rows,
    source_rows,
    warned,
)
from resamend.page.options import Names, RenderOptions
from resamend.page.places import Places
from resamend.page.presentation import Presentation, present
from resamend.page.remarks import deed, point_line, remarks
from resamend.page.runs import (
    PointRuns,
    Role,
    Run,
    RunGroup,
    expanded,
    label_runs,
    runs_of,
    shown,
    wholes,
)
from resamend.redlines import Block, Choice, OptionView, Redline, View

if TYPE_CHECKING:
    from resamend.renderers.forms import Publication

_MARKS = {Role.INSERTED: ("{++", "++}"), Role.DELETED: ("{--", "--}")}
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&]|(?<=\+)\+|(?<==)=|(?<=-)-")
_FIRST = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))(?=[\s.)])")
_HEADINGS = frozenset({Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX})


def render_criticmarkup(
    redline: Redline, *, names: Names = Names.NAMES, ui: Language | None = None
) -> str:
    """Return a draft as Markdown with CriticMarkup, a paragraph for each provision."""
    told = present(expanded(redline), names, ui)
    writer = _MarkdownWriter(told)
    parts = [*_foreword(told), *writer.draft()]
    if redline.view is not View.BASE and redline.sources:
        parts += _summary(told)
    return "\n\n".join(parts) + "\n"


def _plain(text: str) -> str:
    return _FIRST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", visible(text)))


class _MarkdownWriter:
    def __init__(self, presentation: Presentation) -> None:
        self.presentation = presentation
        self.places = Places(presentation)

    def draft(self) -> Iterator[str]:
        for block in self.presentation.redline.blocks:
            yield from self._block(block)
        for choice in self.places.left():
            yield self._stack(choice)

    def _block(self, block: Block) -> Iterator[str]:
        if block.choice:
            yield self._stack(block.choice)
            return
        if block.kind is not Kind.RESOLUTION or block.pieces:
            yield self._paragraph(block)
        said = [
            f"> {_plain(piece.text)}" for piece in remarks(self.presentation, self.places, block)
        ]
        if said:
            yield "  \n".join(said)
        inside = [p for p in block.pieces if isinstance(p, Choice) and not p.again]
        for choice in (*inside, *self.places.due(block.id)):
            yield self._stack(choice)

    def _paragraph(self, block: Block) -> str:
        label, text = self._inline(label_runs(block)), self._inline(shown(block))
        told = f"{label} {text.lstrip()}" if label else text.strip()
        if block.kind is Kind.FOOTNOTE:
            told = f"[^{label}]: {text.lstrip()}"
        for role, sources in reversed(
            wholes(block) if told else ()
        ):  # the cells of a row bear them
            told = told.join(_MARKS[role]) + self._names(sources)
        if block.kind is Kind.TITLE:
            return f"## {told}"
        return f"### {told}" if block.kind in _HEADINGS else told

    def _names(self, sources: Sources) -> str:
        told = self.presentation.who(sources)
        return f"{{>>{_plain(told)}<<}}" if told else ""

    # -- words --------------------------------------------------------------------------------

    def _inline(self, pieces: Sequence[RunGroup], *, labelled: bool = True) -> str:
        return "".join(self._piece(piece, labelled=labelled) for piece in pieces)

    def _piece(self, piece: RunGroup, *, labelled: bool) -> str:
        if isinstance(piece, Run):
            return self._text(piece)
        if isinstance(piece, PointRuns):
            return self._item(piece)
        told = piece.space
        for sources, runs in piece.shares():
            told += self._runs(runs) + (self._names(sources) if labelled else "")
        return told

    def _runs(self, runs: Sequence[Run]) -> str:
        """Write what one group asks for at one place; a deletion and an insertion as one."""
        texts = [self._struck(run) for run in runs]
        if [run.role for run in runs] == [Role.DELETED, Role.INSERTED]:
            return f"{{~~{texts[0]}~>{texts[1]}~~}}"
        return "".join(text.join(_MARKS[run.role]) for run, text in zip(runs, texts, strict=True))

    def _struck(self, run: Run) -> str:
        words = self._text(run)
        if not run.struck:
            return words
        return words.join(_MARKS[Role.DELETED]) + self._names(run.struck)

    def _item(self, item: PointRuns) -> str:
        name = named(self.presentation, item.choice.region)
        told = self.presentation.say("see", point=name) if item.choice.again else name
        if any(run.role is not Role.KEPT for run in item.base):
            shares = [self._runs([run]) + self._names(run.sources) for run in item.base]
            return f"{item.space}{''.join(shares)}{{>>{_plain(told)}<<}}"
        base = "".join(self._text(run) for run in item.base)
        return f"{item.space}{f'{{=={base}==}}' if base else ''}{{>>{_plain(told)}<<}}"

    def _text(self, run: Run) -> str:
        notes = {m.start: m.value for m in run.marks if m.kind == "footnote"}
        parts, at = [], 0
        for start in sorted(notes):
            label = visible(self.places.footnotes.get(notes[start], "*"))
            parts += [_plain(run.text[at:start]), f"[^{label}]"]
            at = start + len(OBJECT)
        return "".join((*parts, _plain(run.text[at:])))

    # -- points -------------------------------------------------------------------------------

    def _stack(self, choice: Choice) -> str:
        if choice.again:
            return ""
        title = "".join(piece.text for piece in point_line(self.presentation, choice.region))
        lines = [f"> **{_plain(title)}**", ">"]
        for option in choice.options:
            lines += self._option(choice, option)
        both = self.presentation.both(choice.region)
        lines += [line for told in both for line in (">", f"> {_plain(told)}.")]
        return "\n".join(lines)

    def _option(self, choice: Choice, option: OptionView) -> Iterator[str]:
        say = self.presentation.say
        who = self.presentation.who(option.sources)
        told = deed(self.presentation, self.places, choice, option)
        words = self._inline(runs_of(option.spans), labelled=False).strip()
        behind = f" ({_plain(who)})" if who else ""
        words = say.quoted(words) if words else ""
        yield f"> - {say('option', n=option.number)}{behind}: {_plain(told)}{words}"
        if self.places.unchanged(choice, option):
            return
        for block in option.blocks:
            label = self._inline(label_runs(block), labelled=False)
            text = self._inline(shown(block), labelled=False).lstrip()
            told = (
                f"[^{label}]: {text}" if block.kind is Kind.FOOTNOTE else f"{label} {text}".strip()
            )
            for role, _ in reversed(() if option.deed is OptionKind.ADD else wholes(block)):
                told = told.join(_MARKS[role])
            if told:  # a row of a table has but its cells' words
                yield f">   {'  ' * block.depth}- {told}"


def _foreword(presentation: Presentation) -> Iterator[str]:
    warning = banner(presentation)
    if warning:
        yield f"**{warning}**"
    yield _plain(heard(presentation))


def _summary(presentation: Presentation) -> Iterator[str]:
    say = presentation.say
    yield "---"
    yield f"## {say('summary')}"
    rows = source_rows(presentation)
    if rows:
        yield f"### {say('sources')}"
        yield "\n".join(
            "- " + _plain("; ".join(filter(None, (r.id, r.who, r.date, r.revision, r.illustrates))))
            for r in rows
        )
    standing, kinds = counts(presentation)
    yield f"### {say('counts')}"
    yield "\n".join(
        [f"- {count.number} {count.term} ({count.meaning})" for count in standing]
        + [f"- {say('outstanding')}: {count.number} {count.term}" for count in kinds]
    )
    yield from _points(presentation)


def _points(presentation: Presentation) -> Iterator[str]:
    say = presentation.say
    yield f"### {say('points')}"
    rows = point_rows(presentation)
    titles = (say("number"), say("where"), say("kind"), say("which_options"))
    table = [f"| {' | '.join(titles)} |", "| --- | --- | --- | --- |"]
    for row in rows:
        told = " · ".join((*row.options, *row.both))
        table.append(f"| {' | '.join(map(_plain, (row.name, row.where, row.kind, told)))} |")
    yield "\n".join(table) if rows else say("no_points")
    broken = [f"{each.where}: {'; '.join(each.effects)}" for each in warned(presentation)]
    if broken:
        yield f"### {say('warning').capitalize()}"
        yield "\n".join(f"- {_plain(line)}" for line in broken)
    found = likenesses(presentation)
    if found:
        yield f"### {say('similar').capitalize()}"
        yield "\n".join(f"- {_plain(f'{each.where}. {each.told}')}" for each in found)


def write_draft(draft: Publication, options: RenderOptions) -> str:
    """Write a draft."""
    return render_criticmarkup(draft.redline, names=options.shown_names, ui=options.ui)
