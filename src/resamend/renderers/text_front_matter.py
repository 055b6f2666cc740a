"""What stands before and after a draft on a screen or in a plain file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from resamend.conflict import Editorial
from resamend.decision import SETTLED
from resamend.escaping import spelt, visible
from resamend.model import Word
from resamend.page.front import (
    Count,
    banner,
    counts,
    heard,
    likenesses,
    point_rows,
    source_rows,
    warned,
)
from resamend.page.presentation import Presentation
from resamend.redlines import View
from resamend.renderers.lines import TextLine, TextPiece, TextStyle, columns
from resamend.renderers.vocabulary import Phrases

_NAME = 12
"""Columns for the name of a point in the summary."""
_MOST = 12
"""So many changes of typography are told one by one."""


def foreword(presentation: Presentation) -> Iterator[TextLine]:
    """Yield the banner, what this is, and how to read it."""
    warning = banner(presentation)
    if warning:
        yield TextLine(pieces=(TextPiece(f"*** {warning} ***", TextStyle.BANNER),))
    yield titled(heard(presentation))
    if presentation.redline.view is View.RESULT:
        yield titled(presentation.say.sentence(presentation.say("result")))
    if presentation.redline.view is View.REDLINE and presentation.redline.sources:
        yield TextLine(pieces=tuple(_legend(presentation)))
        yield TextLine(pieces=tuple(_symbols(presentation)))


def _legend(presentation: Presentation) -> Iterator[TextPiece]:
    say = presentation.say
    sources = presentation.redline.sources
    names = f"({say('who')})" if presentation.who([sources[0].id]) else ""
    yield TextPiece(say.told(say("how_to_read"), ""), TextStyle.NOTE)
    yield TextPiece("{+", TextStyle.MARK)
    yield TextPiece(say("inserted"), TextStyle.INSERTED)
    yield TextPiece("+}", TextStyle.MARK)
    yield TextPiece(names, TextStyle.NAMES)
    yield TextPiece("  ")
    yield TextPiece("[-", TextStyle.MARK)
    yield TextPiece(say("struck"), TextStyle.DELETED)
    yield TextPiece("-]", TextStyle.MARK)
    yield TextPiece(names, TextStyle.NAMES)
    yield TextPiece("  ")
    yield TextPiece("[")
    yield TextPiece(say("point", n="…"), TextStyle.POINT)
    yield TextPiece(say.told("", say("text_in_force")) + "]")
    if presentation.redline.records:
        yield TextPiece(f"  ({SETTLED}) {say('recorded')}")


def _symbols(presentation: Presentation) -> Iterator[TextPiece]:
    """Say what the symbols in the left margin mean."""
    meanings = {"ADD": "add", "MOD": "mod", "SUP": "sup", "NOC": "noc", "*": "star"}
    for k, (symbol, key) in enumerate(meanings.items()):
        yield TextPiece(presentation.say("semicolon") if k else "")
        yield TextPiece(symbol, TextStyle.SYMBOL)
        yield TextPiece(f" {presentation.say(f'{key}_means')}")


def titled(
    text: str, style: TextStyle = TextStyle.PLAIN, *, gap: bool = False, indent: int = 0
) -> TextLine:
    """Return a line of one style."""
    pad = TextPiece(" " * indent)
    return TextLine(pieces=(TextPiece(text, style),), lead=(pad,), rest=(pad,), gap=gap)


def summary(presentation: Presentation) -> Iterator[TextLine]:
    """Yield the summary: sources, how the changes stand, outstanding points, similar wording."""
    if not presentation.redline.sources:
        return
    yield titled("-" * 40, TextStyle.BAR, gap=True)
    yield titled(presentation.say("summary"), TextStyle.TITLE)
    yield from _sources(presentation)
    yield from _counts(presentation)
    yield from _points(presentation)
    yield from warnings(presentation)
    yield from _similar(presentation)
    yield from _editorial(presentation)


def _sources(presentation: Presentation) -> Iterator[TextLine]:
    rows = source_rows(presentation)
    if rows:
        yield titled(presentation.say("sources"), TextStyle.HEADING, gap=True)
    for row in rows:
        details = presentation.say.series(filter(None, (row.who, row.date, row.revision)))
        lead = (TextPiece(f"  {row.id}", TextStyle.NAMES, (row.id,)),)
        more = presentation.say.told("", row.illustrates) if row.illustrates else ""
        yield TextLine(
            lead=lead, pieces=(TextPiece(f"  {details}{more}"),), rest=(TextPiece("      "),)
        )


def _counts(presentation: Presentation) -> Iterator[TextLine]:
    standing, kinds = counts(presentation)
    yield titled(presentation.say("counts"), TextStyle.HEADING, gap=True)
    for place, count in enumerate(standing):
        yield _count(presentation.say, count, 2)
        if not place:
            for kind in kinds:
                yield _count(presentation.say, kind, 6)


def _count(say: Phrases, count: Count, indent: int) -> TextLine:
    meaning = say.aside(count.meaning)
    before = TextPiece(f"{' ' * indent}{count.number:>4}  ", TextStyle.POINT)
    return TextLine(
        lead=(before,),
        pieces=(TextPiece(count.term), TextPiece(meaning, TextStyle.NOTE)),
        rest=(TextPiece(" " * columns(before.text)),),
    )


def _points(presentation: Presentation) -> Iterator[TextLine]:
    rows = point_rows(presentation)
    yield titled(presentation.say("points"), TextStyle.HEADING, gap=True)
    if not rows:
        yield titled(presentation.say("no_points"), indent=2)
    for row in rows:
        lead = TextPiece(f"  {row.name}  ", TextStyle.POINT)
        width = max(columns(lead.text), _NAME)
        lead = TextPiece(lead.text + " " * (width - columns(lead.text)), TextStyle.POINT)
        rest = (TextPiece(" " * width),)
        yield TextLine(
            lead=(lead,),
            pieces=(TextPiece(row.where), TextPiece(f" · {row.kind}", TextStyle.NOTE)),
            rest=rest,
        )
        if row.options:
            yield TextLine(lead=rest, pieces=(TextPiece(" · ".join(row.options)),), rest=rest)
        for sentence in row.both:
            yield TextLine(
                lead=rest,
                pieces=(TextPiece(presentation.say.sentence(sentence), TextStyle.NOTE),),
                rest=rest,
            )


def warnings(presentation: Presentation, *, only: str = "") -> Iterator[TextLine]:
    """Yield the references that break, if there are any; ``only`` is the id of one of them."""
    found = [each for each in warned(presentation) if only in ("", each.id)]
    if found:
        yield titled(presentation.say("warning").capitalize(), TextStyle.HEADING, gap=True)
    for each in found:
        yield TextLine(
            lead=(TextPiece("  "),), pieces=(TextPiece(each.where),), rest=(TextPiece("  "),)
        )
        told = presentation.say.series(each.effects)
        yield TextLine(
            lead=(TextPiece("      "),), pieces=(TextPiece(told),), rest=(TextPiece("      "),)
        )


def _similar(presentation: Presentation) -> Iterator[TextLine]:
    found = likenesses(presentation)
    if not found:
        return
    yield titled(presentation.say("similar").capitalize(), TextStyle.HEADING, gap=True)
    for likeness in found:
        yield TextLine(
            lead=(TextPiece("  "),), pieces=(TextPiece(likeness.where),), rest=(TextPiece("  "),)
        )
        pieces = (TextPiece(likeness.told),)
        yield TextLine(lead=(TextPiece("      "),), pieces=pieces, rest=(TextPiece("      "),))


def _editorial(presentation: Presentation) -> Iterator[TextLine]:
    listed = presentation.redline.findings.editorial
    if listed:
        yield titled(presentation.say("editorial").capitalize(), TextStyle.HEADING, gap=True)
    yield from typography(presentation, listed[:_MOST])
    if len(listed) > _MOST:
        yield titled(presentation.say("and_more", n=len(listed) - _MOST), indent=2)


def typography(presentation: Presentation, listed: Iterable[Editorial]) -> Iterator[TextLine]:
    """List the words that some write otherwise: in other characters, or in other letters."""
    for each in listed:
        who = presentation.who(each.sources)
        words = presentation.say.becomes(
            *map(presentation.say.quoted, _unlike(each.base, each.word))
        )
        told = presentation.say.told(
            presentation.theirs(each.path) + presentation.say.aside(who), words
        )
        yield TextLine(
            lead=(TextPiece("  "),), pieces=(TextPiece(told),), rest=(TextPiece(" " * 6),)
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
