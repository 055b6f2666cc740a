"""A trial: what would stand if an option were taken, before anything is recorded."""

from __future__ import annotations

from collections.abc import Iterable

from resamend.conflict import Findings, OptionKind, Region, find
from resamend.consolidation import Consolidated, merge
from resamend.decision import DecisionKind, DecisionRequest, record, replay
from resamend.redlines import Block, Choice, Redline, Span, recorded, redline
from resamend.redlines.trials import TRIED, PointSpot, point_spots, tried
from resamend.words import key_of
from tests.build import laid, resolution
from tests.strategies import Draft, drafts, law

_KEYS = {OptionKind.WORDS: DecisionKind.TAKE, OptionKind.KEEP: DecisionKind.KEEP}


def words(blocks: Iterable[Block], provision: str = "") -> str:
    """Return what stands in some blocks, a point as the words in force that it is about.

    Of a ``provision`` that is what is split off from it too.
    """
    own = [b for b in blocks if provision in ("", b.id, b.split and b.id.rpartition("-")[0])]
    pieces = [piece for block in own for piece in block.pieces]
    spans = [s for p in pieces for s in (p.base if isinstance(p, Choice) else (p,))]
    return "".join(span.text for span in spans if not span.deleted)


def taken(merged: Consolidated, findings: Findings, region: Region, option: int) -> Redline:
    """Return the redline with a record that takes an option."""
    wish = DecisionRequest(act=DecisionKind.TAKE, by="Chair", at="2026-01-01", names=(str(option),))
    made = record(merged, findings, region, wish, number=1)
    return recorded(merged, findings, replay(merged, findings, (made,)))


def of(lines: Redline, spot: PointSpot, number: int) -> tuple[Block, ...]:
    options = [option for option in spot.choice.options if option.number == number]
    return tried(lines, spot, options)


@law(drafts())
def test_a_trial_of_words_reads_as_its_record_does(draft: Draft) -> None:
    merged = merge(draft.base, draft.proposals)
    findings = find(merged)
    lines = redline(merged, findings)
    for id, spot in point_spots(lines).items():
        block = lines.blocks[spot.start]
        points = sum(isinstance(piece, Choice) for piece in block.pieces)
        if spot.piece < 0 or points > 1 or block.added:
            continue
        region = next(region for region in findings.regions if region.id == id)
        for option in spot.choice.options:
            plain = not any(span.marks for span in option.spans)
            if option.deed in _KEYS and plain:
                after = taken(merged, findings, region, option.number)
                if any(b.id == block.id and not b.struck for b in after.blocks):
                    trial = words(of(lines, spot, option.number))
                    assert key_of(trial) == key_of(words(after.blocks, block.id))


def test_it_says_what_it_strikes_and_what_it_puts() -> None:
    merged, findings = laid(
        resolution("resolves", "1 to meet each year in Geneva;"),
        RUS=("resolves", "1 to meet every second year in Geneva;"),
        CHN=("resolves", "1 to meet monthly in Geneva;"),
    )
    lines = redline(merged, findings)
    (spot,) = point_spots(lines).values()
    (block,) = of(lines, spot, 2)
    marks = [
        (s.text.strip(), bool(s.deleted))
        for s in block.pieces
        if isinstance(s, Span) and TRIED in (s.inserted, s.deleted)
    ]
    (struck,) = (text for text, gone in marks if gone)
    (put,) = (text for text, gone in marks if not gone)
    assert struck.startswith("each") and put.startswith("every second")
    assert words([block]).strip() == "to meet every second year in Geneva;"
    (asis,) = tried(lines, spot, [])
    assert words([asis]).strip() == "to meet each year in Geneva;"


def test_a_suppression_strikes_the_paragraph_and_what_is_below_it() -> None:
    merged, findings = laid(
        resolution("resolves", "1 to meet;", "2 to report,"),
        RUS=("resolves", "1 to meet;"),
        CHN=("resolves", "1 to meet;", "2 to report twice,"),
    )
    lines = redline(merged, findings)
    (spot,) = point_spots(lines).values()
    (block,) = of(lines, spot, 1)
    assert block.struck == TRIED and not words([block])


def test_additions_at_one_place_can_be_tried_together() -> None:
    merged, findings = laid(
        resolution("resolves", "1 to meet;"),
        RUS=("resolves", "1 to meet;", "2 to sing;"),
        CHN=("resolves", "1 to meet;", "2 to dance;"),
    )
    lines = redline(merged, findings)
    (spot,) = point_spots(lines).values()
    blocks = tried(lines, spot, spot.choice.options[:2])
    assert [words([block]).strip() for block in blocks] == ["to dance;", "to sing;"]


def test_a_trial_shows_what_is_split_off_from_its_paragraph_too() -> None:
    text = "boats lie along the coast of every island in the north"
    halves = ("boats lie along the coast of", "every island in the north")
    base = resolution("noting", f"a) {text}", "b) the sea")
    ships, split_off = (half.replace("boats", "ships") for half in halves)
    rafts = text.replace("boats", "rafts")
    merged, findings = laid(
        base,
        RUS=("noting", f"a) {ships}", f"1bis {split_off}", "b) the sea"),
        CHN=("noting", f"a) {rafts}", "b) the sea"),
    )
    lines = redline(merged, findings)
    [(id, spot)] = point_spots(lines).items()
    [region] = [region for region in findings.regions if region.id == id]
    for number in (1, 2):
        after = taken(merged, findings, region, number)
        trial = words(of(lines, spot, number))
        assert key_of(trial) == key_of(words(after.blocks, lines.blocks[spot.start].id))
        assert trial.endswith("every island in the north")
