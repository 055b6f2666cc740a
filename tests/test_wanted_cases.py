"""What a chair must be asked of typical quarrels, each held by a case that a delegate can read.

A row is named in a few words, with the case that holds it, how many points that has, and how many
of them are a provision put together from several. Whoever takes a case away or makes another point
of it hears of it here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from resamend.conflict import find
from resamend.consolidation import merge
from resamend.decision import DecisionKind, Status, adopt, replay
from resamend.model import walk
from tests.build import proposal, resolution
from tests.wishes import decided, wish

CASES = Path(__file__).parent / "cases"
ASKED = {
    # what was once adopted though nobody had asked for it
    "sum of thousands": ("unit-sum", 1, 0),
    "ordinal with a hyphen": ("unit-session", 1, 0),
    "day of a month": ("unit-date", 1, 0),
    "number in words": ("unit-number-in-words", 1, 0),
    "citation and its date": ("unit-citation", 1, 0),
    "range of days": ("unit-range-of-days", 1, 0),
    "first day of a year": ("unit-first-day", 1, 0),
    "at least and up to": ("unit-at-least", 1, 0),
    "fraction in words": ("unit-two-thirds", 1, 0),
    "sum of four digits": ("unit-sum-of-four-digits", 1, 0),
    "modal and verb": ("modal-composed", 1, 1),
    "duty and verb": ("modal-and-verb", 1, 1),
    "negated modal and verb": ("modal-negated", 1, 1),
    "torn clause": ("phrase-reworded-clause", 1, 0),
    "how often": ("phrase-annual", 1, 0),
    "torn name": ("phrase-torn-name", 1, 0),
    "one asks for part of the other's": ("phrase-subset", 0, 0),
    "whole struck, two changes": ("fr-suppression-du-tout", 1, 0),
    "item struck, two changes": ("gate-of-an-item-with-two-changes", 2, 1),
    "equal additions, one strikes": ("equal-additions-and-a-strike", 0, 0),
    "equal additions, a third elsewhere": ("equal-additions-apart", 0, 0),
    "last struck, one added": ("ends-last-struck-and-another-added", 0, 0),
    "last struck, reworded, one added": ("ends-word-changed-where-the-last-is-struck", 1, 0),
    "struck in what is struck": ("gate-nested", 2, 0),
    "moved out of what is struck": ("gate-moved-out", 2, 0),
    "moved into what is struck": ("gate-moved-into", 1, 0),
    "unlike paragraphs at one place": ("es-emparejamiento", 0, 0),
    # what simpler rules get wrong
    "comparator and number": ("fr-au-moins", 1, 0),
    "month and year": ("es-fecha", 1, 0),
    "two figures of two things": ("unit-two-figures", 1, 1),
    "compound with a hyphen": ("unit-hyphen", 1, 0),
    "agreed word of two": ("phrase-atlas", 0, 0),
    "moved word": ("phrase-moved-word", 1, 0),
    "two ends of a clause": ("phrase-far-apart", 1, 1),
    "more of the same": ("phrase-two-words", 0, 0),
    "struck, and two inside": ("gate-with-two-inside", 2, 1),
    "section struck, one inside": ("gate-of-a-section", 1, 0),
    "equal additions before and after": ("equal-additions", 0, 0),
    "full stop of what is struck": ("ends-full-stop", 0, 0),
    "whole struck, a quarrel inside": ("ru-suppression-vsego", 2, 0),
    "all of or any of": ("ends-conjunction-or", 0, 0),
}


@pytest.mark.parametrize("row", ASKED)
def test_a_case_holds_each_row(row: str) -> None:
    case, points, composed = ASKED[row]
    lines = (CASES / case / "expected.txt").read_text(encoding="utf-8").splitlines()
    asked = [line for line in lines if line.startswith("Point ")]
    assert len(asked) == points
    assert sum("put together from several" in line for line in asked) == composed


def test_a_third_of_the_cases_about_questions_is_not_in_english() -> None:
    begins = ("ends-", "equal-", "gate-", "modal-", "no-change-and", "phrase-", "unit-")
    foreign = ("ar-", "es-", "fr-", "ru-", "zh-")
    names = [path.name for path in CASES.iterdir()]
    others = sum(name.startswith(foreign) for name in names)
    both = others + sum(name.startswith(begins) for name in names)
    assert both >= 60
    assert 3 * others >= both


def test_what_was_agreed_stands_when_its_author_withdraws_and_another_comes_late() -> None:
    base = resolution("resolves", "1 to meet;", "2 to meet in public,")
    agreed = merge(base, [proposal(base, "KEN", "resolves", "1 to meet;", "2 to meet in private,")])
    asked = find(agreed).regions
    take = wish(DecisionKind.TAKE, "KEN/1/1")
    records = decided(agreed, find(agreed), [(region, take) for region in asked])
    late = proposal(base, "RUS", "resolves", "1 to meet;", "2 to meet by video,")
    notes = {Status.NOT_ASKED, Status.NEW_OPTION, Status.PLACE_CHANGED}
    for proposals in ([], [late]):
        draft = merge(base, proposals)
        replayed = replay(draft, find(draft), records)
        assert replayed.records[0].applied
        assert replayed.records[0].status in notes
        adopted = adopt(draft, find(draft), replayed)
        assert "to meet in private," in [p.text for p in walk(adopted.text.provisions)]


def test_no_number_stands_twice_where_what_is_open_comes_first() -> None:
    """What AAA puts first bears the number of what it strikes, which stands in brackets too."""
    base = resolution("resolves", "1 to paint the boats;", "2 to mend the nets;", "3 to report,")
    lines = ("resolves", "2 to count whales;", "1 to paint the boats;", "3 to report,")
    draft = merge(base, [proposal(base, "AAA", *lines)])
    adopted = adopt(draft, find(draft), replay(draft, find(draft), []))
    labels = [p.label for p in walk(adopted.text.provisions) if p.label]
    assert len(labels) == len(set(labels)) == 4
