"""The bracket meter: brackets, options and words in dispute, draft beside draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from resamend.escaping import visible
from resamend.model import Resolution
from resamend.page.front import first_lines
from resamend.page.listing import Cell, Curve, Listing, ListingColumn, ListingPart
from resamend.page.options import USUAL, RenderOptions
from resamend.page.vocabulary import phrases_for
from resamend.rounds.brackets import BracketCount, count_brackets

_COUNTED: tuple[tuple[str, Callable[[BracketCount], int]], ...] = (
    ("meter_brackets", lambda count: count.brackets),
    ("meter_options", lambda count: count.options),
    ("meter_words", lambda count: count.words),
)


class MeasuredText(Struct, frozen=True, kw_only=True):
    """Hold the text of a draft, what is open in it in square brackets, under the draft's name."""

    name: str
    text: Resolution
    illustrative: bool = False


def meter_listing(drafts: Sequence[MeasuredText], options: RenderOptions = USUAL) -> Listing:
    """Return a table of each measure, a row a heading and a column a draft, then what is astray."""
    last = drafts[-1].text
    say = phrases_for(last, options.ui)
    counts = [{c.heading: c for c in count_brackets(draft.text)} for draft in drafts]
    names = [visible(draft.name) for draft in drafts]
    headings = list(dict.fromkeys(h for side in reversed(counts) for h in side))
    columns = [ListingColumn(f"draft_{n}", name, 12) for n, name in enumerate(names, 1)]
    parts, curves = [], []
    for key, measure in _COUNTED:
        table = [[measure(s.get(h, BracketCount(heading=h))) for s in counts] for h in headings]
        totals = [sum(column) for column in zip(*table, strict=True)] or [0] * len(drafts)
        cells = [(visible(h), row) for h, row in zip(headings, table, strict=True)]
        rows = [
            ((say.theirs(name, last.language),), *((str(n),) for n in row)) for name, row in cells
        ]
        total: tuple[Cell, ...] = ((say("meter_total"),), *((str(n),) for n in totals))
        # A spreadsheet has no names of tables: the measure heads the first column.
        head = ListingColumn("heading", say(key), 28)
        parts.append(ListingPart(name=say(key), columns=(head, *columns), rows=(*rows, total)))
        curves.append(Curve(name=say(key), places=tuple(names), values=tuple(totals)))
    illustrative = any(draft.illustrative for draft in drafts)
    return Listing(
        key="meter",
        name=say("meter"),
        say=say,
        language=last.language,
        title=first_lines(last),
        banner=say("illustrative") if illustrative else "",
        notes=(say("meter_means"),),
        parts=(*parts, *_astray(drafts, options)),
        curves=tuple(curves),
    )


def _astray(drafts: Sequence[MeasuredText], options: RenderOptions) -> Iterator[ListingPart]:
    """Yield the table of the brackets that do not close, or close nothing, where there are any."""
    say = phrases_for(drafts[-1].text, options.ui)
    rows = [
        ((visible(draft.name),), (say.theirs(visible(place), draft.text.language),))
        for draft in drafts
        for count in count_brackets(draft.text)
        for place in count.unbalanced
    ]
    if rows:
        yield ListingPart(
            name=say("brackets_unbalanced"),
            columns=(
                ListingColumn("draft", say("meter_draft"), 20),
                ListingColumn("where", say("where"), 40),
            ),
            rows=tuple(rows),
        )
