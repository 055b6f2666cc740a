"""Write a draft as Markdown with CriticMarkup (http://criticmarkup.com).

``{++ins++}``, ``{--del--}`` and ``{~~del~>ins~~}`` are followed by ``{>>names<<}``; contested text
in force is ``{==marked==}``, its options stand below it as a list. In text from us a backslash
stands before a character that Markdown or CriticMarkup would take for its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from resamend.consolidation import Sources
from resamend.escaping import visible
from resamend.model import OBJECT, Kind
from resamend.page.builder import page_of
from resamend.page.front import Front, named
from resamend.page.options import USUAL, RenderOptions
from resamend.page.runs import PointRuns, RunGroup, RunRole, WordRun
from resamend.page.values import HEADINGS, Page, PageBlock, PageOption, PagePoint, Runs
from resamend.page.vocabulary import Phrases
from resamend.redlines import Redline, View

_MARKS = {RunRole.INSERTED: ("{++", "++}"), RunRole.DELETED: ("{--", "--}")}
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&]|(?<=\+)\+|(?<==)=|(?<=-)-")
_FIRST = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))(?=[\s.)])")


def render_criticmarkup(redline: Redline, options: RenderOptions = USUAL) -> str:
    """Return a draft as Markdown with CriticMarkup, a paragraph for each provision."""
    page = page_of(redline, options.shown_names, options.ui)
    parts = [*_foreword(page.front), *_MarkdownWriter(page).draft()]
    if redline.view is not View.BASE and redline.sources:
        parts += _summary(page.presentation.say, page.front)
        parts += _decided(page)
    return "\n\n".join(parts) + "\n"


def _plain(text: str) -> str:
    return _FIRST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", visible(text)))


class _MarkdownWriter:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.presentation = page.presentation

    def draft(self) -> Iterator[str]:
        for printed in self.page.blocks:
            yield from self._block(printed)
        yield from map(self._stack, self.page.left)

    def _block(self, printed: PageBlock) -> Iterator[str]:
        block = printed.block
        if not block.choice:
            if block.kind is not Kind.RESOLUTION or block.pieces:
                yield self._paragraph(printed)
            if printed.remarks:
                yield "  \n".join(f"> {_plain(remark.text)}" for remark in printed.remarks)
        yield from map(self._stack, (*printed.points, *printed.due))

    def _paragraph(self, printed: PageBlock) -> str:
        kind = printed.block.kind
        label, words = self._inline(printed.label), self._inline(printed.words)
        text = f"{label} {words.lstrip()}" if label else words.strip()
        if kind is Kind.FOOTNOTE:
            text = f"[^{label}]: {words.lstrip()}"
        for role, sources in reversed(printed.wholes if text else ()):  # the cells of a row do
            text = text.join(_MARKS[role]) + self._names(sources)
        if kind is Kind.TITLE:
            return f"## {text}"
        return f"### {text}" if kind in HEADINGS else text

    def _names(self, sources: Sources) -> str:
        who = self.presentation.who(sources)
        return f"{{>>{_plain(who)}<<}}" if who else ""

    # -- words --------------------------------------------------------------------------------

    def _inline(self, groups: Runs, *, labelled: bool = True) -> str:
        return "".join(self._group(group, labelled=labelled) for group in groups)

    def _group(self, group: RunGroup, *, labelled: bool) -> str:
        if isinstance(group, WordRun):
            return self._text(group)
        if isinstance(group, PointRuns):
            return self._place(group)
        shares = (
            self._runs(runs) + (self._names(sources) if labelled else "")
            for sources, runs in group.shares()
        )
        return group.space + "".join(shares)

    def _runs(self, runs: Sequence[WordRun]) -> str:
        """Write what one group asks for at one place; a deletion and an insertion as one."""
        texts = [self._struck(run) for run in runs]
        if [run.role for run in runs] == [RunRole.DELETED, RunRole.INSERTED]:
            return f"{{~~{texts[0]}~>{texts[1]}~~}}"
        return "".join(text.join(_MARKS[run.role]) for run, text in zip(runs, texts, strict=True))

    def _struck(self, run: WordRun) -> str:
        words = self._text(run)
        if not run.struck:
            return words
        return words.join(_MARKS[RunRole.DELETED]) + self._names(run.struck)

    def _place(self, place: PointRuns) -> str:
        name = named(self.presentation, place.choice.region)
        name = self.presentation.say("see", point=name) if place.choice.again else name
        note = f"{{>>{_plain(name)}<<}}"
        if any(run.role is not RunRole.KEPT for run in place.base):
            shares = (self._runs([run]) + self._names(run.sources) for run in place.base)
            return f"{place.space}{''.join(shares)}{note}"
        base = "".join(self._text(run) for run in place.base)
        return f"{place.space}{f'{{=={base}==}}' if base else ''}{note}"

    def _text(self, run: WordRun) -> str:
        notes = {m.start: m.value for m in run.marks if m.kind == "footnote"}
        parts, at = [], 0
        for start in sorted(notes):
            label = visible(self.page.footnotes.get(notes[start], "*"))
            parts += [_plain(run.text[at:start]), f"[^{label}]"]
            at = start + len(OBJECT)
        return "".join((*parts, _plain(run.text[at:])))

    # -- points -------------------------------------------------------------------------------

    def _stack(self, point: PagePoint) -> str:
        lines = [f"> **{_plain(point.title)}**", ">"]
        for option in point.options:
            lines += self._option(option)
        lines += [line for sentence in point.both for line in (">", f"> {_plain(sentence)}.")]
        return "\n".join(lines)

    def _option(self, printed: PageOption) -> Iterator[str]:
        words = self._inline(printed.words, labelled=False).strip()
        behind = f" ({_plain(printed.who)})" if printed.who else ""
        words = self.presentation.say.quoted(words) if words else ""
        yield f"> - {printed.name}{behind}: {_plain(printed.does)}{words}"
        for inner in () if printed.elsewhere else printed.blocks:
            label = self._inline(inner.label, labelled=False)
            words = self._inline(inner.words, labelled=False).lstrip()
            footnote = inner.block.kind is Kind.FOOTNOTE
            text = f"[^{label}]: {words}" if footnote else f"{label} {words}".strip()
            for role, _ in reversed(inner.wholes):
                text = text.join(_MARKS[role])
            if text:  # a row of a table has but its cells' words
                yield f">   {'  ' * inner.block.depth}- {text}"


def _foreword(front: Front) -> Iterator[str]:
    if front.banner:
        yield f"**{front.banner}**"
    yield _plain(front.heard)


def _summary(say: Phrases, front: Front) -> Iterator[str]:
    yield "---"
    yield f"## {say('summary')}"
    if front.sources:
        yield f"### {say('sources')}"
        yield "\n".join(
            "- " + _plain("; ".join(filter(None, (r.id, r.who, r.date, r.revision, r.illustrates))))
            for r in front.sources
        )
    yield f"### {say('counts')}"
    yield front.progress
    yield "\n".join(
        [f"- {count.number} {count.term} ({count.meaning})" for count in front.standing]
        + [f"- {say('outstanding')}: {count.number} {count.term}" for count in front.by_kind]
    )
    yield f"### {say('points')}"
    yield _points(say, front)
    warned = [f"{warning.where}: {'; '.join(warning.effects)}" for warning in front.warned]
    similar = [f"{likeness.where}. {likeness.told}" for likeness in front.likenesses]
    for key, lines in (("warning", warned), ("similar", similar)):
        if lines:
            yield f"### {say(key).capitalize()}"
            yield "\n".join(f"- {_plain(line)}" for line in lines)


def _decided(page: Page) -> Iterator[str]:
    lines = [f"- {_plain(' · '.join(filter(None, (at, r.text))))}" for at, r in page.decided]
    if lines:
        yield f"### {page.presentation.say('status_recorded')}"
        yield "\n".join(lines)


def _points(say: Phrases, front: Front) -> str:
    titles = [say(key) for key in ("number", "where", "kind", "which_options")]
    titles += [say("state")] if front.has_states else []
    rows = [f"| {' | '.join(titles)} |", f"| {' | '.join('---' for _ in titles)} |"]
    for row in front.points:
        cells = [row.name, row.where, row.kind, " · ".join((*row.options, *row.both))]
        cells += [row.state or say("state_open")] if front.has_states else []
        rows.append(f"| {' | '.join(map(_plain, cells))} |")
    return "\n".join(rows) if front.points else say("no_points")
