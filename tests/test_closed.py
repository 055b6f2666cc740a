"""What is asked for wrongly fails at once, by name, with a code; nothing is done in silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import resamend
from resamend import Language, Resolution, UsageError
from resamend.renderers.html import render_html
from resamend.renderers.xml import render_xml

TEXT = "RESOLUTION 1\nMeetings\nresolves\n1\tto meet every year in Geneva;"


def text_of(words: str = "every year") -> Resolution:
    return resamend.read(TEXT.replace("every year", words), Resolution, language=Language.EN)


def draft_of(**wishes: str) -> resamend.Consolidated:
    base = text_of()
    return resamend.merge(
        base,
        [resamend.propose(base, text_of(words), f"{who}/62/1") for who, words in wishes.items()],
    )


DRAFT = draft_of(RUS="twice a year", CHN="each spring")


# -- sources --------------------------------------------------------------------------------------


def test_a_source_is_left_out_by_its_id_or_its_proponent() -> None:
    for names in (["RUS/62/1"], ["RUS"], ("RUS", "RUS/62/1"), {"RUS"}):
        assert resamend.without(DRAFT, names).sources == ("CHN/62/1",)
    assert resamend.without(DRAFT, []) == DRAFT
    assert resamend.project(DRAFT, "RUS") == resamend.project(DRAFT, "RUS/62/1")


@pytest.mark.parametrize("names", ["RUS/62/1", "RUS", "", ["FRA"], ["RUS", "FRA/1/1"]])
def test_a_source_that_is_not_there_is_not_left_out_in_silence(names: str | list[str]) -> None:
    with pytest.raises(UsageError, match=r"no proposal|is one string"):
        resamend.without(DRAFT, names)
    with pytest.raises(UsageError) as refused:
        resamend.project(DRAFT, "FRA")
    assert refused.value.code == "unknown-source"


# -- of another draft -----------------------------------------------------------------------------

OTHER = draft_of(FRA="every month", ESP="never")
FINDINGS, OTHERS = resamend.find(DRAFT), resamend.find(OTHER)
WISH = resamend.DecisionRequest(
    act=resamend.DecisionKind.KEEP, by="Chair", at="2018-11-05T10:00:00Z"
)
REPLAY = resamend.replay(DRAFT, FINDINGS, [])
OTHERS_REPLAY = resamend.replay(OTHER, OTHERS, [])
LINES = resamend.redline(OTHER, OTHERS)
MIXED: dict[str, Callable[[], object]] = {
    "redline": lambda: resamend.redline(DRAFT, OTHERS),
    "replay": lambda: resamend.replay(DRAFT, OTHERS, []),
    "recorded, findings": lambda: resamend.recorded(DRAFT, OTHERS, REPLAY),
    "recorded, replay": lambda: resamend.recorded(DRAFT, FINDINGS, OTHERS_REPLAY),
    "adopt, findings": lambda: resamend.adopt(DRAFT, OTHERS, REPLAY),
    "adopt, replay": lambda: resamend.adopt(DRAFT, FINDINGS, OTHERS_REPLAY),
    "record, findings": lambda: resamend.record(
        DRAFT, OTHERS, FINDINGS.outstanding[0], WISH, number=1
    ),
    "record, region": lambda: resamend.record(
        DRAFT, FINDINGS, OTHERS.outstanding[0], WISH, number=1
    ),
    "compare": lambda: resamend.compare(DRAFT, LINES),
    "html": lambda: render_html(LINES, consolidated=DRAFT),
    "html, recorded": lambda: render_html(
        resamend.recorded(OTHER, OTHERS, OTHERS_REPLAY), consolidated=DRAFT
    ),
    "xml": lambda: render_xml(LINES, resamend.RenderOptions(), consolidated=DRAFT),
    "point": lambda: resamend.render(LINES, point=FINDINGS.outstanding[0]),
}


@pytest.mark.parametrize("mixed", MIXED.values(), ids=MIXED)
def test_what_is_of_another_draft_is_refused(mixed: Callable[[], object]) -> None:
    with pytest.raises(UsageError) as refused:
        mixed()
    assert refused.value.code == "other-draft"


def test_what_is_of_an_equal_draft_is_taken() -> None:
    again = draft_of(CHN="each spring", RUS="twice a year")
    assert again is not DRAFT
    assert resamend.redline(again, FINDINGS) == resamend.redline(DRAFT, FINDINGS)
    assert resamend.adopt(again, FINDINGS, REPLAY) == resamend.adopt(DRAFT, FINDINGS, REPLAY)


@pytest.mark.parametrize("asked", [{"act": "bogus"}, {"act": "keep", "level": "bogus"}])
def test_a_decision_that_there_is_not_is_refused_where_it_is_made(asked: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="is 'bogus', which is none of its values"):
        resamend.DecisionRequest(by="Chair", at="2018-11-05", **asked)  # type: ignore[arg-type]
    kept = resamend.DecisionRequest(act="keep", by="Chair", at="2018-11-05")  # type: ignore[arg-type]
    assert kept.act is resamend.DecisionKind.KEEP


def test_a_decision_for_no_words_deletes_nothing_in_silence() -> None:
    wish = resamend.DecisionRequest(act="text", by="Chair", at="2018-11-05", text=" ")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="no words are given"):
        resamend.record(DRAFT, FINDINGS, FINDINGS.outstanding[0], wish, number=1)
