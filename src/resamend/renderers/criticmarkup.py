"""Write a draft as Markdown with CriticMarkup (http://criticmarkup.com).

``{++ins++}``, ``{--del--}`` and ``{~~del~>ins~~}`` are followed by ``{>>names<<}``; contested text
in force is ``{==marked==}``, its options stand below it as a list. In text from us a backslash
stands before a character that Markdown or CriticMarkup would take for its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from resamend.conflict import OptionKind
from resamend.consolidation import Sources
from resamend.model import OBJECT, Kind, Language
from resamend.redline import Block, Choice, OptionView, Redline, View
from resamend.renderers.edition import Edition, Names, edition
from resamend.renderers.escaping import visible
from resamend.renderers.places import Places
from resamend.renderers.remarks import deed, point_line, remarks
from resamend.renderers.summary import (
    banner,
    counts,
    heard,
    likenesses,
    named,
    point_rows,
    source_rows,
    warned,
)
from resamend.renderers.tidy import (
    Item,
    Role,
    Run,
    Shown,
    expanded,
    shown,
    shown_label,
    tidied,
    wholes,
)

__all__ = ["render_criticmarkup"]

_MARKS = {Role.INSERTED: ("{++", "++}"), Role.DELETED: ("{--", "--}")}
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&]|(?<=\+)\+|(?<==)=|(?<=-)-")
_FIRST = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))(?=[\s.)])")
_HEADINGS = frozenset({Kind.PREAMBULAR, Kind.OPERATIVE, Kind.ANNEX})


def render_criticmarkup(
    redline: Redline, *, names: Names = Names.NAMES, ui: Language | None = None
) -> str:
    """Return a draft as Markdown with CriticMarkup, a paragraph for each provision."""
    told = edition(expanded(redline), names, ui)
    writer = _Writer(told)
    parts = [*_foreword(told), *writer.draft()]
    if redline.view is not View.BASE and redline.sources:
        parts += _summary(told)
    return "\n\n".join(parts) + "\n"


def _plain(text: str) -> str:
    return _FIRST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", visible(text)))


class _Writer:
    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.places = Places(edition)

    def draft(self) -> Iterator[str]:
        for block in self.edition.redline.blocks:
            yield from self._block(block)
        for choice in self.places.left():
            yield self._stack(choice)

    def _block(self, block: Block) -> Iterator[str]:
        if block.choice:
            yield self._stack(block.choice)
            return
        if block.kind is not Kind.RESOLUTION or block.pieces:
            yield self._paragraph(block)
        said = [f"> {_plain(piece.text)}" for piece in remarks(self.edition, self.places, block)]
        if said:
            yield "  \n".join(said)
        inside = [p for p in block.pieces if isinstance(p, Choice) and not p.again]
        for choice in (*inside, *self.places.due(block.id)):
            yield self._stack(choice)

    def _paragraph(self, block: Block) -> str:
        label, text = self._inline(shown_label(block)), self._inline(shown(block))
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
        told = self.edition.who(sources)
        return f"{{>>{_plain(told)}<<}}" if told else ""

    # -- words --------------------------------------------------------------------------------

    def _inline(self, pieces: Sequence[Shown], *, labelled: bool = True) -> str:
        return "".join(self._piece(piece, labelled=labelled) for piece in pieces)

    def _piece(self, piece: Shown, *, labelled: bool) -> str:
        if isinstance(piece, Run):
            return self._text(piece)
        if isinstance(piece, Item):
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

    def _item(self, item: Item) -> str:
        name = named(self.edition, item.choice.region)
        told = self.edition.say("see", point=name) if item.choice.again else name
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
        title = "".join(piece.text for piece in point_line(self.edition, choice.region))
        lines = [f"> **{_plain(title)}**", ">"]
        for option in choice.options:
            lines += self._option(choice, option)
        both = self.edition.both(choice.region)
        lines += [line for told in both for line in (">", f"> {_plain(told)}.")]
        return "\n".join(lines)

    def _option(self, choice: Choice, option: OptionView) -> Iterator[str]:
        say = self.edition.say
        who = self.edition.who(option.sources)
        told = deed(self.edition, self.places, choice, option)
        words = self._inline(tidied(option.spans), labelled=False).strip()
        behind = f" ({_plain(who)})" if who else ""
        words = say.quoted(words) if words else ""
        yield f"> - {say('option', n=option.number)}{behind}: {_plain(told)}{words}"
        if self.places.unchanged(choice, option):
            return
        for block in option.blocks:
            label = self._inline(shown_label(block), labelled=False)
            text = self._inline(shown(block), labelled=False).lstrip()
            told = (
                f"[^{label}]: {text}" if block.kind is Kind.FOOTNOTE else f"{label} {text}".strip()
            )
            for role, _ in reversed(() if option.deed is OptionKind.ADD else wholes(block)):
                told = told.join(_MARKS[role])
            if told:  # a row of a table has but its cells' words
                yield f">   {'  ' * block.depth}- {told}"


def _foreword(edition: Edition) -> Iterator[str]:
    warning = banner(edition)
    if warning:
        yield f"**{warning}**"
    yield _plain(heard(edition))


def _summary(edition: Edition) -> Iterator[str]:
    say = edition.say
    yield "---"
    yield f"## {say('summary')}"
    rows = source_rows(edition)
    if rows:
        yield f"### {say('sources')}"
        yield "\n".join(
            "- " + _plain("; ".join(filter(None, (r.id, r.who, r.date, r.revision, r.illustrates))))
            for r in rows
        )
    standing, kinds = counts(edition)
    yield f"### {say('counts')}"
    yield "\n".join(
        [f"- {count.number} {count.term} ({count.meaning})" for count in standing]
        + [f"- {say('outstanding')}: {count.number} {count.term}" for count in kinds]
    )
    yield from _points(edition)


def _points(edition: Edition) -> Iterator[str]:
    say = edition.say
    yield f"### {say('points')}"
    rows = point_rows(edition)
    titles = (say("number"), say("where"), say("kind"), say("which_options"))
    table = [f"| {' | '.join(titles)} |", "| --- | --- | --- | --- |"]
    for row in rows:
        told = " · ".join((*row.options, *row.both))
        table.append(f"| {' | '.join(map(_plain, (row.name, row.where, row.kind, told)))} |")
    yield "\n".join(table) if rows else say("no_points")
    broken = [f"{each.where}: {'; '.join(each.how)}" for each in warned(edition)]
    if broken:
        yield f"### {say('warning').capitalize()}"
        yield "\n".join(f"- {_plain(line)}" for line in broken)
    found = likenesses(edition)
    if found:
        yield f"### {say('similar').capitalize()}"
        yield "\n".join(f"- {_plain(f'{each.where}. {each.told}')}" for each in found)
