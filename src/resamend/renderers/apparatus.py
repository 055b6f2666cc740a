"""What stands before and after a draft on a screen or in a plain file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from resamend.conflict import Editorial
from resamend.decision import SETTLED
from resamend.model import Word
from resamend.redline import View
from resamend.renderers.edition import Edition
from resamend.renderers.escaping import spelt, visible
from resamend.renderers.lines import Line, Piece, Style, columns
from resamend.renderers.summary import (
    Count,
    banner,
    counts,
    heard,
    likenesses,
    point_rows,
    source_rows,
    warned,
)
from resamend.renderers.vocabulary import Phrases

__all__ = ["foreword", "summary", "titled", "typography", "warnings"]


_NAME = 12
"""Columns for the name of a point in the summary."""
_MOST = 12
"""So many changes of typography are told one by one."""


def foreword(edition: Edition) -> Iterator[Line]:
    """Yield the banner, what this is, and how to read it."""
    warning = banner(edition)
    if warning:
        yield Line(pieces=(Piece(f"*** {warning} ***", Style.BANNER),))
    yield titled(heard(edition))
    if edition.redline.view is View.RESULT:
        yield titled(edition.say.sentence(edition.say("result")))
    if edition.redline.view is View.REDLINE and edition.redline.sources:
        yield Line(pieces=tuple(_legend(edition)))
        yield Line(pieces=tuple(_symbols(edition)))


def _legend(edition: Edition) -> Iterator[Piece]:
    say = edition.say
    sources = edition.redline.sources
    names = f"({say('who')})" if edition.who([sources[0].id]) else ""
    yield Piece(say.told(say("how_to_read"), ""), Style.NOTE)
    yield Piece("{+", Style.MARK)
    yield Piece(say("inserted"), Style.INSERTED)
    yield Piece("+}", Style.MARK)
    yield Piece(names, Style.NAMES)
    yield Piece("  ")
    yield Piece("[-", Style.MARK)
    yield Piece(say("struck"), Style.DELETED)
    yield Piece("-]", Style.MARK)
    yield Piece(names, Style.NAMES)
    yield Piece("  ")
    yield Piece("[")
    yield Piece(say("point", n="…"), Style.POINT)
    yield Piece(say.told("", say("text_in_force")) + "]")
    if edition.redline.records:
        yield Piece(f"  ({SETTLED}) {say('recorded')}")


def _symbols(edition: Edition) -> Iterator[Piece]:
    """Say what the symbols in the left margin mean."""
    meanings = {"ADD": "add", "MOD": "mod", "SUP": "sup", "NOC": "noc", "*": "star"}
    for k, (symbol, key) in enumerate(meanings.items()):
        yield Piece(edition.say("semicolon") if k else "")
        yield Piece(symbol, Style.SYMBOL)
        yield Piece(f" {edition.say(f'{key}_means')}")


def titled(text: str, style: Style = Style.PLAIN, *, gap: bool = False, indent: int = 0) -> Line:
    """Return a line of one style."""
    pad = Piece(" " * indent)
    return Line(pieces=(Piece(text, style),), lead=(pad,), rest=(pad,), gap=gap)


def summary(edition: Edition) -> Iterator[Line]:
    """Yield the summary: sources, how the changes stand, outstanding points, similar wording."""
    if not edition.redline.sources:
        return
    yield titled("-" * 40, Style.BAR, gap=True)
    yield titled(edition.say("summary"), Style.TITLE)
    yield from _sources(edition)
    yield from _counts(edition)
    yield from _points(edition)
    yield from warnings(edition)
    yield from _similar(edition)
    yield from _editorial(edition)


def _sources(edition: Edition) -> Iterator[Line]:
    rows = source_rows(edition)
    if rows:
        yield titled(edition.say("sources"), Style.HEADING, gap=True)
    for row in rows:
        details = edition.say.series(filter(None, (row.who, row.date, row.revision)))
        lead = (Piece(f"  {row.id}", Style.NAMES, (row.id,)),)
        more = edition.say.told("", row.illustrates) if row.illustrates else ""
        yield Line(lead=lead, pieces=(Piece(f"  {details}{more}"),), rest=(Piece("      "),))


def _counts(edition: Edition) -> Iterator[Line]:
    standing, kinds = counts(edition)
    yield titled(edition.say("counts"), Style.HEADING, gap=True)
    for place, count in enumerate(standing):
        yield _count(edition.say, count, 2)
        if not place:
            for kind in kinds:
                yield _count(edition.say, kind, 6)


def _count(say: Phrases, count: Count, indent: int) -> Line:
    meaning = say.aside(count.meaning)
    before = Piece(f"{' ' * indent}{count.number:>4}  ", Style.POINT)
    return Line(
        lead=(before,),
        pieces=(Piece(count.term), Piece(meaning, Style.NOTE)),
        rest=(Piece(" " * columns(before.text)),),
    )


def _points(edition: Edition) -> Iterator[Line]:
    rows = point_rows(edition)
    yield titled(edition.say("points"), Style.HEADING, gap=True)
    if not rows:
        yield titled(edition.say("no_points"), indent=2)
    for row in rows:
        lead = Piece(f"  {row.name}  ", Style.POINT)
        width = max(columns(lead.text), _NAME)
        lead = Piece(lead.text + " " * (width - columns(lead.text)), Style.POINT)
        rest = (Piece(" " * width),)
        yield Line(
            lead=(lead,),
            pieces=(Piece(row.where), Piece(f" · {row.kind}", Style.NOTE)),
            rest=rest,
        )
        if row.options:
            yield Line(lead=rest, pieces=(Piece(" · ".join(row.options)),), rest=rest)
        for sentence in row.both:
            yield Line(
                lead=rest, pieces=(Piece(edition.say.sentence(sentence), Style.NOTE),), rest=rest
            )


def warnings(edition: Edition, *, only: str = "") -> Iterator[Line]:
    """Yield the references that break, if there are any; ``only`` is the id of one of them."""
    found = [each for each in warned(edition) if only in ("", each.id)]
    if found:
        yield titled(edition.say("warning").capitalize(), Style.HEADING, gap=True)
    for each in found:
        yield Line(lead=(Piece("  "),), pieces=(Piece(each.where),), rest=(Piece("  "),))
        told = edition.say.series(each.how)
        yield Line(lead=(Piece("      "),), pieces=(Piece(told),), rest=(Piece("      "),))


def _similar(edition: Edition) -> Iterator[Line]:
    found = likenesses(edition)
    if not found:
        return
    yield titled(edition.say("similar").capitalize(), Style.HEADING, gap=True)
    for likeness in found:
        yield Line(lead=(Piece("  "),), pieces=(Piece(likeness.where),), rest=(Piece("  "),))
        pieces = (Piece(likeness.told),)
        yield Line(lead=(Piece("      "),), pieces=pieces, rest=(Piece("      "),))


def _editorial(edition: Edition) -> Iterator[Line]:
    listed = edition.redline.findings.editorial
    if listed:
        yield titled(edition.say("editorial").capitalize(), Style.HEADING, gap=True)
    yield from typography(edition, listed[:_MOST])
    if len(listed) > _MOST:
        yield titled(edition.say("and_more", n=len(listed) - _MOST), indent=2)


def typography(edition: Edition, listed: Iterable[Editorial]) -> Iterator[Line]:
    """List the words that some write otherwise: in other characters, or in other letters."""
    for each in listed:
        who = edition.who(each.sources)
        words = edition.say.becomes(*map(edition.say.quoted, _unlike(each.base, each.word)))
        told = edition.say.told(edition.theirs(each.path) + edition.say.aside(who), words)
        yield Line(lead=(Piece("  "),), pieces=(Piece(told),), rest=(Piece(" " * 6),))


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
