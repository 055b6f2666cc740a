"""What stands before and after a draft on a screen or in a plain file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from resamend.conflict import Editorial
from resamend.decision import SETTLED
from resamend.escaping import spelt, visible
from resamend.model import Word
from resamend.page.front import Count, Front, Warned
from resamend.page.presentation import Presentation
from resamend.page.runs import RunRole
from resamend.page.values import Page
from resamend.page.vocabulary import Phrases
from resamend.redlines import View
from resamend.renderers.lines import StyledLine, TextPiece, TextStyle, columns
from resamend.renderers.text_runs import BRACKETS

_NAME = 12
"""Columns for the name of a point in the summary."""
_MOST = 12
"""So many changes of typography are told one by one."""


def foreword(page: Page) -> Iterator[StyledLine]:
    """Yield the banner, what this is, and how to read it."""
    say, redline = page.presentation.say, page.presentation.redline
    yield from banner_lines(page.front.banner)
    yield titled(page.front.heard)
    if redline.view is View.RESULT:
        yield titled(say.sentence(say("result")))
    if redline.view is View.REDLINE and redline.sources:
        yield StyledLine(pieces=tuple(_legend(page.presentation)))
        yield StyledLine(pieces=tuple(_symbols(say)))


def banner_lines(warning: str) -> Iterator[StyledLine]:
    """Yield the warning that a text is no official one, if it is none."""
    if warning:
        yield titled(f"*** {warning} ***", TextStyle.BANNER)


def _legend(presentation: Presentation) -> Iterator[TextPiece]:
    say = presentation.say
    sources = presentation.redline.sources
    names = f"({say('who')})" if presentation.who([sources[0].id]) else ""
    yield TextPiece(say.told(say("how_to_read"), ""), TextStyle.NOTE)
    for role, word, style in (
        (RunRole.INSERTED, say("inserted"), TextStyle.INSERTED),
        (RunRole.DELETED, say("struck"), TextStyle.DELETED),
    ):
        yield TextPiece(BRACKETS[role][0], TextStyle.MARK)
        yield TextPiece(word, style)
        yield TextPiece(BRACKETS[role][1], TextStyle.MARK)
        yield TextPiece(names, TextStyle.NAMES)
        yield TextPiece("  ")
    yield TextPiece("[")
    yield TextPiece(say("point", n="…"), TextStyle.POINT)
    yield TextPiece(say.told("", say("text_in_force")) + "]")
    if presentation.redline.records:
        yield TextPiece(f"  ({SETTLED}) {say('recorded')}")


def _symbols(say: Phrases) -> Iterator[TextPiece]:
    """Say what the symbols in the left margin mean."""
    meanings = {"ADD": "add", "MOD": "mod", "SUP": "sup", "NOC": "noc", "*": "star"}
    if say.signs:  # they are words, and say it themselves
        meanings = {"*": "star"}
    for k, (symbol, key) in enumerate(meanings.items()):
        yield TextPiece(say("semicolon") if k else "")
        yield TextPiece(symbol, TextStyle.SYMBOL)
        yield TextPiece(f" {say(f'{key}_means')}")


def titled(
    text: str, style: TextStyle = TextStyle.PLAIN, *, gap: bool = False, indent: int = 0
) -> StyledLine:
    """Return a line of one style."""
    pad = TextPiece(" " * indent)
    return StyledLine(pieces=(TextPiece(text, style),), lead=(pad,), rest=(pad,), gap=gap)


def summary(page: Page) -> Iterator[StyledLine]:
    """Yield the summary: sources, how the changes stand, outstanding points, similar wording."""
    say, front = page.presentation.say, page.front
    if not page.presentation.redline.sources:
        return
    yield titled("-" * 40, TextStyle.BAR, gap=True)
    yield titled(say("summary"), TextStyle.TITLE)
    yield from _sources(say, front)
    yield from _counts(say, front)
    yield from _points(say, front)
    yield from _decided(page)
    yield from warnings(say, front.warned)
    yield from _similar(say, front)
    yield from _editorial(page.presentation)


def _sources(say: Phrases, front: Front) -> Iterator[StyledLine]:
    if front.sources:
        yield titled(say("sources"), TextStyle.HEADING, gap=True)
    for row in front.sources:
        details = say.series(filter(None, (row.who, row.date, row.revision)))
        lead = (TextPiece(f"  {row.id}", TextStyle.NAMES, (row.id,)),)
        more = say.told("", row.illustrates) if row.illustrates else ""
        pieces = (TextPiece(f"  {details}{more}"),)
        yield StyledLine(lead=lead, pieces=pieces, rest=(TextPiece("      "),))


def _counts(say: Phrases, front: Front) -> Iterator[StyledLine]:
    yield titled(say("counts"), TextStyle.HEADING, gap=True)
    if front.progress:
        yield titled(front.progress, TextStyle.POINT, indent=2)
    for place, count in enumerate(front.standing):
        yield _count(say, count, 2)
        if not place:
            for kind in front.by_kind:
                yield _count(say, kind, 6)


def _count(say: Phrases, count: Count, indent: int) -> StyledLine:
    meaning = say.aside(count.meaning)
    before = TextPiece(f"{' ' * indent}{count.number:>4}  ", TextStyle.POINT)
    return StyledLine(
        lead=(before,),
        pieces=(TextPiece(count.term), TextPiece(meaning, TextStyle.NOTE)),
        rest=(TextPiece(" " * columns(before.text)),),
    )


def _points(say: Phrases, front: Front) -> Iterator[StyledLine]:
    yield titled(say("points"), TextStyle.HEADING, gap=True)
    if not front.points:
        yield titled(say("no_points"), indent=2)
    for row in front.points:
        name = f"  {row.name}  "
        width = max(columns(name), _NAME)
        lead = TextPiece(name + " " * (width - columns(name)), TextStyle.POINT)
        rest = (TextPiece(" " * width),)
        where = [TextPiece(row.where), TextPiece(f" · {row.kind}", TextStyle.NOTE)]
        where += [TextPiece(f" · {row.state}", TextStyle.POINT)] if row.state else []
        yield StyledLine(lead=(lead,), pieces=tuple(where), rest=rest)
        if row.options:
            yield StyledLine(lead=rest, pieces=(TextPiece(" · ".join(row.options)),), rest=rest)
        for sentence in row.both:
            note = TextPiece(say.sentence(sentence), TextStyle.NOTE)
            yield StyledLine(lead=rest, pieces=(note,), rest=rest)


def _decided(page: Page) -> Iterator[StyledLine]:
    """Yield what is recorded, in full: below the provisions only a mark says so."""
    if page.decided:
        heading = page.presentation.say("status_recorded")
        yield titled(heading, TextStyle.HEADING, gap=True)
    for place, remark in page.decided:
        pieces = (TextPiece(f"{place} · " if place else ""), TextPiece(remark.text))
        yield StyledLine(lead=(TextPiece("  "),), pieces=pieces, rest=(TextPiece(" " * 6),))


def warnings(say: Phrases, warned: Iterable[Warned]) -> Iterator[StyledLine]:
    """Yield references that break, if there are any."""
    pairs = [(warning.where, say.series(warning.effects)) for warning in warned]
    yield from _pairs(say("warning"), pairs)


def _similar(say: Phrases, front: Front) -> Iterator[StyledLine]:
    pairs = [(likeness.where, likeness.told) for likeness in front.likenesses]
    yield from _pairs(say("similar"), pairs)


def _pairs(heading: str, pairs: Sequence[tuple[str, str]]) -> Iterator[StyledLine]:
    """Yield where something is, and below it what is to be said of it."""
    if pairs:
        yield titled(heading.capitalize(), TextStyle.HEADING, gap=True)
    for where, text in pairs:
        yield titled(where, indent=2)
        yield titled(text, indent=6)


def _editorial(presentation: Presentation) -> Iterator[StyledLine]:
    listed = presentation.redline.findings.editorial
    if listed:
        yield titled(presentation.say("editorial").capitalize(), TextStyle.HEADING, gap=True)
    yield from typography(presentation, listed[:_MOST])
    if len(listed) > _MOST:
        yield titled(presentation.say("and_more", n=len(listed) - _MOST), indent=2)


def typography(presentation: Presentation, listed: Iterable[Editorial]) -> Iterator[StyledLine]:
    """List the words that some write otherwise: in other characters, or in other letters."""
    for editorial in listed:
        who = presentation.who(editorial.sources)
        words = presentation.say.becomes(
            *map(presentation.say.quoted, _unlike(editorial.base, editorial.word))
        )
        text = presentation.say.told(
            presentation.theirs(editorial.path) + presentation.say.aside(who), words
        )
        yield StyledLine(
            lead=(TextPiece("  "),), pieces=(TextPiece(text),), rest=(TextPiece(" " * 6),)
        )


def _unlike(one: Word, other: Word) -> tuple[str, str]:
    """Return two words as they are told apart, without a space that both begin with."""
    texts = _lettered(one), _lettered(other)
    if all(text.startswith(" ") for text in texts):
        return texts[0][1:], texts[1][1:]
    return texts


def _lettered(word: Word) -> str:
    """Return a word with the code points that look like another's, and with its letters' kind."""
    text = "".join(spelt(char) if char in _ALIKE else visible(char) for char in word.text)
    kinds = sorted({mark.kind for mark in word.marks})
    return text + (f" [{' '.join(kinds)}]" if kinds else "")


_ALIKE = "\u00a0\u00ad\u2011\u202f\u2060\u0640\u200b"
"""Characters that nobody sees, or sees apart from others."""
