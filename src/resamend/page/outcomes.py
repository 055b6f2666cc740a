"""What became of each amendment, and where each word came from, as the tables of a secretariat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from resamend.amendment import place
from resamend.decision import ChairTable
from resamend.escaping import visible
from resamend.matching import ProvisionIndex
from resamend.model import Resolution
from resamend.page.changes import asked
from resamend.page.front import first_lines
from resamend.page.listing import Cell, Listing, ListingColumn, ListingPart
from resamend.page.options import USUAL, RenderOptions
from resamend.page.round_changes import record_text
from resamend.page.source_names import SourceNames, source_names
from resamend.page.vocabulary import phrases_for
from resamend.rounds.origins import OriginKind, TracedProvision, WordOrigin
from resamend.rounds.outcomes import Outcome, Result


def outcome_listing(
    table: ChairTable, outcomes: Sequence[Outcome], options: RenderOptions = USUAL
) -> Listing:
    """Return the table of what became of each amendment, by proposal."""
    draft = table.consolidated
    say = phrases_for(draft.base, options.ui)
    names = source_names(say, options.shown_names, draft)
    counts = Counter(outcome.result for outcome in outcomes)
    texts = (say.told(say(f"result_{fate}"), counts[fate]) for fate in Result if counts[fate])
    return Listing(
        key="outcome",
        name=say("outcome"),
        say=say,
        language=draft.base.language,
        title=first_lines(draft.base),
        banner=say("illustrative") if _is_illustrative(table) else "",
        notes=tuple(filter(None, (say.series(texts), say("outcome_means")))),
        parts=(
            ListingPart(
                columns=(
                    ListingColumn("proposal", say("proposal").capitalize(), 12),
                    ListingColumn("where", say("where"), 16),
                    ListingColumn("amendment", say("change"), 36),
                    ListingColumn("outcome", say("what_became"), 36),
                ),
                rows=tuple(_outcome_row(table, names, outcome) for outcome in outcomes),
                nothing=say("no_changes"),
            ),
        ),
    )


def _is_illustrative(table: ChairTable) -> bool:
    draft = table.consolidated
    return bool(draft.base.metadata.illustrative) or any(p.illustrative for p in draft.proposals)


def _outcome_row(table: ChairTable, names: SourceNames, outcome: Outcome) -> tuple[Cell, ...]:
    base, say = table.consolidated.base, names.say
    words = asked(say, outcome.region, base, option=outcome.option)
    ids = sorted({*table.consolidated.sources, outcome.source})
    return (
        (names.symbol(outcome.source, ids.index(outcome.source) + 1),),
        (say.theirs(visible(outcome.region.path), base.language),),
        (words,),
        tuple(_outcome_lines(table, names, outcome)),
    )


def _outcome_lines(table: ChairTable, names: SourceNames, outcome: Outcome) -> Iterator[str]:
    """Say what became of an amendment: which words of it, what instead, by which record."""
    say, language = names.say, table.consolidated.base.language
    verdict = say(f"result_{outcome.result}")
    if outcome.words:
        parts = (say.quoted(say.theirs(visible(words), language)) for words in outcome.words)
        verdict = say.told(verdict, say("comma").join(parts))
    if outcome.result is not Result.OPEN or not outcome.record:  # which says more
        yield verdict
    for key, words in (("outcome_missing", outcome.missing), ("outcome_kept", outcome.kept)):
        if text := " ".join(filter(None, words)):
            yield say.told(say(key), say.quoted(say.theirs(visible(text), language)))
    if outcome.quoted:
        quoted = say.quoted(say.theirs(visible(outcome.quoted), language))
        yield say.told(say("final_text"), quoted)
    if outcome.record:
        yield record_text(names, outcome.record)
    number = table.numbers.get(outcome.region.id, 0)
    # One without a competing proposal has a number because somebody opposes it: the chair's.
    if outcome.result is Result.OPEN and number and outcome.region.outstanding:
        yield say("point", n=number)


def origin_listing(
    table: ChairTable,
    text: Resolution,
    provisions: Iterable[TracedProvision],
    options: RenderOptions = USUAL,
) -> Listing:
    """Return the table of where each word of an adopted text came from."""
    say = phrases_for(table.consolidated.base, options.ui or text.language)
    names = source_names(say, options.shown_names, table.consolidated)
    index = ProvisionIndex(text)
    provisions = tuple(provisions)
    counts: Counter[OriginKind] = Counter()
    for provision in provisions:
        for stretch in provision.stretches:
            counts[stretch.origin.kind] += len(stretch.text.split())
    texts = (say.told(say(f"origin_{kind}"), counts[kind]) for kind in OriginKind if counts[kind])
    return Listing(
        key="origin",
        name=say("origin"),
        say=say,
        language=text.language,
        title=first_lines(text),
        banner=say("illustrative") if _is_illustrative(table) else "",
        notes=(say.told(say("origin_counted"), say.series(texts)),),
        parts=(
            ListingPart(
                columns=(
                    ListingColumn("where", say("para"), 16),
                    ListingColumn("words", say("origin_words"), 50),
                    ListingColumn("origin", say("origin_from"), 34),
                ),
                rows=tuple(
                    row for traced in provisions for row in _origin_rows(index, names, traced)
                ),
            ),
        ),
    )


def _origin_rows(
    index: ProvisionIndex, names: SourceNames, traced: TracedProvision
) -> Iterator[tuple[Cell, ...]]:
    where = visible(place(index, traced.node))
    for stretch in traced.stretches:
        yield (
            (names.say.theirs(where, index.resolution.language),),
            (visible(" ".join(stretch.text.split())) or "¶",),
            (origin_text(names, stretch.origin),),
        )


def origin_text(names: SourceNames, origin: WordOrigin) -> str:
    """Say where words came from."""
    say = names.say
    text = say(f"origin_{origin.kind}")
    text += say.aside(names.who(origin.sources)) if origin.sources else ""
    return say.series((text, record_text(names, origin.record))) if origin.record else text
