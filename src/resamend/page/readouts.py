"""Each amendment as a sentence, for the chair to read out and the interpreters to have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from resamend.conflict import Findings, Region
from resamend.consolidation import Consolidated
from resamend.decision.values import TO_READ
from resamend.escaping import visible
from resamend.page.changes import asked
from resamend.page.front import first_lines
from resamend.page.listing import Cell, Listing, ListingColumn, ListingPart
from resamend.page.options import USUAL, Audience, RenderOptions
from resamend.page.source_names import SourceNames, source_names
from resamend.page.vocabulary import phrases_for


def readout_listing(
    draft: Consolidated,
    findings: Findings,
    numbers: Mapping[str, int],
    sentences: Mapping[tuple[str, str], str],
    options: RenderOptions = USUAL,
) -> Listing:
    """Return each amendment as a sentence, in the order of the text, with who proposes it.

    Where no sentence says just that, it is said as in the list of changes.
    """
    say = phrases_for(draft.base, options.ui)
    names = source_names(say, options.shown_names, draft)
    illustrative = draft.base.metadata.illustrative or any(p.illustrative for p in draft.proposals)
    asked_for = (r for r in findings.regions if r.standing not in TO_READ and not r.ends)
    number = partial(_number, numbers, options)
    return Listing(
        key="readout",
        name=say("readout"),
        say=say,
        language=draft.base.language,
        title=first_lines(draft.base),
        banner=say("illustrative") if illustrative else "",
        parts=(
            ListingPart(
                columns=(
                    ListingColumn("where", say("where"), 18),
                    ListingColumn("proponents", say("register_proponents"), 16),
                    ListingColumn("amendment", say("readout_sentence"), 58),
                    ListingColumn("point", say("number"), 8),
                ),
                rows=tuple(
                    row
                    for region in asked_for
                    for row in _rows(draft, region, number(region), sentences, names)
                ),
                nothing=say("register_none"),
            ),
        ),
    )


def _rows(
    draft: Consolidated,
    region: Region,
    number: int,
    sentences: Mapping[tuple[str, str], str],
    names: SourceNames,
) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each thing that is asked at one place."""
    for option in region.options:
        sentence = visible(sentences.get((region.id, option.id), ""))
        yield (
            (names.say.theirs(visible(region.path), draft.base.language),),
            (names.who(option.sources),),
            (sentence or asked(names.say, region, draft.base, option=option),),
            (str(number),) if number else (),
        )


def _number(numbers: Mapping[str, int], options: RenderOptions, region: Region) -> int:
    """Return the number of a point; of one without a competing proposal only for the chair.

    It has one because somebody opposes it, which is the chair's to know.
    """
    shown = region.outstanding or options.audience is Audience.CHAIR
    return numbers.get(region.id, 0) if shown else 0
