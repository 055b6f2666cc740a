"""One row a change: who asks for what where, and how that stands, for data frames and programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from resamend.amendment import Symbol
from resamend.conflict import Option, OptionKind, Region, Standing, find
from resamend.consolidation import Consolidated
from resamend.matching import ProvisionIndex, index_of
from resamend.model import NOTE, OBJECT, Word
from resamend.redlines import Redline, redline

_SYMBOLS = {
    OptionKind.ADD: Symbol.ADD,
    OptionKind.SUPPRESS: Symbol.SUP,
    OptionKind.LABEL: Symbol.EDITORIAL,
    OptionKind.KEEP: Symbol.NOC,
    OptionKind.RETAIN: Symbol.NOC,
    OptionKind.AMENDABLE: Symbol.NOC,
}
_ELSEWHERE = f"{Symbol.SUP}*"
EDITORIAL = "editorial"
NO_CHANGE = "no-change"


class ChangeRow(Struct, frozen=True, kw_only=True):
    """Say what one source asks for at one place, in columns for a data frame.

    ``proponents`` are codes with commas between; ``symbol`` is ADD, MOD, (MOD), SUP, NOC, or SUP*
    for text that goes to another place, which ``new`` then names. ``target`` is the id of the
    provision, ``old`` the text in force and ``new`` what is asked for. ``standing`` is that of the
    change (`Standing`), ``editorial``, or ``no-change`` of a NOC against which nobody asks for
    anything; ``kind`` is that of an outstanding point and ``point`` its number, if it has one;
    ``region`` its id.
    """

    source: str
    proponents: str
    symbol: str
    place: str
    target: str
    old: str
    new: str
    standing: str
    kind: str = ""
    point: int | None = None
    region: str = ""


def changes(draft: Consolidated | Redline) -> tuple[ChangeRow, ...]:
    """Return what each source asks for, a row a change and source, in the order of the text.

    Of a ``Redline`` the points have its numbers, and what is recorded stands so. Typography and
    what is kept come last.
    """
    lines = draft if isinstance(draft, Redline) else redline(draft, find(draft))
    return tuple(_rows(lines))


def _rows(lines: Redline) -> Iterator[ChangeRow]:
    index, findings = index_of(lines.base), lines.findings
    asked = set()
    for region in findings.regions:
        if region.standing is Standing.COMPOSED:
            continue  # no change of its own
        for option, source in _asked(region):
            asked.add((source, region.target))
            yield ChangeRow(
                source=source,
                proponents=", ".join(lines.names([source])),
                symbol=_symbol(option),
                place=region.path,
                target=region.target,
                old=flat(region.base),
                new=_new(index, option),
                standing=region.standing.value,
                kind=region.kinds[0].value if region.kinds else "",
                point=lines.numbers.get(region.id),
                region=region.id,
            )
    yield from _typography(lines)
    yield from _kept(lines, index, asked)


def _asked(region: Region) -> Iterator[tuple[Option | None, str]]:
    """Yield who asks for which option; where only numbers follow, for none."""
    if not region.options:
        yield from ((None, source) for source in region.sources)
    for option in region.options:
        yield from ((option, source) for source in option.sources)


def _typography(lines: Redline) -> Iterator[ChangeRow]:
    for editorial in lines.findings.editorial:
        for source in editorial.sources:
            yield ChangeRow(
                source=source,
                proponents=", ".join(lines.names([source])),
                symbol=Symbol.EDITORIAL.value,
                place=editorial.path,
                target=editorial.target,
                old=flat(editorial.base.text),
                new=flat(editorial.word.text),
                standing=EDITORIAL,
            )


def _kept(
    lines: Redline, index: ProvisionIndex, asked: set[tuple[str, str]]
) -> Iterator[ChangeRow]:
    """Yield each NOC against which nobody asks for anything."""
    from resamend.amendment import place

    for proposal in lines.draft.proposals if lines.draft else ():
        for keep in proposal.keeps:
            if (proposal.id, keep.target) in asked or keep.target not in index.at:
                continue
            node = index.at[keep.target]
            text = flat(index.nodes[node].text)
            yield ChangeRow(
                source=proposal.id,
                proponents=", ".join(lines.names([proposal.id])),
                symbol=Symbol.NOC.value,
                place=place(index, node),
                target=keep.target,
                old=text,
                new=text,
                standing=NO_CHANGE,
            )


def _symbol(option: Option | None) -> str:
    if option is None:
        return Symbol.EDITORIAL.value
    if option.deed in (OptionKind.MOVE, OptionKind.JOIN):
        return _ELSEWHERE
    return _SYMBOLS.get(option.deed, Symbol.MOD).value


def _new(index: ProvisionIndex, option: Option | None) -> str:
    if option is None:
        return ""
    if option.place:
        return " ".join(filter(None, (option.way, option.place)))
    return wording(index, option)


def wording(index: ProvisionIndex, option: Option) -> str:
    """Return the words of an option, with what it joins to them, a new line for each split."""
    return _spoken(index, option.words) if option.words else flat(option.text)


def _spoken(index: ProvisionIndex, words: Iterable[Word]) -> str:
    parts: list[str] = []
    for word in words:
        marks = {mark.kind: mark.value for mark in word.marks}
        if "split" in marks:
            parts.append(f"\n{marks['split']}")
        elif "join" in marks:
            parts.append(" " + flat(index.nodes[index.at[marks["join"]]].text))
        else:
            parts.append(flat(word.text))
    return "".join(parts)


def flat(text: str) -> str:
    """Return a text with a readable sign in the place of a footnote's mark."""
    return text.replace(OBJECT, NOTE)
